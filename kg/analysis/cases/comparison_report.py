"""What would be different, told: answers and indices today and in scenarios, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.analysis.cases.answers import Answer
from kg.analysis.cases.comparing import Comparison, asked_of
from kg.analysis.cases.model import Case
from kg.analysis.cases.report import Measured, Report, Table, Value, heading
from kg.analysis.cases.wording import Sentences, facts_line, listed, stopped_line
from kg.wording import by_name, series

__all__ = ["UNNAMED", "report_comparison", "told"]

_NAMED = 6
_INDICES = ("strength", "opponents", "betweenness", "relative-strength", "shapley-shubik", "clear")
"""Those that are shown; the table `indices` has all."""
_MEASURED = {
    ("camps", "contradicting"): "contradicting-ties",
    ("coalition", "coalitions"): "coalitions",
    ("coalition", "strongest"): "coalition-power",
    ("feasibility", "low"): "support-low",
    ("feasibility", "high"): "support-high",
}
_MEASURE = {"clear": "clear-brokerage"}
"""Indices that measures call otherwise."""
_SHOWN = 15
UNNAMED = "changed"
"""The column of changes that were given without a name."""


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
    """The report of `kg what-if`: tables `differences` (answers that differ), `actors` (indices that differ, those
    that are shown), `answers` (all) and `indices` (all that differ)."""
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
            _indices(found, columns, say),
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
            yield Measured(actor, _MEASURE.get(index, index), value, scenario=name)


def _remarks(found: Comparison, say: Sentences) -> Iterator[str]:
    """What the reader should know; also which analyses had nothing to say, here as today."""
    yield say("copy")
    yield say("assumptions")
    if not found.asked.topic:
        yield say("of-everybody" if found.asked.everybody else "no-topic")
    if found.cut:
        yield say("cut", n=len(found.cut), names=listed([say(f"analysis.{name}") for name in sorted(found.cut)], say.lang))
    asked = [name for name in asked_of(found.asked) if name != "allies" and name not in found.cut]
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
            moved = {
                actor
                for actor, index in _moved(found)
                if found.indices[0].get((actor, index)) != found.indices[place].get((actor, index))
            }
            yield say(f"{'moved' if moved else 'same'}{named}", name=scenario.name, n=len(moved))
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


def _moved(found: Comparison) -> list[tuple[str, str]]:
    """(actor, index) of the indices that are not the same everywhere."""
    keys = {key for row in found.indices for key in row}
    return sorted(key for key in keys if len({row.get(key) for row in found.indices}) > 1)


def _actors(found: Comparison, columns: Mapping[str, str], say: Sentences) -> Table:
    """The indices that are shown, where they differ: those first that differ by most of what an index differs by at most."""
    moved = [key for key in _moved(found) if key[1] in _INDICES]

    def size(key: tuple[str, str]) -> float:
        values = [row.get(key, 0.0) for row in found.indices]
        return max(values) - min(values)

    most = {index: max((size(k) for k in moved if k[1] == index), default=1.0) or 1.0 for index in _INDICES}
    moved.sort(key=lambda key: (-size(key) / most[key[1]], key))
    rows = [(_label(key[0], found.cases), say(f"index.{key[1]}"), *(row.get(key) for row in found.indices)) for key in moved]
    return _with_columns(say, "actors", ("actor", "index"), rows, columns, first=_SHOWN)


def _indices(found: Comparison, columns: Mapping[str, str], say: Sentences) -> Table:
    """All indices where they differ, actor by actor."""
    rows = [
        (
            _label(actor, found.cases),
            actor,
            heading(say, _MEASURE.get(index, index)),
            *(row.get((actor, index)) for row in found.indices),
        )
        for actor, index in _moved(found)
    ]
    return _with_columns(say, "indices", ("actor", "id", "index"), rows, columns, hidden=True)


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
    plain = Table.of(say, name, (*first_columns, "today"), [], hidden=hidden, first=first)
    return replace(
        plain,
        columns=(*plain.columns, *columns),
        headings=(*plain.headings, *columns.values()),
        rows=tuple(rows),
    )
