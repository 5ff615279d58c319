"""Brokers, structural holes, paths and key players: published figures, by hand, and by trying everything."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise, permutations
from math import prod
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import (
    articulation_points,
    brokerage_roles,
    key_players,
    keyplayers,
    signed_paths,
    structural_holes,
)
from kg.errors import AnalysisError, InputError, NotFoundError

from .networks import Tie, network, signed_networks

PATH = nx.path_graph(3)
CALM = settings(max_examples=60, derandomize=True)


@pytest.fixture
def burt() -> nx.Graph[str]:
    """The network that networkx's tests of structural holes give UCINET's figures for."""
    return nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"])


class TestStructuralHoles:
    @pytest.mark.parametrize(
        ("actor", "constraint", "effective_size"), [("G", 0.400, 4.67), ("A", 0.595, 2.50), ("C", 1.0, 1.0)]
    )
    def test_ucinet_gives_the_same(self, burt: nx.Graph[str], actor: str, constraint: float, effective_size: float) -> None:
        found = structural_holes(burt)[actor]

        assert found.constraint == pytest.approx(constraint, abs=1e-3)
        assert found.effective_size == pytest.approx(effective_size, abs=1e-2)

    @pytest.mark.parametrize(
        ("actor", "constraint", "effective_size"), [("G", 0.299, 5.47), ("A", 0.795, 2.47), ("C", 1.0, 1.0)]
    )
    def test_with_weights_too(self, burt: nx.Graph[str], actor: str, constraint: float, effective_size: float) -> None:
        """UCINET's figures for these weights, from networkx's tests; two parallel ties weigh what they weigh together."""
        weights = {"AB": 2, "AF": 3, "AG": 5, "AE": 2, "EG": 8, "FG": 3, "BG": 4, "BD": 1, "DG": 3, "GC": 10}
        several: nx.MultiGraph[str] = nx.MultiGraph()
        for pair, weight in weights.items():
            several.add_edge(pair[0], pair[1], w=weight - 0.25)
            several.add_edge(pair[1], pair[0], w=0.25)
        several.add_edge("C", "F", w=7, sign=-1)
        found = structural_holes(several, weight="w")[actor]

        assert found.constraint == pytest.approx(constraint, abs=1e-3)
        assert found.effective_size == pytest.approx(effective_size, abs=1e-2)

    @pytest.mark.parametrize(
        ("weight", "constraint", "effective_size"),
        [(None, (1.003, 1.003, 1.389), (1.167, 1.167, 1.0)), ("w", (0.840, 1.143, 1.378), (1.567, 1.083, 1.0))],
    )
    def test_direction_adds_up(
        self, weight: str | None, constraint: tuple[float, ...], effective_size: tuple[float, ...]
    ) -> None:
        """Figures of a small directed network in networkx's tests, worked out by hand there."""
        graph: nx.DiGraph[int] = nx.DiGraph()
        graph.add_weighted_edges_from([(0, 1, 2), (0, 2, 2), (1, 0, 1), (2, 1, 1)], weight="w")
        found = structural_holes(graph, weight)

        assert [found[v].constraint for v in range(3)] == pytest.approx(constraint, abs=1e-3)
        assert [found[v].effective_size for v in range(3)] == pytest.approx(effective_size, abs=1e-3)

    @given(st.integers(0, 2**20), st.booleans())
    @CALM
    def test_burts_own_sums(self, seed: int, directed: bool) -> None:
        """Against the sums as Burt writes them, over all triples."""
        graph = nx.gnp_random_graph(7, 0.4, seed=seed, directed=directed)
        ties = {(a, b): graph.has_edge(a, b) + graph.has_edge(b, a) for a in graph for b in graph if a != b}

        def p(i: int, j: int) -> Fraction:
            return Fraction(ties[i, j], sum(ties[i, q] for q in graph if q != i))

        def m(j: int, q: int) -> Fraction:
            return Fraction(ties[j, q], max(ties[j, k] for k in graph if k != j))

        for i, found in structural_holes(graph).items():
            contacts = [j for j in graph if j != i and ties[i, j]]
            through = {j: sum(p(i, q) * p(q, j) for q in contacts if q != j) for j in contacts}
            redundant = {j: sum(p(i, q) * m(j, q) for q in contacts if q != j) for j in contacts}

            assert (found.contacts, found.constraint is None) == (len(contacts), not contacts)
            if contacts:
                assert found.constraint == pytest.approx(float(sum((p(i, j) + through[j]) ** 2 for j in contacts)))
                assert found.effective_size == pytest.approx(float(sum(1 - redundant[j] for j in contacts)))

    def test_tensions_and_repeated_ties_change_nothing(self, burt: nx.Graph[str]) -> None:
        more: nx.MultiGraph[str] = nx.MultiGraph(burt)
        more.add_edge("A", "B", sign=1)
        more.add_edge("C", "F", sign=-1)

        assert structural_holes(more) == structural_holes(burt)

    def test_whoever_has_no_tie_has_no_figures(self) -> None:
        graph: nx.Graph[str] = nx.Graph(["AB"])
        graph.add_edge("C", "A", sign=-1)
        found = structural_holes(graph)["C"]

        assert (found.constraint, found.effective_size, found.efficiency, found.contacts) == (None, None, None, 0)


