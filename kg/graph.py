"""Opens sources: ontology, data and what the rules derive, loaded into one store; writes it out again."""

from __future__ import annotations

import contextlib
import functools
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

import kg
from kg import resources, rules
from kg.errors import FindingsError, InputError
from kg.formats import rdf
from kg.store.cache import Cache, content_key
from kg.store.embedded import EmbeddedStore
from kg.store.kept import NOT_KEPT, Kept
from kg.vocabulary import ALL, DERIVED, ONTOLOGY, ONTOLOGY_FILES, expand
from kg.vocabulary import kg as term

if TYPE_CHECKING:
    from kg.dating import AsOf
    from kg.formats.tables import Tables

__all__ = ["Graph", "Source", "build_store", "default_source", "open_graph", "open_tables"]

Source = str | Path | Sequence[str | Path] | None
"""What can be opened: None for the shipped data set, a folder of tables, a workbook, a file of another program, RDF files,
`-`, a built store, or several."""

_MARKER = "kg-store.json"
_STORE_FORMAT = "1"
_TEXT = "merged.nt.z"
_AT_A_TIME = 200_000
"""So many triples are handed to the store at once."""
_LARGE = 100_000
"""From so many triples on the cache keeps named graphs apart, and only once they were asked for."""
_TYPE = ox.NamedNode(expand("rdf:type"))


def default_source() -> Path:
    """The folder of the shipped data set."""
    return resources.data() / "andes-2013"


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
        self._whole: Callable[[], EmbeddedStore] | None = None
        self._bases: list[tuple[Path, str]] = []
        self.kept = NOT_KEPT
        """Where results of long computations are kept."""
        self.seconds: dict[str, float] = {}
        """How long loading and rules took."""

    @property
    def store(self) -> EmbeddedStore:
        """The store for questions: the merged graph is loaded, named graphs perhaps not yet."""
        return self._store

    @property
    def named(self) -> EmbeddedStore:
        """The store with every named graph loaded."""
        if self._whole:
            self._store, self._whole = self._whole(), None
        while self._late:
            self._late.pop(0)(self._store)
        return self._store

    @functools.cached_property
    def reference_date(self) -> str:
        """The latest reference date of the data sets in it; empty where none states one."""
        found = self._store.native.quads_for_pattern(None, term("referenceDate"), None, ALL)
        return max((q.object.value for q in found if isinstance(q.object, ox.Literal)), default="")

    def add_tables(self, path: Path) -> None:
        """Loads tables, a workbook or an importable file into the merged graph, and later into its source graphs.

        Raises FindingsError where anything in them is an error; nothing is loaded then.
        """
        from kg.formats.tables import read_tables

        if self._store.on_disk and self._stream_tables(path):
            return
        tables = read_tables(path)
        if any(f.is_error for f in tables.findings):
            raise FindingsError(str(path), tables.findings)
        self._add(tables)
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

    def _add(self, tables: Tables) -> None:
        def load(lines: list[str], graph: ox.NamedNode, store: EmbeddedStore) -> None:
            for at in range(0, len(lines), _AT_A_TIME):  # else millions of lines would be held three times over
                store.load("\n".join(lines[at : at + _AT_A_TIME]).encode(), graph)

        for lines in tables.lines.values():
            load(lines, ALL, self._store)

        def late(store: EmbeddedStore) -> None:
            for graph, lines in tables.lines.items():
                load(lines, ox.NamedNode(graph), store)

        self._late.append(late)

    def add_rdf(self, path: Path) -> None:
        """Loads an RDF file into the merged graph, and later into its own graph or the graphs it names."""
        file = rdf.RdfFile(path)
        file.load(self._store.native, ALL)
        if str(path) != "-":
            self._bases.append((path, ""))
        own = ox.NamedNode("https://w3id.org/stakeholder-kg/data/" + quote(file.name))
        self._late.append(lambda store: file.load(store.native, own, named=True))

    def add_ontology(self) -> None:
        """Loads classes, concept lists and alignments."""
        files = [resources.ontology() / name for name in ONTOLOGY_FILES]
        for path in files:
            self._store.native.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=ALL)

        def late(store: EmbeddedStore) -> None:
            for path in files:
                store.native.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=ONTOLOGY)

        self._late.append(late)

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

        self._late.append(late)

    def as_of(self, date: str) -> tuple[Graph, AsOf]:
        """A graph of what holds at a date, with what the rules derive from that alone; and what was left out."""
        from kg.dating import holding_at

        store = EmbeddedStore()
        store.native, left = holding_at(self.named.native, date)
        graph = Graph(store, self.sources)
        graph.derive()
        return graph, left

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

    def _write(self, folder: Path, *, named: bool = True) -> None:
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
        self._mark(folder, named=named)

    def _write_text(self, folder: Path) -> None:
        """Fills a folder with the merged graph as one text: written in a tenth of the time that a store on disk takes, and
        read into memory sooner than such a store tells all that is in it."""
        import zlib

        (folder / _TEXT).write_bytes(zlib.compress(self._store.dump(ALL), 1))

    def _mark(self, folder: Path, *, named: bool = True) -> None:
        marker = {"format": _STORE_FORMAT, "pyoxigraph": ox.__version__, "sources": list(self.sources), "named": named}
        (folder / _MARKER).write_text(json.dumps(marker, indent=1) + "\n", encoding="utf-8")

    def build(self, folder: Path) -> None:
        """Writes everything into an on-disk store that opens at once; the folder appears whole or not at all.

        Raises InputError where the folder exists and is not a store made by this method, or cannot be written.
        """
        self.named  # noqa: B018  # an entry of the cache may hold the merged graph alone
        with _new_store(folder) as aside:
            self._write(aside)


