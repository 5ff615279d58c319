"""The communities of a case, told, with how far they depend on chance."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analysis.cases.circles import Circles
from kg.analysis.cases.model import Case
from kg.analysis.cases.report import Measured, Report, Table
from kg.analysis.cases.wording import Sentences, facts_line, listed, stopped_line

__all__ = ["report_communities"]

_NAMED = 12
_SURE = 0.9
"""A community member that is with most of it in fewer runs is told as standing between."""


def report_communities(case: Case, circles: Circles) -> Report:
    """The report of `kg communities`: tables `communities` and `alone`."""
    say = Sentences("communities", case.lang)
    found = circles.found
    places = {actor: n for n, members in enumerate(found.communities, 1) for actor in members}
    rows = [
        (place, case.label(actor), actor, round(found.together[actor], 9))
        for actor, place in sorted(places.items(), key=lambda item: (item[1], case.order(item[0])))
    ]
    return Report(
        "communities",
        tuple(_sentences(case, circles, say)),
        (
            Table.of(
                say,
                "communities",
                ("community", "actor", "id", "together"),
                rows,
                brief=("community", "actor", "together"),
                grouped=True,
                main=True,
            ),
            Table.of(
                say,
                "alone",
                ("actor", "id"),
                [(case.label(actor), actor) for actor in sorted(circles.alone, key=case.order)],
                hidden=True,
            ),
        ),
        (say("runs", n=found.runs), say("not-camps")),
        facts_line(case),
        {
            "communities": [sorted(members) for members in found.communities],
            "modularity": found.modularity,
            "stability": round(found.stability, 9),
            "runs": found.runs,
            "stopped": found.stopped or None,
            "pairs": circles.pairs,
            "kept": circles.kept,
        },
        tuple(Measured(actor, "community", place) for actor, place in sorted(places.items())),
    )


def _sentences(case: Case, circles: Circles, say: Sentences) -> Iterator[str]:
    found = circles.found
    if circles.kept < circles.pairs:
        yield say("filtered", n=circles.kept, pairs=circles.pairs)
    yield say("found", n=len(found.communities), actors=len(found.together), modularity=say.number(found.modularity))
    if found.runs == 1:
        yield say("one-run")
    else:
        yield say("stable" if found.stability >= _SURE else "unstable", stability=say.number(found.stability))
    if found.stopped:
        yield stopped_line(found.stopped, case.lang)
    between = sorted((share, actor) for actor, share in found.together.items() if share < _SURE)
    if between:
        yield say("between", n=len(between), names=listed([case.label(a) for _, a in between], case.lang, _NAMED))
    if circles.alone:
        yield say("alone", n=len(circles.alone))
