"""Who stands against whom as a picture: names on both sides, the tie between them, in groups under a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.views.charts.labels import wrap
from kg.views.charts.scene import INK, SOFT, Colour, Group, Item, Look, Path, Scene, Words
from kg.views.page import Labels, text_in

__all__ = ["Pair", "ladder"]

_SIZE, _LINE = 12.0, 15.0
_WIDE, _NARROW = 900.0, 360.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two things and what is between them."""

    row: str
    left: Labels
    right: Labels
    between: Labels
    """What the tie is called."""
    under: Labels = field(default_factory=dict)
    """What stands below the line, e.g. who keeps the tension alive."""
    label: Labels = field(default_factory=dict)
    """What it says to who cannot see the picture."""
    colour: Colour = INK
    mutual: bool = True
    """False where it leads from left to right only."""
    dash: tuple[float, ...] = ()


def ladder(
    parts: Sequence[tuple[Labels, Sequence[Pair]]], lang: str, *, title: str, description: str, narrow: bool = False
) -> Scene:
    """The picture in one language; on narrow screens names stand above each other."""
    groups: list[Group] = []
    y = 8.0
    for heading, pairs in parts:
        lines = wrap(text_in(heading, lang), 13, (_NARROW if narrow else _WIDE) - 20)
        items: list[Item] = [Words(10, y + 16 + 16 * n, line, 13, bold=True) for n, line in enumerate(lines)]
        groups.append(Group(tuple(items), height=16 * len(lines) + 22))
        y += 16 * len(lines) + 12
        for pair in pairs:
            items, height = (_stacked if narrow else _facing)(pair, y, lang)
            groups.append(Group(tuple(items), pair.row, text_in(pair.label, lang), "mark", height))
            y += height
        y += 10
    return Scene(_NARROW if narrow else _WIDE, max(y, 30), tuple(groups), title=title, description=description)


def _facing(pair: Pair, y: float, lang: str) -> tuple[list[Item], float]:
    left = wrap(text_in(pair.left, lang), _SIZE, 318, lines=3)
    right = wrap(text_in(pair.right, lang), _SIZE, 318, lines=3)
    under = wrap(text_in(pair.under, lang), 11, 220) if pair.under else ()
    height = max(len(left) * _LINE, len(right) * _LINE, 18 + 13 * len(under)) + 12
    middle = y + height / 2
    line = middle + 4 - 6.5 * len(under)
    items: list[Item] = _line(336, 564, line, pair)
    items.append(Words(450, line - 6, text_in(pair.between, lang), _SIZE, "middle", pair.colour, bold=True, halo=True))
    items += [Words(450, line + 15 + 13 * n, text, 11, "middle", SOFT) for n, text in enumerate(under)]
    items += [Words(326, _top(middle, left) + _LINE * n, text, _SIZE, "end") for n, text in enumerate(left)]
    items += [Words(574, _top(middle, right) + _LINE * n, text, _SIZE) for n, text in enumerate(right)]
    return items, height


def _stacked(pair: Pair, y: float, lang: str) -> tuple[list[Item], float]:
    items: list[Item] = []
    at = y + 14
    for text in wrap(text_in(pair.left, lang), _SIZE, 330, lines=3):
        items.append(Words(14, at, text, _SIZE))
        at += _LINE
    items += _line(24, 84, at - 3, pair)
    items.append(Words(94, at + 1, text_in(pair.between, lang), _SIZE, colour=pair.colour, bold=True))
    at += _LINE + 2
    for text in wrap(text_in(pair.right, lang), _SIZE, 330, lines=3):
        items.append(Words(14, at, text, _SIZE))
        at += _LINE
    for text in wrap(text_in(pair.under, lang), 11, 320) if pair.under else ():
        items.append(Words(24, at, text, 11, colour=SOFT))
        at += 14
    return items, at - y + 4


def _line(left: float, right: float, y: float, pair: Pair) -> list[Item]:
    look = Look(stroke=pair.colour, width=2, dash=pair.dash)
    items: list[Item] = [Path(((left, y), (right, y)), look, arrow=True)]
    if pair.mutual:
        middle = (left + right) / 2
        items = [Path(((middle, y), (right, y)), look, arrow=True), Path(((middle, y), (left, y)), look, arrow=True)]
    return items


def _top(middle: float, lines: Sequence[str]) -> float:
    return middle + 4 - _LINE * (len(lines) - 1) / 2
