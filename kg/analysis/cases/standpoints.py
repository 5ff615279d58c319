"""Where the actors of a case stand on an issue or an instrument: for, against, divided, interested, and by which facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.cases.model import Assessment, Case, Interval, Involvement, Position

__all__ = ["MIDDLE", "Standpoint", "standpoints", "without_doubles"]

MIDDLE = 0.5
"""The middle of the scale of power and interest: an interval at or above it is high, one at or below it low."""

Fact = Position | Involvement | Assessment


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Where one actor stands.

    side      `for`, `against`, `divided` (facts both ways, or a mixed or neutral stance), `interested` (takes it up, no side known)
    interval  the position from -4 to +4 that its facts leave open; None where only interest is known
    interest  its assessed interest, None where not assessed
    facts     the positions, relations, attention and assessments that say so
    """

    actor: str
    side: str
    interval: Interval | None
    interest: Interval | None
    facts: tuple[Fact, ...]

    @property
    def iris(self) -> tuple[str, ...]:
        """What it rests on, for `--why`."""
        return tuple(fact.iri for fact in self.facts if fact.iri)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of the passages that it rests on, each once."""
        return tuple(dict.fromkeys(passage for fact in self.facts for passage in fact.evidence))


def standpoints(case: Case, on: Iterable[str] = (), *, interest: bool = True) -> Mapping[str, Standpoint]:
    """Where each actor stands that is known to take part, by id in order.

    Idea
        Who could carry a matter? Who is for it, and who at least takes it up. Who stands against it has to be outweighed.

    How
        A position decides, or a relation that takes a side (support, proposal, opposition, blocking). Facts both ways, or a mixed or
        neutral stance, make an actor divided. Without a side, attention to the matter or an interest above the middle of the scale
        makes it interested. An unknown stance says nothing.

    `on` holds ids of issues or instruments; empty, every position of the case counts, which is right where the case was selected by
    issue. `interest` says whether assessments of interest count; they are about the issues of the selection.

    >>> from kg.analysis.cases.model import Actor
    >>> case = Case((Actor("a"), Actor("b")), positions=(Position("p", "a", "law", sign=-1, interval=(-4, 0)),))
    >>> standpoints(case, ["law"])["a"].side
    'against'
    """
    wanted = set(on)
    assessed = case.assessed("interest") if interest else {}
    facts: dict[str, list[Fact]] = {}
    said: list[Position | Involvement] = [*case.positions, *case.involvements]
    for item in said:
        if (not wanted or item.on in wanted) and item.sign is not None:
            facts.setdefault(item.actor, []).append(item)
    for rating in case.assessments:
        if rating.dimension == "interest" and rating.actor in assessed and assessed[rating.actor][0] >= MIDDLE:
            facts.setdefault(rating.actor, []).append(rating)
    return {actor: _standpoint(actor, facts[actor], assessed.get(actor)) for actor in sorted(facts)}


def _standpoint(actor: str, facts: list[Fact], interest: Interval | None) -> Standpoint:
    taken = [f for f in facts if isinstance(f, Position) or (isinstance(f, Involvement) and f.sign)]
    signs = {f.sign for f in taken}
    side = "interested" if not signs else "for" if signs == {1} else "against" if signs == {-1} else "divided"
    return Standpoint(actor, side, _hull(taken), interest, tuple(facts))


def _hull(taken: list[Position | Involvement]) -> Interval | None:
    """The interval that holds every position; a relation says no more than the side, so it widens nothing where a position says it."""
    told = {fact.sign for fact in taken if isinstance(fact, Position)}
    ends = [
        fact.interval if isinstance(fact, Position) and fact.interval else (min(0.0, 4.0 * sign), max(0.0, 4.0 * sign))
        for fact in taken
        for sign in (fact.sign or 0,)
        if isinstance(fact, Position) or sign not in told
    ]
    return (min(low for low, _ in ends), max(high for _, high in ends)) if ends else None


def without_doubles(
    case: Case, pool: Sequence[str], required: Sequence[str] = ()
) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """(actors of which none is a category of another, category -> its members that stand for it): no power counts twice.

    A required category stays, and its members stand back for it.
    """
    above: dict[str, set[str]] = {}
    for tie in case.ties:
        if tie.classifies:
            above.setdefault(tie.source, set()).add(tie.target)

    def categories(actor: str) -> set[str]:
        found: set[str] = set()
        reached = [actor]
        while reached:
            new = above.get(reached.pop(), set()) - found
            found |= new
            reached += new
        return found

    whole = set(required)
    kept = [actor for actor in pool if actor in whole or not categories(actor) & whole]
    members: dict[str, set[str]] = {}
    for actor in kept:
        for category in categories(actor):
            members.setdefault(category, set()).add(actor)
    replaced = {a for a in kept if a in members and a not in whole}
    return [actor for actor in kept if actor not in replaced], {
        category: tuple(sorted(members[category] - replaced)) for category in sorted(replaced)
    }
