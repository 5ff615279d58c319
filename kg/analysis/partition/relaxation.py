"""A linear programme that grows row by row, and a lower bound that does not rest on the solver's word.

The solver is HiGHS (docs/decisions/0005-solver.md). Its dual values are used only as multipliers: for any multipliers >= 0,

    multipliers . right-hand sides + sum over variables of the cheapest value of (cost - multipliers . rows) x variable

is a lower bound of the programme (weak duality), so a solver that stops early, or errs, weakens the bound but never fakes it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from kg.analysis.partition.clock import Clock
from kg.analysis.partition.cuts import Cut

__all__ = ["QuietSolver", "Relaxation"]

Floats = NDArray[np.float64]
LARGE = 1500  # rows from which the interior-point method beats the simplex method here, and from which Ctrl-C needs a thread
SIMPLEX, INTERIOR = 16, 4  # rows that a step of the one gets through in a unit of work, units of work per row of the other


class QuietSolver(highspy.Highs):
    """HiGHS without its banner, which it writes to standard output when it is created."""

    def __init__(self) -> None:
        highspy.highs._Highs.__init__(self)  # type: ignore[attr-defined]  # the class below, which says nothing
        self.setOptionValue("output_flag", False)
        super().__init__()
        self.setOptionValue("output_flag", False)


class Relaxation:
    """Minimise costs . x over 0 <= x <= 1, the rows `equal` (each meets its right-hand side exactly) and the cuts added so far.

    After `solve`: `x`, `bound` (certified), `reduced` (how much the bound rises per unit that a variable is moved away from its
    cheaper end: certified as well).
    """

    def __init__(self, costs: Iterable[int], clock: Clock, equal: Sequence[Cut] = ()) -> None:
        self.costs: Floats = np.array(list(costs), dtype=np.float64)
        self.clock = clock
        size = len(self.costs)
        self.low = np.zeros(size)
        self.high = np.ones(size)
        self.x = np.zeros(size)
        self.reduced = self.costs.copy()
        self.bound = 0.0
        self.cuts: list[Cut] = []
        self._known: set[Cut] = set()
        self._idle: list[int] = []
        self._solver = QuietSolver()
        for option, value in (("threads", 1), ("presolve", "off"), ("run_crossover", "off")):
            self._solver.setOptionValue(option, value)
        self._solver.HandleUserInterrupt = True
        self._solver.addVars(size, self.low, self.high)
        self._solver.changeColsCost(size, np.arange(size, dtype=np.int32), self.costs)
        self._equal = len(equal)
        self._insert(list(equal), [float(cut.least) for cut in equal])

    def add(self, cuts: Iterable[Cut]) -> int:
        """Add the cuts that are new; how many."""
        new = [cut for cut in dict.fromkeys(cuts) if cut not in self._known and cut.at]
        self._insert(new, [highspy.kHighsInf] * len(new))
        return len(new)

    def _insert(self, rows: list[Cut], most: list[float]) -> None:
        """Hand rows to the solver, each with the most its sum may be."""
        if not rows:
            return
        self._known.update(rows)
        self.cuts += rows
        self._idle += [0] * len(rows)
        lengths = np.array([len(cut.at) for cut in rows])
        starts = np.concatenate(([0], lengths.cumsum()[:-1])).astype(np.int32)
        at = np.concatenate([cut.at for cut in rows]).astype(np.int32)
        signs = np.concatenate([cut.signs for cut in rows]).astype(np.float64)
        least = np.array([cut.least for cut in rows], dtype=np.float64)
        self._solver.addRows(len(rows), least, np.array(most), len(at), starts, at, signs)

    def limit(self, low: Floats, high: Floats) -> None:
        """Narrow (or widen) the range of the variables."""
        changed = np.flatnonzero((low != self.low) | (high != self.high)).astype(np.int32)
        if len(changed):
            self._solver.changeColsBounds(len(changed), changed, low[changed], high[changed])
            self.low, self.high = low.copy(), high.copy()

    def narrowed(self) -> bool:
        """True while the range of a variable is limited."""
        return bool(self.low.any() or not self.high.all())

    def solve(self, interior: bool | None = None, enough: float = float("inf")) -> bool:
        """True when solved or stopped early with a usable bound, False when no x satisfies the cuts.

        `interior` chooses the method; by default the interior-point method for large programmes. The simplex method stops at a bound
        that is `enough`.
        """
        large = len(self.cuts) > LARGE
        self._solver.setOptionValue("solver", "ipm" if (large if interior is None else interior) else "simplex")
        self._solver.setOptionValue("objective_bound", enough)
        remaining = self.clock.remaining()
        if remaining < float("inf"):
            self._solver.setOptionValue("time_limit", self._solver.getRunTime() + remaining)
        simplex, inner = 1 + len(self.cuts) // SIMPLEX, INTERIOR * (1 + len(self.cuts))
        if self.clock.work < float("inf"):
            for option, step in (("simplex_iteration_limit", simplex), ("ipm_iteration_limit", inner)):
                self._solver.setOptionValue(option, max(1, int(self.clock.work) // step))
        self._run(large)
        done = self._solver.getInfo()
        self.clock.spend(max(0, done.simplex_iteration_count) * simplex + max(0, done.ipm_iteration_count) * inner)
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return False
        solution = self._solver.getSolution()
        if len(solution.col_value) == len(self.x):
            self.x = np.clip(np.array(solution.col_value), self.low, self.high)
        self._certify(np.array(solution.row_dual, dtype=np.float64))
        return True

    def _run(self, large: bool) -> None:
        """Run the solver; a long run in a thread, so that Ctrl-C is heard."""
        if not large:
            self._solver.run()
            return
        worker = threading.Thread(target=self._solver.run, daemon=True)
        worker.start()
        while worker.is_alive():
            worker.join(0.05)
            if self.clock.over():
                self._solver.cancelSolve()

    def _certify(self, duals: Floats) -> None:
        """Set `bound` and `reduced` from the row duals."""
        reduced = self.costs.copy()
        bound = 0.0
        if len(duals) == len(self.cuts) and len(duals):
            multipliers = np.maximum(duals, 0.0)
            multipliers[: self._equal] = duals[: self._equal]
            lengths = [len(cut.at) for cut in self.cuts]
            at = np.concatenate([cut.at for cut in self.cuts])
            signs = np.concatenate([cut.signs for cut in self.cuts])
            least = np.array([cut.least for cut in self.cuts], dtype=np.float64)
            reduced -= np.bincount(at, weights=signs * np.repeat(multipliers, lengths), minlength=len(reduced))
            bound = float(multipliers @ least)
            self._idle = [
                0 if multiplier > 1e-9 else idle + 1 for multiplier, idle in zip(multipliers, self._idle, strict=True)
            ]
        self.reduced = reduced
        self.bound = bound + float(np.minimum(reduced * self.low, reduced * self.high).sum())

    def purge(self, rounds: int) -> None:
        """Forget the cuts that have carried no weight for so many rounds."""
        gone = [i for i, idle in enumerate(self._idle) if idle >= rounds and i >= self._equal]
        if len(gone) < 50:
            return
        self._solver.deleteRows(len(gone), np.array(gone, dtype=np.int32))
        dropped = set(gone)
        self._known.difference_update(self.cuts[i] for i in gone)
        self.cuts = [cut for i, cut in enumerate(self.cuts) if i not in dropped]
        self._idle = [idle for i, idle in enumerate(self._idle) if i not in dropped]
