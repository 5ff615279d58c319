"""The movements of the power-interest grid: their arrows, the words beside them, and which places would hide them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.views.charts.labels import Board, Box, around, text_width, wrap
from kg.views.charts.power_ground import MANY, Move, Plot, Position, boxed
from kg.views.charts.scene import ACCENT, SOFT, Group, Item, Look, Path, Words
from kg.views.charts.signs import DASHES
from kg.views.charts.spots import middle, sign_box
from kg.views.page import text_in

__all__ = ["Lines", "arrows", "lines_of", "tips"]

_Point = tuple[float, float]
_SIZE, _LINE = 11.0, 13.0


class Lines:
    """The lines of arrows, which names keep off where there is room."""

    def __init__(self, lines: Iterable[tuple[_Point, _Point]]) -> None:
        self._lines = list(lines)

    def __bool__(self) -> bool:
        return bool(self._lines)

    def cross(self, box: Box) -> bool:
        """True where a line runs through the box."""
        return any(_cuts(box, start, end) for start, end in self._lines)


def tips(plot: Plot, positions: Sequence[Position]) -> list[Box]:
    """The ends of recommended movements, which stand before anything else does; of many they would take too much room."""
    if len(positions) > MANY:
        return []
    return [sign_box(*_goal(plot, move), 6) for each in positions for move in each.moves if move.recommended]


def lines_of(plot: Plot, positions: Iterable[Position], signs: Mapping[str, _Point]) -> Lines:
    """The lines of all movements, from where the signs stand."""
    return Lines((signs[each.row], _goal(plot, move)) for each in positions for move in each.moves)


def arrows(
    plot: Plot, board: Board, positions: Sequence[Position], signs: Mapping[str, _Point], lines: Lines, lang: str
) -> Iterator[Group]:
    """Each movement, with its words where they find room beside it, off all lines if they can.

    Among many, words that several have are left to the key.
    """
    many = len(positions) > MANY
    slim = 0.6 if many else 1
    shared = Counter(text_in(move.label, lang) for each in positions for move in each.moves if many)
    for each in positions:
        at = signs[each.row]
        for move in each.moves:
            other = _goal(plot, move)
            colour = ACCENT if move.recommended else SOFT
            if move.recommended:
                items: list[Item] = [Path((at, other), Look(stroke=colour, width=2.5 * slim, dash=(7, 4)), arrow=True)]
            else:
                items = [boxed(plot.extent(move.power, move.interest), Look(stroke=colour, dash=DASHES["unknown"]))]
                items.append(Path((other, at), Look(stroke=colour, width=2 * slim), arrow=True))
            label = text_in(move.label, lang)
            places = [place for place in _beside(label, at, other) if board.free(place[1])] if shared[label] < 2 else []
            if places:
                told, place = next((each for each in places if not lines.cross(each[1])), places[0])
                board.take(place)
                x, y = place.left, place.top + 10
                items += [Words(x, y + _LINE * n, line, _SIZE, colour=colour, halo=True) for n, line in enumerate(told)]
            yield Group(tuple(items), each.row, "", "arrow")


def _beside(label: str, at: _Point, other: _Point) -> Iterator[tuple[Sequence[str], Box]]:
    """Places for the words of an arrow, in lines of two lengths: near its middle, then near its end."""
    halfway = ((at[0] + other[0]) / 2, (at[1] + other[1]) / 2)
    for told in (wrap(label, _SIZE, 170, lines=3), wrap(label, _SIZE, 95, lines=6)) if label else ():
        width, height = max(text_width(line, _SIZE) for line in told), len(told) * _LINE
        for spot in (halfway, other):
            for box in around(*spot, 10, width, height):
                yield told, box


def _goal(plot: Plot, move: Move) -> _Point:
    return middle(plot.extent(move.power, move.interest))


def _cuts(box: Box, start: _Point, end: _Point) -> bool:
    """True where the line between two points runs through the box (Liang and Barsky's way of clipping)."""
    first, last = 0.0, 1.0
    for at, to, low, high in ((start[0], end[0], box.left, box.right), (start[1], end[1], box.top, box.bottom)):
        if at == to:
            if not low < at < high:
                return False
            continue
        enters, leaves = sorted(((low - at) / (to - at), (high - at) / (to - at)))
        first, last = max(first, enters), min(last, leaves)
    return first < last
