"""`kg view`: the network as one page that needs no network connection."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices, names
from kg.cli.context import settings
from kg.cli.output import write
from kg.errors import InputError, near_names

__all__ = ["command"]

_VIEWS = ("network",)
_LEVELS = ("high", "medium", "low")


def _several(flag: str, kind: str, text: str) -> Any:
    return typer.Option(flag, metavar=kind.upper(), help=text, autocompletion=names(kind))


def _view(
    ctx: typer.Context,
    view: Annotated[str, typer.Argument(help="What to draw.", autocompletion=choices(*_VIEWS))] = "network",
    country: Annotated[list[str] | None, _several("--country", "country", "Only actors of a country.")] = None,
    issue: Annotated[list[str] | None, _several("--issue", "issue", "Only relations on an issue or a narrower one.")] = None,
    type_: Annotated[list[str] | None, _several("--type", "actor-type", "Only actors of a type or a narrower one.")] = None,
    source: Annotated[list[str] | None, _several("--source", "thing", "Only relations that a source states.")] = None,
    min_confidence: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(_LEVELS), autocompletion=choices(*_LEVELS), help="Only relations at least as certain."
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", "--year", metavar="YEAR", help="Relations in force then; without it at the reference date."),
    ] = None,
    actor: Annotated[str | None, _several("--actor", "actor", "Only what is near an actor.")] = None,
    depth: Annotated[int | None, typer.Option(metavar="STEPS", min=1, max=3, help="How near; 1 without it.")] = None,
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="The page.")] = "network.html",
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Draws actors and their relations as one self-contained HTML page; prints its name."""
    if view not in _VIEWS:
        raise InputError(f"view {view!r}: there is none of that name; {near_names(view, _VIEWS)}")
    if depth is not None and actor is None:
        raise InputError("--depth: counts steps from an actor; give --actor too")
    from kg.views.network import write_view

    chosen = settings(ctx)
    filters = {
        "country": country,
        "issue": issue,
        "type": type_,
        "source": source,
        "min_confidence": min_confidence,
        "year": as_of,
        "actor": actor,
        "depth": depth,
    }
    given = {name: value for name, value in filters.items() if value}
    page = write_view(chosen.open().graph, chosen.lang, Path(output), **given)
    write(f"{page}\n", None)
    if show:
        import webbrowser

        webbrowser.open(page.resolve().as_uri())


def command() -> Any:
    """The command, ready to be called."""
    return single_command("view", _view)
