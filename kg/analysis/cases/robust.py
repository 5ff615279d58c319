"""How far an answer can be relied on: in what share of draws it holds, how few codings flip it, and which it hangs on."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from kg.analysis.cases.answers import Answer, Asked
from kg.analysis.cases.codings import Coding, Drawn, Value, as_coded, codings, draw
from kg.analysis.cases.margins import Margin, margins_of
from kg.analysis.cases.model import Case
from kg.analysis.cases.scenario import Scenario
from kg.analysis.cases.standpoints import standpoints
from kg.analysis.cases.trials import Trials, answered, late
from kg.analysis.partition.clock import Clock
from kg.errors import AnalysisError, InputError

__all__ = ["Hinge", "Outcome", "Robustness", "put_to_test"]

_FEW = 8
"""Draws that each side needs before a coding is said to matter."""
_CLEAR = 3.0
"""Standard errors by which the two halves have to differ: with some fifty codings, chance alone hardly makes more."""
_ROUNDING = 1e-9
_QUESTIONS = {
    "camps": ("contradicting", "division", "changing"),
    "feasibility": ("verdict",),
    "coalition": ("wins", "cheapest", "always", "dearest"),
}
"""Where only some short answers can be put to the test: the rest are measured on a scale, and no draw gives the very same."""


@dataclass(frozen=True, slots=True)
class Hinge:
    """The coding that an answer hangs on most: the share of draws in which it holds where the coding is as coded (or in the upper
    half of its draws), less the share where it is dropped or reversed (or in the lower half)."""

    coding: Coding
    effect: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One short answer put to the test.

    share        of draws in which it is the same
    other        the most frequent other answer, and `other_share` how often; None where there was none
    """

    question: str
    answer: Answer
    share: float
    other: Answer
    other_share: float
    hinge: Hinge | None
    margin: Margin


@dataclass(frozen=True, slots=True)
class Robustness:
    """The short answers of an analysis, put to the test; `probabilities` and `reversals` by confidence as used, `stopped` why it ended
    early."""

    analysis: str
    draws: int
    seed: int
    probabilities: Mapping[str, float]
    codings: int
    tested: tuple[Outcome, ...]
    stopped: str = ""
    reversals: Mapping[str, float] = field(default_factory=dict)
    scenarios: tuple[Scenario, ...] = ()


