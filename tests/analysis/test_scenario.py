"""Scenarios: read from files and lines, carried out on a copy, and what they do to feasibility. Expected values by hand."""

from __future__ import annotations

import json
import signal
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.analysis.cases import brokering, indices
from kg.analysis.cases.answers import Asked
from kg.analysis.cases.changing import change_case
from kg.analysis.cases.codings import case_with, codings
from kg.analysis.cases.comparing import compare
from kg.analysis.cases.feasible import study_feasibility
from kg.analysis.cases.given_power import with_power
from kg.analysis.cases.model import Actor, Assessment, Case, CaseTie, Position
from kg.analysis.cases.scenario import Scenario, read_change, read_scenario
from kg.analysis.cases.splits import split_case
from kg.analysis.partition.clock import StopSearch
from kg.errors import InputError

CASE = Case(
    tuple(map(Actor, "abc")),
    ties=(
        CaseTie("ab", "a", "b", "tension", -1),
        CaseTie("ba~1", "b", "a", "tension", -1, premise="x"),
        CaseTie("bc", "b", "c", "alliance", 1),
    ),
    positions=(Position("p1", "a", "law", "support", 1, (0, 4)), Position("p2", "b", "law", "oppose", -1, (-4, 0))),
    assessments=(Assessment("s1", "a", "power", (0.5, 1)), Assessment("s2", "b", "power", (0.2, 0.4))),
)


class Plain:
    """Names mean themselves."""

    def actor(self, name: str, where: str) -> str:
        raise AssertionError((name, where))

    def matter(self, name: str, where: str) -> tuple[str, str]:
        del where
        return name, name

    def stance(self, word: str, where: str) -> tuple[str, int | None, tuple[float, float] | None]:
        del where
        return word, 1, (0.0, 4.0)

    def relation(self, word: str, where: str) -> tuple[str, int, bool]:
        del where
        return word, 1, False


def after(*lines: str, case: Case = CASE) -> Case:
    return change_case(case, Scenario("s", tuple(read_change(line, "line", "law") for line in lines)), Plain())


def ties(case: Case) -> list[str]:
    return [tie.id for tie in case.ties]


def test_settling_takes_away_every_tie_against_between_the_two() -> None:
    assert ["bc"] == ties(after("settle: b, a"))


def test_removing_takes_away_every_tie_between_the_two() -> None:
    assert ["ab", "ba~1"] == ties(after("remove: c, b"))


def test_adding_adds_a_tie_of_that_type() -> None:
    new = after("add: a, alliance, c").tie("scenario-1")

    assert ("a", "c", "alliance", 1, "assumed") == (new.source, new.target, new.type, new.sign, new.status)


@pytest.mark.parametrize(
    ("stance", "sign", "interval"),
    [
        ("support", 1, (0, 4)),
        ("-2", -1, (-2, -2)),
        ("1..3", 1, (1, 3)),
        ("0", 0, (0, 0)),
        ("-1..1", 0, (-1, 1)),
        ("0..2", 1, (0, 2)),
    ],
)
def test_a_position_is_replaced(stance: str, sign: int, interval: tuple[float, float]) -> None:
    found = [p for p in after(f"position: b, {stance}").positions if p.actor == "b"]

    assert [(sign, interval)] == [(p.sign, p.interval) for p in found]


def test_power_is_replaced() -> None:
    assert {"a": (0.1, 0.2), "b": (0.2, 0.4)} == after("power: a, 0.1..0.2").power()


def test_votes_stay_votes() -> None:
    """By hand: a has 4 votes and b 2; power beside them would be all that counts, and b would weigh nothing."""
    votes = replace(CASE, assessments=tuple(Assessment(f"v{key}", key, "votes", (n, n)) for key, n in (("a", 4), ("b", 2))))
    changed = change_case(votes, Scenario("s", (read_change("power: a, 8", "line"),)), Plain())

    assert {"a": (8, 8), "b": (2, 2)} == changed.power() == with_power(votes, {"a": (8, 8)}).power()
    assert {"a": (3, 3), "b": (2, 2)} == case_with(votes, {"power a": 3.0}).power()
    assert {(0, 4)} == {coding.scale for coding in codings(votes, "power") if coding.kind == "power"}


