"""Coalitions of a case: who is a candidate, what wins, and against brute force."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise
from random import Random

import pytest

from kg.analysis.cases.coalition_study import Wishes, study_coalitions
from kg.analysis.cases.model import Actor, Assessment, Case, CaseTie, Involvement, Position
from kg.analysis.cases.standpoints import standpoints
from kg.errors import AnalysisError, InputError


def power(**given: float | tuple[float, float]) -> tuple[Assessment, ...]:
    return tuple(
        Assessment(f"s-{a}", a, "power", value if isinstance(value, tuple) else (value, value)) for a, value in given.items()
    )


def case(actors: str, tensions: str = "", **weights: float | tuple[float, float]) -> Case:
    """Actors as letters, tensions as pairs of letters."""
    ties = tuple(CaseTie(f"t-{pair}", pair[0], pair[1], "tension", -1) for pair in tensions.split())
    return Case(tuple(map(Actor, actors)), ties=ties, assessments=power(**weights))


class TestStandpoints:
    """By hand."""

    SHOWN = Case(
        tuple(map(Actor, "abcdef")),
        positions=(
            Position("p1", "a", "law", sign=1, interval=(0, 4)),
            Position("p2", "b", "law", sign=-1, interval=(-4, -3)),
            Position("p3", "c", "law", sign=1, interval=(3, 4)),
            Position("p4", "f", "law", sign=None),
        ),
        involvements=(
            Involvement("i1", "c", "law", "blocking", -1),
            Involvement("i2", "d", "law", "addresses", 0),
            Involvement("i3", "e", "other", "support", 1),
        ),
    )

    def test_a_position_or_a_relation_takes_a_side_and_attention_shows_interest(self) -> None:
        found = {actor: s.side for actor, s in standpoints(self.SHOWN, ["law"]).items()}

        assert {"a": "for", "b": "against", "c": "divided", "d": "interested"} == found

    def test_the_interval_holds_everything_that_was_said(self) -> None:
        found = standpoints(self.SHOWN, ["law"])

        assert [(0, 4), (-4, -3), (-4, 4), None] == [found[a].interval for a in "abcd"]

    def test_interest_above_the_middle_makes_interested(self) -> None:
        items = (Assessment("s1", "a", "interest", (0.5, 1)), Assessment("s2", "b", "interest", (0.2, 1)))
        found = standpoints(Case((Actor("a"), Actor("b")), assessments=items))

        assert {"a": "interested"} == {actor: s.side for actor, s in found.items()}


def test_the_worked_example() -> None:
    """By hand, as in the docstring of `kg.analysis.coalitions`."""
    found = study_coalitions(case("abcd", "ab", a=4, b=3, c=3, d=1), None, Wishes(quota="6"))

    assert [("b", "c"), ("a", "c")] == [bloc.members for bloc in found.blocs]
    assert ({"c"}, {"d"}) == (found.found.always, found.found.never)
    assert [("a", "b", 3.0, ("t-ab",))] == [(t.actor, t.other, t.price, tuple(x.id for x in t.ties)) for t in found.tensions]
    assert [("a",), ("b",)] == [bloc.opposed for bloc in found.blocs]


def test_brute_force_on_small_cases() -> None:
    random = Random(3)
    for _ in range(30):
        names = "abcdefg"[: random.randint(2, 7)]
        weights = {a: float(random.randint(1, 5)) for a in names}
        pairs = [a + b for a, b in combinations(names, 2) if random.random() < 0.3]
        quota = random.randint(1, int(sum(weights.values())))
        found = study_coalitions(case(names, " ".join(pairs), **weights), None, Wishes(quota=f"{quota}"))
        free = [
            set(s)
            for n in range(1, len(names) + 1)
            for s in combinations(names, n)
            if sum(weights[a] for a in s) >= quota and not any(set(p) <= set(s) for p in pairs)
        ]
        minimal = {tuple(sorted(s)) for s in free if not any(other < s for other in free)}

        assert minimal == {bloc.members for bloc in found.blocs}
        assert sorted(b.power for b in found.blocs) == [b.power for b in found.blocs]


def test_without_a_quota_more_than_half_wins() -> None:
    found = study_coalitions(case("abc", a=2, b=1, c=1), None)

    assert (Fraction(3), Fraction(4), False) == (found.quota, found.total, found.quota_given)


def test_opponents_are_outweighed_not_counted_in() -> None:
    """By hand: for 0.4 and 0.3, against 0.5, so more than 0.6 of 1.2."""
    given = Case(
        tuple(map(Actor, "abc")),
        positions=tuple(Position(f"p{a}", a, "law", sign=s) for a, s in zip("abc", (1, 1, -1), strict=True)),
        assessments=power(a=0.4, b=0.3, c=0.5),
    )
    found = study_coalitions(given, standpoints(given, ["law"]))

    assert (("a", "b"), ("c",)) == (found.candidates, found.opponents)
    assert [("a", "b")] == [bloc.members for bloc in found.blocs]
    assert (0.7, 0.7) == found.blocs[0].interval


def test_a_coalition_is_certain_only_when_its_least_beats_the_most_of_the_rest() -> None:
    sure = study_coalitions(case("abc", a=(0.6, 1), b=(0.5, 1), c=(0, 0.5)), None)
    unsure = study_coalitions(case("abc", a=(0.2, 1), b=(0.2, 1), c=(0, 0.5)), None)

    assert [True] == [bloc.certain for bloc in sure.blocs if bloc.members == ("a", "b")]
    assert [False] * len(unsure.blocs) == [bloc.certain for bloc in unsure.blocs]


def test_unknown_power_is_not_made_up() -> None:
    found = study_coalitions(case("abc", a=1, b=1), None)

    assert (("a", "b"), ("c",)) == (found.candidates, found.unknown)


def test_unknown_power_can_be_guessed() -> None:
    found = study_coalitions(case("abc", a=1, b=1), None, Wishes(unknown=4))

    assert [("c",)] == [bloc.members for bloc in found.blocs]


def test_a_category_stands_back_for_its_members_unless_it_is_required() -> None:
    members = tuple(CaseTie(f"m{a}", a, "k", "belongs-to-category", classifies=True) for a in "ab")
    given = Case(tuple(map(Actor, "abk")), ties=members, assessments=power(a=1, b=1, k=1))

    assert {"k": ("a", "b")} == study_coalitions(given, None).replaced
    assert ("k",) == study_coalitions(given, None, Wishes(required=["k"])).candidates


def test_what_a_weak_but_interested_actor_gains() -> None:
    """Shapley-Shubik by hand: of (2, 1, 1) with quota 3 a weight of 1 has 1/6. With the bloc {a, b} kept together, b decides
    in one of four orders (c a b, c b a, a b c, b a c): 1/4."""
    interested = (Assessment("i-b", "b", "interest", (0.6, 1)),)
    given = Case(
        tuple(map(Actor, "abc")),
        positions=tuple(Position(f"p{a}", a, "law", sign=1) for a in "abc"),
        assessments=(*power(a=0.8, b=0.4, c=0.4), *interested),
        ties=(CaseTie("t", "a", "c", "tension", -1),),
    )
    found = study_coalitions(given, standpoints(given))

    assert [("b", ("a", "b"), Fraction(1, 6))] == [(lift.actor, lift.bloc, lift.alone) for lift in found.lifts]
    assert Fraction(1, 4) == found.lifts[0].inside


def test_connected_members_are_linked() -> None:
    chain = tuple(CaseTie(a + b, a, b, "alliance", 1) for a, b in pairwise("abc"))
    given = Case(tuple(map(Actor, "abc")), ties=chain, assessments=power(a=2, b=0.5, c=2))

    assert [("a", "c")] == [b.members for b in study_coalitions(given, None, Wishes(quota="4")).blocs]
    assert [("a", "b", "c")] == [b.members for b in study_coalitions(given, None, Wishes(quota="4", connected=True)).blocs]


def test_out_of_reach_without_a_given_quota_still_tells_the_strongest() -> None:
    given = Case(
        tuple(map(Actor, "abc")),
        positions=tuple(Position(f"p{a}", a, "law", sign=s) for a, s in zip("abc", (1, 1, -1), strict=True)),
        ties=(CaseTie("t", "a", "b", "tension", -1),),
        assessments=power(a=0.2, b=0.3, c=0.9),
    )
    found = study_coalitions(given, standpoints(given))

    assert ((), {"b"}, (0.9, 0.9)) == (found.blocs, found.found.strongest, found.resistance)
    assert 0.2 == found.tensions[0].price


def test_the_order_of_the_input_does_not_matter() -> None:
    given = case("abcd", "ab cd", a=4, b=3, c=3, d=2)
    turned = Case(given.actors[::-1], ties=given.ties[::-1], assessments=given.assessments[::-1])

    assert study_coalitions(given, None).blocs == study_coalitions(turned, None).blocs


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        (Wishes(required=["a"], excluded=["a"]), "also asked to stay out"),
        (Wishes(required=["c"]), "its power is not known"),
        (Wishes(unknown=-1), "power is a number, 0 or more"),
        (Wishes(quota="many"), "neither a number above 0 nor a share"),
        (Wishes(end="most"), "no such end"),
    ],
)
def test_wishes_that_make_no_sense(wishes: Wishes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        study_coalitions(case("abc", a=1, b=1), None, wishes)


def test_nobody_to_count_is_said() -> None:
    with pytest.raises(AnalysisError, match=r"no candidate's power is known \(2 of them\)"):
        study_coalitions(case("ab"), None)
    with pytest.raises(AnalysisError, match="nobody is known to be for the matter"):
        study_coalitions(case("ab", a=1), {})


def test_an_opponent_cannot_be_asked_in() -> None:
    given = Case((Actor("a"),), positions=(Position("p", "a", "law", sign=-1),), assessments=power(a=1))

    with pytest.raises(InputError, match=r"it stands against \(p\)"):
        study_coalitions(given, standpoints(given), Wishes(required=["a"]))


def test_who_may_also_be_in_is_a_candidate_without_being_needed() -> None:
    given = Case(tuple(map(Actor, "ab")), positions=(Position("p", "a", "law", sign=1),), assessments=power(a=2, b=1))
    found = study_coalitions(given, standpoints(given), Wishes(also=["b"]))

    assert (("a", "b"), [("a",)]) == (found.candidates, [bloc.members for bloc in found.blocs])
