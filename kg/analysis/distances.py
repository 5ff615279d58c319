"""Shortest paths from everybody to everybody, added up: who stands between others, and who is near them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["between_and_near"]

_MANY = 1000
"""From so many actors on SciPy, which takes a while to load, finds the paths of many actors at a time."""
_TOGETHER = 64
"""So many at a time: more need more memory than processors keep at hand."""
_MOST_PATHS = 2.0**1000
"""Up to so many equally short paths are counted in floating point, which ends soon after; beyond it in whole numbers, one by one."""


def between_and_near(graph: nx.Graph[Any]) -> tuple[dict[Any, float], dict[Any, float]]:
    """(betweenness, closeness) of each actor of an undirected graph without weights, as networkx defines them.

    Source: Brandes 2001, A faster algorithm for betweenness centrality, J. Mathematical Sociology 25:163-177.
    """
    import networkx as nx

    if len(graph) < _MANY:
        return nx.betweenness_centrality(graph), nx.closeness_centrality(graph)
    return _of_many(graph)


def _of_many(graph: nx.Graph[Any]) -> tuple[dict[Any, float], dict[Any, float]]:
    """The same, the paths from many actors followed at a time: a step is the product of the ties with a matrix."""
    import numpy as np
    from scipy.sparse import csr_array

    actors = list(graph)
    count = len(actors)
    place = {actor: v for v, actor in enumerate(actors)}
    pairs = [(place[a], place[b]) for a, b in graph.edges if a != b]
    ends = np.array(pairs + [(b, a) for a, b in pairs], dtype=np.int32).reshape(-1, 2)
    ties = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    between, near = np.zeros(count), np.zeros(count)
    beyond: list[int] = []
    for first in range(0, count, _TOGETHER):
        starts = np.arange(first, min(first + _TOGETHER, count))
        columns = np.arange(len(starts))
        reached = np.zeros((count, len(starts)), dtype=bool)
        paths = np.zeros((count, len(starts)))
        reached[starts, columns], paths[starts, columns] = True, 1.0
        steps, front = [reached.copy()], paths.copy()
        distances = np.zeros(len(starts))
        many = np.zeros(len(starts), dtype=bool)
        while True:
            front = ties @ front
            front *= ~reached  # whole arrays are multiplied sooner than chosen cells are set
            if front.max() > _MOST_PATHS:
                many |= front.max(axis=0) > _MOST_PATHS
                front[:, many] = 0.0
            new = front > 0
            if not new.any():
                break
            distances += len(steps) * new.sum(axis=0)
            steps.append(new)
            reached |= new
            paths += front
        passing = np.zeros_like(paths)
        divided_by = np.where(reached, paths, 1.0)
        for closer, further in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
            share = (1.0 + passing) / divided_by
            share *= further
            through = ties @ share
            through *= paths
            through *= closer
            passing += through
        passing[starts, columns] = 0.0
        passing[:, many] = 0.0
        between += passing.sum(axis=1)
        beyond.extend(starts[many].tolist())
        others = reached.sum(axis=0) - 1
        known = distances > 0
        near[starts[known]] = (others[known] / distances[known]) * (others[known] / (count - 1))
    around = [[place[b] for b in graph[a] if a != b] for a in actors] if beyond else []
    for start in beyond:
        passed, near[start] = _from_one(around, start)
        between += passed
    if count > 2:
        between /= (count - 1) * (count - 2)
    return dict(zip(actors, between.tolist(), strict=True)), dict(zip(actors, near.tolist(), strict=True))


def _from_one(around: Sequence[Sequence[int]], start: int) -> tuple[list[float], float]:
    """(how much of the paths from one actor passes through each other, its closeness): counted in whole numbers of any size."""
    paths, distance = {start: 1}, {start: 0}
    order = [start]
    for v in order:
        for u in around[v]:
            if u not in distance:
                distance[u], paths[u] = distance[v] + 1, 0
                order.append(u)
            if distance[u] == distance[v] + 1:
                paths[u] += paths[v]
    passing = [0.0] * len(around)
    for v in reversed(order):
        for u in around[v]:
            if distance[u] == distance[v] + 1:
                passing[v] += paths[v] / paths[u] * (1.0 + passing[u])
    passing[start] = 0.0
    others = len(order) - 1
    return passing, others / sum(distance.values()) * others / (len(around) - 1)
