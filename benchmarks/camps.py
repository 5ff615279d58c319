"""Splitting networks into camps: `kg.analysis.camps` against a plain model in HiGHS and, where installed, in OR-tools CP-SAT.

The plain model is the usual one: a side per actor (for three camps and more, a place in each), a variable per tie that is 1 when
the split goes against it, rows for each tie that say so.
Each rival gets the same networks, the same time limit and the machine to itself, and all are loaded before. Who does not prove its
split counts with the time limit: the ratio is then a lower bound (">") where that is the rival, an upper bound ("<") where it is us,
and left out where it is both. Limits: on the planted networks of 2,000 actors and more at least 10 times faster; three planted camps
and more are proven.

    python -m benchmarks.camps [SECONDS]
"""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from benchmarks.report import timed, write_table
from kg.analysis import camps

PATIENCE = 60.0
FASTER = 10.0
LARGE = 2000

Solved = tuple[float, float, bool]  # ties gone against, lower bound, proven


@dataclass(frozen=True)
class Instance:
    """A network, and whether it was made from camps with so much noise (None: random ties, so many of them negative)."""

    actors: int
    ties: int
    noise: float | None
    negative: float = 0.5
    seed: int = 0
    camps: int = 2

    @property
    def name(self) -> str:
        """Size and kind."""
        kind = (
            f"{self.camps} camps, {self.noise:.0%} noise"
            if self.noise is not None
            else f"random, {self.negative:.0%} negative"
        )
        return f"{self.actors} actors, {self.ties} ties, {kind}"

    def build(self) -> nx.Graph[int]:
        """The network."""
        chance = random.Random(self.seed)  # noqa: S311  nothing here is secret
        two = self.camps == 2
        side = [int(chance.random() < 0.5) if two else chance.randrange(self.camps) for _ in range(self.actors)]
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(self.actors))
        left = self.ties
        while left:
            a, b = chance.randrange(self.actors), chance.randrange(self.actors)
            if a == b or graph.has_edge(a, b):
                continue
            if self.noise is None:
                sign = -1 if chance.random() < self.negative else 1
            else:
                sign = 1 if (side[a] == side[b]) != (chance.random() < self.noise) else -1
            graph.add_edge(a, b, sign=sign)
            left -= 1
        return graph


INSTANCES = [
    Instance(50, 250, None, 0.4),
    Instance(100, 400, None, 0.4),
    Instance(500, 2000, 0.05),
    Instance(2000, 8000, 0.03),
    Instance(2000, 8000, 0.10),
    Instance(5000, 20000, 0.03),
    Instance(5000, 20000, 0.05),
    Instance(200, 800, 0.04, camps=3),
    Instance(500, 2000, 0.03, camps=3),
    Instance(500, 5000, 0.05, camps=5),
]

SMALL = Instance(60, 180, 0.05)


def ours(graph: nx.Graph[int], limit: float, k: int) -> Solved:
    """`kg.analysis.camps`."""
    found = camps(graph, k=k, time_limit=limit)
    return found.frustration, 2 * found.bound, found.proven


def plain_highs(graph: nx.Graph[int], limit: float, k: int) -> Solved:
    """The plain model in HiGHS."""
    import highspy

    from kg.analysis.partition.relaxation import QuietSolver

    solver: Any = QuietSolver()
    solver.setOptionValue("time_limit", limit)
    solver.setOptionValue("mip_abs_gap", 0.9)
    # with two camps one variable says in which an actor is
    actors, ties = graph.number_of_nodes() * (1 if k == 2 else k), graph.number_of_edges()
    columns = actors + ties
    solver.addVars(columns, np.zeros(columns), np.ones(columns))
    solver.changeColsCost(columns, np.arange(columns, dtype=np.int32), np.array([0.0] * actors + [1.0] * ties))
    solver.changeColsIntegrality(
        columns, np.arange(columns, dtype=np.int32), np.full(columns, highspy.HighsVarType.kInteger)
    )
    for v in range(0 if k == 2 else graph.number_of_nodes()):
        solver.addRow(1.0, 1.0, k, np.arange(v * k, v * k + k, dtype=np.int32), np.ones(k))
    for e, (a, b, sign) in enumerate(graph.edges(data="sign")):
        if k > 2:
            for c in range(k):
                at = np.array([actors + e, a * k + c, b * k + c], dtype=np.int32)
                for turn in (1.0, -1.0) if sign > 0 else ():
                    solver.addRow(0.0, highspy.kHighsInf, 3, at, np.array([1.0, -turn, turn]))
                if sign < 0:
                    solver.addRow(-1.0, highspy.kHighsInf, 3, at, np.array([1.0, -1.0, -1.0]))
            continue
        at = np.array([actors + e, a, b], dtype=np.int32)
        for turn in (1.0, -1.0):
            # against a positive tie: sides differ; against a negative tie: sides agree
            values = np.array([1.0, -turn, turn]) if sign > 0 else np.array([1.0, turn, turn])
            solver.addRow(0.0 if sign > 0 else turn if turn > 0 else -1.0, highspy.kHighsInf, 3, at, values)
    solver.changeColBounds(0, float(k > 2), float(k > 2))
    solver.run()
    info = solver.getInfo()
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    # counts that came out of floating point
    return round(info.objective_function_value, 6), round(info.mip_dual_bound, 6), proven


