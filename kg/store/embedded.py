"""The embedded store: Oxigraph in memory, or on disk and read-only.

Questions read one merged graph, `ALL`, as their default graph, and an explicit list of named graphs. The union is not
left to the engine: pyoxigraph 0.5.13 counts a triple that stands in two graphs twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import InputError, QueryError
from kg.vocabulary import ALL

__all__ = ["EmbeddedStore", "refuse_unsafe"]

_TOKENS = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<comment>\#[^\n\r]*)
    |(?P<string>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<word>[?$:@]?[A-Za-z_][\w:.-]*)
    |(?P<other>\s+|.)""",
    re.VERBOSE | re.DOTALL,
)
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"}


def refuse_unsafe(query: str, known_graphs: Iterable[str] = ()) -> None:
    """Nothing, where `query` only reads what is in the store.

    Raises QueryError for an update, for SERVICE (it would open a socket) and for FROM with a graph that is not in the
    store (it could name a file or an address).
    """
    known = set(known_graphs)
    previous = ""
    first = True
    for token in _TOKENS.finditer(query):
        kind, text = token.lastgroup, token.group()
        if kind == "comment" or text.isspace():
            continue
        word = text.upper() if kind == "word" else ""
        if word == "SERVICE":
            raise QueryError("query: SERVICE would open a connection; remove it, only the loaded graph is asked")
        if first and word in _UPDATES:
            raise QueryError(f"query: {text} would change the graph; ask with SELECT, ASK, CONSTRUCT or DESCRIBE")
        if previous == "FROM" and kind == "iri" and text[1:-1] not in known:
            raise QueryError(f"query: FROM {text} is not a graph of this store; `kg info` lists them")
        if previous == "FROM" and kind == "word" and word != "NAMED":
            raise QueryError(f"query: FROM {text}: write the graph's full address in <...>; `kg info` lists them")
        if word == "PREFIX" or word == "BASE":
            previous, first = word, True
            continue
        if previous == "PREFIX" and kind in ("word", "iri", "other"):
            previous = "PREFIX" if kind != "iri" else ""
            continue
        if previous == "BASE" and kind == "iri":
            previous = ""
            continue
        previous = "FROM" if word == "FROM" or (previous == "FROM" and word == "NAMED") else ""
        first = False


class EmbeddedStore:
    """SPARQL 1.1 over Oxigraph."""

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        self.on_disk = path is not None
        try:
            if path is None:
                self.native = ox.Store()
            elif read_only:
                self.native = ox.Store.read_only(str(path))
            else:
                self.native = ox.Store(str(path))
        except OSError as error:
            raise InputError(f"{path}: cannot be opened as a store ({error}); build it again with `kg build`") from None

    def __len__(self) -> int:
        return len(self.native)

    def graphs(self) -> list[ox.NamedNode]:
        """The named graphs, the merged one left out, in order of their IRI."""
        nodes = [g for g in self.native.named_graphs() if isinstance(g, ox.NamedNode) and g != ALL]
        return sorted(nodes, key=lambda g: g.value)

    def _run(self, query: str, graphs: Sequence[ox.NamedNode] | None) -> Any:
        try:
            return self.native.query(
                query, default_graph=[ALL], named_graphs=list(self.graphs() if graphs is None else graphs)
            )
        except SyntaxError as error:
            raise QueryError(f"query: not valid SPARQL ({error.msg}); correct it") from None

    def select(self, query: str, graphs: Sequence[ox.NamedNode] | None = ()) -> ox.QuerySolutions:
        """The solutions of a SELECT, read from the merged graph.

        `graphs` are those that GRAPH may name; None means all of them. Raises QueryError where the text is not SPARQL.
        """
        result = self._run(query, graphs)
        if not isinstance(result, ox.QuerySolutions):
            raise QueryError("query: this is not a SELECT; use SELECT here")
        return result

    def ask(self, query: str, graphs: Sequence[ox.NamedNode] | None = ()) -> bool:
        """The answer of an ASK."""
        result = self._run(query, graphs)
        if not isinstance(result, ox.QueryBoolean):
            raise QueryError("query: this is not an ASK; use ASK here")
        return bool(result)

    def construct(self, query: str, graphs: Sequence[ox.NamedNode] | None = ()) -> ox.QueryTriples:
        """The triples of a CONSTRUCT or DESCRIBE."""
        result = self._run(query, graphs)
        if not isinstance(result, ox.QueryTriples):
            raise QueryError("query: this is not a CONSTRUCT or DESCRIBE; use one of them here")
        return result

    def query(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Whatever a reading query gives, with every named graph at hand.

        Raises QueryError for updates, SERVICE, unknown FROM graphs and wrong SPARQL.
        """
        refuse_unsafe(query, (g.value for g in self.graphs()))
        return self._run(query, None)  # type: ignore[no-any-return]  # the library does not tell the three apart

    def load(self, triples: bytes, graph: ox.NamedNode) -> None:
        """Adds N-Triples to a graph that kg wrote itself: their addresses and languages are not checked again."""
        add = self.native.bulk_load if self.on_disk else self.native.load  # in memory bulk takes longer, and more room
        add(triples, format=ox.RdfFormat.N_TRIPLES, to_graph=graph, lenient=True)

    def dump(self, graph: ox.NamedNode) -> bytes:
        """The triples of a graph as N-Triples, in the store's order."""
        return self.native.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""

    def derive(self, construct: str) -> bytes:
        """What a CONSTRUCT over the merged graph gives, as N-Triples."""
        return self.construct(construct).serialize(format=ox.RdfFormat.N_TRIPLES) or b""

    def triples(self, graph: ox.NamedNode) -> Iterator[ox.Quad]:
        """Every triple of a graph."""
        return self.native.quads_for_pattern(None, None, None, graph)
