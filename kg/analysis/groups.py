"""Communities of a network and how far they depend on chance; the backbone of a dense one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from kg.analysis.given import graph_of, number_of, sign_of, tie_weight, whole_of
from kg.analysis.louvain import louvain, modularity
from kg.analysis.partition.clock import Clock
from kg.analysis.signed import in_order
from kg.errors import AnalysisError, InputError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Communities", "backbone", "communities", "frequent"]


@dataclass(frozen=True, slots=True)
class Communities:
    """The best partition of several runs and how much the runs agree.

    communities  the partition with the highest modularity, largest community first
    modularity   of that partition
    stability    mean agreement of the runs in pairs (adjusted Rand index): 1 the same every time, 0 as good as random; 1 for a
                 single run, which has nothing to agree with
    together     for each actor, the share of runs in which it is with most of its community
    runs         how many seeds were used
    stopped      "" or why there are fewer than asked for: "time limit", "interrupted"
    """

    communities: list[set[Any]]
    modularity: float
    stability: float
    together: dict[Any, float]
    runs: int
    stopped: str = ""


def communities(
    graph: nx.Graph[Any],
    weight: str | None = None,
    resolution: float = 1.0,
    runs: int = 20,
    seed: int = 0,
    *,
    time_limit: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Communities:
    """The communities of a network by Louvain, over several seeds, with their stability.

    Idea
        Who deals mostly with each other? The method starts in random order; what it finds only sometimes is chance, so it is run
        many times and the agreement is told.

    Formula
        Maximise modularity sum over communities of  ties inside / m - resolution (degree sum / 2 m)^2; adjusted Rand index between
        runs. `together` of an actor: share of runs in which more than half of its community (of the best run) is with it.

    Ties
        Positive and unsigned ties; one with `sign` -1 is left out (for opponents use `camps`). Parallel ties add up, direction is
        not followed, a tie in each direction counts twice. `weight` names an edge attribute.

    Effort
        A run takes a second on some thousands of actors. `time_limit` in seconds (none by default) and Ctrl-C end the search after the
        run that is under way, the first at the earliest.

    Edge cases
        Actors without a tie are communities of one. No tie at all: an error.

    How to read it
        Trust communities with stability near 1; actors with a low `together` sit between. How not to: a community is not a camp and
        not an alliance; modularity cannot see small ones in large networks.

    Source
        Blondel, Guillaume, Lambiotte & Lefebvre 2008, J. Stat. Mech. P10008; Hubert & Arabie 1985, J. Classification 2:193-218.

    >>> import networkx as nx
    >>> found = communities(nx.barbell_graph(4, 0))
    >>> [sorted(members) for members in found.communities], found.stability
    ([[0, 1, 2, 3], [4, 5, 6, 7]], 1.0)
    """
    if (whole := whole_of(runs)) is None or whole < 1:
        raise InputError(f"communities: runs is {runs!r}; give a number of runs, at least 1")
    if time_limit is not None and ((seconds := number_of(time_limit)) is None or seconds < 0):
        raise InputError(f"communities: time_limit is {time_limit!r}; give seconds, 0 or more, or None for no limit")
    if (finer := number_of(resolution)) is None or finer <= 0:
        raise InputError(f"communities: resolution is {resolution!r}; give a number above 0 (higher: more communities)")
    actors, ties = _pairs(graph_of(graph, "communities"), weight, "communities")
    if not ties:
        raise AnalysisError("communities: the network has no positive or unsigned tie; give it some")
    found: list[tuple[float, list[list[Any]]]] = []
    clock = Clock(time_limit, progress)

    def look(run: int) -> None:
        clock.say(f"communities: run {run + 1} of {runs}")
        quality, parts = _communities_of(len(actors), ties, float(finer), seed + run)
        found.append((quality, [[actors[v] for v in part] for part in parts]))

    with clock.listening():
        look(0)
        for run in range(1, runs):
            if clock.over():
                break
            look(run)
    best_quality, best = max(found, key=lambda entry: entry[0])
    labels = [{actor: place for place, part in enumerate(parts) for actor in part} for _, parts in found]
    agreements = [_adjusted_rand(first, second) for first, second in combinations(labels, 2)]
    return Communities(
        communities=[set(part) for part in best],
        modularity=best_quality,
        stability=sum(agreements) / len(agreements) if agreements else 1.0,
        together={actor: share for part in best for actor, share in _with_most(part, labels).items()},
        runs=len(found),
        stopped=clock.reason,
    )


def _with_most(part: list[Any], labels: list[dict[Any, int]]) -> dict[Any, float]:
    """For each actor of a community the share of runs in which it is with more than half of the others of it."""
    others = len(part) - 1
    if not others:
        return dict.fromkeys(part, 1.0)
    often = dict.fromkeys(part, 0)
    for run in labels:
        sizes = Counter(run[actor] for actor in part)
        for actor in part:
            often[actor] += 2 * (sizes[run[actor]] - 1) > others
    return {actor: count / len(labels) for actor, count in often.items()}


def _adjusted_rand(first: dict[Any, int], second: dict[Any, int]) -> float:
    """Agreement of two partitions corrected for chance."""
    shared = Counter((a, second[actor]) for actor, a in first.items())
    rows, columns = Counter(first.values()), Counter(second.values())

    def pairs(counts: Counter[Any]) -> float:
        return sum(n * (n - 1) for n in counts.values()) / 2

    expected = pairs(rows) * pairs(columns) / (len(first) * (len(first) - 1) / 2 or 1)
    most = (pairs(rows) + pairs(columns)) / 2
    return (pairs(shared) - expected) / (most - expected) if most != expected else 1.0


def _communities_of(
    size: int, ties: Mapping[tuple[int, int], float], resolution: float, seed: int
) -> tuple[float, list[list[int]]]:
    """The modularity of one run and its communities, the largest first, then by their members."""
    parts: dict[int, list[int]] = {}
    for v, number in enumerate(louvain(size, ties, resolution, seed)):
        parts.setdefault(number, []).append(v)
    ordered = sorted(parts.values(), key=lambda part: (-len(part), part))
    of = {v: place for place, part in enumerate(ordered) for v in part}
    return round(modularity(ties, [of[v] for v in range(size)], resolution), 12), ordered


def _pairs(graph: nx.Graph[Any], weight: str | None, where: str) -> tuple[list[Any], dict[tuple[int, int], float]]:
    """Actors in order, and the weights of the positive and unsigned ties of each pair (a < b, numbers of actors, in order)."""
    actors = in_order(graph.nodes)
    place = {actor: v for v, actor in enumerate(actors)}
    total: dict[tuple[int, int], float] = {}
    for a, b, data in graph.edges(data=True):
        if a == b or sign_of(data.get("sign"), (a, b), where) < 0:
            continue
        amount = 1.0 if weight is None else float(tie_weight(data, weight, (a, b), where))
        pair = (min(place[a], place[b]), max(place[a], place[b]))
        total[pair] = total.get(pair, 0.0) + amount
    return actors, dict(sorted(total.items()))


def _added_up(graph: nx.Graph[Any], weight: str | None, where: str) -> nx.Graph[Any]:
    """The undirected graph of positive and unsigned ties, parallel ones added up, in an order of its own."""
    import networkx as nx

    actors, total = _pairs(graph_of(graph, where), weight, where)
    plain: nx.Graph[Any] = nx.Graph()
    plain.add_nodes_from(actors)
    for (i, j), amount in total.items():
        plain.add_edge(actors[i], actors[j], weight=amount)
    return plain


def backbone(graph: nx.Graph[Any], alpha: float = 0.05, weight: str | None = "weight") -> nx.Graph[Any]:
    """The ties of a dense weighted network that stand out against chance: an undirected graph with all actors.

    Idea
        Keep a tie when it takes a surprisingly large share of what one of its two actors spends on all its ties.

    Formula
        Disparity filter: with degree k and share p of an actor's total weight, (1 - p)^(k - 1) < alpha for either end. A tie that
        is an actor's only one says nothing about it; it stays if it stands out for the other, or is the other's only one too.

    Ties
        As for `communities`: negative ones left out, parallel ones added up, direction not followed; without a `weight` ties count.

    How to read it
        Lower alpha keeps less. How not to: what is left out is not absent. Source: Serrano, Boguna & Vespignani 2009, PNAS 106:6483.

    >>> import networkx as nx
    >>> graph = nx.Graph([("A", "B", {"weight": 20}), ("A", "C", {"weight": 1}), ("A", "D", {"weight": 1}), ("B", "C", {"weight": 1})])
    >>> list(backbone(graph).edges)
    [('A', 'B')]
    """
    if (share := number_of(alpha)) is None or not 0 < share <= 1:
        raise InputError(f"backbone: alpha is {alpha!r}; give a number above 0, up to 1 (1 keeps all)")
    plain = _added_up(graph, weight, "backbone")
    degree = dict(plain.degree())
    strength = dict(plain.degree(weight="weight"))
    for a, b, amount in list(plain.edges(data="weight")):
        ends = [end for end in (a, b) if degree[end] > 1]
        if ends and share < 1 and all((1 - amount / strength[end]) ** (degree[end] - 1) >= share for end in ends):
            plain.remove_edge(a, b)
    return plain


def frequent(graph: nx.Graph[Any], at_least: float, weight: str | None = None) -> nx.Graph[Any]:
    """The ties that occur at least so often (parallel ties counted, or their weights added up): an undirected graph with all actors.

    A tie seen once may be an accident; in networks made from many documents the ties seen often carry the structure. Ties as for
    `communities`. How not to: a rare tie may be the one that matters.

    >>> import networkx as nx
    >>> list(frequent(nx.MultiGraph([("A", "B"), ("A", "B"), ("B", "C")]), 2).edges)
    [('A', 'B')]
    """
    if (least := number_of(at_least)) is None or least <= 0:
        raise InputError(f"frequent: at_least is {at_least!r}; give a number above 0")
    plain = _added_up(graph, weight, "frequent")
    plain.remove_edges_from([(a, b) for a, b, amount in plain.edges(data="weight") if amount < least])
    return plain
