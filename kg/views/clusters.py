"""Communities of large networks: moves that raise modularity, many nodes at a time, level by level.

The local moving and the levels are those of Louvain (Blondel and others 2008); within a level a random half of the nodes
moves at once, which whole-array operations do in a fraction of a second where node by node takes minutes.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from scipy.sparse import csr_matrix

__all__ = ["clusters"]

Labels: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]

_ROUNDS = 24
"""Rounds of moving in a level at most."""
_SETTLED = 0.002
"""Share of nodes; a level ends when fewer of them move in two rounds."""


def clusters(size: int, pairs: np.ndarray[tuple[int, int], np.dtype[np.int64]], seed: int = 0) -> Labels:
    """The community of each of `size` nodes joined by `pairs`, numbered from the largest; the same for the same input."""
    rng = np.random.default_rng(seed)
    ones = np.ones(len(pairs))
    half = csr_matrix((ones, (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    ties: csr_matrix = (half + half.T).tocsr()
    found = np.arange(size, dtype=np.int64)
    while True:
        labels = _moved(ties, rng)
        names, labels = np.unique(labels, return_inverse=True)
        found = labels[found]
        if len(names) == ties.shape[0]:
            break
        join = csr_matrix((np.ones(len(labels)), (labels, np.arange(len(labels)))), shape=(len(names), len(labels)))
        ties = (join @ ties @ join.T).tocsr()
    sizes = np.bincount(found)
    first = np.full(len(sizes), size)
    np.minimum.at(first, found, np.arange(size))
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    ranked: Labels = rank[found]
    return ranked


def _moved(ties: csr_matrix, rng: np.random.Generator) -> Labels:
    """The community of each node of one level after moving."""
    size = ties.shape[0]
    strength = np.asarray(ties.sum(axis=1)).ravel()
    whole = strength.sum()
    labels = np.arange(size, dtype=np.int64)
    if not whole:
        return labels
    loose = ties.copy()
    loose.setdiag(0)  # a node's own loop moves with it
    loose.eliminate_zeros()
    moved_before = size
    for _ in range(_ROUNDS):
        chosen = np.flatnonzero(rng.random(size) < 0.5)
        rows = loose[chosen]
        onehot = csr_matrix((np.ones(size), (np.arange(size), labels)), shape=(size, size))
        joint = (rows @ onehot).tocsr()
        joint.sort_indices()
        volume = np.bincount(labels, weights=strength, minlength=size)
        counts = np.diff(joint.indptr)
        row = np.repeat(np.arange(len(chosen)), counts)
        own = labels[chosen][row] == joint.indices
        rest = volume[joint.indices] - np.where(own, strength[chosen][row], 0.0)
        gain = joint.data - strength[chosen][row] * rest / whole
        best = np.full(len(chosen), -np.inf)
        np.maximum.at(best, row, gain)
        stay = np.zeros(len(chosen))
        stay[row[own]] = gain[own]
        alone = ~np.isin(np.arange(len(chosen)), row[own])
        stay[alone] = 0.0
        first = np.full(len(chosen), size, dtype=np.int64)
        top = gain >= best[row] - 1e-12
        np.minimum.at(first, row[top], joint.indices[top])
        go = (best > stay + 1e-9) & (first < size)
        labels[chosen[go]] = first[go]
        moved = int(go.sum())
        if moved + moved_before < _SETTLED * size:
            break
        moved_before = moved
    return labels
