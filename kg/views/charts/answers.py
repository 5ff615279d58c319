"""From answers to what pages show: names in every language, the facts behind a row, the lists of its filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.graph import Graph
from kg.questions.answer import Answer, Thing
from kg.questions.names import resolve
from kg.questions.runner import ask, seen_at
from kg.views.document import words_in
from kg.views.page import PAGE_LANGUAGES, Entry, Labels, Source, text_in
from kg.views.reading import Reader
from kg.vocabulary import CONCEPT, concept_lists, expand
from kg.vocabulary import kg as term
from kg.wording import by_name, interval, number_in, paired, series, typeset

if TYPE_CHECKING:  # where it is used it is imported: the network page, which asks for names only, does without
    from kg.views.charts.page import Cell, Column, Facet, Fact, Row

__all__ = ["Answers", "intervals", "local", "several", "stand", "word"]

_TYPE = ox.NamedNode(expand("rdf:type"))
_KINDS = {"type": "actor-type", "other": "actor", "source": "thing"}
"""Filter to kind of name, where the two differ."""
_TYPED = ("depth", "year")
"""Filters whose values are no names."""
_STANDS = {"1": "for", "-1": "against", "0": "neutral"}
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


def word(key: str, **values: str | int) -> Labels:
    """A text of static/charts.json in every language, `{name}` replaced; counts as the language writes them."""
    texts = words_in("strings.json", "charts.json")[key]
    if not values:
        return texts
    found = {}
    for lang, text in texts.items():
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value if isinstance(value, str) else number_in(value, lang))
        found[lang] = text
    return found


def local(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rpartition("/")[2].rpartition("#")[2]


def intervals(low: Decimal | float | None, high: Decimal | float | None) -> Labels:
    """An interval in every language of pages; empty where neither end is known."""
    return {lang: interval(low, high, lang) for lang in PAGE_LANGUAGES} if (low, high) != (None, None) else {}


class Answers:
    """Asks the questions of one page, and tells its things in every language of pages."""

    def __init__(self, graph: Graph, filters: Mapping[str, Any], lang: str) -> None:
        """`lang` is the language that the page opens in: what has no order of its own stands in that of its names there."""
        self.graph = graph = seen_at(graph, filters)
        self.lang = lang
        self.filters = {k: v for k, v in filters.items() if v not in (None, (), [])}
        self.reader = Reader(graph, of_most=not self.filters.keys() - {"year"})
        self._describers = {lang: self.reader.describer.speaking(lang) for lang in PAGE_LANGUAGES}
        self._facts: dict[str, Fact] = {}
        self._names: dict[str, Labels] = {}

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
        if iri not in self._names:
            found = {lang: typeset(describer.label(iri), lang) for lang, describer in self._describers.items()}
            self._names[iri] = {"en": found["en"]} if len(set(found.values())) == 1 else found
        return self._names[iri]

    def order(self, thing: Thing | str) -> tuple[str, str, str]:
        """What things are sorted by where they have no order of their own: the name in the language of the page."""
        return (*by_name(text_in(self.name(thing), self.lang)), thing if isinstance(thing, str) else thing.iri)

    def names(self, things: Iterable[Thing]) -> Labels:
        """The names of several things in one text per language, each in the order of its names."""
        each = [self.name(thing) for thing in things]
        return {lang: series(sorted((text_in(name, lang) for name in each), key=by_name), lang) for lang in PAGE_LANGUAGES}

    def joined(self, things: Iterable[Thing | Labels], separator: str = " – ") -> Labels:
        """Names or texts in one text per language."""
        each = [self.name(thing) if isinstance(thing, Thing) else thing for thing in things]
        return {lang: separator.join(text_in(labels, lang) for labels in each) for lang in PAGE_LANGUAGES}

    def listed(self, things: Iterable[Thing | Labels]) -> Labels:
        """Names or texts in one text per language, as that language separates them."""
        each = [self.name(thing) if isinstance(thing, Thing) else thing for thing in things]
        return {lang: series((text_in(labels, lang) for labels in each), lang) for lang in PAGE_LANGUAGES}

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
        from kg.views.charts.page import Fact

        if thing.iri not in self._facts:
            terms: list[tuple[Labels, Labels]] = []
            for name in _TERMS:
                if values := self._terms(thing.iri, name):
                    terms.append((word(f"term.{name}"), self.listed(values)))
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

    def _terms(self, iri: str, name: str) -> list[Labels]:
        """The values of a property; what is said in several languages is one."""
        values = self.reader.describer.values(iri, term(name))
        if len(values) > 1:
            values = sorted(values, key=str)
        if any(isinstance(value, ox.Literal) and value.language for value in values):
            return [self.reader.texts(iri, name)]
        return [self.name(v.value) if isinstance(v, ox.NamedNode) else {"en": v.value} for v in values]

    def facts(self, row: Any) -> tuple[Fact, ...]:
        """The facts that a row of an answer rests on."""
        return tuple(self.fact(thing) for thing in row.evidence)

    def row(self, row: str, name: Labels, found: Any, cells: Sequence[Any], **values: tuple[str, ...]) -> Row:
        """A row made from one of an answer: its cells, then status and confidence; things become their names."""
        from kg.views.charts.page import Row

        status, confidence = self.status(found.evidence), self.confidence(found.evidence)
        lists = concept_lists()
        told = {"status": (status,) if status else (), "confidence": (confidence,) if confidence else ()}
        return Row(
            id=row,
            name=name,
            cells=(
                *(self.cell(cell) for cell in cells),
                self.name(lists["status"][status]) if status else "",
                self.name(lists["confidence"][confidence]) if confidence else "",
            ),
            values={**values, **told},
            facts=self.facts(found),
            estimated=status not in ("stated", ""),
        )

    def cell(self, value: Any) -> Cell:
        """A value of an answer as a cell: things by name, numbers as they are."""
        if isinstance(value, Thing):
            return self.name(value)
        if isinstance(value, tuple):
            return self.names(value)
        if isinstance(value, Decimal):
            return float(value)
        cell: Cell = value
        return cell

    def columns(self, names: Sequence[str], numbers: Sequence[str] = ()) -> tuple[Column, ...]:
        """Columns with the headings `column.{name}` of static/charts.json."""
        from kg.views.charts.page import Column

        return tuple(Column(id=name, heading=word(f"column.{name}"), number=name in numbers) for name in names)

    def sentence(self, row: Row, names: Sequence[str]) -> Labels:
        """What a row says in one sentence per language, for who cannot see the picture."""
        found = {}
        for lang in PAGE_LANGUAGES:
            parts = []
            for name, cell in zip(names, row.cells, strict=True):
                text = _told(cell, lang)
                if text:
                    parts.append(paired(word(f"column.{name}")[lang], text, lang))
            found[lang] = series(parts, lang)
        return found

    def facets(self, rows: Iterable[Row], lists: Mapping[str, str]) -> tuple[Facet, ...]:
        """Filters over what rows say: facet to the concept list that its ids are of, "" for things; one that says the same of
        all rows is left out. Their headings are `column.{facet}` of static/charts.json."""
        used: dict[str, set[str]] = {name: set() for name in lists}
        empty: set[str] = set()
        for row in rows:
            for name in lists:
                if row.values.get(name):
                    used[name].update(row.values[name])
                elif name in row.values:
                    empty.add(name)
        return tuple(
            self.facet(name, word(f"column.{name}"), used[name], concepts=concepts)
            for name, concepts in lists.items()
            if len(used[name]) + (name in empty) > 1
        )

    def sources(self) -> tuple[Source, ...]:
        """The sources of every passage that was read, by id."""
        return tuple(source for _, source in sorted(self.reader.sources.items()))

    def values(self, iri: str, prop: str) -> tuple[str, ...]:
        """IRIs or texts that a `kg:` property of a thing has."""
        return tuple(self.reader.all(iri, term(prop)))

    def countries(self) -> list[str]:
        """Ids of the countries of the actors whose power or interest is known, by name."""
        found = {iri for row in self.ask("power-interest") for iri in self.values(row.actor.iri, "country")}
        found = {iri for iri in found if local(self.reader.text(iri, "placeType")) == "country"}
        return [self.reader.describer.identifier(iri) for iri in sorted(found, key=self.order)]

    def kind(self, iri: str, classes: Sequence[str]) -> str:
        """The first of some classes (by the last part of their IRI) that a thing is of; the last where it is of none."""
        own = {local(each) for each in self.reader.all(iri, _TYPE)}
        return next((each for each in classes if each in own), classes[-1])

    def class_iri(self, name: str) -> str:
        """The IRI of a class of the ontology."""
        return term(name).value

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
        from kg.views.charts.page import Facet

        iris = {each: f"{CONCEPT}{concepts}/{each}" if concepts else each for each in set(ids)}
        places = {each: self.reader.text(iri, "order") for each, iri in iris.items()}
        entries = sorted(iris, key=lambda each: (float(places[each] or 999), self.order(iris[each])))
        return Facet(
            id=name,
            heading=heading,
            entries=tuple(Entry(id=each, labels=self.name(iris[each])) for each in entries),
            ordered=any(places.values()),
        )

    def words_facet(self, name: str, heading: str, prefix: str, ids: Iterable[str]) -> Facet:
        """A filter over ids whose names are words of static/charts.json, `{prefix}.{id}`."""
        from kg.views.charts.page import Facet

        entries = tuple(Entry(id=each, labels=word(f"{prefix}.{each}")) for each in ids)
        return Facet(id=name, heading=word(heading), entries=entries, ordered=True)

    def given(self) -> Labels:
        """The filters in one text per language, for the sentence that says what is shown; "" where there are none."""
        parts = []
        for name, value in sorted(self.filters.items()):
            told = self.joined([self._given(name, str(each)) for each in several(value)], ", ")
            heading = word(f"filter.{name}")
            parts.append({lang: paired(heading[lang], told[lang], lang) for lang in PAGE_LANGUAGES})
        return self.listed(parts)

    def _given(self, name: str, value: str) -> Labels:
        """What a filter's value means; as it was typed where it names no thing."""
        if name == "min_confidence":
            return self.name(concept_lists()["confidence"][value])
        term_ = resolve(self.graph, value, _KINDS.get(name, name), f"--{name}") if name not in _TYPED else ""
        return self.name(term_[1:-1]) if term_.startswith("<") else {"en": value}

    def shown(self, count: int, key: str) -> Labels:
        """The sentence that says how many rows are shown, at which date, by which filters; `key` of static/charts.json."""
        years = [str(year) for year in several(self.filters.get("year"))]
        year = ", ".join(years) or self.graph.reference_date
        when = {"en": year} if year else word("facts.any")
        given = self.given()
        return {
            lang: (text if self.filters else text.replace(" ({given})", ""))
            .replace("{n}", number_in(count, lang))
            .replace("{given}", text_in(given, lang))
            .replace("{year}", text_in(when, lang))
            for lang, text in word(key).items()
        }


def _told(cell: Cell, lang: str) -> str:
    """A cell as text of a sentence."""
    if isinstance(cell, Mapping):
        return text_in(cell, lang)
    return "" if cell is None else cell if isinstance(cell, str) else number_in(cell, lang)


def several(value: Any) -> Sequence[Any]:
    """A value as a sequence: nothing, one or several."""
    return () if value is None else value if isinstance(value, list | tuple) else [value]


def stand(answers: Answers, stance: str) -> str:
    """`for`, `against`, `neutral` or, where a stance may lie on both sides, `mixed`; "" for one that has no sign."""
    reader = answers.reader
    low, high = reader.text(stance, "stanceLow"), reader.text(stance, "stanceHigh")
    if low and high and float(low) < 0 < float(high):
        return "mixed"
    return _STANDS.get(reader.text(stance, "stanceSign"), "")
