"""Folders of tables of any size, to N-Quads or N-Triples in canonical order, in memory that grows with the ids alone.

Two walks over the tables: the first takes down which ids there are, the second checks cell by cell, as `tables` does, and
writes. The triples of a thing stand together, so things are sorted, in parts on disk that are merged at the end.
"""

from __future__ import annotations

import functools
import heapq
import tempfile
from array import array
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from kg.errors import FindingsError
from kg.findings import Finding
from kg.formats.csvw import Column, Table, shipped_description
from kg.formats.dataset import Dataset, read_json
from kg.formats.delimited import decode, file_bytes, unguarded
from kg.formats.labels import fold
from kg.formats.large import TextFile, read_block, write_block
from kg.formats.material import Material
from kg.formats.records import Book, Placed, Row, RowReader
from kg.formats.sheets import Problem, Sheet
from kg.formats.sheets import Row as Cells
from kg.formats.tables import TableReader
from kg.formats.whole import whole_file

__all__ = ["FORMATS", "stream_folder", "stream_material"]

FORMATS = ("nq", "nt")
_IN_MEMORY = 100_000
"""So many things are sorted at a time."""
_BATCH = 500
_MOST_FINDINGS = 10_000
_NAMES = ("name_en", "name_es", "name_fr", "acronym", "title")


class _Unguarded:
    """The rows of a file, without the apostrophes that keep spreadsheet programs from calculating."""

    def __init__(self, file: TextFile) -> None:
        self.file = file

    def __iter__(self) -> Iterator[Cells]:
        for line, cells in self.file:
            yield line, [unguarded(c) if c.startswith("'") else c for c in cells]


def _sheets(folder: Path, problems: list[Finding]) -> Iterator[tuple[Table | None, Sheet]]:
    known = {t.url: t for t in shipped_description().values()}
    for path in sorted(p for p in folder.iterdir() if p.suffix.lower() == ".csv"):
        table = known.get(path.name)
        sheet = Sheet(path.name, [])
        if table:
            file = TextFile(path, strict=True)
            found = decode(file_bytes(path)) if file.remark else None
            if isinstance(found, Problem):
                problems.append(Finding("error", found.check, found.what, found.todo, file=path.name))
                continue
            sheet.rows = _Unguarded(file)
        yield table, sheet


class _Sorter:
    """Takes the triples of things in any order and gives them in the order of the things."""

    def __init__(self) -> None:
        self.blocks: list[tuple[str, str]] = []
        self.parts: list[IO[bytes]] = []

    def add(self, subject: str, text: str) -> None:
        self.blocks.append((subject, text))
        if len(self.blocks) >= _IN_MEMORY:
            self.blocks.sort()
            part = tempfile.TemporaryFile(prefix="kg-")  # noqa: SIM115  # lives until all are merged
            for at in range(0, len(self.blocks), _BATCH):
                write_block(part, self.blocks[at : at + _BATCH])
            part.seek(0)
            self.parts.append(part)
            self.blocks = []

    @staticmethod
    def _of(part: IO[bytes]) -> Iterator[tuple[str, str]]:
        while blocks := read_block(part):
            yield from blocks

    def merged(self) -> Iterator[str]:
        """The triples of each thing; those that stand in several graphs, or twice in none, in one order."""
        self.blocks.sort()
        before, text = "", ""
        for subject, more in heapq.merge(*(self._of(p) for p in self.parts), self.blocks):
            if subject == before:
                text = "".join(f"{line}\n" for line in sorted({*text.split("\n"), *more.split("\n")} - {""}))
                continue
            yield text
            before, text = subject, more
        yield text

    def __del__(self) -> None:
        for part in self.parts:
            part.close()


