"""Names: the IRIs and prefixes that kg mints, and concept lists as the ontology states them.

Labels, colours, signs and lists of types are not here: they are read from `ontology/`.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping

import pyoxigraph as ox

from kg import resources

__all__ = [
    "ALL",
    "CONCEPT",
    "DERIVED",
    "KG",
    "LANGUAGES",
    "ONTOLOGY",
    "ONTOLOGY_FILES",
    "concept_lists",
    "expand",
    "kg",
    "prefixes",
]

KG = "https://w3id.org/stakeholder-kg/ns#"
CONCEPT = "https://w3id.org/stakeholder-kg/concept/"
ALL = ox.NamedNode("https://w3id.org/stakeholder-kg/graph/all")
DERIVED = ox.NamedNode("https://w3id.org/stakeholder-kg/graph/derived")
ONTOLOGY = ox.NamedNode("https://w3id.org/stakeholder-kg/graph/ontology")
LANGUAGES = ("en", "es", "fr")
ONTOLOGY_FILES = ("kg.ttl", "concepts.ttl", "columns.ttl", "alignments.ttl")

_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "kg": KG,
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def prefixes() -> dict[str, str]:
    """Prefix to namespace, for reading table descriptions and writing Turtle."""
    return dict(_PREFIXES)


@functools.cache
def kg(name: str) -> ox.NamedNode:
    """The term `kg:name`."""
    return ox.NamedNode(KG + name)


def expand(name: str) -> str:
    """The IRI of a prefixed name such as `skos:prefLabel`; an IRI comes back unchanged.

    Raises KeyError for an unknown prefix.
    """
    prefix, sep, local = name.partition(":")
    if not sep or local.startswith("//"):
        return name
    return _PREFIXES[prefix] + local


@functools.cache
def concept_lists() -> Mapping[str, Mapping[str, str]]:
    """List name to its concepts: id to IRI, as declared with skos:inScheme in `ontology/concepts.ttl`."""
    in_scheme = ox.NamedNode(expand("skos:inScheme"))
    lists: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in ox.parse(path=str(resources.ontology() / "concepts.ttl")):
        if quad.predicate == in_scheme and isinstance(quad.subject, ox.NamedNode):
            iri = quad.subject.value
            name, _, local = iri.removeprefix(CONCEPT).partition("/")
            if iri.startswith(CONCEPT) and local:
                lists[name][local] = iri
    return lists
