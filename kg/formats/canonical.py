"""RDF, out: one canonical order, so that the same content gives the same bytes on every machine.

N-Triples and N-Quads are sorted by code point; Turtle and TriG are written subject by subject with sorted properties and
values; JSON-LD and RDF/XML are the library's own writers over sorted quads. Blank nodes, where an input has any, are
renamed by RDF Dataset Canonicalization (RDFC-1.0, W3C 2024).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.vocabulary import CONCEPT, expand, prefixes

__all__ = ["FORMATS", "WHAT_IT_LOSES", "turtle", "write"]

FORMATS = ("ttl", "trig", "nt", "nq", "jsonld", "rdfxml")
_FLATTENED = "named graphs are merged: which source a statement stands in is told by its evidence only"
WHAT_IT_LOSES = {"ttl": _FLATTENED, "nt": _FLATTENED, "rdfxml": _FLATTENED}
"""What a format cannot hold, in one sentence; formats that keep all are not listed."""

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9_-]))*")
_RDF_TYPE = expand("rdf:type")
_XSD_STRING = expand("xsd:string")
_BARE = {
    expand("xsd:integer"): re.compile(r"[+-]?[0-9]+"),
    expand("xsd:decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    expand("xsd:boolean"): re.compile(r"true|false"),
}


def _canonical(quads: Iterable[ox.Quad], *, graphs: bool) -> list[ox.Quad]:
    """Quads without repetition, blank nodes renamed, in code point order of their N-Quads line."""
    if not graphs:
        quads = (ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    unique = set(quads)
    if any(isinstance(t, ox.BlankNode) for q in unique for t in (q.subject, q.object, q.graph_name)):
        dataset = ox.Dataset(unique)
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        unique = set(dataset)
    return sorted(unique, key=str)


class _Names:
    """Writes terms, with prefixes for the namespaces in use."""

    def __init__(self, extra: dict[str, str]) -> None:
        spaces = {**prefixes(), **extra}
        self.by_length = sorted(((ns, p) for p, ns in spaces.items()), key=lambda x: -len(x[0]))
        self.used: dict[str, str] = {}
        self.cache: dict[str, str] = {}

    def iri(self, iri: str) -> str:
        text = self.cache.get(iri)
        if text is None:
            text = self.cache[iri] = self._iri(iri)
        return text

    def _iri(self, iri: str) -> str:
        if iri.startswith(CONCEPT) and iri.count("/", len(CONCEPT)) == 1:
            name, _, local = iri[len(CONCEPT) :].partition("/")
            if _LOCAL.fullmatch(local) and re.fullmatch("[a-z-]+", name):
                self.used[f"c-{name}"] = f"{CONCEPT}{name}/"
                return f"c-{name}:{local}"
        for namespace, prefix in self.by_length:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self.used[prefix] = namespace
                return f"{prefix}:{iri[len(namespace) :]}"
        return str(ox.NamedNode(iri))

    def term(self, term: object) -> str:
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        if isinstance(term, ox.Literal):
            datatype = term.datatype.value
            if datatype in _BARE and _BARE[datatype].fullmatch(term.value):
                return term.value
            if term.language or datatype == _XSD_STRING:
                return str(term)
            return f"{ox.Literal(term.value)}^^{self.iri(datatype)}"
        return str(term)


def _blocks(quads: list[ox.Quad], names: _Names, indent: str) -> Iterator[str]:
    subject = predicate = None
    out: list[str] = []
    ordered = sorted(quads, key=lambda q: (str(q.subject), q.predicate.value != _RDF_TYPE, str(q.predicate), str(q.object)))
    for quad in ordered:
        verb = "a" if quad.predicate.value == _RDF_TYPE else names.term(quad.predicate)
        if quad.subject != subject:
            if out:
                yield "".join(out) + " .\n"
            out = [f"{indent}{names.term(quad.subject)} {verb} {names.term(quad.object)}"]
        elif quad.predicate != predicate:
            out.append(f" ;\n{indent}    {verb} {names.term(quad.object)}")
        else:
            out.append(f",\n{indent}        {names.term(quad.object)}")
        subject, predicate = quad.subject, quad.predicate
    if out:
        yield "".join(out) + " .\n"


def _written(things: Iterable[tuple[str, list[ox.Quad]]], names: _Names) -> Iterator[str]:
    """The body of a Turtle or TriG file: graph (as a term, empty for none) and quads of things, graph by graph, in their order."""
    before: str | None = None
    for graph, quads in things:
        if before is not None:
            yield "}\n\n" if before and graph != before else "\n"
        if graph and graph != before:
            yield f"{names.iri(graph[1:-1])} {{\n"
        yield "\n".join(_blocks(quads, names, "  " if graph else ""))
        before = graph
    if before:
        yield "}\n"


def _head(names: _Names) -> str:
    return "".join(f"@prefix {p}: <{ns}> .\n" for p, ns in sorted(names.used.items())) + "\n"


def turtle(things: Iterable[tuple[str, list[ox.Quad]]]) -> Iterator[bytes]:
    """Turtle or TriG in pieces, in bounded memory: the quads of one thing after the other, with the graph that they stand in.

    Graphs (as terms, empty for none) and the things in each must come in their order; the result is that of `write`.
    """
    import tempfile

    names = _Names({})
    with tempfile.TemporaryFile(prefix="kg-") as body:  # which prefixes are used is known at the end
        body.writelines(part.encode() for part in _written(things, names))
        body.seek(0)
        yield _head(names).encode()
        while part := body.read(1 << 20):
            yield part


def _turtle(quads: list[ox.Quad], extra: dict[str, str]) -> bytes:
    names = _Names(extra)
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
        graphs.setdefault(name, []).append(quad)
    body = "".join(_written(sorted(graphs.items()), names))
    return (_head(names) + body).encode()


def write(quads: Iterable[ox.Quad], to: str, extra_prefixes: dict[str, str] | None = None) -> bytes:
    """The quads in the format `to` (one of FORMATS), in canonical order, UTF-8.

    `extra_prefixes` are added to those of the vocabulary. Formats without named graphs merge them.
    """
    keeps_graphs = to in ("trig", "nq", "jsonld")
    ordered = _canonical(quads, graphs=keeps_graphs)
    if to in ("ttl", "trig"):
        return _turtle(ordered, extra_prefixes or {})
    if to == "nt":
        return "".join(f"{q.triple} .\n" for q in ordered).encode()
    if to == "nq":
        return "".join(f"{q} .\n" for q in ordered).encode()
    syntax = ox.RdfFormat.JSON_LD if to == "jsonld" else ox.RdfFormat.RDF_XML
    used = prefixes() if to == "rdfxml" else {}
    items: Iterable[ox.Quad] | Iterable[ox.Triple] = ordered if keeps_graphs else [q.triple for q in ordered]
    return ox.serialize(items, format=syntax, prefixes=used) or b""
