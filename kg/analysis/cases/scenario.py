"""Scenarios: a short list of changes to a case, read from a small file or from the command line, and carried out on a copy."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError, near_names
from kg.formats.delimited import decode, delimiter_of, file_bytes, read_rows
from kg.formats.sheets import Problem, Sheet

__all__ = ["ENDINGS", "FIELDS", "KINDS", "Change", "Scenario", "read_change", "read_scenario"]

FIELDS = {
    "settle": ("actor", "other"),
    "add": ("actor", "type", "other"),
    "remove": ("actor", "other"),
    "position": ("actor", "on", "stance"),
    "power": ("actor", "value"),
    "merge": ("actors", "into"),
    "split": ("actor", "into"),
    "leave": ("actor",),
}
"""Kind of change to the fields it needs, in the order in which the command line gives them."""
KINDS = tuple(FIELDS)
ENDINGS = (".toml", ".json", ".csv")
"""How the file of a scenario ends."""
_KINDS_IN_WORDS = f'do = "{KINDS[0]}" or another of {", ".join(KINDS[1:])}'
_LISTS = {("merge", "actors"), ("split", "into")}
_ARROWED = ("merge", "split")
_ARROW = re.compile(r"\s*->\s*")


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a scenario, in the words of whoever wrote it.

    do     what to do: one of `KINDS`
    given  field to text; several names are a tuple
    where  file and line, for messages
    """

    do: str
    given: Mapping[str, str | tuple[str, ...]]
    where: str

    def text(self, name: str) -> str:
        """A field that holds one text."""
        value = self.given[name]
        return value if isinstance(value, str) else ", ".join(value)

    def several(self, name: str) -> tuple[str, ...]:
        """A field that holds several names."""
        value = self.given[name]
        return value if isinstance(value, tuple) else (value,)

    def __str__(self) -> str:
        return f"{self.do}: " + _between(self.do).join(self.text(name) for name in FIELDS[self.do])


@dataclass(frozen=True, slots=True)
class Scenario:
    """A name, empty where changes were given one by one, and the changes, carried out in their order."""

    name: str
    changes: tuple[Change, ...]

    def __str__(self) -> str:
        return self.name or "; ".join(map(str, self.changes))


def read_change(text: str, where: str, on: str = "") -> Change:
    """The change that one line says, e.g. `settle: CSUTCB, CONAMAQ` or `position: MEF, family farming, support`.

    `on` is what a position is on where the line does not say. `merge: A, B -> C` and `split: A -> B, C` have an arrow. Raises
    InputError for a kind that does not exist or for fields that are missing.

    >>> str(read_change("power: MEF, 0.2..0.5", "--change")), str(read_change("merge: A, B -> C", "--change"))
    ('power: MEF, 0.2..0.5', 'merge: A, B -> C')
    """
    do, colon, rest = text.partition(":")
    kind = do.strip().casefold()
    if not colon or kind not in FIELDS:
        raise InputError(f"{where} {text!r}: no change begins so; write `settle: A, B` or one of {', '.join(KINDS)}")
    wanted = FIELDS[kind]
    if kind in _ARROWED:
        parts = [part for part in _ARROW.split(rest.strip()) if part]
    else:
        parts = [part.strip() for part in rest.split(",") if part.strip()]
    if kind == "position" and on and len(parts) == 2:
        parts.insert(1, on)
    if len(parts) != len(wanted):
        raise InputError(f"{where} {text!r}: {kind} takes {' and '.join(wanted)}; write `{_example(kind)}`")
    return _change(kind, dict(zip(wanted, parts, strict=True)), where)


def _example(kind: str) -> str:
    names = FIELDS[kind]
    return f"{kind}: " + _between(kind).join(name.upper() for name in names)


def _between(kind: str) -> str:
    """What stands between the fields of a change."""
    return " -> " if kind in _ARROWED else ", "


