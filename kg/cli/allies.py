"""`kg allies`: who stands with an actor, who could, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.analysis import Run, analysis_command
from kg.cli.completion import choices, names

if TYPE_CHECKING:
    from kg.analysis.cases.alliances import Known
    from kg.analysis.cases.report import Report

__all__ = ["command"]

_NORMALISATIONS = ("none", "average", "jaccard", "cosine")


def _allies(
    run: Run,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="Name, acronym or id.", autocompletion=names("actor"))],
    normalisation: Annotated[
        str,
        typer.Option(
            metavar="|".join(_NORMALISATIONS),
            autocompletion=choices(*_NORMALISATIONS),
            help="How congruence and conflict are put in proportion to how much each says.",
        ),
    ] = "none",
) -> Report:
    """Shows who stands with an actor and who could: declared ties and convergence of positions side by side.

    The rows of `kg ask allies` and `kg ask potential-allies`, ranked, with what stands in the way, who could introduce the two, and
    where positions and ties disagree.
    """
    from kg.analysis.cases.alliances import study_allies
    from kg.analysis.cases.ally_report import report_allies
    from kg.analysis.cases.answers import Asked

    run.any_tie = True
    case = run.case
    key = run.actor(actor, "ACTOR")
    found = study_allies(case, key, _known(run, actor), normalisation)
    run.tests = "allies", case, Asked(actor=key, normalisation=normalisation)
    return report_allies(case, key, found, normalisation)


def _known(run: Run, actor: str) -> dict[str, Known]:
    """What the questions say of each other actor: kinds of tie, levers, facts and passages."""
    from kg.analysis.cases.alliances import Known
    from kg.questions.runner import ask

    chosen = run.selection
    given = {"country": list(chosen.country), "issue": list(chosen.issue), "year": [chosen.as_of] if chosen.as_of else []}
    asked = {name: values for name, values in given.items() if values}
    found: dict[str, Known] = {}
    for question, column in (("allies", "ally"), ("potential-allies", "candidate")):
        answer = ask(run.graph, question, run.lang, actor=actor, **asked)
        for row in answer:
            key = getattr(row, column).id
            before = found.get(key, Known())
            tied = (row.via.label,) if column == "ally" else ()
            levers = tuple(lever.label for lever in row.levers) if column == "candidate" else ()
            found[key] = Known(
                tuple(dict.fromkeys((*before.ties, *tied))),
                tuple(dict.fromkeys((*before.levers, *levers))),
                tuple(dict.fromkeys((*before.iris, *(fact.iri for fact in row.evidence)))),
                tuple(dict.fromkeys((*before.evidence, *answer.passages(row)))),
            )
    return found


def command() -> Any:
    """The command, ready to be called."""
    return analysis_command("allies", _allies, robust=True)
