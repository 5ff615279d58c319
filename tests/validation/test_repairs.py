"""Safe repairs: what is offered, what is left alone, and that nothing else in the file changes. Expected values by hand."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from itertools import groupby
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font

from kg.errors import InputError
from kg.formats.appending import append_records
from kg.formats.dates import plain_date
from kg.formats.ods import read_ods
from kg.formats.patching import patched_csv
from kg.formats.patching_ods import patched_ods
from kg.formats.tables import read_tables
from kg.validation.repairs import apply_repairs, find_repairs
from kg.validation.scores import converted
from tests.conftest import ROOT
from tests.formats.sheets import ACTORS, RELATIONS, Rows, edited, ods, ods_table, xlsx

FAULTY: Rows = [
    [*ACTORS[0], "Private"],
    ["union ", "organization", "peasant-union", "\u00a0Green Union ", "GU", "stated", "high", "no"],
    ["chamber", "Organisation", "business-asociation", "Blue Chamber", None, "Stated", "hihg", "sí"],
    ["x", "organization", "peasant-union", "X", None, "stated", "high", None],
]
TIES: Rows = [
    [*RELATIONS[0], "Strength", "Evidence"],
    ["r1", "UNION", "aliance", "chamber", "31/08/2010", "stated", "high", "0,5", "e1, e2"],
    ["r2", "chamber", "tension", "x", "3/4/2013", "stated", "high", "1,500", None],
    ["r3", "Green Union", "ally of sorts", "x", "spring 2013", "stated", "high", "=1/2", None],
]
EVIDENCE: Rows = [["Id", "Source"], ["e1", "s"], ["e2", "s"]]
SOURCES: Rows = [["Id", "Type", "Title"], ["s", "interview", "Talks"]]


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return xlsx(tmp_path / "map.xlsx", Actors=FAULTY, Relations=TIES, Evidence=EVIDENCE, Sources=SOURCES)


def test_words_of_the_drop_down_list_go_before_others_and_another_word_is_left_alone(tmp_path: Path) -> None:
    """`declarado` stands there more often, but the list says `Declarado`; `conflicto` is another word for a tension."""
    rows = [["a", "alliance", "b", "Declarado", "high"], *([x, "Tension", "b", "declarado", "high"] for x in "cd")]
    ties: Rows = [["Id", "Relation", "To", "Status", "Confidence"], *rows, ["e", "conflicto", "b", "Declarado", "high"]]
    path = xlsx(tmp_path / "m.xlsx", Actors=ACTORS, Relations=ties)

    assert {"Relations!D3": "Declarado", "Relations!D4": "Declarado"} == {r.where: r.new for r in find_repairs(path)}


def test_what_a_cell_surely_means_is_offered_and_nothing_else(faulty: Path) -> None:
    """Not offered: `hihg` (too short to be sure), 3/4/2013 (two days), 1,500 (two numbers), words of no list, the formula."""
    assert {
        "Actors!A2": "union",
        "Actors!D2": "Green Union",
        "Actors!H2": "false",
        "Actors!B3": "organization",
        "Actors!C3": "business-association",
        "Actors!F3": "stated",
        "Actors!H3": "true",
        "Relations!B2": "union",
        "Relations!C2": "alliance",
        "Relations!E2": "2010-08-31",
        "Relations!H2": "0.5",
        "Relations!I2": "e1;e2",
    } == {r.where: r.new for r in find_repairs(faulty)}


def test_a_repaired_workbook_keeps_everything_but_the_repaired_cells(faulty: Path) -> None:
    book = openpyxl.load_workbook(faulty)
    book["Actors"]["D2"].font = Font(bold=True)
    book["Actors"]["A1"].comment = Comment("keep me", "me")
    book.save(faulty)
    with zipfile.ZipFile(faulty, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\x00macro")
    with zipfile.ZipFile(faulty) as package:
        before = {name: package.read(name) for name in package.namelist()}
    cells = {
        s.title: {c.coordinate: c.value for row in s for c in row if c.value is not None}
        for s in openpyxl.load_workbook(faulty)
    }
    repairs = find_repairs(faulty)
    apply_repairs(faulty, repairs)
    with zipfile.ZipFile(faulty) as package:
        after = {name: package.read(name) for name in package.namelist()}
    mended = openpyxl.load_workbook(faulty)
    for repair in repairs:
        cells[repair.file][repair.cell.split("!")[1]] = repair.new

    assert list(before) == list(after)
    assert {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"} == {n for n in before if before[n] != after[n]}
    assert cells == {s.title: {c.coordinate: c.value for row in s for c in row if c.value is not None} for s in mended}
    assert mended["Actors"]["D2"].font.bold
    assert [] == find_repairs(faulty)


def test_elements_with_a_prefix_and_texts_with_markup_are_changed_in_place(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "p.xlsx", Actors=[ACTORS[0], [" a&b<c ", *ACTORS[1][1:]]])
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as package:
        xml = package.read(part)
    edited(path, {part: (xml, re.sub(rb"<(/?)(?=\w)", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x="))})
    apply_repairs(path, find_repairs(path))

    assert "a&b<c" == openpyxl.load_workbook(path)["Actors"]["A2"].value


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_repaired_open_document_spreadsheet_differs_in_the_repaired_cells_only(tmp_path: Path) -> None:
    """Style, comment and drawing of a cell stay; one that stands for two is changed once; the formula is left alone."""
    cell = '<table:table-cell table:style-name="ce1" office:value-type="{}">{}</table:table-cell>'
    note = "<office:annotation><text:p> mine </text:p></office:annotation>"
    row = cell.format("string", note + "<text:p>r1 </text:p><draw:frame xmlns:draw='d'/>")
    row += '<table:table-cell table:number-columns-repeated="2"><text:p> union</text:p></table:table-cell>'
    row += "<table:table-cell><text:p>chamber</text:p></table:table-cell>"
    row += "<table:table-cell table:formula='of:=[.A1]'><text:p>31/08/2010</text:p></table:table-cell>"
    row += '<table:table-cell office:value-type="string"><text:p>stated</text:p></table:table-cell>'
    filler = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    ties = ods_table("Relations", RELATIONS[:1]).replace(
        "</table:table>", f"<table:table-row>{row}</table:table-row>{filler}</table:table>"
    )
    path = ods(tmp_path / "x.ods", ods_table("Actors", ACTORS) + ties)
    before = _parts(path)
    apply_repairs(path, find_repairs(path))
    text = before["content.xml"].decode().replace("<text:p>r1 </text:p>", "<text:p>r1</text:p>")
    repeated = row[row.index("<table:table-cell table:number") : row.index("<table:table-cell><text:p>chamber")]
    mended = '<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>union</text:p></table:table-cell>'
    text = text.replace(repeated, mended)

    assert {**before, "content.xml": text.encode()} == _parts(path)
    assert [] == find_repairs(path)


_LINES = st.lists(st.lists(st.sampled_from(["", "a", "b"]), min_size=1, max_size=5), min_size=1, max_size=4)


@settings(max_examples=30)  # each writes and reads a file
@given(_LINES, st.data())
def test_patching_an_open_document_spreadsheet_changes_the_named_cell_only(
    rows: list[list[str]], data: st.DataObject
) -> None:
    """Cells of one content in a row are stored as one, as spreadsheet programs do."""
    line = data.draw(st.integers(1, len(rows)))
    column = data.draw(st.integers(0, len(rows[line - 1]) - 1))
    new = data.draw(st.text(st.sampled_from('x  <&"\n\t'), min_size=1, max_size=6).map(lambda t: f"x{t}x"))
    stored = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell table:number-columns-repeated="{len(list(group))}"><text:p>{text}</text:p></table:table-cell>'
            for text, group in groupby(row)
        )
        + "</table:table-row>"
        for row in rows
    )
    with tempfile.TemporaryDirectory() as folder:
        path = ods(Path(folder) / "x.ods", f'<table:table table:name="T">{stored}</table:table>')
        path.write_bytes(patched_ods(path, {"T": {(line, column): new}}))
        read = [[f"{c}" for c in cells] for _, cells in read_ods(path)[0].rows]
    rows[line - 1][column] = new
    trimmed = [row[: max((n for n, c in enumerate(row, 1) if c), default=0)] for row in rows]

    assert [row for row in trimmed if row] == read


def test_rows_are_added_below_the_last_of_an_open_document_sheet(tmp_path: Path) -> None:
    """The blank rows that a program stores up to the last possible one are as many fewer."""
    filler = '<table:table-row table:number-rows-repeated="{}"><table:table-cell/></table:table-row></table:table>'
    actors = ods_table("Actors", ACTORS).replace("</table:table>", filler.format(1048573))
    path = ods(tmp_path / "x.ods", actors)
    append_records(path, {"actors": [{"id": "x", "name_en": "A <b> &  c"}, {"id": "y", "acronym": "Y"}]})
    read = read_ods(path)[0].rows

    assert [(4, ["x", "", "", "A <b> &  c"]), (5, ["y", "", "", "", "Y"])] == list(read)[3:]
    assert filler.format(1048571).encode() in _parts(path)["content.xml"]


def test_rows_are_added_below_the_last_that_holds_something(tmp_path: Path) -> None:
    """Programs store rows that have a format and nothing in them: these are filled, and keep their format."""
    path = xlsx(tmp_path / "x.xlsx", Actors=ACTORS)
    book = openpyxl.load_workbook(path)
    for line in (4, 6, 1000):
        book["Actors"].cell(line, 4).font = Font(bold=True)
    book.save(path)
    append_records(path, {"actors": [{"id": x, "name_en": f"N {x}"} for x in "xyz"]})
    sheet = openpyxl.load_workbook(path)["Actors"]
    filled = [(row[0].row, row[0].value, row[3].value) for row in sheet.iter_rows() if row[0].value]

    assert [(4, "x", "N x"), (5, "y", "N y"), (6, "z", "N z")] == filled[3:]
    assert [True, False, True, True] == [bool(sheet.cell(line, 4).font.bold) for line in (4, 5, 6, 1000)]


def test_a_signed_workbook_is_not_repaired(tmp_path: Path) -> None:
    path = ods(tmp_path / "x.ods", ods_table("Actors", [ACTORS[0], ["u ", *ACTORS[1][1:]]]))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("META-INF/documentsignatures.xml", "<s/>")

    with pytest.raises(
        InputError, match=r"x\.ods: is signed, and a change would break the signature; save a copy without it"
    ):
        apply_repairs(path, find_repairs(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_repaired_folder_keeps_encoding_quotes_and_line_ends(tmp_path: Path, encoding: str) -> None:
    text = 'id;kind;type;name_en;status;confidence\r\na;organization;peasant-union;" The ""A"";\r\nunion";stated;high\r\nb;'
    text += "organization;peasant-union;'=B ;stated;high"
    (tmp_path / "actors.csv").write_bytes(text.encode(encoding))
    repairs = find_repairs(tmp_path)
    apply_repairs(tmp_path, repairs)
    expected = text.replace('" The', '"The').replace("'=B ;", "'=B;")

    assert ["actors.csv:2 (name_en)", "actors.csv:4 (name_en)"] == [r.where for r in repairs]
    assert expected.encode(encoding) == (tmp_path / "actors.csv").read_bytes()


def test_the_shipped_data_and_the_invented_country_need_no_repair() -> None:
    assert [[], []] == [find_repairs(ROOT / "data" / "andes-2013"), find_repairs(ROOT / "tests" / "world")]


def test_repairs_of_a_folder_take_away_errors_and_change_no_meaning(tmp_path: Path) -> None:
    """The invented country with blanks, dates and spellings spoilt reads as it did before."""
    spoilt = tmp_path / "world"
    shutil.copytree(ROOT / "tests" / "world", spoilt)
    relations = (spoilt / "relations.csv").read_text(encoding="utf-8")
    relations = relations.replace(",camara,tierra,", ",Cámara , tierra,").replace(",2016,", ",2016-00,")
    (spoilt / "relations.csv").write_text(relations, encoding="utf-8")
    errors = [f for f in read_tables(spoilt).findings if f.is_error]
    apply_repairs(spoilt, find_repairs(spoilt))

    assert errors
    assert read_tables(ROOT / "tests" / "world").lines == read_tables(spoilt).lines


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "actors.csv"
    path.write_text("id,kind,type,name_en,status,confidence\na,organization,peasant-union, A,stated,high\n")
    repairs = find_repairs(tmp_path)
    path.write_text("id,kind,type,name_en,status,confidence\na,organization,peasant-union, B,stated,high\n")

    with pytest.raises(InputError, match=r"actors\.csv: line 2 no longer holds what was checked; check again"):
        apply_repairs(tmp_path, repairs)
    assert ", B," in path.read_text()


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2013/8/31", "2013-08-31"), ("31.8.2013", "2013-08-31"), ("8/31/2013", "2013-08-31"), ("5/5/2013", "2013-05-05"),
        ("08/2013", "2013-08"), ("2013-08-31 00:00:00", "2013-08-31"), ("2013-00-00", "2013"), ("Août 2013", "2013-08"),
        ("31 de agosto de 2013", "2013-08-31"), ("August 31, 2013", "2013-08-31"), ("1er mars 2015", "2015-03-01"),
        ("3-Sep-2013", "2013-09-03"), ("3/4/2013", None), ("31/02/2013", None), ("41517", None), ("about 2013", None),
        ("2013-08-31 14:00", None), ("2013-13", None),
    ],
)  # fmt: skip
def test_dates_that_mean_one_day_are_understood(text: str, date: str | None) -> None:
    assert date == plain_date(text)


_CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(_CELLS, min_size=2, max_size=2), min_size=1, max_size=5), st.data())
def test_patching_a_csv_text_changes_the_named_cell_only(rows: list[list[str]], data: st.DataObject) -> None:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    row, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, 1))
    reader = csv.reader(io.StringIO(out.getvalue(), newline=""))
    line = 1
    for _ in range(row):
        next(reader)
        line = reader.line_num + 1
    new = data.draw(_CELLS.filter(lambda c: c[:1] not in "'=+-@\t\r" or not c))
    patched = patched_csv("x.csv", out.getvalue(), ",", {(line, column): (rows[row][column], new)})
    rows[row][column] = new

    assert rows == list(csv.reader(io.StringIO(patched, newline="")))


def test_scores_that_became_intervals_are_told(tmp_path: Path) -> None:
    """The rule of `kg.formats.scales`: 4 of 5 steps is 0.6 to 0.8."""
    head = ["Id", "Actor", "Dimension", "Score", "Status", "Confidence"]
    rows: Rows = [["a1", "union", "power", "4", "stated", "high"], ["a2", "union", "interest", 4, "stated", "high"]]
    path = xlsx(tmp_path / "m.xlsx", Actors=ACTORS, Assessments=[head, *rows])

    assert {"Assessments": {("4", "0.6", "0.8"): 2}} == converted(path)
