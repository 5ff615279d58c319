"""How things are called, and what a fact rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph import Graph
from kg.vocabulary import ALL, expand
from kg.vocabulary import kg as term
from kg.wording import Sentences, by_name, paired, series

__all__ = ["SENTENCES", "Describer", "Evidence", "Thing", "period", "reading"]

SENTENCES = Path(__file__).with_name("sentences.json")
"""What is said of answers and passages."""
_LABELS = (
    ox.NamedNode(expand("skos:prefLabel")),
    ox.NamedNode(expand("rdfs:label")),
    ox.NamedNode(expand("dcterms:title")),
)
_ID = ox.NamedNode(expand("dcterms:identifier"))
_DERIVED_FROM = ox.NamedNode(expand("prov:wasDerivedFrom"))
_SOURCE = ox.NamedNode(expand("oa:hasSource"))
_VALUES = (ox.NamedNode, ox.Literal)
_FALLBACK = ("en", "es", "fr", None)
_KEPT = 20_000
"""Looks into the store whose findings are kept at hand: every third on a page asks for what another asked before."""
_READS = (
    ("subject", "relationType", "object"),
    ("actor", "stance", "on"),
    ("actor", "attentionLevel", "onIssue"),
    ("actor", "dimension", "regarding"),
    ("subject", "attribute", "value"),
    ("place", "indicator", "asWritten"),
)
"""How each kind of fact reads: who, what, towards what; the property in the middle tells the kind."""


@dataclass(frozen=True)
class Evidence:
    """One passage that a fact rests on, with how the fact is coded."""

    fact: str
    """Id of the fact."""
    id: str
    """Id of the evidence; empty where the fact cites none."""
    source: str
    """Title of the source."""
    section: str
    characters: str
    """Ranges in the source text, e.g. `8432-8582`; empty for pages read elsewhere."""
    paraphrase: str
    status: str
    confidence: str
    view: str
    """Whose view it is: the source's author, an actor, nobody named, the coder."""
    hedge: str
    inherited: bool
    """True where the fact was inherited from a category and this is what the premise rests on."""
    lang: str
    """The language that labels and paraphrase were asked for in."""
    address: str = ""
    """Where the source was found; empty where nobody says."""

    @property
    def locator(self) -> str:
        """Source, section and characters as one string."""
        characters = (
            self._say("characters", characters=series(self.characters.split("; "), self.lang)) if self.characters else ""
        )
        return ", ".join(p for p in (self.source, self.section, characters) if p)

    def line(self, *, again: bool = False) -> str:
        """The passage on one line: where it stands, what it says (unless it is told `again`), how it is coded."""
        coded = [self.status, self.confidence, self.hedge, self.view]
        told = self._say("above") if again else self.paraphrase
        said = paired(self.locator, told, self.lang) if self.locator else self._say("no-source")
        inherited = " " + self._say("inherited") if self.inherited else ""
        return f"{said} [{series(filter(None, coded), self.lang)}]{inherited}"

    @property
    def _say(self) -> Sentences:
        return Sentences(SENTENCES, self.lang)

    def as_dict(self) -> dict[str, Any]:
        """All fields of the passage by name, ready for JSON."""
        return {name: value for name, value in self.__dict__.items() if name != "lang"}


