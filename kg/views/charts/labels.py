"""Where names go so that none covers another: the first free place of a list of places, else a number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["Board", "Box", "around", "text_width", "wrap"]

_NARROW = frozenset("iljI.,:;'|!`´·’")
_SLIM = frozenset('ftr()[]{}-/\\" ')
_WIDE = frozenset("mwMW@%&")
_BOLD = 1.1
_GAPS = re.compile(r"[^\S\u00a0\u202f]+")
"""Where lines may break: at any space but those that hold words together."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is, in the unit of `size`; for a wide sans serif (DejaVu Sans), so that others fit too.

    >>> text_width("CONAIE", 10) > text_width("illi", 10)
    True
    """
    units = 0.0
    for char in text:
        if char in _NARROW:
            units += 0.33
        elif char in _SLIM:
            units += 0.42
        elif char in _WIDE:
            units += 0.95
        elif ord(char) >= 0x2E80:  # scripts whose characters are as wide as high
            units += 1.05
        else:
            units += 0.74 if char.isupper() else 0.64
    return units * size * (_BOLD if bold else 1)


def wrap(text: str, size: float, width: float, lines: int = 2) -> tuple[str, ...]:
    """The text in at most `lines` lines no wider than `width`; what does not fit ends with an ellipsis.

    >>> wrap("Representative organizations of family farming", 10, 130)
    ('Representative', 'organizations of famil…')
    """
    found: list[str] = []
    words = [word for word in _GAPS.split(text) if word]
    while words and len(found) < lines:
        line = words.pop(0)
        while words and text_width(f"{line} {words[0]}", size) <= width:
            line += f" {words.pop(0)}"
        found.append(line)
    if words or any(text_width(each, size) > width for each in found):
        found = [_cut(each, size, width) for each in found]
        if words:
            found[-1] = _cut(f"{found[-1]} {words[0]}", size, width, always=True)
    return tuple(found) or ("",)


def _cut(text: str, size: float, width: float, *, always: bool = False) -> str:
    if text_width(text, size) <= width and not always:
        return text
    while text and text_width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


class Box(NamedTuple):
    """A rectangle by its edges; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """True where the two share more than an edge."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: Box) -> bool:
        """True where the other lies within."""
        return (
            self.left <= other.left and other.right <= self.right and self.top <= other.top and other.bottom <= self.bottom
        )


class Board:
    """The ground that names are put on; what was taken stays taken."""

    _CELL = 48
    """Size of the squares by which what is taken is looked up: about that of a name."""

    def __init__(self, bounds: Box, taken: Iterable[Box] = ()) -> None:
        self.bounds = bounds
        self._taken: dict[tuple[int, int], list[Box]] = {}
        self.take(*taken)

    def free(self, *boxes: Box) -> bool:
        """True where the boxes lie on the board and meet nothing that is taken."""
        return all(
            self.bounds.holds(box)
            and not any(box.meets(other) for cell in self._cells(box) for other in self._taken.get(cell, ()))
            for box in boxes
        )

    def take(self, *boxes: Box) -> None:
        """The boxes are taken from now on."""
        for box in boxes:
            for cell in self._cells(box):
                self._taken.setdefault(cell, []).append(box)

    def _cells(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.left // self._CELL), int(box.right // self._CELL) + 1):
            for line in range(int(box.top // self._CELL), int(box.bottom // self._CELL) + 1):
                yield column, line


def around(x: float, y: float, gap: float, width: float, height: float) -> Iterator[Box]:
    """The places for a name around a mark, best first: right, left, below, above, then the four corners, then farther."""
    for reach in (gap, gap * 3.5):
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, -1), (1, 1), (-1, 1)):
            left = x + reach if dx > 0 else x - reach - width if dx < 0 else x - width / 2
            top = y + reach if dy > 0 else y - reach - height if dy < 0 else y - height / 2
            yield Box(left, top, left + width, top + height)
