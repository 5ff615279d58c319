"""Networks in one or two tables, as most programs write them: a table of nodes, a table of ties, or both.

Kumu, Gephi, Graph Commons, NodeXL, Onodo, node-mapper, LittleSis's bulk sheets and plain edge lists differ in the names of
their columns only; this module knows the names. What a column becomes is said; what has no place becomes a note.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from math import isfinite

from kg.errors import InputError
from kg.findings import Finding
from kg.formats.builder import Builder, read_sign
from kg.formats.dates import span
from kg.formats.labels import fold, label
from kg.formats.large import first_rows
from kg.formats.matrix import import_matrix, is_matrix, matrix_rows
from kg.formats.members import import_members, is_members
from kg.formats.scored import scored, told
from kg.formats.sections import Section, large_section, sections
from kg.formats.sheets import Row, Sheet

__all__ = ["import_sheets"]

_COUNTED = ("votes", "votos", "voix", "seats", "escanos", "sieges")
_WEIGHING = ("power", "poder", "pouvoir", "weight", "peso", "poids")
"""Columns of nodes that say what an actor weighs, unless most of it is words: what is counted by its name; else power where all
numbers lie from 0 to 1, and votes beyond. Whole numbers that may be marks are none of either."""
_WEIGHT = ("weight", "peso", "poids", "edge weight")
"""Columns of ties that hold numbers, unless most of it is words; a strength or value may also be told in words."""
_AMOUNT = re.compile(r"\d+(\.\d+)?")
_TIMES = ("timeset", "interval", "time interval", "timestamp")
"""Columns of ties that hold from when to when, as Gephi writes it."""
_GROUPS = {"group", "vertex color"}
"""Columns of NodeXL's sheet of groups."""
_ARROWS = ("directed", "undirected", "mixed", "mutual")
"""What Gephi writes as the type of an edge."""


def _truth(text: str) -> bool | None:
    folded = fold(text)
    if folded in ("directed", "yes", "true", "1", "si", "oui"):
        return True
    return False if folded in ("undirected", "mutual", "no", "false", "0", "non") else None


def _pointed(text: str) -> str:
    """A number with a decimal comma with a point instead; anything else as it is."""
    return re.sub(r"^([-+]?\d+),(\d{1,2})$", r"\1.\2", text)


def _sign(text: str) -> bool:
    return read_sign(text) is not None


def _number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _direction(section: Section, cells: Sequence[str]) -> bool | None:
    text = section.get(cells, "direction")
    said = _truth(text) if text else None
    at = section.roles.get("direction")
    if said is not None and at is not None and fold(section.header[at]) == "bidirectional":
        return not said
    return said


def _nodes(builder: Builder, section: Section, keys: dict[str, str]) -> None:
    became = {
        section.header[at]: builder.report.role(role, "actor") for role, at in section.roles.items() if section.header[at]
    }
    by_id = "id" in section.roles and "name" in section.roles
    if by_id:
        became[section.header[section.roles["id"]]] = builder.report.tell("id-kept")
    taken = section.roles.values()
    free = [n for n, t in enumerate(section.header) if t and n not in taken and t not in builder.answers.columns]
    scores = scored(section.header, (cells for _, cells in section.rows), free)
    weighing = {} if any(column.dimension == "power" for column in scores.values()) else _weighing(builder, section)
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
            builder.report.happened("node-again", f"{where} ({key})")
        type_ = section.get(cells, "type")
        at = section.roles.get("type")
        if at is not None and fold(section.header[at]) == "primary_ext" and fold(type_) not in ("person", "org"):
            cell = section.sheet.cell(at, line)
            what, todo = f"{type_!r} is neither Person nor Org", "write one of the two"
            builder.findings.append(Finding("error", "type", what, todo, section.sheet.title, line, "primary_ext", "", cell))
            continue
        aliases, countries = (
            [p.strip() for p in section.get(cells, role).replace("|", ";").split(";") if p.strip()]
            for role in ("aliases", "country")
        )
        actor = builder.actor(
            key,
            name,
            where,
            type_,
            note=section.get(cells, "description"),
            acronym=section.get(cells, "acronym"),
            aliases=";".join(aliases),
            country=";".join(builder.country(c, where) for c in countries),
        )
        keys.setdefault(name, key)
        if by_id and key != name:
            builder.local_id(actor, key, where)
        for title, value in section.rest(cells):
            if title in scores:
                dimension = scores[title].dimension
                became[title] = builder.report.role(label("dimension", dimension, builder.lang).lower(), "actor")
                low, high = scores[title].ends(value) or ("", "")
                builder.assessment(actor, dimension, low, high, where, "" if low == high else f"{title}: {value}")
                continue
            if title in weighing:
                became[title] = builder.report.role(weighing[title], "actor")
                value = _pointed(value)
                if not _AMOUNT.fullmatch(value):
                    builder.findings.append(section.no_amount(title, line, value))
                    continue
                if weighing[title] == "votes":
                    builder.votes(actor, value, where)
                else:
                    builder.assessment(actor, "power", value, value, where)
                continue
            became[title] = builder.report.role("note", "actor")
            if builder.answers.columns.get(title) != "ignore":
                builder.note(actor, f"{title}: {value}", where)
    empty = dict.fromkeys(filter(None, section.header), builder.report.tell("empty"))
    builder.report.columns(section.sheet.title, count, {**empty, **became})
    for title, kind in weighing.items():
        if kind == "votes" and fold(title) not in _COUNTED:
            builder.report.say("votes", sheet=section.sheet.title, title=title)
    guessed = [title for title, column in scores.items() if column.guessed]
    if guessed:
        first, best = scores[guessed[0]].guessed or (0, 0)
        key = "marks-or-votes" if any(scores[title].dimension == "power" for title in guessed) else "marks"
        titles = ", ".join(guessed)
        builder.report.say(key, sheet=section.sheet.title, titles=titles, title=guessed[0], first=first, best=best)
    if listed := told(scores, (cells for _, cells in section.rows), section.header):
        builder.report.say("scores", sheet=section.sheet.title, listed=listed)


