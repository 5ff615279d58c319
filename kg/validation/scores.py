"""Which scores of a workbook or folder became which intervals."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from kg.formats.opening import open_book
from kg.formats.scales import SHORTHANDS, interval
from kg.formats.sheets import find_header

__all__ = ["Score", "converted"]


class Score(NamedTuple):
    """A score as it was written, and the ends of its interval."""

    text: str
    low: str
    high: str


def converted(path: Path) -> dict[str, Counter[Score]]:
    """By title of the table: every score that was converted, with how often it stands there."""
    found = {}
    for table, sheet in open_book(path).sheets:
        shorthand = SHORTHANDS.get(table.name) if table else None
        if table is None or shorthand is None:
            continue
        _, header, rows = find_header(sheet.rows, lambda h, t=table: t.column(h) is not None)  # type: ignore[misc]
        at = next((n for n, title in enumerate(header) if shorthand.is_called(title)), None)
        texts = [cells[at].strip() for _, cells in rows if at is not None and at < len(cells) and cells[at].strip()]
        scores = Counter(Score(text, *ends) for text in texts if (ends := interval(text)))
        if scores:
            found[sheet.title] = scores
    return found
