"""`--robust`, the same for every command that has it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.analysis.cases.wording import Sentences
from tests.cli.running import kg

ASKED = (
    ("camps",),
    ("allies", "camara"),
    ("power", "--country", "Montéa"),
    ("brokers", "--country", "Montéa"),
    ("feasibility", "ley-tierra"),
    ("coalition", "--instrument", "ley-tierra"),
    ("communities", "--country", "Montéa", "--runs", "3"),
    ("mactor",),
    ("discourse",),
    ("what-if", "--country", "Montéa", "--change", "leave: camara"),
)


@pytest.mark.parametrize("asked", ASKED, ids=lambda a: a[0])
def test_every_answer_can_be_put_to_the_test(asked: tuple[str, ...]) -> None:
    result = kg(*asked, "--robust", "5", "--format", "json")
    found = json.loads(result.stdout)

    assert (0, 5) == (result.exit_code, found["robustness"]["draws"])
    assert all(0 <= row["share"] <= 1 and row["margin"] for row in found["tables"]["robustness"])
    assert any("draws of" in remark for remark in found["remarks"])


@pytest.mark.parametrize(("draws", "points"), [(25, "20"), (96, "10"), (400, "5")])
def test_says_how_far_chance_moves_a_share(draws: int, points: str) -> None:
    """By hand: 98 points by the square root of the draws, 9.8 and 10.002 told as 10."""
    result = kg("feasibility", "ley-tierra", "--robust", str(draws))

    assert f"by up to {points} points of a hundred" in result.stdout


def test_a_single_point_is_told_in_the_singular() -> None:
    assert "up to 1 point of a hundred" in Sentences("robust", "en")("precision", n=1)
    assert "hasta 1 punto de cien" in Sentences("robust", "es")("precision", n=1)
    assert "de 1 point sur cent" in Sentences("robust", "fr")("precision", n=1)


def test_of_many_actors_a_sentence_names_few_and_the_files_all(tmp_path: Path) -> None:
    """By hand: nine enemies in a circle; any two neighbours may be those who share a camp."""
    names = [f"a{n}" for n in range(9)]
    path = tmp_path / "circle.csv"
    path.write_text(
        "source,target,sign\n" + "".join(f"{a},{b},-1\n" for a, b in zip(names, [*names[1:], "a0"], strict=True))
    )
    asked = ("camps", "--robust", "1", "--probability", "medium=1", "--reversal", "medium=0")
    found = json.loads(kg(*asked, "--format", "json", data=path).stdout)
    kg(*asked, "--to-rdf", tmp_path / "kept.nq", data=path)
    row = next(row for row in found["tables"]["robustness"] if row["question"] == "undecided")

    assert "a0, a1, a2 and 6 others" == row["answer"]
    assert names == row["answer_actors"]
    assert any("undecided: a0, a1, a2 and 6 others holds in 100 %" in sentence for sentence in found["sentences"])
    assert "a0, a1, a2, a3, a4, a5, a6, a7 and a8" in (tmp_path / "kept.nq").read_text(encoding="utf-8")


def test_probabilities_are_printed_and_can_be_set() -> None:
    result = kg("camps", "--robust", "3", "--probability", "low=0.25", "--reversal", "medium=0.125")
    lines = " ".join(result.stdout.split())

    assert "low 0.25" in lines
    assert "with a probability of high 0.01, low 0.1, medium 0.125" in lines


def test_levels_of_confidence_are_named_in_the_language_asked_for() -> None:
    """Labels and probabilities by hand from ontology/concepts.ttl."""
    asked = ("camps", "--robust", "1", "--probability", "low=0.25")
    told = {lang: " ".join(kg("--lang", lang, *asked).stdout.split()) for lang in ("es", "fr")}

    assert "con una probabilidad según su confianza (alta 0,01" in told["es"]
    assert "baja 0,25" in told["es"]
    assert "avec une probabilité selon sa confiance (élevée 0,01" in told["fr"]


def test_files_have_no_confidence_to_draw_by(tmp_path: Path) -> None:
    (tmp_path / "said.csv").write_text("actor,concept\nx,c\ny,c\n", encoding="utf-8")
    result = kg("discourse", "--statements", tmp_path / "said.csv", "--robust", "5")

    assert (2, "") == (result.exit_code, result.stdout)
    assert "--robust: files give kg discourse no confidence" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--robust", "0"], "give the number of draws"),
        (["--robust", "3", "--probability", "low"], "write low=0.5"),
        (["--robust", "3", "--probability", "sure=1"], "there is no such level"),
        (["--robust", "3", "--probability", "low=2"], "a probability is from 0 to 1"),
        (["--robust", "3", "--reversal", "low=2"], "--reversal low=2: a probability is from 0 to 1"),
        (
            ["--robust", "3", "--probability", "low=0.5", "--reversal", "low=0.6"],
            "--reversal low=0.6: with the probability 0.5 that such a fact holds, more than 1; give 0.5 or less",
        ),
        (["--seed", "3"], "add --robust"),
        (["--reversal", "low=0"], "add --robust"),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], message: str) -> None:
    result = kg("camps", *arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr
    assert 1 == result.stderr.count("\n")
