"""Text files of rows: CSV and its relatives, of any usual encoding and delimiter, in; CSV, out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.formats.sheets import Problem, Row, Sheet

__all__ = [
    "DELIMITERS",
    "Text",
    "csv_bytes",
    "decode",
    "delimiter_of",
    "file_bytes",
    "read_rows",
    "records",
    "unguarded",
    "unmarked",
]

DELIMITERS = ",;\t|"
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet program would take for a formula, when it opens a CSV file."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_SPECIAL = re.compile('[",\r\n]')
_GUARDED = re.compile(r"""(?:^|[,;\t|"\n])'+[=+\-@\t\r]""")


@dataclass(frozen=True)
class Text:
    """A decoded file."""

    text: str
    encoding: str


def decode(raw: bytes) -> Text | Problem:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark; a problem where it is neither."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"line {line} is not {encoding.removesuffix('-sig').upper()} (byte {raw[error.start]:#04x})"
        return Problem("encoding", what, "save the table as UTF-8")
    if "\0" in text:
        return Problem("encoding", "the table holds a NUL character", "save it again as UTF-8 text")
    return Text(text, encoding)


def delimiter_of(text: str, matches: Callable[[str], bool]) -> str:
    """The delimiter with which most cells of the first line match; a comma where none is better.

    A first line `sep=;`, which spreadsheet programs understand, says it outright.
    """
    first = text[: text.find("\n") if "\n" in text else len(text)]
    if found := re.fullmatch(r"sep=(.)\s*", first):
        return found[1]
    try:
        split = {d: next(csv.reader(io.StringIO(first), delimiter=d), []) for d in DELIMITERS}
    except csv.Error:
        return ","
    return max(DELIMITERS, key=lambda d: (sum(matches(c) for c in split[d]), d == ","))


def read_rows(sheet: Sheet, text: str, delimiter: str) -> Iterator[Row]:
    """The rows of a text, each with the line it begins in; faults go to the sheet's problems."""
    lines = io.StringIO(text, newline="")
    skipped = 1 if re.match(r"sep=.\r?\n", text) else 0
    if skipped:
        lines.readline()
    guarded = _GUARDED.search(text) is not None
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            line, before = before + 1 + skipped, reader.line_num
            yield line, [unguarded(c) for c in cells] if guarded else cells
    except csv.Error as error:
        what = f"line {reader.line_num + skipped} is not valid CSV ({error})"
        sheet.problems.append(Problem("csv", what, "look for a quotation mark that is not closed"))


def records(lines: Iterable[str], delimiter: str, name: str) -> Iterator[Row]:
    """The rows of somebody else's file with the lines they begin in, quotation marks within cells taken as they come.

    Raises InputError where a quotation mark is not closed: the rest of the file would be one cell.
    """
    raw: list[str] = []

    def kept() -> Iterator[str]:
        for line in lines:
            raw.append(line)
            yield line

    reader = csv.reader(kept(), delimiter=delimiter)
    before = 0
    cells: list[str] = []
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if reader.line_num > line:  # over several lines: perhaps only since a mark is missing
                _closed(raw, delimiter, name, line)
            raw.clear()
            yield line, cells
    except csv.Error as error:
        todo = "look for a quotation mark that is not closed"
        raise InputError(f"{name}:{reader.line_num}: not valid CSV ({error}); {todo}") from None


def _closed(lines: list[str], delimiter: str, name: str, line: int) -> None:
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise InputError(
                f"{name}:{line}: a quotation mark is not closed in the row that begins here; close it"
            ) from None


def unmarked(raw: bytes) -> str:
    """The UTF-16 in which bytes without a byte order mark may be, since every other one is 0; empty where they are not."""
    half = max(1, len(raw) // 2)
    if raw[1::2].count(0) > 0.4 * half:
        return "utf-16-le"
    return "utf-16-be" if raw[::2].count(0) > 0.4 * half else ""


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that `csv_bytes` puts before what looks like a formula."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _guarded(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV in UTF-8, lines ending in LF.

    A cell that a spreadsheet program would take for a formula gets an apostrophe before it, as such programs write it
    themselves; the reader takes it off again.
    """
    return "".join(",".join([c and _quoted(_guarded(c)) for c in row]) + "\n" for row in rows).encode()


def _quoted(cell: str) -> str:
    """The cell in quotation marks where it needs them; Python's writer forgets them for a lone carriage return."""
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell


def file_bytes(path: Path) -> bytes:
    """The content of a file; raises InputError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read ({error.strerror}); check the path") from None