def plain_cp_sat(graph: nx.Graph[int], limit: float, k: int) -> Solved:
    """The plain model in CP-SAT, on two workers."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    # with two camps one variable says in which an actor is
    side = [[model.NewBoolVar("") for _ in range(1 if k == 2 else k)] for _ in graph]
    for places in side if k > 2 else ():
        model.AddExactlyOne(places)
    against = []
    for a, b, sign in graph.edges(data="sign"):
        gone = model.NewBoolVar("")
        against.append(gone)
        for one, other in zip(side[a], side[b], strict=True):
            if sign > 0:
                model.AddBoolOr([gone, one, other.Not()])
                model.AddBoolOr([gone, one.Not(), other])
            else:
                model.AddBoolOr([gone, one.Not(), other.Not()])
            if sign < 0 and k == 2:
                model.AddBoolOr([gone, one, other])
    model.Add(side[0][0] == int(k > 2))
    model.Minimize(sum(against))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = 2
    status = solver.Solve(model)
    return solver.ObjectiveValue(), solver.BestObjectiveBound(), status == cp_model.OPTIMAL


def ratio(rival: float, rival_proven: bool, kg: float, kg_proven: bool, limit: float) -> str:
    """How many times our seconds a rival takes, as far as that is known."""
    if not (rival_proven or kg_proven):
        return ""
    sign = "" if rival_proven and kg_proven else ">" if kg_proven else "<"
    return f"{sign}{(rival if rival_proven else max(limit, rival)) / (kg if kg_proven else max(limit, kg)):.1f}"


def main(arguments: list[str]) -> int:
    """Prints the times and ratios; 1 where a limit is not kept."""
    limit = float(arguments[0]) if arguments else PATIENCE
    rivals: dict[str, Callable[[nx.Graph[int], float, int], Solved]] = {"HiGHS, plain model": plain_highs}
    if importlib.util.find_spec("ortools"):
        rivals["CP-SAT, plain model"] = plain_cp_sat
    else:
        sys.stderr.write("OR-tools is not installed: no comparison with CP-SAT (pip install ortools)\n")
    rows = []
    kept = True
    for solve in (ours, *rivals.values()):
        solve(SMALL.build(), limit, SMALL.camps)
    for instance in INSTANCES:
        graph = instance.build()
        answers: dict[str, Solved] = {}
        seconds: dict[str, float] = {}
        for name, solve in {"kg": ours, **rivals}.items():
            seconds[name] = timed(
                lambda solve=solve, name=name, graph=graph, answers=answers, k=instance.camps: answers.__setitem__(
                    name, solve(graph, limit, k)
                )
            )
            value, bound, proven = answers[name]
            known = "" if name == "kg" else ratio(seconds[name], proven, seconds["kg"], answers["kg"][2], limit)
            found = f"{value:.0f}" if proven else f"{value:.0f}, at least {bound:.0f}"
            rows.append([instance.name, name, found, "proven" if proven else "not proven", f"{seconds[name]:.2f}", known])
            if name != "kg" and instance.noise is not None and instance.actors >= LARGE:
                kept &= answers["kg"][2] and seconds[name] >= FASTER * seconds["kg"]
            if name == "kg" and instance.camps > 2:
                kept &= answers["kg"][2]
        best = {value for value, _, proven in answers.values() if proven}
        if len(best) > 1:
            sys.stderr.write(f"{instance.name}: two proven answers differ\n")
            kept = False
    write_table(["network", "solver", "ties gone against", "", "seconds", "times ours"], rows)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
