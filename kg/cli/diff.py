"""`kg diff`: what changed between two versions, or between two dates."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices
from kg.cli.context import settings
from kg.cli.output import FORMATS, Output, Rows, emit, form_of, say, write
from kg.errors import InputError

__all__ = ["command"]

_COLUMNS = ("table", "what", "id", "name", "column", "old", "new")


def _diff(
    ctx: typer.Context,
    versions: Annotated[
        list[str] | None, typer.Argument(metavar="[A B]", help="The older and the newer version.", show_default=False)
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Instead of versions: the earlier date.")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="The later date.")] = None,
    style: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join((*FORMATS, "patch")),
            autocompletion=choices(*FORMATS, "patch"),
            help="How changes are written; table without it; patch is an RDF Patch.",
        ),
    ] = None,
    output: Output = None,
) -> None:
    """What was added, removed and changed, per actor, relation, position, assessment ..., between two versions or two dates.

    kg diff last-year.xlsx this-year.xlsx, or kg --data my-map.xlsx diff --from 2010 --to 2015. The same id is the same thing.
    """
    from kg.comparison.versions import between_dates, between_versions, rdf_patch
    from kg.comparison.wording import sentences
    from kg.opening import open_graph
    from kg.questions.names import resolve

    chosen = settings(ctx)
    if bool(versions) == bool(start or end) or (versions and len(versions) != 2) or (not versions and not (start and end)):
        raise InputError("kg diff: name two versions (kg diff A B) or two dates (--from 2010 --to 2015)")
    patch = style == "patch"
    shape = form_of(None if patch else style, None if patch else output)
    if versions:
        old, new = (open_graph(v, cache=chosen.cache) for v in versions)
        if patch:
            write(rdf_patch(old, new), output)
            return
        changes = between_versions(old, new, chosen.lang)
    else:
        if patch:
            raise InputError("--format patch: between dates no statement changes; name two versions")
        graph = chosen.open().graph
        dates = [resolve(graph, date or "", "year", option)[1:-1] for date, option in ((start, "--from"), (end, "--to"))]
        changes = between_dates(graph, dates[0], dates[1], chosen.lang)
    values = [[c.as_dict()[name] for name in _COLUMNS] for c in changes]
    emit(Rows.plain(_COLUMNS, [c.capitalize() for c in _COLUMNS], values, grouped=True), shape, output)
    tell = sentences(chosen.lang)
    say(tell("changes", n=len(changes)) if changes else tell("no-change"))


def command() -> Any:
    """The command, ready to be called."""
    return single_command("diff", _diff)
