"""What would be different: the short answers of every analysis today and in scenarios, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from kg.analysis.cases.report import Measured, Report, Table, Value
from kg.analysis.cases.scenario import Scenario
from kg.analysis.cases.wording import Sentences, facts_line, listed, stopped_line
from kg.analysis.partition.clock import Clock, StopSearch
from kg.errors import AnalysisError
from kg.wording import by_name, series

__all__ = ["UNNAMED", "Comparison", "Indices", "compare", "report_comparison", "told"]

_NAMED = 6
_INDICES = ("strength", "betweenness", "relative-strength", "shapley-shubik", "clear")
_MEASURED = {
    ("camps", "contradicting"): "contradicting-ties",
    ("coalition", "coalitions"): "coalitions",
    ("coalition", "strongest"): "coalition-power",
    ("feasibility", "low"): "support-low",
    ("feasibility", "high"): "support-high",
}
_SHOWN = 15
UNNAMED = "changed"
"""The column of changes that were given without a name."""

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
            for name in _asked(asked):
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


def _asked(asked: Asked) -> list[str]:
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
    values = ((actor, index, MEASURES[index](standing)) for actor, standing in found.items() for index in _INDICES[:-1])
    told = {
        (actor, index): round(value, 9)
        for actor, index, value in values
        if value is not None and (winnable or index != "shapley-shubik")
    }
    return of_standings(found) if winnable else {}, told


def _brokers(case: Case, asked: Asked) -> tuple[Answers, Indices]:
    """The short answers of `kg brokers`, and how often every actor is a clear broker, which does not depend on groups."""
    found = brokers(case, asked)
    return of_brokers(found), {(actor, "clear"): float(broker.roles.clear) for actor, broker in found.items()}


_WHOLE: dict[str, Callable[[Case, Asked], tuple[Answers, Indices]]] = {"brokers": _brokers, "power": _power}
"""Those that have no best answer so far; the indices of all actors are theirs, so both come out of the same work."""


def told(answer: Answer, cases: Sequence[Case], say: Sentences, most: int = _NAMED) -> str:
    """An answer in words: names for ids, so many of a group and the rest counted (0: all), a dash for none."""
    if answer is None:
        return say("no-answer")
    if isinstance(answer, bool):
        return say("yes") if answer else say("no")
    if isinstance(answer, str):
        return say(f"word.{answer}")
    if isinstance(answer, tuple):
        if not answer:
            return say("nobody")
        if isinstance(answer[0], tuple):
            return " | ".join(listed(_names(group, cases), say.lang, most) for group in answer)
        return listed(_names(answer, cases), say.lang, most)
    return say.number(answer)


def _apart(given: Sequence[Answer]) -> list[Answer]:
    """Answers that are groups without the groups that stand in all of them; any others as they are."""
    groups = [set(answer) for answer in given if isinstance(answer, tuple) and answer and isinstance(answer[0], tuple)]
    if len(groups) < len(given):
        return list(given)
    common = set.intersection(*groups)
    return [tuple(group for group in answer if group not in common) for answer in given if isinstance(answer, tuple)]


def _leaving(before: Answer, after: Answer) -> list[str]:
    """The fewest actors of both divisions without whom all others stand together as before, in order."""
    from networkx import Graph, max_weight_matching

    if not (isinstance(before, tuple) and isinstance(after, tuple)):
        return []
    common = {a for group in before for a in group} & {a for group in after for a in group}
    kept: Graph[tuple[int, tuple[str, ...]]] = Graph()
    for old in before:
        for new in after:
            if both := set(old) & set(new):
                kept.add_edge((0, old), (1, new), weight=len(both))
    staying: set[str] = set()
    for (_, one), (_, other) in max_weight_matching(kept):
        staying |= set(one) & set(other)
    return sorted(common - staying)


def _names(actors: Sequence[object], cases: Sequence[Case]) -> list[str]:
    return sorted((_label(str(actor), cases) for actor in actors), key=by_name)


def _label(actor: str, cases: Sequence[Case]) -> str:
    return next((a.label or a.id for case in cases for a in case.actors if a.id == actor), actor)


def report_comparison(found: Comparison) -> Report:
    """The report of `kg what-if`: tables `differences` (answers that differ), `actors` (indices that differ) and `answers` (all)."""
    case = found.cases[0]
    say = Sentences("what-if", case.lang)
    columns = {s.name or UNNAMED: s.name or say(f"column.{UNNAMED}") for s in found.scenarios}
    differing = [key for key in found.questions() if any(found.differs(key, 0, n) for n in range(1, len(found.cases)))]
    return Report(
        "what-if",
        tuple(_sentences(found, differing, say)),
        (
            _answers(found, "differences", differing, columns, say),
            _actors(found, columns, say),
            _answers(found, "answers", found.questions(), columns, say, hidden=True),
        ),
        tuple(_remarks(found, say)),
        facts_line(case, ("ties", "positions", "assessments")),
        {
            "scenarios": [
                {"name": str(scenario), "changes": [str(change) for change in scenario.changes]}
                for scenario in found.scenarios
            ],
            "answers": [
                {"analysis": key[0], "question": key[1], "values": [_plain(row.get(key)) for row in found.found]}
                for key in found.questions()
            ],
        },
        tuple(_results(found)),
        assumed={f"scenario {s.name}".rstrip(): "; ".join(map(str, s.changes)) for s in found.scenarios},
    )


def _results(found: Comparison) -> Iterator[Measured]:
    """What is a number of today and of each scenario."""
    for name, row, indices in zip(["", *map(str, found.scenarios)], found.found, found.indices, strict=True):
        for key, measure in _MEASURED.items():
            value = row.get(key)
            if isinstance(value, float):
                yield Measured("", measure, value, scenario=name)
        for (actor, index), value in sorted(indices.items()):
            yield Measured(actor, "clear-brokerage" if index == "clear" else index, value, scenario=name)


def _remarks(found: Comparison, say: Sentences) -> Iterator[str]:
    """What the reader should know; also which analyses had nothing to say, here as today."""
    yield say("copy")
    yield say("assumptions")
    if not found.asked.topic:
        yield say("of-everybody" if found.asked.everybody else "no-topic")
    if found.cut:
        yield say("cut", n=len(found.cut), names=listed([say(f"analysis.{name}") for name in sorted(found.cut)], say.lang))
    asked = [name for name in _asked(found.asked) if name != "allies" and name not in found.cut]
    silent = [name for name in asked if not any(key[0] == name for row in found.found for key in row)]
    if silent:
        names = listed([say(f"analysis.{name}") for name in silent], say.lang)
        yield say("silent", n=len(silent), names=names)


def _plain(answer: Answer) -> object:
    if not isinstance(answer, tuple):
        return answer
    return [list(part) if isinstance(part, tuple) else part for part in answer]


def _sentences(found: Comparison, differing: Sequence[tuple[str, str]], say: Sentences) -> Iterator[str]:
    if found.stopped:
        yield f"{stopped_line(found.stopped, say.lang)} {say('stopped')}"
    for place, scenario in enumerate(found.scenarios, 1):
        named = "" if scenario.name else "-unnamed"
        yield say(f"scenario{named}", name=scenario.name, changes=series(scenario.changes, say.lang))
        changed = [key for key in differing if found.differs(key, 0, place)]
        if not changed:
            yield say(f"same{named}", name=scenario.name)
        for analysis, question in changed:
            if (analysis, question) == ("camps", "division"):
                leaving = _leaving(found.found[0].get((analysis, question)), found.found[place].get((analysis, question)))
                if leaving:
                    names = [_label(actor, found.cases) for actor in leaving]
                    yield say("told.camps.leaving", n=len(names), names=listed(names, say.lang, _NAMED))
            if f"told.{analysis}.{question}" in say:
                yield say(
                    f"told.{analysis}.{question}",
                    before=told(found.found[0].get((analysis, question)), found.cases, say),
                    after=told(found.found[place].get((analysis, question)), found.cases, say),
                )
    if len(found.scenarios) > 1:
        apart = [k for k in found.questions() if any(found.differs(k, 1, n) for n in range(2, len(found.cases)))]
        yield say("apart", n=len(apart), all=len(found.questions()))


def _answers(
    found: Comparison,
    name: str,
    keys: Sequence[tuple[str, str]],
    columns: Mapping[str, str],
    say: Sentences,
    *,
    hidden: bool = False,
) -> Table:
    rows = [
        (
            say(f"analysis.{key[0]}"),
            say(f"question.{key[0]}.{key[1]}"),
            *(told(answer, found.cases, say) for answer in (given if hidden else _apart(given))),
        )
        for key in keys
        for given in ([row.get(key) for row in found.found],)
    ]
    return _with_columns(say, name, ("analysis", "question"), rows, columns, hidden=hidden)


def _actors(found: Comparison, columns: Mapping[str, str], say: Sentences) -> Table:
    keys = {key for row in found.indices for key in row}
    moved = [key for key in keys if len({row.get(key) for row in found.indices}) > 1]

    def size(key: tuple[str, str]) -> float:
        values = [row.get(key, 0.0) for row in found.indices]
        return max(values) - min(values)

    most = {index: max((size(k) for k in moved if k[1] == index), default=1.0) or 1.0 for index in _INDICES}
    moved.sort(key=lambda key: (-size(key) / most[key[1]], key))
    rows = [
        (
            _label(key[0], found.cases),
            say(f"index.{key[1]}"),
            *(row.get(key) for row in found.indices),
        )
        for key in moved
    ]
    return _with_columns(say, "actors", ("actor", "index"), rows, columns, first=_SHOWN)


def _with_columns(
    say: Sentences,
    name: str,
    first_columns: Sequence[str],
    rows: Sequence[tuple[Value, ...]],
    columns: Mapping[str, str],
    *,
    hidden: bool = False,
    first: int = 0,
) -> Table:
    """A table with one column for today and one per scenario, under its heading."""
    from dataclasses import replace

    plain = Table.of(say, name, (*first_columns, "today"), [], hidden=hidden, first=first)
    return replace(
        plain,
        columns=(*plain.columns, *columns),
        headings=(*plain.headings, *columns.values()),
        rows=tuple(rows),
    )
