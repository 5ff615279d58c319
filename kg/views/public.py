"""What leaves the house: a graph without notes, without what is marked private, and without what rests on that alone."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection

import pyoxigraph as ox

from kg.formats.csvw import shipped_description
from kg.graph import Graph
from kg.store.embedded import EmbeddedStore
from kg.views.charts.answers import word
from kg.views.page import Labels
from kg.vocabulary import ALL, DERIVED, ONTOLOGY, expand
from kg.vocabulary import kg as term

__all__ = ["public_graph"]

_PRIVATE, _NOTE, _ACTOR = term("private"), term("note"), term("Actor")
_EVIDENCE = ox.NamedNode(expand("prov:wasDerivedFrom"))
_SOURCE = ox.NamedNode(expand("oa:hasSource"))
_PART_OF = ox.NamedNode(expand("dcterms:isPartOf"))
_TYPE = ox.NamedNode(expand("rdf:type"))
_HELD = ("subject", "object", "actor", "on", "held_by")
"""Columns without which a row says nothing, beside those that are required."""

_Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def public_graph(graph: Graph) -> tuple[Graph, Labels]:
    """The graph for everybody, derived anew, and the sentence that says how much it lacks, per language.

    Left out are notes; rows marked private; passages of private sources and of their parts; facts and things that only such
    passages speak of; facts that cannot stand without what is left out; and actors of whom nothing is left. The graph itself
    stays as it is.
    """
    quads = _given(graph)
    actors = {q.subject for q in graph.store.native.quads_for_pattern(None, _TYPE, _ACTOR, ALL)}
    hidden, gone = _left_out(quads, actors)
    removed = hidden | gone
    kept = [
        q for q in quads if q.predicate not in (_NOTE, _PRIVATE) and q.subject not in removed and q.object not in removed
    ]
    store = EmbeddedStore()
    store.native.bulk_extend(kept)
    found = Graph(store, graph.sources)
    found.derive()
    keys = _keys()
    facts = {q.subject for q in quads if q.predicate in keys and q.subject in gone}
    return found, word("withheld", actors=str(len(gone & actors)), facts=str(len(facts - actors)))


@functools.cache
def _keys() -> frozenset[ox.NamedNode]:
    """Properties of which a fact needs a value."""
    columns = (c for table in shipped_description().values() for c in table.columns if c.refers_to)
    return frozenset(ox.NamedNode(c.property) for c in columns if c.required or c.name in _HELD)


def _given(graph: Graph) -> list[ox.Quad]:
    """The merged graph without what the rules derived."""
    native = graph.named.native
    own = [each for each in graph.named.graphs() if each not in (DERIVED, ONTOLOGY)]
    derived = {
        (q.subject, q.predicate, q.object)
        for q in native.quads_for_pattern(None, None, None, DERIVED)
        if not any(ox.Quad(q.subject, q.predicate, q.object, each) in native for each in own)
    }
    merged = native.quads_for_pattern(None, None, None, ALL)
    return [q for q in merged if (q.subject, q.predicate, q.object) not in derived]


def _left_out(quads: Collection[ox.Quad], actors: Collection[_Node]) -> tuple[set[_Node], set[_Node]]:
    """Private sources with their parts and passages; and the rows that go."""
    marked: set[_Node] = set()
    parts: dict[_Node, set[_Node]] = defaultdict(set)
    passages: dict[_Node, set[_Node]] = defaultdict(set)
    evidence: dict[_Node, set[_Node]] = defaultdict(set)
    ends: dict[tuple[_Node, _Node], set[_Node]] = defaultdict(set)
    keys = _keys()
    for q in quads:
        if q.predicate == _PRIVATE and isinstance(q.object, ox.Literal) and q.object.value in ("true", "1"):
            marked.add(q.subject)
        elif q.predicate == _PART_OF:
            parts[q.object].add(q.subject)
        elif q.predicate == _SOURCE:
            passages[q.object].add(q.subject)
        elif q.predicate == _EVIDENCE:
            evidence[q.subject].add(q.object)
        if q.predicate in keys and q.predicate != _SOURCE:
            ends[q.subject, q.predicate].add(q.object)
    hidden: set[_Node] = set()
    waiting = list(marked)
    while waiting:
        thing = waiting.pop()
        if thing not in hidden:
            hidden.add(thing)
            waiting += [*parts[thing], *passages[thing]]
    gone = {thing for thing, cited in evidence.items() if cited <= hidden}
    named = {end for values in ends.values() for end in values}
    while True:
        before = len(gone)
        gone |= {fact for (fact, _), values in ends.items() if values <= gone | hidden}
        still = {end for (fact, _), values in ends.items() if fact not in gone and fact not in hidden for end in values}
        gone |= {actor for actor in actors if actor in named and actor not in still and not evidence[actor]}
        if len(gone) == before:
            return hidden, gone | (hidden & (set(actors) | {fact for fact, _ in ends}))
