"""The best split into at most k camps, with proof.

Small blocks are solved by assignment. For larger ones a linear programme over cycles gives the lower bound (Barahona, Groetschel,
Juenger & Reinelt 1988, Operations Research 36:493-513; for signed networks Aref, Mason & Wilson 2020, Networks 75:95-110); it is
very often tight on networks that do fall into camps. Where it is not, its reduced costs say which pairs any better split keeps as
they are: those are merged and the smaller network is solved anew. What is left is branched on: for two camps on ties, for more on
who stands in which camp (places.py).
"""

from __future__ import annotations

import functools
import heapq
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.analysis.partition.assignment import Assignment
from kg.analysis.partition.clock import Clock, StopSearch
from kg.analysis.partition.cycles import Cycles
from kg.analysis.partition.descent import Descent
from kg.analysis.partition.pulls import Pulls, Split, contract, glue, pieces
from kg.analysis.partition.reduce import reduce

if TYPE_CHECKING:
    from kg.analysis.partition.relaxation import Relaxation

__all__ = ["Answer", "Decisions", "Search", "solve", "solve_block"]

TOLERANCE = 1e-5
CALM = 0.12  # share of pulls gone against up to which the programme over the block itself is tried before reducing it
SHRUNK = 0.9  # a contraction worth starting again for
STALL = 4  # rounds without progress
NODE_ROUNDS = 10
FIRST_TRY = (45, 20_000)  # actors and assignments: a small or dense block is done before a linear programme is set up
LAST_TRY = (50, 100_000)  # the same, before branching

Decisions = tuple[tuple[int, int], ...]  # (what, how): a tie, 1 when gone against; or an actor, its camp


@dataclass(frozen=True, slots=True)
class Answer:
    """A split of one block and, where it is proven by one, the programme over that very block, for further questions."""

    split: Split
    relaxation: Relaxation | None = None


def solve(pulls: Pulls, k: int, clock: Clock, seed: int = 0, enough: int | None = None) -> Split:
    """The best split found and a proven lower bound of the cost of any.

    `enough`: a cost; once it is proven that nothing cheaper exists the search may end.
    """
    parts: list[tuple[tuple[int, ...], list[int]]] = []
    cost = bound = 0
    for piece in pieces(pulls):
        split = solve_block(piece.pulls, k, clock, seed, None if enough is None else max(0, enough - bound)).split
        parts.append((piece.actors, split.labels))
        cost += split.cost
        bound += split.bound
    return Split(glue(pulls.size, parts), cost, bound)


def solve_block(pulls: Pulls, k: int, clock: Clock, seed: int = 0, enough: int | None = None) -> Answer:
    """The best split of one block."""
    if len(pulls.net) == 1:
        return Answer(Split([0, 0 if pulls.net[0] > 0 else 1], 0, 0))
    descent = Descent(pulls, k, seed, clock)
    descent.start(4, 0)
    if descent.cost == 0:
        return Answer(Split(descent.labels, 0, 0))
    if _assign(descent, FIRST_TRY):
        return Answer(Split(descent.labels, descent.cost, descent.cost))
    if descent.cost > CALM * sum(map(abs, pulls.net)):
        reduced = reduce(pulls, k)
        if reduced.kernel.size < pulls.size:
            limit = None if enough is None else enough * reduced.scale - reduced.sure
            inner = solve(reduced.kernel, k, clock, seed, limit)
            labels = reduced.restore(inner.labels)
            return Answer(Split(labels, pulls.cost(labels), reduced.lift(inner.bound)))
        if k == 2:
            descent.start(*_tabu_effort(descent))
    search = Search(descent, seed, enough)
    with suppress(StopSearch):
        search.run()
    split = Split(descent.labels, descent.cost, search.bound())
    return Answer(split, search.relaxation if split.proven else None)


def _assign(descent: Descent, effort: tuple[int, int]) -> bool:
    """True when a best split was found by assignment, and handed to `descent`."""
    actors, work = effort
    if descent.pulls.size > actors or descent.clock.over():
        return False
    descent.start(2, 20 * descent.pulls.size)
    best = Assignment(descent.pulls, descent.k, descent.clock, work).solve(descent.labels)
    if best is not None:
        descent.offer(best[0])
    return best is not None


def _tabu_effort(descent: Descent) -> tuple[int, int]:
    """(restarts, steps) for a thorough search by tabu moves."""
    return 3, min(10_000, 500 + 20 * descent.pulls.size)


