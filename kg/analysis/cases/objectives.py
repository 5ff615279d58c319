"""MACTOR on a case, or on two plain matrices: who converges with whom, weighted by what each weighs."""

from __future__ import annotations

from pathlib import Path

from kg.analysis.cases.indices import influences
from kg.analysis.cases.lists import read_list
from kg.analysis.cases.model import Case, Position
from kg.analysis.convergence import Mactor, mactor
from kg.errors import AnalysisError, InputError

__all__ = ["mactor_case", "mactor_files", "read_matrix", "valued"]


def valued(position: Position) -> float | None:
    """A stance as one number from -4 to 4, the middle of its interval; None where unknown.

    >>> valued(Position("p", "a", "law", sign=1, interval=(0.0, 4.0)))
    2.0
    """
    if position.sign is None or position.interval is None:
        return None
    return sum(position.interval) / 2


def mactor_case(case: Case, diagonal: bool = False) -> Mactor:
    """MACTOR over the positions of a case (the middle of each interval) and its declared influences.

    Of several positions of one actor on one thing the mean counts. Relative strength needs to know who influences whom: unless
    everybody with a position takes part in some declared influence, all weigh the same.

    Raises AnalysisError where nobody has a position.
    """
    found: dict[str, dict[str, list[float]]] = {}
    for position in case.positions:
        value = valued(position)
        if value is not None:
            found.setdefault(position.actor, {}).setdefault(position.on, []).append(value)
    if not found:
        raise AnalysisError(
            "mactor: no position of the selected actors is known; select other facts, or give --positions FILE"
        )
    wants = {actor: {on: sum(values) / len(values) for on, values in row.items()} for actor, row in found.items()}
    pushed = influences(case)
    taking_part = {*pushed, *(other for row in pushed.values() for other in row)}
    if not taking_part >= set(wants):
        return mactor(wants, {}, diagonal)
    return mactor({**{actor: {} for actor in taking_part}, **wants}, pushed, diagonal)


def mactor_files(positions: Path, influence: Path | None, diagonal: bool = False) -> Mactor:
    """MACTOR over two CSV matrices: actors by objectives from -4 to 4, and actors by actors from 0 to 4.

    Without influence everybody weighs the same. Raises InputError with file, line and column for whatever is no number, and where an
    actor stands in one file only.
    """
    wants = read_matrix(positions)
    pushed = read_matrix(influence) if influence else {}
    for actor in {*pushed, *(other for row in pushed.values() for other in row)}:
        if actor not in wants:
            raise InputError(f"{influence}: {actor!r} has no row in {positions}; add one (it may be empty)")
    return mactor(wants, pushed, diagonal)


def read_matrix(path: Path) -> dict[str, dict[str, float]]:
    """A matrix from a CSV file: names in the first column and the first line, numbers or nothing inside (decimal commas will do).

    Raises InputError with file, line and column.
    """
    rows = read_list(path)
    if len(rows) < 2 or len(rows[0][1]) < 2:
        raise InputError(f"{path}: no matrix; put names into the first line and the first column, numbers inside")
    header = rows[0][1][1:]
    for kind, names in (("column", header), ("row", [cells[0] for _, cells in rows[1:]])):
        twice = next((name for name in names if names.count(name) > 1 or not name), None)
        if twice is not None:
            raise InputError(f"{path}: the {kind} {twice!r} stands twice or has no name; give each its own")
    found: dict[str, dict[str, float]] = {}
    for line, (name, *cells) in rows[1:]:
        row = found.setdefault(name, {})
        for column, cell in zip(header, cells, strict=False):
            try:
                row |= {column: float(cell.replace(",", "."))} if cell else {}
            except ValueError:
                raise InputError(f"{path}:{line} ({column}): {cell!r} is no number; write one, or nothing for 0") from None
    return found
