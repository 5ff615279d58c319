"""The parts of the camps solver: each must keep the optimum, and the bound must be one."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.partition.assignment import Assignment
from kg.analysis.partition.clock import Clock, StopSearch
from kg.analysis.partition.cuts import Cut
from kg.analysis.partition.cycles import Cycles
from kg.analysis.partition.descent import Descent
from kg.analysis.partition.places import Places
from kg.analysis.partition.pulls import Pulls, contract, glue, pieces
from kg.analysis.partition.reduce import reduce
from kg.analysis.partition.relaxation import Relaxation
from kg.analysis.partition.search import Search, grouped, solve

from .networks import partitions, planted

CALM = settings(max_examples=100, derandomize=True)


@st.composite
def problems(draw: st.DrawFn, most: int = 8) -> Pulls:
    size = draw(st.integers(2, most))
    pairs = [(a, b) for a in range(size) for b in range(a + 1, size)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1))
    return Pulls.of(size, {pair: draw(st.sampled_from([-3, -2, -1, 1, 2, 3])) for pair in chosen})


def least(pulls: Pulls, k: int) -> int:
    """The cost of a best split, by looking at all."""
    return min(pulls.cost([labels[v] for v in range(pulls.size)]) for labels in partitions(list(range(pulls.size)), k))


class TestReduction:
    @CALM
    @given(problems(), st.integers(2, 4))
    def test_the_best_split_of_the_kernel_completes_to_one_of_the_whole(self, pulls: Pulls, k: int) -> None:
        reduced = reduce(pulls, k)
        kernel = reduced.kernel
        target = least(kernel, k)
        inner = next(
            [labels[v] for v in range(kernel.size)]
            for labels in partitions(list(range(kernel.size)), k)
            if kernel.cost([labels[v] for v in range(kernel.size)]) == target
        )
        labels = reduced.restore(inner)

        assert pulls.cost(labels) == least(pulls, k)
        assert reduced.lift(kernel.cost(inner)) == least(pulls, k)

    def test_trees_and_rings_need_no_search(self) -> None:
        ring = Pulls.of(6, {(0, 1): 1, (1, 2): -1, (2, 3): 1, (3, 4): 1, (0, 4): -1, (4, 5): -1})

        assert reduce(ring, 2).kernel.size == 0


class TestBlocks:
    @CALM
    @given(problems())
    def test_blocks_share_out_all_pulls(self, pulls: Pulls) -> None:
        found = sorted(
            (piece.actors[a], piece.actors[b], d)
            for piece in pieces(pulls)
            for (a, b), d in zip(piece.pulls.pairs, piece.pulls.net, strict=True)
        )

        assert found == [(a, b, d) for (a, b), d in zip(pulls.pairs, pulls.net, strict=True)]

    @CALM
    @given(problems(), st.integers(2, 3), st.integers(0, 10**6))
    def test_glued_splits_cost_what_the_blocks_cost(self, pulls: Pulls, k: int, seed: int) -> None:
        chance = random.Random(seed)
        parts = [(piece, [chance.randrange(k) for _ in piece.actors]) for piece in pieces(pulls)]
        labels = glue(pulls.size, [(piece.actors, inner) for piece, inner in parts])

        assert pulls.cost(labels) == sum(piece.pulls.cost(inner) for piece, inner in parts)
        assert max(labels) < k

    @CALM
    @given(problems(), st.integers(0, 10**6))
    def test_contraction_keeps_the_cost_of_splits_that_agree(self, pulls: Pulls, seed: int) -> None:
        chance = random.Random(seed)
        ties = list(range(len(pulls.net)))
        chance.shuffle(ties)
        together, apart = ties[: len(ties) // 3], ties[len(ties) // 3 : len(ties) // 2]
        groups, turned = grouped(pulls, together, apart)
        smaller, sure = contract(pulls, groups, turned)
        inner = [chance.randrange(2) for _ in range(smaller.size)]
        outer = [inner[group] ^ turn for group, turn in zip(groups, turned, strict=True)]

        assert pulls.cost(outer) == sure + smaller.cost(inner)

    @CALM
    @given(problems(), st.integers(2, 4), st.integers(0, 10**6))
    def test_costs_differ_by_whole_steps(self, pulls: Pulls, k: int, seed: int) -> None:
        chance = random.Random(seed)
        first, second = ([chance.randrange(k) for _ in range(pulls.size)] for _ in range(2))

        assert (pulls.cost(first) - pulls.cost(second)) % pulls.step(k) == 0


class TestBounds:
    @CALM
    @given(problems(), st.integers(2, 3))
    def test_every_cycle_cut_is_kept_by_every_split(self, pulls: Pulls, k: int) -> None:
        cycles = Cycles(pulls, k, Clock())
        chance = np.random.default_rng(len(pulls.net))
        cuts = {cut for _ in range(5) for cut in cycles.violated(chance.random(len(pulls.net)), [0] * pulls.size)}
        for labels in partitions(list(range(pulls.size)), k):
            against = [(labels[a] == labels[b]) == (d < 0) for (a, b), d in zip(pulls.pairs, pulls.net, strict=True)]
            for cut in cuts:
                assert sum(sign * against[e] for e, sign in zip(cut.at, cut.signs, strict=True)) >= cut.least

    @CALM
    @given(problems(most=6), st.integers(3, 4), st.integers(0, 99))
    def test_every_row_of_places_is_kept_by_every_split(self, pulls: Pulls, k: int, seed: int) -> None:
        places = Places(Search(Descent(pulls, k, 0, Clock())))
        ties = len(pulls.net)
        chance = np.random.default_rng(seed)
        rows: set[Cut] = set()
        for _ in range(3):
            places.relaxation.x = np.concatenate([chance.random(ties), chance.dirichlet(np.ones(k), pulls.size).ravel()])
            rows.update(places._violated())
        for labels in partitions(list(range(pulls.size)), k):
            against = [(labels[a] == labels[b]) == (d < 0) for (a, b), d in zip(pulls.pairs, pulls.net, strict=True)]
            x = [*against, *(labels[v] == camp for v in range(pulls.size) for camp in range(k))]
            for row in rows:
                assert sum(sign * x[at] for at, sign in zip(row.at, row.signs, strict=True)) >= row.least

    @CALM
    @given(problems(), st.integers(2, 3), st.booleans())
    def test_the_bound_is_certified_even_when_the_solver_stops_early(self, pulls: Pulls, k: int, interior: bool) -> None:
        relaxation = Relaxation(map(abs, pulls.net), Clock())
        cycles = Cycles(pulls, k, Clock())
        for rounds in range(4):
            relaxation.add(cycles.violated(relaxation.x, [0] * pulls.size))
            relaxation._solver.setOptionValue("simplex_iteration_limit", rounds)
            relaxation._solver.setOptionValue("ipm_iteration_limit", rounds + 1)
            relaxation.solve(interior=interior)

            assert relaxation.bound <= least(pulls, k) + 1e-6

    def test_weak_duality_by_hand(self) -> None:
        """x + y >= 1 with costs 2 and 3: the cheapest is 2, and y costs 1 more than it saves."""
        relaxation = Relaxation([2, 3], Clock())
        relaxation.add([Cut.of([(0, 1), (1, 1)], 1)])

        assert relaxation.solve()
        assert relaxation.bound == pytest.approx(2)
        assert relaxation.reduced == pytest.approx([0, 1])

    def test_a_row_met_exactly_counts_in_both_directions(self) -> None:
        """x + y = 1 with costs 2 and -3: y alone, for -3."""
        relaxation = Relaxation([2, -3], Clock(), [Cut.of([(0, 1), (1, 1)], 1)])

        assert relaxation.solve()
        assert relaxation.bound == pytest.approx(-3)
        assert relaxation.x == pytest.approx([0, 1])

    def test_cuts_that_contradict_the_limits_are_told(self) -> None:
        relaxation = Relaxation([1, 1], Clock())
        relaxation.add([Cut.of([(0, 1), (1, 1)], 1)])
        relaxation.limit(np.zeros(2), np.zeros(2))

        assert not relaxation.solve()


class TestSearch:
    @CALM
    @given(problems(most=7), st.integers(2, 4))
    def test_assignment_finds_the_best_and_all_of_them(self, pulls: Pulls, k: int) -> None:
        assignment = Assignment(pulls, k, Clock(), 10**6)
        found = assignment.solve([0] * pulls.size)
        assert found is not None
        labels, value = found
        splits, complete = assignment.all_best(value, 10**6)
        wanted = [
            split
            for split in partitions(list(range(pulls.size)), k)
            if pulls.cost([split[v] for v in range(pulls.size)]) == value
        ]

        assert value == pulls.cost(labels) == least(pulls, k)
        assert complete
        assert len(splits) == len(wanted)
        assert all(pulls.cost(split) == value for split in splits)

    @CALM
    @given(problems(), st.integers(2, 4), st.integers(0, 99))
    def test_descent_never_loses_what_it_has(self, pulls: Pulls, k: int, seed: int) -> None:
        descent = Descent(pulls, k, seed, Clock())
        costs = [descent.cost]
        for _ in range(3):
            descent.start(1, 20)
            costs.append(descent.cost)

        assert costs == sorted(costs, reverse=True)
        assert descent.cost == pulls.cost(descent.labels) >= least(pulls, k)

    def test_annealing_finds_planted_camps(self) -> None:
        """Two groups of six friends each, every pair across against each other: nothing is gone against."""
        pulls = Pulls.of(12, {(a, b): 1 if a // 6 == b // 6 else -1 for a in range(12) for b in range(a + 1, 12)})
        descent = Descent(pulls, 3, 0, Clock())
        descent.anneal(1, 50)

        assert descent.cost == 0

    def test_a_stopped_search_still_has_a_split_and_a_bound(self) -> None:
        chance = random.Random(1)
        pulls = Pulls.of(
            60, {(a, b): chance.choice([1, -1]) for a in range(60) for b in range(a + 1, 60) if chance.random() < 0.3}
        )
        split = solve(pulls, 2, Clock(0))

        assert split.cost == pulls.cost(split.labels)
        assert 0 <= split.bound <= split.cost

    @pytest.mark.parametrize("k", [5, 12, 30])
    def test_annealing_finds_friends_among_many_camps(self, k: int) -> None:
        """An actor has 1.6 friends among 8 ties; the split that the network was made from is open to any k from 5 on."""
        graph, side = planted(500, 2000, 0.03, seed=1, camps=5)
        pulls = Pulls.of(500, {(min(a, b), max(a, b)): sign for a, b, sign in graph.edges(data="sign")})
        descent = Descent(pulls, k, 0, Clock())
        descent.anneal(1, 800)

        assert descent.cost <= pulls.cost(side)


class TestClock:
    def test_it_stops_when_the_time_is_up(self) -> None:
        clock = Clock(0)

        assert clock.over()
        with pytest.raises(StopSearch, match="time limit"):
            clock.check()
        assert (clock.reason, clock.remaining()) == ("time limit", 0.0)

    def test_without_a_limit_it_goes_on(self) -> None:
        clock = Clock()
        clock.check()

        assert clock.remaining() == float("inf")

    def test_counted_work_stops_it_too(self) -> None:
        clock = Clock(work=10)
        clock.spend(9)
        before = clock.over()
        clock.spend(1)

        assert (before, clock.over(), clock.reason) == (False, True, "work limit")

    def test_a_search_within_a_search_stops_with_it(self) -> None:
        whole = Clock(0)
        with whole.listening():
            part = Clock(60)

        assert (0.0, True, "time limit") == (part.remaining(), part.over(), part.reason)
        assert not Clock(60).over()
