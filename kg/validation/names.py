"""Names that are nearly the same, and may mean one thing coded twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

import pyoxigraph as ox

from kg.findings import Finding
from kg.questions.describe import Describer
from kg.validation.checks import named
from kg.validation.places import Places
from kg.vocabulary import ALL, expand
from kg.vocabulary import kg as term
from kg.wording import fold

__all__ = ["ALIKE", "similar_names"]

ALIKE = 0.85
"""Share of equal characters (Ratcliff and Obershelp's ratio) from which on two words count as one word misspelt."""
_NEIGHBOURS = 8
_SMALL_WORDS = frozenset(
    re.findall(r"\w+", "a and d de del des du e el en et for in l la las le les los of para pour s the y")
)
_KINDS = ("Actor", "Instrument", "Issue", "Place", "Indicator")
_TYPE = ox.NamedNode(expand("rdf:type"))
_LABEL = ox.NamedNode(expand("skos:prefLabel"))
_WHAT = {
    "en": "{a} and {b} have nearly the same name",
    "es": "{a} y {b} tienen casi el mismo nombre",
    "fr": "{a} et {b} ont presque le même nom",
}
_TODO = {
    "en": "make them one row if they are one thing, else tell them apart in their names",
    "es": "reúnalos en una fila si son lo mismo o distíngalos en sus nombres",
    "fr": "réunissez-les en une ligne s'ils ne font qu'un, sinon distinguez-les par leur nom",
}


def _labels(describer: Describer, kind: str) -> Iterator[tuple[str, str, str]]:
    """Folded name, language and IRI of everything of a class."""
    for thing in describer.graph.store.native.quads_for_pattern(None, _TYPE, term(kind), ALL):
        if isinstance(thing.subject, ox.NamedNode):
            for name in describer.values(thing.subject.value, _LABEL):
                if isinstance(name, ox.Literal):
                    yield fold(name.value), name.language or "", thing.subject.value


@cache
def _words(name: str) -> Counter[str]:
    """How often each word stands in a name; asked once for each of its neighbours."""
    return Counter(re.findall(r"\w+", name))


@cache
def _one_word(a: str, b: str) -> bool:
    """True where two words may be spellings of one; numbers never are."""
    return not re.search(r"\d", a + b) and SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def _alike(a: str, b: str) -> bool:
    """True for names that differ by misspelt words, by word order, or by small words such as `of` that one of them lacks."""
    words_a, words_b = _words(a), _words(b)
    only_a, only_b = sorted((words_a - words_b).elements()), sorted((words_b - words_a).elements())
    if len(only_a) != len(only_b) and only_a and only_b:
        return False
    if "".join(re.findall(r"\w+", a)) == "".join(re.findall(r"\w+", b)):
        return False
    if len(only_a) == len(only_b):
        return all(_one_word(x, y) for x, y in zip(only_a, only_b, strict=True))
    more, fewer = max(only_a, only_b, key=len), min(only_a, only_b, key=len)
    return not fewer and _SMALL_WORDS.issuperset(more)


def _pairs(labels: list[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """Pairs of things with similar names in one language.

    Only neighbours in alphabetical order, from the front and from the back, are compared, so that it stays fast (the sorted
    neighbourhood method of Hernández and Stolfo, SIGMOD 1995).
    """
    for lang in sorted({label[1] for label in labels}):
        own = [(name, iri) for name, of, iri in labels if of == lang]
        for backwards in (False, True):
            ordered = sorted(own, key=lambda x: (x[0][::-1] if backwards else x[0], x[1]))
            for at, (name, iri) in enumerate(ordered):
                for other, other_iri in ordered[at + 1 : at + 1 + _NEIGHBOURS]:
                    if iri != other_iri and _alike(name, other):
                        first, second = sorted((iri, other_iri))
                        yield first, second


def similar_names(describer: Describer, places: Places) -> Iterator[Finding]:
    """A warning for each two things of a class whose names are nearly the same; equal names are a check of their own."""
    for kind in _KINDS:
        for first, second in sorted(set(_pairs(list(_labels(describer, kind))))):
            countries = [{v.value for v in describer.values(iri, term("country"))} for iri in (first, second)]
            if countries[0] and countries[1] and not countries[0] & countries[1]:
                continue
            words = {"a": named(ox.NamedNode(first), describer), "b": named(ox.NamedNode(second), describer)}
            what, todo = _WHAT[describer.lang].format(**words), _TODO[describer.lang]
            thing = describer.identifier(first)
            yield places.finding("warning", "similar-names", what, todo, first, thing, _LABEL.value, describer.lang)
