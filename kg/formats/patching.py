"""Single cells of a CSV file or a workbook changed in place, and nothing else. OpenDocument: `kg.formats.patching_ods`.

A workbook that a library has read and written again has lost what the library does not know (drawings, macros, formats of
its own). So the cells are changed in the XML of their sheets, and every other part of the file is copied as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from kg.errors import InputError
from kg.formats.delimited import csv_bytes
from kg.formats.package import open_package, rewritten, scan
from kg.formats.sheets import column_letters

__all__ = ["Cells", "appended_book", "formula_cells", "patched_book", "patched_csv"]

Cells = Mapping[tuple[int, int], tuple[str, str]]
"""Line and column (counted from 0) to what stands there and what shall stand there."""
_LINE_END = re.compile("\r\n|\r|\n")
_CELL = re.compile(
    rb"""<(?P<prefix>(?:[\w.-]+:)?)c(?=\s)(?P<attributes>(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)"""
    rb"""\s*(?:/>|>.*?</(?P=prefix)c>)""",
    re.DOTALL,
)
_ROW = re.compile(
    rb"""<(?P<prefix>(?:[\w.-]+:)?)row(?=[\s>/])(?P<attributes>(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)"""
    rb"""\s*(?:/>|>.*?</(?P=prefix)row>)""",
    re.DOTALL,
)
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>/]")
_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
_ATTRIBUTE = re.compile(rb"""\s(r|s)\s*=\s*["']([^"']*)["']""")


def _fields(text: str, delimiter: str) -> Iterator[tuple[int, int, int, int]]:
    """Line, column, begin and end of every cell of a text, quotation marks included."""
    quoted, bare = re.compile('"(?:[^"]|"")*"'), re.compile(f"[^{re.escape(delimiter)}\r\n]*")
    at, line, column = 0, 1, 0
    begun = line
    while at < len(text):
        found = quoted.match(text, at)
        end = bare.match(text, found.end() if found else at).end()  # type: ignore[union-attr]  # it matches nothing, too
        yield begun, column, at, end
        line += len(_LINE_END.findall(text[at:end]))
        ended = _LINE_END.match(text, end)
        if ended:
            line, column, at = line + 1, 0, ended.end()
            begun = line
        else:
            column, at = column + 1, end + 1


def _moved(name: str, where: str) -> InputError:
    return InputError(f"{name}: {where} no longer holds what was checked; check again")


def patched_csv(name: str, text: str, delimiter: str, cells: Cells) -> str:
    """The text of a CSV file with some cells changed; raises InputError where another value stands there."""
    parts: list[str] = []
    done, copied = set(), 0
    for line, column, begin, end in _fields(text, delimiter):
        change = cells.get((line, column))
        if change is None:
            continue
        written = text[begin:end]
        value = written[1:-1].replace('""', '"') if written[:1] == '"' else written
        if value not in (change[0], "'" + change[0]):
            raise _moved(name, f"line {line}")
        new = csv_bytes([[change[1]]]).decode().removesuffix("\n")
        if delimiter in new and not new.startswith('"'):
            new = f'"{new}"'
        parts += [text[copied:begin], new]
        copied = end
        done.add((line, column))
    if len(done) < len(cells):
        raise _moved(name, f"line {min(set(cells) - done)[0]}")
    return "".join([*parts, text[copied:]])


def _sheet_parts(path: Path) -> dict[str, str]:
    """Title of a sheet to its part of the package."""
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library tells of extensions that it skips; here they are kept
        book: Any = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            return {s.title: s._worksheet_path.lstrip("/") for s in book.worksheets}
        finally:
            book.close()


class _Formulas:
    def __init__(self) -> None:
        self.found: set[str] = set()
        self._cell = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cell = attributes.get("r", "")
        elif tag == "f":
            self.found.add(self._cell)


def _is_ods(path: Path) -> bool:
    return path.suffix.lower() == ".ods"


def formula_cells(path: Path) -> set[tuple[str, str]]:
    """Sheet title and address of every cell that holds a formula, which no repair may touch."""
    if _is_ods(path):
        from kg.formats.patching_ods import ods_formula_cells

        return ods_formula_cells(path)
    found = set()
    with open_package(path) as package:
        for title, part in _sheet_parts(path).items():
            formulas = _Formulas()
            scan(package, part, formulas.start)
            found |= {(title, address) for address in formulas.found}
    return found


def _patched_sheet(where: str, xml: bytes, cells: Cells) -> bytes:
    wanted = {f"{column_letters(column)}{line}".encode(): new for (line, column), (_, new) in cells.items()}

    def change(match: re.Match[bytes]) -> bytes:
        prefix: bytes = match["prefix"]
        attributes: dict[bytes, bytes] = dict(_ATTRIBUTE.findall(match["attributes"]))
        new = wanted.pop(attributes.get(b"r", b""), None)
        if new is None:
            return match[0]
        style = b' s="' + attributes[b"s"] + b'"' if b"s" in attributes else b""
        text = escape(re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", new)).encode()
        start = b"<" + prefix + b'c r="' + attributes[b"r"] + b'"' + style + b' t="inlineStr"><' + prefix + b"is><"
        end = b"</" + prefix + b"t></" + prefix + b"is></" + prefix + b"c>"
        return start + prefix + b't xml:space="preserve">' + text + end

    patched: bytes = _CELL.sub(change, xml)
    if wanted:
        address = min(wanted).decode()
        raise InputError(f"{where}!{address}: cannot be changed in place; open the workbook, save it again, and retry")
    return patched


def patched_book(path: Path, sheets: Mapping[str, Cells]) -> bytes:
    """The workbook with some cells, by title of their sheet, changed to texts; formats and every other part stay.

    Raises InputError where a cell is not there or the workbook cannot be changed in place.
    """
    if _is_ods(path):
        from kg.formats.patching_ods import patched_ods

        return patched_ods(path, {t: {at: new for at, (_, new) in cells.items()} for t, cells in sheets.items()})
    parts = {part: title for title, part in _sheet_parts(path).items() if title in sheets}

    def change(part: str, xml: bytes) -> bytes:
        return _patched_sheet(parts[part], xml, sheets[parts[part]]) if part in parts else xml

    return rewritten(path, change)


def _filled(prefix: bytes, line: int, cells: Mapping[int, str], blank: bytes) -> bytes:
    """A row with texts: a new one, or the `blank` one that stands there, whose formats and other cells stay."""
    there = {}
    for match in _CELL.finditer(blank):
        there[dict(_ATTRIBUTE.findall(match["attributes"])).get(b"r", b"")] = match
    written: dict[int, bytes] = {}
    for address, match in there.items():
        written[_column_of(address)] = match[0]
    for column, text in cells.items():
        if text:
            address = f"{column_letters(column)}{line}".encode()
            given = dict(_ATTRIBUTE.findall(there[address]["attributes"])) if address in there else {}
            style = b' s="' + given[b"s"] + b'"' if b"s" in given else b""
            inside = escape(re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)).encode()
            start = b"<" + prefix + b'c r="' + address + b'"' + style + b' t="inlineStr"><' + prefix + b"is><" + prefix
            end = b"</" + prefix + b"t></" + prefix + b"is></" + prefix + b"c>"
            written[column] = start + b't xml:space="preserve">' + inside + end
    found = _ROW.match(blank)
    attributes = found["attributes"] if found else b' r="' + str(line).encode() + b'"'
    row = b"".join(written[column] for column in sorted(written))
    return b"<" + prefix + b"row" + attributes + b">" + row + b"</" + prefix + b"row>"


def _column_of(address: bytes) -> int:
    column = 0
    for letter in re.sub(rb"\d", b"", address).decode():
        column = column * 26 + ord(letter.upper()) - 64
    return column - 1


def _extended(where: str, xml: bytes, after: int, rows: Sequence[Mapping[int, str]]) -> bytes:
    """A sheet with rows after a line; blank rows that stand there, because they have a format, are filled."""
    refused = f"{where}: cannot be extended in place; open the workbook, save it again, and retry"
    at, copied, blank, prefix = 0, 0, dict[int, bytes](), b""
    for match in _ROW.finditer(xml):
        number = _NUMBER.search(match["attributes"])
        if number is None:
            raise InputError(refused)
        line, prefix = int(number[1]), match["prefix"]
        if line <= after or _FORMULA.search(match[0]):  # one whose value is empty is somebody's all the same
            at = copied = match.end()
            after, blank = max(after, line), {}
        elif line <= after + len(rows):
            blank[line], copied = match[0], match.end()
        else:
            break
    if not at:
        raise InputError(f"{where}: the sheet is empty; write its headings first")
    new = (_filled(prefix, line, cells, blank.get(line, b"")) for line, cells in enumerate(rows, after + 1))
    return xml[:at] + b"".join(new) + xml[copied:]


def appended_book(path: Path, sheets: Mapping[str, tuple[int, Sequence[Mapping[int, str]]]]) -> bytes:
    """The workbook with rows of texts (by column, counted from 0) added to some sheets; all else stays.

    Each sheet comes with the line of its last row that holds something. Raises InputError where the workbook cannot be
    extended in place.
    """
    if _is_ods(path):
        from kg.formats.patching_ods import appended_ods

        return appended_ods(path, sheets)
    parts = {part: title for title, part in _sheet_parts(path).items() if title in sheets}

    def change(part: str, xml: bytes) -> bytes:
        if part not in parts:
            return xml
        title = parts[part]
        return _extended(f"{path.name}, {title}", xml, *sheets[title])

    return rewritten(path, change)
