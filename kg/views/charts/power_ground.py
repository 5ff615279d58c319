"""What the power-interest grid is drawn on: its quadrants with their names, its axes, and the extents of positions as boxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.views.charts.labels import Box, text_width, wrap
from kg.views.charts.scene import ACCENT, FAINT, GROUND, LINE, SOFT, Group, Item, Look, Path, Words, rectangle
from kg.views.charts.signs import DASHES
from kg.views.page import Labels, text_in

__all__ = [
    "MANY",
    "MARGIN",
    "Ends",
    "Move",
    "Plot",
    "Position",
    "Quadrant",
    "area",
    "axes",
    "boxed",
    "extent_boxes",
    "quadrant_grounds",
    "quadrant_names",
    "shaded",
]

Ends = tuple[Decimal | float | None, Decimal | float | None]
"""Both ends of an interval in [0, 1]; None where unknown."""

MARGIN = Box(58, 40, 14, 44)
MANY = 30
"""Actors and extents beyond which names take two lines at most, and extents are drawn as shades."""


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


class Plot:
    """Turns power and interest into places of the picture."""

    def __init__(self, width: float, height: float) -> None:
        self.box = Box(MARGIN.left, MARGIN.top, MARGIN.left + width, MARGIN.top + height)

    def extent(self, power: Ends, interest: Ends) -> Box:
        """The box of two intervals; what is not known may lie anywhere."""
        bottom, top = (float(end) if end is not None else default for end, default in zip(power, (0, 1), strict=True))
        left, right = (float(end) if end is not None else default for end, default in zip(interest, (0, 1), strict=True))
        x, y = self.box.right - self.box.left, self.box.bottom - self.box.top
        return Box(
            self.box.left + left * x, self.box.bottom - top * y, self.box.left + right * x, self.box.bottom - bottom * y
        )


def quadrant_grounds(plot: Plot, quadrants: Sequence[Quadrant]) -> Group:
    """The grounds of the quadrants, those across the middle from each other alike."""
    boxes = [plot.extent(quadrant.power, quadrant.interest) for quadrant in quadrants]
    return Group(tuple(boxed(b, Look(fill=FAINT if n % 3 == 0 else GROUND, stroke=LINE)) for n, b in enumerate(boxes)))


def quadrant_names(plot: Plot, quadrants: Sequence[Quadrant], lang: str) -> tuple[Group, list[Box]]:
    """The names of the quadrants, and the places that they take."""
    items: list[Item] = []
    places = []
    for quadrant in quadrants:
        box = plot.extent(quadrant.power, quadrant.interest)
        lines = wrap(text_in(quadrant.name, lang), 12 * 1.1, box.right - box.left - 14)  # bold letters are wider
        width = max(text_width(line, 12, bold=True) for line in lines)
        upper = quadrant.power[1] == 1
        top = box.top + 4 if upper else box.bottom - 4 - 16 * len(lines)
        # From the edge on, and with some room around: what stands close to a name hides its first letter.
        places.append(Box(box.left, top - 4, box.left + 13 + width, top + 16 * len(lines) + 4))
        for n, line in enumerate(lines):
            items.append(Words(box.left + 8, top + 12 + 15 * n, line, 12, colour=SOFT, bold=True, halo=True))
    return Group(tuple(items)), places


def axes(plot: Plot, words: Mapping[str, Labels], lang: str, title: str) -> Group:
    """The title, the frame, and the names and ends of the two axes."""
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
        boxed(box, Look(stroke=SOFT)),
    ]
    return Group(tuple(items))


def extent_boxes(plot: Plot, positions: Sequence[Position]) -> list[Group]:
    """Each extent once, however many actors have it, and each actor's own, which shows with it.

    Many are shades without outlines: those would cross every name.
    """
    looks: dict[tuple[Ends, Ends], str] = {}
    order = list(DASHES)
    for each in positions:
        key = (each.power, each.interest)
        status = "unknown" if None in (*each.power, *each.interest) else each.status or "stated"
        looks[key] = max(looks.get(key, "stated"), status, key=order.index)
    groups = []
    if shaded(positions):
        shade = Look(fill=SOFT, opacity=0.07 * MANY / len(looks))
        groups += [Group((boxed(plot.extent(*key), shade),)) for key, status in looks.items() if status != "unknown"]
        looks = {}
    largest = sorted(looks, key=lambda key: area(plot.extent(*key)), reverse=True)
    for index, key in enumerate(largest):
        box = plot.extent(*key)
        inset = min(2 + 3 * (index % 5), (box.right - box.left) / 3, (box.bottom - box.top) / 3)
        box = Box(box.left + inset, box.top + inset, box.right - inset, box.bottom - inset)
        status = looks[key]
        fill = None if status == "unknown" else SOFT
        look = Look(fill=fill, opacity=0.07, stroke=SOFT, dash=DASHES[status], width=1.2)
        groups.append(Group((boxed(box, look),)))
    for each in positions:
        box = plot.extent(each.power, each.interest)
        look = Look(fill=ACCENT, opacity=0.14, stroke=ACCENT, width=2)
        groups.append(Group((boxed(box, look),), row=each.row, role="extent"))
    return groups


def shaded(positions: Sequence[Position]) -> bool:
    """True where there are so many extents that they are shown by shades alone."""
    return len({(each.power, each.interest) for each in positions}) > MANY


def area(box: Box) -> float:
    """How much of the ground a box takes."""
    return (box.right - box.left) * (box.bottom - box.top)


def boxed(box: Box, look: Look) -> Path:
    """The box as a rectangle."""
    return rectangle(box.left, box.top, box.right - box.left, box.bottom - box.top, look)
