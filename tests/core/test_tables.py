"""Folders of tables: every fault is named with table, line and column, all at once; nothing is half loaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.formats.csvw import shipped_description
from kg.formats.tables import read_tables
from tests.core.folders import ACTORS, RELATIONS, write


def findings(folder: Path) -> list[tuple[str, str, int | None, str]]:
    return [(f.check, f.file, f.row, f.column) for f in read_tables(folder).findings]


def test_a_correct_folder_has_no_findings_and_counts_its_rows(tmp_path: Path) -> None:
    tables = read_tables(write(tmp_path / "small", actors=ACTORS, relations=RELATIONS))

    assert ([], 8) == (tables.findings, tables.rows)


def test_all_faults_of_all_tables_are_reported_at_once(tmp_path: Path) -> None:
    actors = ACTORS + "union,organization,peasant-unoin,Again,,,stated,high\n,person,politician,No id,,,stated,high\n"
    relations = RELATIONS + "r-bad,union,alliance,chambre,20l3,,,stated,certain\n"
    folder = write(tmp_path / "small", actors=actors, relations=relations)

    assert [
        ("duplicate-id", "actors.csv", 5, "id"),
        ("unknown-concept", "actors.csv", 5, "type"),
        ("required", "actors.csv", 6, "id"),
        ("unknown-concept", "relations.csv", 7, "confidence"),
        ("unknown-reference", "relations.csv", 7, "object"),
        ("format", "relations.csv", 7, "start"),
    ] == findings(folder)


def test_a_date_that_the_calendar_lacks_is_told_with_table_line_and_column(tmp_path: Path) -> None:
    days = ("2013-02-30", "2016-99", "2016-02-29", "2015-12")
    rows = "".join(f"r-{day},union,alliance,chamber,{day},,,stated,high\n" for day in days)
    found = read_tables(write(tmp_path / "small", actors=ACTORS, relations=RELATIONS + rows)).findings

    assert [("relations.csv:7 (start)", "2013-02-30"), ("relations.csv:8 (start)", "2016-99")] == [
        (f.where, f.what.split("'")[1]) for f in found
    ]
    assert all("the calendar has no such day or month" in f.todo for f in found)


def test_near_names_are_offered(tmp_path: Path) -> None:
    folder = write(tmp_path / "small", actors=ACTORS, relations=RELATIONS + "r-x,union,aliance,chambr,,,,stated,high\n")
    todos = [f.todo for f in read_tables(folder).findings]

    assert any("'chamber'" in t for t in todos)
    assert any("'alliance'" in t for t in todos)


@pytest.mark.parametrize(
    ("name", "content", "check"),
    [
        ("actors", b"id,kind,tpye\na,organization,ngo\n", "unknown-column"),
        ("actors", b"id,kind,type,name_en,status,confidence\na,organization,ngo,Caf\xe9,stated,high\n", "encoding"),
        ("actors", b"id,kind,type,status,confidence\na,organization,ngo,sta\0ted,high\n", "encoding"),
        ("actors", b'id,kind,type,name_en,status,confidence\na,organization,ngo,"open,stated,high\n', "csv"),
        ("actors", b"id,kind,type,status,confidence\na,organization,ngo,stated\n", "row-length"),
        ("actors", b"id,id,kind,type,status,confidence\na,a,organization,ngo,stated,high\n", "duplicate-column"),
        ("actors", b"id,kind,type,status\na,organization,ngo,stated\n", "missing-column"),
        ("actorz", b"id\na\n", "unknown-table"),
        ("assessments", b"id,actor,dimension,low,high,status,confidence\nx,union,power,0.5,1.5,stated,high\n", "range"),
        ("assessments", b'id,actor,dimension,low,high,status,confidence\nx,union,power,"0,5",1,stated,high\n', "datatype"),
        ("positions", b"id,actor,on,stance,status,confidence\nx,union,chamber,maybe,stated,high\n", "unknown-concept"),
        (
            "relations",
            b"id,subject,type,object,start,status,confidence\nx,union,alliance,chamber,2016-99,stated,high\n",
            "format",
        ),
        (
            "relations",
            b"id,subject,type,object,end,status,confidence\nx,union,alliance,chamber,2013-02-30,stated,high\n",
            "format",
        ),
        ("evidence", b"id,source,paraphrase_en,characters\ne,union,Text,3-x\n", "format"),
    ],
)
def test_each_kind_of_bad_table_gets_its_finding(tmp_path: Path, name: str, content: bytes, check: str) -> None:
    folder = write(tmp_path / "small", actors=ACTORS)
    (folder / f"{name}.csv").write_bytes(content)

    assert check in {c for c, *_ in findings(folder)}


def test_titles_in_any_language_and_a_byte_order_mark_are_understood(tmp_path: Path) -> None:
    titles = {c.name: c.titles for c in shipped_description()["actors"].columns}
    header = ",".join(titles[n]["es"] for n in ("id", "kind", "type", "name_en", "status", "confidence"))
    folder = write(tmp_path / "small", actors="\ufeff" + header + "\nunion,organization,ngo,Green,stated,high\n")

    assert [] == findings(folder)


def test_a_text_is_in_the_language_of_its_heading(tmp_path: Path) -> None:
    head = "id,actor,dimension,low,high,{},status,confidence\n"
    row = "s,union,power,0,0.5,Por oídas.,estimated,low\n"
    said = {}
    for heading in ("Base", "basis", "Basis", "Fondement", "Base (español)"):
        folder = write(tmp_path / heading, actors=ACTORS, assessments=head.format(heading) + row)
        rows = read_tables(folder, records=True).records["assessments"]
        said[heading] = next(name for name, cell in rows[0].items() if cell == "Por oídas.")

    assert said == {
        "Base": "basis_es", "basis": "basis_en", "Basis": "basis_en", "Fondement": "basis_fr", "Base (español)": "basis_es",
    }  # fmt: skip


OTHERS = "Actor,Organisation type,Influence\nUnion,NGO,high\nMill,Company,low\n"
"""A list as somebody else keeps it, in a file that is called like a table of ours."""


def test_a_folder_of_others_lists_is_imported_whatever_they_are_called(tmp_path: Path) -> None:
    folder = write(tmp_path / "small", actors=OTHERS)
    (folder / "dataset.json").unlink()
    graph = kg.open(folder, cache=False)

    assert ["Mill", "Union"] == sorted(row.actor.label for row in graph.ask("power-interest"))


@pytest.mark.parametrize("heading", ["Actor,Organisation type,Influence", "\ufeffActor,Organisation type,Influence"])
def test_a_list_of_others_among_our_tables_is_told_once_with_what_to_do(tmp_path: Path, heading: str) -> None:
    folder = write(tmp_path / "small", actors=heading + "\nUnion,NGO,high\n", places="id,type,name_en\npe,country,Peru\n")
    (found,) = read_tables(folder).findings

    assert str(found).startswith(
        "error: actors.csv: is called like a table of kg, but has the columns of another list (Actor, Organisation type, Influence);"
        " `kg import actors.csv -o FOLDER` makes tables of it; a table of kg needs the columns id, kind, type"
    )


@pytest.mark.parametrize("heading", ["id,kind,type", "name_en,name_es", "Id,Kind,Type", "identifiant,nature,type"])
def test_our_own_table_stays_ours_however_much_it_lacks(tmp_path: Path, heading: str) -> None:
    titles = {c.name: c.titles["fr"] for c in shipped_description()["actors"].columns}
    header = ",".join(titles[n] for n in ("id", "kind", "type")) if heading.startswith("identifiant") else heading
    checks = {c for c, *_ in findings(write(tmp_path / "small", actors=header + "\na,organization,ngo\n"))}

    assert "missing-column" in checks
    assert "foreign-table" not in checks


def test_bad_tables_are_refused_whole_with_one_line(tmp_path: Path) -> None:
    folder = write(tmp_path / "small", actors=ACTORS, relations=RELATIONS + "r-x,union,alliance,nobody,,,,stated,high\n")
    with pytest.raises(kg.FindingsError) as error:
        kg.open(folder)

    assert str(error.value).startswith("relations.csv:7 (object): there is no row with the id 'nobody'; ")
    assert "\n" not in str(error.value)


def test_a_row_stands_in_the_graph_of_the_source_it_rests_on(tmp_path: Path) -> None:
    sources = "id,type,title,part_of\npaper,publication,Paper,\nsite,compilation,Site,\npage,web-page,Page,site\n"
    evidence = "id,source,paraphrase_en\ne1,paper,One\ne2,page,Two\n"
    relations = "id,subject,type,object,status,confidence,evidence\nr1,union,alliance,chamber,stated,high,e1;e2\n"
    folder = write(tmp_path / "small", actors=ACTORS, sources=sources, evidence=evidence, relations=relations)
    head = json.loads((folder / "dataset.json").read_text())
    (folder / "dataset.json").write_text(json.dumps(head | {"sources": ["paper", "site"]}))
    lines = read_tables(folder).lines
    homes = {
        graph
        for graph, content in lines.items()
        if any(line.startswith("<https://example.org/small/r1>") for line in content)
    }

    assert {"https://example.org/small/paper", "https://example.org/small/site"} == homes


def test_a_triple_in_two_sources_counts_once(tmp_path: Path) -> None:
    sources = "id,type,title\npaper,publication,Paper\nsite,compilation,Site\n"
    evidence = "id,source,paraphrase_en\ne1,paper,One\ne2,site,Two\n"
    relations = "id,subject,type,object,status,confidence,evidence\nr1,union,alliance,chamber,stated,high,e1;e2\n"
    graph = kg.open(write(tmp_path / "small", actors=ACTORS, sources=sources, evidence=evidence, relations=relations))
    count = "PREFIX kg: <https://w3id.org/stakeholder-kg/ns#> SELECT (COUNT(*) AS ?n) WHERE { ?r kg:relationType ?t }"
    both = count.replace("{ ?r", "{ GRAPH ?g { ?r").replace("?t }", "?t } }")

    store = graph.graph.named

    assert ("1", "2") == tuple(next(store.select(q, None))["n"].value for q in (count, both))


@pytest.mark.parametrize("name", ["with blank", "añó", "plain"])
def test_the_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    assert len(kg.open(write(tmp_path / name, actors=ACTORS)).find("Green")) == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("base", "https://exa mple.org/"),
        ("base", "https://[x/"),
        ("base", "https://example.org/%zz/"),
        ("base", "a:/"),
        ("base", "https://example.org/small"),
        ("title", "Small"),
        ("title", {"e n": "Small"}),
        ("title", {"en": 5}),
        ("description", ["small"]),
        ("licence_statement", {"en": None}),
    ],
)
def test_what_a_data_set_says_of_itself_is_refused_in_one_line(tmp_path: Path, key: str, value: object) -> None:
    """No address is one: a blank, an open bracket, a percent sign before no number, no scheme once its end is taken off, no end."""
    folder = write(tmp_path / "small", actors=ACTORS)
    head = json.loads((folder / "dataset.json").read_text())
    (folder / "dataset.json").write_text(json.dumps(head | {key: value}))
    with pytest.raises(kg.InputError, match=rf"^dataset\.json \({key}\): .+") as error:
        kg.open(folder)

    assert "\n" not in str(error.value)


def test_a_title_without_a_language_is_told_how_to_write_it(tmp_path: Path) -> None:
    """What is to be written is JSON that is then understood."""
    folder = write(tmp_path / "small", actors=ACTORS)
    path = folder / "dataset.json"
    head = json.loads(path.read_text())
    path.write_text(json.dumps(head | {"title": 'Los "Robles"'}))
    with pytest.raises(kg.InputError, match=r"says no language; write \{.*\}, or es, fr \.\.\. in place of en") as error:
        kg.open(folder)
    written = json.loads(str(error.value).partition("write ")[2].rpartition(", or")[0])
    path.write_text(json.dumps(head | {"title": written}))

    assert {"en": 'Los "Robles"'} == written
    assert kg.open(folder).graph.sources


def test_hostile_ids_stay_one_iri(tmp_path: Path) -> None:
    odd = 'a/b"c<>{}é😀'
    folder = write(
        tmp_path / "small", actors=ACTORS + '"' + odd.replace('"', '""') + '",person,politician,Odd,,,stated,high\n'
    )

    assert odd == kg.open(folder).thing("Odd").id
