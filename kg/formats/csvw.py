"""Table descriptions: the subset of W3C CSV on the Web metadata that `ontology/tables.json` uses.

Understood per column: name, titles, dc:description, datatype (with format, minimum, maximum), lang, required, separator,
propertyUrl, valueUrl, virtual; per table: url, aboutUrl, primaryKey, foreignKeys, dc:title, dc:description. Two
annotations of our own, written as full IRIs: `kg:list` (the concept list whose ids may stand in the column) and
`kg:refersTo` (the tables whose ids may). Anything else is an error, never ignored. One extension: where a column has a
separator, its valueUrl is applied to each value, which the Recommendation leaves out.

Source: Model for Tabular Data and Metadata on the Web; Metadata Vocabulary for Tabular Data (W3C Recommendations, 2015).
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg import resources
from kg.errors import InputError, near_names
from kg.vocabulary import KG, expand

__all__ = ["Column", "Table", "read_description", "shipped_description"]

_COLUMN_KEYS = {
    "name", "titles", "dc:description", "datatype", "lang", "required", "separator",
    "propertyUrl", "valueUrl", "virtual", KG + "list", KG + "refersTo",
}  # fmt: skip
_TABLE_KEYS = {"url", KG + "name", "dc:title", "dc:description", "tableSchema"}
_SCHEMA_KEYS = {"aboutUrl", "primaryKey", "foreignKeys", "columns"}
_DATATYPES = {"string", "integer", "decimal", "boolean", "language", "anyURI"}
_DATATYPE_KEYS = {"base", "format", "minimum", "maximum"}


@dataclass(frozen=True)
class Column:
    """One described column."""

    name: str
    titles: dict[str, str]
    """By language the heading that is written; others that are understood too stand in `headings`."""
    description: dict[str, str]
    property: str
    """IRI of the property that the cells state."""
    datatype: str = "string"
    pattern: re.Pattern[str] | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    lang: str | None = None
    required: bool = False
    separator: str | None = None
    concepts: str | None = None
    """Name of the concept list whose ids may stand here."""
    refers_to: tuple[str, ...] = ()
    """Names of the tables whose ids may stand here."""
    is_date: bool = False
    """True where a year, month or day stands."""
    headings: frozenset[str] = frozenset()
    """What the column may be called, in lower case: its name and every title in any language."""


@dataclass(frozen=True)
class Table:
    """One described table; each row is a thing with the types `classes`."""

    name: str
    url: str
    titles: dict[str, str]
    description: dict[str, str]
    columns: tuple[Column, ...]
    classes: tuple[str, ...]

    def column(self, header: str) -> Column | None:
        """The column with that name, or one of its titles in any language; None where there is none."""
        folded = header.strip().casefold()
        return next((column for column in self.columns if folded in column.headings), None)

    def is_headed(self, header: Sequence[str]) -> bool:
        """True where these may be headings of this table, which lists of other programs may be called like.

        They hold half of what the table must have, misspelt perhaps, or a name that is ours alone, such as `name_en` or `held_by`.
        """
        headings = [h.strip().casefold() for h in header]
        required = [c for c in self.columns if c.required]
        held = sum(any(get_close_matches(name, headings, 1, 0.75) for name in column.headings) for column in required)
        return 2 * held >= len(required) or any("_" in c.name and c.name in headings for c in self.columns)


def _unknown(where: str, given: Any, known: set[str]) -> None:
    for key in given:
        if key not in known:
            raise InputError(f"{where}: unknown key {key!r}; {near_names(key, known)}")


def _texts(values: list[dict[str, str]]) -> dict[str, str]:
    """Language to text."""
    return {v["@language"]: v["@value"] for v in values}


def _column(where: str, raw: dict[str, Any]) -> Column:
    _unknown(where, raw, _COLUMN_KEYS)
    datatype = raw.get("datatype", "string")
    facets: dict[str, Any] = datatype if isinstance(datatype, dict) else {"base": datatype}
    _unknown(f"{where}, datatype", facets, _DATATYPE_KEYS)
    base = facets.get("base", "string")
    if base not in _DATATYPES:
        raise InputError(f"{where}: unknown datatype {base!r}; known: {', '.join(sorted(_DATATYPES))}")
    minimum, maximum = facets.get("minimum"), facets.get("maximum")
    titles = {lang: [t] if isinstance(t, str) else list(t) for lang, t in raw.get("titles", {}).items()}
    return Column(
        name=raw["name"],
        titles={lang: given[0] for lang, given in titles.items()},
        description=_texts(raw.get("dc:description", [])),
        property=expand(raw["propertyUrl"]),
        datatype=base,
        pattern=re.compile(facets["format"]) if "format" in facets else None,
        minimum=None if minimum is None else Decimal(str(minimum)),
        maximum=None if maximum is None else Decimal(str(maximum)),
        lang=raw.get("lang"),
        required=bool(raw.get("required", False)),
        separator=raw.get("separator"),
        concepts=raw.get(KG + "list"),
        refers_to=tuple(raw.get(KG + "refersTo", ())),
        is_date=facets.get("format", "").startswith(r"\d{4}"),
        headings=frozenset(t.casefold() for t in (raw["name"], *(t for given in titles.values() for t in given))),
    )


def read_description(path: Path) -> dict[str, Table]:
    """Table name to table, in the order of the description.

    Raises InputError for anything outside the subset.
    """
    where = path.name
    try:
        group = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{where}: cannot be read as JSON ({error}); mend or restore the file") from None
    tables = {}
    for raw in group["tables"]:
        name = raw.get(KG + "name") or raw["url"].removesuffix(".csv")
        _unknown(f"{where}, table {name}", raw, _TABLE_KEYS)
        schema = raw["tableSchema"]
        _unknown(f"{where}, table {name}", schema, _SCHEMA_KEYS)
        columns = [c for c in schema["columns"] if not c.get("virtual")]
        virtual = [c for c in schema["columns"] if c.get("virtual")]
        tables[name] = Table(
            name=name,
            url=raw["url"],
            titles=_texts(raw.get("dc:title", [])),
            description=_texts(raw.get("dc:description", [])),
            columns=tuple(_column(f"{where}, {name}.{c.get('name')}", c) for c in columns),
            classes=tuple(expand(c["valueUrl"]) for c in virtual),
        )
    return tables


@functools.cache
def shipped_description() -> dict[str, Table]:
    """The tables that `ontology/tables.json` describes."""
    return read_description(resources.ontology() / "tables.json")
