"""UCINET DL files, in: full and half matrices, edge and node lists, one kind of nodes or two, several relations.

Source: the guide to data languages in UCINET (Borgatti, Everett and Freeman 2002).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.errors import InputError
from kg.formats.builder import Builder
from kg.formats.delimited import Text, decode, file_bytes

__all__ = ["looks", "read"]

_TOKEN = re.compile(r'"([^"]*)"|\'([^\']*)\'|([^\s,"\']+)')
_SETTING = re.compile(r"\b(n|nr|nc|nm|format|diagonal)\s*=\s*(\S+?)(?=[,\s]|$)", re.IGNORECASE)
_SECTION = re.compile(
    r"^\s*(?:(row|col|column|matrix|level)\s+)?(labels?|data)(\s+embedded)?\s*:?(.*)$", re.IGNORECASE
)  # fmt: skip
_NEXT = re.compile(
    r"(?<!\brow)(?<!\bcol)(?<!\bcolumn)(?<!\bmatrix)(?<!\blevel)(?<!\s)\s+(?=(?:(?:row|col|column|matrix|level)\s+)?labels?\s*(?::|embedded)|data\s*:)",
    re.IGNORECASE,
)
"""Where a part of the heading begins on the line of another."""
_FORMATS = ("fullmatrix", "upperhalf", "lowerhalf", "edgelist1", "edgelist2", "nodelist1", "nodelist2", "nodelist1b",
            "nodelist2b", "edgearray")  # fmt: skip
_MOST = 20_000
"""More nodes than that no program of this kind holds."""


@dataclass
class _File:
    name: str
    settings: dict[str, str] = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)
    embedded: bool = False
    data: list[tuple[int, list[str]]] = field(default_factory=list)

    def number(self, key: str) -> int:
        value = self.settings.get(key, "0")
        if not value.isdigit() or int(value) > _MOST:
            raise InputError(f"{self.name}: {key}={value!r} is no number of nodes up to {_MOST:,}; correct the heading")
        return int(value)

    @property
    def format(self) -> str:
        return self.settings.get("format", "fullmatrix").casefold()


def _split(line: str) -> list[str]:
    return [next(p for p in found if p) if any(found) else "" for found in _TOKEN.findall(line)]


def looks(path: Path) -> bool:
    """True for a text that begins with `dl`."""
    try:
        with path.open("rb") as stream:
            return re.match(rb"(\xef\xbb\xbf)?\s*dl\b", stream.read(200), re.IGNORECASE) is not None
    except OSError:
        return False


def _parse(text: str, name: str) -> _File:
    file = _File(name)
    section = ""
    heading = re.sub(r"(?i)^\s*dl\b", "", text)
    lines = ((number, part) for number, whole in enumerate(heading.splitlines(), 1) for part in _NEXT.split(whole))
    for number, line in lines:
        found = _SECTION.match(line) if section != "data" else None
        if found:
            side, word, embedded, rest = found.groups()
            file.embedded |= bool(embedded)
            section = "data" if word.casefold() == "data" else f"{(side or '').casefold().replace('column', 'col')}labels"
            line = rest
            if embedded:
                continue
        if section == "data":
            if line.strip():
                file.data.append((number, _split(line)))
        elif section:
            file.labels.setdefault(section, []).extend(_split(line))
        else:
            for key, value in _SETTING.findall(line):
                file.settings[key.casefold()] = value
    return file


_Tie = tuple[int, str, str, str, str]
"""Line, ends, value, relation."""


def _matrix(file: _File, rows: list[str], columns: list[str], relations: list[str]) -> Iterator[_Tie]:
    lines = list(file.data)
    tall, odd = divmod(len(lines), len(relations))
    if (
        file.embedded
        and len(relations) > 1
        and not odd
        and all(lines[m * tall][1] == lines[0][1] for m in range(len(relations)))
    ):
        for m, relation in enumerate(relations):  # each matrix has its own row of names
            yield from _matrix(replace(file, data=lines[m * tall : (m + 1) * tall]), rows, columns, [relation])
        return
    if file.embedded:
        columns = lines.pop(0)[1] if lines else []
        rows = [cells[0] for _, cells in lines if cells]
        lines = [(n, cells[1:]) for n, cells in lines]
    width, height = len(columns), len(rows)
    cells = [(n, c) for n, row in lines for c in row]
    half = file.format != "fullmatrix"
    places = [
        (m, r, c)
        for m in range(len(relations))
        for r in range(height)
        for c in range(width)
        if not half or (c > r if file.format == "upperhalf" else c < r)
    ]
    if half and len(cells) == len(relations) * (height * (height + 1) // 2):  # the diagonal is there too
        places = [
            (m, r, c)
            for m in range(len(relations))
            for r in range(height)
            for c in range(width)
            if (c >= r if file.format == "upperhalf" else c <= r)
        ]
    if len(cells) != len(places):
        line = cells[-1][0] if cells else 1
        raise InputError(f"{file.name}:{line}: {len(cells)} values where {len(places)} belong; compare n with the data")
    for (number, value), (m, r, c) in zip(cells, places, strict=True):
        try:
            zero = float(value.replace(",", ".")) == 0
        except ValueError:
            raise InputError(f"{file.name}:{number}: {value!r} is no number; correct it") from None
        if not zero:
            yield number, rows[r], columns[c], value, relations[m]


def _listed(file: _File, rows: list[str], columns: list[str], relations: list[str]) -> Iterator[_Tie]:
    def named(text: str, names: list[str], line: int) -> str:
        if text.isdigit() and not file.embedded and 1 <= int(text) <= len(names):
            return names[int(text) - 1]
        if not file.embedded and names and text not in names:
            raise InputError(f"{file.name}:{line}: {text!r} is none of the {len(names)} nodes; correct it")
        return text

    relation = number = 0
    for line, cells in file.data:
        if cells == ["!"]:
            relation, number = min(relation + 1, len(relations) - 1), 0
            continue
        number += 1
        if file.format.endswith("b"):  # the nodes in their order, each with how many it names before their names
            if number > len(rows):
                raise InputError(
                    f"{file.name}:{line}: there are more lines than the {len(rows)} nodes; compare n with the data"
                )
            cells = [rows[number - 1], *cells[1:]]
        source = named(cells[0], rows, line)
        if file.format.startswith("edge"):
            if len(cells) < 2:
                raise InputError(f"{file.name}:{line}: the line does not name two nodes; correct it")
            yield line, source, named(cells[1], columns, line), cells[2] if len(cells) > 2 else "1", relations[relation]
        else:
            for other in cells[1:]:
                yield line, source, named(other, columns, line), "1", relations[relation]


def read(path: Path, builder: Builder) -> str:
    """What was recognised, nodes and ties having been added.

    Raises InputError with the line where the file is not understood.
    """
    raw = file_bytes(path)
    found = decode(raw)
    file = _parse(found.text if isinstance(found, Text) else raw.decode("cp1252", errors="replace"), path.name)
    if file.format not in _FORMATS:
        raise InputError(f"{path.name}: format {file.format!r} is not read; write fullmatrix, edgelist1 or nodelist1")
    two_mode = "nr" in file.settings or "nc" in file.settings or file.format.rstrip("b").endswith("2")
    height, width = (file.number("nr"), file.number("nc")) if two_mode else (file.number("n"), file.number("n"))
    rows = file.labels.get("rowlabels") or file.labels.get("labels") or []
    columns = file.labels.get("collabels") or ([] if two_mode else rows)
    rows = rows or [f"row {n + 1}" if two_mode else f"v{n + 1}" for n in range(height)]
    columns = columns or [f"column {n + 1}" if two_mode else f"v{n + 1}" for n in range(width)]
    count = max(1, file.number("nm"))
    relations = (file.labels.get("matrixlabels") or file.labels.get("levellabels") or [])[:count]
    relations += [f"relation {n + 1}" if count > 1 else "" for n in range(len(relations), count)]
    make = _listed if file.format[:4] in ("edge", "node") and file.format != "edgearray" else _matrix
    ties = list(make(file, rows, columns, relations))
    if not file.embedded:
        for name in dict.fromkeys([*rows, *columns]):
            builder.actor(name, name, f"label {name!r}")
    if not ties and not builder.actors:
        raise InputError(f"{path.name}: no nodes were found; a DL file begins with dl n=...")
    given = {(a, b, r): v for _, a, b, v, r in ties}
    half = file.format in ("upperhalf", "lowerhalf")
    arrows = set() if half else {r for (a, b, r), v in given.items() if two_mode or given.get((b, a, r)) != v}
    signed = any(v.startswith("-") for v in given.values())
    for line, a, b, value, relation in ties:
        symmetric = relation not in arrows
        if symmetric and file.format == "fullmatrix" and a > b:
            continue
        sign = ("-1" if value.startswith("-") else "1") if signed else ""
        extra = [("Value", value)] if value.strip("-") not in ("1", "1.0") else []
        subject, object_ = (builder.actor(name, name, f"line {line}") for name in (a, b))
        directed = not symmetric and not two_mode
        builder.relation(subject, object_, f"line {line}", type_=relation, sign=sign, directed=directed, extra=extra)
    kind = f"{'signed ' if signed else ''}UCINET DL file ({file.format})"
    return kind + (" of two kinds of things" if two_mode else "")
