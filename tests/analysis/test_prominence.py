"""Prominence, communities, backbone and feasibility."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from kg.analysis import backbone, communities, distances, feasibility, frequent, power_measures
from kg.errors import AnalysisError, InputError, NotFoundError
from tests.hash_seeds import printed_under_hash_seeds


class TestPowerMeasures:
    def test_eigenvector_of_parts(self) -> None:
        """By hand: a path of three has the eigenvalue sqrt 2, a pair 1; two pairs have the same, so all four are alike."""
        apart = power_measures(nx.Graph(["ab", "bc", "de"]))
        alike = power_measures(nx.Graph(["ab", "cd"]))

        assert [apart[actor].eigenvector for actor in "abcde"] == pytest.approx([0.5**0.5, 1, 0.5**0.5, 0, 0])
        assert apart["d"].eigenvector == 0
        assert {1.0} == {measures.eigenvector for measures in alike.values()}

    def test_political_contacts_of_the_chemnet_case(self, chemnet: dict[str, Any]) -> None:
        """342 contacts among 30 organisations: each counts for both of its ends."""
        graph = nx.DiGraph([(i, j) for i, row in chemnet["pol"].items() for j, tie in row.items() if tie and i != j])
        found = power_measures(graph)

        assert (len(found), sum(measure.strength for measure in found.values())) == (30, 684)
        assert sum(measure.pagerank for measure in found.values()) == pytest.approx(1)

    def test_multiplicity_counts_where_said(self) -> None:
        graph = nx.MultiGraph(["ab", "ab", "bc"])
        found = power_measures(graph)

        assert [(m.degree, m.strength) for m in found.values()] == [(1, 2), (2, 3), (1, 1)]
        assert [m.betweenness for m in found.values()] == [0, 1, 0]
        assert found["a"].eigenvector == pytest.approx(2 / 5**0.5)  # by hand: b has sqrt 5 times its own value
        assert found["b"].eigenvector == 1

    @pytest.mark.parametrize("graph", [nx.gnm_random_graph(70, 90, seed=3), nx.path_graph(2), nx.empty_graph(3)], ids=len)
    def test_large_networks_are_measured_as_small_ones(self, monkeypatch: pytest.MonkeyPatch, graph: nx.Graph[int]) -> None:
        """The expected values are networkx's own; the first network falls into several parts."""
        monkeypatch.setattr(distances, "_MANY", 0)
        between, near = distances.between_and_near(graph)

        assert between == pytest.approx(nx.betweenness_centrality(graph), abs=1e-12)
        assert near == pytest.approx(nx.closeness_centrality(graph), abs=1e-12)

    @pytest.mark.parametrize(("squares", "most"), [(70, 2.0**1000), (70, 2.0**40), (5, 1.0)])
    def test_paths_too_many_for_floating_point_are_counted_all_the_same(
        self, monkeypatch: pytest.MonkeyPatch, squares: int, most: float
    ) -> None:
        """Squares joined at their corners: 2 paths through each, so 2 to the 70th from end to end. By hand: of the corner in the
        middle everybody on one side needs it for everybody on the other, and half of the paths between the side corners of a square
        next to it pass it; either side corner of the first square passes half of what
        goes from the end, 1 corner, to whoever lies beyond that square. Sums of floating point above 2 to the 1000th have no end."""
        graph = nx.Graph()
        for v in range(squares):
            graph.add_edges_from([((v, 0), (v, side)) for side in (1, 2)] + [((v, side), (v + 1, 0)) for side in (1, 2)])
        monkeypatch.setattr(distances, "_MANY", 0)
        monkeypatch.setattr(distances, "_MOST_PATHS", most)
        between, near = distances.between_and_near(graph)

        count = 3 * squares + 1
        half = squares // 2
        pairs = (count - 1) * (count - 2) / 2
        assert between[half, 0] == pytest.approx((3 * half * 3 * (squares - half) + 1) / pairs, rel=1e-12)
        assert between[0, 1] == pytest.approx((3 * squares - 2) / 2 / pairs, rel=1e-12)
        assert near == pytest.approx(nx.closeness_centrality(graph), rel=1e-12)

    @pytest.mark.parametrize("kind", [nx.DiGraph, nx.Graph])
    @pytest.mark.parametrize("size", [1, 2, 40])
    def test_pagerank_is_that_of_networkx(self, kind: type[nx.Graph[int]], size: int) -> None:
        """Some actors have no way out, some ties weigh more; the expected values are networkx's own."""
        graph = kind(nx.gnp_random_graph(size, 0.06, seed=5, directed=True))
        for place, (_, _, data) in enumerate(graph.edges(data=True)):
            data["weight"] = 1 + place % 3
        expected = nx.pagerank(graph, weight="weight")

        assert {v: m.pagerank for v, m in power_measures(graph, "weight").items()} == pytest.approx(expected, rel=1e-12)

    def test_who_is_written_first_in_a_mutual_tie_does_not_matter(self) -> None:
        """PageRank is that of networkx of the same network with both directions of the mutual tie."""
        found, other = (nx.MultiDiGraph([("a", "b"), ("b", "c"), ends]) for ends in ("cd", "dc"))
        for graph, ends in ((found, "cd"), (other, "dc")):
            graph.edges[(*ends, 0)]["mutual"] = True
        expected = nx.pagerank(nx.DiGraph(["ab", "bc", "cd", "dc"]))

        assert power_measures(found) == power_measures(other)
        assert {v: m.pagerank for v, m in power_measures(found).items()} == pytest.approx(expected, rel=1e-12)

    def test_opponents_are_counted_apart(self) -> None:
        graph = nx.Graph(["ab"])
        graph.add_edge("b", "c", sign=-1)
        found = power_measures(graph)

        assert [(m.degree, m.opponents) for m in found.values()] == [(1, 0), (1, 1), (0, 1)]

    def test_voting_power_beside_the_rest(self) -> None:
        found = power_measures(nx.path_graph(3), power={0: 2, 1: 1}, quota=2)

        assert [(m.shapley_shubik, m.banzhaf) for m in found.values()] == [(1.0, 1.0), (0.0, 0.0), (0.0, 0.0)]

    def test_without_ties_all_are_alike(self) -> None:
        graph: nx.Graph[int] = nx.empty_graph(2)
        found = power_measures(graph)

        assert found[0] == found[1]
        assert (found[0].eigenvector, found[0].pagerank) == (None, 0.5)

    @pytest.mark.parametrize(
        ("error", "said", "call"),
        [
            (AnalysisError, "the network is empty", lambda: power_measures(nx.Graph())),
            (InputError, "power and quota belong together", lambda: power_measures(nx.path_graph(2), power={0: 1})),
            (InputError, "tie 0 - 1 has no 'w'", lambda: power_measures(nx.path_graph(2), "w")),
        ],
    )
    def test_one_line_says_what_is_wrong(self, error: type[Exception], said: str, call: Any) -> None:
        with pytest.raises(error) as caught:
            call()

        assert str(caught.value).startswith(f"power_measures: {said}")


