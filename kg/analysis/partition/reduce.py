"""Actors whose camp follows from their neighbours', taken out before the search and put back after it.

Exact for the optimum: the best split of what is left, completed, is a best split of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.analysis.partition.pulls import Pulls

__all__ = ["Reduced", "reduce"]

SCALE_LIMIT = 1 << 20  # a star of three turned into a triangle may need halves; whole numbers stay below this multiple


@dataclass(frozen=True, slots=True)
class Reduced:
    """What is left (`kernel`, its actors' outer numbers in `actors`), `scale` times the outer pulls, after `sure` was paid.

    cost of the whole = (sure + cost of the kernel) / scale.
    """

    kernel: Pulls
    actors: tuple[int, ...]
    sure: int
    scale: int
    _removed: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]
    _k: int

    def restore(self, labels: list[int]) -> list[int]:
        """Camp numbers of all actors from those of the kernel: each removed actor in turn takes its cheapest camp."""
        size = len(self.actors) + len(self._removed)
        full = [0] * size
        for v, label in zip(self.actors, labels, strict=True):
            full[v] = label
        for v, pulls in reversed(self._removed):
            gain = [0] * self._k
            for u, d in pulls:
                gain[full[u]] += d
            full[v] = max(range(self._k), key=lambda c: (gain[c], -c))
        return full

    def lift(self, bound: int) -> int:
        """The outer lower bound that follows from a lower bound of the kernel's cost."""
        return -(-(self.sure + bound) // self.scale)


class _Reducer:
    """Working state: adjacency of what is left and the record of what was taken out."""

    def __init__(self, pulls: Pulls, k: int) -> None:
        self.k = k
        self.around: list[dict[int, int]] = [dict(row) for row in pulls.neighbours()]
        self.removed: list[tuple[int, tuple[tuple[int, int], ...]]] = []
        self.sure = 0
        self.scale = 1
        self.gone = [False] * pulls.size
        self.queue: list[int] = []

    def link(self, a: int, b: int, d: int) -> None:
        """Add a pull between two actors, merging it with the one that is there."""
        if d == 0:
            return
        before = self.around[a].get(b, 0)
        if before * d < 0:
            self.sure += min(abs(before), abs(d))
        if before + d:
            self.around[a][b] = self.around[b][a] = before + d
        else:
            del self.around[a][b], self.around[b][a]
        self.queue += (a, b)

    def detach(self, v: int) -> tuple[tuple[int, int], ...]:
        """Take an actor out; its pulls."""
        pulls = tuple(sorted(self.around[v].items()))
        for u, _ in pulls:
            del self.around[u][v]
            self.queue.append(u)
        self.around[v] = {}
        self.gone[v] = True
        self.removed.append((v, pulls))
        return pulls

    def star(self, pulls: tuple[tuple[int, int], ...], labels: tuple[int, ...]) -> int:
        """The least an actor with these pulls costs when its neighbours stand in `labels`."""
        parted = sum(d for _, d in pulls if d > 0)
        kept = [0] * self.k
        for (_, d), label in zip(pulls, labels, strict=True):
            kept[label] += d
        return parted - max(kept)

    def remove_pair(self, v: int) -> None:
        """An actor with two pulls becomes one pull between its neighbours."""
        pulls = self.detach(v)
        same, differ = self.star(pulls, (0, 0)), self.star(pulls, (0, 1))
        self.sure += min(same, differ)
        self.link(pulls[0][0], pulls[1][0], differ - same)

    def remove_triple(self, v: int) -> bool:
        """An actor with three pulls becomes a triangle of its neighbours (two camps only); False when numbers get too large."""
        pulls = tuple(sorted(self.around[v].items()))
        equal = self.star(pulls, (0, 0, 0))
        odd = [self.star(pulls, labels) for labels in ((1, 0, 0), (0, 1, 0), (0, 0, 1))]
        twice = [odd[i] + odd[j] - odd[3 - i - j] - equal for i, j in ((0, 1), (0, 2), (1, 2))]
        if any(value % 2 for value in twice):
            if self.scale >= SCALE_LIMIT:
                return False
            self.double()
            return self.remove_triple(v)
        self.detach(v)
        ends = [u for u, _ in pulls]
        self.sure += equal - sum(max(0, -value // 2) for value in twice)
        for (i, j), value in zip(((0, 1), (0, 2), (1, 2)), twice, strict=True):
            self.link(ends[i], ends[j], value // 2)
        return True

    def double(self) -> None:
        """Count everything in halves of the present unit."""
        self.scale *= 2
        self.sure *= 2
        for row in self.around:
            for u in row:
                row[u] *= 2

    def follow(self, v: int) -> bool:
        """Merge an actor into a neighbour whose pull outweighs all its others together; True when it did."""
        row = self.around[v]
        total = sum(map(abs, row.values()))
        leader = min(row, key=lambda u: (-abs(row[u]), u))
        d = row[leader]
        if 2 * abs(d) < total or (d < 0 and self.k > 2):
            return False
        pulls = self.detach(v)
        # v stands with (or opposite to) its leader, so its other pulls become the leader's
        for u, pull in pulls:
            if u != leader:
                self.link(leader, u, pull if d > 0 else -pull)
        # `restore` puts v where its pulls are best served, which is there too
        return True

    def run(self) -> None:
        """Take out actors until none can be."""
        self.queue = sorted((v for v in range(len(self.around))), key=lambda v: (-len(self.around[v]), -v))
        while self.queue:
            v = self.queue.pop()
            if self.gone[v]:
                continue
            degree = len(self.around[v])
            if degree == 0:
                self.gone[v] = True
                self.removed.append((v, ()))
            elif degree == 1:
                self.detach(v)
            elif degree == 2:
                self.remove_pair(v)
            elif not (degree == 3 and self.k == 2 and self.remove_triple(v)):
                self.follow(v)


def reduce(pulls: Pulls, k: int) -> Reduced:
    """The network without the actors that need no search.

    Taken out, again and again: actors with one or two pulls (with three, for two camps), and actors with one pull at least as
    strong as their others together, who follow it.
    """
    state = _Reducer(pulls, k)
    state.run()
    left = tuple(v for v, gone in enumerate(state.gone) if not gone)
    inner = {v: i for i, v in enumerate(left)}
    net = {(inner[a], inner[b]): d for a in left for b, d in state.around[a].items() if a < b}
    return Reduced(Pulls.of(len(left), net), left, state.sure, state.scale, tuple(state.removed), k)
