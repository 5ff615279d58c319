"""`kg camps`: how the actors fall into camps, and which ties contradict that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.analysis import Run, analysis_command
from kg.cli.completion import choices

if TYPE_CHECKING:
    from kg.analysis.cases.report import Report

__all__ = ["command"]

_WEIGHTS = ("weight", "strength", "confidence", "statement")


def _camps(
    run: Run,
    k: Annotated[int, typer.Option("-k", "--k", metavar="NUMBER", help="At most so many camps.")] = 2,
    alpha: Annotated[
        float,
        typer.Option(
            metavar="SHARE", help="What a tie against inside a camp counts, from 0 to 1; one for between camps the rest."
        ),
    ] = 0.5,
    weight: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(_WEIGHTS),
            autocompletion=choices(*_WEIGHTS),
            help="Let ties weigh as given, by strength or confidence, or all of one coded statement 1 together; without it each is 1.",
        ),
    ] = None,
) -> Report:
    """Splits the actors into the camps that the fewest ties contradict, with proof, or with the gap that is left.

    Says which ties contradict the split, whether it is the only best one, and who is in no camp.
    """
    from kg.analysis.cases.answers import Asked
    from kg.analysis.cases.camp_report import report_camps
    from kg.analysis.cases.splits import split_case

    split = split_case(run.case, k, alpha, weight or "", run.time_limit, run.progress)
    run.tests = "camps", run.case, Asked(k=k, alpha=alpha, weight=weight or "", time_limit=run.time_limit)
    return report_camps(run.case, split)


def command() -> Any:
    """The command, ready to be called."""
    return analysis_command("camps", _camps, robust=True)
