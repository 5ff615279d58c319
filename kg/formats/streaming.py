"""Folders of tables of any size, to N-Quads, N-Triples, TriG or Turtle in canonical order, in memory that grows with the ids alone.

Two walks over the tables: the first takes down which ids there are, the second checks cell by cell, as `tables` does, and
writes. The triples of a thing stand together, so things are sorted, in parts on disk that are merged at the end.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path
from typing import IO

from kg.errors import FindingsError
from kg.findings import Finding
from kg.formats.csvw import Column, Table, shipped_description
from kg.formats.dataset import Dataset, read_json
from kg.formats.decisions import MATCHES
from kg.formats.delimited import decode, file_bytes, unguarded
from kg.formats.labels import fold
from kg.formats.large import EVERY, TextFile, read_block, tell, write_block
from kg.formats.material import Material
from kg.formats.records import Book, Placed, Row, RowReader
from kg.formats.sheets import Problem, Sheet
from kg.formats.sheets import Row as Cells
from kg.formats.tables import TableReader
from kg.formats.whole import whole_file

__all__ = ["FORMATS", "stream_folder", "stream_material"]

FORMATS = ("nq", "nt", "ttl", "trig")
_IN_MEMORY = 100_000
"""So many things are sorted at a time."""
_BATCH = 500
_AT_A_TIME = 500_000
"""So many triples are handed on at a time."""
_MOST_FINDINGS = 10_000
_MOST_HINTS = 50
"""So many misspelt ids are looked for among millions, half a second each."""
_Block = tuple[str, str, str, str]
"""The graph where things are wanted graph by graph, a thing, the graph where they are not, and the triples without thing and
graph, a line each."""
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
    for path in sorted(p for p in folder.iterdir() if p.suffix.lower() == ".csv" and p.name != MATCHES):
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
        self.blocks: list[_Block] = []
        self.parts: list[IO[bytes]] = []
        self.count = 0

    def add(self, outer: str, subject: str, home: str, tails: list[str]) -> None:
        """Takes triples of a thing, each without its subject; graphs are terms, empty for none."""
        self.blocks.append((outer, subject, home, "\n".join(sorted(set(tails)))))
        self.count += 1
        if len(self.blocks) >= _IN_MEMORY:
            self.blocks.sort()
            part = tempfile.TemporaryFile(prefix="kg-")  # noqa: SIM115  # lives until all are merged
            for at in range(0, len(self.blocks), _BATCH):
                write_block(part, self.blocks[at : at + _BATCH])
            part.seek(0)
            self.parts.append(part)
            self.blocks = []

    @staticmethod
    def _of(part: IO[bytes]) -> Iterator[_Block]:
        while blocks := read_block(part):
            yield from blocks

    def merged(self) -> Iterator[tuple[str, str]]:
        """The outer graph and the lines of each thing; those that stand in several graphs, or twice in none, in one order."""
        self.blocks.sort()
        before, text = ("", ""), ""
        for outer, subject, home, tails in heapq.merge(*(self._of(p) for p in self.parts), self.blocks):
            end = f" {home} .\n" if home else " .\n"
            more = f"{subject} " + tails.replace("\n", f"{end}{subject} ") + end
            if (outer, subject) == before:
                text = "".join(f"{line}\n" for line in sorted({*text.split("\n"), *more.split("\n")} - {""}))
                continue
            if text:
                yield before[0], text
            before, text = (outer, subject), more
        yield before[0], text

    def __del__(self) -> None:
        for part in self.parts:
            part.close()


class _Stream(TableReader):
    """Rows from wherever `_walk` takes them, as often as it is called."""

    def __init__(self, dataset: Dataset, to: str) -> None:
        super().__init__(Book(dataset, ()))
        self.to = to
        self.sorter = _Sorter()
        self.tables = list(self.description)
        self.numbers: dict[str, int] = {}
        """Id to table and, for evidence, source in one small number, since there are millions."""
        self.sources: dict[str, int] = {}
        """Source of evidence to the number of evidence that rests on it."""
        self.home_of_source: list[str | None] = []
        self.homes: dict[str, str] = {}
        self.named: dict[str, str] | None = None
        self.count = self.hints = 0

    def table_of(self, key: str) -> str | None:
        number = self.numbers.get(key)
        return None if number is None else self.tables[number % len(self.tables)]

    def term_of(self, key: str) -> str:
        return f"<{self._iri(key)}>"

    def _subject(self, key: str) -> str:
        return self.term_of(key)

    def known(self, tables: Container[str]) -> Iterable[str]:
        return (k for k, n in self.numbers.items() if self.tables[n % len(self.tables)] in tables)

    def home_of(self, key: str) -> str | None:
        """The graph of what rests on an evidence or source."""
        number = self.numbers.get(key, 0) // len(self.tables)
        return self.home_of_source[number] if number else self.homes.get(key)

    def _near(self, value: str, tables: tuple[str, ...]) -> str:
        self.hints += 1
        return super()._near(value, tables) if self.hints <= _MOST_HINTS else "write an id that there is"

    def _named(self, column: Column, value: str) -> list[str]:
        if self.named is None:
            self.named = {}
            for row in self._walk(RowReader(), []):
                key = row.cells.get("id", "")
                names = [row.cells.get(name, "") for name in _NAMES] if row.placed.table.name != "relations" else []
                for text in {fold(name) for name in (*names, *row.cells.get("aliases", "").split(";"))}:
                    self.named[text] = key if self.named.get(text, key) == key else ""
        key = self.named.get(fold(value), "") if fold(value) else ""
        return [key] if key and self.table_of(key) in column.refers_to else []

    def _walk(self, reader: RowReader, problems: list[Finding]) -> Iterator[Row]:
        raise NotImplementedError

    def _first_walk(self) -> None:
        """Takes down the ids, and to which source each leads."""
        index = {name: n for n, name in enumerate(self.tables)}
        parents: dict[str, str] = {}
        again: list[Row] = []
        for row in self._walk(RowReader(), []):
            key, name = row.cells.get("id", ""), row.placed.table.name
            if not key:
                continue
            number = index[name]
            if key in self.numbers:
                again += [row] if len(again) < _MOST_FINDINGS else []
                continue
            if name == "sources":
                parents[key] = row.cells.get("part_of", "")
            elif name == "evidence":
                source = row.cells.get("source", "")
                number = self.sources.setdefault(source, number + (len(self.sources) + 1) * len(self.tables))
            self.numbers[key] = number
        self.homes = self.graphs_of(parents, {})
        self.home_of_source = [None, *(self.homes.get(source) for source in self.sources)]
        if again:
            self._not_again(again)

    def _not_again(self, again: list[Row]) -> None:
        """Notes rows whose id stands before, and where; to find the latter the tables are walked once more."""
        wanted = {row.cells["id"] for row in again}
        first: dict[str, str] = {}
        for row in self._walk(RowReader(), []):
            if row.cells.get("id") in wanted:
                first.setdefault(row.cells["id"], f"{row.placed.sheet.title}:{row.line}")
        for row in again:
            what = f"the id {row.cells['id']!r} already stands in {first[row.cells['id']]}"
            self.problem("duplicate-id", row, "id", what, "give every row an id of its own")

    def emit(self, home: str, subject: str, tails: list[str]) -> None:
        graph = f"<{home}>"
        self.sorter.add(graph if self.to == "trig" else "", subject, graph if self.to == "nq" else "", tails)

    def convert_all(self) -> None:
        """Walks twice; what is wrong is in `reader.findings` then."""
        self._first_walk()
        problems: list[Finding] = []
        for row in self._walk(self.reader, problems):
            self._convert(row, self.home_of)
            self.count += 1
            if len(self.reader.findings) > _MOST_FINDINGS:
                break
        self.reader.findings += problems
        self._describe()

    def refuse(self, name: str) -> None:
        """Nothing; raises FindingsError where something in the tables is an error."""
        findings = sorted(self.reader.findings, key=lambda f: f.sort_key)
        if any(f.is_error for f in findings):
            raise FindingsError(name, findings)


class _OfFolder(_Stream):
    def __init__(self, folder: Path, to: str) -> None:
        super().__init__(read_json(folder), to)
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
    def __init__(self, material: Material, to: str) -> None:
        super().__init__(material.dataset, to)
        self.material = material

    def _walk(self, reader: RowReader, problems: list[Finding]) -> Iterator[Row]:  # noqa: ARG002  # as for folders
        for name, records in self.material.tables.items():
            table = self.description[name]
            placed = Placed(table, Sheet(table.url, []), {c.name: n for n, c in enumerate(table.columns)}, table.columns)
            for line, cells in enumerate(records, 2):
                if line % EVERY == 0:
                    tell(f"{self.material.dataset.id}, {name}", line / len(records))
                yield Row(placed, line, cells)
            tell(f"{self.material.dataset.id}, {name}", 1.0)


class _ByGraph(_OfFolder):
    """Hands on the triples graph by graph, as they come, many at a time."""

    def __init__(self, folder: Path, take: Callable[[str, list[str]], None]) -> None:
        super().__init__(folder, "nt")
        self.take = take
        self.waiting = 0

    def emit(self, home: str, subject: str, tails: list[str]) -> None:
        super(_Stream, self).emit(home, subject, tails)
        self.waiting += len(tails)
        if self.waiting >= _AT_A_TIME:
            self.hand_on()

    def hand_on(self) -> None:
        """Hands on what is waiting."""
        for graph, lines in self.out.lines.items():
            self.take(graph, lines)
        self.out.lines.clear()
        self.waiting = 0


def stream_lines(folder: Path, take: Callable[[str, list[str]], None]) -> str:
    """The base IRI of a folder of tables whose N-Triples `take` was given with the IRI of their graph, in parts.

    Raises FindingsError with every finding where a table has errors; parts may have been taken by then.
    """
    stream = _ByGraph(folder, take)
    stream.convert_all()
    stream.refuse(str(folder))
    stream.hand_on()
    return stream.out.dataset.base


def stream_folder(folder: Path, target: Path) -> int:
    """How many rows of a folder of tables were written to a file of a format of FORMATS, which appears whole or not at all.

    Raises FindingsError with every finding where a table has errors, InputError where the place cannot be written.
    """
    return _written(_OfFolder(folder, _syntax(target)), str(folder), target)


def stream_material(material: Material, target: Path) -> int:
    """As `stream_folder`, of tables that were made, too large to be held."""
    return _written(_OfMaterial(material, _syntax(target)), material.dataset.id, target)


def _syntax(target: Path) -> str:
    return target.suffix.lower().lstrip(".")


def _written(stream: _Stream, name: str, target: Path) -> int:
    stream.convert_all()
    stream.refuse(name)
    with whole_file(target) as out:
        for part in _bytes(stream, target.name):
            out.write(part)
    return stream.count


def _bytes(stream: _Stream, name: str) -> Iterator[bytes]:
    """What is written, thing by thing, told as it goes."""

    def told() -> Iterator[tuple[str, str]]:
        for number, thing in enumerate(stream.sorter.merged()):
            if number % EVERY == 0:
                tell(name, number / stream.sorter.count)
            yield thing
        tell(name, 1.0)

    if stream.to not in ("ttl", "trig"):
        return (text.encode() for _, text in told())
    import pyoxigraph as ox

    from kg.formats.canonical import turtle

    return turtle((graph, list(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))) for graph, text in told())
