"""`kg what-if`: every analysis today and in a scenario, and what is different."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.analysis import Run, analysis_command
from kg.cli.completion import choices, names
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.analysis.cases.report import Report

__all__ = ["command"]

_ENDS = ("low", "mid", "high")


def _what_if(
    run: Run,
    scenario: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[SCENARIO]...", help="Files of scenarios: TOML, JSON or CSV. Several are compared."),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CHANGE",
            help="A change without a file: 'settle: A, B', 'add: A, alliance, B', 'remove: A, B', 'position: A, LAW, support', "
            "'power: A, 0.2..0.5', 'merge: A, B -> C', 'split: A -> B, C', 'leave: A'.",
        ),
    ] = None,
    instrument: Annotated[
        str | None,
        typer.Option(
            metavar="INSTRUMENT",
            help="The law that coalitions and feasibility are about.",
            autocompletion=names("instrument"),
        ),
    ] = None,
    quota: Annotated[str | None, typer.Option(metavar="NUMBER|SHARE", help="What wins, as for kg coalition.")] = None,
    power: Annotated[
        str,
        typer.Option(metavar="|".join(_ENDS), help="Which end of the intervals of power.", autocompletion=choices(*_ENDS)),
    ] = "mid",
) -> Report:
    """Compares every analysis today and in a scenario: camps, coalitions, feasibility, brokers, indices. The graph stays as it is.

    With --issue or --instrument, coalitions and feasibility are about it; with a quota, or where only power or votes are known,
    coalitions are of everybody. Scenarios are also compared with each other.
    """
    from kg.analysis.cases.answers import Asked
    from kg.analysis.cases.coalition_study import Wishes
    from kg.analysis.cases.comparing import compare
    from kg.analysis.cases.comparison_report import UNNAMED, report_comparison
    from kg.analysis.cases.graph_names import GraphNames
    from kg.analysis.cases.indices import check_end, quota_parts
    from kg.analysis.cases.scenario import Scenario, read_change, read_scenario

    if instrument and run.selection.issue:
        raise InputError("--instrument and --issue: name one of them; an issue takes the instruments on it in")
    check_end(power)
    if quota is not None:
        quota_parts(quota)
    topic = instrument or next(iter(run.selection.issue), "")
    scenarios = [read_scenario(path, topic) for path in scenario or []]
    if change:
        scenarios.append(Scenario("", tuple(read_change(text, "--change", topic) for text in change)))
    if not scenarios:
        raise InputError("what-if: no scenario; name a file, or give --change 'settle: A, B'")
    twice = [name for name, count in Counter(s.name or UNNAMED for s in scenarios).items() if count > 1]
    if twice:
        raise InputError(f"what-if: two scenarios are called {twice[0]!r}; give each a name of its own")
    matter, on = run.matter(instrument)
    run.any_tie = True
    case = run.case
    words = GraphNames(run.graph, case, run.lang)
    everybody = not matter and (quota is not None or bool(case.power() and not case.positions))
    asked = Asked(
        on,
        bool(matter),
        Wishes(quota, end=power),
        quota=quota if everybody else None,
        time_limit=run.time_limit,
        scenarios=tuple(scenarios),
        names=words,
        everybody=everybody,
    )
    run.tests = "what-if", case, asked
    found = compare(case, scenarios, words, asked, run.progress)
    return report_comparison(found)


def command() -> Any:
    """The command, ready to be called."""
    return analysis_command("what-if", _what_if, robust=True)
