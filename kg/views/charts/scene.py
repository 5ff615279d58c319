"""A picture as a list of plain marks: drawn by the page, written as SVG, printed as PNG or PDF, always the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from kg.views.colours import BACKGROUND, BACKGROUND_DARK

__all__ = [
    "ACCENT",
    "FAINT",
    "GROUND",
    "INK",
    "LINE",
    "SOFT",
    "Anchor",
    "Colour",
    "Disc",
    "Group",
    "Item",
    "Look",
    "Path",
    "Scene",
    "Words",
    "arrowhead",
    "rectangle",
    "scene_json",
]


class Colour(NamedTuple):
    """A colour on a light and on a dark page, each `#rrggbb`."""

    light: str
    dark: str


INK = Colour("#1c2128", "#e6edf3")
SOFT = Colour("#57606a", "#a3adb8")
LINE = Colour("#d0d7de", "#3a424c")
FAINT = Colour("#f6f7f9", "#1c2128")
ACCENT = Colour("#0550ae", "#79b8ff")
GROUND = Colour(BACKGROUND, BACKGROUND_DARK)
"""The page's own colours, as in static/page.css."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a mark is filled and outlined; nothing of what is None."""

    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 1
    dash: tuple[float, ...] = ()
    opacity: float = 1
    """Of the fill; outlines are always full."""


@dataclass(frozen=True, slots=True)
class Path:
    """Straight lines from point to point, closed or open, perhaps with an arrowhead at the end."""

    points: tuple[tuple[float, float], ...]
    look: Look
    closed: bool = False
    arrow: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled or empty circle."""

    x: float
    y: float
    radius: float
    look: Look


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `y` is its base line."""

    x: float
    y: float
    text: str
    size: float = 12
    anchor: Anchor = "start"
    colour: Colour = INK
    bold: bool = False
    halo: bool = False
    """True where the ground shows through around the letters, so that lines below do not cut them."""
    turned: bool = False
    """True where it runs upwards."""


Item = Path | Disc | Words


@dataclass(frozen=True, slots=True)
class Group:
    """Marks that belong together; with a row, the reader can choose them and see what is known of that row."""

    items: tuple[Item, ...]
    row: str = ""
    """Id of the row of the page's tables that it stands for; "" for axes and grounds."""
    label: str = ""
    """What it says to who cannot see it."""
    role: str = ""
    """`mark` for what is chosen, `extent` for what only shows with it."""
    height: float = 0
    """In a picture of lines, how much of its height this one takes: what is below moves up where it is filtered out."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture of a given size, its parts from back to front."""

    width: float
    height: float
    groups: tuple[Group, ...]
    title: str = ""
    description: str = ""
    head: float = 0
    """How much of its height, from above, comes again on each sheet where it takes several: the years of an axis."""

    def items(self) -> Iterator[Item]:
        """Every mark that shows without being asked for, from back to front."""
        for group in self.groups:
            if group.role != "extent":
                yield from group.items


def rectangle(x: float, y: float, width: float, height: float, look: Look) -> Path:
    """A rectangle with its upper left corner at (x, y)."""
    return Path(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), look, closed=True)


def scene_json(scene: Scene, palette: list[Colour]) -> dict[str, Any]:
    """The scene as JSON for the page's script; colours become indices in `palette`, to which new ones are added."""
    at = {colour: place for place, colour in enumerate(palette)}

    def index(colour: Colour | None) -> int:
        if colour is None:
            return -1
        if colour not in at:
            at[colour] = len(palette)
            palette.append(colour)
        return at[colour]

    def look(given: Look) -> list[Any]:
        return [index(given.fill), index(given.stroke), given.width, list(given.dash), given.opacity]

    def item(each: Item) -> list[Any]:
        if isinstance(each, Path):
            points = [[_short(x), _short(y)] for x, y in each.points]
            return ["p", points, look(each.look), int(each.closed), int(each.arrow)]
        if isinstance(each, Disc):
            return ["d", _short(each.x), _short(each.y), each.radius, look(each.look)]
        flags = int(each.bold) + 2 * int(each.halo) + 4 * int(each.turned)
        return ["t", _short(each.x), _short(each.y), each.text, each.size, each.anchor, index(each.colour), flags]

    groups = [
        [g.row, g.label, g.role, [item(each) for each in g.items], *([_short(g.height)] if g.height else ())]
        for g in scene.groups
    ]
    return {
        "width": _short(scene.width),
        "height": _short(scene.height),
        "title": scene.title,
        "description": scene.description,
        "groups": groups,
        **({"head": scene.head} if scene.head else {}),
    }


def arrowhead(points: Sequence[tuple[float, float]], size: float = 8) -> tuple[tuple[float, float], ...]:
    """The three corners of an arrowhead at the end of a line; empty where the line has no length."""
    (x1, y1), (x2, y2) = points[-2], points[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not length:
        return ()
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    back = (x2 - dx * size, y2 - dy * size)
    half = size * 0.45
    return ((x2, y2), (back[0] - dy * half, back[1] + dx * half), (back[0] + dy * half, back[1] - dx * half))


def _short(value: float) -> float:
    short = round(value, 1)
    return int(short) if short == int(short) else short
