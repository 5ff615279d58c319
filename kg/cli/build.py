"""`kg build`: everything, rules included, in an on-disk store that opens at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.context import settings
from kg.cli.output import say

__all__ = ["command"]


def _build(
    ctx: typer.Context,
    source: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE", help="What to build from, instead of --data.", show_default=False)
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="Folder of the store.")] = "kg-store",
) -> None:
    """Writes an on-disk store, rules applied, that --data opens at once."""
    graph = settings(ctx, source or ())._replace(cache=False).open().graph
    graph.build(Path(output))
    say("; ".join(f"{part} {seconds:.2f} s" for part, seconds in graph.seconds.items()))
    say(f"{output}: built; open it with `kg --data {output} ...`")


def command() -> Any:
    """The command, ready to be called."""
    return single_command("build", _build)
