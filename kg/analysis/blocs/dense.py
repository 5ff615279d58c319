"""The same questions where tensions are many: plain branching, with groups of opponents as the bound, beats programmes there."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analysis.blocs.candidates import Candidates, bits
from kg.analysis.blocs.listing import CELLS, Tables, last_members
from kg.analysis.partition.clock import Clock, StopSearch

__all__ = ["Dense", "is_dense"]

DENSE = 0.2  # share of pairs in tension from which on branching is the better tool
STEPS = 400_000  # branches of one question: what a machine does in some seconds, counted so that results repeat


def is_dense(candidates: Candidates) -> bool:
    """Whether so many of the open candidates are in tension that sets without conflict stay small."""
    size = candidates.open.bit_count()
    pairs = sum((candidates.against[v] & candidates.open).bit_count() for v in bits(candidates.open))
    return size > 1 and pairs > DENSE * size * (size - 1)


class Dense:
    """Minimal winning coalitions among candidates most of whom are in tension; numbered by falling power inside."""

    def __init__(self, candidates: Candidates, clock: Clock) -> None:
        self.candidates = candidates
        self.clock = clock
        self.order = [v for v in candidates.strongest_first if candidates.power[v]]
        self.place = {v: i for i, v in enumerate(self.order)}
        self.weight = [candidates.power[v] for v in self.order]
        self.against = [sum(1 << self.place[u] for u in bits(candidates.against[v]) if u in self.place) for v in self.order]
        self.missing = candidates.quota - candidates.power_of(candidates.required)
        self._steps = 0

    def all_minimal(self, most: int) -> tuple[list[int], bool]:
        """(minimal winning coalitions, whether these are all): the search ends after `most` of them or too much work."""
        if self.missing <= 0:
            return [self.candidates.required], True
        found: list[int] = []
        self._steps = STEPS
        try:
            for members in self._extend((1 << len(self.order)) - 1, 0, 0, 0):
                found.append(self._named(members))
                if len(found) > most:
                    return found, False
        except StopSearch:
            return found, False
        return found, True

    def minimal_with(self, v: int) -> int:
        """A minimal winning coalition with candidate v in it, 0 when there is none; raises StopSearch."""
        first = self.place[v]
        self._steps = STEPS
        allowed = ((1 << len(self.order)) - 1) & ~self.against[first] & ~(1 << first)
        if self.missing <= self.weight[first]:
            return self.candidates.required | 1 << v if self.missing > 0 else 0
        for members in self._extend(allowed, 1 << first, self.weight[first], self.weight[first]):
            return self._named(members)
        return 0

    def cheapest_first(self) -> Iterator[int]:
        """Minimal winning coalitions by total power, number of members, names; raises StopSearch."""
        candidates = self.candidates
        self._steps = STEPS
        for over in range(self.weight[0] if self.weight else 0):
            total = self.missing + over
            items = [v for v in bits(candidates.open) if candidates.power[v] > over]
            if candidates.size * total > CELLS:
                raise StopSearch
            tables = Tables(candidates, items, total)
            later = [0] * (len(items) + 1)
            for i in range(len(items) - 1, -1, -1):
                later[i] = later[i + 1] | 1 << items[i]
            for members in range(int(tables.fewest[0][total]), min(int(tables.most[0][total]), len(items)) + 1):
                for coalition in self._level(items, tables, later, 0, total, members, 0, later[0]):
                    yield coalition | candidates.required

    def _level(
        self, items: list[int], tables: Tables, later: list[int], i: int, total: int, left: int, inside: int, allowed: int
    ) -> Iterator[int]:
        """Complete the choices made so far with so many of the items from position i on, in name order."""
        candidates = self.candidates
        if left <= 2:
            for last in last_members(candidates, total, left, allowed):
                yield inside | last
            return
        for j in range(i, len(items) - left + 1):
            v = items[j]
            if not allowed >> v & 1:
                continue
            self._step()
            if not tables.possible(j, total, left) or candidates.most_by(left, allowed & later[j]) < total:
                return
            rest = total - candidates.power[v]
            if tables.possible(j + 1, rest, left - 1):
                free = allowed & later[j + 1] & ~candidates.against[v]
                yield from self._level(items, tables, later, j + 1, rest, left - 1, inside | 1 << v, free)

    def _extend(self, allowed: int, members: int, power: int, forced: int) -> Iterator[int]:
        """All completions, strongest first, that win by their last member; `forced` is the power of somebody chosen beforehand, who
        has to be needed too."""
        against, weight, missing = self.against, self.weight, self.missing
        for v, most in self._bounds(allowed):
            self._step()
            if power + most < missing:
                return
            total = power + weight[v]
            if total >= missing:
                if not forced or total - forced < missing:
                    yield members | 1 << v
            else:
                after = allowed & ~((2 << v) - 1) & ~against[v]
                yield from self._extend(after, members | 1 << v, total, forced)

    def _bounds(self, allowed: int) -> list[tuple[int, int]]:
        """Each candidate of a set, strongest first, with the most that it and the weaker ones can bring together: opponents form
        groups that give one member at most."""
        against, weight = self.against, self.weight
        groups: list[list[int]] = []
        total = 0
        found = []
        while allowed:
            v = allowed.bit_length() - 1
            one = 1 << v
            allowed ^= one
            friends, mine = ~against[v], weight[v]
            for group in groups:
                if not group[0] & friends:
                    group[0] |= one
                    total += mine - group[1]
                    group[1] = mine
                    break
            else:
                groups.append([one, mine])
                total += mine
            found.append((v, total))
        found.reverse()
        return found

    def _named(self, members: int) -> int:
        """A set in the candidates' own numbers, with whoever is required."""
        return self.candidates.required | sum(1 << self.order[i] for i in bits(members))

    def _step(self) -> None:
        self._steps -= 1
        if self._steps < 0 or (self._steps % 256 == 0 and self.clock.over()):
            raise StopSearch
