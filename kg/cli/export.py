"""`kg export`: the graph in an RDF syntax, as tables, or its network for another program; what a format cannot hold is said."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices
from kg.cli.context import AsOf, settings
from kg.cli.output import Output, say, write
from kg.errors import InputError, near_names

if TYPE_CHECKING:
    from kg.formats.decisions import Decision
    from kg.formats.material import Material
    from kg.graph import Graph

__all__ = ["command"]

_SYNTAXES = ("ttl", "trig", "nt", "nq", "jsonld", "rdfxml")
_TABLES = ("xlsx", "csv")
_PROGRAMS = ("gexf", "graphml", "gephi", "kumu", "kumu-xlsx", "oligrapher", "followthemoney", "popolo")
_FORMATS = (*_SYNTAXES, *_TABLES, *_PROGRAMS)
_BINARY = {"kumu-xlsx": ".xlsx", "xlsx": ".xlsx"}


def _export(
    ctx: typer.Context,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="|".join(_FORMATS), autocompletion=choices(*_FORMATS), help="Format. Required."),
    ] = None,
    as_of: AsOf = None,
    output: Output = None,
) -> None:
    """Writes the graph as RDF in canonical order (the same content gives the same bytes), as tables, or for other programs.

    xlsx is a workbook and csv a folder of tables, which every command reads again; gephi is a folder too. What a format
    cannot hold is said, with how much of it there is. With --as-of, that date becomes the reference date of what is written.
    """
    if to not in _FORMATS:
        given = "is missing" if to is None else f"{to!r}: there is no such format"
        hint = near_names(to or "", _FORMATS)
        raise InputError(f"--to {given}; {near_names('', _FORMATS) if hint.startswith('nothing') else hint}")
    if to in ("csv", "gephi", *_BINARY) and output in (None, "-"):
        what = f"one file called something{_BINARY[to]}" if to in _BINARY else "a folder"
        raise InputError(f"--to {to}: makes {what}; say where with -o")
    chosen = settings(ctx)
    graph = chosen.open_as_of(as_of)
    if to in _SYNTAXES:
        from kg.formats.canonical import WHAT_IT_LOSES

        write(graph.export(to), output)
        if to in WHAT_IT_LOSES:
            say(f"{to}: {WHAT_IT_LOSES[to]}; trig and nq keep them apart")
    elif to in _TABLES:
        from kg.views.exchange import decided_in, material_of

        material, told = material_of(graph.graph)
        decided = decided_in(graph.graph)
        _tables(material, Path(str(output)), to, chosen.lang)
        _keep(decided, Path(str(output)))
        for line in told:
            say(f"{to}: {line}")
    else:
        _program(graph.graph, to, output, chosen.lang)


def _tables(material: Material, target: Path, to: str, lang: str) -> None:
    if to == "xlsx":
        from kg.formats.workbook import write_workbook

        if target.suffix.lower() != ".xlsx":
            raise InputError(f"{target}: a workbook is called something.xlsx; rename it")
        write_workbook(material, target, lang)
    else:
        from kg.formats.material import write_folder

        write_folder(material, target)


def _keep(decided: list[Decision], target: Path) -> None:
    """Writes beside tables, which hold every row, what was decided to be the same, so that it is one again when they are opened."""
    if not decided:
        return
    from kg.formats.decisions import decisions_file, read_decisions, write_decisions

    file = decisions_file(target)
    write_decisions(file, [*read_decisions(file), *decided])
    say(
        f"{file}: {len(decided)} decision{'s' if len(decided) > 1 else ''} on what is the same, kept beside the rows of both"
    )


def _program(graph: Graph, to: str, output: str | None, lang: str) -> None:
    from kg.formats.network import stays_behind
    from kg.formats.registry import WRITERS
    from kg.views.exchange import network_of

    writer = next(w for w in WRITERS if w.name == to)
    network = network_of(graph, lang)
    written = import_module(f"kg.formats.{writer.module}").write(network)
    if isinstance(written.content, dict):
        from kg.formats.material import write_files

        write_files(written.content.items(), Path(str(output)))
    else:
        write(written.content, output)
    left = stays_behind(network, writer.holds, written.left)
    say(f"{to}: {len(network.nodes)} actors, {len(network.edges)} ties; keeps {writer.keeps}")
    say(f"{to}: stays behind: {left or 'nothing'}")


def command() -> Any:
    """The command, ready to be called."""
    return single_command("export", _export)
