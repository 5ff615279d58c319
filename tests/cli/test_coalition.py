"""`kg coalition`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.analysis.blocs.finders import FreeFinder
from tests.cli.running import kg


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """By hand: a and b do not sit together, so c decides."""
    (tmp_path / "edges.csv").write_text("source,target,sign\na,b,-1\na,c,1\nb,c,1\nc,d,1\n", encoding="utf-8")
    (tmp_path / "power.csv").write_text("id,power\na,4\nb,3\nc,3\nd,1\n", encoding="utf-8")
    return tmp_path


def test_a_plain_list_of_ties_with_a_list_of_power(plain: Path) -> None:
    result = kg("coalition", "--weights", plain / "power.csv", "--quota", "6", data=plain / "edges.csv")

    assert (0, "") == (result.exit_code, result.stderr)
    assert "2 coalitions win without inner conflict" in result.stdout
    assert "None wins without c." in result.stdout
    assert "settling it between a and b would add 3 to the strongest coalition" in result.stdout
    assert "The cheapest alienates a." in result.stdout
    assert "with a power of 6." in result.stdout


@pytest.mark.parametrize(
    ("lang", "some", "nothing", "remark"),
    [
        (
            "en",
            "is proven for 1 of them. As far as is known, the one between a and b adds most, at least 3; none adds more than 3.",
            "is proven for 0 of them. None is known to add anything; none adds more than 3.",
            "where a gain is missing it lies between the two that stand beside it",
        ),
        (
            "es",
            "está demostrado para 1 de ellas. Hasta donde se sabe, la que más añade es la de a y b, al menos 3; ninguna",
            "está demostrado para 0 de ellas. De ninguna se sabe que añada algo; ninguna añade más de 3.",
            "donde falta una ganancia, esta se halla entre las dos",
        ),
        (
            "fr",
            "est prouvé pour 1 d'entre elles. Pour autant qu'on sache, celle entre a et b ajoute le plus, au moins 3 ; aucune",
            "est prouvé pour 0 d'entre elles. D'aucune on ne sait qu'elle ajoute quelque chose ; aucune n'ajoute plus de 3.",
            "là où un gain manque, il se situe entre les deux",
        ),
    ],
)
def test_prices_that_are_not_proven_are_told_by_bounds(
    lang: str, some: str, nothing: str, remark: str, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By hand: the strongest, a with c, has 7; settled, a with b would add b's 3, c with d at most d's 1."""
    (plain / "edges.csv").write_text("source,target,sign\na,b,-1\nc,d,-1\n", encoding="utf-8")

    def run(*more: str) -> str:
        files = plain / "power.csv", plain / "edges.csv"
        return kg("coalition", "--weights", files[0], "--quota", "6", *more, data=files[1], env={"KG_LANG": lang}).stdout

    monkeypatch.setattr(FreeFinder, "gains", FreeFinder.bounds)
    assert nothing in " ".join(run().split())
    monkeypatch.setattr(FreeFinder, "gains", lambda self, most: self.bounds(most) | {(0, 1): (3, 3)})
    told = " ".join(run().split())
    table = json.loads(run("--format", "json"))["tables"]["tensions"]

    assert some in told
    assert remark in told
    assert [(3.0, 3.0, 3.0), (None, 0.0, 1.0)] == [(row["price"], row["least"], row["most"]) for row in table]


def test_csv_holds_one_row_per_coalition(plain: Path) -> None:
    result = kg("coalition", "--weights", plain / "power.csv", "--quota", "6", "--format", "csv", data=plain / "edges.csv")

    assert ["b; c", "a; c"] == [row["members"] for row in csv.DictReader(io.StringIO(result.stdout))]
    assert "Facts used" in result.stderr


def test_who_is_a_candidate_and_why() -> None:
    """By hand, from tests/world: the Front is strongly for the Land Law, the Chamber against, the Ministry on condition."""
    found = json.loads(kg("coalition", "--instrument", "ley-tierra", "--format", "json").stdout)
    rows = {row["id"]: row for row in found["tables"]["candidates"]}

    assert ("for", "against") == (rows["frente"]["side"], rows["camara"]["side"])
    assert "ps-frente-tierra" in rows["frente"]["facts"]
    assert "r11" in rows["frente"]["evidence"]


def test_interest_alone_makes_a_candidate_and_unknown_power_is_said() -> None:
    result = kg("coalition", "--country", "ec", "--issue", "family-farming", data=None)

    assert "The data name no quota" in result.stdout
    assert "so they are not counted: COPISA" in result.stdout
    assert "Against it, but of unknown power, which is not counted here: Government of Ecuador" in result.stdout


def test_inherited_tensions_are_told_and_can_be_left_out() -> None:
    """The unions and the indigenous organisations of Bolivia are in tension as categories; their members only by inheritance."""
    asked = ("coalition", "--country", "bo", "--unknown-power", "0.5", "--with", "csutcb", "--format", "json")
    found = json.loads(kg(*asked, data=None).stdout)
    without = json.loads(kg(*asked, "--no-inherited", data=None).stdout)

    assert any(row["inherited"] and row["evidence"] for row in found["tables"]["tensions"])
    assert not any(row["inherited"] for row in without["tables"]["tensions"])


