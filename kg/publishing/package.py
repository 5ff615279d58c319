"""A data set as a package that others can find, read and check: tables, graph, descriptions, checksums.

`datapackage.json` follows the Data Package specification (Frictionless), `description.ttl` the vocabularies DCAT 3 and VoID,
`csv-metadata.json` is CSV on the Web, `checksums.sha256` is read by `sha256sum -c`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import resources
from kg.errors import InputError
from kg.formats import canonical
from kg.formats.csvw import Column, Table, shipped_description
from kg.formats.dataset import Dataset
from kg.formats.delimited import csv_bytes
from kg.formats.material import Material, check_new, write_files
from kg.formats.opening import book_of
from kg.formats.tables import read_book
from kg.publishing.redaction import Redacted
from kg.vocabulary import expand

__all__ = ["write_package"]

_MEDIA = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".ttl": "text/turtle",
    ".trig": "application/trig",
    ".md": "text/markdown",
}
_SPDX = "http://spdx.org/rdf/terms#"


def _field(column: Column) -> dict[str, Any]:
    kinds = {"integer": "integer", "decimal": "number", "boolean": "boolean"}
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.name == "id":
        constraints["unique"] = True
    if column.minimum is not None and not column.separator:
        constraints["minimum"] = float(column.minimum)
    if column.maximum is not None and not column.separator:
        constraints["maximum"] = float(column.maximum)
    told: dict[str, Any] = {
        "name": column.name,
        "type": "string" if column.separator else kinds.get(column.datatype, "string"),
    }
    told |= {"title": column.titles.get("en", column.name), "rdfType": column.property}
    if column.description.get("en"):
        told["description"] = column.description["en"]
    return {**told, "constraints": constraints} if constraints else told


def _schema(table: Table) -> dict[str, Any]:
    keys = [
        {"fields": [c.name], "reference": {"resource": c.refers_to[0], "fields": ["id"]}}
        for c in table.columns
        if len(c.refers_to) == 1 and not c.separator
    ]
    schema: dict[str, Any] = {"fields": [_field(c) for c in table.columns], "primaryKey": ["id"]}
    return {**schema, "foreignKeys": keys} if keys else schema


def _resource(name: str, content: bytes, tables: dict[str, Table]) -> dict[str, Any]:
    path = Path(name)
    told: dict[str, Any] = {
        "name": path.name.lower().replace(".", "-") if name not in tables else path.stem, "path": name,
        "format": path.suffix[1:], "mediatype": _MEDIA.get(path.suffix, "text/plain"), "encoding": "utf-8",
        "bytes": len(content), "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
    }  # fmt: skip
    if name in tables:
        told |= {"profile": "tabular-data-resource", "title": tables[name].titles["en"], "schema": _schema(tables[name])}
    return told


def _description(
    dataset: Dataset, licence: str, files: dict[str, bytes], quads: list[ox.Quad], parts: Sequence[Dataset]
) -> bytes:
    """DCAT and VoID, as Turtle."""
    home = ox.NamedNode(dataset.home)
    rdf_type = ox.NamedNode(expand("rdf:type"))

    def node(name: str) -> ox.NamedNode:
        return ox.NamedNode(expand(name))

    def number(value: int) -> ox.Literal:
        return ox.Literal(str(value), datatype=node("xsd:integer"))

    void = "http://rdfs.org/ns/void#"
    out: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (home, rdf_type, node("dcat:Dataset")), (home, rdf_type, ox.NamedNode(void + "Dataset")),
        (home, node("dcterms:identifier"), ox.Literal(dataset.id)), (home, node("dcterms:license"), ox.NamedNode(licence)),
        (home, ox.NamedNode(void + "uriSpace"), ox.Literal(dataset.base)),
        (home, ox.NamedNode(void + "triples"), number(len({(q.subject, q.predicate, q.object) for q in quads}))),
        (home, ox.NamedNode(void + "distinctSubjects"), number(len({q.subject for q in quads}))),
        (home, ox.NamedNode(void + "properties"), number(len({q.predicate for q in quads}))),
    ]  # fmt: skip
    for prop, texts in (("dcterms:title", dataset.title), ("dcterms:description", dataset.description),
                        ("dcterms:rights", dataset.licence_statement)):  # fmt: skip
        out += [(home, node(prop), ox.Literal(text, language=lang)) for lang, text in texts.items()]
    for origin in parts:
        source = ox.NamedNode(origin.home)
        out += [(home, node("prov:wasDerivedFrom"), source), (source, rdf_type, node("dcat:Dataset"))]
        out += [(source, node("dcterms:title"), ox.Literal(text, language=lang)) for lang, text in origin.title.items()]
        if "://" in origin.licence:
            out.append((source, node("dcterms:license"), ox.NamedNode(origin.licence)))
    if dataset.version:
        out.append((home, node("dcat:version"), ox.Literal(dataset.version)))
    used = {expand(f"{p}:") for p in ("kg", "skos", "prov", "org", "foaf", "dcterms", "oa")}
    spaces = {re.sub(r"[^#/]*$", "", q.predicate.value) for q in quads}
    for space in sorted(used & spaces):
        out.append((home, ox.NamedNode(void + "vocabulary"), ox.NamedNode(space)))
    classes = Counter(q.object.value for q in quads if q.predicate == rdf_type and isinstance(q.object, ox.NamedNode))
    for iri, count in sorted(classes.items()):
        part = ox.NamedNode(f"{dataset.base}class/{iri.rpartition('#')[2].rpartition('/')[2]}")
        out += [(home, ox.NamedNode(void + "classPartition"), part), (part, ox.NamedNode(void + "class"), ox.NamedNode(iri))]
        out.append((part, ox.NamedNode(void + "entities"), number(count)))
    out.append((home, ox.NamedNode(void + "dataDump"), ox.NamedNode(f"{dataset.base}file/graph.trig")))
    for name, content in files.items():
        file, check = ox.NamedNode(f"{dataset.base}file/{name}"), ox.NamedNode(f"{dataset.base}file/{name}~sha256")
        media = ox.NamedNode("https://www.iana.org/assignments/media-types/" + _MEDIA.get(Path(name).suffix, "text/plain"))
        out += [
            (home, node("dcat:distribution"), file), (file, rdf_type, node("dcat:Distribution")),
            (file, node("dcterms:title"), ox.Literal(name)), (file, node("dcat:mediaType"), media),
            (file, node("dcat:byteSize"), number(len(content))), (file, ox.NamedNode(_SPDX + "checksum"), check),
            (check, ox.NamedNode(_SPDX + "algorithm"), ox.NamedNode(_SPDX + "checksumAlgorithm_sha256")),
            (check, ox.NamedNode(_SPDX + "checksumValue"), ox.Literal(hashlib.sha256(content).hexdigest())),
        ]  # fmt: skip
    return canonical.write((ox.Quad(s, p, o) for s, p, o in out), "ttl")


def _titled(dataset: Dataset) -> str:
    return dataset.title.get("en") or next(iter(dataset.title.values()))


def _told(redacted: Redacted) -> str:
    """What was withheld, in numbers only."""
    lines = ["# What was withheld", ""]
    if not redacted.counts:
        return "\n".join([*lines, "Nothing was withheld.", ""])
    lines += ["Before this data set was published, some of it was left out or generalised:", ""]
    lines += ["| table | what | why | rows |", "|---|---|---|---|"]
    for (table, what, why), count in sorted(redacted.counts.items()):
        lines.append(f"| {table} | {what} | {why} | {count} |")
    return "\n".join([*lines, ""])


def _files(redacted: Redacted, dataset: Dataset, licence: str, parts: Sequence[Dataset]) -> dict[str, bytes]:
    material = Material(dataset, redacted.material.tables)
    read = read_book(book_of(material))
    wrong = [f for f in read.findings if f.is_error]
    if wrong:
        raise InputError(f"{wrong[0].where}: {wrong[0].what}; {wrong[0].todo} (in the redacted copy)")
    quads = [
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph))
        for graph, lines in sorted(read.lines.items())
        for q in ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    ]
    tables = {t.url: t for name, t in shipped_description().items() if material.tables.get(name)}
    files: dict[str, bytes] = {}
    for url, table in tables.items():
        columns = [c.name for c in table.columns]
        files[url] = csv_bytes([columns, *([r.get(c, "") for c in columns] for r in material.tables[table.name])])
    files["dataset.json"] = (json.dumps(dataset.as_dict(), ensure_ascii=False, indent=1) + "\n").encode()
    described = json.loads((resources.ontology() / "tables.json").read_text(encoding="utf-8"))
    described["tables"] = [t for t in described["tables"] if t["url"] in tables]
    files["csv-metadata.json"] = (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()
    files["graph.trig"] = canonical.write(quads, "trig")
    files["WITHHELD.md"] = _told(redacted).encode()
    package: dict[str, Any] = {
        "name": dataset.id.lower(), "title": _titled(dataset),
        "description": dataset.description.get("en", ""), "version": dataset.version,
        "licenses": [{"name": licence.rstrip("/").rpartition("/")[2], "path": licence}], "profile": "data-package",
        "sources": [{"title": _titled(part), "path": part.base} for part in parts],
        "resources": [_resource(name, content, tables) for name, content in files.items()],
    }  # fmt: skip
    described_by = _description(dataset, licence, files, quads, parts)
    files["datapackage.json"] = (
        json.dumps({k: v for k, v in package.items() if v}, ensure_ascii=False, indent=1) + "\n"
    ).encode()
    files["description.ttl"] = described_by
    sums = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return {**files, "checksums.sha256": "".join(sums).encode()}


def write_package(
    redacted: Redacted, dataset: Dataset, licence: str, folder: Path, parts: Sequence[Dataset] = ()
) -> list[str]:
    """The names of the files written; the folder appears whole or not at all.

    `parts` are the data sets that `dataset` was made from, if it was made from several.

    Raises InputError where it exists already, cannot be written, or a text that was withheld would stand in it.
    """
    check_new(folder)
    files = _files(redacted, dataset, licence, parts)
    for name, content in files.items():
        text = content.decode()
        for secret in redacted.secrets:
            if len(secret) > 6 and secret in text:
                raise InputError(f"{name}: would still hold {secret!r}; take it out of the source and publish again")
    write_files(files.items(), folder)
    return list(files)
