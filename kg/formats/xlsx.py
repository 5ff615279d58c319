"""Excel workbooks, in: the values of every sheet as text, with what deserves a word about them.

Formulas count by the value that was stored with them; macros are never looked at; hidden rows and sheets count like others.
"""

from __future__ import annotations

import datetime
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.formats.package import open_package, scan
from kg.formats.sheets import Problem, Row, Sheet

__all__ = ["read_xlsx", "text_of"]

_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_XML = (".xml", ".rels", ".vml")


def text_of(value: object) -> str:
    """A cell's value as text: whole numbers without a decimal point, days as YYYY-MM-DD, booleans as true and false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)


class _Facts:
    """What is found in the XML of a sheet beside its values."""

    def __init__(self) -> None:
        self.merged: list[str] = []
        self.hidden: list[int] = []
        self.valueless: list[tuple[int, int]] = []
        self._line = self._column = -1
        self._formula = self._value = self._within = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._formula = False
            self._value = attributes.get("t") == "str"  # a text may be empty
            self._column = _column(attributes["r"]) if "r" in attributes else self._column + 1
        elif tag == "f":
            self._formula = True
        elif tag == "v":
            self._within = True
        elif tag == "row":
            self._line = int(attributes.get("r") or self._line + 1)
            self._column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.hidden.append(self._line)
        elif tag == "mergeCell":
            self.merged.append(attributes.get("ref", ""))

    def text(self, _: str) -> None:
        self._value = self._value or self._within

    def end(self, tag: str) -> None:
        self._within = False
        if tag == "c" and self._formula and not self._value:
            self.valueless.append((self._line, self._column))

    def problems(self) -> Iterator[Problem]:
        for line, column in self.valueless:
            what = "the formula has no stored value"
            yield Problem("formula", what, "open and save the workbook in a spreadsheet program", line, column)
        if self.merged:
            where = ", ".join(self.merged[:5]) + (" ..." if len(self.merged) > 5 else "")
            what = f"merged cells ({where}) hold one value, which counts for the first cell only"
            yield Problem("merged-cells", what, "split them and repeat the value where it is meant", level="warning")
        if self.hidden:
            where = ", ".join(str(n) for n in self.hidden[:5]) + (" ..." if len(self.hidden) > 5 else "")
            what = f"{len(self.hidden)} rows are hidden (line {where}) and count all the same"
            yield Problem("hidden-rows", what, "show them; delete what should not count", self.hidden[0], level="warning")


def _column(address: str) -> int:
    column = 0
    for letter in address:
        if not letter.isalpha():
            break
        column = column * 26 + ord(letter.upper()) - 64
    return column - 1


def _checked(path: Path) -> dict[str, _Facts]:
    """Part name to what its XML tells, once every part has proved harmless."""
    with open_package(path) as package:
        names = package.namelist()
        if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
            raise InputError(f"{path.name}: no Excel workbook, though it is a zip file; save it again as .xlsx")
        found = {}
        for name in names:
            if name.lower().endswith(_XML):
                facts = _Facts()
                scan(package, name, facts.start, facts.end, facts.text)
                found[name] = facts
        return found


def _rows(sheet: Any, problems: list[Problem]) -> Iterator[Row]:
    from openpyxl.utils.escape import unescape

    for line, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = [text_of(v) for v in values]
        for column, cell in enumerate(cells):
            if cell.startswith("#") and cell in _ERRORS:
                problems.append(Problem("formula", f"the cell holds the error {cell}", "mend its formula", line, column))
            elif "_x" in cell:
                cells[column] = unescape(cell)
        if any(cells):
            yield line, cells


def _sheets(book: Any, facts: dict[str, _Facts]) -> Iterable[Sheet]:
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of its size is often wrong
        own = facts.get(sheet._worksheet_path.lstrip("/"), _Facts())
        problems = list(own.problems())
        if sheet.sheet_state != "visible":
            problems.append(
                Problem("hidden-sheet", "the sheet is hidden and counts all the same", "show it", level="warning")
            )
        yield Sheet(sheet.title, list(_rows(sheet, problems)), workbook=True, problems=problems)


def read_xlsx(path: Path) -> list[Sheet]:
    """The sheets of a workbook, rows without any content left out.

    Raises InputError where the file is damaged, protected, unreasonable, or no workbook.
    """
    facts = _checked(path)
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library tells of styles and extensions that it skips
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                return list(_sheets(book, facts))
            finally:
                book.close()
        except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile) as error:
            raise InputError(f"{path.name}: cannot be understood as a workbook ({error}); save it again as .xlsx") from None
