"""The power-interest grid as a picture: extents as boxes, a sign and a name per actor, arrows for movement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from kg.views.charts.labels import Board, Box, around, text_width, wrap, wrap_apart
from kg.views.charts.scene import ACCENT, FAINT, GROUND, LINE, SOFT, Group, Item, Look, Path, Scene, Words, rectangle
from kg.views.charts.signs import DASHES, mark
from kg.views.charts.spots import SmallPlaces, middle, outwards, sign_box, spots
from kg.views.page import Labels, text_in

__all__ = ["Ends", "Move", "Position", "Quadrant", "power_map"]

Ends = tuple[Decimal | float | None, Decimal | float | None]
"""Both ends of an interval in [0, 1]; None where unknown."""

_MARGIN = Box(58, 40, 14, 44)
_SIZE = 12.0
_LINE = 14.0
_NUMBER = 9.0
_MANY = 30
"""Actors and extents beyond which names take two lines at most, and extents are drawn fainter."""


@dataclass(frozen=True, slots=True)
class Quadrant:
    """A named part of the grid."""

    name: Labels
    power: tuple[float, float]
    interest: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Move:
    """Where an actor came from, or where it should go."""

    power: Ends
    interest: Ends
    recommended: bool
    label: Labels
    """Words beside the arrow."""


@dataclass(frozen=True, slots=True)
class Position:
    """One actor on the grid."""

    row: str
    short: Labels
    label: Labels
    """What it says to who cannot see the picture."""
    power: Ends
    interest: Ends
    stance: str
    status: str
    moves: tuple[Move, ...] = ()


class _Plot:
    """Turns power and interest into places of the picture."""

    def __init__(self, width: float, height: float) -> None:
        self.box = Box(_MARGIN.left, _MARGIN.top, _MARGIN.left + width, _MARGIN.top + height)

    def extent(self, power: Ends, interest: Ends) -> Box:
        """The box of two intervals; what is not known may lie anywhere."""
        bottom, top = (float(end) if end is not None else default for end, default in zip(power, (0, 1), strict=True))
        left, right = (float(end) if end is not None else default for end, default in zip(interest, (0, 1), strict=True))
        x, y = self.box.right - self.box.left, self.box.bottom - self.box.top
        return Box(
            self.box.left + left * x, self.box.bottom - top * y, self.box.left + right * x, self.box.bottom - bottom * y
        )


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
    plot = _Plot(*size)
    groups = [_ground(plot, quadrants), *_extents(plot, positions)]
    named, titles = _names(plot, quadrants, lang)
    groups += [named, _axes(plot, words, lang, title)]
    placed = _place(plot, titles, positions, lang)
    groups += placed.groups
    if not positions:
        across, up = middle(plot.box)
        lines = wrap(text_in(words["nobody"], lang), 13, size[0] * 0.8)
        groups.append(
            Group(tuple(Words(across, up - 8 + 17 * n, line, 13, "middle", halo=True) for n, line in enumerate(lines)))
        )
    bottom = plot.box.bottom + _MARGIN.bottom
    for key, listing in (("numbered", placed.numbered), ("unnumbered", placed.unnumbered)):
        if listing:
            numbers = [str(n) if key == "numbered" else "–" for n in range(1, len(listing) + 1)]
            listed, bottom = _list(listing, numbers, text_in(words[key], lang), lang, bottom, plot.box)
            groups += listed
    return Scene(
        plot.box.right + _MARGIN.right,
        bottom,
        tuple(groups),
        title=title,
        description=text_in(words["description"], lang),
    )


def _ground(plot: _Plot, quadrants: Sequence[Quadrant]) -> Group:
    boxes = [plot.extent(quadrant.power, quadrant.interest) for quadrant in quadrants]
    return Group(tuple(_rectangle(b, Look(fill=FAINT if n % 3 == 0 else GROUND, stroke=LINE)) for n, b in enumerate(boxes)))


def _names(plot: _Plot, quadrants: Sequence[Quadrant], lang: str) -> tuple[Group, list[Box]]:
    """The names of the quadrants, and the places that they take."""
    items: list[Item] = []
    places = []
    for quadrant in quadrants:
        box = plot.extent(quadrant.power, quadrant.interest)
        lines = wrap(text_in(quadrant.name, lang), 12 * 1.1, box.right - box.left - 14)  # bold letters are wider
        width = max(text_width(line, 12, bold=True) for line in lines)
        upper = quadrant.power[1] == 1
        top = box.top + 4 if upper else box.bottom - 4 - 16 * len(lines)
        place = Box(box.left + 6, top, box.left + 10 + width, top + 16 * len(lines))
        places.append(place)
        for n, line in enumerate(lines):
            items.append(Words(place.left + 2, top + 12 + 15 * n, line, 12, colour=SOFT, bold=True, halo=True))
    return Group(tuple(items)), places


def _axes(plot: _Plot, words: Mapping[str, Labels], lang: str, title: str) -> Group:
    box = plot.box
    centre = (box.left + box.right) / 2
    low, high = text_in(words["low"], lang), text_in(words["high"], lang)
    items: list[Item] = [
        Words(box.left, box.top - 16, title, 15, bold=True),
        Words(box.left, box.bottom + 16, f"0 {low}", 11, colour=SOFT),
        Words(box.right, box.bottom + 16, f"{high} 1", 11, "end", SOFT),
        Words(centre, box.bottom + 34, f"{text_in(words['interest'], lang)} →", 13, "middle", bold=True),
        Words(box.left - 8, box.bottom, f"0 {low}", 11, colour=SOFT, turned=True),
        Words(box.left - 8, box.top, f"{high} 1", 11, "end", SOFT, turned=True),
        Words(
            box.left - 26,
            (box.top + box.bottom) / 2,
            f"{text_in(words['power'], lang)} →",
            13,
            "middle",
            bold=True,
            turned=True,
        ),
        _rectangle(box, Look(stroke=SOFT)),
    ]
    return Group(tuple(items))


def _extents(plot: _Plot, positions: Sequence[Position]) -> list[Group]:
    """Each extent once, however many actors have it, and each actor's own, which shows with it."""
    looks: dict[tuple[Ends, Ends], str] = {}
    order = list(DASHES)
    for each in positions:
        key = (each.power, each.interest)
        status = "unknown" if None in (*each.power, *each.interest) else each.status or "stated"
        looks[key] = max(looks.get(key, "stated"), status, key=order.index)
    groups = []
    faint = min(1.0, _MANY / max(1, len(looks)))
    largest = sorted(looks, key=lambda key: _area(plot.extent(*key)), reverse=True)
    for index, key in enumerate(largest):
        box = plot.extent(*key)
        inset = min(2 + 3 * (index % 5), (box.right - box.left) / 3, (box.bottom - box.top) / 3)
        box = Box(box.left + inset, box.top + inset, box.right - inset, box.bottom - inset)
        status = looks[key]
        fill = None if status == "unknown" else SOFT
        look = Look(fill=fill, opacity=0.07 * faint, stroke=SOFT, dash=DASHES[status], width=1.2 * faint)
        groups.append(Group((_rectangle(box, look),)))
    for each in positions:
        box = plot.extent(each.power, each.interest)
        look = Look(fill=ACCENT, opacity=0.14, stroke=ACCENT, width=2)
        groups.append(Group((_rectangle(box, look),), row=each.row, role="extent"))
    return groups


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


