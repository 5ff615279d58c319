"""Power and interest in an analyst's own list of stakeholders: words, marks and shares become intervals, by the rule of workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.test_import import imported, notes

LISTS = {
    "marks with their scale": ("Name,Power (1-5)\nA,5\nB,2\n", [("a", "power", "0.8", "1"), ("b", "power", "0.2", "0.4")]),
    "marks that begin with 0": ("Name,Influence (0-10)\nA,10\n", [("a", "power", "0.9091", "1")]),
    "words in Spanish": (
        "Nombre;Poder;Interés\nA;Alto;Bajo\n",
        [("a", "power", "0.6667", "1"), ("a", "interest", "0", "0.3333")],
    ),
    "marks beside marks": ("Name,Power,Interest\nA,5,3\n", [("a", "power", "0.8", "1"), ("a", "interest", "0.4", "0.6")]),
    "bare marks alone": ("Name,Power\nA,5\nB,1\n", [("a", "power", "0.8", "1"), ("b", "power", "0", "0.2")]),
    "bare marks beyond 5": ("Name,Interest\nA,7\nB,2\n", [("a", "interest", "0.6", "0.7"), ("b", "interest", "0.1", "0.2")]),
    "bare marks by one scale": (
        "Name,Power,Interest\nA,10,4\nB,0,4\n",
        [
            ("a", "power", "0.9091", "1"),
            ("a", "interest", "0.3636", "0.4545"),
            ("b", "power", "0", "0.0909"),
            ("b", "interest", "0.3636", "0.4545"),
        ],
    ),
    "a lone whole share": ("Name,Power\nA,1\nB,0\n", [("a", "power", "1", "1"), ("b", "power", "0", "0")]),
    "marks of their best": ("Name,Legitimacy\nA,3/4\n", [("a", "legitimacy", "0.5", "0.75")]),
    "shares": ("Name,Interest\nA,0.5\nB,1\n", [("a", "interest", "0.5", "0.5"), ("b", "interest", "1", "1")]),
    "shares with decimal commas": ("Name;Interest\nA;0,5\n", [("a", "interest", "0.5", "0.5")]),
}  # kg/formats/scales.py states the rule: the steps of a scale share [0, 1] equally


@pytest.mark.parametrize("name", LISTS)
def test_scores_of_a_list_become_intervals(tmp_path: Path, name: str) -> None:
    content, expected = LISTS[name]
    (tmp_path / "x.csv").write_text(content, encoding="utf-8")
    result = imported(tmp_path / "x.csv")

    assert expected == [(r["actor"], r["dimension"], r["low"], r["high"]) for r in result.material.tables["assessments"]]
    assert [] == notes(result)


def test_what_was_written_is_kept_and_the_rule_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Name,Power (1-5)\nA,4\n")
    result = imported(tmp_path / "x.csv")

    assert "Power (1-5): 4" == result.material.tables["assessments"][0]["note"]
    assert "x.csv: scores became intervals, each step of a scale an equal share of [0, 1]: 4 -> 0.6-0.8" in result.report


HOW = {
    "bare marks": (
        "Name,Power,Interest\nA,5,3\n",
        "x.csv: Power, Interest: read as marks from 1 to 5; write another scale into the heading, as in Power (1-7),"
        " or call the column Votes if votes are counted",
    ),
    "numbers beyond every scale": (
        "Name,Power\nA,1234\nB,3\n",
        "x.csv: Power: read as votes; if they are marks, write their scale into the heading, as in Power (1-100)",
    ),
    "weights": (
        "Name,Weight\nA,4\nB,3\n",
        "x.csv: Weight: read as votes; if they are marks, write their scale into the heading, as in Power (1-100)",
    ),
}


@pytest.mark.parametrize("name", HOW)
def test_how_bare_numbers_were_read_is_told_in_one_line_with_what_to_do(tmp_path: Path, name: str) -> None:
    content, line = HOW[name]
    (tmp_path / "x.csv").write_text(content)

    assert [line] == [said for said in imported(tmp_path / "x.csv").report if "read as" in said]


@pytest.mark.parametrize("cells", ["1234\nB,300", "4\nB,5", "1\nB,1"])
def test_what_is_called_votes_is_counted_and_no_line_is_needed(tmp_path: Path, cells: str) -> None:
    (tmp_path / "x.csv").write_text(f"Name,Votes\nA,{cells}\n")
    result = imported(tmp_path / "x.csv")

    assert ["votes", "votes"] == [row["attribute"] for row in result.material.tables["attributes"]]
    assert "assessments" not in result.material.tables
    assert not any("read as" in said for said in result.report)


NONE = {
    "a cell that is no score": "Name,Interest\nA,odd\nB,high\n",
    "a mark beyond the scale": "Name,Interest (1-5)\nA,6\nB,2\n",
    "whole numbers beyond every usual scale": "Name,Interest\nA,40\nB,3\n",
    "years that look like a scale": "Name,Interest (2001-2005)\nA,2003\n",
}


@pytest.mark.parametrize("name", NONE)
def test_a_column_that_is_no_score_throughout_stays_a_note(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.csv").write_text(NONE[name])
    result = imported(tmp_path / "x.csv")

    assert "assessments" not in result.material.tables
    assert NONE[name].count("\n") - 1 == len(notes(result))
