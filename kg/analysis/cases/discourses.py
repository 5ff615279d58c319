"""Discourse networks of a case, or of a plain list of statements."""

from __future__ import annotations

from pathlib import Path

from kg.analysis.cases.lists import read_list
from kg.analysis.cases.model import Case
from kg.analysis.discourse import FIELDS, Statement, period_of, stance_of
from kg.errors import AnalysisError, InputError, near_names

__all__ = ["read_statements", "statements_of"]


def statements_of(case: Case) -> list[Statement]:
    """The positions of a case as statements: its stance is +1 or -1 (0 in between), its document and date those of the source
    of its evidence.

    Positions of unknown stance are left out. Raises AnalysisError where none is left.
    """
    found = [Statement(p.actor, p.on, p.sign, p.source, p.said or None) for p in case.positions if p.sign is not None]
    if not found:
        raise AnalysisError(
            "discourse: no position of the selected actors is known; select other facts, or give --statements FILE"
        )
    return found


def read_statements(path: Path) -> list[Statement]:
    """The statements of a CSV file with columns actor and concept, and if there, stance, document and date.

    A stance is true or false, yes or no, or a whole number. Raises InputError with file, line and column.
    """
    known = {name for names in FIELDS.values() for name in names}
    rows = read_list(path, lambda cell: cell.strip().casefold() in known)
    titles = [title.casefold() for title in rows[0][1]] if rows else []
    columns = {role: next((titles.index(n) for n in names if n in titles), None) for role, names in FIELDS.items()}
    for role in ("actor", "concept"):
        if columns[role] is None:
            raise InputError(f"{path}: no column {role!r}; {near_names(role, titles)}")
    found = []
    for line, row in rows[1:]:
        cells = {role: row[at] if at is not None and at < len(row) else "" for role, at in columns.items()}
        if not cells["actor"] or not cells["concept"]:
            raise InputError(f"{path}:{line}: actor or concept is empty; fill both in")
        if cells["date"] and not period_of(cells["date"], "year"):
            what = f"{cells['date']!r} is no date; write it as 2013-08-31, or 2013 where no more is known"
            raise InputError(f"{path}:{line} (date): {what}")
        stance = stance_of(cells["stance"] or 1)
        if stance is None:
            raise InputError(f"{path}:{line} (stance): {cells['stance']!r} is none; write true, false or a whole number")
        found.append(Statement(cells["actor"], cells["concept"], stance, cells["document"], cells["date"] or None))
    return found
