"""The shapes of `ontology/shapes.ttl`, held against a graph by pySHACL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from kg import resources
from kg.findings import Finding
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.validation.checks import named
from kg.validation.places import Places
from kg.vocabulary import ALL, prefixes

if TYPE_CHECKING:
    import rdflib

__all__ = ["shape_findings"]

_SHAPES = "https://w3id.org/stakeholder-kg/shapes#"
_TODO = {"en": "correct {place}", "es": "corrija {place}", "fr": "corrigez {place}"}
_CELL = {"en": "the column {name!r}", "es": "la columna {name!r}", "fr": "la colonne {name!r}"}
_PROPERTY = {"en": "the property {name}", "es": "la propiedad {name}", "fr": "la propriété {name}"}
_THING = {"en": "what is stated of it", "es": "lo que se enuncia de ello", "fr": "ce qui en est dit"}


def _predicates(shapes: rdflib.Graph) -> list[ox.NamedNode]:
    """The predicates on which a verdict can depend: those that the shapes name, and what classes are told by."""
    import rdflib

    named = {str(o) for o in shapes.objects() if isinstance(o, rdflib.URIRef)}
    return [ox.NamedNode(p) for p in sorted(named | {str(rdflib.RDF.type), str(rdflib.RDFS.subClassOf)})]


def _copy(graph: Graph, predicates: Iterable[ox.NamedNode]) -> rdflib.Graph:
    """The merged graph's triples of these predicates as an rdflib graph.

    pySHACL is several times faster on rdflib's own memory than on another store, and most of the time goes into making
    the copy: a triple that no shape can look at is left out, and a term is made once.
    """
    import rdflib

    known: dict[Any, Any] = {}

    def term(value: Any) -> Any:
        if value not in known:
            if isinstance(value, ox.NamedNode):
                known[value] = rdflib.URIRef(value.value)
            elif isinstance(value, ox.Literal):
                datatype = None if value.language else value.datatype.value
                known[value] = rdflib.Literal(value.value, lang=value.language, datatype=datatype)
            else:
                known[value] = rdflib.BNode(value.value)
        return known[value]

    copy = rdflib.Graph(bind_namespaces="none")
    for predicate in predicates:
        for quad in graph.store.native.quads_for_pattern(None, predicate, None, ALL):
            copy.store.add((term(quad.subject), term(predicate), term(quad.object)), copy)
    return copy


def _words(name: str) -> str:
    """`RelationWithItself` as `relation-with-itself`."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).lstrip("-")


def _prefixed(iri: str) -> str:
    """`kg:actor` for the IRI of that property; an IRI outside the known vocabularies as it is."""
    return next((f"{p}:{iri.removeprefix(ns)}" for p, ns in prefixes().items() if iri.startswith(ns)), iri)


def _term(value: Any) -> Any:
    """An rdflib term as the store's own, for naming it."""
    import rdflib

    if isinstance(value, rdflib.URIRef):
        return ox.NamedNode(str(value))
    return None if value is None else ox.Literal(str(value), language=getattr(value, "language", None))


def shape_findings(graph: Graph, describer: Describer, places: Places) -> Iterator[Finding]:
    """What the shapes find wrong in a graph, in the language of the describer; one finding per shape, thing and value."""
    import pyshacl
    import rdflib
    from rdflib import SH

    shapes = rdflib.Graph().parse(resources.ontology() / "shapes.ttl", format="turtle")
    _, outcome, _ = pyshacl.validate(_copy(graph, _predicates(shapes)), shacl_graph=shapes, inference="none", advanced=False)
    report = cast(
        "rdflib.Graph", outcome
    )  # bytes only where a serialisation is asked for, an error only where it is told to
    seen = set()
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        shape, focus, value = (report.value(result, p) for p in (SH.sourceShape, SH.focusNode, SH.value))
        path = report.value(result, SH.resultPath)
        stated = value if path is not None and value != focus else None
        if (shape, focus, stated) in seen or shape is None or focus is None:
            continue
        seen.add((shape, focus, stated))
        messages = {m.language: str(m) for m in shapes.objects(shape, SH.message) if isinstance(m, rdflib.Literal)}
        prop = str(path) if isinstance(path, rdflib.URIRef) else ""
        level = "warning" if report.value(result, SH.resultSeverity) == SH.Warning else "error"
        what = f"{named(_term(focus), describer)}: {messages[describer.lang].rstrip('.')}"
        if stated is not None:
            what += f" ({named(_term(stated), describer)})"
        lang = stated.language if isinstance(stated, rdflib.Literal) else None
        thing = describer.identifier(str(focus))
        found = places.finding(level, _words(str(shape).removeprefix(_SHAPES)), what, "", str(focus), thing, prop, lang)
        if found.column:
            place = _CELL[describer.lang].format(name=found.column)
        elif prop:
            place = _PROPERTY[describer.lang].format(name=_prefixed(prop))
        else:
            place = _THING[describer.lang]
        todo = _TODO[describer.lang].format(place=place)
        yield replace(found, todo=todo)