@contextlib.contextmanager
def _new_store(folder: Path) -> Iterator[Path]:
    if folder.exists() and not (folder / _MARKER).exists():
        raise InputError(f"{folder}: exists and is not a store made by `kg build`; name another folder")
    from kg.writing import whole_folder

    try:
        with whole_folder(folder) as aside:
            yield aside
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error}); free some space or choose another folder") from None


def build_store(source: Source, folder: Path) -> dict[str, float]:
    """How long loading and rules took: a source was written into an on-disk store as `Graph.build` does, but not held in memory.

    Raises what `open_graph` and `Graph.build` do.
    """
    paths = _paths(source)
    with _new_store(folder) as aside:
        if any((p / _MARKER).is_file() for p in paths):
            graph = open_graph(paths)
            graph.named  # noqa: B018  # so that they are there to be written
            graph._write(aside)
        else:
            graph = _load(paths, EmbeddedStore(aside / "store"))
            graph.named.native.flush()
            graph._mark(aside)
            graph._store = EmbeddedStore()  # closes the other before its folder gets its name
    return graph.seconds


def _open_built(folder: Path, whole: Callable[[], EmbeddedStore] | None = None) -> Graph:
    try:
        marker = json.loads((folder / _MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{folder.name}/{_MARKER}: cannot be read ({error}); build the store again") from None
    if marker.get("format") != _STORE_FORMAT:
        raise InputError(f"{folder}: made by another version of kg; build the store again with `kg build`")
    graph = Graph(EmbeddedStore(folder / "store", read_only=True), marker["sources"])
    if not marker.get("named", True):
        graph._whole = whole
    return graph


def _is_rdf(path: Path) -> bool:
    """True for what is read as RDF; a JSON file of another program, and a graph in other people's terms, are imported."""
    if path.is_dir() or not rdf.is_rdf(path):
        return False
    if str(path) == "-":
        return True
    from kg.formats.registry import reads

    return not reads(path)


def _cache_key(path: Path) -> str:
    from kg.formats.decisions import decisions_file

    inside = [p for p in (path, decisions_file(path)) if p.is_file()] if path.is_file() else sorted(path.iterdir())
    files = [p for p in inside if path.is_file() or (p.suffix in (".csv", ".json") and p.is_file())]
    files += sorted(p for p in resources.ontology().iterdir() if p.is_file())
    files += rules.rule_files()
    files += [*sorted((Path(__file__).parent / "formats").glob("*.py")), Path(__file__).parent / "merging.py"]
    return content_key([kg.__version__, ox.__version__, path.resolve().name], files)


def _open_tables(path: Path, *, cache: bool, of_most: bool) -> Graph:
    keep = Cache() if cache else None
    key = ("text-" if of_most else "") + _cache_key(path) if keep else ""

    def whole() -> EmbeddedStore:
        """Every graph, from an entry of its own: that of a large source takes as long again to make, and few commands need it."""
        entry = keep.get(f"{key}-named") if keep else None
        if entry is None and keep:
            entry = keep.put(f"{key}-named", _load([path])._write)
        return _open_built(entry).store if entry else _load([path]).named

    entry = keep.get(key) if keep else None
    if entry is not None:
        with contextlib.suppress(InputError):  # a damaged entry is made anew
            if of_most:
                return _open_text(entry, path)
            graph = _open_built(entry, whole)
            graph.sources = (str(path),)  # the entry may stem from a copy of the folder elsewhere
            return graph
    graph = _load([path])
    if keep:
        small = len(graph.store) < _LARGE
        keep.put(key, graph._write_text if of_most else lambda folder: graph._write(folder, named=small))
    return graph


def _open_text(entry: Path, path: Path) -> Graph:
    """The graph whose merged triples stand in an entry; its named graphs are read from the tables when they are asked for."""
    import zlib

    graph = Graph(EmbeddedStore(), [str(path)])
    try:
        triples = zlib.decompress((entry / _TEXT).read_bytes())
    except (OSError, zlib.error) as error:
        raise InputError(f"{entry / _TEXT}: cannot be read ({error}); remove it") from None
    graph._store.load_dumped(triples, ALL)

    def late(store: EmbeddedStore) -> None:
        named = _load([path]).named
        for name in named.graphs():
            store.load_dumped(named.dump(name), name)

    graph._late.append(late)
    return graph


def _load(paths: Iterable[Path], store: EmbeddedStore | None = None) -> Graph:
    paths = list(paths)
    graph = Graph(EmbeddedStore() if store is None else store, [str(p) for p in paths])
    start = time.perf_counter()
    graph.add_ontology()
    for path in paths:
        if _is_rdf(path):
            graph.add_rdf(path)
        else:
            graph.add_tables(path)
    graph.merge()
    loaded = time.perf_counter()
    graph.derive()
    graph.seconds = {"load": loaded - start, "rules": time.perf_counter() - loaded}
    return graph


def open_tables(tables: Tables, name: str) -> Graph:
    """The graph of tables that were read without errors, with ontology and rules."""
    graph = Graph(EmbeddedStore(), [name])
    graph.add_ontology()
    graph._add(tables)
    graph.derive()
    return graph


def _paths(source: Source) -> list[Path]:
    """The files and folders that a source names; raises InputError where one cannot be opened."""
    if source is None:
        paths = [default_source()]
    elif isinstance(source, str | Path):
        paths = [Path(source)]
    else:
        paths = [Path(p) for p in source] or [default_source()]
    shipped = default_source()
    paths = [shipped if str(path) == shipped.name and not path.exists() else path for path in paths]
    for path in paths:
        if str(path) == "-":
            continue
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder; check the path")
        if not path.is_dir() and not rdf.is_rdf(path):
            from kg.formats.opening import advice, endings, is_tables

            if not is_tables(path):
                if said := advice(path):
                    raise InputError(f"{path}: {said}")
                known = ", ".join(sorted({*rdf.SYNTAXES, *endings()}))
                raise InputError(f"{path}: not a kind of file that can be opened; endings: {known} (RDF also .gz)")
    return paths


def open_graph(source: Source = None, *, cache: bool = True, of_most: bool = False) -> Graph:
    """The graph of a source, with ontology and rules.

    `source` is None (the shipped data set, or its name `andes-2013`), a folder of tables, a workbook, a file of another program
    that kg can import, an RDF file, `-` for standard input, a folder made by `kg build`, or several of these. With `of_most` what is
    kept of tables is a text to be read into memory: for who asks about most of the graph. Raises InputError where something cannot be
    read; nothing is half loaded.
    """
    paths = _paths(source)
    graph = _open(paths, cache=cache, of_most=of_most)
    if cache:
        graph.kept = Kept(Cache())
    return graph


def _open(paths: Sequence[Path], *, cache: bool, of_most: bool) -> Graph:
    """The graph of sources that are there."""
    if len(paths) == 1 and (paths[0] / _MARKER).is_file():
        return _open_built(paths[0])
    if any((p / _MARKER).is_file() for p in paths):
        raise InputError("source: a built store is opened alone; name the tables or files instead")
    if len(paths) == 1 and not _is_rdf(paths[0]):
        return _open_tables(paths[0], cache=cache, of_most=of_most)
    return _load(paths)
