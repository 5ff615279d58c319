"""Pajek networks (.net), in: vertices, arcs and edges, as lists too; a negative value is a negative tie."""

from __future__ import annotations

import re
from pathlib import Path

from kg.errors import InputError
from kg.formats.builder import Builder
from kg.formats.delimited import Text, decode, file_bytes

__all__ = ["read"]

_TOKEN = re.compile(r'"((?:[^"]|"")*)"|(\S+)')
_MOST = 10_000_000
_Tie = tuple[str, str, str, bool, int, str, list[tuple[str, str]]]
"""Both ends, value, whether it has a direction, line, number of the relation, further columns."""


def _tokens(line: str) -> list[str]:
    return [quoted.replace('""', '"') if quoted or not plain else plain for quoted, plain in _TOKEN.findall(line)]


class _Project:
    """What the lines of a file say, section by section."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.names: dict[str, str] = {}
        self.times: dict[str, str] = {}
        """Vertex to when it is there, as `[1-3,5-*]`."""
        self.ties: list[_Tie] = []
        self.relations: dict[str, str] = {}
        """Number of a relation to its name, where a network has several."""
        self.about: list[str] = []
        self.skipped: list[str] = []
        self.section = self.relation = ""
        self.row = self.first = 0

    def head(self, tokens: list[str], number: int) -> None:
        """Begins a section."""
        self.section, rest = tokens[0][1:].casefold(), tokens[1:]
        self.relation = ""
        if self.section in ("partition", "vector", "permutation", "cluster", "hierarchy"):
            self.skipped.append(" ".join([tokens[0][1:], *rest]))
            self.section = "skipped"
        elif self.section == "vertices":
            if self.skipped:  # of a partition or vector
                self.section = "skipped"
            else:
                size = int(rest[0]) if rest and rest[0].isdecimal() else 0
                self.first = int(rest[1]) if len(rest) > 1 and rest[1].isdecimal() else 0
                if size > _MOST:
                    raise InputError(
                        f"{self.name}:{number}: {size:,} vertices are more than are read ({_MOST:,}); correct it"
                    )
                self.names |= {str(n): "" for n in range(1, size + 1)}
        elif self.section == "network":
            self.about.append(" ".join(rest))
        elif self.section == "matrix":
            self.row = 0
        elif self.section not in ("arcs", "edges", "arcslist", "edgeslist"):
            raise InputError(f"{self.name}:{number}: {tokens[0]!r} is not read; write vertices, arcs and edges")
        if self.section != "network" and rest and rest[0].startswith(":"):
            self.relation = rest[0][1:]
            self.relations[self.relation] = rest[1] if len(rest) > 1 else f"relation {self.relation}"

    def line(self, tokens: list[str], number: int) -> None:
        """Takes a line of the present section."""
        if self.section == "vertices":
            self.names[tokens[0]] = tokens[1] if len(tokens) > 1 else ""
            self.times |= [(tokens[0], text) for text in tokens[2:] if text.startswith("[")]
        elif self.section in ("arcs", "edges"):
            relation = self.relation
            if tokens[0].endswith(":"):
                relation, tokens = tokens[0][:-1], tokens[1:]
                self.relations.setdefault(relation, f"relation {relation}")
            if len(tokens) < 2 or tokens[0] not in self.names or tokens[1] not in self.names:
                raise InputError(f"{self.name}:{number}: the line does not name two vertices; correct it")
            extra = [("More", " ".join(tokens[3:]))] if len(tokens) > 3 else []
            value = tokens[2] if len(tokens) > 2 else "1"
            self.ties.append((tokens[0], tokens[1], value, self.section == "arcs", number, relation, extra))
        elif self.section in ("arcslist", "edgeslist"):
            arcs = self.section == "arcslist"
            self.ties += [(tokens[0], other, "1", arcs, number, self.relation, []) for other in tokens[1:]]
        elif self.section == "matrix":
            self._matrix(tokens, number)

    def _matrix(self, tokens: list[str], number: int) -> None:
        """A row of a matrix; of two kinds of vertices, the first of which are as many as `*Vertices` says."""
        self.row += 1
        columns = list(self.names)[self.first :]
        if len(tokens) != len(columns) or self.row > (self.first or len(self.names)):
            raise InputError(
                f"{self.name}:{number}: a row of the matrix has {len(tokens)} values, not {len(columns)}; correct it"
            )
        for other, value in zip(columns, tokens, strict=True):
            if value.strip("0.-+"):
                self.ties.append((str(self.row), other, value, not self.first, number, self.relation, []))


def read(path: Path, builder: Builder) -> str:
    """What was recognised, vertices and lines having been added.

    Raises InputError with the line where the file is not understood.
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
    if not project.names:
        raise InputError(f"{path.name}: no vertices were found; a Pajek network begins with *Vertices")
    signed = any(tie[2].startswith("-") for tie in project.ties)
    ids = {key: builder.actor(key, name or f"v{key}", f"vertex {key}") for key, name in project.names.items()}
    for a, b, value, directed, number, relation, extra in project.ties:
        if a not in ids or b not in ids:
            raise InputError(f"{path.name}:{number}: {a!r} or {b!r} is no vertex; correct it")
        sign = ("-1" if value.startswith("-") else "1") if signed else ""
        more = [("Value", value), *extra] if value.strip("-") not in ("1", "1.0") else extra
        type_ = project.relations.get(relation, "")
        builder.relation(ids[a], ids[b], f"line {number}", type_=type_, sign=sign, directed=directed, extra=more)
    for key, time in project.times.items():
        builder.note(ids[key], f"Time: {time}", f"vertex {key}")
    for name in filter(None, project.about):
        builder.remark(f"Network: {name}")
    builder.report.append(f"{path.name}: coordinates and drawing hints of vertices are not imported")
    if project.skipped:
        builder.report.append(f"{path.name}: could not be placed: {', '.join(project.skipped)}; not imported")
    return "signed Pajek network" if signed else "Pajek network"
