"""GEXF, in (1.1 to 1.3, whatever the spelling of its namespace, dynamic ones too) and out (1.3)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from kg.formats.builder import Builder
from kg.formats.dates import moment
from kg.formats.network import Network, Written, joined, rest
from kg.formats.xmlfile import Graph, Thing, add_graph, attribute, clean, open_xml, type_of

__all__ = ["read", "write"]

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")
_TYPES = {bool: "boolean", int: "integer", float: "double"}


class _Content:
    def __init__(self) -> None:
        self.graph = Graph()
        self.titles: dict[tuple[str, str], str] = {}
        self.kind = self.default_of = ""
        self.stack: list[Thing] = []
        self.defaults: dict[tuple[str, str], str] = {}
        """Kind and title of an attribute to the value of nodes or edges that have none."""
        self.about: list[tuple[str, str]] = []
        self.text_: list[str] | None = None
        self.spells: list[tuple[str, str]] = []
        """When the node or edge that is read is there."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "graph":
            default = attributes.get("defaultedgetype", "undirected")
            self.graph.directed = {"directed": True, "mutual": False}.get(default, False)
        elif tag == "attributes":
            self.kind = attributes.get("class", "node")
        elif tag == "attribute":
            self.default_of = attributes.get("title") or attributes.get("id", "")
            self.titles[self.kind, attributes.get("id", "")] = self.default_of
        elif tag in ("default", "creator", "description", "keywords"):
            self.text_ = []
        elif tag in ("node", "edge"):
            thing = Thing(tag, {"weight" if n == "cardinal" else n: v for n, v in attributes.items()})
            if tag == "node" and self.stack and self.stack[-1].kind == "node":
                thing.attributes.setdefault("pid", self.stack[-1].attributes.get("id", ""))
            self.stack.append(thing)
        elif tag == "attvalue" and self.stack:
            thing = self.stack[-1]
            title = self.titles.get(
                (thing.kind, attributes.get("for") or attributes.get("id", "")), attributes.get("for", "")
            )
            times = (attributes.get("start", ""), attributes.get("end", ""), attributes.get("timestamp", ""))
            when = "-".join(filter(None, times))
            thing.data.append((title + (f" ({when})" if when else ""), attributes.get("value", "")))
        elif tag in ("spell", "slice") and self.stack:
            start, end = (attributes.get(n) or attributes.get(f"{n}open", "") for n in ("start", "end"))
            moment_ = attributes.get("timestamp", "")
            self.stack[-1].data.append(("Spell", moment_ or f"{start} to {end}"))
            self.spells.append((moment_ or start, moment_ or end))

    def text(self, text: str) -> None:
        if self.text_ is not None:
            self.text_.append(text)

    def end(self, tag: str) -> None:
        if self.text_ is not None and tag in ("default", "creator", "description", "keywords"):
            value = "".join(self.text_).strip()
            if tag == "default":
                self.defaults[self.kind, self.default_of] = value
            elif value:
                self.about.append((tag.capitalize(), value))
            self.text_ = None
        elif tag in ("node", "edge") and self.stack:
            thing = self.stack.pop()
            if tag == "edge" and len(self.spells) == 1:
                self._holds(thing, *map(moment, self.spells[0]))
            self.spells = []
            self.graph.add(thing, self.defaults)

    @staticmethod
    def _holds(edge: Thing, start: str | None, end: str | None) -> None:
        """Takes the one time at which an edge is there for its dates, where they are dates of the calendar."""
        if start is not None and end is not None and not {"start", "end", "startopen", "endopen"} & edge.attributes.keys():
            edge.attributes |= {name: day for name, day in (("start", start), ("end", end)) if day}
            edge.data = [d for d in edge.data if d[0] != "Spell"]


def read(path: Path, builder: Builder) -> str:
    """What was recognised, nodes and edges having been added, every attribute a note."""
    content = _Content()
    open_xml(path, content.start, content.end, content.text)
    for title, value in content.about:
        builder.remark(f"{title}: {value}")
    add_graph(builder, content.graph, path.name)
    builder.report.say("no-drawing", file=path.name)
    return "GEXF graph"


