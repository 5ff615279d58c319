"""Places for signs within an extent of the power-interest grid, the best first, and the line from a sign to its name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from kg.views.charts.labels import Board, Box

__all__ = ["SmallPlaces", "lead", "middle", "nearest", "outwards", "sign_box", "spots"]

_CLOSE = 14.0
"""How far away words may be that no line leads to."""


def sign_box(x: float, y: float, half: float = 8) -> Box:
    """What a sign takes of the ground."""
    return Box(x - half, y - half, x + half, y + half)


def middle(extent: Box) -> tuple[float, float]:
    """The place in the middle of an extent."""
    return (extent.left + extent.right) / 2, (extent.top + extent.bottom) / 2


def outwards(extent: Box) -> Iterator[tuple[float, float]]:
    """Spots of an extent, the middle first, then around it."""
    x, y = middle(extent)
    columns = _steps(extent.left + 6, extent.right - 6, 12, x)
    lines = _steps(extent.top + 6, extent.bottom - 6, 12, y)
    yield from sorted(((a, b) for a in columns for b in lines), key=lambda at: (abs(at[0] - x) + abs(at[1] - y), at))


def spots(grid: Box, extent: Box, inset: float, step: float = 17) -> Iterator[tuple[float, float]]:
    """Spots within an extent, column by column: from the middle outwards where it spans the middle of the grid, so that the sign
    does not seem to stand in one quadrant; else from the left and from the top."""
    across, up = (grid.left + grid.right) / 2, (grid.top + grid.bottom) / 2
    for x in _steps(extent.left + inset, extent.right - inset, step * 2, across):
        for y in _steps(extent.top + inset * 2, extent.bottom - inset, step, up):
            yield x, y


def lead(sign: tuple[float, float], name: Box) -> list[Box]:
    """The ground of the line that leads from a sign to a name that is not close; none where it is."""
    x, y = nearest(sign, name)
    if max(abs(x - sign[0]), abs(y - sign[1])) <= _CLOSE:
        return []
    steps = (n / 10 for n in range(4, 10))
    return [sign_box(sign[0] + (x - sign[0]) * t, sign[1] + (y - sign[1]) * t, 2) for t in steps]


def nearest(sign: tuple[float, float], name: Box) -> tuple[float, float]:
    """The point of a name that is nearest to its sign."""
    return min(max(sign[0], name.left), name.right), min(max(sign[1], name.top), name.bottom)


class SmallPlaces:
    """Places for the smallest signs in what room names and numbers leave.

    An extent that is full gives its places again, one after the other: signs then lie on each other rather than on words.
    """

    def __init__(self, board: Board, words: Board) -> None:
        self._board, self._words = board, words
        self._left: dict[tuple[Box, float], Iterator[tuple[float, float]]] = {}
        self._again: dict[Box, Iterator[tuple[float, float]]] = {}

    def place(self, extent: Box) -> tuple[float, float]:
        """The next place within an extent, taken from now on."""
        for half in (4.0, 3.0):
            # What is taken stays taken: what was looked at before is not looked at again.
            left = self._left.setdefault((extent, half), self._within(extent, half))
            found = next((at for at in left if self._board.free(sign_box(*at, half))), None)
            if found is not None:
                self._board.take(sign_box(*found, half))
                return found
        if extent not in self._again:
            off_words = [at for at in self._within(extent, 3.0) if self._words.free(sign_box(*at, 4))]
            self._again[extent] = cycle(off_words or [middle(extent)])
        return next(self._again[extent])

    def _within(self, extent: Box, half: float) -> Iterator[tuple[float, float]]:
        return spots(self._board.bounds, extent, half, 2 * half)


def _steps(first: float, last: float, step: float, middle: float) -> list[float]:
    if last <= first:
        return [(first + last) / 2]
    if not first < middle < last:
        return [first + step * i for i in range(int((last - first) / step) + 1)]
    out = [middle]
    for i in range(1, int(max(middle - first, last - middle) / step) + 1):
        out += [each for each in (middle - step * i, middle + step * i) if first <= each <= last]
    return out