def test_why_shows_the_passages() -> None:
    assert (
        "fd29"
        in kg(
            "coalition", "--country", "pe", "--issue", "family-farming", "--why", "--table", "candidates", data=None
        ).stdout
    )


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "The data name no quota"), ("es", "Los datos no indican"), ("fr", "Les données n'indiquent")]
)
def test_the_report_is_in_the_language_asked_for(lang: str, word: str) -> None:
    assert word in kg("coalition", "--issue", "family-farming", env={"KG_LANG": lang}, data=None).stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--instrument", "ley-tierra", "--issue", "tierra"], "name one of them"),
        (["--instrument", "no such law"], "there is no instrument of that name"),
        (["--with", "nobody"], "there is no actor of that name"),
        (["--instrument", "ley-tierra", "--with", "camara"], "it stands against"),
        (["--quota", "1000"], "nobody can reach it"),
        (["--tensions", "some"], "not one of all, issue"),
        (["--weights", "missing.csv"], "missing.csv: cannot be read"),
        (["--instrument", "bill-agua"], "no candidate's power is known"),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], message: str) -> None:
    result = kg("coalition", *arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr
    assert 1 == result.stderr.count("\n")


def test_candidates_without_power_at_an_end_are_told() -> None:
    """Of the shipped data: the one candidate on land has a power between 0 and 0.5 or 1."""
    result = kg("coalition", "--issue", "land", "--power", "low", data=None)

    assert (2, "") == (result.exit_code, result.stdout)
    assert "coalition: no candidate has power at this end of the intervals; take --power mid or high" in result.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "needs the columns actor and power"),
        ("actor,power\na,much\n", "power.csv:2: power is 'much'"),
        ("actor,low,high\na,2,1\n", "upside down"),
        ("actor,power\na,1\na,2\n", "power.csv:3: 'a' stands there twice"),
        ("actor,power\nzz,1\n", "power.csv 'zz': there is no actor"),
    ],
)
def test_a_list_of_power_that_cannot_be_used(plain: Path, text: str, message: str) -> None:
    (plain / "power.csv").write_text(text, encoding="utf-8")
    result = kg("coalition", "--weights", plain / "power.csv", data=plain / "edges.csv")

    assert (2, 1) == (result.exit_code, result.stderr.count("\n"))
    assert message in result.stderr


@pytest.mark.parametrize(("column", "quota", "scale"), [("power", "0.6", 0.1), ("votes", "6", 1)])
def test_a_plain_list_of_actors_with_power_or_votes(plain: Path, column: str, quota: str, scale: float) -> None:
    (plain / "power.csv").unlink()
    rows = "".join(f"{name},{weight * scale:g}\n" for name, weight in (("a", 4), ("b", 3), ("c", 3), ("d", 1)))
    (plain / "nodes.csv").write_text(f"Name,{column}\n{rows}", encoding="utf-8")
    found = json.loads(kg("coalition", "--quota", quota, "--format", "json", data=plain).stdout)

    assert [["b", "c"], ["a", "c"]] == found["coalitions"]


def test_votes_of_a_plain_list_are_not_doubted(plain: Path) -> None:
    """By hand: a has a majority alone; only doubts about votes could change who carries it, the dearest tension apart."""
    (plain / "power.csv").unlink()
    (plain / "nodes.csv").write_text("Name,votes\na,60\nb,20\nc,20\nd,1\n", encoding="utf-8")
    found = json.loads(kg("coalition", "--robust", "40", "--format", "json", data=plain).stdout)
    shares = {row["question"]: row["share"] for row in found["tables"]["robustness"]}

    assert [share for question, share in shares.items() if "tension" not in question] == [1.0, 1.0, 1.0]


def test_an_actor_named_by_also_brings_its_tension_to_the_table() -> None:
    """Bolivia: neither side's position on family farming is stated, so the tension between them shows once both may be in."""
    named = ("--also", "farmers-unions-bo", "--also", "indigenous-organizations-bo", "--unknown-power", "0.5")
    found = json.loads(
        kg("coalition", "--country", "bo", "--issue", "family-farming", *named, "--format", "json", data=None).stdout
    )

    assert [(0.5, ["r-tension-indigenous-organizations-farmers-unions-bo"])] == [
        (row["price"], row["ties"]) for row in found["tables"]["tensions"]
    ]


def test_interest_in_the_issue_of_a_law_says_who_is_interested_but_weak() -> None:
    """By hand, from tests/world: the law is on land, in which the Front has an interest of at least 0.8, with a power of at most 0.4.
    Interest makes nobody a candidate there: the Union, which has some, is none."""
    found = json.loads(kg("coalition", "--instrument", "ley-tierra", "--format", "json").stdout)

    assert ["Peasant Front (FC)"] == [row["actor"] for row in found["tables"]["lifts"]]
    assert "uca" not in {row["id"] for row in found["tables"]["candidates"]}


@pytest.mark.parametrize("bad", ["-2", "1/3", "x"])
def test_a_cell_of_votes_that_is_no_amount_is_named(bad: str, tmp_path: Path) -> None:
    path = tmp_path / "council.csv"
    path.write_text(f"actor,votes\nA,4\nB,{bad}\nC,3\n", encoding="utf-8")
    result = kg("coalition", data=path)

    assert (2, "") == (result.exit_code, result.stdout)
    assert f"council.csv:3 (votes): '{bad}' is no amount of power or votes; write it as 12 or 12.5" in result.stderr


def test_votes_may_have_a_decimal_comma(tmp_path: Path) -> None:
    """By hand: more than half of 10.5 + 3.2 + 4 = 17.7 is 8.9 in tenths, which A has alone."""
    path = tmp_path / "council.csv"
    path.write_text("actor;votes\nA;10,5\nB;3,2\nC;4\n", encoding="utf-8")

    assert "8.9 of 17.7" in kg("coalition", data=path).stdout
