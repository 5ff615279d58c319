"""Linear and integer programmes over sets of candidates without conflict, solved by HiGHS (docs/decisions/0005-solver.md)."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
from numpy.typing import NDArray

from kg.analysis.blocs.candidates import Candidates, bits
from kg.analysis.partition.clock import Clock
from kg.analysis.partition.relaxation import QuietSolver

__all__ = ["Programme"]

Floats = NDArray[np.float64]
NODES = 20_000  # branches of one integer programme: what a machine does in some seconds, counted so that results repeat


class Programme:
    """Which sets of open candidates without conflict have a power and a number of members in given ranges.

    One column per candidate (0..1), one row per clique of tensions, one for the power, one for the number of members.
    """

    def __init__(self, candidates: Candidates, clock: Clock, *, whole: bool) -> None:
        self.candidates = candidates
        self.clock = clock
        self.whole = whole
        size = candidates.size
        solver = self.solver = QuietSolver()
        solver.setOptionValue("threads", 1)
        if whole:
            solver.setOptionValue("mip_rel_gap", 0.0)
            solver.setOptionValue("mip_abs_gap", 0.9)
            solver.setOptionValue("mip_max_nodes", NODES)
            solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
        else:
            solver.setOptionValue("presolve", "off")
        self.everybody = np.arange(size, dtype=np.int32)
        solver.addVars(size, np.zeros(size), np.array([float(candidates.open >> v & 1) for v in range(size)]))
        if whole:
            solver.changeColsIntegrality(size, self.everybody, np.full(size, highspy.HighsVarType.kInteger))
        for clique in candidates.cliques:
            solver.addRow(-highspy.kHighsInf, 1.0, len(clique), np.array(clique, dtype=np.int32), np.ones(len(clique)))
        self._limits = [1.0] * len(candidates.cliques) + [0.0, 0.0]
        self.power_row = len(candidates.cliques)
        self.scale = max(candidates.power, default=1) or 1
        power = np.array(candidates.power, dtype=np.float64)
        solver.addRow(-highspy.kHighsInf, highspy.kHighsInf, size, self.everybody, power)
        solver.addRow(-highspy.kHighsInf, highspy.kHighsInf, size, self.everybody, np.ones(size))
        self.inside = self.outside = 0

    def add(self, members: Sequence[int], most: int) -> None:
        """At most so many of some candidates sit together: one more row."""
        self._limits.append(float(most))
        self.solver.addRow(
            -highspy.kHighsInf, float(most), len(members), np.array(members, dtype=np.int32), np.ones(len(members))
        )

    def fix(self, inside: int, outside: int) -> None:
        """Force some candidates in and some out; everybody else is free again."""
        changed = sorted(bits((self.inside ^ inside) | (self.outside ^ outside)))
        if changed:
            low = np.array([float(inside >> v & 1) for v in changed])
            usable = self.candidates.open & ~outside
            high = np.array([float((usable | inside) >> v & 1) for v in changed])
            self.solver.changeColsBounds(len(changed), np.array(changed, dtype=np.int32), low, high)
            self.inside, self.outside = inside, outside

    def require(self, power: tuple[int, int] | None = None, members: tuple[int, int] | None = None) -> None:
        """Set the ranges of the power and of the number of members."""
        for row, limits in ((self.power_row, power), (self.power_row + 1, members)):
            low, high = (-highspy.kHighsInf, highspy.kHighsInf) if limits is None else map(float, limits)
            self.solver.changeRowBounds(row, low, high)

    def minimise(self, costs: Floats, at_most: float = highspy.kHighsInf) -> Floats | None:
        """The cheapest x in the ranges, None when there is none; StopSearch when the clock says so or the work is too much.

        A linear programme stops as soon as every x costs more than `at_most`: None then, too.
        """
        self.solver.changeColsCost(len(costs), self.everybody, costs)
        self.solver.setOptionValue("objective_bound", at_most)
        remaining = self.clock.remaining()
        if remaining < float("inf"):
            self.solver.setOptionValue("time_limit", self.solver.getRunTime() + remaining)
        self.solver.run()
        self.clock.check()
        status = self.solver.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kObjectiveBound):
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise Unsolved
        return np.array(self.solver.getSolution().col_value)

    def least(self) -> float:
        """What every x without ranges costs at least, as the prices of the last linear programme prove, however x was rounded."""
        solution = self.solver.getSolution()
        of_candidates = np.minimum(0.0, solution.col_dual)
        usable = sum(float(of_candidates[v]) for v in bits(self.candidates.open & ~self.outside))
        return usable + float(np.minimum(0.0, solution.row_dual) @ np.array(self._limits))

    def prices(self) -> Floats:
        """By how much the optimum of the last linear programme rises at least when a candidate is taken (> 0) or left (< 0)."""
        return np.array(self.solver.getSolution().col_dual)


class Unsolved(ArithmeticError):  # noqa: N818 - the work allowed is done, nothing is wrong
    """The programme was too hard for the work allowed, or its numbers too large for it."""
