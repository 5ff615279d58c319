"""`kg allies`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import kg


def test_the_rows_of_the_questions_come_with_convergence_and_evidence() -> None:
    found = json.loads(kg("allies", "CONVEAGRO", "--format", "json", data=None).stdout)
    asked = json.loads(kg("ask", "allies", "--actor", "CONVEAGRO", "--format", "json", data=None).stdout)
    rows = {row["id"]: row for row in found["tables"]["allies"]}

    assert len({row["ally"] for row in asked}) == len(found["allies"])
    assert (1, 0) == (rows["ngos-pe"]["congruence"], rows["ngos-pe"]["conflict"])
    assert all(row["evidence"] for row in rows.values())
    assert "opponent" == rows["ministry-economy-finance-pe"]["kind"]


def test_without_positions_convergence_is_silent() -> None:
    assert "No position of" in kg("allies", "uca").stdout


@pytest.mark.parametrize(("lang", "word"), [("en", "Facts used"), ("es", "Hechos usados"), ("fr", "Faits utilisés")])
def test_the_report_is_in_the_language_asked_for(lang: str, word: str) -> None:
    assert word in kg("allies", "frente", env={"KG_LANG": lang}).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nobody at all"], "there is no actor of that name"),
        (["frente", "--normalisation", "best"], "there is no such one"),
        ([], "missing argument"),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], message: str) -> None:
    result = kg("allies", *arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr
    assert 1 == result.stderr.count("\n")


def test_sentences_agree_with_how_many_they_name(tmp_path: Path) -> None:
    """By hand: B and C know both A and D, and both are in tension with E, whom F could introduce."""
    path = tmp_path / "ties.csv"
    path.write_text("source,target,sign\nA,B,1\nA,C,1\nB,D,1\nC,D,1\nA,F,1\nF,E,1\nB,E,-1\nC,E,-1\n", encoding="utf-8")
    said = kg("allies", "A", data=path).stdout

    assert "B and C could introduce A and D to each other." in said
    assert "In the way: B and C, allies, are in tension with E." in said
    assert "B et C pourraient mettre A et D en relation." in kg("allies", "A", data=path, env={"KG_LANG": "fr"}).stdout


def test_an_ally_that_is_also_in_tension_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "ties.csv"
    path.write_text("source,target,sign\nA,B,1\nA,B,-1\nA,C,1\n", encoding="utf-8")
    shown = kg("allies", "A", data=path).stdout

    assert "A has 2 declared allies: C and B." in shown or "A has 2 declared allies: B and C." in shown
    assert "Of these allies, B is also in tension with A." in shown
