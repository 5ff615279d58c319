"""Fills a brief from the questions that matter for its kind of thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, islice
from typing import Any

import pyoxigraph as ox

from kg.briefs.brief import Brief, Line, Section
from kg.briefs.ends import subject_of
from kg.briefs.maps import grid_of_country, nearest_ties
from kg.briefs.notes import Notes
from kg.errors import InputError
from kg.graph import Graph
from kg.questions.answer import Answer, Thing, plain
from kg.questions.describe import SENTENCES, Describer, period
from kg.questions.head import Question, load_part, load_question
from kg.questions.runner import ask
from kg.views.charts.answers import local, word
from kg.views.charts.scene import Scene
from kg.views.page import Labels
from kg.vocabulary import ALL, expand
from kg.vocabulary import kg as term
from kg.wording import Sentences, by_name, interval, number_in, series, typeset

__all__ = ["KINDS", "brief", "file_name"]

_SIDES = ("power-interest", "positions", "allies", "tensions")
"""What is asked of each of the two between which there is a tie."""
KINDS: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "Actor": (
        "actor",
        ("power-interest", "allies", "tensions", "positions", "issue-attention", "potential-allies", "strategies"),
        ("estimates", "data-quality"),
    ),
    "Instrument": ("instrument", ("show", "positions", "who-blocks", "contradicting-laws"), ("data-quality",)),
    "Place": (
        "country",
        ("compare-countries", "umbrellas", "tensions", "neglected-issues", "unapplied-laws", "priorities", "strategies"),
        ("indicator-conflicts", "data-quality"),
    ),
    "Issue": (
        "issue",
        ("positions", "issue-attention", "laws-on", "tensions", "compare-countries", "priorities", "strategies"),
        ("indicator-conflicts",),
    ),
    "Relation": ("thing", ("tie", "between", *_SIDES, "common-ground", "bridges"), ("data-quality",)),
}
"""Class of thing to the parameter that it is asked by, the questions of its brief, and those of what is uncertain.

A question that needs another parameter gets it from the ends of the relation, where both are actors; `show` is every fact that
names the thing, `tie` the tie itself and what leads to it.
"""
_PARTS = ("show", "tie")

_ROWS, _FEWER, _COLUMNS = 5, 4, 4
"""Most rows of a section, the same where there are many sections, and columns of a row: what two pages hold."""
_MANY = 6
"""Sections beyond which each gets fewer rows."""
_NAMES, _LETTERS, _PASSAGES = 4, 80, 6
"""Most names of a cell, their letters beyond which no further one is begun, and most footnotes of a row."""
_TYPE = ox.NamedNode(expand("rdf:type"))
_EXTENTS = {
    "power_low": ("power_high", "column.power"),
    "interest_low": ("interest_high", "column.interest"),
    "low": ("high", "column.extent"),
    "start": ("end", "column.period"),
}
"""Column with the lower end of an interval, or with a start, to that with the other end, and the heading of both."""
_MARKS = {"estimated": "≈", "inferred": "(i)"}
_DOUBTFUL = "(?)"


def brief(graph: Graph, name: str, lang: str = "en", *, other: str = "", public: bool = False) -> Brief:
    """The brief on the thing of that name: an actor, a law or programme, a country, an issue, or a tie by its id; with `other`,
    on the tie between the two.

    With `public` it says what may leave the house, and that something is missing. Raises NotFoundError, AmbiguousError, or
    InputError for a thing that no brief is made of.
    """
    withheld: Labels = {}
    if public:
        from kg.views.public import public_graph

        everybody = public_graph(graph)
        graph, withheld = everybody.graph, everybody.withheld
    iri = subject_of(graph, name, other, lang)
    describer = Describer(graph, lang)
    kind = _kind(graph, iri)
    if not kind:
        raise InputError(f"brief {name!r}: not something that briefs are made of; name an actor, law, country, issue or tie")
    found = _Writer(graph, describer.thing(iri), kind, describer).brief()
    return replace(found, facts=f"{found.facts} {withheld[lang]}") if withheld else found


def file_name(graph: Graph, name: str, ending: str, other: str = "") -> str:
    """The name of a brief's file: the id of its thing, with nothing in it that a file name cannot hold."""
    import re

    iri = subject_of(graph, name, other, "en")
    return f"brief-{re.sub(r'[^A-Za-z0-9._-]+', '-', local(Describer(graph, 'en').identifier(iri)))}.{ending}"


