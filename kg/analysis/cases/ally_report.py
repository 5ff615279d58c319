"""Allies, told: who stands with an actor, who could, what stands in the way, and where words and ties disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analysis.cases.alliances import Prospect
from kg.analysis.cases.heritage import Heritage
from kg.analysis.cases.model import Case
from kg.analysis.cases.report import Measured, Report, Table
from kg.analysis.cases.wording import Sentences, facts_line, listed

__all__ = ["report_allies"]

_NAMED = 8
_FIRST = 3
_SHOWN = 20
_STANDING = {"ally": 1, "prospect": 0, "opponent": -1}
_NAMES = {"ally": "allies", "prospect": "prospects", "opponent": "opponents"}


def report_allies(case: Case, actor: str, found: Sequence[Prospect], normalisation: str = "none") -> Report:
    """The report of `kg allies`: tables `allies` (one row per other actor), `positions` (MACTOR's orders) and `disagreements`."""
    say = Sentences("allies", case.lang)
    return Report(
        "allies",
        tuple(_sentences(case, actor, found, say)),
        (_allies(case, found, say), _disagreements(case, found, say), _positions(case, found, say)),
        tuple(_remarks(case, actor, found, normalisation, say)),
        facts_line(case, ("ties", "positions")),
        {
            "actor": actor,
            "normalisation": normalisation,
            **{name: [p.actor for p in found if p.kind == kind] for kind, name in _NAMES.items()},
        },
        tuple(_results(actor, found)),
    )


def _results(actor: str, found: Sequence[Prospect]) -> Iterator[Measured]:
    for p in sorted(found, key=lambda p: p.actor):
        yield Measured(p.actor, "standing", _STANDING[p.kind], actor)
        if p.likeness:
            yield Measured(p.actor, "congruence", round(p.likeness.congruence, 9), actor)
            yield Measured(p.actor, "conflict", round(p.likeness.conflict, 9), actor)


def _sentences(case: Case, actor: str, found: Sequence[Prospect], say: Sentences) -> Iterator[str]:
    name = case.label(actor)

    def names(actors: Sequence[str]) -> str:
        return listed([case.label(other) for other in actors], case.lang, _NAMED)

    allies = [p.actor for p in found if p.kind == "ally"]
    yield say("allies", n=len(allies), actor=name, names=names(allies)) if allies else say("no-allies", actor=name)
    strained = [p.actor for p in found if p.kind == "ally" and p.against]
    if strained:
        yield say("strained", n=len(strained), actor=name, names=names(strained))
    prospects = [p for p in found if p.kind == "prospect"]
    if prospects:
        yield say("prospects", n=len(prospects), names=names([p.actor for p in prospects[:_FIRST]]))
    for p in prospects[:_FIRST]:
        if p.friends:
            yield say("introduce", n=len(p.friends), names=names(p.friends), actor=name, other=case.label(p.actor))
        if p.obstacles:
            yield say("obstacle", n=len(p.obstacles), names=names(p.obstacles), other=case.label(p.actor))
    opponents = [p.actor for p in found if p.kind == "opponent"]
    if opponents:
        yield say("opponents", n=len(opponents), actor=name, names=names(opponents))
    for flag in ("tense", "apart", "torn"):
        flagged = [p.actor for p in found if p.flag == flag]
        if flagged:
            yield say(flag, n=len(flagged), actor=name, names=names(flagged))
    if not any(p.actor == actor and p.sign for p in case.positions):
        yield say("silent", actor=name)


def _remarks(case: Case, actor: str, found: Sequence[Prospect], normalisation: str, say: Sentences) -> Iterator[str]:
    if any(p.actor == actor and p.sign for p in case.positions):
        yield say("degrees")
        if normalisation != "none":
            yield say("normalised", normalisation=normalisation)
    inherited = [p.actor for p in found if p.against and all(tie.inherited for tie in p.against)]
    if inherited:
        names = listed([case.label(other) for other in inherited], case.lang, _NAMED)
        yield say("inherited", n=len(inherited), actor=case.label(actor), names=names)
    yield say("not-proof")


def _iris(p: Prospect) -> tuple[str, ...]:
    positions = p.likeness.positions if p.likeness else ()
    facts = [*p.known.iris, *(t.iri for t in p.against), *(x.iri for x in positions)]
    return tuple(dict.fromkeys(iri for iri in facts if iri))


def _evidence(p: Prospect) -> tuple[str, ...]:
    positions = p.likeness.positions if p.likeness else ()
    passages = [*p.known.evidence, *(e for t in p.against for e in t.evidence), *(e for x in positions for e in x.evidence)]
    return tuple(dict.fromkeys(passages))


def _allies(case: Case, found: Sequence[Prospect], say: Sentences) -> Table:
    told = Heritage(case)
    rows = [
        (
            say(f"kind.{p.kind}"),
            case.label(p.actor),
            p.actor,
            p.known.ties,
            p.known.levers,
            p.likeness.congruence if p.likeness else None,
            p.likeness.conflict if p.likeness else None,
            p.likeness.subtract if p.likeness else None,
            tuple(map(told.tie, p.against)),
            tuple(told.foe(other, [p.actor]) for other in p.obstacles),
            tuple(case.label(other) for other in p.friends),
            _evidence(p),
        )
        for p in found
    ]
    columns = (
        "kind",
        "actor",
        "id",
        "tied",
        "levers",
        "congruence",
        "conflict",
        "subtract",
        "against",
        "obstacles",
        "friends",
    )
    return Table.of(say, "allies", (*columns, "evidence"), rows, list(map(_iris, found)), grouped=True, first=_SHOWN)


def _disagreements(case: Case, found: Sequence[Prospect], say: Sentences) -> Table:
    flagged = [p for p in found if p.flag]
    rows = [(case.label(p.actor), p.actor, say(f"flag.{p.flag}"), _evidence(p)) for p in flagged]
    return Table.of(say, "disagreements", ("actor", "id", "flag", "evidence"), rows, list(map(_iris, flagged)))


def _positions(case: Case, found: Sequence[Prospect], say: Sentences) -> Table:
    alike = [(p, p.likeness) for p in found if p.likeness]
    rows = [
        (
            case.label(p.actor),
            p.actor,
            *like.convergence,
            *like.divergence,
            tuple(dict.fromkeys(x.on_label or x.on for x in like.positions)),
        )
        for p, like in alike
    ]
    orders = [f"{what}_{order}" for what in ("convergence", "divergence") for order in (1, 2, 3)]
    return Table.of(say, "positions", ("actor", "id", *orders, "shared"), rows, [_iris(p) for p, _ in alike], first=_SHOWN)
