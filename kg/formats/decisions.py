"""Decisions on what is the same: a small table that people can read, kept with the data.

In a folder of tables `matches.csv`, beside any other source `<name>.matches.csv`. A line names two things by id, or by IRI
where they stand in different data sets, and says `same`, `different` or `unsure`. Deleting the line undoes the decision.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from kg.errors import InputError, near_names
from kg.formats.delimited import csv_bytes, decode, file_bytes
from kg.formats.sheets import Problem
from kg.formats.whole import write_whole

__all__ = ["DECISIONS", "MATCHES", "Decision", "decisions_file", "read_decisions", "same_groups", "write_decisions"]

MATCHES = "matches.csv"
DECISIONS = ("same", "different", "unsure")


@dataclass(frozen=True)
class Decision:
    """What was decided about two things."""

    a: str
    """Id or IRI; of things that are the same the first keeps its id."""
    b: str
    decision: str
    score: str = ""
    why: str = ""
    by: str = ""
    date: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """Both, in no order."""
        return frozenset((self.a, self.b))


_COLUMNS = tuple(f.name for f in fields(Decision))


def decisions_file(source: Path) -> Path:
    """Where the decisions on a source are kept."""
    return source / MATCHES if source.is_dir() else source.with_name(f"{source.stem}.{MATCHES}")


def read_decisions(path: Path) -> list[Decision]:
    """The decisions in a file, in its order; none where there is no such file.

    Raises InputError with the line where it cannot be understood.
    """
    if not path.exists():
        return []
    decoded = decode(file_bytes(path))
    if isinstance(decoded, Problem):
        raise InputError(f"{path.name}: {decoded.what}; {decoded.todo}")
    reader = csv.DictReader(io.StringIO(decoded.text, newline=""))
    for name in _COLUMNS[:3]:
        if name not in (reader.fieldnames or ()):
            raise InputError(f"{path.name}:1: the column {name!r} is missing; its columns are {', '.join(_COLUMNS)}")
    found = []
    for row in reader:
        cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
        if not any(cells.values()):
            continue
        where = f"{path.name}:{reader.line_num}"
        if cells["decision"] not in DECISIONS:
            raise InputError(f"{where} (decision): {cells['decision']!r}; {near_names(cells['decision'], DECISIONS)}")
        if not cells["a"] or not cells["b"] or cells["a"] == cells["b"]:
            raise InputError(f"{where}: a decision names two things; write their ids in the columns a and b")
        found.append(Decision(**cells))
    return found


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Writes a file of decisions; of two on the same pair the later one stays. Raises InputError where it cannot."""
    last: dict[frozenset[str], Decision] = {}
    for decision in decisions:
        last[decision.pair] = decision
    rows = [[getattr(d, name) for name in _COLUMNS] for d in last.values()]
    write_whole(path, csv_bytes([_COLUMNS, *rows]))


def same_groups(decisions: Iterable[Decision], where: str = MATCHES) -> Mapping[str, str]:
    """Each thing that is the same as an earlier one, to the first of its group.

    Raises InputError where two that are called different are the same by other decisions.
    """
    decisions = list(decisions)
    parent: dict[str, str] = {}

    def root(thing: str) -> str:
        while parent.get(thing, thing) != thing:
            parent[thing] = parent.get(parent[thing], parent[thing])  # halves the way for the next one
            thing = parent[thing]
        return thing

    for decision in decisions:
        if decision.decision == "same":
            a, b = root(decision.a), root(decision.b)
            if a != b:
                parent[b] = a
    for decision in decisions:
        if decision.decision == "different" and root(decision.a) == root(decision.b):
            raise InputError(
                f"{where}: {decision.a!r} and {decision.b!r} are called different, and the same by other lines; delete one"
            )
    return {thing: root(thing) for thing in parent}
