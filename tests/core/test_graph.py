"""Opening, deriving, exporting, building and caching."""

from __future__ import annotations

import gzip
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

import kg
from kg.formats import canonical
from kg.formats import large as kg_large
from kg.opening import build_store, open_graph
from kg.store.cache import Cache
from tests.core.folders import ACTORS, RELATIONS, write
from tests.hash_seeds import printed_under_hash_seeds

EX = "https://example.org/small/"
PREFIX = "PREFIX kg: <https://w3id.org/stakeholder-kg/ns#> PREFIX s: <https://example.org/small/> "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "small", actors=ACTORS, relations=RELATIONS)


def ask(graph: kg.KnowledgeGraph, pattern: str) -> bool:
    return bool(graph.sparql(PREFIX + "ASK { " + pattern + " }"))


def test_shortcuts_hold_at_the_reference_date_and_both_ways_where_mutual(folder: Path) -> None:
    graph = kg.open(folder)

    assert ask(graph, "s:union kg:alliedWith s:chamber . s:chamber kg:alliedWith s:union")
    assert ask(graph, "s:farmers kg:inTensionWith s:chamber")
    assert not ask(
        graph,
        "?d kg:rule <https://w3id.org/stakeholder-kg/rule/shortcuts> ; <http://www.w3.org/ns/prov#wasDerivedFrom> s:r-old",
    )  # ended 2005, reference date 2013


def test_a_recommended_relation_is_no_tie(folder: Path) -> None:
    assert not ask(kg.open(folder), "s:r-should a kg:Tie")


def test_a_tension_with_a_category_is_inherited_by_its_member_as_inferred_and_low(folder: Path) -> None:
    pattern = """?r kg:inheritedFrom s:r-tense ; kg:subject s:union ; kg:object s:chamber ;
      kg:status <https://w3id.org/stakeholder-kg/concept/status/inferred> ;
      kg:confidence <https://w3id.org/stakeholder-kg/concept/confidence/low>"""

    assert ask(kg.open(folder), pattern)


def test_every_derivation_names_rule_and_premise(folder: Path) -> None:
    query = """?d a kg:Derivation . FILTER NOT EXISTS { ?d kg:rule ?rule ; <http://www.w3.org/ns/prov#wasDerivedFrom> ?p }"""

    assert not ask(kg.open(folder), query)
    assert ask(kg.open(folder), "?d a kg:Derivation")


@pytest.mark.parametrize("to", canonical.FORMATS)
def test_export_does_not_depend_on_the_order_of_rows(tmp_path: Path, to: str) -> None:
    lines = RELATIONS.splitlines()
    shuffled = [lines[0], *random.Random(7).sample(lines[1:], len(lines) - 1)]
    one = kg.open(write(tmp_path / "a", actors=ACTORS, relations=RELATIONS)).export(to)
    two = kg.open(write(tmp_path / "b", actors=ACTORS, relations="\n".join(shuffled) + "\n")).export(to)

    assert one == two


@pytest.mark.parametrize("to", canonical.FORMATS)
def test_export_is_read_by_rdflib_as_the_same_graph(folder: Path, to: str) -> None:
    graph = kg.open(folder)
    names = {"ttl": "turtle", "trig": "trig", "nt": "nt", "nq": "nquads", "jsonld": "json-ld", "rdfxml": "xml"}
    read = rdflib.Dataset(default_union=True)
    read.parse(data=graph.export(to), format=names[to])
    wanted = rdflib.Graph()
    wanted.parse(data=graph.export("nt"), format="nt")
    merged = rdflib.Graph()
    for triple in read.triples((None, None, None)):
        merged.add(triple[:3])

    assert isomorphic(wanted, merged)


def test_export_does_not_depend_on_the_hash_seed(folder: Path) -> None:
    code = f"import kg, sys; sys.stdout.buffer.write(kg.open({str(folder)!r}, cache=False).export('trig'))"

    assert len(printed_under_hash_seeds(code)) == 1


@given(st.text(max_size=60))
def test_any_text_survives_turtle(text: str) -> None:
    literal = ox.Literal(text.encode("utf-8", "replace").decode())
    quad = ox.Quad(ox.NamedNode(EX + "s"), ox.NamedNode(EX + "p"), literal)

    assert [quad] == list(ox.parse(canonical.write([quad], "ttl"), format=ox.RdfFormat.TURTLE))


def test_blank_nodes_get_the_same_names_whatever_they_were_called() -> None:
    def quads(a: str, b: str) -> list[ox.Quad]:
        knows = ox.NamedNode(EX + "knows")
        return [ox.Quad(ox.BlankNode(a), knows, ox.BlankNode(b)), ox.Quad(ox.BlankNode(b), knows, ox.NamedNode(EX + "x"))]

    assert canonical.write(quads("one", "two"), "ttl") == canonical.write(quads("zwei", "eins"), "ttl")


