"""Feasibility, told: who carries it, who stands against it, and what a strategy changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.analysis.cases.coalition_report import span
from kg.analysis.cases.feasible import Feasible
from kg.analysis.cases.model import Case, Interval
from kg.analysis.cases.report import Measured, Report, Table
from kg.analysis.cases.wording import Sentences, facts_line, listed
from kg.wording import by_name

__all__ = ["report_feasibility"]

_KINDS = ("supporters", "opponents", "undecided", "non_mobilised", "total")
_NAMED = 8


def report_feasibility(
    case: Case, now: Feasible, matter: str, after: Feasible | None = None, changed: Case | None = None, changes: str = ""
) -> Report:
    """The report of `kg feasibility`: tables `feasibility` (sums, before and after) and `actors`; `changes` tells the strategy."""
    say = Sentences("feasibility", case.lang)
    return Report(
        "feasibility",
        tuple(_sentences(case, now, matter, after, changes, say)),
        (_sums(now, after, say), _actors(case, now, after, changed, say)),
        tuple(_remarks(case, now, say)),
        facts_line(case, ("positions", "assessments"), dimensions=("power", "interest", "votes")),
        {
            "now": _figures(now),
            "after": _figures(after) if after else None,
            "unknown_power": list(now.unknown),
        },
        (*_results(now, ""), *(_results(after, changes) if after else ())),
    )


def _results(found: Feasible, scenario: str) -> Iterator[Measured]:
    sums = [("", found.support.total if found.support else None), *((a, w.product) for a, w in sorted(found.actors.items()))]
    for actor, interval in sums:
        for end, value in zip(("low", "high"), interval or (), strict=False):
            yield Measured(actor, f"support-{end}", round(value, 9), scenario=scenario)


def _figures(found: Feasible) -> dict[str, object]:
    sums = {kind: list(getattr(found.support, kind)) for kind in _KINDS} if found.support else {}
    return {**sums, "sign": found.sign, "widest": list(found.widest)}


def _sentences(
    case: Case, now: Feasible, matter: str, after: Feasible | None, changes: str, say: Sentences
) -> Iterator[str]:
    for side in ("for", "against", "divided", "interested"):
        names = _names(case, (actor for actor, w in now.actors.items() if w.stand.side == side and w.power is not None))
        if names:
            yield say(side, n=len(names), matter=matter, names=listed(names, case.lang, _NAMED))
    yield from _total(now, say, "now")
    if now.unknown:
        names = _names(case, now.unknown)
        told = {"names": listed(names, case.lang, _NAMED), "span": span(now.widest, say), "most": say.number(now.most)}
        yield say("unknown", n=len(names), **told)
    if after is not None:
        yield say("strategy", changes=changes)
        yield from _total(after, say, "after")
        if now.support and after.support:
            before, then = now.support.total, after.support.total
            yield say("shift", low=_signed(then[0] - before[0]), high=_signed(then[1] - before[1]))


def _names(case: Case, actors: Iterable[str]) -> list[str]:
    """Labels in the order of the language."""
    return sorted(map(case.label, actors), key=by_name)


def _signed(value: float) -> str:
    return f"{round(value, 3):+g}"


def _total(found: Feasible, say: Sentences, key: str) -> Iterator[str]:
    if found.support is None:
        yield say(f"{key}.nothing")
        return
    verdict = {1: "carried", -1: "rejected", 0: "open"}[found.sign]
    yield say(f"{key}.total", span=span(found.support.total, say), verdict=say(verdict))


def _remarks(case: Case, now: Feasible, say: Sentences) -> Iterator[str]:
    if any(w.stand.interval and w.stand.interval[0] != w.stand.interval[1] for w in now.actors.values()):
        yield say("words")
    if now.replaced:
        names = _names(case, now.replaced)
        yield Sentences("coalition", case.lang)("replaced", n=len(names), names=listed(names, case.lang, _NAMED))
    yield say("no-probability")


def _sums(now: Feasible, after: Feasible | None, say: Sentences) -> Table:
    def ends(found: Feasible | None, kind: str) -> Interval | tuple[None, None]:
        return getattr(found.support, kind) if found and found.support else (None, None)

    columns = ("kind", "low", "high", *(("low_after", "high_after") if after else ()))
    rows = [(say(f"kind.{kind}"), *ends(now, kind), *(ends(after, kind) if after else ())) for kind in _KINDS]
    return Table.of(say, "feasibility", columns, rows)


def _actors(case: Case, now: Feasible, after: Feasible | None, changed: Case | None, say: Sentences) -> Table:
    empty = (None, None)
    then = after.actors if after else {}
    rows, iris = [], []
    for actor in sorted({*now.actors, *then}):
        w = now.actors.get(actor) or then[actor]
        source = case if actor in now.actors else changed or case
        moved = then.get(actor)
        rows.append(
            (
                source.label(actor),
                actor,
                say(f"side.{w.stand.side}") if actor in now.actors else "",
                *(w.stand.interval or empty),
                *(w.power or empty),
                *((w.product or empty) if actor in now.actors else empty),
                *((moved.product if moved and moved.product else empty) if after else ()),
                w.stand.evidence,
            )
        )
        iris.append(w.stand.iris)
    columns = ["actor", "id", "side", "position_low", "position_high", "power_low", "power_high", "low", "high"]
    if after:
        columns += ["low_after", "high_after"]
    return Table.of(say, "actors", (*columns, "evidence"), rows, iris)
