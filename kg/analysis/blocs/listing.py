"""Minimal winning coalitions without conflict: all of them, or the cheapest so many.

A coalition is minimal when nobody but the required can be left out. Added up from the strongest member down, it is minimal exactly
when the last member makes it win, so a search that stops there lists every minimal one once and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.analysis.blocs.candidates import Candidates, bits
from kg.analysis.partition.clock import Clock

if TYPE_CHECKING:
    from kg.analysis.blocs.relaxed import Programme

__all__ = ["CELLS", "Tables", "all_minimal", "cheapest_first", "in_some_minimal", "last_members", "trimmed"]

CELLS = 20_000_000  # candidates x power levels that the tables of sums may hold


def all_minimal(candidates: Candidates, most: int, work: int, clock: Clock) -> tuple[list[int], bool]:
    """(minimal winning conflict-free coalitions, whether these are all): the search ends after `most` of them or so much work."""
    start = candidates.power_of(candidates.required)
    if start >= candidates.quota:
        return [candidates.required], True
    order = [v for v in candidates.strongest_first if candidates.power[v]]
    rest_of = [0] * (len(order) + 1)
    for i in range(len(order) - 1, -1, -1):
        rest_of[i] = rest_of[i + 1] | 1 << order[i]
    found: list[int] = []

    def extend(i: int, allowed: int, power: int, members: int) -> bool:
        """List every completion by candidates from position i on; False when it became too much."""
        nonlocal work
        for j in range(i, len(order)):
            v = order[j]
            if not allowed >> v & 1:
                continue
            work -= 1
            if work < 0 or (work % 1024 == 0 and clock.over()):
                return False
            if power + candidates.ceiling(allowed & rest_of[j]) < candidates.quota:
                return True
            if power + candidates.power[v] >= candidates.quota:
                found.append(members | 1 << v)
                if len(found) > most:
                    return False
            elif not extend(
                j + 1, allowed & rest_of[j + 1] & ~candidates.against[v], power + candidates.power[v], members | 1 << v
            ):
                return False
        return True

    complete = extend(0, candidates.open, start, candidates.required)
    return found, complete


def cheapest_first(candidates: Candidates, clock: Clock) -> Iterator[int]:
    """Minimal winning conflict-free coalitions by total power, number of members, names; for whole-numbered power.

    For each total a table says which numbers of the remaining candidates can add up to what is missing; candidates are then taken
    or left in name order, with a linear programme over the tensions to see whether the rest can still be found without conflict.

    Raises Unsolved when the numbers or the tensions make that too hard, StopSearch when the clock says so.
    """
    from kg.analysis.blocs.relaxed import Programme, Unsolved

    start = candidates.power_of(candidates.required)
    missing = candidates.quota - start
    largest = max((candidates.power[v] for v in bits(candidates.open)), default=0)
    if candidates.size * (missing + largest) > CELLS:
        raise Unsolved
    whole = Programme(candidates, clock, whole=True)
    relaxed = Programme(candidates, clock, whole=False)
    ones = np.ones(candidates.size)
    for over in range(largest):
        total = missing + over
        items = [v for v in bits(candidates.open) if candidates.power[v] > over]
        outside = candidates.open & ~sum(1 << v for v in items)
        whole.fix(0, outside)
        whole.require(power=(total, total))
        fewest = whole.minimise(ones)
        if fewest is None:
            continue
        tables = Tables(candidates, items, total)
        for members in range(round(float(fewest.sum())), len(items) + 1):
            if not tables.possible(0, total, members):
                if members > tables.most[0][total]:
                    break
                continue
            for coalition in _Level(candidates, items, tables, relaxed).list(total, members):
                yield coalition | candidates.required


class Tables:
    """For each position in name order and each sum: the fewest and the most of the items from there on that add up to it."""

    def __init__(self, candidates: Candidates, items: list[int], total: int) -> None:
        never = np.iinfo(np.int16).max // 2
        fewest = np.full((len(items) + 1, total + 1), never, dtype=np.int16)
        most = np.full((len(items) + 1, total + 1), -never, dtype=np.int16)
        fewest[-1, 0] = most[-1, 0] = 0
        for i in range(len(items) - 1, -1, -1):
            p = candidates.power[items[i]]
            fewest[i], most[i] = fewest[i + 1], most[i + 1]
            if p <= total:
                np.minimum(fewest[i, p:], fewest[i + 1, : total + 1 - p] + 1, out=fewest[i, p:])
                np.maximum(most[i, p:], most[i + 1, : total + 1 - p] + 1, out=most[i, p:])
        self.fewest = fewest
        self.most = most

    def possible(self, i: int, total: int, members: int) -> bool:
        """False when no so many items from position i on add up to the total."""
        return bool(total >= 0 and self.fewest[i, total] <= members <= self.most[i, total])


@dataclass(frozen=True, slots=True)
class _State:
    """Choices made: `inside` chosen, `allowed` still free; `must` of the free ones cannot be left out.

    `x` is a fractional coalition, the best by what the level goes by, that agrees with all this.
    """

    inside: int
    allowed: int
    must: int
    x: NDArray[np.float64]


class _Level:
    """The coalitions of one total and one number of members, in name order.

    A fractional coalition that has the total needs some fewest members, one that has so many members can bring some most power.
    What is left to either limit decides who can only be in or out; the level goes by the tighter one, which near the strongest
    coalition is the power.
    """

    def __init__(self, candidates: Candidates, items: list[int], tables: Tables, relaxed: Programme) -> None:
        self.candidates = candidates
        self.items = items
        self.tables = tables
        self.relaxed = relaxed
        self.costs = self.ones = np.ones(candidates.size)
        self.limit = 0.0
        self.later = [0] * (len(items) + 1)
        for i in range(len(items) - 1, -1, -1):
            self.later[i] = self.later[i + 1] | 1 << items[i]

    def list(self, total: int, members: int) -> Iterator[int]:
        """Every coalition of so many open candidates with that total."""
        nothing = _State(0, sum(1 << v for v in self.items), 0, self.ones)
        self.relaxed.fix(0, self.candidates.open & ~nothing.allowed)
        if not self._choose(total, members):
            return
        first = self._settle(nothing, total, members)
        if first is not None:
            yield from self._extend(0, total, members, first)

    def _choose(self, total: int, members: int) -> bool:
        """Whether fractional coalitions of that total and number exist; the level then goes by the tighter of the two limits."""
        power = np.array(self.candidates.power, dtype=np.float64)
        self.relaxed.require(members=(members, members))
        strongest = self.relaxed.minimise(-power)
        if strongest is None:
            return False
        of_power = (float(power @ strongest) - total) / (total / members)
        self.relaxed.require(power=(total, total))
        smallest = self.relaxed.minimise(self.ones)
        if smallest is None:
            return False
        if _by_power(of_power, members - float(smallest.sum())):
            self.relaxed.require(members=(members, members))
            self.costs, self.limit = -power, -float(total)
        else:
            self.costs, self.limit = self.ones, float(members)
        return True

    def _settle(self, state: _State, total: int, left: int) -> _State | None:
        """The state with what follows from its choices; None when no coalition agrees with them.

        `left` members with that total are still to come. Whoever the programme can only take, or leave, at the price of going beyond
        the limit is decided by that.
        """
        if self.candidates.most_by(left, state.allowed) < total:
            return None
        inside, allowed = state.inside, state.allowed
        self.relaxed.fix(inside, self.candidates.open & ~allowed & ~inside)
        x = self.relaxed.minimise(self.costs)
        if x is None:
            return None
        room = self.limit - float(self.costs @ x) + 1e-6 * max(1.0, abs(self.limit))
        if room < 0:
            return None
        prices = self.relaxed.prices()
        out = sum(1 << v for v in np.flatnonzero(prices > room).tolist() if allowed >> v & 1)
        must = sum(1 << v for v in np.flatnonzero(prices < -room).tolist() if allowed >> v & 1)
        return _State(inside, allowed & ~out, must, x)

    def _extend(self, i: int, total: int, left: int, state: _State) -> Iterator[int]:
        """Complete the choices made so far with so many of the items from position i on."""
        if left <= 2:
            for last in last_members(self.candidates, total, left, state.allowed & self.later[i]):
                if not state.must & ~last:
                    yield state.inside | last
            return
        while i < len(self.items) and not state.allowed >> self.items[i] & 1:
            i += 1
        if not self.tables.possible(i, total, left):
            return
        v = self.items[i]
        one = 1 << v
        against = self.candidates.against[v]
        if not against & state.must:
            rest = state.allowed & ~against & ~one
            now = total - self.candidates.power[v]
            if self.tables.possible(i + 1, now, left - 1):
                agreed = _State(state.inside | one, rest, state.must & ~one, state.x)
                taken = agreed if state.x[v] > 1 - 1e-6 else self._settle(agreed, now, left - 1)
                if taken is not None:
                    yield from self._extend(i + 1, now, left - 1, taken)
        if not state.must & one and self.tables.possible(i + 1, total, left):
            agreed = _State(state.inside, state.allowed & ~one, state.must, state.x)
            kept = agreed if state.x[v] < 1e-6 else self._settle(agreed, total, left)
            if kept is not None:
                yield from self._extend(i + 1, total, left, kept)


def _by_power(of_power: float, of_number: float) -> bool:
    """Whether a level goes by the power left, in members of its mean power, rather than by the number left."""
    return of_power < of_number


def last_members(candidates: Candidates, total: int, left: int, allowed: int) -> Iterator[int]:
    """The sets of exactly `left` allowed candidates, at most two, without conflict and with that total, in name order."""
    if left == 0:
        if total == 0:
            yield 0
        return
    for v in bits(allowed):
        allowed &= ~(1 << v)
        rest = total - candidates.power[v]
        if left == 1:
            if rest == 0:
                yield 1 << v
        elif rest > 0:
            for u in bits(candidates.of_power.get(rest, 0) & allowed & ~candidates.against[v]):
                yield 1 << v | 1 << u


def in_some_minimal(candidates: Candidates, v: int, clock: Clock) -> int:
    """A minimal winning conflict-free coalition with candidate v in it, 0 when there is none; for whole-numbered power.

    Whoever is the weakest member, the total must stay below the quota plus its power: each possible weakest power is tried.

    Raises Unsolved, StopSearch.
    """
    from kg.analysis.blocs.relaxed import Programme, Unsolved

    start = candidates.power_of(candidates.required)
    missing = candidates.quota - start
    programme = Programme(candidates, clock, whole=True)
    weakest = sorted({candidates.power[u] for u in bits(candidates.open) if 0 < candidates.power[u] <= candidates.power[v]})
    for least in reversed(weakest):
        programme.fix(1 << v, sum(1 << u for u in bits(candidates.open) if candidates.power[u] < least))
        programme.require(power=(missing, missing + least - 1))
        x = programme.minimise(np.zeros(candidates.size))
        if x is not None:
            found = sum(1 << u for u in range(candidates.size) if x[u] > 0.5)
            total = candidates.power_of(found)
            if not missing <= total < missing + least or candidates.opposed_to(found) & found:
                raise Unsolved
            return found | candidates.required
    return 0


def trimmed(candidates: Candidates, members: int, v: int) -> int:
    """A minimal winning coalition with v in it, by leaving out some of the members; 0 when none was found.

    Whoever can be spared is left out, strongest first; where too much is left over for v to be needed, the strongest are kept.
    """
    spare = [u for u in candidates.strongest_first if u != v and members >> u & 1]
    over = candidates.power_of(members) - candidates.quota
    for kept in range(len(spare) + 1):
        left, found = over, members
        for u in spare[kept:] + spare[:kept]:
            if candidates.power[u] <= left:
                left -= candidates.power[u]
                found ^= 1 << u
        if 0 <= left < candidates.power[v]:
            return found
    return 0
