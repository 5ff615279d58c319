"""Networks in one or two tables, as most programs write them: a table of nodes, a table of ties, or both.

Kumu, Gephi, Graph Commons, NodeXL, Onodo, node-mapper, LittleSis's bulk sheets and plain edge lists differ in the names of
their columns only; this module knows the names. What a column becomes is said; what has no place becomes a note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import InputError
from kg.findings import Finding
from kg.formats.builder import Builder
from kg.formats.labels import fold
from kg.formats.large import first_rows
from kg.formats.matrix import import_matrix, is_matrix
from kg.formats.members import import_members, is_members
from kg.formats.sheets import Row, Sheet

__all__ = ["import_sheets"]

_ENDS = (
    ("source", "target"), ("vertex 1", "vertex 2"), ("from name", "to name"), ("from", "to"), ("origen", "destino"),
    ("source id", "target id"), ("from id", "to id"), ("node1", "node2"), ("node 1", "node 2"), ("ego", "alter"),
    ("de", "a"), ("de", "vers"), ("sender", "receiver"), ("actor 1", "actor 2"), ("actor a", "actor b"), ("von", "nach"),
    ("source name", "target name"), ("source node", "target node"), ("source_id", "target_id"), ("src", "dst"),
    ("from_id", "to_id"), ("start node", "end node"), ("start_id", "end_id"), (":start_id", ":end_id"), ("head", "tail"),
    ("nodo origen", "nodo destino"), ("actor1", "actor2"), ("person 1", "person 2"), ("entity 1", "entity 2"),
    ("payer", "beneficiary"), ("subject", "object"), ("donor", "recipient"), ("donor", "party"), ("desde", "hacia"),
)  # fmt: skip
_TIE = {
    "type": "type typ relationship relation edge tipo categoria category|relation type|edge type|relationship type|"
    "tipo de relacion|type of relationship",
    "label": "label etiqueta",
    "direction": "direction directed bidirectional dirigida direccion",
    "sign": "sign polarity signo signe",
    "weight": "weight strength value peso poids valor fuerza",
    "start": "start since desde debut|start date|start_date|fecha inicio",
    "end": "end until hasta fin|end date|end_date|fecha fin",
    "id": "id|edge id",
    "from type": "|from type|source type",
    "to type": "|to type|target type",
}
_NODE = {
    "id": "id node_id|node id",
    "name": "label name nombre nom title titre node vertex|node name",
    "type": "type typ tipo category primary_ext|type of entity|element type|node type|entity type|type d'entite",
    "description": "description descripcion blurb",
    "acronym": "acronym sigla sigle acronimo",
    "aliases": "aliases alias",
}


_POWER = ("power", "poder", "pouvoir", "weight", "peso", "poids", "votes", "votos", "voix", "seats", "escanos", "sieges")
"""Columns of nodes that say what an actor weighs: power where all numbers lie from 0 to 1, else votes."""
_AMOUNT = re.compile(r"\d+(\.\d+)?")
_ARROWS = ("directed", "undirected", "mixed", "mutual")
"""What Gephi writes as the type of an edge."""


def _names(words: str) -> set[str]:
    singles, *phrases = words.split("|")
    return {*singles.split(), *phrases}


_TIE_NAMES = {role: _names(words) for role, words in _TIE.items()}
_NODE_NAMES = {role: _names(words) for role, words in _NODE.items()}


@dataclass
class _Section:
    """Rows below one heading."""

    sheet: Sheet
    header: Sequence[str]
    rows: Iterable[Row]
    roles: Mapping[str, int]
    """Role to column."""
    ties: bool

    def where(self, line: int) -> str:
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

    def get(self, cells: Sequence[str], role: str) -> str:
        at = self.roles.get(role)
        return cells[at] if at is not None and at < len(cells) else ""

    def rest(self, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Title and cell of the columns that have no role."""
        placed = set(self.roles.values())
        for at, cell in enumerate(cells):
            if at not in placed and cell:
                yield (self.header[at] if at < len(self.header) and self.header[at] else f"Column {at + 1}"), cell


def _roles(header: Sequence[str], given: Mapping[str, str], *, headless: bool = False) -> tuple[dict[str, int], bool] | None:
    """Role to column, and whether the rows are ties; None where the heading is neither of nodes nor of ties.

    With `headless` a first column without heading holds names.
    """
    folded = [fold(h) for h in header]
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


def _sections(sheet: Sheet, given: Mapping[str, str]) -> Iterator[_Section]:
    """The tables of a sheet: two blank rows may begin another one, as Kumu has it, and the heading may stand lower."""
    rows = list(sheet.rows)
    at = 0
    while at < len(rows):
        tops = range(at, min(at + 10, len(rows)))
        tries = ((top, _roles(rows[top][1], given, headless=headless)) for headless in (False, True) for top in tops)
        top, found = next(((t, f) for t, f in tries if f), (at, None))
        if not found:
            return
        end = top + 1
        while end < len(rows):
            gap = rows[end][0] - rows[end - 1][0] > 2
            if gap and not sheet.title.lower().endswith((".csv", ".tsv")) and _roles(rows[end][1], given):
                break
            end += 1
        yield _Section(sheet, _told_apart(rows[top][1]), rows[top + 1 : end], *found)
        at = end


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


