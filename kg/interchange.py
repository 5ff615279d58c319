"""The graph handed over to other Python libraries: rdflib for exchange, networkx for analysis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, near_names
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.questions.head import Question, load_part
from kg.questions.runner import bind, seen_at
from kg.vocabulary import kg as term

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

__all__ = ["to_networkx", "to_rdflib"]


def to_rdflib(graph: Graph) -> rdflib.Dataset:
    """A copy as an rdflib Dataset, one graph per source, whose default graph is their union."""
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    store = graph.named
    for name in store.graphs():
        dataset.graph(rdflib.URIRef(name.value)).parse(data=store.dump(name), format="nt")
    return dataset


def _rows(graph: Graph, part: Question, filters: Mapping[str, Any]) -> list[dict[str, Any]]:
    known = [p.name for p in part.parameters]
    for name in filters:
        if name not in known:
            raise InputError(f"to_networkx: unknown filter {name!r}; {near_names(name, known)}")
    solutions = graph.store.select(part.fill(bind(graph, part, filters)))
    names = [v.value for v in solutions.variables]
    return [dict(zip(names, solution, strict=True)) for solution in solutions]


def to_networkx(graph: Graph, lang: str = "en", **filters: Any) -> nx.MultiDiGraph:
    """Actors and the ties between them as a MultiDiGraph, node keys being ids.

    Node attributes: `iri`, `label`, `type`, `kind`, `country`. Edge key: the id of the relation; edge attributes: `iri`,
    `type`, `label`, `sign` (+1, -1 or 0), `directed`, `status`, `confidence`, `start`, `end`, `inherited`, and, where
    coded, `strength` and `weight`. A mutual tie is one edge with `directed` false. `filters` are those of
    `queries/parts/ties.rq` (country, issue, type, year ...).

    Raises InputError for an unknown filter, NotFoundError for a value that cannot be placed.
    """
    import networkx as nx

    describer = Describer(seen_at(graph, filters), lang, of_most=not filters.keys() - {"year"})

    def short(node: Any) -> str | None:
        return None if node is None else str(node.value).rpartition("/")[2]

    network = nx.MultiDiGraph(reference_date=graph.reference_date)
    graph = seen_at(graph, filters)
    for row in _rows(graph, load_part("actors"), {k: v for k, v in filters.items() if k in ("country", "type")}):
        iri = row["actor"].value
        network.add_node(
            describer.identifier(iri),
            iri=iri,
            label=describer.label(iri),
            type=short(row["type_of"]),
            kind=short(row["kind"]),
            country=[c.rpartition("/")[2] for c in sorted((row["countries"].value if row["countries"] else "").split())],
        )
    for row in _rows(graph, load_part("ties"), filters):
        ends = [describer.identifier(row[end].value) for end in ("subject", "object")]
        if all(end in network for end in ends):
            iri = row["fact"].value
            network.add_edge(
                *ends,
                key=describer.identifier(iri).rpartition("/")[2],
                iri=iri,
                type=short(row["relation"]),
                label=describer.label(row["relation"].value),
                sign={"positive": 1, "negative": -1}.get(short(row["sign"]) or "", 0),
                directed=short(row["direction"]) != "mutual",
                status=short(row["status"]),
                confidence=short(row["confidence"]),
                start=row["start"].value if row["start"] else None,
                end=row["end"].value if row["end"] else None,
                inherited=row["premise"] is not None,
                **{name: float(value) for name in ("strength", "weight") if (value := describer.one(iri, term(name)))},
            )
    return network
