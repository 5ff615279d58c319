"""Carries a scenario out on a copy of a case; the case itself and the graph stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import isfinite
from typing import Any, Protocol

from kg.analysis.cases.model import Actor, Assessment, Case, CaseTie, Interval, Position
from kg.analysis.cases.scenario import Change, Scenario
from kg.errors import InputError, NotFoundError

__all__ = ["Names", "as_far_as_possible", "change_case"]

_STATUS = "assumed"
"""Status of every fact that a scenario sets."""
_WHY_NOTHING = {
    "settle": "among the facts used no tie against stands between the two",
    "remove": "among the facts used no tie stands between the two",
}
"""Why a change of a kind can leave everything as it was."""


class Names(Protocol):
    """What the words of a scenario mean in a graph."""

    def actor(self, name: str, where: str) -> str:
        """The id of an actor of the case."""

    def matter(self, name: str, where: str) -> tuple[str, str]:
        """(id, name) of an issue, instrument or actor that a position is on."""

    def stance(self, word: str, where: str) -> tuple[str, int | None, Interval | None]:
        """(id, sign, interval) of a stance."""

    def relation(self, word: str, where: str) -> tuple[str, int, bool]:
        """(id, sign, whether directed) of a relation type."""


def change_case(case: Case, scenario: Scenario, names: Names) -> Case:
    """The case after the changes of a scenario, in their order.

    settle    no tie against between the two is left, in either direction, nor what others inherit from it where they are categories
    add       one more tie
    remove    no tie at all between the two is left, nor what others inherit from it
    position  what the actor is told to want of the matter is replaced by the stance: a word, or a number or interval from -4 to 4
    power     the assessed power, or the votes, are replaced by a number or an interval; power assessed from 0 to 1 stays there
    merge     the actors become one: ties between them go, all else is theirs together, power adds up
    split     each part has the ties and positions of the whole, and an equal share of its power
    leave     the actor and all its ties go

    Adding power up in a merger and sharing it equally in a split are assumptions. Raises InputError, NotFoundError or AmbiguousError
    naming the place of a change that names nothing known or changes nothing.
    """
    for number, change in enumerate(scenario.changes, 1):
        before = case
        case = _DO[change.do](case, change, names, number)
        if case == before:
            why = _WHY_NOTHING.get(change.do, "all is so already")
            raise InputError(f"{change.where}: `{change}` changes nothing: {why}; look the ties up with kg show")
    return case


def as_far_as_possible(case: Case, scenario: Scenario, names: Names) -> Case:
    """The case after those changes of a scenario that still change something in it: what they are about may have been dropped."""
    for change in scenario.changes:
        try:
            case = change_case(case, Scenario(scenario.name, (change,)), names)
        except (InputError, NotFoundError):
            continue
    return case


def _actor(case: Case, names: Names, name: str, where: str) -> str:
    """The id of an actor in the case as it has become: one that a scenario made goes by the name that it was given."""
    made = [a.id for a in case.actors if not a.iri and name in (a.id, a.label)]
    key = made[0] if made else names.actor(name, where)
    if key not in {actor.id for actor in case.actors}:
        raise InputError(
            f"{where} {name!r}: an earlier change of the scenario took it away; put this change before that one"
        )
    return key


def _pair(case: Case, change: Change, names: Names) -> frozenset[str]:
    ends = frozenset(_actor(case, names, change.text(name), change.where) for name in ("actor", "other"))
    if len(ends) == 1:
        raise InputError(f"{change.where}: `{change}` names one actor twice; name two")
    return ends


def _settle(case: Case, change: Change, names: Names, number: int) -> Case:
    del number
    ends = _pair(case, change, names)
    gone = {tie.id for tie in case.ties if tie.sign < 0 and {tie.source, tie.target} == ends}
    return case.where_ties(lambda tie: tie.id not in gone and tie.premise not in gone)


def _remove(case: Case, change: Change, names: Names, number: int) -> Case:
    del number
    ends = _pair(case, change, names)
    gone = {tie.id for tie in case.ties if {tie.source, tie.target} == ends}
    return case.where_ties(lambda tie: tie.id not in gone and tie.premise not in gone)


def _add(case: Case, change: Change, names: Names, number: int) -> Case:
    _pair(case, change, names)
    source, target = (_actor(case, names, change.text(name), change.where) for name in ("actor", "other"))
    type_, sign, directed = names.relation(change.text("type"), change.where)
    label = f"{case.label(source)} – {change.text('type')} – {case.label(target)}"
    tie = CaseTie(f"scenario-{number}", source, target, type_, sign, directed=directed, status=_STATUS, label=label)
    return replace(case, ties=_ordered(case.ties, tie))


def _position(case: Case, change: Change, names: Names, number: int) -> Case:
    actor = _actor(case, names, change.text("actor"), change.where)
    on, label = names.matter(change.text("on"), change.where)
    word = change.text("stance")
    interval = _interval(word, -4.0, 4.0, change.where) if _numeric(word) else None
    if interval is not None:
        stance, sign = word, 1 if interval[1] > 0 >= -interval[0] else -1 if interval[0] < 0 >= interval[1] else 0
    else:
        stance, found, interval = names.stance(word, change.where)
        sign = found if found is not None else 0
    new = Position(f"scenario-{number}", actor, on, stance, sign, interval, status=_STATUS, on_label=label)
    kept = [p for p in case.positions if (p.actor, p.on) != (actor, on)]
    sides = [i for i in case.involvements if (i.actor, i.on) != (actor, on) or not i.sign]
    return replace(case, positions=_ordered(kept, new), involvements=tuple(sides))


def _power(case: Case, change: Change, names: Names, number: int) -> Case:
    actor = _actor(case, names, change.text("actor"), change.where)
    scaled = case.weighed_by == "power" and case.power() and case.scale[1] == 1
    interval = _interval(change.text("value"), 0.0, 1.0 if scaled else float("inf"), change.where)
    return _with_power(case, actor, interval, f"scenario-{number}")


def _with_power(case: Case, actor: str, interval: Interval, key: str) -> Case:
    by = case.weighed_by
    kept = [a for a in case.assessments if a.dimension != by or a.actor != actor]
    return replace(case, assessments=_ordered(kept, Assessment(key, actor, by, interval, status=_STATUS)))


def _merge(case: Case, change: Change, names: Names, number: int) -> Case:
    parts = list(dict.fromkeys(_actor(case, names, name, change.where) for name in change.several("actors")))
    if len(parts) < 2:
        raise InputError(f"{change.where}: `{change}` merges one actor; name at least two")
    name = change.text("into")
    power = [case.power()[part] for part in parts if part in case.power()]
    countries = tuple(sorted({country for part in parts for country in case.actor(part).countries}))
    merged = replace(case.actor(parts[0]), id=_key(case, name, parts, change), label=name, countries=countries, iri="")
    found = _renamed(case, dict.fromkeys(parts, merged.id), merged)
    if not power:
        return found
    return _with_power(found, merged.id, (sum(p[0] for p in power), sum(p[1] for p in power)), f"scenario-{number}")


def _renamed(case: Case, to: dict[str, str], merged: Actor) -> Case:
    def new(fact: Any) -> Any:
        return replace(fact, actor=to.get(fact.actor, fact.actor))

    ties = (replace(t, source=to.get(t.source, t.source), target=to.get(t.target, t.target)) for t in case.ties)
    return replace(
        case,
        actors=_ordered([a for a in case.actors if a.id not in to], merged),
        ties=tuple(t for t in ties if t.source != t.target),
        positions=tuple(map(new, case.positions)),
        assessments=tuple(map(new, case.assessments)),
        involvements=tuple(map(new, case.involvements)),
    )


def _split(case: Case, change: Change, names: Names, number: int) -> Case:
    whole = _actor(case, names, change.text("actor"), change.where)
    titles = change.several("into")
    if len(titles) < 2 or len(set(titles)) < len(titles):
        raise InputError(f"{change.where}: `{change}` needs at least two different parts")
    parts = [replace(case.actor(whole), id=_key(case, title, [whole], change), label=title, iri="") for title in titles]
    power = case.power().get(whole)

    def doubled(facts: Any, *ends: str) -> tuple[Any, ...]:
        found = []
        for fact in facts:
            touched = [end for end in ends if getattr(fact, end) == whole]
            if not touched:
                found.append(fact)
            else:
                found += [replace(fact, id=f"{fact.id}~{p.id}", **dict.fromkeys(touched, p.id)) for p in parts]
        return tuple(sorted(found, key=lambda fact: fact.id))

    found = replace(
        case,
        actors=_ordered([a for a in case.actors if a.id != whole], *parts),
        ties=doubled([t for t in case.ties if t.source != t.target], "source", "target"),
        positions=doubled(case.positions, "actor"),
        assessments=doubled(case.assessments, "actor"),
        involvements=doubled(case.involvements, "actor"),
    )
    for place, part in enumerate(parts if power else ()):
        share = (power[0] / len(parts), power[1] / len(parts)) if power else (0.0, 0.0)
        found = _with_power(found, part.id, share, f"scenario-{number}-{place}")
    return found


def _leave(case: Case, change: Change, names: Names, number: int) -> Case:
    del number
    gone = _actor(case, names, change.text("actor"), change.where)
    return case.where_actors(lambda actor: actor.id != gone)


def _key(case: Case, name: str, parts: list[str], change: Change) -> str:
    """An id for a new actor; its name, which no other actor may have."""
    taken = {a.id for a in case.actors if a.id not in parts} | {a.label for a in case.actors if a.id not in parts}
    if name in taken:
        raise InputError(f"{change.where}: there is an actor {name!r} already; give the new one a name of its own")
    return name


def _ordered(facts: Any, *new: Any) -> tuple[Any, ...]:
    return tuple(sorted([*facts, *new], key=lambda fact: fact.id))


def _numeric(text: str) -> bool:
    return all(part.strip().lstrip("+-").replace(".", "", 1).isdigit() for part in text.split(".."))


def _interval(text: str, least: float, most: float, where: str) -> Interval:
    """A number, or two with `..` between them."""
    parts = text.split("..")
    if len(parts) > 2 or not _numeric(text):
        raise InputError(f"{where}: {text!r} is neither a number nor an interval; write 0.5 or 0.2..0.5")
    low, high = float(parts[0]), float(parts[-1])
    if not least <= low <= high <= most:
        allowed = f"from {least:g} to {most:g}" if isfinite(most) else f"{least:g} or more"
        raise InputError(f"{where}: {text!r} is no interval {allowed}; the low end comes first, as in 0.2..0.5")
    return low, high


_DO: dict[str, Callable[[Case, Change, Names, int], Case]] = {
    "settle": _settle,
    "add": _add,
    "remove": _remove,
    "position": _position,
    "power": _power,
    "merge": _merge,
    "split": _split,
    "leave": _leave,
}
