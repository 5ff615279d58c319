"""`kg feasibility`: support and opposition weighed by power, before and after a strategy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.analysis import Run, analysis_command
from kg.cli.completion import names
from kg.errors import InputError
from kg.wording import series

if TYPE_CHECKING:
    from kg.analysis.cases.report import Report
    from kg.analysis.cases.scenario import Change

__all__ = ["command"]


def _feasibility(
    run: Run,
    instrument: Annotated[
        str | None,
        typer.Argument(
            metavar="INSTRUMENT", help="The law or plan; --issue asks about an issue.", autocompletion=names("instrument")
        ),
    ] = None,
    strategy: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CHANGE|FILE",
            help="What a strategy changes: 'position: ACTOR, support', 'power: ACTOR, 0.5..0.8' ..., or the file of a scenario.",
        ),
    ] = None,
    weights: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Power of your own: CSV with the columns actor and power, or low and high."),
    ] = None,
) -> Report:
    """Adds up support and opposition, weighed by power, as an interval: as it is, and after a strategy.

    Supporters, opponents, who is in between, and who is interested and could be won.
    """
    from kg.analysis.cases.answers import Asked
    from kg.analysis.cases.changing import change_case
    from kg.analysis.cases.feasible import study_feasibility
    from kg.analysis.cases.feasible_report import report_feasibility
    from kg.analysis.cases.graph_names import GraphNames
    from kg.analysis.cases.scenario import Scenario
    from kg.cli.coalition import given_power

    if bool(instrument) == bool(run.selection.issue):
        raise InputError("feasibility: name an instrument, or an issue with --issue, and not both")
    matter, on = run.matter(instrument, "INSTRUMENT")
    run.any_tie = True
    case = given_power(run, weights)
    now = study_feasibility(case, on)
    run.tests = "feasibility", case, Asked(on, topic=True)
    if not strategy:
        return report_feasibility(case, now, matter)
    default = instrument or run.selection.issue[0]
    scenario = Scenario("", tuple(c for text in strategy for c in _changes(text, default)))
    changed = change_case(case, scenario, GraphNames(run.graph, case, run.lang))
    run.tests = "feasibility", changed, Asked(on, topic=True)
    return report_feasibility(case, now, matter, study_feasibility(changed, on), changed, series(scenario.changes, run.lang))


def _changes(text: str, on: str) -> Sequence[Change]:
    """What one value of --strategy changes: one change, or those of a file."""
    from kg.analysis.cases.scenario import ENDINGS, read_change, read_scenario

    path = Path(text)
    return read_scenario(path, on).changes if path.suffix in ENDINGS else (read_change(text, "--strategy", on),)


def command() -> Any:
    """The command, ready to be called."""
    return analysis_command("feasibility", _feasibility, robust=True, ties=False)
