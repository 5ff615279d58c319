"""The tables of an open graph, to be redacted: of RDF, and of several sources as one data set."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox

from kg.errors import InputError
from kg.formats.backwards import material_of_quads
from kg.formats.material import Material
from kg.graph import Graph
from kg.vocabulary import CONCEPT, expand
from kg.vocabulary import kg as term

__all__ = ["gathered"]

_PERSON = ox.NamedNode(f"{CONCEPT}actor-kind/person")


def gathered(graph: Graph, licence: str) -> tuple[Material, list[str]]:
    """The tables of a graph as one data set, and lines on what has no place in them, which is not published.

    Raises InputError where the sources state different licences and none is given, and where an actor is a person to one
    source only, since it would be published as what the other says.
    """
    store = graph.named.native
    nodes = {q.subject for q in store.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), term("Dataset"), None)}
    stated = store.quads_for_pattern(None, ox.NamedNode(expand("dcterms:license")), None, None)
    by_set = {
        q.subject: q.object.value for q in stated if q.subject in nodes and isinstance(q.object, ox.NamedNode | ox.Literal)
    }
    if not licence and len({by_set.get(node, "") for node in nodes}) > 1:
        raise InputError("--licence is missing: the sources do not state one and the same; say which holds for all")
    kinds = defaultdict(set)
    for quad in store.quads_for_pattern(None, term("actorKind"), None, None):
        kinds[quad.subject].add(quad.object)
    for actor, said in sorted(kinds.items(), key=lambda item: str(item[0])):
        if _PERSON in said and len(said) > 1:
            raise InputError(
                f"{actor}: is a person in one source and not in another; make them agree before it is published"
            )
    return material_of_quads(graph.quads(derived=False), "graph")