def _declared(records: list[dict[str, Any]], kind: str, without: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    names = list(dict.fromkeys(k for r in records for k in rest(r, *without)))
    ids = {name: str(n) for n, name in enumerate(names)}
    lines = (
        f'   <attribute id="{i}" title={quoteattr(n)} type="{type_of((r.get(n) for r in records), _TYPES)}"/>\n'
        for n, i in ids.items()
    )
    return f'  <attributes class="{kind}" mode="static">\n{"".join(lines)}  </attributes>\n', ids


def _inside(record: Mapping[str, Any], ids: Mapping[str, str]) -> str:
    """Attributes and how it is drawn, as the elements that stand within a node or edge."""
    pairs = ((i, record.get(n)) for n, i in ids.items())
    values = "".join(f'<attvalue for="{i}" value={attribute(joined(v))}/>' for i, v in pairs if v not in (None, "", []))
    out = f"<attvalues>{values}</attvalues>" if values else ""
    if colour := record.get("colour"):
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        out += f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
    if "x" in record:
        out += f'<viz:position x="{record["x"]}" y="{-record["y"]}" z="0"/>'  # its vertical axis points up, ours down
    return out


def _days(edge: Mapping[str, Any]) -> str:
    """From which day to which a tie holds, as attributes; a year or month begins with its first day and ends with its last."""
    out = ""
    for name in ("start", "end"):
        if found := _DATE.fullmatch(str(edge.get(name) or "")):
            year, month, day = int(found[1]), found[2], found[3]
            if not 1 <= year <= 9998:
                continue
            if name == "start":
                text = f"{year:04}-{month or '01'}-{day or '01'}"
            else:
                last = monthrange(year, int(month or 12))[1]
                text = f"{year:04}-{month or '12'}-{day or f'{last:02}'}"
            out += f' {name}="{text}"'
    return out


def write(network: Network) -> Written:
    """GEXF 1.3: parallel edges kept, every attribute of nodes and edges, positions, and the ontology's colours.

    Where ties have dates it has a time line; the dates as they were given are attributes too.

    Source: the GEXF 1.3 schema (gexf.net/1.3).
    """
    spaces = 'xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz"'
    node_head, node_ids = _declared(network.nodes, "node", ("id", "label"))
    edge_head, edge_ids = _declared(network.edges, "edge", ("id", "source", "target", "directed", "label", "weight"))
    out = [f'<?xml version="1.0" encoding="UTF-8"?>\n<gexf {spaces} version="1.3">\n']
    out.append(f" <meta><creator>kg</creator><description>{escape(clean(network.title))}</description></meta>\n")
    mode = 'mode="dynamic" timeformat="date"' if any(map(_days, network.edges)) else 'mode="static"'
    # programs without mixed graphs stumble over an edge that differs from the default
    default = "directed" if any(edge["directed"] for edge in network.edges) or not network.edges else "undirected"
    out.append(f' <graph defaultedgetype="{default}" {mode}>\n{node_head}{edge_head}  <nodes>\n')
    for node in network.nodes:
        out.append(
            f"   <node id={attribute(node['id'])} label={attribute(node['label'])}>{_inside(node, node_ids)}</node>\n"
        )
    out.append("  </nodes>\n  <edges>\n")
    for edge in network.edges:
        ends = f"source={attribute(edge['source'])} target={attribute(edge['target'])}"
        type_ = "directed" if edge["directed"] else "undirected"
        kind = f"kind={attribute(edge['id'])} label={attribute(edge['label'])}"  # parallel edges must differ in kind
        weight = f' weight="{edge["weight"]}"' if edge.get("weight") is not None else ""
        head = f'<edge id={attribute(edge["id"])} {ends} type="{type_}" {kind}{weight}{_days(edge)}>'
        out.append(f"   {head}{_inside(edge, edge_ids)}</edge>\n")
    out.append("  </edges>\n </graph>\n</gexf>\n")
    return Written("".join(out).encode())
