"""`kg allies`."""

from __future__ import annotations

import json

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
