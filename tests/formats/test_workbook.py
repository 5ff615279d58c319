"""Workbooks: what `kg new` makes opens without complaint, reads back as it was written, and never calculates anything."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.formats.csvw import shipped_description
from kg.formats.dataset import dataset_of
from kg.formats.material import Material, write_folder
from kg.formats.scales import interval
from kg.formats.tables import read_tables
from kg.formats.template import GUIDE_TITLES, guide, template
from kg.formats.workbook import write_workbook
from tests.conftest import ROOT

LANGUAGES = ("en", "es", "fr")


def material_of(path: Path) -> Material:
    tables = read_tables(path, records=True)
    assert [] == [str(f) for f in tables.findings if f.is_error]
    return Material(tables.dataset, tables.records)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_template_says_the_same_in_every_language(tmp_path: Path, lang: str) -> None:
    write_workbook(template("My map"), tmp_path / "My map.xlsx", lang)
    write_folder(template("My map", scores=False), tmp_path / "folder")
    book = openpyxl.load_workbook(tmp_path / "My map.xlsx")
    titles = [t.titles[lang] for t in shipped_description().values()]

    assert [GUIDE_TITLES[lang], *sorted(titles)] == [book.sheetnames[0], *sorted(n for n in book.sheetnames if n in titles)]
    assert material_of(tmp_path / "My map.xlsx") == material_of(tmp_path / "folder")


def test_every_sheet_has_a_title_of_its_own_that_programs_accept() -> None:
    for lang in LANGUAGES:
        titles = [t.titles[lang].casefold() for t in shipped_description().values()]

        assert len(set(titles)) == len(titles)
        assert not [t for t in titles if len(t) > 31 or set(t) & set(r"[]:*?/\\")]


def test_the_guide_has_as_many_lines_in_every_language() -> None:
    assert 1 == len({len(guide(lang)) for lang in LANGUAGES})
    assert 1 == len({tuple(line.startswith("# ") for line in guide(lang)) for lang in LANGUAGES})


def test_drop_down_lists_hold_labels_that_are_understood_again(tmp_path: Path) -> None:
    write_workbook(template("x"), tmp_path / "x.xlsx", "es")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    sheet = book["Relaciones"]
    rules = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    heads = {c.value: c.coordinate[:-1] for c in sheet[1]}
    column = rules[f"{heads['Relación']}2"].split("$")[1]

    assert "Alianza" in [c.value for c in book["kg-lists"][column]]
    assert "veryHidden" == book["kg-lists"].sheet_state
    assert "alliance" == read_tables(tmp_path / "x.xlsx", records=True).records["relations"][0]["type"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheet_of_lists_may_come_back_visible(tmp_path: Path, lang: str) -> None:
    write_workbook(template("x"), tmp_path / "x.xlsx", lang)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    book["kg-lists"].sheet_state = "hidden"  # as LibreOffice 7.4 saves it
    book.save(tmp_path / "saved.xlsx")

    assert [] == [str(f) for f in read_tables(tmp_path / "saved.xlsx").findings]


def test_sheets_are_printed_as_wide_as_pages_with_their_heading(tmp_path: Path) -> None:
    write_workbook(template("x"), tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    guide_sheet, actors = book.worksheets[0], book["Actors"]

    assert ("$1:$1", 2, 0) == (actors.print_title_rows, actors.page_setup.fitToWidth, actors.page_setup.fitToHeight)
    assert (1, 1) == (guide_sheet.page_setup.fitToWidth, guide_sheet.page_setup.fitToHeight)
    assert all(
        guide_sheet.row_dimensions[n].height * guide_sheet.column_dimensions["A"].width >= 15 * len(text)
        for n, text in enumerate(guide("en"), 1)
    ), "every line of the guide has room"


def test_the_whole_shipped_data_set_goes_through_a_workbook_and_back_byte_for_byte(tmp_path: Path) -> None:
    source = ROOT / "data" / "andes-2013"
    write_workbook(material_of(source), tmp_path / "andes-2013.xlsx", "fr")
    write_folder(material_of(tmp_path / "andes-2013.xlsx"), tmp_path / "back")
    differ = [p.name for p in source.glob("*.csv") if (tmp_path / "back" / p.name).read_bytes() != p.read_bytes()]

    assert [] == differ
    assert json.loads((source / "dataset.json").read_text()) == json.loads((tmp_path / "back" / "dataset.json").read_text())
    assert read_tables(source).lines == read_tables(tmp_path / "back").lines


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=40).filter(
    str.strip
)


@settings(max_examples=40)
@given(
    notes=st.lists(TEXT, min_size=1, max_size=6),
    numbers=st.lists(st.from_regex(r"(0|0\.\d{1,12}|1)", fullmatch=True), max_size=6),
)
def test_any_text_and_any_number_survives_workbook_and_csv(
    tmp_path_factory: pytest.TempPathFactory, notes: list[str], numbers: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    material = Material(dataset_of({}, "any", "any"))
    for n, note in enumerate(notes):
        material.add(
            "actors",
            id=f"a{n}",
            kind="organization",
            type="ngo",
            name_en=note,
            note=note,
            status="stated",
            confidence="high",
        )
    for n, number in enumerate(numbers):
        cells = {"low": "0", "high": number, "dimension": "power", "status": "stated", "confidence": "low"}
        material.add("assessments", id=f"s{n}", actor="a0", **cells)
    write_folder(material, folder / "any")
    write_workbook(material_of(folder / "any"), folder / "any.xlsx")
    write_folder(material_of(folder / "any.xlsx"), folder / "back")

    assert material == material_of(folder / "any") == material_of(folder / "any.xlsx") == material_of(folder / "back")
    assert (folder / "any" / "actors.csv").read_bytes() == (folder / "back" / "actors.csv").read_bytes()


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "'=1", "''=1"])
def test_no_cell_becomes_a_formula(tmp_path: Path, text: str) -> None:
    material = template("x", scores=False)
    material.tables["actors"][0]["note"] = text
    write_workbook(material, tmp_path / "x.xlsx")
    write_folder(material, tmp_path / "x")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as package:
        sheets = [package.read(n) for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
    rows = (tmp_path / "x" / "actors.csv").read_text().splitlines()

    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    assert not [c for row in rows for c in row.split(",") if c[:1] in tuple("=+@") or c.startswith("\t") or c[:2] == "-1"]
    assert {text} == {m.tables["actors"][0]["note"] for m in (material_of(tmp_path / "x.xlsx"), material_of(tmp_path / "x"))}


def test_a_cell_longer_than_a_workbook_allows_is_refused_by_its_address(tmp_path: Path) -> None:
    material = template("x")
    material.tables["actors"][0]["note"] = "a" * 10_000
    write_workbook(material, tmp_path / "fits.xlsx")
    material.tables["actors"][0]["note"] = "a" * 40_000
    with pytest.raises(kg.InputError, match=r"x\.xlsx: Actors!N2: 40,000 characters"):
        write_workbook(material, tmp_path / "x.xlsx")

    assert 10_000 == len(material_of(tmp_path / "fits.xlsx").tables["actors"][0]["note"])
    assert ["fits.xlsx"] == [p.name for p in tmp_path.iterdir()]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_text("keep")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "note").write_text("keep")
    for write, path in ((write_workbook, tmp_path / "mine.xlsx"), (write_folder, tmp_path / "mine")):
        with pytest.raises(kg.InputError, match="exists already"):
            write(template("x"), path)

    assert "keep" == (tmp_path / "mine.xlsx").read_text()
    assert ["note"] == [p.name for p in (tmp_path / "mine").iterdir()]


@pytest.mark.parametrize(
    ("text", "ends"),
    [  # by the rule that the sheet states: the steps of a scale share [0, 1] equally
        ("low", ("0", "0.3333")), ("Medio", ("0.3333", "0.6667")), ("élevé", ("0.6667", "1")), ("1", ("0", "0.2")),
        ("5", ("0.8", "1")), ("6/7", ("0.7143", "0.8571")), ("3 de 10", ("0.2", "0.3")), ("tower 0/4", ("0", "0.2")),
        ("torre 8/8", ("0.8889", "1")), ("0.2-0.6", ("0.2", "0.6")), ("0.2 – 0.6", ("0.2", "0.6")), ("0.4", ("0.4", "0.4")),
        ("6", None), ("0", None), ("6/5", None), ("0/5", None), ("0.6-0.2", None), ("tower 9/8", None),
        ("strong", None), ("0,4", None),
    ],
)  # fmt: skip
def test_scores_become_the_interval_of_their_step(text: str, ends: tuple[str, str] | None) -> None:
    assert ends == interval(text)
