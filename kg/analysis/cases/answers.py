"""The short answers of every analysis, in one form: what scenarios compare and what robustness puts to the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

from kg.analysis.cases.model import Case
from kg.errors import AnalysisError

if TYPE_CHECKING:
    from kg.analysis.cases.brokering import Broker
    from kg.analysis.cases.indices import Standing

__all__ = [
    "ABOUT",
    "ANALYSES",
    "TESTED",
    "Answer",
    "Answers",
    "Asked",
    "answers",
    "brokers",
    "of_brokers",
    "of_standings",
    "standings",
]

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
    options      of `kg communities`, `kg mactor` and `kg discourse`, by the names that their functions give them
    scenarios, names  of `kg what-if`, and what the words of a scenario mean (`changing.Names`)
    everybody    True where it also asks for coalitions of everybody, without a topic
    """

    on: Sequence[str] = ()
    topic: bool = False
    wishes: Any = None
    k: int = 2
    alpha: float = 0.5
    weight: str = ""
    quota: str | None = None
    by: str = ""
    directed: bool = False
    actor: str = ""
    normalisation: str = "none"
    time_limit: float | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    scenarios: Sequence[Any] = ()
    names: Any = None
    everybody: bool = False


def _camps(case: Case, asked: Asked) -> Answers:
    from kg.analysis.cases.splits import split_case

    split = split_case(case, asked.k, asked.alpha, asked.weight, asked.time_limit)
    changing = {actor for part in split.parts for actor in part.changing}
    camps = (tuple(a for a in camp if a not in changing) for part in split.parts for camp in part.camps)
    decided = tuple(sorted(filter(None, camps)))  # which of equally good splits is found is no answer
    return {
        "contradicting": float(split.frustration),
        "division": decided or "open",
        "changing": tuple(sorted(changing)),
        **({} if split.balanced is None else {"balanced": round(split.balanced, 9)}),
    }


def _coalition(case: Case, asked: Asked) -> Answers:
    from kg.analysis.cases.coalition_study import study_coalitions
    from kg.analysis.cases.standpoints import standpoints

    stand = standpoints(case, asked.on, interest=not asked.on) if asked.topic else None
    study = study_coalitions(case, stand, asked.wishes, time_limit=asked.time_limit, lifts=False)
    dear = max(study.tensions, key=lambda t: (t.least, t.actor, t.other), default=None)
    rivals = any(t.most > dear.least for t in study.tensions if dear and t is not dear)
    return {
        "wins": bool(study.blocs),
        "cheapest": study.blocs[0].members if study.blocs else (),
        "coalitions": float(len(study.blocs)),
        "always": tuple(sorted(study.found.always)) if study.blocs else (),
        "strongest": float(study.found.strongest_power),
        "dearest": "open" if rivals else (dear.actor, dear.other) if dear and dear.least else (),
    }


def _power(case: Case, asked: Asked) -> Answers:
    return of_standings(standings(case, asked))


def standings(case: Case, asked: Asked) -> Mapping[str, Standing]:
    """Every actor's standing, by id; errors as `index_case`."""
    from kg.analysis.cases.indices import index_case

    return index_case(case, weight=asked.weight, quota=asked.quota).actors


def of_standings(standings: Mapping[str, Standing]) -> Answers:
    """The short answers of `kg power`."""
    from kg.analysis.cases.power_report import MEASURES

    found: dict[str, Answer] = {}
    for index in ("degree", "betweenness", "eigenvector", "relative-strength", "shapley-shubik"):
        values = {actor: round(MEASURES[index](s) or 0.0, 9) for actor, s in standings.items()}
        if any(values.values()):  # without declared influence or assessed power nobody can be first
            found[f"most-{index}"] = _first(values)
    return found


def _brokers(case: Case, asked: Asked) -> Answers:
    return of_brokers(brokers(case, asked))


def brokers(case: Case, asked: Asked) -> Mapping[str, Broker]:
    """Every actor as a broker, by id; errors as `broker_case`."""
    from kg.analysis.cases.brokering import broker_case

    return broker_case(case, asked.by, directed=asked.directed, size=0).brokers


def of_brokers(brokers: Mapping[str, Broker]) -> Answers:
    """The short answers of `kg brokers`."""
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
    from kg.analysis.cases.alliances import leanings

    leaning = leanings(case, asked.actor, asked.normalisation)
    friends = {
        t.target if t.source == asked.actor else t.source
        for t in case.ties
        if t.sign > 0 and asked.actor in (t.source, t.target)
    }
    return {
        "closest": _first({other: round(value, 9) for other, value in leaning.items()}),
        "furthest": _first({other: -round(value, 9) for other, value in leaning.items()}),
        "tied": tuple(sorted(friends)),
    }


