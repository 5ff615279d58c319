"""Lists of members of a parliament in CSV, as EveryPolitician writes them: persons, their groups and chamber.

Contact and other personal data are left out, as from Popolo's JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.formats.builder import Builder
from kg.formats.popolo import PERSONAL
from kg.formats.sheets import Row, Sheet

__all__ = ["import_members", "is_members"]

_MARKS = {"name", "group", "group_id"}
_PLACED = ("id", "name", "sort_name", "group", "chamber", "start_date", "end_date")
_OF_GROUP = ("group_id", "wikidata_group")
_OF_MEMBERSHIP = ("area", "area_id", "wikidata_area", "term")


def is_members(header: Sequence[str]) -> bool:
    """True for the heading of such a list."""
    return set(header) >= _MARKS and bool({"term", "chamber"} & set(header))


def import_members(builder: Builder, sheet: Sheet, rows: Sequence[Row]) -> str:
    """What it was recognised as, persons and memberships having been added."""
    header = list(rows[0][1])
    report = builder.report
    became: dict[str, str] = {h: report.role("note", "actor") for h in header if h}
    became |= dict.fromkeys(_PLACED, report.tell("actor-and-relation")) | dict.fromkeys(
        _OF_GROUP, report.role("note", "group")
    )
    became |= dict.fromkeys(_OF_MEMBERSHIP, report.role("note", "relation"))
    withheld = [h for h in header if h in PERSONAL]
    for line, cells in rows[1:]:
        _member(builder, dict(zip(header, cells, strict=False)), f"{sheet.title}, line {line}")
    became |= dict.fromkeys(withheld, report.tell("not-personal"))
    report.columns(sheet.title, len(rows) - 1, {h: became[h] for h in header if h})
    return report.kind("list of members of a parliament (EveryPolitician)")


def _member(builder: Builder, row: Mapping[str, str], where: str) -> None:
    name = row.get("name") or row.get("id") or "(no name)"
    person = builder.actor(f"person {row.get('id') or name}", name, where, "person")
    for title, value in row.items():
        if title and value and title not in (*_PLACED, *_OF_GROUP, *_OF_MEMBERSHIP, *PERSONAL):
            builder.note(person, f"{title}: {value}", where)
    extra = [(t, row[t]) for t in _OF_MEMBERSHIP if row.get(t)]
    start, end = row.get("start_date", ""), row.get("end_date", "")
    for title, type_ in (("group", "affiliation"), ("chamber", "membership")):
        body = row.get(title)
        if not body:
            continue
        key = f"{title} {body}"
        new = key not in builder.actors
        made = builder.actor(key, body, where)
        if new:
            builder.actors[key]["kind"] = "organization"
            for field in _OF_GROUP if title == "group" else ():
                if row.get(field):
                    builder.note(made, f"{field}: {row[field]}", where)
        builder.relation(person, made, where, type_=type_, extra=extra, start=start, end=end)
