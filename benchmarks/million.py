"""A million generated triples: loading against pyoxigraph's own bulk load, questions against the query that they fill in.

Limits: loading, and every question that takes an actor (here one with thousands of relations), at most 1.3 times the rival.
The rules are reported apart; `kg build` stores what they give.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, cast

import pyoxigraph as ox

from benchmarks.generate import HUBS, generate
from benchmarks.report import over, timed, write_table
from kg.graph import Graph
from kg.opening import open_graph
from kg.questions.head import Question, question_paths, read_question
from kg.questions.runner import ask, bind
from kg.store.embedded import EmbeddedStore
from kg.vocabulary import ALL

LIMIT = 1.3
LOADS, ASKS, ASKS_OF_THE_QUICK = 3, 5, 25
_QUICK, _SLOW = 0.1, 5.0
"""Seconds: below the first a question is asked more often, above the second only once, for the median."""
PATIENCE = 120.0
"""Seconds after which a question is given up: the engine cannot be stopped, so each is asked in its own process."""
_GIVEN = {"actor": HUBS[0], "other": HUBS[1], "thing": HUBS[0], "issue": "i0", "from": "2000", "to": "2010"}


def _bulk(path: Path) -> None:
    ox.Store().bulk_load(path=str(path), format=ox.RdfFormat.N_TRIPLES, to_graph=ALL)


def _ours(path: Path) -> None:
    graph = Graph(EmbeddedStore(), [path.name])
    graph.add_ontology()
    graph.add_rdf(path)


def _load(path: Path) -> tuple[Graph, bool]:
    ours, rival = [], []
    for _ in range(LOADS):
        rival.append(timed(lambda: _bulk(path)))
        ours.append(timed(lambda: _ours(path)))
    ratio = over(ours, rival)
    graph = open_graph(path)
    rows = [
        ["pyoxigraph's bulk load", f"{median(rival):.2f} s", "", ""],
        ["kg: load, with the ontology", f"{median(ours):.2f} s", f"{ratio:.2f}", f"{LIMIT}"],
        ["kg: rules, apart", f"{graph.seconds['rules']:.2f} s", "", ""],
    ]
    write_table([f"median of {LOADS}", "time", "ratio", "limit"], rows)
    return graph, ratio <= LIMIT


def _measure(graph: Graph, question: Question, sender: Connection) -> None:
    """Sends rows and times of one question."""
    given: dict[str, Any] = {p.name: _GIVEN[p.name] for p in question.parameters if p.required or p.name == "actor"}
    filled = question.fill(bind(graph, question, given))

    def raw() -> int:
        return len(list(cast(ox.QuerySolutions, graph.store.native.query(filled, default_graph=[ALL]))))

    start = perf_counter()
    rows = raw()
    first = perf_counter() - start
    ours, rival = [], []
    for _ in range(ASKS_OF_THE_QUICK if first < _QUICK else ASKS if first < _SLOW else 1):
        rival.append(timed(raw))
        ours.append(timed(lambda: ask(graph, question, **given)))
    sender.send((rows, rival, ours))


def _question(graph: Graph, question: Question) -> tuple[list[str], bool]:
    """The row of a question, and whether it keeps its limit."""
    context = multiprocessing.get_context("fork")  # the graph is in memory: a copy of the process has it too
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(graph, question, sender), daemon=True)
    process.start()
    if not receiver.poll(PATIENCE):
        process.kill()
        process.join()
        return [question.name, "", f"over {PATIENCE:.0f} s", "", "", f"{LIMIT}"], False
    rows, rival, ours = receiver.recv()
    process.join()
    ratio = over(ours, rival)
    times = [f"{median(t) * 1000:.1f} ms" for t in (rival, ours)]
    return [question.name, f"{rows}", *times, f"{ratio:.2f}", f"{LIMIT}"], ratio <= LIMIT


def main(triples: int = 1_000_000) -> int:
    """Prints the ratios; 1 where one is over its limit."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "generated.nt")
        written = generate(path, triples)
        sys.stdout.write(f"{written} triples\n")
        graph, fine = _load(path)
    sys.stdout.write("\n")
    questions = [read_question(p) for p in question_paths().values()]
    measured = [_question(graph, q) for q in questions if any(p.name == "actor" for p in q.parameters)]
    write_table(["question", "rows", "raw query", "g.ask", "ratio", "limit"], [row for row, _ in measured])
    return int(not (fine and all(ok for _, ok in measured)))


if __name__ == "__main__":
    sys.exit(main(*(int(a) for a in sys.argv[1:])))
