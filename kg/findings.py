"""What is wrong with some input: level, place, plain words, what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

__all__ = ["Finding"]


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or looks wrong, in somebody's material."""

    level: str
    """`error` (cannot be used) or `warning` (can be used, deserves a look)."""
    check: str
    """Short name of the check that found it, e.g. `unknown-reference`."""
    what: str
    """What is wrong, in plain words, with the offending value."""
    todo: str
    """What to do about it."""
    file: str = ""
    """Table or file, e.g. `relations.csv`."""
    row: int | None = None
    """Line in the file as a spreadsheet numbers it (the header is line 1)."""
    column: str = ""
    """Column name in the table, or column number in a text file."""
    thing: str = ""
    """Id or IRI of what it is about."""
    cell: str = ""
    """Address in a workbook, e.g. `Relations!D17`."""

    @property
    def is_error(self) -> bool:
        """True where the input cannot be used as it is."""
        return self.level == "error"

    @property
    def where(self) -> str:
        """The cell of a workbook; else file, line and column as one string, e.g. `relations.csv:17 (object)`."""
        if self.cell:
            return self.cell
        place = self.file + (f":{self.row}" if self.row is not None else "")
        if self.column:
            place += f" ({self.column})" if place else self.column
        return place or self.thing

    def within(self, place: str) -> Finding:
        """The same finding, `place` (such as the name of one of several folders) written before file and cell."""
        return replace(self, file=place + self.file, cell=place + self.cell if self.cell else "") if place else self

    @property
    def sort_key(self) -> tuple[bool, str, int, str, str, str]:
        """Errors first, then by place: a total order."""
        return (not self.is_error, self.file, self.row or 0, self.column, self.check, self.what)

    def as_dict(self) -> dict[str, Any]:
        """All fields by name, ready for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.level}: {self.where}: {self.what}; {self.todo}"
