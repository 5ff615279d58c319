"""What the analysis says of a network page: camps, communities, power and interest, prominence."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.errors import AnalysisError
from kg.graph import Graph
from kg.interchange import to_networkx
from kg.questions.describe import Describer
from kg.questions.runner import ask
from kg.views.grouping import Grouping, Measure

if TYPE_CHECKING:
    import networkx as nx

    from kg.analysis.splitting import Camps

__all__ = ["groupings", "measures", "ties_between"]

PROVE_UP_TO = 250
"""Actors with signed ties up to which the best camps are searched for until proven (or for `_PATIENCE`)."""
MEASURE_UP_TO = 400
"""Actors up to which prominence is measured unasked: shortest paths between all pairs take their time."""
_PATIENCE = 10.0
_PROMINENCE = ("betweenness", "pagerank", "closeness", "core", "opponents")


def ties_between(graph: Graph, nodes: Iterable[str], ties: Iterable[str], **filters: Any) -> nx.MultiDiGraph:
    """The actors and asserted ties of a page as a networkx graph whose edges carry the page's id as key `id`.

    `sign` is left out where a tie has none, as `kg.analysis` wants it.
    """
    network = to_networkx(graph, **filters)
    identifier = Describer(graph, "en", of_most=True).identifier
    kept, drawn = set(nodes), set(ties)
    network.remove_nodes_from([node for node in network if node not in kept])
    for source, target, key, data in list(network.edges(keys=True, data=True)):
        data["id"] = identifier(data["iri"])
        if data["id"] not in drawn:
            network.remove_edge(source, target, key)
        elif not data["sign"]:
            del data["sign"]
    return network


def groupings(network: nx.MultiDiGraph) -> tuple[Grouping, ...]:
    """Camps and communities of a network; without one where nothing can be said."""
    found = []
    with contextlib.suppress(AnalysisError):  # no signed tie: no camps
        found.append(_camps(network))
    with contextlib.suppress(AnalysisError):  # no tie: no communities
        found.append(_communities(network))
    return tuple(found)


def _camps(network: nx.MultiDiGraph) -> Grouping:
    from kg.analysis import camps

    signed = {end for *ends, sign in network.edges(data="sign") if sign for end in ends}
    split: Camps | None = None
    if len(signed) <= PROVE_UP_TO:
        split = camps(network, time_limit=_PATIENCE, cap=1)
    if split is None or split.stopped:  # what a first search finds does not depend on how fast the machine is
        split = camps(network, time_limit=0, cap=1)
    against = set(split.frustrated)
    edges = [(edge, data["id"]) for *edge, data in network.edges(keys=True, data=True) if "sign" in data]
    return Grouping(
        id="camp",
        of=_numbered(split.camps),
        against=tuple(sorted(name for edge, name in edges if tuple(edge) in against)),
        agreeing=tuple(sorted(name for edge, name in edges if tuple(edge) not in against)),
        proven=split.proven,
        parts=split.components,
    )


def _communities(network: nx.MultiDiGraph) -> Grouping:
    from kg.analysis import communities

    found = communities(network, runs=1).communities
    return Grouping(id="community", of=_numbered([members for members in found if len(members) > 1]))


def _numbered(groups: Iterable[set[Any]]) -> Mapping[str, int]:
    return {node: number for number, members in enumerate(groups, start=1) for node in sorted(members)}


def measures(graph: Graph, network: nx.MultiDiGraph, *, everything: bool = False, **filters: Any) -> tuple[Measure, ...]:
    """Assessed power and interest and, up to `MEASURE_UP_TO` actors or where `everything` is asked for, prominence."""
    found = _assessed(graph, set(network), filters)
    if network.number_of_edges() and (everything or len(network) <= MEASURE_UP_TO):
        from kg.analysis import power_measures

        prominence = power_measures(network)
        for name in _PROMINENCE:
            values = {node: float(getattr(prominence[node], name)) for node in sorted(prominence)}
            found.append(Measure(id=name, values={node: (value, value) for node, value in values.items()}))
    return tuple(found)


def _assessed(graph: Graph, nodes: set[str], filters: Mapping[str, Any]) -> list[Measure]:
    """Power and interest as the question on them answers, unknown ends open."""
    rows = [row for row in ask(graph, "power-interest", **filters) if row.actor.id in nodes]
    found = []
    for name in ("power", "interest"):
        values = {}
        for row in rows:
            low, high = getattr(row, f"{name}_low"), getattr(row, f"{name}_high")
            if low is not None or high is not None:
                values[row.actor.id] = (float(low or 0), float(1 if high is None else high))
        if values:
            found.append(Measure(id=name, values=dict(sorted(values.items())), scale=(0, 1)))
    return found
