"""`kg mactor`: convergence and divergence of positions, weighted by influence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.analysis import Run, analysis_command
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.analysis.cases.report import Report

__all__ = ["command"]


def _mactor(
    run: Run,
    positions: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="CSV matrix of actors by objectives from -4 to 4, in place of the graph."),
    ] = None,
    influence: Annotated[
        str | None, typer.Option(metavar="FILE", help="CSV matrix of actors by actors from 0 to 4; with --positions.")
    ] = None,
    diagonal: Annotated[
        bool, typer.Option("--diagonal", help="Let what comes back to an actor count as its influence.")
    ] = False,
) -> Report:
    """Says which actors converge and which diverge by their positions, plain, valued and weighted by relative strength (MACTOR).

    Positions and declared influences come from the graph, or from two matrices in CSV files.
    """
    from kg.analysis.cases.answers import Asked
    from kg.analysis.cases.mactor_report import report_mactor
    from kg.analysis.cases.objectives import mactor_case, mactor_files
    from kg.analysis.cases.wording import facts_line

    if influence and not positions:
        raise InputError("--influence: belongs to --positions; give both, or none to take them from the graph")
    if positions:
        run.takes_file("--positions")
        found = mactor_files(Path(positions), Path(influence) if influence else None, diagonal)
        return report_mactor(found, str, run.lang)
    run.tests = "mactor", run.case, Asked(options={"diagonal": diagonal})
    return report_mactor(
        mactor_case(run.case, diagonal), run.case.label, run.lang, facts_line(run.case, ("ties", "positions"))
    )


def command() -> Any:
    """The command, ready to be called."""
    return analysis_command("mactor", _mactor, robust=True)
