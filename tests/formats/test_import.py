"""Networks of other programs: recognised, every column placed or noted, no row lost, nothing guessed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import kg
from kg.errors import InputError
from kg.formats.answers import read_answers
from kg.formats.builder import Imported
from kg.formats.material import Record
from kg.formats.opening import book_of
from kg.formats.registry import import_files
from kg.formats.tables import read_book
from tests.conftest import ROOT
from tests.formats.sheets import Rows, xlsx


def imported(*paths: Path, map_file: Path | None = None) -> Imported:
    result = import_files(paths, read_answers(map_file) if map_file else None)
    assert [] == [str(f) for f in read_book(book_of(result.material)).findings], "what is imported has no error of its own"
    return result


def ties(result: Imported) -> list[tuple[str, str, str]]:
    return [(r["subject"], r["type"], r["object"]) for r in result.material.tables.get("relations", [])]


def actors(result: Imported) -> dict[str, Record]:
    return {r["name_en"]: r for r in result.material.tables["actors"]}


def notes(result: Imported) -> list[tuple[str, str]]:
    rows = result.material.tables.get("attributes", [])
    return [(r["subject"], r["value"]) for r in rows if r["attribute"] != "local-id"]


def local_ids(result: Imported) -> list[tuple[str, str]]:
    rows = result.material.tables.get("attributes", [])
    return [(r["subject"], r["value"]) for r in rows if r["attribute"] == "local-id"]


DIALECTS: dict[str, tuple[dict[str, Rows], list[tuple[str, str, str]]]] = {
    "Kumu spreadsheet": (
        {
            "Elements": [["Label", "Type", "Tags"], ["Ana", "Person", "a|b"], ["Bit", "NGO", ""], ["Cit", "", ""]],
            "Connections": [
                ["From", "To", "Type", "Direction"],
                ["Ana", "Bit|Cit", "Support", "directed"],
                ["Bit", "Cit", "", "mutual"],
            ],
            "old (ignore)": [["From", "To"], ["X", "Y"]],
        },
        [("ana", "support", "bit"), ("ana", "support", "cit"), ("bit", "connection", "cit")],
    ),
    "Gephi spreadsheet": (
        {
            "Nodes": [["Id", "Label"], ["n1", "Ana"], ["n2", "Bit"]],
            "Edges": [["Source", "Target", "Type", "Weight"], ["n1", "n2", "Directed", 2]],
        },
        [("ana", "directed-connection", "bit")],
    ),
    "NodeXL workbook": (
        {
            "Edges": [["", "", "Visual Properties"], ["Vertex 1", "Vertex 2", "Color", "Width"], ["Ana", "Bit", "Red", 3]],
            "Vertices": [["", "Visual Properties"], ["Vertex", "Color"], ["Ana", "Blue"], ["Bit", ""]],
        },
        [("ana", "connection", "bit")],
    ),
    "Onodo spreadsheet": (
        {
            "Nodes": [
                ["Name", "Type", "Description", "Visible", "Image"],
                ["Ana", "Person", "Chairs it", "1", ""],
                ["Bit", "Party", "", "1", ""],
            ],
            "Relations": [
                ["Source", "Target", "Type", "Directed", "At", "From", "To"],
                ["Ana", "Bit", "membership", "yes", "", "2010", "2012-05"],
            ],
        },
        [("ana", "membership", "bit")],
    ),
    "node-mapper spreadsheet": (
        {
            "Data": [["ID", "Name", "Type of entity"], ["1", "Ana", "Persona"], ["2", "Bit", "Empresa"]],
            "Connections": [["Source", "Target", "Type", "bidirectional"], ["1", "2", "asesora", "no"]],
        },
        [("ana", "directed-connection", "bit")],
    ),
    "Graph Commons spreadsheet": (
        {
            "Edges": [
                ["From Type", "From Name", "Edge", "To Type", "To Name", "Weight"],
                ["Person", "Ana", "SUPPORT", "NGO", "Bit", 1],
            ]
        },
        [("ana", "support", "bit")],
    ),
}  # columns by ../shared/guides/formats.md (4.1, 4.10), peers.md (5) and the programs' own documentation


@pytest.mark.parametrize("name", DIALECTS)
def test_spreadsheets_of_other_programs_are_recognised(tmp_path: Path, name: str) -> None:
    sheets, expected = DIALECTS[name]
    result = imported(xlsx(tmp_path / "x.xlsx", **sheets))

    assert (name, expected) == (result.recognised, ties(result))
    assert {"Ana", "Bit"} <= actors(result).keys()


def test_what_a_column_became_is_said_and_what_has_no_place_becomes_a_note(tmp_path: Path) -> None:
    result = imported(xlsx(tmp_path / "x.xlsx", **DIALECTS["Kumu spreadsheet"][0]))

    assert (
        "Elements (3 rows): Label -> name of the actor; Type -> type of the actor; Tags -> note of the actor"
        in result.report
    )
    assert [("ana", "Tags: a|b")] == [n for n in notes(result) if n[1].startswith("Tags")]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "es",
            [
                "x.csv: lista de vínculos: 2 actores, 1 relación",
                "x.csv (1 fila): From -> origen de la relación; To -> destino de la relación; Amount -> nota de la relación",
            ],
        ),
        (
            "fr",
            [
                "x.csv\u202f: liste de liens\u202f: 2 acteurs, 1 relation",
                "x.csv (1 ligne)\u202f: From -> départ de la relation\u202f; To -> arrivée de la relation\u202f; "
                "Amount -> remarque de la relation",
            ],
        ),
    ],
)
def test_the_report_is_told_in_the_language_asked_for(tmp_path: Path, lang: str, told: list[str]) -> None:
    (tmp_path / "x.csv").write_text("From,To,Amount\nAna,Bit,10\n")
    report = import_files([tmp_path / "x.csv"], lang=lang).report

    assert told == report[:2]
    assert not any("confidence" in line or "direction:" in line for line in report)


@pytest.mark.parametrize(("lang", "note"), [("en", "note"), ("es", "note_es"), ("fr", "note_fr")])
def test_names_and_notes_are_in_the_language_that_is_given(tmp_path: Path, lang: str, note: str) -> None:
    (tmp_path / "map.json").write_text(
        '{"elements": [{"label": "Ana", "description": "Una red"}, {"label": "Bit"}],'
        ' "connections": [{"from": "Ana", "to": "Bit", "description": "Se reúnen"}]}',
        encoding="utf-8",
    )
    result = import_files([tmp_path / "map.json"], lang=lang)
    ana, (tie,) = result.material.tables["actors"][0], result.material.tables["relations"]

    assert (ana[f"name_{lang}"], ana[note], tie[note]) == ("Ana", "Una red", "description: Se reúnen")
    assert {key for record in (ana, tie) for key in record if key.startswith("note")} == {note}
    assert [str(f) for f in read_book(book_of(result.material)).findings] == []


def test_types_that_are_known_in_any_language_are_taken_and_others_are_asked_for(tmp_path: Path) -> None:
    result = imported(xlsx(tmp_path / "x.xlsx", **DIALECTS["node-mapper spreadsheet"][0]))

    assert ("person", "company") == (actors(result)["Ana"]["kind"], actors(result)["Bit"]["type"])
    assert {"asesora": 1} == dict(result.answers.asked["relation types"])
    assert "Type: asesora" == result.material.tables["relations"][0]["note"]


def test_types_that_do_not_lead_from_actor_to_actor_are_not_meant(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("from,to,type\nAna,Bit,funds\nBit,Cit,contradicts\n")
    result = imported(tmp_path / "ties.csv")

    # by the ontology: Funds leads from a law, Contradicts from law to law; Funding, called "funds" too, leads from an actor
    assert [("ana", "funding", "bit"), ("bit", "connection", "cit")] == ties(result)
    assert {"contradicts": 1} == dict(result.answers.asked["relation types"])
    assert "contradicts" not in json.loads(result.answers.as_json())["relation types"]["contradicts"]["could be"]


def test_dates_in_onodo_are_dates(tmp_path: Path) -> None:
    result = imported(xlsx(tmp_path / "x.xlsx", **DIALECTS["Onodo spreadsheet"][0]))

    assert ("2010", "2012-05") == tuple(result.material.tables["relations"][0][c] for c in ("start", "end"))
    assert "Chairs it" == actors(result)["Ana"]["note"]


def test_the_map_file_asks_and_its_answers_are_used_again(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("from,to,type\nAna,Bit,works for\nBit,Cit,works for\n")
    first = imported(tmp_path / "ties.csv")
    (tmp_path / "map.json").write_text(first.answers.as_json())
    question = json.loads((tmp_path / "map.json").read_text())
    question["relation types"]["works for"]["is"] = "Afiliación"  # as the drop-down list of a Spanish workbook says it
    question["directed"] = True
    (tmp_path / "map.json").write_text(json.dumps(question))
    second = imported(tmp_path / "ties.csv", map_file=tmp_path / "map.json")
    question["relation types"]["works for"]["is"] = "affiliation"

    assert {"is": "affiliation", "could be": [], "rows": 2} == question["relation types"]["works for"]
    assert (["connection"] * 2, ["affiliation"] * 2) == ([t[1] for t in ties(first)], [t[1] for t in ties(second)])
    assert (2, 0) == (first.answers.open, second.answers.open)


def test_a_map_file_says_which_column_is_which(tmp_path: Path) -> None:
    (tmp_path / "gifts.csv").write_text("Party;Giver;Kind;Amount\nReds;Ana;PERSON;10\nReds;Bit Ltd;ORG;20\n")
    with pytest.raises(kg.InputError, match="columns: 'Party', 'Giver', 'Kind', 'Amount'"):
        import_files([tmp_path / "gifts.csv"])
    (tmp_path / "map.json").write_text(
        json.dumps({"columns": {"Giver": "from", "Party": "to", "Kind": "from type", "Amount": "note"}})
    )
    result = imported(tmp_path / "gifts.csv", map_file=tmp_path / "map.json")

    assert [("ana", "connection", "reds"), ("bit-ltd", "connection", "reds")] == ties(result)
    assert ("person", "organization", "unspecified") == tuple(actors(result)[n]["kind"] for n in ("Ana", "Bit Ltd", "Reds"))
    assert ["Amount: 10", "Amount: 20"] == [r["note"] for r in result.material.tables["relations"]]


@pytest.mark.parametrize(
    ("content", "message"),
    [('{"columns": {"A": "form"}}', "'form' is no role; did you mean 'from'"),
     ('{"relation types": {"x": "aliance"}}', "did you mean 'alliance'"),
     ('{"types": {}}', "unknown key 'types'"), ("[]", "no JSON object"), ("{", "cannot be read as JSON")],
)  # fmt: skip
def test_a_wrong_map_file_is_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "map.json").write_text(content)
    with pytest.raises(kg.InputError, match=message):
        read_answers(tmp_path / "map.json")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_files_of_any_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    lines = ["source,target,sign", "Ñuñoa,Bit,1", "Bit,Peña,-1"]
    (tmp_path / "x.csv").write_bytes("\r\n".join(lines).replace(",", delimiter).encode(encoding))
    result = imported(tmp_path / "x.csv")

    assert [("nunoa", "positive-tie", "bit"), ("bit", "negative-tie", "pena")] == ties(result)
    assert ("cp1252" == encoding) is any("Windows-1252" in line for line in result.report)


def test_ties_in_both_orders_have_a_direction_until_the_map_says_otherwise(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("from,to,sign\nA,B,1\nB,A,-1\n")
    (tmp_path / "map.json").write_text('{"directed": false}')

    assert [("a", "positive-towards", "b"), ("b", "negative-towards", "a")] == ties(imported(tmp_path / "x.csv"))
    assert ["positive-tie", "negative-tie"] == [
        t[1] for t in ties(imported(tmp_path / "x.csv", map_file=tmp_path / "map.json"))
    ]


def test_isolated_nodes_dangling_ends_self_loops_and_repeated_nodes_are_kept_and_told(tmp_path: Path) -> None:
    (tmp_path / "nodes.csv").write_text("name,colour\nA,red\nAlone,\nA,blue\n")
    (tmp_path / "edges.csv").write_text("from,to,type\nA,Ghost,alliance\nA,A,alliance\n")
    result = imported(tmp_path / "nodes.csv", tmp_path / "edges.csv")
    told = "\n".join(result.report)

    assert ["A", "Alone", "Ghost"] == sorted(actors(result))
    assert [("a", "alliance", "ghost")] == ties(result)
    assert [("a", "colour: red"), ("a", "colour: blue"), ("a", "Tie to itself")] == notes(result)
    assert all(f"1 {what}" in told for what in ("nodes stand there again", "ends of ties are not among", "ties to itself"))


def test_every_fault_of_an_edge_list_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("source,target\nA,B\n,B\nA,\n")

    assert [("x.csv:3 (from)", "required"), ("x.csv:4 (to)", "required")] == [
        (f.where, f.check) for f in import_files([tmp_path / "x.csv"]).findings
    ]


def test_sections_of_one_kumu_sheet_are_parted_by_two_blank_rows(tmp_path: Path) -> None:
    rows = [["Label", "Type"], ["A", "Person"], ["B", "Person"], [], [], ["From", "To"], ["A", "B"]]

    assert [("a", "connection", "b")] == ties(imported(xlsx(tmp_path / "x.xlsx", Sheet1=rows)))


def test_a_sheet_without_place_is_reported_with_its_rows(tmp_path: Path) -> None:
    result = imported(
        xlsx(tmp_path / "x.xlsx", Edges=[["From", "To"], ["A", "B"]], Diary=[["today", "rain"], ["then", "sun"]])
    )

    assert [line for line in result.report if line.startswith("Diary: 2 rows could not be placed")]


SQUARE = ",A,B,C\nA,1,1,0\nB,0,0,2\nC,0,2,0\n"


def test_a_square_matrix_is_a_network_with_direction_and_its_diagonal_becomes_notes(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(SQUARE)
    result = imported(tmp_path / "m.csv")

    assert "matrix of one kind of things" == result.recognised
    assert [("a", "b"), ("b", "c"), ("c", "b")] == [(s, o) for s, _, o in ties(result)]
    assert [("a", "Tie to itself")] == notes(result)
    assert [None, "2", "2"] == [r.get("weight") for r in result.material.tables["relations"]]


def test_a_sign_that_is_none_among_signs_is_refused_and_never_taken_for_no_sign(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("source,target,sign\nA,B,1\nB,C,maybe\nC,A,-\n")

    with pytest.raises(InputError, match=r"x\.csv:3 \(sign\): 'maybe' is no sign; write \+ or 1, - or -1, or nothing"):
        kg.open(tmp_path / "x.csv")

    (tmp_path / "x.csv").write_text("source,target,sign\nA,B,3\nB,C,-2\n")

    with pytest.raises(InputError, match=r"x\.csv:2 \(sign\): '3' is no sign"):
        kg.open(tmp_path / "x.csv")


def test_a_symmetric_signed_matrix_has_each_tie_once(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(",A,B,C\nA,0,1,-1\nB,1,0,0\nC,-1,0,0\n")

    assert [("a", "positive-tie", "b"), ("a", "negative-tie", "c")] == ties(imported(tmp_path / "m.csv"))


def test_a_matrix_of_two_kinds_asks_what_its_columns_are(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(",Land,Water\nA,1,-1\nB,0,1\n")
    (tmp_path / "map.json").write_text('{"second mode": "issues"}')
    positions = imported(tmp_path / "m.csv", map_file=tmp_path / "map.json").material.tables["positions"]

    assert imported(tmp_path / "m.csv").answers.asks_second_mode
    assert [("a", "support", "land"), ("a", "oppose", "water"), ("b", "support", "water")] == [
        (p["actor"], p["stance"], p["on"]) for p in positions
    ]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "kg", *words]
    return subprocess.run(
        call, cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT), "PATH": "", "LANG": "C.UTF-8"}
    )


def test_the_command_writes_folder_workbook_and_rdf_that_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("from,to,type\nA,B,alliance\nB,C,tension\n")
    for output in ("folder", "x.xlsx", "x.nq"):
        assert (0, f"{output}\n") == (lambda r: (r.returncode, r.stdout))(run(tmp_path, "import", "x.csv", "-o", output))
    answers = {
        run(tmp_path, "--data", s, "ask", "tensions", "--format", "csv").stdout
        for s in ("folder", "x.xlsx", "x.nq", "x.csv")
    }

    assert 1 == len(answers)
    assert "r-b-tension-c" in answers.pop()
    assert ["A", "B"] == [c.value for c in openpyxl.load_workbook(tmp_path / "x.xlsx")["Actors"]["D"]][1:3]


def test_the_command_refuses_faulty_files_with_every_cell_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("from,to\nA,\n,B\n")
    done = run(tmp_path, "import", "x.csv", "-o", "folder")

    assert (2, "") == (done.returncode, done.stdout)
    assert ["error: x.csv:2 (to)", "error: x.csv:3 (from)"] == [
        line[: len("error: x.csv:2 (to)")].rstrip(":") if "(to)" in line else line[:21]
        for line in done.stderr.splitlines()[:2]
    ]
    assert ["x.csv"] == [p.name for p in tmp_path.iterdir()]


def test_a_quotation_mark_that_is_not_closed_swallows_no_rows(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text('from,to\nA,"B\nC,D\nE,F\n')
    (tmp_path / "fine.csv").write_text('from,to,note\nA,B,"two\nlines"\nC,D,5" pipe\nE,F,"a"b\n')
    with pytest.raises(kg.InputError, match=r"x\.csv:2: a quotation mark is not closed"):
        import_files([tmp_path / "x.csv"])

    assert ["two\nlines", '5" pipe', "ab"] == [
        r["note"].removeprefix("note: ") for r in import_files([tmp_path / "fine.csv"]).material.tables["relations"]
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_that_does_not_say_so_is_recognised(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "x.csv").write_bytes("from;to\nNuno;Bea\n".encode(encoding))
    result = imported(tmp_path / "x.csv")

    assert [("nuno", "connection", "bea")] == ties(result)
    assert any("UTF-16" in line for line in result.report)


def test_headings_that_stand_twice_keep_both_columns(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("from,to,tags,tags\nA,B,x,y\n")

    assert "tags: x; tags (2): y" == imported(tmp_path / "x.csv").material.tables["relations"][0]["note"]


def test_an_empty_end_is_told_with_its_cause(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "x.xlsx", Edges=[["From", "To"], ["=A1", "B"], ["C", "D"]])

    assert [("Edges!A2", "formula")] == [(f.cell, f.check) for f in import_files([path]).findings]


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("from,to\n\n")
    with pytest.raises(kg.InputError, match="no row with a name below the heading"):
        import_files([tmp_path / "x.csv"])


def test_french_headings_with_the_apostrophe_of_word_processors(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Organisation;Sigle;Type d’acteur;Pays\nUnion A;UA;ONG;Pérou\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("De;Vers;Type;Depuis\nUA;Union B;alliance;mars 2010\n", encoding="utf-8")
    result = imported(tmp_path / "a.csv", tmp_path / "b.csv")

    assert [("union-a", "alliance", "union-b")] == ties(result)
    assert ("ngo", "perou") == tuple(actors(result)["Union A"][c] for c in ("type", "country"))
    assert "2010-03" == result.material.tables["relations"][0]["start"]


def test_a_sheet_of_an_office_with_spanish_headings_keeps_every_cell(tmp_path: Path) -> None:
    """Heading in row 3; ends by acronym and without accents; a word for a family of types gives the sign and a question."""
    people: Rows = [
        ["Mapeo de actores"], [], ["Organización", "Siglas", "Tipo de actor", "País"],
        ["Unión Campesina", "UC", "sindicato", "Ecuador"], ["Cámara", None, "empresa", "Ecuador|Perú"],
        ["ONG Viva", None, "ONG", None],
    ]  # fmt: skip
    rows: Rows = [
        ["De", "A", "Tipo de relación", "Desde"],
        ["UC", "Cámara", "conflicto", "marzo 2020"], ["union campesina", "ONG Viva", "aliados", "3/4/2013"], ["UC", "Otra", "", ""],
    ]  # fmt: skip
    result = imported(xlsx(tmp_path / "mapa.xlsx", Actores=people, Relaciones=rows))
    relations = result.material.tables["relations"]
    uc = actors(result)["Unión Campesina"]

    assert ("UC", "trade-union", "ecuador") == (uc["acronym"], uc["type"], uc["country"])
    assert "ecuador;peru" == actors(result)["Cámara"]["country"]
    assert [
        ("union-campesina", "tension", "camara"), ("union-campesina", "positive-tie", "ong-viva"),
        ("union-campesina", "connection", "otra"),
    ] == ties(result)  # fmt: skip
    assert ["2020-03", None] == [r.get("start") for r in relations[:2]]
    assert "Type: aliados; start: 3/4/2013" == relations[1]["note"]
    assert "alliance" in json.loads(result.answers.as_json())["relation types"]["aliados"]["could be"]
    assert any(line.startswith("3 ends of ties mean a node by its acronym") for line in result.report)
