"""The tables within a sheet: where each begins, which of its columns is which, and whether its rows are nodes or ties."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.findings import Finding
from kg.formats.labels import fold
from kg.formats.large import first_rows
from kg.formats.sheets import Row, Sheet

__all__ = ["Section", "large_section", "sections"]

_ENDS = (
    ("source", "target"), ("vertex 1", "vertex 2"), ("from name", "to name"), ("from", "to"), ("origen", "destino"),
    ("source id", "target id"), ("from id", "to id"), ("node1", "node2"), ("node 1", "node 2"), ("ego", "alter"),
    ("de", "a"), ("de", "vers"), ("sender", "receiver"), ("actor 1", "actor 2"), ("actor a", "actor b"), ("von", "nach"),
    ("source name", "target name"), ("source node", "target node"), ("source_id", "target_id"), ("src", "dst"),
    ("from_id", "to_id"), ("start node", "end node"), ("start_id", "end_id"), (":start_id", ":end_id"), ("head", "tail"),
    ("nodo origen", "nodo destino"), ("actor1", "actor2"), ("person 1", "person 2"), ("entity 1", "entity 2"),
    ("payer", "beneficiary"), ("subject", "object"), ("donor", "recipient"), ("donor", "party"), ("desde", "hacia"),
    ("fromnodeid", "tonodeid"), ("desde", "hasta"), ("source label", "target label"), ("parent", "child"),
    ("principal", "agent"), ("predecessor", "successor"), ("lender", "borrower"), ("funder", "grantee"),
)  # fmt: skip
_TIE = {
    "type": "type typ relationship relation edge edge_type tipo categoria category|relation type|edge type|relationship type|"
    "tipo de relacion|type of relationship",
    "label": "label etiqueta",
    "direction": "direction directed bidirectional dirigida direccion",
    "sign": "sign polarity signo signe",
    "weight": "weight strength value peso poids valor fuerza|edge weight",
    "start": "start since desde debut depuis|start date|start_date|fecha inicio",
    "end": "end until hasta fin|end date|end_date|fecha fin",
    "id": "id|edge id",
    "from type": "|from type|source type|from_type|source_type",
    "to type": "|to type|target type|to_type|target_type",
    "from name": "|from name|source name|source label|from_name|source_name|source_label",
    "to name": "|to name|target name|target label|to_name|target_name|target_label",
}
_NODE = {
    "id": "id node_id|node id",
    "name": "label name nombre nom title titre node vertex actor acteur stakeholder organisation organization organizacion|node name|"
    "actor name|nombre del actor|nom de l'acteur|parte interesada|partie prenante",
    "type": "type typ tipo category primary_ext|type of entity|element type|node type|entity type|type d'entite|actor type|"
    "tipo de actor|tipo de organizacion|type d'acteur|type d'organisation",
    "description": "description descripcion blurb",
    "acronym": "acronym sigla siglas sigle acronimo acronyme abbreviation abreviatura",
    "country": "country pais pays",
    "aliases": "aliases alias",
}


def _names(words: str) -> set[str]:
    singles, *phrases = words.split("|")
    return {*singles.split(), *phrases}


_TIE_NAMES = {role: _names(words) for role, words in _TIE.items()}
_NODE_NAMES = {role: _names(words) for role, words in _NODE.items()}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass
class Section:
    """Rows below one heading."""

    sheet: Sheet
    header: Sequence[str]
    rows: Iterable[Row]
    roles: Mapping[str, int]
    """Role to column."""
    ties: bool
    above: Sequence[Row] = field(default_factory=list)
    """Rows between the table before, or the top, and the heading."""

    def where(self, line: int) -> str:
        """Sheet and line, as evidence names them."""
        return f"{self.sheet.title}, line {line}"

    def missing(self, role: str, line: int, what: str) -> Finding:
        """That a cell which must hold something is empty, and why where the workbook tells."""
        at = self.roles.get(role, 0)
        cell = self.sheet.cell(at, line)
        for p in self.sheet.problems:
            if (p.line, p.column) == (line, at):
                return Finding("error", p.check, p.what, p.todo, self.sheet.title, line, role, "", cell)
        merged = any(p.check == "merged-cells" for p in self.sheet.problems)
        todo = "fill it in" + ("; the value of merged cells counts for the first of them only" if merged else "")
        return Finding("error", "required", what, todo, self.sheet.title, line, role, "", cell)

    def no_amount(self, title: str, line: int, value: str) -> Finding:
        """That a cell of a column of power or votes, which has no role, holds something else than an amount."""
        cell = self.sheet.cell(self.header.index(title), line)
        todo = "write it as 12 or 12.5, 0 or more, with a point; or call the column a note in a map file"
        what = f"{value[:40]!r} is no amount of power or votes"
        return Finding("error", "datatype", what, todo, self.sheet.title, line, title, "", cell)

    def no_number(self, role: str, line: int, value: str) -> Finding:
        """That a cell which must hold a number holds something else."""
        at = self.roles[role]
        todo = "write it as 12 or 12.5, with a point; or call the column a note in a map file"
        what, cell = f"{value[:40]!r} is no number", self.sheet.cell(at, line)
        return Finding("error", "datatype", what, todo, self.sheet.title, line, self.header[at], "", cell)

    def no_sign(self, line: int, value: str) -> Finding:
        """That a cell of a column of signs holds something else."""
        at = self.roles["sign"]
        todo = "write + or 1, - or -1, or nothing; or call the column a note in a map file"
        what, cell = f"{value[:40]!r} is no sign", self.sheet.cell(at, line)
        return Finding("error", "datatype", what, todo, self.sheet.title, line, self.header[at], "", cell)

    def get(self, cells: Sequence[str], role: str) -> str:
        """The cell of a role; empty where there is none."""
        at = self.roles.get(role)
        return cells[at] if at is not None and at < len(cells) else ""

    def told(self, cells: Sequence[str]) -> dict[str, str]:
        """Role to cell, of the columns that have one."""
        width = len(cells)
        return {role: cells[at] for role, at in self.roles.items() if at < width}

    @functools.cached_property
    def _placed(self) -> frozenset[int]:
        return frozenset(self.roles.values())

    def rest(self, cells: Sequence[str]) -> list[tuple[str, str]]:
        """Title and cell of the columns that have no role."""
        return [
            (self.header[at] if at < len(self.header) and self.header[at] else f"Column {at + 1}", cell)
            for at, cell in enumerate(cells)
            if cell and at not in self._placed
        ]


def _roles(header: Sequence[str], given: Mapping[str, str], *, headless: bool = False) -> tuple[dict[str, int], bool] | None:
    """Role to column, and whether the rows are ties; None where the heading is neither of nodes nor of ties.

    With `headless` a first column without heading holds names.
    """
    folded = [fold(h).removeprefix("# ").replace("’", "'") for h in header]  # so do comments that are headings
    roles: dict[str, int] = {}
    for at, title in enumerate(header):
        if given.get(title) and given[title] not in ("note", "ignore"):
            roles.setdefault(given[title], at)
    for start, end in _ENDS:
        if "from" not in roles and "to" not in roles and start in folded and end in folded:
            roles |= {"from": folded.index(start), "to": folded.index(end)}
            if start == "source" and "from" in folded and "to" in folded:  # Onodo's are dates
                roles |= {"start": folded.index("from"), "end": folded.index("to")}
    ties = "from" in roles and "to" in roles
    for role, names in (_TIE_NAMES if ties else _NODE_NAMES).items():
        place = next(
            (n for n, h in enumerate(folded) if h in names and n not in roles.values() and header[n] not in given), None
        )
        if place is not None:
            roles.setdefault(role, place)
    if headless and not ties and "name" not in roles and len(folded) > 1 and not folded[0]:
        roles["name"] = 0
    return (roles, ties) if ties or "name" in roles or "id" in roles else None


def sections(sheet: Sheet, given: Mapping[str, str], *, sole: bool) -> Iterator[Section]:
    """The tables of a sheet: two blank rows may begin another one, as Kumu has it, and the heading may stand lower.

    In a `sole` sheet the heading of names may be blank, or the whole heading of a plain list of ties; beside others such a
    table is something else.
    """
    rows = list(sheet.rows)
    at = 0
    while at < len(rows):
        tops = range(at, min(at + 10, len(rows)))
        blank = (False, True) if sole else (False,)
        tries = ((top, _roles(rows[top][1], given, headless=headless)) for headless in blank for top in tops)
        top, found = next(((t, f) for t, f in tries if f), (at, None))
        if not found:
            if sole and (plain := _headless(rows)):
                yield Section(sheet, ["From", "To", "Weight"], *plain)
            return
        end = top + 1
        while end < len(rows):
            gap = rows[end][0] - rows[end - 1][0] > 2
            if gap and not sheet.title.lower().endswith((".csv", ".tsv")) and _roles(rows[end][1], given):
                break
            end += 1
        yield Section(sheet, _told_apart(rows[top][1]), rows[top + 1 : end], *found, rows[at:top])
        at = end


def _headless(rows: Sequence[Row]) -> tuple[Sequence[Row], dict[str, int], bool, Sequence[Row]] | None:
    """The rest of a section without heading: two columns of things and perhaps one of numbers; None where rows are no such.

    A first row of numbers, or of names that stand elsewhere in these columns too, is no heading.
    """
    top = next((n for n, (_, cells) in enumerate(rows) if not cells[0].startswith("#")), len(rows))
    body = rows[top:]
    widths = {len(cells) for _, cells in body}
    if widths not in ({2}, {3}) or len(body) < 2 or not all(c[0] and c[1] for _, c in body):
        return None
    if widths == {3} and not all(_NUMBER.fullmatch(c[2]) for _, c in body):
        return None
    first = body[0][1][:2]
    rest = {name for _, cells in body[1:] for name in cells[:2]}
    if not all(_NUMBER.fullmatch(c) or c in rest for c in first):
        return None
    return body, {"from": 0, "to": 1} | ({"weight": 2} if widths == {3} else {}), True, rows[:top]


def _told_apart(header: Sequence[str]) -> list[str]:
    """The heading, a title that stands there again with its number."""
    seen: Counter[str] = Counter()
    out = []
    for title in header:
        seen[title] += 1
        out.append(f"{title} ({seen[title]})" if title and seen[title] > 1 else title)
    return out


class _Below:
    """The rows of a large sheet below its heading."""

    def __init__(self, rows: Iterable[Row], top: int) -> None:
        self.rows, self.top = rows, top

    def __iter__(self) -> Iterator[Row]:
        return (row for row in self.rows if row[0] > self.top)


def large_section(sheet: Sheet, given: Mapping[str, str], *, sole: bool) -> Iterator[Section]:  # noqa: ARG001  # as `sections`
    """The one table of a sheet that is too large to hold."""
    top = first_rows(sheet.rows, 10)
    for at, (line, cells) in enumerate(top):
        found = _roles(cells, given)
        if found:
            yield Section(sheet, _told_apart(cells), _Below(sheet.rows, line), *found, top[:at])
            return
