"""The strongest set of candidates without conflict: a maximum-weight independent set of the tensions."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

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
FEW_TENSIONS = (
    4  # tensions per candidate, each counted once, up to which linear programmes with odd cycles are worth their time
)
FEWEST_TENSIONS = 3  # the same for integer programmes


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
        place = {v: i for i, v in enumerate(self._order)}
        self._weight = [candidates.power[v] for v in self._order]
        self._against = [mask_of(place[u] for u in bits(candidates.against[v] & candidates.open)) for v in self._order]
        self.dense = sum(mask.bit_count() for mask in self._against) > 2 * FEW_TENSIONS * len(self._order)
        self._hard = sum(mask.bit_count() for mask in self._against) > 2 * FEWEST_TENSIONS * len(self._order)
        self._known: dict[int, int] = {}
        self._best = 0
        self._most = 0
        self._branches = 0
        self._binding: list[tuple[int, ...]] = []
        self._added: set[tuple[int, ...]] = set()
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
            bound, exact = self._linear(group)
            if bound > self._most and exact is not None:
                return exact, True
            if bound <= self._most:
                return self._found(), True
            return self._reasoned(group, steps) if self._hard else self._whole(group)
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
    def _programmes(self) -> tuple[Programme, Programme]:
        """The linear and the integer programme."""
        from kg.analysis.blocs.relaxed import Programme

        return (
            Programme(self.candidates, self.clock, whole=False),
            Programme(self.candidates, self.clock, whole=True),
        )

    @cached_property
    def _cycles(self) -> OddCycles:
        from kg.analysis.blocs.oddcycles import OddCycles

        return OddCycles(self.candidates)

    def _linear(self, allowed: int) -> tuple[int, int | None]:
        """(an upper bound of the power of any set within `allowed`, a set with that power where it was met).

        Where tensions are few, odd cycles of them make the bound sharp; where they are many, they hardly lower it.
        """
        power = np.array(self.candidates.power, dtype=np.float64)
        programme = self._programmes[0]
        programme.fix(0, self.candidates.open & ~allowed)
        rounds = 0 if self.dense else ROUNDS
        while True:
            x = programme.minimise(-power)
            if x is None:  # half of nobody and half of everybody always satisfies the rows, so there is an x
                return 0, 0
            bound = int(float(power @ x) * (1 + 1e-9) + 1e-6)
            rounds -= 1
            if bound <= self._most or rounds < 0 or len(self._cycles.found) >= CYCLES:
                break
            cycles = self._cycles.violated(x, allowed)
            if not cycles:
                break
            for cycle in cycles:
                programme.add(cycle, len(cycle) // 2)
        self._binding = [] if self.dense else self._cycles.binding(x)
        taken = mask_of(np.flatnonzero(x > 0.5).tolist()) & allowed
        met = self.candidates.power_of(taken) >= bound and not self.candidates.opposed_to(taken) & taken
        return bound, taken if met else None

    def _whole(self, allowed: int) -> tuple[int, bool]:
        """The strongest set by integer programming; the one found by branching when that is too hard as well."""
        from kg.analysis.blocs.relaxed import Unsolved

        programme = self._programmes[1]
        for cycle in self._binding:  # the others would only make it slow
            if cycle not in self._added:
                self._added.add(cycle)
                programme.add(cycle, len(cycle) // 2)
        programme.fix(0, self.candidates.open & ~allowed)
        programme.require(power=(self._most + 1, self.candidates.power_of(allowed)))
        try:
            x = programme.minimise(-np.array(self.candidates.power, dtype=np.float64))
        except Unsolved:
            return self._found(), False
        finally:
            self.spent += NODE * programme.nodes
        if x is not None:
            better = mask_of(np.flatnonzero(x > 0.5).tolist())
            if self.candidates.power_of(better) > self._most:
                return better, True
        return self._found(), True