def test_a_merger_has_the_ties_and_the_power_of_all_and_no_tie_with_itself() -> None:
    found = after("merge: a, b -> ab")

    assert (["ab", "c"], ["bc"]) == ([a.id for a in found.actors], ties(found))
    assert {"ab": pytest.approx((0.7, 1.4))} == found.power()
    assert {"ab"} == {p.actor for p in found.positions}


def test_a_split_shares_power_and_doubles_ties() -> None:
    found = after("split: b -> x, y")

    assert {"a": (0.5, 1), "x": (0.1, 0.2), "y": (0.1, 0.2)} == found.power()
    assert ["ab~x", "ab~y", "ba~1~x", "ba~1~y", "bc~x", "bc~y"] == ties(found)


def test_who_leaves_takes_its_ties_along() -> None:
    assert ["ab", "ba~1"] == ties(after("leave: c"))


def test_later_changes_know_whom_earlier_ones_made() -> None:
    assert (0.9, 0.9) == after("merge: a, b -> Both", "power: Both, 0.9").power()["Both"]


def test_the_case_itself_stays_as_it_is() -> None:
    before = repr(CASE)
    after("settle: a, b", "leave: c")

    assert before == repr(CASE)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("settle a, b", "no change begins so"),
        ("forget: a, b", "no change begins so"),
        ("settle: a", "settle takes actor and other"),
        ("settle: a, c", "changes nothing: among the facts used no tie against stands between the two"),
        ("settle: a, a", "names one actor twice"),
        ("power: a, much", "neither a number nor an interval"),
        ("power: a, 2..1", "is no interval from 0 to 1; the low end comes first"),
        ("power: a, 7", "is no interval from 0 to 1"),
        ("position: a, 9", "is no interval from -4 to 4"),
        ("merge: a -> x", "name at least two"),
        ("merge: a, b -> c", "there is an actor 'c' already"),
        ("split: a -> x", "at least two different parts"),
    ],
)
def test_a_change_that_cannot_be_made_is_one_line(line: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        after(line)

    assert "\n" not in str(caught.value)


CHANGES = [{"do": "settle", "actor": "a", "other": "b"}, {"do": "merge", "actors": ["b", "c"], "into": "bc"}]
FILES = {
    "s.toml": 'name = "peace"\n[[change]]\ndo = "settle"\nactor = "a"\nother = "b"\n'
    '[[change]]\ndo = "merge"\nactors = ["b", "c"]\ninto = "bc"\n',
    "s.json": json.dumps({"name": "peace", "change": CHANGES}),
    "peace.csv": "do,actor,other,actors,into\nsettle,a,b,,\nmerge,,,b; c,bc\n",
}


@pytest.mark.parametrize("name", FILES)
def test_a_scenario_reads_alike_from_every_format(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    found = read_scenario(tmp_path / name)

    assert ("peace", ["settle: a, b", "merge: b, c -> bc"]) == (found.name, [str(c) for c in found.changes])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("s.toml", "name = ", "not valid TOML"),
        ("s.json", "[]", "a scenario is a table"),
        ("s.toml", 'title = "x"', "'title' means nothing here"),
        ("s.toml", 'name = "x"', "holds no change"),
        ("s.toml", '[[change]]\nsettle = ["a", "b"]', 's.toml change 1: do is missing; write do = "settle"'),
        ("s.toml", '[[change]]\ndo = "setle"', "s.toml change 1: do is 'setle'; did you mean 'settle'"),
        ("s.toml", '[[change]]\ndo = "settle"\nactor = "a"', "settle needs 'other'"),
        ("s.toml", '[[change]]\ndo = "leave"\nactor = "a"\nother = "b"', "leave has no 'other'"),
        ("s.csv", "do,whom\nleave,a\n", "'whom' is no column"),
        ("s.csv", "do,actor,other\nsettle,a,\n", "s.csv:2: settle needs 'other'"),
    ],
)
def test_a_scenario_that_cannot_be_used_is_one_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_scenario(tmp_path / name)

    assert "\n" not in str(caught.value)


