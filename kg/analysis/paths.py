"""Paths between two actors in a signed network, with the ties named."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.analysis.signed import Tie, read_signed
from kg.errors import AnalysisError, InputError, NotFoundError, near_names

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["SignedPath", "signed_paths"]

WORK = 500_000  # partial paths looked at


@dataclass(frozen=True, slots=True)
class SignedPath:
    """Actors from one end to the other, the ties between them as named in the graph, their signs, and the product of these."""

    actors: tuple[Any, ...]
    ties: tuple[tuple[Any, ...], ...]
    signs: tuple[int, ...]
    sign: int


def signed_paths(graph: nx.Graph[Any], actor: Any, other: Any, sign: int = 1, cap: int = 100) -> list[SignedPath]:
    """The shortest paths between two actors whose signs multiply to `sign`, at most `cap`, in order of their actors.

    Idea
        The friend of a friend, and the enemy of an enemy, can introduce you: shortest positive paths. The shortest negative paths
        say through whom a tension reaches you.

    Formula
        Fewest ties with product of signs = `sign`; no actor twice, which matters because a shortest walk may come back.

    Ties
        Direction is not followed: a tie binds both. Parallel ties of one pair and sign are told by the first; of both signs, the pair
        can carry either.

    Edge cases
        No such path: an empty list. The same actor twice is an error.

    How to read it
        A path of length 2 is a common friend (+ +) or a common opponent (- -). How not to: beyond length 3 hardly anybody acts on it.

    Source
        Harary, Norman & Cartwright 1965, Structural Models.

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("A", "B"), ("B", "C")], sign=-1)
    >>> signed_paths(graph, "A", "C")[0].actors
    ('A', 'B', 'C')
    """
    if sign not in (1, -1):
        raise InputError(f"signed_paths: sign is {sign!r}; ask for +1 or -1")
    network = read_signed(graph, "signed_paths")
    number = {name: v for v, name in enumerate(network.actors)}
    for name in (actor, other):
        if name not in number:
            raise NotFoundError(
                f"signed_paths: {name!r} is not in the network; {near_names(str(name), map(str, network.actors))}"
            )
    if number[actor] == number[other]:
        raise InputError(f"signed_paths: both ends are {actor!r}; name two different actors")
    best: dict[tuple[int, int, int], Tie] = {}
    for tie in network.ties:
        for ends in ((tie.source, tie.target), (tie.target, tie.source)):
            best.setdefault((*ends, tie.sign), tie)
    around: list[dict[int, list[int]]] = [{} for _ in network.actors]
    for a, b, s in sorted(best, key=lambda entry: (entry[0], entry[1], -entry[2])):
        around[a].setdefault(b, []).append(s)
    paths = _shortest(around, number[actor], number[other], sign, cap)
    return [
        SignedPath(
            tuple(network.actors[v] for v in path),
            tuple(best[a, b, s].name for a, b, s in zip(path, path[1:], signs, strict=False)),
            signs,
            sign,
        )
        for path, signs in paths
    ]


def _shortest(
    around: list[dict[int, list[int]]], start: int, goal: int, sign: int, cap: int
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """(actors, signs) of the shortest paths with that product of signs, at most `cap`."""
    usable = _on_paths(around, start, goal)
    left = _distances(around, goal, usable)
    shortest = left.get((start, sign))
    if shortest is None:
        return []
    found: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    steps = WORK
    # within `usable` a walk with the right sign means a path with the right sign, perhaps a longer one
    for length in range(shortest, len(usable)):
        stack: list[tuple[tuple[int, ...], tuple[int, ...], int]] = [((start,), (), sign)]
        while stack and len(found) < cap:
            path, signs, wanted = stack.pop()
            steps -= 1
            if steps < 0:
                raise AnalysisError(
                    "signed_paths: the network is too tangled between these two; ask for actors closer to each other"
                )
            if path[-1] == goal:
                if wanted == 1 and len(signs) == length:
                    found.append((path, signs))
                continue
            for u in sorted(around[path[-1]], reverse=True):
                for s in around[path[-1]][u]:
                    rest = left.get((u, wanted * s))
                    if u not in path and rest is not None and len(signs) + 1 + rest <= length:
                        stack.append(((*path, u), (*signs, s), wanted * s))
        if found:
            break
    return found


def _on_paths(around: list[dict[int, list[int]]], start: int, goal: int) -> set[int]:
    """The actors on some path between two: their block once the two are tied to each other."""
    import networkx as nx

    plain: nx.Graph[int] = nx.Graph((a, b) for a, row in enumerate(around) for b in row)
    plain.add_edge(start, goal)
    return next(block for block in nx.biconnected_components(plain) if start in block and goal in block)


def _distances(around: list[dict[int, list[int]]], goal: int, usable: set[int]) -> dict[tuple[int, int], int]:
    """(actor, sign) -> ties of a shortest walk to the goal with that product of signs."""
    distance = {(goal, 1): 0}
    queue = deque(distance)
    while queue:
        v, sign = queue.popleft()
        for u, signs in around[v].items():
            for s in signs:
                if u in usable and (u, sign * s) not in distance:
                    distance[u, sign * s] = distance[v, sign] + 1
                    queue.append((u, sign * s))
    return distance
