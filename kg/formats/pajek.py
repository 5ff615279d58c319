"""Pajek networks (.net) and projects (.paj), in: vertices, arcs and edges, as lists and matrices too, partitions and vectors.

A negative value is a negative tie.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.formats.builder import Builder
from kg.formats.dates import span
from kg.formats.delimited import Text, decode, file_bytes

__all__ = ["read"]

_TOKEN = re.compile(r'"((?:[^"]|"")*)"|(\S+)')
_MOST = 10_000_000
_Tie = tuple[str, str, str, bool, int, str, list[str]]
"""Both ends, value, whether it has a direction, line, number of the relation, what else the line says."""
_OF_VERTICES = ("partition", "vector")
_ELSE = ("permutation", "cluster", "hierarchy")


def _tokens(line: str) -> list[str]:
    return [quoted.replace('""', '"') if quoted or not plain else plain for quoted, plain in _TOKEN.findall(line)]


@dataclass
class _Net:
    """One network of a project."""

    title: str
    names: dict[str, str] = field(default_factory=dict)
    times: dict[str, str] = field(default_factory=dict)
    """Vertex to when it is there, as `[1-3,5-*]`."""
    ties: list[_Tie] = field(default_factory=list)
    relations: dict[str, str] = field(default_factory=dict)
    """Number of a relation to its name, where a network has several."""
    first: int = 0
    """How many vertices are of the first of two kinds."""


class _Project:
    """What the lines of a file say, section by section."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.nets: list[_Net] = []
        self.values: list[tuple[str, list[str]]] = []
        """Title of a partition or vector, and what it says of each vertex in their order."""
        self.skipped: list[str] = []
        self.section = self.relation = ""
        self.row = 0

    @property
    def net(self) -> _Net:
        """The network that is read."""
        if not self.nets:
            self.nets.append(_Net(""))
        return self.nets[-1]

    def head(self, tokens: list[str], number: int) -> None:
        """Begins a section."""
        before, self.section, rest = self.section, tokens[0][1:].casefold(), tokens[1:]
        self.relation = ""
        if self.section in _OF_VERTICES:
            self.values.append((" ".join(rest) or tokens[0][1:].capitalize(), []))
        elif self.section in _ELSE:
            self.skipped.append(" ".join([tokens[0][1:], *rest]))
        elif self.section == "vertices" and before in (*_OF_VERTICES, *_ELSE):
            self.section = before
        elif self.section == "vertices":
            self._vertices(rest, number)
        elif self.section == "network":
            self.nets.append(_Net(" ".join(rest)))
        elif self.section == "matrix":
            self.row = 0
        elif self.section not in ("arcs", "edges", "arcslist", "edgeslist"):
            raise InputError(f"{self.name}:{number}: {tokens[0]!r} is not read; write vertices, arcs and edges")
        if self.section != "network" and rest and rest[0].startswith(":"):
            self.relation = rest[0][1:]
            self.net.relations[self.relation] = rest[1] if len(rest) > 1 else f"relation {self.relation}"

    def _vertices(self, rest: list[str], number: int) -> None:
        size = int(rest[0]) if rest and rest[0].isdecimal() else 0
        if size > _MOST:
            raise InputError(f"{self.name}:{number}: {size:,} vertices are more than are read ({_MOST:,}); correct it")
        if self.net.names:  # another network that does not say that it begins
            self.nets.append(_Net(""))
        self.net.first = int(rest[1]) if len(rest) > 1 and rest[1].isdecimal() else 0
        self.net.names = {str(n): "" for n in range(1, size + 1)}

    def line(self, tokens: list[str], number: int) -> None:
        """Takes a line of the present section."""
        net = self.net
        if self.section == "vertices":
            net.names[tokens[0]] = tokens[1] if len(tokens) > 1 else ""
            net.times |= [(tokens[0], text) for text in tokens[2:] if text.startswith("[")]
        elif self.section in _OF_VERTICES:
            self.values[-1][1].append(tokens[-1])
        elif self.section in ("arcs", "edges"):
            relation = self.relation
            if tokens[0].endswith(":"):
                relation, tokens = tokens[0][:-1], tokens[1:]
                net.relations.setdefault(relation, f"relation {relation}")
            if len(tokens) < 2 or tokens[0] not in net.names or tokens[1] not in net.names:
                raise InputError(f"{self.name}:{number}: the line does not name two vertices; correct it")
            value = tokens[2] if len(tokens) > 2 else "1"
            net.ties.append((tokens[0], tokens[1], value, self.section == "arcs", number, relation, tokens[3:]))
        elif self.section in ("arcslist", "edgeslist"):
            arcs = self.section == "arcslist"
            for other in tokens[1:]:
                if tokens[0] not in net.names or other not in net.names:
                    raise InputError(f"{self.name}:{number}: {tokens[0]!r} or {other!r} is no vertex; correct it")
                net.ties.append((tokens[0], other, "1", arcs, number, self.relation, []))
        elif self.section == "matrix":
            self._matrix(tokens, number)

    def _matrix(self, tokens: list[str], number: int) -> None:
        """A row of a matrix; of two kinds of vertices, the first of which are as many as `*Vertices` says."""
        self.row += 1
        net = self.net
        columns = list(net.names)[net.first :]
        if len(tokens) != len(columns) or self.row > (net.first or len(net.names)):
            raise InputError(
                f"{self.name}:{number}: a row of the matrix has {len(tokens)} values, not {len(columns)}; correct it"
            )
        for other, value in zip(columns, tokens, strict=True):
            if value.strip("0.-+"):
                net.ties.append((str(self.row), other, value, not net.first, number, self.relation, []))

    def keys(self, at: int) -> dict[str, str]:
        """Vertex of a network to what stands for it: in several networks, those of one name are one."""
        names = self.nets[at].names
        if len(self.nets) == 1:
            return {key: key for key in names}
        often = Counter(names.values())
        return {key: f"name {name}" if name and often[name] == 1 else f"{at} {key}" for key, name in names.items()}


