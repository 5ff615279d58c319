"""Further formats: UCINET DL, GML, LittleSis, lists of nodes and edges in JSON, RDF of others, tables with a CSVW description."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import kg
from kg import resources
from kg.formats.registry import import_files
from kg.formats.tables import read_tables
from tests.conftest import ROOT, material
from tests.formats.test_import import actors, imported, notes, run, ties

DL = {
    "edge list": (
        'dl n = 4 format = edgelist1\nlabels:\nAna,Bit\nCit,"Dan B"\ndata:\n1 2 3\n1 3\n4 1 -1\n',
        [("ana", "positive-towards", "bit"), ("ana", "positive-towards", "cit"), ("dan-b", "negative-towards", "ana")],
    ),
    "full matrix": (
        "DL N=3\nFORMAT = FULLMATRIX\nLABELS EMBEDDED\nDATA:\n A B C\nA 0 1 0\nB 1 0 2\nC 0 2 0\n",
        [("a", "connection", "b"), ("b", "connection", "c")],
    ),
    "lower half": (
        "dl n=3 format=lowerhalf\nlabels: A B C\ndata:\n1\n0 1\n",
        [("b", "connection", "a"), ("c", "connection", "b")],
    ),
    "two kinds": (
        'dl nr=2, nc=2 format=fullmatrix\nrow labels: r1 r2\ncolumn labels: "c 1" c2\ndata:\n1 0\n0 1\n',
        [("r1", "connection", "c-1"), ("r2", "connection", "c2")],
    ),
    "node list of two relations": (
        "dl n=3 nm=2 format=nodelist1\nlabels embedded\nmatrix labels: alliance, tension\ndata:\nana bit cit\n!\nana cit\n",
        [("ana", "alliance", "bit"), ("ana", "alliance", "cit"), ("ana", "tension", "cit")],
    ),
}  # shapes by the guide to UCINET's data languages


@pytest.mark.parametrize("name", DL)
def test_ucinet_dl(tmp_path: Path, name: str) -> None:
    text, expected = DL[name]
    (tmp_path / "x.dl").write_text(text)

    assert expected == ties(imported(tmp_path / "x.dl"))


GML = """Creator "x" # a comment
graph [ directed 1
 node [ id 1 label "Ana &amp; Bé" graphics [ x 1 fill "#fff" ] seats 3 ]
 node [ id 2 label "Ana" ]
 edge [ source 1 target 2 sign -1 ]
 edge [ source 1 target 2 label "alliance" ]
]"""


def test_gml_with_nested_lists_and_parallel_edges(tmp_path: Path) -> None:
    (tmp_path / "x.gml").write_text(GML)
    result = imported(tmp_path / "x.gml")

    assert [("ana-be", "negative-towards", "ana"), ("ana-be", "alliance", "ana")] == ties(result)
    assert [("ana-be", "seats: 3")] == notes(result)


def test_gml_that_networkx_writes(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph([("Ñandú", "b"), ("Ñandú", "b"), ("b", "c")])
    nx.write_gml(graph, tmp_path / "x.gml")

    assert [("nandu", "b"), ("nandu", "b"), ("b", "c")] == [(a, b) for a, _, b in ties(imported(tmp_path / "x.gml"))]


LITTLESIS = {
    "data": [
        {"type": "entities", "id": 1, "attributes": {"id": 1, "name": "Ana", "primary_ext": "Person", "aliases": ["Ana", "An"]}},
        {"type": "entities", "id": 2, "attributes": {"id": 2, "name": "Bit", "primary_ext": "Org", "parent_id": 3}},
        {
            "type": "relationships", "id": 9,
            "attributes": {"entity1_id": 1, "entity2_id": 2, "category_id": 3, "start_date": "2018-12-00", "is_current": True},
        },
        {"type": "relationships", "id": 10, "attributes": {"entity1_id": 1, "entity2_id": 2, "category_id": 5, "amount": 7}},
    ],
    "meta": {},
}  # fmt: skip


def test_littlesis_answers(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps(LITTLESIS))
    result = imported(tmp_path / "x.json")

    assert [
        ("bit", "part-of", "littlesis-entity-3"), ("ana", "membership", "bit"), ("ana", "directed-connection", "bit"),
    ] == ties(result)  # fmt: skip
    assert ("2018-12", "is_current: true") == tuple(result.material.tables["relations"][1][c] for c in ("start", "note"))
    assert {"Donation": 1} == dict(result.answers.asked["relation types"])
    assert ("person", "An") == (actors(result)["Ana"]["kind"], actors(result)["Ana"]["aliases"])


NODES: dict[str, Any] = {
    "networkx and D3": {"directed": True, "nodes": [{"id": "Ana"}, {"id": 2, "name": "Bit"}],
                        "links": [{"source": "Ana", "target": 2, "type": "alliance"}]},
    "vis.js": {"nodes": [{"id": 1, "label": "Ana"}, {"id": 2, "label": "Bit", "color": "red"}],
               "edges": [{"from": 1, "to": 2, "label": "alliance"}]},
    "Cytoscape": {"elements": {"nodes": [{"data": {"id": "a", "name": "Ana"}}, {"data": {"id": "b", "name": "Bit"}}],
                               "edges": [{"data": {"source": "a", "target": "b", "interaction": "x", "type": "alliance"}}]}},
    "Gephi Lite": {"type": "gephi-lite", "graphDataset": {"fullGraph": {
        "options": {"type": "directed"}, "nodes": [{"key": "a", "attributes": {"label": "Ana"}}, {"key": "Bit"}],
        "edges": [{"source": "a", "target": "Bit", "attributes": {"type": "alliance"}}]}}},
    "JSON Canvas": {"nodes": [{"id": "1", "type": "text", "x": 0, "y": 0, "width": 9, "height": 5, "text": "Ana"},
                              {"id": "2", "type": "text", "x": 0, "y": 0, "width": 9, "height": 5, "text": "Bit"}],
                    "edges": [{"id": "e", "fromNode": "1", "toNode": "2", "label": "alliance"}]},
}  # fmt: skip


@pytest.mark.parametrize("name", NODES)
def test_lists_of_nodes_and_edges_in_json(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.json").write_text(json.dumps(NODES[name]))

    assert [("ana", "alliance", "bit")] == ties(imported(tmp_path / "x.json"))


ORG = """@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> . @prefix : <http://x/> .
:ana a foaf:Person ; foaf:name "Ana"@es ; foaf:mbox <mailto:ana@example.org> ; org:headOf :bit ; foaf:knows :cit .
:cit a prov:Person ; foaf:name "Cit" ; prov:actedOnBehalfOf :bit .
:bit a org:FormalOrganization ; skos:prefLabel "Bit"@en, "Bitio"@es ; org:hasUnit :unit ; org:hasMember :cit ; org:purpose "x" .
:unit a org:OrganizationalUnit ; skos:prefLabel "Unit" ; org:unitOf :bit ; org:linkedTo :bit .
[] a org:Membership ; org:member :ana ; org:organization :bit ; org:memberDuring [ schema:startDate "2010-01-01T00:00:00" ] ."""


def test_org_foaf_and_prov_become_actors_and_ties_and_contact_data_stay_out(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(ORG)
    result = imported(tmp_path / "x.ttl")
    found = actors(result)

    assert [
        ("ana", "heads", "bit"), ("ana", "directed-connection", "cit"), ("cit", "representation", "bit"),
        ("unit", "part-of", "bit"), ("cit", "membership", "bit"), ("unit", "connection", "bit"),
        ("ana", "membership", "bit"),
    ] == ties(result)  # fmt: skip
    assert ("person", "organization", "unit") == tuple(found[n]["kind"] for n in ("Ana", "Bit", "Unit"))
    assert ("Bitio", "2010-01-01") == (found["Bit"]["name_es"], result.material.tables["relations"][6]["start"])
    assert [("bit", "purpose: x")] == notes(result)
    assert "example.org" not in json.dumps(result.material.tables)


def test_rdf_of_others_is_a_source_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text(ORG)

    assert 4 == len(kg.open(tmp_path / "x.ttl").to_networkx())


def test_rdf_without_actors_is_still_opened_for_queries(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("<http://x/a> <http://x/p> 1 .")

    assert bool(kg.open(tmp_path / "x.ttl").sparql("ASK { <http://x/a> ?p 1 }"))
    with pytest.raises(kg.InputError, match="names no organisation"):
        import_files([tmp_path / "x.ttl"])


MEMBERSHIPS = {
    "@context": "http://www.w3.org/ns/csvw", "url": "m.csv", "dialect": {"delimiter": ";"},
    "tableSchema": {"aboutUrl": "#m{_row}", "columns": [
        {"titles": "who", "name": "who", "propertyUrl": "org:member", "valueUrl": "#{who}"},
        {"titles": "org", "name": "org", "propertyUrl": "org:organization", "valueUrl": "#{org}"},
        {"titles": "since", "name": "since", "propertyUrl": "schema:validFrom", "datatype": "gYear"},
        {"virtual": True, "propertyUrl": "rdf:type", "valueUrl": "org:Membership"},
    ]},
}  # fmt: skip


@pytest.mark.parametrize("name", ["m.csv", "m.csv-metadata.json"])
def test_tables_with_a_csvw_description_are_read_by_their_properties(tmp_path: Path, name: str) -> None:
    (tmp_path / "m.csv").write_text("who;org;since\nana;bit;2010\n")
    (tmp_path / "m.csv-metadata.json").write_text(json.dumps(MEMBERSHIPS))
    result = imported(tmp_path / name)

    assert ([("ana", "membership", "bit")], "2010") == (ties(result), result.material.tables["relations"][0]["start"])


def test_our_own_tables_are_read_by_their_own_description(tmp_path: Path, world: Path) -> None:
    (tmp_path / "tables.json").write_text((resources.ontology() / "tables.json").read_text())
    for path in world.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    tables = import_files([tmp_path / "tables.json"]).material.tables

    assert {r["id"] for r in read_tables(world, records=True).records["relations"]} == {r["id"] for r in tables["relations"]}


def test_a_description_opens_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "m.csv").write_text("who;org;since\nana;bit;2010\n")
    (tmp_path / "in" / "d.json").write_text(json.dumps({**MEMBERSHIPS, "url": "../m.csv"}))
    with pytest.raises(kg.InputError, match=r"there is no table 'm\.csv' beside it"):
        import_files([tmp_path / "in" / "d.json"])


BAD = {
    "a.dl": ("dl n=2\nlabels: A B\ndata:\n1 0 1\n", "3 values where 4 belong"),
    "b.dl": ("dl n=2 format=edgelist1\nlabels: A B\ndata:\n1 C\n", r"b\.dl:4: 'C' is none of the 2 nodes"),
    "c.dl": ("dl n=2 format=strange\ndata:\n", "format 'strange' is not read"),
    "d.dl": ("dl n=99999999\ndata:\n1\n", "no number of nodes"),
    "e.gml": ("graph [ node [ id 1 ]", "a bracket is not closed"), "f.gml": ("graph [ node [ id 1 label \"x ]", "quotation mark"),
    "g.gml": ("a [ " * 50, "nests lists"), "h.csv": ("\n\n", r"h\.csv: is empty"),
    "i.xls": ("any", r"i\.xls: an old Excel workbook; open it and save it as \.xlsx"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_files_get_one_line(tmp_path: Path, name: str) -> None:
    content, message = BAD[name]
    (tmp_path / name).write_text(content)
    with pytest.raises(kg.InputError, match=message) as error:
        kg.open(tmp_path / name)

    assert "\n" not in str(error.value)


def test_columns_that_nobody_recognised_are_listed_in_the_map_to_be_answered(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Patron,Client,Sum\nAna,Bit,3\n")
    first = run(tmp_path, "import", "x.csv", "--map", "map.json")
    answers = json.loads((tmp_path / "map.json").read_text())
    answers["columns"] |= {"Patron": "from", "Client": "to"}
    (tmp_path / "map.json").write_text(json.dumps(answers))
    second = run(tmp_path, "import", "x.csv", "--map", "map.json", "-o", "folder")

    assert (2, 0) == (first.returncode, second.returncode)
    assert {"Patron": "from", "Client": "to", "Sum": ""} == answers["columns"]
    assert "Sum -> note of the relation" in second.stderr


def test_signs_of_a_kind_not_known_are_asked_for_and_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("from,to,type\nA,B,+-\n")
    asked = json.loads(imported(tmp_path / "x.csv").answers.as_json())["relation types"]["+-"]

    assert ("", True) == (asked["is"], "negative-tie" in asked["could be"])


def test_members_of_a_parliament_in_csv_say_the_same_as_in_json() -> None:
    folder = material("KG_CASES", "cases") / "popolo-ecuador"
    table, file = imported(folder / "term-2013.csv"), imported(folder / "ep-popolo-v1.0.json")
    text = json.dumps(table.material.tables)

    assert len(ties(file)) == len(ties(table))
    assert len([t for t in ties(table) if t[1:] == ("affiliation", "alianza-pais")]) == 98  # ../shared/cases/README.md
    assert "AdrianaMiosotty" not in text
    assert "female" not in text


def test_every_reader_has_a_row_in_the_reference() -> None:
    text = (ROOT / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")
    from kg.formats.registry import READERS, WRITERS

    assert [] == [f.name for f in (*READERS, *WRITERS) if f"| {f.name} |" not in text]
