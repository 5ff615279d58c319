"""A graph: ontology, data and what the rules derive, in one store; writes it out again."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from kg import resources, rules
from kg.errors import FindingsError, InputError
from kg.formats import rdf
from kg.store.built import mark, new_store, read_marker
from kg.store.cache import content_key
from kg.store.embedded import EmbeddedStore
from kg.store.kept import NOT_KEPT
from kg.vocabulary import ALL, DERIVED, ONTOLOGY, ONTOLOGY_FILES, expand
from kg.vocabulary import kg as term

if TYPE_CHECKING:
    from kg.dating import AsOf
    from kg.formats.tables import Tables
    from kg.store.cache import Cache

__all__ = ["TEXT", "Graph"]

TEXT = "merged.nt.z"
"""The file of the merged graph as one text."""
_AT_A_TIME = 200_000
"""So many triples are handed to the store at once."""
_TYPE = ox.NamedNode(expand("rdf:type"))


class Graph:
    """Ontology, data and derived triples in one store.

    Questions read the merged graph. The named graphs (one per source, one derived, one ontology) are loaded when they are
    first needed, since most questions never do.
    """

    def __init__(self, store: EmbeddedStore, sources: Sequence[str]) -> None:
        self._store = store
        self.sources = tuple(sources)
        """What was opened, as it was named."""
        self._late: list[Callable[[EmbeddedStore], None]] = []
        self.whole: Callable[[], EmbeddedStore] | None = None
        """Opens a store of every graph in place of this one, where this one holds the merged graph alone."""
        self._bases: list[tuple[Path, str]] = []
        self.dates: tuple[Cache, str] | None = None
        """Where what holds at a date is kept, and a name for what this graph was made of; None where nothing is kept."""
        self._seen: dict[str, Graph] = {}
        self.kept = NOT_KEPT
        """Where results of long computations are kept."""
        self.seconds: dict[str, float] = {}
        """How long loading and rules took."""

    @classmethod
    def built(cls, folder: Path, whole: Callable[[], EmbeddedStore] | None = None) -> Graph:
        """The graph in a folder that `build` or `write_store` filled; `whole` opens a store of every graph where it lacks some.

        Raises InputError where it cannot be opened.
        """
        sources, named = read_marker(folder)
        graph = cls(EmbeddedStore(folder / "store", read_only=True), sources)
        if not named:
            graph.whole = whole
        return graph

    @property
    def store(self) -> EmbeddedStore:
        """The store for questions: the merged graph is loaded, named graphs perhaps not yet."""
        return self._store

    @property
    def named(self) -> EmbeddedStore:
        """The store with every named graph loaded."""
        if self.whole:
            self._store, self.whole = self.whole(), None
        while self._late:
            self._late.pop(0)(self._store)
        return self._store

    def later(self, load: Callable[[EmbeddedStore], None]) -> None:
        """Named graphs are loaded by this when they are first needed."""
        self._late.append(load)

    def let_go(self) -> None:
        """Closes the store on disk that it was written into."""
        self._store = EmbeddedStore()

    @functools.cached_property
    def reference_date(self) -> str:
        """The latest reference date of the data sets in it; empty where none states one."""
        found = self._store.native.quads_for_pattern(None, term("referenceDate"), None, ALL)
        return max((q.object.value for q in found if isinstance(q.object, ox.Literal)), default="")

    def add_tables(self, path: Path, engine: Callable[[], None] = lambda: None) -> None:
        """Loads tables, a workbook or an importable file into the merged graph, and later into its source graphs.

        `engine` is called before the engine loads what was read. Raises FindingsError where anything in them is an error; nothing is
        loaded then.
        """
        from kg.formats.tables import read_tables

        if self._store.on_disk:
            engine()
            if self._stream_tables(path):
                return
        tables = read_tables(path)
        if any(f.is_error for f in tables.findings):
            raise FindingsError(str(path), tables.findings)
        engine()
        self.load_tables(tables)
        self._bases.append((path, tables.dataset.base))

    def _stream_tables(self, path: Path) -> bool:
        """True where a folder is so large that it is read row by row, and was, into all of its graphs at once."""
        from kg.formats.large import is_large
        from kg.formats.opening import opens_as_own

        if not (path.is_dir() and any(map(is_large, path.iterdir())) and opens_as_own(path)):
            return False
        from kg.formats.streaming import stream_lines

        def take(graph: str, lines: list[str]) -> None:
            content = "\n".join(lines).encode()
            for into in (ALL, ox.NamedNode(graph)):
                self._store.load(content, into)

        self._bases.append((path, stream_lines(path, take)))
        return True

    def load_tables(self, tables: Tables) -> None:
        """Loads tables that were read without errors into the merged graph, and later into their source graphs."""

        def load(lines: list[str], graph: ox.NamedNode, store: EmbeddedStore) -> None:
            for at in range(0, len(lines), _AT_A_TIME):  # else millions of lines would be held three times over
                store.load("\n".join(lines[at : at + _AT_A_TIME]).encode(), graph)

        for lines in tables.lines.values():
            load(lines, ALL, self._store)

        def late(store: EmbeddedStore) -> None:
            for graph, lines in tables.lines.items():
                load(lines, ox.NamedNode(graph), store)

        self.later(late)

    def add_rdf(self, path: Path) -> None:
        """Loads an RDF file into the merged graph, and later into its own graph or the graphs it names."""
        file = rdf.RdfFile(path)
        file.load(self._store.native, ALL)
        if str(path) != "-":
            self._bases.append((path, ""))
        own = ox.NamedNode("https://w3id.org/stakeholder-kg/data/" + quote(file.name))
        self.later(lambda store: file.load(store.native, own, named=True))

    def add_ontology(self) -> None:
        """Loads classes, concept lists and alignments."""
        files = [resources.ontology() / name for name in ONTOLOGY_FILES]
        for path in files:
            self._store.native.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=ALL)

        def late(store: EmbeddedStore) -> None:
            for path in files:
                store.native.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=ONTOLOGY)

        self.later(late)

    def merge(self) -> None:
        """Makes one of what the decisions kept with the sources call the same, in the merged graph."""
        from kg.merging import merge_decided

        merge_decided(self._store.native, self._bases)

    def derive(self) -> None:
        """Runs `queries/rules/*.rq` until nothing new follows; what they give goes into the derived graph."""
        given = rules.derive(self._store)

        def late(store: EmbeddedStore) -> None:
            for triples in given:
                store.load(triples, DERIVED)

        self.later(late)

    def as_of(self, date: str) -> tuple[Graph, AsOf]:
        """A graph of what holds at a date, with what the rules derive from that alone; and what was left out."""
        from kg import dating

        if self.dates is None:
            return self._holding_at(date)
        cache, content = self.dates
        key = "as-of-" + content_key([content, date], [Path(dating.__file__)])
        if entry := cache.get(key):
            with contextlib.suppress(InputError):  # a damaged entry is made anew
                graph, left = Graph.built(entry), dating.AsOf.read(entry)
                graph.sources = self.sources  # the entry may stem from a copy of them
                return graph, left
        graph, left = self._holding_at(date)

        def write(folder: Path) -> None:
            graph.write_store(folder)
            left.write(folder)

        cache.put(key, write)
        return graph, left

    def _holding_at(self, date: str) -> tuple[Graph, AsOf]:
        """The same, computed now."""
        from kg.dating import holding_at

        store = EmbeddedStore()
        store.native, left = holding_at(self.named.native, date)
        graph = Graph(store, self.sources)
        graph.derive()
        return graph, left

    def seen_at(self, date: str) -> Graph:
        """The graph for questions about a date: itself, or a copy with what members of categories inherit then.

        What is inherited depends on who belongs to a category, and the rules look at that on the reference date. Facts of other times
        stay, since questions tell what they leave out.
        """
        from kg import dating

        if date not in self._seen:
            same = date == self.reference_date or not dating.belonging_differs(self._store.native, self.reference_date, date)
            self._seen[date] = self if same else self._inheriting_at(date)
        return self._seen[date]

    def _inheriting_at(self, date: str) -> Graph:
        """The copy of `seen_at`."""
        from kg.dating import inheriting_at

        store = EmbeddedStore()
        store.native = inheriting_at(self._store.native, date)
        graph = Graph(store, self.sources)
        graph.kept = self.kept
        graph.derive()
        return graph

    def quads(self, *, derived: bool = True, ontology: bool = False) -> Iterator[ox.Quad]:
        """Every quad of the named graphs, the merged graph left out."""
        store = self.named
        for graph in store.graphs():
            if (graph == DERIVED and not derived) or (graph == ONTOLOGY and not ontology):
                continue
            yield from store.triples(graph)

    def bases(self) -> dict[str, str]:
        """Prefix to base IRI of each data set in it, for writing Turtle."""
        nodes = self._store.native.quads_for_pattern(None, _TYPE, term("Dataset"), ALL)
        found = {}
        for node in sorted(q.subject.value for q in nodes if isinstance(q.subject, ox.NamedNode)):
            found[node.rpartition("/")[2].replace("%", "")] = node + "/"
        return found

    def export(self, to: str, *, ontology: bool = False) -> bytes:
        """The graph in one of the formats of `kg.formats.canonical`, in canonical order."""
        from kg.formats import canonical

        return canonical.write(self.quads(ontology=ontology), to, self.bases())

    def write_store(self, folder: Path, *, named: bool = True) -> None:
        """Fills a folder with an on-disk store of every graph, or of the merged one alone, and its marker."""
        target = EmbeddedStore(folder / "store")
        passed = folder / "passed.nt"
        for graph in [ALL, *(self._store.graphs() if named else ())]:
            self._store.native.dump(str(passed), format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
            target.native.bulk_load(path=str(passed), format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
        passed.unlink()
        for late in self._late if named else ():  # into the target at once: this store may never need them
            late(target)
        target.native.flush()
        mark(folder, self.sources, named=named)

    def write_text(self, folder: Path) -> None:
        """Fills a folder with the merged graph as one text: written in a tenth of the time that a store on disk takes, and
        read into memory sooner than such a store tells all that is in it."""
        import zlib

        (folder / TEXT).write_bytes(zlib.compress(self._store.dump(ALL), 1))

    def build(self, folder: Path) -> None:
        """Writes everything into an on-disk store that opens at once; the folder appears whole or not at all.

        Raises InputError where the folder exists and is not a store made by this method, or cannot be written.
        """
        self.named  # noqa: B018  # an entry of the cache may hold the merged graph alone
        with new_store(folder) as aside:
            self.write_store(aside)
