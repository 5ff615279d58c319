"""The power-interest grid as a picture: extents as boxes, a sign and a name per actor, arrows for movement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
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
    extent_boxes,
    quadrant_grounds,
    quadrant_names,
)
from kg.views.charts.power_moves import Lines, arrows, lines_of, tips
from kg.views.charts.scene import SOFT, Group, Item, Look, Path, Scene, Words
from kg.views.charts.signs import mark
from kg.views.charts.spots import SmallPlaces, lead, middle, nearest, outwards, sign_box, spots
from kg.views.page import Labels, text_in
from kg.wording import number_in

__all__ = ["power_map"]

_SIZE = 12.0
_LINE = 14.0
_NUMBER = 9.0
_WHOLE = 7
"""Most lines of a name that has room to be told whole."""
_AIR = 3.0
"""Between words and words, so that a number does not seem to begin the name beside it."""
_NEAR = 8
"""How many of the places around a sign are close to it."""

_Place = tuple[float, float, Box]
"""Where a sign stands, and what stands beside it."""

_Places = Callable[[Sequence[str]], Iterator[_Place]]
"""Lines of a name to the places of its sign and of itself, best first."""


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
    alone: how many do is said, since a list could not tell which is which.
    """
    plot = Plot(*size)
    groups = [quadrant_grounds(plot, quadrants), *extent_boxes(plot, positions)]
    named, titles = quadrant_names(plot, quadrants, lang)
    placed = _place(plot, titles, positions, lang)
    groups += [*placed.moves, named, axes(plot, words, lang, title), *placed.groups]
    if not positions:
        across, up = middle(plot.box)
        lines = wrap(text_in(words["nobody"], lang), 13, size[0] * 0.8)
        groups.append(
            Group(tuple(Words(across, up - 8 + 17 * n, line, 13, "middle", halo=True) for n, line in enumerate(lines)))
        )
    bottom = plot.box.bottom + MARGIN.bottom
    if placed.numbered:
        listed, bottom = _list(placed.numbered, text_in(words["numbered"], lang), lang, bottom, plot.box)
        groups += listed
    if placed.unnumbered:
        told = text_in(words["unnumbered"], lang).replace("{n}", number_in(len(placed.unnumbered), lang))
        lines = wrap(told, 11, plot.box.right - 10, lines=3)
        groups.append(Group(tuple(Words(10, bottom + 8 + 14 * n, line, 11, colour=SOFT) for n, line in enumerate(lines))))
        bottom += 14 * len(lines) + 8
    return Scene(
        plot.box.right + MARGIN.right,
        bottom,
        tuple(groups),
        title=title,
        description=text_in(words["description"], lang),
    )


@dataclass(slots=True)
class _Placed:
    moves: list[Group]
    groups: list[Group]
    numbered: list[Position]
    unnumbered: list[Position]


@dataclass(slots=True)
class _Beside:
    """A sign with what stands beside it: its name, or its number."""

    each: Position
    at: tuple[float, float]
    box: Box
    lines: Sequence[str]
    number: str = ""


def _place(plot: Plot, titles: Sequence[Box], positions: Sequence[Position], lang: str) -> _Placed:
    """Signs and names, off the titles of quadrants: those with the smallest extent first, as they have the least choice.

    The sign of an extent that one actor alone has stands in its middle; those that share one are spread over it.
    """
    board, words = Board(plot.box, [*titles, *tips(plot, positions)]), Board(plot.box, titles)
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
    placed = _Placed([], [], [], [])
    told: list[_Beside] = []
    nameless = []
    width = min(190, (plot.box.right - plot.box.left) * 0.44)
    names = wrap_apart([_name(each, lang) for each in ordered], _SIZE, width, lines=3 if len(positions) <= MANY else 2)
    room = _Room(plot, board)
    for each, lines in zip(ordered, names, strict=True):
        found = _beside(board, signs[each.row], lines) if each.row in signs else room.first(extents[each.row], lines)
        if found is None:
            nameless.append(each)
            continue
        told.append(_put(board, words, signs, each, found, lines))
    full: set[Box] = set()  # numbers only grow: where one found no place, no later one does
    for each in nameless:
        number, extent = str(len(placed.numbered) + 1), extents[each.row]
        places = [signs[each.row]] if each.row in signs else _free_spots(plot, board, extent) if extent not in full else ()
        found = _numbered(board, places, number)
        if found is None:
            placed.unnumbered.append(each)
            full.add(extent)
            continue
        placed.numbered.append(each)
        told.append(_put(board, words, signs, each, found, number=number))
    # What room is left between names and numbers is for the smallest signs, and never so little that these are left out: where
    # there is none, they lie on each other rather than on words.
    small = SmallPlaces(board, words)
    for each in placed.unnumbered:
        if each.row not in signs:
            signs[each.row] = small.place(extents[each.row])
        placed.groups.append(_sign(each, *signs[each.row], 3, lang))
    # Arrows come last to the places and first to the picture: names stand above them, and go where they hide none if they can.
    paths = lines_of(plot, ordered, signs)
    movable = {each.row: partial(_within, plot, extents[each.row]) for each in ordered if shared[extents[each.row]] > 1}
    movable |= {each.row: partial(_sideways, signs[each.row]) for each in ordered if each.moves}
    _off_lines(board, paths, told, movable)
    _tell_whole(board, paths, told, width, lang)
    placed.groups = [_drawn(beside, lang) for beside in told] + placed.groups
    placed.moves = list(arrows(plot, board, ordered, signs, paths, lang))
    return placed


