"""Whose place the best splits decide: the core of each part of a network.

A pair of actors is firm when the two stand together in every best split, or apart in every one. A set of actors is firm when all its
pairs are. The core of a part is what its largest firm sets have in common: the only one, or nothing where equally large ones share
nobody. Neither names nor order play a part in this.

With two camps firm pairs link up (whoever stands firmly to b as b to c stands firmly to c), so each actor is in one largest firm set.
With more only being together does: a firm set then is made of at most k groups, each always together, always apart from each other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.partition.assignment import Assignment
from kg.analysis.partition.clock import Clock
from kg.analysis.partition.descent import Descent
from kg.analysis.partition.pulls import Piece, Pulls

__all__ = ["Forest", "Standing", "firm", "settle"]

WORK = 200_000  # assignments tried for one block
SWAPS = 200  # best splits that are had for nothing, at most


class Forest:
    """Sets that grow together."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))

    def root(self, v: int) -> int:
        """The least member of the set of v."""
        while self.parent[v] != v:
            self.parent[v] = self.parent[self.parent[v]]
            v = self.parent[v]
        return v

    def join(self, a: int, b: int) -> None:
        """Make one set of two."""
        first, second = sorted((self.root(a), self.root(b)))
        self.parent[second] = first


@dataclass(frozen=True, slots=True)
class Standing:
    """Who stands to whom alike in some splits of a block: `first[i]` is the first actor of the group of actor i.

    With two camps a group's pairs are firm; with more they are together, and `apart` holds the first actors of pairs of groups that
    never are.
    """

    first: list[int]
    apart: list[tuple[int, int]]

    @classmethod
    def of(cls, splits: Sequence[Sequence[int]], k: int) -> Standing:
        """How the actors stand in all of these splits."""
        seen = [tuple(split[i] for split in splits) for i in range(len(splits[0]))]
        if k == 2:  # which of the two camps it is does not matter
            seen = [tuple(camp ^ places[0] for camp in places) for places in seen]
        first_with: dict[tuple[int, ...], int] = {}
        first = [first_with.setdefault(places, i) for i, places in enumerate(seen)]
        if k == 2:
            return cls(first, [])
        groups = sorted(first_with.values())
        return cls(
            first,
            [
                (a, b)
                for number, a in enumerate(groups)
                for b in groups[number + 1 :]
                if all(one != other for one, other in zip(seen[a], seen[b], strict=True))
            ],
        )


def settle(pulls: Pulls, k: int, splits: list[list[int]], clock: Clock, *, ask: bool = True) -> bool:
    """Adds best splits of a block to some of them until all pairs that are not firm are seen not to be.

    Whoever has the same pulls can change places. With `ask`, it then looks pair after pair for a best split in which the two stand
    otherwise. False when the work allowed did not suffice.
    """
    splits += itertools.islice(_swapped(pulls, splits[0]), SWAPS)
    cost = pulls.cost(splits[0])
    work = WORK if ask else 0
    sure = Forest(pulls.size)
    sure_apart: set[tuple[int, int]] = set()
    while True:
        standing = Standing.of(splits, k)
        groups = ((first, i) for i, first in enumerate(standing.first) if sure.root(first) != sure.root(i))
        pair = next(groups, None) or next((pair for pair in standing.apart if pair not in sure_apart), None)
        if pair is None:
            return True
        if work <= 0:
            return False
        bent, more = _bent(pulls, pair, together=splits[0][pair[0]] != splits[0][pair[1]], force=cost + 1)
        descent = Descent(bent, k, 0, clock)
        descent.start(2, 10 * pulls.size)
        assignment = Assignment(bent, k, clock, work)
        best = assignment.solve(descent.labels)
        work = assignment.work
        if best is None:
            return False
        if best[1] + more == cost:
            splits.append(best[0])
        elif pair in standing.apart:
            sure_apart.add(pair)
        else:
            sure.join(*pair)


