"""Communities of large networks: found where they were planted, the same each time."""

from __future__ import annotations

import random

import numpy as np

from kg.views.clusters import clusters
from kg.views.layout import Pairs


def planted(groups: int, members: int) -> Pairs:
    """Groups with five ties inside for each member and one tie to the next group."""
    rng = random.Random(3)
    ties = {
        (g * members + i, g * members + rng.randrange(members))
        for g in range(groups)
        for i in range(members)
        for _ in "12345"
    }
    ties |= {(g * members, (g + 1) % groups * members) for g in range(groups)}
    return np.array(sorted((min(t), max(t)) for t in ties if t[0] != t[1]), dtype=np.int64)


def test_planted_groups_are_found() -> None:
    found = clusters(400, planted(10, 40)).reshape(10, 40)

    assert all(len(set(row)) == 1 for row in found.tolist())
    assert 10 == len({row[0] for row in found.tolist()})


def test_the_same_network_gives_the_same_communities() -> None:
    pairs = planted(10, 40)

    assert clusters(400, pairs).tolist() == clusters(400, pairs).tolist()


def test_the_largest_comes_first_and_nodes_without_ties_stand_alone() -> None:
    pairs = np.array([(0, 1), (2, 3), (3, 4), (2, 4)], dtype=np.int64)

    assert [1, 1, 0, 0, 0, 2] == clusters(6, pairs).tolist()


def test_no_ties_make_no_communities() -> None:
    assert [0, 1, 2] == clusters(3, np.empty((0, 2), dtype=np.int64)).tolist()
