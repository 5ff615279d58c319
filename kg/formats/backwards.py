"""RDF, back to tables: the description that makes triples of cells, read the other way.

Every thing of a class that a table describes becomes a row, every property of a column its cell. Rows stand in the order
of their ids and several values of a cell in alphabetical order, since a graph knows neither. What rules derived is left
out: it comes back by itself. What no table has a place for is counted, not dropped silently.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox

from kg import resources
from kg.formats.csvw import Column, Table, shipped_description
from kg.formats.dataset import Dataset, dataset_of
from kg.formats.material import Material, Record
from kg.vocabulary import CONCEPT, DERIVED, ONTOLOGY, expand

__all__ = ["Tables", "material_of_quads", "tables_of_quads"]

_TYPE, _IDENTIFIER = expand("rdf:type"), expand("dcterms:identifier")
_BY_LANGUAGE = {"title": "dcterms:title", "description": "dcterms:description", "licence_statement": "dcterms:rights"}
_SINGLE = {"licence": "dcterms:license", "reference_date": "kg:referenceDate", "version": "dcat:version"}
_DATASET = {*map(expand, (*_BY_LANGUAGE.values(), *_SINGLE.values(), "dcterms:source")), _IDENTIFIER, _TYPE}

_BY_RULES = {expand(n) for n in ("kg:holdsFrom", "kg:holdsUntil", "kg:undated", "oa:hasSelector")}
"""What rules add to rows; shortcuts, which they add too, are those of the concepts."""

_Stated = dict[str, set[Any]]
"""Property to the terms that it leads to."""


@dataclass
class _Graph:
    """Triples by subject, and what was left out."""

    things: dict[str, _Stated] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    blank: int = 0


def _read(quads: Iterable[ox.Quad]) -> _Graph:
    graph = _Graph()
    for quad in quads:
        if quad.graph_name in (DERIVED, ONTOLOGY):
            continue
        if isinstance(quad.subject, ox.NamedNode):
            graph.things[quad.subject.value][quad.predicate.value].add(quad.object)
        else:
            graph.blank += 1
    return graph


def _is_derived(stated: _Stated) -> bool:
    """True for what a rule made, in files that keep no graphs apart."""
    types = {getattr(t, "value", "") for t in stated.get(_TYPE, ())}
    return bool(types & {expand("kg:Derivation"), expand("oa:TextPositionSelector")})


@functools.cache
def _shortcuts() -> frozenset[str]:
    """The properties that rules state directly where a relation or attribute stands."""
    quads = ox.parse(path=str(resources.ontology() / "concepts.ttl"))
    return frozenset(q.object.value for q in quads if q.predicate.value == expand("kg:shortcut"))


def _without_derived(graph: _Graph) -> None:
    """Takes out the statements of which a derivation says that a rule made them."""
    parts = tuple(expand(f"rdf:{part}") for part in ("subject", "predicate", "object"))
    for stated in list(graph.things.values()):
        if _is_derived(stated) and all(part in stated for part in parts):
            subject, predicate, object_ = (min(stated[part], key=str) for part in parts)
            if subject.value in graph.things:
                graph.things[subject.value][predicate.value].discard(object_)


class _Rows:
    def __init__(self, graph: _Graph) -> None:
        self.graph = graph
        self.tables = shipped_description()
        self.classes = {table.classes[0]: table for table in self.tables.values()}
        self.ids: dict[str, str] = {}
        self.table_of: dict[str, Table] = {}
        self.again: Counter[str] = Counter()
        self.unplaced: Counter[str] = Counter()
        self.foreign: Counter[str] = Counter()

    def name_all(self) -> None:
        """Gives every thing of a table its id; things of several data sets may bear the same, which is made different."""
        taken: set[str] = set()
        for iri in sorted(self.graph.things):
            stated = self.graph.things[iri]
            if _is_derived(stated):
                continue
            types = sorted(t.value for t in stated.get(_TYPE, ()) if isinstance(t, ox.NamedNode))
            table = next((self.classes[t] for t in types if t in self.classes), None)
            if table is None:
                continue
            said = sorted(t.value for t in stated.get(_IDENTIFIER, ()) if isinstance(t, ox.Literal))
            base = key = said[0] if said else unquote(iri.rstrip("/#").rpartition("#" if "#" in iri else "/")[2]) or "x"
            number = 2
            while key in taken:
                key, number = f"{base}-{number}", number + 1
            if key != base:
                self.again["ids that two data sets use were made different"] += 1
            taken.add(key)
            self.ids[iri], self.table_of[iri] = key, table

    def record(self, iri: str) -> Record:
        """The row of a thing."""
        table, stated = self.table_of[iri], self.graph.things[iri]
        record: Record = {}
        used: set[str] = {_TYPE, _IDENTIFIER}
        for column in table.columns:
            if column.property == _IDENTIFIER:
                record[column.name] = self.ids[iri]
                continue
            values = sorted(dict.fromkeys(self._values(column, stated)))
            if not values:
                continue
            used.add(column.property)
            if column.separator:
                record[column.name] = column.separator.join(values)
            elif len(values) > 1 and column.lang and not column.name.startswith("name"):
                record[column.name] = "; ".join(values)
            else:
                # What one source marks private stays so, whatever another says: of a truth value, true is kept.
                record[column.name] = values[-1 if column.datatype == "boolean" else 0]
                if len(values) > 1:
                    self.again[f"further values of {column.name!r} in table {table.name!r}: a cell holds one"] += (
                        len(values) - 1
                    )
        for prop, terms in stated.items():
            if prop not in used and prop not in _BY_RULES and prop not in _shortcuts():
                self.unplaced[prop] += len(terms)
        return record

    def _values(self, column: Column, stated: _Stated) -> Iterator[str]:
        for term in stated.get(column.property, ()):
            if isinstance(term, ox.NamedNode):
                if column.concepts:
                    name, _, concept = term.value.removeprefix(CONCEPT).partition("/")
                    if name == column.concepts:
                        yield concept
                elif column.refers_to and term.value in self.ids:
                    if self.table_of[term.value].name in column.refers_to:
                        yield self.ids[term.value]
                    continue
                elif column.refers_to:
                    self.again[f"ends of {column.name!r} are not in the graph"] += 1
            elif isinstance(term, ox.Literal) and not column.concepts and not column.refers_to:
                yield from [term.value] if (column.lang or "") == (term.language or "") else ()


def _datasets(graph: _Graph, rows: _Rows, name: str) -> list[dict[str, Any]]:
    """What each data set says of itself, in the order of their addresses."""
    node = expand("kg:Dataset")
    found = sorted(iri for iri, s in graph.things.items() if ox.NamedNode(node) in s.get(_TYPE, ()))
    described = []
    for iri in found:
        raw: dict[str, Any] = {}
        stated = graph.things[iri]

        def texts(prop: str, stated: _Stated = stated) -> list[Any]:
            return sorted(
                (t for t in stated.get(expand(prop), ()) if isinstance(t, ox.Literal)), key=lambda t: (t.value, t.language)
            )

        raw["id"] = next((t.value for t in texts("dcterms:identifier")), name)
        raw["base"] = next(
            (other[: len(iri) + 1] for other in rows.ids if other.startswith(iri) and other[len(iri) :][:1] in "/#:"),
            iri + "/",
        )
        for key, prop in _BY_LANGUAGE.items():
            raw[key] = dict(sorted((t.language, t.value) for t in texts(prop) if t.language))
        for key, prop in _SINGLE.items():
            raw[key] = next((t.value for t in texts(prop)), "")
        raw["sources"] = sorted(
            rows.ids[t.value] for t in stated.get(expand("dcterms:source"), ()) if getattr(t, "value", "") in rows.ids
        )
        described.append({k: v for k, v in raw.items() if v})
        rows.foreign.pop(iri, None)
        for prop, terms in graph.things[iri].items():
            if prop not in _DATASET:
                rows.unplaced[prop] += len(terms)
    return described


@dataclass
class Tables:
    """What quads of our model make."""

    records: dict[str, list[Record]]
    datasets: tuple[Dataset, ...]
    """As they describe themselves, in the order of their addresses; at least one."""
    ids: dict[str, str]
    """IRI of each thing to its id in the tables."""
    told: list[str]
    """What has no place in them, line by line."""


def material_of_quads(quads: Iterable[ox.Quad], name: str) -> tuple[Material, list[str]]:
    """The tables that quads of our model make, described as the first data set is, and lines on what has no place in them.

    `name` stands in where no data set describes itself.
    """
    tables = tables_of_quads(quads, name)
    others = len(tables.datasets) - 1
    lost = [f"{others} further data sets do not keep their own description: tables have room for one"] if others else []
    return Material(tables.datasets[0], tables.records), lost + tables.told


def tables_of_quads(quads: Iterable[ox.Quad], name: str) -> Tables:
    """The tables that quads of our model make; `name` stands in where no data set describes itself."""
    graph = _read(quads)
    _without_derived(graph)
    rows = _Rows(graph)
    rows.name_all()
    for iri, stated in graph.things.items():
        if iri not in rows.ids and not _is_derived(stated):
            rows.foreign[iri] = sum(map(len, stated.values()))
    datasets = tuple(dataset_of(raw, name, name) for raw in _datasets(graph, rows, name) or [{}])
    records = {}
    for table in rows.tables.values():
        mine = sorted((rows.ids[iri], iri) for iri, t in rows.table_of.items() if t is table)
        if mine:
            records[table.name] = [rows.record(iri) for _, iri in mine]
    return Tables(records, datasets, rows.ids, list(_told(rows, graph)))


def _told(rows: _Rows, graph: _Graph) -> Iterator[str]:
    for what, count in sorted(rows.again.items()):
        yield f"{count} {what}"
    if rows.unplaced:
        listed = ", ".join(f"{p} ({n})" for p, n in rows.unplaced.most_common(4)) + (
            " ..." if len(rows.unplaced) > 4 else ""
        )
        n = sum(rows.unplaced.values())
        yield f"{n} statement{' has' if n == 1 else 's have'} no column: {listed}"
    if rows.foreign or graph.blank:
        first = ", ".join(sorted(rows.foreign)[:2])
        count = sum(rows.foreign.values()) + graph.blank
        yield f"{count} statements are about {len(rows.foreign)} things of no table" + (f": {first} ..." if first else "")
