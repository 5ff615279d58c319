"""The ontology files as one rdflib graph, and what tests ask of it."""

from __future__ import annotations

from functools import cache

import rdflib
from rdflib import RDF, SKOS, Literal, Node, URIRef

from kg import resources
from kg.vocabulary import ONTOLOGY_FILES

NS = URIRef("https://w3id.org/stakeholder-kg/ns")
KG = rdflib.Namespace("https://w3id.org/stakeholder-kg/ns#")
CONCEPT = "https://w3id.org/stakeholder-kg/concept/"
REL = rdflib.Namespace(CONCEPT + "relation/")
FILES = (*ONTOLOGY_FILES, "shapes.ttl")


@cache
def graph(name: str) -> rdflib.Graph:
    """One file of `ontology/`."""
    return rdflib.Graph().parse(resources.ontology() / name)


@cache
def lists() -> rdflib.Graph:
    """The files of concept lists together."""
    return graph("concepts.ttl") + graph("columns.ttl")


def concepts() -> list[URIRef]:
    """Every concept of every list, in order of IRI."""
    return sorted(s for s in lists().subjects(RDF.type, SKOS.Concept) if isinstance(s, URIRef))


def terms() -> list[URIRef]:
    """Every class and property, in order of IRI."""
    return sorted({s for s in graph("kg.ttl").subjects() if isinstance(s, URIRef) and s.startswith(KG)})


def relation_types() -> list[URIRef]:
    """Every relation type, families left out, in order of IRI."""
    return [c for c in concepts() if c.startswith(REL) and one(c, SKOS.broader) is not None]


def one(subject: Node, predicate: URIRef) -> Node | None:
    """The only value of a property of a concept; None where there is none."""
    values = list(lists().objects(subject, predicate))
    assert len(values) <= 1, f"{subject} has several {predicate}"
    return values[0] if values else None


def number(subject: Node, predicate: URIRef) -> float:
    """The only value of a property of a concept, as a number."""
    value = one(subject, predicate)
    assert isinstance(value, Literal), f"{subject} has no {predicate}"
    return float(value)


def languages(source: rdflib.Graph, subject: Node, predicate: URIRef) -> list[str]:
    """The languages in which a property is given, sorted, one entry per value."""
    return sorted(o.language or "" for o in source.objects(subject, predicate) if isinstance(o, Literal))
