"""Prominence of actors by several measures, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import sub
from typing import TYPE_CHECKING, Any

from kg.analysis.brokers import friends_and_foes
from kg.analysis.distances import between_and_near
from kg.analysis.given import as_number, graph_of, sign_of, tie_weight
from kg.analysis.signed import in_order
from kg.analysis.voting import TooFineError, banzhaf, shapley_shubik
from kg.errors import InputError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Prominence", "power_measures"]

_DAMPING = 0.85
_PRECISION = 1e-6
"""Change of an actor's PageRank, on average, below which the ranks have settled."""
_STEPS = 100
"""More than that takes: each step leaves at most `_DAMPING` of the change."""
_EQUAL = 1e-9
"""Eigenvalues that differ by less, as a share, are the same."""


@dataclass(frozen=True, slots=True)
class Prominence:
    """The measures of one actor.

    degree          actors it has a tie with (each once)
    strength        ties it has (parallel ones and both directions counted), or their weights
    opponents       actors it is in tension with
    eigenvector     ties to the well-tied, largest 1; 0 in a part whose ties are weaker; None where the method does not settle
    betweenness     share of shortest paths between others that pass through it
    closeness       how near it is to those it can reach, times the share it can reach
    pagerank        share of a random walk's time
    core            largest k such that it is in a group where everybody has k ties inside
    shapley_shubik  voting power, where power and quota were given; None where the votes are too fine to count orders
    banzhaf         voting power, where power and quota were given
    """

    degree: int
    strength: float
    opponents: int
    eigenvector: float | None
    betweenness: float
    closeness: float
    pagerank: float
    core: int
    shapley_shubik: float | None = None
    banzhaf: float | None = None


def power_measures(
    graph: nx.Graph[Any],
    weight: str | None = None,
    *,
    power: Mapping[Any, float | Fraction] | None = None,
    quota: float | Fraction | None = None,
) -> dict[Any, Prominence]:
    """The measures of prominence of each actor, side by side.

    Idea
        "Powerful" may mean many ties, ties to the powerful, a place in between, nearness to all, or votes that count. The measures
        disagree, and where they do is what is worth knowing.

    Formula
        Degree, strength, betweenness (Freeman 1977), closeness (Wasserman & Faust 1994: (r / (n - 1)) r / sum of distances, r actors
        reached), eigenvector (Bonacich 1972) of the undirected ties scaled to largest 1, PageRank (damping 0.85), k-core
        (Seidman 1983); voting indices of `power` with `quota` (`shapley_shubik`, `banzhaf`).

    Ties
        Positive and unsigned ties carry prominence; ties with `sign` -1 are only counted as opponents. Multiplicity counts for
        strength, eigenvector and PageRank, not for degree, betweenness, closeness and core. Direction is followed by PageRank alone,
        which takes ties with a true `mutual` both ways, in whichever order their ends are written.

    Edge cases
        No tie at all: zeros, and PageRank equal for all. `power` and `quota` come together or not at all; actors without power in
        `power` have voting power 0.

    How to read it
        By rank and side by side, not as amounts. How not to: prominence is not influence; a much-mentioned actor has many coded ties.

    Source
        Wasserman & Faust 1994, Social Network Analysis, ch. 5; Page, Brin, Motwani & Winograd 1999.

    >>> import networkx as nx
    >>> found = power_measures(nx.star_graph(3))
    >>> found[0].degree, found[0].betweenness, found[1].core
    (3, 1.0, 1)
    """
    import networkx as nx

    if (power is None) != (quota is None):
        raise InputError("power_measures: power and quota belong together; give both or none")
    graph = graph_of(graph, "power_measures")
    actors = in_order(graph.nodes)
    friends, foes = friends_and_foes(graph, "power_measures")
    plain: nx.Graph[Any] = nx.Graph()
    plain.add_nodes_from(actors)
    plain.add_edges_from((a, b) for a in actors for b in in_order(friends[a]))
    counted = _counted(graph, actors, weight, directed=False)
    walk = _counted(graph, actors, weight, directed=graph.is_directed())
    votes: dict[Any, float | Fraction] = {**dict.fromkeys(actors, 0.0), **(power or {})}
    try:
        shapley = shapley_shubik(votes, quota) if quota is not None else {}
    except TooFineError:
        shapley = {}
    swings = banzhaf(votes, quota) if quota is not None else {}
    between, near = between_and_near(plain)
    rank, core = _pagerank(walk), nx.core_number(plain)
    eigen = _eigenvector(counted)
    strength = dict(counted.degree(weight="weight"))
    return {
        actor: Prominence(
            degree=plain.degree[actor],
            strength=strength[actor],
            opponents=len(foes[actor]),
            eigenvector=None if eigen is None else eigen[actor],
            betweenness=between[actor],
            closeness=near[actor],
            pagerank=rank[actor],
            core=core[actor],
            shapley_shubik=float(shapley[actor]) if shapley else None,
            banzhaf=float(swings[actor]) if swings else None,
        )
        for actor in actors
    }


