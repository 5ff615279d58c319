"""Things that somebody called the same, as one in the merged graph.

The named graphs of the sources stay as they are: there each statement is about what its source called so. In the merged
graph the first thing takes over all that is said of and about the others. Where only one value makes sense, its own stays
(unless it is unspecified); other names become further names, so that each can still be found. `owl:sameAs` says what was
merged, and is honoured when a graph that holds it is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.formats.csvw import shipped_description
from kg.formats.decisions import Decision, decisions_file, read_decisions, same_groups
from kg.vocabulary import ALL, DERIVED, expand
from kg.vocabulary import kg as term

__all__ = ["merge_decided"]

_ID = ox.NamedNode(expand("dcterms:identifier"))
_LABEL = ox.NamedNode(expand("skos:prefLabel"))
_OTHER_LABEL = ox.NamedNode(expand("skos:altLabel"))
_HIDDEN_LABEL = ox.NamedNode(expand("skos:hiddenLabel"))
_SAME = ox.NamedNode(expand("owl:sameAs"))
_RENAMED = {_ID: _HIDDEN_LABEL, _LABEL: _OTHER_LABEL, term("acronym"): _OTHER_LABEL}
_PRIVATE = term("private")
_UNSPECIFIED = "/unspecified"


def _of_one_value() -> set[ox.NamedNode]:
    """Properties of which a thing has one value, a concept, by the description of the tables."""
    columns = (c for table in shipped_description().values() for c in table.columns)
    return {ox.NamedNode(c.property) for c in columns if c.concepts and not c.separator}


def _node(store: ox.Store, name: str, base: str) -> ox.NamedNode | None:
    """The thing that an id or IRI of a decision names; None where it is not loaded."""
    if "://" in name:
        node = ox.NamedNode(name)
        return node if next(store.quads_for_pattern(node, None, None, ALL), None) else None
    found = {q.subject for q in store.quads_for_pattern(None, _ID, ox.Literal(name), ALL)}
    own = {n for n in found if isinstance(n, ox.NamedNode) and n.value.startswith(base)} or found
    if len(own) > 1:
        raise InputError(f"{name!r}: several data sets have this id; write the IRI of the one that is meant")
    return next((n for n in own if isinstance(n, ox.NamedNode)), None)


def _decided(store: ox.Store, sources: Iterable[tuple[Path, str]]) -> Mapping[str, str]:
    """IRI to the IRI that takes its place."""
    decisions = []
    for path, base in sources:
        file = decisions_file(path)
        for decision in read_decisions(file):
            a, b = _node(store, decision.a, base), _node(store, decision.b, base)
            if a and b:
                decisions.append(Decision(a.value, b.value, decision.decision))
    for quad in store.quads_for_pattern(None, _SAME, None, ALL):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            decisions.append(Decision(quad.subject.value, quad.object.value, "same"))
    return same_groups(sorted(set(decisions), key=decisions.index))


def _take_over(store: ox.Store, one: ox.NamedNode, other: ox.NamedNode, single: set[ox.NamedNode]) -> None:
    for quad in list(store.quads_for_pattern(None, None, other, ALL)):
        store.remove(quad)
        if quad.predicate != _SAME:
            store.add(ox.Quad(quad.subject, quad.predicate, one, ALL))
    for quad in list(store.quads_for_pattern(other, None, None, ALL)):
        store.remove(quad)
        if quad.predicate == _SAME:
            continue
        own = list(store.quads_for_pattern(one, quad.predicate, None, ALL))
        predicate = quad.predicate
        if predicate in _RENAMED and any(_rivals(q.object, quad.object) for q in own):
            predicate = _RENAMED[predicate]
        elif predicate == _PRIVATE and own:
            if getattr(quad.object, "value", "") != "true":
                continue
            for q in own:
                store.remove(q)
        elif predicate in single and own:
            if not all(getattr(q.object, "value", "").endswith(_UNSPECIFIED) for q in own):
                continue
            for q in own:
                store.remove(q)
        store.add(ox.Quad(one, predicate, quad.object, ALL))


def _rivals(own: object, other: object) -> bool:
    """True for two values of which only one can be the name in a language, the acronym, or the id."""
    return own != other and getattr(own, "language", None) == getattr(other, "language", None)


def merge_decided(store: ox.Store, sources: Iterable[tuple[Path, str]]) -> int:
    """How many things were merged into others in the merged graph of a store.

    `sources` are paths, which may have a file of decisions, with the base IRI of their ids. Raises InputError where decisions
    cannot be understood or contradict each other.
    """
    groups = _decided(store, sources)
    single = _of_one_value() if groups else set()
    for other, one in groups.items():
        _take_over(store, ox.NamedNode(one), ox.NamedNode(other), single)
    for other, one in groups.items():
        for graph in (ALL, DERIVED):
            store.add(ox.Quad(ox.NamedNode(one), _SAME, ox.NamedNode(other), graph))
    return len(groups)
