"""FollowTheMoney entities, in and out: one JSON object per line, as Aleph and OpenSanctions write them.

Which properties of a schema are the ends of a tie follows the `edge` blocks of its model (followthemoney, schema/*.yaml).
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.formats.builder import Builder
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
    "UnknownLink": ("subject", "object", "", False),
}
_PRIVATE = {"email", "phone", "birthDate", "idNumber", "passportNumber", "taxNumber", "socialSecurityNumber"}


def looks(path: Path) -> bool:
    """True where the first line is an entity with schema and properties."""
    try:
        with path.open("rb") as file:
            first = json.loads(file.readline(1_000_000))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(first, dict) and isinstance(first.get("schema"), str) and isinstance(first.get("properties"), dict)


def _entities(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                entity = json.loads(line)
                properties = {str(k): [str(x) for x in v] for k, v in entity["properties"].items()}
                known = found.setdefault(
                    str(entity["id"]), {"schema": str(entity["schema"]), "line": number, "properties": {}}
                )
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise InputError(
                    f"{path.name}:{number}: no entity with id, schema and properties; correct the line"
                ) from None
            for name, values in properties.items():
                known["properties"][name] = list(dict.fromkeys([*known["properties"].get(name, []), *values]))
    return found


def _caption(entity: dict[str, Any], key: str) -> str:
    properties = entity["properties"]
    return next((properties[p][0] for p in ("name", "full", "title", "label") if properties.get(p)), key)


def read(path: Path, builder: Builder) -> str:
    """What was recognised, actors and ties having been added; other entities stand in notes of those that name them."""
    entities = _entities(path)
    other: Counter[str] = Counter()

    def text(value: str) -> str:
        return _caption(entities[value], value) if value in entities else value

    def actor(key: str, where: str) -> str:
        if key not in entities:
            builder.happened(
                "ends of ties are not in the file, added as actors of which nothing else is known", f"{where} ({key})"
            )
        return builder.actor(key, text(key), where)

    withheld: set[str] = set()
    for key, entity in entities.items():
        where, schema, properties = f"line {entity['line']}", entity["schema"], entity["properties"]
        if schema in _ACTORS:
            names = [
                n.replace(";", ",") for p in ("name", "alias", "weakAlias", "previousName") for n in properties.get(p, [])
            ]
            made = builder.actor(
                key, _caption(entity, key), where, _ACTORS[schema], aliases=";".join(dict.fromkeys(names[1:]))
            )
            if schema in ("Organization", "Company", "PublicBody"):
                builder.actors[key]["kind"] = "organization"
            if schema == "LegalEntity":
                builder.note(made, "Type: LegalEntity", where)
            for name, values in properties.items():
                if schema == "Person" and name in _PRIVATE:
                    withheld.add(name)
                elif name not in ("name", "alias", "weakAlias", "previousName"):
                    builder.note(made, f"{name}: {'; '.join(text(v) for v in values)}", where)
        elif schema not in _EDGES:
            other[schema] += 1
    for entity in entities.values():
        if entity["schema"] not in _EDGES:
            continue
        source, target, type_, directed = _EDGES[entity["schema"]]
        where, properties = f"line {entity['line']}", entity["properties"]
        dates = {c: (properties.get(p) or [""])[0] for c, p in (("start", "startDate"), ("end", "endDate"))}
        if not dates["start"] and properties.get("date"):
            dates = {"start": properties["date"][0], "end": properties["date"][0]}
        extra = [
            (n, "; ".join(text(v) for v in vs))
            for n, vs in properties.items()
            if n not in (source, target, "startDate", "endDate", "date")
        ]
        pairs = [(a, b) for a in properties.get(source, []) for b in properties.get(target, [])]
        if not pairs:
            builder.happened(f"entities of schema {entity['schema']} lack {source} or {target} and make no tie", where)
        for a, b in pairs:
            builder.relation(actor(a, where), actor(b, where), where, type_=type_, directed=directed, extra=extra, **dates)
    if withheld:
        builder.report.append(f"{path.name}: personal data are not imported: {', '.join(sorted(withheld))}")
    if other:
        listed = ", ".join(f"{n} {schema}" for schema, n in sorted(other.items()))
        builder.report.append(
            f"{path.name}: no actors or ties: {listed}; they stand in notes of the entities that name them"
        )
    return "FollowTheMoney entities"


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
