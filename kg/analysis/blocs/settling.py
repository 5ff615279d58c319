"""What settling each tension would gain, found for all tensions by one search, where tensions are many.

A coalition that one tension runs through is one without conflict and somebody more, who has a single opponent in it. So it is enough
to go through the coalitions without conflict that, by the power of somebody who could still be that one, come to more than the
strongest: whoever has two opponents among those chosen no longer can, so the search soon has as little to go through as the one for
the strongest coalition. Of the two in tension the weaker is the one more, since its power is the most that settling it can gain.
"""

from __future__ import annotations

from kg.analysis.blocs.branching import Branching
from kg.analysis.blocs.candidates import Candidates, bits, mask_of
from kg.analysis.partition.clock import Clock, StopSearch

__all__ = ["Settling"]


class Settling:
    """Searches for the gains, given that the strongest coalition has power `most`.

    Candidates are numbered as in `Branching`. Those in tension with a single one of the required are `held` back by that one.
    """

    def __init__(self, candidates: Candidates, most: int, clock: Clock) -> None:
        self.candidates = candidates
        self.most = most
        required = candidates.required
        everybody = (1 << candidates.size) - 1
        opposed = {v: candidates.against[v] & required for v in bits(everybody & ~required & ~candidates.open)}
        held = {v: by.bit_length() - 1 for v, by in opposed.items() if by.bit_count() == 1}
        members = mask_of(v for v in bits(candidates.open | mask_of(held)) if candidates.power[v])
        search = self.search = Branching(candidates.power, candidates.against, members, clock)
        self.held = {search.place[v]: opponent for v, opponent in held.items() if members >> v & 1}
        self.start = mask_of(search.place[v] for v in bits(candidates.open & members))
        rank = {v: (search.weight[v], -v) for v in range(len(search.order))}
        self.stronger = [
            mask_of(u for u in bits(mask & self.start) if rank[u] > rank[v]) for v, mask in enumerate(search.against)
        ]
        self.found: dict[tuple[int, int], int] = {}

    def gains(self, steps: int) -> tuple[dict[tuple[int, int], int], bool]:
        """(gain of each tension a < b, True); where so many steps do not suffice, as much of it as was found, and False."""
        self.search.steps = steps
        try:
            self._search()
            complete = True
        except StopSearch:
            complete = False
        order = self.search.order
        found = dict.fromkeys(self.candidates.tensions, 0)
        for (v, opponent), gain in self.found.items():
            a, b = order[v], order[opponent.bit_length() - 1] if opponent else self.held[v]
            found[min(a, b), max(a, b)] = gain
        return found, complete

    def _search(self) -> None:
        """Go through all coalitions without conflict that settling a tension could make stronger than the strongest."""
        search, against, weight = self.search, self.search.against, self.search.weight
        stack: list[tuple[int, int, int, int, int, int, int]] = []
        allowed, chosen, power = self.start, 0, self.candidates.power_of(self.candidates.required)
        once, twice = mask_of(self.held), 0  # who has one opponent among those chosen, who has more
        extra = (1 << len(weight)) - 1  # who may still be the one more
        parts = 0
        while True:
            search.step()
            extra, gain = self._extra(extra, allowed, chosen, power, once)
            needed = search.needed(allowed, self.most - power - gain) if extra else 0
            if needed:
                stack.append((allowed & ~needed, needed, chosen, power, once, twice, extra))
            if not stack:
                return
            base, needed, chosen, power, once, twice, extra = stack.pop()
            if not chosen:
                parts = parts or needed.bit_count()
                search.clock.say(f"prices of tensions, part {parts - needed.bit_count() + 1} of {parts}")
            v = needed.bit_length() - 1
            one = 1 << v
            if needed ^ one:
                stack.append((base | one, needed ^ one, chosen, power, once, twice, extra))
            allowed, chosen, power = base & ~against[v], chosen | one, power + weight[v]
            twice |= once & against[v]
            once = (once | against[v]) & ~twice
            extra &= ~(twice | one)

    def _extra(self, extra: int, allowed: int, chosen: int, power: int, once: int) -> tuple[int, int]:
        """(who may still be the one more, how much the strongest of them can add); what they gain as it stands is noted."""
        against, weight, stronger, found = self.search.against, self.search.weight, self.stronger, self.found
        most = 0
        for v in bits(extra):
            one = 1 << v
            if once & one:
                opponent = against[v] & chosen
                if opponent & ~stronger[v]:
                    extra ^= one
                    continue
                known = found.get((v, opponent), 0)
                gain = power + weight[v] - self.most
                if gain > known:
                    found[v, opponent] = known = gain
                adds = weight[v] - known
            else:
                adds = weight[v] if stronger[v] & allowed else 0
            if adds > most:
                most = adds
            elif not adds:
                extra ^= one
        return extra, most
