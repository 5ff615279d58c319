"""MACTOR: what actors' influence on each other and their positions say about who converges with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Rational
from typing import Any

from kg.analysis.given import number_of, plain, table_of
from kg.analysis.signed import in_order
from kg.errors import AnalysisError, InputError

__all__ = ["Mactor", "mactor"]

Table = Mapping[Any, Mapping[Any, float]]
Given = Mapping[Any, Mapping[Any, float]] | Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Mactor:
    """The matrices of MACTOR; `table[i][j]` reads "i on j" or "i and j", keys are the actors (numbers, for matrices).

    midi                   direct and indirect influence
    mmidi                  the strongest influence, direct or through one other
    influence, dependence  row and column sums of midi
    strength               relative strength R*, mean 1
    mobilisation           sum of the weighted positions of each actor (3MAO)
    convergence            {1: by sign, 2: by position, 3: by position x strength} of each pair, 0 with oneself
    divergence             the same for opposite positions
    ambivalence            {1, 2, 3} of each actor: 0 all with or all against everybody, 1 as much with as against each
    degree_of_convergence  {1, 2, 3}: convergence in per cent of convergence and divergence; None when there is neither
    notes                  what a reader should know
    """

    midi: Table
    mmidi: Table
    influence: Mapping[Any, float]
    dependence: Mapping[Any, float]
    strength: Mapping[Any, float]
    mobilisation: Mapping[Any, float]
    convergence: Mapping[int, Table]
    divergence: Mapping[int, Table]
    ambivalence: Mapping[int, Mapping[Any, float]]
    degree_of_convergence: Mapping[int, float | None]
    notes: tuple[str, ...] = ()


def mactor(positions: Given, influence: Given, diagonal: bool = False) -> Mactor:
    """Convergence and divergence of actors over objectives, plain, valued, and weighted by relative strength.

    Idea
        Actors push each other, directly and through others; that gives each a relative strength. Positions on objectives give each
        pair what it shares and what divides it. Weighted by strength, this says which potential alliances carry weight.

    Formula
        `positions[i][o]` from -4 (against) to 4 (for); `influence[i][j]` from 0 (none) to 4 (existence), 0 on the diagonal.
        MIDI_ij = MID_ij + sum_k min(MID_ik, MID_kj), diagonal kept; MMIDI_ij = max(MID_ij, max_k min(MID_ik, MID_kj)).
        I_i, D_i: row and column sums of MIDI, without the diagonal unless `diagonal` is True.
        r_i = (I_i - MIDI_ii) / sum I x I_i / (I_i + D_i);  R*_i = n r_i / sum r.
        Convergence of i and j: half the sum of |p_i| + |p_j| over the objectives where p_i p_j > 0; divergence where it is < 0; p is
        the sign of the position (1), the position (2), R* x position (3).
        Ambivalence_i = 1 - sum_j |convergence_ij - divergence_ij| / sum_j (convergence_ij + divergence_ij).
        Degree of convergence = 100 x all convergence / (all convergence + all divergence).

    Forms
        Both are mappings of rows, matrices (lists, numpy), or pandas DataFrames with an actor per row; influence may be a networkx
        graph with `weight`.

    Edge cases
        Missing entries of mappings are 0. Whether I counts the diagonal changes R*: the default leaves it out. Nobody influences
        anybody: R* is 1 for all, and a note says so. An actor that shares no objective with anybody has ambivalence 0.

    How to read it
        Compare convergence and divergence of the same order; a pair high in both is divided within itself and the objective decides.
        How not to: orders 2 and 3 look exact but rest on coded scales; vary them before relying on a rank.

    Source
        Godet 1991, Futures 23:605-622; Godet 1994, From Anticipation to Action (Unesco).

    >>> found = mactor({"A": {"x": 2, "y": 1}, "B": {"x": 3}, "C": {"x": -1, "y": 1}},
    ...                {"A": {"B": 2}, "B": {"C": 3}, "C": {"A": 1}})
    >>> found.convergence[2]["A"]["B"], found.divergence[1]["B"]["C"], found.midi["A"]["C"]
    (2.5, 1.0, 2)
    """
    push = _table(influence, "influence", 0, 4)
    wants = _table(positions, "positions", -4, 4)
    actors = in_order({*push, *wants, *(j for row in push.values() for j in row)})
    if not actors:
        raise AnalysisError("mactor: there is no actor; give positions and influence")
    if not isinstance(positions, Mapping) and not isinstance(influence, Mapping) and push and len(push) != len(wants):
        raise InputError(
            f"mactor: influence has {len(push)} rows, positions {len(wants)}; give both the same actors in the same order"
        )
    unknown = [name for name in actors if name not in wants]
    if unknown:
        raise InputError(f"mactor: {unknown[0]!r} has influence but no row of positions; give it one (an empty one will do)")
    mid = {i: {j: push.get(i, {}).get(j, 0) for j in actors} for i in actors}
    for i in actors:
        if mid[i][i]:
            raise InputError(f"mactor: {i!r} influences itself ({mid[i][i]!r}); the diagonal is 0, write that or nothing")
    pushed = {i: [k for k in actors if mid[i][k]] for i in actors}
    through = {i: {j: [min(mid[i][k], mid[k][j]) for k in pushed[i]] for j in actors} for i in actors}
    midi = {i: {j: mid[i][j] + sum(through[i][j]) for j in actors} for i in actors}
    mmidi = {i: {j: max([mid[i][j], *through[i][j]]) for j in actors} for i in actors}
    own = {i: 0 if diagonal else midi[i][i] for i in actors}
    rows = {i: sum(midi[i].values()) - own[i] for i in actors}
    columns = {i: sum(midi[j][i] for j in actors) - own[i] for i in actors}
    strength, notes = _strength(midi, rows, columns)

    objectives = in_order({o for row in wants.values() for o in row})
    valued = {i: {o: float(wants[i].get(o, 0)) for o in objectives} for i in actors}
    orders = {
        1: {i: {o: float((p > 0) - (p < 0)) for o, p in row.items()} for i, row in valued.items()},
        2: valued,
        3: {i: {o: strength[i] * p for o, p in row.items()} for i, row in valued.items()},
    }
    convergence = {order: _shared(table, 1) for order, table in orders.items()}
    divergence = {order: _shared(table, -1) for order, table in orders.items()}
    return Mactor(
        midi=midi,
        mmidi=mmidi,
        influence=rows,
        dependence=columns,
        strength=strength,
        mobilisation={i: sum(map(abs, row.values())) for i, row in orders[3].items()},
        convergence=convergence,
        divergence=divergence,
        ambivalence={order: _ambivalence(convergence[order], divergence[order]) for order in orders},
        degree_of_convergence={order: _degree(convergence[order], divergence[order]) for order in orders},
        notes=notes,
    )


def _table(given: Given, what: str, low: float, high: float) -> dict[Any, dict[Any, float]]:
    """Rows by key, every value a number in its range."""
    table = table_of(given, f"mactor: {what}")
    for i, row in table.items():
        for j, value in row.items():
            number = number_of(value)
            if number is None or not low <= number <= high:
                raise InputError(f"mactor: {what} of {i!r} on {j!r} is {plain(value)!r}; give a number from {low} to {high}")
    return {i: {j: _plain(value) for j, value in row.items()} for i, row in table.items()}


def _plain(value: Any) -> Any:
    """The number as Python's own, which prints as it is written; those of arrays do not."""
    if isinstance(value, Integral):
        return int(value)
    return value if isinstance(value, Rational) else float(value)


