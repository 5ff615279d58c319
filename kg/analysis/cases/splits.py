"""The camps of a case: each part of its signed network split on its own, since nothing ties the parts together."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kg.analysis.cases.model import Case, CaseTie
from kg.analysis.splitting import camps
from kg.errors import AnalysisError, InputError, near_names

__all__ = ["WEIGHTS", "CampSplit", "PartSplit", "check_weight", "split_case"]

WEIGHTS = ("weight", "strength", "confidence", "statement")


@dataclass(frozen=True, slots=True)
class PartSplit:
    """One connected part of the signed network and its camps.

    camps           ids of actors in order, the largest camp first; a single camp where nobody is against anybody
    frustration     ties that contradict the split, or their weights
    criterion       what was minimised, and `bound`, below which no split can be
    proven          True when they meet
    optimal_splits  how many splits are as good, up to a cap; None when not proven
    complete        True when they were all counted
    changing        actors outside the core of the best splits (`kg.analysis.camps` says what that is), whose place they do not decide;
                    all of them where `changing_complete`
    """

    camps: tuple[tuple[str, ...], ...]
    frustration: float
    criterion: float
    bound: float
    proven: bool
    optimal_splits: int | None
    complete: bool
    changing: tuple[str, ...]
    changing_complete: bool

    @property
    def unique(self) -> bool | None:
        """True when there is one best split, False when there are more, None when that is not known."""
        if self.optimal_splits is None or (self.optimal_splits == 1 and not self.complete):
            return None
        return self.optimal_splits == 1

    @property
    def actors(self) -> int:
        """How many actors the part has."""
        return sum(map(len, self.camps))


@dataclass(frozen=True, slots=True)
class CampSplit:
    """The camps of a case, part by part, with the figures of all parts together.

    parts         the largest first
    frustration   ties that contradict the split, or their weights
    gap           (criterion - bound) / criterion; 0.0 when every part is proven
    contradicting the ties that contradict it
    alone         actors without a signed tie, who are in no camp
    ties          number of signed ties; `inherited` of them come from `statements` coded about categories
    triangles     triangles of signed pairs; `balanced` is the share with an even number of negative sides, None without any
    stopped       "" or why the search ended early
    """

    k: int
    alpha: float
    weight: str
    parts: tuple[PartSplit, ...]
    frustration: float
    criterion: float
    bound: float
    contradicting: tuple[CaseTie, ...]
    alone: tuple[str, ...]
    ties: int
    inherited: int
    statements: int
    triangles: int
    balanced: float | None
    stopped: str = ""

    @property
    def proven(self) -> bool:
        """True when no better split exists."""
        return all(part.proven for part in self.parts)

    @property
    def gap(self) -> float:
        """How far below the criterion a better split could still be, as a share of it."""
        return (self.criterion - self.bound) / self.criterion if self.criterion else 0.0

    def places(self) -> dict[str, tuple[int, int]]:
        """For each actor in a camp (number of the part, number of the camp in it), both from 1."""
        return {
            actor: (p, c) for p, part in enumerate(self.parts, 1) for c, camp in enumerate(part.camps, 1) for actor in camp
        }


def check_weight(case: Case, weight: str, *, signed: bool = False) -> None:
    """Nothing, or InputError for a weight that does not exist or that a tie (with `signed`, one for or against) does not have."""
    if weight and weight not in WEIGHTS:
        raise InputError(f"--weight {weight!r}: there is no such weight; {near_names(weight, WEIGHTS)}")
    if weight in ("weight", "strength"):
        ties = [tie for tie in case.ties if not tie.classifies and (tie.sign or not signed)]
        lacking = [tie.id for tie in ties if not getattr(tie, weight)]
        if lacking:
            what = f"{len(lacking)} of {len(ties)} ties have none above 0, e.g. {lacking[0]!r}"
            raise InputError(f"--weight {weight}: {what}; give every tie one, or leave --weight out")


def split_case(
    case: Case,
    k: int = 2,
    alpha: float = 0.5,
    weight: str = "",
    time_limit: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> CampSplit:
    """The split of a case's actors into at most `k` camps per connected part, by `kg.analysis.camps`.

    Parts
        Which camp of one part would go with which of another is not in the data, so each part is split by itself and its
        uniqueness told by itself.

    Inherited ties
        A tension between two categories is one statement; what their members inherit from it are ties between other pairs. Each pair
        counts once, the categories' own and each inherited one, because each can be contradicted by itself. So one statement may
        weigh many times: `inherited` and `statements` say how many, `weight="statement"` makes the ties of one statement weigh 1
        together, and a case selected with `inherited=False` counts every statement once, between those of whom it was said.

    `weight` is empty (each tie counts 1), `weight` (in the unit of the material), `strength`, `confidence` (the probability that it
    stands for) or `statement`.

    Errors as `camps`, and InputError for another weight.
    """
    import networkx as nx

    check_weight(case, weight, signed=True)
    network = case.network(signed=True)
    if not network.number_of_edges():
        only = "there is only one actor" if len(case.actors) == 1 else "no tie between the selected actors carries a sign"
        raise AnalysisError(f"camps: {only}; select other facts, or give ties for and against (in a list: a column sign)")
    end = None if time_limit is None else time.monotonic() + time_limit
    found: list[Any] = []
    stopped = ""
    groups = [sorted(group) for group in nx.weakly_connected_components(network) if len(group) > 1]
    for group in sorted(groups, key=lambda group: (-len(group), group)):
        left = None if end is None else max(0.0, end - time.monotonic())
        part = camps(network.subgraph(group), k, alpha, weight or None, 0.0 if stopped else left, progress=progress)
        stopped = stopped or part.stopped
        found.append(part)
    triangles = sum(part.triangles for part in found)
    balanced = sum(round(part.triangles * part.balanced_triangles) for part in found if part.triangles)
    inherited = [tie for tie in case.ties if tie.sign and tie.inherited]
    parts = tuple(_part(part) for part in found)
    return CampSplit(
        k=k,
        alpha=alpha,
        weight=weight,
        parts=parts,
        frustration=sum(part.frustration for part in parts),
        criterion=sum(part.criterion for part in parts),
        bound=sum(part.bound for part in parts),
        contradicting=tuple(sorted((case.tie(name[2]) for part in found for name in part.frustrated), key=lambda t: t.id)),
        alone=tuple(sorted(nx.isolates(network))),
        ties=network.number_of_edges(),
        inherited=len(inherited),
        statements=len({tie.statement for tie in inherited}),
        triangles=triangles,
        balanced=balanced / triangles if triangles else None,
        stopped=stopped,
    )


def _part(found: Any) -> PartSplit:
    return PartSplit(
        camps=tuple(tuple(sorted(camp)) for camp in found.camps),
        frustration=found.frustration,
        criterion=found.criterion,
        bound=found.bound,
        proven=found.proven,
        optimal_splits=found.optimal_splits,
        complete=found.splits_complete,
        changing=tuple(sorted(found.changing)),
        changing_complete=found.changing_complete,
    )
