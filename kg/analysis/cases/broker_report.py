"""The brokers of a case, told: who could bring whom together, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analysis.cases.brokering import Broker, Brokers
from kg.analysis.cases.heritage import Heritage
from kg.analysis.cases.model import Case, CaseTie
from kg.analysis.cases.report import Measured, Report, Table
from kg.analysis.cases.wording import Sentences, facts_line, listed, stopped_line
from kg.analysis.keyplayers import KeyPlayers

__all__ = ["report_brokers"]

_ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")
_BRIEF = ("actor", "group", "clear", "total", "constraint", "splits", "tension")
_SHOWN = 15
_NAMED = 4
_SAME = 1e-9


def report_brokers(case: Case, found: Brokers) -> Report:
    """The report of `kg brokers`: tables `between` and `paths` where two actors are named, and `brokers`."""
    say = Sentences("brokers", case.lang)
    order = sorted(
        found.brokers, key=lambda a: (-found.brokers[a].roles.clear, -found.brokers[a].roles.total, case.order(a))
    )
    tables = [_brokers(case, found, order, say)]
    if found.actor:
        tables[:0] = [_between(case, found, say), _paths(case, found, say)]
    return Report(
        "brokers",
        tuple(_sentences(case, found, order, say)),
        tuple(tables),
        tuple(_remarks(case, found, say)),
        facts_line(case),
        {
            "by": found.by,
            "directed": found.directed,
            "actor": found.actor or None,
            "other": found.other or None,
            "breaking": _players(found.breaking),
            "reaching": _players(found.reaching),
            "stopped": found.stopped or None,
        },
        tuple(
            Measured(actor, measure, value)
            for actor in sorted(found.brokers)
            for measure, value in _measures(found.brokers[actor])
            if value is not None
        ),
    )


def _measures(broker: Broker) -> Iterator[tuple[str, float | None]]:
    for role in _ROLES:
        yield role, getattr(broker.roles, role)
    yield "brokerage", broker.roles.total
    yield "clear-brokerage", broker.roles.clear
    yield "constraint", _round(broker.holes.constraint)
    yield "effective-size", _round(broker.holes.effective_size)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 9)


def _players(found: KeyPlayers | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "actors": found.actors,
        "value": round(found.value, 9),
        "before": round(found.before, 9),
        "proven": found.proven,
        "equally_good": found.equally_good,
    }


def _sentences(case: Case, found: Brokers, order: Sequence[str], say: Sentences) -> Iterator[str]:
    def names(actors: Sequence[str]) -> str:
        return listed([case.label(a) for a in actors], case.lang, _NAMED)

    if found.stopped:
        yield stopped_line(found.stopped, case.lang)
    if found.actor:
        ends = {"actor": case.label(found.actor), "other": case.label(found.other)}
        clear = [b.broker for b in found.between if not b.against]
        torn = [b.broker for b in found.between if b.against]
        yield say("between", n=len(clear), names=names(clear), **ends) if clear else say("nobody-between", **ends)
        if torn:
            yield say("torn", n=len(torn), names=names(torn))
        for sign, key in ((1, "friendly"), (-1, "hostile")):
            routes = [route for route in found.routes if route.sign == sign]
            if routes:
                yield say(f"{key}-path", n=len(routes), steps=len(routes[0].ties))
            else:
                yield say(f"no-{key}-path", **ends)
        return
    brokers = [a for a in order if found.brokers[a].roles.total]
    if not brokers:
        yield say("no-brokers")
    else:
        yield _first(case, found, brokers, say)
        unclear = [a for a in brokers if found.brokers[a].roles.opponents]
        if unclear:
            yield say("unclear", n=len(unclear), names=names(unclear))
    cut = sorted(
        (a for a in found.brokers if found.brokers[a].splits > 1), key=lambda a: (-found.brokers[a].splits, case.order(a))
    )
    if cut:
        yield say("splitting", n=len(cut), names=names(cut))
    if found.breaking:
        share = say.number(100 * found.breaking.value, 0)
        before = say.number(100 * found.breaking.before, 0)
        proven = say("proven" if found.breaking.proven else "not-proven")
        yield say(
            "unbroken" if found.breaking.proven and found.breaking.value <= found.breaking.before + _SAME else "breaking",
            n=len(found.breaking.actors),
            names=names(found.breaking.actors),
            share=share,
            before=before,
            proven=proven,
        )
    if found.reaching:
        proven = say("proven" if found.reaching.proven else "not-proven")
        value = say.number(100 * found.reaching.value, 0)
        yield say("reaching", n=len(found.reaching.actors), names=names(found.reaching.actors), share=value, proven=proven)


def _first(case: Case, found: Brokers, brokers: Sequence[str], say: Sentences) -> str:
    """Who can stand between others most often without a tension, all of them where they are several; `brokers` has the first first."""
    best = found.brokers[brokers[0]].roles
    first = [actor for actor in brokers if found.brokers[actor].roles.clear == best.clear]
    if not best.clear:
        return say("none-clear")
    if len(first) > 1:
        return say("first-alike", names=listed([case.label(a) for a in first], case.lang, _NAMED), n=best.clear)
    return say("first", actor=case.label(first[0]), n=best.clear, total=best.total)


def _remarks(case: Case, found: Brokers, say: Sentences) -> Iterator[str]:
    if not found.actor:
        if found.reaching is None:
            yield say("no-players")
        if not any(tie.sign for tie in case.ties):
            yield say("no-camps")
        yield say(f"by.{found.by}")
        yield say("directed" if found.directed else "undirected")
    yield say("opportunity")


def _brokers(case: Case, found: Brokers, order: Sequence[str], say: Sentences) -> Table:
    columns = ("actor", "id", "group", "clear", "total", *_ROLES, "constraint", "effective_size", "splits", "tension")
    told = Heritage(case)
    rows = []
    for key in order:
        broker = found.brokers[key]
        roles = broker.roles
        rows.append(
            (
                case.label(key),
                key,
                broker.group,
                roles.clear,
                roles.total,
                *(getattr(roles, role) for role in _ROLES),
                _round(broker.holes.constraint),
                _round(broker.holes.effective_size),
                broker.splits if broker.splits > 1 else None,
                tuple(told.foe(a, [key]) for a in roles.opponents),
            )
        )
    return Table.of(
        say, "brokers", columns, rows, first=_SHOWN, brief=_BRIEF, hidden=bool(found.actor), main=not found.actor
    )


def _between(case: Case, found: Brokers, say: Sentences) -> Table:
    told = Heritage(case)
    rows = [
        (case.label(b.broker), b.broker, tuple(map(told.tie, b.ties)), tuple(told.foe(a, [b.broker]) for a in b.against))
        for b in found.between
    ]
    return Table.of(
        say, "between", ("actor", "id", "ties", "tension"), rows, [_iris(b.ties) for b in found.between], main=True
    )


def _paths(case: Case, found: Brokers, say: Sentences) -> Table:
    told = Heritage(case)
    rows = [
        (
            say("friendly" if route.sign > 0 else "hostile"),
            " → ".join(case.label(a) for a in route.actors),
            len(route.ties),
            tuple(map(told.tie, route.ties)),
        )
        for route in found.routes
    ]
    return Table.of(
        say, "paths", ("kind", "path", "steps", "ties"), rows, [_iris(r.ties) for r in found.routes], grouped=True
    )


def _iris(ties: Sequence[CaseTie]) -> list[str]:
    return [tie.iri for tie in ties if tie.iri]
