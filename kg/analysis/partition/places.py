"""Who stands in which camp, as a linear programme: for three camps and more.

Cycles of ties (cycles.py) do not know how many camps there may be. Here every actor also has a share of a place in each camp, its
shares adding up to 1, and for a positive tie a-b, a negative tie a-b and any set S of camps

    y  >=  sum over S of (share of a - share of b)        parted, unless their shares agree
    y  >=  share of a + share of b - 1, in each camp      together, as far as their shares overlap

As long as camps have no names all shares may be equal, and nothing is gained. Once some actors' places are given (the first one's
for nothing, since camps may be numbered freely) those of the others follow, and the bound rises fast: these anchors are what is
branched on. Chopra & Rao 1993, Math. Programming 59:87-115, describe the programme; the anchors are the terminals of a multiway cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.analysis.partition.cuts import Cut
from kg.analysis.partition.relaxation import Relaxation

if TYPE_CHECKING:
    from kg.analysis.partition.search import Decisions, Search

__all__ = ["Places"]

Floats = NDArray[np.float64]
LEAST_VIOLATION = 1e-3
ROUNDS = 30  # of rows for one case
FEW_ROWS = 20  # rows of places below which cycles are looked for again
CYCLES = 1_000  # of them in one round
IDLE = 6  # rounds without weight after which a row is forgotten


class Places:
    """Branch and cut over anchors for one block; goes on from a search whose cycles left a gap."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.pulls = search.pulls
        self.k = search.k
        self.ties = len(self.pulls.net)
        self.ends = search.cycles.ends
        self.positive = search.cycles.positive
        self.weight = np.zeros(self.pulls.size)
        for (a, b), d in zip(self.pulls.pairs, self.pulls.net, strict=True):
            self.weight[a] += abs(d)
            self.weight[b] += abs(d)
        places = self.pulls.size * self.k
        whole = [Cut(tuple(self.place(v, c) for c in range(self.k)), (1,) * self.k, 1) for v in range(self.pulls.size)]
        self.relaxation = Relaxation([*map(abs, self.pulls.net), *[0] * places], search.clock, whole)
        self.relaxation.add(search.relaxation.cuts)

    def place(self, v: int, camp: int) -> int:
        """The variable of an actor's share in a camp."""
        return self.ties + v * self.k + camp

    def run(self) -> None:
        """Branch until the best split is proven best: the next actor stands in a camp in use or opens one."""
        first: Decisions = ((self._choose((), None), 0),)
        self.search.best_first(first, self._choose(first, None), self._camps, self._evaluate)

    def _camps(self, anchors: Decisions) -> range:
        """The camps to choose from."""
        return range(min(len({camp for _, camp in anchors}) + 1, self.k))

    def _evaluate(self, anchors: Decisions, bound: float) -> tuple[float, int] | None:
        """(bound, whom to place next) of a case; None when it holds no better split."""
        relaxation, search = self.relaxation, self.search
        low, high = np.zeros(len(relaxation.x)), np.ones(len(relaxation.x))
        for v, camp in anchors:
            high[self.place(v, 0) : self.place(v, self.k)] = 0.0
            low[self.place(v, camp)] = high[self.place(v, camp)] = 1.0
        relaxation.limit(low, high)
        stalled = 0
        for attempt in range(ROUNDS):
            if not relaxation.solve(enough=search.beaten()):
                return None
            search.clock.check()
            gained, bound = relaxation.bound - bound, max(bound, relaxation.bound)
            if search.rounded_up(bound) >= search.target():
                return None
            stalled = stalled + 1 if gained < 0.1 * (search.target() - bound) else 0
            relaxation.purge(IDLE)
            new = relaxation.add(self._violated())
            if new < FEW_ROWS or attempt == 0:
                cycles = search.cycles.violated(relaxation.x[: self.ties], search.descent.labels)
                new += relaxation.add(cycles[:CYCLES])
            if not new or stalled > 1:
                break
        shares = relaxation.x[self.ties :].reshape(-1, self.k)
        search.descent.offer(shares.argmax(axis=1).tolist())
        return bound, self._choose(anchors, shares)

    def _violated(self) -> Iterator[Cut]:
        """The rows of places that the programme's solution violates."""
        y, shares = self.relaxation.x[: self.ties], self.relaxation.x[self.ties :].reshape(-1, self.k)
        first, second = shares[self.ends[:, 0]], shares[self.ends[:, 1]]
        ahead = first - second
        parted = np.maximum(ahead, 0.0).sum(axis=1)
        for e in np.flatnonzero(self.positive & (parted > y + LEAST_VIOLATION)).tolist():
            a, b = self.pulls.pairs[e]
            camps = np.flatnonzero(ahead[e] > 0).tolist()
            if 2 * len(camps) > self.k:  # the same row, told of the other camps
                a, b, camps = b, a, [c for c in range(self.k) if c not in camps]
            terms = [(self.place(v, c), sign) for c in camps for v, sign in ((a, -1), (b, 1))]
            yield Cut.of([(e, 1), *terms], 0)
        both = first + second - 1.0
        overlap = ~self.positive[:, None] & (both > y[:, None] + LEAST_VIOLATION)
        for e, c in zip(*(where.tolist() for where in np.nonzero(overlap)), strict=True):
            a, b = self.pulls.pairs[e]
            yield Cut.of([(e, 1), (self.place(a, c), -1), (self.place(b, c), -1)], -1)

    def _choose(self, anchors: Decisions, shares: Floats | None) -> int:
        """The next actor to be given a place.

        As long as camps are without an anchor, whoever stands surest in one of them; then whose place is openest and matters most.
        """
        labels = self.search.descent.labels
        given = [v for v, _ in anchors]
        if shares is None or len({camp for _, camp in anchors}) < self.k - 1:
            sure = self._surety(labels)
            represented = {labels[v] for v in given}
            sure[[v for v, label in enumerate(labels) if label in represented]] -= self.weight.max() * 2
            score = sure + 1e-3 * self.weight
        else:
            score = self.weight * (1.0 - shares.max(axis=1))
        score[given] = -np.inf
        return int(score.argmax())

    def _surety(self, labels: list[int]) -> Floats:
        """How much it costs at least to move each actor to another camp of a split."""
        gain = np.zeros((self.pulls.size, self.k))
        for (a, b), d in zip(self.pulls.pairs, self.pulls.net, strict=True):
            gain[a, labels[b]] += d
            gain[b, labels[a]] += d
        actors = np.arange(self.pulls.size)
        own = gain[actors, labels]
        gain[actors, labels] = -np.inf
        return np.asarray(own - gain.max(axis=1))
