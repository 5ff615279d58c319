"""Popolo JSON, in and out: whole files (as of EveryPolitician), lists, and single objects with others embedded in them.

Persons, organizations and memberships become actors and ties; posts, events and areas stand in notes of what they belong
to. Contact and other personal data of persons are left out. Source: the Popolo specification (popoloproject.com).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.formats.builder import Builder
from kg.formats.jsonfile import flat, items, load, objects
from kg.formats.labels import label
from kg.formats.network import Network, Written

__all__ = ["PERSONAL", "looks", "read", "write"]

_PARTS = ("persons", "organizations", "memberships", "posts", "events", "areas")
_OTHER_PARTS = ("motions", "vote_events", "votes", "speeches", "counts")
PERSONAL = (
    "contact_details", "email", "links", "image", "images", "sources", "birth_date", "death_date", "gender", "identifiers",
    "national_identity", "phone", "cell", "twitter", "facebook", "biography",
)  # fmt: skip
"""Fields of persons that are not imported."""
_NAMES = (
    "id", "name", "other_names", "classification", "parent_id", "parent", "memberships", "posts", "sort_name", "given_name",
    "family_name", "children", "created_at", "updated_at",
)  # fmt: skip
_ENDS = ("id", "person_id", "member_id", "organization_id", "on_behalf_of_id", "post_id", "legislative_period_id", "area_id")
_EMBEDDED = {"person": "persons", "member": "persons", "organization": "organizations", "on_behalf_of": "organizations",
             "post": "posts", "area": "areas"}  # fmt: skip
_MARKS = {
    "memberships": ({"person_id", "member_id", "person"}, {"organization_id", "on_behalf_of_id", "organization", "post_id"}),
    "posts": ({"label", "role"}, {"organization_id", "organization"}),
    "persons": (
        {"name"},
        {"other_names", "given_name", "family_name", "birth_date", "gender", "national_identity", "honorific_prefix",
         "sort_name", "memberships", "updated_at"},
    ),
    "organizations": ({"name"}, {"classification", "founding_date", "dissolution_date", "parent_id", "posts"}),
}  # fmt: skip
"""Part to the fields of which one each must be there, for an object that stands alone."""


def _part_of(record: Any) -> str:
    """To which part an object that stands alone belongs; empty where it does not look like Popolo."""
    if not isinstance(record, dict) or "schema" in record or "elements" in record:
        return ""
    order = ("memberships", "posts", "organizations", "persons")
    return next((p for p in order if all(set(record) & some for some in _MARKS[p])), "")


def _alone(content: Any) -> list[Any]:
    """The objects of a file that is a list of them or one."""
    if isinstance(content, dict):
        found = content.get("result", content.get("results"))
        content = found if isinstance(found, list | dict) else content
    return content if isinstance(content, list) else [content]


def _is_whole(content: Any) -> bool:
    """True for an object with lists of objects, as against one that stands alone, which may embed memberships."""
    lists = [p for p in _PARTS[:3] if isinstance(content, dict) and isinstance(content.get(p), list)]
    return bool(lists) and (lists != ["memberships"] or "name" not in content) and "label" not in content


def looks(path: Path) -> bool:
    """True for a JSON object with persons or organizations and memberships, and for single objects or a list of these."""
    content = load(path)
    if _is_whole(content) and sum(isinstance(content.get(p), list) for p in (*_PARTS, *_OTHER_PARTS)) >= 2:
        return True
    if _is_whole(content) and any("name" in r for p in ("persons", "organizations") for _, r in objects(content, p)):
        return True
    found = _alone(content)
    return bool(found) and all(map(_part_of, found))


class _Parts:
    """Every object by part and key, embedded ones taken out of their place."""

    def __init__(self, content: Any) -> None:
        self.found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        if _is_whole(content):
            for part in _PARTS:
                for number, record in objects(content, part):
                    self.add(part, record, number)
        else:
            for place, record in enumerate(_alone(content)):
                self.add(_part_of(record), record, str(place))

    def add(self, part: str, record: dict[str, Any], number: str = "") -> str:
        """The key of an object, which is added with what it holds."""
        record = dict(record)
        key = flat(record.get("id")) or flat(record.get("name")) or f"{part} {number or len(self.found[part])}"
        for field, where in _EMBEDDED.items():
            if isinstance(record.get(field), dict):
                record.setdefault(f"{field}_id", self.add(where, record.pop(field)))
        own = {"persons": "person_id", "organizations": "organization_id", "posts": "post_id"}.get(part)
        for inner in ("memberships", "posts") if own else ():
            for place, embedded in objects(record, inner):
                self.add(inner, {own or "": key, **embedded}, f"{place} of {key}")
            record.pop(inner, None)
        known = self.found[part].setdefault(key, {})
        for field, value in record.items():
            known.setdefault(field, value)
        return key

    def name(self, part: str, key: Any) -> str:
        """What an object is called; its key where the file does not hold it."""
        record = self.found[part].get(flat(key), {})
        return flat(record.get("name") or record.get("label") or record.get("role")) or flat(key)


def _actors(builder: Builder, parts: _Parts) -> set[str]:
    """The fields that were withheld."""
    withheld: set[str] = set()
    for part in ("organizations", "persons"):
        for key, record in parts.found[part].items():
            name, where = flat(record.get("name")).strip() or key, f"{part[:-1]} {key}"
            others = (flat(o.get("name")) for _, o in objects(record, "other_names"))
            aliases = ";".join(dict.fromkeys(o.replace(";", ",") for o in others if o and o != name))
            type_ = "person" if part == "persons" else flat(record.get("classification"))
            actor = builder.actor(f"{part} {key}", name, where, type_, aliases=aliases)
            if part == "organizations":
                builder.actors[f"{part} {key}"]["kind"] = "organization"
            withheld |= {f for f in PERSONAL if part == "persons" and record.get(f)}
            for title, value in items(record, *_NAMES, *(PERSONAL if part == "persons" else ("images",))):
                builder.note(actor, f"{title}: {parts.name('areas', value) if title == 'area_id' else value}", where)
    return withheld


def _end(builder: Builder, part: str, key: Any, where: str) -> str:
    text = flat(key)
    if f"{part} {text}" not in builder.actors:
        builder.report.happened("end-not-in-file.memberships", f"{where} ({text})")
    return builder.actor(f"{part} {text}", text or "(nobody)", where)


def _membership(builder: Builder, parts: _Parts, key: str, record: dict[str, Any]) -> None:
    where = f"membership {key.removeprefix('memberships ')}"
    post = parts.found["posts"].get(flat(record.get("post_id")), {})
    if not record.get("organization_id") and not record.get("on_behalf_of_id"):
        record = {**record, "organization_id": post.get("organization_id")}
    holder = record.get("person_id") or record.get("member_id")
    part = "persons" if record.get("person_id") or f"organizations {flat(holder)}" not in builder.actors else "organizations"
    person = _end(builder, part, holder, where)
    extra = [
        (title, parts.name(where_, record[title]))
        for title, where_ in (("post_id", "posts"), ("legislative_period_id", "events"), ("area_id", "areas"))
        if record.get(title)
    ]
    extra = [(t.removesuffix("_id").replace("_", " "), v) for t, v in extra]
    extra = [*items(record, *_ENDS, "start_date", "end_date", "contact_details"), *extra]
    start, end = flat(record.get("start_date")), flat(record.get("end_date"))
    for field, type_ in (("organization_id", "membership"), ("on_behalf_of_id", "affiliation")):
        if record.get(field):
            body = _end(builder, "organizations", record[field], where)
            builder.relation(person, body, where, type_=type_, extra=extra, start=start, end=end)


def _belongings(builder: Builder, parts: _Parts) -> Iterator[tuple[str, int]]:
    """Adds posts and events to the notes of what they belong to, and gives how many of each belong to nothing."""
    named = {flat(m.get(f)) for m in parts.found["memberships"].values() for f in ("post_id", "legislative_period_id")}
    for part in ("posts", "events"):
        left = 0
        for key, record in parts.found[part].items():
            owner = f"organizations {flat(record.get('organization_id'))}"
            if owner in builder.actors:
                said = ", ".join(f"{t}: {v}" for t, v in items(record, "id", "name", "label", "organization_id"))
                text = f"{part[:-1].capitalize()}: {parts.name(part, key)}" + (f" ({said})" if said else "")
                builder.note(builder.actors[owner]["id"], text, f"{part[:-1]} {key}")
            elif key not in named:
                left += 1
        if left:
            yield part, left


def read(path: Path, builder: Builder) -> str:
    """What was recognised, its actors and memberships having been added."""
    content = load(path)
    parts = _Parts(content)
    withheld = _actors(builder, parts)
    for key, record in parts.found["organizations"].items():
        if record.get("parent_id"):
            where = f"organization {key}"
            unit, whole = (_end(builder, "organizations", k, where) for k in (key, record["parent_id"]))
            builder.relation(unit, whole, where, type_="part-of")
    for key, record in parts.found["posts"].items():
        organization = flat(record.get("organization_id"))
        if organization and f"organizations {organization}" not in builder.actors:
            _end(builder, "organizations", organization, f"post {key}")
    for key, record in parts.found["memberships"].items():
        _membership(builder, parts, key, record)
    for part, left in _belongings(builder, parts):
        builder.report.say("parts-without-owner", file=path.name, n=left, part=part)
    if withheld:
        builder.report.say("no-personal", file=path.name, listed=", ".join(sorted(withheld)))
    for part in _OTHER_PARTS if isinstance(content, dict) else ():
        if objects(content, part):
            builder.report.say("parts-unplaced", file=path.name, n=len(objects(content, part)), part=part)
    return "Popolo file"


def _classified(network: Network, node: dict[str, Any]) -> str:
    return label("actor-type", node.get("type") or "unspecified", network.lang)


def write(network: Network) -> Written:
    """Persons, organizations with their parents, and memberships; ties of other kinds have no place there."""
    persons = {n["id"] for n in network.nodes if n.get("kind") == "person"}
    people, bodies, memberships = [], [], []
    above = {e["source"]: e["target"] for e in network.edges if e["type"] == "part-of" and e["target"] not in persons}
    for node in network.nodes:
        record: dict[str, Any] = {"id": node["id"], "name": node["label"]}
        others = [*node.get("aliases", ()), *([node["acronym"]] if node.get("acronym") else ())]
        if others:
            record["other_names"] = [{"name": o} for o in others]
        if node["id"] in persons:
            people.append(record | ({"summary": node["note"]} if node.get("note") else {}))
            continue
        record["classification"] = _classified(network, node)
        if node["id"] in above:
            record["parent_id"] = above[node["id"]]
        bodies.append(record)
    left = 0
    for edge in network.edges:
        field = {"membership": "organization_id", "coalition-membership": "organization_id",
                 "affiliation": "on_behalf_of_id"}.get(edge["type"])  # fmt: skip
        if edge["type"] == "part-of" and above.get(edge["source"]) == edge["target"]:
            continue
        if not field or edge["target"] in persons:
            left += 1
            continue
        member = "person_id" if edge["source"] in persons else "member_id"
        dates = {f"{d}_date": edge[d] for d in ("start", "end") if edge.get(d)}
        memberships.append(
            {"id": edge["id"], member: edge["source"], field: edge["target"], "label": edge["label"], **dates}
        )
    content = {"persons": people, "organizations": bodies, "memberships": memberships}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return Written(text.encode(), {"ties that are no memberships": left})