@pytest.mark.parametrize("to", ["trig", "nq"])
@pytest.mark.parametrize("packed", [False, True])
def test_what_was_exported_with_graphs_opens_to_the_same_content(
    folder: Path, tmp_path: Path, to: str, packed: bool
) -> None:
    content = kg.open(folder).export(to)
    path = tmp_path / (f"copy.{to}.gz" if packed else f"copy.{to}")
    path.write_bytes(gzip.compress(content) if packed else content)

    assert content == kg.open(path).export(to)


def test_a_built_store_answers_like_its_source_and_can_be_built_again(folder: Path, tmp_path: Path) -> None:
    graph = kg.open(folder)
    graph.graph.build(tmp_path / "store")
    graph.graph.build(tmp_path / "store")
    built = kg.open(tmp_path / "store")

    assert graph.export("nq") == built.export("nq")


@pytest.mark.parametrize("large", [False, True])
def test_a_store_built_on_disk_holds_what_a_graph_in_memory_does(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    """Also where tables are read row by row; rules run on a copy of what they read."""
    if large:
        monkeypatch.setattr(kg_large, "LARGE", 1)
    build_store(world, tmp_path / "store")
    built, held = (open_graph(path, cache=False).named.native for path in (tmp_path / "store", world))

    assert set(built) == set(held)


def test_the_cache_keeps_named_graphs_of_a_large_source_apart(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.opening._SMALL", 0)
    monkeypatch.setattr("kg.opening._LARGE", 1)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    expected = kg.open(folder).export("nq")
    first = sorted(p.name.partition("-")[2] for p in (tmp_path / "cache").iterdir())
    found = kg.open(folder).export("nq")
    then = sorted(p.name.partition("-")[2] for p in (tmp_path / "cache").iterdir())

    assert (expected, [""], ["", "named"]) == (found, first, then)
    assert expected == kg.open(folder).export("nq") == kg.open(folder, cache=False).export("nq")


def test_build_refuses_a_folder_that_is_not_a_store(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(kg.InputError, match="not a store made by"):
        kg.open(folder).graph.build(tmp_path / "mine")

    assert "years of work" == (tmp_path / "mine" / "thesis.txt").read_text()


def test_wrong_syntax_is_refused_with_file_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "wrong.ttl"
    path.write_text("@prefix e: <http://e/> .\ne:a e:b 01x .\n")
    with pytest.raises(kg.InputError, match=r"^wrong\.ttl:2:\d+: not valid Turtle"):
        kg.open(path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.ttl", None, "there is no such file"),
        ("table.odt", b"x", "not a kind of file"),
        ("table.xls", b"x", "an old Excel workbook; open it and save it as .xlsx"),
        ("bad.nt.gz", b"\x1f\x8bgarbage", "damaged gzip"),
        ("settings.json", b'{"id": "x", "title": {"en": "X"}}', "settings.json: holds no facts, since no @context says"),
    ],
)
def test_files_that_cannot_be_opened_say_why_in_one_line(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(kg.InputError, match=message):
        kg.open(tmp_path / name)


def test_the_description_of_a_folder_opens_the_folder(folder: Path) -> None:
    (folder / "dataset.json").write_text('{"id": "x", "title": {"en": "X"}}', encoding="utf-8")

    assert kg.open(folder / "dataset.json").export("nt") == kg.open(folder).export("nt")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "select * where { service silent ?x { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://example.org/x> { GRAPH ?g { ?s ?p ?o } }",
        "PREFIX x: <http://example.org/> SELECT * FROM x:y { ?s ?p ?o }",
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "PREFIX a: <http://a/> DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "CLEAR ALL",
        "# comment\nBASE <http://a/> DROP ALL",
    ],
)
def test_queries_that_write_or_reach_out_are_refused(folder: Path, query: str) -> None:
    with pytest.raises(kg.QueryError):
        kg.open(folder).sparql(query)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p 'SERVICE <http://x/>' } # SERVICE",
        "PREFIX service: <http://service/load#> ASK { ?s service:from ?o }",
        'SELECT ?load { ?load ?p """FROM <file:///x>""" }',
    ],
)
def test_words_in_strings_comments_and_names_are_not_refused(folder: Path, query: str) -> None:
    kg.open(folder).sparql(query)


def test_rdflib_gets_every_graph(folder: Path) -> None:
    graph = kg.open(folder)
    wanted = {q.value for q in graph.graph.named.graphs()}

    assert wanted <= {str(c.identifier) for c in graph.to_rdflib().graphs()}


def test_networkx_gets_one_edge_per_tie_in_force(folder: Path) -> None:
    edges = {(u, v, d["type"], d["sign"], d["inherited"]) for u, v, d in kg.open(folder).to_networkx().edges(data=True)}

    assert {
        ("union", "chamber", "alliance", 1, False),
        ("union", "farmers", "belongs-to-category", 0, False),
        ("farmers", "chamber", "tension", -1, False),
        ("union", "chamber", "tension", -1, True),
    } == edges  # by hand from RELATIONS: r-old has ended, r-should is only recommended


