"""`kg check`: what is wrong in a source, with the cell or line that it comes from, and safe repairs of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.context import Settings, settings
from kg.cli.output import Format, Output, Rows, emit, form_of, say, write
from kg.errors import InputError

__all__ = ["command"]

_COLUMNS = ("level", "check", "file", "row", "column", "thing", "what", "todo", "cell")
_REPAIRED = ("file", "row", "column", "old", "new", "why", "cell")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _check(
    ctx: typer.Context,
    source: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE", help="What to check, instead of --data.", show_default=False)
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Show safe repairs, cell by cell, and write them once you agree.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --fix: agree, without being asked.")] = False,
    style: Format = None,
    output: Output = None,
) -> None:
    """Says in plain words what is wrong in the data, and where; ends with 1 where there are errors.

    --fix offers only what is sure: blanks around values, dates, decimal commas, yes and no, spellings of listed words and ids.
    It changes these cells of your folder or workbook (Excel or OpenDocument) and nothing else in it.
    """
    from kg.validation.report import check_source

    chosen = form_of(style, output)
    wanted = settings(ctx, source or ())
    if yes and not fix:
        raise InputError("--yes: there is nothing to agree to; write --fix --yes")
    if fix:
        _fix(wanted, chosen, output, agreed=yes)
        return
    findings = check_source(wanted.data or None, cache=wanted.cache, lang=wanted.lang)
    errors = sum(f.is_error for f in findings)
    summary = f"{_counted(errors, 'error')}, {_counted(len(findings) - errors, 'warning')}\n"
    if chosen == "table":
        write("".join(f"{finding}\n" for finding in findings) + summary, output)
        _remarks([Path(name) for name in wanted.data if name != "-"])
    else:
        values = [[f.as_dict()[c] for c in _COLUMNS] for f in findings]
        emit(Rows.plain(_COLUMNS, [c.capitalize() for c in _COLUMNS], values), chosen, output)
        say(summary.strip())
    if errors:
        raise typer.Exit(1)


def _remarks(paths: list[Path]) -> None:
    """Says which scores became which intervals, and how much could be repaired."""
    from kg.formats.opening import opens_as_own
    from kg.validation.repairs import find_repairs, repairable
    from kg.validation.scores import converted

    for path in paths:
        mendable = repairable(path)
        if not mendable and not (path.is_file() and opens_as_own(path)):
            continue
        for title, scores in converted(path).items():
            listed = ", ".join(f"{s.text} -> {s.low}-{s.high}" + (f" ({n} x)" if n > 1 else "") for s, n in scores.items())
            say(f"{title}: scores became intervals, each step of a scale an equal share of [0, 1]: {listed}")
        if number := len(find_repairs(path)) if mendable else 0:
            say(f"{path.name}: {_counted(number, 'cell')} can be repaired safely; `kg check --fix` shows how")


def _fix(wanted: Settings, style: str, output: str | None, *, agreed: bool) -> None:
    from kg.validation.repairs import apply_repairs, find_repairs
    from kg.validation.report import check_source

    if not wanted.data:
        raise InputError("--fix: name the folder or workbook to repair; the data set that comes with kg is left alone")
    paths = [Path(name) for name in wanted.data]
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder; check the path")
    found = {path: find_repairs(path) for path in paths}
    repairs = [repair for of_path in found.values() for repair in of_path]
    if style == "table":
        write("".join(f"- {r.where}: {r.old!r}\n+ {r.where}: {r.new!r}  ({r.why})\n" for r in repairs), output)
    else:
        values = [[r.as_dict()[c] for c in _REPAIRED] for r in repairs]
        emit(Rows.plain(_REPAIRED, [c.capitalize() for c in _REPAIRED], values), style, output)
    if not repairs:
        say("nothing can be repaired safely; `kg check` lists what is wrong")
        return
    if not agreed:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            say(f"{_counted(len(repairs), 'repair')}; nothing was written: --fix --yes writes them")
            return
        if not typer.confirm(f"Write {_counted(len(repairs), 'repair')}?", err=True):
            say("nothing was written")
            return
    for path, of_path in found.items():
        if of_path:
            apply_repairs(path, of_path)
            say(f"{path}: {_counted(len(of_path), 'cell')} repaired")
    left = check_source(wanted.data, cache=wanted.cache, lang=wanted.lang)
    errors = sum(f.is_error for f in left)
    say(f"left: {_counted(errors, 'error')}, {_counted(len(left) - errors, 'warning')}; `kg check` lists them")


def command() -> Any:
    """The command, ready to be called."""
    return single_command("check", _check)
