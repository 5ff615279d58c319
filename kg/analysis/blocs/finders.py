"""The questions a coalition finder answers, for free and for linked coalitions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol

from kg.analysis.blocs.candidates import Candidates, bits
from kg.analysis.blocs.dense import Dense, is_dense
from kg.analysis.blocs.linked import linked_minimal, linked_strongest
from kg.analysis.blocs.listing import all_minimal, cheapest_first, in_some_minimal
from kg.analysis.blocs.settling import Settling
from kg.analysis.blocs.strongest import MOST_STEPS, USUAL, Strongest
from kg.analysis.partition.clock import Clock, StopSearch

__all__ = ["Finder", "FreeFinder", "LinkedFinder", "opponents_of_required"]

LISTED = 5_000  # coalitions that the complete listing collects before the cheapest-first listing takes over
WORK = 50_000  # its steps
LINKED_WORK = 100_000  # sets a linked search visits
PRICE_WORK = 20_000  # the same, for the price of one tension
PRICES_WORK = 4_000_000  # branches for the prices of all tensions together, one after the other
GAIN_STEPS = 6_000_000  # steps of the one search for all of them, where tensions are many


class Finder(Protocol):
    """What `kg.analysis.coalitions` asks; None means that it could not be proven."""

    def strongest(self) -> tuple[int, bool]:
        """(the strongest conflict-free coalition, whether it is proven)."""

    def minimal(self, cap: int) -> tuple[list[int], bool, bool]:
        """(minimal winning coalitions, whether these are all, whether at least the cheapest `cap` are certain)."""

    def wins_without(self, v: int) -> bool | None:
        """Whether some winning conflict-free coalition lacks v."""

    def minimal_with(self, v: int) -> int | None:
        """A minimal winning conflict-free coalition with v in it, 0 when there is none."""

    def gains(self, most: int) -> tuple[dict[tuple[int, int], int], bool]:
        """(how much more than `most` the strongest coalition has once a < b are not in tension, whether that is all of them)."""


def opponents_of_required(candidates: Candidates) -> int:
    """Whoever cannot join because of a required member."""
    return candidates.opposed_to(candidates.required)


class FreeFinder:
    """Coalitions of anybody with anybody."""

    def __init__(self, candidates: Candidates, clock: Clock) -> None:
        self.candidates = candidates
        self.clock = clock
        self._strongest = Strongest(candidates, clock)
        self._dense = Dense(candidates, clock) if is_dense(candidates) else None
        self._spent_before = 0

    def strongest(self) -> tuple[int, bool]:
        """(the strongest conflict-free coalition, whether it is proven)."""
        found, proven = self._strongest.among(self.candidates.open, steps=MOST_STEPS)
        self._spent_before = self._strongest.spent
        return found | self.candidates.required, proven

    def minimal(self, cap: int) -> tuple[list[int], bool, bool]:
        """(minimal winning coalitions, whether these are all, whether at least the cheapest `cap` are certain)."""
        dense = self._dense
        found, complete = dense.all_minimal(LISTED) if dense else all_minimal(self.candidates, LISTED, WORK, self.clock)
        if complete:
            return found, True, True
        listed: list[int] = []
        try:
            order = dense.cheapest_first() if dense else cheapest_first(self.candidates, self.clock)
            for coalition in islice(order, cap + 1):
                listed.append(coalition)
        except (StopSearch, ArithmeticError):
            return [*listed, *(members for members in found if members not in set(listed))], False, False
        return listed, len(listed) <= cap, True

    def wins_without(self, v: int) -> bool | None:
        """Whether some winning conflict-free coalition lacks v."""
        if self.clock.over():
            return None
        needed = self.candidates.quota - self.candidates.power_of(self.candidates.required)
        found, proven = self._strongest.among(self.candidates.open & ~(1 << v), needed - 1)
        return True if found else False if proven else None

    def minimal_with(self, v: int) -> int | None:
        """A minimal winning conflict-free coalition with v in it, 0 when there is none."""
        if not self.candidates.open >> v & 1 or not self.candidates.power[v]:
            return 0
        if self.clock.over():
            return None
        try:
            if self._dense:
                return self._dense.minimal_with(v)
            return in_some_minimal(self.candidates, v, self.clock)
        except (StopSearch, ArithmeticError):
            return None

    def gains(self, most: int) -> tuple[dict[tuple[int, int], int], bool]:
        """(how much more than `most` the strongest coalition has once a < b are not in tension, whether that is all of them)."""
        if self._strongest.dense:
            self.clock.say("prices of tensions")
            steps = GAIN_STEPS * USUAL // max(USUAL, self.candidates.size)
            return Settling(self.candidates, most, self.clock).gains(steps)
        return self.one_by_one(most)

    def one_by_one(self, most: int) -> tuple[dict[tuple[int, int], int], bool]:
        """The same by one search per tension."""
        return _each(self.candidates, self.clock, lambda a, b: self._gain(a, b, most))

    def _gain(self, a: int, b: int, most: int) -> int | None:
        """What settling one tension gains, None when it could not be proven."""
        if self.clock.over():
            return None
        candidates = self.candidates
        base = candidates.required | 1 << a | 1 << b
        for v in bits(base):
            opponents = candidates.against[v] & base
            if opponents & ~(1 << a | 1 << b) or (opponents and not (1 << a | 1 << b) >> v & 1):
                return 0  # another tension would still keep them apart
        if self._strongest.spent - self._spent_before > PRICES_WORK:
            return None
        power = candidates.power_of(base)
        found, proven = self._strongest.among(candidates.open & ~base & ~candidates.opposed_to(base), most - power)
        if not proven:
            return None
        return max(0, power + candidates.power_of(found) - most)


class LinkedFinder:
    """Coalitions whose members are linked by ties."""

    def __init__(self, candidates: Candidates, ties: Sequence[int], clock: Clock) -> None:
        self.candidates = candidates
        self.ties = ties
        self.clock = clock

    def strongest(self) -> tuple[int, bool]:
        """(the strongest conflict-free coalition, whether it is proven)."""
        return linked_strongest(self.candidates, self.ties, LINKED_WORK, self.clock)

    def minimal(self, cap: int) -> tuple[list[int], bool, bool]:
        """(minimal winning coalitions, whether these are all, whether at least the cheapest `cap` are certain)."""
        found, complete = linked_minimal(self.candidates, self.ties, max(cap, LINKED_WORK), LINKED_WORK, self.clock)
        return found, complete, complete

    def wins_without(self, v: int) -> bool | None:
        """Whether some winning conflict-free coalition lacks v."""
        return None if self.candidates.open >> v & 1 else False

    def minimal_with(self, v: int) -> int | None:
        """A minimal winning conflict-free coalition with v in it, 0 when there is none."""
        return None if self.candidates.open >> v & 1 else 0

    def gains(self, most: int) -> tuple[dict[tuple[int, int], int], bool]:
        """(how much more than `most` the strongest coalition has once a < b are not in tension, whether that is all of them)."""
        return _each(self.candidates, self.clock, lambda a, b: self._gain(a, b, most))

    def _gain(self, a: int, b: int, most: int) -> int | None:
        """What settling one tension gains, None when it could not be proven."""
        settled = list(self.candidates.against)
        settled[a] &= ~(1 << b)
        settled[b] &= ~(1 << a)
        changed = replace(self.candidates, against=tuple(settled))
        everybody = (1 << changed.size) - 1
        changed = replace(changed, open=everybody & ~changed.required & ~opponents_of_required(changed))
        found, proven = linked_strongest(changed, self.ties, PRICE_WORK, self.clock, most)
        if not proven:
            return None
        return changed.power_of(found) - most if found else 0


def _each(
    candidates: Candidates, clock: Clock, gain: Callable[[int, int], int | None]
) -> tuple[dict[tuple[int, int], int], bool]:
    """(gain of each tension, whether all could be proven), one tension after the other."""
    found: dict[tuple[int, int], int] = {}
    complete = True
    before = -1
    for a, b in candidates.tensions:
        if a != before:
            clock.say(f"prices of tensions, {a + 1} of {candidates.size} candidates")
            before = a
        gained = gain(a, b)
        if gained is None:
            complete = False
        else:
            found[a, b] = gained
    return found, complete