def _swapped(pulls: Pulls, split: list[int]) -> Iterator[list[int]]:
    """The split with two actors of different camps in each other's place, for all who have the same pulls to everybody else."""
    around = [dict(row) for row in pulls.neighbours()]
    alike: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for v, row in enumerate(around):
        alike.setdefault(tuple(sorted(row.items())), []).append(v)
    untied = (pair for group in alike.values() for pair in itertools.combinations(group, 2))
    tied = (
        (a, b)
        for a, b in pulls.pairs
        if len(around[a]) == len(around[b]) and all(u == b or around[b].get(u) == pull for u, pull in around[a].items())
    )
    for a, b in itertools.chain(untied, tied):
        if split[a] != split[b]:
            swapped = split[:]
            swapped[a], swapped[b] = split[b], split[a]
            yield swapped


def _bent(pulls: Pulls, pair: tuple[int, int], *, together: bool, force: int) -> tuple[Pulls, int]:
    """The pulls with a pair forced together or apart, and what is paid for that at the pair itself."""
    net = dict(zip(pulls.pairs, pulls.net, strict=True))
    before = net.get(pair, 0)
    net[pair] = force if together else -force
    return Pulls.of(pulls.size, net), abs(before) if (before < 0) == together else 0


def firm(
    weight: Sequence[int], part: Sequence[int], blocks: Sequence[Piece], standings: Sequence[Standing], k: int
) -> list[bool]:
    """For each actor whether it is in the core of its part; an actor counts `weight` actors that stand firmly to each other.

    Two groups of different blocks stand apart in every best split only where the blocks meet in an actor of one of them: elsewhere
    the camps of one block can be renumbered.
    """
    groups = Forest(len(weight))
    for block, standing in zip(blocks, standings, strict=True):
        for v, first in zip(block.actors, standing.first, strict=True):
            groups.join(v, block.actors[first])
    apart: dict[int, set[int]] = {}
    for block, standing in zip(blocks, standings, strict=True):
        for a, b in standing.apart:
            one, other = groups.root(block.actors[a]), groups.root(block.actors[b])
            apart.setdefault(one, set()).add(other)
            apart.setdefault(other, set()).add(one)
    sizes: dict[int, dict[int, int]] = {}
    for v, counted in enumerate(weight):
        of_part = sizes.setdefault(part[v], {})
        of_part[groups.root(v)] = of_part.get(groups.root(v), 0) + counted
    core = {group for of_part in sizes.values() for group in _common(of_part, apart, k)}
    return [groups.root(v) in core for v in range(len(weight))]


def _common(size: Mapping[int, int], apart: Mapping[int, set[int]], k: int) -> Iterator[int]:
    """The groups of a part that all its largest firm sets hold."""
    ordered = sorted(size, key=lambda group: (-size[group], group))
    rank = {group: i for i, group in enumerate(ordered)}
    sizes = [size[group] for group in ordered]
    later = [{rank[other] for other in apart.get(group, ()) if rank[other] > i} for i, group in enumerate(ordered)]
    everybody = set(range(len(ordered)))
    largest = _largest(sizes, later, everybody, k, 0)
    total = sum(sizes[i] for i in largest)
    for i in largest:
        if not _largest(sizes, later, everybody - {i}, k, total - 1):
            yield ordered[i]


def _largest(sizes: Sequence[int], later: Sequence[set[int]], among: set[int], k: int, beat: int) -> list[int]:
    """A largest set of at most k groups, each apart from all others, with more actors than `beat`; empty when there is none."""
    best: list[int] = []

    def grow(chosen: list[int], candidates: set[int], total: int) -> None:
        nonlocal best, beat
        if total > beat:
            best, beat = chosen, total
        ordered = sorted(candidates)
        for at, i in enumerate(ordered):
            if total + sum(sizes[j] for j in ordered[at : at + k - len(chosen)]) <= beat:
                return
            grow([*chosen, i], candidates & later[i], total + sizes[i])

    grow([], among, 0)
    return best
