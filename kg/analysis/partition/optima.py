"""How many best splits there are, and who does not stand in the same place in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial

from kg.analysis.partition.assignment import Assignment
from kg.analysis.partition.clock import Clock, StopSearch
from kg.analysis.partition.descent import Descent
from kg.analysis.partition.pulls import Piece, Pulls, contract, pieces
from kg.analysis.partition.search import Answer, Search, grouped

__all__ = ["Optima", "best_splits"]

LARGEST = 45  # actors of a remaining block up to which all its best splits are looked for
WORK = 100_000  # assignments tried for one block


@dataclass(frozen=True, slots=True)
class Optima:
    """`count` best splits (at least so many unless `complete`), `moving` the actors that change place between them."""

    count: int
    complete: bool
    moving: tuple[int, ...]


def best_splits(pulls: Pulls, k: int, solved: Sequence[tuple[Piece, Answer]], cap: int, clock: Clock) -> Optima:
    """The number of best splits into at most k nameless camps, given a best split of every block.

    Pairs that stand to each other in the same way in every best split are merged; what is left falls into small blocks, whose
    best splits are listed and multiplied. Parts that nothing connects can be turned against each other freely, and are.
    """
    together: list[tuple[int, int]] = []
    apart: list[tuple[int, int]] = []
    for piece, answer in solved:
        for a, b, differ in _always(piece, answer, k, clock):
            (apart if differ else together).append((piece.actors[a], piece.actors[b]))
    number = {pair: e for e, pair in enumerate(pulls.pairs)}
    groups, turned = grouped(pulls, [number[pair] for pair in together], [number[pair] for pair in apart])
    kernel, _ = contract(pulls, groups, turned)
    blocks = pieces(kernel)
    listed = [_listed(block, k, cap, clock) for block in blocks]
    complete = all(whole for _, whole in listed)
    count = _product(kernel, k, blocks, [splits for splits, _ in listed])
    firm = [True] * kernel.size
    if count > 1 or not complete:
        weight = [0] * kernel.size
        whole = _Forest(kernel.size)
        for group in groups:
            weight[group] += 1
        for a, b in pulls.pairs:
            whole.join(groups[a], groups[b])
        component = [whole.root(v) for v in range(kernel.size)]
        firm = (_firm_of_two if k == 2 else _firm_of_more)(weight, component, blocks, [splits for splits, _ in listed])
    moving = tuple(v for v, group in enumerate(groups) if not firm[group])
    return Optima(min(count, cap), complete and count <= cap, moving)


def _always(piece: Piece, answer: Answer, k: int, clock: Clock) -> list[tuple[int, int, bool]]:
    """(a, b, differ) for the ties of a large block whose ends stand to each other alike in all its best splits."""
    if piece.pulls.size <= LARGEST // 2 or not answer.split.proven:
        return []
    descent = Descent(piece.pulls, k, 0, clock)
    descent.labels, descent.cost = answer.split.labels, answer.split.cost
    search = Search(descent)
    if answer.relaxation is None or answer.relaxation.narrowed():
        with suppress(StopSearch):
            search.cutting_planes()
    else:
        search.relaxation = answer.relaxation
    groups, turned = search.fixed_pairs(answer.split.cost)
    return [(a, b, turned[a] != turned[b]) for a, b in piece.pulls.pairs if groups[a] == groups[b]]


def _listed(block: Piece, k: int, cap: int, clock: Clock) -> tuple[list[list[int]], bool]:
    """All best splits of a block, or at least one, and whether they are all."""
    pulls = block.pulls
    descent = Descent(pulls, k, 0, clock)
    descent.start(2, 10 * pulls.size)
    if pulls.size > LARGEST:
        return [descent.labels], False
    assignment = Assignment(pulls, k, clock, WORK)
    best = assignment.solve(descent.labels)
    if best is None:
        return [descent.labels], False
    return assignment.all_best(best[1], cap + 1)


def _product(kernel: Pulls, k: int, blocks: Sequence[Piece], listed: Sequence[Sequence[Sequence[int]]]) -> int:
    """The number of best splits of the whole from those of its blocks.

    Splits with camps named 1..j multiply: blocks that share an actor must name its camp alike (1 in j do), parts that share none
    need not. From those counts for all j <= k follow the splits with exactly j camps in use, and each of these was named j! times.
    """
    parts = _parts(kernel, blocks)
    named = [Fraction(0)] * (k + 1)
    for j in range(1, k + 1):
        ways = Fraction(j) ** parts
        for splits in listed:
            used = [len(set(split)) for split in splits]
            ways *= Fraction(sum(factorial(j) // factorial(j - i) for i in used if i <= j), j)
        named[j] = ways
    total = Fraction(0)
    for j in range(1, k + 1):
        onto = sum(((-1) ** (j - i) * comb(j, i) * named[i] for i in range(1, j + 1)), Fraction(0))
        total += onto / factorial(j)
    return int(total)


def _parts(kernel: Pulls, blocks: Sequence[Piece]) -> int:
    """The number of parts that nothing connects."""
    # a tree of blocks: each block of m actors joins m things into one
    return kernel.size - sum(block.pulls.size - 1 for block in blocks)


def _firm_of_two(
    weight: Sequence[int], component: Sequence[int], blocks: Sequence[Piece], listed: Sequence[Sequence[Sequence[int]]]
) -> list[bool]:
    """Two camps: actors whose relation, together or opposite, never changes form a set; a component's heaviest set is firm."""
    sets = _Forest(len(weight))
    for block, splits in zip(blocks, listed, strict=True):
        first_at: dict[tuple[int, ...], int] = {}
        for i, v in enumerate(block.actors):
            turned = tuple(split[i] ^ split[0] ^ splits[0][i] ^ splits[0][0] for split in splits)
            sets.join(v, first_at.setdefault(turned, v))
    heaviest = _heaviest(weight, component, sets)
    return [heaviest[component[v]] == sets.root(v) for v in range(len(weight))]


