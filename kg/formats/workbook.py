"""Excel workbooks, out: one sheet per table, headings and help in one language, drop-down lists, nothing that calculates."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.formats.csvw import Column, Table, shipped_description
from kg.formats.dataset import SHEET_TITLES, dataset_rows
from kg.formats.labels import choices, definition, label, shown
from kg.formats.material import Material, Record
from kg.formats.scales import SHORTHANDS
from kg.formats.sheets import column_letters
from kg.formats.template import GUIDE_TITLES, LISTS, guide, words
from kg.formats.whole import write_whole
from kg.vocabulary import concept_lists
from kg.wording import paired

__all__ = ["MOST_ROWS", "check_workbook", "text_cell", "workbook_bytes", "write_workbook"]

_LONGEST = 32_767
"""Characters in a cell: Excel's own limit."""
MOST_ROWS = 1_048_575
"""Rows of a sheet below its heading: Excel's own limit."""
_GUIDE_WIDTH, _LINE = 110, 15.0
"""Characters that fit into a line of the sheet that explains coding, and the height of a line in points."""
_ROOM = 1000
"""So many rows, at least, have drop-down lists."""
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def text_cell(sheet: Any, line: int, column: int, value: str, name: str) -> Any:
    """The cell of a sheet that holds a text from now on, which no program takes for a formula, a number or a day.

    Raises InputError, naming the workbook `name` and the cell, where the text is longer than a cell can be.
    """
    if len(value) > _LONGEST:
        where = f"{sheet.title}!{column_letters(column - 1)}{line}"
        raise InputError(f"{name}: {where}: {len(value):,} characters; a workbook holds {_LONGEST:,}, write CSV instead")
    cell: Any = sheet.cell(line, column)
    cell.value = ""
    cell._value = _ILLEGAL.sub(lambda m: f"_x{ord(m[0]):04X}_", value)
    cell.data_type = "s"
    cell.number_format = "@"
    if value[:1] in "=+-@" and value:
        cell.quotePrefix = True
    return cell


