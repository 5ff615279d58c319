"""Signed networks: what a networkx graph with edge attribute `sign` says, checked and in an order of its own."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real
from typing import TYPE_CHECKING, Any

from kg.analysis.given import graph_of, sign_of, tie_weight
from kg.errors import AnalysisError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["SignedNetwork", "Tie", "in_order", "read_signed"]

Node = Hashable
_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Tie:
    """One signed tie: its ends as numbers of actors, its sign (+1, -1), its weight, and its name in the graph."""

    source: int
    target: int
    sign: int
    weight: Fraction
    name: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SignedNetwork:
    """Actors in order and the signed ties between different actors, in order.

    `unsigned` ties carry no sign, `loops` tie an actor to itself: both are left out of `ties`.
    """

    actors: tuple[Node, ...]
    ties: tuple[Tie, ...]
    unsigned: int
    loops: int

    def tied(self) -> list[bool]:
        """For each actor whether it has a signed tie."""
        has = [False] * len(self.actors)
        for tie in self.ties:
            has[tie.source] = has[tie.target] = True
        return has

    def parts(self) -> list[int]:
        """For each actor the part it is in: the number of one of the actors that signed ties connect, directly or not."""
        root = list(range(len(self.actors)))

        def find(v: int) -> int:
            while root[v] != v:
                root[v] = v = root[root[v]]
            return v

        for tie in self.ties:
            root[find(tie.source)] = find(tie.target)
        return [find(v) for v in range(len(self.actors))]

    def net(self) -> dict[tuple[int, int], Fraction]:
        """For each tied pair (a < b) the weights of its positive minus its negative ties: parallel and mutual ties add up."""
        total: dict[tuple[int, int], Fraction] = {}
        for tie in self.ties:
            pair = (min(tie.source, tie.target), max(tie.source, tie.target))
            weight = tie.weight if tie.sign > 0 else -tie.weight
            total[pair] = total[pair] + weight if pair in total else weight
        return total


def in_order(nodes: Iterable[Node]) -> list[Any]:
    """Nodes in an order that depends on nothing but themselves: numbers by value, everything else by its text."""

    def key(node: Node) -> tuple[int, Any, str]:
        if isinstance(node, Real) and not isinstance(node, bool):
            return (0, node, "")
        return (1, str(node), type(node).__name__)

    return sorted(nodes, key=key)


def read_signed(graph: nx.Graph[Any], where: str, weight: str | None = None) -> SignedNetwork:
    """The signed network of a graph.

    Edge attribute `sign` is +1 or -1; a tie without it, or with 0, is unsigned. `weight` names an attribute with numbers above 0.

    Raises InputError for any other sign or weight and AnalysisError for a graph without actors or without a signed tie.
    """
    graph = graph_of(graph, where)
    actors = in_order(graph.nodes)
    number = {actor: i for i, actor in enumerate(actors)}
    ties: list[Tie] = []
    unsigned = loops = 0
    edges = graph.edges(keys=True, data=True) if graph.is_multigraph() else graph.edges(data=True)
    for edge in edges:
        *ends, data = edge
        a, b = number[ends[0]], number[ends[1]]
        if a == b:
            loops += 1
            continue
        sign = sign_of(data.get("sign"), ends, where)
        if sign == 0:
            unsigned += 1
            continue
        amount = _ONE if weight is None else tie_weight(data, weight, ends, where)
        if not graph.is_directed() and a > b:
            a, b = b, a
            ends[0], ends[1] = ends[1], ends[0]
        ties.append(Tie(a, b, sign, amount, tuple(ends)))
    if not ties:
        one = "there is only one actor" if len(actors) == 1 else "no tie between two actors carries a sign"
        others = sorted({str(key) for *_, data in graph.edges(data=True) for key in data} - {"sign"})
        known = f" as attribute 'sign' (they have: {', '.join(others)})" if others else ""
        raise AnalysisError(f"{where}: {one}; give at least one tie with sign +1 or -1{known}")
    ties.sort(key=lambda tie: (tie.source, tie.target, *_key_order(tie.name[2:]), tie.sign, tie.weight))
    return SignedNetwork(tuple(actors), tuple(ties), unsigned, loops)


def _key_order(rest: tuple[Any, ...]) -> tuple[Any, ...]:
    """How parallel ties are ordered: by the key that tells them apart."""
    return tuple(in_order_key for node in rest for in_order_key in (str(type(node).__name__), str(node)))
