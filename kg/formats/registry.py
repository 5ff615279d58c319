"""The table of formats: what other programs write, what kg keeps of it, and what is lost.

A format is one module with `read(path, builder)`, which gives the name of what was recognised, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from kg.errors import InputError
from kg.formats.answers import Answers
from kg.formats.builder import Builder, Imported

__all__ = ["READERS", "WRITERS", "Reader", "Writer", "import_files", "reads"]


@dataclass(frozen=True)
class Reader:
    """A format that can be read."""

    name: str
    endings: tuple[str, ...]
    module: str
    """Module of `kg.formats` with `read(path, builder) -> str`."""
    keeps: str
    loses: str
    recognises: str = ""
    """Name of a function of the module that looks into the file, where the ending alone does not tell."""
    packed: bool = False
    """True where it reads files packed with gzip too, `.json.gz`."""


@dataclass(frozen=True)
class Writer:
    """A format that can be written."""

    name: str
    ending: str
    """How the file's name ends; empty for a folder of several files."""
    module: str
    """Module of `kg.formats` with `write(network) -> Written`."""
    keeps: str
    loses: str
    holds: tuple[str, ...] = ()
    """The tables whose rows it carries wholly."""


_LINKED = (".ttl", ".trig", ".nt", ".nq", ".rdf", ".owl", ".jsonld")
_NOTES = "every other field as a note"
_ENTITIES = (".ijson", ".ndjson", ".jsonl", ".json")
READERS = (
    Reader(
        "csvw", (".json", ".csv", ".tsv", ".txt"), "described",
        "tables with their W3C description (CSV on the Web): properties of kg, ORG, FOAF and others, else like any sheet",
        "constraints that only check", "looks",
    ),
    Reader(
        "kumu", (".json",), "kumu", f"elements, connections, types, directions, {_NOTES}", "maps, views, styles", "looks"
    ),
    Reader(
        "oligrapher", (".json",), "oligrapher", f"nodes, edges, labels, arrows, captions, {_NOTES}", "positions", "looks"
    ),
    Reader(
        "popolo", (".json",), "popolo", f"persons, organizations, memberships, {_NOTES}", "personal data, posts", "looks"
    ),
    Reader(
        "followthemoney", (*_ENTITIES, ".csv"), "followthemoney",
        f"entities and statements: actors, ties, dates, {_NOTES}", "personal data, when a statement was seen", "looks", True,
    ),
    Reader(
        "dna", (".dna",), "dna", "documents, statements as positions with their characters", "colours, rights, other types"
    ),
    Reader("gexf", (".gexf",), "gexf", f"nodes, edges, directions, dates, {_NOTES}", "positions, sizes, colours"),
    Reader("graphml", (".graphml",), "graphml", f"nodes, edges, directions, {_NOTES}", "drawings, hyperedges"),
    Reader(
        "littlesis", (".json",), "littlesis", f"entities, relationships, categories, dates, {_NOTES}", "references, images",
        "looks", True,
    ),
    Reader(
        "nodelink", (".json", ".canvas"), "nodelink",
        f"nodes and edges of networkx, D3, Gephi Lite, graphology, Cytoscape, vis.js and JSON Canvas, {_NOTES}",
        "positions, sizes, colours", "looks",
    ),
    Reader("gml", (".gml",), "gml", f"nodes, edges, direction, {_NOTES}", "graphics"),
    Reader("dl", (".dl", ".txt"), "dl", "labels, ties, values, several relations, two kinds of nodes", "nothing", "looks"),
    Reader(
        "linked", _LINKED, "linked",
        f"organisations, persons and their ties in ORG, FOAF, PROV, schema.org and Popolo's terms, {_NOTES}",
        "personal data, things that are neither", "looks",
    ),
    Reader(
        "pajek", (".net", ".paj"), "pajek",
        "vertices, arcs, edges, matrices, several relations and networks, values; partitions and vectors as notes",
        "coordinates, drawing hints",
    ),
)  # fmt: skip

