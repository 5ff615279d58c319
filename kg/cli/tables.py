"""Plain tables for a terminal: aligned by display width and wrapped to fit, or one block per row where it is narrow."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.wording import words_of

__all__ = ["Style", "draw", "visible", "wrap"]

_GAP = 2
_NARROWEST = 9
"""Columns narrower than this are unreadable."""
_WIDE = 60
"""Where lines may be of any width, cells wider than this push the rest of their row aside instead of widening every row."""
_LONG_WORD = 20
"""Words up to this wide are never cut: where they do not fit side by side, the table turns into blocks."""
# Patterns are compiled when they are needed, which for most tables is never: it would take longer than drawing one.
_PARTS = r"[^-/~_.]*[-/~_.]|[^-/~_.]+"
_CONTROL = r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+"


class Style(NamedTuple):
    """How wide the output may be and whether it may be bold."""

    width: int | None
    """Columns of the terminal; None where lines need no wrapping (a pipe, a file)."""
    bold: bool

    @classmethod
    def of_stdout(cls) -> Style:
        """The style for standard output, by terminal, COLUMNS and NO_COLOR."""
        terminal = sys.stdout.isatty()
        columns = os.environ.get("COLUMNS", "")
        width = int(columns) if columns.isdecimal() and int(columns) > 0 else None
        if width is None and terminal:
            width = os.get_terminal_size(sys.stdout.fileno()).columns or None
        return cls(width, terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")


PLAIN = Style(None, bold=False)


def visible(text: str) -> str:
    """The text on one line, control characters (also those that would steer a terminal) made blanks."""
    return text if text.isprintable() else re.sub(_CONTROL, " ", text)


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "", 1).replace(",", "", 1).isdecimal()


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) or c in "\u200b\u200d\ufe0f" else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word cut so that each piece fits, after a hyphen, slash or the like where it has one."""
    piece = ""
    for part in re.findall(_PARTS, word):
        if piece and _width(piece + part) > width:
            yield piece
            piece = ""
        for char in part:
            if piece and _width(piece + char) > width:
                yield piece
                piece = ""
            piece += char
    yield piece


def wrap(text: str, width: int | None) -> list[str]:
    """The lines of a text at most `width` columns wide; words longer than a line are cut."""
    if width is None or _width(text) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for word in words_of(text):
        longer = f"{line} {word}" if line else word
        if _width(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width)
        lines += full
    return [*lines, line] if line else lines


def _longest_piece(texts: Iterable[str]) -> int:
    """The width of the longest part that wrapping would have to cut within a word."""
    return max((_width(part) for text in texts for word in words_of(text) for part in re.findall(_PARTS, word)), default=0)


def _fit(columns: Sequence[Sequence[str]], natural: Sequence[int], room: int) -> list[int] | None:
    """Widths that fill at most `room`, the widest columns giving way first; None where words would have to be cut."""
    if sum(natural) <= room:
        return list(natural)
    whole = [
        min(n, max(_NARROWEST, min(_longest_piece(texts), _LONG_WORD))) for n, texts in zip(natural, columns, strict=True)
    ]
    for cap in range(max(natural), 0, -1):
        widths = [max(min(n, cap), m) for n, m in zip(natural, whole, strict=True)]
        if sum(widths) <= room:
            return widths
    return None


def _pad(text: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if right else text + blanks


def _strong(text: str, style: Style) -> str:
    return f"\x1b[1m{text}\x1b[0m" if style.bold and text else text


def _under(notes: Sequence[str], style: Style) -> Iterator[str]:
    """Lines below a row, indented."""
    for note in notes:
        first, *more = wrap(visible(note), style.width - 4 if style.width and style.width > 24 else style.width)
        yield f"  - {first}"
        yield from (f"    {line}" for line in more)


def _blocks(
    headings: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[Sequence[str]], style: Style
) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number:
            yield ""
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                first, *more = wrap(f"{heading}: {cell}", style.width)
                bold = _strong(heading, style) + first[len(heading) :] if first.startswith(heading) else first
                yield bold
                yield from more
        yield from _under(notes[number] if notes else (), style)


def _new_cells(above: Sequence[str], row: Sequence[str]) -> list[str]:
    """The row, its first cells blank as far as they repeat the row above.

    A cell that is empty by itself would then read as repeated too: such a row is written out.
    """
    same = 0
    while same < len(row) and row[same] == above[same]:
        same += 1
    repeated = same if same < len(row) and row[same] else 0
    return [""] * repeated + list(row[repeated:])


def draw(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    style: Style,
    *,
    notes: Sequence[Sequence[str]] = (),
    grouped: bool = False,
) -> Iterator[str]:
    """The lines of a table.

    `notes` holds, per row, lines that stand below it. With `grouped`, first cells equal to those above stay blank.
    """
    heads = [visible(h) for h in headings]
    cells = [[visible(c) for c in row] for row in rows]
    most = _WIDE if style.width is None else sys.maxsize
    natural = [max([_width(h), *(min(_width(row[i]), most) for row in cells)]) for i, h in enumerate(heads)]
    columns = [[h, *(row[i] for row in cells)] for i, h in enumerate(heads)]
    widths = _fit(columns, natural, style.width - _GAP * (len(heads) - 1)) if style.width is not None else natural
    if widths is None:
        yield from _blocks(heads, cells, notes, style)
        return
    filled = [[row[i] for row in cells if row[i]] for i in range(len(heads))]
    numeric = [bool(column) and all(map(_is_number, column)) for column in filled]
    gap = " " * _GAP

    def lines(row: Sequence[str]) -> list[str]:
        columns = [[cell] if style.width is None else wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        height = max(len(c) for c in columns)
        layers = [[c[n] if n < len(c) else "" for c in columns] for n in range(height)]
        padded = [[_pad(c, w, right=r) for c, w, r in zip(layer, widths, numeric, strict=True)] for layer in layers]
        return [gap.join(layer).rstrip() for layer in padded]

    for line in lines(heads):
        yield _strong(line, style)
    yield gap.join("-" * w for w in widths)
    tall = False
    for number, row in enumerate(cells):
        block = lines(_new_cells(cells[number - 1], row) if grouped and number else row)
        block += _under(notes[number] if notes else (), style)
        if number and (tall or len(block) > 1):
            yield ""
        yield from block
        tall = len(block) > 1