def test_networkx_gets_the_weights_of_ties(tmp_path: Path) -> None:
    (tmp_path / "edges.csv").write_text("source,target,sign,weight\na,b,1,2.5\nb,c,-1,\n", encoding="utf-8")
    edges = kg.open(tmp_path / "edges.csv").to_networkx().edges(data="weight")

    assert {("a", "b", 2.5), ("b", "c", None)} == set(edges)


@pytest.mark.parametrize(("small", "kept"), [(20_000, "merged.nt.z"), (0, "store")])
def test_the_cache_answers_like_the_tables_whether_it_keeps_text_or_a_store(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: int, kept: str
) -> None:
    monkeypatch.setattr("kg.opening._SMALL", small)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    first = kg.open(folder).export("nq")
    (entry,) = (tmp_path / "cache").iterdir()

    assert {kept, "sizes.json"} == {each.name for each in entry.iterdir()} - {"kg-store.json"}
    assert first == kg.open(folder).export("nq") == kg.open(folder, cache=False).export("nq")


def _written(cache: Path) -> None:
    """Waits until the one entry of an empty cache is there: what is kept for views is written while they are made."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()

    assert ["text"] == [each.name.partition("-")[0] for each in cache.iterdir()]


def test_what_is_kept_for_views_answers_like_the_tables(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    fresh = kg.open(folder, of_most=True)
    _written(tmp_path / "cache")
    kept = kg.open(folder, of_most=True)

    assert kg.open(folder, cache=False).export("nq") == fresh.export("nq") == kept.export("nq")
    assert "Green Union (GU)" == kept.thing("union").label


def test_what_is_done_meanwhile_hears_whether_the_graph_is_made_anew(folder: Path) -> None:
    told: list[bool] = []
    before = set(threading.enumerate())
    for _ in range(2):
        open_graph(folder, of_most=True, meanwhile=told.append)
        for thread in set(threading.enumerate()) - before:  # it, and what keeps the graph
            thread.join()

    assert [True, False] == told


def test_nothing_is_done_meanwhile_where_tables_cannot_be_loaded(tmp_path: Path) -> None:
    wrong = write(tmp_path / "wrong", actors=ACTORS, relations=RELATIONS.replace("union", "nobody"))
    told: list[bool] = []

    with pytest.raises(kg.FindingsError):
        open_graph(wrong, meanwhile=told.append)

    assert [] == told


def test_an_ontology_that_cannot_be_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def add_ontology(_: object) -> None:
        raise kg.InputError("kg.ttl: cannot be read")

    monkeypatch.setattr("kg.graph.Graph.add_ontology", add_ontology)

    with pytest.raises(kg.InputError, match=r"kg\.ttl: cannot be read"):
        open_graph(folder, cache=False)


def test_a_copy_of_a_folder_names_its_own_place(folder: Path, tmp_path: Path) -> None:
    kg.open(folder)
    copy = write(tmp_path / "elsewhere" / folder.name, actors=ACTORS, relations=RELATIONS)

    assert (str(copy),) == kg.open(copy).graph.sources


def test_a_changed_cell_is_seen_at_once(folder: Path) -> None:
    kg.open(folder)
    (folder / "actors.csv").write_text(ACTORS.replace("Green Union", "Red Union"), encoding="utf-8")

    assert "Red Union (GU)" == kg.open(folder).thing("union").label


def test_a_damaged_entry_is_not_used(tmp_path: Path) -> None:
    def write(folder: Path) -> None:
        (folder / "a").write_bytes(b"content")

    cache = Cache(tmp_path)
    entry = cache.put("key", write)
    assert entry is not None
    (entry / "a").write_bytes(b"cont")

    assert cache.get("key") is None
    assert cache.put("key", write) is not None


def test_a_folder_that_cannot_be_written_only_means_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    assert Cache(tmp_path / "file" / "cache").put("key", lambda _: None) is None


def test_two_processes_that_convert_at_once_both_answer(folder: Path, tmp_path: Path) -> None:
    code = f"import kg; print(kg.open({str(folder)!r}).thing('union').label)"
    env = {**os.environ, "KG_CACHE": str(tmp_path / "shared-cache")}
    started = [subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, text=True) for _ in range(4)]

    assert ["Green Union (GU)\n"] * 4 == [p.communicate()[0] for p in started]


def test_the_cache_forgets_what_was_not_used_lately_and_nothing_that_may_be_read(tmp_path: Path) -> None:
    """By hand: the six used last stay, so the three oldest would go; of these one was used within the hour, one is used again."""
    cache = Cache(tmp_path)

    def write(entry: Path) -> None:
        (entry / "data").write_text("x")

    for name in ("in-use", "old", "again", "d", "e", "f", "g", "h", "i", ".kg-killed", ".kg-at-work"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "sizes.json").write_text("{}")
        ago = {"in-use": 600, "old": 100_000, "again": 90_000, ".kg-killed": 90_000}.get(name, 10)
        os.utime(tmp_path / name, (time.time() - ago, time.time() - ago))
    assert cache.get("again") is not None
    cache.put("new", write)

    left = {p.name for p in tmp_path.iterdir()}

    assert {"in-use", "again", "d", "e", "f", "g", "h", "i", "new", ".kg-at-work"} == left
