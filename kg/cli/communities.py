"""`kg communities`: who deals mostly with whom, and how far that depends on chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.analysis import Run, analysis_command
from kg.cli.completion import choices

if TYPE_CHECKING:
    from kg.analysis.cases.report import Report

__all__ = ["command"]

_WEIGHTS = ("weight", "strength", "confidence", "statement")


def _communities(
    run: Run,
    runs: Annotated[int, typer.Option(metavar="NUMBER", help="How many times to look, each time with another seed.")] = 20,
    seed: Annotated[int, typer.Option(metavar="NUMBER", help="The first seed.")] = 0,
    resolution: Annotated[float, typer.Option(metavar="NUMBER", help="Above 1 more and smaller communities.")] = 1.0,
    min_frequency: Annotated[
        float | None, typer.Option(metavar="NUMBER", help="Only pairs with at least so many ties, or such a weight.")
    ] = None,
    backbone: Annotated[
        float | None,
        typer.Option(
            metavar="ALPHA", help="Only ties that stand out against chance at this level, e.g. 0.05, for dense networks."
        ),
    ] = None,
    weight: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(_WEIGHTS), autocompletion=choices(*_WEIGHTS), help="Let ties weigh; without it each is 1."
        ),
    ] = None,
) -> Report:
    """Finds the communities of actors that deal mostly with each other, and says how stable they are over several seeds."""
    from kg.analysis.cases.answers import Asked
    from kg.analysis.cases.circle_report import report_communities
    from kg.analysis.cases.circles import group_case

    options: dict[str, Any] = {
        "weight": weight or "",
        "resolution": resolution,
        "runs": runs,
        "seed": seed,
        "at_least": min_frequency,
        "alpha": backbone,
    }
    run.tests = "communities", run.case, Asked(options=options)
    found = group_case(run.case, **options, time_limit=run.time_limit, progress=run.progress)
    return report_communities(run.case, found)


def command() -> Any:
    """The command, ready to be called."""
    return analysis_command("communities", _communities, robust=True)
