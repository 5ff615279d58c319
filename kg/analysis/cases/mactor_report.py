"""MACTOR, told: which pairs converge, which diverge, and with how much weight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from kg.analysis.cases.report import Measured, Report, Table, Value
from kg.analysis.cases.wording import Sentences, listed
from kg.analysis.convergence import Mactor

__all__ = ["report_mactor"]

_ORDERS = (1, 2, 3)
_BRIEF = ("actor", "influence", "dependence", "relative-strength", "mobilisation", "ambivalence_3")
_SHOWN = 20
_NAMED = 3


def report_mactor(found: Mactor, name: Callable[[str], str], lang: str, facts: str = "") -> Report:
    """The report of `kg mactor`: tables `pairs` and `actors`. `name` gives the label of an actor by its key."""
    say = Sentences("mactor", lang)
    actors = list(found.strength)
    pairs = sorted(
        combinations(actors, 2),
        key=lambda p: (-found.convergence[3][p[0]][p[1]], found.divergence[3][p[0]][p[1]], str(p[0]), str(p[1])),
    )
    shared = [p for p in pairs if any(m[o][p[0]][p[1]] for m in (found.convergence, found.divergence) for o in _ORDERS)]
    pair_rows: list[tuple[Value, ...]] = [
        (
            name(a),
            name(b),
            *(round(found.convergence[o][a][b], 9) for o in _ORDERS),
            *(round(found.divergence[o][a][b], 9) for o in _ORDERS),
        )
        for a, b in shared
    ]
    actor_rows: list[tuple[Value, ...]] = [
        (
            name(a),
            str(a),
            found.influence[a],
            found.dependence[a],
            round(found.strength[a], 9),
            round(found.mobilisation[a], 9),
            *(round(found.ambivalence[o][a], 9) for o in _ORDERS),
        )
        for a in actors
    ]
    pair_columns = ("actor", "other", *(f"convergence_{o}" for o in _ORDERS), *(f"divergence_{o}" for o in _ORDERS))
    actor_columns = (
        "actor", "id", "influence", "dependence", "relative-strength", "mobilisation", *(f"ambivalence_{o}" for o in _ORDERS),
    )  # fmt: skip
    return Report(
        "mactor",
        tuple(_sentences(found, shared, name, say)),
        (
            Table.of(say, "pairs", pair_columns, pair_rows, first=_SHOWN, main=True),
            Table.of(say, "actors", actor_columns, actor_rows, first=_SHOWN, brief=_BRIEF),
        ),
        (say("orders"), *((say("equal"),) if found.notes else ()), say("scales")),
        facts,
        {"degree_of_convergence": {str(o): found.degree_of_convergence[o] for o in _ORDERS}},
        tuple(
            Measured(str(a), measure, value)
            for a in actors
            for measure, value in (
                ("influence", found.influence[a]),
                ("dependence", found.dependence[a]),
                ("relative-strength", round(found.strength[a], 9)),
            )
        ),
    )


def _sentences(found: Mactor, shared: list[tuple[str, str]], name: Callable[[str], str], say: Sentences) -> Iterator[str]:
    for matrix, key in ((found.convergence[3], "closest"), (found.divergence[3], "furthest")):
        largest = max((matrix[a][b] for a, b in shared), default=0.0)
        best = [f"{name(a)} – {name(b)}" for a, b in shared if largest and matrix[a][b] >= largest - 1e-9]
        if best:
            yield say(key, n=len(best), pairs=listed(best, say.lang, _NAMED), value=say.number(largest))
    degree = found.degree_of_convergence[3]
    if degree is None:
        yield say("no-strength" if shared else "no-shared")
    else:
        yield say("degree", share=say.number(degree, 1))
