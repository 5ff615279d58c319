"""Feasibility: who supports, who opposes, who could be won, weighed by power."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from numbers import Real
from typing import Any

from kg.analysis.signed import in_order
from kg.errors import AnalysisError, InputError, NotFoundError, near_names

__all__ = ["Feasibility", "Support", "feasibility"]

Interval = tuple[float, float]
Value = float | Interval


@dataclass(frozen=True, slots=True)
class Support:
    """Position x power added up, each as (low, high).

    supporters     over actors in favour whatever the interval, opponents: over actors against
    undecided      over actors whose position may be either, or is 0
    total          over all
    non_mobilised  power (not position x power) of actors who have no known position
    """

    supporters: Interval
    opponents: Interval
    undecided: Interval
    total: Interval
    non_mobilised: Interval


@dataclass(frozen=True, slots=True)
class Feasibility:
    """Support as it is and after a strategy (None without one), with the actors of each kind as they are now."""

    now: Support
    after: Support | None
    supporters: list[Any]
    opponents: list[Any]
    undecided: list[Any]
    non_mobilised: list[Any]

    @property
    def gain(self) -> Interval | None:
        """What the strategy adds to the total at its low and at its high end; None without one."""
        if self.after is None:
            return None
        return self.after.total[0] - self.now.total[0], self.after.total[1] - self.now.total[1]


def feasibility(
    positions: Mapping[Any, Value | None],
    power: Mapping[Any, Value],
    strategy: Mapping[Any, Value] | None = None,
    strategy_power: Mapping[Any, Value] | None = None,
    sides: Mapping[Any, int] | None = None,
) -> Feasibility:
    """How feasible an instrument is: positions weighed by power, with the interval that uncertain codings leave.

    Idea
        Whether a law passes depends on who is for and against it, how strongly, and how much they weigh; those without a known
        position are where a strategy can win most.

    Formula
        total = sum over actors of position x power. A value may be an interval (low, high): the total's low end adds the least
        position x power each actor can have, its high end the most. `strategy` replaces positions, `strategy_power` power.

    Edge cases
        A position of None is not known: such an actor is non-mobilised and counts with its power only. An actor without power is an
        error. An interval of positions across 0 is undecided; one that only touches 0 is too, unless `sides` says which side the
        actor takes (+1, -1, or 0 for neither), as where a word such as "support" stands for everything above 0.

    How to read it
        The sign of the total only if its interval does not cross 0. How not to: the total is no probability; it adds power up.

    Source
        The idea in PolicyMaker: Reich 1996, Health Policy 35:67-86.

    >>> found = feasibility({"A": 2, "B": -1, "C": None}, {"A": 0.5, "B": (0.4, 0.8), "C": 0.3}, strategy={"C": 1})
    >>> found.now.total, found.after.total
    ((0.2, 0.6), (0.5, 0.9))
    """
    if not positions:
        raise AnalysisError("feasibility: there is no actor; give at least one position")
    now_power = {name: _interval(value, f"power of {name!r}", 0.0) for name, value in power.items()}
    now = {name: None if value is None else _interval(value, f"position of {name!r}") for name, value in positions.items()}
    for name in now:
        if name not in now_power:
            raise NotFoundError(f"feasibility: {name!r} has no power; {near_names(str(name), map(str, power))}")
    after = None
    if strategy is not None or strategy_power is not None:
        changed = {name: _interval(value, f"position of {name!r}") for name, value in (strategy or {}).items()}
        stronger = {name: _interval(value, f"power of {name!r}", 0.0) for name, value in (strategy_power or {}).items()}
        for name in (*changed, *stronger):
            if name not in now:
                raise NotFoundError(f"feasibility: the strategy names {name!r}; {near_names(str(name), map(str, now))}")
        moved = {name: side for name, side in (sides or {}).items() if name not in changed}
        after = _support({**now, **changed}, {**now_power, **stronger}, moved)
    told = sides or {}
    kinds: dict[str, list[Any]] = {"supporters": [], "opponents": [], "undecided": [], "non_mobilised": []}
    for name in in_order(now):
        kinds[_kind(now[name], told.get(name, 0))].append(name)
    return Feasibility(_support(now, now_power, told), after, **kinds)


def _support(positions: Mapping[Any, Interval | None], power: Mapping[Any, Interval], sides: Mapping[Any, int]) -> Support:
    """The sums over the actors of each kind."""
    sums = dict.fromkeys(("supporters", "opponents", "undecided", "non_mobilised"), (0.0, 0.0))
    for name in in_order(positions):
        position, (weak, strong) = positions[name], power[name]
        if position is None:
            low, high = weak, strong
        else:
            products = [p * w for p in position for w in (weak, strong)]
            low, high = min(products), max(products)
        kind = _kind(position, sides.get(name, 0))
        sums[kind] = (sums[kind][0] + low, sums[kind][1] + high)
    total = [sums["supporters"][end] + sums["opponents"][end] + sums["undecided"][end] for end in (0, 1)]
    return Support(**{kind: _tidy(value) for kind, value in sums.items()}, total=_tidy((total[0], total[1])))


def _tidy(value: Interval) -> Interval:
    """Without the dust that sums of decimals leave."""
    return round(value[0], 12), round(value[1], 12)


def _kind(position: Interval | None, side: int) -> str:
    """What an actor with that position, on a known side or not, is."""
    if position is None:
        return "non_mobilised"
    if side:
        return "supporters" if side > 0 else "opponents"
    return "supporters" if position[0] > 0 else "opponents" if position[1] < 0 else "undecided"


def _interval(value: object, what: str, least: float | None = None) -> Interval:
    """A number or a pair as (low, high), or InputError."""
    ends = value if isinstance(value, tuple | list) else (value, value)
    if len(ends) != 2 or not all(isinstance(end, Real) and not isinstance(end, bool) and isfinite(end) for end in ends):
        raise InputError(f"feasibility: {what} is {value!r}; give a number, or (low, high)")
    low, high = float(ends[0]), float(ends[1])
    if low > high:
        raise InputError(f"feasibility: {what} is {value!r}; the low end comes first")
    if least is not None and low < least:
        raise InputError(f"feasibility: {what} is {value!r}; it cannot be below {least:g}")
    return low, high
