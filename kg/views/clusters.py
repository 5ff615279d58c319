"""Communities of large networks: moves that raise modularity, many nodes at a time, level by level.

The local moving and the levels are those of Louvain (Blondel and others 2008); within a level a random half of the nodes
moves at once, which whole-array operations do in a fraction of a second where node by node takes minutes.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

__all__ = ["clusters"]

Labels: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
Amounts: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]
Ties: TypeAlias = tuple[Labels, Labels, Amounts]
"""Sparse and symmetric, by rows. The arrays are ours: a library for them takes a fifth of a second to load."""

_ROUNDS = 24
"""Rounds of moving in a level at most."""
_SETTLED = 0.002
"""Share of nodes; a level ends when fewer of them move in two rounds."""


def clusters(size: int, pairs: np.ndarray[tuple[int, int], np.dtype[np.int64]], seed: int = 0) -> Labels:
    """The community of each of `size` nodes joined by `pairs`, numbered from the largest; the same for the same input."""
    rng = np.random.default_rng(seed)
    both = np.concatenate([pairs, pairs[:, ::-1]])
    ties = _summed(both[:, 0], both[:, 1], np.ones(len(both)), size)
    found = np.arange(size, dtype=np.int64)
    while True:
        labels = _moved(ties, size, rng)
        names, labels = np.unique(labels, return_inverse=True)
        found = labels[found]
        if len(names) == size:
            break
        size = len(names)
        ties = _summed(labels[ties[0]], labels[ties[1]], ties[2], size)
    sizes = np.bincount(found)
    first = np.full(len(sizes), len(found))
    np.minimum.at(first, found, np.arange(len(found)))
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    ranked: Labels = rank[found]
    return ranked


def _summed(rows: Labels, columns: Labels, amounts: Amounts, size: int) -> Ties:
    """Row, column and amount of each cell in which anything stands, in order, the amounts of one cell added up."""
    key = rows * size + columns
    order = np.argsort(key, kind="stable")
    ranked = key[order]
    starts = np.flatnonzero(np.diff(ranked, prepend=-1))
    cells = ranked[starts]
    return cells // size, cells % size, np.add.reduceat(amounts[order], starts) if len(starts) else np.zeros(0)


def _moved(ties: Ties, size: int, rng: np.random.Generator) -> Labels:
    """The community of each node of one level after moving."""
    strength = np.bincount(ties[0], weights=ties[2], minlength=size)
    whole = strength.sum()
    labels = np.arange(size, dtype=np.int64)
    if not whole:
        return labels
    source, target, amount = (each[ties[0] != ties[1]] for each in ties)  # a node's own loop moves with it
    moved_before = size
    for _ in range(_ROUNDS):
        choice = rng.random(size) < 0.5
        chosen = np.flatnonzero(choice)
        place = np.cumsum(choice) - 1
        asked = choice[source]
        row, group, joint = _summed(place[source[asked]], labels[target[asked]], amount[asked], size)
        volume = np.bincount(labels, weights=strength, minlength=size)
        own = labels[chosen][row] == group
        rest = volume[group] - np.where(own, strength[chosen][row], 0.0)
        gain = joint - strength[chosen][row] * rest / whole
        best = np.full(len(chosen), -np.inf)
        np.maximum.at(best, row, gain)
        stay = np.zeros(len(chosen))
        stay[row[own]] = gain[own]
        first = np.full(len(chosen), size, dtype=np.int64)
        top = gain >= best[row] - 1e-12
        np.minimum.at(first, row[top], group[top])
        go = (best > stay + 1e-9) & (first < size)
        labels[chosen[go]] = first[go]
        moved = int(go.sum())
        if moved + moved_before < _SETTLED * size:
            break
        moved_before = moved
    return labels
