"""The shipped data against the document: complete, faithful in numbers and places, and in our own words.

The source text is not part of the project: these tests need `KG_SOURCES`, else `../shared/source` beside the checkout.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.formats.csvw import shipped_description
from kg.formats.tables import read_tables
from kg.vocabulary import LANGUAGES
from tests.conftest import ROOT, material
from tests.shipped import shipped_graph

FOLDER = ROOT / "data" / "andes-2013"
DOCUMENT = "fd29"
FACTS = ("actors", "assessments", "attention", "attributes", "findings", "instruments", "issues", "observations", "places",
         "positions", "quality", "relations")  # fmt: skip

TABLES = [*FACTS, "evidence", "indicators", "sections", "sources", "uncoded"]
NAMES = (
    "Confederation of Indigenous Nations of Ecuador",
    "Develop. Of Production and Economy Ministry",
    "Economics and Finance",
    "Economy and Finance",
    "Gregory Etesse, Michel Laforge and Jaime Lopez",
    "Inter-American Institute for Cooperation on Agriculture",
    "Land and Rural Development Ministry",
    "Ministry of Economy and Finance",
    "National Council for Ecological Production",
    "plurinational and intercultural confederation of food sovereignty",
)
"""Names of bodies and persons that may stand as the document prints them."""


def rows(table: str) -> list[dict[str, str]]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell: str) -> list[str]:
    return [v.strip() for v in cell.split(";") if v.strip()]


def ranges(row: dict[str, str]) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in (r.split("-") for r in split(row["characters"]))]


def joined(text: str) -> str:
    """The text without line-end hyphens, white space as one blank: how passages are compared and hashed."""
    return " ".join(re.sub(r"(\w)-\n\s*(\w)", r"\1\2", text).split())


@pytest.fixture(scope="module")
def text() -> str:
    (path,) = sorted(material("KG_SOURCES", "source").glob("*.txt"))
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


@pytest.fixture(scope="module")
def evidence() -> dict[str, dict[str, str]]:
    return {r["id"]: r for r in rows("evidence") if r["source"] == DOCUMENT}


def passage(text: str, row: dict[str, str]) -> str:
    return " ".join(joined(text[a:b]) for a, b in ranges(row))


def test_the_tables_have_no_findings() -> None:
    assert [] == read_tables(FOLDER).findings


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda p: p.stem)
def test_tables_are_sorted_by_id(path: Path) -> None:
    ids = [r["id"] for r in rows(path.stem)]

    assert sorted(ids) == ids


def test_every_character_of_the_document_is_in_a_cited_passage_or_among_those_not_coded(
    text: str, evidence: dict[str, dict[str, str]]
) -> None:
    cited = {e for table in FACTS for row in rows(table) for e in split(row.get("evidence", ""))}
    covered = [r for key, row in evidence.items() if key in cited for r in ranges(row)]
    covered += [r for row in rows("uncoded") if row["source"] == DOCUMENT for r in ranges(row)]
    marks = bytearray(len(text))
    for start, end in covered:
        marks[start:end] = b"\1" * (end - start)
    missing = [(m.start(), m.group()) for m in re.finditer(r"\w+", text) if not all(marks[m.start() : m.end()])]

    assert [] == missing


def test_no_passage_is_both_coded_and_not_coded(evidence: dict[str, dict[str, str]]) -> None:
    coded = {r for row in evidence.values() for r in ranges(row)}

    assert set() == coded & {r for row in rows("uncoded") for r in ranges(row)}


def test_every_passage_has_the_hash_of_its_text(text: str, evidence: dict[str, dict[str, str]]) -> None:
    wrong = [k for k, row in evidence.items() if row["sha256"] != hashlib.sha256(passage(text, row).encode()).hexdigest()]

    assert [] == wrong


def test_every_figure_stands_in_the_passages_it_cites(text: str, evidence: dict[str, dict[str, str]]) -> None:
    wrong = []
    for row in rows("observations"):
        cited = " ".join(passage(text, evidence[e]) for e in split(row["evidence"]) if e in evidence)
        if row["written"] and joined(row["written"]) not in cited:
            wrong.append((row["id"], row["written"]))

    assert [] == wrong


def test_acronyms_of_actors_that_rest_on_the_document_stand_in_it(text: str, evidence: dict[str, dict[str, str]]) -> None:
    whole = joined(text).casefold()
    wrong = [
        r["id"]
        for r in rows("actors")
        if r["acronym"] and set(split(r["evidence"])) & evidence.keys() and r["acronym"].casefold() not in whole
    ]

    assert [] == wrong


def words(text: str) -> list[str]:
    """The words of a text in lower case, figures left out."""
    return [w for w in re.findall(r"\w+", text.casefold()) if not re.search(r"\d", w)]


def without_names(text: str) -> list[str]:
    """The words of a text, with a bar in place of each name that may be given as printed."""
    joint = f" {' '.join(words(text))} "
    for name in sorted(NAMES, key=len, reverse=True):
        joint = joint.replace(f" {' '.join(words(name))} ", " | ")
    return joint.split()


def prose(table: str) -> list[str]:
    """The columns of a table that hold words of ours: neither ids nor terms of a list nor marks of a place in the text."""
    described = json.loads((ROOT / "ontology" / "tables.json").read_text(encoding="utf-8"))["tables"]
    (columns,) = (t["tableSchema"]["columns"] for t in described if t["url"] == f"{table}.csv")
    return [c["name"] for c in columns if "valueUrl" not in c and c["name"] not in ("id", "characters", "sha256")]


def cells(table: str) -> Iterator[tuple[str, str, str]]:
    for row in rows(table):
        for column in prose(table):
            yield row["id"], column, row.get(column) or ""


def test_prose_columns_are_those_with_words() -> None:
    assert ["name_en", "name_es", "name_fr", "acronym", "aliases", "note", "note_es", "note_fr", "private"] == prose(
        "actors"
    )


@pytest.mark.parametrize("table", TABLES)
def test_no_five_words_of_the_document_are_repeated(text: str, table: str) -> None:
    size = 5
    source = words(joined(text))
    known = {tuple(source[i : i + size]) for i in range(len(source) - size + 1)}
    copied = []
    for key, column, cell in cells(table):
        own = without_names(cell)
        runs = [own[i : i + size] for i in range(len(own) - size + 1)]
        copied += [(key, column, " ".join(run)) for run in runs if tuple(run) in known]

    assert [] == copied


@pytest.mark.parametrize("table", TABLES)
def test_nothing_longer_than_two_words_is_quoted_from_the_document(text: str, table: str) -> None:
    source = f" {' '.join(words(joined(text)))} "
    quoted = []
    for key, column, cell in cells(table):
        for match in re.finditer(r"""["“«](.+?)["”»]|(?<!\w)'(.+?)'(?!\w)""", cell):
            own = without_names(match[1] or match[2])
            if len(own) > 2 and f" {' '.join(own)} " in source:
                quoted.append((key, column, match[0]))

    assert [] == quoted


def test_the_coding_rules_repeat_no_five_words_of_the_document(text: str) -> None:
    size = 5
    source = words(joined(text))
    known = {tuple(source[i : i + size]) for i in range(len(source) - size + 1)}
    own = without_names((FOLDER / "README.md").read_text(encoding="utf-8"))

    assert [] == [own[i : i + size] for i in range(len(own) - size + 1) if tuple(own[i : i + size]) in known]


def test_tensions_between_categories_of_bolivia_reach_the_organisations_that_belong_to_them() -> None:
    """By hand: s094 for the two sides, the names of CONAMAQ and CIDOB (s143, s130), the second source for the unions."""
    inherited = """PREFIX akind: <https://w3id.org/stakeholder-kg/concept/actor-kind/>
      PREFIX d: <https://w3id.org/stakeholder-kg/data/andes-2013/>
      PREFIX dcterms: <http://purl.org/dc/terms/>
      PREFIX kg: <https://w3id.org/stakeholder-kg/ns#>
      SELECT ?one ?other {
        ?r kg:inheritedFrom d:r-tension-indigenous-organizations-farmers-unions-bo ; kg:subject ?s ; kg:object ?o .
        ?s dcterms:identifier ?one . ?o dcterms:identifier ?other .
        MINUS { ?s kg:actorKind akind:category }
        MINUS { ?o kg:actorKind akind:category }
      }"""
    indigenous = {"ayllus-national-council", "indigenous-peoples-confederation"}
    unions = {"bartolinas", "csciob", "csutcb"}
    found = {(r["one"].value, r["other"].value) for r in shipped_graph().sparql(inherited)}  # type: ignore[union-attr]

    assert {(one, other) for one in indigenous for other in unions} == found


def test_nothing_that_ended_before_or_began_after_the_reference_date_is_in_force() -> None:
    graph = shipped_graph()
    wrong = """PREFIX kg: <https://w3id.org/stakeholder-kg/ns#> SELECT ?f { ?f kg:holdsFrom ?a ; kg:holdsUntil ?b .
      ?d kg:rule <https://w3id.org/stakeholder-kg/rule/shortcuts> ; <http://www.w3.org/ns/prov#wasDerivedFrom> ?f .
      FILTER (?a > "2013~" || CONCAT(?b, "~") < "2013") }"""

    assert [] == list(graph.sparql(wrong))  # type: ignore[arg-type]


def test_addresses_are_text_and_never_same_as() -> None:
    graph = shipped_graph()
    linked = """PREFIX kg: <https://w3id.org/stakeholder-kg/ns#> PREFIX owl: <http://www.w3.org/2002/07/owl#>
      ASK { { ?s owl:sameAs ?o } UNION { ?s kg:address ?o FILTER isIRI(?o) } }"""

    assert not graph.sparql(linked)


def test_facts_of_the_second_source_cite_only_it(evidence: dict[str, dict[str, str]]) -> None:
    second = {r["id"] for r in rows("evidence")} - evidence.keys()
    prefixes = {"relations": "rc-", "attributes": "at-"}
    mixed = [
        r["id"]
        for table, prefix in prefixes.items()
        for r in rows(table)
        if r["id"].startswith(prefix) and set(split(r["evidence"])) & second and set(split(r["evidence"])) & evidence.keys()
    ]

    assert [] == mixed


@pytest.mark.parametrize("table", TABLES)
def test_what_readers_are_told_is_there_in_three_languages(table: str) -> None:
    told = [c for c in shipped_description()[table].columns if c.lang]
    families = [[c.name for c in told if c.property == each] for each in sorted({c.property for c in told})]
    partly = [
        (row["id"], names)
        for row in rows(table)
        for names in families
        if 0 < sum(bool(row.get(name)) for name in names) < len(LANGUAGES)
    ]

    assert families
    assert [] == partly