def _put(
    board: Board,
    words: Board,
    signs: dict[str, tuple[float, float]],
    each: Position,
    place: _Place,
    lines: Sequence[str] = (),
    number: str = "",
) -> _Beside:
    """A sign with what stands beside it, for which the ground is taken from now on."""
    x, y, beside = place
    if each.row in signs:
        board.leave(sign_box(x, y))
    signs[each.row] = (x, y)
    board.take(*_ground((x, y), beside))
    words.take(beside)
    return _Beside(each, (x, y), beside, lines, number)


def _off_lines(board: Board, lines: Lines, told: Sequence[_Beside], movable: Mapping[str, _Places]) -> None:
    """Moves what stands on an arrow to a place off all of them, where one is free: nothing loses its place by it.

    Signs with an extent of their own stay in its middle, and those that move stay where their arrows begin.
    """
    for beside in told if lines else ():
        if not lines.cross(beside.box):
            continue
        board.leave(*_ground(beside.at, beside.box))
        for x, y, box in _elsewhere(beside, movable):
            if (
                board.free(box)
                and board.free(*lead((x, y), box))
                and not lines.cross(box)
                and ((x, y) == beside.at or board.free(sign_box(x, y)))
            ):
                beside.at, beside.box = (x, y), box
                break
        board.take(*_ground(beside.at, beside.box))


def _tell_whole(board: Board, arrows: Lines, told: Sequence[_Beside], width: float, lang: str) -> None:
    """Names that lost their middle get it back where there is room for the lines that it takes: nothing loses its place by it."""
    for beside in told:
        whole = wrap(_name(beside.each, lang), _SIZE, width, lines=_WHOLE)
        if beside.number or len(whole) <= len(beside.lines):
            continue
        board.leave(*_ground(beside.at, beside.box))
        places = _around_name(beside.at, whole)
        for box in places if lead(beside.at, beside.box) else islice(places, _NEAR):
            apart = Box(box.left, box.top - _AIR, box.right, box.bottom + _AIR)  # lines of two names would read as one name
            off_arrows = not arrows.cross(box) or arrows.cross(beside.box)
            if off_arrows and board.free(apart) and board.free(*lead(beside.at, box)):
                beside.box, beside.lines = box, whole
                break
        board.take(*_ground(beside.at, beside.box))


def _elsewhere(beside: _Beside, movable: Mapping[str, _Places]) -> Iterator[_Place]:
    if beside.number:
        return ((*beside.at, box) for box in _around_number(beside.at, beside.number))
    places = movable.get(beside.each.row)
    return places(beside.lines) if places else ((*beside.at, box) for box in _around_name(beside.at, beside.lines))


def _drawn(beside: _Beside, lang: str) -> Group:
    if not beside.number:
        return _actor(beside.each, *beside.at, beside.box, beside.lines, lang)
    number = Words(beside.box.left, beside.box.bottom - 1, beside.number, _NUMBER, bold=True, halo=True)
    return _sign(beside.each, *beside.at, 5, lang, number)


def _ground(at: tuple[float, float], box: Box) -> Sequence[Box]:
    """What a sign takes of the ground together with the words beside it, which have air on both sides."""
    return sign_box(*at), Box(box.left - _AIR, box.top, box.right + _AIR, box.bottom), *lead(at, box)


def _around_number(at: tuple[float, float], number: str) -> Iterator[Box]:
    return islice(around(*at, 8, text_width(number, _NUMBER, bold=True), _NUMBER), _NEAR)


def _around_name(at: tuple[float, float], lines: Sequence[str]) -> Iterator[Box]:
    return around(*at, 9, *_extent_of(lines))


def _free_spots(plot: Plot, board: Board, extent: Box) -> Iterator[tuple[float, float]]:
    return (at for at in spots(plot.box, extent, 9) if board.free(sign_box(*at)))


