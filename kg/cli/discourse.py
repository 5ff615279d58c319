"""`kg discourse`: actors tied by what they say about the same things."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.analysis import Run, analysis_command
from kg.cli.completion import choices

if TYPE_CHECKING:
    from kg.analysis.cases.report import Report

__all__ = ["command"]

_MODES = ("one-mode", "two-mode")
_QUALIFIERS = ("ignore", "congruence", "conflict", "subtract")
_NORMALISATIONS = ("none", "average", "jaccard", "cosine", "prominence")
_DUPLICATES = ("include", "document", "week", "month", "year", "all")


def _choice(values: tuple[str, ...], text: str) -> Any:
    return typer.Option(metavar="|".join(values), autocompletion=choices(*values), help=text)


def _discourse(
    run: Run,
    statements: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="CSV with columns actor, concept, stance, document, date, in place of the graph."),
    ] = None,
    mode: Annotated[str, _choice(_MODES, "Ties between actors, or from actors to concepts.")] = "one-mode",
    qualifier: Annotated[
        str, _choice(_QUALIFIERS, "What ties: the concept alone, equal or opposite stances, or their difference.")
    ] = "congruence",
    normalisation: Annotated[
        str,
        _choice(
            _NORMALISATIONS,
            "How weights are made comparable between those who talk much and little (prominence: what is much talked about).",
        ),
    ] = "none",
    duplicates: Annotated[
        str, _choice(_DUPLICATES, "Whether the same said twice counts twice, or once per document, time or at all.")
    ] = "include",
) -> Report:
    """Ties actors that take a stand on the same things: a discourse network.

    Statements are the positions of the graph, or stand in a list.
    """
    from kg.analysis.cases.answers import Asked
    from kg.analysis.cases.discourse_report import report_discourse
    from kg.analysis.cases.discourses import read_statements, statements_of
    from kg.analysis.cases.wording import facts_line
    from kg.analysis.discourse import discourse_network

    options = {"mode": mode, "qualifier": qualifier, "normalisation": normalisation, "duplicates": duplicates}
    if statements:
        run.takes_file("--statements")
        return report_discourse(discourse_network(read_statements(Path(statements)), **options), str, run.lang, options)
    case = run.case
    names = {p.on: p.on_label for p in case.positions} | {actor.id: str(actor) for actor in case.actors}
    run.tests = "discourse", case, Asked(options=options)
    found = discourse_network(statements_of(case), **options)
    return report_discourse(found, lambda key: names[key], run.lang, options, facts_line(case, ("positions",)))


def command() -> Any:
    """The command, ready to be called."""
    return analysis_command("discourse", _discourse, robust=True, ties=False)
