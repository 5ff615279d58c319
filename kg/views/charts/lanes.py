"""Facts on an axis of years as a picture: a bar from beginning to end, its name beside it, in groups under a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.views.charts.labels import text_width, wrap
from kg.views.charts.scene import ACCENT, INK, LINE, SOFT, Group, Item, Look, Path, Scene, Words
from kg.views.charts.signs import DASHES
from kg.views.page import Labels, text_in

__all__ = ["Span", "lanes"]

_WIDE, _NARROW = 980.0, 360.0
_SIZE, _ROW, _HEAD = 11.5, 20.0, 40.0
_DOWN = 13.0
"""How far a bar is below its name where that has no room beside it."""
_LINES = 8
"""Most lines of a name above its bar on narrow screens, where there is room downwards."""
_ROOM = 4.0
"""Least length of a bar: a day would not be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Something that holds from a date to another; "" for an end that is not told."""

    row: str
    name: Labels
    start: str
    end: str
    label: Labels
    solid: bool = True
    """False for what is no plain statement of a source."""


class _Axis:
    """Turns dates into places; years are drawn to scale, and months and days within them."""

    def __init__(self, spans: Sequence[Span], now: str, left: float, right: float) -> None:
        years = [_year(date) for span in spans for date in (span.start, span.end) if date] + ([_year(now)] if now else [])
        self.first = int(min(years))
        self.last = int(max(years)) + 1
        self.left, self.right = left, right

    def at(self, year: float) -> float:
        return self.left + (year - self.first) / max(1, self.last - self.first) * (self.right - self.left)

    def ticks(self) -> list[int]:
        span = self.last - self.first
        room = int((self.right - self.left) / 44)
        step = next((s for s in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000) if span / s <= room), 1000)
        return [year for year in range(self.first - self.first % step, self.last + 1, step) if year >= self.first]


def lanes(
    parts: Sequence[tuple[Labels, Sequence[Span]]],
    lang: str,
    *,
    now: str,
    title: str,
    description: str,
    narrow: bool = False,
) -> Scene:
    """The picture in one language, with a line at the date `now`; on narrow screens each name stands above its bar."""
    width = _NARROW if narrow else _WIDE
    axis = _Axis([span for _, spans in parts for span in spans], now, 12, width - 12)
    groups: list[Group] = []
    y = _HEAD
    for heading, spans in parts:
        groups.append(Group((Words(12, y + 16, text_in(heading, lang), 13, bold=True, halo=True),), height=36))
        y += 26
        for span in spans:
            items, height = _bar(axis, span, y, lang, width, narrow=narrow)
            groups.append(Group(tuple(items), span.row, text_in(span.label, lang), "mark", height))
            y += height
        y += 10
    return Scene(width, y, (_grid(axis, y, now), *groups), title=title, description=description, head=_HEAD - 10)


def _grid(axis: _Axis, bottom: float, now: str) -> Group:
    items: list[Item] = []
    for year in axis.ticks():
        x = axis.at(year)
        items.append(Path(((x, _HEAD - 10), (x, bottom)), Look(stroke=LINE)))
        if now and str(year) == now:
            continue  # said above it
        items.append(
            Words(x, _HEAD - 18, str(year), 11, "start" if x < 30 else "end" if x > axis.right - 16 else "middle", SOFT)
        )
    if now:
        x = axis.at(_year(now))
        items.append(Path(((x, 14), (x, bottom)), Look(stroke=SOFT, dash=DASHES["unknown"], width=1.5)))
        items.append(Words(x, 11, now, 11, "end" if x > axis.right - 30 else "middle", INK, bold=True, halo=True))
    return Group(tuple(items))


def _bar(axis: _Axis, span: Span, y: float, lang: str, width: float, *, narrow: bool) -> tuple[list[Item], float]:
    left = axis.at(_year(span.start)) if span.start else axis.left
    right = axis.at(_until(span.end)) if span.end else axis.right
    right = max(right, left + _ROOM)
    look = Look(stroke=ACCENT, width=4 if span.solid else 3, dash=() if span.solid else DASHES["estimated"])
    name = text_in(span.name, lang)
    told = wrap(name, _SIZE, width - 24, lines=_LINES) if narrow else ()
    more = 14.0 * (len(told) - 1) if narrow else 0.0
    line = y + (_ROW + 6 + more if narrow else _ROW / 2)
    bars = [Path(((left, line), (right, line)), look, arrow=not span.end)]
    if not span.start:  # it holds from before the picture begins
        bars.append(Path(((left + 12, line), (left, line)), Look(stroke=ACCENT, width=2), arrow=True))
    items: list[Item] = [*bars]
    if narrow:
        items += [Words(12, y + 14 + 14 * n, text, _SIZE, halo=True) for n, text in enumerate(told)]
        return items, _ROW + 14 + more
    needed = text_width(name, _SIZE) + 8
    if span.end and needed <= axis.right - right:
        items.append(Words(right + 6, line + 4, name, _SIZE, halo=True))
    elif needed <= left - axis.left:
        items.append(Words(left - 6, line + 4, name, _SIZE, "end", halo=True))
    else:  # no room beside it: above the bar, which moves down
        lines = wrap(name, _SIZE, axis.right - axis.left)
        down = _DOWN * len(lines)
        items = [replace(item, points=tuple((px, py + down) for px, py in item.points)) for item in bars]
        fits = needed <= axis.right - left
        at = left if fits else axis.right
        for n, text in enumerate(lines):
            items.append(Words(at, line + 4 + _DOWN * n, text, _SIZE, "start" if fits else "end", halo=True))
        return items, _ROW + down
    return items, _ROW


def _year(date: str) -> float:
    """A date as a number of years: 2013-07 is 2013.5."""
    parts = [int(part) for part in date.split("-")]
    months = parts[1] - 1 if len(parts) > 1 else 0
    days = parts[2] - 1 if len(parts) > 2 else 0
    return parts[0] + (months + days / 31) / 12


def _until(date: str) -> float:
    """The end of the year, month or day that a date names."""
    return _year(date) + {4: 1, 7: 1 / 12}.get(len(date), 1 / 372)
