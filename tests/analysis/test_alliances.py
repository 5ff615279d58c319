"""Allies of an actor: likeness of positions, ranks, obstacles, introductions. Expected values by hand."""

from __future__ import annotations

import pytest

from kg.analysis.cases.alliances import Known, leanings, likeness, study_allies
from kg.analysis.cases.ally_report import report_allies
from kg.analysis.cases.model import Actor, Case, CaseTie, Position
from kg.errors import InputError

WANTS = {
    "a": {"land": 4, "water": 2, "tax": -1},
    "b": {"land": 2, "water": 4},
    "c": {"land": -2, "tax": -3},
    "d": {"roads": 4},
}
POSITIONS = tuple(
    Position(f"p-{a}-{on}", a, on, sign=1 if v > 0 else -1, interval=(v, v))
    for a, row in WANTS.items()
    for on, v in row.items()
)


def case(*ties: CaseTie) -> Case:
    return Case(tuple(map(Actor, "abcdefg")), ties=ties, positions=POSITIONS)


def tie(a: str, b: str, sign: int) -> CaseTie:
    return CaseTie(a + b, a, b, sign=sign)


def test_convergence_and_divergence_of_each_order() -> None:
    """MACTOR by hand: a and b share land (mean of 4 and 2) and water (3); a and c share tax (2) and part on land (3)."""
    found = likeness(case(), "a")

    assert ((2.0, 6.0, None), (0.0, 0.0, None)) == (found["b"].convergence, found["b"].divergence)
    assert ((1.0, 2.0, None), (1.0, 3.0, None)) == (found["c"].convergence, found["c"].divergence)
    assert {"b", "c"} == set(found)


def test_congruence_and_conflict_count_matters() -> None:
    found = likeness(case(), "a")

    assert (2, 0, 2) == (found["b"].congruence, found["b"].conflict, found["b"].subtract)
    assert (1, 1, 0) == (found["c"].congruence, found["c"].conflict, found["c"].subtract)
    assert leanings(case(), "a") == {"b": 2, "c": 0}
    assert leanings(case(), "e") == {}


def test_normalisation_by_jaccard() -> None:
    """Stances on matters: a has 3, b has 2, both share 2: 2 of 3."""
    assert pytest.approx(2 / 3) == likeness(case(), "a", "jaccard")["b"].congruence


def test_strength_counts_where_both_take_part_in_influences() -> None:
    """a, b and e push each other in a ring; of five actors with mean 1 each of the three has R* = 5/3. c takes no part."""
    ring = [CaseTie(x + y, x, y, influence=True, directed=True) for x, y in ("ab", "be", "ea")]
    found = likeness(case(*ring), "a")

    assert (10.0, None) == (found["b"].convergence[2], found["c"].convergence[2])


def test_kinds_obstacles_introductions_and_disagreements() -> None:
    """e is an ally; b agrees but is in tension with a; f could be won, is a friend of e, and in tension with the ally g."""
    given = case(tie("a", "b", -1), tie("a", "e", 1), tie("e", "f", 1), tie("g", "f", -1), tie("a", "g", 1))
    known = {"e": Known(ties=("Alliance",)), "g": Known(ties=("Alliance",)), "f": Known(levers=("Common friend",))}
    found = {p.actor: p for p in study_allies(given, "a", known)}

    assert {"e": "ally", "g": "ally", "f": "prospect", "c": "prospect", "b": "opponent"} == {
        a: p.kind for a, p in found.items()
    }
    assert ("tense", "") == (found["b"].flag, found["e"].flag)
    assert (("g",), ("e",)) == (found["f"].obstacles, found["f"].friends)


def test_an_ally_of_other_mind_is_flagged() -> None:
    opposed = Case(
        (Actor("a"), Actor("c")),
        positions=(Position("p1", "a", "law", sign=1), Position("p2", "c", "law", sign=-1)),
    )

    assert ["apart"] == [p.flag for p in study_allies(opposed, "a", {"c": Known(ties=("Alliance",))})]


def test_a_prospect_that_mostly_wants_the_opposite_is_flagged() -> None:
    """a and c agree on one matter and part on two; by the first the question names c as one who could be won."""
    wants = [("x", 1, 1), ("y", 1, -1), ("z", 1, -1)]
    positions = [
        Position(f"{a}{on}", a, on, sign=s) for on, first, second in wants for a, s in (("a", first), ("c", second))
    ]
    mixed = Case((Actor("a"), Actor("c")), positions=tuple(positions))
    (found,) = study_allies(mixed, "a", {"c": Known(levers=("Converging position",))})

    assert ("prospect", "torn") == (found.kind, found.flag)
    told = report_allies(mixed, "a", [found], "none").sentences
    assert "Of those who could become allies, c wants the opposite of a more often than the same." in told


def test_the_closest_come_first_and_those_abroad_last() -> None:
    actors = (Actor("a", countries=("x",)), Actor("b", countries=("y",)), Actor("c", countries=("x",)))
    positions = tuple(
        Position(f"p{a}{on}", a, on, sign=1) for a, on in (("a", "1"), ("a", "2"), ("b", "1"), ("b", "2"), ("c", "1"))
    )

    assert ["c", "b"] == [p.actor for p in study_allies(Case(actors, positions=positions), "a", {})]


def test_an_own_category_is_no_prospect() -> None:
    given = Case(
        (Actor("a"), Actor("k")),
        ties=(CaseTie("m", "a", "k", classifies=True),),
        positions=(Position("p1", "a", "law", sign=1), Position("p2", "k", "law", sign=1)),
    )

    assert [] == study_allies(given, "a", {})


def test_a_normalisation_that_does_not_exist() -> None:
    with pytest.raises(InputError, match="there is no such one; did you mean 'jaccard'"):
        likeness(case(), "a", "jacard")
