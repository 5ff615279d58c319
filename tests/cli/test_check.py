"""`kg check --fix`: a diff first, files changed only by agreement."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import kg

HEAD = "id,kind,type,name_en,status,confidence\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "actors.csv").write_text(HEAD + "a,organization,peasant-union, Green Union,stated,high\n")
    return tmp_path / "map"


def test_without_agreement_the_diff_is_shown_and_nothing_written(folder: Path) -> None:
    before = (folder / "actors.csv").read_bytes()
    result = kg("check", "--fix", folder)

    assert 0 == result.exit_code
    assert (
        "- actors.csv:2 (name_en): ' Green Union'\n+ actors.csv:2 (name_en): 'Green Union'  (blanks around it)\n"
        == result.stdout
    )
    assert "1 repair; nothing was written: --fix --yes writes them\n" == result.stderr
    assert before == (folder / "actors.csv").read_bytes()


def test_with_agreement_the_cells_are_written_and_what_is_left_is_told(folder: Path) -> None:
    result = kg("check", "--fix", "--yes", folder)

    assert HEAD + "a,organization,peasant-union,Green Union,stated,high\n" == (folder / "actors.csv").read_text()
    assert f"{folder}: 1 cell repaired\nleft: 0 errors" in result.stderr


def test_repairs_are_objects_in_json(folder: Path) -> None:
    repair = json.loads(kg("check", "--fix", folder, "--format", "json").stdout)[0]

    assert ("actors.csv", 2, "name_en", " Green Union", "Green Union") == tuple(
        repair[k] for k in ("file", "row", "column", "old", "new")
    )


@pytest.mark.parametrize(("lang", "why"), [("es", "espacios alrededor"), ("fr", "espaces autour")])
def test_reasons_of_repairs_are_told_in_the_language_asked_for(folder: Path, lang: str, why: str) -> None:
    assert f"'Green Union'  ({why})" in kg("--lang", lang, "check", "--fix", folder).stdout.replace("\u202f", " ")


def test_check_says_that_something_can_be_repaired(folder: Path) -> None:
    assert "map: 1 cell can be repaired safely; `kg check --fix` shows how\n" in kg("check", folder).stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--yes"], "kg: --yes: there is nothing to agree to; write --fix --yes\n"),
        (["--fix", "no-such"], "kg: no-such: there is no such file or folder; check the path\n"),
    ],
)
def test_a_call_that_makes_no_sense_is_one_line(arguments: list[str], message: str) -> None:
    result = kg("check", *arguments)

    assert (2, message) == (result.exit_code, result.stderr)


def test_the_data_set_that_comes_with_kg_is_not_repaired() -> None:
    assert "the data set that comes with kg is left alone" in kg("check", "--fix", data=None).stderr
