"""Who stands with an actor and who could: declared relations and convergence of positions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.cases.indices import influences
from kg.analysis.cases.model import Case, CaseTie, Position
from kg.analysis.convergence import mactor
from kg.analysis.discourse import NORMALISATIONS, Statement, discourse_network
from kg.errors import InputError, near_names

__all__ = ["Known", "Likeness", "Prospect", "leanings", "likeness", "study_allies"]


Orders = tuple[float, float, float | None]


@dataclass(frozen=True, slots=True)
class Known:
    """What the questions `allies` and `potential-allies` say of one other actor.

    ties    names of the kinds of tie that make it an ally, levers by which it could be won; iris the facts of both, `evidence` their
            passages
    """

    ties: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    iris: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the positions of two actors are.

    convergence, divergence      MACTOR, by sign, by position, by position and strength; the last None unless both take part in
                                 declared influences, from which strength follows
    congruence, conflict         matters on which they take the same side, and opposite sides, normalised as asked
    shared                       ids of the matters on which both take a side
    positions                    the positions on these
    """

    convergence: Orders
    divergence: Orders
    congruence: float
    conflict: float
    shared: tuple[str, ...]
    positions: tuple[Position, ...]

    @property
    def subtract(self) -> float:
        """Congruence less conflict."""
        return self.congruence - self.conflict


@dataclass(frozen=True, slots=True)
class Prospect:
    """One other actor, seen from the actor asked about.

    kind       ally, prospect or opponent
    likeness   of positions; None where no matter is known on which both take a side
    flag       `tense` where positions converge and a tension is declared, `apart` where it is an ally and positions diverge, `torn`
               where something else speaks for a prospect and positions diverge more than they converge, else ""
    against    ties against between the two; `obstacles` allies of the actor that are in tension with the other
    friends    who has ties for each other with both and is in tension with neither: could introduce them
    """

    actor: str
    kind: str
    known: Known
    likeness: Likeness | None
    flag: str
    against: tuple[CaseTie, ...]
    obstacles: tuple[str, ...]
    friends: tuple[str, ...]


def likeness(case: Case, actor: str, normalisation: str = "none") -> dict[str, Likeness]:
    """How alike the positions of an actor and of each other actor are that takes a side on a matter that it takes a side on.

    A position counts with its sign, and where degrees are asked for with the middle of its interval. See `kg.analysis.mactor` and
    `kg.analysis.discourse_network`. Raises InputError for a normalisation that does not exist.
    """
    sides = _sides(case)
    said = _said_alike(sides, actor, normalisation)
    if not said:
        return {}
    values = {a: {on: _middle(p) for on, p in rows.items()} for a, rows in sides.items()}
    pushed = influences(case)
    moving = {*pushed, *(other for row in pushed.values() for other in row)}
    found = mactor({**{a: {} for a in moving}, **values}, pushed)
    strong = moving if actor in moving and not found.notes else set()
    alike = {}
    for other, (congruence, conflict) in said.items():
        shared = tuple(sorted(sides[actor].keys() & sides[other].keys()))
        alike[other] = Likeness(
            _orders(found.convergence, actor, other, strength=other in strong),
            _orders(found.divergence, actor, other, strength=other in strong),
            congruence,
            conflict,
            shared,
            tuple(p for a in (actor, other) for on in shared for p in sides[a][on]),
        )
    return alike


def leanings(case: Case, actor: str, normalisation: str = "none") -> dict[str, float]:
    """Congruence less conflict of an actor's positions with those of each other one, as in `likeness`, which tells more."""
    said = _said_alike(_sides(case), actor, normalisation)
    return {other: congruence - conflict for other, (congruence, conflict) in said.items()}


def _sides(case: Case) -> dict[str, dict[str, list[Position]]]:
    """The positions for or against something by actor and matter."""
    sides: dict[str, dict[str, list[Position]]] = {}
    for position in case.positions:
        if position.sign:
            sides.setdefault(position.actor, {}).setdefault(position.on, []).append(position)
    return sides


