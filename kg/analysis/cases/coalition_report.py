"""Coalitions, told: who could carry a matter together, what it takes, and which tension costs most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analysis.cases.coalition_study import CoalitionStudy, Tension
from kg.analysis.cases.heritage import Heritage
from kg.analysis.cases.model import Case, Interval
from kg.analysis.cases.report import Measured, Report, Table
from kg.analysis.cases.wording import Sentences, facts_line, listed, stopped_line

__all__ = ["report_coalitions", "span"]

_NAMED = 8
_SHOWN = 10


def span(interval: Interval | None, say: Sentences) -> str:
    """An interval in words, one number where both ends are the same."""
    if interval is None:
        return ""
    low, high = interval
    if low == high:
        return say.number(low)
    return Sentences("coalition", say.lang)("span", low=say.number(low), high=say.number(high))


def report_coalitions(case: Case, study: CoalitionStudy, matter: str) -> Report:
    """The report of `kg coalition`: tables `coalitions`, `tensions`, `lifts`, `candidates` and `unknown`; `matter` names what it
    is about, empty where it is about everybody."""
    say = Sentences("coalition", case.lang)
    return Report(
        "coalition",
        tuple(_sentences(case, study, matter, say)),
        (
            _coalitions(case, study, say),
            _tensions(case, study, say),
            _lifts(case, study, say),
            _candidates(case, study, say),
        ),
        tuple(_remarks(case, study, say)),
        facts_line(case, ("ties", "positions", "assessments"), dimensions=("power", "interest", "votes")),
        {
            "power": study.wishes.end,
            "quota": float(study.quota),
            "quota_given": study.quota_given,
            "total": float(study.total),
            "coalitions": [list(bloc.members) for bloc in study.blocs],
            "complete": study.found.complete,
            "proven": study.found.proven,
            "proven_parts": dict(study.found.proven_parts),
            "always": sorted(study.found.always) if study.blocs else [],
            "never": sorted(study.found.never) if study.blocs else [],
            "strongest": sorted(study.found.strongest),
            "strongest_power": float(study.found.strongest_power),
            "reach": list(study.reach),
            "resistance": list(study.resistance),
            "unknown_power": list(study.unknown),
            "stopped": study.found.stopped or None,
        },
        tuple(_results(study)),
    )


def _results(study: CoalitionStudy) -> Iterator[Measured]:
    first = set(study.blocs[0].members) if study.blocs else set()
    yield Measured("", "coalitions", len(study.blocs))
    yield Measured("", "coalition-power", float(study.found.strongest_power))
    for actor in study.candidates:
        yield Measured(actor, "coalitions", sum(actor in bloc.members for bloc in study.blocs))
        yield Measured(actor, "cheapest-coalition", int(actor in first))
    for lift in study.lifts:
        yield Measured(lift.actor, "uplift", round(float(lift.gain), 9))
    for tension in study.tensions:
        for tie in tension.ties:
            if tension.price is not None and tie.iri:
                yield Measured("", "tension-price", tension.price, relation=tie.iri)


def _sentences(case: Case, study: CoalitionStudy, matter: str, say: Sentences) -> Iterator[str]:
    def names(actors: Sequence[str]) -> str:
        return listed(case.names(actors), case.lang, _NAMED)

    if matter:
        key = "candidates-named" if study.wishes.required or study.wishes.also else "candidates"
        yield say(key, n=len(study.candidates), matter=matter, names=names(study.candidates))
        if study.opponents:
            yield say("opponents", names=names(study.opponents), power=span(study.resistance, say))
        elif not study.silent:
            yield say("no-opponents")
        if study.silent and study.wishes.unknown is None:
            yield say("silent", n=len(study.silent), names=names(study.silent))
    key = "quota" if study.quota_given else "no-quota"
    yield say(key, quota=say.number(float(study.quota)), total=say.number(float(study.total)))
    strongest = sorted(study.found.strongest)
    if not study.blocs:
        yield say(
            "none",
            names=names(strongest),
            power=say.number(float(study.found.strongest_power)),
            missing=say.number(max(0.0, float(study.quota) - float(study.found.strongest_power))),
        )
    else:
        first = study.blocs[0]
        yield say(
            "found",
            n=len(study.blocs),
            names=names(first.members),
            power=say.number(float(first.power)),
            span="" if first.interval[0] == first.interval[1] else say("interval", span=span(first.interval, say)),
        )
        if not study.found.complete:
            yield say("incomplete")
        if _estimated(study):
            certain = sum(bloc.certain for bloc in study.blocs)
            yield say("certain", n=certain, all=len(study.blocs)) if certain else say("uncertain")
        if study.found.always:
            yield say("always", names=names(sorted(study.found.always)))
        elif len(study.blocs) > 1:
            yield say("nobody-always")
        if study.found.never:
            yield say("never", names=names(sorted(study.found.never)))
        if first.opposed:
            yield say("alienates", names=names(first.opposed))
    yield from _prices(case, study, say)
    for lift in study.lifts[:1]:
        if lift.gain > 0:
            yield say(
                "lift",
                name=case.label(lift.actor),
                alone=say.number(100 * float(lift.alone), 1),
                inside=say.number(100 * float(lift.inside), 1),
                partners=names([actor for actor in lift.bloc if actor != lift.actor]),
            )
    guessed = study.wishes.unknown
    if guessed is not None and (study.unknown or study.silent):
        both = sorted({*study.unknown, *study.silent})
        yield say("assumed", n=len(both), names=names(both), power=say.number(guessed))
    elif study.unknown:
        yield say("unknown", n=len(study.unknown), names=names(study.unknown))
    if study.divided:
        yield say("divided", n=len(study.divided), names=names(study.divided))


def _estimated(study: CoalitionStudy) -> bool:
    """Whether any power that counts is an interval."""
    return any(low < high for low, high in (study.intervals[actor] for actor in study.weights))


def _prices(case: Case, study: CoalitionStudy, say: Sentences) -> Iterator[str]:
    if not study.tensions:
        if len(study.candidates) > 1:
            yield say("no-tension")
        return
    dear = max(study.tensions, key=lambda t: (t.least, t.other, t.actor))
    names = {"n": len(study.tensions), "a": case.label(dear.actor), "b": case.label(dear.other)}
    proven = sum(t.price is not None for t in study.tensions)
    if proven < len(study.tensions):
        most = say.number(max(t.most for t in study.tensions))
        yield say(
            "price-open" if dear.least else "price-open-none",
            **names,
            proven=proven,
            price=say.number(dear.least),
            most=most,
        )
    elif dear.least:
        yield say("price", **names, price=say.number(dear.least))
    else:
        yield say("no-price", n=len(study.tensions))


def _remarks(case: Case, study: CoalitionStudy, say: Sentences) -> Iterator[str]:
    if _estimated(study):
        yield say(f"end.{study.wishes.end}")
    if study.replaced:
        categories = [case.label(category) for category in study.replaced]
        yield say("replaced", n=len(categories), names=listed(categories, case.lang, _NAMED))
    inherited = sum(all(tie.inherited for tie in tension.ties) for tension in study.tensions)
    if inherited:
        yield say("inherited", n=inherited)
    if study.wishes.connected:
        yield say("connected")
    if study.found.stopped:
        yield stopped_line(study.found.stopped, case.lang)
    if not study.found.proven:
        yield say("unproven")
    yield say("choice")


def _coalitions(case: Case, study: CoalitionStudy, say: Sentences) -> Table:
    told = Heritage(case)
    rows = [
        (
            place,
            case.names(bloc.members),
            float(bloc.power),
            *bloc.interval,
            bloc.certain,
            tuple(told.foe(actor, bloc.members) for actor in bloc.opposed),
        )
        for place, bloc in enumerate(study.blocs, 1)
    ]
    iris = [
        tuple(iri for member in bloc.members if member in study.standpoints for iri in study.standpoints[member].iris)
        for bloc in study.blocs
    ]
    columns = ("rank", "members", "power", "low", "high", "certain", "alienates")
    return Table.of(say, "coalitions", columns, rows, iris, first=_SHOWN)


def _tensions(case: Case, study: CoalitionStudy, say: Sentences) -> Table:
    def order(tension: Tension) -> tuple[float, float, str, str]:
        return -tension.least, -tension.most, tension.actor, tension.other

    rows, iris = [], []
    for tension in sorted(study.tensions, key=order):
        rows.append(
            (
                case.label(tension.actor),
                case.label(tension.other),
                tension.price,
                tension.least,
                tension.most,
                all(tie.inherited for tie in tension.ties),
                tuple(tie.id for tie in tension.ties),
                tuple(dict.fromkeys(passage for tie in tension.ties for passage in tie.evidence)),
            )
        )
        iris.append(tuple(tie.iri for tie in tension.ties if tie.iri))
    columns = ("actor", "other", "price", "least", "most", "inherited", "ties", "evidence")
    proven = all(tension.price is not None for tension in study.tensions)
    return Table.of(
        say, "tensions", columns, rows, iris, brief=[c for c in columns if not proven or c not in ("least", "most")]
    )


def _lifts(case: Case, study: CoalitionStudy, say: Sentences) -> Table:
    rows = [
        (
            case.label(lift.actor),
            case.names(member for member in lift.bloc if member != lift.actor),
            float(lift.alone),
            float(lift.inside),
            float(lift.gain),
        )
        for lift in study.lifts
    ]
    iris = [study.standpoints[lift.actor].iris for lift in study.lifts]
    return Table.of(say, "lifts", ("actor", "partners", "alone", "inside", "gain"), rows, iris)


def _candidates(case: Case, study: CoalitionStudy, say: Sentences) -> Table:
    power = {item.actor: item for item in case.assessments if item.dimension == "power"}
    rows, iris = [], []
    for actor in sorted({*study.candidates, *study.standpoints}, key=case.order):
        stand = study.standpoints.get(actor)
        facts = stand.facts if stand else ()
        low, high = study.intervals.get(actor, (None, None))
        rows.append(
            (
                case.label(actor),
                actor,
                say(f"side.{stand.side if stand else 'asked'}"),
                say(f"role.{_role(study, actor)}"),
                low,
                high,
                tuple(dict.fromkeys(fact.id for fact in facts)),
                tuple(
                    dict.fromkeys([*(stand.evidence if stand else ()), *(power[actor].evidence if actor in power else ())])
                ),
            )
        )
        iris.append((*(stand.iris if stand else ()), *((power[actor].iri,) if actor in power and power[actor].iri else ())))
    columns = ("actor", "id", "side", "role", "low", "high", "facts", "evidence")
    return Table.of(say, "candidates", columns, rows, iris)


def _role(study: CoalitionStudy, actor: str) -> str:
    """What an actor is in the coalitions found: a word for `role.*`."""
    if actor in study.replaced:
        return "members"
    if actor in study.candidates:
        if not study.blocs:
            return "candidate"
        return "always" if actor in study.found.always else "never" if actor in study.found.never else "some"
    if actor in study.opponents or actor in study.silent:
        return "against"
    if actor in study.wishes.excluded:
        return "excluded"
    return "unknown" if actor in study.unknown else "outside"
