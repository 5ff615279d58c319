"""OpenDocument spreadsheets, in. Our own reader: see docs/decisions/0006-workbook.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.formats.package import open_package, scan
from kg.formats.sheets import Problem, Row, Sheet
from kg.formats.xlsx import text_of

__all__ = ["read_ods"]

_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576


class _Content:
    """Collects sheets, rows and cells from the elements of `content.xml`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sheets: list[Sheet] = []
        self.rows: list[Row] = []
        self.line = 0
        self.cells: list[str] = []
        self.repeat = self.repeat_row = 1
        self.value: str | None = None
        self.paragraphs: list[str] = []
        self.inside = self.note = 0
        self.merged = 0
        self.hidden: list[int] = []

    @staticmethod
    def _get(attributes: dict[str, str], name: str) -> str:
        return next((v for k, v in attributes.items() if k.rpartition(":")[2] == name), "")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "annotation":
            self.note += 1
        elif self.note:
            return
        elif tag == "table":
            self.sheets.append(Sheet(self._get(attributes, "name"), [], workbook=True))
            self.rows, self.line, self.merged, self.hidden = [], 0, 0, []
        elif tag == "table-row":
            self.cells = []
            self.repeat_row = int(self._get(attributes, "number-rows-repeated") or 1)
            if self._get(attributes, "visibility") in ("collapse", "filter"):
                self.hidden.append(self.line + 1)
        elif tag in ("table-cell", "covered-table-cell"):
            self.repeat = int(self._get(attributes, "number-columns-repeated") or 1)
            self.value = self._value(attributes)
            self.paragraphs = []
            self.inside = 1
            spans = [self._get(attributes, f"number-{what}-spanned") for what in ("rows", "columns")]
            self.merged += any(int(s or 1) > 1 for s in spans)
        elif tag == "p" and self.inside:
            self.paragraphs.append("")
        elif tag == "s" and self.paragraphs:
            self.paragraphs[-1] += " " * int(self._get(attributes, "c") or 1)
        elif tag in ("tab", "line-break") and self.paragraphs:
            self.paragraphs[-1] += "\t" if tag == "tab" else "\n"

    def _value(self, attributes: dict[str, str]) -> str | None:
        kind = self._get(attributes, "value-type")
        if kind in ("float", "percentage", "currency"):
            return text_of(float(self._get(attributes, "value")))
        if kind == "date":
            return self._get(attributes, "date-value").removesuffix("T00:00:00")
        if kind == "boolean":
            return self._get(attributes, "boolean-value")
        return None

    def text(self, text: str) -> None:
        if self.paragraphs and not self.note:
            self.paragraphs[-1] += text

    def end(self, tag: str) -> None:
        if tag == "annotation":
            self.note -= 1
        elif self.note:
            return
        elif tag in ("table-cell", "covered-table-cell"):
            value = self.value if self.value is not None else "\n".join(self.paragraphs)
            self.inside, self.paragraphs = 0, []
            if value and len(self.cells) + self.repeat > _MOST_COLUMNS:
                raise InputError(
                    f"{self.name}: a row repeats a cell {self.repeat:,} times; delete what stands right of the table"
                )
            self.cells += [value] * (self.repeat if value else min(self.repeat, _MOST_COLUMNS))
        elif tag == "table-row":
            while self.cells and not self.cells[-1]:
                self.cells.pop()
            if self.cells:
                if self.repeat_row > _MOST_ROWS or self.repeat_row * len(self.cells) > 10_000_000:
                    raise InputError(
                        f"{self.name}: a row is repeated {self.repeat_row:,} times; delete what stands below the table"
                    )
                self.rows += [(self.line + n, list(self.cells)) for n in range(1, self.repeat_row + 1)]
            self.line += self.repeat_row
        elif tag == "table":
            sheet = self.sheets[-1]
            sheet.rows = self.rows
            sheet.problems += self._problems()

    def _problems(self) -> Iterator[Problem]:
        if self.merged:
            what = f"{self.merged} merged cells hold one value each, which counts for the first cell only"
            yield Problem("merged-cells", what, "split them and repeat the value where it is meant", level="warning")
        if self.hidden:
            what = f"{len(self.hidden)} rows are hidden (from line {self.hidden[0]}) and count all the same"
            yield Problem("hidden-rows", what, "show them; delete what should not count", self.hidden[0], level="warning")


def read_ods(path: Path) -> list[Sheet]:
    """The sheets of an OpenDocument spreadsheet, rows without any content left out.

    Raises InputError where the file is damaged, protected, unreasonable, or no spreadsheet.
    """
    with open_package(path) as package:
        if "content.xml" not in package.namelist():
            raise InputError(f"{path.name}: no OpenDocument spreadsheet, though it is a zip file; save it again as .ods")
        if "META-INF/manifest.xml" in package.namelist():
            locked: list[str] = []

            def note(tag: str, _: dict[str, str]) -> None:
                if tag == "encryption-data":
                    locked.append(tag)

            scan(package, "META-INF/manifest.xml", note)
            if locked:
                raise InputError(f"{path.name}: protected with a password; save a copy without password and use the copy")
        content = _Content(path.name)
        try:
            scan(package, "content.xml", content.start, content.end, content.text)
        except ValueError as error:
            raise InputError(
                f"{path.name}: cannot be understood as a spreadsheet ({error}); save it again as .ods"
            ) from None
    return content.sheets
