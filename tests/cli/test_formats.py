"""The shared options of every command that prints rows: formats and files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kg.cli.output import FORMATS
from kg.findings import Finding
from kg.validation.report import check_source
from tests.cli.running import kg

ROWS = {
    "ask": ["ask", "allies", "--actor", "uca"],
    "list": ["ask"],
    "show": ["show", "uca"],
    "find": ["find", "a"],
    "sparql": ["sparql", "SELECT ?s ?p WHERE { ?s ?p 1 } ORDER BY ?s ?p"],
    "check": ["check"],
    "info": ["info"],
}
FOUND: dict[str, list[Finding]] = {}


@pytest.fixture(autouse=True)
def _checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a check finds is the same each time and takes long; here it is about how it is printed."""

    def once(*given: Any, **options: Any) -> list[Finding]:
        asked = repr((given, options))
        if asked not in FOUND:
            FOUND[asked] = check_source(*given, **options)
        return FOUND[asked]

    monkeypatch.setattr("kg.validation.report.check_source", once)


@pytest.mark.parametrize("style", FORMATS)
@pytest.mark.parametrize("command", ROWS)
def test_every_command_that_prints_rows_knows_every_format(command: str, style: str, tmp_path: Path) -> None:
    """A file holds what standard output would; `check` ends with 0 too, the invented country having no error."""
    printed = kg(*ROWS[command], "--format", style)
    written = kg(*ROWS[command], "--format", style, "-o", tmp_path / "out")

    assert (0, 0) == (printed.exit_code, written.exit_code)
    assert printed.stdout == (tmp_path / "out").read_text(encoding="utf-8")
    assert "" == written.stdout


@pytest.mark.parametrize("style", ["csv", "json", "tsv", "md"])
@pytest.mark.parametrize("command", ROWS)
def test_the_ending_of_a_file_says_the_format(command: str, style: str, tmp_path: Path) -> None:
    kg(*ROWS[command], "-o", tmp_path / f"out.{style}")

    assert (tmp_path / f"out.{style}").read_text(encoding="utf-8") == kg(*ROWS[command], "--format", style).stdout


@pytest.mark.parametrize("command", ROWS)
def test_rows_are_not_written_under_the_ending_of_another_program(command: str, tmp_path: Path) -> None:
    result = kg(*ROWS[command], "-o", tmp_path / "out.xlsx")

    assert result.exit_code == 2
    assert "rows are not written as .xlsx; known: csv, json, md" in result.stderr
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize("command", ROWS)
def test_json_csv_and_tsv_have_the_same_columns_and_rows(command: str) -> None:
    records = json.loads(kg(*ROWS[command], "--format", "json").stdout)
    cells = list(csv.DictReader(io.StringIO(kg(*ROWS[command], "--format", "csv").stdout)))
    tabs = [line.split("\t") for line in kg(*ROWS[command], "--format", "tsv").stdout.splitlines()]
    columns = [c for c in cells[0] if c != "why"]

    assert len(records) == len(cells) == len(tabs) - 1 > 0
    assert [columns] * len(records) == [list(r) for r in records]
    assert {len(tabs[0])} == {len(t) for t in tabs}


def test_json_holds_numbers_and_lists_and_passages() -> None:
    """By hand from tests/world: 12 % of the economy of Montéa."""
    figures = json.loads(kg("ask", "compare-countries", "--format", "json").stdout)
    ally = json.loads(kg("ask", "allies", "--actor", "uca", "--format", "json").stdout)[0]

    assert 12 in [f["value"] for f in figures]
    assert ["Irrigation"] == ally["issues"]
    assert ["r03"] == [e["id"] for e in ally["evidence"]]


def test_many_facts_are_shortened_for_people_only() -> None:
    """The union's ties through the Peasant Front: more facts than a table shows."""
    query = ["ask", "coalitions", "--actor", "frente"]
    table, cells = kg(*query).stdout, kg(*query, "--format", "csv").stdout

    assert " +" in table
    assert " +" not in cells


def test_markdown_is_inert_and_one_line_per_row() -> None:
    """The chamber's name holds angle brackets, quotation marks and an ampersand."""
    lines = kg("ask", "opponents", "--actor", "camara", "--format", "md").stdout.splitlines()

    assert 3 == len(lines)
    assert 'Chamber "Los Robles", Import & Export &lt;S.A.>' in lines[2]


def test_hostile_names_come_through_csv_and_json_unchanged() -> None:
    """Name of the actor `hostil` in tests/world/actors.csv."""
    name = "\"}; DROP ALL # O'Hara \\ ?x"

    assert [name] == [r["name"] for r in json.loads(kg("find", "hara", "--format", "json").stdout)]
    assert [name] == [r["name"] for r in csv.DictReader(io.StringIO(kg("find", "hara", "--format", "csv").stdout))]


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    result = kg("find", "a", "-o", tmp_path / "no" / "out.txt")

    assert 2 == result.exit_code
    assert result.stderr.endswith("out.txt: cannot be written (No such file or directory); choose another place\n")


def test_an_empty_answer_still_fills_the_file_it_was_asked_for(tmp_path: Path) -> None:
    kg("ask", "allies", "--actor", "prensa", "--format", "csv", "-o", tmp_path / "none.csv")

    assert ["actor,ally,via,through,issues,evidence"] == (tmp_path / "none.csv").read_text(encoding="utf-8").splitlines()
