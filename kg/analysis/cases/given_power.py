"""Power that the analyst gives in a file of their own, in place of what the data assess."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import isfinite
from pathlib import Path

from kg.analysis.cases.lists import read_list
from kg.analysis.cases.model import Assessment, Case, Interval
from kg.errors import InputError

__all__ = ["read_power", "with_power"]

_ACTOR = ("actor", "id", "name", "label")
_LOW = ("power", "low", "weight", "votes")
_HIGH = ("high",)


def read_power(path: Path, resolve: Callable[[str], str]) -> dict[str, Interval]:
    """Actor -> interval of power, from a CSV file with the columns actor (or id, name) and power, or low and high.

    `resolve` gives the id that a name means. An empty cell leaves an actor as it is. Raises InputError with the line of a value that
    is no number of at least 0, of an interval upside down, of an actor that stands twice, or for missing columns.
    """
    known = (*_ACTOR, *_LOW, *_HIGH)
    rows = read_list(path, lambda cell: cell.strip().lower() in known)
    header = [cell.lower() for cell in rows[0][1]] if rows else []
    actor, low, high = (next((header.index(n) for n in names if n in header), None) for names in (_ACTOR, _LOW, _HIGH))
    if actor is None or low is None:
        raise InputError(
            f"{path.name}: needs the columns actor and power (or low and high); it has {', '.join(header) or 'none'}"
        )
    found: dict[str, Interval] = {}
    for line, written in rows[1:]:
        cells = [*written, *[""] * len(header)]
        if not cells[actor] or not cells[low]:
            continue
        where = f"{path.name}:{line}"
        least = _number(cells[low], where)
        most = _number(cells[high], where) if high is not None and cells[high] else least
        if least > most:
            raise InputError(f"{where}: the interval {least:g} to {most:g} is upside down; the low end comes first")
        key = resolve(cells[actor])
        if key in found:
            raise InputError(f"{where}: {cells[actor]!r} stands there twice; keep one line")
        found[key] = least, most
    return found


def _number(text: str, where: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not isfinite(value) or value < 0:
        raise InputError(f"{where}: power is {text!r}; give a number, 0 or more")
    return value


def with_power(case: Case, given: Mapping[str, Interval]) -> Case:
    """The same case with the power of the named actors as given, and nothing left of what was assessed for them."""
    by = case.weighed_by  # what is given beside votes is votes too, or everybody else would weigh nothing
    kept = [a for a in case.assessments if a.dimension != by or a.actor not in given]
    new = [Assessment(f"given-power-{actor}", actor, by, interval, status="given") for actor, interval in given.items()]
    return replace(case, assessments=tuple(sorted([*kept, *new], key=lambda a: a.id)))
