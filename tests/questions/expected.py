"""Expected rows: one CSV file per question, written by hand, ids only.

The column `given` says what is asked (`actor=uca year=2010`); rows with the same `given` follow each other and are the
whole answer, in order. A row with nothing else says that the answer is empty. Several ids in a cell: `;`, sorted.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.questions.answer import Answer, Thing

__all__ = ["KEPT", "Case", "cases", "cells"]

KEPT = Path(__file__).parent / "kept.ttl"
"""Results of analyses of the invented country, which a question can use beside its facts."""

AMONG_OTHERS = "..."


@dataclass(frozen=True)
class Case:
    """One asking of a question, with the rows that must come."""

    question: str
    given: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def values(self) -> dict[str, list[str]]:
        """The values given, by parameter."""
        found: dict[str, list[str]] = {}
        for pair in self.given.removesuffix(AMONG_OTHERS).split():
            name, _, value = pair.partition("=")
            found.setdefault(name, []).append(value)
        return found

    @property
    def among_others(self) -> bool:
        """True where the answer may hold more rows than these."""
        return self.given.endswith(AMONG_OTHERS)

    def __str__(self) -> str:
        return f"{self.question} {self.given}".strip()


def cases(folder: Path) -> Iterator[Case]:
    """Every case of every file in a folder."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            header, *lines = csv.reader(file)
        for given, group in itertools.groupby(lines, key=lambda line: line[0]):
            rows = tuple(tuple(line[1:]) for line in group)
            yield Case(path.stem, given, tuple(header[1:]), () if rows == (("",) * (len(header) - 1),) else rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(sorted(_cell(v) for v in value))
    if isinstance(value, Thing):
        return value.iri.rpartition("/")[2]
    return f"{value:g}" if isinstance(value, Decimal) else str(value)


def cells(answer: Answer, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The rows of an answer as the files write them, the named columns only."""
    return tuple(tuple(_cell(getattr(row, column)) for column in columns) for row in answer)
