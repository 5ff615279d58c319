"""GraphML, in (with the dialects of visone and yEd) and out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from kg.formats.builder import Builder
from kg.formats.network import Network, Written, joined, rest
from kg.formats.xmlfile import Graph, Thing, add_graph, attribute, clean, open_xml, type_of

__all__ = ["read", "write"]

_TYPES = {bool: "boolean", int: "int", float: "double"}


class _Content:
    def __init__(self) -> None:
        self.graph = Graph()
        self.titles: dict[tuple[str, str], str] = {}
        self.declared = ("", "")
        """What the key that is read is for, and its title."""
        self.defaults: dict[tuple[str, str], str] = {}
        self.about: list[tuple[str, str]] = []
        self.stack: list[Thing] = []
        self.key = ""
        self.text_: list[str] | None = None
        self.hyperedges = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "key":
            title = attributes.get("attr.name") or attributes.get("yfiles.type") or attributes.get("id", "")
            self.declared = attributes.get("for", "all"), title
            self.titles[self.declared[0], attributes.get("id", "")] = title
        elif tag == "graph" and not self.stack:
            self.graph.directed = attributes.get("edgedefault") == "directed"
        elif tag in ("node", "edge"):
            thing = Thing(tag, dict(attributes))
            if tag == "node" and self.stack:
                thing.attributes["inside"] = self.stack[-1].attributes.get("id", "")
            self.stack.append(thing)
        elif tag == "hyperedge":
            self.hyperedges += 1
        elif tag in ("data", "desc"):
            kind, key = self.stack[-1].kind if self.stack else "graph", attributes.get("key", "")
            titles = (self.titles.get((k, key)) for k in (kind, "all"))
            self.key, self.text_ = next(filter(None, titles), key) if tag == "data" else "description", []
        elif tag == "default":
            self.text_ = []
        elif tag == "Arrows" and self.stack and "directed" not in self.stack[-1].attributes:  # as yEd draws them
            self._arrows(self.stack[-1].attributes, *(attributes.get(end, "none") != "none" for end in ("source", "target")))
        elif tag in ("NodeLabel", "EdgeLabel") and self.stack:
            self.key, self.text_ = "label", []

    @staticmethod
    def _arrows(edge: dict[str, str], source: bool, target: bool) -> None:
        edge["directed"] = "true" if source != target else "false"
        if source and not target:
            edge["source"], edge["target"] = edge.get("target", ""), edge.get("source", "")

    def text(self, text: str) -> None:
        if self.text_ is not None:
            self.text_.append(text)

    def end(self, tag: str) -> None:
        if tag in ("data", "desc", "default", "NodeLabel", "EdgeLabel") and self.text_ is not None:
            value = "".join(self.text_).strip()
            if tag == "default":
                self.defaults[self.declared] = value
            elif value:
                (self.stack[-1].data if self.stack else self.about).append((self.key, value))
            self.text_ = None
        elif tag in ("node", "edge") and self.stack:
            self.graph.add(self.stack.pop(), self.defaults)


def read(path: Path, builder: Builder) -> str:
    """What was recognised, nodes and edges having been added, every datum without a place a note."""
    content = _Content()
    open_xml(path, content.start, content.end, content.text)
    for title, value in content.about:
        builder.remark(f"{title}: {value}")
    add_graph(builder, content.graph, path.name)
    if content.hyperedges:
        builder.report.say("hyperedges", file=path.name, n=content.hyperedges)
    return "GraphML graph"


def _data(record: Mapping[str, Any], keys: Mapping[str, str]) -> str:
    pairs = ((key, record.get(name)) for name, key in keys.items())
    return "".join(f'<data key="{k}">{escape(clean(joined(v)))}</data>' for k, v in pairs if v not in (None, "", []))


def write(network: Network) -> Written:
    """GraphML with every attribute of nodes and edges as typed data, parallel edges, coordinates and colours.

    Source: the GraphML primer (graphml.graphdrawing.org).
    """
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n']
    keys: dict[str, dict[str, str]] = {}
    for kind, records, without in (
        ("node", network.nodes, ("id",)),
        ("edge", network.edges, ("id", "source", "target", "directed")),
    ):
        drawn = ("x", "y", "colour") if kind == "node" else ("colour",)
        names = dict.fromkeys([*(k for r in records for k in rest(r, *without)), *drawn] if records else ())
        keys[kind] = {name: f"{kind[0]}{n}" for n, name in enumerate(names)}
        for name, key in keys[kind].items():
            type_ = type_of((r.get(name) for r in records), _TYPES)
            out.append(f' <key id="{key}" for="{kind}" attr.name={attribute(name)} attr.type="{type_}"/>\n')
    directed = any(edge["directed"] for edge in network.edges) or not network.edges
    default = "directed" if directed else "undirected"
    out.append(f' <graph id={attribute(network.title)} edgedefault="{default}">\n')
    out += [f"  <node id={attribute(n['id'])}>{_data(n, keys['node'])}</node>\n" for n in network.nodes]
    for edge in network.edges:
        ends = f"source={attribute(edge['source'])} target={attribute(edge['target'])}"
        ends += (
            ' directed="false"' if directed and not edge["directed"] else ""
        )  # programs without mixed graphs stumble over it
        out.append(f"  <edge id={attribute(edge['id'])} {ends}>{_data(edge, keys['edge'])}</edge>\n")
    out.append(" </graph>\n</graphml>\n")
    return Written("".join(out).encode())
