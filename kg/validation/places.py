"""Where a thing and a property of it were written: table, line and column; in RDF files the line that first describes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.findings import Finding
from kg.formats.csvw import Column, Table
from kg.formats.opening import is_tables
from kg.formats.records import Placed
from kg.formats.tables import Tables, read_tables

__all__ = ["Places"]

_PREFIX = re.compile(r"\s*(?:@prefix|PREFIX)\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE)
_SUBJECT = re.compile(r'\s*(?:<([^>\s]+)>|([\w.-]*):([\w.~%-]+)|.*?(?:rdf:about="|"@id"\s*:\s*")([^"]+)")(?=[\s";{<,/>]|$)')


def _subjects(path: Path) -> Iterator[tuple[str, int]]:
    """IRI and line of what each line of an RDF file begins to describe, as far as one line tells it."""
    prefixes: dict[str, str] = {}
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            prefix = _PREFIX.match(line)
            if prefix:
                prefixes[prefix[1]] = prefix[2]
                continue
            found = _SUBJECT.match(line)
            if found:
                iri = found[1] or found[4] or (prefixes[found[2]] + found[3] if found[2] in prefixes else "")
                if iri:
                    yield iri, number


class Places:
    """The places of the things that come from given sources."""

    def __init__(self, sources: Iterable[str], read: Mapping[str, Tables] | None = None) -> None:
        """`read` holds, by their path, tables that were read already."""
        read = read or {}
        paths = [Path(s) for s in sources]
        tables = [p for p in paths if str(p) != "-" and is_tables(p)]
        self._rows: dict[str, tuple[str, Placed, int]] = {}
        self._lines: dict[str, tuple[str, int]] = {}
        for path in paths:
            if path in tables:
                folder = f"{path.name}/" if len(tables) > 1 else ""
                here = read.get(str(path)) or read_tables(path)
                self._rows.update({iri: (folder, *place) for iri, place in here.places.items()})
            elif path.is_file() and path.suffix != ".gz":
                for iri, line in _subjects(path):
                    self._lines.setdefault(iri, (path.name, line))
        self._file = paths[0].name if len(paths) == 1 and paths[0].is_file() else ""

    def _column(self, table: Table, prop: str, lang: str | None) -> Column | None:
        columns = [c for c in table.columns if c.property == prop]
        return next((c for c in columns if c.lang == lang), columns[0] if columns else None)

    def finding(
        self, level: str, check: str, what: str, todo: str, iri: str, name: str, prop: str = "", lang: str | None = None
    ) -> Finding:
        """A finding about the thing `iri`, called `name`, at the cell that states `prop` (in `lang`, where it matters)."""
        if iri in self._rows:
            folder, placed, line = self._rows[iri]
            column = self._column(placed.table, prop, lang) if prop else None
            finding = placed.finding(level, check, what, todo, line, column.name if column else "", name)
            return finding.within(folder)
        name_of_file, row = self._lines.get(iri, (self._file, None))
        return Finding(level, check, what, todo, name_of_file, row, thing=name)
