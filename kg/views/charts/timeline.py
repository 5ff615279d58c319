"""`kg view timeline`: what began and ended when, laws, ties and other facts on one axis of years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.graph import Graph
from kg.questions.answer import Thing
from kg.questions.head import Parameter
from kg.views.charts.answers import Answers, word
from kg.views.charts.catalog import View
from kg.views.charts.lanes import Span, lanes
from kg.views.charts.page import ChartPage, Figure, KeyEntry, Row, Table
from kg.views.charts.scene import ACCENT
from kg.views.charts.signs import DASHES, key_line
from kg.views.page import PAGE_LANGUAGES, Labels

__all__ = ["VIEW"]

_FIRST, _LAST = "0001", "9998"
"""Dates before and after all that can be told."""
_AT_FIRST = 200
"""Most lines at first: some four screens, as lines are half as high as those of tensions."""
_KINDS = ("Instrument", "Relation", "Position", "Attention", "Assessment", "Finding", "Attribution", "Actor")
"""Classes of `ontology/kg.ttl` in the order of the picture."""
_COLUMNS = ("what", "kind", "start", "end", "status", "confidence")


@dataclass
class _Event:
    fact: Thing
    kind: str
    start: str = ""
    end: str = ""
    found: Any = None


def _page(graph: Graph, lang: str, **filters: Any) -> ChartPage:
    answers = Answers(graph, filters, lang)
    events = _events(answers, answers.ask("changes", **{"from": _FIRST, "to": _LAST}))
    rows = [_row(answers, event) for event in events]
    return ChartPage(
        view="timeline",
        title=word("view.timeline"),
        lang=lang,
        facts=answers.shown(len(rows), "timeline.facts"),
        help=word("timeline.help"),
        figures=(_figure(answers, events, rows),) if rows else (),
        tables=(
            Table(
                id="events",
                title=word("timeline.events"),
                columns=answers.columns(_COLUMNS),
                rows=tuple(rows),
                note=word("timeline.undated"),
            ),
        ),
        facets=answers.facets(rows, {"kind": "", "status": "status", "confidence": "confidence"}),
        sources=answers.sources(),
    )


def _events(answers: Answers, found: Any) -> list[_Event]:
    """Each fact once, with its beginning and end as far as they are told; by kind, then by date."""
    events: dict[Thing, _Event] = {}
    for row in found:
        event = events.setdefault(row.fact, _Event(row.fact, answers.kind(row.fact.iri, _KINDS), found=row))
        if row.change.iri.endswith("/begins"):
            event.start = row.date
        else:
            event.end = row.date
    order = {name: place for place, name in enumerate(_KINDS)}
    return sorted(
        events.values(),
        key=lambda e: (order.get(e.kind, len(order)), e.start or e.end, e.end, answers.order(e.fact)),
    )


def _row(answers: Answers, event: _Event) -> Row:
    kind = answers.class_iri(event.kind)
    return answers.row(
        event.fact.id,
        answers.name(event.fact),
        event.found,
        (event.fact, answers.name(kind), event.start, event.end),
        kind=(kind,),
    )


def _figure(answers: Answers, events: Sequence[_Event], rows: Sequence[Row]) -> Figure:
    parts: dict[str, tuple[Labels, list[Span]]] = {}
    for event, row in zip(events, rows, strict=True):
        spans = parts.setdefault(event.kind, (answers.name(answers.class_iri(event.kind)), []))[1]
        spans.append(
            Span(
                row=row.id,
                name=answers.name(event.fact),
                start=event.start,
                end=event.end,
                label=answers.sentence(row, _COLUMNS),
                solid=not row.estimated,
            )
        )
    title = word("timeline.events")

    def drawn(*, narrow: bool) -> dict[str, Any]:
        return {
            lang: lanes(
                list(parts.values()),
                lang,
                now=answers.graph.reference_date,
                title=title[lang],
                description=word("timeline.help")[lang],
                narrow=narrow,
            )
            for lang in PAGE_LANGUAGES
        }

    key = (
        KeyEntry(sign=key_line(ACCENT), text=word("timeline.key.stated")),
        KeyEntry(sign=key_line(ACCENT, DASHES["estimated"]), text=word("timeline.key.other")),
        KeyEntry(sign=key_line(ACCENT, arrow=True), text=word("timeline.key.open")),
    )
    return Figure(id="events", title=title, scenes=drawn(narrow=False), narrow=drawn(narrow=True), key=key, first=_AT_FIRST)


VIEW = View(
    name="timeline",
    parameters=(
        Parameter("country", "country", required=False),
        Parameter("issue", "issue", required=False),
        Parameter("actor", "actor", required=False),
    ),
    page=_page,
)
