"""The problem of the coalition finder: candidates 0..n-1 in name order, sets of them as bit sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Candidates", "bits", "mask_of"]


def bits(mask: int) -> Iterator[int]:
    """The members of a bit set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(members: Iterable[int]) -> int:
    """The bit set of some members."""
    mask = 0
    for v in members:
        mask |= 1 << v
    return mask


@dataclass(frozen=True)
class Candidates:
    """`power[v]` >= 0 and `against[v]` (bit set of those in tension with v) of every candidate, and the conditions.

    `required` are in every coalition; `open` are the others that may join: in tension with none of the required.
    """

    power: tuple[int, ...]
    against: tuple[int, ...]
    quota: int
    required: int
    open: int

    @property
    def size(self) -> int:
        """The number of candidates."""
        return len(self.power)

    def power_of(self, mask: int) -> int:
        """The power of a set added up."""
        return sum(self.power[v] for v in bits(mask))

    def opposed_to(self, mask: int) -> int:
        """Everybody in tension with a member of a set."""
        found = 0
        for v in bits(mask):
            found |= self.against[v]
        return found

    @cached_property
    def tensions(self) -> tuple[tuple[int, int], ...]:
        """Every pair a < b in tension, in order."""
        return tuple((a, b) for a, mask in enumerate(self.against) for b in bits(mask >> (a + 1) << (a + 1)))

    @cached_property
    def strongest_first(self) -> tuple[int, ...]:
        """The open candidates by falling power, then by name."""
        return tuple(sorted(bits(self.open), key=lambda v: (-self.power[v], v)))

    @cached_property
    def of_power(self) -> dict[int, int]:
        """The open candidates of each power."""
        found: dict[int, int] = {}
        for v in bits(self.open):
            found[self.power[v]] = found.get(self.power[v], 0) | 1 << v
        return found

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The open candidates in groups at most one of which can be in a coalition, each by falling power."""
        groups: list[tuple[list[int], int]] = []
        for v in self.strongest_first:
            for index, (members, common) in enumerate(groups):
                if common >> v & 1:
                    members.append(v)
                    groups[index] = (members, common & self.against[v])
                    break
            else:
                groups.append(([v], self.against[v]))
        return tuple(tuple(members) for members, _ in groups)

    @cached_property
    def cliques(self) -> tuple[tuple[int, ...], ...]:
        """Sets of open candidates all in tension with each other that together cover every tension among them."""
        left = {(v, u) for v in bits(self.open) for u in bits(self.against[v] & self.open) if v < u}
        found = []
        for v, u in sorted(left):
            if (v, u) not in left:
                continue
            members = [v, u]
            common = self.against[v] & self.against[u] & self.open
            while common:
                # prefer whoever covers most tensions not yet covered
                best = max(bits(common), key=lambda w: (sum((min(w, m), max(w, m)) in left for m in members), -w))
                members.append(best)
                common &= self.against[best]
            members.sort()
            left.difference_update((a, b) for i, a in enumerate(members) for b in members[i + 1 :])
            found.append(tuple(members))
        return tuple(found)

    @cached_property
    def _strongest_of(self) -> tuple[tuple[int, dict[int, int]], ...]:
        """For each group the bit set of its members, and the most power among some of them, as asked for before."""
        return tuple((mask_of(members), {}) for members in self.groups)

    def ceiling(self, allowed: int) -> int:
        """An upper bound of the power that open candidates of a set can bring together: the strongest of each group."""
        total = 0
        for mask, known in self._strongest_of:
            if some := allowed & mask:
                if some not in known:
                    known[some] = max(self.power[v] for v in bits(some))
                total += known[some]
        return total

    def most_by(self, members: int, allowed: int) -> int:
        """An upper bound of the power of so many open candidates of a set: the strongest of each group, the best groups."""
        power = []
        for group in self.groups:
            for v in group:
                if allowed >> v & 1:
                    power.append(self.power[v])
                    break
        power.sort(reverse=True)
        return sum(power[:members])
