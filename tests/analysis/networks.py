"""Made-up signed networks, and the plain way to split them, for comparison."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import networkx as nx
from hypothesis import strategies as st

Tie = tuple[int, int, int]


def network(size: int, ties: list[Tie]) -> nx.MultiGraph[int]:
    """A signed network of actors 0..size-1."""
    graph: nx.MultiGraph[int] = nx.MultiGraph()
    graph.add_nodes_from(range(size))
    for a, b, sign in ties:
        graph.add_edge(a, b, sign=sign)
    return graph


@st.composite
def signed_networks(draw: st.DrawFn, most: int = 8) -> tuple[int, list[Tie]]:
    """(actors, ties) with at least one tie; parallel ties and isolated actors occur."""
    size = draw(st.integers(2, most))
    pair = st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda ends: ends[0] != ends[1])
    ties = draw(st.lists(st.tuples(pair, st.sampled_from([1, -1])), min_size=1, max_size=3 * size))
    return size, [(a, b, sign) for (a, b), sign in ties]


def planted(size: int, ties: int, noise: float, seed: int, camps: int = 2) -> tuple[nx.Graph[int], list[int]]:
    """A network that falls into camps but for some noise, and the camps it was made from."""
    chance = random.Random(seed)
    side = [chance.randrange(camps) for _ in range(size)]
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(size))
    while ties:
        a, b = chance.randrange(size), chance.randrange(size)
        if a != b and not graph.has_edge(a, b):
            ties -= 1
            sign = 1 if side[a] == side[b] else -1
            graph.add_edge(a, b, sign=-sign if chance.random() < noise else sign)
    return graph, side


def partitions(actors: list[Any], k: int) -> Iterator[dict[Any, int]]:
    """Every split of some actors into at most k nameless camps, once."""

    def extend(place: int, labels: dict[Any, int], used: int) -> Iterator[dict[Any, int]]:
        if place == len(actors):
            yield dict(labels)
            return
        for camp in range(min(used + 1, k)):
            labels[actors[place]] = camp
            yield from extend(place + 1, labels, max(used, camp + 1))

    yield from extend(0, {}, 0)


def cost(ties: list[Tie], labels: dict[Any, int], alpha: float = 0.5) -> float:
    """The criterion of one split."""
    return sum(
        alpha * (sign < 0 and labels[a] == labels[b]) + (1 - alpha) * (sign > 0 and labels[a] != labels[b])
        for a, b, sign in ties
    )


def best_splits(ties: list[Tie], k: int, alpha: float = 0.5) -> tuple[float, list[dict[Any, int]]]:
    """(least criterion, every split that has it), by looking at all."""
    actors = sorted({v for a, b, _ in ties for v in (a, b)})
    costs = [(round(cost(ties, labels, alpha), 9), labels) for labels in partitions(actors, k)]
    least = min(value for value, _ in costs)
    return least, [labels for value, labels in costs if value == least]


def undecided(ties: list[Tie], k: int) -> set[int]:
    """Who is in no core of the best splits: in each part, what all largest sets of actors share whose pairs stand alike in all."""
    _, splits = best_splits(ties, k)
    outside = set()
    for part in nx.connected_components(nx.Graph([(a, b) for a, b, _ in ties])):
        alike: nx.Graph[int] = nx.Graph()
        alike.add_nodes_from(part)
        pairs = combinations(sorted(part), 2)
        alike.add_edges_from((a, b) for a, b in pairs if len({split[a] == split[b] for split in splits}) == 1)
        sets = [set(members) for members in nx.find_cliques(alike)]
        largest = max(map(len, sets))
        outside |= part - set.intersection(*(members for members in sets if len(members) == largest))
    return outside


def admissible(
    power: dict[str, int],
    tensions: list[tuple[str, str]],
    required: list[str],
    excluded: list[str],
    ties: list[tuple[str, str]] | None,
) -> list[frozenset[str]]:
    """Every coalition that meets the conditions but the quota."""
    against = {frozenset(pair) for pair in tensions}
    names = [name for name in power if name not in excluded]
    found = []
    for size in range(len(names) + 1):
        for members in combinations(names, size):
            if not set(required) <= set(members) or any(frozenset(pair) in against for pair in combinations(members, 2)):
                continue
            if ties is not None:
                inner: nx.Graph[str] = nx.Graph([pair for pair in ties if set(pair) <= set(members)])
                inner.add_nodes_from(members)
                if not members or not nx.is_connected(inner):
                    continue
            found.append(frozenset(members))
    return found
