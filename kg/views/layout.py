"""Coordinates for a network: the same for the same input, whatever the hash seed.

Stress majorization (Gansner, Koren and North 2004) with edges that are longer where the ends share few neighbours, so
that groups show; above `COARSE` nodes communities are placed first and their members inside them; above `QUICK` nodes distances
from a few pivots take the place of all distances (Brandes and Pich 2006). Separate parts are packed beside each other,
nodes without any tie stand in a strip below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from kg.views.clusters import clusters

__all__ = ["COARSE", "QUICK", "distinct", "layout"]

Points: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Numbers: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
Pairs: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.int64]]

COARSE = 400
"""Components with more nodes than this are laid out by communities; exact stress takes the square of their number."""

QUICK = 3000
"""Networks with more nodes than this are laid out in seconds, not as well as can be."""

_PIVOTS = 30
_SPACING = 62.0
"""Least distance between two nodes in a drawing at scale 1, room for a dot with a short label."""
_EDGE = 95.0
"""Length of an edge between two nodes that share all their neighbours."""
_STRETCH = 1.3
"""Widening of the whole: names are written from left to right and screens are wider than high."""
_ITERATIONS = 60
_ITERATIONS_QUICK = 6
"""In networks of more than `QUICK` nodes; a community of a few dozen nodes is near its end by then."""
_SWEEPS = 40
_SWEEPS_QUICK = 10
_WIDEST = 1.5
_FEW = 100
"""So few nodes are compared each with each other sooner than those near each other are found."""


def layout(
    size: int,
    edges: Sequence[tuple[int, int]],
    *,
    fixed: Mapping[int, tuple[float, float]] | None = None,
    groups: Sequence[int] | None = None,
    seed: int = 0,
) -> list[tuple[float, float]]:
    """Coordinates of `size` nodes joined by `edges` (pairs of indices, any number per pair), rounded to 0.1.

    The unit is one pixel at scale 1. Nodes in `fixed` stay where it says; nodes of the same number in `groups` get an area
    of their own where the network is large. Loops and repeated edges change nothing.
    """
    if size == 0:
        return []
    pairs = distinct(edges)
    numbers = None if groups is None else np.array(groups, dtype=np.int64)
    rng = np.random.default_rng(seed)
    points = np.zeros((size, 2))
    count, part = _parts(size, pairs)
    members: list[list[int]] = [[] for _ in range(count)]
    for node, which in enumerate(part.tolist()):
        members[which].append(node)
    parts: list[tuple[list[int], Points]] = []
    inner = _split(pairs, part, count)
    for nodes, own in zip(members, inner, strict=True):
        if len(nodes) > 1:
            parts.append(
                (nodes, _turned(_component(len(nodes), own, rng, size > QUICK, None if numbers is None else numbers[nodes])))
            )
    parts.sort(key=lambda each: -len(each[0]))  # stable: equal parts stay in the order of their first node
    alone = [nodes[0] for nodes in members if len(nodes) == 1]
    _pack(points, parts, alone)
    for node, place in (fixed or {}).items():
        points[node] = place
    return [(round(float(x), 1) + 0.0, round(float(y), 1) + 0.0) for x, y in points]


def distinct(edges: Sequence[tuple[int, int]]) -> Pairs:
    """Each pair that an edge joins once, loops left out, in order."""
    found = sorted({(min(a, b), max(a, b)) for a, b in edges if a != b})
    return np.array(found, dtype=np.int64).reshape(len(found), 2)


def _parts(size: int, pairs: Pairs) -> tuple[int, Numbers]:
    """How many parts hang together, and the number of each node's part, in the order of their first nodes."""
    lowest = np.arange(size, dtype=np.int64)
    while len(pairs):
        low = lowest[pairs].min(axis=1)
        np.minimum.at(lowest, lowest[pairs].ravel(), np.repeat(low, 2))
        while not np.array_equal(lowest, lowest[lowest]):
            lowest = lowest[lowest]
        pairs = pairs[lowest[pairs[:, 0]] != lowest[pairs[:, 1]]]
    first, part = np.unique(lowest, return_inverse=True)
    return len(first), part.astype(np.int64)


