"""RDF back to tables: CSV and workbooks go through RDF and come back the same."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.formats import canonical
from kg.formats.backwards import material_of_quads
from kg.formats.csvw import shipped_description
from kg.formats.dataset import dataset_of
from kg.formats.material import Material, Record, write_folder
from kg.formats.opening import book_of
from kg.formats.tables import read_book, read_tables
from kg.formats.workbook import write_workbook
from kg.views.exchange import material_of
from tests.conftest import ROOT


def quads(material: Material) -> list[ox.Quad]:
    tables = read_book(book_of(material))
    assert [] == [str(f) for f in tables.findings if f.is_error]
    return [
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph))
        for graph, lines in tables.lines.items()
        for q in ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    ]


def plain(tables: dict[str, list[Record]]) -> dict[str, list[Record]]:
    """Rows by id, the values of a cell in order: a graph knows neither of these orders."""
    described = shipped_description()

    def cell(table: str, name: str, text: str) -> str:
        column = described[table].column(name)
        separator = column.separator if column else None
        return separator.join(sorted({v.strip() for v in text.split(separator)} - {""})) if separator else text

    return {
        t: sorted(({n: cell(t, n, c) for n, c in r.items()} for r in rows), key=lambda r: r["id"])
        for t, rows in tables.items()
        if rows
    }


@pytest.mark.parametrize("folder", [ROOT / "data" / "andes-2013", ROOT / "tests" / "world"], ids=lambda p: p.name)
@pytest.mark.parametrize("syntax", ["nq", "ttl"])
def test_a_folder_goes_through_rdf_and_comes_back(folder: Path, syntax: str) -> None:
    before = read_tables(folder, records=True)
    text = kg.open(folder).export(syntax)
    form = ox.RdfFormat.N_QUADS if syntax == "nq" else ox.RdfFormat.TURTLE
    after, told = material_of_quads(ox.parse(text, format=form), "x")

    assert plain(before.records) == plain(after.tables)
    assert before.dataset.as_dict() | {"sources": []} == after.dataset.as_dict() | {"sources": []}
    assert sorted(before.dataset.sources) == list(after.dataset.sources)
    assert [] == told


def test_the_graph_as_a_workbook_says_the_same_as_the_graph(tmp_path: Path, world: Path) -> None:
    graph = kg.open(world)
    material, told = material_of(graph.graph)
    write_workbook(material, tmp_path / "world.xlsx", "es")

    assert [] == told
    assert graph.export("nq") == kg.open(tmp_path / "world.xlsx").export("nq")


NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).map(str.strip).filter(bool)
AWKWARD = (
    " blank before", "blank after ", "=1+1", "+1", "-x", "@SUM(A1)", "'=1", "two\nlines", "two\r\nlines", "\r", "\tx", 'say "no"',
    "a;b|c,d", "x" * 10_000, "\N{WOMAN}\u200d\N{WOMAN}", "\u200fשלום", "_x000D_", "1,5", "1.50", "007", "true", "2013-08", "\ufeffx",
    "\u2028", "\x1fx", "\\", "\\u0041", "e\u0301", "</a>&amp;",
)  # fmt: skip
"""Cells that spreadsheets, CSV, XML or RDF might take for something else."""
TEXTS = st.sampled_from(AWKWARD) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
"""Empty among them: cells of columns that need not be filled."""
IDS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters=";|"), min_size=1, max_size=8)
    | st.sampled_from(["a/b", '"q"', "'", "a?b#c", "%41", "=a", "-1", "🏠", "é", "e\u0301", "<a>", "..", "a\\b"]),
    min_size=4, max_size=7, unique=True,
)  # fmt: skip
DATES = st.sampled_from(["", "2013", "2013-05", "2013-05-31", "1999-02"])
PRIVATE = st.sampled_from(["", "true", "false"])


@st.composite
def materials(draw: st.DrawFn) -> Material:
    source, *passages = draw(IDS)
    passages, ids = passages[:2], passages[2:]
    coded = {"status": "stated", "confidence": "high"}

    def several(values: st.SearchStrategy[str]) -> str:
        return ";".join(draw(st.lists(values, max_size=3, unique=True)))

    material = Material(dataset_of({"id": "any"}, "any", "any"))
    material.add("sources", id=source, type="publication", title=draw(NAMES), note=draw(TEXTS), private=draw(PRIVATE))
    for key in passages:
        cells = {
            "paraphrase_en": draw(TEXTS.filter(str.strip)),
            "paraphrase_fr": draw(TEXTS),
            "characters": draw(st.sampled_from(["", "3-17"])),
        }
        material.add("evidence", id=key, source=source, **cells)
    for key in ids:
        cells = {"aliases": several(NAMES.filter(lambda n: ";" not in n)), "evidence": several(st.sampled_from(passages))}
        cells |= {"name_en": draw(NAMES), "name_es": draw(TEXTS), "acronym": draw(TEXTS), "note": draw(TEXTS)}
        material.add("actors", id=key, kind="organization", type="ngo", private=draw(PRIVATE), **cells, **coded)
    for number in range(draw(st.integers(0, 3))):
        ends = {"subject": draw(st.sampled_from(ids)), "object": draw(st.sampled_from(ids)), "type": "alliance"}
        cells = {
            "strength": str(draw(st.integers(0, 10)) / 10),
            "start": draw(DATES),
            "end": draw(DATES),
            "note": draw(TEXTS),
        }
        evidence = several(st.sampled_from(passages))
        material.add("relations", id=f"relation/{number}_=", evidence=evidence, **ends, **cells, **coded)
        low = draw(st.integers(0, 10))
        bounds = {"low": str(low / 10), "high": str(draw(st.integers(low, 10)) / 10), "start": draw(DATES)}
        material.add("assessments", id=f"score/{number}", actor=ids[0], dimension="power", **bounds, **coded)
    return material


@settings(max_examples=40)
@given(material=materials())
def test_any_tables_go_through_rdf_and_come_back(tmp_path_factory: pytest.TempPathFactory, material: Material) -> None:
    nquads = canonical.write(quads(material), "nq")
    back, told = material_of_quads(ox.parse(nquads, format=ox.RdfFormat.N_QUADS), "any")
    folder = tmp_path_factory.mktemp("any")
    write_folder(back, folder / "csv")
    write_workbook(back, folder / "any.xlsx")
    again = [Material(t.dataset, t.records) for t in (read_tables(folder / n, records=True) for n in ("csv", "any.xlsx"))]

    assert [] == told
    assert plain(material.tables) == plain(back.tables)
    assert [nquads, nquads] == [canonical.write(quads(m), "nq") for m in again]


def test_what_has_no_column_is_counted() -> None:
    data = """@prefix kg: <https://w3id.org/stakeholder-kg/ns#> . @prefix dcterms: <http://purl.org/dc/terms/> .
        <http://x/a> a kg:Actor ; dcterms:identifier "a" ; <http://x/shoe> 43 . <http://x/other> <http://x/p> 1, 2 ."""
    material, told = material_of_quads(ox.parse(data, format=ox.RdfFormat.TURTLE), "x")

    assert [{"id": "a"}] == material.tables["actors"]
    assert [
        "1 statement has no column: http://x/shoe (1)",
        "2 statements are about 1 things of no table: http://x/other ...",
    ] == told


def test_equal_ids_of_two_data_sets_are_told_apart() -> None:
    data = """@prefix kg: <https://w3id.org/stakeholder-kg/ns#> . @prefix dcterms: <http://purl.org/dc/terms/> .
        <http://x/a> a kg:Actor ; dcterms:identifier "a" . <http://y/a> a kg:Actor ; dcterms:identifier "a" .
        <http://y/r> a kg:Relation ; dcterms:identifier "r" ; kg:subject <http://y/a> ; kg:object <http://x/a> ."""
    material, told = material_of_quads(ox.parse(data, format=ox.RdfFormat.TURTLE), "x")

    assert (["a", "a-2"], {"id": "r", "subject": "a-2", "object": "a"}) == (
        [r["id"] for r in material.tables["actors"]], material.tables["relations"][0],
    )  # fmt: skip
    assert ["1 ids that two data sets use were made different"] == told
