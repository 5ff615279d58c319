"""Columns of nodes that say how much of something actors have: power, interest and the like, in words, marks or shares."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.formats.labels import concepts_named, fold
from kg.formats.scales import interval

__all__ = ["Scored", "scored", "told"]

_Way = Callable[[str], tuple[str, str] | None]
Scored = Mapping[str, tuple[str, _Way]]
"""Title of a column to the dimension it assesses, and what its cells stand for."""
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


def scored(header: Sequence[str], rows: Iterable[Sequence[str]], free: Iterable[int]) -> Scored:
    """The columns, of the `free` ones, all of whose cells are scores by one rule.

    Marks need their scale: in the title, as in *Power (1-5)*; or, from 1 to 5, beside another such column, since power and
    interest together are marks and no votes.
    """
    named = {at: found for at in free if (found := _dimension(header[at]))[0]}
    if not named:
        return {}
    cells = {at: set[str]() for at in named}
    for row in rows:
        for at, values in cells.items():
            if at < len(row) and row[at]:
                values.add(row[at])
    beside = len({dimension for dimension, _ in named.values()}) > 1
    out = {}
    for at, (dimension, scale) in named.items():
        values = cells[at]
        ways: list[_Way] = [_marks(*scale)] if scale else [_word]
        if not scale and any("." in _point(v) for v in values):
            ways.append(_share)
        elif not scale and beside:
            ways.append(_marks(1, 5))
        fitting = next((way for way in ways if values and all(map(way, values))), None)
        if fitting:
            out[header[at]] = (dimension, fitting)
    return out


def told(scores: Scored, rows: Iterable[Sequence[str]], header: Sequence[str]) -> str:
    """Which cells became which intervals, as one line shows it; empty where none was converted."""
    pairs: dict[str, str] = {}
    for row in rows:
        for title, (_, way) in scores.items():
            at = header.index(title)
            if at < len(row) and row[at] and (ends := way(row[at])) and ends != (_point(row[at]),) * 2:
                pairs.setdefault(fold(row[at]), "-".join(ends))
    listed = ", ".join(f"{said} -> {ends}" for said, ends in sorted(pairs.items())[:8])
    return f"scores became intervals, each step of a scale an equal share of [0, 1]: {listed}" if pairs else ""
