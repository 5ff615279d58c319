"""FollowTheMoney entities, in and out: one JSON object per line, as Aleph and OpenSanctions write them.

Which properties of a schema are the ends of a tie follows the `edge` blocks of its model (followthemoney, schema/*.yaml).
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.findings import Finding
from kg.formats.builder import Builder
from kg.formats.jsonfile import content_of, load
from kg.formats.network import Network, Written

__all__ = ["looks", "read", "write"]

_ACTORS = {
    "Person": "person", "Organization": "organization", "Company": "company", "PublicBody": "public-body", "LegalEntity": "",
}  # fmt: skip
_EDGES = {
    "Membership": ("member", "organization", "membership", True),
    "Directorship": ("director", "organization", "Directorship", True),
    "Employment": ("employee", "employer", "Employment", True),
    "Ownership": ("owner", "asset", "Ownership", True),
    "Representation": ("agent", "client", "representation", True),
    "Payment": ("payer", "beneficiary", "Payment", True),
    "Succession": ("predecessor", "successor", "Succession", True),
    "Family": ("person", "relative", "Family", False),
    "Associate": ("person", "associate", "Associate", False),
    "Debt": ("debtor", "creditor", "Debt", True),
    "UnknownLink": ("subject", "object", "", False),
}
_NAMES = ("name", "alias", "weakAlias", "previousName")
_ABOUT = ("caption", "datasets", "referents")
"""What is said of an entity beside its properties."""
_STATEMENT = {"entity_id", "schema", "prop", "value"}
_PRIVATE_SCHEMATA = ("Address", "Identification", "Passport", "UserAccount")
_PRIVATE = {
    "email",
    "phone",
    "birthDate",
    "idNumber",
    "passportNumber",
    "taxNumber",
    "socialSecurityNumber",
    "address",
    "birthPlace",
}


def _start(path: Path) -> bytes:
    """The beginning of a file, unpacked where its name ends in .gz."""
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            return file.read(1_000_000).lstrip(b"\xef\xbb\xbf \t\r\n")
    except (OSError, EOFError, zlib.error):
        return b""


def _is_entity(record: Any) -> bool:
    return isinstance(record, dict) and isinstance(record.get("schema"), str) and isinstance(record.get("properties"), dict)


def looks(path: Path) -> bool:
    """True where the first line, or the first of a list, is an entity with schema and properties, or a heading of statements."""
    start = _start(path)
    if path.suffix.lower() == ".csv":
        return set(start.partition(b"\n")[0].decode("utf-8", "replace").strip().replace('"', "").split(",")) >= _STATEMENT
    if start[:1] == b"[":
        content = load(path)
        return isinstance(content, list) and bool(content) and _is_entity(content[0])
    try:
        return _is_entity(json.loads(start.partition(b"\n")[0]))
    except (ValueError, RecursionError):
        return False


def _values(raw: Any) -> list[str]:
    return [raw] if isinstance(raw, str) else [str(x) for x in raw]


def _ids(found: dict[str, dict[str, Any]], raw: Any, where: str) -> list[str]:
    """The values of a property; entities that stand in it, as in nested exports, are added and stand for their ids."""
    out = []
    for value in raw if isinstance(raw, list) else [raw]:
        if isinstance(value, dict) and "id" in value:
            if isinstance(value.get("schema"), str):
                _add(found, {"properties": {}, **value}, where)
            out.append(str(value["id"]))
        else:
            out += _values(value if isinstance(value, str) else [value])
    return out


def _add(found: dict[str, dict[str, Any]], entity: Any, where: str) -> None:
    """Adds an entity, or more of one; raises KeyError and others where it is none."""
    properties = {str(k): _ids(found, v, where) for k, v in entity["properties"].items()}
    known = found.setdefault(str(entity["id"]), {"schema": str(entity["schema"]), "where": where, "properties": {}})
    for name in _ABOUT:
        if entity.get(name):
            properties[name] = _values(entity[name])
    for name, values in properties.items():
        known["properties"][name] = list(dict.fromkeys([*known["properties"].get(name, []), *values]))


def _records(path: Path) -> Iterator[tuple[str, Any]]:
    """Where an entity stands, and its text or the object itself."""
    if _start(path)[:1] == b"[":
        yield from ((f"entity {n}", record) for n, record in enumerate(load(path), 1))
    else:
        lines = enumerate(content_of(path).removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1)
        yield from ((f"line {n}", line) for n, line in lines if line.strip())


def _entities(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for where, record in _records(path):
        try:
            _add(found, json.loads(record) if isinstance(record, bytes) else record, where)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            place = where.replace("line ", "") if isinstance(record, bytes) else where
            raise InputError(f"{path.name}:{place}: no entity with id, schema and properties; correct the line") from None
    return found


def _statements(path: Path, builder: Builder) -> dict[str, dict[str, Any]]:
    """Entities put together from their statements, one value of one property per row."""
    from kg.formats.grids import read_sheets

    (sheet,), remarks = read_sheets(path)
    builder.report += remarks
    rows = iter(sheet.rows)
    heading = list(next(rows)[1])
    found: dict[str, dict[str, Any]] = {}
    for line, cells in rows:
        row = dict(zip(heading, cells, strict=False))
        key, prop = row.get("canonical_id") or row.get("entity_id"), row.get("prop")
        if not key or not prop or not row.get("schema"):
            what, todo = "the statement lacks entity, schema or property", "correct the row"
            builder.findings.append(Finding("error", "required", what, todo, path.name, line))
            continue
        given = {} if prop == "id" else {prop: [row.get("value", "")]}
        about = {"datasets": [row["dataset"]]} if row.get("dataset") else {}
        if row.get("entity_id") not in ("", None, key):
            about["referents"] = [row["entity_id"]]
        _add(found, {"id": key, "schema": row["schema"], "properties": given, **about}, f"line {line}")
    left = [h for h in heading if h not in {*_STATEMENT, "id", "canonical_id", "dataset", "prop_type"}]
    if left:
        builder.report.say("of-statements", file=path.name, listed=", ".join(left))
    return found


def _caption(entity: dict[str, Any], key: str) -> str:
    properties = entity["properties"]
    return next((properties[p][0] for p in ("name", "full", "title", "label", "caption") if properties.get(p)), key)


class _Reading:
    """Entities on their way to the builder."""

    def __init__(self, entities: dict[str, dict[str, Any]], builder: Builder) -> None:
        self.entities, self.builder = entities, builder
        self.withheld: set[str] = set()

    def text(self, value: str) -> str:
        return _caption(self.entities[value], value) if value in self.entities else value

    def joined(self, values: list[str]) -> str:
        return "; ".join(map(self.text, values))

    def actor(self, key: str, where: str) -> str:
        if key not in self.entities:
            self.builder.report.happened("end-not-in-file.ties", f"{where} ({key})")
        return self.builder.actor(key, self.text(key), where)

    def add_actor(self, key: str, entity: dict[str, Any]) -> None:
        builder, where, schema, properties = self.builder, entity["where"], entity["schema"], entity["properties"]
        names = [n.replace(";", ",") for p in _NAMES for n in properties.get(p, [])]
        aliases = ";".join(dict.fromkeys(names[1:]))
        made = builder.actor(key, _caption(entity, key), where, _ACTORS[schema], aliases=aliases)
        if schema in ("Organization", "Company", "PublicBody"):
            builder.actors[key]["kind"] = "organization"
        if schema == "LegalEntity":
            builder.note(made, "Type: LegalEntity", where)
        for name, values in properties.items():
            led = [self.entities.get(v, {}).get("schema", "") for v in values]
            withheld = _PRIVATE_SCHEMATA if schema == "Person" else ()
            self.withheld |= set(led) & set(withheld)
            values = [v for v, to in zip(values, led, strict=True) if to not in (*_EDGES, *withheld)]
            if schema == "Person" and name in _PRIVATE:
                self.withheld.add(name)
            elif name not in _NAMES and values not in ([], [_caption(entity, key)]):
                builder.note(made, f"{name}: {self.joined(values)}", where)

    def add_tie(self, entity: dict[str, Any]) -> None:
        builder, where, properties = self.builder, entity["where"], entity["properties"]
        source, target, type_, directed = _EDGES[entity["schema"]]
        dates = {c: (properties.get(p) or [""])[0] for c, p in (("start", "startDate"), ("end", "endDate"))}
        if not dates["start"] and properties.get("date"):
            dates = {"start": properties["date"][0], "end": properties["date"][0]}
        placed = (source, target, "startDate", "endDate", "date")
        extra = [(n, self.joined(vs)) for n, vs in properties.items() if n not in placed]
        pairs = [(a, b) for a in properties.get(source, []) for b in properties.get(target, [])]
        if not pairs:
            builder.report.happened("lacks-ends", where, schema=entity["schema"], source=source, target=target)
        for a, b in pairs:
            ends = self.actor(a, where), self.actor(b, where)
            builder.relation(*ends, where, type_=type_, directed=directed, extra=extra, **dates)

    def add_other(self, entity: dict[str, Any]) -> bool:
        """True where something else was added as a note to the actors that it names."""
        named = [v for values in entity["properties"].values() for v in values if v in self.builder.actors]
        if entity["schema"] in _PRIVATE_SCHEMATA:
            self.withheld.add(entity["schema"])
            return True
        said = "; ".join(f"{name}: {self.joined(values)}" for name, values in entity["properties"].items())
        for key in dict.fromkeys(named):
            self.builder.note(self.builder.actors[key]["id"], f"{entity['schema']}: {said}", entity["where"])
        return bool(named)


def read(path: Path, builder: Builder) -> str:
    """What was recognised, actors and ties having been added; other entities become notes of the actors that they name."""
    statements = path.suffix.lower() == ".csv"
    entities = _statements(path, builder) if statements else _entities(path)
    reading = _Reading(entities, builder)
    for key, entity in entities.items():
        if entity["schema"] in _ACTORS:
            reading.add_actor(key, entity)
    for entity in entities.values():
        if entity["schema"] in _EDGES:
            reading.add_tie(entity)
    for key, entity in entities.items():
        if entity["schema"] not in (*_ACTORS, *_EDGES) and not reading.add_other(entity):
            builder.report.happened("only-notes", f"{entity['where']} ({reading.text(key)})", schema=entity["schema"])
    if reading.withheld:
        builder.report.say("no-personal", file=path.name, listed=", ".join(sorted(reading.withheld)))
    return "FollowTheMoney statements" if statements else "FollowTheMoney entities"


_SCHEMATA = {"person": "Person", "company": "Company", "public-body": "PublicBody", "ministry": "PublicBody"}
_BY_TYPE = {concept: schema for schema, (_, _, concept, _) in _EDGES.items() if concept in ("membership", "representation")}


def _schema(node: dict[str, Any]) -> str:
    if node.get("kind") == "person":
        return "Person"
    found = _SCHEMATA.get(node.get("type") or "")
    return found or ("Organization" if node.get("kind") in ("organization", "unit") else "LegalEntity")


def write(network: Network) -> Written:
    """One entity per actor and per tie; ties without a schema of their own are UnknownLink with their label as role."""
    codes = {r["id"]: r["code"].casefold() for r in network.material.tables.get("places", ()) if r.get("code")}
    entities: list[dict[str, Any]] = []
    kinds = {n["id"]: _schema(n) for n in network.nodes}
    for node in network.nodes:
        names = {"name": [node["label"]], "alias": node.get("aliases"), "weakAlias": [node.get("acronym")]}
        more = {"country": [codes[c] for c in node.get("country") or () if c in codes],
                "notes": [node.get("note"), *node.get("notes", ())]}  # fmt: skip
        entities.append(_entity(node["id"], kinds[node["id"]], {**names, **more}))
    left = 0
    for edge in network.edges:
        schema = _BY_TYPE.get(edge["type"], "UnknownLink")
        if schema == "Membership" and kinds[edge["target"]] in ("Person", "LegalEntity"):
            schema = "UnknownLink"
        source, target, _, directed = _EDGES[schema]
        left += edge["directed"] is not directed
        role = [] if schema == "Representation" else [edge["label"]]
        said = {
            "role": role,
            "startDate": [edge.get("start")],
            "endDate": [edge.get("end")],
            "description": [edge.get("note")],
        }
        entities.append(_entity(edge["id"], schema, {source: [edge["source"]], target: [edge["target"]], **said}))
    content = "".join(json.dumps(e, ensure_ascii=False) + "\n" for e in entities)
    return Written(content.encode(), {"ties whose direction is lost": left})


def _entity(key: str, schema: str, properties: dict[str, Any]) -> dict[str, Any]:
    kept = {name: [str(v) for v in values or () if v] for name, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}