def _large_section(sheet: Sheet, given: Mapping[str, str]) -> Iterator[_Section]:
    """The one table of a sheet that is too large to hold."""
    for line, cells in first_rows(sheet.rows, 10):
        found = _roles(cells, given)
        if found:
            yield _Section(sheet, _told_apart(cells), _Below(sheet.rows, line), *found)
            return


def _truth(text: str) -> bool | None:
    folded = fold(text)
    if folded in ("directed", "yes", "true", "1", "si", "oui"):
        return True
    return False if folded in ("undirected", "mutual", "no", "false", "0", "non") else None


def _direction(section: _Section, cells: Sequence[str]) -> bool | None:
    text = section.get(cells, "direction")
    said = _truth(text) if text else None
    at = section.roles.get("direction")
    if said is not None and at is not None and fold(section.header[at]) == "bidirectional":
        return not said
    return said


def _nodes(builder: Builder, section: _Section, keys: dict[str, str]) -> None:
    became = {section.header[at]: f"{role} of the actor" for role, at in section.roles.items() if section.header[at]}
    by_id = "id" in section.roles and "name" in section.roles
    weighing = _weighing(builder, section)
    count = 0
    for line, cells in section.rows:
        count += 1
        where = section.where(line)
        name = section.get(cells, "name") or section.get(cells, "id")
        key = section.get(cells, "id") if by_id and section.get(cells, "id") else name
        if not name:
            what = f"the row has no name ({', '.join(c for c in cells if c)[:60]!r})"
            builder.findings.append(section.missing("name", line, what))
            continue
        if key in builder.actors:
            builder.happened("nodes stand there again, their cells added to the first of that name", f"{where} ({key})")
        type_ = section.get(cells, "type")
        at = section.roles.get("type")
        if at is not None and fold(section.header[at]) == "primary_ext" and fold(type_) not in ("person", "org"):
            cell = section.sheet.cell(at, line)
            what, todo = f"{type_!r} is neither Person nor Org", "write one of the two"
            builder.findings.append(Finding("error", "type", what, todo, section.sheet.title, line, "primary_ext", "", cell))
            continue
        aliases = ";".join(p.strip() for p in section.get(cells, "aliases").replace("|", ";").split(";") if p.strip())
        actor = builder.actor(
            key,
            name,
            where,
            type_,
            note=section.get(cells, "description"),
            acronym=section.get(cells, "acronym"),
            aliases=aliases,
        )
        keys.setdefault(name, key)
        for title, value in section.rest(cells):
            if title in weighing:
                became[title] = weighing[title] + " of the actor"
                if weighing[title] == "votes":
                    builder.votes(actor, value, where)
                else:
                    builder.assessment(actor, "power", value, value, where)
                continue
            became[title] = "note of the actor"
            if builder.answers.columns.get(title) != "ignore":
                builder.note(actor, f"{title}: {value}", where)
    builder.say_columns(section.sheet.title, count, {**dict.fromkeys(filter(None, section.header), "empty"), **became})


def _weighing(builder: Builder, section: _Section) -> dict[str, str]:
    """The column that says what actors weigh, and whether as power or as votes; none where a cell of it is no number."""
    for at, title in enumerate(section.header):
        if fold(title) in _POWER and at not in section.roles.values() and title not in builder.answers.columns:
            values = [cells[at] for _, cells in section.rows if at < len(cells) and cells[at]]
            if values and all(_AMOUNT.fullmatch(value) for value in values):
                return {title: "power" if max(map(float, values)) <= 1 else "votes"}
    return {}