class TestBrokerage:
    @pytest.mark.parametrize(
        ("groups", "role"),
        [("xxx", "coordinator"), ("xyx", "consultant"), ("xyy", "gatekeeper"), ("xxy", "representative"), ("xyz", "liaison")],
    )  # fmt: skip
    def test_each_role(self, groups: str, role: str) -> None:
        """Gould & Fernandez 1989, figure 1: a passes on to c through v."""
        found = brokerage_roles(nx.DiGraph(["av", "vc"]), dict(zip("avc", groups, strict=True)))

        assert getattr(found["v"], role) == found["v"].total == found["v"].clear == 1
        assert found["a"].total == found["c"].total == 0

    def test_a_direct_tie_needs_no_broker(self) -> None:
        assert brokerage_roles(nx.DiGraph(["av", "vc", "ac"]), dict.fromkeys("avc", 1))["v"].total == 0

    def test_a_broker_in_tension_with_a_side_is_not_clear(self) -> None:
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(["av", "vc", "vd"])
        graph.add_edge("c", "v", sign=-1)
        found = brokerage_roles(graph, dict.fromkeys("avcd", 1))["v"]

        assert (found.total, found.clear, found.opponents) == (2, 1, ("c",))

    def test_mutual_ties_count_from_both_sides(self) -> None:
        assert brokerage_roles(nx.path_graph(3), dict.fromkeys(range(3), 1))[1].coordinator == 2

    @CALM
    @given(st.integers(3, 7), st.integers(0, 10**6))
    def test_all_roles_add_up_to_open_two_paths(self, size: int, seed: int) -> None:
        graph = nx.gnp_random_graph(size, 0.4, seed=seed, directed=True)
        found = brokerage_roles(graph, {v: v % 3 for v in graph})
        for v in graph:
            paths = [
                (a, c)
                for a, c in permutations(graph, 2)
                if v not in (a, c) and graph.has_edge(a, v) and graph.has_edge(v, c)
            ]
            assert found[v].total == sum(not graph.has_edge(a, c) for a, c in paths)

    @pytest.mark.parametrize(
        ("error", "said", "call"),
        [
            (AnalysisError, "the network is empty", lambda: brokerage_roles(nx.Graph(), {})),
            (InputError, "'b' has no group; give every actor one", lambda: brokerage_roles(nx.Graph(["ab"]), {"a": 1})),
        ],
    )
    def test_one_line_says_what_is_wrong(self, error: type[Exception], said: str, call: Any) -> None:
        with pytest.raises(error) as caught:
            call()

        assert str(caught.value).startswith(f"brokerage_roles: {said}")


