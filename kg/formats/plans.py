"""How the rows of a table become triples, worked out once for all rows that stand in it."""

from __future__ import annotations

from typing import NamedTuple

from kg.formats.csvw import Column
from kg.formats.records import Placed
from kg.vocabulary import expand

__all__ = ["RDF_TYPE", "REMEMBERED", "Cells", "Plan"]

RDF_TYPE = f"<{expand('rdf:type')}>"
REMEMBERED = 10_000
"""Of so many different cells of a column it is remembered what they became."""


class Cells(NamedTuple):
    """How the cells of a column become triples; triples lack their subject."""

    column: Column
    predicate: str
    known: dict[str, list[str]] | None
    """The triples of cells met so far; None where the same cell seldom comes again, or is as soon read anew."""


class Plan(NamedTuple):
    """What is the same for all rows of a table."""

    placed: Placed
    classes: list[str]
    """The triples that say what its things are."""
    cells: dict[str, Cells]
    required: list[str]

    @classmethod
    def of(cls, placed: Placed) -> Plan:
        """The plan for a table with the columns that stand there."""
        cells = {c.name: Cells(c, f"<{c.property}> ", {} if _is_repeated(c) else None) for c in placed.columns}
        classes = [f"{RDF_TYPE} <{c}>" for c in placed.table.classes]
        return cls(placed, classes, cells, [c.name for c in placed.columns if c.required])


def _is_repeated(column: Column) -> bool:
    """True where many rows hold the same few cells, and it takes work to read one."""
    plain = column.datatype == "string" and not column.concepts and not column.pattern
    return not (plain or column.refers_to or column.name == "id")
