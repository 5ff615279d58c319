"""What the analysis says of a network page: camps, communities, power and interest, prominence."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from kg.errors import AnalysisError
from kg.graph import Graph
from kg.questions.runner import ask
from kg.store.kept import NOT_KEPT, Kept
from kg.views.grouping import Grouping, Measure
from kg.views.page import Node, Tie, TieType
from kg.vocabulary import ALL, expand
from kg.vocabulary import kg as term

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Asserted", "groupings", "measures"]

_TYPE = ox.NamedNode(expand("rdf:type"))
_CODE = Path(__file__).parents[1] / "analysis"

PROVE_UP_TO = 250
"""Actors with signed ties up to which the best camps are searched for until proven (or for `_WORK`)."""
MEASURE_UP_TO = 400
"""Actors up to which prominence is measured unasked: shortest paths between all pairs take their time."""
_WORK = 800_000
"""Steps of that search: some two seconds at most, counted so that every machine writes the same page."""
_PROMINENCE = ("betweenness", "pagerank", "closeness", "core", "opponents")


class Asserted:
    """The actors of a page and the ties asserted between them."""

    def __init__(self, graph: Graph, nodes: Mapping[str, Node], ties: Mapping[str, Tie], types: Iterable[TieType]) -> None:
        """`nodes` and `ties` are those of the page by IRI, in the order of the page."""
        actors, facts = (_of_class(graph, name) for name in ("Actor", "Tie"))
        of_type = {each.id: (each.sign, each.mutual) for each in types}
        self.actors = [node.id for iri, node in nodes.items() if iri in actors]
        known = set(self.actors)
        self.ties = [
            (tie.source, tie.target, tie.id, *of_type[tie.type])
            for iri, tie in ties.items()
            if iri in facts and tie.source in known and tie.target in known
        ]

    @functools.cached_property
    def network(self) -> nx.MultiDiGraph:
        """The same as a networkx graph: keys of edges are ids of ties; `sign` and `mutual` are left out where a tie has none."""
        import networkx as nx

        network = nx.MultiDiGraph()
        network.add_nodes_from(self.actors)
        for source, target, name, sign, mutual in self.ties:
            given = {"sign": sign} if sign else {}
            network.add_edge(source, target, name, id=name, **given | ({"mutual": True} if mutual else {}))
        return network

    @functools.cached_property
    def plain(self) -> nx.MultiDiGraph:
        """The signs of the same for camps and communities, which need no more of a graph."""
        from kg.analysis.given import PlainTies

        ties = ((source, target, name, {"sign": sign} if sign else {}) for source, target, name, sign, _ in self.ties)
        return cast("nx.MultiDiGraph", PlainTies(self.actors, ties))

    def kept(self, kept: Kept, name: str, make: Callable[[], Any], lasting: Callable[[Any], bool] = lambda _: True) -> Any:
        """What the analysis says of it, as JSON holds it; kept if it is `lasting`."""
        return kept.of(name, (self.actors, self.ties), _CODE, make, lasting)


def _of_class(graph: Graph, name: str) -> set[str]:
    quads = graph.store.native.quads_for_pattern(None, _TYPE, term(name), ALL)
    return {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}


def groupings(asserted: Asserted, kept: Kept = NOT_KEPT) -> tuple[Grouping, ...]:
    """Camps and communities of what is asserted; without one where nothing can be said."""
    found = []
    signed = {end for *ends, _, sign, _ in asserted.ties if sign for end in ends}
    waited = len(signed) <= PROVE_UP_TO
    for name, make in (("camps", _camps), ("communities", _communities)):
        with contextlib.suppress(AnalysisError):  # no signed tie: no camps; no tie: no communities
            made = asserted.kept(
                kept,
                name,
                partial(_grouped, make, asserted),
                # what the user's Ctrl-C ended is not kept, and cannot be told from what `_WORK` ended
                lambda made: made["proven"] or not waited,
            )
            found.append(Grouping(**made | {each: tuple(made[each]) for each in ("against", "agreeing", "undecided")}))
    return tuple(found)


def _grouped(make: Callable[[nx.MultiDiGraph], Grouping], asserted: Asserted) -> dict[str, Any]:
    made = make(asserted.plain)
    return {each.name: getattr(made, each.name) for each in fields(made)}


def _camps(network: nx.MultiDiGraph) -> Grouping:
    from kg.analysis import camps

    edges = [tuple(edge) for *edge, data in network.edges(keys=True, data=True) if "sign" in data]
    signed = {end for source, target, _ in edges for end in (source, target)}
    split = camps(network, work=_WORK if len(signed) <= PROVE_UP_TO else 0, cap=1)
    against = set(split.frustrated)
    return Grouping(
        id="camp",
        of=_numbered(split.camps),
        against=tuple(sorted(edge[2] for edge in edges if edge in against)),
        agreeing=tuple(sorted(edge[2] for edge in edges if edge not in against)),
        undecided=tuple(sorted(split.changing)),
        proven=split.proven,
        parts=split.components,
    )


def _communities(network: nx.MultiDiGraph) -> Grouping:
    from kg.analysis import communities

    found = communities(network, runs=1).communities
    return Grouping(id="community", of=_numbered([members for members in found if len(members) > 1]))


def _numbered(groups: Iterable[set[Any]]) -> Mapping[str, int]:
    return {node: number for number, members in enumerate(groups, start=1) for node in sorted(members)}


def measures(
    graph: Graph, asserted: Asserted, kept: Kept = NOT_KEPT, *, everything: bool = False, **filters: Any
) -> tuple[Measure, ...]:
    """Assessed power and interest and, up to `MEASURE_UP_TO` actors or where `everything` is asked for, prominence."""
    found = _assessed(graph, set(asserted.actors), filters)
    if asserted.ties and (everything or len(asserted.actors) <= MEASURE_UP_TO):
        for name, values in asserted.kept(kept, "prominence", lambda: _prominence(asserted.network)).items():
            found.append(Measure(id=name, values={node: (value, value) for node, value in values.items()}))
    return tuple(found)


def _prominence(network: nx.MultiDiGraph) -> dict[str, dict[str, float]]:
    from kg.analysis import power_measures

    prominence = power_measures(network)
    return {name: {node: float(getattr(prominence[node], name)) for node in sorted(prominence)} for name in _PROMINENCE}


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
