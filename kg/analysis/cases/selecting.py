"""A case from a graph: which facts count, and what was left out for which reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.analysis.cases.model import Actor, Assessment, Case, CaseTie, Facts, Involvement, LeftOut, Position
from kg.analysis.cases.wording import Sentences
from kg.errors import AnalysisError, InputError, near_names
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.questions.head import load_part
from kg.questions.names import resolve
from kg.questions.runner import bind
from kg.vocabulary import concept_lists
from kg.vocabulary import kg as term

__all__ = ["Selection", "select_case"]

_FLAGS = (("asserted", "asserted"), ("in_force", "date"), ("here", "country"), ("on_issue", "issue"), ("of_type", "type"))
"""Columns of the queries that say whether a fact counts, and the reason they stand for; the first that applies is told."""
_MANY = 1000
"""From so many rows on, what names and passages are told by is read in one pass."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which facts an analysis may use. Names are labels, acronyms or ids, as everywhere; an empty tuple means all.

    country         actors of these countries; facts said of another place are left out
    issue           facts on these issues or narrower ones
    relation_type   ties of these types or families
    as_of           year, month or day at which facts hold; empty: the reference date of the data
    min_confidence  high, medium or low: facts at least as certain
    inferred        False leaves out what does not stand in a source but follows from it, inherited ties included
    estimated       False leaves out what was estimated from words
    inherited       False leaves out what members inherit from their category
    """

    country: Sequence[str] = ()
    issue: Sequence[str] = ()
    relation_type: Sequence[str] = ()
    as_of: str = ""
    min_confidence: str = ""
    inferred: bool = True
    estimated: bool = True
    inherited: bool = True


class _Reader:
    """Rows of the parts of `queries/parts/` for one selection, with what is left out counted."""

    def __init__(self, graph: Graph, selection: Selection, lang: str) -> None:
        self.graph, self.selection = graph, selection
        self.describer = Describer(graph, lang)
        self.left_out: Counter[tuple[str, str]] = Counter()
        self._reversals: dict[str, float] = {}
        self.least = self._least()
        self.given = {
            name: list(values)
            for name, values in (
                ("country", selection.country),
                ("issue", selection.issue),
                ("type", selection.relation_type),
                ("year", [selection.as_of] if selection.as_of else []),
            )
            if values
        }

    def _least(self) -> float:
        level = self.selection.min_confidence
        if not level:
            return 0.0
        levels = concept_lists()["confidence"]
        if level not in levels:
            raise InputError(f"--min-confidence {level!r}: there is no such level; {near_names(level, levels)}")
        return float(self.describer.one(levels[level], term("probability")))

    def rows(self, part: str, *, any_issue: bool = False) -> Iterator[dict[str, Any]]:
        """The solutions of a part, in its order, several of one fact (one per value asked for) joined."""
        question = load_part(part)
        known = {p.name for p in question.parameters} - ({"issue"} if any_issue else set())
        given = {name: values for name, values in self.given.items() if name in known}
        solutions = self.graph.store.select(question.fill(bind(self.graph, question, given)))
        names = [v.value for v in solutions.variables]
        found: dict[str, dict[str, Any]] = {}
        for solution in solutions:
            row = dict(zip(names, solution, strict=True))
            kept = found.setdefault(row[names[0]].value, row)
            if kept is not row:
                kept |= {flag: row[flag] for flag, _ in _FLAGS if flag in row and row[flag].value == "true"}
        self.expect(len(found))
        yield from found.values()

    def expect(self, things: int) -> None:
        """Prepares for telling so many things."""
        if things > _MANY:
            self.describer.read_ahead()

    def counts(self, kind: str, row: dict[str, Any], ends: Sequence[str], actors: dict[str, Actor]) -> bool:
        """Whether a fact counts; where it does not, the reason is noted."""
        reason = self._reason(row, ends, actors)
        if reason:
            self.left_out[kind, reason] += 1
        return not reason

    def _reason(self, row: dict[str, Any], ends: Sequence[str], actors: dict[str, Actor]) -> str:
        chosen = self.selection
        for flag, reason in _FLAGS:
            if flag in row and row[flag].value != "true":
                return reason
        if not all(end in actors for end in ends):
            return "country"
        if row.get("premise") is not None and not chosen.inherited:
            return "inherited"
        status = short(row["status"])
        if (status == "inferred" and not chosen.inferred) or (status == "estimated" and not chosen.estimated):
            return str(status)
        return "confidence" if float(row["probability"].value) < self.least else ""

    def coded(self, row: dict[str, Any]) -> dict[str, Any]:
        """What every fact has: id, IRI, how it is coded, the passages that it rests on."""
        return {
            "id": self.key(row["fact"]),
            "status": short(row["status"]),
            "confidence": short(row["confidence"]),
            "probability": float(row["probability"].value),
            "iri": row["fact"].value,
            "evidence": tuple(self.describer.passages(row["fact"].value)),
        }

    def sided(self, row: dict[str, Any]) -> dict[str, Any]:
        """The same of a fact that can have a side, so that the opposite may hold."""
        level = row["confidence"].value
        if level not in self._reversals:
            self._reversals[level] = float(self.describer.one(level, term("reversal")) or 0)
        return {**self.coded(row), "reversal": self._reversals[level]}

    def key(self, node: Any) -> str:
        """The id of a thing; of an inherited fact, which has none in a table, the last part of its IRI."""
        name = self.describer.identifier(node.value)
        return name.rpartition("/")[2] if name == node.value and "~" in name else name


def short(node: Any) -> str:
    """The id of a concept; empty for nothing."""
    return "" if node is None else str(node.value).rpartition("/")[2]


def _interval(row: dict[str, Any], low: str, high: str) -> tuple[float, float] | None:
    ends = [float(row[end].value) for end in (low, high) if row[end] is not None]
    return (ends[0], ends[-1]) if ends else None


def select_case(graph: Graph, selection: Selection | None = None, lang: str = "en", *, any_tie: bool = False) -> Case:
    """The case that a graph holds under a selection: actors, ties in force between them, positions and assessments.

    With `any_tie` issues select positions and involvements, and ties count whatever they are about.

    What a source denies, recommends, calls possible or absent never counts. `.facts` says what was left out and why.

    Raises NotFoundError or AmbiguousError for names that cannot be placed, InputError for options that cannot be used,
    AnalysisError where no actor is left.
    """
    chosen = selection or Selection()
    if chosen.as_of:
        graph = graph.seen_at(chosen.as_of)
    reader = _Reader(graph, chosen, lang)
    known = list(_actors(reader))
    actors = {actor.id: actor for actor in known}
    if not actors:
        where = "the data hold no actor" if not chosen.country else f"no actor of {' or '.join(chosen.country)} is known"
        raise AnalysisError(f"selection: {where}; name other data or another country")
    ties = list(_ties(reader, actors, any_issue=any_tie))
    positions = list(_positions(reader, actors))
    assessments = [*_assessments(reader, actors), *_votes(reader, actors)]
    involvements = list(_involvements(reader, actors))
    left_out = tuple(LeftOut(kind, reason, n) for (kind, reason), n in sorted(reader.left_out.items()))
    return Case(
        tuple(sorted(actors.values(), key=lambda a: a.id)),
        tuple(sorted(ties, key=lambda t: t.id)),
        tuple(sorted(positions, key=lambda p: p.id)),
        tuple(sorted(assessments, key=lambda a: a.id)),
        Facts(
            chosen.as_of or graph.reference_date,
            tuple(_asked(reader, len(known) - len(actors))),
            left_out,
            _named(reader, "type", "relation-type"),
        ),
        lang,
        tuple(sorted(involvements, key=lambda i: i.id)),
    )


def _actors(reader: _Reader) -> Iterator[Actor]:
    describer = reader.describer
    question = load_part("actors")
    given = {"country": reader.given["country"]} if "country" in reader.given else {}
    rows = list(reader.graph.store.select(question.fill(bind(reader.graph, question, given))))
    reader.expect(len(rows))
    for row in rows:
        iri = row["actor"].value
        places = sorted((row["countries"].value if row["countries"] else "").split())
        yield Actor(
            reader.key(row["actor"]),
            describer.label(iri),
            short(row["kind"]),
            short(row["type_of"]),
            tuple(describer.identifier(place) for place in places),
            iri,
        )


def _ties(reader: _Reader, actors: dict[str, Actor], *, any_issue: bool) -> Iterator[CaseTie]:
    describer = reader.describer
    for row in reader.rows("case-ties", any_issue=any_issue):
        ends = [reader.key(row["subject"]), reader.key(row["object"])]
        if reader.counts("tie", row, ends, actors):
            yield CaseTie(
                **reader.sided(row),
                source=ends[0],
                target=ends[1],
                type=short(row["relation"]),
                sign={"positive": 1, "negative": -1}.get(short(row["sign"]), 0),
                directed=short(row["direction"]) != "mutual",
                strength=float(row["strength"].value) if row["strength"] else None,
                weight=float(row["weight"].value) if row["weight"] else None,
                premise=reader.key(row["premise"]) if row["premise"] else "",
                start=row["start"].value if row["start"] else "",
                end=row["end"].value if row["end"] else "",
                influence=row["influence"].value == "true",
                classifies=row["classifies"].value == "true",
                label=describer.label(row["fact"].value),
            )


def _positions(reader: _Reader, actors: dict[str, Actor]) -> Iterator[Position]:
    for row in reader.rows("case-positions"):
        actor = reader.key(row["actor"])
        if reader.counts("position", row, [actor], actors):
            yield Position(
                **reader.sided(row),
                actor=actor,
                on=reader.key(row["on"]),
                stance=short(row["stance"]),
                sign=int(row["sign"].value) if row["sign"] else None,
                interval=_interval(row, "low", "high"),
                salience=_interval(row, "salience_low", "salience_high"),
                on_label=reader.describer.label(row["on"].value),
                source=row["source"].value if row["source"] else "",
                said=row["said"].value if row["said"] else "",
            )


def _assessments(reader: _Reader, actors: dict[str, Actor]) -> Iterator[Assessment]:
    for row in reader.rows("case-assessments"):
        actor = reader.key(row["actor"])
        if reader.counts("assessment", row, [actor], actors):
            low, high = float(row["low"].value), float(row["high"].value)
            on = reader.key(row["regarding"]) if row["regarding"] else ""
            yield Assessment(
                **reader.coded(row), actor=actor, dimension=short(row["dimension"]), interval=(low, high), on=on
            )


def _involvements(reader: _Reader, actors: dict[str, Actor]) -> Iterator[Involvement]:
    for row in reader.rows("case-involvements"):
        actor = reader.key(row["actor"])
        if reader.counts("involvement", row, [actor], actors):
            yield Involvement(
                **reader.sided(row),
                actor=actor,
                on=reader.key(row["on"]),
                how=short(row["how"]),
                sign=int(row["sign"].value),
                on_label=reader.describer.label(row["on"].value),
            )


def _votes(reader: _Reader, actors: dict[str, Actor]) -> Iterator[Assessment]:
    """Votes and seats, where they are plain numbers."""
    for row in reader.rows("case-votes"):
        actor, amount = reader.key(row["actor"]), row["value"].value
        if re.fullmatch(r"\d+(\.\d+)?", amount) and reader.counts("assessment", row, [actor], actors):
            interval = float(amount), float(amount)
            yield Assessment(**reader.coded(row), actor=actor, dimension=short(row["dimension"]), interval=interval)


def _named(reader: _Reader, name: str, kind: str) -> str:
    """The values asked for of one kind, in words; empty where none were."""
    labels = [reader.describer.label(resolve(reader.graph, v, kind)[1:-1]) for v in reader.given.get(name, [])]
    return Sentences("facts", reader.describer.lang)(f"asked.{name}", names=", ".join(labels)) if labels else ""


def _asked(reader: _Reader, doubles: int) -> Iterator[str]:
    """The selection in words; `doubles` is how many actors have the id of another one, of another data set."""
    say = Sentences("facts", reader.describer.lang)
    if doubles:
        yield say("same-id", n=doubles)
    yield from filter(None, (_named(reader, name, name) for name in ("country", "issue")))
    if reader.selection.min_confidence:
        level = reader.describer.label(concept_lists()["confidence"][reader.selection.min_confidence])
        yield say("asked.confidence", level=level.lower())
