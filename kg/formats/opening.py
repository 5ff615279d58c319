"""What a path holds: our own tables (folder or workbook), or something of another program that can be imported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError, near_names
from kg.findings import Finding
from kg.formats.csvw import Table, shipped_description
from kg.formats.dataset import SHEET_TITLES, Dataset, dataset_of, read_json, read_rows
from kg.formats.decisions import MATCHES
from kg.formats.delimited import decode, delimiter_of, file_bytes
from kg.formats.delimited import read_rows as delimited_rows
from kg.formats.material import Material
from kg.formats.records import Book
from kg.formats.sheets import Problem, Sheet, find_header

__all__ = [
    "WORKBOOKS", "advice", "book_of", "endings", "foreign_files", "is_tables", "open_book", "opens_as_own", "own_workbook",
    "read_workbook",
]  # fmt: skip

WORKBOOKS = (".xlsx", ".xlsm", ".ods")
_OURS = {"status", "confidence"}
"""Columns that other programs do not have in the sheets that they call like ours, such as Onodo's Relations."""
_START = 100_000
"""So many bytes of a text file hold its headings."""


def is_tables(path: Path) -> bool:
    """True for a folder of CSV tables and for a file that can be read as tables, by its name."""
    if path.is_dir():
        return any(p.suffix.lower() == ".csv" for p in path.iterdir())
    from kg.formats.registry import reads

    return path.suffix.lower() in WORKBOOKS or reads(path)


_SAVE_AS = {
    ".xls": "an old Excel workbook; open it and save it as .xlsx",
    ".xlsb": "a binary Excel workbook; open it and save it as .xlsx",
    ".numbers": "a workbook of Numbers; export it as .xlsx",
    ".fods": "a flat OpenDocument spreadsheet; open it and save it as .ods",
    ".clu": "a partition of Pajek, which says nothing without its network; save both there as one project (.paj)",
    ".vec": "a vector of Pajek, which says nothing without its network; save both there as one project (.paj)",
    ".gsheet": "a link to Google Sheets; download the sheet there as .xlsx",
}
"""Files that are not read, by ending."""


def advice(path: Path) -> str:
    """What a file that cannot be read is, and what to do with it; empty where its name does not tell."""
    return _SAVE_AS.get(path.suffix.lower(), "")


def endings() -> set[str]:
    """How the names of files end that can be read as tables, without the dot."""
    from kg.formats.grids import TEXTS
    from kg.formats.registry import READERS

    return {e.lstrip(".") for e in (*WORKBOOKS, *TEXTS, *(e for f in READERS for e in f.endings))}


def read_workbook(path: Path) -> list[Sheet]:
    """The sheets of an Excel or OpenDocument workbook; raises InputError where it cannot be read."""
    if path.suffix.lower() == ".ods":
        from kg.formats.ods import read_ods

        return read_ods(path)
    from kg.formats.xlsx import read_xlsx

    return read_xlsx(path)


def _table_of(title: str) -> Table | None:
    folded = title.strip().casefold()
    for table in shipped_description().values():
        if folded in (table.name, table.url, *(t.casefold() for t in table.titles.values())):
            return table
    return None


def own_workbook(sheets: list[Sheet]) -> bool:
    """True where the sheets are our tables: one is called so and has at least half of what the table must have.

    Where that includes status and confidence, one of them must be there.
    """
    for sheet in sheets:
        if sheet.title.casefold() in (t.casefold() for t in SHEET_TITLES.values()):
            return True
        table = _table_of(sheet.title)
        if table:
            _, header, _ = find_header(sheet.rows, lambda h, t=table: t.column(h) is not None)  # type: ignore[misc]
            found = {c.name for h in header if (c := table.column(h))}
            required = {c.name for c in table.columns if c.required}
            own = not required & _OURS or found & _OURS
            if own and 2 * len(required & found) >= len(required):
                return True
    return False


def _workbook_book(path: Path, sheets: list[Sheet]) -> Book:
    dataset: Dataset | None = None
    tables: list[tuple[Table | None, Sheet]] = []
    for sheet in sheets:
        if sheet.title.casefold() in (t.casefold() for t in SHEET_TITLES.values()):
            dataset = read_rows(sheet.rows, path.stem, f"{path.name}, {sheet.title}")
        elif not is_guide(sheet):
            tables.append((_table_of(sheet.title), sheet))
    return Book(dataset or dataset_of({}, path.stem, path.name), tables)


