"""`kg check`: what is wrong in a source, with the cell or line that it comes from."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.context import settings
from kg.cli.output import Format, Output, Rows, check_format, emit, say, write

__all__ = ["command"]

_COLUMNS = ("level", "check", "file", "row", "column", "thing", "what", "todo", "cell")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _check(
    ctx: typer.Context,
    source: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE", help="What to check, instead of --data.", show_default=False)
    ] = None,
    style: Format = None,
    output: Output = None,
) -> None:
    """Says in plain words what is wrong in the data, and where; ends with 1 where there are errors."""
    from kg.validation.report import check_source

    chosen = check_format(style)
    wanted = settings(ctx, source or ())
    findings = check_source(wanted.data or None, cache=wanted.cache, lang=wanted.lang)
    errors = sum(f.is_error for f in findings)
    summary = f"{_counted(errors, 'error')}, {_counted(len(findings) - errors, 'warning')}\n"
    if chosen == "table":
        write("".join(f"{finding}\n" for finding in findings) + summary, output)
    else:
        values = [[f.as_dict()[c] for c in _COLUMNS] for f in findings]
        emit(Rows.plain(_COLUMNS, [c.capitalize() for c in _COLUMNS], values), chosen, output)
        say(summary.strip())
    if errors:
        raise typer.Exit(1)


def command() -> Any:
    """The command, ready to be called."""
    return single_command("check", _check)
