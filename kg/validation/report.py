"""Everything that is wrong, or looks wrong, in a source or a graph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.errors import InputError, near_names
from kg.findings import Finding
from kg.formats.opening import is_tables
from kg.formats.tables import read_tables
from kg.graph import Graph
from kg.opening import Source, default_source, open_graph
from kg.questions.describe import Describer
from kg.validation.checks import check_paths, read_check, run_check
from kg.validation.names import similar_names
from kg.validation.places import Places
from kg.validation.shapes import shape_findings
from kg.vocabulary import LANGUAGES

__all__ = ["check_graph", "check_source"]


def check_graph(graph: Graph, lang: str = "en", sources: Sequence[str] = ()) -> list[Finding]:
    """What shapes, checks and a comparison of names find in a graph: errors first, then by place.

    `sources` are the folders and files that places are told from; by default those that the graph was opened from.
    Raises InputError for a language that does not exist.
    """
    return _found(graph, lang, Places(sources or graph.sources))


def _found(graph: Graph, lang: str, places: Places) -> list[Finding]:
    if lang not in LANGUAGES:
        raise InputError(f"language {lang!r}: not available; {near_names(lang, LANGUAGES)}")
    describer = Describer(graph, lang, of_most=True)
    found = list(shape_findings(graph, describer, places))
    for path in check_paths():
        found += run_check(read_check(path), graph, describer, places)
    found += similar_names(describer, places)
    return sorted(set(found), key=lambda f: (*f.sort_key, f.thing))


def check_source(source: Source = None, *, cache: bool = True, lang: str = "en") -> list[Finding]:
    """What is wrong in a source: in its tables first; only where these have no error, in what they say.

    Raises InputError where the source cannot be opened at all.
    """
    given = [default_source()] if source is None else [source] if isinstance(source, str | Path) else list(source)
    tables = [Path(p) for p in given if str(p) != "-" and Path(p).exists() and is_tables(Path(p))]
    read = {str(path): read_tables(path) for path in tables}
    in_tables = [f.within(f"{path.name}/" if len(tables) > 1 else "") for path in tables for f in read[str(path)].findings]
    if any(f.is_error for f in in_tables):
        return sorted(in_tables, key=lambda f: f.sort_key)
    places = Places([str(p) for p in given], read)
    read.clear()  # the lines of large tables are not needed beside the graph
    rest = _found(open_graph(source, cache=cache), lang, places)
    return sorted([*in_tables, *rest], key=lambda f: (*f.sort_key, f.thing))