def is_guide(sheet: Sheet) -> bool:
    """True for the sheets of kg's workbooks that hold no data: how to code, and what drop-down lists are taken from.

    The latter is hidden so that only macros show it, but LibreOffice saves it as a hidden sheet like others.
    """
    from kg.formats.template import GUIDE_TITLES, LISTS

    return sheet.title in (*GUIDE_TITLES.values(), LISTS)


def _folder_sheets(folder: Path, problems: list[Finding]) -> Iterator[tuple[Table | None, Sheet]]:
    known = {t.url: t for t in shipped_description().values()}
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".csv" and p.name != MATCHES)
    if not files:
        raise InputError(f"{folder}: there is no CSV table in this folder; {near_names('', known)}")
    for path in files:
        table = known.get(path.name)
        sheet = Sheet(path.name, [])
        if table:
            decoded = decode(file_bytes(path))
            if isinstance(decoded, Problem):
                problems.append(Finding("error", decoded.check, decoded.what, decoded.todo, file=path.name))
                continue
            delimiter = delimiter_of(decoded.text, lambda h, t=table: t.column(h) is not None)  # type: ignore[misc]
            sheet.rows = delimited_rows(sheet, decoded.text, delimiter)
        yield table, sheet


def _own_folder(folder: Path) -> bool:
    """True where a folder describes itself or holds a table called like ours, or nearly so, with headings of ours."""
    from difflib import get_close_matches

    known = {t.url.removesuffix(".csv"): t for t in shipped_description().values()}
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".csv")
    called = ((p, known[name]) for p in files for name in get_close_matches(p.stem.lower(), known, 1, 0.8))
    return (folder / "dataset.json").exists() or not files or any(_is_headed(path, table) for path, table in called)


def _is_headed(path: Path, table: Table) -> bool:
    """True where the headings of a file are those of a table, or none can be read, which is told when all of it is read."""
    with path.open("rb") as stream:
        start = stream.read(_START)
    if len(start) == _START:
        start = start[: start.rfind(b"\n") + 1]
    decoded = decode(start)
    if isinstance(decoded, Problem):
        return True

    def known(heading: str) -> bool:
        return table.column(heading) is not None

    rows = delimited_rows(Sheet(path.name, []), decoded.text, delimiter_of(decoded.text, known))
    _, header, _ = find_header(rows, known)
    return not header or table.is_headed(header)


def foreign_files(path: Path) -> list[Path]:
    """The files that belong together and can be imported: those of a folder, or the one."""
    if not path.is_dir():
        return [path]
    from kg.formats.registry import reads

    return sorted(p for p in path.iterdir() if p.is_file() and (p.suffix.lower() in WORKBOOKS or reads(p)))


def book_of(material: Material) -> Book:
    """A book that reads from memory."""
    sheets: list[tuple[Table | None, Sheet]] = []
    for name, records in material.tables.items():
        table = shipped_description()[name]
        columns = [c.name for c in table.columns]
        rows = [(1, columns), *((n, [r.get(c, "") for c in columns]) for n, r in enumerate(records, 2))]
        sheets.append((table, Sheet(table.url, rows)))
    return Book(material.dataset, sheets)


def open_book(path: Path) -> Book:
    """The book that a folder, a workbook or an importable file holds.

    Raises InputError where it cannot be read or nothing in it is a table.
    """
    if path.is_dir() and _own_folder(path):
        problems: list[Finding] = []
        return Book(read_json(path), _folder_sheets(path, problems), problems)
    if path.suffix.lower() in WORKBOOKS:
        sheets = read_workbook(path)
        if own_workbook(sheets):
            return _workbook_book(path, sheets)
    from kg.formats.registry import import_files

    imported = import_files(foreign_files(path))
    book = book_of(imported.material)
    book.problems += imported.findings
    return book


def opens_as_own(path: Path) -> bool:
    """True where a path holds tables of kg's own: a folder or a workbook."""
    return (path.is_dir() and _own_folder(path)) or (path.suffix.lower() in WORKBOOKS and own_workbook(read_workbook(path)))
