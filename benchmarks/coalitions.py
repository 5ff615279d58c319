"""Coalitions without inner conflict: `kg.analysis.coalitions` against plain models in HiGHS and, where installed, in OR-tools CP-SAT.

The plain model finds one thing, the cheapest winning coalition: a variable per candidate, the quota as one row, a row per tension.
Ours answers everything in the same run: the 100 cheapest minimal coalitions, who is in all of them and who in none, the price of
every tension. So its time stands beside the rivals', not against them; it is processor time, whatever else the machine does.
Limit: all proven answers agree, and with up to 7 tensions per candidate, or with half of all pairs in tension, everything is proven
within 30 seconds of it. In between, what is proven within the time limit is told: the list, the roles and,
but for the hardest (some 20 tensions each), the strongest coalition; the prices take about as long again.

    python -m benchmarks.coalitions [SECONDS]
"""

from __future__ import annotations

import importlib.util
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.report import write_table
from kg.analysis import coalitions

PATIENCE = 60.0
WITHIN = 30.0
FEW = 7
MANY = 100
LISTED = 100

Solved = tuple[float, str]  # least power of a winning coalition, "proven" or what of it is
PROVEN = "proven"
NOT = "not proven"


@dataclass(frozen=True)
class Instance:
    """Candidates with power from 1 to 100, tensions per candidate, and the share of all power that wins."""

    candidates: int
    tensions: float
    quota: float
    seed: int = 0

    @property
    def name(self) -> str:
        """Size and kind."""
        return f"{self.candidates} candidates, {self.tensions:g} tensions each, quota {self.quota:.0%}"

    def build(self) -> tuple[dict[int, int], list[tuple[int, int]], int]:
        """Power, tensions and quota."""
        chance = random.Random(self.seed)  # noqa: S311  # an instance, not a secret
        power = {v: chance.randint(1, 100) for v in range(self.candidates)}
        wanted = int(self.candidates * self.tensions / 2)
        pairs: set[tuple[int, int]] = set()
        while len(pairs) < wanted:
            a, b = sorted(chance.sample(range(self.candidates), 2))
            pairs.add((a, b))
        return power, sorted(pairs), int(self.quota * sum(power.values())) + 1


INSTANCES = [
    Instance(50, 4, 0.4),
    Instance(200, 1, 0.5),
    Instance(200, 3, 0.3),
    Instance(200, 5, 0.2),
    Instance(200, 5, 0.5),
    Instance(200, 7, 0.15),
    Instance(200, 12, 0.1),
    Instance(200, 20, 0.1),
    Instance(200, 40, 0.08),
    Instance(200, 100, 0.05),
]

Given = tuple[dict[int, int], list[tuple[int, int]], int]


def ours(given: Given, limit: float) -> Solved:
    """`kg.analysis.coalitions`, with everything that it answers."""
    power, tensions, quota = given
    found = coalitions(power, tensions, quota, cap=LISTED, time_limit=limit)
    least = sum(power[v] for v in found.cheapest) if found.cheapest is not None else float("nan")
    parts = ", ".join(part for part, sure in found.proven_parts.items() if sure)
    return least, PROVEN if found.proven else f"proven: {parts or 'nothing'}"


def plain_highs(given: Given, limit: float) -> Solved:
    """The cheapest coalition alone, the plain model in HiGHS."""
    import highspy

    from kg.analysis.partition.relaxation import QuietSolver

    power, tensions, quota = given
    solver: Any = QuietSolver()
    solver.setOptionValue("time_limit", limit)
    solver.setOptionValue("mip_abs_gap", 0.9)
    count = len(power)
    weights = np.array([float(power[v]) for v in range(count)])
    everybody = np.arange(count, dtype=np.int32)
    solver.addVars(count, np.zeros(count), np.ones(count))
    solver.changeColsCost(count, everybody, weights)
    solver.changeColsIntegrality(count, everybody, np.full(count, highspy.HighsVarType.kInteger))
    solver.addRow(float(quota), highspy.kHighsInf, count, everybody, weights)
    for a, b in tensions:
        solver.addRow(-highspy.kHighsInf, 1.0, 2, np.array([a, b], dtype=np.int32), np.ones(2))
    solver.run()
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return solver.getInfo().objective_function_value, PROVEN if proven else NOT


def plain_cp_sat(given: Given, limit: float) -> Solved:
    """The cheapest coalition alone, the plain model in CP-SAT, on two workers."""
    from ortools.sat.python import cp_model

    power, tensions, quota = given
    model = cp_model.CpModel()
    member = [model.NewBoolVar("") for _ in power]
    total = sum(power[v] * member[v] for v in power)
    model.Add(total >= quota)
    for a, b in tensions:
        model.AddBoolOr([member[a].Not(), member[b].Not()])
    model.Minimize(total)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = 2
    status = solver.Solve(model)
    return solver.ObjectiveValue(), PROVEN if status == cp_model.OPTIMAL else NOT


def main(arguments: list[str]) -> int:
    """Prints the times; 1 where a limit is not kept."""
    limit = float(arguments[0]) if arguments else PATIENCE
    rivals: dict[str, Callable[[Given, float], Solved]] = {"HiGHS, cheapest only": plain_highs}
    if importlib.util.find_spec("ortools"):
        rivals["CP-SAT, cheapest only"] = plain_cp_sat
    rows = []
    kept = True
    for instance in INSTANCES:
        given = instance.build()
        proven = set()
        for name, solve in {"kg, everything": ours, **rivals}.items():
            begin = time.process_time()
            least, said = solve(given, limit)
            seconds = time.process_time() - begin
            sure = said == PROVEN
            rows.append([instance.name, name, f"{least:.0f}", said, f"{seconds:.2f}"])
            if sure:
                proven.add(round(least))
            if solve is ours and (instance.tensions <= FEW or instance.tensions >= MANY):
                kept &= sure and seconds <= WITHIN
        if len(proven) > 1:
            sys.stderr.write(f"{instance.name}: two proven answers differ\n")
            kept = False
    write_table(["candidates", "solver", "least power that wins", "", "CPU seconds"], rows)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