def _split(pairs: Pairs, of: Numbers, count: int) -> list[Pairs]:
    """For each of `count` groups the edges inside it, renumbered by the place of a node in its group."""
    order = np.argsort(of, kind="stable")
    sizes = np.bincount(of, minlength=count)
    place = np.empty(len(of), dtype=np.int64)
    place[order] = np.arange(len(of)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    inside = pairs[of[pairs[:, 0]] == of[pairs[:, 1]]]
    group = of[inside[:, 0]]
    sorted_pairs = place[inside[np.argsort(group, kind="stable")]]
    ends = np.cumsum(np.bincount(group, minlength=count))
    return np.split(sorted_pairs, ends[:-1])


def _component(size: int, pairs: Pairs, rng: np.random.Generator, quick: bool, groups: Numbers | None = None) -> Points:
    if size > COARSE:
        return _coarse(size, pairs, rng, quick, groups)
    if quick and size > _PIVOTS:
        wanted = _pivoted(size, pairs)
    else:
        wanted = _stress(_distances(size, pairs), rng, _ITERATIONS_QUICK if quick else _ITERATIONS)
    return _spread(wanted, pairs, quick=quick)


def _pivoted(size: int, pairs: Pairs) -> Points:
    """Points from the distances to some pivots, each the farthest from those before it."""
    # these libraries take a fifth of a second to load, which only large networks repay
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    matrix = csr_matrix((_lengths(size, pairs), (pairs[:, 0], pairs[:, 1])), shape=(size, size))
    nearest = np.full(size, np.inf)
    rows = []
    pivot = 0
    for _ in range(_PIVOTS):
        away = dijkstra(matrix, directed=False, indices=pivot)
        rows.append(away)
        nearest = np.minimum(nearest, away)
        pivot = int(nearest.argmax())
    squares = _reached(np.array(rows).T) ** 2
    centred = -(squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()) / 2
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, -2:][:, ::-1]
    points: Points = centred @ axes
    points *= _EDGE / max(float(np.abs(points).mean()), 1e-9) * np.sqrt(size) / 4
    for axis in range(2):
        if points[np.abs(points[:, axis]).argmax(), axis] < 0:
            points[:, axis] = -points[:, axis]
    return points


def _distances(size: int, pairs: Pairs) -> Points:
    """Lengths of the shortest ways."""
    lengths = _lengths(size, pairs)
    if size > COARSE:
        from scipy.sparse import csr_matrix
        from scipy.sparse.csgraph import dijkstra

        return _reached(dijkstra(csr_matrix((lengths, (pairs[:, 0], pairs[:, 1])), shape=(size, size)), directed=False))
    ways = np.full((size, size), np.inf)
    ways[pairs[:, 0], pairs[:, 1]] = ways[pairs[:, 1], pairs[:, 0]] = lengths
    np.fill_diagonal(ways, 0.0)
    for through in range(size):  # Floyd 1962
        np.minimum(ways, ways[:, through, None] + ways[through], out=ways)
    return _reached(ways)


def _reached(ways: Points) -> Points:
    """The lengths, those of ways that do not exist (a community may hang together by others only) beyond the longest."""
    known = ways[np.isfinite(ways)]
    found: Points = np.where(np.isfinite(ways), ways, 1.3 * max(float(known.max()), _EDGE))
    return found


