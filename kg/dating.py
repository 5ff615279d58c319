"""What of a graph holds at a date.

Dates compare as docs/decisions/0003-model.md says. A fact without dates holds as long as what it is about: it goes only
with a law that is not in force, or with a fact that is left out. A law that is not in force stays where a fact that is
dated, and in force, names it (a stand on its bill, say), so that nothing leads nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import InputError
from kg.vocabulary import ALL, DERIVED, expand
from kg.vocabulary import kg as term

__all__ = ["AsOf", "belonging_differs", "holding_at", "inheriting_at"]

_TYPE = ox.NamedNode(expand("rdf:type"))
_REFERENCE = term("referenceDate")
_LEFT = "as-of.json"


class AsOf(NamedTuple):
    """What was left out of a graph for a date, and what stayed without having one."""

    date: str
    left_out: int
    """Facts and laws that are not in force, and what is said of them."""
    undated: int
    """Facts and laws without dates, which stay."""

    def write(self, folder: Path) -> None:
        """Writes it beside what holds."""
        (folder / _LEFT).write_text(json.dumps(self), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> AsOf:
        """What `write` has written; raises InputError where it cannot be read."""
        try:
            return cls(*json.loads((folder / _LEFT).read_bytes()))
        except (OSError, ValueError, TypeError) as error:
            raise InputError(f"{folder / _LEFT}: cannot be read ({error}); remove it") from None


def _bounds(store: ox.Store, *properties: str) -> dict[object, list[str]]:
    found: dict[object, list[str]] = {}
    for name in properties:
        of_this: dict[object, list[str]] = {}
        for quad in store.quads_for_pattern(None, term(name), None, None):
            if isinstance(quad.object, ox.Literal):
                of_this.setdefault(quad.subject, []).append(quad.object.value)
        found = {**of_this, **found}  # the first property goes before the second
    return found


def _participants(store: ox.Store) -> Iterator[tuple[object, object, object]]:
    below = ox.NamedNode(expand("rdfs:subPropertyOf"))
    for prop in store.quads_for_pattern(None, below, term("participant"), ALL):
        if isinstance(prop.subject, ox.NamedNode):
            for quad in store.quads_for_pattern(None, prop.subject, None, None):
                yield quad.subject, quad.predicate, quad.object


def _not_holding(store: ox.Store, date: str) -> set[object]:
    starts, ends = _bounds(store, "start", "instrumentDate"), _bounds(store, "end")
    late = {s for s, given in starts.items() if min(given) > date + "~"}
    gone = late | {s for s, given in ends.items() if max(given) + "~" < date}
    dated = (starts.keys() | ends.keys()) - gone
    laws = {q.subject for q in store.quads_for_pattern(None, _TYPE, term("Instrument"), None)}
    roles: dict[tuple[object, object], set[object]] = {}
    for subject, role, object_ in _participants(store):
        roles.setdefault((subject, role), set()).add(object_)
        if subject in dated and object_ in laws:
            gone.discard(object_)
    before = -1
    while before < len(gone):
        before = len(gone)
        gone |= {subject for (subject, _), named in roles.items() if named <= gone}
    return gone


def _derived(store: ox.Store) -> tuple[set[object], set[tuple[object, object, object]]]:
    """The derivations, and the statements that they say a rule made; also in files that keep no graphs apart."""
    nodes: set[object] = {q.subject for q in store.quads_for_pattern(None, _TYPE, term("Derivation"), None)}
    parts = []
    for name in ("subject", "predicate", "object"):
        prop = ox.NamedNode(expand(f"rdf:{name}"))
        parts.append({q.subject: q.object for q in store.quads_for_pattern(None, prop, None, None)})
    subjects, predicates, objects = parts
    return nodes, {(subjects[n], predicates[n], objects[n]) for n in subjects if n in nodes}


def holding_at(store: ox.Store, date: str) -> tuple[ox.Store, AsOf]:
    """A copy of every graph but the derived one, without what does not hold; rules are to be run on it.

    The date becomes its reference date, so that rules and questions look at the same day.
    """
    gone = _not_holding(store, date)
    derived, copy = _looking_from(store, date, gone)
    true = ox.Literal("true", datatype=ox.NamedNode(expand("xsd:boolean")))
    undated = {q.subject for q in store.quads_for_pattern(None, term("undated"), true, ALL)} - gone - derived
    here = {s for s in gone if next(store.quads_for_pattern(s, None, None, ALL), None)} - derived  # type: ignore[arg-type]
    return copy, AsOf(date, len(here), len(undated))


def _looking_from(
    store: ox.Store, date: str, gone: set[object], graph: ox.NamedNode | None = None
) -> tuple[set[object], ox.Store]:
    """The derivations, and a copy without them and without what is gone, whose reference date is this one; of all graphs or one."""
    derived, said = _derived(store)
    stated = {q.subject for q in store.quads_for_pattern(None, _REFERENCE, None, None)}

    def kept() -> Iterator[ox.Quad]:
        for quad in store.quads_for_pattern(None, None, None, graph):
            subject, predicate, object_ = quad.subject, quad.predicate, quad.object
            if quad.graph_name == DERIVED or {subject, object_} & gone or subject in derived:
                continue
            if predicate == _TYPE and object_ == term("Dataset") and subject not in stated:
                yield ox.Quad(subject, _REFERENCE, ox.Literal(date), quad.graph_name)
            if predicate == _REFERENCE:
                yield ox.Quad(subject, predicate, ox.Literal(date), quad.graph_name)
            elif (subject, predicate, object_) not in said:
                yield quad

    copy = ox.Store()
    copy.bulk_extend(kept())
    return derived, copy


def inheriting_at(store: ox.Store, date: str) -> ox.Store:
    """A copy of the merged graph in which everything stays, for rules to derive what members inherit at another date."""
    return _looking_from(store, date, set(), ALL)[1]


def belonging_differs(store: ox.Store, one: str, other: str) -> bool:
    """Whether some actor belongs to a category at one of two dates only; an empty date is any."""
    named = {q.subject for q in store.quads_for_pattern(None, term("shortcut"), term("inCategory"), ALL)}
    broader = ox.NamedNode(expand("skos:broader"))
    types = named | {q.subject for kind in named for q in store.quads_for_pattern(None, broader, kind, ALL)}

    def holds(fact: object, date: str) -> bool:
        since, until = (
            next((q.object.value for q in store.quads_for_pattern(fact, term(end), None, ALL)), "")  # type: ignore[arg-type,union-attr]
            for end in ("holdsFrom", "holdsUntil")
        )
        return not date or (since <= date + "~" and until + "~" >= date)

    facts = (q.subject for kind in types for q in store.quads_for_pattern(None, term("relationType"), kind, ALL))
    return any(holds(fact, one) != holds(fact, other) for fact in facts)
