"""Concepts by what people call them: labels, other labels and ids, in any language."""

from __future__ import annotations

import functools
import unicodedata
from collections import defaultdict

import pyoxigraph as ox

from kg import resources
from kg.vocabulary import CONCEPT, concept_lists, expand

__all__ = ["concepts_named", "definition", "fold", "label"]

_PREF = expand("skos:prefLabel")
_OTHERS = (expand("skos:altLabel"), expand("kg:forwardLabel"))
_DEFINITION = expand("skos:definition")


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
        self.named: dict[str, tuple[dict[str, set[str]], dict[str, set[str]]]] = defaultdict(
            lambda: (defaultdict(set), defaultdict(set))
        )
        for quad in ox.parse(path=str(resources.ontology() / "concepts.ttl")):
            key = getattr(quad.subject, "value", "").removeprefix(CONCEPT)
            if "/" not in key or not isinstance(quad.object, ox.Literal):
                continue
            name, _, concept = key.partition("/")
            prop, text = quad.predicate.value, quad.object.value
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


def concepts_named(name: str, text: str) -> set[str]:
    """Ids of the concepts of the list `name` that are called so: by id or label, else by another label of theirs."""
    folded = fold(text)
    if folded in concept_lists().get(name, {}):
        return {folded}
    main, others = _labels().named[name]
    return set(main.get(folded) or others.get(folded) or ())
