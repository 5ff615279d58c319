"""The questions a coalition finder answers, for free and for linked coalitions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol

from kg.analysis.blocs.candidates import Candidates, bits
from kg.analysis.blocs.dense import Dense, is_dense
from kg.analysis.blocs.linked import linked_minimal, linked_strongest
from kg.analysis.blocs.listing import all_minimal, cheapest_first, in_some_minimal, trimmed
from kg.analysis.blocs.settling import Settling
from kg.analysis.blocs.strongest import MOST_STEPS, USUAL, Strongest
from kg.analysis.partition.clock import Clock, StopSearch

__all__ = ["Bounds", "Finder", "FreeFinder", "LinkedFinder", "opponents_of_required"]

LISTED = 5_000  # coalitions that the complete listing collects before the cheapest-first listing takes over
WORK = 50_000  # its steps
LINKED_WORK = 100_000  # sets a linked search visits
PRICE_WORK = 20_000  # the same, for the price of one tension
PRICES_WORK = 4_000_000  # branches for the prices of all tensions together, one after the other
GAIN_STEPS = 6_000_000  # steps of the one search for all of them, where tensions are many


Bounds = dict[tuple[int, int], tuple[int, int]]


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

    def bounds(self, strong: int) -> Bounds:
        """Between what and what the gain from settling each tension a < b lies, given a strong coalition: what is seen at once."""

    def gains(self, strongest: int) -> Bounds:
        """The same by searching, given the strongest coalition: both ends are the gain itself where it is proven."""


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
        self._strong = candidates.required

    def strongest(self) -> tuple[int, bool]:
        """(the strongest conflict-free coalition, whether it is proven)."""
        found, proven = self._strongest.among(self.candidates.open, steps=MOST_STEPS)
        self._spent_before = self._strongest.spent
        self._strong = found | self.candidates.required
        return self._strong, proven

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
            strong = self._strong_with(v)
            if not strong:
                return 0
            return trimmed(self.candidates, strong, v) or in_some_minimal(self.candidates, v, self.clock)
        except (StopSearch, ArithmeticError):
            return None

    def _strong_with(self, v: int) -> int:
        """A strong coalition with v in it, 0 when none wins for sure; where tensions are few, it wins when any does."""
        candidates = self.candidates
        strong = self._strong & ~candidates.against[v] | 1 << v
        if candidates.power_of(strong) < candidates.quota and not self._strongest.dense:
            needed = candidates.quota - candidates.power_of(candidates.required | 1 << v)
            found, proven = self._strongest.among(candidates.open & ~candidates.against[v] & ~(1 << v), needed - 1)
            if found:
                return found | candidates.required | 1 << v
            if proven:
                return 0
        return strong

    def bounds(self, strong: int) -> Bounds:
        """Between what and what the gain from settling each tension lies, given a strong coalition: what is seen at once.

        Whoever is the weaker of the two could leave again, and the rest would be without conflict.
        """
        power, required = self.candidates.power, self.candidates.required
        most = self.candidates.power_of(strong)
        weaker = {pair: min(power[v] for v in pair if not required >> v & 1) for pair in self.candidates.tensions}
        return {(a, b): (0, min(weaker[a, b], _reach(self.candidates, a, b, most))) for a, b in self.candidates.tensions}

    def gains(self, strongest: int) -> Bounds:
        """The same by searching, given the strongest coalition: both ends are the gain itself where it is proven."""
        if not self._strongest.dense:
            return self.one_by_one(strongest)
        steps = GAIN_STEPS * USUAL // max(USUAL, self.candidates.size)
        found, complete = Settling(self.candidates, self.candidates.power_of(strongest), self.clock).gains(steps)
        if complete:
            return {pair: (gain, gain) for pair, gain in found.items()}
        return {pair: (max(low, found[pair]), high) for pair, (low, high) in self._joined(strongest).items()}

    def one_by_one(self, strongest: int) -> Bounds:
        """The same by one search per tension."""
        most = self.candidates.power_of(strongest)
        return _each(self._joined(strongest), self.clock, lambda a, b: self._gain(a, b, most))

    def _joined(self, strongest: int) -> Bounds:
        """The bounds once everybody with a single opponent in the strongest coalition has joined it."""
        bounds = self.bounds(strongest)
        for v, against in enumerate(self.candidates.against):
            opponent = against & strongest
            if opponent.bit_count() == 1 and not strongest >> v & 1:
                pair = min(v, opponent.bit_length() - 1), max(v, opponent.bit_length() - 1)
                bounds[pair] = self.candidates.power[v], bounds[pair][1]
        return bounds

    def _gain(self, a: int, b: int, most: int) -> tuple[int, bool]:
        """(what settling one tension gains, or as much of it as was found, whether it is proven)."""
        if self.clock.over() or self._strongest.spent - self._spent_before > PRICES_WORK:
            return 0, False
        candidates = self.candidates
        base = candidates.required | 1 << a | 1 << b
        power = candidates.power_of(base)
        found, proven = self._strongest.among(candidates.open & ~base & ~candidates.opposed_to(base), most - power)
        return max(0, power + candidates.power_of(found) - most), proven


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

    def bounds(self, strong: int) -> Bounds:
        """Between what and what the gain from settling each tension lies, given a strong coalition: what is seen at once."""
        most = self.candidates.power_of(strong)
        return {(a, b): (0, _reach(self.candidates, a, b, most)) for a, b in self.candidates.tensions}

    def gains(self, strongest: int) -> Bounds:
        """The same by searching, given the strongest coalition: both ends are the gain itself where it is proven."""
        most = self.candidates.power_of(strongest)
        return _each(self.bounds(strongest), self.clock, lambda a, b: self._gain(a, b, most))

    def _gain(self, a: int, b: int, most: int) -> tuple[int, bool]:
        """(what settling one tension gains, or as much of it as was found, whether it is proven)."""
        settled = list(self.candidates.against)
        settled[a] &= ~(1 << b)
        settled[b] &= ~(1 << a)
        changed = replace(self.candidates, against=tuple(settled))
        everybody = (1 << changed.size) - 1
        changed = replace(changed, open=everybody & ~changed.required & ~opponents_of_required(changed))
        found, proven = linked_strongest(changed, self.ties, PRICE_WORK, self.clock, most)
        return changed.power_of(found) - most if found else 0, proven


def _reach(candidates: Candidates, a: int, b: int, most: int) -> int:
    """What settling one tension gains at most: who is left, opponents in groups, against a strongest coalition of `most` or more."""
    base = candidates.required | 1 << a | 1 << b
    for v in bits(base):
        opponents = candidates.against[v] & base
        if opponents & ~(1 << a | 1 << b) or (opponents and not (1 << a | 1 << b) >> v & 1):
            return 0  # another tension would still keep them apart
    rest = candidates.open & ~base & ~candidates.opposed_to(base)
    return max(0, candidates.power_of(base) + candidates.ceiling(rest) - most)


def _each(bounds: Bounds, clock: Clock, gain: Callable[[int, int], tuple[int, bool]]) -> Bounds:
    """The bounds made closer by one search per tension, where they differ."""
    found: Bounds = {}
    settled = 0
    before = -1
    for (a, b), (low, high) in bounds.items():
        if a != before:
            clock.say(f"prices of tensions, {settled} of {len(bounds)} settled")
            before = a
        if low < high:
            gained, proven = gain(a, b)
            low = max(low, gained)
            high = low if proven else high
        settled += low == high
        found[a, b] = low, high
    return found