class TestArticulation:
    @CALM
    @given(signed_networks())
    def test_parts_are_counted(self, given_network: tuple[int, list[Tie]]) -> None:
        graph = network(*given_network)
        found = articulation_points(graph)
        plain = nx.Graph()
        plain.add_nodes_from(graph)
        plain.add_edges_from((a, b) for a, b, sign in graph.edges(data="sign") if sign > 0)
        for v in plain:
            part = plain.subgraph(nx.node_connected_component(plain, v))
            rest = nx.number_connected_components(part.subgraph(set(part) - {v})) if len(part) > 1 else 0
            assert found.get(v, 1) == max(rest, 1)


class TestSignedPaths:
    @CALM
    @given(signed_networks(most=7), st.sampled_from([1, -1]))
    def test_they_are_the_shortest_of_all_paths(self, given_network: tuple[int, list[Tie]], sign: int) -> None:
        size, ties = given_network
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(size))
        for a, b, s in ties:
            graph.add_edge(a, b, sign=s)
        wanted = [
            path for path in nx.all_simple_paths(graph, 0, 1) if prod(graph[a][b]["sign"] for a, b in pairwise(path)) == sign
        ]
        shortest = min(map(len, wanted), default=0)

        found = signed_paths(graph, 0, 1, sign)

        assert [list(path.actors) for path in found] == sorted(path for path in wanted if len(path) == shortest)
        for path in found:
            assert [graph.edges[tie]["sign"] for tie in path.ties] == list(path.signs)
            assert prod(path.signs) == path.sign == sign

    def test_a_walk_that_comes_back_is_no_path(self) -> None:
        """From a to b the sign is fixed; the odd cycle c-d-e hangs on c and would need c twice."""
        graph: nx.Graph[str] = nx.Graph()
        graph.add_edges_from(["ac", "cb", "cd", "de"], sign=1)
        graph.add_edge("c", "e", sign=-1)

        assert signed_paths(graph, "a", "b", -1) == []

    def test_parallel_ties_of_both_signs_can_carry_either(self) -> None:
        graph: nx.MultiGraph[str] = nx.MultiGraph()
        graph.add_edge("a", "b", key="pact", sign=1)
        graph.add_edge("a", "b", key="quarrel", sign=-1)

        assert [path.ties for path in signed_paths(graph, "a", "b", -1)] == [(("a", "b", "quarrel"),)]

    @pytest.mark.parametrize(
        ("error", "said", "ends", "sign"),
        [
            (NotFoundError, "'Boliva' is not in the network; did you mean 'Bolivia'?", ("Boliva", "Peru"), 1),
            (InputError, "both ends are 'Peru'", ("Peru", "Peru"), 1),
            (InputError, "sign is 0", ("Peru", "Bolivia"), 0),
        ],
    )
    def test_one_line_says_what_is_wrong(self, error: type[Exception], said: str, ends: tuple[str, str], sign: int) -> None:
        graph: nx.Graph[str] = nx.Graph()
        graph.add_edge("Peru", "Bolivia", sign=1)
        with pytest.raises(error) as caught:
            signed_paths(graph, *ends, sign)

        assert str(caught.value).startswith(f"signed_paths: {said}")


def fragmentation(graph: nx.Graph[int], gone: tuple[int, ...]) -> float:
    """Share of pairs that cannot reach each other once a set is gone (Borgatti 2006, equation 5)."""
    left = graph.subgraph(set(graph) - set(gone))
    joined = sum(len(part) * (len(part) - 1) for part in nx.connected_components(left))
    return 1 - joined / (len(left) * (len(left) - 1))


def reach(graph: nx.Graph[int], chosen: tuple[int, ...]) -> float:
    """Distance-weighted reach (Borgatti 2006, equation 14)."""
    lengths = dict(nx.all_pairs_shortest_path_length(graph))
    near = [min((lengths[v].get(u, float("inf")) for v in chosen), default=float("inf")) for u in graph]
    return sum(1 / max(distance, 1) for distance in near) / len(graph)


