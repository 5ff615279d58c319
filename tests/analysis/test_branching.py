"""The strongest set without conflict: every set tried on small cases, an integer programme on one of middling density."""

from __future__ import annotations

import random
import signal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from kg.analysis import coalitions
from kg.analysis.blocs import branching, strongest
from kg.analysis.blocs.branching import Branching
from kg.analysis.blocs.candidates import Candidates, bits, mask_of
from kg.analysis.blocs.strongest import Strongest
from kg.analysis.partition.clock import Clock

ENOUGH = 1_000_000


@st.composite
def opponents(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Power, and who is against whom, of up to 12 candidates."""
    size = draw(st.integers(1, 12))
    power = draw(st.lists(st.integers(1, 9), min_size=size, max_size=size))
    pairs = [(a, b) for a in range(size) for b in range(a + 1, size)]
    return power, opposed(size, draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else [])


def opposed(size: int, pairs: list[tuple[int, int]]) -> list[int]:
    """For each candidate the bit set of its opponents."""
    against = [0] * size
    for a, b in pairs:
        against[a] |= 1 << b
        against[b] |= 1 << a
    return against


def candidates_of(power: list[int], against: list[int]) -> Candidates:
    """The same as a problem without conditions."""
    return Candidates(power=tuple(power), against=tuple(against), quota=1, required=0, open=(1 << len(power)) - 1)


def power_of(power: list[int], members: int) -> int:
    return sum(power[v] for v in bits(members))


def free_of_conflict(against: list[int], members: int) -> bool:
    return not any(against[v] & members for v in bits(members))


def strongest_within(power: list[int], against: list[int], allowed: int) -> int:
    """Every set tried."""
    return max(
        power_of(power, members)
        for members in range(1 << len(power))
        if not members & ~allowed and free_of_conflict(against, members)
    )


def drawn(candidates: int, tensions: int, seed: int) -> tuple[list[int], list[tuple[int, int]]]:
    """Power from 1 to 100 and so many tensions."""
    chance = random.Random(seed)
    power = [chance.randint(1, 100) for _ in range(candidates)]
    pairs = [(a, b) for a in range(candidates) for b in range(a + 1, candidates)]
    return power, sorted(chance.sample(pairs, tensions))


class TestEverySetTried:
    @settings(max_examples=150, derandomize=True)
    @given(opponents(), st.integers(0, 4095), st.sampled_from([2, 100]))
    def test_the_strongest_set_within_those_allowed_is_found_and_no_more_is_claimed(
        self, case: tuple[list[int], list[int]], some: int, largest: int
    ) -> None:
        power, against = case
        everybody = (1 << len(power)) - 1
        allowed = some & everybody
        best = strongest_within(power, against, allowed)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(branching, "_LARGEST", largest)
            for tries in (0, 5):
                patch.setattr(branching, "_TRIES", tries)
                search = Branching(power, against, everybody, Clock())
                found, proven = search.search(allowed, -1, ENOUGH)
                assert proven
                assert not found & ~allowed
                assert free_of_conflict(against, found)
                assert power_of(power, found) == best
                below = search.search(allowed, best - 1, ENOUGH)
                assert (power_of(power, below[0]), below[1]) == (best, True)
                assert search.search(allowed, best, ENOUGH) == (0, True)

    @settings(max_examples=30, derandomize=True)
    @given(opponents(), st.randoms(use_true_random=False))
    def test_other_numbers_for_the_same_candidates_change_nothing(
        self, case: tuple[list[int], list[int]], chance: random.Random
    ) -> None:
        power, against = case
        everybody = (1 << len(power)) - 1
        number = list(range(len(power)))
        chance.shuffle(number)
        other_power, other_against = power.copy(), against.copy()
        for v, u in enumerate(number):
            other_power[u] = power[v]
            other_against[u] = mask_of(number[w] for w in bits(against[v]))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(branching, "_TRIES", 5)
            one, _ = Branching(power, against, everybody, Clock()).search(everybody, -1, ENOUGH)
            other, _ = Branching(other_power, other_against, everybody, Clock()).search(everybody, -1, ENOUGH)
        assert power_of(power, one) == power_of(other_power, other)


class TestProgrammes:
    """Linear programmes, with and without whoever they leave open: small cases never come to them otherwise."""

    @pytest.fixture(autouse=True)
    def at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(strongest, "SMALL", 0)
        monkeypatch.setattr(strongest, "BRANCHES", 0)
        monkeypatch.setattr(strongest, "FEW_TENSIONS", 100)

    @settings(max_examples=150, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(opponents(), st.integers(0, 4095), st.booleans())
    def test_the_strongest_set_within_those_allowed_is_found_and_no_more_is_claimed(
        self, case: tuple[list[int], list[int]], some: int, pairs_only: bool
    ) -> None:
        """With a row per tension alone, programmes leave most candidates open."""
        power, against = case
        everybody = (1 << len(power)) - 1
        allowed = some & everybody
        best = strongest_within(power, against, allowed)
        with pytest.MonkeyPatch.context() as patch:
            if pairs_only:
                patch.setattr(strongest, "CYCLES", 0)
                patch.setattr(Candidates, "cliques", property(lambda candidates: candidates.tensions))
            search = Strongest(candidates_of(power, against), Clock())
            found, proven = search.among(allowed)
            assert proven
            assert not found & ~allowed
            assert free_of_conflict(against, found)
            assert power_of(power, found) == best
            again = search.among(allowed, best - 1)
            assert (power_of(power, again[0]), again[1]) == (best, True)
            assert search.among(allowed, best) == (0, True)

    def test_what_was_not_tried_in_and_out_is_not_called_proven(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Three opponents with a row per pair: half of each is 3, more than the 2 of any of them."""
        monkeypatch.setattr(strongest, "CYCLES", 0)
        monkeypatch.setattr(Candidates, "cliques", property(lambda candidates: candidates.tensions))
        search = Strongest(candidates_of([2, 2, 2], [0b110, 0b101, 0b011]), Clock())
        assert not search.among(0b111, steps=0)[1]
        found, proven = search.among(0b111)
        assert (found.bit_count(), proven) == (1, True)


class TestMiddlingDensity:
    def test_an_integer_programme_finds_the_same_power(self) -> None:
        power, pairs = drawn(90, 540, 1)
        rows = csr_array(
            (np.ones(2 * len(pairs)), (np.repeat(np.arange(len(pairs)), 2), np.array(pairs).ravel())), shape=(len(pairs), 90)
        )
        whole = milp(
            -np.array(power, dtype=float),
            constraints=LinearConstraint(rows, ub=1.0),
            integrality=np.ones(90),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0.0},
        )
        assert whole.status == 0
        against = opposed(90, pairs)
        found, proven = Branching(power, against, (1 << 90) - 1, Clock()).search((1 << 90) - 1, -1, ENOUGH)
        assert proven
        assert power_of(power, found) == round(-whole.fun)
        assert free_of_conflict(against, found)

    def test_what_was_not_searched_through_is_not_called_proven_and_the_work_ends_where_it_was_limited(self) -> None:
        power, pairs = drawn(90, 540, 1)
        against = opposed(90, pairs)
        everybody = (1 << 90) - 1
        search = Branching(power, against, everybody, Clock())
        found, proven = search.search(everybody, -1, 10)
        assert not proven
        assert free_of_conflict(against, found)
        assert search.search(everybody, -1, 10) == (found, False)

    @pytest.mark.parametrize("looks", [1, 40])
    def test_control_c_ends_it_with_what_it_has(self, looks: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """While it guesses, and in the middle of its branching."""
        power, pairs = drawn(90, 540, 1)
        against = opposed(90, pairs)
        clock, over = Clock(), Clock.over
        left = iter(range(looks))

        def pressed(asked: Clock) -> bool:
            if next(left, None) is None and not asked.reason:
                signal.raise_signal(signal.SIGINT)
            return over(asked)

        monkeypatch.setattr(Clock, "over", pressed)
        monkeypatch.setattr(branching, "_TRIES", 20)
        search = Branching(power, against, (1 << 90) - 1, clock)
        with clock.listening():
            found, proven = search.search((1 << 90) - 1, -1, ENOUGH)
        assert (proven, clock.reason) == (False, "interrupted")
        assert found
        assert free_of_conflict(against, found)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

    def test_a_search_whose_time_is_up_keeps_what_it_has(self) -> None:
        power, pairs = drawn(90, 540, 1)
        found = coalitions(power, pairs, sum(power) // 10, cap=1, time_limit=0)
        assert (found.stopped, found.proven_parts["strongest"]) == ("time limit", False)
