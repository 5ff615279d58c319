"""Answers of a case with some of its codings changed, for putting them to the test."""

from __future__ import annotations

import time
from collections.abc import Mapping

from kg.analysis.cases.answers import Answer, Asked, answers
from kg.analysis.cases.codings import Drawn, case_with
from kg.analysis.cases.model import Case
from kg.analysis.partition.clock import Clock, StopSearch
from kg.errors import InputError

__all__ = ["Trials", "answered", "late"]


def answered(case: Case, analysis: str, asked: Asked, clock: Clock) -> dict[tuple[str, str], Answer]:
    """The answers; KeyboardInterrupt at once on Ctrl-C: a search that it cut short has no answer that could be counted."""
    try:
        with clock.at_once():
            return answers(case, asked, [analysis])
    except StopSearch:
        raise KeyboardInterrupt from None


class Trials:
    """Answers of an analysis to changed cases, beside those to the case as coded."""

    def __init__(
        self, case: Case, analysis: str, asked: Asked, base: Mapping[tuple[str, str], Answer], clock: Clock
    ) -> None:
        self.case, self.analysis, self.asked, self.base, self.clock = case, analysis, asked, base, clock

    def answers(self, drawn: Drawn) -> dict[str, Answer]:
        """Question to answer with the codings as drawn; empty where there is none.

        Raises KeyboardInterrupt on Ctrl-C.
        """
        try:
            found = answered(case_with(self.case, drawn), self.analysis, self.asked, self.clock)
        except InputError:  # who was asked to be in has no known power in this draw
            return {}
        return {question: answer for (_, question), answer in found.items()}

    def flips(self, drawn: Drawn, question: str) -> bool:
        """Whether an answer is another one with the codings as drawn."""
        return self.answers(drawn).get(question) != self.base[self.analysis, question]


def late(end: float | None) -> bool:
    """Whether a time has come, in seconds of the monotonic clock; None never does."""
    return end is not None and time.monotonic() >= end
