"""Conflict-free coalitions: every set tried on small cases, by all three ways of searching, and under bad input."""

from __future__ import annotations

import random
import time
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.analysis import Coalitions, coalitions
from kg.analysis.blocs import finders, listing, strongest
from kg.analysis.blocs.candidates import Candidates
from kg.analysis.partition.clock import Clock
from kg.errors import AnalysisError, InputError, NotFoundError

from .networks import admissible

CALM = settings(max_examples=80, derandomize=True)

TWO = {"a": 1, "b": 1}


class Case(NamedTuple):
    """The arguments of one call."""

    power: dict[str, int]
    tensions: list[tuple[str, str]]
    quota: int
    required: list[str]
    excluded: list[str]
    ties: list[tuple[str, str]] | None

    def solved(self) -> Coalitions:
        return coalitions(
            self.power,
            self.tensions,
            self.quota,
            ties=self.ties,
            required=self.required,
            excluded=self.excluded,
            connected=self.ties is not None,
        )


@st.composite
def decisions(draw: st.DrawFn, linked: bool = False) -> Case:
    names = [f"a{v}" for v in range(draw(st.integers(1, 8)))]
    power = {name: draw(st.integers(0, 6)) for name in names}
    pairs = [(a, b) for a in names for b in names if a < b]
    some = st.lists(st.sampled_from(pairs), unique=True, max_size=10) if pairs else st.just([])
    tensions = draw(some)
    roles = {name: draw(st.sampled_from(["", "", "", "", "", "", "required", "excluded"])) for name in names}
    required = [name for name in names if roles[name] == "required"]
    excluded = [name for name in names if roles[name] == "excluded"]
    assume(not any(a in required and b in required for a, b in tensions))
    whole = sum(power[name] for name in names if name not in excluded)
    assume(whole > 0)
    return Case(power, tensions, draw(st.integers(1, whole)), required, excluded, draw(some) if linked else None)


def gain(case: Case, pair: tuple[str, str]) -> int:
    """What settling a tension gains, by all sets."""

    def most(tensions: list[tuple[str, str]]) -> int:
        sets = admissible(case.power, tensions, case.required, case.excluded, case.ties)
        return max((sum(case.power[name] for name in members) for members in sets), default=0)

    return most([other for other in case.tensions if other != pair]) - most(case.tensions)


def bounded(case: Case, found: Coalitions) -> None:
    """What is told of the prices, all or some of which are proven, against all sets."""
    pairs = [pair for pair in case.tensions if not set(pair) & set(case.excluded)]
    assert set(found.price_bounds) == set(pairs)
    for pair in pairs:
        low, high = found.price_bounds[pair]
        assert low <= gain(case, pair) <= high
        assert found.price_of_tension.get(pair) == (low if low == high else None)
    assert found.proven_parts["prices"] == (len(found.price_of_tension) == len(pairs))
    assert (f"prices proven: {len(found.price_of_tension)} of {len(pairs)} tensions" in " ".join(found.notes)) == (
        not found.proven_parts["prices"]
    )


def check(case: Case) -> None:
    """Everything a result says, against all sets."""
    sets = admissible(case.power, case.tensions, case.required, case.excluded, case.ties)
    worth = {members: sum(case.power[name] for name in members) for members in sets}
    winning = [members for members in sets if worth[members] >= case.quota]
    minimal = [members for members in winning if not any(other < members for other in winning)]
    minimal.sort(key=lambda members: (worth[members], len(members), sorted(members)))
    candidates = set(case.power) - set(case.excluded)

    found = case.solved()

    assert [frozenset(members) for members in found.minimal] == minimal
    assert (found.proven, found.complete) == (True, True)
    assert found.cheapest == (set(minimal[0]) if minimal else None)
    assert found.always == (set.intersection(*map(set, minimal)) if minimal else set())
    assert found.never == candidates.difference(*minimal)
    assert found.strongest_power == max(worth.values(), default=0)
    assert found.alienated == [
        {name for name in candidates - members for a, b in case.tensions if {a, b} & members and name in (a, b)}
        for members in minimal
    ]
    for pair in case.tensions:
        if set(pair) <= candidates:
            price = found.price_of_tension[pair]
            assert (price, price) == (gain(case, pair), gain(case, pair)) == found.price_bounds[pair]


