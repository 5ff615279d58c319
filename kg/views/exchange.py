"""The network of a graph for other programs: ties, everything said of actors, coordinates and the ontology's colours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from kg.formats.backwards import material_of_quads, tables_of_quads
from kg.formats.csvw import shipped_description
from kg.formats.decisions import Decision
from kg.formats.labels import label
from kg.formats.material import Material, Record
from kg.formats.network import Network
from kg.graph import Graph
from kg.interchange import to_networkx
from kg.questions.describe import Describer
from kg.views.layout import layout
from kg.vocabulary import DERIVED, concept_lists, expand
from kg.vocabulary import kg as term

__all__ = ["decided_in", "material_of", "network_of"]

_SAME_AS = expand("owl:sameAs")
_NOTE = expand("kg:note")

_BROADER = ox.NamedNode(expand("skos:broader"))
_SAME = {"id", "kind", "type", "country", "subject", "object", "start", "end", "status", "confidence"}
"""Columns that the network itself carries already."""


def material_of(graph: Graph) -> tuple[Material, list[str]]:
    """The tables of a graph, and lines on what has no place in them."""
    return material_of_quads(graph.quads(derived=False), "graph")


def decided_in(graph: Graph) -> list[Decision]:
    """What was decided to be the same, by the ids of the tables that `material_of` makes: they hold every row of both."""
    ends = (
        (q.subject, q.object)
        for q in graph.named.triples(DERIVED)
        if q.predicate.value == _SAME_AS and isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.NamedNode)
    )
    same = sorted((one.value, other.value) for one, other in ends)
    ids = tables_of_quads(graph.quads(derived=False), "graph").ids if same else {}
    return [Decision(ids[one], ids[other], "same") for one, other in same if one in ids and other in ids]


class _Colours:
    def __init__(self, describer: Describer) -> None:
        self.describer = describer
        self.known: dict[str, str] = {}

    def of(self, list_: str, concept: str | None) -> str:
        """The colour of a concept, else of the one above it."""
        iri = concept_lists()[list_].get(concept or "", "")
        if iri not in self.known:
            at, seen = iri, set[str]()
            found = ""
            while at and at not in seen and not found:
                seen.add(at)
                found = self.describer.one(at, term("colour"))
                at = self.describer.one(at, _BROADER)
            self.known[iri] = found
        return self.known[iri]


def _names(material: Material, lang: str) -> dict[str, str]:
    """Id of any row to what people call it."""
    order = (f"name_{lang}", "name_en", "name_es", "name_fr", "title", "id")
    return {r["id"]: next(r[c] for c in order if r.get(c)) for rows in material.tables.values() for r in rows}


def _said(record: Record, table: str, names: Mapping[str, str], lang: str) -> dict[str, Any]:
    """The further cells of a row, references by name, its note in one language."""
    out: dict[str, Any] = {}
    for column in shipped_description()[table].columns:
        cell = record.get(column.name, "")
        if not cell or column.name in _SAME:
            continue
        name = "note" if column.property == _NOTE else column.name
        if name in out and column.lang != lang:  # of notes the own language, else the first that is there
            continue
        values = cell.split(column.separator) if column.separator else [cell]
        if column.refers_to and column.name != "evidence":
            values = [names.get(v, v) for v in values]
        out[name] = values if column.separator else float(values[0]) if column.datatype == "decimal" else values[0]
    return out


def _of_actors(material: Material, names: Mapping[str, str], lang: str) -> dict[str, dict[str, Any]]:
    """Actor to what attributes, assessments and positions say of it."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in material.tables.get("attributes", ()):
        said = found[row["subject"]]
        key = "notes" if row["attribute"] == "note" else row["attribute"].replace("-", "_")
        said.setdefault(key, []).append(row["value"])
    for row in material.tables.get("assessments", ()):
        said = found[row["actor"]]
        low, high = (f"{row['dimension'].replace('-', '_')}_{end}" for end in ("low", "high"))
        said[low] = min(said.get(low, 1.0), float(row["low"]))
        said[high] = max(said.get(high, 0.0), float(row["high"]))
    for row in material.tables.get("positions", ()):
        text = f"{label('stance', row['stance'], lang)}: {names.get(row['on'], row['on'])}"
        found[row["actor"]].setdefault("positions", []).append(text)
    return found


def network_of(graph: Graph, lang: str = "en") -> Network:
    """The network of a graph with coordinates, colours and every attribute, and its tables."""
    material, _ = material_of(graph)
    names = _names(material, lang)
    colours = _Colours(Describer(graph, lang))
    network = to_networkx(graph, lang)
    said = _of_actors(material, names, lang)
    actors = {r["id"]: r for r in material.tables.get("actors", ())}
    relations = {r["id"]: r for r in material.tables.get("relations", ())}
    keys = list(network)
    index = {key: number for number, key in enumerate(keys)}
    places = layout(len(keys), [(index[a], index[b]) for a, b in network.edges()])
    nodes = [
        {
            "id": key, **data, **_said(actors.get(key, {}), "actors", names, lang), **said.get(key, {}),
            "x": x, "y": y, "colour": colours.of("actor-type", data["type"]),
        }
        for (key, data), (x, y) in zip(network.nodes(data=True), places, strict=True)
    ]  # fmt: skip
    edges = [
        {
            "id": key, "source": a, "target": b, **data, **_said(relations.get(key, {}), "relations", names, lang),
            "colour": colours.of("relation", data["type"]),
        }
        for a, b, key, data in network.edges(keys=True, data=True)
    ]  # fmt: skip
    title = material.dataset.title.get(lang) or next(iter(material.dataset.title.values()), "; ".join(graph.sources))
    return Network(title, nodes, edges, material, lang)
