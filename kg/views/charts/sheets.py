"""How a picture comes on sheets of paper: A4 where its letters stay legible, over several where it is long, else A3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.views.charts.labels import text_width
from kg.views.charts.scene import Disc, Item, Scene, Words

__all__ = ["A3", "A4", "MARGIN", "Paper", "Sheet", "reach", "sheets"]

MARGIN = 38.0
"""About 10 mm: what printers leave white, in units of a scene (96 per inch)."""
_LEAST, _MOST = 0.73, 1.35
"""Scales: at the least one the letters of 11 units, the smallest but for numbers, are 6 points high."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet upright, in units of a scene."""

    width: float
    height: float

    def lying(self) -> Paper:
        """The same on its long side."""
        return Paper(self.height, self.width)

    def room(self) -> tuple[float, float]:
        """Width and height within the margins."""
        return self.width - 2 * MARGIN, self.height - 2 * MARGIN


A4, A3 = Paper(793.7, 1122.5), Paper(1122.5, 1587.4)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with the stripes of a scene that it shows below each other, each from its upper to its lower edge."""

    paper: Paper
    scale: float
    stripes: tuple[tuple[float, float], ...]


def sheets(scene: Scene) -> list[Sheet]:
    """The sheets of a scene: one of A4, else as many of A4 as its height takes, else one of A3, else one of its own size."""
    one = _single(scene, A4)
    if one is None:
        scale = min(_MOST, A4.room()[0] / scene.width)
        one = _single(scene, A3) if scale < _LEAST else None
        if scale >= _LEAST:
            return _several(scene, scale)
    own = Paper(scene.width + 2 * MARGIN, scene.height + 2 * MARGIN)
    return [one or Sheet(own, 1, ((0, scene.height),))]


def _single(scene: Scene, paper: Paper) -> Sheet | None:
    """The scene on one sheet, turned as it is larger; None where its letters would be too small."""
    turned = []
    for each in (paper, paper.lying()):
        width, height = each.room()
        turned.append((min(_MOST, width / scene.width, height / scene.height), each))
    scale, chosen = max(turned, key=lambda found: found[0])
    return Sheet(chosen, scale, ((0, scene.height),)) if scale >= _LEAST - 0.001 else None


def _several(scene: Scene, scale: float) -> list[Sheet]:
    """A long scene on sheets of A4, cut where neither a sign nor a name stands; its head comes again on each."""
    room = A4.room()[1] / scale
    spans = [span for item in scene.items() if (span := reach(item))[1] - span[0] < room / 4]
    spans = sorted([*spans, *_headings(scene)])
    found: list[Sheet] = []
    top = 0.0
    while top < scene.height:
        head = ((0.0, scene.head),) if top and scene.head else ()
        bottom = min(scene.height, top + room - (scene.head if head else 0))
        crossing = [span for span in spans if span[0] < bottom < span[1] and span[0] > top]
        while bottom < scene.height and crossing:
            bottom = min(span[0] for span in crossing)
            crossing = [span for span in spans if span[0] < bottom < span[1] and span[0] > top]
        found.append(Sheet(A4, scale, (*head, (top, bottom))))
        top = bottom
    return found


def _headings(scene: Scene) -> Iterator[tuple[float, float]]:
    """From the top of each heading of lines to the bottom of the first of its lines: no sheet ends with a heading."""
    above = None
    for group in scene.groups:
        if not group.height:
            continue
        ends = [end for item in group.items for end in reach(item)]
        if above is not None:
            yield above, max(ends)
        above = None if group.row else min(ends)


def reach(item: Item) -> tuple[float, float]:
    """From where to where an item reaches from top to bottom, with a little air."""
    if isinstance(item, Words):
        above, below = (text_width(item.text, item.size), 0.0) if item.turned else (item.size, item.size * 0.4)
        return item.y - above, item.y + below
    if isinstance(item, Disc):
        return item.y - item.radius - 1, item.y + item.radius + 1
    heights = [y for _, y in item.points]
    return min(heights) - 3, max(heights) + 3