def _communities(case: Case, asked: Asked) -> Answers:
    from kg.analysis.cases.circles import group_case

    found = group_case(case, **asked.options).found.communities
    return {
        "number": float(len(found)),
        "largest": tuple(sorted(found[0])),
        "division": tuple(sorted(tuple(sorted(members)) for members in found)),
    }


def _mactor(case: Case, asked: Asked) -> Answers:
    from kg.analysis.cases.objectives import mactor_case

    found = mactor_case(case, **asked.options)
    pairs = list(combinations(sorted(found.strength), 2))
    return {
        "closest": _first_pair({(a, b): found.convergence[3][a][b] for a, b in pairs}),
        "furthest": _first_pair({(a, b): found.divergence[3][a][b] for a, b in pairs}),
        **(
            {} if found.notes else {"strongest": _first({actor: round(value, 9) for actor, value in found.strength.items()})}
        ),
        "mobilised": _first({actor: round(value, 9) for actor, value in found.mobilisation.items()}),
    }


def _discourse(case: Case, asked: Asked) -> Answers:
    from kg.analysis.cases.discourses import statements_of
    from kg.analysis.discourse import discourse_network

    found = discourse_network(statements_of(case), **asked.options)
    totals = {actor: round(sum(row), 9) for actor, row in zip(found.rows, found.matrix, strict=True)}
    if found.rows != found.columns:
        return {"central": _first(totals)}
    pairs = {(a, b): found.weight(a, b) for a, b in combinations(sorted(found.rows), 2)}
    return {"closest": _first_pair(pairs), "central": _first(totals)}


def _what_if(case: Case, asked: Asked) -> Answers:
    """For each scenario and each question of the other analyses that it changes: the answer today and in the scenario."""
    from kg.analysis.cases.changing import as_far_as_possible

    today = answers(case, asked)
    found: dict[str, Answer] = {}
    for number, scenario in enumerate(asked.scenarios, 1):
        then = answers(as_far_as_possible(case, scenario, asked.names), asked)
        for analysis, question in sorted({*today, *then}):
            before, after = today.get((analysis, question)), then.get((analysis, question))
            found[f"{number}.{analysis}.{question}"] = _direction(before, after)
    return found


def _direction(before: Answer, after: Answer) -> str:
    """How an answer changes: a word."""
    if before == after:
        return "same"
    if isinstance(before, float) and isinstance(after, float):
        return "more" if after > before else "less"
    return "different"


def _first_pair(values: Mapping[tuple[str, str], float]) -> tuple[Any, ...]:
    """The pair with the largest value above 0, or the pairs where they are several."""
    rounded = {pair: round(value, 9) for pair, value in values.items()}
    most = max(rounded.values(), default=0.0)
    pairs = tuple(sorted(pair for pair, value in rounded.items() if most > 0 and value >= most))
    return pairs[0] if len(pairs) == 1 else pairs


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
"""Name of a command to its short answers: what scenarios compare."""

ABOUT = ("coalition", "feasibility")
"""Those that are about a law or an issue, and asked only where one was named."""

TESTED = {**ANALYSES, "communities": _communities, "mactor": _mactor, "discourse": _discourse, "what-if": _what_if}
"""The same of everything that can be put to the test."""


def makes_sense(analysis: str, asked: Asked) -> bool:
    """Whether an analysis is compared: those about a law or an issue only where there is one, coalitions of everybody on request."""
    return asked.topic or analysis not in ABOUT or (asked.everybody and analysis == "coalition")


def answers(case: Case, asked: Asked, analyses: Sequence[str] = tuple(ANALYSES)) -> dict[tuple[str, str], Answer]:
    """(analysis, question) -> answer. An analysis that the case does not allow (no tie for or against, nobody of known power) has no
    answer and is missing; coalitions and feasibility are asked only about a topic."""
    found: dict[tuple[str, str], Answer] = {}
    for analysis in analyses:
        if len(analyses) > 1 and not makes_sense(analysis, asked):
            continue
        if analysis == "allies" and not asked.actor:
            continue
        try:
            given = TESTED[analysis](case, asked)
        except AnalysisError:
            continue
        found |= {(analysis, question): answer for question, answer in given.items()}
    return found
