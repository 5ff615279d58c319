"""Oligrapher maps (LittleSis), in: the present schema (`graph`, `attributes`) and the old one (`display`); out: the present."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.formats.builder import Builder
from kg.formats.jsonfile import flat, items, load, objects
from kg.formats.network import Network, Written, joined, rest

__all__ = ["looks", "read", "write"]

_DRAWING = ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "s1", "s2", "scale", "color", "edgeIds", "status", "type")


def _graph(content: Any) -> Any:
    return content.get("graph") if isinstance(content, dict) and isinstance(content.get("graph"), dict) else content


def looks(path: Path) -> bool:
    """True for a JSON object whose edges name node1_id and node2_id."""
    graph = _graph(load(path))
    edges = objects(graph, "edges")
    if not edges:  # other programs have nodes too, and call their edges something else
        return bool(objects(graph, "nodes")) and "captions" in graph and "links" not in graph
    return bool(objects(graph, "nodes")) and all("node1_id" in e for _, e in edges)


def _fields(record: dict[str, Any]) -> dict[str, Any]:
    """A record with what is drawn of it at the same level."""
    return {**record, **record["display"]} if isinstance(record.get("display"), dict) else record


def read(path: Path, builder: Builder) -> str:
    """What was recognised, nodes and edges having been added; captions and annotations stand in the note of the source."""
    content = load(path)
    graph = _graph(content)
    about = content.get("attributes") if isinstance(content.get("attributes"), dict) else content
    for title, value in items({k: about.get(k) for k in ("title", "subtitle", "date")}):
        builder.remark(f"{title.capitalize()}: {value}")
    for key, raw in objects(graph, "nodes"):
        node = _fields(raw)
        key, where = flat(node.get("id")) or key, f"node {flat(node.get('name'))!r}"
        actor = builder.actor(key, flat(node.get("name")).strip() or key, where, note=flat(node.get("description")))
        for title, value in items(node, "id", "name", "description", "display", *_DRAWING):
            builder.note(actor, f"{title}: {value}", where)
    for key, raw in objects(graph, "edges"):
        edge = _fields(raw)
        where = f"edge {flat(edge.get('id')) or key}"
        ends = [flat(edge.get("node1_id")), flat(edge.get("node2_id"))]
        for end in ends:
            if end not in builder.actors:
                builder.report.happened("end-no-node", f"{where} ({end})")
        subject, object_ = (builder.actor(end, end or "(nobody)", where) for end in ends)
        arrow = edge.get("arrow")
        if arrow in ("2->1", "left"):
            subject, object_ = object_, subject
        directed = arrow is True or arrow in ("1->2", "2->1", "left", "right")
        extra = items(edge, "id", "node1_id", "node2_id", "label", "arrow", "display", *_DRAWING)
        shown = [(t, v) for t, v in extra if (t, v) != ("dash", "false")]
        builder.relation(subject, object_, where, type_=flat(edge.get("label")).strip(), directed=directed, extra=shown)
    for _, caption in objects(graph, "captions"):
        builder.remark("Caption: " + flat(_fields(caption).get("text")))
    notes = content.get("annotations")
    for _, note in objects({"list": notes}, "list") if isinstance(notes, list) else objects(notes, "list"):
        builder.remark(f"Annotation: {flat(note.get('header'))}: {flat(note.get('text'))}")
    builder.report.say("no-drawing", file=path.name)
    return "Oligrapher map"


def write(network: Network) -> Written:
    """A map in the present schema: coordinates and colours, arrows, broken lines for what is not stated.

    Further attributes of a node stand in its description, those of an edge are left. Source: Oligrapher, app/graph.
    """
    nodes: dict[str, Any] = {}
    for node in network.nodes:
        said = rest(node, "id", "label", "iri", "note", *(k for k in node if k.startswith("name_")))
        lines = [node.get("note") or "", *(f"{k.replace('_', ' ')}: {joined(v)}" for k, v in said.items())]
        nodes[node["id"]] = {
            "id": node["id"], "name": node["label"], "description": "\n".join(filter(None, lines)), "image": None,
            "url": None, "x": node["x"], "y": node["y"], "scale": 1, "color": node.get("colour") or None, "edgeIds": [],
        }  # fmt: skip
    edges: dict[str, Any] = {}
    for edge in network.edges:
        for end in (edge["source"], edge["target"]):
            nodes[end]["edgeIds"].append(edge["id"])
        edges[edge["id"]] = {
            "id": edge["id"], "node1_id": edge["source"], "node2_id": edge["target"], "label": edge["label"], "url": None,
            "scale": 1, "arrow": "1->2" if edge["directed"] else None, "dash": edge.get("status") != "stated",
        }  # fmt: skip
    content = {
        "graph": {"nodes": nodes, "edges": edges, "captions": {}},
        "annotations": {"list": []},
        "settings": {},
        "attributes": {"title": network.title},
    }
    kept = {"id", "source", "target", "label", "directed", "status", "iri", "sign", "type"}
    left = sum(1 for e in network.edges if rest(e, *kept, "inherited", "confidence", "evidence"))
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return Written(text.encode(), {"edges with dates, notes or other attributes that an edge cannot carry": left})
