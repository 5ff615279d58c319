"""`kg agree`: where coders or sources agree, and where they contradict each other."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices
from kg.cli.context import settings
from kg.cli.output import Format, Output, Rows, emit, form_of, say
from kg.wording import number_in

__all__ = ["command"]

_BY = ("coder", "source", "dataset")


def _agree(
    ctx: typer.Context,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(_BY),
            autocompletion=choices(*_BY),
            help="Whose codings to compare; without it coders where several are named, else data sets, else sources.",
        ),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", "--year", metavar="DATE", help="Only facts that hold then.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also list what they agree on.")] = False,
    style: Format = None,
    output: Output = None,
) -> None:
    """Where coders, sources or data sets that coded the same contradict each other, with Krippendorff's alpha per kind of fact.

    Two coders with a workbook each: kg --data ana.xlsx --data luis.xlsx agree. Alpha is 1 where all agree and 0 where they agree
    no more than by chance; stances and attention count by their order, assessments by their midpoint, relations by type.
    """
    from kg.comparison.codings import agreement, codings, raters_of
    from kg.comparison.wording import sentences

    shape = form_of(style, output)
    chosen = settings(ctx)
    tell = sentences(chosen.lang)
    graph = chosen.open().graph
    whose = by or raters_of(graph)
    units = codings(graph, whose, chosen.lang, as_of or "")
    columns = ("kind", "about", "agree", "codings", "facts")
    values = [
        [
            u.kind,
            u.about,
            u.agree,
            [f"{c.rater}: {c.label}" for c in u.codings] + [tell("several", rater=rater) for rater in u.twice],
            [c.fact.rpartition("/")[2] for c in u.codings],
        ]
        for u in units
        if every or not u.agree or u.twice
    ]
    emit(Rows.plain(columns, tell("agree-headings").split("|"), values, grouped=True), shape, output)
    for kind, (level, result) in agreement(units).items():
        alpha = "" if result.alpha is None else number_in(f"{result.alpha:.3f}", chosen.lang)
        said = {"kind": kind, "level": level, "units": result.units, "values": result.values, "whose": whose}
        say(tell("alpha", alpha=alpha, **said) if alpha else tell("no-alpha", **said))
    if not units:
        say(tell("nothing-twice", whose=whose, others=tell("or").join(b for b in _BY if b != whose)))


def command() -> Any:
    """The command, ready to be called."""
    return single_command("agree", _agree)