def _numbered(board: Board, at: Iterable[tuple[float, float]], number: str) -> _Place | None:
    """Where a sign goes and its number beside it; None where no number fits."""
    places = ((*spot, beside) for spot in at for beside in _around_number(spot, number))
    return next((place for place in places if board.free(place[2])), None)


def _sign(each: Position, x: float, y: float, radius: float, lang: str, *words: Item) -> Group:
    sign = mark(x, y, each.stance, hollow=each.status != "stated", radius=radius)
    return Group((sign, *words), each.row, text_in(each.label, lang), "mark")


def _name(each: Position, lang: str) -> str:
    sign = {"estimated": "\u00a0≈", "inferred": "\u00a0(i)"}.get(each.status, "")
    return text_in(each.short, lang) + sign


def _beside(board: Board, sign: tuple[float, float], lines: Sequence[str]) -> _Place | None:
    """A sign whose place is fixed, and where its name goes; None where no place around it is free."""
    return next(
        ((*sign, name) for name in _around_name(sign, lines) if board.free(name) and board.free(*lead(sign, name))), None
    )


class _Room:
    """Places in extents that several actors share."""

    def __init__(self, plot: Plot, board: Board) -> None:
        self._plot, self._board = plot, board
        self._none: dict[Box, list[tuple[float, float]]] = {}
        """Sizes of names for which an extent has no place any more, and so none for larger ones: what is taken stays taken."""

    def first(self, extent: Box, lines: Sequence[str]) -> _Place | None:
        """Where in an extent the sign and the name go; None where no place is free."""
        width, height = _extent_of(lines)
        none = self._none.setdefault(extent, [])
        if any(width >= w and height >= h for w, h in none):
            return None
        places = _within(self._plot, extent, lines)
        found = next(((x, y, name) for x, y, name in places if self._board.free(sign_box(x, y), name)), None)
        if found is None:
            none.append((width, height))
        return found


def _extent_of(lines: Sequence[str]) -> tuple[float, float]:
    return max(text_width(each, _SIZE) for each in lines), len(lines) * _LINE


def _sideways(at: tuple[float, float], lines: Sequence[str]) -> Iterator[_Place]:
    """A sign's place, and those of a name right and left of it."""
    width, height = _extent_of(lines)
    for left in (at[0] + 10, at[0] - 10 - width):
        yield (*at, Box(left, at[1] - height / 2, left + width, at[1] + height / 2))


def _within(plot: Plot, extent: Box, lines: Sequence[str]) -> Iterator[_Place]:
    """Places of a sign in an extent and of a name beside it, first those where the name, too, is within."""
    for within in (True, False):
        for x, y in spots(plot.box, extent, 13):
            for place in _sideways((x, y), lines):
                if not within or extent.holds(place[2]):
                    yield place


def _actor(each: Position, x: float, y: float, name: Box, lines: Sequence[str], lang: str) -> Group:
    items: list[Item] = []
    if lead((x, y), name):
        items.append(Path(((x, y), nearest((x, y), name)), Look(stroke=SOFT)))
    items.append(mark(x, y, each.stance, hollow=each.status != "stated"))
    right = name.right <= x
    for index, line in enumerate(lines):
        edge = name.right if right else name.left
        items.append(Words(edge, name.top + 11 + index * _LINE, line, _SIZE, "end" if right else "start", halo=True))
    return Group(tuple(items), each.row, text_in(each.label, lang), "mark")


def _list(listed: Sequence[Position], heading: str, lang: str, top: float, box: Box) -> tuple[list[Group], float]:
    """The names that found no place, each after its number, in columns; and where the list ends."""
    columns = 2 if box.right - box.left > 500 else 1
    width = (box.right - box.left + MARGIN.left - 10) / columns
    groups = [Group((Words(10, top + 6, heading, 12, bold=True),))]
    told = wrap_apart([_name(each, lang) for each in listed], 11, width - 40)
    heights = [5 + 13 * len(lines) for lines in told]
    x, y, bottom = 10.0, top + 26, top + 26
    for number, (each, lines, height) in enumerate(zip(listed, told, heights, strict=True), 1):
        if y > top + 26 and y + height / 2 > top + 26 + sum(heights) / columns and x < 10 + width * (columns - 1):
            x, y = x + width, top + 26
        items = [Words(x + 26, y + 13 * n, line, 11) for n, line in enumerate(lines)]
        groups.append(Group((Words(x + 20, y, str(number), 11, "end"), *items), each.row, text_in(each.label, lang), "mark"))
        y += height
        bottom = max(bottom, y)
    return groups, bottom + 4
