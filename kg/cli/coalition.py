"""`kg coalition`: who could carry an issue or a law together, and which tension costs most."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.analysis import Run, analysis_command
from kg.cli.completion import choices, names
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.analysis.cases.model import Case
    from kg.analysis.cases.report import Report

__all__ = ["command"]

_ENDS = ("low", "mid", "high")
_TENSIONS = ("all", "issue")


def _coalition(
    run: Run,
    instrument: Annotated[
        str | None,
        typer.Option(metavar="INSTRUMENT", help="The law or plan to be carried.", autocompletion=names("instrument")),
    ] = None,
    quota: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER|SHARE", help="The power that wins, or a share such as 60%; more than half of all without it."
        ),
    ] = None,
    required: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="ACTOR", help="Has to be a member.", autocompletion=names("actor")),
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also", metavar="ACTOR", help="May be a member, whatever its position.", autocompletion=names("actor")
        ),
    ] = None,
    excluded: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="ACTOR", help="Must not be a member.", autocompletion=names("actor")),
    ] = None,
    connected: Annotated[bool, typer.Option("--connected", help="Only members that ties for each other link.")] = False,
    power: Annotated[
        str,
        typer.Option(metavar="|".join(_ENDS), help="Which end of the intervals of power.", autocompletion=choices(*_ENDS)),
    ] = "mid",
    unknown_power: Annotated[
        float | None,
        typer.Option(metavar="NUMBER", help="Count candidates of unknown power with this guess; without it not at all."),
    ] = None,
    weights: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Power of your own: CSV with the columns actor and power, or low and high."),
    ] = None,
    tensions: Annotated[
        str,
        typer.Option(
            metavar="|".join(_TENSIONS),
            help="Which tensions keep candidates apart: all, or only those on the issue.",
            autocompletion=choices(*_TENSIONS),
        ),
    ] = "all",
) -> Report:
    """Finds the coalitions that could carry an issue or a law without inner conflict, the cheapest first.

    Says who is a candidate and why, who is in all of them, whom each alienates, and what settling each tension would gain. Without
    --issue and --instrument everybody is a candidate.
    """
    from kg.analysis.cases.answers import Asked
    from kg.analysis.cases.coalition_report import report_coalitions
    from kg.analysis.cases.coalition_study import Wishes, study_coalitions
    from kg.analysis.cases.standpoints import standpoints

    if instrument and run.selection.issue:
        raise InputError("--instrument and --issue: name one of them; an issue takes the instruments on it in")
    if tensions not in _TENSIONS:
        raise InputError(f"--tensions {tensions!r}: not one of {', '.join(_TENSIONS)}")
    run.any_tie = tensions == "all"
    matter, on = run.matter(instrument)
    case = given_power(run, weights)
    wishes = Wishes(
        quota,
        required=run.actors(required or [], "--with"),
        also=run.actors(also or [], "--also"),
        excluded=run.actors(excluded or [], "--without"),
        connected=connected,
        end=power,
        unknown=unknown_power,
    )
    run.tests = "coalition", case, Asked(on, bool(matter), wishes, time_limit=run.time_limit)
    stand = standpoints(case, on, interest=not on) if matter else None
    study = study_coalitions(
        case,
        stand,
        wishes,
        time_limit=run.time_limit,
        concerning=_concerning(run, instrument) if instrument else (),
        progress=lambda what: run.progress(f"kg coalition: {what}"),
    )
    return report_coalitions(case, study, matter)


def _concerning(run: Run, instrument: str) -> list[str]:
    """The ids of an instrument, of the issues that it is on, and of what these are part of."""
    import pyoxigraph as ox

    from kg.questions.describe import Describer
    from kg.questions.names import resolve
    from kg.vocabulary import expand
    from kg.vocabulary import kg as term

    describer = Describer(run.graph, run.lang)
    broader = ox.NamedNode(expand("skos:broader"))
    found = {resolve(run.graph, instrument, "instrument", "--instrument")[1:-1]: None}
    for iri in found.copy():
        found |= dict.fromkeys(value.value for value in describer.values(iri, term("concernsIssue")))
    reached = list(found)
    while reached:
        wider = [value.value for value in describer.values(reached.pop(), broader) if value.value not in found]
        found |= dict.fromkeys(wider)
        reached += wider
    return [describer.identifier(iri) for iri in found]


def given_power(run: Run, path: Path | None) -> Case:
    """The case of a run with the power that a file gives, where one was named."""
    if path is None:
        return run.case
    from kg.analysis.cases.given_power import read_power, with_power

    return with_power(run.case, read_power(path, lambda name: run.actor(name, path.name)))


def command() -> Any:
    """The command, ready to be called."""
    return analysis_command("coalition", _coalition, robust=True)
