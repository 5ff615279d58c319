"""Opens sources: files, folders and built stores, through the cache where one is kept."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

import kg
from kg import resources, rules
from kg.errors import InputError
from kg.formats import rdf
from kg.graph import TEXT, Graph
from kg.store.built import MARKER, mark, new_store
from kg.store.cache import Cache, content_key
from kg.store.embedded import EmbeddedStore
from kg.store.kept import Kept
from kg.vocabulary import ALL

if TYPE_CHECKING:
    from kg.formats.tables import Tables

__all__ = ["Meanwhile", "Source", "build_store", "default_source", "open_graph", "open_tables"]

Source = str | Path | Sequence[str | Path] | None
"""What can be opened: None for the shipped data set, a folder of tables, a workbook, a file of another program, RDF files,
`-`, a built store, or several."""

Meanwhile = Callable[[bool], object]
"""What can be done on another thread while the engine, which leaves Python time for that, loads a graph; it is told whether that is
made anew, or else was kept."""

_SMALL = 20_000
"""Up to so many triples, nearly half of them the ontology's, the cache keeps text: a store on disk takes ten times as long to write as
a small source to read, and text is read into memory about as soon as a store is opened."""
_LARGE = 100_000
"""From so many triples on the cache keeps named graphs apart, and only once they were asked for."""


class _Aside(threading.Thread):
    """Something that is done on a thread of its own."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work
        self._error: Exception | None = None
        self.start()

    def run(self) -> None:
        """Does it."""
        try:
            self._work()
        except Exception as error:
            self._error = error

    def done(self) -> None:
        """Returns when it is done; raises what went wrong with it."""
        self.join()
        if self._error:
            raise self._error


def default_source() -> Path:
    """The folder of the shipped data set."""
    return resources.data() / "andes-2013"


def build_store(source: Source, folder: Path) -> dict[str, float]:
    """How long loading and rules took: a source was written into an on-disk store as `Graph.build` does, but not held in memory.

    Raises what `open_graph` and `Graph.build` do.
    """
    paths = _paths(source)
    with new_store(folder) as aside:
        if any((p / MARKER).is_file() for p in paths):
            graph = open_graph(paths)
            graph.named  # noqa: B018  # so that they are there to be written
            graph.write_store(aside)
        else:
            graph = _load(paths, EmbeddedStore(aside / "store"))
            graph.named.native.flush()
            mark(aside, graph.sources)
            graph.let_go()  # before its folder gets its name
    return graph.seconds


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


def _open_tables(path: Path, *, cache: bool, of_most: bool, meanwhile: Meanwhile | None) -> Graph:
    keep = Cache() if cache else None
    content = _cache_key(path) if keep else ""
    graph = _open_kept(path, keep, ("text-" if of_most else "") + content, of_most=of_most, meanwhile=meanwhile)
    if keep:
        graph.dates = keep, content
    return graph


def _open_kept(path: Path, keep: Cache | None, key: str, *, of_most: bool, meanwhile: Meanwhile | None) -> Graph:
    """The graph of tables from their entry, which is made where there is none."""

    def whole() -> EmbeddedStore:
        """Every graph, from an entry of its own: that of a large source takes as long again to make, and few commands need it."""
        entry = keep.get(f"{key}-named") if keep else None
        if entry is None and keep:
            entry = keep.put(f"{key}-named", _load([path]).write_store)
        return Graph.built(entry).store if entry else _load([path]).named

    entry = keep.get(key) if keep else None
    if entry is not None:
        with contextlib.suppress(InputError):  # a damaged entry is made anew
            if (entry / TEXT).is_file():
                return _open_text(entry, path, meanwhile)
            graph = Graph.built(entry, whole)
            graph.sources = (str(path),)  # the entry may stem from a copy of the folder elsewhere
            return graph
    graph = _load([path], meanwhile=meanwhile)
    if keep and of_most:  # who reads most of a graph has enough to do meanwhile; Python waits for it at the end
        threading.Thread(target=keep.put, args=(key, graph.write_text)).start()
    elif keep and len(graph.store) <= _SMALL:
        keep.put(key, graph.write_text)
    elif keep:
        whole_graph = len(graph.store) < _LARGE
        keep.put(key, lambda folder: graph.write_store(folder, named=whole_graph))
    return graph


