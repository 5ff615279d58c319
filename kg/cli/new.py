"""`kg new`: an empty workbook or folder to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.context import settings
from kg.cli.output import say, write
from kg.errors import InputError

__all__ = ["command"]


def _new(
    ctx: typer.Context,
    workbook: Annotated[
        str | None, typer.Argument(metavar="[FILE.xlsx]", help="The workbook to make.", show_default=False)
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="DIR", help="Make a folder of CSV tables instead.")
    ] = None,
    lang: Annotated[
        str | None, typer.Option(metavar="en|es|fr", help="Language of headings, lists and help; that of kg without it.")
    ] = None,
) -> None:
    """Makes a workbook to fill in: a sheet per table, drop-down lists, an example, one page on how to code.

    Open it, put your rows below the example, delete the example, and give the file to any command: kg check my-map.xlsx
    """
    if (workbook is None) == (output is None):
        raise InputError("kg new: name a workbook (kg new my-map.xlsx) or, with -o, a folder; one of the two")
    from kg.formats.material import write_folder
    from kg.formats.template import template
    from kg.formats.workbook import write_workbook

    chosen = settings(ctx, lang=lang)
    path = Path(workbook or output or "")
    if workbook is None:
        write_folder(template(path.resolve().name, scores=False), path)
    elif path.suffix.lower() != ".xlsx":
        raise InputError(f"{path}: a workbook is called something.xlsx; for a folder of CSV tables write -o {path}")
    else:
        write_workbook(template(path.stem), path, chosen.lang)
    write(f"{path}\n", None)
    say("rows whose id begins with example- show how it is done; they are data until you delete them")


def command() -> Any:
    """The command, ready to be called."""
    return single_command("new", _new)