def _weighing(builder: Builder, section: Section) -> dict[str, str]:
    """The column that says what actors weigh, and whether as power or as votes; none where most of it is no number."""
    for at, title in enumerate(section.header):
        if (
            fold(title) in (*_COUNTED, *_WEIGHING)
            and at not in section.roles.values()
            and title not in builder.answers.columns
        ):
            values = [_pointed(cells[at]) for _, cells in section.rows if at < len(cells) and cells[at]]
            amounts = [float(value) for value in values if _AMOUNT.fullmatch(value)]
            if amounts and 2 * len(amounts) >= len(values):
                return {title: "votes" if fold(title) in _COUNTED or max(amounts) > 1 else "power"}
    return {}


def _alike(builder: Builder, nodes: int) -> dict[str, str]:
    """Further ways to write the names of the first actors, which are nodes, each with the key of the one that it can mean."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, record in islice(builder.actors.items(), nodes):
        names = (
            key,
            record.get(f"name_{builder.lang}", ""),
            record.get("acronym", ""),
            *record.get("aliases", "").split(";"),
        )
        for name in filter(None, map(fold, names)):
            found[name].add(key)
    return {name: next(iter(meant)) for name, meant in found.items() if len(meant) == 1}


def _ties(
    builder: Builder, section: Section, keys: Mapping[str, str], alike: Callable[[], Mapping[str, str]], *, listed: bool
) -> None:
    became = {
        section.header[at]: builder.report.role(role, "relation") for role, at in section.roles.items() if section.header[at]
    }
    at = section.roles.get("type")
    seen = first_rows(section.rows, 1000)
    values = {cells[at] for _, cells in seen if at is not None and at < len(cells) and cells[at]}
    arrows = bool(values) and all(fold(v) in _ARROWS for v in values)
    place = section.roles.get("weight")
    weights = [_pointed(cells[place]) for _, cells in seen if place is not None and place < len(cells) and cells[place]]
    weighs = place is not None and fold(section.header[place]) in _WEIGHT and 2 * sum(map(_number, weights)) >= len(weights)
    place = section.roles.get("sign")
    given = [cells[place] for _, cells in seen if place is not None and place < len(cells) and cells[place]]
    signs = 2 * sum(_sign(value) or _number(value.lstrip("+-")) for value in given) >= len(given)
    noted = builder.report.role("note", "relation")
    count = 0
    for line, cells in section.rows:
        count += 1
        where = section.where(line)
        told = section.told(cells).get
        ends = (told("from", ""), told("to", ""))
        if not all(ends):
            for role, name in zip(("from", "to"), ends, strict=True):
                if not name:
                    builder.findings.append(section.missing(role, line, f"the {role} end of the tie is empty"))
            continue
        extra = [(t, v) for t, v in section.rest(cells) if builder.answers.columns.get(t) != "ignore"]
        became |= {title: noted for title, _ in extra}
        label, weight, identity = told("label", ""), told("weight", ""), told("id", "")
        if weight and weighs:
            weight = _pointed(weight)
            if not _number(weight):
                builder.findings.append(section.no_number("weight", line, weight))
                continue
        sign = told("sign", "")
        if sign and signs and not _sign(sign):
            builder.findings.append(section.no_sign(line, sign))
            continue
        said = told("type", "")
        arrow = arrows and fold(said) in _ARROWS
        type_ = "" if arrow else said
        if not type_ and label:
            type_ = label
        elif label:
            extra.append(("Label", label))
        times = (found for title, value in extra if fold(title) in _TIMES and (found := span(value)))
        start, end = (told("start", ""), told("end", "")) if told("start") or told("end") else next(times, ("", ""))
        extra += [("Weight", weight)] if weight else []
        extra += [("Id", identity)] if identity else []
        directed = _truth(said) if arrow else _direction(section, cells)
        if "|" in ends[1]:
            builder.report.happened("several-ends", where)
        for target in ends[1].split("|"):
            pair = []
            for role, name in (("from", ends[0]), ("to", target.strip())):
                key = name if name in builder.actors else keys.get(name, name)
                called = "" if "|" in ends[1] and role == "to" else told(f"{role} name", "")
                new = called and key not in builder.actors
                if listed and key not in builder.actors and (meant := alike().get(fold(name))):
                    key = meant
                    builder.report.happened("end-alike", f"{where} ({name} -> {meant})")
                elif listed and key not in builder.actors:
                    builder.report.happened("end-new", f"{where} ({name})")
                pair.append(builder.actor(key, called or name, where, told(f"{role} type", "")))
                if new:
                    builder.local_id(pair[-1], name, where)
            builder.relation(
                pair[0], pair[1], where, type_=type_, sign=sign, directed=directed, extra=extra,
                start=start, end=end,
            )  # fmt: skip
    empty = dict.fromkeys(filter(None, section.header), builder.report.tell("empty"))
    builder.report.columns(section.sheet.title, count, {**empty, **became})


def _program(sections: Sequence[Section]) -> str:
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
    if {"source", "target"} <= ties and ({"from", "to", "directed", "at", "date"} & ties or {"visible", "image"} & nodes):
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


def _above(builder: Builder, sheet: Sheet, rows: Sequence[Row]) -> None:
    """Says what stands above a heading, and keeps it in the note of the source."""
    for line, cells in rows:
        text = ", ".join(filter(None, cells))
        builder.report.say("above", sheet=sheet.title, line=line, text=text[:80])
        builder.remark(text)


def _aside(builder: Builder, sheet: Sheet, rows: Sequence[Row]) -> None:
    """Keeps the rows of a sheet of NodeXL's groups in the note of the source; their members say which they are of."""
    top = next(n for n, (_, cells) in enumerate(rows) if set(map(fold, cells)) >= _GROUPS)
    for _, cells in rows[top + 1 :]:
        builder.remark(", ".join(f"{title}: {cell}" for title, cell in zip(rows[top][1], cells, strict=False) if cell))
    builder.report.say("groups", sheet=sheet.title, n=len(rows) - top - 1)


