"""Power of the actors of a case by every index, side by side: ties, declared influence, and votes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from kg.analysis.cases.model import Case, Interval
from kg.analysis.cases.splits import check_weight
from kg.analysis.centrality import Prominence, power_measures
from kg.analysis.convergence import mactor
from kg.errors import AnalysisError, InputError, near_names

__all__ = [
    "ENDS",
    "Indices",
    "Standing",
    "check_end",
    "index_case",
    "influences",
    "quota_parts",
    "read_quota",
    "voting_weights",
]

ENDS = ("low", "mid", "high")
_INFLUENCE = 4
"""MACTOR's scale of influence ends here; an influence of unknown size counts 1."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What one actor has by each index.

    ties        degree, strength and so on, and the voting indices, None where power is not assessed; see `kg.analysis.Prominence`
    power       the assessed interval; None where not assessed
    influence   MACTOR's direct and indirect influence on others, `dependence` that of others on it
    relative    MACTOR's relative strength, mean 1; None for who takes no part in any declared influence
    """

    ties: Prominence
    power: Interval | None
    influence: float
    dependence: float
    relative: float | None


@dataclass(frozen=True, slots=True)
class Indices:
    """Every actor's standing, by id in order, and what the voting indices rest on.

    end         which end of the intervals of power counts as weight: low, mid or high
    quota       what a coalition needs to win, in units of weight; None where nobody's power is assessed
    total       all weights together
    voters      how many actors have a weight
    influences  how many declared influences there are between the actors
    """

    actors: Mapping[str, Standing]
    end: str
    quota: Fraction | None
    total: Fraction
    voters: int
    influences: int

    @property
    def too_fine(self) -> bool:
        """True where votes have too many digits for the Shapley-Shubik index; Banzhaf's is there."""
        return any(s.ties.banzhaf is not None and s.ties.shapley_shubik is None for s in self.actors.values())


def check_end(end: str) -> None:
    """Nothing, or InputError for an end of an interval that does not exist."""
    if end not in ENDS:
        raise InputError(f"--power {end!r}: there is no such end of an interval; {near_names(end, ENDS)}")


def voting_weights(case: Case, end: str = "mid") -> dict[str, Fraction]:
    """The weight of each actor whose power is assessed: one end of its interval, or the middle.

    Raises InputError for another end.

    >>> from kg.analysis.cases.model import Actor, Assessment
    >>> voting_weights(Case((Actor("a"),), assessments=(Assessment("s", "a", "power", (0.5, 1.0)),)))
    {'a': Fraction(3, 4)}
    """
    check_end(end)
    found = {}
    for actor, (low, high) in sorted(case.power().items()):
        least, most = Fraction(str(low)), Fraction(str(high))
        found[actor] = {"low": least, "mid": (least + most) / 2, "high": most}[end]
    return found


def read_quota(text: str | None, weights: Mapping[str, Fraction]) -> Fraction:
    """The quota that a text means: a number of the weights' unit, a share such as `60%` or `2/3`, or, without a text, more than half.

    Raises InputError for what is neither, AnalysisError for a quota that nobody can reach.

    >>> read_quota("50%", {"a": Fraction(3), "b": Fraction(1)}), read_quota(None, {"a": Fraction(3), "b": Fraction(1)})
    (Fraction(2, 1), Fraction(3, 1))
    """
    total = sum(weights.values(), Fraction(0))
    if text is None:
        unit = lcm(*(weight.denominator for weight in weights.values()))
        return Fraction(int(total * unit) // 2 + 1, unit)
    number, share = quota_parts(text)
    quota = number * (total / 100 if share else 1)
    if quota > total:
        raise AnalysisError(f"--quota {text}: nobody can reach it, all weights together are {float(total):g}; ask for less")
    return quota


def quota_parts(text: str) -> tuple[Fraction, bool]:
    """(the number, whether it is a share in per cent) of a quota as people write it; raises InputError for anything else.

    A decimal comma is read where it cannot be one of thousands.

    >>> quota_parts("60%"), quota_parts("2/3"), quota_parts("12,5")
    ((Fraction(60, 1), True), (Fraction(200, 3), True), (Fraction(25, 2), False))
    """
    if match := re.fullmatch(r"\s*([1-9]\d*)\s*/\s*([1-9]\d*)\s*", text):
        return 100 * Fraction(int(match[1]), int(match[2])), True
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(%?)\s*", re.sub(r",(?=\d{1,2}(\D|$))", ".", text, count=1))
    if not match or not float(match[1]):
        raise InputError(f"--quota {text!r}: neither a number above 0 nor a share; write 12, 0.5, 60% or 2/3")
    return Fraction(match[1]), bool(match[2])


def influences(case: Case) -> dict[str, dict[str, float]]:
    """MACTOR's matrix of direct influences between the actors of a case, rows and columns of those that take part.

    An influence whose strength was measured counts 4 times it, on MACTOR's scale from 0 to 4; any other counts 1. Of several between
    the same two the strongest counts.
    """
    found: dict[str, dict[str, float]] = {}
    for tie in case.ties:
        if tie.influence and tie.source != tie.target:
            size = 1.0 if tie.strength is None else _INFLUENCE * tie.strength
            row = found.setdefault(tie.source, {})
            row[tie.target] = max(size, row.get(tie.target, 0.0))
    return found


def index_case(case: Case, *, weight: str = "", end: str = "mid", quota: str | None = None) -> Indices:
    """Every index of every actor of a case: `power_measures`, MACTOR's strength, and voting power.

    Ties
        As for `power_measures`: ties against carry no prominence and are only counted as opponents; belonging to a category is no tie.

    Votes
        Who is assessed for power votes with one end of its interval (`end`), or its middle; `quota` as for `read_quota`. Adding power
        up is a choice of model, not a fact. A quota without assessed power is an error.

    Influence
        R* of MACTOR over the declared influences between actors, direct and through one other.

    Errors: InputError for an unknown weight, end or quota; AnalysisError for a quota that nobody reaches.
    """
    check_weight(case, weight)
    votes = {actor: value for actor, value in voting_weights(case, end).items() if value}
    if quota is not None and not votes:
        raise AnalysisError("--quota: nobody's power is assessed among the selected actors; leave it out, or assess power")
    needed = read_quota(quota, votes) if votes else None
    network = case.network()
    measured = power_measures(network, weight or None, power=votes if votes else None, quota=needed)
    pushed = influences(case)
    taking_part: dict[str, dict[str, float]] = {
        actor: {} for actor in {*pushed, *(other for row in pushed.values() for other in row)}
    }
    found = mactor(taking_part, pushed) if pushed else None
    settled = found is not None and not found.notes
    power = case.power()
    return Indices(
        {
            actor.id: Standing(
                measured[actor.id] if actor.id in power else replace(measured[actor.id], shapley_shubik=None, banzhaf=None),
                power.get(actor.id),
                found.influence.get(actor.id, 0.0) if found else 0.0,
                found.dependence.get(actor.id, 0.0) if found else 0.0,
                found.strength.get(actor.id) if found and settled else None,
            )
            for actor in sorted(case.actors, key=lambda a: a.id)
        },
        end,
        needed,
        sum(votes.values(), Fraction(0)),
        len(votes),
        sum(map(len, pushed.values())),
    )
