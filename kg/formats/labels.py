"""Concepts by what people call them: labels, other labels and ids, in any language."""

from __future__ import annotations

import functools
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

import pyoxigraph as ox

from kg import resources
from kg.vocabulary import CONCEPT, concept_lists, expand

__all__ = ["choices", "concepts_named", "definition", "families", "fold", "label", "shown"]

_PREF = expand("skos:prefLabel")
_OTHERS = (expand("skos:altLabel"), expand("kg:forwardLabel"))
_DEFINITION, _BROADER, _SIGN = expand("skos:definition"), expand("skos:broader"), expand("kg:sign")
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


def _general(name: str) -> set[str]:
    return {c for c, family in families().items() if c == family} if name == _RELATION else set()


def choices(name: str) -> list[str]:
    """Ids of the concepts of the list `name` that a cell may hold: families of relation types are left out."""
    return [c for c in concept_lists()[name] if c not in _general(name)]


def concepts_named(name: str, text: str) -> set[str]:
    """Ids of the concepts of the list `name` that are called so: by id or label, else by another label of theirs.

    A family of relation types is meant only where no type of relation is called so.
    """
    folded = fold(text)
    if folded in concept_lists().get(name, {}):
        return {folded}
    main, others = _labels().named[name]
    general = _general(name)
    called = (set(main.get(folded, ())), set(others.get(folded, ())))
    return next((found for c in called if (found := c - general)), called[0] or called[1])
