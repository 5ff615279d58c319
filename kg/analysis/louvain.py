"""Communities by Louvain on plain lists: those that networkx 3.6 finds from the same seed, several times sooner.

Blondel, Guillaume, Lambiotte & Lefebvre 2008, J. Stat. Mech. P10008.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import TypeAlias

__all__ = ["louvain", "modularity"]

Near: TypeAlias = list[dict[int, float]]
"""For each node its neighbours and the weight of the tie; a node's own number stands for ties within."""

_LEAST_GAIN = 1e-7
"""Modularity that another level has to add."""


def louvain(size: int, ties: Mapping[tuple[int, int], float], resolution: float, seed: int) -> list[int]:
    """The number of the community of each of `size` nodes; `ties` (a < b, in order) have weights above 0."""
    order = random.Random(seed)  # noqa: S311  # a search, not a secret
    near: Near = [{} for _ in range(size)]
    for (a, b), weight in ties.items():
        near[a][b] = near[b][a] = weight
    degrees = _degrees(near)
    whole = sum(degrees) / 2
    found = list(range(size))
    quality = _quality(near, degrees, whole, resolution)
    while True:
        of = _moved(near, degrees, whole, resolution, order)
        number = {group: place for place, group in enumerate(sorted(set(of)))}
        if len(number) == len(near):  # nobody moved
            return found
        of = [number[group] for group in of]
        found = [of[v] for v in found]
        near = _joined(near, of, len(number))
        degrees = _degrees(near)
        better = _quality(near, degrees, whole, resolution)
        if better - quality <= _LEAST_GAIN:
            return found
        quality = better


def _degrees(near: Near) -> list[float]:
    """The weights of each node's ties, those within counted at both ends."""
    return [sum(row.values()) + row.get(v, 0.0) for v, row in enumerate(near)]


def _quality(near: Near, degrees: Sequence[float], whole: float, resolution: float) -> float:
    """The modularity of every node by itself."""
    within = (row.get(v, 0.0) / whole for v, row in enumerate(near))
    return sum(inside - resolution * (degree / (2 * whole)) ** 2 for inside, degree in zip(within, degrees, strict=True))


def _moved(near: Near, degrees: Sequence[float], whole: float, resolution: float, order: random.Random) -> list[int]:
    """The community of each node once none gains by going to a neighbour's; they are asked in one random order, again and again."""
    of = list(range(len(near)))
    total = list(degrees)
    others = [[(other, weight) for other, weight in row.items() if other != v] for v, row in enumerate(near)]
    shared: list[dict[int, float] | None] = [None] * len(
        near
    )  # what a node's ties to each community weigh, until one changes
    nodes = list(range(len(near)))
    order.shuffle(nodes)
    square = 2 * whole**2
    staying = 0  # so many have been asked since the last move
    for v in cycle(nodes):
        if staying == len(nodes):
            break
        staying += 1
        own, degree = of[v], degrees[v]
        weights = shared[v]
        if weights is None:
            weights = {}
            for other, weight in others[v]:
                group = of[other]
                weights[group] = weights.get(group, 0.0) + weight
            weights.setdefault(own, 0.0)
            shared[v] = weights
        if len(weights) == 1:
            continue
        total[own] -= degree
        leaving = -weights[own] / whole + resolution * (total[own] * degree) / square
        best, best_gain = own, 0.0
        for group, weight in weights.items():
            gain = leaving + weight / whole - resolution * (total[group] * degree) / square
            if gain > best_gain:
                best, best_gain = group, gain
        total[best] += degree
        if best != own:
            of[v] = best
            staying = 0
            shared[v] = None
            for other, _ in others[v]:
                shared[other] = None
    return of


def _joined(near: Near, of: Sequence[int], count: int) -> Near:
    """The network of the communities."""
    joined: Near = [{} for _ in range(count)]
    for v, row in enumerate(near):
        for other, weight in row.items():
            if other >= v:
                a, b = of[v], of[other]
                joined[a][b] = joined[b][a] = weight + joined[a].get(b, 0.0)
    return joined


def modularity(ties: Mapping[tuple[int, int], float], of: Sequence[int], resolution: float) -> float:
    """The modularity of communities, given as the number of each node's; the sum goes from number to number."""
    count = max(of) + 1
    inside, degrees = [0.0] * count, [0.0] * count
    for (a, b), weight in ties.items():
        degrees[of[a]] += weight
        degrees[of[b]] += weight
        if of[a] == of[b]:
            inside[of[a]] += weight
    both = sum(degrees)
    return sum(
        within / (both / 2) - resolution * degree**2 / both**2 for within, degree in zip(inside, degrees, strict=True)
    )
