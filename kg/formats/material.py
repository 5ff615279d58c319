"""Tables in memory: what importers make, what workbooks and folders are written from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.formats.csvw import shipped_description
from kg.formats.dataset import Dataset
from kg.formats.delimited import csv_bytes
from kg.formats.labels import fold
from kg.writing import whole_folder

__all__ = ["Material", "Record", "check_new", "slug", "write_files", "write_folder"]

Record = dict[str, str]
"""Column name to cell; empty cells are left out."""


@dataclass
class Material:
    """A data set as records by table, in order."""

    dataset: Dataset
    tables: dict[str, list[Record]] = field(default_factory=dict)

    def add(self, table: str, **cells: str) -> Record:
        """The record that was added at the end of a table; empty cells are left out."""
        record = {name: cell for name, cell in cells.items() if cell and not cell.isspace()}
        self.tables.setdefault(table, []).append(record)
        return record


_TO_BLANKS = {n: " " for n in range(128) if not chr(n).isalnum()}
"""What of ASCII stands between words."""


def slug(text: str, longest: int = 60) -> str:
    """A short id made from a name: lower case, without accents, words joined by hyphens; `x` where nothing is left."""
    # Of ASCII the same words, in a third of the time.
    words = text.lower().translate(_TO_BLANKS).split() if text.isascii() else re.findall(r"[^\W_]+", fold(text))
    return "-".join(words)[:longest].strip("-") or "x"


_CHUNK = 10_000
"""So many rows are written at a time."""


def _chunks(columns: list[str], records: Iterable[Record]) -> Iterator[bytes]:
    rows: list[list[str]] = [columns]
    for record in records:
        rows.append([record.get(c, "") for c in columns])
        if len(rows) >= _CHUNK:
            yield csv_bytes(rows)
            rows = []
    yield csv_bytes(rows)


def _files(material: Material) -> Iterator[tuple[str, Iterable[bytes]]]:
    for name, table in shipped_description().items():
        if name in material.tables:
            yield table.url, _chunks([c.name for c in table.columns], material.tables[name])
    head = json.dumps(material.dataset.as_dict(), ensure_ascii=False, indent=1)
    yield "dataset.json", [(head + "\n").encode()]


def write_folder(material: Material, folder: Path) -> None:
    """Writes CSV tables and `dataset.json`; the folder appears whole or not at all.

    Raises InputError where something of that name exists already or the place cannot be written.
    """
    write_files(_files(material), folder)


def check_new(folder: Path) -> None:
    """Nothing; raises InputError where a new folder cannot stand there, since something else does."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder}: exists already; name another folder or remove it")


def write_files(files: Iterable[tuple[str, bytes | Iterable[bytes]]], folder: Path) -> None:
    """Writes files, whole or in parts, by name into a new folder, which appears whole or not at all.

    Raises InputError where something of that name exists already or the place cannot be written.
    """
    check_new(folder)
    try:
        with whole_folder(folder) as aside:
            for name, content in files:
                with (aside / name).open("wb") as stream:
                    stream.writelines([content] if isinstance(content, bytes) else content)
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}); choose another place") from None
