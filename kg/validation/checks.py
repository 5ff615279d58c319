"""Checks: queries that return no row when all is well.

The head of a check, `#+ key: value`, is read strictly: `problem.<lang>` and `todo.<lang>` for en, es, fr, and `level`
(error or warning). `problem` and `todo` may name `{thing}`, `{value}` and `{other}`. The query gives ?thing ?property ?value
and, where a second thing is concerned, ?other; any of them may be unbound except ?thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import resources
from kg.errors import InputError, near_names
from kg.findings import Finding
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.validation.places import Places
from kg.vocabulary import LANGUAGES
from kg.wording import typeset

__all__ = ["Check", "check_paths", "named", "read_check", "run_check"]

_LEVELS = ("error", "warning")
_COLUMNS = ("thing", "property", "value", "other")
_KEYS = {"level"} | {f"{key}.{lang}" for key in ("problem", "todo") for lang in LANGUAGES}
_FIELD = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Check:
    """A check file: what is wrong where it gives a row, and what to do."""

    name: str
    level: str
    problem: Mapping[str, str]
    """By language."""
    todo: Mapping[str, str]
    """By language."""
    sparql: str


def check_paths() -> list[Path]:
    """The check files, by name."""
    return sorted((resources.queries() / "checks").glob("*.rq"))


def read_check(path: Path) -> Check:
    """The check in a file; raises InputError with file and line for whatever is not in order."""
    where = f"queries/checks/{path.name}"
    lines = path.read_text(encoding="utf-8").split("\n")
    head: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.startswith("#+"):
            break
        key, colon, value = line[2:].strip().partition(": ")
        if not colon or not value.strip():
            raise InputError(f"{where}:{number}: {line!r} is no head line; write `#+ key: value`")
        if key not in _KEYS:
            raise InputError(f"{where}:{number}: unknown head key {key!r}; {near_names(key, _KEYS)}")
        if key in head:
            raise InputError(f"{where}:{number}: the key {key!r} stands twice; keep one")
        for field in _FIELD.findall(value):
            if field not in _COLUMNS:
                raise InputError(f"{where}:{number}: unknown field {field!r}; {near_names(field, _COLUMNS)}")
        head[key] = value.strip()
    for key in sorted(_KEYS):
        if key not in head:
            raise InputError(f"{where}:1: the head key {key!r} is missing; add it")
    if head["level"] not in _LEVELS:
        raise InputError(f"{where}:1: unknown level {head['level']!r}; {near_names(head['level'], _LEVELS)}")
    return Check(
        name=path.stem,
        level=head["level"],
        problem={lang: typeset(head[f"problem.{lang}"], lang) for lang in LANGUAGES},
        todo={lang: typeset(head[f"todo.{lang}"], lang) for lang in LANGUAGES},
        sparql="\n".join(lines[len(head) :]).strip() + "\n",
    )


def named(term: Any, describer: Describer) -> str:
    """A term in plain words: a thing by its name and id, a literal in quotes."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        identifier, label = describer.identifier(term.value), describer.label(term.value)
        return identifier if label == identifier else f"{label} ({identifier})" if identifier != term.value else label
    return repr(str(getattr(term, "value", term)))


def run_check(check: Check, graph: Graph, describer: Describer, places: Places) -> Iterator[Finding]:
    """What a check finds in a graph, in the language of the describer.

    Raises InputError where the query gives other columns than a check does.
    """
    solutions = graph.store.select(check.sparql)
    columns = [v.value for v in solutions.variables]
    for column in columns:
        if column not in _COLUMNS:
            raise InputError(f"queries/checks/{check.name}.rq: unknown column {column!r}; {near_names(column, _COLUMNS)}")
    for solution in solutions:
        row = dict(zip(columns, solution, strict=True))
        words = {column: named(row.get(column), describer) for column in _COLUMNS}

        def fill(text: str, words: dict[str, str] = words) -> str:
            return _FIELD.sub(lambda m: words[m[1]], text)

        prop, value = row.get("property"), row.get("value")
        yield places.finding(
            check.level,
            check.name,
            fill(check.problem[describer.lang]),
            fill(check.todo[describer.lang]),
            row["thing"].value,
            describer.identifier(row["thing"].value),
            prop.value if prop is not None else "",
            value.language if isinstance(value, ox.Literal) else None,
        )
