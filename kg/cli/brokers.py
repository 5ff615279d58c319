"""`kg brokers`: who stands between whom, and who could bring two actors together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.analysis import Run, analysis_command
from kg.cli.completion import choices, names

if TYPE_CHECKING:
    from kg.analysis.cases.report import Report

__all__ = ["command"]

_GROUPINGS = ("camp", "country", "type")


def _brokers(
    run: Run,
    actor: Annotated[
        str | None, typer.Option(metavar="ACTOR", help="One of two to bring together.", autocompletion=names("actor"))
    ] = None,
    other: Annotated[str | None, typer.Option(metavar="ACTOR", help="The other one.", autocompletion=names("actor"))] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(_GROUPINGS),
            autocompletion=choices(*_GROUPINGS),
            help="Groups by which roles are told; camps without it, types where no tie is for or against anybody.",
        ),
    ] = None,
    size: Annotated[
        int | None,
        typer.Option(
            metavar="NUMBER",
            min=0,
            max=20,
            help="How many key players to look for together; 3 without it, in large networks none.",
        ),
    ] = None,
    directed: Annotated[bool, typer.Option("--directed", help="Follow ties in their direction only.")] = False,
) -> Report:
    """Says who stands between whom: roles, structural holes, key players; with --actor and --other, who could bring the two together.

    A broker that is in tension with somebody it stands between is marked. Between two actors, the shortest paths are told too, every
    tie named.
    """
    from kg.analysis.cases.answers import Asked
    from kg.analysis.cases.broker_report import report_brokers
    from kg.analysis.cases.brokering import broker_case

    ends = [run.actor(name, option) if name else "" for name, option in ((actor, "--actor"), (other, "--other"))]
    found = broker_case(
        run.case,
        by or "",
        directed=directed,
        size=size,
        actor=ends[0],
        other=ends[1],
        time_limit=run.time_limit,
        progress=run.progress,
    )
    run.tests = "brokers", run.case, Asked(by=found.by, directed=directed)
    return report_brokers(run.case, found)


def command() -> Any:
    """The command, ready to be called."""
    return analysis_command("brokers", _brokers, robust=True)
