"""Kumu JSON, in and out: the blueprint that is imported and linked, and the export of a whole project."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.formats.builder import Builder
from kg.formats.jsonfile import flat, items, load, objects
from kg.formats.labels import fold, label
from kg.formats.network import Network, Written, rest

__all__ = ["looks", "read", "write"]

_DIRECTED = {"directed": True, "undirected": False, "mutual": False}


def looks(path: Path) -> bool:
    """True for a JSON object with elements and connections, or with elements alone that have labels."""
    content = load(path)
    return (
        isinstance(content, dict)
        and isinstance(content.get("elements"), list)
        and (isinstance(content.get("connections"), list) or all("label" in e for _, e in objects(content, "elements")))
        and bool(content["elements"])
    )


def read(path: Path, builder: Builder) -> str:
    """What was recognised, elements and connections having been added.

    Fields of an element without a place become notes, private ones private notes, of a connection such as of its first end; loops
    stand in the note of the source.
    """
    content = load(path)
    private = {fold(flat(a.get("name"))) for _, a in objects(content, "attributes") if a.get("private") is True} - {"label"}
    withheld = dict[str, str]()
    project = any("attributes" in e for _, e in objects(content, "elements"))
    for title, value in items({k: content.get(k) for k in ("name", "description")}):
        builder.remark(f"{title.capitalize()}: {value}")
    names: dict[str, str] = {}
    element_names: dict[str, str] = {}
    for number, element in objects(content, "elements"):
        fields = {**element, **element["attributes"]} if isinstance(element.get("attributes"), dict) else element
        key = flat(element.get("_id") or element.get("id") or fields.get("label")) or f"element {number}"
        name = flat(fields.get("label")).strip() or key
        where = f"element {name!r}" + (f" ({key})" if key != name else "")
        type_ = flat(fields.get("element type") or (None if project else fields.get("type")))
        described = "" if "description" in private else flat(fields.get("description"))
        actor = builder.actor(key, name, where, type_, note=described)
        names.setdefault(name, key)
        element_names[key] = name
        placed = (
            "_id",
            "id",
            "label",
            "element type",
            "type",
            "attributes",
            *(() if "description" in private else ("description",)),
        )
        for title, value in items(fields, *placed):
            withheld |= {title: where} if fold(title) in private else {}
            builder.note(actor, f"{title}: {value}", where, private=fold(title) in private)
    led: dict[str, str] = {}
    for number, tie in objects(content, "connections"):
        fields = {**tie, **tie["attributes"]} if isinstance(tie.get("attributes"), dict) else tie
        where = f"connection {flat(tie.get('_id') or tie.get('id')) or number}"
        ends, shown_as = [], list[str]()
        for role in ("from", "to"):
            key = flat(tie.get(role))
            key = key if key in builder.actors else names.get(key, key)
            if key not in builder.actors:
                builder.report.happened("end-no-element", f"{where} ({key})")
            shown_as.append(element_names.get(key, key))
            ends.append(builder.actor(key, key or "(nobody)", where))
        led[flat(tie.get("_id") or tie.get("id"))] = " -> ".join(shown_as)
        type_ = flat(fields.get("connection type") or (None if project else fields.get("type"))) or flat(fields.get("label"))
        extra = list(
            items(
                fields,
                "_id",
                "id",
                "from",
                "to",
                "direction",
                "connection type",
                "type",
                "attributes",
                "delayed",
                "reversed",
            )
        )
        shown = [(t, v) for t, v in extra if v != type_ and fold(t) not in private] + [
            (t, "true") for t in ("delayed", "reversed") if tie.get(t) is True
        ]
        for title, value in extra:
            if fold(title) in private and value != type_:
                withheld[title] = where
                builder.note(ends[0], f"Connection with {shown_as[1]}: {title}: {value}", where, private=True)
        builder.relation(
            ends[0], ends[1], where, type_=type_, directed=_DIRECTED.get(flat(tie.get("direction"))), extra=shown
        )
    for _, loop in objects(content, "loops"):
        said = loop["attributes"] if isinstance(loop.get("attributes"), dict) else loop
        parts = [[known.get(flat(p), flat(p)) for p in loop.get(k) or ()] for k, known in
                 (("connections", led), ("elements", element_names))]  # fmt: skip
        told = [flat(said.get("description")), *(", ".join(part) for part in parts)]
        builder.remark(f"Loop {flat(said.get('label')) or flat(loop.get('_id'))}: {'; '.join(filter(None, told))}")
    if withheld:
        builder.report.say("kumu-private", file=path.name, listed=", ".join(withheld))
    lost = [k for k in ("maps", "perspectives", "presentations") if isinstance(content.get(k), list) and content[k]]
    if lost:
        builder.report.say("kumu-drawings", file=path.name, listed=", ".join(lost))
    return "Kumu project" if project else "Kumu blueprint"


def write(network: Network) -> Written:
    """A blueprint: one element per node, one connection per edge, every further attribute a field."""
    elements = [
        {"id": n["id"], "label": n["label"], "type": _type(network, n), **rest(n, "id", "label", "type")}
        for n in network.nodes
    ]
    connections = [
        {
            "id": e["id"], "from": e["source"], "to": e["target"], "type": e["label"],
            "direction": "directed" if e["directed"] else "mutual",
            **rest(e, "id", "source", "target", "label", "directed", "type"),
        }
        for e in network.edges
    ]  # fmt: skip
    blueprint = {"elements": elements, "connections": connections}
    return Written((json.dumps(blueprint, ensure_ascii=False, indent=1) + "\n").encode())


def _type(network: Network, node: Mapping[str, Any]) -> str:
    return label("actor-type", node.get("type") or "unspecified", network.lang)
