"""`kg export`: the graph in an RDF syntax, always in the same order, or its network for another program."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices
from kg.cli.context import settings
from kg.cli.output import Output, say, write
from kg.errors import InputError, near_names

__all__ = ["command"]

_SYNTAXES = ("ttl", "trig", "nt", "nq", "jsonld", "rdfxml")
_PROGRAMS = ("gexf", "graphml", "kumu")
_FORMATS = (*_SYNTAXES, *_PROGRAMS)


def _export(
    ctx: typer.Context,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="|".join(_FORMATS), autocompletion=choices(*_FORMATS), help="Format. Required."),
    ] = None,
    output: Output = None,
) -> None:
    """Writes the graph as RDF in canonical order (the same content gives the same bytes), or its network for other programs.

    What a format cannot hold is said.
    """
    if to not in _FORMATS:
        given = "is missing" if to is None else f"{to!r}: there is no such format"
        raise InputError(f"--to {given}; {near_names(to or '', _FORMATS)}")
    graph = settings(ctx).open()
    if to in _SYNTAXES:
        from kg.formats.canonical import WHAT_IT_LOSES

        write(graph.export(to), output)
        if to in WHAT_IT_LOSES:
            say(f"{to}: {WHAT_IT_LOSES[to]}; trig and nq keep them apart")
        return
    from importlib import import_module

    from kg.formats.registry import WRITERS

    writer = next(w for w in WRITERS if w.name == to)
    network = graph.to_networkx()
    nodes = ({"id": key, **data} for key, data in network.nodes(data=True))
    edges = ({"id": key, "source": a, "target": b, **data} for a, b, key, data in network.edges(keys=True, data=True))
    content = import_module(f"kg.formats.{writer.module}").write(nodes, edges, "; ".join(graph.graph.sources))
    write(content, output)
    say(f"{to}: keeps {writer.keeps}; loses: {writer.loses}")


def command() -> Any:
    """The command, ready to be called."""
    return single_command("export", _export)
