"""Rows added at the end of tables in place: a folder's CSV files or a workbook's sheets; all else stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from kg.errors import InputError
from kg.formats.csvw import Table, shipped_description
from kg.formats.delimited import csv_bytes, decode, delimiter_of, file_bytes, read_rows
from kg.formats.labels import shown
from kg.formats.material import Record
from kg.formats.opening import WORKBOOKS, opens_as_own, read_workbook
from kg.formats.patching import appended_book
from kg.formats.sheets import Problem, Row, Sheet, find_header
from kg.formats.whole import write_whole
from kg.vocabulary import LANGUAGES, concept_lists

__all__ = ["append_records", "appendable"]


def appendable(path: Path) -> bool:
    """True for a folder of tables and for a workbook with tables of kg's own."""
    return path.is_dir() or (path.suffix.lower() in WORKBOOKS and opens_as_own(path))


def append_records(path: Path, records: Mapping[str, Sequence[Record]]) -> None:
    """Adds records, by table, to a folder or workbook.

    Raises InputError where it is neither, a sheet or column is missing, or the file cannot be written.
    """
    if not appendable(path):
        raise InputError(f"{path}: rows are added to folders of tables and workbooks of kg only; `kg import -o` makes one")
    tables = shipped_description()
    if path.is_dir():
        files = [_extended(path / tables[name].url, tables[name], rows) for name, rows in records.items() if rows]
        for file, content in files:
            write_whole(file, content)
        return
    sheets = read_workbook(path)
    rows_of: dict[str, tuple[int, list[dict[int, str]]]] = {}
    for name, rows in records.items():
        table = tables[name]
        titles = {table.name, table.url, *(t.casefold() for t in table.titles.values())}
        sheet = next((s for s in sheets if s.title.strip().casefold() in titles), None)
        if sheet is None:
            raise InputError(
                f"{path.name}: there is no sheet {table.titles['en']!r} to add rows to; add one with its headings"
            )
        _, header, below = find_header(sheet.rows, lambda h, t=table: t.column(h) is not None)  # type: ignore[misc]
        columns = {c.name: at for at, h in enumerate(header) if (c := table.column(h))}
        rows = _in_words(table, header, list(below), rows)
        last = max((line for line, _ in sheet.rows), default=0)
        rows_of[sheet.title] = last, [_placed(f"{path.name}, {sheet.title}", record, columns) for record in rows]
    write_whole(path, appended_book(path, rows_of))


def _in_words(table: Table, header: Sequence[str], below: Sequence[Row], records: Sequence[Record]) -> Sequence[Record]:
    """Records for a sheet with concepts called as it calls them: by their label in the language of its headings.

    By their id where the headings are no language's, or the cells of the column hold ids.
    """
    told = Counter(lang for h in header if (c := table.column(h)) for lang, title in c.titles.items() if title == h.strip())
    if not told:
        return records
    lang = max(LANGUAGES, key=lambda lang: told[lang])
    by_label = {}
    for at, column in ((at, c) for at, h in enumerate(header) if (c := table.column(h)) and c.concepts):
        cells = {cells[at].strip() for _, cells in below if at < len(cells)} - {""}
        if not cells or any(cell not in concept_lists()[column.concepts or ""] for cell in cells):
            by_label[column.name] = column.concepts or ""
    return [
        {name: shown(by_label[name], value, lang) if name in by_label else value for name, value in record.items()}
        for record in records
    ]


def _placed(where: str, record: Record, columns: Mapping[str, int]) -> dict[int, str]:
    missing = [name for name in record if name not in columns]
    if missing:
        raise InputError(f"{where}: the column {missing[0]!r} is missing; add it, then try again")
    return {columns[name]: value for name, value in record.items()}


def _extended(path: Path, table: Table, rows: Sequence[Record]) -> tuple[Path, bytes]:
    if not path.exists():
        names = [c.name for c in table.columns]
        return path, csv_bytes([names, *([r.get(n, "") for n in names] for r in rows)])
    raw = file_bytes(path)
    decoded = decode(raw)
    if isinstance(decoded, Problem):
        raise InputError(f"{path.name}: {decoded.what}; {decoded.todo}")
    text = decoded.text
    if delimiter_of(text, lambda h: table.column(h) is not None) != ",":
        raise InputError(f"{path.name}: rows are added to tables divided by commas only; save it so")
    end = "\r\n" if "\r\n" in text else "\n"
    _, header = next(read_rows(Sheet(table.url, []), text, ","), (1, []))
    columns = {c.name: at for at, h in enumerate(header) if (c := table.column(h))}
    if any(name not in columns for record in rows for name in record):
        return path, _widened(text, header, columns, rows, table)
    lines = []
    for record in rows:
        placed = _placed(path.name, record, columns)
        lines.append([placed.get(at, "") for at in range(len(header))])
    added = csv_bytes(lines).decode().replace("\n", end) if end == "\r\n" else csv_bytes(lines).decode()
    mark = "\ufeff" if decoded.encoding == "utf-16" else ""
    encoding = ("utf-16-be" if raw.startswith(b"\xfe\xff") else "utf-16-le") if mark else decoded.encoding
    return path, (mark + text + ("" if text.endswith("\n") else end) + added).encode(encoding)


def _widened(text: str, header: Sequence[str], columns: Mapping[str, int], rows: Sequence[Record], table: Table) -> bytes:
    """The table with the columns that it lacks, and the rows: all cells as they were."""
    known = [cells for _, cells in read_rows(Sheet(table.url, []), text, ",")]
    needed = {name for record in rows for name in record}
    new = [c.name for c in table.columns if c.name in needed and c.name not in columns]
    at = {**columns, **{name: len(header) + n for n, name in enumerate(new)}}
    old = [
        [*row, *([""] * (len(header) - len(row))), *(new if n == 0 else [""] * len(new))]
        for n, row in enumerate(known)
        if row
    ]
    added = [[{at[k]: v for k, v in r.items()}.get(n, "") for n in range(len(header) + len(new))] for r in rows]
    return csv_bytes([*old, *added])