class TestKeyPlayers:
    @CALM
    @given(st.integers(4, 9), st.integers(1, 2), st.integers(0, 10**6))
    def test_no_set_fragments_more(self, size: int, chosen: int, seed: int) -> None:
        graph = nx.gnp_random_graph(size, 0.35, seed=seed)
        values = [fragmentation(graph, members) for members in combinations(graph, chosen)]
        found = key_players(graph, chosen, "fragment")

        assert found.proven
        assert found.value == pytest.approx(max(values))
        assert found.before == pytest.approx(fragmentation(graph, ()))
        assert found.equally_good == sum(value > max(values) - 1e-9 for value in values)
        assert fragmentation(graph, tuple(found.actors)) == pytest.approx(found.value)

    @CALM
    @given(st.integers(4, 9), st.integers(1, 3), st.integers(0, 10**6), st.booleans())
    def test_no_set_reaches_more(self, size: int, chosen: int, seed: int, all_sets: bool) -> None:
        """Once by looking at all sets, once by branch and bound."""
        graph = nx.gnp_random_graph(size, 0.3, seed=seed, directed=seed % 2 == 0)
        best = max(reach(graph, members) for members in combinations(graph, chosen))
        with pytest.MonkeyPatch.context() as patch:
            if not all_sets:
                patch.setattr(keyplayers, "STEPS", 0)
            found = key_players(graph, chosen, "reach")

        assert found.proven
        assert found.value == pytest.approx(best)
        assert reach(graph, tuple(found.actors)) == pytest.approx(best)

    def test_tensions_carry_nothing(self) -> None:
        graph: nx.Graph[int] = nx.path_graph(3)
        graph.add_edge(0, 2, sign=-1)

        assert (key_players(graph, 1).actors, key_players(graph, 1).value) == ([1], 1.0)

    @pytest.mark.parametrize("goal", ["fragment", "reach"])
    @pytest.mark.parametrize("steps", [keyplayers.STEPS, 0])
    def test_the_time_limit_ends_the_search_with_the_best_set_so_far(
        self, monkeypatch: pytest.MonkeyPatch, steps: int, goal: str
    ) -> None:
        monkeypatch.setattr(keyplayers, "STEPS", steps)
        graph = nx.barabasi_albert_graph(12, 2, seed=1)
        found = key_players(graph, 2, goal, time_limit=0)
        worth = fragmentation if goal == "fragment" else reach

        assert ("time limit", False, None) == (found.stopped, found.proven, found.equally_good)
        assert found.value == pytest.approx(worth(graph, tuple(found.actors)))

    def test_a_large_network_gets_a_good_set_that_is_not_called_proven(self) -> None:
        graph = nx.barabasi_albert_graph(400, 1, seed=1)
        found = key_players(graph, 4, "fragment")

        assert (found.proven, found.equally_good) == (False, None)
        assert found.value > fragmentation(graph, tuple(sorted(graph, key=lambda v: -graph.degree[v])[:4])) - 1e-9

    @pytest.mark.parametrize(
        ("error", "said", "call"),
        [
            (AnalysisError, "the network is empty", lambda: key_players(nx.Graph(), 1)),
            (InputError, "size is 3 with 3 actors", lambda: key_players(nx.path_graph(3), 3)),
            (InputError, "size is 0", lambda: key_players(nx.path_graph(3), 0)),
            (InputError, "goal is 'reech'; choose fragment or reach (did you mean 'reach'?)", lambda: key_players(PATH, 1, "reech")),
        ],
    )  # fmt: skip
    def test_one_line_says_what_is_wrong(self, error: type[Exception], said: str, call: Any) -> None:
        with pytest.raises(error) as caught:
            call()

        assert str(caught.value).startswith(f"key_players: {said}")
