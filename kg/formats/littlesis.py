"""LittleSis, in: answers of its API and its bulk files (JSON): entities and the relationships between them.

Source: the API's documentation (littlesis.org/api) and the categories of relationships in its editor.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kg.formats.builder import Builder
from kg.formats.jsonfile import flat, items, load

__all__ = ["looks", "read"]

_CATEGORIES = {
    "1": ("Position", True), "2": ("Education", True), "3": ("membership", True), "4": ("Family", False),
    "5": ("Donation", True), "6": ("Transaction", True), "7": ("Lobbying", True), "8": ("Social", False),
    "9": ("Professional", False), "10": ("Ownership", True), "11": ("Hierarchy", True), "12": ("Generic", False),
}  # fmt: skip
"""Category to a name of it, and whether it leads from the first entity to the second."""
_PLACED = ("id", "name", "blurb", "primary_ext", "aliases", "links", "updated_at")
_ENDS = ("id", "entity1_id", "entity2_id", "category_id", "start_date", "end_date", "updated_at", "links")


def _records(content: Any) -> list[dict[str, Any]]:
    """Objects with type, id and attributes, wherever an answer holds them."""
    found: list[Any] = []
    if isinstance(content, dict):
        for key in ("data", "included"):
            part = content.get(key)
            found += part if isinstance(part, list) else [part]
    elif isinstance(content, list):
        found = content
    return [r for r in found if isinstance(r, dict) and isinstance(r.get("attributes"), dict) and "type" in r]


def looks(path: Path) -> bool:
    """True for an answer whose data are entities or relationships."""
    return any(r["type"] in ("entities", "relationships") for r in _records(load(path))[:1])


def _day(value: Any) -> str:
    """A date as far as it is known: 2018-12-00 is a month."""
    return re.sub(r"(-00)+$", "", flat(value))


def _actor(builder: Builder, key: str, where: str) -> str:
    if f"entity {key}" not in builder.actors:
        builder.report.happened("end-not-in-file.relationships", where)
    return builder.actor(f"entity {key}", f"LittleSis entity {key}", where)


def read(path: Path, builder: Builder) -> str:
    """What was recognised, entities and relationships having been added."""
    records = _records(load(path))
    others = 0
    for record in records:
        if record["type"] != "entities":
            others += record["type"] != "relationships"
            continue
        fields = record["attributes"]
        key = flat(fields.get("id") or record.get("id"))
        name, where = flat(fields.get("name")).strip() or key, f"entity {key}"
        aliases = [a.replace(";", ",") for _, a in _texts(fields, "aliases") if a and a != name]
        kind = flat(fields.get("primary_ext"))
        actor = builder.actor(f"entity {key}", name, where, kind, note=flat(fields.get("blurb")), aliases=";".join(aliases))
        for title, value in items(fields, *_PLACED):
            if title != "parent_id":
                builder.note(actor, f"{title}: {value}", where)
    for record in records:
        fields = record["attributes"]
        parent = flat(fields.get("parent_id")) if record["type"] == "entities" else ""
        if parent:
            key = flat(fields.get("id") or record.get("id"))
            where = f"entity {key}"
            builder.relation(_actor(builder, key, where), _actor(builder, parent, where), where, type_="part-of")
        if record["type"] == "relationships":
            _relationship(builder, record)
    if others:
        builder.report.say("objects-unplaced", file=path.name, n=others)
    return "LittleSis data"


def _texts(fields: dict[str, Any], key: str) -> list[tuple[int, str]]:
    raw = fields.get(key)
    return list(enumerate(flat(v) for v in raw)) if isinstance(raw, list) else []


def _relationship(builder: Builder, record: dict[str, Any]) -> None:
    fields = record["attributes"]
    where = f"relationship {flat(fields.get('id') or record.get('id'))}"
    type_, directed = _CATEGORIES.get(flat(fields.get("category_id")), ("", True))
    ends = [_actor(builder, flat(fields.get(f"entity{n}_id")), where) for n in (1, 2)]
    builder.relation(
        ends[0], ends[1], where, type_=type_, directed=directed, extra=items(fields, *_ENDS),
        start=_day(fields.get("start_date")), end=_day(fields.get("end_date")),
    )  # fmt: skip