def _kind(graph: Graph, iri: str) -> str:
    """The first of `KINDS` that a thing is; "" where it is none."""
    classes = {
        q.object.value
        for q in graph.store.native.quads_for_pattern(ox.NamedNode(iri), _TYPE, None, ALL)
        if isinstance(q.object, ox.NamedNode)
    }
    return next((kind for kind in KINDS if term(kind).value in classes), "")


class _Writer:
    """Writes one brief."""

    def __init__(self, graph: Graph, thing: Thing, kind: str, describer: Describer) -> None:
        self.graph, self.thing, self.kind, self.describer = graph, thing, kind, describer
        self.lang = describer.lang
        self._notes = Notes(describer.lang)
        self._statuses: dict[str, str] = {}

    def brief(self) -> Brief:
        _, questions, doubts = KINDS[self.kind]
        sections = self._sections(questions, "brief.nothing")
        uncertain = self._sections(doubts, "brief.none")
        return Brief(
            title=typeset(self.thing.label, self.lang),
            lang=self.lang,
            lead=self._lead(),
            facts=self._facts(),
            map=self._map(),
            sections=tuple(sections),
            uncertain=tuple(uncertain),
            notes=self._notes.all(),
            words={key: self._word(f"brief.{key}") for key in ("uncertain", "notes", "map", "marks")},
        )

    def _word(self, key: str, **values: str | int) -> str:
        return word(key, **values)[self.lang]

    def _lead(self) -> str:
        """Its type, its countries, its other names; what an issue is."""
        types = [p for prop in ("actorType", "instrumentType", "placeType", "relationType") for p in self._names(prop)]
        parts = [series(types, self.lang), ", ".join(self._names("country"))]
        if self.kind == "Relation":
            parts[1] = ", ".join(self._names("place"))
            if issues := self._names("onIssue"):
                parts.append(self._word("brief.over", names=series(issues, self.lang)))
        values = self.describer.values(self.thing.iri, ox.NamedNode(expand("skos:altLabel")))
        aliases = sorted({v.value for v in values}, key=by_name)
        aliases = [each for each in aliases if each not in self.thing.label]
        if aliases and self.kind != "Issue":  # those of an issue are words of a source, no names
            parts.append(self._word("brief.also", names=series(aliases[:4], self.lang)))
        parts.append(
            typeset(self.describer.text(self.thing.iri, ox.NamedNode(expand("skos:definition"))), self.lang).rstrip(".")
        )
        return ". ".join(part for part in parts if part)

    def _names(self, prop: str) -> list[str]:
        values = self.describer.values(self.thing.iri, term(prop))
        said = (v.value for v in values if isinstance(v, ox.NamedNode) and local(v.value) != "unspecified")
        return sorted(map(self.describer.label, said), key=by_name)

    def _ends(self) -> list[str]:
        """The two things that a tie is between."""
        return [self.describer.one(self.thing.iri, term(end)) for end in ("subject", "object")]

    def _sides(self, name: str) -> list[tuple[str, Question, Mapping[str, Thing] | None]]:
        """The question asked of each of the two between which there is a tie; what it is asked with, and its heading."""
        found: list[tuple[str, Question, Mapping[str, Thing] | None]] = []
        question = load_question(name)
        takes = {p.name for p in question.parameters}
        needs = {p.name for p in question.parameters if p.required}
        for iri in self._ends():
            side = self.describer.thing(iri)
            kind = _kind(self.graph, iri)
            if kind and (parameter := KINDS[kind][0]) in takes and needs <= {parameter}:
                found.append((f"{self._word(f'brief.q.{name}')} – {side.label}", question, {parameter: side}))
        return found

    def _asked(self, names: Sequence[str]) -> list[tuple[str, Question, Mapping[str, Thing]]]:
        """Heading, question and what it is asked with, for those that can be asked."""
        found: list[tuple[str, Question, Mapping[str, Thing] | None]] = []
        for name in names:
            if self.kind == "Relation" and name in _SIDES:
                found += self._sides(name)
                continue
            question = load_part(name) if name in _PARTS else load_question(name)
            found.append((self._word(f"brief.q.{name}"), question, self._given(question)))
        return [(title, question, given) for title, question, given in found if given]

    def _once(self, silent: Sequence[str], told: Sequence[tuple[str, str, Answer, Mapping[str, Thing]]]) -> list[str]:
        """Headings of what is not told; where it is told of neither side of a tie, without their names."""
        sides = {self._word(f"brief.q.{name}") for name in _SIDES if name not in {each[0] for each in told}}
        return list(dict.fromkeys(next((s for s in sides if each.startswith(f"{s} – ")), each) for each in silent))

    def _given(self, question: Question) -> dict[str, Any] | None:
        """What the question is asked with; None where the thing has nothing that it takes."""
        takes = {p.name for p in question.parameters}
        parameter = KINDS[self.kind][0]
        if self.kind == "Relation":
            one, other = (self.describer.thing(iri) for iri in self._ends())
            offered = {"thing": self.thing}
            if {_kind(self.graph, one.iri), _kind(self.graph, other.iri)} == {"Actor"}:
                offered |= {"actor": one, "other": other}
        else:
            offered = {parameter: self.thing, "thing": self.thing}
        given = {name: value for name, value in offered.items() if name in takes}
        return given or None

    def _sections(self, names: Sequence[str], nothing: str) -> list[Section]:
        """The answers, what a source denies or tells of other dates, and last in one line the questions that nothing answers."""
        told: list[tuple[str, str, Answer, Mapping[str, Thing]]] = []
        for title, question, given in self._asked(names):
            told.append((question.name, title, ask(self.graph, question, self.lang, **given), given))
        answered = [each for each in told if len(each[2])]
        rows = _FEWER if len(answered) > _MANY else _ROWS
        found, silent = [], []
        for each in told:
            _, title, answer, _ = each
            if len(answer):
                found.append(self._section(*each, rows))
            elif answer.note == Sentences(SENTENCES, self.lang)("unknown"):
                silent.append(title)
            else:
                found.append(Section(title=title, text=f"{answer.note[0].upper()}{answer.note[1:]}."))
        if silent:
            found.append(Section(title=self._word(nothing), text=f"{series(self._once(silent, answered), self.lang)}."))
        return found

    def _section(self, name: str, title: str, answer: Answer, given: Mapping[str, Thing], most: int) -> Section:
        rows = list(answer)
        shown = self._columns(answer, rows, set(given.values()))
        lines = [self._line(answer, row, shown) for row in rows[:most]]
        more = len(rows) - len(lines)
        text = self._word("brief.more", n=more, command=_command(name, given)) if more else ""
        headings = tuple(
            self._word(_EXTENTS[c][1]) if c in _EXTENTS else answer.heading("figure" if c == "written" else c) for c in shown
        )
        return Section(title=title, headings=headings, lines=tuple(lines), text=text)

    def _columns(self, answer: Answer, rows: Sequence[Any], given: set[Thing]) -> list[str]:
        """The columns that say something: not empty, not the same as asked in every row, nor a number beside its wording."""
        skipped = {"evidence", "fact_class", "role", *(high for high, _ in _EXTENTS.values())}
        if "written" in answer.columns:
            skipped |= {"value", "low", "high"}
        kept = []
        for column in answer.columns:
            ends = (column, *_EXTENTS[column][:1]) if column in _EXTENTS else (column,)
            values = [getattr(row, end) for row in rows for end in ends]
            if column in skipped or all(v is None or v in ("", ()) for v in values):
                continue
            if column == "modality" and all(v is None or local(v.iri) == "asserted" for v in values):
                continue
            if all(v in given or (isinstance(v, tuple) and len(v) == 1 and v[0] in given) for v in values):
                continue
            kept.append(column)
        return kept[:_COLUMNS] or [answer.columns[0]]

    def _line(self, answer: Answer, row: Any, columns: Sequence[str]) -> Line:
        facts = row.evidence if "evidence" in answer.columns else ()
        self._statuses |= {f.iri: local(self.describer.one(f.iri, term("status"))) or "stated" for f in facts}
        passages = {p.id: p for fact in facts for p in fact.evidence if p.id}
        numbers = sorted(islice((n for p in passages.values() if (n := self._notes.cite(p))), _PASSAGES))
        left = len(passages) - len(numbers)
        more = self._word("brief.passages" if left > 1 else "brief.passages.one", n=left) if left else ""
        cells = (self._told(row, column) for column in columns)
        return Line(cells=tuple(cells), notes=tuple(numbers), more=more, mark=self._mark(facts))

    def _mark(self, facts: Sequence[Thing]) -> str:
        """How far the facts of a row are from being said plainly; what is said of one of them is no reason to doubt that one."""
        iris = {fact.iri for fact in facts}
        own = [fact.iri for fact in facts if self.describer.one(fact.iri, term("object")) not in iris]
        statuses = {self._statuses[iri] for iri in own}
        marks = [next((_MARKS[s] for s in ("estimated", "inferred") if s in statuses), "")]
        if any(local(self.describer.one(iri, term("confidence"))) == "low" for iri in own):
            marks.append(_DOUBTFUL)
        return " ".join(filter(None, marks))

    def _told(self, row: Any, column: str) -> str:
        """What a column says of a row, with its other end; a figure in numbers of the language, as it was written only without any."""
        if column == "written":
            number = self._cell(row.value) if row.value is not None else interval(row.low, row.high, self.lang)
            return number or self._cell(row.written)
        if column not in _EXTENTS:
            return self._cell(getattr(row, column))
        ends = getattr(row, column), getattr(row, _EXTENTS[column][0])
        return period(ends[0] or "", ends[1] or "", self.lang) if column == "start" else interval(*ends, self.lang)

    def _cell(self, value: Any) -> str:
        shown = plain(value)
        if isinstance(shown, list):
            shown = sorted((typeset(each, self.lang) for each in shown), key=by_name)
            before = accumulate(map(len, shown), initial=0)
            told = [each for each, letters in zip(shown[:_NAMES], before, strict=False) if letters <= _LETTERS]
            left = len(shown) - len(told)
            return series([*told, self._word("brief.names", n=left)] if left else told, self.lang)
        if isinstance(shown, int | float) and not isinstance(shown, bool):
            return number_in(shown, self.lang)
        return "" if shown is None else typeset(str(shown), self.lang)

    def _map(self) -> Scene | None:
        """The power-interest grid of a country; of anything else, its nearest ties."""
        if self.kind == "Place":
            return grid_of_country(self.graph, self.thing, self.lang)
        ends = {self.describer.identifier(iri) for iri in self._ends()} if self.kind == "Relation" else {self.thing.id}
        return nearest_ties(self.graph, self.thing, ends, self.lang)

    def _facts(self) -> str:
        year = self.graph.reference_date
        when = self._word("brief.when", year=year) if year else self._word("brief.when.ever")
        counts = Counter(self._statuses.values())
        total = counts.total()
        one = ".one" if total == 1 else ""
        told = [
            f"{'' if one else '1 '}{self._word(f'brief.{status}.one')}"
            if counts[status] == 1
            else self._word(f"brief.{status}", n=counts[status])
            for status in ("stated", "inferred", "estimated")
            if counts[status]
        ]
        key = f"brief.facts{one}" if total else "brief.facts.zero"
        return self._word(key, when=when, n=total, counts=", ".join(told))


def _command(name: str, given: Mapping[str, Thing]) -> str:
    """The command that gives the whole answer."""
    if name == "show":
        return f"kg show {given['thing'].id}"
    return " ".join([f"kg ask {name}", *(f"--{parameter} {thing.id}" for parameter, thing in given.items())])
