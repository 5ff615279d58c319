"""The codings that an answer rests on, each of which may be wrong or lie anywhere in its interval; cases drawn from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from kg.analysis.cases.model import Assessment, Case, CaseTie, Interval, Involvement, Position

__all__ = ["Coding", "Drawn", "Opposite", "Value", "as_coded", "case_with", "codings", "draw"]


@dataclass(frozen=True, slots=True)
class Opposite:
    """What a fact with a side is drawn as when the opposite holds: for is against, and a degree lies at `value` on the other side."""

    value: float | None = None


Value = float | Opposite | None
Drawn = Mapping[str, Value]
"""Key of a coding to what it is drawn as: a value, the opposite, or None where the fact is dropped. What is missing stays as coded."""

_SCALE: Interval = (0.0, 1.0)
_USES: dict[str, tuple[str, ...]] = {
    "camps": ("signed",),
    "brokers": ("tie",),
    "power": ("tie", "power"),
    "coalition": ("against", "position", "involvement", "power", "interest"),
    "feasibility": ("position", "involvement", "power"),
    "allies": ("tie", "position"),
    "communities": ("tie",),
    "mactor": ("influence", "position"),
    "discourse": ("position",),
    "what-if": ("tie", "position", "involvement", "power", "interest"),
}
"""What each analysis looks at: all ties, those with a sign, those against or for between whom it is about, or declared influences;
positions; assessments of a dimension."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One thing that was coded.

    key         names it in a draw
    kind        tie, position, involvement, power or interest
    fact        id of the fact; of several assessments of one actor the first
    confidence  high, medium or low
    probability what the ontology says this stands for; `reversal` the probability that the opposite holds, 0 for what has none
    interval    where its value may lie; None for a fact that either holds or does not
    label       in words
    iri         of the fact
    scale       where its value lies if it was coded wrongly
    stance      whose stance on what it tells, the same for all codings of that one stance; empty for what tells none
    """

    key: str
    kind: str
    fact: str
    confidence: str
    probability: float
    interval: Interval | None
    label: str
    iri: str = ""
    reversal: float = 0.0
    scale: Interval = _SCALE
    stance: str = ""


def as_coded(value: Value) -> bool:
    """Whether a fact that is drawn so holds as it was coded."""
    return value is not None and not isinstance(value, Opposite)


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
        sided = ("signed" in uses and tie.sign) or ("against" in uses and between and (tie.sign < 0 or tie.reversal))
        looked = "tie" in uses or sided or ("influence" in uses and tie.influence)
        if looked and not tie.classifies:
            label = tie.label or f"{case.label(tie.source)} – {case.label(tie.target)}"
            turns = tie.reversal if tie.sign else 0.0
            found.append(
                Coding(f"tie {tie.id}", "tie", tie.id, tie.confidence, tie.probability, None, label, tie.iri, turns)
            )
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
    turns = fact.reversal if fact.sign else 0.0
    return Coding(
        f"{kind} {fact.id}",
        kind,
        fact.id,
        fact.confidence,
        fact.probability,
        interval,
        label,
        fact.iri,
        turns,
        stance=f"{fact.actor} {fact.on}",
    )


def _assessed(case: Case, dimension: str, among: set[str] | None) -> list[Coding]:
    hulls = case.power() if dimension == "power" else case.assessed(dimension)
    name = case.weighed_by if dimension == "power" else dimension
    scale = case.scale if dimension == "power" else _SCALE
    found = []
    for actor, interval in hulls.items():
        items = [a for a in case.assessments if a.actor == actor and a.dimension == name]
        if among is None or actor in among:
            least = min(items, key=lambda a: (a.probability, a.id))
            # votes are counted: where the source says them plainly there is nothing to doubt
            counted = name == "votes" and least.confidence == "high"
            found.append(
                Coding(
                    f"{dimension} {actor}",
                    dimension,
                    items[0].id,
                    least.confidence,
                    1.0 if counted or least.status in ("given", "assumed") else least.probability,
                    interval,
                    f"{case.label(actor)} – {dimension}",
                    items[0].iri,
                    scale=scale,
                )
            )
    return found


def draw(
    found: Sequence[Coding],
    random: Random,
    probabilities: Mapping[str, float],
    reversals: Mapping[str, float] | None = None,
) -> dict[str, Value]:
    """One draw: what each coding is, in the order of the codings, so that a seed gives the same draws everywhere.

    A relation, position or involvement holds as coded with the probability of its confidence. If not, the opposite holds with the
    probability of reversal, and else nothing does: the fact is dropped. `probabilities` and `reversals` override both by level; where
    only the first is overridden, the same share of what is wrong is reversed. A position that holds lies anywhere in its interval,
    the opposite anywhere in the same interval on the other side. An assessment lies anywhere in its interval if the coder is right;
    if not, anywhere on the scale.

    Several codings of one stance are right or wrong each by itself, but the stance has one degree: those drawn on the same side share
    it, inside of all their intervals. Where no degree is, they contradict each other, and each keeps its own.
    """
    drawn: dict[str, Value] = {}
    told: dict[tuple[str, int], dict[str, Interval]] = {}
    places: dict[str, float] = {}
    for coding in found:
        chance, where = random.random(), random.random()
        holds = probabilities.get(coding.confidence, coding.probability)
        right = chance < holds or coding.probability >= 1
        low, high = coding.interval or _SCALE
        if coding.kind in ("power", "interest"):
            if not right:
                low, high = coding.scale
            drawn[coding.key] = low + (high - low) * where
            continue
        reverse = not right and chance >= 1 - _reversal(coding, holds, reversals or {})
        if not right:
            drawn[coding.key] = Opposite() if reverse else None
        if coding.interval is not None and (right or reverse):
            low, high = (-high, -low) if reverse else (low, high)
            told.setdefault((coding.stance, (low + high > 0) - (low + high < 0)), {})[coding.key] = low, high
            places.setdefault(coding.stance, where)
    for (stance, _), intervals in told.items():
        for key, value in _degrees(intervals, places[stance]).items():
            drawn[key] = Opposite(value) if key in drawn else value
    return {coding.key: drawn[coding.key] for coding in found if coding.key in drawn}


def _degrees(intervals: Mapping[str, Interval], place: float) -> dict[str, float]:
    """The degree that codings tell, at that place in what they have in common, or each in its own interval where that is nothing."""
    low, high = max(least for least, _ in intervals.values()), min(most for _, most in intervals.values())
    shared = {key: (low, high) if low <= high else own for key, own in intervals.items()}
    return {key: least + (most - least) * place for key, (least, most) in shared.items()}


def _reversal(coding: Coding, holds: float, reversals: Mapping[str, float]) -> float:
    """The probability that the opposite of a coding holds that holds as coded with a probability."""
    if not coding.reversal:
        return 0.0
    if coding.confidence in reversals:
        return reversals[coding.confidence]
    return coding.reversal * (1 - holds) / (1 - coding.probability)


def case_with(case: Case, drawn: Drawn) -> Case:
    """The case with its codings as drawn, values to two decimals, finer than anybody codes. A relation that takes a side, drawn as a
    degree, becomes a position where no position is left that tells that side: beside one it says no more than the side, drawn as it
    is when read. What is inherited falls, and turns into its opposite, with what it is inherited from."""
    gone = {key for key, value in drawn.items() if value is None}
    turned = {key for key, value in drawn.items() if isinstance(value, Opposite)}
    values = {key: value.value if isinstance(value, Opposite) else value for key, value in drawn.items()}
    points = {key: (round(value, 2), round(value, 2)) for key, value in values.items() if value is not None}
    assessed = [(kind, actor) for kind, _, actor in (key.partition(" ") for key in points) if kind in ("power", "interest")]
    name = {"power": case.weighed_by, "interest": "interest"}
    replaced = {(name[kind], actor) for kind, actor in assessed}
    positions = [_drawn_position(p, points, turned) for p in case.positions if f"position {p.id}" not in gone]
    told = {(p.actor, p.on, p.sign) for p in positions}
    involvements = []
    for item in case.involvements:
        key = f"involvement {item.id}"
        sign = -item.sign if key in turned else item.sign
        if key in points and (item.actor, item.on, sign) not in told:
            positions.append(Position(f"drawn-{item.id}", item.actor, item.on, sign=sign, interval=points[key]))
        elif key not in gone:
            involvements.append(replace(item, sign=sign))
    kept = [a for a in case.assessments if (a.dimension, a.actor) not in replaced]
    kept += [Assessment(f"drawn-{kind}-{actor}", actor, name[kind], points[f"{kind} {actor}"]) for kind, actor in assessed]
    return replace(
        case,
        ties=tuple(_drawn_tie(t, turned) for t in case.ties if f"tie {t.id}" not in gone and f"tie {t.premise}" not in gone),
        positions=tuple(sorted(positions, key=lambda p: p.id)),
        involvements=tuple(involvements),
        assessments=tuple(sorted(kept, key=lambda a: a.id)),
    )


def _drawn_tie(tie: CaseTie, turned: set[str]) -> CaseTie:
    turns = sum(f"tie {key}" in turned for key in (tie.id, tie.premise) if key)
    return replace(tie, sign=-tie.sign) if turns % 2 else tie


def _drawn_position(position: Position, points: Mapping[str, Interval], turned: set[str]) -> Position:
    key = f"position {position.id}"
    interval = points.get(key, position.interval)
    if key not in turned or position.sign is None:
        return replace(position, interval=interval)
    if key not in points and interval is not None:
        interval = -interval[1], -interval[0]
    return replace(position, sign=-position.sign, interval=interval)
