"""Repairs that are safe: what a cell surely means, written as tables want it. Nothing is changed before it is shown.

Blanks around a value; dates, decimal commas and yes and no in another form; one concept spelt in several ways in a column,
or misspelt by one letter; a reference whose case or accents differ from the id. What may mean two things is left alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.formats.csvw import Column, Table, shipped_description
from kg.formats.dates import plain_date
from kg.formats.delimited import decode, delimiter_of, file_bytes
from kg.formats.labels import concepts_named, fold, label
from kg.formats.material import slug
from kg.formats.opening import WORKBOOKS, open_book, opens_as_own
from kg.formats.sheets import Problem, find_header
from kg.vocabulary import LANGUAGES, concept_lists
from kg.wording import Sentences

__all__ = ["Repair", "apply_repairs", "find_repairs", "repairable"]

_SENTENCES = Path(__file__).with_name("sentences.json")
_AROUND = " \t\r\n\f\v\u00a0\u200b\u2060\ufeff\u202f\u2007"
_TRUTH = {
    "true": "yes|y|si|s|oui|o|x|verdadero|vrai|wahr|verdadeiro|1.0",
    "false": "no|n|non|falso|faux|falsch|0.0",
}
_BOOLEANS = {word: value for value, words in _TRUTH.items() for word in words.split("|")}
_SHORTEST = 5
"""Shorter words of a list are not recognised when misspelt: too many others are one letter away."""


@dataclass(frozen=True)
class Repair:
    """One cell that can be written better."""

    file: str
    """File of a folder, or title of a sheet."""
    row: int
    column: str
    old: str
    new: str
    why: str
    cell: str
    """Address in a workbook; empty for a CSV file."""
    at: int
    """Column counted from 0."""

    @property
    def where(self) -> str:
        """The cell of a workbook, else file, line and column."""
        return self.cell or f"{self.file}:{self.row} ({self.column})"

    def as_dict(self) -> dict[str, Any]:
        """All fields by name but for the number of the column, ready for JSON."""
        return {k: v for k, v in asdict(self).items() if k != "at"}

    def __str__(self) -> str:
        return f"{self.where}: {self.old!r} -> {self.new!r} ({self.why})"


@dataclass(frozen=True)
class _Place:
    """A filled cell under a known heading."""

    table: Table
    column: Column
    title: str
    line: int
    at: int
    address: str
    text: str


def _places(path: Path) -> Iterator[_Place]:
    for table, sheet in open_book(path).sheets:
        if table is None:
            continue
        _, header, rows = find_header(sheet.rows, lambda h, t=table: t.column(h) is not None)  # type: ignore[misc]
        columns = [table.column(h) if h.strip() else None for h in header]
        for line, cells in rows:
            for at, (column, text) in enumerate(zip(columns, cells, strict=False)):
                if column and text.strip(_AROUND):
                    yield _Place(table, column, sheet.title, line, at, sheet.cell(at, line), text)


class _Mender:
    """Knows the ids and the spellings of a whole source; gives its reasons in the language `lang`."""

    def __init__(self, places: list[_Place], lang: str) -> None:
        self.say = Sentences(_SENTENCES, lang)
        self.ids: dict[str, str] = {}
        self.folded: dict[str, set[str]] = defaultdict(set)
        self.names: set[str] = set()
        self.spelt: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        for place in places:
            text = place.text.strip(_AROUND)
            if place.column.name == "id":
                self.ids[text] = place.table.name
                for form in {fold(text), slug(text)}:
                    self.folded[form].add(text)
            elif place.column.name.startswith(("name_", "acronym", "title", "aliases")):
                self.names |= {fold(part) for part in text.split(";")}
            elif place.column.concepts:
                for part in self._parts(place.column, text):
                    known = self._concepts(place.column, part)
                    if len(known) == 1:
                        self.spelt[place.title, place.column.name, known.pop()][part] += 1

    @staticmethod
    def _parts(column: Column, text: str) -> list[str]:
        return [p.strip(_AROUND) for p in text.split(column.separator)] if column.separator else [text]

    @staticmethod
    def _concepts(column: Column, text: str) -> set[str]:
        name = column.concepts or ""
        return {text} if text in concept_lists().get(name, {}) else concepts_named(name, text)

    def mended(self, place: _Place) -> tuple[str, list[str]]:
        """What the cell should hold, and why; the cell as it is and no reason where nothing is sure to be better."""
        text, reasons = place.text.strip(_AROUND), []
        if text != place.text:
            reasons.append(self.say("repair.blanks"))
        new, reason = self._mended(place, text)
        return new, [*reasons, reason] if reason else reasons

    def _mended(self, place: _Place, text: str) -> tuple[str, str]:
        column = place.column
        if column.concepts or column.refers_to:
            return self._several(place, text)
        if column.is_date:
            date = plain_date(text)
            return (date, self.say("repair.date")) if date and date != text else (text, "")
        if column.datatype in ("integer", "decimal") and re.fullmatch(r"-?\d+,(\d{1,2}|\d{4,})|-?0,\d+", text):
            return text.replace(",", "."), self.say("repair.comma")
        if column.datatype == "boolean" and fold(text) in _BOOLEANS:
            return _BOOLEANS[fold(text)], self.say("repair.boolean")
        return text, ""

    def _several(self, place: _Place, text: str) -> tuple[str, str]:
        column = place.column
        parts = self._parts(column, text)
        mended = [self._one(place, part) for part in parts]
        if len(parts) == 1 and not mended[0][1] and column.separator and not self._known(column, text):
            divided = [p.strip(_AROUND) for p in re.split("[,|\n]", text)]
            if len(divided) > 1 and all(self._known(column, p) for p in divided):
                return column.separator.join(divided), self.say("repair.several", sign=column.separator)
        reasons = sorted({reason for _, reason in mended if reason})
        return ((column.separator or "").join(new for new, _ in mended), ", ".join(reasons)) if reasons else (text, "")

    def _known(self, column: Column, text: str) -> bool:
        if column.concepts:
            return len(self._concepts(column, text)) == 1
        return self.ids.get(text) in column.refers_to or fold(text) in self.names

    def _one(self, place: _Place, text: str) -> tuple[str, str]:
        column = place.column
        if column.concepts:
            return self._concept(place, text)
        if not text or text in self.ids or fold(text) in self.names:
            return text, ""
        same = {i for form in (fold(text), slug(text)) for i in self.folded[form]}
        same = {i for i in same if self.ids[i] in column.refers_to}
        return (same.pop(), self.say("repair.id")) if len(same) == 1 else (text, "")

    def _concept(self, place: _Place, text: str) -> tuple[str, str]:
        known = self._concepts(place.column, text)
        if len(known) > 1 or not text:
            return text, ""
        if known:
            name, concept = place.column.concepts or "", known.copy().pop()
            own = [concept, *(label(name, concept, lang) for lang in LANGUAGES)]
            spellings = self.spelt[place.title, place.column.name, concept]
            exact = Counter({spelling: number for spelling, number in spellings.items() if spelling in own})
            common = _commonest(exact or spellings)  # those of drop-down lists go before others
            alike = fold(text) in map(fold, own)  # another word for it is no other spelling
            return (common, self.say("repair.spelling")) if alike and common != text else (text, "")
        near = _misspelt(place.column.concepts or "", text)
        if len(near) != 1:
            return text, ""
        concept, spelling = near.popitem()
        used = self.spelt.get((place.title, place.column.name, concept))
        return (_commonest(used) if used else spelling), self.say("repair.misspelt")


def _commonest(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda s: (-spellings[s], s))


def _misspelt(name: str, text: str) -> dict[str, str]:
    """Concepts of a list that a text misses by one letter, or by two neighbours transposed, each with its right spelling."""
    from rapidfuzz.distance import OSA

    folded = fold(text)
    found: dict[str, str] = {}
    if len(folded) < _SHORTEST:
        return {}
    for concept in concept_lists().get(name, {}):
        for spelling in (concept, *(label(name, concept, lang) for lang in LANGUAGES)):
            other = fold(spelling)
            if other[:1] == folded[:1] and len(other) >= _SHORTEST and OSA.distance(folded, other, score_cutoff=1) <= 1:
                found.setdefault(concept, spelling)
    return found


def repairable(path: Path) -> bool:
    """True for a folder of tables and for a workbook with tables of kg's own."""
    if path.is_dir():
        return any(p.suffix.lower() == ".csv" for p in path.iterdir())
    return path.suffix.lower() in WORKBOOKS and opens_as_own(path)


