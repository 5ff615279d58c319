"""Workbooks made cell by cell, for tests."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

Rows = Sequence[Sequence[Any]]
ACTORS: Rows = [
    ["Id", "Kind", "Type", "Name (English)", "Acronym", "Status", "Confidence"],
    ["union", "organization", "peasant-union", "Green Union", "GU", "stated", "high"],
    ["chamber", "organization", "business-association", "Blue Chamber", None, "stated", "medium"],
]
RELATIONS: Rows = [
    ["Id", "From", "Relation", "To", "From (date)", "Status", "Confidence"],
    ["r1", "union", "alliance", "chamber", "2010", "stated", "high"],
]


def xlsx(path: Path, **sheets: Rows) -> Path:
    """A workbook with the given sheets, named by keyword."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def edited(path: Path, changes: Mapping[str, tuple[bytes, bytes]]) -> Path:
    """The workbook with bytes replaced in parts of it."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for part, (old, new) in changes.items():
        assert old in parts[part], parts[part][:2000]
        parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def ods(path: Path, body: str, manifest: str = "<manifest/>") -> Path:
    """An OpenDocument spreadsheet with the given tables."""
    spaces = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", manifest)
        inner = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        package.writestr("content.xml", f"<office:document-content {spaces}>{inner}</office:document-content>")
    return path


def ods_table(title: str, rows: Rows) -> str:
    """A table of an OpenDocument spreadsheet, every cell a text."""
    cells = (["".join(f"<table:table-cell><text:p>{c or ''}</text:p></table:table-cell>" for c in row)] for row in rows)
    return (
        f'<table:table table:name="{title}">'
        + "".join(f"<table:table-row>{c[0]}</table:table-row>" for c in cells)
        + "</table:table>"
    )