def _counted(graph: nx.Graph[Any], actors: list[Any], weight: str | None, *, directed: bool) -> nx.Graph[Any]:
    """Positive and unsigned ties with their number, or the sum of their weights, as attribute `weight`; where `directed`, mutual
    ones in both directions."""
    import networkx as nx

    place = {actor: v for v, actor in enumerate(actors)}
    total: dict[tuple[int, int], float] = {}
    for a, b, data in graph.edges(data=True):
        if a == b or sign_of(data.get("sign"), (a, b), "power_measures") < 0:
            continue
        i, j = place[a], place[b]
        amount = 1 if weight is None else as_number(tie_weight(data, weight, (a, b), "power_measures"))
        ways = [(i, j) if directed or i < j else (j, i)]
        if directed and data.get("mutual"):
            ways.append((j, i))
        for way in ways:
            total[way] = total.get(way, 0) + amount
    plain: nx.Graph[Any] = nx.DiGraph() if directed else nx.Graph()
    plain.add_nodes_from(actors)
    for (i, j), amount in sorted(total.items()):
        plain.add_edge(actors[i], actors[j], weight=amount)
    return plain


def _pagerank(graph: nx.DiGraph[Any] | nx.Graph[Any]) -> dict[Any, float]:
    """PageRank as networkx defines it, stopping rule included; networkx itself loads a library for it that takes longer to
    load than the ranks of most networks to find."""
    actors = list(graph)
    place = {actor: v for v, actor in enumerate(actors)}
    ways = [(place[a], place[b], amount) for a, b, amount in graph.edges(data="weight")]
    if not graph.is_directed():
        ways += [(b, a, amount) for a, b, amount in ways if a != b]
    leaving = [0.0] * len(actors)
    for a, _, amount in ways:
        leaving[a] += amount
    shares = [(a, b, amount / leaving[a]) for a, b, amount in ways if leaving[a]]
    ends = [v for v, amount in enumerate(leaving) if not amount]
    even = 1 / len(actors)
    rank = [even] * len(actors)
    for _ in range(_STEPS):
        resting = (1 - _DAMPING + _DAMPING * sum(rank[v] for v in ends)) * even
        new = [resting] * len(actors)
        for a, b, share in shares:
            new[b] += _DAMPING * share * rank[a]
        change = sum(map(abs, map(sub, new, rank)))
        rank = new
        if change < len(actors) * _PRECISION:
            break
    return dict(zip(actors, rank, strict=True))


def _eigenvector(graph: nx.Graph[Any]) -> dict[Any, float] | None:
    """Eigenvector centrality scaled to largest 1; None where there is no tie or the method does not settle.

    Of several parts only those with the largest eigenvalue have any: a walk that goes on for ever ends there. Among these the share
    of each is what is left of equal beginnings.
    """
    import networkx as nx

    if graph.number_of_edges() == 0:
        return None
    parts = [_leading(graph, part) for part in nx.connected_components(graph) if len(part) > 1]
    largest = max(eigenvalue for eigenvalue, _ in parts)
    found = dict.fromkeys(graph, 0.0)
    for eigenvalue, vector in parts:
        if eigenvalue > largest * (1 - _EQUAL):
            if not vector:
                return None
            share = sum(vector.values()) / sum(value * value for value in vector.values())
            found.update({actor: share * value for actor, value in vector.items()})
    most = max(found.values())
    return {actor: value / most for actor, value in found.items()}


def _leading(graph: nx.Graph[Any], part: set[Any]) -> tuple[float, dict[Any, float]]:
    """(largest eigenvalue, its vector scaled to largest 1) of the ties of a part; where the method does not settle, at least that
    eigenvalue and no vector.

    Adding each actor to its own neighbours changes no ranking and lets two-sided networks settle.
    """
    actors = [actor for actor in graph if actor in part]
    place = {actor: v for v, actor in enumerate(actors)}
    ties = [(place[a], place[b], amount) for a, b, amount in graph.edges(actors, data="weight")]
    values = [1.0] * len(actors)
    for _ in range(10_000):
        new = values[:]
        for a, b, amount in ties:
            new[a] += amount * values[b]
            new[b] += amount * values[a]
        largest = max(new)
        new = [value / largest for value in new]
        if sum(map(abs, map(sub, new, values))) < 1e-10 * len(values):
            return largest - 1, dict(zip(actors, new, strict=True))
        before, values = values, new
    return max(largest * value / old for value, old in zip(values, before, strict=True)) - 1, {}
