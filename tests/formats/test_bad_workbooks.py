"""Bad workbooks and tables: each gets one clear message that names the cell, or is kept faithfully; never half a load."""

from __future__ import annotations

import datetime
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

import kg
from kg.findings import Finding
from kg.formats.tables import read_tables
from tests.core.folders import write
from tests.formats.sheets import ACTORS, RELATIONS, Rows, edited, ods, ods_table, xlsx


def findings(path: Path) -> list[Finding]:
    return read_tables(path).findings


def brief(path: Path) -> list[tuple[str, str, str]]:
    return [(f.level, f.check, f.where) for f in findings(path)]


def test_a_small_workbook_is_a_source_like_any_other(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "map.xlsx", Actors=ACTORS, Relations=RELATIONS)

    assert [] == findings(path)
    assert ["union"] == [thing.id for thing in kg.open(path).find("Green")]
    assert 1 == len(kg.open(path).ask("allies", actor="GU").rows)


def test_every_fault_is_named_by_its_cell_all_at_once_errors_first(tmp_path: Path) -> None:
    bad = [
        ["r2", "unoin", "aliance", "chamber", "20l3", "stated", None],
        ["r1", "union", "alliance", "GU", None, "stated", "high"],
    ]
    path = xlsx(tmp_path / "map.xlsx", Actors=ACTORS, Relations=[*RELATIONS, *bad], Diary=[["today"]])

    assert [
        ("error", "required", "Relations!G3"),
        ("error", "format", "Relations!E3"),
        ("error", "unknown-reference", "Relations!B3"),
        ("error", "unknown-concept", "Relations!C3"),
        ("error", "duplicate-id", "Relations!A4"),
        ("warning", "unknown-table", "Diary"),
    ] == brief(path)


def test_the_message_about_a_reference_names_the_sheet_and_near_names(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "map.xlsx",
        Actors=ACTORS,
        Relations=[RELATIONS[0], ["r2", "unoin", "alliance", "chamber", None, "stated", "high"]],
    )

    assert [
        "error: Relations!B2: there is no row with the id 'unoin'; did you mean 'union'?; it must stand in"
        " Actors or instruments.csv or issues.csv or places.csv"
    ] == [str(f) for f in findings(path)]


def test_names_and_acronyms_may_stand_for_ids_and_ids_may_be_left_out(tmp_path: Path) -> None:
    rows = [["From", "Relation", "To", "Status", "Confidence"], ["gu", "Alianza", "blue chamber", "Enunciado", "High"]]
    actors = [[*ACTORS[0]], *([None, *row[1:]] for row in ACTORS[1:])]
    tables = read_tables(xlsx(tmp_path / "map.xlsx", Actors=actors, Relations=rows), records=True)

    assert ["green-union", "blue-chamber"] == [r["id"] for r in tables.records["actors"]]
    assert [("green-union", "alliance", "blue-chamber")] == [
        (r["subject"], r["type"], r["object"]) for r in tables.records["relations"]
    ]


def test_a_name_of_two_rows_is_not_guessed(tmp_path: Path) -> None:
    twice = [*ACTORS, ["other", "organization", "ngo", "Green Union", None, "stated", "high"]]
    row = [RELATIONS[0], ["r1", "Green Union", "alliance", "chamber", None, "stated", "high"]]

    assert [("error", "ambiguous-reference", "Relations!B2")] == brief(
        xlsx(tmp_path / "x.xlsx", Actors=twice, Relations=row)
    )


def test_dates_and_numbers_are_taken_as_a_spreadsheet_stores_them(tmp_path: Path) -> None:
    starts = [datetime.datetime(2012, 3, 4), 2013, 2013.0, "2013-08", datetime.date(2014, 1, 2)]
    rows: Rows = [[f"r{n}", "union", "alliance", "chamber", s, "stated", "high"] for n, s in enumerate(starts)]
    path = xlsx(tmp_path / "map.xlsx", Actors=ACTORS, Relations=[RELATIONS[0], *rows])

    assert ["2012-03-04", "2013", "2013", "2013-08", "2014-01-02"] == [
        r["start"] for r in read_tables(path, records=True).records["relations"]
    ]


def test_a_day_number_is_told_as_the_day_that_it_may_be(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "x.xlsx",
        Actors=ACTORS,
        Relations=[RELATIONS[0], ["r", "union", "alliance", "chamber", 41274, "stated", "high"]],
    )

    assert [("error", "format", "Relations!E2")] == brief(path)
    assert "2012-12-31" in findings(path)[0].todo  # 41274: Excel's own serial number of that day