def put_to_test(
    case: Case,
    analysis: str,
    asked: Asked,
    draws: int,
    *,
    seed: int = 0,
    probabilities: Mapping[str, float] | None = None,
    reversals: Mapping[str, float] | None = None,
    time_limit: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Robustness:
    """The short answers of an analysis with the share of draws in which each holds, its margin, and what it hangs on most.

    Draws
        Each fact holds as coded with the probability that its confidence stands for, its opposite with the probability of reversal,
        and is dropped else (`probabilities` and `reversals` override them by level); values lie anywhere in their intervals, each
        as likely. Codings are drawn independently, which errors of one coder are not.

    Margin
        Dropping a fact, taking its opposite, or moving a value to an end of its interval, is one change. All single changes are
        tried, then pairs while the number of trials allows; a draw that flips the answer, with every change taken back that is not
        needed, bounds it above.

    Ctrl-C
        It ends the draw under way at once; what was drawn and tried before is told. Before a first draw it is a KeyboardInterrupt.

    Errors: InputError for fewer than one draw or a probability outside of 0 to 1, AnalysisError where the case has no answer.

    Source
        Idea: Morgan & Henrion 1990, Uncertainty; margins as in robustness of election results.
    """
    if draws < 1:
        raise InputError(f"--robust {draws}: give the number of draws, at least 1")
    given, turning = dict(probabilities or {}), dict(reversals or {})
    for option, levels in (("probability", given), ("reversal", turning)):
        for level, value in levels.items():
            if not 0 <= value <= 1:
                raise InputError(f"--{option} {level}={value:g}: a probability is from 0 to 1")
    clock = Clock()
    with clock.listening():
        base = answered(case, analysis, asked, clock)
        if not base:
            raise AnalysisError(
                f"--robust: kg {analysis} has no answer on these facts, so there is nothing to put to the test"
            )
        about = _about(case, asked) if asked.topic else None
        found = codings(case, analysis, about)
        _check_together(found, given, turning)
        random = Random(seed)  # noqa: S311  # draws that repeat, not secrets
        questions = _testable(analysis, base)
        end = None if time_limit is None else time.monotonic() + time_limit
        trials = Trials(case, analysis, asked, base, clock)
        drawn, given_answers, stopped = _draws(trials, lambda: draw(found, random, given, turning), draws, end, progress)
        margins, cut = margins_of(trials, found, questions, drawn, given_answers, end, progress)
    return Robustness(
        analysis,
        len(drawn),
        seed,
        {c.confidence: given.get(c.confidence, c.probability) for c in found if c.probability < 1},
        len(found),
        tuple(_tested(q, base[analysis, q], found, drawn, given_answers, margins[q]) for q in questions),
        stopped or cut,
        {c.confidence: turning.get(c.confidence, c.reversal) for c in found if c.reversal},
        tuple(asked.scenarios),
    )


def _check_together(found: Sequence[Coding], given: Mapping[str, float], turning: Mapping[str, float]) -> None:
    """Nothing, or InputError where a fact would hold and be reversed with more than certainty together."""
    for coding in found:
        level = coding.confidence
        if coding.reversal and level in turning:
            holds = given.get(level, coding.probability)
            if holds + turning[level] > 1 + _ROUNDING:
                raise InputError(
                    f"--reversal {level}={turning[level]:g}: with the probability {holds:g} that such a fact holds, more than 1; "
                    f"give {1 - holds:g} or less, or lower --probability {level}"
                )


def _testable(analysis: str, base: Mapping[tuple[str, str], Answer]) -> list[str]:
    """The answers that are put to the test; of scenarios what they change, or everything where they change nothing."""
    if analysis == "what-if":
        changed = [question for (_, question), answer in base.items() if answer != "same"]
        return changed or [question for _, question in base]
    kept = _QUESTIONS.get(analysis)
    return [question for _, question in base if kept is None or question in kept]


def _about(case: Case, asked: Asked) -> list[str]:
    """Who takes part in a matter: by its position, or because it was named."""
    named = [*asked.wishes.required, *asked.wishes.also] if asked.wishes else []
    return [*standpoints(case, asked.on, interest=not asked.on), *named]


def _draws(
    trials: Trials,
    one_draw: Callable[[], dict[str, Value]],
    draws: int,
    end: float | None,
    progress: Callable[[str], None] | None,
) -> tuple[list[dict[str, Value]], list[dict[str, Answer]], str]:
    drawn: list[dict[str, Value]] = []
    given: list[dict[str, Answer]] = []
    try:
        for n in range(draws):
            if late(end) and n:
                return drawn, given, "time limit"
            if progress and n % 10 == 0:
                progress(f"kg {trials.analysis}: draw {n + 1} of {draws}")
            one = one_draw()
            given.append(trials.answers(one))
            drawn.append(one)
    except KeyboardInterrupt:
        if not drawn:
            raise
        return drawn, given[: len(drawn)], "interrupted"
    return drawn, given, ""


def _tested(
    question: str,
    answer: Answer,
    found: Sequence[Coding],
    drawn: Sequence[Drawn],
    given: Sequence[Mapping[str, Answer]],
    margin: Margin,
) -> Outcome:
    holds = [row.get(question) == answer for row in given]
    others = Counter(row.get(question) for row, same in zip(given, holds, strict=True) if not same)
    other, times = min(others.items(), key=lambda entry: (-entry[1], repr(entry[0])), default=(None, 0))
    return Outcome(question, answer, sum(holds) / len(holds), other, times / len(holds), _hinge(found, drawn, holds), margin)


def _hinge(found: Sequence[Coding], drawn: Sequence[Drawn], holds: Sequence[bool]) -> Hinge | None:
    """The coding whose two halves of the draws differ most clearly in how often the answer holds; None where none is clear."""
    best, clearest = None, _CLEAR
    overall = sum(holds) / len(holds)
    for coding in found:
        values = [one.get(coding.key, math.inf) for one in drawn]
        if coding.kind in ("power", "interest"):
            numbers = [value if isinstance(value, float) else math.inf for value in values]
            middle = sorted(numbers)[len(numbers) // 2]
            upper = [value >= middle for value in numbers]
        else:
            upper = [as_coded(value) for value in values]
        inside = [h for h, up in zip(holds, upper, strict=True) if up]
        outside = [h for h, up in zip(holds, upper, strict=True) if not up]
        if min(len(inside), len(outside)) < _FEW:
            continue
        effect = sum(inside) / len(inside) - sum(outside) / len(outside)
        error = math.sqrt(overall * (1 - overall) * (1 / len(inside) + 1 / len(outside)))
        if error and abs(effect) / error > clearest + 1e-9:
            best, clearest = Hinge(coding, effect), abs(effect) / error
    return best