class TestFeasibility:
    """a is for, 0 to 4 times 0.5 to 1; b is against, -4 to 0 times 0.2 to 0.4."""

    def test_sums_by_side_with_their_intervals(self) -> None:
        found = study_feasibility(CASE, ["law"]).support

        assert found is not None
        assert ((0.0, 4.0), (-1.6, 0.0), (-1.6, 4.0)) == (found.supporters, found.opponents, found.total)

    def test_a_strategy_that_wins_the_opponent(self) -> None:
        found = study_feasibility(after("position: b, 1..2", "position: a, 2"), ["law"])

        assert found.support is not None
        assert ((1.2, 2.8), 1) == (found.support.total, found.sign)

    def test_unknown_power_is_named_and_only_widens_the_widest_total(self) -> None:
        found = study_feasibility(after("position: c, -1"), ["law"])

        assert found.support is not None
        assert (("c",), (-1.6, 4.0), (-2.6, 4.0)) == (found.unknown, found.support.total, found.widest)

    def test_unknown_votes_may_be_as_many_as_anybody_has(self) -> None:
        """By hand: a is for it with 4 votes, c against it with -1, and could have as many."""
        votes = replace(after("position: c, -1", "leave: b"), assessments=(Assessment("v", "a", "votes", (4, 4)),))
        found = study_feasibility(votes, ["law"])

        assert (4, (-4, 16)) == (found.most, found.widest)


@pytest.mark.parametrize(("calls", "cut"), [(0, {"brokers", "power"}), (1, {"power"})])
def test_ctrl_c_leaves_out_what_was_not_computed_everywhere(
    calls: int, cut: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of two cases counts indices once, after brokers; Ctrl-C in either cuts that one off at once, as in a loop of networkx, and
    neither column shows power, nor brokers where the second case had none yet. Camps stay: one tie against two camps, none then."""
    count, after = indices.index_case, iter(range(calls))
    finished: list[bool] = []

    def pressed(case: Case, **options: str) -> indices.Indices:
        pressing = next(after, None) is None
        if pressing:
            signal.raise_signal(signal.SIGINT)
            finished.append(True)
        return count(case, **options)

    monkeypatch.setattr(indices, "index_case", pressed)
    ties = tuple(CaseTie(a + b, a, b, sign=sign) for a, b, sign in (("a", "b", 1), ("b", "c", 1), ("a", "c", -1)))
    given = Case(tuple(map(Actor, "abc")), ties=ties)
    found = compare(given, [Scenario("alone", (read_change("leave: c", "test"),))], Plain(), Asked())

    assert [] == finished
    assert ("interrupted", cut) == (found.stopped, set(found.cut))
    assert [{}, {}] == list(found.indices)
    assert (not cut & {"brokers"}) == all(("brokers", "broker") in row for row in found.found)
    assert "power" not in {analysis for row in found.found for analysis, _ in row}
    assert [1.0, 0.0] == [row["camps", "contradicting"] for row in found.found]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_in_the_search_for_camps_of_brokers_leaves_brokers_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """That search ends with the best camps so far, which would be no camps to tell brokers by."""
    search = split_case
    finished: list[bool] = []

    def pressed(case: Case, **options: Any) -> Any:
        with suppress(StopSearch):
            signal.raise_signal(signal.SIGINT)
        finished.append(True)
        return search(case, **options)

    monkeypatch.setattr(brokering, "split_case", pressed)
    ties = tuple(CaseTie(a + b, a, b, sign=sign) for a, b, sign in (("a", "b", 1), ("b", "c", 1), ("a", "c", -1)))
    given = Case(tuple(map(Actor, "abc")), ties=ties)
    found = compare(given, [Scenario("alone", (read_change("leave: c", "test"),))], Plain(), Asked())

    assert ([], "interrupted", frozenset({"brokers", "power"})) == (finished, found.stopped, found.cut)


def test_a_scenario_counts_indices_and_brokers_once_per_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cases: one call each for the short answers and the table of all actors together. By hand: b alone stands between a and c."""
    counted: list[str] = []
    for module, name in ((indices, "index_case"), (brokering, "broker_case")):
        count = getattr(module, name)

        def counting(*case: Case, count: Any = count, name: str = name, **options: Any) -> Any:
            counted.append(name)
            return count(*case, **options)

        monkeypatch.setattr(module, name, counting)
    given = Case(tuple(map(Actor, "abc")), ties=tuple(CaseTie(a + b, a, b, sign=1) for a, b in ("ab", "bc")))
    found = compare(given, [Scenario("joined", (read_change("add: a, alliance, c", "test"),))], Plain(), Asked())

    assert ["broker_case", "index_case"] * 2 == counted
    assert [("b",), ()] == [row["brokers", "broker"] for row in found.found]
    assert [2.0, 0.0] == [row["b", "clear"] for row in found.indices]
