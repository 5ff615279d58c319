"""Good splits, fast: seeded starts, descent, tabu search (Glover 1989, ORSA J. Computing 1:190-206), for three camps and more
annealing (Kirkpatrick, Gelatt & Vecchi 1983, Science 220:671-680), which does far better there: where many camps are to choose from, a
walk of best single moves stays near where it began.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Sequence
from math import exp

import numpy as np

from kg.analysis.partition.clock import Clock
from kg.analysis.partition.pulls import Pulls

__all__ = ["Descent"]

FORBIDDEN = -(1 << 60)
CHECKED = 128  # tabu moves between two looks at the clock
TABU_STEP = 25  # work of one
HOT, COLD = 2.0, 0.15  # temperatures, in mean pulls: nearly everything is allowed, nearly nothing


class Descent:
    """A split of one network that only gets better: `labels` and `cost` are the best found so far."""

    def __init__(self, pulls: Pulls, k: int, seed: int, clock: Clock) -> None:
        self.pulls = pulls
        self.k = k
        self.clock = clock
        self.random = random.Random(seed)  # noqa: S311 - a search, not a secret
        self.around = pulls.neighbours()
        self.labels = [0] * pulls.size
        self.cost = pulls.cost(self.labels)

    def start(self, restarts: int, steps: int) -> None:
        """Improve from `restarts` grown splits, each followed by `steps` tabu moves."""
        for _ in range(restarts):
            self.offer(self._grow(), steps)
            if self.cost == 0 or self.clock.over():
                return

    def anneal(self, restarts: int, sweeps: int) -> None:
        """Improve from `restarts` random splits, each cooled down over so many sweeps through all actors."""
        for _ in range(restarts):
            labels = [self.random.randrange(self.k) for _ in range(self.pulls.size)]
            self._cool(labels, sweeps)
            self.offer(labels)
            if self.cost == 0 or self.clock.over():
                return

    def offer(self, labels: Sequence[int], steps: int = 0) -> bool:
        """Improve on a proposed split; True when that beats the best."""
        self.clock.spend(self.pulls.size + 2 * len(self.pulls.net))
        now = list(labels)
        gain = self._gains(now)
        self._descend(now, gain)
        if steps:
            now = self._tabu(now, gain, steps)
        cost = self.pulls.cost(now)
        if cost < self.cost:
            self.labels, self.cost = now, cost
            return True
        return False

    def _gains(self, labels: Sequence[int]) -> list[list[int]]:
        """For each actor and camp, the sum of its pulls to the actors there."""
        gain = [[0] * self.k for _ in labels]
        for (a, b), d in zip(self.pulls.pairs, self.pulls.net, strict=True):
            gain[a][labels[b]] += d
            gain[b][labels[a]] += d
        return gain

    def _grow(self) -> list[int]:
        """A split grown outwards from a random actor: each takes the camp its placed neighbours pull it to."""
        labels = [-1] * self.pulls.size
        gain = [[0] * self.k for _ in labels]
        roots = list(range(self.pulls.size))
        self.random.shuffle(roots)
        for root in roots:
            if labels[root] >= 0:
                continue
            queue = deque([root])
            while queue:
                v = queue.popleft()
                if labels[v] >= 0:
                    continue
                top = max(gain[v])
                labels[v] = self.random.choice([c for c in range(self.k) if gain[v][c] == top])
                others = self.around[v][:]
                self.random.shuffle(others)
                for u, d in others:
                    gain[u][labels[v]] += d
                    if labels[u] < 0:
                        queue.append(u)
        return labels

    def _cool(self, labels: list[int], sweeps: int) -> None:
        """Move actors to other camps, in place: whenever that helps, and less and less often when it does not.

        One time in four the camp is that of a friend: where there are many camps, few that are drawn at random hold one.
        """
        gain = self._gains(labels)
        chance, others, around = self.random.random, self.k - 1, self.around
        friends = [[u for u, d in row if d > 0] for row in around]
        mean = sum(map(abs, self.pulls.net)) / len(self.pulls.net)
        for sweep in range(sweeps):
            self.clock.spend(len(labels) + len(self.pulls.net))
            if self.clock.over():
                return
            heat = mean * HOT * (COLD / HOT) ** (sweep / sweeps)
            for v, old in enumerate(labels):
                drawn = 4 * chance()
                if drawn < 1 and friends[v]:
                    new = labels[friends[v][int(drawn * len(friends[v]))]]
                    if new == old:
                        continue
                else:
                    new = int(chance() * others)
                    new += new >= old
                row = gain[v]
                more = row[new] - row[old]
                if more >= 0 or chance() < exp(more / heat):
                    labels[v] = new
                    for u, d in around[v]:
                        other = gain[u]
                        other[old] -= d
                        other[new] += d

    def _descend(self, labels: list[int], gain: list[list[int]]) -> None:
        """Move single actors while that helps, in place."""
        queue = deque(range(len(labels)))
        waiting = [True] * len(labels)
        while queue:
            v = queue.popleft()
            waiting[v] = False
            old, row = labels[v], gain[v]
            new = max(range(self.k), key=row.__getitem__)
            if row[new] <= row[old]:
                continue
            labels[v] = new
            for u, d in self.around[v]:
                gain[u][old] -= d
                gain[u][new] += d
                if not waiting[u]:
                    waiting[u] = True
                    queue.append(u)

    def _tabu(self, labels: list[int], gain: list[list[int]], steps: int) -> list[int]:
        """The best split met on a walk of best single moves, none taken back too soon; `labels` and `gain` are used up."""
        size, camps = len(labels), range(self.k)

        def best_move(v: int) -> tuple[int, int]:
            old, row = labels[v], gain[v]
            new = max((c for c in camps if c != old), key=row.__getitem__)
            return row[new] - row[old], new

        moves = [best_move(v) for v in range(size)]
        worth = np.array([m[0] for m in moves], dtype=np.int64)
        target = [m[1] for m in moves]
        free_at = np.zeros(size, dtype=np.int64)
        lead, best_lead, best = 0, 0, labels[:]
        since_best: list[tuple[int, int]] = []
        tenure = min(10, size // 4) + 1
        for step in range(steps):
            if step % CHECKED == 0:
                self.clock.spend(CHECKED * TABU_STEP)
                if self.clock.over():
                    break
            allowed = np.where(free_at <= step, worth, FORBIDDEN)
            v = int(allowed.argmax())
            top = int(worth.argmax())
            if lead + int(worth[top]) > best_lead:
                v = top  # a forbidden move that beats the best split is welcome
            elif allowed[v] == FORBIDDEN:
                continue
            old, new = labels[v], target[v]
            lead += int(worth[v])
            labels[v] = new
            for u, d in self.around[v]:
                gain[u][old] -= d
                gain[u][new] += d
                worth[u], target[u] = best_move(u)
            worth[v], target[v] = best_move(v)
            free_at[v] = step + tenure + self.random.randrange(tenure + 1)
            since_best.append((v, new))
            if lead > best_lead:
                best_lead = lead
                for moved, camp in since_best:
                    best[moved] = camp
                since_best.clear()
        return best
