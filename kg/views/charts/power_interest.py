"""`kg view power-interest`: who has how much power and interest, country by country, and who should move where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from kg.graph import Graph
from kg.questions.answer import Answer
from kg.questions.head import Parameter
from kg.questions.names import resolve
from kg.views.charts.answers import Answers, intervals, local, several, stand, word
from kg.views.charts.catalog import View
from kg.views.charts.page import ChartPage, Column, Facet, Figure, KeyEntry, Row, Table
from kg.views.charts.power_ground import MANY, Ends, Move, Position, Quadrant, shaded
from kg.views.charts.power_map import power_map
from kg.views.charts.scene import ACCENT, SOFT
from kg.views.charts.signs import STANCES, key_extent, key_line, key_scene, key_shade, mark
from kg.views.page import PAGE_LANGUAGES, Labels, text_in
from kg.vocabulary import concept_lists
from kg.wording import interval, paired

__all__ = ["VIEW"]

_LARGE, _SMALL = (780.0, 660.0), (460.0, 460.0)
"""Size of the grid: of a single country or many actors, and of one of several."""
_NARROW, _TALL, _FEW = (300.0, 520.0), (300.0, 780.0), (300.0, 420.0)
"""Size of the grid on a phone, there of many actors, and in a brief, which has two pages for all."""
_COLUMNS = ("actor", "country", "power", "interest", "quadrants", "stance", "basis", "moves", "status", "confidence")


class _Where(NamedTuple):
    """One grid of the page."""

    id: str
    place: str
    """IRI of the country; "" for all together."""
    title: Labels


def _page(graph: Graph, lang: str, *, most: int | None = None, **filters: Any) -> ChartPage:
    """The page; with `most`, of no more actors a grid than that: those with the most power, then interest, as far as told."""
    since = next(iter(several(filters.pop("since", None))), None)
    answers = Answers(graph, filters, lang)
    places = [_Where(local(iri), iri, answers.name(iri)) for iri in _countries(answers)]
    found = [(where, _Found(answers, where, since)) for where in places or [_Where("all", "", word("map.everyone"))]]
    stances = _stances(answers, [each.now for _, each in found])
    # Beside each other they are alike, so that they compare: all large where one of them would be crowded.
    crowded = any(len(each.now) > MANY for _, each in found)
    wide = _LARGE if crowded or len(found) == 1 else _SMALL
    narrow = _FEW if most is not None else _TALL if crowded else _NARROW
    rows: dict[str, Row] = {}
    figures = []
    for where, each in found:
        positions = []
        for answer in each.now if most is None else _foremost(each.now)[:most]:
            stance = stances.get(answer.actor.iri, "unknown")
            moves = each.moves(answer)
            row = rows.setdefault(answer.actor.id, _row(answers, answer, stance, moves))
            positions.append(_position(answers, where, row, answer, moves))
        figures.append(_figure(answers, where, positions, wide, narrow))
    columns = tuple(Column(id=name, heading=word(f"column.{name}")) for name in _COLUMNS)
    table = Table(
        id="actors",
        title=word("table.positions"),
        columns=columns,
        rows=tuple(rows.values()),
        note=word("map.note") if rows else {},
    )
    return ChartPage(
        view="power-interest",
        title=word("view.power-interest"),
        lang=lang,
        facts=answers.shown(len(rows), "map.facts"),
        help={lang: f"{text} {word('map.spread')[lang]}" for lang, text in word("map.help").items()},
        figures=tuple(figures),
        tables=(table,),
        facets=_facets(answers, list(rows.values())),
        sources=answers.sources(),
    )


def _countries(answers: Answers) -> list[str]:
    """IRIs of the chosen countries, in the order in which they were."""
    chosen = several(answers.filters.get("country"))
    return list(dict.fromkeys(resolve(answers.graph, str(each), "country", "--country")[1:-1] for each in chosen))


class _Found:
    """What is answered about one grid."""

    def __init__(self, answers: Answers, where: _Where, since: str | None) -> None:
        country = {"country": where.place or None}
        self._answers = answers
        self._where = where
        self._since = since or ""
        self.now = answers.ask("power-interest", **country)
        self._earlier = {row.actor: row for row in answers.ask("power-interest", year=since, **country)} if since else {}
        self._aims: dict[Any, list[Any]] = {}
        for row in answers.ask("aims", **country):
            if local(row.dimension.iri) in ("power", "interest"):
                self._aims.setdefault(row.actor, []).append(row)

    def moves(self, now: Any) -> list[tuple[Move, Any]]:
        """The movements of an actor, each with the row that it is told by."""
        power, interest = _ends(now)
        found = []
        before = self._earlier.get(now.actor)
        # Where less was known then than now, a difference is no movement.
        if before and _ends(before) != (power, interest) and _known(before) == _known(now):
            found.append((Move(*_ends(before), False, {"en": self._since}), before))
        for aim in self._aims.get(now.actor, ()):
            ends: Ends = (aim.low, aim.high)
            gains_power = local(aim.dimension.iri) == "power"
            via = self._through(aim)
            label = {
                lang: word("map.through")[lang].replace("{names}", via[lang]) if via[lang] else text
                for lang, text in word("map.recommended").items()
            }
            found.append((Move(ends if gains_power else power, interest if gains_power else ends, True, label), aim))
        return found

    def _through(self, aim: Any) -> Labels:
        """Those of this place through whom a movement is recommended; only the widest where they are parts of one."""
        place = self._where.place
        here = [t for t in aim.through if not place or place in self._answers.values(t.iri, "country")]
        widest = max((len(self._answers.values(t.iri, "country")) for t in here), default=0)
        kept = [t for t in here if len(self._answers.values(t.iri, "country")) == widest]
        shorts = [self._answers.short(t) for t in kept]
        return self._answers.listed(shorts)


def _foremost(found: Sequence[Any]) -> list[Any]:
    """Answers by how much power, then interest there is at least, then at most; those alike as they were answered."""
    bounds = ("power_low", "power_high", "interest_low", "interest_high")
    return sorted(found, key=lambda row: [-float(getattr(row, name) or 0) for name in bounds])


def _ends(row: Any) -> tuple[Ends, Ends]:
    return (row.power_low, row.power_high), (row.interest_low, row.interest_high)


def _known(row: Any) -> list[bool]:
    return [end is not None for ends in _ends(row) for end in ends]


def _stances(answers: Answers, found: Sequence[Answer]) -> Mapping[str, str]:
    """Actor's IRI to how it stands: `for`, `against`, `mixed` or `neutral`; those whose stand nobody tells are missing.

    It is the stand towards the chosen issue, else towards the issues that the interest was assessed for.
    """
    issues = [resolve(answers.graph, str(i), "issue", "--issue")[1:-1] for i in several(answers.filters.get("issue"))]
    if not issues:
        facts = {fact.iri for answer in found for row in answer for fact in row.evidence}
        issues = sorted({on for fact in facts for on in answers.values(fact, "regarding")})
    signs: dict[str, dict[bool, set[str]]] = {}
    for row in answers.ask("positions", country=None, issue=issues) if issues else ():
        sign = stand(answers, row.stance.iri)
        if sign and local(row.modality.iri) == "asserted":
            signs.setdefault(row.actor.iri, {}).setdefault(row.on.iri in issues, set()).add(sign)
    # What is said of the issue itself goes before what is said of narrower ones and of laws on it.
    told = {actor: by.get(True) or by[False] for actor, by in signs.items()}
    return {actor: next(iter(each)) if len(each) == 1 else "mixed" for actor, each in told.items()}


def _row(answers: Answers, found: Any, stance: str, moves: Sequence[tuple[Move, Any]]) -> Row:
    countries = answers.values(found.actor.iri, "country")
    types = answers.values(found.actor.iri, "actorType")
    bases = {str(basis): basis for fact in found.evidence if (basis := answers.reader.texts(fact.iri, "basis"))}
    facts = (*found.evidence, *(fact for _, told in moves for fact in told.evidence))
    told = [
        {lang: paired(text_in(move.label, lang), _told(move, lang), lang) for lang in PAGE_LANGUAGES} for move, _ in moves
    ]
    row = answers.row(
        found.actor.id,
        answers.name(found.actor),
        found,
        (
            found.actor,
            answers.joined([answers.reader.describer.thing(c) for c in countries], ", "),
            intervals(found.power_low, found.power_high) or word("map.unknown"),
            intervals(found.interest_low, found.interest_high) or word("map.unknown"),
            answers.joined(found.quadrants, " / "),
            word(f"stance.{stance}"),
            answers.listed(bases.values()),
            answers.listed(told),
        ),
        country=countries,
        type=types,
        quadrants=tuple(local(q.iri) for q in found.quadrants),
        stance=(stance,),
    )
    return replace(row, facts=tuple(answers.fact(fact) for fact in dict.fromkeys(facts)))


def _told(move: Move, lang: str) -> str:
    parts = [
        f"{word(f'column.{name}')[lang].lower()} {interval(*ends, lang)}"
        for name, ends in (("power", move.power), ("interest", move.interest))
        if ends != (None, None)
    ]
    return ", ".join(parts)


def _position(answers: Answers, where: _Where, row: Row, found: Any, moves: Iterable[tuple[Move, Any]]) -> Position:
    return Position(
        row=row.id,
        short=answers.short(found.actor, where.title if where.place else None),
        label=answers.sentence(row, _COLUMNS),
        power=_ends(found)[0],
        interest=_ends(found)[1],
        stance=row.values["stance"][0],
        status=(row.values["status"] or ("stated",))[0],
        moves=tuple(move for move, _ in moves),
    )


def _quadrants(answers: Answers) -> list[Quadrant]:
    found = []
    for iri in concept_lists()["quadrant"].values():
        ends = [float(answers.reader.text(iri, name)) for name in ("powerLow", "powerHigh", "interestLow", "interestHigh")]
        found.append(Quadrant(answers.name(iri), (ends[0], ends[1]), (ends[2], ends[3])))
    return found


def _figure(
    answers: Answers,
    where: _Where,
    positions: Sequence[Position],
    wide: tuple[float, float],
    narrow: tuple[float, float],
) -> Figure:
    quadrants = _quadrants(answers)
    words = {
        "power": word("column.power"),
        "interest": word("column.interest"),
        "low": word("map.low"),
        "high": word("map.high"),
        "numbered": word("map.numbered"),
        "unnumbered": word("map.unnumbered"),
        "nobody": word("map.nobody"),
        "description": word("map.help"),
    }

    def drawn(size: tuple[float, float]) -> dict[str, Any]:
        return {
            lang: power_map(positions, quadrants, words, lang, title=where.title.get(lang, where.title["en"]), size=size)
            for lang in PAGE_LANGUAGES
        }

    statuses = {each.status for each in positions} | {"stated"}
    key = [
        *(
            KeyEntry(sign=key_scene(mark(14, 9, stance, hollow=False)), text=word(f"stance.{stance}"))
            for stance in STANCES
            if any(each.stance == stance for each in positions)
        ),
        KeyEntry(sign=key_scene(mark(14, 9, "unknown", hollow=True)), text=word("map.key.hollow")),
    ]
    if shaded(positions):
        key.append(KeyEntry(sign=key_shade(), text=word("map.key.shade")))
    else:
        key += [
            KeyEntry(sign=key_extent(s), text=word(f"map.key.{s}"))
            for s in ("stated", "inferred", "estimated")
            if s in statuses
        ]
        key.append(KeyEntry(sign=key_extent("unknown"), text=word("map.key.unknown")))
    moves = [move for each in positions for move in each.moves]
    if any(move.recommended for move in moves):
        key.append(KeyEntry(sign=key_line(ACCENT, (7, 4), arrow=True), text=word("map.key.recommended")))
    if any(not move.recommended for move in moves):
        key.append(KeyEntry(sign=key_line(SOFT, arrow=True), text=word("map.key.moved")))
    return Figure(
        id=f"map-{where.id}",
        title=where.title,
        scenes=drawn(wide),
        narrow=drawn(narrow),
        key=tuple(key),
        beside=True,
    )


def _facets(answers: Answers, rows: Sequence[Row]) -> tuple[Facet, ...]:
    lists = {"country": "", "type": "", "quadrants": "quadrant", "status": "status", "confidence": "confidence"}
    stances = [s for s in STANCES if any(s in row.values["stance"] for row in rows)]
    found = answers.facets(rows, lists)
    return (*found, answers.words_facet("stance", "column.stance", "stance", stances)) if len(stances) > 1 else found


VIEW = View(
    name="power-interest",
    parameters=(
        Parameter("country", "country", required=False),
        Parameter("issue", "issue", required=False),
        Parameter("type", "actor-type", required=False),
        Parameter("actor", "actor", required=False),
        Parameter("year", "year", required=False),
        Parameter("since", "year", required=False),
    ),
    by_country=True,
    hints={
        "country": "One grid per country; several stand side by side.",
        "since": "An earlier year, month or day: arrows show from where actors came.",
    },
    page=_page,
)
