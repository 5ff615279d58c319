"""The shapes of `ontology/shapes.ttl`, held against a graph by pySHACL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pyoxigraph as ox

from kg import resources
from kg.findings import Finding
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.validation.checks import named
from kg.validation.places import Places
from kg.vocabulary import ALL, prefixes
from kg.wording import paired, typeset

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


_Said = tuple[str, bool, str | None]
"""A term as text, whether it is an IRI, and its language."""


def _said(value: Any) -> _Said:
    import rdflib

    return str(value), isinstance(value, rdflib.URIRef), getattr(value, "language", None)


def _term(said: _Said) -> ox.NamedNode | ox.Literal:
    """As the store's own, for naming it; a blank node by its text."""
    text, is_iri, lang = said
    return ox.NamedNode(text) if is_iri else ox.Literal(text, language=lang)


class _Violation(NamedTuple):
    """What a shape finds: texts alone, so that it can be kept."""

    shape: str
    focus: _Said
    path: str
    """The property; empty where it is none of its own."""
    severity: str
    stated: _Said | None
    """The value that is wrong, where it is one of the property."""
    messages: dict[str, str]
    """By language."""


def _violations(graph: Graph) -> list[_Violation]:
    """What the shapes find in a graph: computed once for the same triples, shapes and libraries."""
    path = resources.ontology() / "shapes.ttl"
    triples = b"\n".join(sorted(graph.store.dump(ALL).splitlines()))  # a store has an order of its own
    libraries = [version(name) for name in ("pyshacl", "rdflib")]
    given = (triples, path.read_bytes(), libraries)
    return [
        _Violation(*row) for row in graph.kept.of("shapes", given, Path(__file__), lambda: list(_validated(graph, path)))
    ]


def _validated(graph: Graph, path: Path) -> Iterator[_Violation]:
    """What pySHACL reports, once per shape, thing and value."""
    import pyshacl
    import rdflib
    from rdflib import SH

    shapes = rdflib.Graph().parse(path, format="turtle")
    _, outcome, _ = pyshacl.validate(_copy(graph, _predicates(shapes)), shacl_graph=shapes, inference="none", advanced=False)
    report = cast(
        "rdflib.Graph", outcome
    )  # bytes only where a serialisation is asked for, an error only where it is told to
    seen = set()
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        shape, focus, value = (report.value(result, p) for p in (SH.sourceShape, SH.focusNode, SH.value))
        prop = report.value(result, SH.resultPath)
        stated = value if prop is not None and value != focus else None
        if (shape, focus, stated) in seen or shape is None or focus is None:
            continue
        seen.add((shape, focus, stated))
        yield _Violation(
            shape=str(shape),
            focus=_said(focus),
            path=str(prop) if isinstance(prop, rdflib.URIRef) else "",
            severity="warning" if report.value(result, SH.resultSeverity) == SH.Warning else "error",
            stated=None if stated is None else _said(stated),
            messages={str(m.language): str(m) for m in shapes.objects(shape, SH.message) if isinstance(m, rdflib.Literal)},
        )


def shape_findings(graph: Graph, describer: Describer, places: Places) -> Iterator[Finding]:
    """What the shapes find wrong in a graph, in the language of the describer; one finding per shape, thing and value."""
    for each in _violations(graph):
        message = typeset(each.messages[describer.lang].rstrip("."), describer.lang)
        what = paired(named(_term(each.focus), describer), message, describer.lang)
        if each.stated:
            what += f" ({named(_term(each.stated), describer)})"
        check, iri, lang = _words(each.shape.removeprefix(_SHAPES)), each.focus[0], each.stated[2] if each.stated else None
        found = places.finding(each.severity, check, what, "", iri, describer.identifier(iri), each.path, lang)
        if found.column:
            place = _CELL[describer.lang].format(name=found.column)
        elif each.path:
            place = _PROPERTY[describer.lang].format(name=_prefixed(each.path))
        else:
            place = _THING[describer.lang]
        todo = _TODO[describer.lang].format(place=place)
        yield replace(found, todo=todo)
