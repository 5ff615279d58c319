"""The concept or literal that a cell of a table is, and what is wrong with one that is neither."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from kg.errors import near_names
from kg.formats.csvw import Column
from kg.formats.dates import is_date
from kg.formats.records import Row
from kg.vocabulary import LANGUAGES, concept_lists, expand

__all__ = ["CellReader", "literal"]

_XSD = {name: f"^^<{expand('xsd:' + name)}>" for name in ("integer", "decimal", "boolean", "anyURI")}
_BOOLEANS = {"true": "true", "false": "false", "1": "true", "0": "false"}
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_ESCAPES = {n: f"\\u{n:04X}" for n in (*range(0x20), 0x7F)} | {
    ord(c): "\\" + e for c, e in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)
}
"""As canonical N-Triples has them."""


def literal(text: str) -> str:
    """A text as N-Triples has it, without language or type."""
    plain = text.isprintable() and '"' not in text and "\\" not in text
    return f'"{text if plain else text.translate(_ESCAPES)}"'


def _form(column: Column, value: str) -> str:
    """What to do about a value that does not have the form of its column."""
    if column.is_date:
        if column.pattern and column.pattern.fullmatch(value):
            return "the calendar has no such day or month; write it as 2013, 2013-08 or 2013-08-31"
        if re.fullmatch(r"[2-5]\d{4}", value):
            day = date(1899, 12, 30) + timedelta(int(value))
            return f"it may be the spreadsheet's number for {day}; write that, or 2013, 2013-08 or 2013-08-31"
        return "write it as 2013, 2013-08 or 2013-08-31"
    if column.name == "id":
        return "leave out blanks, semicolons and upright strokes"
    return f"give it the form {column.pattern.pattern if column.pattern else column.datatype}"


class CellReader:
    """Reads cells that name no other row; what is wrong goes to `problem`."""

    def __init__(self, problem: Callable[[str, Row, str, str, str], None]) -> None:
        self.problem = problem

    def term(self, row: Row, column: Column, value: str) -> str | None:
        """The concept or literal that a value of a cell is; None where it is neither, which is noted."""
        if column.concepts:
            concept = self.concept(row, column, value.strip())
            return f"<{concept_lists()[column.concepts][concept]}>" if concept else None
        if (column.pattern and not column.pattern.fullmatch(value)) or (column.is_date and not is_date(value)):
            self.problem("format", row, column.name, f"{value!r} cannot be used here", _form(column, value))
            return None
        if column.datatype in ("integer", "decimal"):
            return self._number(row, column, value.strip())
        if column.datatype == "boolean":
            if value.strip().lower() not in _BOOLEANS:
                self.problem("datatype", row, column.name, f"{value!r} is neither true nor false", "write true or false")
                return None
            return f'"{_BOOLEANS[value.strip().lower()]}"{_XSD["boolean"]}'
        if column.datatype == "language" and not _LANGUAGE.fullmatch(value):
            self.problem("datatype", row, column.name, f"{value!r} is no language code", "write en, es, fr, ...")
            return None
        if column.lang:
            return f"{literal(value)}@{column.lang}"
        return literal(value) + (_XSD["anyURI"] if column.datatype == "anyURI" else "")

    def _number(self, row: Row, column: Column, value: str) -> str | None:
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or (column.datatype == "integer" and number != int(number)):
            pointed = value.replace(",", ".")
            todo = f"write {pointed}, with a point" if re.fullmatch(r"-?\d+,\d+", value) else "write it as 12 or 12.5"
            self.problem("datatype", row, column.name, f"{value!r} is no {column.datatype} number", todo)
            return None
        for bound, wrong, word in (
            (column.minimum, column.minimum is not None and number < column.minimum, "below"),
            (column.maximum, column.maximum is not None and number > column.maximum, "above"),
        ):
            if wrong:
                self.problem("range", row, column.name, f"{value} is {word} {bound}", "correct the value or its scale")
                return None
        return f'"{number:f}"{_XSD[column.datatype]}'

    def concept(self, row: Row, column: Column, value: str) -> str | None:
        """The concept that `value` is the id or, in any language, a label of."""
        name = column.concepts or ""
        known = concept_lists().get(name, {})
        if value in known:
            return value
        from kg.formats.labels import choices, concepts_named, label

        named = concepts_named(name, value)
        if len(named) == 1:
            return named.pop()
        what = f"{value!r} is not in the list {name!r}" if not named else f"{value!r} may be {' or '.join(sorted(named))}"
        usual = choices(name)
        labels = {label(name, concept, lang) for concept in usual for lang in LANGUAGES}
        todo = "write which one is meant" if named else near_names(value, [*usual, *(labels if len(usual) > 12 else ())])
        self.problem("unknown-concept", row, column.name, what, todo)
        return None
