"""The problem of the splitter: whole-numbered pulls between pairs, cut into independent pieces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import gcd

__all__ = ["Piece", "Pulls", "Split", "contract", "glue", "pieces"]


@dataclass(frozen=True, slots=True)
class Pulls:
    """`size` actors 0..size-1 and, for each tied pair (a < b, in order), a net pull that is never 0.

    A positive pull is what it costs to part the pair, a negative one (minus) what it costs to keep it together.
    """

    size: int
    pairs: tuple[tuple[int, int], ...]
    net: tuple[int, ...]

    @classmethod
    def of(cls, size: int, net: dict[tuple[int, int], int]) -> Pulls:
        """Pulls in canonical order, pairs whose pulls cancel out left away."""
        kept = sorted((pair, d) for pair, d in net.items() if d)
        return cls(size, tuple(pair for pair, _ in kept), tuple(d for _, d in kept))

    def cost(self, labels: Sequence[int]) -> int:
        """What the split `labels` (one camp number per actor) goes against."""
        return sum(abs(d) for (a, b), d in zip(self.pairs, self.net, strict=True) if (labels[a] == labels[b]) == (d < 0))

    def neighbours(self) -> list[list[tuple[int, int]]]:
        """For each actor its (other, pull)."""
        around: list[list[tuple[int, int]]] = [[] for _ in range(self.size)]
        for (a, b), d in zip(self.pairs, self.net, strict=True):
            around[a].append((b, d))
            around[b].append((a, d))
        return around

    def step(self, k: int) -> int:
        """The costs of any two splits into k camps differ by a multiple of this.

        With two camps, moving one actor changes the cost by its total pull minus twice what was gone against.
        """
        if k > 2:
            return gcd(*self.net)
        total = [0] * self.size
        for (a, b), d in zip(self.pairs, self.net, strict=True):
            total[a] += abs(d)
            total[b] += abs(d)
        return gcd(*(2 * d for d in self.net), *total)


@dataclass(frozen=True, slots=True)
class Split:
    """Camp numbers per actor, what they cost, and a proven lower bound of the cost of any split."""

    labels: list[int]
    cost: int
    bound: int

    @property
    def proven(self) -> bool:
        """True when no split is better."""
        return self.bound >= self.cost


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of a larger problem: `actors[i]` is the outer number of the block's actor i."""

    actors: tuple[int, ...]
    pulls: Pulls


def pieces(pulls: Pulls) -> list[Piece]:
    """The blocks (biconnected components) of the network, smallest first.

    Camps may be renumbered freely, so a split of the whole is a split of each block, turned to agree on the one actor that
    two blocks share; the cost is the sum. Actors without a pull are in no block.
    """
    around: list[list[int]] = [[] for _ in range(pulls.size)]
    for index, (a, b) in enumerate(pulls.pairs):
        around[a].append(index)
        around[b].append(index)
    found: list[Piece] = []
    order = [0] * pulls.size
    low = [0] * pulls.size
    count = 0
    for root in range(pulls.size):
        if order[root] or not around[root]:
            continue
        count += 1
        order[root] = low[root] = count
        edges: list[int] = []
        position: dict[int, int] = {}
        stack = [(root, -1, 0)]
        while stack:
            v, entered, at = stack.pop()
            if at < len(around[v]):
                stack.append((v, entered, at + 1))
                edge = around[v][at]
                if edge == entered:
                    continue
                a, b = pulls.pairs[edge]
                u = b if a == v else a
                if not order[u]:
                    count += 1
                    order[u] = low[u] = count
                    position[edge] = len(edges)
                    edges.append(edge)
                    stack.append((u, edge, 0))
                elif order[u] < order[v]:
                    edges.append(edge)
                    low[v] = min(low[v], order[u])
            elif entered >= 0:
                a, b = pulls.pairs[entered]
                parent = b if a == v else a
                low[parent] = min(low[parent], low[v])
                if low[v] >= order[parent]:
                    start = position[entered]
                    found.append(_piece(pulls, edges[start:]))
                    del edges[start:]
    return sorted(found, key=lambda piece: (piece.pulls.size, piece.actors))


def _piece(pulls: Pulls, edges: Iterable[int]) -> Piece:
    """The block made of these pairs, its actors numbered from 0 in outer order."""
    chosen = sorted(edges)
    actors = tuple(sorted({v for e in chosen for v in pulls.pairs[e]}))
    inner = {v: i for i, v in enumerate(actors)}
    return Piece(
        actors,
        Pulls(
            len(actors),
            tuple((inner[pulls.pairs[e][0]], inner[pulls.pairs[e][1]]) for e in chosen),
            tuple(pulls.net[e] for e in chosen),
        ),
    )


def glue(size: int, parts: Sequence[tuple[Sequence[int], Sequence[int]]]) -> list[int]:
    """Camp numbers of the whole from (actors, camp numbers) of its blocks; actors in no block get camp 0."""
    labels = [-1] * size
    of_actor: list[list[int]] = [[] for _ in range(size)]
    for number, (actors, _) in enumerate(parts):
        for v in actors:
            of_actor[v].append(number)
    done = [False] * len(parts)
    for first in range(len(parts)):
        queue = [first]
        while queue:
            number = queue.pop()
            if done[number]:
                continue
            done[number] = True
            actors, inner = parts[number]
            anchor = next((i for i, v in enumerate(actors) if labels[v] >= 0), None)
            have, want = (0, 0) if anchor is None else (inner[anchor], labels[actors[anchor]])
            swap = {have: want, want: have}
            for v, label in zip(actors, inner, strict=True):
                if labels[v] < 0:
                    labels[v] = swap.get(label, label)
                    queue.extend(other for other in of_actor[v] if not done[other])
    return [max(label, 0) for label in labels]


def contract(pulls: Pulls, together: Sequence[int], turned: Sequence[int]) -> tuple[Pulls, int]:
    """The smaller problem with all actors of one group made one, and the cost already certain.

    `together[v]` is the group (0..) of actor v; `turned[v]` is 1 when v stands in the camp opposite to its group's (two camps
    only), else 0.
    """
    net: dict[tuple[int, int], int] = {}
    sure = 0
    for (a, b), d in zip(pulls.pairs, pulls.net, strict=True):
        opposite = turned[a] != turned[b]
        ga, gb = together[a], together[b]
        if ga == gb:
            sure += abs(d) if opposite == (d > 0) else 0
            continue
        pair = (ga, gb) if ga < gb else (gb, ga)
        before = net.get(pair, 0)
        added = -d if opposite else d
        net[pair] = before + added
        # two pulls that disagree: the weaker is gone against whatever the split
        sure += min(abs(before), abs(added)) if before * added < 0 else 0
    return Pulls.of(max(together, default=-1) + 1, net), sure
