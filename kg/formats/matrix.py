"""Adjacency matrices with names, of one kind of things or of two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.formats.builder import Builder
from kg.formats.labels import concepts_named, fold
from kg.formats.sheets import Row, Sheet

__all__ = ["import_matrix", "is_matrix", "matrix_rows"]

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_NOTHING = {"", "-", "–", "—", ".", "na", "n/a", "#n/a", "nan", "none", "null", "\\", "/"}
"""What people write where nothing is to be said, on the diagonal above all."""
_MARKS = {"x", "×", "✓", "✔", "✗", "yes", "y", "si", "oui", "true"}
"""What they write for a tie that needs no number."""
_SIGNS = {"+", "++", "+++", "+/-", "+-", "--", "---"}
_TOTALS = {"total", "totals", "totales", "totaux", "sum", "suma", "somme", "∑", "σ"}
_CORNER = re.compile(r"[/\\|→]")
_LONGEST = 60
"""No word in a cell is longer, or it is a remark."""


def matrix_rows(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without the titles, of one cell each, that stand above them."""
    top = next((n for n, (_, cells) in enumerate(rows[:10]) if sum(map(bool, cells)) > 1), 0)
    return rows[top:]


def _plain(cell: str) -> str:
    """A cell with the minus sign that keyboards have."""
    return cell.replace("−", "-")


def is_matrix(rows: Sequence[Row]) -> bool:
    """True where the first row and the first column are names and all else says how they are tied.

    That is numbers, marks such as x, or nothing, and a blank corner or one like *from/to*. Where the same names stand on both
    sides the corner may hold anything, the names may be numbers, and the cells may hold signs and kinds of relations.
    """
    if len(rows) < 2 or len(rows[0][1]) < 3:
        return False
    corner, *names = rows[0][1]
    if not all(names) or len(set(names)) < len(names):
        return False
    body = [cells for _, cells in rows[1:]]
    if not all(c[0] and len(c) <= len(names) + 1 for c in body) or not any(v for c in body for v in c[1:]):
        return False
    down, across = ({fold(n) for n in side} - _TOTALS for side in ((c[0] for c in body), names))
    same = len(down) > 1 and down <= across
    if all(_NUMBER.fullmatch(n) for n in names) and not (same and down == across):
        return False
    if corner and not same and not (_CORNER.search(corner) and len(corner) <= _LONGEST):
        return False  # a table of things with figures about each
    held = {_plain(v) for c in body for v in c[1:]}
    if all(not v or _NUMBER.fullmatch(v) for v in held) or {fold(v) for v in held} <= _MARKS | _NOTHING:
        return True
    return same and down == across and all(len(v) <= _LONGEST for v in held)