def find_repairs(path: Path, lang: str = "en") -> list[Repair]:
    """The safe repairs of a folder of tables or a workbook, in the order of its cells, with reasons in the language `lang`.

    Raises InputError where the source cannot be opened or is none of them (`repairable` tells before).
    """
    if not repairable(path):
        raise InputError(f"{path}: only folders of tables and workbooks of kg are repaired; `kg import -o` makes one")
    places = list(_places(path))
    mender = _Mender(places, lang)
    found = []
    for place in places:
        new, reasons = mender.mended(place)
        if reasons:
            why = "; ".join(reasons)
            found.append(Repair(place.title, place.line, place.column.name, place.text, new, why, place.address, place.at))
    if found and path.is_file():
        from kg.formats.patching import formula_cells

        formulas = formula_cells(path)
        found = [r for r in found if (r.file, r.cell.rpartition("!")[2]) not in formulas]
    return found


def apply_repairs(path: Path, repairs: list[Repair]) -> None:
    """Writes repairs into the source they were found in; all other cells, formats and files stay as they are.

    Raises InputError where a cell has changed since, or the file cannot be written; it is as it was then.
    """
    from kg.formats.patching import patched_book, patched_csv
    from kg.formats.whole import write_whole

    if path.is_file():
        moved = set(repairs) - set(find_repairs(path))
        if moved:
            where = min(moved, key=lambda r: (r.file, r.row, r.at)).where
            raise InputError(f"{path.name}: {where} no longer holds what was checked; check again")
    cells: dict[str, dict[tuple[int, int], tuple[str, str]]] = defaultdict(dict)
    for repair in repairs:
        cells[repair.file][repair.row, repair.at] = (repair.old, repair.new)
    if path.is_file():
        write_whole(path, patched_book(path, cells))
        return
    tables = {table.url: table for table in shipped_description().values()}
    changed = []
    for name, changes in cells.items():
        raw = file_bytes(path / name)
        decoded = decode(raw)
        if isinstance(decoded, Problem):
            raise InputError(f"{name}: {decoded.what}; {decoded.todo}")
        delimiter = delimiter_of(decoded.text, lambda h, t=tables[name]: t.column(h) is not None)  # type: ignore[misc]
        text = patched_csv(name, decoded.text, delimiter, changes)
        mark = "\ufeff" if decoded.encoding == "utf-16" else ""
        encoding = ("utf-16-be" if raw.startswith(b"\xfe\xff") else "utf-16-le") if mark else decoded.encoding
        changed.append((path / name, (mark + text).encode(encoding)))
    for file, content in changed:
        write_whole(file, content)
