"""How feasible an issue or an instrument is in a case: who stands where, weighed by power, before and after a strategy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.cases.model import Case, Interval
from kg.analysis.cases.standpoints import Standpoint, standpoints, without_doubles
from kg.analysis.support import Support, feasibility
from kg.errors import AnalysisError

__all__ = ["Feasible", "Weighed", "study_feasibility"]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One actor: its standpoint, its power (None where unknown), and position x power as an interval (None where either is)."""

    stand: Standpoint
    power: Interval | None
    product: Interval | None


@dataclass(frozen=True, slots=True)
class Feasible:
    """Position x power added up, over those whose power is known.

    support  sums by kind, each with its interval; None where nobody has both a position and a known power
    widest   the total with every unknown power anywhere on the scale; `most` is its upper end
    actors   everybody that takes part, by id
    unknown  those with a side whose power is not known, in order
    replaced categories that count by their members, so that no power counts twice
    """

    support: Support | None
    widest: Interval
    actors: Mapping[str, Weighed]
    unknown: tuple[str, ...]
    replaced: tuple[str, ...]
    most: float = 1.0

    @property
    def sign(self) -> int:
        """+1 or -1 where the total is above or below 0 whatever the codings, else 0."""
        total = self.support.total if self.support else (0.0, 0.0)
        return (total[0] > 0) - (total[1] < 0)


def study_feasibility(case: Case, on: Sequence[str] = ()) -> Feasible:
    """The feasibility of what `on` names (empty: of all positions of the case), as intervals.

    Supporters and opponents are told by the side they take, not by the interval alone: "support" reaches down to 0 without being 0.
    Who is only interested is not mobilised and counts with its power. Unknown power is never made up: such actors are named, and
    `widest` says what the total could be with any power on the scale (`Case.scale`).

    Raises AnalysisError where nobody takes a stand.
    """
    everybody = standpoints(case, on, interest=not on)
    kept, replaced = without_doubles(case, list(everybody))
    stands = {actor: everybody[actor] for actor in kept}
    if not stands:
        raise AnalysisError(
            "feasibility: nobody is known to take a stand or an interest; name another, or select fewer conditions"
        )
    power = case.power()
    known = {actor: stand for actor, stand in stands.items() if actor in power}
    support = None
    if known:
        found = feasibility(
            {actor: stand.interval for actor, stand in known.items()},
            {actor: power[actor] for actor in known},
            sides={actor: _side(stand) for actor, stand in known.items()},
        )
        support = found.now
    unknown = tuple(actor for actor, stand in stands.items() if actor not in power and stand.interval is not None)
    low, high = support.total if support else (0.0, 0.0)
    for actor in unknown:
        least, most = _product(stands[actor].interval or (0.0, 0.0), case.scale)
        low, high = low + least, high + most
    weighed = {
        actor: Weighed(
            stand, power.get(actor), _product(stand.interval, power[actor]) if stand.interval and actor in power else None
        )
        for actor, stand in stands.items()
    }
    return Feasible(support, (round(low, 9), round(high, 9)), weighed, unknown, tuple(replaced), case.scale[1])


def _side(stand: Standpoint) -> int:
    return {"for": 1, "against": -1}.get(stand.side, 0)


def _product(position: Interval, power: Interval) -> Interval:
    products = [p * w for p in position for w in power]
    return min(products), max(products)
