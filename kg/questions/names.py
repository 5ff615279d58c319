"""From what somebody types to the thing that is meant: IRI, id, label, acronym or alias, in any language."""

from __future__ import annotations

import contextlib
import re
from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import AmbiguousError, InputError, NotFoundError, near_names
from kg.graph import Graph
from kg.vocabulary import ALL, CONCEPT, LANGUAGES, expand
from kg.vocabulary import kg as term
from kg.wording import fold

__all__ = ["find", "resolve"]

_TYPE = ox.NamedNode(expand("rdf:type"))
_ID = ox.NamedNode(expand("dcterms:identifier"))
_NAMES = (
    ox.NamedNode(expand("skos:prefLabel")),
    ox.NamedNode(expand("skos:altLabel")),
    ox.NamedNode(expand("skos:notation")),
    ox.NamedNode(expand("dcterms:title")),
    term("acronym"),
)
_HIDDEN = ox.NamedNode(expand("skos:hiddenLabel"))
"""Ids that things have in the files they come from: what is called so goes before."""
_CLASSES = {
    "actor": ("Actor",),
    "country": ("Place",),
    "instrument": ("Instrument",),
    "issue": ("Issue",),
    "thing": ("Actor", "Instrument", "Issue", "Place", "Source", "Indicator", "Finding", "Relation", "Position", "Attention",
              "Assessment", "Attribution", "Observation", "QualityNote", "Evidence"),
}  # fmt: skip
_LISTS = {"actor-type": "actor-type", "relation-type": "relation", "issue": "issue"}
"""Kinds that a concept of a list may stand for; an issue of the data goes before the general topic of its name."""


def _is_a(graph: Graph, node: ox.NamedNode, kind: str) -> bool:
    native = graph.store.native
    if kind in _LISTS and node.value.startswith(f"{CONCEPT}{_LISTS[kind]}/"):
        return _is_known(graph, node)
    classes = _CLASSES.get(kind, ())
    return any(next(native.quads_for_pattern(node, _TYPE, term(c), ALL), None) is not None for c in classes)


def _is_known(graph: Graph, node: ox.NamedNode) -> bool:
    return next(graph.store.native.quads_for_pattern(node, None, None, ALL), None) is not None


def _id(graph: Graph, node: ox.NamedNode) -> str:
    """The id in its table; of a concept the last part of its IRI."""
    quads = graph.store.native.quads_for_pattern(node, _ID, None, ALL)
    return min((q.object.value for q in quads if isinstance(q.object, ox.Literal)), default=node.value.rpartition("/")[2])


def _exact(graph: Graph, text: str) -> set[ox.NamedNode]:
    return _bearing(graph, _ID, text) or {node for prop in _NAMES for node in _bearing(graph, prop, text)}


def _bearing(graph: Graph, prop: ox.NamedNode, text: str) -> set[ox.NamedNode]:
    """The things of which a property says exactly that, in any language."""
    native = graph.store.native
    literals = [ox.Literal(text), *(ox.Literal(text, language=lang) for lang in LANGUAGES)]
    found = {q.subject for literal in literals for q in native.quads_for_pattern(None, prop, literal, ALL)}
    return {s for s in found if isinstance(s, ox.NamedNode)}


def _concept(graph: Graph, text: str, kind: str) -> set[ox.NamedNode]:
    """The concept with that id in the list that a kind names; empty where there is none."""
    if kind not in _LISTS or not re.fullmatch("[a-z-]+", text):
        return set()
    node = ox.NamedNode(f"{CONCEPT}{_LISTS[kind]}/{text}")
    return {node} if _is_known(graph, node) else set()


def _all_names(graph: Graph, kind: str) -> dict[str, set[ox.NamedNode]]:
    """Folded name to things of that kind; things that are only inherited facts have no name.

    The id that a thing has in a file names it where no thing of that kind is called so.
    """
    return _folded(graph, kind, (_HIDDEN,)) | _folded(graph, kind, (*_NAMES, _ID))


def _folded(graph: Graph, kind: str, props: Iterable[ox.NamedNode]) -> dict[str, set[ox.NamedNode]]:
    names: dict[str, set[ox.NamedNode]] = defaultdict(set)
    kinds: dict[ox.NamedNode, bool] = {}
    for prop in props:
        for quad in graph.store.native.quads_for_pattern(None, prop, None, ALL):
            node = quad.subject
            if isinstance(node, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                if node not in kinds:
                    kinds[node] = _is_a(graph, node, kind)
                if kinds[node]:
                    names[fold(quad.object.value)].add(node)
    return names


def resolve(graph: Graph, text: str, kind: str, option: str = "") -> str:
    """The serialised RDF term that `text` means as a value of that kind (one of `kg.questions.head.TYPES`).

    Tried in this order: IRI, id, exact name, id in the file it comes from, name without accents and case. Raises NotFoundError
    with near names, AmbiguousError listing the things that bear the name, InputError for a year that is none.
    """
    where = f"{option or kind} {text!r}"
    if kind == "year":
        from kg.formats.dates import is_date  # few questions are asked of a year

        if not is_date(text):
            raise InputError(f"{where}: not a date; write 2013, 2013-08 or 2013-08-31")
        return str(ox.Literal(text))
    text = text.strip()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]", text):
        with contextlib.suppress(ValueError):
            node = ox.NamedNode(text)
            if _is_a(graph, node, kind):
                return str(node)
    found = {n for n in _exact(graph, text) if _is_a(graph, n, kind)} or {
        n for n in _bearing(graph, _HIDDEN, text) if _is_a(graph, n, kind)
    }
    concept = _concept(graph, text, kind)
    if kind not in _CLASSES:
        found |= concept
    if not found:
        names = _all_names(graph, kind)
        found = names.get(fold(text), set()) if fold(text) else set()
        found = found or concept
        if not found:
            hint = near_names(fold(text), names)
            hint += "; `kg find` looks for a part of a name" if hint.startswith("nothing") else ""
            raise NotFoundError(f"{where}: there is no {kind} of that name; {hint}")
    found = {n for n in found if not n.value.startswith(CONCEPT)} or found
    if len(found) > 1:
        ids = {_id(graph, n) for n in found}
        if len(ids) < len(found):  # the same in several data sets
            ids = {n.value for n in found}
        raise AmbiguousError(f"{where}: {len(found)} things bear that name: {', '.join(sorted(ids))}; give one of these ids")
    return str(found.pop())


def find(graph: Graph, text: str) -> list[str]:
    """IRIs of the things whose name holds `text` (accents and case aside), names that begin with it first."""
    wanted = fold(text)
    if not wanted:
        raise InputError("find: nothing to look for; give a part of a name")
    ranked: dict[str, tuple[int, str]] = {}
    for name, nodes in _all_names(graph, "thing").items():
        if wanted in name:
            rank = 0 if name == wanted else 1 if name.startswith(wanted) else 2
            for node in nodes:
                ranked[node.value] = min(ranked.get(node.value, (9, "")), (rank, name))
    return sorted(ranked, key=lambda iri: (*ranked[iri], iri))
