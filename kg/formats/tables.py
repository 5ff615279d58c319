"""Tables described by `ontology/tables.json`, from a folder of CSV files, a workbook or an importer, to RDF.

Every row becomes one thing `{base}{id}`; each cell one triple per value. Rows are filed by source: the graph of a row is
the source that its evidence leads to. All errors of all tables are collected before anything is handed on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import near_names
from kg.findings import Finding
from kg.formats.csvw import Column, shipped_description
from kg.formats.dataset import Dataset
from kg.formats.plans import RDF_TYPE, REMEMBERED, Plan
from kg.formats.records import Book, Placed, Row, RowReader
from kg.formats.terms import CellReader, literal
from kg.vocabulary import KG, LANGUAGES, expand

__all__ = ["Book", "Dataset", "Placed", "TableReader", "Tables", "read_book", "read_tables"]

_NAMES = ("name_en", "name_es", "name_fr", "acronym", "title", "aliases")
_FILED = ("evidence", "source")
"""Columns that lead to the source under which a row is filed."""
_TEXTS = tuple(f"{name}_{lang}" for name in ("text", "paraphrase") for lang in LANGUAGES)
_MINTED_FROM = ("name_en", "name_es", "name_fr", "title", "acronym", *_TEXTS)


@dataclass
class Tables:
    """Tables, read and checked.

    `findings` holds what is wrong; `lines` the N-Triples per graph IRI, meaningful only where nothing is an error.
    """

    dataset: Dataset
    findings: list[Finding] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    places: dict[str, tuple[Placed, int]] = field(default_factory=dict)
    """IRI of a thing to its table and line, for messages about it."""
    rows: int = 0
    records: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    """By table: column name to cell, concepts and references as ids; filled only where they were asked for."""


class TableReader:
    """Reads and checks the rows of a book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.out = Tables(book.dataset)
        self.description = shipped_description()
        self.rows: dict[str, list[Row]] = {}
        self.ids: dict[str, tuple[str, Row]] = {}
        self.terms: dict[str, str] = {}
        self.names: dict[str, set[str]] | None = None
        self.near: dict[tuple[str, ...], tuple[str, ...]] = {}
        """By tables: the ids in them."""
        self.titles: dict[str, str] = {}
        self.home = book.dataset.home
        """IRI of the graph for what rests on no source."""
        self.plans: dict[int, Plan] = {}
        self.reader = RowReader()
        self.problem = self.reader.problem
        self.cells = CellReader(self.problem)

    def read(self, *, records: bool = False) -> Tables:
        """The tables, read and checked; with `records` also as cells."""
        for placed, rows in self.reader.rows(self.book):
            self.titles[placed.table.name] = placed.sheet.title
            self.rows.setdefault(placed.table.name, []).extend(rows)
        self._index()
        home_of = self._graphs().get
        for rows in self.rows.values():
            for row in rows:
                self._convert(row, home_of)
        self._describe()
        self.out.rows = sum(len(rows) for rows in self.rows.values())
        self.out.findings = sorted(self.reader.findings, key=lambda f: f.sort_key)
        if records:
            self.out.records = {name: [self._record(row) for row in rows] for name, rows in self.rows.items()}
        return self.out

    def _index(self) -> None:
        blank: list[Row] = []
        for name, rows in self.rows.items():
            for row in rows:
                key = row.cells.get("id", "")
                if not key:
                    blank.append(row)
                elif key in self.ids:
                    other = self.ids[key][1]
                    place = other.placed.sheet.cell(None, other.line) or f"{other.placed.sheet.title}:{other.line}"
                    what = f"the id {key!r} already stands in {place}"
                    self.problem("duplicate-id", row, "id", what, "give every row an id of its own")
                else:
                    self._register(key, name, row)
        for row in blank:
            if row.placed.sheet.workbook:
                key = row.cells["id"] = self._mint(row)
                self._register(key, row.placed.table.name, row)

    def _register(self, key: str, name: str, row: Row) -> None:
        iri = self._iri(key)
        self.ids[key] = (name, row)
        self.terms[key] = f"<{iri}>"
        self.out.places[iri] = (row.placed, row.line)

    def _mint(self, row: Row) -> str:
        """An id for a row of a workbook that has none: from its name, else from what it must hold."""
        from kg.formats.material import slug

        text = next((row.cells[c] for c in _MINTED_FROM if c in row.cells), "")
        if not text:
            required = [c.name for c in row.placed.table.columns if c.required and c.name not in ("status", "confidence")]
            text = " ".join([row.placed.table.name[:1], *(row.cells.get(c, "") for c in required)])
        base = slug(text)
        key, number = base, 2
        while key in self.ids:
            key, number = f"{base}-{number}", number + 1
        return key

    def _iri(self, key: str) -> str:
        return self.out.dataset.iri(key)

    def _graphs(self) -> dict[str, str]:
        parents = {r.cells.get("id", ""): r.cells.get("part_of", "") for r in self.rows.get("sources", ())}
        sources = {r.cells.get("id", ""): r.cells.get("source", "") for r in self.rows.get("evidence", ())}
        return self.graphs_of(parents, sources)

    def graphs_of(self, parents: Mapping[str, str], sources: Mapping[str, str]) -> dict[str, str]:
        """Id of an evidence or source to the IRI of the graph for what rests on it.

        `parents` leads from a source to the one that it is part of, `sources` from an evidence to its source.
        """
        own = self.out.dataset.sources
        graphs: dict[str, str] = {}
        for source in parents:
            node, seen = source, {source}
            while node not in own and parents.get(node) and parents[node] not in seen:
                node = parents[node]
                seen.add(node)
            graphs[source] = self._iri(node if node in own else source)
        for evidence, source in sources.items():
            graphs[evidence] = graphs.get(source, "")
        return {key: iri for key, iri in graphs.items() if key and iri}

    def _convert(self, row: Row, home_of: Callable[[str], str | None]) -> None:
        plan = self.plans.get(id(row.placed))
        if plan is None:
            plan = self.plans[id(row.placed)] = Plan.of(row.placed)
        given = row.cells
        tails, homes = plan.classes[:], set()
        for name in plan.required:
            if not given.get(name) and (row.placed.sheet.title, row.line, name) not in self.reader.refused:
                self.problem("required", row, name, "the cell is empty", "fill it in")
        for name, cell in given.items():
            if not cell or name not in plan.cells:
                continue
            column, predicate, known = plan.cells[name]
            if known is not None and cell in known:
                tails += known[cell]
                continue
            before, wrong = len(tails), len(self.reader.findings)
            for value in map(str.strip, cell.split(column.separator)) if column.separator else (cell,):
                if not value:
                    continue
                if column.refers_to:
                    key = self._reference(row, column, value.strip())
                    if key:
                        tails.append(predicate + self.term_of(key))
                        if name in _FILED and (home := home_of(key)):
                            homes.add(home)
                elif term := self.cells.term(row, column, value):
                    tails.append(predicate + term)
            if known is not None and len(known) < REMEMBERED and wrong == len(self.reader.findings):
                known[cell] = tails[before:]
        key = given.get("id", "")
        if plan.placed.table.name == "sources" and (home := home_of(key)):
            homes.add(home)
        subject = self._subject(key)
        for home in sorted(homes) or [self.home]:
            self.emit(home, subject, tails)

    def _subject(self, key: str) -> str:
        return self.terms.get(key) or f"<{self._iri('')}>"

    def emit(self, home: str, subject: str, tails: list[str]) -> None:
        """Takes the triples of one thing that are filed under `home`, each as predicate and object."""
        self.out.lines[home] += [f"{subject} {tail} ." for tail in tails]

    def table_of(self, key: str) -> str | None:
        """The table in which an id stands."""
        place = self.ids.get(key)
        return place[0] if place else None

    def term_of(self, key: str) -> str:
        """The term of the thing with that id."""
        return self.terms[key]

    def known(self, tables: Container[str]) -> Iterable[str]:
        """The ids that stand in some tables."""
        return [k for k, (t, _) in self.ids.items() if t in tables]

    def _called(self, table: str) -> str:
        return self.titles.get(table, self.description[table].url)

    def _reference(self, row: Row, column: Column, value: str) -> str | None:
        """The id that `value` is, or the id of the one thing that is called so."""
        place = self.table_of(value)
        if place in column.refers_to:
            return value
        if place is None:
            named = self._named(column, value)
            if len(named) == 1:
                return named[0]
            if named:
                what = f"{value!r} is the name of several rows ({', '.join(named[:4])})"
                self.problem("ambiguous-reference", row, column.name, what, "write the id of the one that is meant")
                return None
            tables = " or ".join(self._called(t) for t in column.refers_to[:4])
            todo = f"{self._near(value, column.refers_to)}; it must stand in {tables}"
            self.problem("unknown-reference", row, column.name, f"there is no row with the id {value!r}", todo)
            return None
        what = f"{value!r} is a row of {self._called(place)}"
        todo = f"name a row of {' or '.join(self._called(t) for t in column.refers_to)}"
        self.problem("wrong-reference", row, column.name, what, todo)
        return None

    def _near(self, value: str, tables: tuple[str, ...]) -> str:
        """Which ids of some tables are like a value; those are asked for again wherever somebody misspells."""
        if tables not in self.near:
            self.near[tables] = tuple(self.known(tables))
        return near_names(value, self.near[tables])

    def _named(self, column: Column, value: str) -> list[str]:
        from kg.formats.labels import fold

        if self.names is None:
            self.names = defaultdict(set)
            for key, (_, row) in self.ids.items():
                for name in _NAMES:
                    for part in row.cells.get(name, "").split(";" if name == "aliases" else "\0"):
                        self.names[fold(part)].add(key)
        found = self.names.get(fold(value), set()) if fold(value) else set()
        return sorted(key for key in found if self.ids[key][0] in column.refers_to)

    def _record(self, row: Row) -> dict[str, str]:
        """The cells of a row, concepts and references as ids."""
        record = dict(row.cells)
        for column in row.placed.table.columns:
            cell = record.get(column.name)
            if cell and (column.concepts or column.refers_to):
                parts = [v.strip() for v in cell.split(column.separator)] if column.separator else [cell.strip()]
                look = self.cells.concept if column.concepts else self._reference
                known = [look(row, column, v) or v for v in parts if v]
                if known != parts:
                    record[column.name] = (column.separator or ";").join(known)
        return record

    def _describe(self) -> None:
        """Adds the triples about the data set itself."""
        dataset = self.out.dataset
        node = f"<{self.home}>"
        tails = [f"{RDF_TYPE} <{KG}Dataset>", f"<{expand('dcterms:identifier')}> {literal(dataset.id)}"]
        for prop, texts in (
            ("dcterms:title", dataset.title),
            ("dcterms:description", dataset.description),
            ("dcterms:rights", dataset.licence_statement),
        ):
            tails += [f"<{expand(prop)}> {literal(text)}@{lang}" for lang, text in sorted(texts.items())]
        for prop, text in (
            ("dcterms:license", dataset.licence),
            ("kg:referenceDate", dataset.reference_date),
            ("dcat:version", dataset.version),
        ):
            if text:
                tails.append(f"<{expand(prop)}> {literal(text)}")
        for source in dataset.sources:
            if self.table_of(source):
                tails.append(f"<{expand('dcterms:source')}> <{self._iri(source)}>")
            else:
                what, todo = f"there is no source {source!r}", f"add it to {self._called('sources')}"
                self.reader.findings.append(
                    Finding("error", "unknown-reference", what, todo, "dataset.json", None, "sources")
                )
        self.emit(self.home, node, tails)


def read_book(book: Book, *, records: bool = False) -> Tables:
    """The tables of a book as N-Triples lines by graph, and what is wrong in them; with `records` also as cells."""
    return TableReader(book).read(records=records)


def read_tables(path: Path, *, records: bool = False) -> Tables:
    """The tables of a folder, a workbook, or a file of another program that can be imported.

    Raises InputError where nothing in it is a table.
    """
    from kg.formats.opening import open_book

    return read_book(open_book(path), records=records)
