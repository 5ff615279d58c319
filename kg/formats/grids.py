"""Any file of rows, as somebody else's program wrote it, to sheets."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from kg.errors import InputError
from kg.formats.delimited import Text, decode, file_bytes, records, unmarked
from kg.formats.large import TextFile, best_delimiter, is_large, single_blanks
from kg.formats.sheets import Row, Sheet

__all__ = ["TEXTS", "read_sheets"]

TEXTS = (".csv", ".tsv", ".tab", ".txt")


def _decoded(raw: bytes, name: str) -> tuple[str, str]:
    """The text, and a remark on its encoding where it had to be guessed."""
    found = decode(raw)
    if isinstance(found, Text):
        return found.text, ""
    if b"\0" in raw:
        if encoding := unmarked(raw[:10_000]):
            return raw.decode(encoding, errors="replace"), f"{name}: read as UTF-16, though it does not say so"
        raise InputError(f"{name}: holds NUL characters; save it again as UTF-8 text")
    try:
        return raw.decode("cp1252"), f"{name}: not UTF-8; read as Windows-1252"
    except UnicodeDecodeError:
        return raw.decode("latin-1"), f"{name}: not UTF-8; read as Latin-1"


def _delimiter(text: str, suffix: str) -> str:
    """The delimiter that splits the first lines most often into equally many cells."""
    if suffix in (".tsv", ".tab"):
        return "\t"
    lines = [line for line in re.split("\r\n|\r|\n", text[:100_000], maxsplit=40)[:40] if line.strip()][:20]
    return best_delimiter(lines)


def _rows(text: str, delimiter: str, name: str) -> Iterator[Row]:
    lines: Iterable[str] = io.StringIO(text, newline="")
    rows = records(single_blanks(lines) if delimiter == " " else lines, delimiter, name)
    first = next(rows, None)
    if first and delimiter == " ":  # the corner of a matrix is blank
        second = next(rows, first)
        first = (first[0], ["", *first[1]]) if len(second[1]) == len(first[1]) + 1 else first
        rows = chain([second] if second is not first else [], rows)
    for line, cells in chain([first] if first else [], rows):
        if any(c.strip() for c in cells) and not (line == 1 and cells[0].startswith("sep=")):
            yield line, [c.strip() for c in cells]


class _Stripped:
    """The rows of a file, as `_rows` gives them."""

    def __init__(self, file: TextFile) -> None:
        self.file = file

    def __iter__(self) -> Iterator[Row]:
        for line, cells in self.file:
            stripped = [c.strip() for c in cells]
            if any(stripped):
                yield line, stripped


def read_sheets(path: Path) -> tuple[list[Sheet], list[str]]:
    """The sheets of a workbook or the one of a text file, and remarks on how it was read.

    Blank rows are left out, blanks around cells too. Raises InputError where the file cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix not in TEXTS:
        from kg.formats.opening import read_workbook

        sheets = read_workbook(path)
        for sheet in sheets:
            sheet.rows = [(line, [c.strip() for c in cells]) for line, cells in sheet.rows]
        remarks = [f"{sheet.cell(p.column, p.line)}: {p.what}; {p.todo}" for sheet in sheets for p in sheet.problems]
        return sheets, remarks
    if is_large(path):
        file = TextFile(path, "\t" if suffix in (".tsv", ".tab") else "")
        return [Sheet(path.name, _Stripped(file), large=True)], [file.remark] if file.remark else []
    text, remark = _decoded(file_bytes(path), path.name)
    return [Sheet(path.name, list(_rows(text, _delimiter(text, suffix), path.name)))], [remark] if remark else []
