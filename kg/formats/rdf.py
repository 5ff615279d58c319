"""RDF files, in: which syntax a file has, strictly parsed, gzip or not, from disk or standard input."""

from __future__ import annotations

import io
import itertools
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError, near_names

__all__ = ["SYNTAXES", "RdfFile", "is_rdf"]

SYNTAXES = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "rdf": ox.RdfFormat.RDF_XML,
    "xml": ox.RdfFormat.RDF_XML,
    "owl": ox.RdfFormat.RDF_XML,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "json": ox.RdfFormat.JSON_LD,
}
_CONTEXT = re.compile(rb'("@context"\s*:\s*)"https?://schema\.org/?(?:docs/jsonldcontext\.json(?:ld)?)?"')
"""The one context on the web that is known: it takes every plain key for a term of that vocabulary."""
_RATIO = 150
"""No RDF packs tighter."""
_GZIP = b"\x1f\x8b"
_NODE = rb"(?:<[^>\n]*>|_:\S+)"
_LITERAL = rb'"(?:[^"\\\n]|\\.)*"(?:@[\w-]+|\^\^<[^>\n]*>)?'
_QUAD = rb"^[ \t]*" + _NODE + rb"[ \t]*<[^>\n]*>[ \t]*(?:" + _NODE + rb"|" + _LITERAL + rb")[ \t]*" + _NODE + rb"[ \t]*\."


def _suffix(path: Path) -> str:
    name = path.name.lower().removesuffix(".gz")
    return name.rpartition(".")[2] if "." in name else ""


def is_rdf(path: Path) -> bool:
    """True for standard input (`-`) and for a file whose name ends like an RDF syntax, also with `.gz`."""
    return str(path) == "-" or _suffix(path) in SYNTAXES


class RdfFile:
    """One RDF document; `load` hands it to a store, `quads` gives it one by one.

    Both raise InputError with file, line and column where the syntax is wrong.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = "standard input" if str(path) == "-" else path.name
        self._bytes: bytes | None = None
        self.base = path.resolve().as_uri() if str(path) != "-" else "https://w3id.org/stakeholder-kg/data/stdin"

    def _content(self) -> bytes | None:
        """The bytes, where they must be held: standard input and gzip; None where the file can be read as it is."""
        if self._bytes is None:
            if str(self.path) == "-":
                self._bytes = sys.stdin.buffer.read()
            else:
                try:
                    with self.path.open("rb") as file:
                        start = file.read(2)
                except OSError as error:
                    raise InputError(f"{self.name}: cannot be read ({error.strerror}); check the path") from None
                if start != _GZIP:
                    return None
                self._bytes = self.path.read_bytes()
            if self._bytes[:2] == _GZIP:
                import gzip
                import zlib

                try:
                    with gzip.open(io.BytesIO(self._bytes)) as stream:
                        most = _RATIO * len(self._bytes) + (1 << 24)
                        unpacked = stream.read(most + 1)
                    if len(unpacked) > most:
                        raise InputError(
                            f"{self.name}: would unpack to more than {most:,} bytes; unpack it yourself and look"
                        )
                    self._bytes = unpacked
                except (OSError, EOFError, zlib.error) as error:
                    raise InputError(f"{self.name}: damaged gzip file ({error}); compress it again") from None
        return self._bytes

    @property
    def syntax(self) -> ox.RdfFormat:
        """The RDF syntax by file name; for standard input by what it holds (JSON-LD, XML, N-Quads, else the Turtle family)."""
        if str(self.path) != "-":
            suffix = _suffix(self.path)
            if suffix not in SYNTAXES:
                known = near_names(suffix, SYNTAXES)
                raise InputError(f"{self.name}: {suffix!r} is no RDF file ending; {known}")
            return SYNTAXES[suffix]
        start = (self._content() or b"")[:2000].lstrip()
        if start.startswith((b'{"', b"{ ", b"{\n", b"[")):
            return ox.RdfFormat.JSON_LD
        if re.match(rb"<\?xml|<rdf:RDF", start):
            return ox.RdfFormat.RDF_XML
        # TriG reads Turtle and N-Triples as well, but not a line that ends with the name of its graph.
        return ox.RdfFormat.N_QUADS if re.search(_QUAD, self._content() or b"", re.MULTILINE) else ox.RdfFormat.TRIG

    def _wrong(self, error: Exception) -> InputError:
        line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
        place = f":{line}:{column}" if line else ""
        message = str(getattr(error, "msg", "") or error).strip()
        if "LoadDocumentCallback" in message:
            return InputError(
                f"{self.name}: names a context that stands elsewhere, and nothing is fetched; write what the context holds in its"
                " place, or save the file as Turtle"
            )
        return InputError(f"{self.name}{place}: not valid {self.syntax.name} ({message}); correct the file")

    def load(self, store: ox.Store, graph: ox.NamedNode, *, named: bool = False) -> None:
        """Loads the document in bulk into `graph`; with `named` its own graph names are kept and `graph` takes the rest."""
        self._guard()
        content = self._content()
        try:
            if not self.syntax.supports_datasets:
                if content is None:
                    store.bulk_load(path=str(self.path), format=self.syntax, base_iri=self.base, to_graph=graph)
                else:
                    store.bulk_load(content, format=self.syntax, base_iri=self.base, to_graph=graph)
            else:
                rest = ox.DefaultGraph()
                quads = self._parse(content)
                first = next(quads, None)
                if first is None and self.syntax == ox.RdfFormat.JSON_LD:  # any JSON can be read as such
                    raise InputError(
                        f"{self.name}: holds no facts, since no @context says what its keys mean; give JSON-LD that has one"
                    )
                store.bulk_extend(
                    ox.Quad(q.subject, q.predicate, q.object, graph if not named or q.graph_name == rest else q.graph_name)
                    for q in itertools.chain([first] if first else [], quads)
                )
        except (SyntaxError, ValueError) as error:
            raise self._wrong(error) from None
        except OSError as error:
            raise InputError(f"{self.name}: cannot be read ({error.strerror or error}); check the file") from None

    def _guard(self) -> None:
        """Nothing; raises InputError where the document would make a parser grow or crash."""
        if self.syntax not in (ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD):
            return
        from kg.formats.package import check_json, check_rdf_xml

        content = self._content()
        try:
            if self.syntax == ox.RdfFormat.JSON_LD:
                check_json(self.path.read_bytes() if content is None else content, f"{self.name}:")
            else:
                with self.path.open("rb") if content is None else io.BytesIO(content) as stream:
                    check_rdf_xml(stream, f"{self.name}:")
        except OSError as error:
            raise InputError(f"{self.name}: cannot be read ({error.strerror}); check the path") from None

    def _parse(self, content: bytes | None) -> Iterator[ox.Quad]:
        if self.syntax == ox.RdfFormat.JSON_LD:
            content = _CONTEXT.sub(
                rb'\1{"@vocab": "http://schema.org/"}', self.path.read_bytes() if content is None else content
            )
        if content is None:
            return ox.parse(path=str(self.path), format=self.syntax, base_iri=self.base)
        return ox.parse(content, format=self.syntax, base_iri=self.base)

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad of the document, in its order."""
        self._guard()
        try:
            yield from self._parse(self._content())
        except (SyntaxError, ValueError) as error:
            raise self._wrong(error) from None
