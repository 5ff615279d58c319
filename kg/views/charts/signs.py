"""The signs of pictures: a form and a colour for each stand, so that neither is needed alone."""

from __future__ import annotations

from collections.abc import Mapping

from kg.views.charts.scene import GROUND, LINE, SOFT, Anchor, Colour, Disc, Group, Item, Look, Path, Scene, Words
from kg.views.colours import SIGN_COLOURS

__all__ = ["DASHES", "STANCES", "key_extent", "key_ground", "key_line", "key_scene", "key_shade", "key_text", "mark"]

_MIXED = Colour("#7a6200", "#d9b400")
STANCES: Mapping[str, tuple[str, Colour]] = {
    "for": ("up", Colour(*SIGN_COLOURS[1])),
    "against": ("down", Colour(*SIGN_COLOURS[-1])),
    "mixed": ("diamond", _MIXED),
    "neutral": ("square", Colour(*SIGN_COLOURS[0])),
    "unknown": ("disc", Colour(*SIGN_COLOURS[0])),
}
"""Stand to form and colour."""

DASHES: Mapping[str, tuple[float, ...]] = {"stated": (), "inferred": (2, 3), "estimated": (6, 3), "unknown": (1, 5)}
"""How the outline of an extent is broken, by status; `unknown` where one side is not known."""


def mark(x: float, y: float, stance: str, *, hollow: bool, radius: float = 6) -> Item:
    """The sign of a stand at a place; hollow where it is no plain statement of a source."""
    form, colour = STANCES[stance]
    look = Look(fill=GROUND if hollow else colour, stroke=colour, width=2)
    if form == "disc":
        return Disc(x, y, radius - 0.5, look)
    r = radius
    corners = {
        "up": ((x, y - r), (x + r, y + r * 0.8), (x - r, y + r * 0.8)),
        "down": ((x, y + r), (x + r, y - r * 0.8), (x - r, y - r * 0.8)),
        "diamond": ((x, y - r), (x + r, y), (x, y + r), (x - r, y)),
        "square": (
            (x - r * 0.8, y - r * 0.8),
            (x + r * 0.8, y - r * 0.8),
            (x + r * 0.8, y + r * 0.8),
            (x - r * 0.8, y + r * 0.8),
        ),
    }
    return Path(corners[form], look, closed=True)


def key_scene(*items: Item) -> Scene:
    """A small picture for a key, of 28 by 18."""
    return Scene(28, 18, (Group(items),))


def key_text(text: str, anchor: Anchor = "middle") -> Scene:
    """A character as a sign of a key."""
    return key_scene(Words(14, 13, text, 13, anchor))


def key_extent(status: str) -> Scene:
    """An extent as a sign of a key."""
    look = Look(fill=None if status == "unknown" else SOFT, opacity=0.1, stroke=SOFT, dash=DASHES[status], width=1.2)
    return key_scene(Path(((3, 3), (25, 3), (25, 15), (3, 15)), look, closed=True))


def key_shade() -> Scene:
    """Extents that lie over each other as a sign of a key."""
    shade = Look(fill=SOFT, opacity=0.18)
    return key_scene(*(Path(((x, 3), (25, 3), (25, 15), (x, 15)), shade, closed=True) for x in (3, 10, 17)))


def key_line(colour: Colour = SOFT, dash: tuple[float, ...] = (), *, arrow: bool = False) -> Scene:
    """A line as a sign of a key."""
    return key_scene(Path(((2, 9), (26, 9)), Look(stroke=colour, width=2, dash=dash), arrow=arrow))


def key_ground(colour: Colour) -> Scene:
    """A filled rectangle as a sign of a key."""
    return key_scene(Path(((3, 3), (25, 3), (25, 15), (3, 15)), Look(fill=colour, stroke=LINE), closed=True))
