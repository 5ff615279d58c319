"""The things of a graph as matching needs them, and decisions on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.formats.decisions import Decision
from kg.graph import Graph
from kg.matching.candidates import Candidate
from kg.matching.score import Named
from kg.questions.describe import Describer
from kg.vocabulary import ALL, CONCEPT, expand
from kg.vocabulary import kg as term

__all__ = ["accepted", "is_private", "name_in_file", "named_things"]

_NAMES = (
    ox.NamedNode(expand("skos:prefLabel")),
    term("acronym"),
    ox.NamedNode(expand("skos:altLabel")),
)
_UNSPECIFIED = "unspecified"


def named_things(describer: Describer, kind: str = "Actor") -> list[Named]:
    """Everything of a class with its names, in the order of the IRIs; its `id` is the IRI."""
    store = describer.graph.store.native
    nodes = {q.subject for q in store.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), term(kind), ALL)}
    found = []
    for iri in sorted(n.value for n in nodes if isinstance(n, ox.NamedNode)):
        names = {v.value for prop in _NAMES for v in describer.values(iri, prop) if isinstance(v, ox.Literal)}
        if names:
            first = describer.text(iri, _NAMES[0])
            kinds = {v.value for v in describer.values(iri, term("actorKind"))} - {f"{CONCEPT}actor-kind/{_UNSPECIFIED}"}
            kind = describer.label(min(kinds)).lower() if kinds else ""
            countries = frozenset(describer.label(v.value) for v in describer.values(iri, term("country")))
            ordered = tuple(sorted(names, key=lambda n: (n != first, n)))
            found.append(Named(iri, ordered, kind, countries, iri.rpartition("/")[0]))
    return found


def is_private(describer: Describer, iri: str) -> bool:
    """Whether a thing is marked private in any source."""
    return any(getattr(v, "value", "") == "true" for v in describer.values(iri, term("private")))


def name_in_file(graph: Graph, describer: Describer, iri: str) -> str:
    """How a file of decisions names a thing: by its id, or by its IRI where several data sets are open."""
    return iri if len(graph.sources) > 1 else describer.identifier(iri)


def accepted(
    candidates: Iterable[Candidate], decided: Iterable[Decision], least: float
) -> Iterator[tuple[Candidate, tuple[str, str] | None]]:
    """Candidates that score `least` or more, each with the two called different that keep it apart; None where none do.

    Two that somebody called different are not brought together through a third.
    """
    group: dict[str, set[str]] = {}
    apart: dict[str, set[str]] = defaultdict(set)

    def of(thing: str) -> set[str]:
        return group.setdefault(thing, {thing})

    def unite(a: str, b: str) -> None:
        larger, smaller = sorted((of(a), of(b)), key=len, reverse=True)
        if larger is not smaller:
            larger |= smaller
            group.update(dict.fromkeys(smaller, larger))

    for decision in decided:
        if decision.decision == "same":
            unite(decision.a, decision.b)
        elif decision.decision == "different":
            apart[decision.a].add(decision.b)
            apart[decision.b].add(decision.a)
    for candidate in candidates:
        if candidate.score.value < least:
            continue
        a, b = candidate.a.id, candidate.b.id
        obstacle = (
            next(((x, y) for x in sorted(of(a) & set(apart)) for y in sorted(apart[x] & of(b))), None) if apart else None
        )
        if obstacle:
            yield candidate, obstacle
        else:
            unite(a, b)
            yield candidate, None
