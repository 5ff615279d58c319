"""Cycles that no split can respect, as cuts of the linear programme. Let y be 1 on the ties a split goes against.

Two camps: along a cycle with an odd number of negative ties an odd number of y must be 1, with an even number an even one. So for
any cycle C and any part Z of it such that (negative ties of C) + |Z| is odd,

    sum of y over C minus Z  +  sum of (1 - y) over Z  >=  1

(Barahona & Mahjoub 1986, Math. Programming 36:157-173, written for signed networks). The most violated one is a shortest path in
a network with two states per actor; Z is taken as the ties with y > 1/2, which loses nothing.

More camps: a cycle with exactly one negative tie cannot be respected, so sum of y over C >= 1 (Davis 1967, Human Relations
20:181-187); here the other cycles can be.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.analysis.partition.clock import Clock
from kg.analysis.partition.cuts import Cut
from kg.analysis.partition.pulls import Pulls

__all__ = ["Cycles"]

Floats = NDArray[np.float64]
Arc = tuple[int, int, int]  # other actor, 1 when the tie turns the side, tie number
NEAR = (0.002, 0.1, 0.3)  # a tie shorter than this may be on a quickly found cycle: tried one after the other
LEAST_VIOLATION = 1e-3
CHECKED = 64  # ties looked at between two looks at the clock
PER_TIE = {True: 8, False: 30}  # cuts of one round that may share a tie, for two camps and for more
ALL_PATHS = {True: 400, False: 2_500}  # actors up to which all shortest paths are found at once, for two camps and for more


class Cycles:
    """Finds the cycles of one network that given values y violate, and the split into two that y suggests."""

    def __init__(self, pulls: Pulls, k: int, clock: Clock) -> None:
        self.pulls = pulls
        self.clock = clock
        self.two = k == 2
        self.ends = np.array(pulls.pairs, dtype=np.int64).reshape(-1, 2)
        self.positive = np.array(pulls.net, dtype=np.float64) > 0
        self.number = {pair: e for e, (a, b) in enumerate(pulls.pairs) for pair in ((a, b), (b, a))}

    def packed(self) -> int:
        """A lower bound of the cost of any split, at once: triangles that no split respects, sharing no part of a tie."""
        left = [abs(pull) for pull in self.pulls.net]
        around: list[dict[int, int]] = [{} for _ in range(self.pulls.size)]
        for (a, b), e in self.number.items():
            around[a][b] = e
        bound = 0
        for e, (a, b) in enumerate(self.pulls.pairs):
            for c in sorted(around[a].keys() & around[b].keys()):
                triangle = (e, around[a][c], around[b][c])
                against = sum(self.pulls.net[tie] < 0 for tie in triangle)
                if against == 1 or (self.two and against == 3):
                    least = min(left[tie] for tie in triangle)
                    bound += least
                    for tie in triangle:
                        left[tie] -= least
        return bound

    def rounded(self, y: Floats, known: Sequence[int]) -> list[int]:
        """The split that agrees with y along a spanning tree of the ties where y is surest, near a known split."""
        against = y > 0.5
        length = np.where(against, 1.0 - y, y)
        return self._potential(length, self.positive != against, known)

    def _potential(self, length: Floats, same: NDArray[np.bool_], known: Sequence[int]) -> list[int]:
        """Sides 0/1 that respect `same` along a minimum spanning forest; of equal ties those the known split respects."""
        # this library takes half as long to load as a first search of hundreds of actors, which does without
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import minimum_spanning_tree

        size = self.pulls.size
        rows, cols = self.ends.T
        sides = np.array(known)
        doubtful = (sides[rows] == sides[cols]) != same
        # zero lengths would mean "no tie" in a sparse matrix
        weights = length + 1e-6 + 1e-5 * doubtful
        tree = minimum_spanning_tree(csr_array((weights, (rows, cols)), shape=(size, size))).tocoo()
        relation = dict(zip(map(tuple, self.ends.tolist()), same.tolist(), strict=True))
        around: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        for a, b in zip(tree.coords[0].tolist(), tree.coords[1].tolist(), strict=True):
            turn = 0 if relation[(a, b) if a < b else (b, a)] else 1
            around[a].append((b, turn))
            around[b].append((a, turn))
        side = [-1] * size
        for root in range(size):
            if side[root] >= 0:
                continue
            side[root] = 0
            stack = [root]
            while stack:
                v = stack.pop()
                for u, turn in around[v]:
                    if side[u] < 0:
                        side[u] = side[v] ^ turn
                        stack.append(u)
        return side

    def violated(self, y: Floats, known: Sequence[int]) -> list[Cut]:
        """Violated cuts; none only when y violates none, or the clock says so.

        `known` is the best split so far, which guides the search.
        """
        self.clock.spend(self.pulls.size * len(y) // 8)
        if self.pulls.size <= ALL_PATHS[self.two]:
            return self._violated_everywhere(y)
        against = y > 0.5 if self.two else np.zeros(len(y), dtype=np.bool_)
        length = np.where(against, 1.0 - y, y)
        if self.two:
            same = self.positive != against
            side = np.array(self._potential(length, same, known))
            turned = (side[self.ends[:, 0]] == side[self.ends[:, 1]]) != same
            seeds = np.flatnonzero(turned & (length < 1.0 - LEAST_VIOLATION))
            flags, usable = turned.astype(int).tolist(), np.ones(len(y), dtype=np.bool_)
        else:
            seeds = np.flatnonzero(~self.positive & (length < 1.0 - LEAST_VIOLATION))
            flags, usable = [0] * len(y), self.positive
        seeds = seeds[np.argsort(length[seeds], kind="stable")]
        lengths = length.tolist()
        cuts: list[Cut] = []
        open_seeds: list[int] = seeds.tolist()
        for near in NEAR:
            network = self._network(usable & (length < near), flags)
            missed = []
            for number, seed in enumerate(open_seeds):
                if number % CHECKED == 0 and self.clock.over():
                    return cuts
                ties = self._few_ties(network, seed)
                if ties and sum(lengths[e] for e in ties) < 1.0 - LEAST_VIOLATION:
                    cuts.append(self._cut(ties, against))
                else:
                    missed.append(seed)
            open_seeds = missed
            if len(cuts) * 4 >= len(seeds):
                break
        if len(cuts) * 20 < len(seeds):
            network = self._network(usable & (length < 1.0), flags)
            for number, seed in enumerate(open_seeds):
                if number % CHECKED == 0 and self.clock.over():
                    return cuts
                ties = self._shortest(network, lengths, seed)
                if ties:
                    cuts.append(self._cut(ties, against))
        return cuts

    def _violated_everywhere(self, y: Floats) -> list[Cut]:
        """For every tie the shortest violated cycle through it, a tie in not too many of them."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        size = self.pulls.size
        a, b = self.ends.T
        against = y > 0.5 if self.two else np.zeros(len(y), dtype=np.bool_)
        length = np.where(against, 1.0 - y, y)
        if self.two:  # an actor has two states, even and odd
            copies = 2
            turn = np.where(self.positive != against, 0, 1)
            usable, closing = length < 1.0, np.ones(len(y), dtype=np.bool_)
            ends = 2 * b + (1 - turn)
            rows = np.concatenate([2 * a[usable], 2 * a[usable] + 1])
            cols = np.concatenate([2 * b[usable] + turn[usable], 2 * b[usable] + (1 - turn[usable])])
        else:  # a path of positive ties closed by a negative one
            copies = 1
            usable, closing = self.positive & (length < 1.0), ~self.positive
            ends, rows, cols = b, a[usable], b[usable]
        weights = np.tile(length[usable] + 1e-6, copies)
        states = csr_array((weights, (rows, cols)), shape=(copies * size, copies * size))
        if not closing.any():
            return []
        starts = np.unique(a[closing])
        row_of = np.zeros(size, dtype=np.int64)
        row_of[starts] = np.arange(len(starts))
        distance, back = dijkstra(states, directed=False, indices=copies * starts, limit=1.0, return_predecessors=True)
        total = np.where(closing, distance[row_of[a], ends] + length, 2.0)
        cuts: dict[Cut, None] = {}
        used = [0] * len(length)
        seeds = np.flatnonzero(total < 1.0 - LEAST_VIOLATION)
        for seed in seeds[np.argsort(total[seeds], kind="stable")].tolist():
            start, state = copies * int(a[seed]), int(ends[seed])
            ties = []
            row = back[row_of[a[seed]]]
            while state != start:
                before = int(row[state])
                ties.append(self.number[(before // copies, state // copies)])
                state = before
            cycle = self._odd_part(seed, reversed(ties))
            if max(used[e] for e in cycle) < PER_TIE[self.two]:
                for e in cycle:
                    used[e] += 1
                cuts.setdefault(self._cut(cycle, against))
        return list(cuts)

    def _network(self, usable: NDArray[np.bool_], flags: Sequence[int]) -> list[list[Arc]]:
        """Adjacency over the usable ties."""
        around: list[list[Arc]] = [[] for _ in range(self.pulls.size)]
        pairs = self.pulls.pairs
        for e in np.flatnonzero(usable).tolist():
            a, b = pairs[e]
            around[a].append((b, flags[e], e))
            around[b].append((a, flags[e], e))
        return around

    def _cut(self, ties: Sequence[int], against: NDArray[np.bool_]) -> Cut:
        """The inequality of a cycle."""
        turned = [e for e in ties if against[e]]
        return Cut.of([(e, -1 if against[e] else 1) for e in ties], 1 - len(turned))

    def _few_ties(self, network: list[list[Arc]], seed: int) -> list[int]:
        """The ties of a shortest cycle, counted in ties, through the seed that turns the side; empty when there is none."""
        a, b = self.pulls.pairs[seed]
        start, goal = 2 * a, 2 * b
        back: tuple[dict[int, tuple[int, int]], dict[int, tuple[int, int]]] = ({start: (-1, -1)}, {goal: (-1, -1)})
        fronts = [[start], [goal]]
        while fronts[0] and fronts[1]:
            mine = 0 if len(fronts[0]) <= len(fronts[1]) else 1
            seen, others = back[mine], back[1 - mine]
            front = []
            for state in fronts[mine]:
                v, turned = state >> 1, state & 1
                for u, flag, e in network[v]:
                    reached = 2 * u + (turned ^ flag)
                    if e == seed or reached in seen:
                        continue
                    seen[reached] = (state, e)
                    if reached in others:
                        return self._odd_part(seed, [*self._trace(back[0], reached)[::-1], *self._trace(back[1], reached)])
                    front.append(reached)
            fronts[mine] = front
        return []

    def _shortest(self, network: list[list[Arc]], lengths: Sequence[float], seed: int) -> list[int]:
        """The ties of a violated cycle through the seed, of least total length; empty when there is none."""
        a, b = self.pulls.pairs[seed]
        start, goal = 2 * a, 2 * b
        limit = 1.0 - LEAST_VIOLATION - lengths[seed]
        distance = {start: 0.0}
        back = {start: (-1, -1)}
        heap = [(0.0, start)]
        while heap:
            far, state = heapq.heappop(heap)
            if state == goal:
                return self._odd_part(seed, self._trace(back, goal)[::-1])
            if far > distance[state]:
                continue
            v, turned = state >> 1, state & 1
            for u, flag, e in network[v]:
                reached = 2 * u + (turned ^ flag)
                new = far + lengths[e] + 1e-6  # few ties before many
                if e != seed and new < limit and new < distance.get(reached, 2.0):
                    distance[reached] = new
                    back[reached] = (state, e)
                    heapq.heappush(heap, (new, reached))
        return []

    @staticmethod
    def _trace(back: dict[int, tuple[int, int]], state: int) -> list[int]:
        """The ties from a state back to where its search began."""
        ties = []
        state, e = back[state]
        while e >= 0:
            ties.append(e)
            state, e = back[state]
        return ties

    def _odd_part(self, seed: int, path: Iterable[int]) -> list[int]:
        """The closed walk cut down to one cycle.

        A walk that meets an actor twice does so in both states, so what lies between is a shorter cycle of the wanted kind.
        """
        ties = list(path)
        v = self.pulls.pairs[seed][0]
        first: dict[int, int] = {v: 0}
        for i, e in enumerate(ties):
            a, b = self.pulls.pairs[e]
            v = b if v == a else a
            if v in first:
                return ties[first[v] : i + 1]
            first[v] = i + 1
        return [*ties, seed]
