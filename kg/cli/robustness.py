"""The options that put an answer to the test, shared by the commands that analyse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import InputError, near_names

if TYPE_CHECKING:
    from kg.analysis.cases.answers import Asked
    from kg.analysis.cases.model import Case
    from kg.analysis.cases.report import Report
    from kg.cli.analysis import Run

__all__ = ["OPTIONS", "put_report_to_test"]

OPTIONS: dict[str, tuple[Any, Any]] = {
    "robust": (
        Annotated[
            int | None,
            typer.Option(
                metavar="DRAWS", help="Put the answer to the test: in what share of draws of the codings it holds."
            ),
        ],
        None,
    ),
    "seed": (Annotated[int, typer.Option(metavar="NUMBER", help="Seed of the draws.")], 0),
    "probability": (
        Annotated[
            list[str] | None,
            typer.Option(
                metavar="LEVEL=P", help="That a fact of a confidence holds, e.g. low=0.3; without it as the ontology says."
            ),
        ],
        None,
    ),
    "reversal": (
        Annotated[
            list[str] | None,
            typer.Option(
                metavar="LEVEL=P",
                help="That the opposite of a fact of a confidence holds, e.g. low=0; without it as the ontology says.",
            ),
        ],
        None,
    ),
}


def put_report_to_test(
    run: Run,
    report: Report,
    analysis: str,
    case: Case,
    asked: Asked,
    *,
    robust: int,
    seed: int | None,
    probability: list[str] | None,
    reversal: list[str] | None,
) -> Report:
    """The report with its answers put to the test by so many draws; Ctrl-C before the first is done leaves it as it is and says so."""
    from kg.analysis.cases.robust import put_to_test
    from kg.analysis.cases.robust_report import with_robustness, without_draws

    probabilities, reversals = _levels("--probability", probability or []), _levels("--reversal", reversal or [])
    if report.figures.get("stopped") == "interrupted":
        return without_draws(report, case)
    try:
        found = put_to_test(
            case,
            analysis,
            asked,
            robust,
            seed=seed or 0,
            probabilities=probabilities,
            reversals=reversals,
            time_limit=run.time_limit,
            progress=run.progress,
        )
    except KeyboardInterrupt:
        return without_draws(report, case)
    return with_robustness(report, case, found)


def _levels(option: str, given: list[str]) -> dict[str, float]:
    """Confidence to probability, as given."""
    from kg.vocabulary import concept_lists

    known = concept_lists()["confidence"]
    found = {}
    for text in given:
        level, equals, value = text.partition("=")
        if level not in known:
            raise InputError(f"{option} {text!r}: there is no such level; {near_names(level, known)}")
        try:
            found[level] = float(value)
        except ValueError:
            raise InputError(f"{option} {text!r}: no probability; write {level}=0.5") from None
        if not equals:
            raise InputError(f"{option} {text!r}: no probability; write {level}=0.5")
    return found
