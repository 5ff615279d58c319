"""`kg view countries`: figures side by side, those that contradict each other marked; who works on which issue, and the gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kg.graph import Graph
from kg.questions.head import Parameter
from kg.views.charts.answers import Answers, local, word
from kg.views.charts.catalog import View
from kg.views.charts.grids import widest, widest_note
from kg.views.charts.page import ChartPage, Figure, Grid, GridCell, KeyEntry, Row, Table
from kg.views.charts.scene import Colour
from kg.views.charts.signs import key_ground, key_text
from kg.views.page import PAGE_LANGUAGES, text_in
from kg.vocabulary import concept_lists
from kg.wording import interval, paired

__all__ = ["VIEW"]

_CONFLICT = Colour("#fff4d6", "#3d3215")
_ATTENTION: Mapping[str, tuple[str, Colour]] = {
    "addresses": ("●", Colour("#dff3e4", "#12341d")),
    "hardly": ("◐", Colour("#fff4d6", "#3d3215")),
    "not": ("○", Colour("#fde4e4", "#431a1a")),
}
"""Level of attention to sign and ground."""
_FIGURES = ("indicator", "place", "figure", "unit", "period", "holder", "conflict", "status", "confidence")
_WHO = ("issue", "actor", "country", "level", "modality", "hedge", "status", "confidence")


def _page(graph: Graph, lang: str, **filters: Any) -> ChartPage:
    answers = Answers(graph, filters, lang)
    conflicts = {fact.iri for row in answers.ask("indicator-conflicts") for fact in row.evidence}
    compared = list(answers.ask("compare-countries"))
    attention = list(answers.ask("issue-attention"))
    figures = [_indicator(answers, found, conflicts) for found in compared]
    people = [_attention(answers, found) for found in attention]
    return ChartPage(
        view="countries",
        title=word("view.countries"),
        lang=lang,
        facts=answers.shown(len(figures) + len(people), "countries.facts"),
        help=word("countries.help"),
        figures=tuple(
            figure
            for figure in (
                _side_by_side(answers, compared, figures) if figures else None,
                _by_country(answers, attention, people) if people else None,
                _by_actor(answers, attention, people) if people else None,
            )
            if figure
        ),
        tables=(
            Table(id="figures", title=word("countries.figures"), columns=answers.columns(_FIGURES), rows=tuple(figures)),
            Table(
                id="attention",
                title=word("countries.attention"),
                columns=answers.columns(_WHO),
                rows=tuple(people),
                note=word("countries.silent") if people else {},
            ),
        ),
        facets=answers.facets(
            (*figures, *people),
            {
                "country": "",
                "indicator": "",
                "level": "attention",
                "issue": "",
                "status": "status",
                "confidence": "confidence",
            },
        ),
        sources=answers.sources(),
    )


def _indicator(answers: Answers, found: Any, conflicts: set[str]) -> Row:
    figure = {lang: _amount(found, lang) for lang in PAGE_LANGUAGES}
    (fact,) = found.evidence
    return answers.row(
        fact.id,
        answers.joined((found.indicator, found.place, figure), ", "),
        found,
        (
            found.indicator,
            found.place,
            figure,
            found.unit,
            _period(found),
            found.holder or "",
            word("countries.conflicting") if fact.iri in conflicts else "",
        ),
        country=(found.place.iri,),
        indicator=(found.indicator.iri,),
    )


def _figure(found: Any, lang: str) -> str:
    """A figure as its source writes it, else as the language does, with its period."""
    period, amount = _period(found), _amount(found, lang)
    return f"{amount} ({period})" if period else amount


def _amount(found: Any, lang: str) -> str:
    written: str = found.written or ""
    return written or interval(found.low, found.high, lang) or interval(found.value, found.value, lang)


def _period(found: Any) -> str:
    return "–".join(dict.fromkeys(end for end in (found.start, found.end) if end))


def _side_by_side(answers: Answers, found: Sequence[Any], rows: Sequence[Row]) -> Figure:
    places = list(dict.fromkeys(each.place for each in found))
    places.sort(key=answers.order)
    lines = []
    asked = {(each.indicator, each.unit) for each in found}
    for indicator, unit in sorted(asked, key=lambda pair: (answers.order(pair[0]), answers.order(pair[1]))):
        cells = []
        for place in places:
            own = [
                (each, row)
                for each, row in zip(found, rows, strict=True)
                if (each.indicator, each.unit, each.place) == (indicator, unit, place)
            ]
            conflicting = any(row.cells[_FIGURES.index("conflict")] for _, row in own)
            told = {lang: " / ".join(dict.fromkeys(_figure(each, lang) for each, _ in own)) for lang in PAGE_LANGUAGES}
            cells.append(
                GridCell(
                    text=told,
                    sign="≠" if conflicting else "",
                    rows=tuple(row.id for _, row in own),
                    colour=_CONFLICT if conflicting else None,
                    label=answers.listed((told, word("countries.conflicting"))) if conflicting else {},
                )
            )
        name = {
            lang: f"{text_in(answers.name(indicator), lang)} ({text_in(answers.name(unit), lang)})"
            for lang in PAGE_LANGUAGES
        }
        lines.append((name, tuple(cells)))
    grid = Grid(corner=word("column.indicator"), columns=tuple(answers.name(p) for p in places), lines=tuple(lines))
    key = (KeyEntry(sign=key_ground(_CONFLICT), text=word("countries.key.conflict")),)
    return Figure(id="figures", title=word("countries.figures"), grid=grid, key=key, note=word("countries.compared"))


def _attention(answers: Answers, found: Any) -> Row:
    countries = answers.values(found.actor.iri, "country")
    return answers.row(
        f"{found.on_issue.id}~{found.actor.id}~{local(found.level.iri)}~{local(found.modality.iri)}",
        {
            lang: f"{text_in(answers.name(found.actor), lang)} – {text_in(answers.name(found.on_issue), lang)}"
            for lang in PAGE_LANGUAGES
        },
        found,
        (
            found.on_issue,
            found.actor,
            answers.joined([answers.reader.describer.thing(c) for c in countries], ", "),
            found.level,
            "" if local(found.modality.iri) == "asserted" else found.modality,
            found.hedges,
        ),
        country=countries,
        issue=(found.on_issue.iri,),
        level=(local(found.level.iri),),
    )


def _by_country(answers: Answers, found: Sequence[Any], rows: Sequence[Row]) -> Figure:
    """How many work on each issue, country by country; an empty cell is a gap in what sources say."""
    countries = sorted({c for row in rows for c in row.values["country"]}, key=answers.order)
    heads = [answers.name(country) for country in countries]
    if any(not row.values["country"] for row in rows):
        countries.append("")
        heads.append(word("countries.nowhere"))
    lines = []
    for issue in sorted({each.on_issue for each in found}, key=answers.order):
        cells = []
        for country in countries:
            own = [
                row
                for each, row in zip(found, rows, strict=True)
                if each.on_issue == issue and country in (row.values["country"] or ("",))
            ]
            counts = {level: [r for r in own if r.values["level"] == (level,)] for level in _ATTENTION}
            told = [level for level in _ATTENTION if counts[level]]
            cells.append(
                GridCell(
                    text="  ".join(f"{_ATTENTION[level][0]}\u00a0{len(counts[level])}" for level in told),
                    rows=tuple(row.id for row in own),
                    colour=_ATTENTION[told[0]][1] if told else None,
                    label={
                        lang: ", ".join(
                            paired(text_in(answers.name(_level(level)), lang), str(len(counts[level])), lang)
                            for level in told
                        )
                        for lang in PAGE_LANGUAGES
                    }
                    if told
                    else {},
                )
            )
        lines.append((answers.name(issue), tuple(cells)))
    grid = Grid(corner=word("column.issue"), columns=tuple(heads), lines=tuple(lines))
    return Figure(
        id="issues", title=word("countries.issues"), grid=grid, key=_attention_key(answers), note=word("countries.silent")
    )


def _by_actor(answers: Answers, found: Sequence[Any], rows: Sequence[Row]) -> Figure:
    of = {(each.on_issue, each.actor): [] for each in found}  # type: dict[tuple[Any, Any], list[tuple[Any, Row]]]
    for each, row in zip(found, rows, strict=True):
        of[each.on_issue, each.actor].append((each, row))
    order, left_out = widest(Counter(actor for _, actor in of), answers)
    lines = []
    for issue in sorted({each.on_issue for each in found}, key=answers.order):
        cells = []
        for actor in order:
            own = of.get((issue, actor), [])
            levels = [local(each.level.iri) for each, _ in own]
            cells.append(
                GridCell(
                    sign="".join(_ATTENTION[level][0] for level in levels),
                    rows=tuple(row.id for _, row in own),
                    colour=_ATTENTION[levels[0]][1] if levels else None,
                    label=answers.sentence(own[0][1], _WHO) if own else {},
                )
            )
        lines.append((answers.name(issue), tuple(cells)))
    grid = Grid(corner=word("column.issue"), columns=tuple(answers.short(a) for a in order), lines=tuple(lines))
    return Figure(
        id="attention",
        title=word("countries.attention"),
        grid=grid,
        key=_attention_key(answers),
        note=answers.joined((word("countries.silent"), widest_note(left_out, "grid.widest")), " "),
    )


def _attention_key(answers: Answers) -> tuple[KeyEntry, ...]:
    return tuple(KeyEntry(sign=key_text(sign), text=answers.name(_level(level))) for level, (sign, _) in _ATTENTION.items())


def _level(level: str) -> str:
    return concept_lists()["attention"][level]


VIEW = View(
    name="countries",
    parameters=(
        Parameter("country", "country", required=False),
        Parameter("issue", "issue", required=False),
        Parameter("type", "actor-type", required=False),
        Parameter("year", "year", required=False),
    ),
    page=_page,
)