@dataclass
class _Matrix:
    """What a matrix says, its names brought together."""

    rows: dict[str, int]
    """Name to the line it stands in."""
    columns: list[str]
    cells: dict[tuple[str, str], str]
    """Only those that say something."""
    square: bool
    left: Counter[str]
    """Words of cells that say nothing, with how many hold each."""
    totals: bool = False
    """True where a last row or column adds up the others, and was taken out."""

    @property
    def numeric(self) -> bool:
        """Whether every cell holds a number."""
        return all(map(_NUMBER.fullmatch, self.cells.values()))

    def value(self, pair: tuple[str, str]) -> float | str:
        """What stands in a cell, 0 where nothing does."""
        cell = self.cells.get(pair, "0")
        return float(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else fold(cell)

    @property
    def symmetric(self) -> bool:
        """Whether each pair is tied alike both ways."""
        return self.square and all(self.value(pair) == self.value(pair[::-1]) for pair in self.cells)

    @property
    def half(self) -> bool:
        """Whether one half beside the diagonal is left blank and the other is not."""
        place = {name: n for n, name in enumerate(self.columns)}
        sides = {place[a] < place[b] for a, b in self.cells if a != b and a in place}
        return self.square and len(sides) == 1 and set(self.rows) <= set(place) and len(self.cells) > 1


def _matrix(rows: Sequence[Row]) -> _Matrix:
    columns = list(rows[0][1][1:])
    lines = {cells[0]: line for line, cells in rows[1:]}
    known = {fold(c): c for c in columns}
    if not set(lines) <= set(columns) and len(known) == len(columns) and {fold(n) for n in lines} <= set(known):
        lines = {known[fold(name)]: line for name, line in lines.items()}  # written otherwise on the other side
        named = {name: cells for name, (_, cells) in zip(lines, rows[1:], strict=True)}
    else:
        named = {cells[0]: cells for _, cells in rows[1:]}
    square = set(lines) == set(columns) or (len(lines) > 2 and set(lines) >= set(columns)) or set(lines) <= set(columns)
    held = {
        (name, column): _plain(cell)
        for name, cells in named.items()
        for column, cell in zip(columns, cells[1:], strict=False)
    }
    signs = any(v in _SIGNS for v in held.values())
    beside = [v for (a, b), v in held.items() if a != b and fold(v) not in _NOTHING]
    marked = any(fold(v) in _MARKS for v in beside)
    left: Counter[str] = Counter()
    cells_: dict[tuple[str, str], str] = {}
    for (a, b), value in held.items():
        if a == b and square and not _NUMBER.fullmatch(value) and (not marked or fold(value) not in _MARKS):
            continue
        if fold(value) in _NOTHING and not (value == "-" and signs):
            left[value] += bool(value)
        else:
            cells_[a, b] = value
    made = _Matrix(lines, columns, cells_, square, left)
    _without_totals(made)
    return made


def _without_totals(matrix: _Matrix) -> None:
    """Takes out a last row and column that add up the others."""
    if not matrix.numeric:
        return
    names = (list(matrix.rows)[-1], matrix.columns[-1])
    inner = [r for r in matrix.rows if fold(r) not in _TOTALS], [c for c in matrix.columns if fold(c) not in _TOTALS]
    across = fold(names[1]) in _TOTALS and all(
        _close(matrix, [(r, c) for c in inner[1]], (r, names[1])) for r in inner[0]
    )  # fmt: skip
    down = fold(names[0]) in _TOTALS and all(_close(matrix, [(r, c) for r in inner[0]], (names[0], c)) for c in inner[1])
    if down:
        del matrix.rows[names[0]]
    if across:
        matrix.columns.remove(names[1])
    if down or across:
        matrix.totals = True
        matrix.cells = {(a, b): v for (a, b), v in matrix.cells.items() if a in matrix.rows and b in matrix.columns}


def _close(matrix: _Matrix, parts: list[tuple[str, str]], whole: tuple[str, str]) -> bool:
    return abs(sum(float(matrix.value(p)) for p in parts) - float(matrix.value(whole))) < 1e-6


def _kind(title: str, *, several: bool) -> str:
    """The type of relation that a matrix is of by the title of its sheet; of one alone only where it is known."""
    name = re.sub(r"\.(csv|tsv|tab|txt)$", "", title, flags=re.IGNORECASE)
    one = next((n for n in (name, re.sub("s$", "", name), re.sub("es$", "", name)) if concepts_named("relation", n)), "")
    return one or (name if several else "")


def import_matrix(builder: Builder, sheet: Sheet, rows: Sequence[Row], *, several: bool = False) -> str:
    """What kind of matrix it was, its ties having been added.

    0 and an empty cell are no tie, other numbers the weight of one; a negative number anywhere makes them signs. In a square
    matrix with the same names on both sides the ties have a direction unless it is symmetric or one half of it is blank; its
    diagonal becomes notes. Of `several` matrices each is a relation of its own, called as its sheet.
    """
    matrix = _matrix(rows)
    answers = builder.answers
    numeric, symmetric, half = matrix.numeric, matrix.symmetric, matrix.half
    signed = numeric and any(v.startswith("-") for v in matrix.cells.values())
    issues = not matrix.square and answers.second_mode == "issues"
    answers.asks_second_mode |= not matrix.square and not answers.second_mode
    directed = matrix.square and not symmetric and not half
    if matrix.square and not symmetric and answers.directed is not None:
        directed = answers.directed
    answers.asks_direction |= half and not symmetric and answers.directed is None
    for name, line in matrix.rows.items():
        builder.actor(name, name, f"{sheet.title}, line {line}")
    for name in matrix.columns:
        where = f"{sheet.title}, line {rows[0][0]}"
        if issues:
            builder.issue(name, where)
        else:
            builder.actor(name, name, where)
    type_ = _kind(sheet.title, several=several)
    for (a, b), value in matrix.cells.items():
        number = float(value.replace(",", ".")) if _NUMBER.fullmatch(value) else 0
        if (_NUMBER.fullmatch(value) and not number) or (symmetric and a > b):
            continue
        where = f"{sheet.title}, line {matrix.rows[a]}"
        if issues:
            _position(builder, a, b, value, where, signed=signed)
            continue
        sign = ("1" if number > 0 else "-1") if signed else ""
        subject, object_ = builder.actor(a, a, where), builder.actor(b, b, where)
        extra = [("Value", f"{number:g}")] if abs(number) not in (0, 1) else []
        said = [""] if number or fold(value) in _MARKS else [p.strip() for p in re.split("[;|]", value)]
        for word in filter(None, said) if any(said) else said:
            builder.relation(subject, object_, where, type_=word or type_, sign=sign, directed=directed, extra=extra)
    kind = "matrix of one kind of things" if matrix.square else "matrix of two kinds of things"
    _say(builder, sheet.title, matrix, issues=issues, type_=type_)
    return builder.report.kind(f"{'signed ' if signed else ''}{kind}")


def _say(builder: Builder, title: str, matrix: _Matrix, *, issues: bool, type_: str) -> None:
    tell = builder.report.tell
    became = tell("matrix.same" if matrix.square else "matrix.issues" if issues else "matrix.actors")
    tied = sum(1 for pair in matrix.cells if matrix.value(pair))
    how = (
        tell("matrix.symmetric")
        if matrix.symmetric
        else tell("matrix.half")
        if matrix.half and builder.answers.directed is None
        else ""
    )
    builder.report.say(
        "matrix", sheet=title, rows=tell("matrix.rows", n=len(matrix.rows)), became=became, how=how,
        columns=tell("matrix.columns", n=len(matrix.columns)), tied=tell("matrix.cells", n=tied),
        made=tell("matrix.positions" if issues else "matrix.ties"), called=tell("matrix.called", type=type_) if type_ else "",
    )  # fmt: skip
    for value, count in matrix.left.items():
        if value:
            builder.report.say("no-tie", sheet=title, n=count, value=value)
    if matrix.totals:
        builder.report.say("totals", sheet=title)


def _position(builder: Builder, actor: str, issue: str, cell: str, where: str, *, signed: bool) -> None:
    subject, object_ = builder.actor(actor, actor, where), builder.issue(issue, where)
    value = float(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else 1
    if signed:
        stance = "support" if value > 0 else "oppose"
        builder.position(subject, object_, stance, builder.evidence(where), note=f"Value: {value:g}")
    else:
        extra = [("Value", f"{value:g}")] if value != 1 else []
        builder.relation(subject, object_, where, directed=False, extra=extra)
