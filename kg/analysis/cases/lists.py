"""Lists and matrices that an analyst gives beside the graph: CSV with any usual delimiter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import InputError
from kg.formats.delimited import DELIMITERS, decode, delimiter_of, file_bytes, read_rows
from kg.formats.sheets import Problem, Row, Sheet

__all__ = ["is_title", "read_list"]


def is_title(cell: str) -> bool:
    """Whether a cell of a heading could be a name by itself: it holds something, and no delimiter.

    >>> is_title("tax"), is_title("tax;dam"), is_title("")
    (True, False, False)
    """
    return bool(cell.strip()) and not any(mark in cell for mark in DELIMITERS)


def read_list(path: Path, matches: Callable[[str], bool] = is_title) -> list[Row]:
    """The rows of a file that are not blank, each with its line and without blanks around its cells.

    The delimiter is the one with which most cells of the first line match. Raises InputError where the file cannot be read.
    """
    text = decode(file_bytes(path))
    if isinstance(text, Problem):
        raise InputError(f"{path.name}: {text.what}; {text.todo}")
    sheet = Sheet(path.name, ())
    rows = list(read_rows(sheet, text.text, delimiter_of(text.text, matches)))
    if sheet.problems:
        raise InputError(f"{path.name}: {sheet.problems[0].what}; {sheet.problems[0].todo}")
    stripped = ((line, [cell.strip() for cell in cells]) for line, cells in rows)
    return [(line, cells) for line, cells in stripped if any(cells)]