def _firm_of_more(
    weight: Sequence[int], component: Sequence[int], blocks: Sequence[Piece], listed: Sequence[Sequence[Sequence[int]]]
) -> list[bool]:
    """More camps: in a component's heaviest block, actors in the same camp of all best splits once camps are lined up.

    In a block hanging on a firm actor only those always together with it: the others may be in any of the other camps.
    """
    parts = _Forest(len(weight))
    of_actor: list[list[int]] = [[] for _ in weight]
    for number, block in enumerate(blocks):
        for v in block.actors:
            parts.join(block.actors[0], v)
            of_actor[v].append(number)
    heaviest = _heaviest(weight, component, parts)
    firm = [heaviest[component[v]] == parts.root(v) for v in range(len(weight))]
    heavy_first = sorted(range(len(blocks)), key=lambda n: (-sum(weight[v] for v in blocks[n].actors), n))
    done = [False] * len(blocks)
    for main in heavy_first:
        queue: list[tuple[int, int | None]] = [(main, None)] if firm[blocks[main].actors[0]] else []
        while queue:
            number, anchor = queue.pop()
            if done[number]:
                continue
            done[number] = True
            actors, splits = blocks[number].actors, listed[number]
            if anchor is None:
                lined = [_lined_up(split, splits[0]) for split in splits]
                stays = [len({split[i] for split in lined}) == 1 for i in range(len(actors))]
            else:
                at = actors.index(anchor)
                stays = [firm[anchor] and all(split[i] == split[at] for split in splits) for i in range(len(actors))]
            for v, stay in zip(actors, stays, strict=True):
                if v != anchor:
                    firm[v] = stay
                    queue += [(other, v) for other in of_actor[v] if not done[other]]
    return firm


def _heaviest(weight: Sequence[int], component: Sequence[int], sets: _Forest) -> dict[int, int]:
    """For each component the root of the set that holds most of it."""
    total: dict[int, int] = {}
    for v, w in enumerate(weight):
        total[sets.root(v)] = total.get(sets.root(v), 0) + w
    best: dict[int, int] = {}
    for v in range(len(weight)):
        root = sets.root(v)
        if component[v] not in best or total[root] > total[best[component[v]]]:
            best[component[v]] = root
    return best


def _lined_up(split: Sequence[int], reference: Sequence[int]) -> list[int]:
    """The split with its camps renamed after those of the reference they share most actors with."""
    shared: dict[tuple[int, int], int] = {}
    for camp, other in zip(split, reference, strict=True):
        shared[camp, other] = shared.get((camp, other), 0) + 1
    name: dict[int, int] = {}
    for camp, other in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if camp not in name and other not in name.values():
            name[camp] = other
    spare = iter(sorted(set(range(len(split) + max(reference) + 1)) - set(name.values()) - set(reference)))
    return [name[camp] if camp in name else name.setdefault(camp, next(spare)) for camp in split]


class _Forest:
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
