"""`--robust`, the same for every command that has it."""

from __future__ import annotations

import json

import pytest

from tests.cli.running import kg, process

ASKED = (
    ("camps",),
    ("power", "--country", "Montéa"),
    ("brokers", "--country", "Montéa"),
    ("feasibility", "ley-tierra"),
    ("coalition", "--instrument", "ley-tierra"),
)


@pytest.mark.parametrize("asked", ASKED, ids=lambda a: a[0])
def test_every_answer_can_be_put_to_the_test(asked: tuple[str, ...]) -> None:
    result = kg(*asked, "--robust", "5", "--format", "json")
    found = json.loads(result.stdout)

    assert (0, 5) == (result.exit_code, found["robustness"]["draws"])
    assert all(0 <= row["share"] <= 1 and row["margin"] for row in found["tables"]["robustness"])
    assert any("draws of" in remark for remark in found["remarks"])


def test_probabilities_are_printed_and_can_be_set() -> None:
    result = kg("camps", "--robust", "3", "--probability", "low=0.25")

    assert "low 0.25" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--robust", "0"], "give the number of draws"),
        (["--robust", "3", "--probability", "low"], "write low=0.5"),
        (["--robust", "3", "--probability", "sure=1"], "there is no such level"),
        (["--robust", "3", "--probability", "low=2"], "a probability is from 0 to 1"),
        (["--seed", "3"], "add --robust"),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], message: str) -> None:
    result = kg("camps", *arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr
    assert 1 == result.stderr.count("\n")


def test_the_draws_do_not_depend_on_the_hash_seed() -> None:
    asked = ("camps", "--robust", "5", "--format", "json", "--country", "bo")
    first, second = (process(*asked, PYTHONHASHSEED=seed, KG_LANG="en") for seed in ("1", "2"))

    assert (0, 0, first.stdout) == (first.returncode, second.returncode, second.stdout)