def _open_text(entry: Path, path: Path, meanwhile: Meanwhile | None) -> Graph:
    """The graph whose merged triples stand in an entry; its named graphs are read from the tables when they are asked for."""
    import zlib

    graph = Graph(EmbeddedStore(), [str(path)])
    try:
        triples = zlib.decompress((entry / TEXT).read_bytes())
    except (OSError, zlib.error) as error:
        raise InputError(f"{entry / TEXT}: cannot be read ({error}); remove it") from None
    if meanwhile:
        threading.Thread(target=meanwhile, args=(False,)).start()
    graph.store.load(triples, ALL)

    def late(store: EmbeddedStore) -> None:
        named = _load([path]).named
        for name in named.graphs():
            store.load(named.dump(name), name)

    graph.later(late)
    return graph


def _load(paths: Iterable[Path], store: EmbeddedStore | None = None, meanwhile: Meanwhile | None = None) -> Graph:
    paths = list(paths)
    graph = Graph(EmbeddedStore() if store is None else store, [str(p) for p in paths])
    start = time.perf_counter()
    ontology = _Aside(graph.add_ontology)  # the engine reads it while Python reads the tables
    waiting = [meanwhile] if meanwhile else []

    def engine() -> None:
        """Now it is the engine's turn."""
        ontology.done()
        if waiting:  # not sooner: two threads of Python would only take time from each other
            threading.Thread(target=waiting.pop(), args=(True,)).start()

    for path in paths:
        if _is_rdf(path):
            engine()
            graph.add_rdf(path)
        else:
            graph.add_tables(path, engine)
    graph.merge()
    loaded = time.perf_counter()
    graph.derive()
    graph.seconds = {"load": loaded - start, "rules": time.perf_counter() - loaded}
    return graph


def open_tables(tables: Tables, name: str) -> Graph:
    """The graph of tables that were read without errors, with ontology and rules."""
    graph = Graph(EmbeddedStore(), [name])
    graph.add_ontology()
    graph.load_tables(tables)
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
    # who names the description of a folder of tables means the folder
    paths = [path.parent if path.name == "dataset.json" and any(path.parent.glob("*.csv")) else path for path in paths]
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


def open_graph(
    source: Source = None, *, cache: bool = True, of_most: bool = False, meanwhile: Meanwhile | None = None
) -> Graph:
    """The graph of a source, with ontology and rules.

    `source` is None (the shipped data set, or its name `andes-2013`), a folder of tables, a workbook, a file of another program
    that kg can import, an RDF file, `-` for standard input, a folder made by `kg build`, or several of these. With `of_most` what is
    kept of tables is a text to be read into memory: for who asks about most of the graph. `meanwhile` is done on another thread once
    the engine loads. Raises InputError where something cannot be read; nothing is half loaded.
    """
    paths = _paths(source)
    graph = _open(paths, cache=cache, of_most=of_most, meanwhile=meanwhile)
    if cache:
        graph.kept = Kept(Cache())
    return graph


def _open(paths: Sequence[Path], *, cache: bool, of_most: bool, meanwhile: Meanwhile | None) -> Graph:
    """The graph of sources that are there."""
    if len(paths) == 1 and (paths[0] / MARKER).is_file():
        return Graph.built(paths[0])
    if any((p / MARKER).is_file() for p in paths):
        raise InputError("source: a built store is opened alone; name the tables or files instead")
    if len(paths) == 1 and not _is_rdf(paths[0]):
        return _open_tables(paths[0], cache=cache, of_most=of_most, meanwhile=meanwhile)
    return _load(paths, meanwhile=meanwhile)
