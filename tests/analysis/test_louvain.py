"""Our Louvain on networks of the literature, and beside that of networkx, whichever is installed."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from kg.analysis.louvain import louvain, modularity

KARATE = "0000111022100022102020233323322322"
FLORENCE = "001110002331222"
MISERABLES = {
    0.5: "00000000001121112222222211111311113333311111114441111111144444444444111114414",
    1.0: "00000000001121112222222233111422114444413331115551111111155555555555333315535",
    2.0: "00000000001121112222222233111455114444463331117786366666698888888889333317738",
}
"""One digit for each node, in the order of networkx's graph: the communities that `louvain_communities` of networkx 3.6.1 found
from seed 0, ties given in order; without weights for the first two, with them for the last, by resolution."""


def _numbered(graph: nx.Graph[object], weight: str | None) -> tuple[int, dict[tuple[int, int], float]]:
    """How many nodes there are, and their ties by place."""
    place = {node: number for number, node in enumerate(graph)}
    ties = {
        (min(place[a], place[b]), max(place[a], place[b])): float(data[weight]) if weight else 1.0
        for a, b, data in graph.edges(data=True)
    }
    return len(place), dict(sorted(ties.items()))


def _parts(found: list[int]) -> list[set[int]]:
    """The communities as sets, by their lowest node."""
    parts: dict[int, set[int]] = {}
    for node, group in enumerate(found):
        parts.setdefault(group, set()).add(node)
    return list(parts.values())


def _stored(digits: str) -> list[set[int]]:
    return _parts([int(digit) for digit in digits])


def test_the_karate_club_falls_into_the_four_groups_of_highest_modularity() -> None:
    """Brandes et al. 2008, On modularity clustering, prove 0.4198 the highest of Zachary's club, reached by four groups."""
    size, ties = _numbered(nx.karate_club_graph(), None)
    found = louvain(size, ties, 1.0, 0)

    assert _parts(found) == _stored(KARATE)
    assert len(_parts(found)) == 4
    assert modularity(ties, found, 1.0) == pytest.approx(0.4198, abs=5e-5)


def test_the_families_of_florence_are_grouped_as_stored() -> None:
    size, ties = _numbered(nx.florentine_families_graph(), None)

    assert _parts(louvain(size, ties, 1.0, 0)) == _stored(FLORENCE)


@pytest.mark.parametrize("resolution", MISERABLES)
def test_weights_and_resolution_count_as_stored(resolution: float) -> None:
    size, ties = _numbered(nx.les_miserables_graph(), "weight")

    assert _parts(louvain(size, ties, resolution, 0)) == _stored(MISERABLES[resolution])


def _weighted(size: int, edges: int, weights: str, seed: int) -> dict[tuple[int, int], float]:
    rng = random.Random(seed)
    pairs = sorted((min(pair), max(pair)) for pair in nx.gnm_random_graph(size, edges, seed=seed).edges)
    given = {"ones": lambda: 1.0, "whole": lambda: float(rng.randrange(1, 6)), "any": rng.random}[weights]
    return {pair: given() for pair in pairs}


@pytest.mark.parametrize("resolution", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("weights", ["ones", "whole", "any"])
def test_random_networks_are_divided_as_well_as_by_networkx(weights: str, resolution: float) -> None:
    """The scores are networkx's, on networks from a handful of actors to a hundred, some without ties. Only their mean is compared:
    another version may take another turn here and there; over seeds, the mean of networkx's own differs by less than 0.005."""
    ours, theirs = [], []
    for seed in range(25):
        size = 3 + 4 * seed
        ties = _weighted(size, size + seed, weights, seed)
        graph: nx.Graph[int] = nx.empty_graph(size)
        graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in ties.items())
        found = louvain(size, ties, resolution, seed)
        parts = _parts(found)
        score = modularity(ties, found, resolution)

        assert sorted(set(found)) == list(range(len(parts)))
        assert all({v} in parts for v in nx.isolates(graph))
        assert score == pytest.approx(nx.community.modularity(graph, parts, resolution=resolution), abs=1e-12)
        ours.append(score)
        expected = nx.community.louvain_communities(graph, resolution=resolution, seed=seed)
        theirs.append(nx.community.modularity(graph, expected, resolution=resolution))
    assert sum(ours) / len(ours) > sum(theirs) / len(theirs) - 0.01
