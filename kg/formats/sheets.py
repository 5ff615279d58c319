"""Rows as they are written: a CSV file and a sheet of a workbook look the same to whoever reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

__all__ = ["Problem", "Row", "Sheet", "column_letters", "find_header"]

Row = tuple[int, Sequence[str]]
"""Line as a spreadsheet numbers it, and the cells as text."""
_LOOK = 20
"""So many rows are searched for the heading."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a sheet as such, before anybody reads its rows as data."""

    check: str
    what: str
    todo: str
    line: int | None = None
    column: int | None = None
    """Counted from 0."""
    level: str = "error"


@dataclass
class Sheet:
    """One table as it is written."""

    title: str
    """As messages name it: `relations.csv`, `Relations`."""
    rows: Iterable[Row]
    workbook: bool = False
    """True for a sheet of a workbook: its cells have addresses, its rows no fixed length."""
    problems: list[Problem] = field(default_factory=list)
    """Grows while the rows are read."""
    large: bool = False
    """True where the rows are read from the file at every walk, since they are too many to hold."""

    def cell(self, column: int | None, line: int | None) -> str:
        """The address of a cell, e.g. `Relations!D17`; empty for a CSV file."""
        if not self.workbook:
            return ""
        title = self.title if re.fullmatch(r"[^\W\d]\w*", self.title) else "'" + self.title.replace("'", "''") + "'"
        place = ("" if column is None else column_letters(column)) + ("" if line is None else str(line))
        return f"{title}!{place}" if place else title


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: A, B ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def find_header(rows: Iterable[Row], matches: Callable[[str], bool]) -> tuple[int, list[str], Iterator[Row]]:
    """Line and cells of the heading, and the rows below it.

    The heading is the row, of the first ones, in which most cells match; the first row that is not blank where none does.
    """
    remaining = iter(rows)
    seen: list[Row] = []
    best, most = -1, 0
    for row in remaining:
        seen.append(row)
        hits = sum(1 for c in row[1] if c and matches(c))
        filled = sum(1 for c in row[1] if c)
        if hits > most or (best < 0 and filled):
            best, most = len(seen) - 1, hits
        if len(seen) >= _LOOK or (hits and hits == filled):
            break
    if best < 0:
        return 1, [], iter(())
    line, cells = seen[best]
    return line, list(cells), chain(seen[best + 1 :], remaining)
