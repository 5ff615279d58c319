"""How many best splits there are, and whose place they do not decide."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial

from kg.analysis.partition.assignment import Assignment
from kg.analysis.partition.clock import Clock, StopSearch
from kg.analysis.partition.core import Standing, firm, settle
from kg.analysis.partition.descent import Descent
from kg.analysis.partition.pulls import Piece, Pulls, contract, glue, pieces
from kg.analysis.partition.search import Answer, Search, grouped

__all__ = ["Optima", "best_splits"]

LISTED_AT_ONCE = 22  # actors of a block up to which its best splits are listed without merging anybody before
LARGEST = 120  # actors of a remaining block up to which all its best splits are looked for
WORK = 100_000  # assignments tried for one block
LOOKED_AT = 64  # splits of a larger block from which single actors are moved
NEARBY = 200  # splits that are found so, at most


@dataclass(frozen=True, slots=True)
class Optima:
    """`count` best splits (at least so many unless `complete`), `moving` those outside the core (or more, unless `settled`)."""

    count: int
    complete: bool
    moving: tuple[int, ...]
    settled: bool


def best_splits(
    pulls: Pulls, k: int, solved: Sequence[tuple[Piece, Answer]], cap: int, clock: Clock, parts: Sequence[int]
) -> Optima:
    """The number of best splits into at most k nameless camps, given a best split of every block, and who is in no core.

    Pairs that stand to each other in the same way in every best split are merged; what is left falls into small blocks, whose
    best splits are listed and multiplied. Parts that nothing connects can be turned against each other freely, and are.
    `parts[v]` is the part whose core actor v may be in.
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
    best = [0] * kernel.size
    for v, camp in enumerate(glue(pulls.size, [(piece.actors, answer.split.labels) for piece, answer in solved])):
        best[groups[v]] = camp ^ turned[v]
    listed = [_listed(block, [best[v] for v in block.actors], k, cap, clock) for block in blocks]
    complete = all(each.whole for each in listed)
    count = _product(kernel, k, blocks, [each.splits for each in listed])
    settled = True
    for block, each in zip(blocks, listed, strict=True):
        # a list that was cut short is lengthened by what tells pairs apart
        settled &= each.whole or settle(block.pulls, k, each.splits, clock, ask=each.ask)
    weight, part = [0] * kernel.size, [0] * kernel.size
    for v, group in enumerate(groups):
        weight[group] += 1
        part[group] = parts[v]
    core = firm(weight, part, blocks, [Standing.of(each.splits, k) for each in listed], k)
    moving = tuple(v for v, group in enumerate(groups) if not core[group])
    return Optima(min(count, cap), complete and count <= cap, moving, settled)


def _always(piece: Piece, answer: Answer, k: int, clock: Clock) -> list[tuple[int, int, bool]]:
    """(a, b, differ) for the ties of a large block whose ends stand to each other alike in all its best splits."""
    if piece.pulls.size <= LISTED_AT_ONCE or not answer.split.proven:
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


@dataclass(frozen=True, slots=True)
class _Listed:
    """Best splits of a block, whether they are `whole`, and whether it is small enough to `ask` for more."""

    splits: list[list[int]]
    whole: bool
    ask: bool


def _listed(block: Piece, best: list[int], k: int, cap: int, clock: Clock) -> _Listed:
    """All best splits of a block, or at least the one given."""
    pulls = block.pulls
    if pulls.size <= LARGEST:
        assignment = Assignment(pulls, k, clock, WORK)
        if assignment.solve(best) is not None:
            splits, whole = assignment.all_best(pulls.cost(best), cap + 1)
            return _Listed(splits or [best], whole, ask=not whole)
    return _Listed(_around(pulls, best, k, cap), whole=False, ask=False)


def _around(pulls: Pulls, best: list[int], k: int, cap: int) -> list[list[int]]:
    """Best splits of a block that the one given turns into when single actors move, one after the other: the first it comes to."""
    neighbours = pulls.neighbours()
    found = {_numbered(best): None}
    queue = deque(found)
    for _ in range(LOOKED_AT):
        if not queue:
            break
        labels = queue.popleft()
        for v, old in enumerate(labels):
            gain = [0] * k
            for u, pull in neighbours[v]:
                gain[labels[u]] += pull
            for camp in range(k):
                if camp != old and gain[camp] == gain[old]:
                    moved = _numbered([*labels[:v], camp, *labels[v + 1 :]])
                    if moved not in found:
                        found[moved] = None
                        queue.append(moved)
                    if len(found) > min(cap, NEARBY):
                        return [list(labels) for labels in found]
    return [list(labels) for labels in found]


def _numbered(labels: Sequence[int]) -> tuple[int, ...]:
    """Camp numbers in the order in which camps first come up."""
    number: dict[int, int] = {}
    return tuple(number.setdefault(camp, len(number)) for camp in labels)


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
