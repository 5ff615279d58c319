"""Shapes in which programs write networks beside the usual one: times, ids beside names, groups, several networks in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.formats.sheets import xlsx
from tests.formats.test_import import actors, imported, local_ids, notes, ties

GEPHI = "Source,Target,Type,timeset\na,b,Directed,{}\n"
GEXF = (
    '<gexf xmlns="http://gexf.net/1.2draft"><graph defaultedgetype="directed"><nodes><node id="a"/><node id="b"/></nodes>'
    '<edges><edge source="a" target="b" {}</edges></graph></gexf>'
)
TIMES = {
    "an interval of Gephi": ("x.csv", GEPHI.format('"<[2001.0, 2003.0]>"'), ("2001", "2003")),
    "an open interval of Gephi": ("x.csv", GEPHI.format('"<[2001-02-03, Infinity]>"'), ("2001-02-03", None)),
    "a moment of Gephi": ("x.csv", GEPHI.format("<[2001.0]>"), ("2001", "2001")),
    "several intervals of Gephi": ("x.csv", GEPHI.format('"<[2001.0, 2002.0]; [2004.0, 2005.0]>"'), (None, None)),
    "a time that is no date": ("x.csv", GEPHI.format('"<[1.0, 3.0]>"'), (None, None)),
    "one spell": ("x.gexf", GEXF.format('><spells><spell start="2001" end="2003.0"/></spells></edge>'), ("2001", "2003")),
    "two spells": ("x.gexf", GEXF.format('><spells><spell end="2001"/><spell start="2003"/></spells></edge>'), (None, None)),
    "an open end": ("x.gexf", GEXF.format('start="2001.0" endopen="2003-05-01"/>'), ("2001", "2003-05-01")),
    "years of Pajek": ("x.net", '*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2 1 [1999-2004]\n', ("1999", "2004")),
    "numbers of Pajek": ("x.net", '*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2 1 [1-3]\n', (None, None)),
}  # by Gephi's table of data, the GEXF primer, and Pajek's reference manual


@pytest.mark.parametrize("name", TIMES)
def test_times_that_are_dates_become_dates(tmp_path: Path, name: str) -> None:
    file, content, expected = TIMES[name]
    (tmp_path / file).write_text(content)
    (relation,) = imported(tmp_path / file).material.tables["relations"]

    assert expected == (relation.get("start"), relation.get("end"))


FILES = {
    "a word as kind of an edge": ("x.gexf", GEXF.format('kind="alliance"/>'), [("a", "alliance", "b")]),
    "types of the first versions": ("x.gexf", GEXF.format('type="sim" cardinal="2"/>'), [("a", "connection", "b")]),
    "labels of edges from Gephi": (
        "x.graphml",
        '<graphml><key id="l" for="edge" attr.name="Edge Label"/><graph edgedefault="directed"><node id="a"/><node id="b"/>'
        '<edge source="a" target="b"><data key="l">alliance</data></edge></graph></graphml>',
        [("a", "alliance", "b")],
    ),
    "arrows as yEd draws them": (
        "x.graphml",
        '<graphml><graph edgedefault="directed"><node id="a"/><node id="b"/><node id="c"/>'
        '<edge source="a" target="b"><data><Arrows source="none" target="none"/></data></edge>'
        '<edge source="a" target="c"><data><Arrows source="standard" target="none"/></data></edge></graph></graphml>',
        [("a", "connection", "b"), ("c", "directed-connection", "a")],
    ),
    "labels of lines in Pajek": (
        "x.net",
        '*Vertices 2\n1 "a"\n2 "b"\n*Edges\n1 2 1 c Blue l "alliance"\n',
        [("a", "alliance", "b")],
    ),
    "several networks in Pajek": (
        "x.paj",
        '*Network allies\n*Vertices 2\n1 "a"\n2 "b"\n*Edges\n1 2\n*Network tension\n*Vertices 2\n1 "c"\n2 "a"\n*Edges\n1 2\n',
        [("a", "positive-tie", "b"), ("c", "tension", "a")],
    ),
    "several matrices with names of their own": (
        "x.dl",
        "dl n=2 nm=2\nlabels embedded\nmatrix labels: alliance,tension\ndata:\n a b\na 0 1\nb 1 0\n a b\na 0 0\nb 1 0\n",
        [("a", "alliance", "b"), ("b", "tension", "a")],
    ),
    "lists of nodes that are counted": (
        "x.dl",
        "dl n=3 format=nodelist1b\nlabels: a,b,c\ndata:\n2 2 3\n0\n1 1\n",
        [("a", "directed-connection", "b"), ("a", "directed-connection", "c"), ("c", "directed-connection", "a")],
    ),
    "a plain list of edges": (
        "x.json",
        json.dumps([{"from": "a", "to": "b", "type": "alliance"}]),
        [("a", "alliance", "b")],
    ),
    "nodes and edges in one list": (
        "x.json",
        json.dumps(
            [
                {"data": {"id": "1", "label": "a"}},
                {"data": {"id": "2", "label": "b"}},
                {"data": {"source": "1", "target": "2"}},
            ]
        ),
        [("a", "connection", "b")],
    ),
    "entities nested in others": (
        "x.json",
        json.dumps(
            {
                "id": "a",
                "schema": "Person",
                "properties": {
                    "name": ["a"],
                    "addressEntity": [{"id": "h", "schema": "Address", "properties": {"full": ["Home 1"]}}],
                    "membershipMember": [
                        {
                            "id": "m",
                            "schema": "Membership",
                            "properties": {
                                "member": ["a"],
                                "organization": [{"id": "o", "schema": "Organization", "caption": "b"}],
                            },
                        }
                    ],
                },
            }
        ),
        [("a", "membership", "b")],
    ),
    "edges with names": (
        "x.json",
        json.dumps({"nodes": [{"id": "a"}, {"id": "b"}], "edges": [{"from": "a", "to": "b", "name": "alliance"}]}),
        [("a", "alliance", "b")],
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_ties_of_shapes(tmp_path: Path, name: str) -> None:
    file, content, expected = FILES[name]
    (tmp_path / file).write_text(content)

    assert expected == ties(imported(tmp_path / file))


def test_an_address_nested_in_a_person_stays_out(tmp_path: Path) -> None:
    file, content, _ = FILES["entities nested in others"]
    (tmp_path / file).write_text(content)
    result = imported(tmp_path / file)

    assert "Home 1" not in json.dumps(result.material.tables)
    assert "x.json: personal data are not imported: Address" in result.report


def test_partitions_and_vectors_of_pajek_become_notes_of_the_network_of_their_size(tmp_path: Path) -> None:
    vertices = '*Network n\n*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2\n'
    (tmp_path / "x.paj").write_text(
        f"{vertices}*Partition Party\n*Vertices 2\n1\n2\n*Vector Power\n*Vertices 3\n.5\n.6\n.7\n"
    )
    result = imported(tmp_path / "x.paj")

    assert [("a", "Party: 1"), ("b", "Party: 2")] == notes(result)
    assert "x.paj: could not be placed: Power (3 values); not imported" in result.report


def test_ids_beside_names_are_kept_and_names_are_names(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(
        "source_id,source_name,target_id,target_name,edge_type\n7,Ana,8,Bit,alliance\n8,Bit,7,Ana,\n"
    )
    result = imported(tmp_path / "x.csv")

    assert ("ana", "alliance", "bit") == ties(result)[0]
    assert [("ana", "7"), ("bit", "8")] == local_ids(result)


def test_groups_of_nodexl_are_no_actors_and_its_metrics_tell_the_direction(tmp_path: Path) -> None:
    result = imported(
        xlsx(
            tmp_path / "x.xlsx",
            Edges=[["", "", "Visual"], ["Vertex 1", "Vertex 2", "Edge Weight"], ["Ana", "Bit", 3]],
            Groups=[["", "Visual"], ["Group", "Vertex Color", "Label"], ["G1", "Red", "Left camp"]],
            Metrics=[["Graph Metric", "Value"], ["Graph Type", "Directed"]],
        )
    )

    assert {"Ana", "Bit"} == actors(result).keys()
    assert [("ana", "directed-connection", "bit")] == ties(result)
    assert "Label: Left camp" in result.material.tables["sources"][0]["note"]


def test_a_line_end_within_a_name_is_a_blank(tmp_path: Path) -> None:
    content = {"graph": {"nodes": {"1": {"id": "1", "name": "Milk\nUnion"}}, "edges": {}, "captions": {}}}
    (tmp_path / "x.json").write_text(json.dumps(content))

    assert {"Milk Union"} == actors(imported(tmp_path / "x.json")).keys()
