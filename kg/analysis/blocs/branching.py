"""Branching for the strongest set without conflict, with reasoning about which groups of opponents cannot all give a member.

The bound of Held, Cook & Sewell 2012 (groups of opponents give one member at most) is sharpened as in programmes for maximum cliques
(Li & Quan 2010, AAAI; with weights Li, Liu, Jiang, Manya & Li 2018): say that somebody is in, strike out the opponents, see who is the
last one left in a group, say that this one is in, and so on. Where a group is left with nobody, the groups met on the way cannot all
give a member, and the somebody is paid for by them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from kg.analysis.blocs.candidates import bits, mask_of
from kg.analysis.partition.clock import Clock, StopSearch

__all__ = ["Branching"]

_LANE = 8  # bits that count the members of one group who are left
_LARGEST = 100  # members of a group, so that a lane can count them
_OFTEN = 64  # steps between two looks at the clock
_TRIES = 2_000  # changes by which a good set is looked for before the search begins
_LOOKS = 400_000  # candidates looked at meanwhile, at most
_PASS = 3  # rounds in which each change is made good


class Branching:
    """Searches among candidates of positive power; they are numbered so that those with most opponents come last inside."""

    def __init__(self, power: Sequence[int], against: Sequence[int], members: int, clock: Clock) -> None:
        self.clock = clock
        self.order = _opposed_last(power, against, members)
        self.place = {v: i for i, v in enumerate(self.order)}
        self.weight = [power[v] for v in self.order]
        self.against = [mask_of(self.place[u] for u in bits(against[v] & members)) for v in self.order]
        self.best, self.most = 0, -1
        self.steps = 0

    def search(self, allowed: int, more_than: int, steps: int) -> tuple[int, bool]:
        """(the strongest set within `allowed` with more than so much power, else the empty set; whether that is proven)."""
        self.best, self.most, self.steps = 0, more_than, steps
        start = mask_of(self.place[v] for v in bits(allowed))
        if more_than < 0:
            self._guess(start)
        try:
            self._branch(start)
            proven = True
        except StopSearch:
            proven = False
        return mask_of(self.order[i] for i in bits(self.best)), proven

    def _branch(self, allowed: int) -> None:
        """Try all sets within `allowed` that can have more power than the best so far."""
        against, weight = self.against, self.weight
        stack: list[tuple[int, int, int, int]] = []
        chosen, power = 0, 0
        while True:
            self.step()
            if power > self.most:
                self.best, self.most = chosen, power
            needed = self.needed(allowed, self.most - power)
            if needed:
                stack.append((allowed & ~needed, needed, chosen, power))
            if not stack:
                return
            base, needed, chosen, power = stack.pop()
            v = needed.bit_length() - 1
            one = 1 << v
            if needed ^ one:
                stack.append((base | one, needed ^ one, chosen, power))
            allowed, chosen, power = base & ~against[v], chosen | one, power + weight[v]

    def _guess(self, allowed: int) -> None:
        """A good set to begin with: force somebody in, let whoever is stronger than its opponents inside come in, again and again."""
        against, weight = self.against, self.weight
        people = list(bits(allowed))
        chance = random.Random(0)  # noqa: S311  # the same moves each time, not a secret
        current, power = 0, 0
        for _ in range(min(_TRIES, _LOOKS // len(people)) if people else 0):
            if self.clock.over():
                break
            v = chance.choice(people)
            trial = current & ~against[v] | 1 << v
            for _ in range(_PASS):
                before = trial
                for u in people:
                    if not trial >> u & 1 and weight[u] > sum(weight[w] for w in bits(against[u] & trial)):
                        trial = trial & ~against[u] | 1 << u
                if trial == before:
                    break
            total = sum(weight[w] for w in bits(trial))
            if total >= power:
                current, power = trial, total
        if power > self.most:
            self.best, self.most = current, power

    def needed(self, allowed: int, room: int) -> int:
        """Some of the candidates allowed, without whom the rest has no more power than `room`."""
        groups = _Groups(self, allowed, room)
        needed = groups.rest
        for b in sorted(bits(groups.rest), key=groups.left.__getitem__):  # the cheapest to pay for first
            left = groups.left[b]
            power, unspent = groups.power.copy(), groups.open
            while left:
                self.step()
                met = groups.contradiction(b)
                if not met:
                    groups.power, groups.open = power, unspent  # who is paid for in part is needed all the same
                    break
                left -= groups.pay(met, left)
            if not left:
                needed ^= 1 << b
        return needed

    def step(self) -> None:
        """Count one step; raises StopSearch after the last, or when the clock says so."""
        self.steps -= 1
        if self.steps < 0 or (self.steps % _OFTEN == 0 and self.clock.over()):
            raise StopSearch


class _Groups:
    """Groups of opponents whose powers together are within a room; `rest` are those who are not paid for, with what is `left`.

    One big number counts the members left in all groups, in lanes: so that striking somebody out is one subtraction.
    """

    def __init__(self, search: Branching, allowed: int, room: int) -> None:
        self.against = search.against
        self.left = left = search.weight.copy()
        self.members: list[int] = []
        self.power: list[int] = []
        self.lanes = lanes = [0] * len(left)
        self.struck = [0] * len(left)  # what all opponents of somebody take off the counts, once they have
        against = self.against
        lane, full, scope = 1, 0, 0
        while allowed and room:
            least = room
            found: list[int] = []
            mask = 0
            group = allowed
            while group and len(found) < _LARGEST:
                one = group & -group
                v = one.bit_length() - 1
                found.append(v)
                mask |= one
                if left[v] < least:
                    least = left[v]
                group &= against[v]
            room -= least
            for v in found:
                lanes[v] |= lane
                left[v] -= least
                if not left[v]:
                    allowed ^= 1 << v
            scope |= mask
            self.members.append(mask)
            self.power.append(least)
            full += len(found) * lane
            lane <<= _LANE
        self.rest = allowed
        self.scope = scope
        self.full = full
        ones = (lane - 1) // 255
        self.two = 126 * ones  # added to a lane, it reaches the lane's highest bit from two members on
        self.one = 127 * ones
        self.open = 128 * ones  # the highest bits of the groups that have power left

    def contradiction(self, b: int) -> list[int]:
        """The groups that cannot all give a member when b is in, none when no contradiction was found."""
        against, members, scope = self.against, self.members, self.scope
        counts, two, look = self.full, self.two, self.open
        removed = 0
        trail = []
        v, by = b, -1
        while True:
            new = against[v] & scope & ~removed
            if new:  # nothing is new where somebody is the last one left in a second group
                counts -= self._lanes_of(v, new, against[v] & removed)
                removed |= new
                trail.append((new, by))
            few = look & ~(counts + two)
            if not few:
                return []
            none = few & ~(counts + self.one)
            if none:
                return self._met(trail, (none & -none).bit_length() // _LANE - 1)
            lane = few & -few
            look ^= lane
            by = lane.bit_length() // _LANE - 1
            v = (members[by] & ~removed).bit_length() - 1

    def _lanes_of(self, v: int, new: int, old: int) -> int:
        """What to take off the counts when opponents of v are struck out who are new, while the old ones were before."""
        lanes = self.lanes
        known = self.struck[v]
        if known and old.bit_count() < new.bit_count():
            total = known
            while old:
                one = old & -old
                total -= lanes[one.bit_length() - 1]
                old ^= one
            return total
        total = 0
        first = not old
        while new:
            one = new & -new
            total += lanes[one.bit_length() - 1]
            new ^= one
        if first:
            self.struck[v] = total
        return total

    def _met(self, trail: list[tuple[int, int]], empty: int) -> list[int]:
        """The groups that a contradiction rests on, from the one left empty back."""
        met = [empty]
        needed = self.members[empty]
        for new, by in reversed(trail):
            if new & needed and by >= 0:
                met.append(by)
                needed |= self.members[by]
        return met

    def pay(self, met: list[int], wanted: int) -> int:
        """How much of `wanted` these groups pay, who have so much less left after it."""
        paid = min(wanted, *(self.power[group] for group in met))
        for group in met:
            self.power[group] -= paid
            if not self.power[group]:
                self.open ^= 128 << _LANE * group
        return paid


def _opposed_last(power: Sequence[int], against: Sequence[int], members: int) -> list[int]:
    """Whoever has most opponents among those left goes to the end, again and again; of equals the weakest, then by number."""
    order = []
    left = members
    while left:
        last = max(bits(left), key=lambda v: ((against[v] & left).bit_count(), -power[v], v))
        order.append(last)
        left ^= 1 << last
    return order[::-1]
