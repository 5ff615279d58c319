"""Single cells of an OpenDocument spreadsheet changed in place, and rows added to its tables; all else stays byte for byte.

Cells are counted as the reader counts them (`kg.formats.ods`). A cell that stands for several of the same content is divided
where only some of them change.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, unescape

from kg.errors import InputError
from kg.formats.package import open_package, rewritten, scan
from kg.formats.sheets import column_letters

__all__ = ["appended_ods", "ods_formula_cells", "patched_ods"]

_CONTENT = "content.xml"
_PIECE = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"""|<(?P<end>/?)(?P<name>[^\s/>]+)(?P<attributes>(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(?P<empty>/?)>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SPACES = ("office", "table", "text")
_SPACE = re.compile(
    rb"""\sxmlns:([^\s=]+)\s*=\s*["']urn:oasis:names:tc:opendocument:xmlns:(%s):1\.0["']""" % "|".join(_SPACES).encode()
)
_OF_VALUE = {"value-type", "value", "date-value", "time-value", "boolean-value", "string-value", "currency"}
"""Attributes that say what a cell holds: they go with what it held."""
_COLUMNS, _ROWS = "number-columns-repeated", "number-rows-repeated"
_CELLS = ("table-cell", "covered-table-cell")
_BLANKS = re.compile(r"^ | $|(?<= ) |\t")


@dataclass
class _Element:
    """Where an element begins and ends, and its start tag."""

    name: bytes
    attributes: dict[bytes, bytes]
    begin: int
    inside: int
    """Where its content begins."""
    until: int = 0
    """Where its content ends."""
    end: int = 0
    sheet: str = ""
    line: int = 0
    column: int = 0
    parts: list[_Element] = field(default_factory=list)
    """The cells of a row, the content of a cell."""

    def get(self, name: str) -> bytes:
        return next((v for k, v in self.attributes.items() if _local(k) == name), b"")

    def repeated(self, name: str) -> int:
        return int(self.get(name) or 1)


def _local(name: bytes) -> str:
    return name.rpartition(b":")[2].decode()


def _rows(xml: bytes) -> Iterator[_Element]:
    """The rows of all tables with their cells, and these with the elements in them."""
    stack: list[_Element] = []
    notes = line = 0
    sheet = ""
    for found in _PIECE.finditer(xml):
        if found["name"] is None:
            continue
        if not found["end"]:
            attributes = {m[1]: m[2] or m[3] or b"" for m in _ATTRIBUTE.finditer(found["attributes"])}
            element = _Element(found["name"], attributes, found.start(), found.end())
            local = _local(element.name)
            above = stack[-1] if stack else None
            if above and _local(above.name) in _CELLS:
                above.parts.append(element)
            stack.append(element)
            if local == "annotation":
                notes += 1
            elif local == "table" and not notes:
                sheet, line = unescape(element.get("name").decode(), {"&quot;": '"', "&apos;": "'"}), 0
            elif local == "table-row" and not notes:
                element.sheet, element.line = sheet, line + 1
            elif local in _CELLS and above and _local(above.name) == "table-row":
                last = above.parts[-1] if above.parts else None
                element.sheet, element.line = sheet, above.line
                element.column = last.column + last.repeated(_COLUMNS) if last else 0
                above.parts.append(element)
            if not found["empty"]:
                continue
        element = stack.pop()
        element.until = found.start() if found["end"] else found.end()
        element.end = found.end()
        local = _local(element.name)
        if local == "annotation":
            notes -= 1
        elif local == "table-row" and not notes:
            yield element
            line += element.repeated(_ROWS)


def ods_formula_cells(path: Path) -> set[tuple[str, str]]:
    """Sheet title and address of every cell that holds a formula, which no repair may touch."""
    found = set()
    with open_package(path) as package:
        scan(package, _CONTENT)
        for row in _rows(package.read(_CONTENT)):
            for cell in (c for c in row.parts if c.get("formula")):
                for column in range(cell.column, cell.column + cell.repeated(_COLUMNS)):
                    for line in range(row.line, row.line + row.repeated(_ROWS)):
                        found.add((row.sheet, f"{column_letters(column)}{line}"))
    return found


class _Writer:
    """Writes cells as the document writes its own."""

    def __init__(self, name: str, xml: bytes) -> None:
        self.xml = xml
        self.prefix = {m[2].decode(): m[1] + b":" for m in _SPACE.finditer(xml)}
        if len(self.prefix) < len(_SPACES):
            raise InputError(f"{name}: cannot be changed in place; open it in a spreadsheet program, save it, and try again")

    def _text(self, value: str) -> bytes:
        """The paragraphs of a text; blanks that a program would drop are elements."""
        prefix = self.prefix["text"].decode()

        def blank(match: re.Match[str]) -> str:
            return f"<{prefix}tab/>" if match[0] == "\t" else f"<{prefix}s/>"

        lines = (_BLANKS.sub(blank, escape(line)) for line in value.split("\n"))
        return "".join(f"<{prefix}p>{line}</{prefix}p>" for line in lines).encode()

    def _element(self, name: bytes, attributes: dict[bytes, bytes], number: int, inside: bytes) -> bytes:
        if number > 1:
            attributes[self.prefix["table"] + _COLUMNS.encode()] = str(number).encode()
        start = b"".join(b" " + k + b'="' + v.replace(b'"', b"&quot;") + b'"' for k, v in attributes.items())
        return b"<" + name + start + (b">" + inside + b"</" + name + b">" if inside else b"/>")

    def cell(self, value: str, number: int = 1) -> bytes:
        """A cell that holds a text, or so many that hold none."""
        kind = {self.prefix["office"] + b"value-type": b"string"} if value else {}
        return self._element(self.prefix["table"] + b"table-cell", kind, number, self._text(value) if value else b"")

    def again(self, cell: _Element, value: str | None, number: int) -> bytes:
        """A cell, standing for so many, as it is or with another text: style and comments stay."""
        gone = (_COLUMNS,) if value is None else (_COLUMNS, *_OF_VALUE)
        kept = {k: v for k, v in cell.attributes.items() if _local(k) not in gone}
        inside = self.xml[cell.inside : cell.until]
        if value is not None:
            kept[self.prefix["office"] + b"value-type"] = b"string"
            others = [self.xml[p.begin : p.end] for p in cell.parts if _local(p.name) != "p"]
            at = int(bool(cell.parts) and _local(cell.parts[0].name) == "annotation")
            inside = b"".join([*others[:at], self._text(value), *others[at:]])
        return self._element(cell.name, kept, number, inside)


def _changed_row(
    name: str, writer: _Writer, row: _Element, wanted: dict[tuple[int, int], str]
) -> Iterator[tuple[int, int, bytes]]:
    """Begin, end and new content of the cells of a row that change; takes them out of what is wanted."""
    lines = range(row.line, row.line + row.repeated(_ROWS))
    places = [(line, column) for line, column in wanted if line in lines]
    news: dict[int, list[str]] = defaultdict(list)
    for place in places:
        news[place[1]].append(wanted[place])
    for cell in row.parts:
        columns = range(cell.column, cell.column + cell.repeated(_COLUMNS))
        here = [column for column in news if column in columns]
        if not here:
            continue
        if any(len(news[column]) < len(lines) or len(set(news[column])) > 1 for column in here):
            raise InputError(
                f"{name}: lines {lines[0]} to {lines[-1]} of {row.sheet!r} are stored as one; change one of them by hand first"
            )
        runs = groupby(news[column][0] if column in news else None for column in columns)
        yield cell.begin, cell.end, b"".join(writer.again(cell, text, len(list(group))) for text, group in runs)
    for line, column in places:
        if any(c.column <= column < c.column + c.repeated(_COLUMNS) for c in row.parts):
            del wanted[line, column]


def patched_ods(path: Path, sheets: Mapping[str, Mapping[tuple[int, int], str]]) -> bytes:
    """The spreadsheet with some cells, by title of their sheet, line and column, changed to texts; all else stays.

    Raises InputError where a cell is not there or the file cannot be changed in place.
    """

    def change(part: str, xml: bytes) -> bytes:
        if part != _CONTENT:
            return xml
        writer = _Writer(path.name, xml)
        wanted = {title: dict(cells) for title, cells in sheets.items()}
        pieces, copied = [], 0
        for row in _rows(xml):
            for begin, end, new in _changed_row(path.name, writer, row, wanted.get(row.sheet, {})):
                pieces += [xml[copied:begin], new]
                copied = end
        for title, left in wanted.items():
            for line, column in left:
                raise InputError(f"{path.name}: {title}!{column_letters(column)}{line}: there is no such cell; check again")
        return b"".join([*pieces, xml[copied:]])

    return rewritten(path, change)


def appended_ods(path: Path, sheets: Mapping[str, tuple[int, Sequence[Mapping[int, str]]]]) -> bytes:
    """The spreadsheet with rows of texts after a line of some sheets, by their title; all else stays.

    Raises InputError where a sheet has no such line or the file cannot be changed in place.
    """

    def change(part: str, xml: bytes) -> bytes:
        if part != _CONTENT:
            return xml
        writer = _Writer(path.name, xml)
        pieces, copied = [], 0
        left, added = dict(sheets), dict.fromkeys(sheets, 0)
        for row in _rows(xml):
            after, rows = left.get(row.sheet, (0, ()))
            number = row.repeated(_ROWS)
            if rows and row.line <= after < row.line + number:
                pieces += [xml[copied : row.end], *(_new_row(writer, cells) for cells in rows)]
                copied = row.end
                added[row.sheet] = len(left.pop(row.sheet)[1])
            elif number > added.get(row.sheet, 0) > 0:  # blank rows up to the last that a sheet can have
                fewer = f'{_ROWS}="{number - added.pop(row.sheet)}"'.encode()
                tag = re.sub(rb"""%s\s*=\s*["']\d+["']""" % _ROWS.encode(), fewer, xml[row.begin : row.inside])
                pieces += [xml[copied : row.begin], tag]
                copied = row.inside
        for title in left:
            raise InputError(f"{path.name}: the sheet {title!r} is empty; write its headings first")
        return b"".join([*pieces, xml[copied:]])

    return rewritten(path, change)


def _new_row(writer: _Writer, cells: Mapping[int, str]) -> bytes:
    name = writer.prefix["table"] + b"table-row"
    filled = sorted(column for column in cells if cells[column])
    inside, at = [], 0
    for column in filled:
        if column > at:
            inside.append(writer.cell("", column - at))
        inside.append(writer.cell(cells[column]))
        at = column + 1
    return b"<" + name + b">" + b"".join(inside) + b"</" + name + b">"
