"""`kg check`: what is wrong in a source, with the cell or line that it comes from, and safe repairs of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.context import Settings, settings
from kg.cli.output import Format, Output, Rows, emit, form_of, say, write
from kg.cli.sentences import sentences
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.findings import Finding
    from kg.wording import Sentences

__all__ = ["command"]

_COLUMNS = ("level", "check", "file", "row", "column", "thing", "what", "todo", "cell")
_REPAIRED = ("file", "row", "column", "old", "new", "why", "cell")


def _counts(findings: list[Finding], tell: Sentences) -> dict[str, str]:
    """How many errors and warnings there are, in words."""
    errors = sum(f.is_error for f in findings)
    return {"errors": tell("check.errors", n=errors), "warnings": tell("check.warnings", n=len(findings) - errors)}


def _line(finding: Finding, tell: Sentences) -> str:
    level = tell(f"check.{finding.level}")
    return tell("check.finding", level=level, where=finding.where, what=finding.what, todo=finding.todo)


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
    tell = sentences(wanted.lang)
    summary = ", ".join(_counts(findings, tell).values())
    if chosen == "table":
        write("".join(f"{line}\n" for line in [*(_line(finding, tell) for finding in findings), summary]), output)
        _remarks([Path(name) for name in wanted.data if name != "-"], tell)
    else:
        values = [[f.as_dict()[c] for c in _COLUMNS] for f in findings]
        emit(Rows.plain(_COLUMNS, tell("check.headings").split("|"), values), chosen, output)
        say(summary)
    if any(f.is_error for f in findings):
        raise typer.Exit(1)


def _remarks(paths: list[Path], tell: Sentences) -> None:
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
            say(tell("check.scores", title=title, scores=listed))
        if number := len(find_repairs(path)) if mendable else 0:
            say(tell("check.repairable", file=path.name, n=number))


def _fix(wanted: Settings, style: str, output: str | None, *, agreed: bool) -> None:
    from kg.validation.repairs import apply_repairs, find_repairs
    from kg.validation.report import check_source

    if not wanted.data:
        raise InputError("--fix: name the folder or workbook to repair; the data set that comes with kg is left alone")
    paths = [Path(name) for name in wanted.data]
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder; check the path")
    tell = sentences(wanted.lang)
    found = {path: find_repairs(path, wanted.lang) for path in paths}
    repairs = [repair for of_path in found.values() for repair in of_path]
    if style == "table":
        write("".join(f"- {r.where}: {r.old!r}\n+ {r.where}: {r.new!r}  ({r.why})\n" for r in repairs), output)
    else:
        values = [[r.as_dict()[c] for c in _REPAIRED] for r in repairs]
        emit(Rows.plain(_REPAIRED, tell("check.repair-headings").split("|"), values), style, output)
    if not repairs:
        say(tell("check.nothing-safe"))
        return
    if not agreed:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            say(tell("check.not-written", n=len(repairs)))
            return
        if not typer.confirm(tell("check.agree", n=len(repairs)), err=True):
            say(tell("check.declined"))
            return
    for path, of_path in found.items():
        if of_path:
            apply_repairs(path, of_path)
            say(tell("check.repaired", file=path, n=len(of_path)))
    left = check_source(wanted.data, cache=wanted.cache, lang=wanted.lang)
    say(tell("check.left", **_counts(left, tell)))


def command() -> Any:
    """The command, ready to be called."""
    return single_command("check", _check)
