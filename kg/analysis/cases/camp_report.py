"""The camps of a case, told: who stands where, what contradicts it, and how sure that is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from kg.analysis.cases.model import Case
from kg.analysis.cases.report import Measured, Report, Table
from kg.analysis.cases.splits import CampSplit
from kg.analysis.cases.wording import Sentences, facts_line, listed, stopped_line

__all__ = ["report_camps"]

_EVEN = 0.5
"""With that `alpha` both kinds of contradicting ties count the same."""
_NAMED = 6
"""How many names a sentence lists before it counts the rest."""


def report_camps(case: Case, split: CampSplit) -> Report:
    """The report of `kg camps`: tables `members`, `contradicting`, `camps` and `alone`."""
    say = Sentences("camps", case.lang)
    return Report(
        "camps",
        tuple(_sentences(case, split, say)),
        (_members(case, split, say), _contradicting(case, split, say), _camps(case, split, say), _alone(case, split, say)),
        tuple(_remarks(split, say)),
        facts_line(case, signed=True),
        {
            "k": split.k,
            "alpha": split.alpha,
            "weight": split.weight or None,
            "frustration": split.frustration,
            "criterion": split.criterion,
            "bound": split.bound,
            "proven": split.proven,
            "gap": split.gap,
            "ties": split.ties,
            "triangles": split.triangles,
            "balanced_triangles": split.balanced,
            "stopped": split.stopped or None,
            "parts": [
                {
                    "actors": part.actors,
                    "camps": [list(camp) for camp in part.camps],
                    "frustration": part.frustration,
                    "proven": part.proven,
                    "unique": part.unique,
                    "optimal_splits": part.optimal_splits,
                    "splits_complete": part.complete,
                    "changing": list(part.changing),
                    "changing_complete": part.changing_complete,
                }
                for part in split.parts
            ],
        },
        (
            Measured("", "contradicting-ties", len(split.contradicting)),
            *(
                Measured(actor, measure, value)
                for actor, (part, camp) in sorted(split.places().items())
                for measure, value in (("part", part), ("camp", camp))
            ),
            *(
                Measured(actor, "undecided-camp", int(actor in part.changing))
                for part in split.parts
                if part.changing_complete
                for actor in sorted(itertools.chain(*part.camps))
            ),
        ),
        tuple(tie.iri for tie in split.contradicting if tie.iri),
    )


def _sentences(case: Case, split: CampSplit, say: Sentences) -> Iterator[str]:
    placed = sum(part.actors for part in split.parts)
    yield say("parts", n=len(split.parts), bound=say("bound", n=split.ties, actors=placed))
    divided = [part for part in split.parts if len(part.camps) > 1]
    if not divided and all(tie.sign >= 0 for tie in case.ties):
        yield say("one-camp", n=len(split.parts))
    counted = {"n": len(split.contradicting), "ties": split.ties}
    if split.proven and split.alpha != _EVEN:
        shares = {"inside": say.number(split.alpha), "between": say.number(1 - split.alpha)}
        yield say("criterion", **counted, **shares, criterion=say.number(split.criterion), k=split.k)
    elif split.proven:
        yield say("weighed" if split.weight else "proven", **counted, weight=say.number(split.frustration), k=split.k)
    else:
        yield say(
            "unproven",
            **counted,
            found=say.number(split.criterion),
            bound=say.number(split.bound),
            gap=say.number(100 * split.gap, 1),
        )
    if split.stopped:
        yield stopped_line(split.stopped, case.lang)
    unsure = [(place, part) for place, part in enumerate(split.parts, 1) if part.unique is False]
    if split.proven and divided and not unsure and all(part.unique for part in split.parts):
        yield say("unique")
    for place, part in unsure:
        splits = ("" if part.complete else say("at-least")) + str(part.optimal_splits)
        names = listed(case.names(part.changing), case.lang, _NAMED)
        told = say("several" if len(part.changing) < part.actors else "several-even", part=place, splits=splits, names=names)
        yield told if part.changing_complete else f"{told} {say('perhaps-more')}"
    for place, part in enumerate(split.parts, 1):
        if part.proven and part.unique is None:
            yield say("open", part=place)
    if split.balanced is not None:
        yield say("triangles", n=split.triangles, balanced=round(split.triangles * split.balanced))
    if split.alone:
        yield say("alone", n=len(split.alone))


def _remarks(split: CampSplit, say: Sentences) -> Iterator[str]:
    if split.inherited and split.weight != "statement":
        yield say("inherited", n=split.inherited, statements=split.statements)
    circles = split.ties - sum(part.actors for part in split.parts) + len(split.parts)
    yield say("circles" if circles else "no-circle", n=circles)  # camps can always be turned so that a tree's ties fit
    if len(split.parts) > 1:
        yield say("pairing")
    yield say("not-alliance")


def _camps(case: Case, split: CampSplit, say: Sentences) -> Table:
    ties: dict[str, int] = {}
    against: dict[str, int] = {}
    for counted, chosen in (
        (ties, (t for t in case.ties if t.sign and t.source != t.target)),
        (against, split.contradicting),
    ):
        for tie in chosen:
            for end in (tie.source, tie.target):
                counted[end] = counted.get(end, 0) + 1
    changing = {actor for part in split.parts for actor in part.changing}
    rows = [
        (
            f"{p}.{c}",
            case.label(actor),
            actor,
            case.actor(actor).countries,
            ties[actor],
            against.get(actor, 0),
            actor in changing,
        )
        for actor, (p, c) in split.places().items()
    ]
    columns = ("camp", "actor", "id", "countries", "ties", "contradicting", "changes")
    return Table.of(say, "camps", columns, rows, grouped=True, hidden=True, main=True)


def _members(case: Case, split: CampSplit, say: Sentences) -> Table:
    rows = []
    for p, part in enumerate(split.parts, 1):
        changing = set(part.changing)
        for c, camp in enumerate(part.camps, 1):
            sure, unsure = (case.names(a for a in camp if (a in changing) == moves) for moves in (False, True))
            rows.append((f"{p}.{c}", len(camp), sure, unsure))
    brief = ("camp", "size", "members", *(["undecided"] if any(part.changing for part in split.parts) else []))
    return Table.of(say, "members", ("camp", "size", "members", "undecided"), rows, brief=brief)


def _contradicting(case: Case, split: CampSplit, say: Sentences) -> Table:
    columns = ("tie", "id", "sign", "inherited", "confidence", "evidence")
    rows = [
        (
            tie.label or f"{case.label(tie.source)} – {case.label(tie.target)}",
            tie.id,
            tie.sign,
            tie.inherited,
            tie.confidence,
            tie.evidence,
        )
        for tie in split.contradicting
    ]
    brief = ("tie", "inherited", "confidence", "evidence")
    return Table.of(
        say, "contradicting", columns, rows, [(tie.iri,) if tie.iri else () for tie in split.contradicting], brief=brief
    )


def _alone(case: Case, split: CampSplit, say: Sentences) -> Table:
    rows = [(case.label(actor), actor) for actor in sorted(split.alone, key=case.order)]
    return Table.of(say, "alone", ("actor", "id"), rows, hidden=True)