def _lengths(size: int, pairs: Pairs) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Lengths of the edges: longer the fewer neighbours the ends share."""
    near: list[set[int]] = [set() for _ in range(size)]
    for a, b in pairs.tolist():
        near[a].add(b)
        near[b].add(a)
    apart = np.array([len(near[a] ^ near[b]) for a, b in pairs.tolist()], dtype=np.float64)
    lengths: np.ndarray[tuple[int], np.dtype[np.float64]] = _EDGE * (0.6 + 0.4 * np.sqrt(apart))
    return lengths


def _stress(wanted: Points, rng: np.random.Generator, iterations: int = _ITERATIONS) -> Points:
    """Points whose distances come close to the wanted ones, each weighted by its inverse square."""
    size = len(wanted)
    points = _scaled(wanted) + rng.normal(scale=_EDGE / 50, size=(size, 2))
    weights = wanted.copy()
    np.fill_diagonal(weights, 1.0)
    weights = weights**-2
    np.fill_diagonal(weights, 0.0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian[1:, 1:])  # the first node stays, so the rest is determined
    target = -weights * wanted
    for _ in range(iterations):
        across, down = (
            np.subtract.outer(axis, axis) for axis in points.T
        )  # summing arrays over an axis of two takes longer
        now = np.sqrt(across * across + down * down)
        np.fill_diagonal(now, 1.0)
        pull = target / np.maximum(now, 1e-9)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        right = pull @ points
        moved = np.zeros_like(points)
        moved[1:] = inverse @ right[1:]
        moved += points[0] - moved[0]
        change = np.abs(moved - points).max()
        points = moved
        if change < _EDGE / 500:
            break
    return points


def _scaled(wanted: Points) -> Points:
    """Classical scaling of distances to two dimensions, each axis turned so that its largest entry is positive."""
    squares = wanted**2
    centred = -(squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()) / 2
    values, vectors = np.linalg.eigh(centred)
    vectors = vectors[:, -2:][:, ::-1] if len(wanted) > 1 else np.zeros((1, 2))
    values = np.sqrt(np.maximum(values[-2:][::-1], 0.0)) if len(wanted) > 1 else np.zeros(2)
    for axis in range(2):
        if vectors[np.abs(vectors[:, axis]).argmax(), axis] < 0:
            vectors[:, axis] = -vectors[:, axis]
    scaled: Points = vectors * values
    return scaled


def _spread(points: Points, pairs: Pairs, least: float = _SPACING, *, quick: bool = False) -> Points:
    """The points, pushed apart until hardly two are closer than they need; nodes with many ties take more room."""
    degree = np.bincount(pairs.ravel(), minlength=len(points))
    room = least * np.minimum(0.9 + 0.1 * np.sqrt(degree), _WIDEST if quick else np.inf)  # one hub would widen every look
    every = np.stack(np.triu_indices(len(points), 1), axis=1) if len(points) <= _FEW else None
    for _ in range(_SWEEPS_QUICK if quick else _SWEEPS):
        close = _close(points, float(room.max())) if every is None else every
        if not len(close):
            break
        a, b = close[:, 0], close[:, 1]
        gap = points[b] - points[a]
        length = np.sqrt(gap[:, 0] ** 2 + gap[:, 1] ** 2)
        same = length < 1e-9
        gap[same] = np.stack([np.cos(b[same] * 2.4), np.sin(b[same] * 2.4)], axis=1)  # the golden angle
        length[same] = 1.0
        short = np.maximum((room[a] + room[b]) / 2 - np.where(same, 0.0, length), 0.0)
        push = gap / length[:, None] * (short * 0.35)[:, None]
        count = len(points)
        points = points + np.stack([np.bincount(b, p, count) - np.bincount(a, p, count) for p in push.T], axis=1)
        if short.max() < 1.0:
            break
    return points


def _close(points: Points, reach: float) -> Pairs:
    """All pairs of points no farther apart than `reach`, and some that are, the smaller index first, in order.

    Points are looked up by the cells of a grid: a tree would need a library that takes a fifth of a second to load.
    """
    cells = np.floor(points / reach).astype(np.int64)
    cells -= cells.min(axis=0) - 1
    high = int(cells[:, 1].max()) + 2  # an empty cell ends each column, so that none is beside the next column's first
    number = cells[:, 0] * high + cells[:, 1]
    order = np.argsort(number, kind="stable")
    ranked = number[order]
    found = []
    for step in (0, 1, high - 1, high, high + 1):
        low = np.searchsorted(ranked, ranked + step) if step else np.arange(1, len(points) + 1)
        counts = np.searchsorted(ranked, ranked + step, side="right") - low
        first = np.repeat(np.arange(len(points)), counts)
        place = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
        found.append(np.stack([order[first], order[np.repeat(low, counts) + place]], axis=1))
    pairs: Pairs = np.sort(np.concatenate(found), axis=1)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def _coarse(size: int, pairs: Pairs, rng: np.random.Generator, quick: bool, groups_given: Numbers | None) -> Points:
    """Communities placed by the ties between them, each a disc in which its members are laid out by themselves."""
    of = clusters(size, pairs) if groups_given is None else groups_given
    _, of = np.unique(of, return_inverse=True)  # without numbers that nobody here has
    count = int(of.max()) + 1
    if count == 1:  # one dense group: there is no coarser picture
        return _spread(_pivoted(size, pairs) if quick else _stress(_distances(size, pairs), rng), pairs, quick=quick)
    groups: list[list[int]] = [[] for _ in range(count)]
    for node, number in enumerate(of.tolist()):
        groups[number].append(node)
    within = _split(pairs, of, count)
    inner: list[Points] = []
    radius = np.empty(len(groups))
    for number, group in enumerate(groups):
        points = _component(len(group), within[number], rng, quick)
        points = points - points.mean(axis=0)
        radius[number] = _SPACING * (0.62 * np.sqrt(len(group)) + 0.5)
        reach = np.sqrt((points**2).sum(axis=1)).max()
        inner.append(points * (radius[number] / max(reach, 1e-9)))
    centres = _placed_discs(groups, of, pairs, radius, rng)
    points = np.empty((size, 2))
    for number, group in enumerate(groups):
        points[group] = centres[number] + inner[number]
    return _spread(points, pairs, _SPACING * 0.8, quick=quick)


def _placed_discs(
    groups: list[list[int]],
    of: Numbers,
    pairs: Pairs,
    radius: np.ndarray[tuple[int], np.dtype[np.float64]],
    rng: np.random.Generator,
) -> Points:
    """Centres of discs that do not overlap, near to each other where many ties join them."""
    size = len(groups)
    joint = np.zeros((size, size))
    np.add.at(joint, (of[pairs[:, 0]], of[pairs[:, 1]]), 1.0)
    joint = joint + joint.T
    np.fill_diagonal(joint, 0.0)
    touching = radius[:, None] + radius[None, :]
    expected = joint.sum(axis=1)
    share = joint / np.sqrt(np.maximum(expected[:, None] * expected[None, :], 1e-9))
    wanted = touching * (1.1 + 0.9 * (1 - np.minimum(share / max(share.max(), 1e-9), 1.0)))
    np.fill_diagonal(wanted, 0.0)
    centres = _stress(wanted, rng)
    for _ in range(200):
        gaps = centres[None, :, :] - centres[:, None, :]
        length = np.sqrt((gaps**2).sum(axis=2))
        np.fill_diagonal(length, np.inf)
        short = np.maximum(touching * 1.04 - length, 0.0)
        if short.max() < 1.0:
            break
        centres = centres - (gaps / length[:, :, None] * (short * 0.3)[:, :, None]).sum(axis=1)
    return centres


def _turned(points: Points) -> Points:
    """The points turned so that they are wider than high, around their middle."""
    centred: Points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1]
    for axis in range(2):
        if axes[np.abs(axes[:, axis]).argmax(), axis] < 0:
            axes[:, axis] = -axes[:, axis]
    turned: Points = centred @ axes * (_STRETCH, 1.0)
    return turned


def _pack(points: Points, parts: list[tuple[list[int], Points]], alone: list[int]) -> None:
    """Write the parts into `points` row by row, the largest first, and the single nodes in a strip below."""
    gap = _SPACING * 1.6
    width = max((float(np.ptp(part[:, 0])) for _, part in parts), default=0.0)
    width = max(width, _SPACING * 1.6 * np.sqrt(len(points)))
    x = y = height = 0.0
    for nodes, part in parts:
        low = part.min(axis=0)
        wide, high = np.ptp(part, axis=0)
        if x > 0 and x + wide > width:
            x, y, height = 0.0, y + height + gap, 0.0
        points[nodes] = part - low + (x, y)
        x, height = x + float(wide) + gap, max(height, float(high))
    top = y + height + gap if parts else 0.0
    columns = min(len(alone), max(1, int(width // (_SPACING * 1.5))))
    left = (width - (columns - 1) * _SPACING * 1.5) / 2
    for number, node in enumerate(alone):
        row, column = divmod(number, columns)
        points[node] = (left + column * _SPACING * 1.5, top + row * _SPACING)
