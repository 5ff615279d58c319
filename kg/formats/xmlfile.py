"""What the XML formats of networks share: a guarded reader, and nodes and edges with data on their way to the builder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from kg.errors import InputError
from kg.formats.builder import Builder
from kg.formats.labels import fold
from kg.formats.package import scan_xml

__all__ = ["Graph", "Thing", "add_graph", "attribute", "clean", "open_xml", "type_of"]

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(text: str) -> str:
    """The text with what XML 1.0 cannot hold replaced by the replacement character."""
    return _UNWRITABLE.sub("\ufffd", text)


def attribute(text: str) -> str:
    """The text in quotation marks, as the value of an attribute, line ends kept."""
    return quoteattr(clean(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


@dataclass
class Thing:
    """A node or an edge."""

    kind: str
    attributes: dict[str, str]
    data: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Graph:
    """Nodes and edges as a file holds them."""

    nodes: list[Thing] = field(default_factory=list)
    edges: list[Thing] = field(default_factory=list)
    directed: bool | None = None
    """What holds for edges that do not say it."""

    def add(self, thing: Thing, defaults: Mapping[tuple[str, str], str]) -> None:
        """Takes a node or edge that was read; `defaults`, by kind and title, are values of attributes that it may lack."""
        have = {title for title, _ in thing.data}
        thing.data += [
            (title, v) for (kind, title), v in defaults.items() if kind in (thing.kind, "all") and v and title not in have
        ]
        (self.nodes if thing.kind == "node" else self.edges).append(thing)


def type_of(values: Iterable[Any], names: Mapping[type, str]) -> str:
    """What a format calls the type that all values have which hold something; `string` where they have several or none."""
    kinds = {list if isinstance(v, tuple) else type(v) for v in values if v not in (None, "", [])}
    return names.get(kinds.pop(), "string") if len(kinds) == 1 else "string"


def open_xml(
    path: Path,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Nothing; hands the elements of a file to the functions; raises InputError where it cannot be read or is unsafe."""
    try:
        with path.open("rb") as stream:
            scan_xml(stream, f"{path.name}:", start, end, text)
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read ({error.strerror}); check the path") from None


_DIRECTED = {
    "directed": True, "true": True, "dir": True, "undirected": False, "mutual": False, "false": False, "double": False,
    "sim": False, "dou": False,
}  # fmt: skip
"""How edges say whether they have a direction, those of the first versions of GEXF too."""
_COUNTED = re.compile(r"n?\d+(::n\d+)*")
"""Ids that a program counts up; visone keeps the node's own id, which is its name, beside."""


def _take(data: list[tuple[str, str]], *names: str) -> str:
    """The value of the first field of one of these names, which is taken out."""
    for name in names:
        for at, (title, value) in enumerate(data):
            if fold(title) == name and value:
                del data[at]
                return value
    return ""


def _date(edge: Thing, name: str) -> str:
    """When an edge begins or ends: a datum that is less exact than the attribute, which names a day, is what was known."""
    given = edge.attributes.get(name) or edge.attributes.get(f"{name}open", "")
    known = next((v for t, v in edge.data if fold(t) == name), "")
    return _take(edge.data, name) if not given or (known and given.startswith(known)) else given


def add_graph(builder: Builder, graph: Graph, name: str) -> None:
    """Adds nodes and edges to the builder; whatever data they carry beyond name, type, sign and dates becomes notes.

    Raises InputError where the file holds no node.
    """
    if not graph.nodes:
        raise InputError(f"{name}: no nodes were found; is it a network file?")
    for node in graph.nodes:
        key = node.attributes.get("id", "")
        label = node.attributes.get("label") or _take(node.data, "label", "name", "nodelabel")
        label = label or (_take(node.data, "id") if _COUNTED.fullmatch(key) else "") or key
        where = f"node {key}"
        type_ = _take(node.data, "kind", "type", "element type")
        actor = builder.actor(key, label.strip() or key, where, type_)
        if key and label.strip() not in ("", key):
            builder.local_id(actor, key, where)
        rest = [(t, v) for t, v in node.attributes.items() if t not in ("id", "label")]
        for title, value in [*rest, *node.data]:
            if value.strip():
                builder.note(actor, f"{title}: {value}", where)
    for number, edge in enumerate(graph.edges):
        attributes = edge.attributes
        where = f"edge {attributes.get('id') or number}"
        ends = []
        for role in ("source", "target"):
            key = attributes.get(role, "")
            if key not in builder.actors:
                builder.report.happened("end-no-node", f"{where} ({key})")
            ends.append(builder.actor(key, key or "(nobody)", where))
        said = attributes.get("type") or attributes.get("directed") or ""
        directed = _DIRECTED.get(said, graph.directed)
        type_ = _take(edge.data, "type", "relation", "relationship", "interaction") or attributes.get("label", "")
        type_ = type_ or _take(edge.data, "label", "edge label", "name") or attributes.get("kind", "")
        dates = {c: _date(edge, c) for c in ("start", "end")}
        sign = _take(edge.data, "sign")
        rest = [
            (t, v)
            for t, v in attributes.items()
            if t not in ("id", "source", "target", "type", "directed", "start", "end", "startopen", "endopen") and v != type_
        ]
        extra = [(t, v) for t, v in (*rest, *edge.data) if (t, v) not in (("weight", "1"), ("weight", "1.0"))]
        builder.relation(ends[0], ends[1], where, type_=type_, sign=sign, directed=directed, extra=extra, **dates)
