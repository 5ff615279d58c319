"""What was said before the command: which data, which language, whether to cache."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from kg.errors import InputError, near_names

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph
    from kg.opening import Meanwhile

__all__ = ["AsOf", "Settings", "own_data", "settings"]

AsOf = Annotated[
    str | None, typer.Option("--as-of", "--year", metavar="DATE", help="Only what holds then; everything without it.")
]


_held: list[KnowledgeGraph] = []
"""The graph of the command, until the process ends: to take a graph apart when a command returns costs as much as to draw it."""


class Settings(NamedTuple):
    """The options before the command."""

    data: tuple[str, ...]
    """Sources as they were named; empty for the shipped data set."""
    lang: str
    cache: bool

    def open(self, *, of_most: bool = False, meanwhile: Meanwhile | None = None) -> KnowledgeGraph:
        """The knowledge graph of these sources, `of_most` for commands that read most of it; raises InputError or FindingsError.

        `meanwhile` is done on another thread while the engine, which leaves time for that, loads.
        """
        from kg.api import KnowledgeGraph
        from kg.opening import open_graph

        graph = open_graph(self.data or None, cache=self.cache, of_most=of_most, meanwhile=meanwhile)
        _held[:] = [KnowledgeGraph(graph, self.lang)]
        return _held[0]

    def open_as_of(self, date: str | None) -> KnowledgeGraph:
        """The knowledge graph of what holds at a date, of everything without one; says how much was left out."""
        graph = self.open()
        if date is None:
            return graph
        from kg.api import KnowledgeGraph
        from kg.cli.output import say
        from kg.questions.names import resolve

        resolve(graph.graph, date, "year", "--as-of")
        dated, left = graph.graph.as_of(date)
        say(f"as of {date}: {left.left_out} facts and laws not in force left out; {left.undated} without dates kept")
        return KnowledgeGraph(dated, self.lang)


def _language(given: str | None) -> str:
    from kg.vocabulary import LANGUAGES

    wanted = given or os.environ.get("KG_LANG")
    if wanted:
        if wanted not in LANGUAGES:
            raise InputError(f"--lang {wanted!r}: not available; {near_names(wanted, LANGUAGES)}")
        return wanted
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = os.environ.get(name)
        if locale:
            return locale[:2] if locale[:2] in LANGUAGES and not locale[2:3].isalpha() else "en"
    return "en"


def settings(ctx: typer.Context, source: Sequence[str] = (), lang: str | None = None) -> Settings:
    """The options of `kg` itself; `source`, where a command names one of its own, takes the place of `--data`,
    and `lang`, likewise, that of `--lang`.

    Raises InputError for a language that does not exist.
    """
    given = ctx.find_root().params
    environment = [p for p in os.environ.get("KG_DATA", "").split(os.pathsep) if p]
    data = tuple(source or given.get("data") or environment)
    return Settings(data, _language(lang or given.get("lang")), not given.get("no_cache"))


def own_data(ctx: typer.Context, why: str) -> Path:
    """The first source that was named, to write beside it or into it; raises InputError with `why` where none was."""
    data = settings(ctx).data
    if not data or data[0] == "-":
        raise InputError(f"{ctx.command_path}: {why}; name it before the command: kg --data my-map {ctx.info_name} ...")
    path = Path(data[0])
    if not path.exists():
        raise InputError(f"{path}: there is no such file or folder; check the path")
    return path
