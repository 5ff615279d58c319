"""How few codings have to change for an answer to change."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.analysis.cases.answers import Answer
from kg.analysis.cases.codings import Coding, Drawn, Opposite, Value, as_coded
from kg.analysis.cases.trials import Trials, late

__all__ = ["Margin", "margins_of"]

_TESTS = 600
"""Sets of changes of one size that are tried at most; beyond, the margin is a bound."""
_SCENARIO_TESTS = 100
"""The same of scenarios, each of which carries out every analysis."""


@dataclass(frozen=True, slots=True)
class Margin:
    """The fewest codings that have to change for the answer to change: at least `low`, and `high` are known to do (None: no set is
    known); the margin is exact where both are the same. `codings` is such a set; `turned` holds the keys of those of which the
    opposite has to hold."""

    low: int
    high: int | None
    codings: tuple[Coding, ...]
    turned: frozenset[str] = frozenset()


def margins_of(
    trials: Trials,
    found: Sequence[Coding],
    questions: Sequence[str],
    drawn: Sequence[Drawn],
    given: Sequence[Mapping[str, Answer]],
    end: float | None,
    progress: Callable[[str], None] | None,
) -> tuple[dict[str, Margin], str]:
    """(the margin of each answer, by all single changes, then pairs, then a bound from the draws that flip it; "interrupted" where
    Ctrl-C ended that, and what was not tried by then leaves a margin open)."""
    single = [(coding, value) for coding in found for value in _changes(coding)]
    margins: dict[str, Margin] = {}
    least, cut = 1, ""
    keys = {coding.key: coding for coding in found}
    try:
        for size in (1, 2):
            most = _SCENARIO_TESTS if trials.analysis == "what-if" else _TESTS
            if math.comb(len(single), size) > most or not _try(trials, single, size, questions, margins, end, progress):
                break
            least = size + 1
        for question in questions:
            if question not in margins:
                margins[question] = _bound(trials, question, keys, drawn, given, least, end)
    except KeyboardInterrupt:
        cut = "interrupted"
    return {q: margins.get(q) or Margin(least, None, ()) for q in questions}, cut


def _changes(coding: Coding) -> list[Value]:
    """What one coding can be changed to: dropped, its opposite, or an end of its interval."""
    if coding.kind not in ("power", "interest"):
        return [None, Opposite()] if coding.reversal else [None]
    low, high = coding.interval or (0.0, 0.0)
    return [low, high] if high > low else []


def _try(
    trials: Trials,
    single: Sequence[tuple[Coding, Value]],
    size: int,
    questions: Sequence[str],
    margins: dict[str, Margin],
    end: float | None,
    progress: Callable[[str], None] | None,
) -> bool:
    """Tries all sets of so many changes and notes which answers they flip; False where time ended before all were tried."""
    for n, chosen in enumerate(combinations(single, size)):
        open_ = [question for question in questions if question not in margins]
        if not open_:
            return True
        if late(end):
            return False
        if progress and n % 20 == 0:
            progress(f"kg {trials.analysis}: changes of {size}, {n} tried")
        if len({coding.key for coding, _ in chosen}) == size:
            answered = trials.answers({coding.key: value for coding, value in chosen})
            for question in open_:
                if answered.get(question) != trials.base[trials.analysis, question]:
                    margins[question] = Margin(size, size, tuple(coding for coding, _ in chosen), _turned(chosen))
    return True


def _bound(
    trials: Trials,
    question: str,
    keys: Mapping[str, Coding],
    drawn: Sequence[Drawn],
    given: Sequence[Mapping[str, Answer]],
    least: int,
    end: float | None,
) -> Margin:
    """A margin from the flipping draw with the fewest drops, every change taken back that is not needed."""
    flipped = [
        one for one, row in zip(drawn, given, strict=True) if row.get(question) != trials.base[trials.analysis, question]
    ]
    if not flipped:
        return Margin(least, None, ())
    fewest = min(flipped, key=_drops)
    kept = dict(fewest)
    for key in sorted(kept, key=lambda k: (not as_coded(kept[k]), k)):
        if late(end):
            break
        fewer = {k: v for k, v in kept.items() if k != key}
        if trials.flips(fewer, question):
            kept = fewer
    changed = [(keys[key], kept[key]) for key in sorted(kept)]
    return Margin(min(least, len(kept)), len(kept), tuple(coding for coding, _ in changed), _turned(changed))


def _turned(changes: Sequence[tuple[Coding, Value]]) -> frozenset[str]:
    return frozenset(coding.key for coding, value in changes if isinstance(value, Opposite))


def _drops(one: Drawn) -> tuple[int, list[str]]:
    """How many facts a draw drops or reverses, and which."""
    gone = sorted(key for key, value in one.items() if not as_coded(value))
    return len(gone), gone