def _strength(
    midi: Table, rows: Mapping[Any, float], columns: Mapping[Any, float]
) -> tuple[dict[Any, float], tuple[str, ...]]:
    """(R* of each actor, notes)."""
    total = sum(rows.values())
    raw = {i: (rows[i] - midi[i][i]) / total * rows[i] / (rows[i] + columns[i]) if rows[i] else 0.0 for i in rows}
    whole = sum(raw.values())
    if whole <= 0:
        return dict.fromkeys(rows, 1.0), ("no relative strength follows from the influence given: all count the same",)
    return {i: len(raw) * value / whole for i, value in raw.items()}, ()


def _shared(table: Mapping[Any, Mapping[Any, float]], sign: int) -> dict[Any, dict[Any, float]]:
    """For each pair half the sum of both positions' size over the objectives where their product has that sign."""
    held = {i: {o: p for o, p in row.items() if p} for i, row in table.items()}
    return {
        i: {
            j: 0.0
            if i == j
            else sum((abs(p) + abs(other[o])) / 2 for o, p in row.items() if o in other and sign * p * other[o] > 0)
            for j, other in held.items()
        }
        for i, row in held.items()
    }


def _ambivalence(convergence: Table, divergence: Table) -> dict[Any, float]:
    """1 - sum |convergence - divergence| / sum (convergence + divergence), per actor."""
    found = {}
    for i, row in convergence.items():
        whole = sum(row[j] + divergence[i][j] for j in row)
        found[i] = 1.0 - sum(abs(row[j] - divergence[i][j]) for j in row) / whole if whole else 0.0
    return found


def _degree(convergence: Table, divergence: Table) -> float | None:
    """Convergence in per cent of convergence and divergence, None when there is neither."""
    together = sum(sum(row.values()) for row in convergence.values())
    apart = sum(sum(row.values()) for row in divergence.values())
    return 100.0 * together / (together + apart) if together + apart else None
