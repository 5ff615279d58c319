"""Real networks the tests of the analysis share; they are skipped where the files are not."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx
import pytest

from tests.conftest import material


@pytest.fixture(scope="session")
def cases() -> Path:
    """The folder of real files of the field."""
    return material("KG_CASES", "cases")


@pytest.fixture(scope="session")
def tribes(cases: Path) -> nx.Graph[str]:
    """Alliances of the Gahuku-Gama, Read 1954."""
    graph: nx.Graph[str] = nx.Graph()
    with (cases / "tribes" / "tribes.edges.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            graph.add_edge(row["from"], row["to"], sign=int(row["sign"]))
    return graph


@pytest.fixture(scope="session")
def chemnet(cases: Path) -> dict[str, dict[str, dict[str, int]]]:
    """Matrices of the German toxic chemicals network by file, row and column name."""
    found = {}
    for name in ("infrep", "intpos", "pol"):
        with (cases / "chemnet" / f"chemnet_{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        found[name] = {row[0]: dict(zip(rows[0][1:], map(int, row[1:]), strict=True)) for row in rows[1:]}
    return found
