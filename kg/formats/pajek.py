"""Pajek networks (.net), in: vertices, arcs and edges, as lists too; a negative value is a negative tie."""

from __future__ import annotations

import re
from pathlib import Path

from kg.errors import InputError
from kg.formats.builder import Builder
from kg.formats.delimited import Text, decode, file_bytes

__all__ = ["read"]

_TOKEN = re.compile(r'"([^"]*)"|(\S+)')


def _tokens(line: str) -> list[str]:
    return [quoted if quoted or not plain else plain for quoted, plain in _TOKEN.findall(line)]


def read(path: Path, builder: Builder) -> str:
    """What was recognised, vertices and lines having been added.

    Raises InputError with the line where the file is not understood.
    """
    raw = file_bytes(path)
    found = decode(raw)
    text = found.text if isinstance(found, Text) else raw.decode("cp1252", errors="replace").replace("\0", "")
    names: dict[str, str] = {}
    ties: list[tuple[str, str, str, bool, int, list[tuple[str, str]]]] = []
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        tokens = _tokens(line)
        if not tokens or line.lstrip().startswith("%"):
            continue
        if tokens[0].startswith("*"):
            section = tokens[0][1:].casefold()
            if section == "vertices":
                names |= (
                    {str(n): "" for n in range(1, int(tokens[1]) + 1)} if len(tokens) > 1 and tokens[1].isdigit() else {}
                )
            elif section not in ("arcs", "edges", "arcslist", "edgeslist", "network"):
                raise InputError(f"{path.name}:{number}: {tokens[0]!r} is not read; write vertices, arcs and edges")
        elif section == "vertices":
            names[tokens[0]] = tokens[1] if len(tokens) > 1 else ""
        elif section in ("arcs", "edges"):
            if len(tokens) < 2 or tokens[0] not in names or tokens[1] not in names:
                raise InputError(f"{path.name}:{number}: the line does not name two vertices; correct it")
            extra = [("More", " ".join(tokens[3:]))] if len(tokens) > 3 else []
            ties.append((tokens[0], tokens[1], tokens[2] if len(tokens) > 2 else "1", section == "arcs", number, extra))
        elif section in ("arcslist", "edgeslist"):
            ties += [(tokens[0], other, "1", section == "arcslist", number, []) for other in tokens[1:]]
    if not names:
        raise InputError(f"{path.name}: no vertices were found; a Pajek network begins with *Vertices")
    signed = any(value.startswith("-") for _, _, value, *_ in ties)
    ids = {key: builder.actor(key, name or f"v{key}", f"vertex {key}") for key, name in names.items()}
    for a, b, value, directed, number, extra in ties:
        if a not in ids or b not in ids:
            raise InputError(f"{path.name}:{number}: {a!r} or {b!r} is no vertex; correct it")
        sign = ("-1" if value.startswith("-") else "1") if signed else ""
        more = [("Value", value), *extra] if value.strip("-") not in ("1", "1.0") else extra
        builder.relation(ids[a], ids[b], f"line {number}", sign=sign, directed=directed, extra=more)
    builder.report.append(f"{path.name}: coordinates and drawing hints of vertices are not imported")
    return "signed Pajek network" if signed else "Pajek network"
