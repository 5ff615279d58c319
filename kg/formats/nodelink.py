"""Lists of nodes and edges in JSON, in: as networkx and D3 (node-link), Gephi Lite and graphology, Cytoscape and vis.js
write them, and JSON Canvas (Obsidian)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.formats.builder import Builder
from kg.formats.jsonfile import flat, items, load, objects
from kg.formats.xmlfile import Graph, Thing, add_graph

__all__ = ["looks", "read"]

_ENDS = (("source", "target"), ("from", "to"), ("fromNode", "toNode"))
_DRAWING = (
    "x", "y", "z", "vx", "vy", "fx", "fy", "size", "color", "colour", "width", "height", "position", "image", "hidden",
    "fromSide", "toSide", "fromEnd", "toEnd", "index", "highlighted",
)  # fmt: skip
_INNER = ("attributes", "data")


def _listed(content: list[Any]) -> Any:
    """A list of nodes and edges, as Cytoscape.js takes them, or of edges alone, as one object; None where it is neither."""
    records = [_flat(r) for r in content if isinstance(r, dict)]
    edges = [r for r in records if any(a in r and b in r for a, b in _ENDS)]
    nodes = [r for r in records if r not in edges]
    if not edges or len(records) < len(content) or any("id" not in n for n in nodes):
        return None
    known = {_end(n["id"]) for n in nodes}
    ends = (_end(e[k]) for e in edges for k in next(pair for pair in _ENDS if all(k in e for k in pair)))
    return {"nodes": nodes + [{"id": end} for end in dict.fromkeys(ends) if end and end not in known], "edges": edges}


def _graph(content: Any) -> Any:
    """The object that holds nodes and edges, wherever a program puts it."""
    if isinstance(content, list):
        return _listed(content)
    for path in ((), ("graphDataset", "fullGraph"), ("elements",), ("graph",)):
        inner = content
        for key in path:
            inner = inner.get(key) if isinstance(inner, dict) else None
        if objects(inner, "nodes") and _edges(inner):
            return inner
    return None


def _edges(graph: Any) -> list[tuple[str, dict[str, Any]]]:
    found = objects(graph, "edges") or objects(graph, "links")
    return [(k, _flat(e)) for k, e in found if any(a in _flat(e) and b in _flat(e) for a, b in _ENDS)]


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """A record with what stands in its `attributes` or `data` at the same level."""
    for key in _INNER:
        if isinstance(record.get(key), dict):
            record = {**record[key], **{k: v for k, v in record.items() if k != key}}
    return record


def looks(path: Path) -> bool:
    """True for JSON with a list of nodes and one of edges that name their ends."""
    return _graph(load(path)) is not None


def read(path: Path, builder: Builder) -> str:
    """What was recognised, nodes and edges having been added, every attribute without a place a note."""
    content = load(path)
    raw = _graph(content)
    graph = Graph()
    options = raw.get("options") if isinstance(raw.get("options"), dict) else {}
    about = content if isinstance(content, dict) else {}
    said = raw.get("directed", about.get("directed", {"directed": True, "undirected": False}.get(options.get("type", ""))))
    graph.directed = said if isinstance(said, bool) else None
    for number, node in objects(raw, "nodes"):
        fields = _flat(node)
        key = next((flat(fields[k]) for k in ("id", "key") if flat(fields.get(k))), number)
        label = next(
            (flat(fields[k]) for k in ("label", "name", "title", "text", "file", "url") if flat(fields.get(k))), key
        )
        canvas = fields.get("type") in ("text", "file", "link", "group") and "width" in fields
        skipped = ("id", "key", "label", *_DRAWING, *(("type",) if canvas else ()))
        data = [(t, v) for t, v in items(fields, *skipped) if v != label]
        graph.nodes.append(Thing("node", {"id": key, "label": " ".join(label.split())[:200]}, data))
    for number, edge in _edges(raw):
        start, end = next((a, b) for a, b in _ENDS if a in edge and b in edge)
        ends = {
            "source": _end(edge[start]),
            "target": _end(edge[end]),
            "id": flat(edge.get("id") or edge.get("key")) or number,
        }
        if isinstance(edge.get("undirected"), bool):
            ends["directed"] = "false" if edge["undirected"] else "true"
        elif start == "fromNode":
            ends["directed"] = "false" if edge.get("toEnd") == "none" else "true"
        data = list(items(edge, start, end, "id", "key", "undirected", *_DRAWING))
        graph.edges.append(Thing("edge", ends, data))
    add_graph(builder, graph, path.name)
    builder.report.say("no-drawing", file=path.name)
    return "list of nodes and edges in JSON"


def _end(value: Any) -> str:
    """The id of an end, which D3 may have replaced by the node itself."""
    return flat(value.get("id") or value.get("key")) if isinstance(value, dict) else flat(value)