def _ties(builder: Builder, section: _Section, keys: Mapping[str, str], *, listed: bool) -> None:
    became = {section.header[at]: f"{role} of the relation" for role, at in section.roles.items() if section.header[at]}
    at = section.roles.get("type")
    seen = first_rows(section.rows, 1000)
    values = {cells[at] for _, cells in seen if at is not None and at < len(cells) and cells[at]}
    arrows = bool(values) and all(fold(v) in _ARROWS for v in values)
    count = 0
    for line, cells in section.rows:
        count += 1
        where = section.where(line)
        ends = []
        for role in ("from", "to"):
            name = section.get(cells, role)
            if not name:
                builder.findings.append(section.missing(role, line, f"the {role} end of the tie is empty"))
            ends.append(name)
        if not all(ends):
            continue
        extra = [(t, v) for t, v in section.rest(cells) if builder.answers.columns.get(t) != "ignore"]
        became |= {title: "note of the relation" for title, _ in extra}
        label, weight, identity = (section.get(cells, role) for role in ("label", "weight", "id"))
        type_ = section.get(cells, "type")
        arrow = arrows and fold(type_) in _ARROWS
        said = type_
        type_ = "" if arrow else type_
        if not type_ and label:
            type_ = label
        elif label:
            extra.append(("Label", label))
        extra += [("Weight", weight)] if weight else []
        extra += [("Id", identity)] if identity else []
        directed = _truth(said) if arrow else _direction(section, cells)
        for target in ends[1].split("|"):
            pair = []
            for role, name in (("from", ends[0]), ("to", target.strip())):
                key = name if name in builder.actors else keys.get(name, name)
                if listed and key not in builder.actors:
                    builder.happened(
                        "ends of ties are not among the nodes, added as actors of which nothing else is known",
                        f"{where} ({name})",
                    )
                pair.append(builder.actor(key, name, where, section.get(cells, f"{role} type")))
            builder.relation(
                pair[0], pair[1], where, type_=type_, sign=section.get(cells, "sign"), directed=directed, extra=extra,
                start=section.get(cells, "start"), end=section.get(cells, "end"),
            )  # fmt: skip
    builder.say_columns(section.sheet.title, count, {**dict.fromkeys(filter(None, section.header), "empty"), **became})


def _program(sections: Sequence[_Section]) -> str:
    """Whose columns these are, as far as their names tell it."""
    ties = {fold(h) for s in sections if s.ties for h in s.header}
    nodes = {fold(h) for s in sections if not s.ties for h in s.header}
    if "vertex 1" in ties:
        return "NodeXL workbook"
    if "primary_ext" in nodes:
        return "LittleSis bulk sheet"
    if {"from name", "to name"} <= ties:
        return "Graph Commons spreadsheet"
    if "type of entity" in nodes or "bidirectional" in ties:
        return "node-mapper spreadsheet"
    if {"source", "target"} <= ties and ("name" in nodes or {"from", "to"} & ties):
        return "Onodo spreadsheet"
    if (
        {"from", "to"} <= ties
        and ("sign" not in ties or "direction" in ties)
        and ("label" in nodes or {"direction", "tags", "description"} & ties)
    ):
        return "Kumu spreadsheet"
    if {"source", "target"} <= ties and (
        {"id", "label"} <= nodes or {"weight", "timeset"} & ties or (not nodes and "type" in ties)
    ):
        return "Gephi spreadsheet"
    if ties:
        return "signed edge list" if "sign" in ties or "polarity" in ties else "edge list"
    return "list of nodes"


def import_sheets(builder: Builder, sheets: Sequence[Sheet], name: str) -> str:
    """What the sheets were recognised as, their content having been added.

    Raises InputError where no sheet holds nodes, ties or a matrix, saying which columns there are.
    """
    sections: list[_Section] = []
    kinds: list[str] = []
    unplaced: list[Sheet] = []
    for sheet in sheets:
        rows = first_rows(sheet.rows) if sheet.large else list(sheet.rows)
        if sheet.large and rows and (is_matrix(rows) or is_members(rows[0][1])):
            rows = list(sheet.rows)
            sheet.large = False
        if not sheet.large:
            sheet.rows = rows
        if "(ignore)" in sheet.title.casefold() or not rows:
            continue
        if is_matrix(rows):
            kinds.append(import_matrix(builder, sheet, rows))
            continue
        if is_members(rows[0][1]):
            kinds.append(import_members(builder, sheet, rows))
            continue
        split = _large_section if sheet.large else _sections
        found = list(split(sheet, builder.answers.columns))
        sections += found
        if not found:
            unplaced.append(sheet)
    keys: dict[str, str] = {}
    nodes = [s for s in sections if not s.ties]
    for section in nodes:
        _nodes(builder, section, keys)
    for section in sections:
        if section.ties:
            _ties(builder, section, keys, listed=bool(nodes))
    if not sections and not kinds:
        first = next((list(row[1]) for s in unplaced for row in s.rows), [])
        builder.answers.unknown_columns = [c for c in first if c]
        raise InputError(
            f"{name}: no table of nodes or ties was recognised (columns: {', '.join(repr(c) for c in first[:12]) or 'none'}"
            '); name two columns From and To, or say in a map file which they are: {"columns": {"...": "from", "...": "to"}}'
        )
    if not builder.actors and not builder.findings:
        raise InputError(f"{name}: there is no row with a name below the heading; fill in at least one")
    for sheet in unplaced:
        builder.report.append(
            f"{sheet.title}: {len(list(sheet.rows))} rows could not be placed: no heading of nodes or ties; not imported"
        )
    return " and ".join(dict.fromkeys([*([_program(sections)] if sections else []), *kinds]))
