"""Where names go so that none covers another: the first free place of a list of places, else a number."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.wording import words_of

__all__ = ["Board", "Box", "around", "text_width", "wrap", "wrap_apart"]

_HUNDREDTHS = {
    **dict.fromkeys("iljI.,:;'|!`´·’", 33),
    **dict.fromkeys('ftr()[]{}-/\\" ', 42),
    **dict.fromkeys("mwMW@%&", 95),
}
_AS_HIGH, _CAPITAL, _OTHER = 105, 74, 64
"""Widths of characters, in hundredths of the size: whole numbers, whose sum is the same in whatever order."""
_BOLD = 1.1
_MORE = 3
"""Most lines that a name gets beyond the others, to tell it from one that looks alike."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is, in the unit of `size`; for a wide sans serif (DejaVu Sans), so that others fit too.

    >>> text_width("CONAIE", 10) > text_width("illi", 10)
    True
    """
    return _hundredths(text) / 100 * size * (_BOLD if bold else 1)


class _Widths(dict[str, int]):
    """The width of every character, looked at once."""

    def __missing__(self, char: str) -> int:
        high = ord(char) >= 0x2E80  # scripts whose characters are as wide as high
        self[char] = _AS_HIGH if high else _CAPITAL if char.isupper() else _OTHER
        return self[char]


_WIDTHS = _Widths(_HUNDREDTHS)
_BLANK = _WIDTHS[" "]


# words of names recur, and every name is laid out for each language and width of screen
@functools.lru_cache(maxsize=20_000)
def _hundredths(text: str) -> int:
    return sum(map(_WIDTHS.__getitem__, text))


def wrap(text: str, size: float, width: float, lines: int = 2) -> tuple[str, ...]:
    """The text in at most `lines` lines no wider than `width`; what does not fit is left out of the middle of the last line.

    Many official names begin alike, and what tells them apart (whose, where) stands at their end.

    >>> wrap("Representative organizations of family farming", 10, 130)
    ('Representative', 'organizations … farming')
    """
    words = words_of(text)
    found: list[str] = []
    while words and len(found) < lines - 1:
        line = words.pop(0)
        wide = _hundredths(line)
        while words and (wide + _BLANK + _hundredths(words[0])) / 100 * size <= width:
            wide += _BLANK + _hundredths(words[0])
            line += f" {words.pop(0)}"
        found.append(_cut(line, size, width))
    if words:
        found.append(_both_ends(words, size, width))
    return tuple(found) or ("",)


def wrap_apart(texts: Sequence[str], size: float, width: float, lines: int = 2) -> list[tuple[str, ...]]:
    """Each text in at most `lines` lines; those that would look alike though they differ get more lines, until they do not.

    >>> wrap_apart(["Federation of the farmers of Loja", "Federation of the bakers of Loja"], 10, 80, lines=1)
    [('Federation of', 'the farmers of', 'Loja'), ('Federation of', 'the bakers of', 'Loja')]
    """
    told = [wrap(text, size, width, lines) for text in texts]
    for more in range(lines + 1, lines + _MORE + 1):
        different: dict[tuple[str, ...], set[str]] = {}
        for text, each in zip(texts, told, strict=True):
            different.setdefault(each, set()).add(text)
        if all(len(alike) == 1 for alike in different.values()):
            break
        told = [
            wrap(text, size, width, more) if len(different[each]) > 1 else each
            for text, each in zip(texts, told, strict=True)
        ]
    return told


def _both_ends(words: Sequence[str], size: float, width: float) -> str:
    """The words on one line; where they do not fit, as many of the last and the first as do, by turns."""
    head, tail, line = 0, 0, ""
    whole = " ".join(words)
    if text_width(whole, size) <= width:
        return whole
    while True:
        turns = [(head, tail + 1), (head + 1, tail)] if tail <= head else [(head + 1, tail), (head, tail + 1)]
        told = {turn: " ".join([*words[: turn[0]], "…", *words[len(words) - turn[1] :]]) for turn in turns if turn[1]}
        fitting = next((turn for turn in told if text_width(told[turn], size) <= width), None)
        if fitting is None:
            return line or _cut(whole, size, width)
        (head, tail), line = fitting, told[fitting]


def _cut(text: str, size: float, width: float) -> str:
    """The text; where it is too wide, as many of its first and last characters as fit."""
    head, tail, line = len(text) - len(text) // 2, len(text) // 2, text
    while head and text_width(line, size) > width:
        head, tail = (head - 1, tail) if head > tail else (head, tail - 1)
        line = f"{text[:head].rstrip()}…{text[len(text) - tail :].lstrip()}"
    return line


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
        for box in boxes:
            if not self.bounds.holds(box):
                return False
            left, top, right, bottom = box
            for cell in self._cells(box):
                for x1, y1, x2, y2 in self._taken.get(cell, ()):  # `meets`, which is asked millions of times
                    if left < x2 and x1 < right and top < y2 and y1 < bottom:
                        return False
        return True

    def take(self, *boxes: Box) -> None:
        """The boxes are taken from now on."""
        for box in boxes:
            for cell in self._cells(box):
                self._taken.setdefault(cell, []).append(box)

    def leave(self, *boxes: Box) -> None:
        """The boxes, each of which was taken as it is, are free again."""
        for box in boxes:
            for cell in self._cells(box):
                self._taken[cell].remove(box)

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
