"""What would be different: the short answers of every analysis today and in scenarios, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from kg.analysis.cases.answers import (
    ANALYSES,
    Answer,
    Answers,
    Asked,
    answers,
    brokers,
    makes_sense,
    of_brokers,
    of_standings,
    standings,
)
from kg.analysis.cases.changing import Names, change_case
from kg.analysis.cases.model import Case
from kg.analysis.cases.scenario import Scenario
from kg.analysis.partition.clock import Clock, StopSearch
from kg.errors import AnalysisError

__all__ = ["Comparison", "Indices", "asked_of", "compare"]

Indices = Mapping[tuple[str, str], float]
"""(actor, index) -> value."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Today and each scenario: its case, its short answers, and the indices of every actor.

    scenarios  in the order given; `cases`, `found` and `indices` have today first
    asked      what the analyses were asked about
    stopped    "" or why searches ended early, so that answers may differ by that alone: "time limit", "interrupted"
    cut        analyses that Ctrl-C ended before they were done in all cases: left out of all
    """

    scenarios: tuple[Scenario, ...]
    cases: tuple[Case, ...]
    found: tuple[Mapping[tuple[str, str], Answer], ...]
    indices: tuple[Indices, ...]
    asked: Asked
    stopped: str = ""
    cut: frozenset[str] = frozenset()

    def questions(self) -> list[tuple[str, str]]:
        """Every question that has an answer somewhere, in the order of the analyses."""
        known = {key for row in self.found for key in row}
        order = list(ANALYSES)
        first = {key: place for row in self.found for place, key in enumerate(row)}
        return sorted(known, key=lambda key: (order.index(key[0]), first[key], key[1]))

    def differs(self, key: tuple[str, str], one: int, other: int) -> bool:
        """Whether two columns answer a question differently."""
        return self.found[one].get(key) != self.found[other].get(key)


def compare(
    case: Case,
    scenarios: Sequence[Scenario],
    names: Names,
    asked: Asked,
    progress: Callable[[str], None] | None = None,
) -> Comparison:
    """Every analysis of `ANALYSES` today and in each scenario, each carried out on a copy of the case.

    The time limit that was asked for, and Ctrl-C, end all searches together, each with its best answer so far. What is computed
    whole or not at all, Ctrl-C leaves out.

    Errors as `change_case`.
    """
    cases = [case, *(change_case(case, scenario, names) for scenario in scenarios)]
    found: list[dict[tuple[str, str], Answer]] = []
    indices: list[dict[tuple[str, str], float]] = []
    cut: set[str] = set()
    clock, asked = Clock(asked.time_limit, progress), replace(asked, time_limit=None)
    with clock.listening():
        for place, one in enumerate(cases):
            clock.say(f"kg what-if: {place + 1} of {len(cases)}")
            found.append({})
            indices.append({})
            for name in asked_of(asked):
                if name not in _WHOLE:
                    found[-1] |= answers(one, asked, [name])
                    continue
                try:
                    with clock.at_once(), suppress(AnalysisError):  # the case does not allow it
                        given, values = _WHOLE[name](one, asked)
                        found[-1] |= {(name, question): answer for question, answer in given.items()}
                        indices[-1] |= values
                except StopSearch:
                    cut.add(name)
    told_of = tuple({key: answer for key, answer in row.items() if key[0] not in cut} for row in found)
    rows = tuple({} for _ in cases) if cut else tuple(indices)
    return Comparison(tuple(scenarios), tuple(cases), told_of, rows, asked, clock.reason, frozenset(cut))


def asked_of(asked: Asked) -> list[str]:
    """The analyses that are compared."""
    return [name for name in ANALYSES if makes_sense(name, asked)]


def _power(case: Case, asked: Asked) -> tuple[Answers, Indices]:
    """The short answers of `kg power` and the indices of every actor; of these only the ones without votes where nobody can reach the
    quota."""
    from kg.analysis.cases.power_report import MEASURES

    try:
        found, winnable = standings(case, asked), True
    except AnalysisError:
        found, winnable = standings(case, replace(asked, quota=None)), False
    values = ((actor, index, read(standing)) for actor, standing in found.items() for index, read in MEASURES.items())
    told = {
        (actor, index): round(value, 9)
        for actor, index, value in values
        if value is not None and (winnable or index not in ("shapley-shubik", "banzhaf"))
    }
    return of_standings(found) if winnable else {}, told


def _brokers(case: Case, asked: Asked) -> tuple[Answers, Indices]:
    """The short answers of `kg brokers`, and of every actor what does not depend on groups: how often it is a clear broker, and its
    structural holes."""
    found = brokers(case, asked)
    told = {(actor, "clear"): float(broker.roles.clear) for actor, broker in found.items()}
    for actor, broker in found.items():
        for index, value in (("constraint", broker.holes.constraint), ("effective-size", broker.holes.effective_size)):
            if value is not None:
                told[actor, index] = round(value, 9)
    return of_brokers(found), told


_WHOLE: dict[str, Callable[[Case, Asked], tuple[Answers, Indices]]] = {"brokers": _brokers, "power": _power}
"""Those that have no best answer so far; the indices of all actors are theirs, so both come out of the same work."""