class TestAgainstAllSets:
    @CALM
    @given(decisions())
    def test_free_coalitions(self, case: Case) -> None:
        check(case)

    @CALM
    @given(decisions(linked=True))
    def test_linked_coalitions(self, case: Case) -> None:
        check(case)

    @CALM
    @given(decisions())
    def test_the_cheapest_first_listing_finds_the_same(self, case: Case) -> None:
        """Small cases never come to it otherwise."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finders, "LISTED", 0)
            check(case)

    @CALM
    @given(decisions(), st.booleans())
    def test_levels_list_the_same_by_the_power_left_as_by_the_number(self, case: Case, by_power: bool) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finders, "LISTED", 0)
            patch.setattr(finders, "is_dense", lambda _: False)
            patch.setattr(listing, "_by_power", lambda *_: by_power)
            check(case)

    @CALM
    @given(decisions(), st.booleans(), st.sampled_from([0, 5000]))
    def test_branching_finds_the_same_as_programmes(self, case: Case, dense: bool, listed: int) -> None:
        """Which of the two is used depends on how many tensions there are."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finders, "is_dense", lambda _: dense)
            patch.setattr(finders, "LISTED", listed)
            check(case)

    @CALM
    @given(decisions())
    def test_the_programmes_find_the_same(self, case: Case) -> None:
        """Small cases never come to them otherwise."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finders, "LISTED", 0)
            patch.setattr(finders, "is_dense", lambda _: False)
            patch.setattr(strongest, "SMALL", 0)
            patch.setattr(strongest, "BRANCHES", 0)
            patch.setattr(strongest, "FEW_TENSIONS", 100)
            check(case)

    @CALM
    @given(decisions())
    def test_one_search_finds_the_prices_of_all_tensions(self, case: Case) -> None:
        """As where tensions are many."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(strongest, "FEW_TENSIONS", -1)
            check(case)

    @CALM
    @given(decisions(), st.integers(0, 12), st.sampled_from([-1, 100]))
    def test_a_price_search_that_is_stopped_keeps_what_it_proved_and_bounds_the_rest(
        self, case: Case, steps: int, few: int
    ) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(strongest, "FEW_TENSIONS", few)
            patch.setattr(finders, "GAIN_STEPS", steps)
            patch.setattr(finders, "PRICES_WORK", steps - 10)
            bounded(case, case.solved())

    @CALM
    @given(decisions(linked=True), st.integers(0, 12))
    def test_so_does_one_among_linked_coalitions(self, case: Case, work: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finders, "PRICE_WORK", work)
            bounded(case, case.solved())

    @CALM
    @given(decisions())
    def test_prices_have_bounds_where_the_strongest_coalition_is_not_proven(self, case: Case) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finders.FreeFinder, "strongest", lambda self: (self.candidates.required, False))
            bounded(case, case.solved())

    @CALM
    @given(decisions(), st.integers(1, 3), st.booleans())
    def test_a_cut_list_is_the_beginning_of_the_whole(self, case: Case, cap: int, spared: bool) -> None:
        """Who else is in one is found by leaving out who can be spared of a strong one, or by programmes alone."""
        whole = case.solved()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finders, "LISTED", 0)
            if not spared:
                patch.setattr(finders, "trimmed", lambda *_: 0)
            patch.setattr(finders, "is_dense", lambda _: cap == 2)
            cut = coalitions(case.power, case.tensions, case.quota, required=case.required, excluded=case.excluded, cap=cap)

        assert cut.minimal == whole.minimal[:cap]
        assert (cut.complete, cut.proven) == (len(whole.minimal) <= cap, True)
        assert (cut.always, cut.never, cut.price_of_tension) == (whole.always, whole.never, whole.price_of_tension)

    @CALM
    @given(decisions(linked=True), st.integers(1, 3))
    def test_a_cut_list_of_linked_coalitions_leaves_nothing_else_open(self, case: Case, cap: int) -> None:
        """All were found before the list was cut, so who is always or never in one is known."""
        whole = case.solved()
        cut = coalitions(
            case.power,
            case.tensions,
            case.quota,
            ties=case.ties,
            required=case.required,
            excluded=case.excluded,
            connected=True,
            cap=cap,
        )

        assert cut.minimal == whole.minimal[:cap]
        assert (cut.complete, cut.proven) == (len(whole.minimal) <= cap, True)
        assert (cut.always, cut.never) == (whole.always, whole.never)