def _change(kind: str, given: Mapping[str, Any], where: str) -> Change:
    """A change with its fields checked; lists may be written as lists or with commas or semicolons."""
    fields: dict[str, str | tuple[str, ...]] = {}
    for name in FIELDS[kind]:
        value = given.get(name)
        if value is None or value in ("", []):
            raise InputError(f"{where}: {kind} needs {name!r}; it takes {', '.join(FIELDS[kind])}")
        if (kind, name) in _LISTS:
            parts = value if isinstance(value, list) else re.split(r"[,;]", str(value))
            fields[name] = tuple(str(part).strip() for part in parts if str(part).strip())
        elif isinstance(value, list):
            fields[name] = "..".join(str(part) for part in value)
        else:
            fields[name] = str(value).strip()
    return Change(kind, fields, where)


def read_scenario(path: Path, on: str = "") -> Scenario:
    """The scenario that a TOML, JSON or CSV file holds.

    TOML and JSON: `name` and a list `change` of tables with `do` and its fields. CSV: the columns do, actor, other, type, on, stance,
    value, into, actors, as far as they are used. Raises InputError naming file and place of what cannot be used.
    """
    text = decode(file_bytes(path))
    if isinstance(text, Problem):
        raise InputError(f"{path.name}: {text.what}; {text.todo}")
    if path.suffix.casefold() not in ENDINGS:
        raise InputError(f"{path.name}: a scenario is a TOML, JSON or CSV file; give it the ending {', '.join(ENDINGS)}")
    if path.suffix.casefold() == ".csv":
        entries = list(_csv(path, text.text))
        name = path.stem
    else:
        content = _parsed(path, text.text)
        given = content.get("change", [])
        name = str(content.get("name") or path.stem)
        if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
            raise InputError(f"{path.name}: `change` is no list of tables; write [[change]] before each")
        unknown = sorted(set(content) - {"name", "change"})
        if unknown:
            raise InputError(f"{path.name}: {unknown[0]!r} means nothing here; {near_names(unknown[0], ('name', 'change'))}")
        entries = [(f"{path.name} change {n}", entry) for n, entry in enumerate(given, 1)]
    if not entries:
        raise InputError(f"{path.name}: holds no change; write at least one [[change]] with `do`")
    return Scenario(name, tuple(_entry(where, entry, on) for where, entry in entries))


def _entry(where: str, entry: Mapping[str, Any], on: str) -> Change:
    kind = str(entry.get("do", "")).strip().casefold()
    if kind not in FIELDS:
        found = f"do is {entry['do']!r}; {near_names(kind, KINDS)}" if kind else f"do is missing; write {_KINDS_IN_WORDS}"
        raise InputError(f"{where}: {found}")
    unknown = sorted(set(entry) - {"do", *FIELDS[kind]})
    if unknown:
        raise InputError(f"{where}: {kind} has no {unknown[0]!r}; it takes {', '.join(FIELDS[kind])}")
    return _change(kind, {"on": on, **entry} if kind == "position" else entry, where)


def _parsed(path: Path, text: str) -> Mapping[str, Any]:
    try:
        content = json.loads(text) if path.suffix.casefold() == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        kind = "JSON" if path.suffix.casefold() == ".json" else "TOML"
        raise InputError(f"{path.name}: not valid {kind} ({error}); mend it there") from None
    if not isinstance(content, dict):
        raise InputError(f"{path.name}: a scenario is a table with `name` and `change`; it holds a {type(content).__name__}")
    return content


def _csv(path: Path, text: str) -> Sequence[tuple[str, dict[str, str]]]:
    known = {"do", *(name for names in FIELDS.values() for name in names)}
    sheet = Sheet(path.name, ())
    rows = list(read_rows(sheet, text, delimiter_of(text, lambda cell: cell.strip().casefold() in known)))
    if sheet.problems:
        raise InputError(f"{path.name}: {sheet.problems[0].what}; {sheet.problems[0].todo}")
    header = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
    unknown = [name for name in header if name not in known]
    if unknown or "do" not in header:
        what = f"{unknown[0]!r} is no column of a scenario" if unknown else "the column do is missing"
        raise InputError(f"{path.name}: {what}; {near_names(unknown[0] if unknown else 'do', sorted(known))}")
    return [
        (f"{path.name}:{line}", {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()})
        for line, cells in rows[1:]
        if any(cell.strip() for cell in cells)
    ]