_SAID = ("actors", "attributes", "assessments", "positions")
_REST = "evidence, sources, figures, findings and whatever leads to a law or an issue"
_ALL = "every attribute of actors and ties, assessments, positions as text, parallel ties"
WRITERS = (
    Writer("gexf", ".gexf", "gexf", f"{_ALL}, colours, coordinates", _REST, _SAID),
    Writer("graphml", ".graphml", "graphml", f"{_ALL}, colours, coordinates", _REST, _SAID),
    Writer("gephi", "", "gephi", f"{_ALL}, colours, coordinates, in two CSV tables", _REST, _SAID),
    Writer("kumu", ".json", "kumu", f"{_ALL} as fields, directions", f"{_REST}; colours, coordinates", _SAID),
    Writer("kumu-xlsx", ".xlsx", "kumusheet", f"{_ALL} as columns, directions", f"{_REST}; colours, coordinates", _SAID),
    Writer(
        "oligrapher", ".json", "oligrapher", "names, notes, ties with label and arrow, colours, coordinates",
        f"{_REST}; dates and notes of ties", _SAID,
    ),
    Writer(
        "followthemoney", ".ftm.json", "followthemoney", "names, countries, notes, ties with role, dates and note",
        f"{_REST}; signs, scores, types that its model lacks", ("actors",),
    ),
    Writer(
        "popolo", ".json", "popolo", "names, classification, parents, memberships with dates",
        f"{_REST}; signs, scores, every tie that is no membership", ("actors",),
    ),
)  # fmt: skip


def _reader(path: Path) -> Reader | None:
    ending = Path(path.stem).suffix if path.suffix.lower() == ".gz" else path.suffix
    packed = ending != path.suffix
    for reader in READERS:
        if ending.lower() in reader.endings and (reader.packed or not packed):
            if not reader.recognises:
                return reader
            looks: Callable[[Path], bool] = getattr(import_module(f"kg.formats.{reader.module}"), reader.recognises)
            if looks(path):
                return reader
    return None


def reads(path: Path) -> bool:
    """True where a file is of a format in the table, by its ending and, where that does not tell, its content."""
    from kg.formats.grids import TEXTS

    return path.suffix.lower() in TEXTS or _reader(path) is not None


def _refuse_rdf(path: Path, builder: Builder) -> None:
    """Nothing; raises InputError with what is wrong where a file is called like RDF."""
    from kg.formats import linked

    if path.suffix.lower() in _LINKED:
        quads = linked.quads_of(path, builder)
        if linked.is_ours(quads):
            raise InputError(f"{path.name}: a graph of kg's own model; import it alone, or open both with --data")
        linked.read_quads(quads, path.name, builder)


def import_files(paths: Sequence[Path], answers: Answers | None = None, lang: str = "en") -> Imported:
    """What one file, or several that belong together (nodes and ties), become.

    What makes single rows unusable is in its findings; raises InputError where a file cannot be read or recognised.
    """
    from kg.formats.described import described_by
    from kg.formats.grids import TEXTS, read_sheets
    from kg.formats.large import is_large
    from kg.formats.networks import import_sheets
    from kg.formats.opening import WORKBOOKS, advice

    name = " + ".join(p.name for p in paths)
    builder = Builder(name, answers or Answers(), lang, large=any(map(is_large, paths)))
    kinds, sheets = [], []
    tabled = any(p.suffix.lower() in TEXTS for p in paths)
    whole = {table for p in paths if tabled and not p.name.endswith("metadata.json") for table in described_by(p)}
    for path in paths:
        if (path.name.endswith("metadata.json") and tabled) or path.resolve() in whole:
            continue  # read with the table that it describes, or with its description
        reader = _reader(path)
        if reader:
            kinds.append(builder.report.kind(import_module(f"kg.formats.{reader.module}").read(path, builder)))
        elif path.suffix.lower() in (*TEXTS, *WORKBOOKS):
            found, remarks = read_sheets(path)
            sheets += found
            builder.report += remarks
        else:
            if not advice(path):
                _refuse_rdf(path, builder)
            raise InputError(
                f"{path.name}: {advice(path) or 'not a kind of file that can be imported; `kg import --help` lists them'}"
            )
    if sheets:
        kinds.append(import_sheets(builder, sheets, name))
    kind = builder.report.joined(kinds)
    if not builder.material.tables.keys() - {"sources"} and not builder.findings:
        raise InputError(f"{name}: {kind}: holds no actor, tie or position; was something exported?")
    return builder.done(kind)
