"""The communities of a case: who deals mostly with whom, in a dense network after leaving out what is rare or unremarkable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from kg.analysis.cases.model import Case
from kg.analysis.cases.splits import check_weight
from kg.analysis.groups import Communities, backbone, communities, frequent
from kg.errors import AnalysisError, InputError

__all__ = ["Circles", "group_case"]


@dataclass(frozen=True, slots=True)
class Circles:
    """The communities of a case.

    found      as `kg.analysis.communities` gives them, actors without a tie left out
    alone      ids of the actors without a tie left
    pairs      pairs of actors that have ties, and `kept` of them after the filters
    """

    found: Communities
    alone: tuple[str, ...]
    pairs: int
    kept: int


def group_case(
    case: Case,
    *,
    weight: str = "",
    resolution: float = 1.0,
    runs: int = 20,
    seed: int = 0,
    at_least: float | None = None,
    alpha: float | None = None,
    time_limit: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Circles:
    """The communities of a case by Louvain over several seeds, with their stability.

    `at_least` first leaves out pairs whose ties, or their weights added up, are fewer; `alpha` then keeps the backbone of what is
    left (see `kg.analysis.frequent`, `backbone`). Ties against are left out, belonging to a category is no tie.

    Errors: InputError for options out of range, AnalysisError where no tie is left.
    """
    import networkx as nx

    check_weight(case, weight)
    if at_least is not None and not 0 < at_least < inf:
        raise InputError(f"--min-frequency {at_least:g}: give a number above 0")
    if alpha is not None and not 0 < alpha <= 1:
        raise InputError(f"--backbone {alpha:g}: give a number above 0, up to 1 (1 keeps all)")
    network = case.network()
    pairs = {frozenset((a, b)) for a, b, sign in network.edges(data="sign") if sign != -1 and a != b}
    if not pairs:
        raise AnalysisError("communities: no tie between the selected actors brings anybody together; select other facts")
    left: nx.Graph[str] = network
    kept_weight: str | None = weight or None
    if at_least is not None:
        left, kept_weight = frequent(left, at_least, kept_weight), "weight"
    if alpha is not None:
        left, kept_weight = backbone(left, alpha, kept_weight), "weight"
    kept = {frozenset((a, b)) for a, b, sign in left.edges(data="sign") if sign != -1 and a != b}
    if not kept:
        raise AnalysisError(
            f"communities: none of {len(pairs)} tied pairs passes the filters; lower --min-frequency or raise --backbone"
        )
    tied = left.subgraph(sorted({actor for pair in kept for actor in pair}))
    found = communities(tied, kept_weight, resolution, runs, seed, time_limit=time_limit, progress=progress)
    alone = tuple(sorted(actor.id for actor in case.actors if actor.id not in tied))
    return Circles(found, alone, len(pairs), len(kept))
