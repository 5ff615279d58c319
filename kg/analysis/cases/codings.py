"""The codings that an answer rests on, each of which may be wrong or lie anywhere in its interval; cases drawn from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from kg.analysis.cases.model import Assessment, Case, Interval, Involvement, Position

__all__ = ["Coding", "Drawn", "case_with", "codings", "draw"]

Drawn = Mapping[str, float | None]
"""Key of a coding to what it is drawn as: a value, or None where the fact is dropped. What is missing stays as coded."""

_SCALE: Interval = (0.0, 1.0)
_USES: dict[str, tuple[str, ...]] = {
    "camps": ("signed",),
    "brokers": ("tie",),
    "power": ("tie", "power"),
    "coalition": ("against", "position", "involvement", "power", "interest"),
    "feasibility": ("position", "involvement", "power"),
    "allies": ("tie", "position"),
}
"""What each analysis looks at: all ties, those with a sign or those against; positions; assessments of a dimension."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One thing that was coded.

    key         names it in a draw
    kind        tie, position, involvement, power or interest
    fact        id of the fact; of several assessments of one actor the first
    confidence  high, medium or low
    probability what the ontology says this stands for
    interval    where its value may lie; None for a fact that either holds or does not
    label       in words
    iri         of the fact
    """

    key: str
    kind: str
    fact: str
    confidence: str
    probability: float
    interval: Interval | None
    label: str
    iri: str = ""


def codings(case: Case, analysis: str, about: Sequence[str] | None = None) -> list[Coding]:
    """The codings of a case that an analysis looks at, by key in order; with `about`, only of these actors and between them.

    An inherited tie is a coding of its own that falls with its premise. Several assessments of one dimension of an actor are one, as
    wide as all of them together.
    """
    uses = _USES[analysis]
    among = None if about is None else set(about)
    found = []
    for tie in case.ties:
        between = among is None or {tie.source, tie.target} <= among
        looked = "tie" in uses or ("signed" in uses and tie.sign) or ("against" in uses and tie.sign < 0 and between)
        if looked and not tie.classifies:
            label = tie.label or f"{case.label(tie.source)} – {case.label(tie.target)}"
            found.append(Coding(f"tie {tie.id}", "tie", tie.id, tie.confidence, tie.probability, None, label, tie.iri))
    for position in case.positions if "position" in uses else ():
        if position.sign is not None and (among is None or position.actor in among):
            found.append(_sided(case, "position", position, position.interval))
    for involved in case.involvements if "involvement" in uses else ():
        if among is None or involved.actor in among:
            sign = 4.0 * involved.sign
            found.append(_sided(case, "involvement", involved, (min(0.0, sign), max(0.0, sign)) if sign else None))
    for dimension in ("power", "interest"):
        if dimension in uses:
            found += _assessed(case, dimension, among)
    return sorted(found, key=lambda coding: coding.key)


def _sided(case: Case, kind: str, fact: Position | Involvement, interval: Interval | None) -> Coding:
    label = f"{case.label(fact.actor)} – {fact.on_label or fact.on}"
    return Coding(f"{kind} {fact.id}", kind, fact.id, fact.confidence, fact.probability, interval, label, fact.iri)


def _assessed(case: Case, dimension: str, among: set[str] | None) -> list[Coding]:
    hulls = case.power() if dimension == "power" else case.assessed(dimension)
    names = ("power", "votes") if dimension == "power" else (dimension,)
    found = []
    for actor, interval in hulls.items():
        items = [a for a in case.assessments if a.actor == actor and a.dimension in names]
        if among is None or actor in among:
            least = min(items, key=lambda a: (a.probability, a.id))
            found.append(
                Coding(
                    f"{dimension} {actor}",
                    dimension,
                    items[0].id,
                    least.confidence,
                    1.0 if least.status in ("given", "assumed") else least.probability,
                    interval,
                    f"{case.label(actor)} – {dimension}",
                    items[0].iri,
                )
            )
    return found


def draw(found: Sequence[Coding], random: Random, probabilities: Mapping[str, float]) -> dict[str, float | None]:
    """One draw: what each coding is, in the order of the codings, so that a seed gives the same draws everywhere.

    A relation, position or involvement holds with the probability of its confidence and is dropped otherwise. A position that holds
    lies anywhere in its interval. An assessment lies anywhere in its interval if the coder is right; if not, anywhere on the scale.
    """
    drawn: dict[str, float | None] = {}
    for coding in found:
        right = random.random() < probabilities.get(coding.confidence, coding.probability) or coding.probability >= 1
        where = random.random()
        if coding.kind in ("power", "interest"):
            low, high = coding.interval or _SCALE
            if not right:
                low, high = _SCALE[0], max(_SCALE[1], high)
            drawn[coding.key] = low + (high - low) * where
        elif not right:
            drawn[coding.key] = None
        elif coding.interval is not None:
            low, high = coding.interval
            drawn[coding.key] = low + (high - low) * where
    return drawn


def case_with(case: Case, drawn: Drawn) -> Case:
    """The case with its codings as drawn, values to two decimals, finer than anybody codes. A relation that takes a side, drawn as a
    degree, becomes a position."""
    gone = {key for key, value in drawn.items() if value is None}
    points = {key: (round(value, 2), round(value, 2)) for key, value in drawn.items() if value is not None}
    assessed = [(kind, actor) for kind, _, actor in (key.partition(" ") for key in points) if kind in ("power", "interest")]
    replaced = {(name, actor) for kind, actor in assessed for name in ({"power", "votes"} if kind == "power" else {kind})}
    positions = [
        replace(p, interval=points.get(f"position {p.id}", p.interval))
        for p in case.positions
        if f"position {p.id}" not in gone
    ]
    for item in case.involvements:
        if f"involvement {item.id}" in points:
            point = points[f"involvement {item.id}"]
            positions.append(Position(f"drawn-{item.id}", item.actor, item.on, sign=item.sign, interval=point))
    kept = [a for a in case.assessments if (a.dimension, a.actor) not in replaced]
    kept += [Assessment(f"drawn-{kind}-{actor}", actor, kind, points[f"{kind} {actor}"]) for kind, actor in assessed]
    return replace(
        case,
        ties=tuple(t for t in case.ties if f"tie {t.id}" not in gone and f"tie {t.premise}" not in gone),
        positions=tuple(sorted(positions, key=lambda p: p.id)),
        involvements=tuple(
            i for i in case.involvements if f"involvement {i.id}" not in gone and f"involvement {i.id}" not in points
        ),
        assessments=tuple(sorted(kept, key=lambda a: a.id)),
    )