class TestCommunities:
    def test_zacharys_club(self) -> None:
        """Louvain's best known modularity of the unweighted club: 0.4198 (Brandes et al. 2008), in four communities."""
        found = communities(nx.Graph(nx.karate_club_graph().edges), runs=30)

        assert found.modularity == pytest.approx(0.4198, abs=1e-4)
        assert len(found.communities) == 4
        assert 0 < found.stability < 1

    def test_the_time_limit_ends_the_runs_after_the_first(self) -> None:
        found = communities(nx.barbell_graph(4, 0), runs=5, time_limit=0)

        assert ("time limit", 1) == (found.stopped, found.runs)
        assert communities(nx.barbell_graph(4, 0), runs=1).communities == found.communities

    def test_two_cliques_are_found_every_time(self) -> None:
        graph = nx.barbell_graph(5, 0)
        graph.add_edge(0, 9, sign=-1)
        found = communities(graph)

        assert (found.communities, found.stability, set(found.together.values())) == (
            [set(range(5)), set(range(5, 10))],
            1.0,
            {1.0},
        )

    def test_the_hash_seed_does_not_matter(self) -> None:
        program = (
            "import networkx as nx, kg.analysis\n"
            "graph = nx.relabel_nodes(nx.gnm_random_graph(40, 90, seed=3), {v: f'actor {v}' for v in range(40)})\n"
            "found = kg.analysis.communities(graph)\n"
            "print([sorted(part) for part in found.communities], found.modularity, found.stability, found.together)\n"
        )

        assert len(printed_under_hash_seeds(program)) == 1

    def test_one_line_says_what_is_wrong(self) -> None:
        with pytest.raises(AnalysisError, match=r"^communities: the network has no positive or unsigned tie; "):
            communities(nx.empty_graph(3))
        with pytest.raises(InputError, match=r"^communities: runs is 0; "):
            communities(nx.path_graph(3), runs=0)
        for wrong in (0, float("inf"), float("nan"), "1"):
            with pytest.raises(InputError, match=r"^communities: resolution is "):
                communities(nx.path_graph(3), resolution=wrong)  # type: ignore[arg-type]  # what people may give
        with pytest.raises(InputError, match=r"^communities: tie 0 - 1 has no 'w'; "):
            communities(nx.path_graph(3), weight="w")


