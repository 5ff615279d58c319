"""`kg power`: every index of power, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.analysis import Run, analysis_command
from kg.cli.completion import choices
from kg.errors import InputError, near_names

if TYPE_CHECKING:
    from kg.analysis.cases.report import Report

__all__ = ["command"]

_ENDS = ("low", "mid", "high")
_WEIGHTS = ("weight", "strength", "confidence", "statement")


def _power(
    run: Run,
    quota: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER|SHARE",
            help="What wins a vote: power added up, or a share such as 60%; more than half without it.",
        ),
    ] = None,
    power: Annotated[
        str,
        typer.Option(
            "--power",
            metavar="|".join(_ENDS),
            autocompletion=choices(*_ENDS),
            help="Which end of the intervals of power votes.",
        ),
    ] = "mid",
    weight: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(_WEIGHTS), autocompletion=choices(*_WEIGHTS), help="Let ties weigh; without it each is 1."
        ),
    ] = None,
    sort: Annotated[str, typer.Option(metavar="INDEX", help="The index by which actors are ordered.")] = "strength",
) -> Report:
    """Puts the indices of power side by side: ties, declared influence, and voting power, one row per actor.

    Degree, strength, eigenvector, betweenness, closeness, PageRank and core of the ties; relative strength (MACTOR) of declared
    influences; Shapley-Shubik and Banzhaf of assessed power, exact.
    """
    from kg.analysis.cases.answers import Asked
    from kg.analysis.cases.indices import index_case
    from kg.analysis.cases.power_report import MEASURES, report_power

    if sort not in MEASURES:
        raise InputError(f"--sort {sort!r}: there is no such index; {near_names(sort, MEASURES)}")
    run.tests = "power", run.case, Asked(quota=quota, weight=weight or "")
    return report_power(run.case, index_case(run.case, weight=weight or "", end=power, quota=quota), sort)


def command() -> Any:
    """The command, ready to be called."""
    return analysis_command("power", _power, robust=True)
