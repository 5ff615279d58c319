"""Files of other programs: what is read from each, what goes out and comes back, what bad ones are told."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.formats.registry import import_files
from tests.conftest import material
from tests.formats.test_import import actors, imported, local_ids, notes, ties

BLUEPRINT = {
    "elements": [
        {"id": "1", "label": "Ana", "type": "Person", "tags": ["a", "b"], "odd field": "x"},
        {"label": "Bit"},
        {"label": "Alone"},
    ],
    "connections": [
        {"from": "1", "to": "Bit", "type": "support", "direction": "directed"},
        {"from": "Bit", "to": "Ghost", "direction": "mutual"},
    ],
}
PROJECT = {
    "name": "P", "maps": [{"name": "m"}], "perspectives": [],
    "elements": [
        {"_id": "elem-1", "attributes": {"label": "Ana", "element type": "Person", "description": "<b>Chairs</b>"}},
        {"_id": "elem-2", "attributes": {"label": "Bit", " ": "blank name"}},
    ],
    "connections": [
        {
            "_id": "conn-1", "direction": "directed", "delayed": True, "from": "elem-1", "to": "elem-2",
            "attributes": {"connection type": "++"},
        }
    ],
    "loops": [{"_id": "loop-1", "attributes": {"label": "R1"}}],
}  # fmt: skip
OLD_MAP = {
    "nodes": {"1": {"id": 1, "display": {"name": "Ana", "x": 1}}, "2": {"id": 2, "display": {"name": "Bit", "x": 2}}},
    "edges": {"9": {"id": 9, "node1_id": 1, "node2_id": 2, "display": {"label": "advisor", "arrow": True, "x1": 3}}},
    "captions": {"c": {"id": "c", "display": {"text": "Watch this"}}}, "annotations": [{"header": "H", "text": "T"}],
}  # fmt: skip
NEW_MAP = {
    "graph": {
        "nodes": {"1": {"id": "1", "name": "Ana", "description": "D"}, "2": {"id": "2", "name": "Bit"}},
        "edges": {"9": {"id": "9", "node1_id": "1", "node2_id": "2", "label": "alliance", "arrow": "2->1"}},
        "captions": {"c": {"id": "c", "text": "Watch this"}},
    },
    "attributes": {"title": "T"}, "annotations": {"list": [{"header": "H", "text": "T"}]},
}  # fmt: skip
POPOLO = {
    "persons": [{"id": "p1", "name": "Ana", "email": "ana@example.org", "other_names": [{"name": "Anita"}], "age": "x"}],
    "organizations": [
        {"id": "party/ávanza", "name": "Ávanza", "classification": "party"},
        {"id": "o2", "name": "Chamber", "parent_id": "party/ávanza"},
    ],
    "memberships": [
        {"person_id": "p1", "organization_id": "o2", "on_behalf_of_id": "party/ávanza", "role": "member", "area_id": "a1",
         "start_date": "2013-05"}
    ],
    "areas": [{"id": "a1", "name": "Loja"}],
}  # fmt: skip
ENTITIES = [
    {
        "id": "a",
        "schema": "Person",
        "properties": {"name": ["Ana"], "alias": ["Anita"], "email": ["x@example.org"], "addressEntity": ["z"]},
    },
    {"id": "b", "schema": "Company", "properties": {"name": ["Bit"], "addressEntity": ["z"]}},
    {"id": "z", "schema": "Address", "properties": {"full": ["Street 1"]}},
    {
        "id": "m",
        "schema": "Membership",
        "properties": {"member": ["a"], "organization": ["b"], "role": ["chair"], "startDate": ["2010"]},
    },
    {"id": "u", "schema": "UnknownLink", "properties": {"subject": ["b"], "object": ["ghost"]}},
]


def saved(path: Path, content: Any) -> Path:
    lines = isinstance(content, list)
    path.write_text("\n".join(json.dumps(c) for c in content) if lines else json.dumps(content), encoding="utf-8")
    return path


def test_a_kumu_blueprint(tmp_path: Path) -> None:
    result = imported(saved(tmp_path / "x.json", BLUEPRINT))

    assert ("Kumu blueprint", [("ana", "support", "bit"), ("bit", "connection", "ghost")]) == (
        result.recognised,
        ties(result),
    )
    assert {"Ana", "Bit", "Alone", "Ghost"} == actors(result).keys()
    assert ["tags: a; b", "odd field: x"] == [text for _, text in notes(result)]
    assert any("ends of connections are no elements" in line and "Ghost" in line for line in result.report)


def test_a_kumu_project(tmp_path: Path) -> None:
    result = imported(saved(tmp_path / "x.json", PROJECT))

    assert ("Kumu project", [("ana", "directed-connection", "bit")]) == (result.recognised, ties(result))
    assert "Type: ++; delayed: true" == result.material.tables["relations"][0]["note"]
    assert "<b>Chairs</b>" == actors(result)["Ana"]["note"]
    assert "Name: P; Loop R1: " == result.material.tables["sources"][0]["note"]
    assert any("maps (positions and styles" in line for line in result.report)


def test_private_fields_of_kumu_become_private_notes(tmp_path: Path) -> None:
    fields = [{"name": n, "private": n != "Open"} for n in ("Secret", "description", "Open")]
    element = {"_id": "e1", "attributes": {"label": "Ana", "description": "told", "secret": "hidden", "open": "seen"}}
    tie = {
        "_id": "c",
        "from": "e1",
        "to": "e2",
        "direction": "directed",
        "attributes": {"secret": "whispered", "open": "heard"},
    }
    content = {
        "attributes": fields,
        "elements": [element, {"_id": "e2", "attributes": {"label": "Bit"}}],
        "connections": [tie],
    }
    result = imported(saved(tmp_path / "x.json", content))

    assert {
        "description: told": "true",
        "secret: hidden": "true",
        "open: seen": None,
        "Connection with Bit: secret: whispered": "true",
    } == {r["value"]: r.get("private") for r in result.material.tables["attributes"]}
    assert "open: heard" == result.material.tables["relations"][0]["note"]
    assert "note" not in actors(result)["Ana"]
    assert "x.json: private in Kumu, now private notes: description, secret" in result.report


@pytest.mark.parametrize(
    ("content", "tie"), [(OLD_MAP, ("ana", "directed-connection", "bit")), (NEW_MAP, ("bit", "alliance", "ana"))]
)
def test_oligrapher_maps_of_both_schemata(tmp_path: Path, content: Any, tie: tuple[str, str, str]) -> None:
    result = imported(saved(tmp_path / "x.json", content))

    assert ("Oligrapher map", [tie]) == (result.recognised, ties(result))
    assert "Caption: Watch this; Annotation: H: T" == result.material.tables["sources"][0]["note"].removeprefix("Title: T; ")


def test_popolo_without_contact_data(tmp_path: Path) -> None:
    result = imported(saved(tmp_path / "x.json", POPOLO))

    assert [("chamber", "part-of", "avanza"), ("ana", "membership", "chamber"), ("ana", "affiliation", "avanza")] == ties(
        result
    )
    assert ("political-party", "organization") == tuple(actors(result)["Ávanza"][c] for c in ("type", "kind"))
    assert "role: member; area: Loja" in result.material.tables["relations"][1]["note"]
    assert "ana@example.org" not in json.dumps(result.material.tables)
    assert any("personal data are not imported: email" in line for line in result.report)


def test_followthemoney_entities(tmp_path: Path) -> None:
    result = imported(saved(tmp_path / "x.ijson", ENTITIES))

    assert [("ana", "membership", "bit"), ("bit", "connection", "ghost")] == ties(result)
    assert ("person", "Anita", "company") == (
        actors(result)["Ana"]["kind"],
        actors(result)["Ana"]["aliases"],
        actors(result)["Bit"]["type"],
    )
    assert [("bit", "addressEntity: Street 1")] == notes(result), "where a person lives stays out"
    assert "x@example.org" not in json.dumps(result.material.tables)


def dna(path: Path, *, new: bool) -> Path:
    base = sqlite3.connect(path)
    base.executescript(
        "CREATE TABLE DOCUMENTS(ID, Title, Text, Coder, Author, Source, Section, Notes, Type, Date);"
        "CREATE TABLE STATEMENTTYPES(ID, Label); CREATE TABLE VARIABLES(ID, Variable, DataType, StatementTypeId);"
        "CREATE TABLE STATEMENTS(ID, StatementTypeId, DocumentId, Start, Stop, Coder);"
        "CREATE TABLE DATABOOLEAN(StatementId, VariableId, Value); CREATE TABLE DATAINTEGER(StatementId, VariableId, Value);"
        "CREATE TABLE DATALONGTEXT(StatementId, VariableId, Value); CREATE TABLE ENTITIES(ID, VariableId, Value);"
        f"CREATE TABLE DATASHORTTEXT(StatementId, VariableId, {'Entity' if new else 'Value'});"
        "INSERT INTO DOCUMENTS VALUES (1, 'Hearing', 'We like seeds. We do not.', 1, 'Me', '', '', '', '', 86400);"
        "INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement'), (2, 'Annotation');"
        "INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),"
        "(3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1);"
        "INSERT INTO STATEMENTS VALUES (1, 1, 1, 0, 14, 1), (2, 1, 1, 15, 25, 1), (3, 2, 1, 0, 4, 1);"
        "INSERT INTO DATABOOLEAN VALUES (1, 4, 1), (2, 4, 0);"
        "INSERT INTO ENTITIES VALUES (1,1,'Ana'),(2,2,'Bit'),(3,3,'Seeds'),(4,2,'');"
    )
    rows = [(1, 1, 1, "Ana"), (1, 2, 2, "Bit"), (1, 3, 3, "Seeds"), (2, 1, 1, "Ana"), (2, 2, 4, ""), (2, 3, 3, "Seeds")]
    base.executemany("INSERT INTO DATASHORTTEXT VALUES (?, ?, ?)", [(s, v, e if new else t) for s, v, e, t in rows])
    base.commit()
    base.close()
    return path


@pytest.mark.parametrize("new", [False, True])
def test_statements_of_the_discourse_network_analyzer_become_positions_with_their_characters(
    tmp_path: Path, new: bool
) -> None:
    result = imported(dna(tmp_path / "x.dna", new=new))
    tables = result.material.tables
    evidence = {e["id"]: e for e in tables["evidence"]}
    first = tables["positions"][0]

    assert [("bit", "seeds", "support", "person: Ana"), ("ana", "seeds", "oppose", None)] == [
        (p["actor"], p["on"], p["stance"], p.get("note")) for p in tables["positions"]
    ]
    assert ("0-14", hashlib.sha256(b"We like seeds.").hexdigest()) == tuple(
        evidence[first["evidence"]][c] for c in ("characters", "sha256")
    )
    assert "We like" not in json.dumps(tables)
    assert "1970-01-02" == tables["sources"][1]["issued"]
    assert any("1 statement of type 'Annotation' has" in line for line in result.report)


def test_offsets_of_java_coders_names_unused_values_and_links_of_statements(tmp_path: Path) -> None:
    """Java counts a character beyond the first plane twice: the second passage begins at 15 there, at 14 in the text."""
    path = dna(tmp_path / "x.dna", new=True)
    base = sqlite3.connect(path)
    base.executescript(
        "UPDATE DOCUMENTS SET Text = 'We like seed🌾 We do not.'; CREATE TABLE CODERS(ID, Name);"
        "INSERT INTO CODERS VALUES (1, 'Luisa'); INSERT INTO ENTITIES VALUES (9, 2, 'Zunused');"
        "CREATE TABLE STATEMENTLINKS(ID, SourceId, TargetId); INSERT INTO STATEMENTLINKS VALUES (1, 1, 2);"
    )
    base.commit()
    base.close()
    result = imported(path)
    coded = [e for e in result.material.tables["evidence"] if e.get("coder")]

    assert [("0-13", "Luisa"), ("14-24", "Luisa")] == [(e["characters"], e["coder"]) for e in coded]
    assert hashlib.sha256(b"We do not.").hexdigest() == coded[1]["sha256"]
    assert any("1 value stands in no statement that was placed: organization 'Zunused'" in line for line in result.report)
    assert any("1 link between statements" in line for line in result.report)


@pytest.mark.parametrize("new", [False, True])
def test_attributes_of_actors_and_documents_are_kept_and_others_are_told(tmp_path: Path, new: bool) -> None:
    path = dna(tmp_path / "x.dna", new=new)
    base = sqlite3.connect(path)
    base.execute("UPDATE DOCUMENTS SET Section = 'Senate', Type = 'Record', Notes = 'Long'")
    base.executescript(
        "CREATE TABLE ATTRIBUTEVARIABLES(ID, VariableId, AttributeVariable);"
        "CREATE TABLE ATTRIBUTEVALUES(ID, EntityId, AttributeVariableId, AttributeValue);"
        "INSERT INTO ATTRIBUTEVARIABLES VALUES (1, 2, 'Type'), (2, 3, 'Notes');"
        "INSERT INTO ATTRIBUTEVALUES VALUES (1, 2, 1, 'NGO'), (2, 3, 2, 'Green');"
        if new
        else "CREATE TABLE ATTRIBUTES(ID, VariableId, Value, Type, Alias, Notes);"
        "INSERT INTO ATTRIBUTES VALUES (1, 2, 'Bit', 'NGO', '', ''), (2, 3, 'Seeds', '', '', 'Green');"
    )
    base.commit()
    base.close()
    result = imported(path)

    assert [("bit", "Type: NGO")] == notes(result)
    assert "Author: Me; Section: Senate; Type: Record; Notes: Long" == result.material.tables["sources"][1]["note"]
    assert any("1 attribute of values of 'concept'" in line for line in result.report)


GEXF = """<gexf xmlns="{space}" version="1.3"><graph defaultedgetype="directed" mode="dynamic">
<attributes class="node"><attribute id="0" title="kind" type="string"/>
<attribute id="1" title="seats" type="integer"/></attributes>
<nodes><node id="n1" label="Ana"><attvalues><attvalue for="0" value="Person"/>
<attvalue for="1" value="3" start="2010"/></attvalues>
<nodes><node id="n3" label="Inside"/></nodes></node><node id="n2" label="Bit" start="2001"/></nodes>
<edges><edge source="n1" target="n2" label="alliance" start="2010" end="2012"/>
<edge id="e" source="n2" target="n1" type="undirected" weight="2"/>
</edges></graph></gexf>"""


@pytest.mark.parametrize(
    "space",
    ["http://gexf.net/1.3", "http://www.gexf.net/1.3", "http://www.gexf.net/1.2draft", "http://www.gexf.net/1.1draft"],
)
def test_gexf_of_every_namespace(tmp_path: Path, space: str) -> None:
    (tmp_path / "x.gexf").write_text(GEXF.format(space=space))
    result = imported(tmp_path / "x.gexf")

    assert [("ana", "alliance", "bit"), ("bit", "connection", "ana")] == ties(result)
    assert ("2010", "2012") == tuple(result.material.tables["relations"][0][c] for c in ("start", "end"))
    assert [("inside", "pid: n1"), ("ana", "seats (2010): 3"), ("bit", "start: 2001")] == [
        n for n in notes(result) if "Type" not in n[1]
    ]


def test_graphml_of_visone_and_yed(tmp_path: Path) -> None:
    (tmp_path / "x.graphml").write_text(
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">'
        '<key id="d0" for="node" attr.name="power" attr.type="int"/><key id="g" for="node" yfiles.type="nodegraphics"/>'
        '<key id="e0" for="edge" attr.name="sign"/><graph edgedefault="undirected"><node id="a"><data key="d0">3</data>'
        '<data key="g"><y:ShapeNode><y:NodeLabel>Ana</y:NodeLabel></y:ShapeNode></data></node><node id="b"/>'
        '<edge source="a" target="b"><data key="e0">-1</data></edge></graph></graphml>'
    )
    result = imported(tmp_path / "x.graphml")

    assert ([("ana", "negative-tie", "b")], [("ana", "power: 3")]) == (ties(result), notes(result))
    assert [("ana", "a")] == local_ids(result)


def test_pajek_with_quoted_names_lists_and_signs(tmp_path: Path) -> None:
    (tmp_path / "x.net").write_text(
        '*Vertices 3\n1 "Ana María" 0.1 0.2\n2 Bit\n*Arcs\n1 2 -2\n*Edges\n2 3 1\n*Arcslist\n1 3 2\n'
    )
    result = imported(tmp_path / "x.net")

    assert {"Ana María", "Bit", "v3"} == actors(result).keys()
    assert [
        ("ana-maria", "negative-towards", "bit"), ("bit", "positive-tie", "v3"), ("ana-maria", "positive-towards", "v3"),
        ("ana-maria", "positive-towards", "bit"),
    ] == ties(result)  # fmt: skip


BAD = {
    "x.gexf": ("<gexf><graph>", "damaged, not well-formed XML"), "y.gexf": ("<gexf/>", "no nodes were found"),
    "z.graphml": ('<!DOCTYPE g [<!ENTITY a "b">]><graphml>&a;</graphml>', "declares a document type"),
    "deep.graphml": ("<a>" * 2000, "nests elements"),
    "x.net": ("*Vertices 1\n1 A\n*Arcs\n1 7\n", r"x\.net:4: the line does not name"),
    "y.net": ("hello", "no vertices"), "x.dna": ("no database at all", "damaged or no project"),
    "e.dna": ("", "damaged or no project"),
    "x.ijson": ('{"id":"a","schema":"Person","properties":{}}\n{"id":1}', r"x\.ijson:2: no entity"),
    "x.json": ("{", "x.json"), "x.docx": ("text", "not a kind of file"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_files_get_one_line(tmp_path: Path, name: str) -> None:
    content, message = BAD[name]
    (tmp_path / name).write_text(content)
    with pytest.raises(kg.InputError, match=message) as error:
        kg.open(tmp_path / name)

    assert "\n" not in str(error.value)


def test_real_files_of_each_program() -> None:
    cases = material("KG_CASES", "cases")
    for path, recognised, actors_, ties_ in (
        ("kumu/snap-to-tutorial-project.json", "Kumu project", 51, 113),
        ("kumu/kumu-omidyarnetwork-us-financial-inclusion-BACKUP.json", "Kumu project", 230, 232),
        ("oligrapher/puerto-rico.json", "Oligrapher map", 26, 37),
        ("donations/donations.ijson", "FollowTheMoney entities", 95, 290),
    ):
        result = import_files([cases / path])

        assert (recognised, actors_, ties_) == (result.recognised, len(result.material.tables["actors"]), len(ties(result)))


def test_real_oligrapher_map_has_the_known_centre() -> None:
    result = imported(material("KG_CASES", "cases") / "oligrapher" / "puerto-rico.json")
    names = {r["id"]: r["name_en"] for r in result.material.tables["actors"]}
    degree = Counter(names[e] for t in ties(result) for e in (t[0], t[2]))

    assert [7, 6, 6] == [n for _, n in degree.most_common(3)]
    assert "Fiscal Control Board" in degree.most_common(1)[0][0]


def test_real_popolo_file_has_the_known_parties() -> None:
    result = imported(material("KG_CASES", "cases") / "popolo-ecuador" / "ep-popolo-v1.0.json")
    names = {r["id"]: r["name_en"] for r in result.material.tables["actors"]}
    seats = Counter(names[o] for _, t, o in ties(result) if t == "affiliation")

    assert 137 == sum(1 for a in result.material.tables["actors"] if a["kind"] == "person")
    assert [98, 10, 7, 5, 5] == [
        sum(n for name, n in seats.items() if name.startswith(p))
        for p in ("Alianza PAIS", "CREO", "PSC", "Avanza", "Pachakutik")
    ] or {"Alianza PAIS": 98}.items() <= seats.items()


@pytest.mark.parametrize("name", ["sample-v2.dna", "sample-v3.dna"])
def test_real_projects_of_both_generations(name: str) -> None:
    tables = imported(material("KG_CASES", "cases") / "dna" / name).material.tables

    assert (7, 40) == (len([s for s in tables["sources"] if s["type"] == "publication"]), len(tables["positions"]))
