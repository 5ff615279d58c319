"""Adjacency matrices with names, of one kind of things or of two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.formats.builder import Builder
from kg.formats.sheets import Row, Sheet

__all__ = ["import_matrix", "is_matrix", "matrix_rows"]

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def matrix_rows(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without the titles, of one cell each, that stand above them."""
    top = next((n for n, (_, cells) in enumerate(rows[:10]) if sum(map(bool, cells)) > 1), 0)
    return rows[top:]


def is_matrix(rows: Sequence[Row]) -> bool:
    """True where the first row and the first column are names, the corner is blank, and all else are numbers.

    Where the same names stand on both sides the corner may be filled.
    """
    if len(rows) < 2 or len(rows[0][1]) < 3:
        return False
    names = rows[0][1][1:]
    if not all(names) or len(set(names)) < len(names) or all(_NUMBER.fullmatch(n) for n in names):
        return False
    body = [cells for _, cells in rows[1:]]
    if rows[0][1][0] and {c[0] for c in body} != set(names):
        return False  # a table of things with figures about each
    return any(v for c in body for v in c[1:]) and all(
        c[0] and len(c) <= len(names) + 1 and all(not v or _NUMBER.fullmatch(v) for v in c[1:]) for c in body
    )


def import_matrix(builder: Builder, sheet: Sheet, rows: Sequence[Row]) -> str:
    """What kind of matrix it was, its ties having been added.

    0 and an empty cell are no tie, other numbers the weight of one; a negative number anywhere makes them signs. In a square
    matrix with the same names on both sides the ties have a direction unless it is symmetric; its diagonal becomes notes.
    """
    columns = list(rows[0][1][1:])
    cells = {c[0]: [v.replace(",", ".") or "0" for v in (*c[1:], *[""] * (len(columns) + 1 - len(c)))] for _, c in rows[1:]}
    lines = {c[0]: line for line, c in rows[1:]}
    values = {(a, b): float(v) for a, row in cells.items() for b, v in zip(columns, row, strict=True)}
    square = set(cells) == set(columns) or (len(cells) > 2 and set(cells) >= set(columns)) or set(cells) <= set(columns)
    symmetric = square and all(values.get((b, a), 0) == v for (a, b), v in values.items())
    signed = any(v < 0 for v in values.values())
    issues = not square and builder.answers.second_mode == "issues"
    builder.answers.asks_second_mode |= not square and not builder.answers.second_mode
    for name in cells:
        builder.actor(name, name, f"{sheet.title}, line {lines[name]}")
    for name in columns:
        where = f"{sheet.title}, line {rows[0][0]}"
        if issues:
            builder.issue(name, where)
        else:
            builder.actor(name, name, where)
    for (a, b), value in values.items():
        if not value or (symmetric and a > b):
            continue
        where = f"{sheet.title}, line {lines[a]}"
        weight = f"{value:g}"
        if issues:
            _position(builder, a, b, value, where, signed=signed)
        else:
            sign = ("1" if value > 0 else "-1") if signed else ""
            subject, object_ = builder.actor(a, a, where), builder.actor(b, b, where)
            extra = [("Value", weight)] if abs(value) != 1 else []
            builder.relation(subject, object_, where, sign=sign, directed=square and not symmetric, extra=extra)
    kind = "matrix of one kind of things" if square else "matrix of two kinds of things"
    became = "issues" if issues else "actors"
    builder.report.append(
        f"{sheet.title}: {len(cells)} rows -> actors; {len(columns)} columns -> {'the same actors' if square else became};"
        f" {sum(1 for v in values.values() if v)} cells that are not 0 -> {'positions' if issues else 'ties'}"
        + (", without direction since the matrix is symmetric" if symmetric else "")
    )
    return f"{'signed ' if signed else ''}{kind}"


def _position(builder: Builder, actor: str, issue: str, value: float, where: str, *, signed: bool) -> None:
    subject, object_ = builder.actor(actor, actor, where), builder.issue(issue, where)
    if signed:
        stance = "support" if value > 0 else "oppose"
        builder.position(subject, object_, stance, builder.evidence(where), note=f"Value: {value:g}")
    else:
        extra = [("Value", f"{value:g}")] if value != 1 else []
        builder.relation(subject, object_, where, directed=False, extra=extra)
