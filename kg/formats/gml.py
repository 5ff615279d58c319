"""GML graphs, in, with nested lists, comments, repeated keys and parallel edges.

Our own reader: networkx refuses two nodes of one label, parallel edges of a graph that does not announce them, and text
that is not ASCII, all of which real files have. Source: M. Himsolt, GML: a portable graph file format (1997).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.formats.builder import Builder
from kg.formats.delimited import Text, decode, file_bytes
from kg.formats.xmlfile import Graph, Thing, add_graph

__all__ = ["read"]

_TOKEN = re.compile(r'\s*(?:#[^\n]*|"([^"]*)"|(\[)|(\])|([^\s\[\]"]+))')
_DRAWING = ("graphics", "LabelGraphics", "edgeAnchor")
_DEEPEST = 20


def _tokens(text: str, name: str) -> Iterator[tuple[int, str, str]]:
    """Line, kind (text, word, [ or ]) and content."""
    at, line = 0, 1
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            if not text[at:].strip():
                return
            raise InputError(f"{name}:{line}: a quotation mark is not closed; correct the file")
        line += text.count("\n", at, found.end())
        at = found.end()
        if found[1] is not None:
            yield line, "text", html.unescape(found[1])
        elif found[2] or found[3]:
            yield line, found[2] or found[3], ""
        elif found[4]:
            yield line, "word", found[4]


def _things(tokens: Iterator[tuple[int, str, str]], name: str) -> tuple[Graph, list[tuple[str, str]]]:
    """Nodes and edges, and what the file says of itself and of the graph."""
    graph = Graph(directed=False)
    about: list[tuple[str, str]] = []
    path: list[str] = []
    thing: Thing | None = None
    key = ""
    for line, kind, content in tokens:
        if kind == "]":
            if not path:
                raise InputError(f"{name}:{line}: a bracket is closed that was not opened; correct the file")
            if path.pop() in ("node", "edge") and path == ["graph"] and thing:
                (graph.nodes if thing.kind == "node" else graph.edges).append(thing)
                thing = None
        elif kind == "[":
            path.append(key)
            if path[:1] == ["graph"] and len(path) == 2 and key in ("node", "edge"):
                thing = Thing(key, {})
            if len(path) > _DEEPEST:
                raise InputError(f"{name}:{line}: nests lists more than {_DEEPEST} deep, as no graph does; it is not read")
            key = ""
        elif not key:
            key = content
        else:
            if path == ["graph"] and key == "directed":
                graph.directed = content == "1"
            elif thing and len(path) == 2 and key in ("id", "label", "source", "target"):
                thing.attributes[key] = content
            elif thing and not any(p in _DRAWING for p in path):
                thing.data.append((".".join([*path[2:], key]), content))
            elif not thing and not any(p in _DRAWING for p in path):
                about.append((".".join([*path[path[:1] == ["graph"] :], key]), content))
            key = ""
    if path:
        raise InputError(f"{name}: ends within {path[-1]!r}; a bracket is not closed")
    return graph, about


def read(path: Path, builder: Builder) -> str:
    """What was recognised, nodes and edges having been added, every attribute a note.

    Raises InputError with the line where the file is not understood.
    """
    raw = file_bytes(path)
    found = decode(raw)
    text = found.text if isinstance(found, Text) else raw.decode("latin-1").replace("\0", "")
    graph, about = _things(_tokens(text, path.name), path.name)
    for title, value in about:
        builder.remark(f"{title}: {value}")
    add_graph(builder, graph, path.name)
    builder.report.say("no-graphics", file=path.name)
    return "GML graph"
