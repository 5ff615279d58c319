"""Coalitions whose members are linked by ties, directly or through each other."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from kg.analysis.blocs.candidates import Candidates, bits
from kg.analysis.partition.clock import Clock

__all__ = ["linked_minimal", "linked_strongest"]


class _Spread(ABC):
    """Grows connected conflict-free sets of candidates: each once, by deciding on one neighbour after the other."""

    def __init__(self, candidates: Candidates, ties: Sequence[int], work: int, clock: Clock) -> None:
        self.candidates = candidates
        self.ties = ties
        self.work = work
        self.clock = clock
        self.complete = True

    def grow(self) -> None:
        """Visit all sets that may matter."""
        candidates = self.candidates
        everybody = candidates.open | candidates.required
        if candidates.required:
            self._extend(candidates.required & -candidates.required, everybody)
            return
        for v in bits(everybody):
            self._extend(1 << v, everybody & ~candidates.against[v])
            everybody &= ~(1 << v)

    def _extend(self, members: int, allowed: int) -> None:
        """Visit all supersets of a connected set that add some of `allowed`."""
        self.work -= 1
        if self.work < 0 or (self.work % 256 == 0 and self.clock.over()):
            self.complete = False
            return
        candidates = self.candidates
        reach = self._connected(members & -members, allowed | members)
        if candidates.required & ~reach or not self.wanted(members, reach & ~members):
            return
        border = 0
        for v in bits(members):
            border |= self.ties[v]
        border &= reach & ~members
        if not border:
            return
        v = (border & -border).bit_length() - 1
        self._extend(members | 1 << v, reach & ~members & ~(1 << v) & ~candidates.against[v])
        if not candidates.required >> v & 1:
            self._extend(members, reach & ~members & ~(1 << v))

    def _connected(self, start: int, within: int) -> int:
        """Everybody in a set who is linked to the start through members of the set."""
        found, front = start, start
        while front:
            around = 0
            for v in bits(front):
                around |= self.ties[v]
            front = around & within & ~found
            found |= front
        return found

    @abstractmethod
    def wanted(self, members: int, reach: int) -> bool:
        """Note the set; False when no superset within reach matters."""


class _Minimal(_Spread):
    def __init__(self, candidates: Candidates, ties: Sequence[int], most: int, work: int, clock: Clock) -> None:
        super().__init__(candidates, ties, work, clock)
        self.most = most
        self.found: list[int] = []

    def wanted(self, members: int, reach: int) -> bool:
        candidates = self.candidates
        power = candidates.power_of(members)
        if power < candidates.quota or candidates.required & ~members:
            missing = candidates.required & ~members
            return power + candidates.power_of(missing) + candidates.ceiling(reach & ~missing) >= candidates.quota
        for v in bits(members & ~candidates.required):
            rest = members & ~(1 << v)
            if rest and power - candidates.power[v] >= candidates.quota and self._connected(rest & -rest, rest) == rest:
                return False
        self.found.append(members)
        if len(self.found) > self.most:
            self.complete, self.work = False, 0
        return False


class _Most(_Spread):
    def __init__(self, candidates: Candidates, ties: Sequence[int], more_than: int, work: int, clock: Clock) -> None:
        super().__init__(candidates, ties, work, clock)
        self.best = 0
        self.power = more_than

    def wanted(self, members: int, reach: int) -> bool:
        candidates = self.candidates
        power = candidates.power_of(members)
        missing = candidates.required & ~members
        if not missing and power > self.power:
            self.best, self.power = members, power
        return power + candidates.power_of(missing) + candidates.ceiling(reach & ~missing) > self.power


def linked_minimal(
    candidates: Candidates, ties: Sequence[int], most: int, work: int, clock: Clock
) -> tuple[list[int], bool]:
    """(minimal winning conflict-free coalitions whose members are linked, whether these are all).

    Minimal: no smaller set with all the required wins and is linked. If one is, one that lacks a single member is, since the linked
    set can be grown back to the larger one member by member.
    """
    search = _Minimal(candidates, ties, most, work, clock)
    search.grow()
    return search.found, search.complete


def linked_strongest(
    candidates: Candidates, ties: Sequence[int], work: int, clock: Clock, more_than: int = -1
) -> tuple[int, bool]:
    """(the strongest linked conflict-free coalition with more power than stated, else the empty set; whether that is proven)."""
    search = _Most(candidates, ties, more_than, work, clock)
    search.grow()
    return search.best, search.complete
