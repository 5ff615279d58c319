"""Sheets to rows: which column is which, and what of a sheet cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.errors import near_names
from kg.findings import Finding
from kg.formats.csvw import Column, Table, shipped_description
from kg.formats.dataset import Dataset
from kg.formats.scales import SHORTHANDS, interval
from kg.formats.sheets import Problem, Sheet, find_header

__all__ = ["Book", "Placed", "Row", "RowReader"]

_IGNORE = "(ignore)"
"""What people write in the name of a sheet or column that is not to be read (a custom of Kumu's users)."""


@dataclass
class Book:
    """What is read together: a data set and its sheets, each with the table that it is, None for what is none."""

    dataset: Dataset
    sheets: Iterable[tuple[Table | None, Sheet]]
    problems: list[Finding] = field(default_factory=list)


@dataclass
class Placed:
    """A table in the sheet it was written in."""

    table: Table
    sheet: Sheet
    positions: dict[str, int] = field(default_factory=dict)
    """Column name to column, counted from 0."""
    columns: tuple[Column, ...] = ()
    """The columns that rows may fill, and the id."""

    def finding(
        self, level: str, check: str, what: str, todo: str, line: int | None, column: str, thing: str = ""
    ) -> Finding:
        """A finding at a line and column of it."""
        cell = self.sheet.cell(self.positions.get(column), line)
        return Finding(level, check, what, todo, self.sheet.title, line, column, thing, cell)


class Row(NamedTuple):
    """One row: column name to cell, empty cells left out."""

    placed: Placed
    line: int
    cells: dict[str, str]


def _foreign(placed: Placed, header: Iterable[str]) -> tuple[str, str]:
    """What is wrong with a list that is only called like a table of ours, and what to do."""
    table, own = placed.table, placed.sheet.title
    needed = ", ".join(c.name for c in table.columns if c.required)
    return (
        f"is called like a table of kg, but has the columns of another list ({', '.join(filter(None, header))[:80]})",
        f"`kg import {own} -o FOLDER` makes tables of it; a table of kg needs the columns {needed}",
    )


class RowReader:
    """Reads the rows of sheets; what is wrong goes to `findings`."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.refused: set[tuple[str, int, str]] = set()
        """Sheet, line and column of cells that are empty because what stands in their place was refused."""
        self.description = shipped_description()

    def problem(self, check: str, row: Row | Placed, column: str, what: str, todo: str) -> None:
        """Notes an error at a column of a row, or of a table."""
        if isinstance(row, Placed):
            self.findings.append(row.finding("error", check, what, todo, None, column))
        else:
            self.findings.append(row.placed.finding("error", check, what, todo, row.line, column, row.cells.get("id", "")))

    def _of_sheet(self, sheet: Sheet, p: Problem, placed: Placed | None = None) -> Finding:
        columns = {at: name for name, at in placed.positions.items()} if placed else {}
        column = columns.get(p.column, "") if p.column is not None else ""
        return Finding(p.level, p.check, p.what, p.todo, sheet.title, p.line, column, "", sheet.cell(p.column, p.line))

    def rows(self, book: Book) -> Iterator[tuple[Placed, list[Row]]]:
        """Every sheet that is a table, with its rows."""
        for table, sheet in book.sheets:
            if table is None:
                self.not_a_table(sheet)
                continue
            placed = Placed(table, sheet)
            rows = list(self.each(placed))
            self.add_problems(placed)
            yield placed, rows
        self.findings += book.problems  # a folder's grow while its files are read

    def add_problems(self, placed: Placed) -> None:
        """Takes over what was found wrong with a sheet as such."""
        self.findings += [self._of_sheet(placed.sheet, p, placed) for p in placed.sheet.problems]

    def not_a_table(self, sheet: Sheet) -> None:
        """Notes that a sheet is none of ours."""
        if not sheet.workbook:
            known = [t.url for t in self.description.values()]
            problem = Problem("unknown-table", f"no table is called {sheet.title!r}", near_names(sheet.title, known))
        elif _IGNORE not in sheet.title.casefold():
            names = [title for t in self.description.values() for title in t.titles.values()]
            todo = f"{near_names(sheet.title, names)}; or write {_IGNORE} in its name"
            problem = Problem(
                "unknown-table", f"the sheet {sheet.title!r} is no table and is not read", todo, level="warning"
            )
        else:
            return
        self.findings.append(self._of_sheet(sheet, problem))

    def _columns(self, placed: Placed, header: list[str]) -> list[Column | None]:
        table, sheet = placed.table, placed.sheet
        columns = [table.column(h) if h.strip() else None for h in header]
        shorthand = SHORTHANDS.get(table.name)
        for at, (title, column) in enumerate(zip(header, columns, strict=True)):
            if column:
                placed.positions.setdefault(column.name, at)
            elif shorthand and shorthand.is_called(title):
                placed.positions[shorthand.name] = at
            elif title.strip() and _IGNORE not in title.casefold():
                todo = near_names(title, [c.name for c in table.columns])
                if sheet.workbook:
                    todo += f"; or write {_IGNORE} in its heading"
                placed.positions.setdefault(title, at)
                self.problem("unknown-column", placed, title, f"no column is called {title!r}", todo)
        found = [c.name for c in columns if c]
        for name in sorted({n for n in found if found.count(n) > 1}):
            self.problem("duplicate-column", placed, name, f"the column {name!r} stands twice", "keep one of the two")
        filled = (shorthand.low, shorthand.high) if shorthand and shorthand.name in placed.positions else ()
        placed.columns = tuple(c for c in table.columns if c.name == "id" or c.name in found or c.name in filled)
        for column in table.columns:
            if column.required and column.name not in (*found, *filled) and not (sheet.workbook and column.name == "id"):
                self.problem("missing-column", placed, column.name, f"the column {column.name!r} is missing", "add it")
        return columns

    def each(self, placed: Placed) -> Iterator[Row]:
        """The rows of a sheet, one by one; its problems are complete when the last was given."""
        table, sheet = placed.table, placed.sheet
        shorthand = SHORTHANDS.get(table.name)

        def known(header: str) -> bool:
            return table.column(header) is not None or (shorthand is not None and shorthand.is_called(header))

        top, header, rest = find_header(sheet.rows, known)
        if not header and sheet.workbook:
            return
        if header and not sheet.workbook and not table.is_headed(header):
            self.findings.append(placed.finding("error", "foreign-table", *_foreign(placed, header), None, ""))
            return
        if top > 1 and not sheet.workbook:
            what = f"the heading stands in line {top}; what is above it is not read"
            self.findings.append(placed.finding("warning", "header", what, "delete the lines above it", top, ""))
        columns = self._columns(placed, header)
        nameless = [at for at, title in enumerate(header) if not title.strip()]
        score = placed.positions.get(shorthand.name) if shorthand else None
        width = len(header)
        names = [c.name if c else "" for c in columns]
        for line, cells in rest:
            filled = {name: v for name, v in zip(names, cells, strict=False) if v and name and not v.isspace()}
            if not filled and not any(c.strip() for c in cells):
                continue
            row = Row(placed, line, filled)
            if len(cells) != width:
                self._length(row, cells, width)
            for at in nameless:
                if at < len(cells) and cells[at].strip():
                    self._unheaded(row, at, cells[at])
            if score is not None and score < len(cells) and cells[score].strip():
                self._score(row, cells[score])
            yield row

    def _length(self, row: Row, cells: Iterable[str], width: int) -> None:
        if not row.placed.sheet.workbook:
            what = f"the row has {len(list(cells))} cells, the header {width}"
            self.problem("row-length", row, "", what, "look for a missing or superfluous comma or quotation mark")
            return
        for at, cell in list(enumerate(cells))[width:]:
            if cell.strip():
                self._unheaded(row, at, cell)

    def _unheaded(self, row: Row, at: int, value: str) -> None:
        sheet = row.placed.sheet
        problem = Problem(
            "unknown-column", f"{value[:40]!r} stands in a column without heading", "write its heading", row.line, at
        )
        self.findings.append(self._of_sheet(sheet, problem))

    def _score(self, row: Row, text: str) -> None:
        shorthand = SHORTHANDS[row.placed.table.name]
        ends = interval(text)
        if ends is None:
            todo = "write low, medium or high; a score like 4 or 4/5; a tower like tower 3/8; or a range like 0.2-0.6"
            self.problem("scale", row, shorthand.name, f"{text!r} is no score", todo)
            self.refused |= {(row.placed.sheet.title, row.line, end) for end in (shorthand.low, shorthand.high)}
        elif shorthand.low in row.cells or shorthand.high in row.cells:
            what = f"both {shorthand.name!r} and {shorthand.low!r} or {shorthand.high!r} are filled in"
            self.problem("scale", row, shorthand.name, what, "keep one of them")
        else:
            row.cells[shorthand.low], row.cells[shorthand.high] = ends