class _Homes(Mapping[str, str]):
    """Source or evidence, as a term, to the graph of what rests on it; a number per evidence is all that is held."""

    def __init__(self, stream: _Stream) -> None:
        self.stream = stream
        self.sources: dict[str, int] = {}
        self.of_line = array("I")
        self.graphs: dict[str, str] = {}

    def note(self, line: int, source: str) -> None:
        """Remembers the source of the evidence in a line."""
        if line >= len(self.of_line):
            self.of_line.extend([0] * (line + 1 - len(self.of_line)))
        self.of_line[line] = self.sources.setdefault(source, len(self.sources) + 1)

    def __getitem__(self, term: str) -> str:
        if term in self.graphs:
            return self.graphs[term]
        stream = self.stream
        key = unquote(term[1 + len(stream.out.dataset.base) : -1])
        number = stream.numbers[key]
        if stream.tables[number % len(stream.tables)] != "evidence":
            raise KeyError(term)
        source = self.terms[self.of_line[number // len(stream.tables)]]
        return self.graphs[source]

    @functools.cached_property
    def terms(self) -> list[str]:
        """The terms of the sources in the order of their numbers."""
        return ["", *(self.stream.term_of(source) for source in self.sources)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.graphs)

    def __len__(self) -> int:
        return len(self.graphs)


class _Stream(TableReader):
    """Rows from wherever `_walk` takes them, as often as it is called."""

    def __init__(self, dataset: Dataset, *, graphs: bool) -> None:
        super().__init__(Book(dataset, ()))
        self.graphs = graphs
        self.sorter = _Sorter()
        self.tables = list(self.description)
        self.numbers: dict[str, int] = {}
        """Id to line and table in one number, since there are millions."""
        self.named: dict[str, str] | None = None
        self.count = 0

    def table_of(self, key: str) -> str | None:
        number = self.numbers.get(key)
        return None if number is None else self.tables[number % len(self.tables)]

    def term_of(self, key: str) -> str:
        return f"<{self._iri(key)}>"

    def _subject(self, key: str) -> str:
        return self.term_of(key)

    def known(self, tables: Container[str]) -> Iterable[str]:
        return (k for k, n in self.numbers.items() if self.tables[n % len(self.tables)] in tables)

    def _named(self, column: Column, value: str) -> list[str]:
        if self.named is None:
            self.named = {}
            for row in self._walk(RowReader(), []):
                for name in _NAMES if row.placed.table.name != "relations" else ():
                    text, key = fold(row.cells.get(name, "")), row.cells.get("id", "")
                    self.named[text] = key if self.named.get(text, key) == key else ""
        key = self.named.get(fold(value), "") if fold(value) else ""
        return [key] if key and self.table_of(key) in column.refers_to else []

    def _walk(self, reader: RowReader, problems: list[Finding]) -> Iterator[Row]:
        raise NotImplementedError

    def _first_walk(self) -> Mapping[str, str]:
        """Source or evidence, as a term, to the graph of what rests on it."""
        index = {name: n for n, name in enumerate(self.tables)}
        parents: dict[str, str] = {}
        homes = _Homes(self)
        for row in self._walk(RowReader(), []):
            key, name = row.cells.get("id", ""), row.placed.table.name
            if not key:
                continue
            known = self.numbers.get(key)
            if known is not None:
                first = f"{self.description[self.tables[known % len(self.tables)]].url}:{known // len(self.tables)}"
                what = f"the id {key!r} already stands in {first}"
                self.problem("duplicate-id", row, "id", what, "give every row an id of its own")
                continue
            self.numbers[key] = row.line * len(self.tables) + index[name]
            if name == "sources":
                parents[key] = row.cells.get("part_of", "")
            elif name == "evidence":
                homes.note(row.line, row.cells.get("source", ""))
        homes.graphs = self.graphs_of(parents, {})
        return homes

    def emit(self, home: str, lines: list[str]) -> None:
        ending = f" <{home}> .\n" if self.graphs else " .\n"
        subject = lines[0].partition(" ")[0]
        self.sorter.add(subject, "".join(sorted(line[:-2] + ending for line in set(lines))))

    def convert_all(self) -> None:
        """Walks twice; what is wrong is in `reader.findings` then."""
        graphs = self._first_walk()
        problems: list[Finding] = []
        for row in self._walk(self.reader, problems):
            self._convert(row, graphs)
            self.count += 1
            if len(self.reader.findings) > _MOST_FINDINGS:
                break
        self.reader.findings += problems
        self._describe()
        for home, lines in self.out.lines.items():
            self.emit(home, lines)


class _OfFolder(_Stream):
    def __init__(self, folder: Path, *, graphs: bool) -> None:
        super().__init__(read_json(folder), graphs=graphs)
        self.folder = folder

    def _walk(self, reader: RowReader, problems: list[Finding]) -> Iterator[Row]:
        for table, sheet in _sheets(self.folder, problems):
            if table is None:
                reader.not_a_table(sheet)
                continue
            placed = Placed(table, sheet)
            self.titles[table.name] = sheet.title
            yield from reader.each(placed)
            reader.add_problems(placed)


class _OfMaterial(_Stream):
    def __init__(self, material: Material, *, graphs: bool) -> None:
        super().__init__(material.dataset, graphs=graphs)
        self.material = material

    def _walk(self, reader: RowReader, problems: list[Finding]) -> Iterator[Row]:  # noqa: ARG002  # as for folders
        for name, records in self.material.tables.items():
            table = self.description[name]
            placed = Placed(table, Sheet(table.url, []), {c.name: n for n, c in enumerate(table.columns)}, table.columns)
            for line, cells in enumerate(records, 2):
                yield Row(placed, line, cells)


def stream_folder(folder: Path, target: Path) -> int:
    """How many rows of a folder of tables were written to a file of a format of FORMATS, which appears whole or not at all.

    Raises FindingsError with every finding where a table has errors, InputError where the place cannot be written.
    """
    return _written(_OfFolder(folder, graphs=target.suffix.lower() == ".nq"), str(folder), target)


def stream_material(material: Material, target: Path) -> int:
    """As `stream_folder`, of tables that were made, too large to be held."""
    return _written(_OfMaterial(material, graphs=target.suffix.lower() == ".nq"), material.dataset.id, target)


def _written(stream: _Stream, name: str, target: Path) -> int:
    stream.convert_all()
    findings = sorted(stream.reader.findings, key=lambda f: f.sort_key)
    if any(f.is_error for f in findings):
        raise FindingsError(name, findings)
    with whole_file(target) as out:
        for text in stream.sorter.merged():
            out.write(text.encode())
    return stream.count
