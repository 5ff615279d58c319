"""Popolo JSON (as of EveryPolitician), in: persons, organizations and memberships. Contact data of persons are left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.formats.builder import Builder
from kg.formats.jsonfile import flat, items, load, objects

__all__ = ["looks", "read"]

_PARTS = ("persons", "organizations", "memberships")
_PERSONAL = (
    "contact_details",
    "email",
    "links",
    "image",
    "images",
    "sources",
    "birth_date",
    "gender",
    "identifiers",
    "national_identity",
)
_NAMES = (
    "id",
    "name",
    "other_names",
    "classification",
    "parent_id",
    "memberships",
    "posts",
    "sort_name",
    "given_name",
    "family_name",
)

_ENDS = ("id", "person_id", "member_id", "organization_id", "on_behalf_of_id")


def looks(path: Path) -> bool:
    """True for a JSON object with persons or organizations and memberships."""
    content = load(path)
    return isinstance(content, dict) and sum(isinstance(content.get(p), list) for p in _PARTS) >= 2


def read(path: Path, builder: Builder) -> str:
    """What was recognised, its actors and memberships having been added."""
    content = load(path)
    withheld: set[str] = set()
    areas = {flat(a.get("id")): flat(a.get("name")) for _, a in objects(content, "areas")}
    for part in ("organizations", "persons"):
        for number, record in objects(content, part):
            name = flat(record.get("name")).strip() or flat(record.get("id"))
            key, where = flat(record.get("id")) or name, f"{part[:-1]} {flat(record.get('id')) or number}"
            others = (flat(o.get("name")) for _, o in objects(record, "other_names"))
            aliases = ";".join(dict.fromkeys(o.replace(";", ",") for o in others if o and o != name))
            type_ = "person" if part == "persons" else flat(record.get("classification"))
            actor = builder.actor(key, name, where, type_, aliases=aliases)
            if part == "organizations":
                builder.actors[key]["kind"] = "organization"
            withheld |= {f for f in _PERSONAL if part == "persons" and record.get(f)}
            for title, value in items(record, *_NAMES, *(_PERSONAL if part == "persons" else ("images",))):
                builder.note(actor, f"{title}: {value}", where)
    for number, record in objects(content, "organizations"):
        if record.get("parent_id"):
            where = f"organization {flat(record.get('id')) or number}"
            builder.relation(
                _known(builder, record.get("id"), where), _known(builder, record["parent_id"], where), where, type_="part-of"
            )
    for number, record in objects(content, "memberships"):
        where = f"membership {flat(record.get('id')) or number}"
        person = _known(builder, record.get("person_id") or record.get("member_id"), where)
        fields = items(record, *_ENDS, "start_date", "end_date")
        extra = [(t, areas.get(v, v) if t == "area_id" else v) for t, v in fields]
        start, end = flat(record.get("start_date")), flat(record.get("end_date"))
        for field, type_ in (("organization_id", "membership"), ("on_behalf_of_id", "affiliation")):
            if record.get(field):
                builder.relation(
                    person, _known(builder, record[field], where), where, type_=type_, extra=extra, start=start, end=end
                )
    if withheld:
        builder.report.append(f"{path.name}: personal data are not imported: {', '.join(sorted(withheld))}")
    for part in ("posts", "events", "motions", "speeches"):
        if objects(content, part):
            builder.report.append(
                f"{path.name}: {len(objects(content, part))} {part} could not be placed; memberships keep their ids"
            )
    return "Popolo file"


def _known(builder: Builder, key: Any, where: str) -> str:
    text = flat(key)
    if text not in builder.actors:
        builder.happened(
            "ends of memberships are not in the file, added as actors of which nothing else is known", f"{where} ({text})"
        )
    return builder.actor(text, text or "(nobody)", where)
