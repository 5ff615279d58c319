"""`kg what-if`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import kg


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    """By hand: a, b, c are friends, d, e too; of the rest only c - e is for each other."""
    path = tmp_path / "edges.csv"
    path.write_text("source,target,sign\na,b,1\nb,c,1\na,c,1\nd,e,1\na,d,-1\nb,e,-1\nc,d,-1\nc,e,1\n", encoding="utf-8")
    return path


def values(found: dict[str, object], analysis: str, question: str) -> object:
    rows = found["answers"]
    return next(r["values"] for r in rows if (r["analysis"], r["question"]) == (analysis, question))  # type: ignore[attr-defined]  # a list, from JSON


def test_what_a_lost_tie_changes_in_every_analysis(edges: Path) -> None:
    """Without c - e nothing contradicts the two camps."""
    found = json.loads(kg("what-if", "--change", "remove: c, e", "--format", "json", data=edges).stdout)

    assert [1.0, 0.0] == values(found, "camps", "contradicting")
    assert "broker" in {row["question"] for row in found["answers"]}


def test_changes_without_a_file_are_told_as_they_were_written(edges: Path) -> None:
    result = kg("what-if", "--change", "remove: c, e", "--change", "add: c, alliance, d", data=edges)

    assert result.stdout.startswith("Scenario: remove: c, e; add: c, alliance, d.\n")
    assert "As changed" in result.stdout
    assert "--change" not in result.stdout


def test_no_scenario_has_the_name_of_the_changes_beside_it(edges: Path, tmp_path: Path) -> None:
    (tmp_path / "changed.csv").write_text("do,actor,type,other\nadd,a,tension,b\n", encoding="utf-8")
    result = kg("what-if", tmp_path / "changed.csv", "--change", "remove: c, e", data=edges)

    assert "two scenarios are called 'changed'; give each a name of its own" in result.stderr


def test_scenarios_of_files_are_told_and_compared_with_each_other(edges: Path, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(
        'name = "apart"\n[[change]]\ndo = "remove"\nactor = "c"\nother = "e"\n', encoding="utf-8"
    )
    (tmp_path / "y.csv").write_text("do,actor,type,other\nadd,a,tension,b\n", encoding="utf-8")
    result = kg("what-if", tmp_path / "x.toml", tmp_path / "y.csv", data=edges)

    assert (0, "") == (result.exit_code, result.stderr)
    assert "Ties that contradict the best split into camps: 1 today, 0 then." in result.stdout
    assert "Scenario y: add: a, tension, b." in result.stdout
    assert "The scenarios differ among each other" in result.stdout


def test_settling_a_tension_of_categories_settles_what_their_members_inherit() -> None:
    """Bolivia: as told of categories, the unions and the indigenous organisations are in tension; their members inherit it."""
    asked = ("what-if", "--country", "bo", "--change", "settle: indigenous-organizations-bo, farmers-unions-bo")
    found = json.loads(kg(*asked, "--format", "json", data=None).stdout)

    assert [1.0, 0.0] == values(found, "camps", "contradicting")


def test_coalitions_and_feasibility_are_about_the_issue_named() -> None:
    asked = ("what-if", "--country", "pe", "--issue", "family-farming", "--format", "json")
    found = json.loads(kg(*asked, "--change", "position: local-authorities-pe, support", data=None).stdout)

    assert [3.5, 4.25] == values(found, "coalition", "strongest")
    assert [22.0, 26.0] == values(found, "feasibility", "high")


def test_coalitions_of_everybody_where_only_votes_are_known(tmp_path: Path) -> None:
    """By hand: 9 of 17 win. Settled, ABC, ABE, ABF, ACD, ACE, ACF, BCE, BCF, ADEF and CDEF win; today those without A and C."""
    folder = tmp_path / "council"
    folder.mkdir()
    (folder / "nodes.csv").write_text("label,votes\nA,4\nB,4\nC,4\nD,2\nE,2\nF,1\n", encoding="utf-8")
    (folder / "edges.csv").write_text("source,target,sign\nA,C,-1\nB,D,-1\nE,F,1\n", encoding="utf-8")
    found = json.loads(kg("what-if", "--change", "settle: A, C", "--format", "json", data=folder).stdout)

    assert [6.0, 10.0] == values(found, "coalition", "coalitions")
    assert [11.0, 15.0] == values(found, "coalition", "strongest")
    assert any("Coalitions here are of everybody" in remark for remark in found["remarks"])


def test_a_quota_is_of_coalitions_of_everybody_and_of_voting_power(tmp_path: Path) -> None:
    """The EEC of 1958: 12 of 17 win in four ways, Germany has 7/30 of the power and Luxembourg none.

    With 9 votes Germany wins with France, Italy, or two of the three others; the other way is France, Italy, Belgium, Netherlands.
    """
    votes = tmp_path / "council.csv"
    votes.write_text("actor,votes\nGermany,4\nFrance,4\nItaly,4\nBelgium,2\nNetherlands,2\nLuxembourg,1\n", encoding="utf-8")
    arguments = ("what-if", "--change", "power: Germany, 9", "--quota", "12", "--format", "json")
    found = json.loads(kg(*arguments, data=votes).stdout)
    power = {row["actor"]: row for row in found["tables"]["actors"] if row["index"] == "Shapley-Shubik"}

    assert [4.0, 6.0] == values(found, "coalition", "coalitions")
    assert power["Luxembourg"]["today"] == 0
    assert power["Germany"]["today"] == pytest.approx(7 / 30)


def test_who_changes_camp_is_named_and_other_camps_are_left_out(edges: Path) -> None:
    """By hand: c, at odds with its friends and tied to e alone, stands with d and e. Another pair, x and y, is as it was."""
    edges.write_text(edges.read_text(encoding="utf-8").replace("c,d,-1\n", "x,y,1\n"), encoding="utf-8")
    changes = [f"--change={change}" for change in ("remove: a, c", "remove: b, c", "add: a, tension, c")]
    result = kg("what-if", *changes, data=edges)
    found = json.loads(kg("what-if", *changes, "--format", "json", data=edges).stdout)
    told = {row["question"]: row for row in found["tables"]["differences"]}
    whole = {row["question"]: row for row in found["tables"]["answers"]}

    assert "No longer in the camp of those it stands with today: c." in result.stdout
    assert ("a, b and c | d and e", "a and b | c, d and e") == (told["camps"]["today"], told["camps"]["changed"])
    assert "a, b and c | d and e | x and y" == whole["camps"]["today"]


def test_indices_that_differ_are_told_where_no_answer_does(tmp_path: Path) -> None:
    """By hand: two pairs of friends with two tensions across. One settled, the other still parts them, and who had it has none."""
    path = tmp_path / "pairs.csv"
    path.write_text("source,target,sign\na,b,1\nc,d,1\na,c,-1\nb,d,-1\n", encoding="utf-8")
    result = kg("what-if", "--change", "settle: a, c", data=path)
    rows = json.loads(kg("what-if", "--change", "settle: a, c", "--format", "json", data=path).stdout)["tables"]["indices"]

    assert "As changed, no answer of an analysis differs; indices of 2 actors do." in result.stdout
    assert [("a", "Opponents", 1, 0), ("c", "Opponents", 1, 0)] == [
        (row["id"], row["index"], row["today"], row["changed"]) for row in rows
    ]


def test_every_index_is_compared_and_a_merger_told_with_its_arrow(tmp_path: Path) -> None:
    """By hand: a path a - b - c - d becomes a triangle without its middle; nobody stands between others any more."""
    path = tmp_path / "path.csv"
    path.write_text("source,target,sign\na,b,1\nb,c,1\nc,d,-1\nd,a,-1\nb,d,-1\n", encoding="utf-8")
    result = kg("what-if", "--change", "merge: a, c -> e", "--format", "json", data=path)
    found = json.loads(result.stdout)
    told = {(row["id"], row["index"]): (row["today"], row["changed"]) for row in found["tables"]["indices"]}

    assert found["sentences"][0] == "Scenario: merge: a, c -> e."
    assert {"Degree", "Closeness", "PageRank", "Core", "Eigenvector", "Constraint", "Effective size"} <= {i for _, i in told}
    assert told["b", "Brokerage without tension"] == (2, 0)
    assert told["b", "Effective size"] == (2, 1)
    assert values(found, "camps", "balanced") == [1.0, 1.0]


def test_what_equally_good_splits_leave_open_is_no_camp(tmp_path: Path) -> None:
    """By hand: the circle a, b, c, d with one tie against splits in four ways that one tie contradicts each. Only d and e stand
    together in all of them; once e is gone no two do, and nobody's place is decided."""
    path = tmp_path / "circle.csv"
    path.write_text("source,target,sign\na,b,1\nb,c,1\nc,d,1\nd,a,-1\nd,e,1\n", encoding="utf-8")
    found = json.loads(kg("what-if", "--change", "leave: e", "--format", "json", data=path).stdout)

    assert [[["d", "e"]], "open"] == values(found, "camps", "division")
    assert [["a", "b", "c"], ["a", "b", "c", "d"]] == values(found, "camps", "changing")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no scenario"),
        (["missing.toml"], "missing.toml: cannot be read"),
        (["--change", "settle: a, nobody"], "--change 'nobody': there is no actor of that name"),
        (["--change", "add: a, love, b"], "there is no such relation"),
        (["--change", "position: a, mars, support"], "there is no issue or instrument of that name"),
        (["--change", "settle: a, b"], "changes nothing"),
        (["--change", "merge: a, b -> x", "--change", "leave: a"], "an earlier change of the scenario took it away"),
    ],
)
def test_bad_input_is_one_line(edges: Path, arguments: list[str], message: str) -> None:
    result = kg("what-if", *arguments, data=edges)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr
    assert 1 == result.stderr.count("\n")
