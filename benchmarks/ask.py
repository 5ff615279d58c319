"""From the shell to an answer: `kg ask` against bare scripts that ask the same of the same triples, each in a new process.

Limits: at most 1.4 times a script that imports typer and pyoxigraph, reads the built triples and asks; at most half of the
same with rdflib. Reading is measured both ways, by opening the store that kg keeps and by loading N-Triples.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter

import pyoxigraph as ox

from benchmarks.report import over, write_table
from kg.vocabulary import ALL

RUNS = 15
RUNS_OF_THE_SLOW = 3
PATIENCE = 60.0
"""Seconds after which a run is ended; it counts as having taken that long."""
QUESTION = ["ask", "allies", "--actor", "CONVEAGRO"]
_NATIVE = """
import sys, typer, pyoxigraph as ox
merged = ox.NamedNode(sys.argv[2])
{read}
with open(sys.argv[3], encoding="utf-8") as file:
    query = file.read()
for row in store.query(query, default_graph=[merged]):
    print(*("" if term is None else term.value for term in row), sep="\\t")
"""
_OPEN = "store = ox.Store.read_only(sys.argv[1])"
_LOAD = "store = ox.Store(); store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_TRIPLES, to_graph=merged)"
_RDFLIB = """
import sys, typer, rdflib
graph = rdflib.Graph().parse(sys.argv[1], format="nt")
with open(sys.argv[3], encoding="utf-8") as file:
    query = file.read()
for row in graph.query(query):
    print(*("" if term is None else term for term in row), sep="\\t")
"""


@dataclass
class _Rival:
    """One way to the same answer."""

    name: str
    command: list[str]
    limit: float | None
    """What `kg ask` may take, as a multiple of it."""
    runs: int = RUNS
    seconds: list[float] = field(default_factory=list)

    def run(self, env: dict[str, str]) -> float:
        start = perf_counter()
        try:
            subprocess.run(self.command, env=env, check=True, capture_output=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return PATIENCE
        return perf_counter() - start


def _rivals(folder: Path, kg: list[str], env: dict[str, str]) -> list[_Rival]:
    """The ways, all with the query that kg fills in and the triples that kg keeps."""
    query, triples = folder / "query.rq", folder / "all.nt"
    filled = subprocess.run([*kg, "--sparql"], env=env, check=True, capture_output=True).stdout
    query.write_bytes(filled)
    store = str(next((folder / "cache").glob("*/store")))
    ox.Store.read_only(store).dump(str(triples), format=ox.RdfFormat.N_TRIPLES, from_graph=ALL)

    def bare(code: str, source: str) -> list[str]:
        return [sys.executable, "-c", code, source, ALL.value, str(query)]

    return [
        _Rival("kg ask", kg, None),
        _Rival("bare pyoxigraph, store opened", bare(_NATIVE.format(read=_OPEN), store), 1.4),
        _Rival("bare pyoxigraph, N-Triples loaded", bare(_NATIVE.format(read=_LOAD), str(triples)), 1.4),
        _Rival("bare rdflib, N-Triples loaded", bare(_RDFLIB, str(triples)), 0.5, RUNS_OF_THE_SLOW),
    ]


def main() -> int:
    """Prints the ratios; 1 where one is over its limit."""
    with tempfile.TemporaryDirectory() as name:
        env = {k: v for k, v in os.environ.items() if k not in ("KG_DATA", "KG_LANG", "PYTHONDONTWRITEBYTECODE")}
        env |= {"KG_CACHE": f"{name}/cache", "PYTHONPYCACHEPREFIX": f"{name}/bytecode", "LC_ALL": "C.UTF-8"}
        kg = [sys.executable, "-c", "from kg.cli import main; main()", *QUESTION]
        rivals = _rivals(Path(name), kg, env)
        for rival in rivals[:-1]:
            rival.run(env)  # compiles to bytecode, fills the file cache
        for run in range(RUNS):
            for rival in rivals:
                if run < rival.runs:
                    rival.seconds.append(rival.run(env))
    ours, *others = rivals
    rows = [[ours.name, f"{ours.runs}", f"{median(ours.seconds) * 1000:.0f} ms", "", ""]]
    failed = False
    for rival in others:
        ratio = over(ours.seconds, rival.seconds)
        failed |= rival.limit is not None and ratio > rival.limit
        ended = "over " if median(rival.seconds) == PATIENCE else ""
        told = f"{ended}{median(rival.seconds) * 1000:.0f} ms"
        rows.append([rival.name, f"{rival.runs}", told, f"{ratio:.2f}", f"{rival.limit}"])
    write_table(["way to the answer", "runs", "median", "kg ask is times this", "limit"], rows)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
