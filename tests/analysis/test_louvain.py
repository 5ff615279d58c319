"""Our Louvain beside that of networkx, from the same seed."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from kg.analysis.louvain import louvain, modularity


def _weighted(size: int, edges: int, weights: str, seed: int) -> dict[tuple[int, int], float]:
    rng = random.Random(seed)
    pairs = sorted((min(pair), max(pair)) for pair in nx.gnm_random_graph(size, edges, seed=seed).edges)
    given = {"ones": lambda: 1.0, "whole": lambda: float(rng.randrange(1, 6)), "any": rng.random}[weights]
    return {pair: given() for pair in pairs}


@pytest.mark.parametrize("resolution", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("weights", ["ones", "whole", "any"])
def test_communities_and_their_modularity_are_those_of_networkx(weights: str, resolution: float) -> None:
    """The expected values are networkx's own, on networks from a handful of actors to a hundred, with actors without ties."""
    for seed in range(25):
        size = 3 + 4 * seed
        ties = _weighted(size, size + seed, weights, seed)
        graph: nx.Graph[int] = nx.empty_graph(size)
        graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in ties.items())
        expected = nx.community.louvain_communities(graph, resolution=resolution, seed=seed)
        found = louvain(size, ties, resolution, seed)
        parts = [{v for v in range(size) if found[v] == number} for number in range(max(found) + 1)]

        assert sorted(parts, key=min) == sorted(expected, key=min)
        assert modularity(ties, found, resolution) == pytest.approx(
            nx.community.modularity(graph, parts, resolution=resolution), abs=1e-12
        )
