"""What leaves the house: a graph without notes, without what is marked private, without what rests on that alone, and without the
names of all that in any text."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox

from kg.formats.csvw import shipped_description
from kg.graph import Graph
from kg.publishing.redaction import GONE, holds, name_remover
from kg.store.embedded import EmbeddedStore
from kg.views.charts.answers import local, word
from kg.views.page import Labels
from kg.vocabulary import ALL, DERIVED, ONTOLOGY, expand
from kg.vocabulary import kg as term

__all__ = ["Public", "public_graph"]

_PRIVATE, _NOTE, _ACTOR = term("private"), term("note"), term("Actor")
_EVIDENCE = ox.NamedNode(expand("prov:wasDerivedFrom"))
_SOURCE = ox.NamedNode(expand("oa:hasSource"))
_IDENTIFIER = ox.NamedNode(expand("dcterms:identifier"))
_PART_OF = ox.NamedNode(expand("dcterms:isPartOf"))
_TYPE = ox.NamedNode(expand("rdf:type"))
_CALLED = frozenset({ox.NamedNode(expand("skos:prefLabel")), ox.NamedNode(expand("skos:altLabel")), term("acronym")})
"""How an actor is called."""
_TITLED = frozenset({ox.NamedNode(expand("dcterms:title")), term("creatorName")})
"""What a source is called, and who made it."""
_SHORTEST = 3
"""Names of fewer letters stay in texts: too many words would be taken for them."""
_STRING = ox.NamedNode(expand("xsd:string"))
_HELD = ("subject", "object", "actor", "on", "held_by")
"""Columns without which a row says nothing, beside those that are required."""

_Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Public:
    """What everybody may see of a graph."""

    graph: Graph
    withheld: Labels
    """The sentence that says what is missing, per language."""
    blank: Callable[[str], str]
    """Takes the names and ids of what is missing out of a text that does not come from the graph: a story, a scenario."""

    def opening(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What a page opens with, its texts without names of what is missing."""
        found = dict(given)
        if found.get("state"):
            found["state"] = self.blank(found["state"])
        found["story"] = tuple(
            replace(step, state=self.blank(step.state), title=self.texts(step.title), text=self.texts(step.text))
            for step in found.get("story", ())
        )
        return found

    def texts(self, given: Mapping[str, str]) -> dict[str, str]:
        """The text in every language, without names of what is missing."""
        return {lang: self.blank(text) for lang, text in given.items()}


def public_graph(graph: Graph) -> Public:
    """The graph for everybody, derived anew, and what it lacks.

    Left out are notes; rows marked private; passages of private sources and of their parts; facts and things that only such
    passages speak of; facts that cannot stand without what is left out; and actors of whom nothing is left. Names of actors that
    are left out, and titles and authors of private sources, are taken out of every other text, their ids out of other ids. The
    graph itself stays as it is.
    """
    quads = _given(graph)
    actors = {q.subject for q in graph.store.native.quads_for_pattern(None, _TYPE, _ACTOR, ALL)}
    hidden, gone = _left_out(quads, actors)
    removed = hidden | gone
    kept = [
        q for q in quads if q.predicate not in (_NOTE, _PRIVATE) and q.subject not in removed and q.object not in removed
    ]
    names = _names(quads, removed & actors, hidden, kept)
    ids = sorted({local(thing.value) for thing in removed & actors if isinstance(thing, ox.NamedNode)})
    kept, blanked = _without_names(kept, name_remover(dict.fromkeys(names, GONE)), ids)
    store = EmbeddedStore()
    store.native.bulk_extend(kept)
    found = Graph(store, graph.sources)
    found.kept = graph.kept
    found.derive()
    keys = _keys()
    facts = {q.subject for q in quads if q.predicate in keys and q.subject in gone}
    counts = {"actors": len(gone & actors), "facts": len(facts - actors)}
    told = word("withheld", **counts) if any(counts.values()) else word("withheld.notes")
    if blanked:
        more = word("withheld.names", n=blanked)
        told = {lang: f"{text} {more[lang]}" for lang, text in told.items()}
    return Public(found, told, name_remover(dict.fromkeys([*names, *ids], GONE)))


def _names(
    quads: Iterable[ox.Quad], actors: Collection[_Node], sources: Collection[_Node], kept: Iterable[ox.Quad]
) -> set[str]:
    """How actors and sources that are left out are called, without what something that stays is called, too."""
    stay = {q.object.value for q in kept if q.predicate in _CALLED | _TITLED and isinstance(q.object, ox.Literal)}
    found = {
        q.object.value
        for q in quads
        if isinstance(q.object, ox.Literal)
        and ((q.predicate in _CALLED and q.subject in actors) or (q.predicate in _TITLED and q.subject in sources))
    }
    return {name for name in found - stay if sum(map(str.isalnum, name)) >= _SHORTEST}


def _without_names(
    quads: Collection[ox.Quad], take_out: Callable[[str], str], ids: Collection[str]
) -> tuple[list[ox.Quad], int]:
    """The statements without names in their texts and without ids in the ids of others; and how many texts had one."""
    texts = {
        q.object: q.object
        for q in quads
        if isinstance(q.object, ox.Literal) and q.predicate != _IDENTIFIER and _is_text(q.object)
    }
    for literal in texts:
        if (value := take_out(literal.value)) != literal.value:
            texts[literal] = ox.Literal(value, language=literal.language)
    things = {node for q in quads for node in (q.subject, q.object) if isinstance(node, ox.NamedNode)}
    telling = [thing for thing in things if any(holds(local(thing.value), each) for each in ids)]
    renamed: dict[_Node, _Node] = dict(texts.items())
    for number, thing in enumerate(sorted(telling, key=lambda thing: thing.value), 1):
        renamed[thing] = ox.NamedNode(f"{thing.value.removesuffix(local(thing.value))}withheld-{number}")

    def new(q: ox.Quad) -> ox.Quad:
        subject = renamed.get(q.subject, q.subject)
        value = renamed.get(q.object, q.object)
        if q.predicate == _IDENTIFIER and subject != q.subject and isinstance(subject, ox.NamedNode):
            value = ox.Literal(local(subject.value))
        return ox.Quad(subject, q.predicate, value, q.graph_name)  # type: ignore[arg-type]  # of the kind that it was before

    return [new(q) for q in quads], sum(old != new for old, new in texts.items())


def _is_text(literal: ox.Literal) -> bool:
    """True of words; not of numbers, dates and addresses."""
    return bool(literal.language) or literal.datatype == _STRING


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