def import_sheets(builder: Builder, sheets: Sequence[Sheet], name: str) -> str:
    """What the sheets were recognised as, their content having been added.

    Raises InputError where no sheet holds nodes, ties or a matrix, saying which columns there are.
    """
    found: list[Section] = []
    kinds: list[str] = []
    unplaced: list[Sheet] = []
    told_apart = len(sheets) > 1 and sum(is_matrix(matrix_rows(first_rows(s.rows))) for s in sheets) > 1
    for sheet in sheets:
        rows = first_rows(sheet.rows) if sheet.large else list(sheet.rows)
        if sheet.large and rows and (is_matrix(rows) or is_members(rows[0][1])):
            rows = list(sheet.rows)
            sheet.large = False
        if not sheet.large:
            sheet.rows = rows
        if "(ignore)" in sheet.title.casefold() or not rows:
            continue
        below = matrix_rows(rows)
        if is_matrix(below):
            kinds.append(import_matrix(builder, sheet, below, several=told_apart))
            _above(builder, sheet, rows[: len(rows) - len(below)])
            continue
        if any(set(map(fold, cells)) >= _GROUPS for _, cells in rows[:2]):
            _aside(builder, sheet, rows)
            continue
        if is_members(rows[0][1]):
            kinds.append(import_members(builder, sheet, rows))
            continue
        split = large_section if sheet.large else sections
        here = list(split(sheet, builder.answers.columns, sole=len(sheets) == 1))
        for section in here:
            if "From" in section.header and section.rows and next(iter(section.rows))[0] == 1:
                builder.report.say("no-heading", sheet=sheet.title)
            _above(builder, sheet, section.above)
        found += here
        if not here:
            unplaced.append(sheet)
    keys: dict[str, str] = {}
    nodes = [s for s in found if not s.ties]
    for section in nodes:
        _nodes(builder, section, keys)
    count = len(builder.actors)
    alike = functools.cache(lambda: _alike(builder, count))  # most files name their nodes as they are
    for section in found:
        if section.ties:
            _ties(builder, section, keys, alike, listed=bool(nodes))
    if not found and not kinds:
        if not any(True for s in sheets for _ in s.rows):
            raise InputError(f"{name}: is empty; fill in a heading and rows, or name another file")
        first = next((list(row[1]) for s in unplaced for row in s.rows), [])
        builder.answers.unknown_columns = [c for c in first if c]
        raise InputError(
            f"{name}: no table of nodes or ties was recognised (columns: {', '.join(repr(c) for c in first[:12]) or 'none'}"
            '); name two columns From and To, or say in a map file which they are: {"columns": {"...": "from", "...": "to"}}'
        )
    if not builder.actors and not builder.findings:
        raise InputError(f"{name}: there is no row with a name below the heading; fill in at least one")
    for sheet in unplaced:
        for _, cells in first_rows(sheet.rows, 10):
            if fold(cells[0]) == "graph type" and len(cells) > 1 and builder.directed is None:  # in NodeXL's Overall Metrics
                builder.directed = {"directed": True, "undirected": False}.get(fold(cells[1]))
        builder.report.say("sheet-unplaced", sheet=sheet.title, n=len(list(sheet.rows)))
    return builder.report.joined([*([builder.report.kind(_program(found))] if found else []), *kinds])