@pytest.mark.parametrize(
    ("low", "wrong"), [("0.5", []), (0.5, []), ("0,5", ["write 0.5, with a point"]), ("half", ["write it as 12 or 12.5"])]
)
def test_decimal_points_and_commas(tmp_path: Path, low: object, wrong: list[str]) -> None:
    rows: Rows = [
        ["Id", "Actor", "Dimension", "At least", "At most", "Status", "Confidence"],
        ["s", "union", "power", low, 1, "stated", "high"],
    ]

    assert wrong == [f.todo for f in findings(xlsx(tmp_path / "x.xlsx", Actors=ACTORS, Assessments=rows))]


def test_scores_are_converted_and_what_is_none_is_refused_by_its_cell(tmp_path: Path) -> None:
    head = ["Id", "Actor", "Dimension", "Score", "At least", "At most", "Status", "Confidence"]
    rows: Rows = [
        ["s1", "union", "power", "4/5", None, None, "estimated", "low"],
        ["s2", "chamber", "power", "strong", 0, 1, "estimated", "low"],
        ["s3", "chamber", "power", "4,5", None, None, "estimated", "low"],  # told once: its ends are not empty besides
    ]
    path = xlsx(tmp_path / "x.xlsx", Actors=ACTORS, Assessments=[head, *rows])
    record = read_tables(path, records=True).records["assessments"][0]

    assert ("0.6", "0.8") == (record["low"], record["high"])
    assert [("error", "scale", "Assessments!D3"), ("error", "scale", "Assessments!D4")] == brief(path)


def test_the_heading_may_stand_lower(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "x.xlsx", Actors=[["Our actors"], [], *ACTORS, ["", "", "", "", "", "", ""], [], ["x", "person"]])

    assert {"Actors!C8", "Actors!F8", "Actors!G8"} == {w for _, _, w in brief(path)}


def test_duplicate_and_missing_headings_and_headless_cells(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "x.xlsx",
        Actors=[
            ["Id", "Kind", "Kind", "Type", "Status", "Colour", None],
            ["a", "person", "person", "politician", "stated", "red", "odd"],
        ],
    )

    assert {
        ("error", "duplicate-column", "Actors!B"),
        ("error", "missing-column", "Actors"),  # told once, not again for every row
        ("error", "unknown-column", "Actors!F"),
        ("error", "unknown-column", "Actors!G2"),
    } == set(brief(path))


def test_sheets_and_columns_marked_ignore_are_left_alone(tmp_path: Path) -> None:
    actors = [[*ACTORS[0], "Thoughts (ignore)"], *([*row, "hm"] for row in ACTORS[1:])]
    path = tmp_path / "x.xlsx"
    xlsx(path, Actors=actors, **{"Notes (ignore)": [["private"]]})

    assert [] == findings(path)


def test_hidden_and_merged_cells_count_and_are_told(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "x.xlsx", Actors=ACTORS, Relations=RELATIONS)
    book = openpyxl.load_workbook(path)
    book["Actors"].row_dimensions[3].hidden = True
    book["Actors"].merge_cells("H2:H3")
    book["Relations"].sheet_state = "hidden"
    book.save(path)

    assert [
        ("warning", "merged-cells", "Actors"),
        ("warning", "hidden-rows", "Actors!3"),
        ("warning", "hidden-sheet", "Relations"),
    ] == brief(path)
    assert 3 == read_tables(path).rows


def test_the_value_of_a_formula_counts_and_a_formula_without_one_is_named(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "x.xlsx", Actors=[*ACTORS, ["x", "person", "politician", "=A2", None, "stated", "high"]])

    assert [("error", "formula", "Actors!D4")] == brief(path)
    with zipfile.ZipFile(
        path
    ) as package:  # an empty element is written with or without a blank, as the XML library at hand does
        written = package.read("xl/worksheets/sheet1.xml")
    empty = next(each for each in (b"<v />", b"<v/>", b"<v></v>") if b"<f>A2</f>" + each in written)
    edited(path, {"xl/worksheets/sheet1.xml": (b"<f>A2</f>" + empty, b"<f>A2</f><v>7</v>")})
    assert "7" == read_tables(path, records=True).records["actors"][2]["name_en"]


def test_an_error_value_is_named(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "x.xlsx", Actors=[*ACTORS, ["x", "person", "politician", "#REF!", None, "stated", "high"]])

    assert [("error", "formula", "Actors!D4")] == brief(path)


def test_macros_are_not_looked_at(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "x.xlsm", Actors=ACTORS)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")

    assert [] == findings(path)


def entity(path: Path) -> Path:
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>\n<worksheet'
    return edited(xlsx(path, Actors=ACTORS), {"xl/worksheets/sheet1.xml": (b"<worksheet", doctype)})


def deep(path: Path) -> Path:
    return edited(
        xlsx(path, Actors=ACTORS), {"xl/worksheets/sheet1.xml": (b"<sheetData>", b"<x>" * 100_000 + b"<sheetData>")}
    )


