"""Shapes of RDF and of tables described by CSV on the Web that others write: memberships said twice, roles, formats of values."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import kg
from kg.errors import InputError
from kg.formats.registry import import_files
from tests.formats.test_import import actors, imported, notes, ties

PREFIXES = """@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <http://x/> .
:ana a foaf:Person ; foaf:name "Ana" . :bit a org:Organization ; skos:prefLabel "Bit" .
"""
MEMBER = ("ana", "membership", "bit")
ROLE = "[] a org:Membership ; org:member :ana ; org:organization :bit ; org:role [ skos:prefLabel 'Chair' ] ."
RDF = {
    "a membership beside its short form": (f":ana org:memberOf :bit . {ROLE}", [MEMBER]),
    "a membership beside the short form of the organisation": (f":bit org:hasMember :ana . {ROLE}", [MEMBER]),
    "two memberships at different times": (f"{ROLE} {ROLE}", [MEMBER, MEMBER]),
    "a membership said by its holder": (":ana org:hasMembership [ a org:Membership ; org:organization :bit ] .", [MEMBER]),
    "a membership said from both sides": (f":ana org:hasMembership :m . {ROLE.replace('[]', ':m')}", [MEMBER]),
    "who has no address": (":ana foaf:knows [ a foaf:Agent ; foaf:name 'Cit' ] .", [("ana", "directed-connection", "cit")]),
    "a member without class": (":cit foaf:name 'Cit' ; org:memberOf :bit .", [("cit", "membership", "bit")]),
}  # fmt: skip


@pytest.mark.parametrize("name", RDF)
def test_memberships_in_rdf(tmp_path: Path, name: str) -> None:
    content, expected = RDF[name]
    (tmp_path / "x.ttl").write_text(PREFIXES + content)
    result = imported(tmp_path / "x.ttl")

    assert expected == ties(result)
    assert [] == notes(result)
    assert {"role: Chair"} >= {
        r["note"] for r in result.material.tables["relations"] if r.get("note", "").startswith("role")
    }


def test_schema_org_in_json_ld_with_its_context_on_the_web_and_roles(tmp_path: Path) -> None:
    role = {"@type": "OrganizationRole", "memberOf": {"@id": "http://x/o"}, "roleName": "chair", "startDate": "2001"}
    graph = [
        {"@id": "http://x/o", "@type": "Organization", "name": "Bit"},
        {"@id": "http://x/p", "@type": "Person", "name": "Ana", "memberOf": role},
    ]
    (tmp_path / "x.jsonld").write_text(json.dumps({"@context": "https://schema.org", "@graph": graph}))
    result = imported(tmp_path / "x.jsonld")

    assert [MEMBER] == ties(result)
    assert ("2001", "roleName: chair") == tuple(result.material.tables["relations"][0][k] for k in ("start", "note"))


REFUSED = {
    "x.jsonld": ('{"@context": "https://example.org/c.jsonld", "name": "x"}', "names a context that stands elsewhere, and nothing is"),
    "x.ttl": ("<http://x/a> <http://x/p> nothing .", r"x\.ttl:1:\d+: not valid Turtle"),
    "y.ttl": ("<http://x/a> <http://x/p> 1 .", "names no organisation, person or membership"),
    "z.ttl": ("<http://x/a> a <https://w3id.org/stakeholder-kg/ns#Actor> .", "import it alone"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_rdf_that_cannot_be_imported_says_why(tmp_path: Path, name: str) -> None:
    content, message = REFUSED[name]
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=message):
        import_files([tmp_path / name])


DEEP = 5_000
HARMFUL = {
    "deep.jsonld": ('{"http://x/p":' * DEEP + "1" + "}" * DEEP, "nests lists more than 500 deep"),
    "deep.json": ('[{"http://x/p":' * DEEP + "1" + "}]" * DEEP, "nests lists more than 500 deep"),
    "deep.rdf": ("<a>" * DEEP + "</a>" * DEEP, "nests elements more than 500 deep"),
    "entities.rdf": ('<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><a>&b;</a>', "declares entities that may grow"),
    "elsewhere.rdf": ('<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hosts">]><a>&a;</a>', "declares entities that may grow"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_rdf_that_would_crash_or_fill_a_parser_is_refused(tmp_path: Path, name: str) -> None:
    content, message = HARMFUL[name]
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=message):
        kg.open(tmp_path / name)


def test_packed_rdf_that_grows_without_measure_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.ttl.gz").write_bytes(gzip.compress(b"#" * 40_000_000))
    with pytest.raises(InputError, match="would unpack to more than"):
        kg.open(tmp_path / "x.ttl.gz")


def test_short_names_of_addresses_and_grammars_elsewhere_do_no_harm(tmp_path: Path) -> None:
    space = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:foaf="&foaf;"'
    person = '<foaf:Person rdf:about="http://x/a"><foaf:name>Ana</foaf:name></foaf:Person>'
    doctype = '<!DOCTYPE rdf:RDF [<!ENTITY foaf "http://xmlns.com/foaf/0.1/">]>'
    (tmp_path / "x.rdf").write_text(f"{doctype}<rdf:RDF {space}>{person}</rdf:RDF>")
    (tmp_path / "x.graphml").write_text(
        '<!DOCTYPE graphml SYSTEM "http://x/graphml.dtd"><graphml><graph><node id="Ana"/></graph></graphml>'
    )

    assert [{"Ana"}, {"Ana"}] == [actors(imported(tmp_path / name)).keys() for name in ("x.rdf", "x.graphml")]


def described(folder: Path, name: str, content: str, columns: list[dict[str, object]], **more: object) -> None:
    (folder / "x.csv").write_text(content)
    schema = {"tableSchema": {"columns": columns}}
    (folder / name).write_text(json.dumps({"@context": "http://www.w3.org/ns/csvw", "url": "x.csv", **schema, **more}))


def test_values_are_read_in_the_form_that_the_description_gives_them(tmp_path: Path) -> None:
    columns: list[dict[str, object]] = [
        {"name": "From"},
        {"name": "To"},
        {"name": "Weight", "datatype": {"base": "decimal", "format": {"decimalChar": ",", "groupChar": "."}}},
        {"name": "Since", "datatype": {"base": "date", "format": "M/d/yyyy"}},
        {"name": "Directed", "datatype": {"base": "boolean", "format": "J|N"}},
        {"name": "Remark", "null": ["-", ""], "default": "none"},
    ]
    content = "# a comment\nFrom;To;Weight;Since;Directed;Remark\nA;B;1.234,5;3/4/2001;J;-\n"
    described(
        tmp_path, "x.csv-metadata.json", content, columns, dialect={"delimiter": ";", "commentPrefix": "#", "skipRows": 1}
    )
    (relation,) = imported(tmp_path / "x.csv").material.tables["relations"]

    assert ("1234.5", "2001-03-04", "directed-connection", "Remark: none") == tuple(
        relation[k] for k in ("weight", "start", "type", "note")
    )  # CSV on the Web: Tabular Data Model, section 6.4 (formats), 5.1 (dialect); JSON vocabulary, 5.7 (null, default)


def test_a_table_is_read_once_where_its_description_has_a_name_of_its_own(tmp_path: Path) -> None:
    columns: list[dict[str, object]] = [
        {"name": "name", "propertyUrl": "http://xmlns.com/foaf/0.1/name"},
        {"name": "of", "propertyUrl": "http://www.w3.org/ns/org#memberOf", "valueUrl": "http://x/{of}"},
    ]
    described(tmp_path, "about.json", "name,of\nAna,bit\n", columns, aboutUrl="http://x/{name}")
    result = imported(tmp_path / "about.json", tmp_path / "x.csv")

    assert {"Ana", "bit"} == actors(result).keys()
    assert [MEMBER] == ties(result)