def _said_alike(
    sides: Mapping[str, Mapping[str, Sequence[Position]]], actor: str, normalisation: str
) -> dict[str, tuple[float, float]]:
    """(congruence, conflict) of an actor with each other one that takes a side on a matter of its own, in order."""
    if normalisation not in NORMALISATIONS:
        raise InputError(
            f"--normalisation {normalisation!r}: there is no such one; {near_names(normalisation, NORMALISATIONS)}"
        )
    own = sides.get(actor, {})
    others = sorted(a for a, on in sides.items() if a != actor and own.keys() & on.keys())
    if not others:
        return {}
    statements = [
        Statement(a, on, int((p.sign or 0) > 0)) for a in (actor, *others) for on, ps in sides[a].items() for p in ps
    ]
    congruence, conflict = (
        discourse_network(statements, qualifier=q, normalisation=normalisation) for q in ("congruence", "conflict")
    )
    return {other: (congruence.weight(actor, other), conflict.weight(actor, other)) for other in others}


def _orders(table: Mapping[int, Mapping[str, Mapping[str, float]]], actor: str, other: str, *, strength: bool) -> Orders:
    first, second, third = (round(float(table[order][actor][other]), 9) for order in (1, 2, 3))
    return first, second, third if strength else None


def _middle(positions: Iterable[Position]) -> float:
    """The middle of what several positions on one matter say, by sign where no degree is known."""
    middles = [sum(p.interval) / 2 if p.interval else 2.0 * (p.sign or 0) for p in positions]
    return sum(middles) / len(middles)


def study_allies(case: Case, actor: str, known: Mapping[str, Known], normalisation: str = "none") -> list[Prospect]:
    """Allies, prospects and opponents of an actor, in that order, each the most promising first.

    Allies are those that `known` names with ties, as the question `allies` does. Prospects are all others that `known` names, or
    whose positions converge more than they diverge. Opponents are in tension with the actor, or their positions mostly diverge.
    Within a kind: of the actor's own countries or of none, then congruence less conflict, fewer obstacles, more levers, more common
    friends, then by name. A category to which the actor belongs is none of these, nor is a member of the actor.
    """
    alike = likeness(case, actor, normalisation)
    hostile: dict[str, list[CaseTie]] = {}
    foes: dict[str, set[str]] = {}
    friends: dict[str, set[str]] = {}
    for tie in case.ties:
        for one, other in ((tie.source, tie.target), (tie.target, tie.source)):
            if tie.sign < 0:
                foes.setdefault(one, set()).add(other)
                if one == actor:
                    hostile.setdefault(other, []).append(tie)
            elif tie.sign > 0 and one != other:
                friends.setdefault(one, set()).add(other)
    ids = {a.id for a in case.actors}
    allies = {other for other, k in known.items() if k.ties and other in ids}
    own = {t.target if t.source == actor else t.source for t in case.ties if t.classifies and actor in (t.source, t.target)}
    own |= {t.target for t in case.ties if t.classifies and t.source in own}
    found = []
    for other in sorted({*known, *(alike.keys() - own), *hostile} & ids - {actor}):
        k, like = known.get(other, Known()), alike.get(other)
        against = tuple(hostile.get(other, ()))
        leaning = like.subtract if like else 0.0
        kind = "ally" if k.ties else "opponent" if against or (leaning < 0 and not k.levers) else "prospect"
        flag = "tense" if against and leaning > 0 else ""
        if leaning < 0:
            flag = {"ally": "apart", "prospect": "torn"}.get(kind, "")
        common = friends.get(actor, set()) & friends.get(other, set()) - {actor, other}
        clear = {c for c in common if not foes.get(c, set()) & {actor, other}}
        found.append(
            Prospect(
                other,
                kind,
                k,
                like,
                flag,
                against,
                tuple(sorted(foes.get(other, set()) & allies - {other})),
                tuple(sorted(clear)),
            )
        )
    order = ("ally", "prospect", "opponent")
    here = set(case.actor(actor).countries)
    return sorted(found, key=lambda p: (order.index(p.kind), *_rank(case, p, here), case.label(p.actor), p.actor))


def _rank(case: Case, prospect: Prospect, here: set[str]) -> tuple[bool, float, int, int, int]:
    there = set(case.actor(prospect.actor).countries)
    abroad = bool(here and there) and not here & there
    leaning = prospect.likeness.subtract if prospect.likeness else 0.0
    return abroad, -leaning, len(prospect.obstacles), -len(prospect.known.levers), -len(prospect.friends)
