"""Variants of each format that real files have: every word of theirs stands in the tables or is told, and none is guessed wrong.

Words that must be found again begin with Z or z; the shapes are those that the programs document.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.formats.registry import import_files
from tests.formats.sheets import Rows, xlsx
from tests.formats.test_import import imported, local_ids, ties


def lines(*records: Any) -> str:
    return "".join(json.dumps(r) + "\n" for r in records)


def entity(key: str, schema: str, **properties: str) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": {k: [v] for k, v in properties.items()}}


ANA, BIT = entity("p1", "Person", name="Zana"), entity("o1", "Company", name="Zbit")
LINK = entity("m", "UnknownLink", subject="p1", object="o1", role="zrole")
LITTLESIS = [
    {"type": "entities", "id": n, "attributes": {"id": n, "name": name, "primary_ext": "Org", "blurb": "zblurb"}}
    for n, name in ((1, "Zana"), (2, "Zbit"))
]
DONATION = {"entity1_id": 1, "entity2_id": 2, "category_id": 5, "amount": 100, "description1": "zgift"}
LITTLESIS.append({"type": "relationships", "id": 9, "attributes": DONATION})
GEXF = '<gexf xmlns="http://gexf.net/1.3"><meta><creator>zcreator</creator></meta><graph>{}</graph></gexf>'
GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}<graph edgedefault="directed">{}</graph></graphml>'
PAJEK = '*Vertices 3{}\n1 "Za"\n2 "Zb"\n3 "Zc"\n'
STATEMENTS = (
    "id,entity_id,canonical_id,schema,prop,prop_type,value,dataset\n"
    "s1,zold,p1,Person,name,name,Zana,zset\ns2,o1,o1,Company,name,name,Zbit,zset\n"
    "s3,m,m,Membership,member,entity,p1,zset\ns4,m,m,Membership,organization,entity,o1,zset\n"
)
VARIANTS: dict[str, tuple[str, str | bytes]] = {
    "entities in a list": ("a.json", json.dumps([ANA, BIT, LINK])),
    "entities, packed": ("a.json.gz", gzip.compress(lines(ANA, BIT, LINK).encode())),
    "entities after a blank line": ("a.ndjson", "\n" + lines(ANA) + "\n" + lines(BIT)),
    "entities of other schemata": (
        "a.json",
        lines(ANA, entity("e", "Event", name="Zevent", involved="p1"), entity("q", "Zschema", name="Zq")),
    ),
    "posts": (
        "a.json",
        lines(
            ANA, entity("po1", "Position", name="Zpost"), entity("x", "Occupancy", holder="p1", post="po1", summary="zsum")
        ),
    ),
    "what is said of an entity": ("a.json", lines({**ANA, "caption": "Zcap", "datasets": ["zset"], "referents": ["zref"]})),
    "properties that are no lists": ("a.json", lines({"id": "p", "schema": "Person", "properties": {"name": "Zana"}})),
    "statements": ("a.csv", STATEMENTS),
    "LittleSis, packed": ("a.json.gz", gzip.compress(json.dumps(LITTLESIS).encode())),
    "only persons": ("a.json", json.dumps({"persons": [{"id": "1", "name": "Zana", "summary": "zsum"}]})),
    "a map with a title": (
        "a.json",
        json.dumps(
            {"graph": {"nodes": {"1": {"id": 1, "name": "Za"}}, "edges": {}, "captions": {}}}
            | {"attributes": {"title": "ztitle", "subtitle": "zsub"}}
        ),
    ),
    "defaults of attributes": (
        "a.gexf",
        GEXF.format(
            '<attributes class="node"><attribute id="0" title="zfrog" type="string"><default>zdefault</default></attribute>'
            '</attributes><nodes><node id="0" label="Zana"><attvalues><attvalue for="0" value="zown"/></attvalues></node>'
            '<node id="1" label="Zbit"/></nodes>'
        ),
    ),
    "moments": (
        "a.gexf",
        GEXF.format('<nodes><node id="0" label="Za"><spells><spell timestamp="z2001"/></spells></node></nodes>'),
    ),
    "keys of one id": (
        "a.graphml",
        GRAPHML.format(
            '<key id="d0" for="node" attr.name="znode"/><key id="d0" for="edge" attr.name="zedge"/>'
            '<key id="g" for="graph" attr.name="zabout"/>',
            '<data key="g">zgraph</data><desc>zdesc</desc><node id="z0"><data key="d0">zn</data></node>'
            '<edge source="z0" target="z1"><data key="d0">ze</data></edge><node id="z1"/>',
        ),
    ),
    "defaults of keys": (
        "a.graphml",
        GRAPHML.format(
            '<key id="d" for="node" attr.name="zcol"><default>zyellow</default></key>',
            '<node id="z0"><data key="d">zgreen</data></node><node id="z1"/>',
        ),
    ),
    "a matrix in Pajek": ("a.net", PAJEK.format("") + "*Matrix\n0 1 0\n0 0 2\n0 0 0\n"),
    "two kinds in Pajek": ("a.net", PAJEK.format(" 2") + "*Matrix\n1\n1\n"),
    "relations of Pajek": ("a.net", PAJEK.format("") + '*Arcs :1 "zlikes"\n1 2 1\n*Arcs :2 "zhates"\n2 1 1\n'),
    "relations by number": ("a.net", PAJEK.format("") + "*Arcs\n1: 1 2 1\n2: 2 1 1\n"),
    "a project of Pajek": (
        "a.paj",
        "*Network znet\n" + PAJEK.format("") + "*Arcs\n1 2\n*Partition zpart\n*Vertices 3\n1\n1\n2\n",
    ),
    "quotation marks and times in Pajek": ("a.net", '*Vertices 1\n1 "Zana ""zeta"" zb" 0.1 0.2 [z1-z3]\n'),
    "a heading on one line": ("a.dl", "dl nr=2 nc=2 format=edgelist2 labels embedded data:\nZana zclub\nZbit zhall 3\n"),
    "labels on the line of the heading": ("a.dl", "dl n=2 format=fullmatrix labels: Za,Zb data: 0 1\n1 0\n"),
    "what a graph says of itself": (
        "a.gml",
        'Creator "zme" graph [ comment "zabout" node [ id 1 label "Za" graphics [ x 1 ] ] node [ id 2 label "Zb" ] ]',
    ),
    "names as ids": (
        "a.graphml",
        GRAPHML.format('<key id="d0" for="node" attr.name="id"/>', '<node id="n0"><data key="d0">Zana</data></node>'),
    ),
    "loops": (
        "a.json",
        json.dumps(
            {
                "elements": [{"label": "Zana"}, {"label": "Zbit"}],
                "connections": [{"id": "c", "from": "Zana", "to": "Zbit"}],
                "loops": [{"label": "zloop", "connections": ["c", "zgone"]}, {"label": "zring", "elements": ["Zbit"]}],
            }
        ),
    ),
    "titles above a heading": ("a.csv", "Zreport of zme,\n,\nsource,target\nZa,Zb\n"),
    "comments above a heading": ("a.csv", "# zmade by zme\nsource,target\nZa,Zb\n"),
    "a heading in a comment": ("a.txt", "# FromNodeId\tToNodeId\nz1\tz2\nz2\tz3\n"),
    "no heading": ("a.csv", "Za,Zb\nZb,Zc\nZc,Za\n"),
    "no heading, with weights": ("a.csv", "Za,Zb,1\nZb,Zc,2.5\nZc,Za,1\n"),
    "numbers without heading": ("a.txt", "# zcomment\n101\t102\n102\t103\n"),
    "cells parted by blanks": ("a.txt", "source target   weight\nZa Zb 2\nZb   Zc 3\n"),
    "a matrix parted by blanks": ("a.txt", "   Za Zb Zc\nZa 0 1 0\nZb 1 0 1\nZc 0 1 0\n"),
    "lines that end in carriage returns": ("a.csv", "From,To,Type\rZa,Zb,zt\rZb,Zc,zu\r"),
    "ids beside names": ("a.csv", "Id,Label\nz17,Zana\nz18,Zbit\n"),
}


def words(text: str) -> set[str]:
    return set(re.findall(r"\b[zZ]\w+", text))


@pytest.mark.parametrize("name", VARIANTS)
def test_every_word_is_kept_or_told(tmp_path: Path, name: str) -> None:
    file, content = VARIANTS[name]
    path = tmp_path / file
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    result = imported(path)
    raw = gzip.decompress(path.read_bytes()) if file.endswith(".gz") else path.read_bytes()
    told = json.dumps(list(result.material.tables.values())) + " ".join(result.report)

    assert set() == words(raw.decode()) - words(told)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("statements", [("zana", "membership", "zbit")]),
        ("a matrix in Pajek", [("za", "directed-connection", "zb"), ("zb", "directed-connection", "zc")]),
        ("two kinds in Pajek", [("za", "connection", "zc"), ("zb", "connection", "zc")]),
        ("a heading on one line", [("zana", "connection", "zclub"), ("zbit", "connection", "zhall")]),
        ("labels on the line of the heading", [("za", "connection", "zb")]),
        ("no heading", [("za", "connection", "zb"), ("zb", "connection", "zc"), ("zc", "connection", "za")]),
        ("a matrix parted by blanks", [("za", "connection", "zb"), ("zb", "connection", "zc")]),
        ("LittleSis, packed", [("zana", "directed-connection", "zbit")]),
    ],
)
def test_ties_of_variants(tmp_path: Path, name: str, expected: list[tuple[str, str, str]]) -> None:
    file, content = VARIANTS[name]
    (tmp_path / file).write_bytes(content.encode() if isinstance(content, str) else content)

    assert expected == ties(imported(tmp_path / file))


SHEETS: dict[str, tuple[dict[str, Rows], list[str]]] = {
    "Onodo's dates": (
        {
            "Nodes": [["Name", "Type"], ["Zana", "Person"]],
            "Relations": [["Source", "Target", "Type", "Directed", "From", "To"], ["Zana", "Zbit", "zt", 0, 2001, 2005]],
        },
        ["zana", "zbit"],
    ),
    "a title above a matrix": ({"S": [["ztitle"], [], [None, "Za", "Zb"], ["Za", 0, 1], ["Zb", 3, 0]]}, ["za", "zb"]),
    "NodeXL's other sheets": (
        {
            "Edges": [["Vertex 1", "Vertex 2"], ["Zana", "Zbit"]],
            "Groups": [["", "Visual"], ["Group", "Vertex Color"], ["zG1", "Red"]],
        },
        ["zana", "zbit"],
    ),
}


@pytest.mark.parametrize("name", SHEETS)
def test_sheets_that_look_like_others(tmp_path: Path, name: str) -> None:
    sheets, actors = SHEETS[name]
    result = imported(xlsx(tmp_path / "a.xlsx", **sheets))

    assert actors == [r["id"] for r in result.material.tables["actors"]]


def test_a_sheet_hidden_by_others_counts(tmp_path: Path) -> None:
    import openpyxl

    path = xlsx(tmp_path / "a.xlsx", S=[["source", "target"], ["Za", "Zb"]], H=[["source", "target"], ["Zc", "Zd"]])
    book = openpyxl.load_workbook(path)
    book["H"].sheet_state = "veryHidden"
    book.save(path)
    result = imported(path)

    assert [("za", "connection", "zb"), ("zc", "connection", "zd")] == ties(result)
    assert any("hidden" in line for line in result.report)


def test_names_parted_by_strokes_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("From,To\nZa,Zb|Zc\n")

    assert any("ends name several things, parted by |" in line for line in imported(tmp_path / "a.csv").report)


def test_ids_of_nodes_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(str(VARIANTS["ids beside names"][1]))

    assert [("zana", "z17"), ("zbit", "z18")] == local_ids(imported(tmp_path / "a.csv"))


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.json", b'{"elements": [], "connections": []}'),
        ("a.json.gz", gzip.compress(lines(ANA).encode())[:40]),
        ("a.json.gz", gzip.compress(b" " * 40_000_000 + lines(ANA).encode())),
        ("a.net", (PAJEK.format("") + "*Matrix\n0 1\n").encode()),
    ],
    ids=["nothing in it", "damaged", "a bomb", "a short matrix"],
)
def test_what_holds_nothing_or_is_damaged_gets_one_line(tmp_path: Path, file: str, content: bytes) -> None:
    (tmp_path / file).write_bytes(content)

    with pytest.raises(InputError) as error:
        import_files([tmp_path / file])

    assert 1 == len(str(error.value).splitlines())
    assert str(error.value).startswith("a.")
