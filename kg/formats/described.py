"""CSV tables with a description by W3C CSV on the Web (JSON metadata beside them), in.

Where the columns have properties the tables become triples, as CSV2RDF's minimal mode has it, and are read like any RDF:
our own model as tables, ORG, FOAF and others as actors and ties. Without properties they are read like any sheet, in the
dialect that the description states. Source: Generating RDF from Tabular Data on the Web (W3C Recommendation, 2015).
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

import pyoxigraph as ox

from kg.errors import InputError
from kg.formats.builder import Builder
from kg.formats.delimited import file_bytes
from kg.formats.sheets import Row, Sheet
from kg.vocabulary import expand, prefixes

__all__ = ["described_by", "looks", "read"]

_CONTEXT = "http://www.w3.org/ns/csvw"
_INHERITED = ("aboutUrl", "propertyUrl", "valueUrl", "datatype", "lang", "null", "separator", "default")
_XSD = {"number": "double", "any": "anyAtomicType", "binary": "base64Binary", "datetime": "dateTime"}
_NUMBERS = (
    "number",
    "decimal",
    "double",
    "float",
    "integer",
    "int",
    "long",
    "short",
    "nonNegativeInteger",
    "positiveInteger",
)
_EXPRESSION = re.compile(r"\{([#+]?)([\w%.,-]+)\}")
_SPACES = {"schema": "http://schema.org/", "opengov": "http://www.w3.org/ns/opengov#", "dc": "http://purl.org/dc/terms/"}


@dataclass
class _Described:
    """One table of a description."""

    path: Path
    raw: Mapping[str, Any]
    group: Mapping[str, Any]

    @property
    def schema(self) -> Mapping[str, Any]:
        found = self.raw.get("tableSchema") or self.group.get("tableSchema")
        return found if isinstance(found, dict) else {}

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The columns, each with what it inherits from schema, table and group."""
        out = []
        for number, raw in enumerate(c for c in self.schema.get("columns", ()) if isinstance(c, dict)):
            column = {k: v for level in (self.group, self.raw, self.schema) for k, v in level.items() if k in _INHERITED}
            column |= raw
            column.setdefault("name", _title(raw) or f"_col.{number + 1}")
            out.append(column)
        return out

    def dialect(self, name: str, otherwise: Any) -> Any:
        dialect = {**self.group.get("dialect", {}), **self.raw.get("dialect", {})}
        return dialect.get(name, otherwise)


def _title(column: Mapping[str, Any]) -> str:
    titles = column.get("titles")
    titles = next(iter(titles.values()), "") if isinstance(titles, dict) else titles
    return str(titles[0] if isinstance(titles, list) and titles else titles or "")