def read(path: Path, builder: Builder) -> str:
    """What was recognised, vertices and lines having been added.

    Of several networks each is a relation of its own, called as the network, its vertices told by their names. Raises
    InputError with the line where the file is not understood.
    """
    raw = file_bytes(path)
    found = decode(raw)
    text = found.text if isinstance(found, Text) else raw.decode("cp1252", errors="replace").replace("\0", "")
    project = _Project(path.name)
    for number, line in enumerate(text.splitlines(), 1):
        tokens = _tokens(line)
        if not tokens or line.lstrip().startswith(("%", "/*")):
            continue
        if tokens[0].startswith("*"):
            project.head(tokens, number)
        else:
            project.line(tokens, number)
    if not any(net.names for net in project.nets):
        raise InputError(f"{path.name}: no vertices were found; a Pajek network begins with *Vertices")
    signed = any(tie[2].startswith("-") for net in project.nets for tie in net.ties)
    ids: list[dict[str, str]] = []
    for at, net in enumerate(project.nets):
        keys = project.keys(at)
        ids.append({v: builder.actor(keys[v], name or f"v{v}", f"vertex {v}") for v, name in net.names.items()})
        _add(builder, net, ids[-1], signed=signed, several=len(project.nets) > 1)
        if net.title:
            builder.remark(f"Network: {net.title}")
    for title, values in project.values:
        vertices = next((i for i in reversed(ids) if len(i) == len(values)), None)
        if vertices is None:
            project.skipped.append(f"{title} ({len(values)} values)")
            continue
        for actor, (number, value) in zip(vertices.values(), enumerate(values, 1), strict=True):
            builder.note(actor, f"{title}: {value}", f"vertex {number}")
    builder.report.say("no-coordinates", file=path.name)
    if project.skipped:
        builder.report.say("skipped", file=path.name, listed=", ".join(project.skipped))
    return "signed Pajek network" if signed else "Pajek network"


def _add(builder: Builder, net: _Net, ids: dict[str, str], *, signed: bool, several: bool) -> None:
    """Adds the ties of a network; a line's label (`l`) is its type where its relation has no name."""
    for a, b, value, directed, number, relation, rest in net.ties:
        sign = ("-1" if value.startswith("-") else "1") if signed else ""
        more = list(rest)
        label = more.index("l") if "l" in more[:-1] else None
        said = more[label + 1] if label is not None else ""
        if label is not None:
            del more[label : label + 2]
        type_ = net.relations.get(relation) or said or (net.title if several else "")
        extra = [("Value", value)] if value.strip("-") not in ("1", "1.0") else []
        extra += [("Label", said)] if said and said != type_ else []
        extra += [("More", " ".join(more))] if more else []
        start, end = next(filter(None, map(span, more)), ("", ""))
        builder.relation(
            ids[a], ids[b], f"line {number}", type_=type_, sign=sign, directed=directed, extra=extra, start=start, end=end
        )  # fmt: skip
    for key, time in net.times.items():
        builder.note(ids[key], f"Time: {time}", f"vertex {key}")
