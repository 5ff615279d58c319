"""The strongest set of candidates without conflict: a maximum-weight independent set of the tensions."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.analysis.blocs.branching import Branching
from kg.analysis.blocs.candidates import Candidates, bits, mask_of
from kg.analysis.partition.clock import Clock, StopSearch

if TYPE_CHECKING:
    from kg.analysis.blocs.oddcycles import OddCycles
    from kg.analysis.blocs.relaxed import Programme

__all__ = ["Strongest"]

SMALL = 20  # candidates of a group that is solved by branching alone
MEDIUM = 60  # candidates of a group on which so many branches are tried before a programme is set up
BRANCHES = 2_000
MANY_BRANCHES = 300_000  # branches of a small group, more than it has
STEPS = 300_000  # steps of one search with reasoning, where tensions are too many for programmes
MOST_STEPS = 4_000_000  # the same for the strongest coalition of all, on which all prices hang
USUAL = 200  # candidates up to which a step takes the same time
CYCLES = 1_000  # odd cycles of tensions that programmes know at most: more make each of them slow
ROUNDS = 10  # how often they are looked for in one programme
NODE = 1_000  # branches that take as long as one of a programme
FEW_TENSIONS = 4  # tensions per candidate, each counted once, up to which linear programmes are worth their time
ROUNDED = 1e-6  # by how much a bound may be off
STOPPED = 1e-9  # the same as a share, where a programme stops early
PROVED = 1e-13  # the same for bounds by its prices


class _TooMany(Exception):  # noqa: N818 - the work allowed is done, nothing is wrong
    """The work allowed is done."""


class Strongest:
    """Finds the strongest conflict-free set among any of the open candidates."""

    def __init__(self, candidates: Candidates, clock: Clock) -> None:
        self.candidates = candidates
        self.clock = clock
        # without those who add nothing, a set is empty only where there is none
        self._powerful = mask_of(v for v in bits(candidates.open) if candidates.power[v])
        self._order = candidates.strongest_first
        self._place = place = {v: i for i, v in enumerate(self._order)}
        self._weight = [candidates.power[v] for v in self._order]
        self._against = [mask_of(place[u] for u in bits(candidates.against[v] & candidates.open)) for v in self._order]
        self.dense = sum(mask.bit_count() for mask in self._against) > 2 * FEW_TENSIONS * len(self._order)
        self._power = np.array(candidates.power, dtype=np.float64)
        self._known: dict[int, int] = {}
        self._best = 0
        self._most = 0
        self._branches = 0
        self.spent = 0

    def among(self, allowed: int, more_than: int = -1, steps: int = STEPS) -> tuple[int, bool]:
        """(the strongest set within `allowed`, whether it is proven).

        With `more_than` only sets of more power count; the empty set is returned when there is none. `steps` limits each search.
        """
        groups = self._connected(allowed & self._powerful)
        found, power, proven = 0, 0, True
        open_groups = []
        for group in groups:
            if group.bit_count() <= SMALL:
                best, sure = self._small(group)
                proven &= sure
                found |= best
                power += self.candidates.power_of(best)
            else:
                open_groups.append(group)
        for number, group in enumerate(open_groups):
            # of this group only sets count that can still lead to more than asked for
            others = sum(self.candidates.ceiling(other) for other in open_groups[number + 1 :])
            best, sure = self._large(group, more_than - power - others, steps)
            if not best and sure:
                return 0, proven
            proven &= sure
            found |= best
            power += self.candidates.power_of(best)
        return (found, proven) if power > more_than else (0, proven)

    def _connected(self, allowed: int) -> list[int]:
        """The sets of candidates within `allowed` that tensions hold together."""
        groups = []
        while allowed:
            group = front = allowed & -allowed
            while front:
                front = self.candidates.opposed_to(front) & allowed & ~group
                group |= front
            groups.append(group)
            allowed &= ~group
        return groups

    def _small(self, group: int) -> tuple[int, bool]:
        """(the strongest set of a small group, whether it is proven); asked for again and again, so remembered."""
        if group not in self._known:
            self._best, self._most = 0, -1
            if not self._search(group, MANY_BRANCHES):
                return self._found(), False
            self._known[group] = self._found()
        return self._known[group], True

    def _large(self, group: int, more_than: int, steps: int) -> tuple[int, bool]:
        """The strongest set of a large group with more than some power, else the empty set; and whether that is proven."""
        self._best, self._most = 0, max(-1, more_than)
        if self.candidates.ceiling(group) <= self._most:
            return 0, True
        if group.bit_count() <= MEDIUM and self._search(group, BRANCHES):
            return self._found(), True
        try:
            if self._linear(group, self._most, 0 if self.dense else ROUNDS)[1] <= self._most:
                return self._found(), True
            return self._reasoned(group, steps) if self.dense else self._divided(group, steps)
        except StopSearch:
            return self._found(), False

    def _found(self) -> int:
        """The best set so far in the candidates' own numbers."""
        return mask_of(self._order[i] for i in bits(self._best))

    def _search(self, allowed: int, branches: int) -> bool:
        """True when all sets within `allowed` were tried, or could be left out, with so many branches."""
        self._branches = branches
        try:
            self._branch(mask_of(i for i, v in enumerate(self._order) if allowed >> v & 1), 0, 0)
        except _TooMany:
            return False
        finally:
            self.spent += branches - self._branches
        return True

    def _branch(self, allowed: int, chosen: int, power: int) -> None:
        """Try all sets that add some of `allowed` to those chosen; candidates are numbered by falling power here.

        Groups of opponents give one member at most, so such a group adds at most what its weakest member has; what the others have
        more is left to further groups (the bound of Held, Cook & Sewell 2012, for colourings). Whoever the groups say can still be
        needed to beat the best set so far is tried, strongest first.
        """
        self._branches -= 1
        if self._branches < 0 or (self._branches % 256 == 0 and self.clock.over()):
            raise _TooMany
        if power > self._most:
            self._best, self._most = chosen, power
        needed = self._needed(allowed, power)
        while needed:
            one = needed & -needed
            v = one.bit_length() - 1
            self._branch(allowed & ~self._against[v] & ~one, chosen | one, power + self._weight[v])
            needed ^= one
            allowed ^= one

    def _needed(self, allowed: int, power: int) -> int:
        """Some of the candidates allowed, without whom the rest cannot beat the best set so far."""
        against, left = self._against, self._weight.copy()
        room = self._most - power
        while allowed:
            members = []
            least = room + 1
            group = allowed
            while group:
                v = (group & -group).bit_length() - 1
                members.append(v)
                if left[v] < least:
                    least = left[v]
                group &= against[v]
            room -= least
            if room < 0:
                return allowed
            for v in members:
                left[v] -= least
                if not left[v]:
                    allowed ^= 1 << v
        return 0

    @cached_property
    def _branching(self) -> Branching:
        return Branching(self.candidates.power, self.candidates.against, self._powerful, self.clock)

    def _reasoned(self, allowed: int, steps: int) -> tuple[int, bool]:
        """(the strongest set with more power than the best so far, else the empty set; whether that is proven)."""
        search = self._branching
        steps = steps * USUAL // max(USUAL, allowed.bit_count())
        better, proven = search.search(allowed, self._most, steps)
        self.spent += steps - search.steps
        return better or self._found(), proven

    @cached_property
    def _programme(self) -> Programme:
        from kg.analysis.blocs.relaxed import Programme

        return Programme(self.candidates, self.clock, whole=False)

    @cached_property
    def _cycles(self) -> OddCycles:
        from kg.analysis.blocs.oddcycles import OddCycles

        return OddCycles(self.candidates)

    def _divided(self, group: int, steps: int) -> tuple[int, bool]:
        """(the strongest set with more power than the best so far, else the empty set; whether that is proven).

        By linear programmes; where one leaves open what somebody with many opponents does, with and without that one.
        """
        candidates = self.candidates
        left = steps * USUAL // (NODE * max(USUAL, group.bit_count()))
        stack = [(group, 0, 0)]
        while stack:
            allowed, chosen, power = stack.pop()
            x, bound = self._linear(allowed, self._most - power, 1)
            if power + bound <= self._most:
                continue
            taken = mask_of(np.flatnonzero(x > 0.5).tolist()) & allowed
            total = candidates.power_of(taken)
            if power + total > self._most and not candidates.opposed_to(taken) & taken:
                self._best, self._most = mask_of(self._place[v] for v in bits(chosen | taken)), power + total
                if total >= bound:
                    continue
            left -= 1
            if left < 0:
                return self._found(), False
            self.spent += NODE
            split = np.minimum(x, 1 - x)
            v = max(bits(allowed), key=lambda u: (split[u] * (candidates.against[u] & allowed).bit_count(), -u))
            one = 1 << v
            stack.append((allowed ^ one, chosen, power))
            stack.append((allowed & ~candidates.against[v] & ~one, chosen | one, power + candidates.power[v]))
        return self._found(), True

    def _linear(self, allowed: int, more_than: int, rounds: int) -> tuple[NDArray[np.float64], int]:
        """(the strongest fractional set within `allowed`, the most power of any set), sharp by odd cycles.

        Where no set has more power than `more_than`, that is the bound, and the fractional set may be any.
        """
        programme = self._programme
        programme.fix(0, self.candidates.open & ~allowed)
        while True:
            x = programme.minimise(-self._power, -(more_than + 1) * (1 - STOPPED) + ROUNDED)
            if x is None:
                return self._power, more_than
            bound = int(-programme.least() * (1 + PROVED) + ROUNDED)
            if bound <= more_than or not rounds or len(self._cycles.found) >= CYCLES:
                return x, bound
            rounds -= 1
            cycles = self._cycles.violated(x, allowed)
            if not cycles:
                return x, bound
            for cycle in cycles:
                programme.add(cycle, len(cycle) // 2)
