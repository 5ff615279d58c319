"""From answers to what pages show: names in every language, the facts behind a row, the lists of its filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.graph import Graph
from kg.questions.answer import Answer, Thing
from kg.questions.describe import Describer
from kg.questions.runner import ask
from kg.views.charts.page import Facet, Fact
from kg.views.document import words_in
from kg.views.page import PAGE_LANGUAGES, Entry, Labels
from kg.views.reading import Reader
from kg.vocabulary import CONCEPT, expand
from kg.vocabulary import kg as term

__all__ = ["Answers", "interval", "local", "several", "word"]

_BROADER = ox.NamedNode(expand("skos:broader"))
_TERMS = (
    "value",
    "low",
    "high",
    "start",
    "end",
    "modality",
    "status",
    "confidence",
    "view",
    "heldBy",
    "hedge",
    "basis",
    "note",
)
"""What the panel says of a fact beside its statement, in this order; each has its word in static/charts.json."""


def word(key: str, **values: str) -> Labels:
    """A text of static/charts.json in every language, `{name}` replaced."""
    texts = words_in("strings.json", "charts.json")[key]
    found = {}
    for lang, text in texts.items():
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        found[lang] = text
    return found


def local(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rpartition("/")[2].rpartition("#")[2]


def interval(low: Decimal | float | None, high: Decimal | float | None) -> str:
    """An interval as written: `0.5–1`, one number where both ends are the same, "" where neither is known."""
    if low is None and high is None:
        return ""
    shown = [f"{float(end):g}" if end is not None else "?" for end in (low, high)]
    return shown[0] if low == high else "–".join(shown)


class Answers:
    """Asks the questions of one page, and tells its things in every language of pages."""

    def __init__(self, graph: Graph, filters: Mapping[str, Any]) -> None:
        self.graph = graph
        self.filters = {k: v for k, v in filters.items() if v not in (None, (), [])}
        self.reader = Reader(graph)
        self._describers = {lang: Describer(graph, lang) for lang in PAGE_LANGUAGES}
        self._facts: dict[str, Fact] = {}

    def ask(self, question: str, **more: Any) -> Answer:
        """The answer to a question, with those of the page's filters that the question takes, and `more` of its own."""
        from kg.questions.head import load_question

        asked = load_question(question)
        takes = {p.name for p in asked.parameters}
        given = {k: v for k, v in {**self.filters, **more}.items() if k in takes and v not in (None, (), [])}
        return ask(self.graph, asked, "en", **given)

    def name(self, thing: Thing | str) -> Labels:
        """The name of a thing in every language of pages, the same text once where it does not differ."""
        iri = thing if isinstance(thing, str) else thing.iri
        found = {lang: describer.label(iri) for lang, describer in self._describers.items()}
        return {"en": found["en"]} if len(set(found.values())) == 1 else found

    def names(self, things: Iterable[Thing], separator: str = "; ") -> Labels:
        """Several names in one text per language."""
        each = [self.name(thing) for thing in things]
        return {lang: separator.join(labels.get(lang, labels["en"]) for labels in each) for lang in PAGE_LANGUAGES}

    def short(self, thing: Thing, place: Labels | None = None) -> Labels:
        """The name for a picture: the acronym, else the name without the place that the picture stands for."""
        acronym = self.reader.text(thing.iri, "acronym")
        if acronym:
            return {"en": acronym}
        return {
            lang: text.removesuffix(f"({(place or {}).get(lang, '')})").rstrip() or text
            for lang, text in self.name(thing).items()
        }

    def fact(self, thing: Thing) -> Fact:
        """A fact with what is known of it, in every language."""
        if thing.iri not in self._facts:
            terms: list[tuple[Labels, Labels]] = []
            for name in _TERMS:
                values = [self._term(v) for v in sorted(self.reader.describer.values(thing.iri, term(name)), key=str)]
                if values:
                    joined = {lang: "; ".join(v.get(lang, v["en"]) for v in values) for lang in PAGE_LANGUAGES}
                    terms.append((word(f"term.{name}"), joined))
            premise = self.reader.text(thing.iri, "inheritedFrom")
            if premise:
                terms.append((word("panel.inherited"), self.name(premise)))
            self._facts[thing.iri] = Fact(
                id=self.reader.describer.identifier(thing.iri),
                statement=self.name(thing.iri),
                terms=tuple(terms),
                evidence=self.reader.items(premise or thing.iri),
            )
        return self._facts[thing.iri]

    def _term(self, value: ox.NamedNode | ox.Literal) -> Labels:
        if isinstance(value, ox.NamedNode):
            return self.name(value.value)
        return {"en": value.value}

    def facts(self, row: Any) -> tuple[Fact, ...]:
        """The facts that a row of an answer rests on."""
        return tuple(self.fact(thing) for thing in row.evidence)

    def values(self, iri: str, prop: str) -> tuple[str, ...]:
        """IRIs or texts that a `kg:` property of a thing has."""
        return tuple(self.reader.all(iri, term(prop)))

    def status(self, facts: Iterable[Thing]) -> str:
        """Id of the weakest status of some facts: estimated before inferred before stated; "" where none is told."""
        found = {local(self.reader.text(fact.iri, "status")) for fact in facts}
        return next((status for status in ("estimated", "inferred", "stated") if status in found), "")

    def confidence(self, facts: Iterable[Thing]) -> str:
        """Id of the lowest confidence of some facts; "" where none is told."""
        levels = {self.reader.text(fact.iri, "confidence") for fact in facts} - {""}
        return local(min(levels, key=lambda iri: float(self.reader.text(iri, "probability") or 0), default=""))

    def facet(self, name: str, heading: Labels, ids: Iterable[str], *, concepts: str = "") -> Facet:
        """A filter over concepts of the list `concepts` (by the last part of their IRI), or over things by IRI."""
        wanted = sorted(set(ids))
        iris = {each: f"{CONCEPT}{concepts}/{each}" if concepts else each for each in wanted}
        ordered = sorted(wanted, key=lambda each: (self._order(iris[each]), each))
        return Facet(
            id=name, heading=heading, entries=tuple(Entry(id=each, labels=self.name(iris[each])) for each in ordered)
        )

    def words_facet(self, name: str, heading: str, prefix: str, ids: Iterable[str]) -> Facet:
        """A filter over ids whose names are words of static/charts.json, `{prefix}.{id}`."""
        entries = tuple(Entry(id=each, labels=word(f"{prefix}.{each}")) for each in ids)
        return Facet(id=name, heading=word(heading), entries=entries)

    def _order(self, iri: str) -> float:
        return float(self.reader.text(iri, "order") or 999)

    def given(self) -> str:
        """The filters in one text, for the sentence that says what is shown."""
        parts = []
        for name, value in sorted(self.filters.items()):
            values = value if isinstance(value, list | tuple) else [value]
            parts.append(f"{name.replace('_', '-')}: {', '.join(map(str, values))}")
        return "; ".join(parts)

    def shown(self, count: int, key: str) -> Labels:
        """The sentence that says how many rows are shown, at which date, by which filters; `key` of static/charts.json."""
        year = str(self.filters.get("year") or self.graph.reference_date)
        rest = word("facts.none") if not self.filters else {}
        return {
            lang: text.replace("{n}", str(count)).replace("{given}", rest.get(lang, self.given())).replace("{year}", year)
            for lang, text in word(key).items()
        }


def several(value: Any) -> Sequence[Any]:
    """A value as a sequence: nothing, one or several."""
    return () if value is None else value if isinstance(value, list | tuple) else [value]
