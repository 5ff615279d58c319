"""`kg view matrix`: who stands where on what, and which actors converge or diverge."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from kg.graph import Graph
from kg.questions.answer import Thing
from kg.questions.head import Parameter
from kg.views.charts.answers import Answers, local, stand, word
from kg.views.charts.catalog import View
from kg.views.charts.grids import widest, widest_note
from kg.views.charts.page import ChartPage, Figure, Grid, GridCell, KeyEntry, Row, Table
from kg.views.charts.scene import Colour
from kg.views.charts.signs import key_ground, key_text
from kg.views.page import PAGE_LANGUAGES, Labels, text_in

__all__ = ["VIEW"]

_SIGNS: Mapping[str, tuple[str, int]] = {"for": ("+", 1), "against": ("−", -1), "mixed": ("±", 0), "neutral": ("0", 0)}
"""Stand to its sign, and how it counts."""
_GROUNDS = {
    "for": Colour("#dff3e4", "#12341d"),
    "against": Colour("#fde4e4", "#431a1a"),
    "both": Colour("#fff4d6", "#3d3215"),
}
_POSITIONS = ("on", "actor", "stance", "modality", "question", "status", "confidence")
_PAIRS = ("actor", "other", "agree", "disagree", "convergence", "divergence", "status", "confidence")


def _page(graph: Graph, lang: str, **filters: Any) -> ChartPage:
    answers = Answers(graph, filters, lang)
    found = list(answers.ask("positions"))
    positions = [_position(answers, each) for each in found]
    stands = _Stands(answers, found)
    pairs = stands.pairs()
    figures = []
    if pairs:
        figures.append(stands.grid(pairs))
    if positions:
        figures.append(_by_object(answers, found, positions))
    return ChartPage(
        view="matrix",
        title=word("view.matrix"),
        lang=lang,
        facts=answers.shown(len(positions), "matrix.facts"),
        help=word("matrix.help"),
        figures=tuple(figures),
        tables=(
            Table(
                id="pairs",
                title=word("matrix.pairs"),
                columns=answers.columns(_PAIRS, ("convergence", "divergence")),
                rows=tuple(pairs.values()),
                note=widest_note(stands.left_out, "grid.widest.both"),
            ),
            Table(
                id="positions", title=word("matrix.positions"), columns=answers.columns(_POSITIONS), rows=tuple(positions)
            ),
        ),
        facets=answers.facets(
            (*positions, *pairs.values()),
            {"on": "", "stance": "stance", "party": "", "status": "status", "confidence": "confidence"},
        ),
        sources=answers.sources(),
    )


def _position(answers: Answers, found: Any) -> Row:
    return answers.row(
        f"{found.actor.id}~{found.on.id}~{local(found.stance.iri)}~{local(found.modality.iri)}~{_short_hash(found)}",
        {
            lang: f"{text_in(answers.name(found.actor), lang)} – {text_in(answers.name(found.on), lang)}"
            for lang in PAGE_LANGUAGES
        },
        found,
        (
            found.on,
            found.actor,
            found.stance,
            "" if local(found.modality.iri) == "asserted" else found.modality,
            found.open_question or "",
        ),
        on=(found.on.iri,),
        stance=(local(found.stance.iri),),
        party=(found.actor.iri,),
    )


def _short_hash(found: Any) -> str:
    """What tells rows apart that differ in their open question only: the facts behind them."""
    return ".".join(fact.id for fact in found.evidence)


class _Stands:
    """The asserted stands of actors, each sign once per thing that it is on; of no more actors than a grid can show."""

    def __init__(self, answers: Answers, found: Sequence[Any]) -> None:
        self._answers = answers
        self._rows: dict[Thing, dict[Thing, list[Any]]] = {}
        taken: dict[Thing, dict[Thing, set[int]]] = {}
        for each in found:
            kind = stand(answers, each.stance.iri)
            if local(each.modality.iri) == "asserted" and kind in ("for", "against"):
                self._rows.setdefault(each.actor, {}).setdefault(each.on, []).append(each)
                taken.setdefault(each.actor, {}).setdefault(each.on, set()).add(_SIGNS[kind][1])
        self._signs = {
            actor: {on: next(iter(signs)) for on, signs in of.items() if len(signs) == 1} for actor, of in taken.items()
        }
        """Actor and thing to 1 or -1; without those who took both sides."""
        company = Counter(on for signs in self._signs.values() for on in signs)
        shared = {actor: sum(company[on] - 1 for on in signs) for actor, signs in self._signs.items()}
        self._actors, self.left_out = widest({actor: count for actor, count in shared.items() if count}, answers)

    def pairs(self) -> dict[tuple[Thing, Thing], Row]:
        """Two actors, by name, that have taken a stand on the same thing; with what they agree and disagree on.

        Convergence and divergence are those of the first order of MACTOR (`kg.analysis.mactor`): a count of things.
        """
        actors = sorted(self._actors, key=self._answers.order)
        found = {}
        for one, other in itertools.combinations(actors, 2):
            ours, theirs = self._signs[one], self._signs[other]
            shared = [on for on in ours if on in theirs]
            if not shared:
                continue
            agreed = [on for on in shared if ours[on] == theirs[on]]
            opposed = [on for on in shared if on not in agreed]
            found[one, other] = self._pair(one, other, agreed, opposed)
        return found

    def _pair(self, one: Thing, other: Thing, agreed: Sequence[Thing], opposed: Sequence[Thing]) -> Row:
        answers = self._answers
        rows = [each for actor in (one, other) for on in (*agreed, *opposed) for each in self._rows[actor][on]]
        facts = tuple(dict.fromkeys(fact for each in rows for fact in each.evidence))
        return answers.row(
            f"{one.id}~{other.id}",
            answers.joined((one, other)),
            _Evidence(facts),
            (one, other, tuple(agreed), tuple(opposed), len(agreed), len(opposed)),
            on=tuple(on.iri for on in (*agreed, *opposed)),
            party=(one.iri, other.iri),
        )

    def grid(self, pairs: Mapping[tuple[Thing, Thing], Row]) -> Figure:
        """Actors against actors: those with the same company stand beside each other."""
        order = _ordered(pairs)
        lines = []
        for one in order:
            cells = []
            for other in order:
                row = pairs.get((one, other)) or pairs.get((other, one))
                cells.append(self._cell(row) if row and one != other else GridCell(sign="" if one != other else "·"))
            lines.append((self._answers.short(one), tuple(cells)))
        grid = Grid(corner=word("column.actor"), columns=tuple(self._answers.short(a) for a in order), lines=tuple(lines))
        key = (
            KeyEntry(sign=key_ground(_GROUNDS["for"]), text=word("matrix.key.converge")),
            KeyEntry(sign=key_ground(_GROUNDS["against"]), text=word("matrix.key.diverge")),
            KeyEntry(sign=key_ground(_GROUNDS["both"]), text=word("matrix.key.both")),
        )
        note = self._answers.joined((word("matrix.pairs.note"), widest_note(self.left_out, "grid.widest.both")), " ")
        return Figure(id="pairs", title=word("matrix.pairs"), grid=grid, key=key, note=note)

    def _cell(self, row: Row) -> GridCell:
        agree, disagree = row.cells[_PAIRS.index("convergence")], row.cells[_PAIRS.index("divergence")]
        ground = "both" if agree and disagree else "for" if agree else "against"
        parts = [f"+{agree}" if agree else "", f"−{disagree}" if disagree else ""]
        return GridCell(
            text=" ".join(filter(None, parts)),
            rows=(row.id,),
            colour=_GROUNDS[ground],
            label=self._answers.sentence(row, _PAIRS),
        )


class _Evidence:
    """Facts in the shape that a row of an answer has."""

    def __init__(self, facts: tuple[Thing, ...]) -> None:
        self.evidence = facts


def _ordered(pairs: Mapping[tuple[Thing, Thing], Row]) -> list[Thing]:
    """The actors, each followed by the one not yet placed that agrees most with those placed last; begun with the best connected."""
    weight: dict[Thing, dict[Thing, float]] = {}
    for (one, other), row in pairs.items():
        agree, disagree = row.cells[_PAIRS.index("convergence")], row.cells[_PAIRS.index("divergence")]
        score = float(agree) - float(disagree)  # type: ignore[arg-type]  # both are counts
        weight.setdefault(one, {})[other] = score
        weight.setdefault(other, {})[one] = score
    order: list[Thing] = []
    left = sorted(weight, key=lambda actor: (-len(weight[actor]), actor.iri))
    while left:
        last = order[-3:]
        best = max(left, key=lambda actor: sum(weight[actor].get(each, 0) for each in last))  # the first of those alike
        order.append(best)
        left.remove(best)
    return order


def _by_object(answers: Answers, found: Sequence[Any], rows: Sequence[Row]) -> Figure:
    """Actors against what they take a stand on."""
    of: dict[tuple[Thing, Thing], list[tuple[Any, Row]]] = {}
    for each, row in zip(found, rows, strict=True):
        of.setdefault((each.on, each.actor), []).append((each, row))
    actors, left_out = widest(Counter(actor for _, actor in of), answers)
    lines = []
    for on in sorted({each.on for each in found}, key=answers.order):
        cells = []
        for actor in actors:
            own = of.get((on, actor), [])
            kinds = [stand(answers, each.stance.iri) or "unknown" for each, _ in own]
            ground = "both" if len(set(kinds)) > 1 or "mixed" in kinds else kinds[0] if kinds else ""
            cells.append(
                GridCell(
                    sign="".join(dict.fromkeys(_SIGNS.get(kind, ("?", 0))[0] for kind in kinds)),
                    rows=tuple(row.id for _, row in own),
                    colour=_GROUNDS.get(ground),
                    label=_joined([answers.sentence(row, _POSITIONS) for _, row in own]),
                )
            )
        lines.append((answers.name(on), tuple(cells)))
    grid = Grid(corner=word("column.on"), columns=tuple(answers.short(a) for a in actors), lines=tuple(lines))
    key = tuple(KeyEntry(sign=key_text(sign), text=word(f"stance.{kind}")) for kind, (sign, _) in _SIGNS.items())
    note = widest_note(left_out, "grid.widest")
    return Figure(id="positions", title=word("matrix.positions"), grid=grid, key=key, note=note)


def _joined(labels: Sequence[Labels]) -> Labels:
    return {lang: ". ".join(text_in(each, lang) for each in labels) for lang in PAGE_LANGUAGES} if labels else {}


VIEW = View(
    name="matrix",
    parameters=(
        Parameter("country", "country", required=False),
        Parameter("issue", "issue", required=False),
        Parameter("instrument", "instrument", required=False),
        Parameter("type", "actor-type", required=False),
        Parameter("actor", "actor", required=False),
        Parameter("year", "year", required=False),
    ),
    page=_page,
)