class TestOddCycles:
    def test_of_a_ring_of_five_two_sit_together_and_nobody_is_tried_in_and_out(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """By hand: 1 each, half of everybody would be 2.5; with 3 for one of them, it and the stronger of the two far from it."""
        monkeypatch.setattr(strongest, "SMALL", 0)
        monkeypatch.setattr(strongest, "BRANCHES", 0)
        monkeypatch.setattr(strongest, "NODE", 10**9)  # too much for any search
        ring = [(v, (v + 1) % 5) for v in range(5)]

        even, uneven = (coalitions(dict(enumerate(power)), ring, 1) for power in ([1] * 5, [3, 1, 1, 2, 1]))

        assert (2, 5) == (even.strongest_power, uneven.strongest_power)
        assert {0, 3} == uneven.strongest
        assert (True, True) == (even.proven, uneven.proven)


class TestByHand:
    def test_the_price_of_a_tension_is_what_the_strongest_coalition_would_gain(self) -> None:
        """Strongest now a, c, d with 6; settled all four with 8."""
        found = coalitions({"a": 3, "b": 2, "c": 2, "d": 1}, [("a", "b")], 4)

        assert dict(found.price_of_tension) == {("a", "b"): 2}
        assert found.price_of_tension["b", "a"] == 2
        assert (found.strongest, found.strongest_power) == ({"a", "c", "d"}, 6)

    def test_whoever_is_required_is_in_tension_with_the_stronger_ones_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """With a, who has 1, only d can sit, 3 together; settled, b joins them with 5, or c, who is in tension with d, with 6."""
        monkeypatch.setattr(strongest, "FEW_TENSIONS", -1)  # one search for all prices
        tensions = [("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")]
        found = coalitions({"a": 1, "b": 5, "c": 6, "d": 2}, tensions, 3, required="a")

        assert (found.strongest, found.proven) == ({"a", "d"}, True)
        assert found.price_of_tension == {("a", "b"): 5, ("a", "c"): 4, ("b", "c"): 0, ("c", "d"): 0}

    def test_prices_that_are_not_searched_through_are_told_by_bounds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """By hand: a with c has 5. Settled, a with b would have 7, and no other two more than 5, for each has a third against it."""
        monkeypatch.setattr(strongest, "FEW_TENSIONS", -1)
        monkeypatch.setattr(finders, "GAIN_STEPS", 0)
        tensions = [("a", "b"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")]
        found = coalitions({"a": 4, "b": 3, "c": 1, "d": 1}, tensions, 3)

        assert found.price_of_tension == {("a", "d"): 0, ("b", "d"): 0, ("b", "c"): 0, ("c", "d"): 0}
        assert found.price_bounds["b", "a"] == (0, 2)
        assert (found.proven, found.proven_parts["prices"]) == (False, False)
        assert found.notes == ("prices proven: 4 of 5 tensions; `price_bounds` says between what the others lie",)

    def test_when_no_coalition_wins_the_prices_still_say_what_to_settle(self) -> None:
        found = coalitions({"a": 3, "b": 3, "c": 1}, [("a", "b"), ("a", "c"), ("b", "c")], 4)

        assert (found.minimal, found.cheapest, found.always, found.never) == ([], None, set(), {"a", "b", "c"})
        assert found.price_of_tension == {("a", "b"): 3, ("a", "c"): 1, ("b", "c"): 1}
        assert found.notes == ("no coalition without inner conflict reaches the quota",)

    def test_decimals_mean_what_they_say(self) -> None:
        """0.1 + 0.2 reaches 0.3, which binary fractions do not."""
        found = coalitions({"a": 0.1, "b": 0.2, "c": 0.7}, [("a", "c")], 0.3)

        assert found.minimal == [{"a", "b"}, {"c"}]

    def test_somebody_without_power_may_be_the_link(self) -> None:
        links = [("a", "x"), ("x", "b")]
        found = coalitions({"a": 2, "b": 2, "x": 0}, [], 4, ties=links, connected=True)

        assert found.minimal == [{"a", "b", "x"}]
        assert coalitions({"a": 2, "b": 2, "x": 0}, [], 4).minimal == [{"a", "b"}]

    def test_power_may_be_a_list_and_progress_is_told(self) -> None:
        told: list[str] = []
        found = coalitions([4, 3, 3], [(0, 1)], 6, progress=told.append)

        assert [{1, 2}, {0, 2}] == found.minimal
        assert told[0] == "the strongest coalition"
        assert told[-1] == "prices of tensions, 0 of 1 settled"

    def test_numbers_of_numpy_and_tuples_stand_side_by_side(self) -> None:
        """Comparing the two gives an array, which is neither true nor false."""
        a, b = np.int64(1), (1, 2)

        for tensions in ([(a, b)], nx.Graph([(a, b)])):
            found = coalitions({a: 2, b: 1}, tensions, 1)
            assert found.price_of_tension == {(a, b): 1}

    def test_ties_may_be_a_graph(self) -> None:
        found = coalitions({"a": 1, "b": 1}, [], 2, ties=nx.Graph([("a", "b")]), connected=True)

        assert found.minimal == [{"a", "b"}]


class TestSize:
    @pytest.mark.slow
    def test_two_hundred_candidates_are_exact(self) -> None:
        chance = random.Random(5)
        power = {f"a{v:03}": chance.randint(1, 20) for v in range(200)}
        pairs = [(a, b) for a in power for b in power if a < b]
        tensions = chance.sample(pairs, 150)
        quota = sum(power.values()) // 2

        found = coalitions(power, tensions, quota, time_limit=120)

        assert found.proven
        assert len(found.minimal) == 1000
        assert not found.complete
        worth = [sum(power[name] for name in members) for members in found.minimal]
        assert worth == sorted(worth)
        assert worth[0] == quota
        for members, value in zip(found.minimal, worth, strict=True):
            assert not any(a in members and b in members for a, b in tensions)
            assert all(value - power[name] < quota for name in members)

    def test_a_hundred_candidates_half_of_them_in_tension_are_exact(self) -> None:
        chance = random.Random(5)
        power = {f"a{v:03}": chance.randint(1, 100) for v in range(100)}
        tensions = [(a, b) for a in power for b in power if a < b and chance.random() < 0.5]

        found = coalitions(power, tensions, 400, cap=20)

        assert {"list": True, "roles": True, "strongest": True, "prices": True} == found.proven_parts
        assert found.proven
        assert 400 == sum(power[name] for name in found.minimal[0])
        assert len(tensions) == len(found.price_of_tension)

    def test_power_with_many_decimals_leaves_no_price_open(self) -> None:
        """It is counted in units of 0.000000001, too fine for the sum of a fractional coalition."""
        chance = random.Random(5)
        power = {v: chance.random() for v in range(200)}
        tensions = [chance.sample(range(200), 2) for _ in range(300)]

        found = coalitions(power, tensions, 20, cap=1)

        assert (found.proven_parts["strongest"], found.proven_parts["prices"]) == (True, True)

    def test_prices_among_fifty_candidates_of_middling_tension_are_those_found_pair_by_pair(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        chance = random.Random(5)
        power = {v: chance.randint(1, 100) for v in range(50)}
        tensions = [chance.sample(range(50), 2) for _ in range(300)]
        together = coalitions(power, tensions, 400, cap=1)
        monkeypatch.setattr(finders.FreeFinder, "gains", finders.FreeFinder.one_by_one)
        one_by_one = coalitions(power, tensions, 400, cap=1)

        assert (True, True) == (together.proven, one_by_one.proven)
        assert together.price_of_tension == one_by_one.price_of_tension
        assert max(together.price_of_tension.values()) > 0

    def test_a_time_limit_is_kept_and_said(self) -> None:
        chance = random.Random(5)
        power = {f"a{v:03}": chance.randint(1, 100) for v in range(200)}
        pairs = [(a, b) for a in power for b in power if a < b]
        start = time.process_time()  # what other programs take does not count

        found = coalitions(power, chance.sample(pairs, 1500), sum(power.values()) // 4, time_limit=1)

        assert time.process_time() - start < 6
        assert (found.stopped, found.proven) == ("time limit", False)
        assert found.notes
        assert not all(found.proven_parts.values())

    def test_once_the_time_is_up_nobody_else_is_looked_at(self) -> None:
        """Setting up one more question per candidate took seconds after the limit."""
        against = (0b10, 0b01, 0)
        finder = finders.FreeFinder(Candidates(power=(1, 2, 3), against=against, quota=3, required=0, open=0b111), Clock(0))

        assert (None, None) == (finder.minimal_with(0), finder.wins_without(0))

    def test_whoever_has_one_opponent_in_the_strongest_coalition_needs_no_search(self) -> None:
        """The strongest is 1 with 2. 0 adds all it has; 3 has two opponents there, with 1 it has 4, with 2 and 0 one more than 5."""
        against = (0b0010, 0b1001, 0b1000, 0b0110)
        found = finders.FreeFinder(
            Candidates(power=(1, 2, 3, 2), against=against, quota=3, required=0, open=0b1111), Clock(0)
        )

        assert found.gains(0b0110) == {(0, 1): (1, 1), (1, 3): (0, 0), (2, 3): (0, 1)}


class TestTrimmed:
    """By hand: v is the first, the other members follow by power."""

    @pytest.mark.parametrize(
        ("power", "quota", "found"),
        [
            ((1, 5, 3, 2), 6, 0b1101),  # five too many: the 5 can be spared
            ((1, 4, 3, 3), 5, 0b0011),  # without the 4 two are left over, and v is not needed; with it both 3 can be spared
            ((1, 4, 4), 6, 0),  # three too many and nobody to spare: v is never needed
            ((4, 1), 6, 0),  # they do not win
            ((4, 1, 0), 5, 0b011),  # nobody without power
        ],
    )
    def test_a_strong_coalition_is_made_minimal_around_somebody(
        self, power: tuple[int, ...], quota: int, found: int
    ) -> None:
        everybody = (1 << len(power)) - 1
        candidates = Candidates(power=power, against=(0,) * len(power), quota=quota, required=0, open=everybody)

        assert listing.trimmed(candidates, everybody, 0) == found

    def test_close_to_the_strongest_coalition_the_same_are_always_and_never_in_one_as_by_programmes(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Forty candidates, five tensions each, a quota 3 % below the strongest coalition: some are in all, some in none."""
        chance = random.Random(5)
        power = {v: chance.randint(1, 100) for v in range(40)}
        tensions = [chance.sample(range(40), 2) for _ in range(100)]
        monkeypatch.setattr(finders, "LISTED", 0)
        quota = coalitions(power, tensions, 1, cap=1).strongest_power * 97 // 100
        quick = coalitions(power, tensions, quota, cap=1)
        monkeypatch.setattr(finders.FreeFinder, "_strong_with", lambda *_: 1)
        monkeypatch.setattr(finders, "trimmed", lambda *_: 0)
        by_programmes = coalitions(power, tensions, quota, cap=1)

        assert (quick.always, quick.never) == (by_programmes.always, by_programmes.never)
        assert quick.always
        assert quick.never


class TestProperties:
    @CALM
    @given(decisions(), st.randoms(use_true_random=False))
    def test_the_order_of_input_does_not_matter(self, case: Case, chance: random.Random) -> None:
        names = list(case.power)
        chance.shuffle(names)
        pairs = [(b, a) if chance.random() < 0.5 else (a, b) for a, b in case.tensions]
        chance.shuffle(pairs)
        shuffled = case._replace(power={name: case.power[name] for name in names}, tensions=pairs)

        assert shuffled.solved() == case.solved()


class TestBadInput:
    @pytest.mark.parametrize(
        ("error", "said", "call"),
        [
            (AnalysisError, "there is no candidate", lambda: coalitions({}, [], 1)),
            (AnalysisError, "all 2 candidates together have 3, the quota is 4", lambda: coalitions({"a": 1, "b": 2}, [], 4)),
            (InputError, "power of 'a' is -1", lambda: coalitions({"a": -1}, [], 1)),
            (InputError, "power of 'a' is 'big'", lambda: coalitions({"a": "big"}, [], 1)),  # type: ignore[dict-item]
            (InputError, "quota is 0", lambda: coalitions({"a": 1}, [], 0)),
            (InputError, "quota is nan", lambda: coalitions({"a": 1}, [], float("nan"))),
            (NotFoundError, "tension 'Peruu' is no candidate", lambda: coalitions({"Peru": 1}, [("Peruu", "Peru")], 1)),
            (NotFoundError, "required 'b' is no candidate; known: a", lambda: coalitions({"a": 1}, [], 1, required=["b"])),
            (InputError, "'a' required and excluded at once", lambda: coalitions(TWO, [], 1, required="a", excluded=["a"])),
            (InputError, "'a' and 'b' are both required", lambda: coalitions(TWO, [("b", "a")], 1, required=["a", "b"])),
            (InputError, "tension of 'a' with itself", lambda: coalitions({"a": 1}, [("a", "a")], 1)),
            (InputError, "tension 'ab' is not a pair", lambda: coalitions(TWO, ["ab"], 1)),
            (InputError, "connected coalitions need ties", lambda: coalitions({"a": 1}, [], 1, connected=True)),
            (InputError, "cap is 0", lambda: coalitions({"a": 1}, [], 1, cap=0)),
            (InputError, "time_limit is -2", lambda: coalitions({"a": 1}, [], 1, time_limit=-2)),
        ],
    )  # fmt: skip
    def test_one_line_says_what_is_wrong(self, error: type[Exception], said: str, call: Any) -> None:
        with pytest.raises(error) as caught:
            call()

        assert str(caught.value).startswith(f"coalitions: {said}")
        assert "; " in str(caught.value)
        assert "\n" not in str(caught.value)
