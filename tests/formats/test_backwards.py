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
IDS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters=";|"), min_size=1, max_size=8),
    min_size=2, max_size=5, unique=True,
)  # fmt: skip


@st.composite
def materials(draw: st.DrawFn) -> Material:
    ids = draw(IDS)
    material = Material(dataset_of({"id": "any"}, "any", "any"))
    material.add("sources", id=ids[0], type="publication", title=draw(NAMES), note=draw(NAMES))
    for key in ids[1:]:
        aliases = ";".join(draw(st.lists(NAMES.filter(lambda n: ";" not in n), max_size=3)))
        material.add(
            "actors", id=key, kind="organization", type="ngo", name_en=draw(NAMES), name_es=draw(NAMES), aliases=aliases,
            status="stated", confidence=draw(st.sampled_from(["high", "low"])), note=draw(NAMES),
        )  # fmt: skip
    for number in range(draw(st.integers(0, 3))):
        material.add(
            "relations", id=f"relation/{number} =".replace(" ", "_"), subject=draw(st.sampled_from(ids[1:])), type="alliance",
            object=draw(st.sampled_from(ids[1:])), strength=str(draw(st.integers(0, 10)) / 10), start="2013-05",
            status="stated", confidence="high",
        )  # fmt: skip
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
        "1 statements have no column: http://x/shoe (1)",
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