def _description(path: Path) -> tuple[Path, Any] | None:
    """The metadata that a path is, or that stands beside it as `x.csv-metadata.json` or `csv-metadata.json`."""
    own = path.suffix.lower() == ".json"
    for place in [path] if own else [path.with_name(f"{path.name}-metadata.json"), path.with_name("csv-metadata.json")]:
        try:
            content = json.loads(place.read_bytes()) if place.is_file() and place.stat().st_size < 10_000_000 else None
        except (OSError, ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            continue
        context = content.get("@context")
        if _CONTEXT in (context, *(context if isinstance(context, list) else ())):
            found = [t for t in _tables(place, content) if own or t.path == path]
            if found and all(t.path.is_file() for t in found if not own):
                return place, found
    return None


def _tables(place: Path, content: dict[str, Any]) -> list[_Described]:
    raw = content.get("tables", [content])
    tables = [t for t in raw if isinstance(t, dict) and isinstance(t.get("url"), str)] if isinstance(raw, list) else []
    # a description may name tables of its own folder only: nothing outside of it is opened
    return [_Described(place.parent / Path(t["url"]).name, t, content if "tables" in content else {}) for t in tables]


def looks(path: Path) -> bool:
    """True for a CSVW description and for a table that has one beside it."""
    return _description(path) is not None


def described_by(path: Path) -> set[Path]:
    """The tables that are read with a description of any name, since it names them."""
    found = _description(path) if path.suffix.lower() == ".json" else None
    return {t.path.resolve() for t in found[1]} if found else set()


def _rows(table: _Described) -> Iterator[Row]:
    encoding = str(table.dialect("encoding", "utf-8-sig"))
    try:
        codec = codecs.lookup("utf-8-sig" if encoding.casefold() in ("utf-8", "utf8") else encoding)
        text = codec.decode(file_bytes(table.path))[0]
    except (LookupError, UnicodeDecodeError):
        raise InputError(f"{table.path.name}: is not {encoding}, as its description says; correct one of the two") from None
    delimiter = str(table.dialect("delimiter", ","))[:1] or ","
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    prefix = table.dialect("commentPrefix", None)
    skipped = int(table.dialect("skipRows", 0))
    try:
        for number, cells in enumerate(reader):
            if number >= skipped and cells and not (prefix and cells[0].startswith(str(prefix))):
                yield reader.line_num, cells
    except csv.Error as error:
        raise InputError(f"{table.path.name}:{reader.line_num}: not valid CSV ({error}); correct the line") from None


def _body(table: _Described) -> tuple[list[str], list[Row]]:
    """Heading and rows, with as many heading and skipped rows as the description says."""
    rows = list(_rows(table))
    heads = int(table.dialect("headerRowCount", 1 if table.dialect("header", True) else 0))
    header = list(rows[0][1]) if heads and rows else [_title(c) or c["name"] for c in table.columns]
    return header, rows[heads:]


def _filled(template: str, cells: Mapping[str, str], base: str) -> str:
    def value(found: re.Match[str]) -> str:
        parts = [cells.get(name, "") for name in found[2].split(",")]
        return ",".join(parts if found[1] else [quote(p, safe="") for p in parts])

    text = _EXPRESSION.sub(value, template)
    prefix, _, local = text.partition(":")
    spaces = {**prefixes(), **_SPACES}
    iri = spaces[prefix] + local if prefix in spaces and not local.startswith("//") else urljoin(base, text)
    return re.sub(r"[\s<>\"{}|\\^`]", lambda m: quote(m[0]), iri)


def _literal(column: Mapping[str, Any], value: str) -> ox.Literal:
    datatype = column.get("datatype", "string")
    name = str(datatype.get("base", "string") if isinstance(datatype, dict) else datatype)
    if name in ("string", "json", "xml", "html"):
        return ox.Literal(value, language=column["lang"]) if column.get("lang", "und") != "und" else ox.Literal(value)
    return ox.Literal(value, datatype=ox.NamedNode(expand("xsd:" + _XSD.get(name, name))))


_FORMAT_PARTS = {"yyyy": "%Y", "MM": "%m", "M": "%m", "dd": "%d", "d": "%d", "HH": "%H", "mm": "%M", "ss": "%S"}


def _normal(column: Mapping[str, Any], text: str) -> str:
    """A value in the form that its datatype has in RDF, from the form that the description says it has in the table.

    Patterns of dates are those of Unicode Technical Standard 35; a value that does not fit stays as it is.
    """
    datatype = column.get("datatype")
    form = datatype.get("format") if isinstance(datatype, dict) else None
    if not isinstance(datatype, dict) or not text:
        return text
    if datatype.get("base") in _NUMBERS:
        point, group = (form.get(k) for k in ("decimalChar", "groupChar")) if isinstance(form, dict) else (None, None)
        plain = (text.replace(str(group), "") if group else text).replace(str(point or "."), ".")
        return plain if re.fullmatch(r"[-+]?\d+(\.\d+)?", plain) else text
    if datatype.get("base") == "boolean" and isinstance(form, str) and form.count("|") == 1:
        return dict(zip(form.split("|"), ("true", "false"), strict=True)).get(text, text)
    if datatype.get("base") in ("date", "datetime", "dateTime") and isinstance(form, str):
        pattern = re.sub("|".join(_FORMAT_PARTS), lambda m: _FORMAT_PARTS[m[0]], form.replace("%", "%%"))
        try:
            found = datetime.strptime(text, pattern)
        except ValueError:
            return text
        return found.date().isoformat() if datatype["base"] == "date" else found.isoformat()
    return text


def _quads(table: _Described) -> Iterator[ox.Quad]:
    base = table.path.resolve().as_uri()
    columns = table.columns
    real, virtual = [c for c in columns if not c.get("virtual")], [c for c in columns if c.get("virtual")]
    _, rows = _body(table)
    for line, cells in rows:
        values = {c["name"]: v.strip() for c, v in zip(real, cells, strict=False)}
        values |= {"_row": str(line), "_sourceRow": str(line)}
        row = ox.BlankNode()
        for column in (*real, *virtual):
            nulls = column.get("null", "")
            text = values.get(column["name"], "") or str(column.get("default", ""))
            if not column.get("virtual") and text in (nulls if isinstance(nulls, list) else [nulls, ""]):
                continue
            about = column.get("aboutUrl")
            subject = ox.NamedNode(_filled(about, values, base)) if about else row
            prop = ox.NamedNode(_filled(column.get("propertyUrl") or f"#{quote(column['name'])}", values, base))
            for part in text.split(column["separator"]) if column.get("separator") else [text]:
                given = {**values, column["name"]: part.strip()}
                if column.get("valueUrl"):
                    yield ox.Quad(subject, prop, ox.NamedNode(_filled(column["valueUrl"], given, base)))
                elif part.strip():
                    yield ox.Quad(subject, prop, _literal(column, _normal(column, part.strip())))


def _cells(table: _Described, cells: Sequence[str]) -> list[str]:
    """The cells of a row as a sheet has them: in their usual form, blank where the description says so."""
    columns = [c for c in table.columns if not c.get("virtual")]
    out = []
    for column, cell in zip_longest(columns, map(str.strip, cells), fillvalue=None):
        given, text = column or {}, cell or ""
        nulls = given.get("null", "")
        blank = text in (nulls if isinstance(nulls, list) else [nulls])
        out.append(_normal(given, str(given.get("default", "")) if blank or not text else text))
    return out[: max(len(cells), 1)]


def read(path: Path, builder: Builder) -> str:
    """What was recognised, the content of the tables having been added.

    Raises InputError where a table is missing or cannot be read as its description says.
    """
    from kg.formats.backwards import material_of_quads
    from kg.formats.linked import is_ours, read_quads
    from kg.formats.networks import import_sheets

    found = _description(path)
    tables: list[_Described] = found[1] if found else []
    for table in tables:
        if not table.path.is_file():
            raise InputError(f"{path.name}: there is no table {table.path.name!r} beside it; add it")
    if any(c.get("propertyUrl") for t in tables for c in t.columns):
        quads = [q for t in tables for q in _quads(t)]
        if is_ours(quads):
            material, told = material_of_quads(quads, builder.material.dataset.id)
            for name, records in material.tables.items():
                builder.material.tables.setdefault(name, []).extend(records)
            builder.report += told
            return "tables of kg's model, described by CSV on the Web"
        return f"{read_quads(quads, path.name, builder)}, from tables described by CSV on the Web"
    sheets = []
    for table in tables:
        header, rows = _body(table)
        sheets.append(Sheet(table.path.name, [(1, header), *((n, _cells(table, cells)) for n, cells in rows)]))
    return f"{import_sheets(builder, sheets, path.name)}, described by CSV on the Web"