class TestFilters:
    def test_the_disparity_filter_by_hand(self) -> None:
        """Of A's total 22 the tie to B is 20: (1 - 20/22)^2 = 0.008; the tie to C is 1 of 2 for C: 0.5 and (21/22)^2 = 0.91."""
        graph: nx.Graph[str] = nx.Graph()
        for pair, weight in (("AB", 20), ("AC", 1), ("AD", 1), ("BC", 1)):
            graph.add_edge(*pair, weight=weight)

        assert set(backbone(graph, 0.05).edges) == {("A", "B")}
        assert set(backbone(graph, 0.6).edges) == {("A", "B"), ("A", "C"), ("B", "C")}
        assert len(backbone(graph, 1).edges) == 4
        assert set(backbone(graph).nodes) == set("ABCD")

    def test_frequent_ties_add_up(self) -> None:
        graph = nx.MultiDiGraph(["ab", "ba", "bc"])

        assert set(frequent(graph, 2).edges) == {("a", "b")}

    def test_one_line_says_what_is_wrong(self) -> None:
        with pytest.raises(InputError, match=r"^backbone: alpha is 0; "):
            backbone(nx.path_graph(3), 0)
        with pytest.raises(InputError, match=r"^frequent: at_least is 'two'; "):
            frequent(nx.path_graph(3), "two")  # type: ignore[arg-type]


class TestFeasibility:
    def test_by_hand(self) -> None:
        """A +2 x 0.5; B -1 x 0.4..0.8; D -1..1 x 0.2."""
        found = feasibility(
            {"A": 2, "B": -1, "C": None, "D": (-1, 1)},
            {"A": 0.5, "B": (0.4, 0.8), "C": 0.3, "D": 0.2},
            strategy={"C": (0, 1)},
            strategy_power={"B": 0.4},
        )

        assert (found.supporters, found.opponents, found.undecided, found.non_mobilised) == (["A"], ["B"], ["D"], ["C"])
        assert found.now.supporters == (1.0, 1.0)
        assert found.now.opponents == (-0.8, -0.4)
        assert found.now.undecided == (-0.2, 0.2)
        assert found.now.total == (0.0, 0.8)
        assert found.now.non_mobilised == (0.3, 0.3)
        assert found.after is not None
        assert found.after.total == (0.4, 1.1)
        assert found.after.non_mobilised == (0.0, 0.0)
        assert found.gain == pytest.approx((0.4, 0.3))

    def test_without_a_strategy_there_is_no_after(self) -> None:
        assert feasibility({"A": 1}, {"A": 1}).gain is None

    @pytest.mark.parametrize(
        ("error", "said", "call"),
        [
            (AnalysisError, "there is no actor", lambda: feasibility({}, {})),
            (NotFoundError, "'MAS' has no power; did you mean 'MASS'?", lambda: feasibility({"MAS": 1}, {"MASS": 1})),
            (NotFoundError, "the strategy names 'B'", lambda: feasibility({"A": 1}, {"A": 1}, strategy={"B": 1})),
            (InputError, "position of 'A' is (2, 1); the low end comes first", lambda: feasibility({"A": (2, 1)}, {"A": 1})),
            (InputError, "power of 'A' is -1; it cannot be below 0", lambda: feasibility({"A": 1}, {"A": -1})),
            (InputError, "position of 'A' is 'for'; give a number", lambda: feasibility({"A": "for"}, {"A": 1})),  # type: ignore[dict-item]
        ],
    )
    def test_one_line_says_what_is_wrong(self, error: type[Exception], said: str, call: Any) -> None:
        with pytest.raises(error) as caught:
            call()

        assert str(caught.value).startswith(f"feasibility: {said}")


def test_the_medici_stand_between_the_families_of_florence() -> None:
    """Padgett's marriages: betweenness .522, .255 and .103 of Medici, Guadagni and Strozzi (Jackson 2008, chapter 1)."""
    found = power_measures(nx.florentine_families_graph())

    assert [0.522, 0.255, 0.103] == [round(found[name].betweenness or 0, 3) for name in ("Medici", "Guadagni", "Strozzi")]
