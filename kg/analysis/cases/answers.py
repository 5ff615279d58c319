"""The short answers of every analysis, in one form: what scenarios compare and what robustness puts to the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.analysis.cases.model import Case
from kg.errors import AnalysisError

__all__ = ["ANALYSES", "Answer", "Answers", "Asked", "answers"]

Answer = float | bool | str | tuple[Any, ...] | None
"""A number, a truth, a word (the sentence `word.X` of `what-if`), ids of actors, groups of them, or None where there is none."""
Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Asked:
    """What analyses are asked about.

    on     ids of an instrument that positions are on; empty where the case was selected by issue
    topic  True where it is about an instrument or an issue, so that coalitions and feasibility make sense
    wishes of `kg coalition`, a `Wishes`; None for the usual ones
    k, alpha, weight  as for `kg camps`; `weight` and `quota` also as for `kg power`
    by, directed      as for `kg brokers`
    actor, normalisation  as for `kg allies`, which is asked only about an actor
    """

    on: Sequence[str] = ()
    topic: bool = False
    wishes: Any = None
    k: int = 2
    alpha: float = 0.5
    weight: str = ""
    quota: str | None = None
    by: str = "camp"
    directed: bool = False
    actor: str = ""
    normalisation: str = "none"
    time_limit: float | None = None


def _camps(case: Case, asked: Asked) -> Answers:
    from kg.analysis.cases.splits import split_case

    split = split_case(case, asked.k, asked.alpha, asked.weight, asked.time_limit)
    return {
        "contradicting": float(split.frustration),
        "division": tuple(sorted(camp for part in split.parts for camp in part.camps)),
        "changing": tuple(sorted(actor for part in split.parts for actor in part.changing)),
    }


def _coalition(case: Case, asked: Asked) -> Answers:
    from kg.analysis.cases.coalition_study import study_coalitions
    from kg.analysis.cases.standpoints import standpoints

    stand = standpoints(case, asked.on, interest=not asked.on) if asked.topic else None
    study = study_coalitions(case, stand, asked.wishes, time_limit=asked.time_limit, lifts=False)
    dear = max(study.tensions, key=lambda t: (t.price or 0.0, t.actor, t.other), default=None)
    return {
        "wins": bool(study.blocs),
        "cheapest": study.blocs[0].members if study.blocs else (),
        "coalitions": float(len(study.blocs)),
        "always": tuple(sorted(study.found.always)) if study.blocs else (),
        "strongest": float(study.found.strongest_power),
        "dearest": (dear.actor, dear.other) if dear and dear.price else (),
    }


def _power(case: Case, asked: Asked) -> Answers:
    from kg.analysis.cases.indices import index_case
    from kg.analysis.cases.power_report import MEASURES

    standings = index_case(case, weight=asked.weight, quota=asked.quota).actors
    found: dict[str, Answer] = {}
    for index in ("degree", "betweenness", "eigenvector", "relative-strength", "shapley-shubik"):
        values = {actor: round(MEASURES[index](s) or 0.0, 9) for actor, s in standings.items()}
        found[f"most-{index}"] = _first(values)
    return found


def _brokers(case: Case, asked: Asked) -> Answers:
    from kg.analysis.cases.brokering import broker_case

    brokers = broker_case(case, asked.by, directed=asked.directed, size=0).brokers
    return {
        "broker": _first({actor: float(b.roles.clear) for actor, b in brokers.items()}),
        "splits": tuple(sorted(actor for actor, b in brokers.items() if b.splits > 1)),
    }


def _feasibility(case: Case, asked: Asked) -> Answers:
    from kg.analysis.cases.feasible import study_feasibility

    found = study_feasibility(case, asked.on)
    low, high = found.support.total if found.support else (0.0, 0.0)
    return {
        "verdict": {1: "carried", -1: "rejected", 0: "open"}[found.sign],
        "low": low,
        "high": high,
        "middle": round((low + high) / 2, 9),
    }


def _allies(case: Case, asked: Asked) -> Answers:
    from kg.analysis.cases.alliances import likeness

    alike = likeness(case, asked.actor, asked.normalisation)
    friends = {
        t.target if t.source == asked.actor else t.source
        for t in case.ties
        if t.sign > 0 and asked.actor in (t.source, t.target)
    }
    return {
        "closest": _first({other: round(like.subtract, 9) for other, like in alike.items()}),
        "furthest": _first({other: -round(like.subtract, 9) for other, like in alike.items()}),
        "tied": tuple(sorted(friends)),
    }


def _first(values: Mapping[str, float]) -> tuple[str, ...]:
    """Who has the largest value above 0."""
    most = max(values.values(), default=0.0)
    return tuple(sorted(actor for actor, value in values.items() if most > 0 and value >= most))


ANALYSES: dict[str, Callable[[Case, Asked], Answers]] = {
    "camps": _camps,
    "coalition": _coalition,
    "feasibility": _feasibility,
    "brokers": _brokers,
    "power": _power,
    "allies": _allies,
}
"""Name of a command to its short answers."""


def answers(case: Case, asked: Asked, analyses: Sequence[str] = tuple(ANALYSES)) -> dict[tuple[str, str], Answer]:
    """(analysis, question) -> answer. An analysis that the case does not allow (no tie for or against, nobody of known power) has no
    answer and is missing; coalitions and feasibility are asked only about a topic."""
    found: dict[tuple[str, str], Answer] = {}
    for analysis in analyses:
        if analysis in ("coalition", "feasibility") and not asked.topic and len(analyses) > 1:
            continue
        if analysis == "allies" and not asked.actor:
            continue
        try:
            given = ANALYSES[analysis](case, asked)
        except AnalysisError:
            continue
        found |= {(analysis, question): answer for question, answer in given.items()}
    return found
