"""Which thing a brief is on: the one of that name, or the tie between two."""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import AmbiguousError, NotFoundError
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.questions.names import resolve
from kg.vocabulary import ALL, expand
from kg.vocabulary import kg as term
from kg.wording import paired

__all__ = ["subject_of"]

_TYPE, _SUBJECT, _OBJECT = ox.NamedNode(expand("rdf:type")), term("subject"), term("object")


def subject_of(graph: Graph, name: str, other: str, lang: str) -> str:
    """The IRI of the thing of that name or, with `other`, of the one tie between the two, whichever way it goes.

    What is told of the two themselves goes before what they inherit. Raises NotFoundError, AmbiguousError with the ids of the ties,
    or InputError.
    """
    one = resolve(graph, name, "thing", "brief")[1:-1]
    if not other:
        return one
    two = resolve(graph, other, "thing", "--other")[1:-1]
    ties = sorted({*_ties(graph, one, two), *_ties(graph, two, one)})
    describer = Describer(graph, lang)
    own = [tie for tie in ties if not describer.one(tie, term("inheritedFrom"))]
    found = own or ties
    where = f"brief {name!r} --other {other!r}"
    if not found:
        ends = f"--actor {describer.identifier(one)} --other {describer.identifier(two)}"
        raise NotFoundError(f"{where}: no tie stands between the two; `kg ask between {ends}` tells what else links them")
    if len(found) > 1:
        told = "; ".join(paired(describer.concept(tie, "relationType"), describer.identifier(tie), lang) for tie in found)
        raise AmbiguousError(f"{where}: {len(found)} ties stand between the two: {told}; give one of these ids instead")
    return found[0]


def _ties(graph: Graph, one: str, two: str) -> set[str]:
    """The relations that lead from one thing to another."""
    native, ends = graph.store.native, (ox.NamedNode(one), ox.NamedNode(two))
    return {
        q.subject.value
        for q in native.quads_for_pattern(None, _SUBJECT, ends[0], ALL)
        if isinstance(q.subject, ox.NamedNode)
        and next(native.quads_for_pattern(q.subject, _OBJECT, ends[1], ALL), None)
        and next(native.quads_for_pattern(q.subject, _TYPE, term("Relation"), ALL), None)
    }
