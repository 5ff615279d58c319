"""Concepts by what people call them: labels, other labels and ids, in any language."""

from __future__ import annotations

import functools
import unicodedata
from collections import defaultdict
from collections.abc import Container, Mapping

import pyoxigraph as ox

from kg import resources
from kg.vocabulary import CONCEPT, concept_lists, expand

__all__ = ["between_actors", "choices", "concepts_named", "definition", "families", "fold", "label", "shown"]

_PREF = expand("skos:prefLabel")
_OTHERS = (expand("skos:altLabel"), expand("kg:forwardLabel"))
_DEFINITION, _BROADER, _SIGN = expand("skos:definition"), expand("skos:broader"), expand("kg:sign")
_ENDS = (expand("kg:domainIncludes"), expand("kg:rangeIncludes"))
_RELATION = "relation"


def fold(text: str) -> str:
    """The text without accents, case and repeated blanks, for comparing names."""
    if text.isascii():
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).casefold().split())


class _Labels:
    def __init__(self) -> None:
        self.by_language: dict[tuple[str, str], str] = {}
        self.definitions: dict[tuple[str, str], str] = {}
        self.broader: dict[str, str] = {}
        self.signed: set[str] = set()
        self.ends: tuple[dict[str, set[str]], dict[str, set[str]]] = (defaultdict(set), defaultdict(set))
        self.named: dict[str, tuple[dict[str, set[str]], dict[str, set[str]]]] = defaultdict(
            lambda: (defaultdict(set), defaultdict(set))
        )
        for quad in ox.parse(path=str(resources.ontology() / "concepts.ttl")):
            key = getattr(quad.subject, "value", "").removeprefix(CONCEPT)
            name, _, concept = key.partition("/")
            prop = quad.predicate.value
            if name == _RELATION and prop == _SIGN:
                self.signed.add(concept)
            elif name == _RELATION and prop == _BROADER and isinstance(quad.object, ox.NamedNode):
                self.broader[concept] = quad.object.value.rpartition("/")[2]
            elif name == _RELATION and prop in _ENDS and isinstance(quad.object, ox.NamedNode):
                self.ends[_ENDS.index(prop)][concept].add(quad.object.value)
            if "/" not in key or not isinstance(quad.object, ox.Literal):
                continue
            text = quad.object.value
            if prop == _PREF:
                self.by_language[key, quad.object.language or ""] = text
                self.named[name][0][fold(text)].add(concept)
            elif prop in _OTHERS:
                self.named[name][1][fold(text)].add(concept)
            elif prop == _DEFINITION:
                self.definitions[key, quad.object.language or ""] = text


@functools.cache
def _labels() -> _Labels:
    return _Labels()


def label(name: str, concept: str, lang: str) -> str:
    """The label of a concept of the list `name`; its id where there is none."""
    return _labels().by_language.get((f"{name}/{concept}", lang), concept)


def definition(name: str, concept: str, lang: str) -> str:
    """The definition of a concept of the list `name`; empty where there is none."""
    return _labels().definitions.get((f"{name}/{concept}", lang), "")


def shown(name: str, concept: str, lang: str) -> str:
    """The label of a concept of the list `name` if it is read as that concept again, else its id."""
    text = label(name, concept, lang)
    return text if concepts_named(name, text) == {concept} else concept


@functools.cache
def families() -> Mapping[str, str]:
    """Each relation type to its family, and each family, too general to be the type of a relation, to itself."""
    labels = _labels()
    return {c: labels.broader.get(c, c) if c in labels.signed else c for c in concept_lists()[_RELATION]}


@functools.cache
def between_actors() -> frozenset[str]:
    """Ids of the relation types and families that may lead from an actor to an actor."""
    actors = {expand("kg:Actor")}
    parts = expand("rdfs:subClassOf")
    narrower = [
        (q.subject, q.object) for q in ox.parse(path=str(resources.ontology() / "kg.ttl")) if q.predicate.value == parts
    ]
    for _ in narrower:  # so many steps reach the lowest class, in whatever order they are written
        actors |= {s.value for s, o in narrower if isinstance(s, ox.NamedNode) and getattr(o, "value", "") in actors}
    first, second = _labels().ends
    led = {c for c in first if first[c] & actors and second[c] & actors}
    return frozenset(led | {c for c, family in families().items() if c == family})


def _general(name: str) -> set[str]:
    return {c for c, family in families().items() if c == family} if name == _RELATION else set()


def choices(name: str) -> list[str]:
    """Ids of the concepts of the list `name` that a cell may hold: families of relation types are left out."""
    return [c for c in concept_lists()[name] if c not in _general(name)]


def concepts_named(name: str, text: str, among: Container[str] | None = None) -> set[str]:
    """Ids of the concepts of the list `name` that are called so: by id or label, else by another label of theirs.

    A family of relation types is meant only where no type of relation is called so. Only those `among` are looked at, if given.
    """
    folded = fold(text)
    if folded in concept_lists().get(name, {}) and (among is None or folded in among):
        return {folded}
    general = _general(name)
    called = [{c for c in names.get(folded, ()) if among is None or c in among} for names in _labels().named[name]]
    return next((found for c in called if (found := c - general)), called[0] or called[1])
