"""Structural balance counted locally: the triangles of a signed network."""

from __future__ import annotations

from kg.analysis.signed import SignedNetwork

__all__ = ["count_triangles"]


def count_triangles(network: SignedNetwork) -> tuple[int, int]:
    """(triangles, balanced ones) among the tied pairs.

    A pair counts once, with the sign of its ties' sum; a pair whose ties cancel out has no sign and is in no triangle. A triangle is
    balanced when the product of its three signs is positive (Heider 1946; Cartwright & Harary 1956, Psychological Review 63:277-293).
    """
    sign = {pair: net > 0 for pair, net in network.net().items() if net}
    around: list[dict[int, bool]] = [{} for _ in network.actors]
    for (a, b), positive in sign.items():
        around[a][b] = around[b][a] = positive
    triangles = balanced = 0
    for (a, b), positive in sign.items():
        few, many = (around[a], around[b]) if len(around[a]) <= len(around[b]) else (around[b], around[a])
        for c, first in few.items():
            if c > b and c in many:  # a < b < c: each triangle once
                triangles += 1
                balanced += (positive + first + many[c]) % 2
    return triangles, balanced
