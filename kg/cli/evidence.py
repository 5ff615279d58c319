"""`kg evidence`: the passage that something rests on, from the user's own copy of the document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.context import settings
from kg.cli.output import Format, Output, Rows, emit, form_of, say

__all__ = ["command"]

_COLUMNS = ("id", "source", "page", "characters", "passage", "before", "after", "unchanged", "paraphrase")


def _evidence(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of a passage or fact, or the name of an actor, law ...")],
    text: Annotated[
        str | None,
        typer.Option("--text", metavar="FILE", help="A copy of the document, where it was not added to the data."),
    ] = None,
    around: Annotated[int, typer.Option("--around", metavar="N", help="So many characters before and after.")] = 160,
    style: Format = None,
    output: Output = None,
) -> None:
    """Shows the passages that a fact rests on, as they stand in your own copy of the document, and whether they still do.

    Documents are added with `kg source add`. Where a passage's hash is known, it is said whether the text is still the same.
    """
    from kg.documents.evidence import passages_of

    shape = form_of(style, output)
    chosen = settings(ctx)
    graph = chosen.open()
    found = passages_of(
        graph.graph, name, [Path(d) for d in chosen.data], copy=Path(text) if text else None, around=around, lang=chosen.lang
    )
    rows = [[getattr(p, c) for c in _COLUMNS] for p in found]
    if shape == "table":
        from kg.cli.output import write

        blocks = []
        for p in found:
            place = (
                f"{p.source}"
                + (f", page {p.page}" if p.page else "")
                + (f", characters {p.characters}" if p.characters else "")
            )
            shown = f"    ... {p.before}[{p.passage}]{p.after} ...\n" if p.passage else ""
            blocks.append(f"{p.id}: {place}\n  {p.paraphrase}\n{shown}" + (f"  {p.remark}\n" if p.remark else ""))
        write("\n".join(blocks), output)
    else:
        emit(Rows.plain(_COLUMNS, [c.capitalize() for c in _COLUMNS], rows), shape, output)
    if not found:
        say(f"{name}: cites no passage")


def command() -> Any:
    """The command, ready to be called."""
    return single_command("evidence", _evidence)