def _anneal_effort(descent: Descent) -> tuple[int, int]:
    """(restarts, sweeps) for a thorough search by annealing."""
    return 2, min(1_000, 1 + 4_000_000 // (descent.pulls.size + 2 * len(descent.pulls.net)))


class Search:
    """Cutting planes and branching for one block; `descent` holds the best split so far."""

    def __init__(self, descent: Descent, seed: int = 0, enough: int | None = None) -> None:
        self.descent = descent
        self.pulls = descent.pulls
        self.k = descent.k
        self.clock = descent.clock
        self.seed = seed
        self.enough = enough
        self.step = self.pulls.step(self.k)
        self.cycles = Cycles(self.pulls, self.k, self.clock)
        self.proven = 0.0
        # what holds before the first programme is solved; apart from `proven`, by whose growth the programme is judged
        self.sure = self.cycles.packed()

    @functools.cached_property
    def relaxation(self) -> Relaxation:
        """The linear programme, set up when it is first looked at: its solver takes time to load, and not every search needs it."""
        from kg.analysis.partition.relaxation import Relaxation

        return Relaxation(map(abs, self.pulls.net), self.clock)

    def run(self) -> None:
        """Search until the best split is proven best (or the bound enough); StopSearch when the clock says so."""
        if self.k > 2:
            self.descent.anneal(*_anneal_effort(self.descent))
        self.cutting_planes()
        if self.finished():
            return
        if self.k == 2:
            self.descent.start(*_tabu_effort(self.descent))
        if self.finished() or self.contracted():
            return
        if _assign(self.descent, LAST_TRY):
            self.proven = float(self.descent.cost)
        elif self.k == 2:
            self.branch()
        else:
            from kg.analysis.partition.places import Places

            Places(self).run()

    def bound(self) -> int:
        """The proven lower bound, rounded up to a cost that a split can have."""
        return self.rounded_up(max(self.proven, self.sure))

    def finished(self) -> bool:
        """True when no split costs less than the best one, or less than what is enough."""
        return self.bound() >= self.target()

    def target(self) -> int:
        """The cost below which a split would be news."""
        return self.descent.cost if self.enough is None else min(self.descent.cost, self.enough)

    def rounded_up(self, value: float) -> int:
        """The least possible cost >= value: the best split's cost minus whole steps."""
        steps = int((self.descent.cost - value + TOLERANCE) // self.step)
        return self.descent.cost - self.step * max(0, steps)

    def beaten(self) -> float:
        """A bound from which on no split below the target is left."""
        return self.target() - self.step + 2 * TOLERANCE

    def say(self, more: str) -> None:
        """Tell whoever listens how far the search is."""
        gap = 1.0 - self.bound() / self.descent.cost
        self.clock.say(f"{self.pulls.size} actors open, {len(self.relaxation.cuts)} cuts{more}, gap {gap:.1%}")

    def cutting_planes(self) -> None:
        """Add violated cycles until the split is proven, none is left, or they no longer help."""
        little = 0.01 if self.pulls.size > 300 else 0.0005
        stalled = 0
        while not self.finished() and stalled < STALL:
            self.clock.check()
            if not self.relaxation.add(self.cycles.violated(self.relaxation.x, self.descent.labels)):
                return
            before = self.proven
            self.relaxation.solve()
            self.proven = max(self.proven, self.relaxation.bound)
            self.clock.check()
            self._round()
            self.relaxation.purge(3)
            self.say("")
            progress = self.proven - before
            stalled = stalled + 1 if progress < little * (self.descent.cost - self.proven) else 0

    def _round(self) -> None:
        """Try the split that the programme's solution suggests."""
        x = self.relaxation.x
        if self.k == 2:
            self.descent.offer(self.cycles.rounded(x, self.descent.labels))
            return
        kept = [e for e in np.argsort(x, kind="stable").tolist() if x[e] < 0.5 and self.pulls.net[e] > 0]
        groups, _ = grouped(self.pulls, kept, ())
        smaller, _ = contract(self.pulls, groups, [0] * self.pulls.size)
        inner = Descent(smaller, self.k, self.seed, self.clock)
        inner.start(2, 0)
        self.descent.offer([inner.labels[group] for group in groups])

    def contracted(self) -> bool:
        """Merge the pairs that every better split leaves as they are and solve what is left; False when too few are."""
        groups = self.fixed_pairs(self.descent.cost - self.step)
        smaller, sure = contract(self.pulls, *groups)
        if reduce(smaller, self.k).kernel.size > SHRUNK * self.pulls.size:
            return False
        inner = solve(smaller, self.k, self.clock, self.seed, self.target() - sure)
        limit = self.descent.cost
        self.descent.offer([inner.labels[group] ^ turned for group, turned in zip(*groups, strict=True)])
        # whatever is better than `limit` is a split of the smaller network
        self.proven = max(self.proven, min(limit, sure + inner.bound))
        return True

    def fixed_pairs(self, limit: float) -> tuple[list[int], list[int]]:
        """(group, turned) per actor: one group's actors stand to each other as stated in every split that costs at most `limit`.

        A tie whose reduced cost lifts the bound above the limit keeps the value it has. With more than two camps only being
        together can be stated so.
        """
        room = limit - self.relaxation.bound + TOLERANCE
        reduced = self.relaxation.reduced
        positive = np.array(self.pulls.net) > 0
        kept, broken = reduced > room, reduced < -room
        together = (kept & positive) | (broken & ~positive)
        apart = (kept & ~positive) | (broken & positive)
        return grouped(self.pulls, np.flatnonzero(together).tolist(), np.flatnonzero(apart).tolist() if self.k == 2 else ())

    def branch(self) -> None:
        """Branch and cut on ties: each is kept or gone against."""
        self.best_first((), self._choose(self.relaxation.low, self.relaxation.high), lambda _: (0, 1), self._evaluate)

    def best_first(
        self,
        first: Decisions,
        open_at: int,
        ways: Callable[[Decisions], Iterable[int]],
        evaluate: Callable[[Decisions, float], tuple[float, int] | None],
    ) -> None:
        """Branch until the best split is proven best; of the open cases the one with the lowest bound first.

        A case is what has been decided, and how; `open_at` what to decide next, in each of the `ways` there are. `evaluate` gives
        the bound of a case and what to decide next in it, None when it holds no better split.
        """
        ticket = count()
        heap = [(self.proven, next(ticket), first, open_at)]
        while heap:
            self.proven = max(self.proven, heap[0][0])
            if self.finished():
                return
            self.clock.check()
            bound, _, decisions, at = heapq.heappop(heap)
            for way in ways(decisions):
                child = (*decisions, (at, way))
                evaluated = evaluate(child, bound)
                if evaluated is not None:
                    heapq.heappush(heap, (evaluated[0], next(ticket), child, evaluated[1]))
            self.say(f", {len(heap)} cases")
        self.proven = float(self.target())

    def _evaluate(self, decisions: Decisions, bound: float) -> tuple[float, int] | None:
        """(bound, tie to branch on) of a case after a few rounds of cuts; None when it holds no better split."""
        relaxation = self.relaxation
        low, high = np.zeros(len(self.pulls.net)), np.ones(len(self.pulls.net))
        for tie, value in decisions:
            low[tie] = high[tie] = value
        relaxation.limit(low, high)
        for attempt in range(NODE_ROUNDS):
            if not relaxation.solve(interior=False):
                return None
            self.clock.check()
            gained, bound = relaxation.bound - bound, max(bound, relaxation.bound)
            self._round()
            if self.rounded_up(bound) >= self.target():
                return None
            relaxation.purge(3)
            new = relaxation.add(self.cycles.violated(relaxation.x, self.descent.labels))
            if not new or (attempt > 1 and gained < 0.02 * (self.target() - bound)):
                break
        return bound, self._choose(low, high)

    def _choose(self, low: NDArray[np.float64], high: NDArray[np.float64]) -> int:
        """The tie to branch on: undecided, dear, and as open as can be."""
        x = self.relaxation.x
        score = np.minimum(x, 1.0 - x) * self.relaxation.costs
        score[low == high] = -1.0
        return int(score.argmax())


def grouped(pulls: Pulls, together: Sequence[int], apart: Sequence[int]) -> tuple[list[int], list[int]]:
    """(group, turned) per actor from ties whose ends stand together and, for two camps, ties whose ends stand apart."""
    parent = list(range(pulls.size))
    turn = [0] * pulls.size

    def find(v: int) -> tuple[int, int]:
        path = []
        while parent[v] != v:
            path.append(v)
            v = parent[v]
        side = 0
        for u in reversed(path):
            side ^= turn[u]
            parent[u], turn[u] = v, side
        return v, side

    for ties, differ in ((together, 0), (apart, 1)):
        for e in ties:
            (root_a, side_a), (root_b, side_b) = (find(v) for v in pulls.pairs[e])
            if root_a != root_b:
                low, high = min(root_a, root_b), max(root_a, root_b)
                parent[high], turn[high] = low, side_a ^ side_b ^ differ
    number: dict[int, int] = {}
    found = [find(v) for v in range(pulls.size)]
    return [number.setdefault(root, len(number)) for root, _ in found], [side for _, side in found]