class Thing:
    """Something with an IRI; its label is looked up when it is asked for."""

    __slots__ = ("_describer", "iri")

    def __init__(self, iri: str, describer: Describer) -> None:
        self.iri = iri
        self._describer = describer

    @property
    def id(self) -> str:
        """The id it has in its table; the IRI where it has none."""
        return self._describer.identifier(self.iri)

    @property
    def label(self) -> str:
        """Its name in the language of the answer, with the acronym where that helps."""
        return self._describer.label(self.iri)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What it rests on, if it is a fact."""
        return tuple(self._describer.evidence(self.iri))

    def __str__(self) -> str:
        return self.label

    def __repr__(self) -> str:
        return f"Thing({self.id!r}, {self.label!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing) and other.iri == self.iri

    def __lt__(self, other: Thing) -> bool:
        return self.iri < other.iri

    def __hash__(self) -> int:
        return hash(self.iri)


def period(start: str, end: str, lang: str) -> str:
    """From when to when, one date where both are the same; empty where neither is known.

    >>> period("2004", "2009", "es"), period("2004", "", "en"), period("2004", "2004", "fr"), period("", "", "en")
    ('de 2004 a 2009', 'from 2004', '2004', '')
    """
    say = Sentences(SENTENCES, lang)
    if start and end:
        return start if start == end else say("from-to", start=start, end=end)
    return say("from", start=start) if start else say("until", end=end) if end else ""


def reading(*parts: str) -> str:
    """How a fact reads: who, what, towards what, as far as known."""
    return " – ".join(part for part in parts if part)


def _first(values: Sequence[ox.NamedNode | ox.Literal]) -> str:
    return values[0].value if len(values) == 1 else min((value.value for value in values), default="")


class Describer:
    """Labels, ids and evidence of the things in a graph, in one language.

    What was read once is remembered: a graph that is open does not change, and one of another date is another graph.
    """

    def __init__(self, graph: Graph, lang: str, *, of_most: bool = False) -> None:
        """With `of_most` a property is read of all things when it is first asked for: for who asks about most of the graph."""
        self.graph = graph
        self.lang = lang
        self._of_most = of_most
        self._native = graph.store.native
        self._read: dict[tuple[str, str], list[ox.NamedNode | ox.Literal]] = {}
        self._known: dict[str, str] = {}
        self._things: dict[str, Thing] = {}
        self._ahead: dict[ox.NamedNode, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
        self._firsts: dict[ox.NamedNode, dict[str, str]] = {}

    def speaking(self, lang: str) -> Describer:
        """The same in another language; what one of the two reads, the other has read."""
        other = Describer(self.graph, lang, of_most=self._of_most)
        other._read, other._ahead, other._firsts = self._read, self._ahead, self._firsts
        return other

    def read_ahead(self) -> None:
        """Reads what names and passages are told by in one pass per property, for whoever will ask about most of the graph.

        One look-up per thing and property costs more than all the rest where there are very many, most of all on disk.
        """
        if self._ahead:
            return
        reads = (
            term(name) for name in ("acronym", "inheritedFrom", *dict.fromkeys(name for kind in _READS for name in kind))
        )
        for prop in (*_LABELS, _ID, _DERIVED_FROM, *reads):
            self._read_of_all(prop)

    def _read_of_all(self, prop: ox.NamedNode) -> dict[str, list[ox.NamedNode | ox.Literal]]:
        """What the graph states with one property, by subject; from now on it is asked no more."""
        found = self._ahead.setdefault(prop, {})
        for quad in self._native.quads_for_pattern(None, prop, None, ALL):
            thing, value = quad.subject, quad.object  # each look makes a new object
            if isinstance(thing, ox.NamedNode) and isinstance(value, _VALUES):
                found.setdefault(thing.value, []).append(value)
        return found

    def thing(self, iri: str) -> Thing:
        """The thing with that IRI; one object however often it is named."""
        found = self._things.get(iri)
        if found is None:
            found = self._things[iri] = Thing(iri, self)
        return found

    def values(self, iri: str, prop: ox.NamedNode) -> Sequence[ox.NamedNode | ox.Literal]:
        """What the graph states with one property, in the store's order."""
        ahead = self._ahead.get(prop)
        if ahead is None and self._of_most:
            ahead = self._read_of_all(prop)
        if ahead is not None:
            return ahead.get(iri, ())
        key = (iri, prop.value)
        found = self._read.get(key)
        if found is None:
            if len(self._read) >= _KEPT:
                self._read.clear()
            quads = self._native.quads_for_pattern(ox.NamedNode(iri), prop, None, ALL)
            found = self._read[key] = [v for q in quads if isinstance(v := q.object, ox.NamedNode | ox.Literal)]
        return found

    def text(self, iri: str, *props: ox.NamedNode) -> str:
        """A text in the language of this describer, else in another; empty where there is none."""
        for prop in props:
            found: dict[str | None, str] = {}
            for value in self.values(iri, prop):
                if isinstance(value, ox.Literal):
                    kept = found.get(value.language)
                    found[value.language] = value.value if kept is None else min(kept, value.value)
            for lang in (self.lang, *_FALLBACK):
                if lang in found:
                    return found[lang]
            if found:
                return min(found.items(), key=lambda x: x[0] or "")[1]
        return ""

    def one(self, iri: str, prop: ox.NamedNode) -> str:
        """The first value of a property, as an IRI or text; empty where there is none."""
        if self._of_most:
            firsts = self._firsts.get(prop)
            return (self._firsts_of(prop) if firsts is None else firsts).get(iri, "")
        return _first(self.values(iri, prop))

    def _firsts_of(self, prop: ox.NamedNode) -> dict[str, str]:
        """The first value of a property by subject."""
        read = self._ahead.get(prop)
        found = {iri: _first(values) for iri, values in (self._read_of_all(prop) if read is None else read).items()}
        self._firsts[prop] = found
        return found

    def identifier(self, iri: str) -> str:
        """The id in its table, else the IRI."""
        return self.one(iri, _ID) or iri

    def label(self, iri: str) -> str:
        """The name of a thing; of a fact, who does what to whom."""
        if iri not in self._known:
            self._known[iri] = self.identifier(iri)  # for facts that name each other in a circle
            self._known[iri] = self._label(iri)
        return self._known[iri]

    def _label(self, iri: str) -> str:
        name = self.text(iri, *_LABELS)
        acronym = self.one(iri, term("acronym"))
        if name and acronym and acronym.casefold() not in name.casefold():
            return f"{name} ({acronym})"
        if name or acronym:
            return name or acronym
        return (
            self._sentence(iri)
            or self.text(iri, ox.NamedNode(expand("dcterms:description")), term("paraphrase"))
            or self.one(iri, _ID)
            or iri
        )

    def _sentence(self, iri: str) -> str:
        """Who, what, towards what, of a fact; empty where it is none."""
        for properties in _READS:
            if self.one(iri, term(properties[1])):
                return reading(*(self._part(iri, p) for p in properties))
        return ""

    def _part(self, iri: str, prop: str) -> str:
        found = {self.label(v.value) if isinstance(v, ox.NamedNode) else v.value for v in self.values(iri, term(prop))}
        return self._several(found)

    def concept(self, iri: str, prop: str) -> str:
        """Label of the concept that a `kg:` property of a fact names; empty where there is none."""
        return self._several({self.label(v.value) for v in self.values(iri, term(prop))})

    def _several(self, names: set[str]) -> str:
        """Names in one text, in the order in which people look for them."""
        return series(sorted(names, key=by_name) if len(names) > 1 else names, self.lang)

    def passages(self, fact: str) -> list[str]:
        """Ids of the passages that a fact rests on, or that its premise does where it was inherited."""
        premise = self.one(fact, term("inheritedFrom"))
        return [self.identifier(p) for p in sorted(v.value for v in self.values(premise or fact, _DERIVED_FROM))]

    def evidence(self, fact: str) -> Iterator[Evidence]:
        """What a fact rests on, passage by passage; one without passage where it cites none."""
        premise = self.one(fact, term("inheritedFrom"))
        held = self.concept(fact, "heldBy")
        coded = {
            "fact": self.identifier(fact),
            "status": self.concept(fact, "status"),
            "confidence": self.concept(fact, "confidence"),
            "view": held or self.concept(fact, "view"),
            "hedge": self.concept(fact, "hedge"),
            "inherited": bool(premise),
            "lang": self.lang,
        }
        passages = sorted(v.value for v in self.values(premise or fact, _DERIVED_FROM))
        for passage in passages:
            source = self.one(passage, _SOURCE)
            yield Evidence(
                id=self.identifier(passage),
                source=self.label(source) if source else "",
                section=self.concept(passage, "section"),
                characters="; ".join(sorted(v.value for v in self.values(passage, term("characters")))),
                paraphrase=self.text(passage, term("paraphrase")),
                address=self.one(source, term("address")) if source else "",
                **coded,  # type: ignore[arg-type]  # the seven coded fields, as declared
            )
        if not passages:
            yield Evidence(id="", source="", section="", characters="", paraphrase="", **coded)  # type: ignore[arg-type]  # as above
