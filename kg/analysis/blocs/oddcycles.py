"""Odd cycles of tensions: of the candidates on one at most half, rounded down, sit together; linear programmes do not know that.

Grotschel, Lovasz & Schrijver 1988, Geometric Algorithms and Combinatorial Optimization, ch. 9: the most violated ones are shortest
paths in a graph with two copies of every candidate, a step from one copy to the other for every tension.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from kg.analysis.blocs.candidates import Candidates, bits

__all__ = ["OddCycles"]

_SHORT = 5  # triangles and larger groups of opponents are rows already
_VIOLATED = 1e-4
_NEARLY = 1e-6


class OddCycles:
    """The odd cycles of tensions among open candidates that were found so far."""

    def __init__(self, candidates: Candidates) -> None:
        self.size = candidates.size
        pairs = [(v, u) for v in bits(candidates.open) for u in bits(candidates.against[v] & candidates.open) if v < u]
        self._pairs = np.array(pairs, dtype=np.int32).reshape(-1, 2)
        self.found: set[tuple[int, ...]] = set()

    def violated(self, x: NDArray[np.float64], allowed: int) -> list[tuple[int, ...]]:
        """New cycles among the candidates allowed, more than half of which a fractional coalition takes; in order."""
        inside = np.array([allowed >> v & 1 for v in range(self.size)], dtype=bool)
        one, other = self._pairs[inside[self._pairs].all(axis=1)].T
        slack = np.maximum(1.0 - x[one] - x[other], 0.0) + 1e-9  # a step of nothing would be none
        near = slack < 1.0
        one, other, slack = one[near], other[near], slack[near]
        starts = np.flatnonzero(inside & (x > _NEARLY) & (x < 1 - _NEARLY))
        if not len(starts):
            return []
        size = self.size
        rows = np.concatenate([one, other, one + size, other + size])
        columns = np.concatenate([other + size, one + size, other, one])
        steps = csr_array((np.tile(slack, 4), (rows, columns)), shape=(2 * size, 2 * size))
        lengths, before = dijkstra(steps, indices=starts, return_predecessors=True, limit=1.0)
        new = set()
        for row, start in enumerate(starts.tolist()):
            if lengths[row, start + size] < 1 - _VIOLATED:
                walk, at = [], start + size
                while at != start:
                    walk.append(at % size)
                    at = int(before[row, at])
                cycle = tuple(sorted(set(walk)))
                if len(cycle) == len(walk) >= _SHORT and cycle not in self.found:
                    new.add(cycle)
        self.found |= new
        return sorted(new)
