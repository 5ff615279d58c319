"""The power-interest grid as a picture: extents as boxes, a sign and a name per actor, arrows for movement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.views.charts.labels import Board, Box, around, text_width, wrap, wrap_apart
from kg.views.charts.power_ground import (
    MANY,
    MARGIN,
    Plot,
    Position,
    Quadrant,
    area,
    axes,
    boxed,
    extent_boxes,
    quadrant_grounds,
    quadrant_names,
)
from kg.views.charts.scene import ACCENT, SOFT, Group, Item, Look, Path, Scene, Words
from kg.views.charts.signs import DASHES, mark
from kg.views.charts.spots import SmallPlaces, middle, outwards, sign_box, spots
from kg.views.page import Labels, text_in

__all__ = ["power_map"]

_SIZE = 12.0
_LINE = 14.0
_NUMBER = 9.0


def power_map(
    positions: Sequence[Position],
    quadrants: Sequence[Quadrant],
    words: Mapping[str, Labels],
    lang: str,
    *,
    title: str,
    size: tuple[float, float],
) -> Scene:
    """The picture in one language; `words` holds the texts `power`, `interest`, `low`, `high`, `numbered`, `unnumbered`,
    `nobody` and `description`.

    A name that finds no free place is numbered, and listed below the grid; where not even its number finds one, its sign stands
    alone, and its name comes last in the list.
    """
    plot = Plot(*size)
    groups = [quadrant_grounds(plot, quadrants), *extent_boxes(plot, positions)]
    named, titles = quadrant_names(plot, quadrants, lang)
    groups += [named, axes(plot, words, lang, title)]
    placed = _place(plot, titles, positions, lang)
    groups += placed.groups
    if not positions:
        across, up = middle(plot.box)
        lines = wrap(text_in(words["nobody"], lang), 13, size[0] * 0.8)
        groups.append(
            Group(tuple(Words(across, up - 8 + 17 * n, line, 13, "middle", halo=True) for n, line in enumerate(lines)))
        )
    bottom = plot.box.bottom + MARGIN.bottom
    for key, listing in (("numbered", placed.numbered), ("unnumbered", placed.unnumbered)):
        if listing:
            numbers = [str(n) if key == "numbered" else "–" for n in range(1, len(listing) + 1)]
            listed, bottom = _list(listing, numbers, text_in(words[key], lang), lang, bottom, plot.box)
            groups += listed
    return Scene(
        plot.box.right + MARGIN.right,
        bottom,
        tuple(groups),
        title=title,
        description=text_in(words["description"], lang),
    )


@dataclass(slots=True)
class _Placed:
    groups: list[Group]
    numbered: list[Position]
    unnumbered: list[Position]


def _place(plot: Plot, titles: Sequence[Box], positions: Sequence[Position], lang: str) -> _Placed:
    """Signs and names, off the titles of quadrants: those with the smallest extent first, as they have the least choice.

    The sign of an extent that one actor alone has stands in its middle; those that share one are spread over it.
    """
    board, words = Board(plot.box, titles), Board(plot.box, titles)
    extents = {each.row: plot.extent(each.power, each.interest) for each in positions}
    shared = Counter(extents.values())
    ordered = sorted(positions, key=lambda each: area(extents[each.row]))  # stable: else as answered
    alone = [each for each in ordered if shared[extents[each.row]] == 1]
    signs: dict[str, tuple[float, float]] = {}
    for each in alone:
        extent = extents[each.row]
        fitting = (at for on in (board, words) for at in outwards(extent) if on.free(sign_box(*at)))
        signs[each.row] = next(fitting, middle(extent))
        board.take(sign_box(*signs[each.row]))
    placed = _Placed([], [], [])
    nameless = []
    width = min(190, (plot.box.right - plot.box.left) * 0.44)
    names = wrap_apart([_name(each, lang) for each in ordered], _SIZE, width, lines=3 if len(positions) <= MANY else 2)
    for each, lines in zip(ordered, names, strict=True):
        found = (
            _beside(board, signs[each.row], lines)
            if each.row in signs
            else _first_free(plot, board, extents[each.row], lines)
        )
        if found is None:
            nameless.append(each)
            continue
        x, y, name = found
        signs[each.row] = (x, y)
        board.take(sign_box(x, y), name)
        words.take(name)
        placed.groups.append(_actor(each, x, y, name, lines, lang))
    for each in nameless:
        number = str(len(placed.numbered) + 1)
        places = (
            [signs[each.row]]
            if each.row in signs
            else [at for at in spots(plot.box, extents[each.row], 9) if board.free(sign_box(*at))]
        )
        found = _numbered(board, places, number)
        if found is None:
            placed.unnumbered.append(each)
            continue
        x, y, beside = found
        signs[each.row] = (x, y)
        board.take(sign_box(x, y), beside)
        words.take(beside)
        beside_it = Words(beside.left, beside.bottom - 1, number, _NUMBER, bold=True, halo=True)
        placed.numbered.append(each)
        placed.groups.append(_sign(each, x, y, 5, lang, beside_it))
    # What room is left between names and numbers is for the smallest signs, and never so little that these are left out: where
    # there is none, they lie on each other rather than on words.
    small = SmallPlaces(board, words)
    for each in placed.unnumbered:
        if each.row not in signs:
            signs[each.row] = small.place(extents[each.row])
        placed.groups.append(_sign(each, *signs[each.row], 3, lang))
    # Arrows come last to the places and first to the picture: names go before them, and stand above them.
    arrows = [group for each in ordered for group in _arrows(plot, board, each, signs[each.row], lang)]
    placed.groups = arrows + placed.groups
    return placed


def _numbered(board: Board, at: Sequence[tuple[float, float]], number: str) -> tuple[float, float, Box] | None:
    """Where a sign goes and its number beside it; None where no number fits."""
    width = text_width(number, _NUMBER, bold=True)
    places = ((*spot, beside) for spot in at for beside in islice(around(*spot, 8, width, _NUMBER), 8))
    return next((place for place in places if board.free(place[2])), None)


def _sign(each: Position, x: float, y: float, radius: float, lang: str, *words: Item) -> Group:
    sign = mark(x, y, each.stance, hollow=each.status != "stated", radius=radius)
    return Group((sign, *words), each.row, text_in(each.label, lang), "mark")


def _name(each: Position, lang: str) -> str:
    sign = {"estimated": "\u00a0≈", "inferred": "\u00a0(i)"}.get(each.status, "")
    return text_in(each.short, lang) + sign


def _beside(board: Board, sign: tuple[float, float], lines: Sequence[str]) -> tuple[float, float, Box] | None:
    """A sign whose place is fixed, and where its name goes; None where no place around it is free."""
    width = max(text_width(each, _SIZE) for each in lines)
    return next(((*sign, name) for name in around(*sign, 9, width, len(lines) * _LINE) if board.free(name)), None)


def _first_free(plot: Plot, board: Board, extent: Box, lines: Sequence[str]) -> tuple[float, float, Box] | None:
    """Where in an extent the sign and the name go, the name within if possible; None where no place is free."""
    width = max(text_width(each, _SIZE) for each in lines)
    height = len(lines) * _LINE
    for within in (True, False):
        for x, y in spots(plot.box, extent, 13):
            for left in (x + 10, x - 10 - width):
                name = Box(left, y - height / 2, left + width, y + height / 2)
                if (not within or extent.holds(name)) and board.free(sign_box(x, y), name):
                    return x, y, name
    return None


def _actor(each: Position, x: float, y: float, name: Box, lines: Sequence[str], lang: str) -> Group:
    items: list[Item] = []
    beside = name.left - x if name.left > x else x - name.right
    if max(beside, name.top - y, y - name.bottom) > 14:
        at = (min(max(x, name.left), name.right), min(max(y, name.top), name.bottom))
        items.append(Path(((x, y), at), Look(stroke=SOFT)))
    items.append(mark(x, y, each.stance, hollow=each.status != "stated"))
    right = name.right <= x
    for index, line in enumerate(lines):
        edge = name.right if right else name.left
        items.append(Words(edge, name.top + 11 + index * _LINE, line, _SIZE, "end" if right else "start", halo=True))
    return Group(tuple(items), each.row, text_in(each.label, lang), "mark")


def _arrows(plot: Plot, board: Board, each: Position, at: tuple[float, float], lang: str) -> list[Group]:
    """The movements of an actor whose sign stands at a place, each with its words where they find room beside it."""
    groups = []
    for move in each.moves:
        box = plot.extent(move.power, move.interest)
        other = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        colour = ACCENT if move.recommended else SOFT
        if move.recommended:
            items: list[Item] = [Path((at, other), Look(stroke=colour, width=2.5, dash=(7, 4)), arrow=True)]
        else:
            items = [boxed(box, Look(stroke=colour, dash=DASHES["unknown"]))]
            items.append(Path((other, at), Look(stroke=colour, width=2), arrow=True))
        lines = wrap(text_in(move.label, lang), 11, 170, lines=3)
        width, height = max((text_width(line, 11) for line in lines), default=0), len(lines) * 13
        halfway = ((at[0] + other[0]) / 2, (at[1] + other[1]) / 2)
        places = [name for spot in (halfway, other) for name in around(*spot, 10, width, height) if board.free(name)]
        if lines and places:
            board.take(places[0])
            x, y = places[0].left, places[0].top + 10
            items += [Words(x, y + 13 * n, line, 11, colour=colour, halo=True) for n, line in enumerate(lines)]
        groups.append(Group(tuple(items), each.row, "", "arrow"))
    return groups


def _list(
    listed: Sequence[Position], numbers: Sequence[str], heading: str, lang: str, top: float, box: Box
) -> tuple[list[Group], float]:
    """The names that found no place, each after its number, in columns; and where the list ends."""
    columns = 2 if box.right - box.left > 500 else 1
    width = (box.right - box.left + MARGIN.left - 10) / columns
    groups = [Group((Words(10, top + 6, heading, 12, bold=True),))]
    told = wrap_apart([_name(each, lang) for each in listed], 11, width - 40)
    heights = [5 + 13 * len(lines) for lines in told]
    x, y, bottom = 10.0, top + 26, top + 26
    for number, each, lines, height in zip(numbers, listed, told, heights, strict=True):
        if y > top + 26 and y + height / 2 > top + 26 + sum(heights) / columns and x < 10 + width * (columns - 1):
            x, y = x + width, top + 26
        items = [Words(x + 26, y + 13 * n, line, 11) for n, line in enumerate(lines)]
        groups.append(Group((Words(x + 20, y, number, 11, "end"), *items), each.row, text_in(each.label, lang), "mark"))
        y += height
        bottom = max(bottom, y)
    return groups, bottom + 4