@dataclass(slots=True)
class _Placed:
    groups: list[Group]
    numbered: list[Position]
    unnumbered: list[Position]


def _place(plot: _Plot, titles: Sequence[Box], positions: Sequence[Position], lang: str) -> _Placed:
    """Signs and names, off the titles of quadrants: those with the smallest extent first, as they have the least choice.

    The sign of an extent that one actor alone has stands in its middle; those that share one are spread over it.
    """
    board, words = Board(plot.box, titles), Board(plot.box, titles)
    extents = {each.row: plot.extent(each.power, each.interest) for each in positions}
    shared = Counter(extents.values())
    ordered = sorted(positions, key=lambda each: _area(extents[each.row]))  # stable: else as answered
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
    names = wrap_apart([_name(each, lang) for each in ordered], _SIZE, width, lines=3 if len(positions) <= _MANY else 2)
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


def _first_free(plot: _Plot, board: Board, extent: Box, lines: Sequence[str]) -> tuple[float, float, Box] | None:
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


def _arrows(plot: _Plot, board: Board, each: Position, at: tuple[float, float], lang: str) -> list[Group]:
    """The movements of an actor whose sign stands at a place, each with its words where they find room beside it."""
    groups = []
    for move in each.moves:
        box = plot.extent(move.power, move.interest)
        other = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        colour = ACCENT if move.recommended else SOFT
        if move.recommended:
            items: list[Item] = [Path((at, other), Look(stroke=colour, width=2.5, dash=(7, 4)), arrow=True)]
        else:
            items = [_rectangle(box, Look(stroke=colour, dash=DASHES["unknown"]))]
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
    width = (box.right - box.left + _MARGIN.left - 10) / columns
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


def _rectangle(box: Box, look: Look) -> Path:
    return rectangle(box.left, box.top, box.right - box.left, box.bottom - box.top, look)
