"""The shapes of `ontology/shapes.ttl`, held against a graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from kg import resources
from kg.findings import Finding
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.validation.checks import named
from kg.validation.places import Places
from kg.validation.shacl import Shape, read_shapes
from kg.vocabulary import prefixes

__all__ = ["shape_findings", "violations"]

_SHAPES = "https://w3id.org/stakeholder-kg/shapes#"
_TODO = {"en": "correct {place}", "es": "corrija {place}", "fr": "corrigez {place}"}
_CELL = {"en": "the column {name!r}", "es": "la columna {name!r}", "fr": "la colonne {name!r}"}
_PROPERTY = {"en": "the property {name}", "es": "la propiedad {name}", "fr": "la propriété {name}"}
_THING = {"en": "what is stated of it", "es": "lo que se enuncia de ello", "fr": "ce qui en est dit"}


def _words(name: str) -> str:
    """`RelationWithItself` as `relation-with-itself`."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


def _prefixed(iri: str) -> str:
    """`kg:actor` for the IRI of that property; an IRI outside the known vocabularies as it is."""
    return next((f"{p}:{iri.removeprefix(ns)}" for p, ns in prefixes().items() if iri.startswith(ns)), iri)


def violations(graph: Graph) -> Iterator[tuple[Shape, str, Any, Any]]:
    """Shape, parameter, thing and, where one is at fault, value, of everything in a graph that keeps to no shape."""

    def subclasses(name: str) -> list[str]:
        query = f"PREFIX rdfs: <{prefixes()['rdfs']}> SELECT ?class WHERE {{ ?class rdfs:subClassOf+ <{name}> }}"
        return [s["class"].value for s in graph.store.select(query) if isinstance(s["class"], ox.NamedNode)]

    for shape in read_shapes(resources.ontology() / "shapes.ttl", subclasses):
        for constraint in shape.constraints:
            solutions = graph.store.select(constraint.sparql)
            valued = len(solutions.variables) > 1
            for solution in solutions:
                yield shape, constraint.parameter, solution[0], solution[1] if valued else None


def shape_findings(graph: Graph, describer: Describer, places: Places) -> Iterator[Finding]:
    """What the shapes find wrong in a graph, in the language of the describer; one finding per shape, thing and value."""
    seen = set()
    for shape, _, focus, value in violations(graph):
        stated = value if shape.of_values and value != focus else None
        if (shape.iri, focus, stated) in seen:
            continue
        seen.add((shape.iri, focus, stated))
        what = f"{named(focus, describer)}: {shape.messages[describer.lang].rstrip('.')}"
        if stated is not None:
            what += f" ({named(stated, describer)})"
        lang = stated.language if isinstance(stated, ox.Literal) else None
        thing = describer.identifier(focus.value)
        check = _words(shape.iri.removeprefix(_SHAPES))
        found = places.finding(shape.level, check, what, "", focus.value, thing, shape.property, lang)
        if found.column:
            place = _CELL[describer.lang].format(name=found.column)
        elif shape.property:
            place = _PROPERTY[describer.lang].format(name=_prefixed(shape.property))
        else:
            place = _THING[describer.lang]
        yield replace(found, todo=_TODO[describer.lang].format(place=place))
