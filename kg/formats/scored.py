"""Columns of nodes that say how much of something actors have: power, interest and the like, in words, marks or shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.formats.labels import concepts_named, fold
from kg.formats.scales import interval

__all__ = ["Column", "Scored", "scored", "told"]

_Way = Callable[[str], tuple[str, str] | None]


class Column(NamedTuple):
    """A column of scores."""

    dimension: str
    """What it assesses."""
    ends: _Way
    """The interval that a cell stands for."""
    guessed: tuple[int, int] | None = None
    """The first and best mark, where the column does not say so itself."""


Scored = Mapping[str, Column]
"""Columns of scores by their title."""
_USUAL = (5, 10)
"""The best marks of the scales that people use without saying so."""
_SCALE = re.compile(r"(.+?)\s*[(\[,:]?\s*(\d+)\s*(?:-|–|to|a|à|\.\.)\s*(\d+)\s*[)\]]?")
_SHARE = re.compile(r"[01](\.\d+)?|0?\.\d+")
_MARK = re.compile(r"\d+(\.0+)?")


def _point(text: str) -> str:
    return text.strip().replace(",", ".")


def _share(text: str) -> tuple[str, str] | None:
    return (_point(text),) * 2 if _SHARE.fullmatch(_point(text)) and float(_point(text)) <= 1 else None


def _word(text: str) -> tuple[str, str] | None:
    """What a word, a tower, a mark with its best or a range stands for; None for a bare number, whose scale is not known."""
    return None if re.fullmatch(r"[\d.]+", _point(text)) else interval(_point(text))


def _marks(first: int, best: int) -> _Way:
    """What marks from `first` to `best` stand for."""

    def read(text: str) -> tuple[str, str] | None:
        if not _MARK.fullmatch(_point(text)):
            return _word(text)
        mark = int(float(_point(text)))
        return interval(f"tower {mark}/{best}") if first == 0 else interval(f"{mark}/{best}")

    return read


def _dimension(title: str) -> tuple[str, tuple[int, int] | None]:
    """The dimension that a title names, and the scale that stands behind it; empty where it names none."""
    named = _SCALE.fullmatch(title.strip())
    scale = (int(named[2]), int(named[3])) if named else None
    found = concepts_named("dimension", named[1] if named else title)
    usual = scale is None or (scale[0] in (0, 1) and scale[1] > scale[0])
    return (found.pop(), scale) if len(found) == 1 and usual else ("", None)


def _usual(columns: Iterable[Iterable[str]]) -> tuple[int, int] | None:
    """The usual scale that the whole numbers of some columns fit, from 1, or from 0 where there is a 0.

    None where they may be shares; a column whose numbers go beyond the scales, as counts do, has no say.
    """
    each = ({int(float(_point(v))) for v in values if _MARK.fullmatch(_point(v))} for values in columns)
    marks = set().union(*(found for found in each if max(found, default=0) <= _USUAL[-1]))
    return next(((min(1, *marks), most) for most in _USUAL if marks and 1 < max(marks) <= most), None)


def scored(header: Sequence[str], rows: Iterable[Sequence[str]], free: Iterable[int]) -> Scored:
    """The columns, of the `free` ones, all of whose cells are scores by one rule.

    Marks have the scale that the title says, as in *Power (1-7)*; whole numbers of a column that says none are marks up to 5, or
    up to 10 where one is above 5, all such columns by one scale. Beyond 10 they are no marks: votes and seats are counted so.
    """
    named = {at: found for at in free if (found := _dimension(header[at]))[0]}
    if not named:
        return {}
    cells = {at: set[str]() for at in named}
    for row in rows:
        for at, values in cells.items():
            if at < len(row) and row[at]:
                values.add(row[at])
    usual = _usual(cells[at] for at, (_, scale) in named.items() if not scale)
    out = {}
    for at, (dimension, scale) in named.items():
        values = cells[at]
        ways: list[_Way] = [_marks(*scale)] if scale else [_word]
        if not scale:
            ways += [_share, *([_marks(*usual)] if usual else [])]
        fitting = next((way for way in ways if values and all(map(way, values))), None)
        if fitting:
            out[header[at]] = Column(dimension, fitting, usual if not scale and fitting not in (_word, _share) else None)
    return out


def told(scores: Scored, rows: Iterable[Sequence[str]], header: Sequence[str]) -> str:
    """Which cells became which intervals; empty where none was converted."""
    pairs: dict[str, str] = {}
    for row in rows:
        for title, column in scores.items():
            at = header.index(title)
            if at < len(row) and row[at] and (ends := column.ends(row[at])) and ends != (_point(row[at]),) * 2:
                pairs.setdefault(fold(row[at]), "-".join(ends))
    return ", ".join(f"{said} -> {ends}" for said, ends in sorted(pairs.items())[:8])
