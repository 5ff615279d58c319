"""All best splits of a small network into at most k camps, by assigning actor after actor.

Branch and bound with Russian-doll bounds (Verfaillie, Lemaitre & Schiex 1996, AAAI-96:181-187): the last actors are solved first,
alone, and what they cost at least helps to solve more of them. Camps have no names: an actor joins a camp in use or opens the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.analysis.partition.clock import Clock
from kg.analysis.partition.pulls import Pulls

__all__ = ["Assignment"]

CHECKED = 1024  # assignments between two looks at the clock
STEP = 15  # work of one


class _Exhausted(Exception):  # noqa: N818 - the work allowed is done, nothing is wrong
    """The work allowed is done."""


class Assignment:
    """The search on one network; `work` is how many assignments may still be tried."""

    def __init__(self, pulls: Pulls, k: int, clock: Clock, work: int) -> None:
        self.pulls = pulls
        self.k = k
        self.clock = clock
        self.work = work
        self.order = _strongest_first(pulls)
        position = {v: i for i, v in enumerate(self.order)}
        self.later: list[list[tuple[int, int]]] = [[] for _ in self.order]
        for (a, b), d in zip(pulls.pairs, pulls.net, strict=True):
            first, second = sorted((position[a], position[b]))
            self.later[first].append((second, d))
        self.suffix = [0] * (pulls.size + 1)

    def solve(self, labels: Sequence[int]) -> tuple[list[int], int] | None:
        """A best split and its cost, given a good one; None when the work allowed did not suffice."""
        known = [labels[v] for v in self.order]
        found = known
        for start in range(self.pulls.size - 1, -1, -1):
            # good splits of these actors: the known one, and the best of the later ones with the first put where it fits
            placed = [[*found[:start], camp, *found[start + 1 :]] for camp in range(self.k)]
            found = min([known, *placed], key=lambda split: self._cost_from(split, start))
            upper = self._cost_from(found, start)
            if self.suffix[start + 1] < upper:
                try:
                    better = self._search(start, upper - 1, 1, shrink=True)
                except _Exhausted:
                    return None
                if better:
                    found = better[-1]
            self.suffix[start] = self._cost_from(found, start)
        return self._by_actor(found), self.suffix[0]

    def _by_actor(self, split: Sequence[int]) -> list[int]:
        """Camp numbers by actor from those by position."""
        labels = [0] * self.pulls.size
        for i, v in enumerate(self.order):
            labels[v] = split[i]
        return labels

    def all_best(self, cost: int, cap: int) -> tuple[list[list[int]], bool]:
        """Up to `cap` splits of exactly the least cost, and whether they are all; best after `solve`."""
        try:
            found = self._search(0, cost, cap, shrink=False)
            complete = len(found) < cap
        except _Exhausted:
            found, complete = self._found, False
        return [self._by_actor(split) for split in found], complete

    def _cost_from(self, labels: Sequence[int], start: int) -> int:
        """Cost among the actors from `start` on; labels by position."""
        return sum(
            abs(d) for i in range(start, self.pulls.size) for j, d in self.later[i] if (labels[i] == labels[j]) == (d < 0)
        )

    def _search(self, start: int, limit: int, cap: int, *, shrink: bool) -> list[list[int]]:
        """Splits of the actors from `start` on that cost at most `limit`.

        With `shrink` each one found must be cheaper than the one before, else up to `cap` of them are collected.
        """
        size, k = self.pulls.size, self.k
        later, suffix = self.later, self.suffix
        gain = [[0] * k for _ in range(size)]
        parted = [0] * size
        least = [0] * size
        labels = [0] * size
        found: list[list[int]] = []
        self._found = found

        def cheapest(u: int, used: int) -> int:
            row = gain[u]
            return parted[u] - (max(0, *row[:used]) if used < k else max(row))

        def extend(i: int, used: int, cost: int, open_cost: int) -> bool:
            """Assign actor i; True when the collection is full."""
            nonlocal limit
            if i == size:
                found.append(labels[:])
                if shrink:
                    limit = cost - 1
                return not shrink and len(found) >= cap
            self.work -= 1
            if self.work < 0:
                raise _Exhausted
            if self.work % CHECKED == 0:
                self.clock.spend(CHECKED * STEP)
                if self.clock.over():
                    raise _Exhausted
            rest = open_cost - least[i]
            row, base = gain[i], parted[i]
            for added, camp in sorted((base - row[c], c) for c in range(min(used + 1, k))):
                if cost + added + rest + suffix[i + 1] > limit:
                    return False
                labels[i] = camp
                now_used = max(used, camp + 1)
                remaining = rest
                changed = range(i + 1, size) if now_used == k > used else [u for u, _ in later[i]]
                before = [(u, least[u]) for u in changed]
                for u, d in later[i]:
                    gain[u][camp] += d
                    if d > 0:
                        parted[u] += d
                for u, old in before:
                    least[u] = new = cheapest(u, now_used)
                    remaining += new - old
                full = cost + added + remaining + suffix[i + 1] <= limit and extend(i + 1, now_used, cost + added, remaining)
                for u, d in later[i]:
                    gain[u][camp] -= d
                    if d > 0:
                        parted[u] -= d
                for u, old in before:
                    least[u] = old
                if full:
                    return True
            return False

        extend(start, 0, 0, 0)
        return found


def _strongest_first(pulls: Pulls) -> list[int]:
    """Actors so that each is as strongly tied as can be to those before it."""
    around = pulls.neighbours()
    weight = [sum(abs(d) for _, d in row) for row in around]
    tied = [0] * pulls.size
    left = set(range(pulls.size))
    order = []
    while left:
        v = max(left, key=lambda u: (tied[u], weight[u], -u))
        left.remove(v)
        order.append(v)
        for u, d in around[v]:
            tied[u] += abs(d)
    return order