def bomb(path: Path) -> Path:
    xlsx(path, Actors=ACTORS)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/media/big.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1000):
            part.write(b" " * 1_000_000)
    return path


def lying_bomb(path: Path) -> Path:
    """A part that declares 1,000 bytes and unpacks to ten million."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b"<a>" + b" " * 10_000_000 + b"</a>")
        package.writestr("xl/workbook.xml", b"<a/>")
    raw = path.read_bytes()
    path.write_bytes(raw.replace((10_000_007).to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    return path


def encrypted(path: Path) -> Path:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)
    return path


def old(path: Path) -> Path:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    return path


def cut(path: Path) -> Path:
    raw = xlsx(path, Actors=ACTORS).read_bytes()
    path.write_bytes(raw[: len(raw) // 2])
    return path


def flipped(path: Path) -> Path:
    raw = bytearray(xlsx(path, Actors=ACTORS).read_bytes())
    for at in range(300, len(raw) - 2000, 50):
        raw[at] ^= 0xFF
    path.write_bytes(raw)
    return path


def text(path: Path) -> Path:
    path.write_text("id,kind\n")
    return path


def other_zip(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("hello.txt", "hello")
    return path


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


MAKERS = {
    entity: "declares a document type", deep: "nests elements", bomb: "would unpack", lying_bomb: "damaged",
    encrypted: "protected with a password", old: "old Excel workbook", cut: "damaged", flipped: "damaged",
    text: "damaged or no workbook",
    other_zip: "no Excel workbook", empty: "damaged or no workbook",
}  # fmt: skip


@pytest.mark.parametrize("make", MAKERS, ids=lambda m: m.__name__)
def test_what_cannot_be_opened_is_refused_at_once_with_one_line(tmp_path: Path, make: object) -> None:
    path = make(tmp_path / "bad.xlsx")  # type: ignore[operator]
    start = time.process_time()
    with pytest.raises(kg.InputError, match=MAKERS[make]) as error:  # type: ignore[index]
        kg.open(path)

    assert time.process_time() - start < 1
    assert "\n" not in str(error.value)
    assert str(error.value).startswith("bad.xlsx: ")


@pytest.mark.slow
def test_a_bomb_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    path = bomb(tmp_path / "bomb.xlsx")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (900_000_000, 900_000_000)); import kg\n"
        f"try: kg.open({str(path)!r})\nexcept kg.InputError: sys.exit(7)"
    )

    assert 7 == subprocess.run([sys.executable, "-c", code], check=False).returncode


def test_open_document_spreadsheets_are_read(tmp_path: Path) -> None:
    path = ods(tmp_path / "map.ods", ods_table("Actores", ACTORS) + ods_table("Relations", RELATIONS))

    assert ([], 3) == (findings(path), read_tables(path).rows)


def test_typed_repeated_and_annotated_cells_of_open_document_spreadsheets(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="{}" office:{}="{}"><text:p>shown</text:p></table:table-cell>'
    row = "".join(
        f"<table:table-cell><office:annotation><text:p>no</text:p></office:annotation><text:p>{t}</text:p></table:table-cell>"
        for t in ("r1", "union", "alliance", "chamber")
    )
    row += cell.format("date", "date-value", "2012-03-04T00:00:00") + cell.format("float", "value", "0.5")
    row += "<table:table-cell><text:p>stated</text:p></table:table-cell>"
    row += "<table:table-cell><text:p>hi<text:s text:c='0'/>gh</text:p></table:table-cell>"
    row += '<table:table-cell table:number-columns-repeated="16000"/>'
    heads = ["Id", "From", "Relation", "To", "From (date)", "Strength", "Status", "Confidence"]
    table = ods_table("Relations", [heads]).replace("</table:table>", f"<table:table-row>{row}</table:table-row>")
    table += '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row></table:table>'
    tables = read_tables(ods(tmp_path / "x.ods", ods_table("Actors", ACTORS) + table), records=True)

    assert [] == tables.findings
    assert ("2012-03-04", "0.5") == tuple(tables.records["relations"][0][c] for c in ("start", "strength"))


def test_a_protected_open_document_spreadsheet_says_so(tmp_path: Path) -> None:
    with pytest.raises(kg.InputError, match="protected with a password"):
        kg.open(ods(tmp_path / "x.ods", "", '<m:manifest xmlns:m="m"><m:encryption-data/></m:manifest>'))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_other_spreadsheet_programs_is_understood(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [
        ["id", "kind", "type", "name_en", "status", "confidence"],
        ["a", "organization", "ngo", "Peña", "stated", "high"],
    ]
    folder = write(tmp_path / "small")
    (folder / "actors.csv").write_bytes("\r\n".join(delimiter.join(r) for r in rows).encode(encoding))

    assert [] == findings(folder)
    assert "Peña" == read_tables(folder, records=True).records["actors"][0]["name_en"]
