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
    from kg.opening import build_store

    seconds = build_store(settings(ctx, source or ()).data or None, Path(output))
    say("; ".join(f"{part} {took:.2f} s" for part, took in seconds.items()))
    say(f"{output}: built; open it with `kg --data {output} ...`")


def command() -> Any:
    """The command, ready to be called."""
    return single_command("build", _build)