def workbook_bytes(book: Any) -> bytes:
    """A workbook of openpyxl as a file that holds no time: the same content gives the same bytes."""
    written, out = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part in made.infolist():
            content = made.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb">\d{4}-\d\d-\d\dT[^<]*<", b">2000-01-01T00:00:00Z<", content)
            package.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _Writer:
    def __init__(self, material: Material, lang: str, name: str) -> None:
        import openpyxl
        from openpyxl.styles import Alignment, Font, PatternFill

        self.material, self.lang, self.name = material, lang, name
        self.words = words(lang)
        self.book: Any = openpyxl.Workbook()
        self.bold = Font(name="Calibri", size=11, bold=True)  # one without a name is drawn in another face
        self.fill, self.fill_required = PatternFill("solid", fgColor="DDEBF7"), PatternFill("solid", fgColor="FFE699")
        self.wrap = Alignment(wrap_text=True, vertical="top")
        self.lists: dict[str, str] = {}

    def text(self, sheet: Any, line: int, column: int, value: str) -> Any:
        """Writes a cell that is text and stays text."""
        return text_cell(sheet, line, column, value, self.name)

    def write(self) -> Any:
        front = self.book.active
        front.title = GUIDE_TITLES[self.lang]
        front.column_dimensions["A"].width = _GUIDE_WIDTH
        for line, text in enumerate(guide(self.lang), 1):
            cell = self.text(front, line, 1, text.removeprefix("# "))
            cell.alignment = self.wrap
            front.row_dimensions[line].height = _LINE * (1 + len(text) // _GUIDE_WIDTH)  # not every program works it out
            if text.startswith("# "):
                cell.font = self.bold
        about = self.book.create_sheet(SHEET_TITLES[self.lang])
        rows = [(self.words["key"], self.words["value"]), *dataset_rows(self.material.dataset)]
        for line, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                cell = self.text(about, line, column, text)
                if line == 1:
                    cell.font = self.bold
        about.column_dimensions["A"].width, about.column_dimensions["B"].width = 24, 80
        for table in self._order():
            self._table(table)
        for sheet in self.book.worksheets:
            self._printed(sheet)
        self._lists()
        return self.book

    @staticmethod
    def _printed(sheet: Any) -> None:
        """Has a sheet printed legibly: text on one page, tables two pages wide with their heading on each."""
        table = bool(sheet.freeze_panes)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape" if table else "portrait", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = (2, 0) if table else (1, 1)
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        if table:
            sheet.print_title_rows = "1:1"

    def _order(self) -> list[Table]:
        """The tables, those that people begin with first."""
        first = ("actors", "relations", "positions", "assessments", "issues", "instruments", "sources", "evidence")
        tables = [t for t in shipped_description().values() if t.name in self.material.tables]
        return sorted(tables, key=lambda t: first.index(t.name) if t.name in first else len(first))

    def _table(self, table: Table) -> None:
        from openpyxl.comments import Comment

        sheet = self.book.create_sheet(table.titles[self.lang])
        records = self.material.tables[table.name]
        columns: list[tuple[str, str, str, Column | None]] = [
            (c.name, c.titles[self.lang], self._help(c), c) for c in table.columns
        ]
        shorthand = SHORTHANDS.get(table.name)
        if shorthand:
            at = next(n for n, c in enumerate(columns) if c[0] == shorthand.low)
            help_text = self.words["score"].format(guide=repr(GUIDE_TITLES[self.lang]))
            columns.insert(at, (shorthand.name, shorthand.titles[self.lang], help_text, None))
        for at, (_, title, help_text, column) in enumerate(columns, 1):
            head = self.text(sheet, 1, at, title)
            head.font, head.alignment = self.bold, self.wrap
            head.fill = self.fill_required if column and column.required else self.fill
            if help_text:
                head.comment = Comment(help_text, "kg", width=320, height=140)
            letters = column_letters(at - 1)
            sheet.column_dimensions[letters].width = 40 if column and column.lang else 18
            sheet.column_dimensions[letters].number_format = "@"  # else 2013-08 typed by hand becomes a day
            if column and column.concepts:
                self._choices(sheet, letters, column, len(records))
        sheet.freeze_panes = "B2"
        sheet.row_dimensions[1].height = 2 * _LINE
        for line, record in enumerate(records, 2):
            self._record(sheet, line, record, columns)

    def _record(self, sheet: Any, line: int, record: Record, columns: Sequence[tuple[str, str, str, Column | None]]) -> None:
        for at, (name, _, _, column) in enumerate(columns, 1):
            value = record.get(name, "")
            if not value:
                continue
            if column and column.concepts:
                value = self._labelled(column, value)
            if column and column.datatype in ("integer", "decimal") and _same_as_number(value):
                sheet.cell(line, at).value = int(value) if value.isdigit() else float(value)
            else:
                self.text(sheet, line, at, value)

    def _labelled(self, column: Column, value: str) -> str:
        """The label of a concept where it can be told apart when it is read again; several values stay ids."""
        name = column.concepts or ""
        return shown(name, value, self.lang) if value in concept_lists()[name] else value

    def _help(self, column: Column) -> str:
        parts = [column.description.get(self.lang, "")]
        if column.required and column.name != "id":
            parts.append(self.words["required"])
        if column.concepts:
            known = concept_lists()[column.concepts]
            if len(known) <= 12:
                parts += [
                    paired(label(column.concepts, c, self.lang), definition(column.concepts, c, self.lang), self.lang)
                    for c in known
                ]
        elif column.refers_to:
            titles = [shipped_description()[t].titles[self.lang] for t in column.refers_to]
            parts.append(paired(self.words["ids"], ", ".join(titles[:4]) + (" ..." if len(titles) > 4 else ""), self.lang))
        if column.separator:
            parts.append(self.words["several"])
        return "\n".join(p for p in parts if p)

    def _choices(self, sheet: Any, letters: str, column: Column, rows: int) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        name = column.concepts or ""
        if name not in self.lists:
            self.lists[name] = column_letters(len(self.lists))
        last = len(choices(name))
        at = self.lists[name]
        rule = DataValidation("list", formula1=f"'{LISTS}'!${at}$1:${at}${last}", allow_blank=True, showErrorMessage=False)
        rule.add(f"{letters}2:{letters}{max(rows, _ROOM) + 1}")
        sheet.add_data_validation(rule)

    def _lists(self) -> None:
        sheet = self.book.create_sheet(LISTS)
        sheet.sheet_state = "veryHidden"
        for at, name in enumerate(self.lists, 1):
            column = Column("", {}, {}, "", concepts=name)
            for line, text in enumerate(sorted(self._labelled(column, c) for c in choices(name)), 1):
                self.text(sheet, line, at, text)


def _same_as_number(value: str) -> bool:
    """True where a spreadsheet's number is read back as the same text."""
    from kg.formats.xlsx import text_of

    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", value):
        return False
    return text_of(int(value) if value.isdigit() else float(value)) == value


def check_workbook(path: Path, tables: Mapping[str, int]) -> None:
    """Nothing; raises InputError where no workbook can stand there, or a sheet would have to hold more rows than it may.

    `tables` says how many rows there are of each.
    """
    if path.exists():
        raise InputError(f"{path}: exists already; name another file or remove it")
    for name, rows in tables.items():
        if rows > MOST_ROWS:
            raise InputError(
                f"{path}: {rows:,} rows of {name}, but a sheet holds {MOST_ROWS:,} below its heading;"
                " write a folder of tables or a file .nq instead"
            )


def write_workbook(material: Material, path: Path, lang: str = "en") -> None:
    """Writes a workbook; the file appears whole or not at all.

    Raises InputError where something of that name exists already, a cell or a table is too long, or the place cannot be
    written.
    """
    check_workbook(path, {name: len(records) for name, records in material.tables.items()})
    book = _Writer(material, lang, path.name).write()
    write_whole(path, workbook_bytes(book))
