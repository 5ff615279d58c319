"""How much of the lines of a picture lies where a name would stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, hypot

from kg.views.charts.labels import Box

__all__ = ["Traces"]

_CELL = 6
"""Size of the squares in which lines are counted: about half a line of a name."""


class Traces:
    """Lines as points close to each other, counted by square: to ask for the length under a box costs the same however many."""

    def __init__(self, lines: Iterable[Sequence[tuple[float, float]]]) -> None:
        points: Counter[tuple[int, int]] = Counter()
        for line in lines:
            for (x1, y1), (x2, y2) in pairwise(line):
                steps = max(1, ceil(hypot(x2 - x1, y2 - y1) / _CELL))
                for step in range(steps):
                    part = (step + 0.5) / steps
                    points[int((x1 + (x2 - x1) * part) // _CELL), int((y1 + (y2 - y1) * part) // _CELL)] += 1
        self._points = dict(points)

    def under(self, box: Box) -> int:
        """About the length of all lines under a box.

        >>> traces = Traces([((0, 10), (120, 10))])
        >>> traces.under(Box(0, 0, 60, 20)), traces.under(Box(0, 20, 60, 40))
        (60, 0)
        """
        columns = range(int(box.left // _CELL), int(-(-box.right // _CELL)))
        rows = range(int(box.top // _CELL), int(-(-box.bottom // _CELL)))
        return _CELL * sum(self._points.get((column, row), 0) for column in columns for row in rows)
