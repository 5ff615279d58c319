from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import pdist

from kg.views.layout import COARSE, _close, _parts, _spread, layout
from kg.views.page import NetworkPage
from tests.conftest import ROOT
from tests.hash_seeds import printed_under_hash_seeds
from tests.views.networks import network

PRINT = """
from kg.views.layout import layout
from tests.views.networks import network
page = network({size})
at = {{node.id: i for i, node in enumerate(page.nodes)}}
print(layout(len(at), [(at[t.source], at[t.target]) for t in page.ties if t.target in at]))
"""


def edges(page: NetworkPage) -> list[tuple[int, int]]:
    at = {node.id: index for index, node in enumerate(page.nodes)}
    return [(at[tie.source], at[tie.target]) for tie in page.ties if tie.target in at]


@pytest.mark.parametrize("size", [100, COARSE + 200])
def test_coordinates_do_not_depend_on_the_hash_seed(size: int) -> None:
    (printed,) = printed_under_hash_seeds(PRINT.format(size=size), ("1", "2"))

    assert printed != b""


def test_networks_as_people_draw_them_need_no_library_that_is_slow_to_load() -> None:
    code = f"import sys; {PRINT.format(size=500)}print('scipy' in sys.modules)"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}

    said = subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True).stdout

    assert said.endswith("]\nFalse\n")


def test_parts_are_numbered_by_their_first_nodes() -> None:
    rng = np.random.default_rng(2)
    pairs = rng.integers(0, 300, (180, 2))
    expected = connected_components(csr_matrix((np.ones(180), (pairs[:, 0], pairs[:, 1])), shape=(300, 300)), directed=False)

    count, part = _parts(300, pairs)

    assert (count, part.tolist()) == (expected[0], expected[1].tolist())


@pytest.mark.parametrize("size", [20, 100, 500])
def test_hardly_any_nodes_lie_on_each_other(size: int) -> None:
    points = np.array(layout(size, edges(network(size))))

    assert np.quantile(pdist(points), 0.001) > 20  # a dot has a radius of 5 to 20


def test_linked_nodes_are_nearer_than_others() -> None:
    pairs = edges(network(100))
    points = np.array(layout(100, pairs))

    lengths = [float(np.hypot(*(points[a] - points[b]))) for a, b in pairs if a != b]

    assert np.median(lengths) < 0.7 * np.median(pdist(points))


def test_nodes_without_ties_stand_in_a_strip_below_the_rest() -> None:
    points = layout(9, [(0, 1), (1, 2), (2, 0)])

    lowest = max(y for _, y in points[:3])

    assert all(y > lowest for _, y in points[3:])
    assert len({y for _, y in points[3:]}) == 2  # six beside each other do not fit under three


def test_saved_positions_stay() -> None:
    assert layout(3, [(0, 1), (1, 2)], fixed={1: (700.0, -20.5)})[1] == (700.0, -20.5)


@given(
    st.integers(0, 30).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.tuples(*[st.integers(0, max(n - 1, 0))] * 2))))
)
@settings(max_examples=60)
def test_any_graph_gets_finite_coordinates(graph: tuple[int, list[tuple[int, int]]]) -> None:
    size, pairs = graph

    points = layout(size, pairs if size else [])

    assert len(points) == size
    assert np.isfinite(np.array(points, dtype=float)).all()


def test_repeated_edges_and_loops_change_nothing() -> None:
    assert layout(4, [(0, 1), (1, 0), (1, 2), (3, 3), (1, 2)]) == layout(4, [(0, 1), (1, 2)])


def test_few_nodes_spread_as_many_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether all pairs are compared or those that are near, the same nodes push each other."""
    points = np.random.default_rng(2).normal(size=(90, 2)) * 200
    pairs = np.array([(a, (a * 7 + 1) % 90) for a in range(89)])
    few = _spread(points, pairs)
    monkeypatch.setattr("kg.views.layout._FEW", 0)

    assert _spread(points, pairs).tolist() == few.tolist()


def test_points_that_are_close_are_all_found() -> None:
    points = np.random.default_rng(1).normal(size=(300, 2)) * 900
    gaps = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))

    found = [tuple(pair) for pair in _close(points, 80.0).tolist()]

    assert {(a, b) for a, b in zip(*np.nonzero(gaps <= 80.0), strict=True) if a < b} <= set(found)
    assert found == sorted(set(found))
    assert all(gaps[pair] < 240 for pair in found)  # in the same cell or in the next: by hand
