"""Camps against published figures, against brute force, and under bad input."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from fractions import Fraction
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import camps
from kg.analysis.partition import search
from kg.errors import AnalysisError, InputError
from tests.hash_seeds import printed_under_hash_seeds

from .networks import Tie, best_splits, cost, network, planted, signed_networks, undecided

CALM = settings(max_examples=80, derandomize=True)


class TestPublished:
    def test_the_tribes_split_into_two_camps_with_seven_ties_against_it(self, tribes: nx.Graph[str]) -> None:
        """Doreian & Mrvar 1996; Aref & Wilson 2018: L = 7."""
        found = camps(tribes)

        assert (found.frustration, found.criterion, found.proven, found.gap) == (7, 3.5, True, 0.0)
        assert len(found.frustrated) == 7
        assert {"Gama", "Gavev", "Kotun", "Nagad"} in found.camps

    def test_the_tribes_split_into_three_camps_with_two_ties_against_it(self, tribes: nx.Graph[str]) -> None:
        """Doreian & Mrvar 1996: three clusters, criterion 2, one split."""
        found = camps(tribes, k=3)

        assert (found.frustration, found.proven, found.optimal_splits, found.unique) == (2, True, 1, True)
        assert {"Gama", "Gavev", "Kotun", "Nagad"} in found.camps

    def test_the_tribes_have_59_balanced_triangles_of_68(self, tribes: nx.Graph[str]) -> None:
        """Aref & Wilson 2018: share 0.8676471."""
        found = camps(tribes)

        assert found.triangles == 68
        assert found.balanced_triangles == pytest.approx(0.8676471, abs=1e-7)


class TestAgainstBruteForce:
    @CALM
    @given(signed_networks(), st.integers(2, 4))
    def test_the_criterion_is_the_least_there_is(self, given_network: tuple[int, list[Tie]], k: int) -> None:
        size, ties = given_network
        least, splits = best_splits(ties, k)

        found = camps(network(size, ties), k=k, cap=10_000)

        assert found.proven
        assert found.criterion == least
        assert (found.optimal_splits, found.splits_complete) == (len(splits), True)

    @CALM
    @given(signed_networks(most=7), st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0]))
    def test_alpha_weighs_negative_ties_inside_against_positive_between(
        self, given_network: tuple[int, list[Tie]], alpha: float
    ) -> None:
        size, ties = given_network
        least, _ = best_splits(ties, 3, alpha)

        found = camps(network(size, ties), k=3, alpha=alpha)

        assert found.proven
        assert found.criterion == pytest.approx(least)

    @CALM
    @given(signed_networks())
    def test_the_split_told_is_the_one_measured(self, given_network: tuple[int, list[Tie]]) -> None:
        size, ties = given_network
        found = camps(network(size, ties))
        side = {actor: number for number, members in enumerate(found.camps) for actor in members}

        assert cost(ties, side) == found.criterion
        assert len(found.frustrated) == found.frustration
        assert set(side) | set(found.unassigned) == set(range(size))
        assert not set(side) & set(found.unassigned)

    @CALM
    @given(signed_networks(most=10))
    def test_the_linear_programme_alone_finds_the_same(self, given_network: tuple[int, list[Tie]]) -> None:
        """Small networks never come to it otherwise."""
        size, ties = given_network
        least, splits = best_splits(ties, 2)
        before = search.FIRST_TRY, search.LAST_TRY
        search.FIRST_TRY = search.LAST_TRY = (0, 0)
        try:
            found = camps(network(size, ties), cap=10_000)
        finally:
            search.FIRST_TRY, search.LAST_TRY = before

        assert found.proven
        assert (found.criterion, found.optimal_splits) == (least, len(splits))

    @CALM
    @given(signed_networks(most=8), st.integers(3, 4))
    def test_the_programme_over_places_alone_finds_the_same(self, given_network: tuple[int, list[Tie]], k: int) -> None:
        """Small networks never come to it otherwise."""
        size, ties = given_network
        least, splits = best_splits(ties, k)
        with pytest.MonkeyPatch.context() as patch:
            for name in ("FIRST_TRY", "LAST_TRY"):
                patch.setattr(search, name, (0, 0))
            patch.setattr(search.Search, "contracted", lambda _: False)
            found = camps(network(size, ties), k=k, cap=10_000)

        assert found.proven
        assert (found.criterion, found.optimal_splits) == (least, len(splits))

    @CALM
    @given(signed_networks(), st.integers(2, 4), st.sampled_from([1, 2, 10_000]))
    def test_changing_are_those_outside_the_core(self, given_network: tuple[int, list[Tie]], k: int, cap: int) -> None:
        """The core by its definition, from all best splits, whether they are counted or not."""
        size, ties = given_network
        found = camps(network(size, ties), k=k, cap=cap)

        assert (set(found.changing), found.changing_complete) == (undecided(ties, k), True)

    @pytest.mark.parametrize("k", [2, 3])
    def test_among_many_best_splits_of_equals_nobody_is_decided(self, k: int) -> None:
        """Twelve enemies fall into two camps of six in 462 ways, into three of four in 5775."""
        graph: nx.Graph[int] = nx.complete_graph(12)
        nx.set_edge_attributes(graph, -1, "sign")
        found = camps(graph, k=k)

        assert found.optimal_splits == (462 if k == 2 else 1000)
        assert (set(found.changing), found.changing_complete) == (set(graph), True)

    def test_those_with_the_same_ties_change_places_where_nothing_else_could_be_looked_at(self) -> None:
        """Of twenty enemies any ten may be a camp; there are too many best splits to list them or to ask for each pair."""
        graph: nx.Graph[int] = nx.complete_graph(20)
        nx.set_edge_attributes(graph, -1, "sign")
        found = camps(graph)

        assert (found.frustration, found.splits_complete) == (90, False)
        assert (set(found.changing), found.changing_complete) == (set(graph), True)

    def test_what_the_largest_sets_share_is_decided(self) -> None:
        """By hand: with three camps the enemies of one actor stand with each other or not, but never with it."""
        graph: nx.Graph[int] = nx.star_graph(4)
        nx.set_edge_attributes(graph, -1, "sign")

        assert camps(graph, k=3).changing == [1, 2, 3, 4]
        assert camps(graph, k=2).changing == []


class TestProperties:
    @CALM
    @given(signed_networks(most=9), st.integers(2, 3), st.randoms(use_true_random=False))
    def test_relabelling_permutes_the_result(
        self, given_network: tuple[int, list[Tie]], k: int, chance: random.Random
    ) -> None:
        size, ties = given_network
        name = list(range(size))
        chance.shuffle(name)
        first = camps(network(size, ties), k=k)
        second = camps(network(size, [(name[a], name[b], s) for a, b, s in ties]), k=k)

        assert second.criterion == first.criterion
        assert sorted(second.changing) == sorted(name[v] for v in first.changing)
        assert second.optimal_splits == first.optimal_splits
        assert sorted(second.unassigned) == sorted(name[v] for v in first.unassigned)
        if first.unique:
            assert {frozenset(side) for side in second.camps} == {frozenset(name[v] for v in side) for side in first.camps}

    @CALM
    @given(signed_networks(), st.randoms(use_true_random=False))
    def test_the_order_of_input_does_not_matter(self, given_network: tuple[int, list[Tie]], chance: random.Random) -> None:
        size, ties = given_network
        shuffled = [(b, a, s) if chance.random() < 0.5 else (a, b, s) for a, b, s in ties]
        chance.shuffle(shuffled)

        first, second = camps(network(size, ties)), camps(network(size, shuffled))

        assert (first.camps, first.changing, first.unassigned) == (second.camps, second.changing, second.unassigned)
        assert [tie[:2] for tie in first.frustrated] == [tie[:2] for tie in second.frustrated]

    @CALM
    @given(signed_networks(most=7), st.integers(0, 10**6))
    def test_one_more_tie_costs_nothing_or_one(self, given_network: tuple[int, list[Tie]], pick: int) -> None:
        size, ties = given_network
        extra = (pick % size, (pick + 1 + pick // size % (size - 1)) % size, 1 if pick % 2 else -1)
        fewer, more = camps(network(size, ties)), camps(network(size, [*ties, extra]))

        assert fewer.frustration <= more.frustration <= fewer.frustration + 1

    @CALM
    @given(signed_networks(), st.integers(2, 5))
    def test_more_camps_are_never_worse(self, given_network: tuple[int, list[Tie]], k: int) -> None:
        graph = network(*given_network)

        assert camps(graph, k=k + 1).criterion <= camps(graph, k=k).criterion

    def test_the_hash_seed_does_not_matter(self) -> None:
        program = (
            "import random, networkx as nx, kg.analysis\n"
            "chance = random.Random(4)\n"
            "graph = nx.Graph()\n"
            "for _ in range(150):\n"
            "    graph.add_edge('a%d' % chance.randrange(40), 'b%d' % chance.randrange(40), sign=chance.choice([1, 1, -1]))\n"
            "found = kg.analysis.camps(graph, time_limit=60)\n"
            "print([sorted(side) for side in found.camps], found.frustrated, found.optimal_splits, found.changing)\n"
        )

        assert len(printed_under_hash_seeds(program)) == 1


class TestTies:
    def test_parallel_and_mutual_ties_count_each(self) -> None:
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.add_edges_from([("A", "B"), ("B", "A"), ("A", "B")], sign=1)
        graph.add_edge("A", "B", sign=-1)

        found = camps(graph)

        assert (found.frustration, found.frustrated, found.camps) == (1, [("A", "B", 2)], [{"A", "B"}])

    def test_weights_are_added_up(self) -> None:
        graph: nx.Graph[str] = nx.Graph()
        graph.add_edge("A", "B", sign=1, strength=0.5)
        graph.add_edge("B", "C", sign=1, strength=3)
        graph.add_edge("A", "C", sign=-1, strength=2.25)

        found = camps(graph, weight="strength")

        assert (found.frustration, found.criterion, found.frustrated) == (0.5, 0.25, [("A", "B")])

    def test_ties_that_cancel_out_bind_nobody(self) -> None:
        graph: nx.MultiGraph[str] = nx.MultiGraph()
        graph.add_edge("A", "B", sign=1)
        graph.add_edge("A", "B", sign=-1)

        found = camps(graph)

        assert (found.frustration, found.optimal_splits, found.components) == (1, 2, 1)

    @pytest.mark.parametrize("sign", ["-", "-1.0", "negative", "\N{MINUS SIGN}1", Fraction(-1), np.float64(-1)])
    def test_a_sign_may_be_written_as_in_files(self, sign: Any) -> None:
        assert camps(_signed(sign)).camps == [{"A", "B"}, {"C"}]

    def test_actors_may_be_anything_that_a_graph_can_hold(self) -> None:
        """Numbers too large for a float, and kinds that cannot be compared with each other."""
        actors = [10**400, 10**400 + 1, 0.5, "0.5", ("x", 1), frozenset({2})]
        graph: nx.Graph[Any] = nx.path_graph(actors)
        nx.set_edge_attributes(graph, -1, "sign")

        assert camps(graph).camps == [set(actors[::2]), set(actors[1::2])]

    def test_whoever_has_no_signed_tie_is_in_no_camp(self) -> None:
        graph: nx.Graph[str] = nx.Graph()
        graph.add_edge("A", "B", sign=-1)
        graph.add_edge("B", "C")
        graph.add_node("D")

        found = camps(graph)

        assert (found.camps, found.unassigned) == ([{"A"}, {"B"}], ["C", "D"])
        assert found.notes == (
            "actors without a signed tie, in no camp: 2 of 4",
            "ties without a sign, left out: 1",
        )

    def test_all_ties_positive_is_one_camp_and_says_so(self) -> None:
        graph: nx.Graph[int] = nx.path_graph(4)
        nx.set_edge_attributes(graph, 1, "sign")

        found = camps(graph)

        assert (found.frustration, found.camps, found.gap) == (0, [{0, 1, 2, 3}], 0.0)
        assert found.notes == ("no tie is negative: nobody is against anybody, so there is one camp",)

    def test_parts_turn_freely_and_that_is_said(self) -> None:
        found = camps(network(4, [(0, 1, -1), (2, 3, -1)]))

        assert (found.components, found.optimal_splits, found.changing) == (2, 2, [])
        assert "2 parts" in found.notes[0]

    def test_more_camps_than_actors_are_as_many_as_actors(self) -> None:
        triangle = nx.Graph([("A", "B"), ("B", "C"), ("A", "C")])
        nx.set_edge_attributes(triangle, -1, "sign")

        assert camps(triangle, k=10**12) == camps(triangle, k=3)  # each alone: no tie inside a camp, none between friends


class TestLarge:
    @pytest.mark.slow
    def test_a_large_network_that_falls_into_camps_is_proven(self) -> None:
        """Planted: whatever the best split is, it is at least as good as the one the network was made from."""
        graph, side = planted(2000, 8000, 0.03, seed=1)
        made = sum((side[a] == side[b]) != (s > 0) for a, b, s in graph.edges(data="sign"))

        found = camps(graph, time_limit=120)

        assert found.proven
        assert found.frustration <= made

    def test_three_planted_camps_are_proven(self) -> None:
        """Cycles alone leave a gap here: they do not know that there are three camps only."""
        graph, side = planted(150, 600, 0.05, seed=2, camps=3)
        made = sum((side[a] == side[b]) != (s > 0) for a, b, s in graph.edges(data="sign"))
        heard: list[str] = []

        found = camps(graph, k=3, time_limit=120, progress=heard.append)

        assert found.proven
        assert found.frustration <= made
        assert any("cases" in line for line in heard)

    def test_a_network_of_random_ties_ends_in_time_with_a_bound(self) -> None:
        chance = random.Random(3)
        graph: nx.Graph[int] = nx.gnm_random_graph(300, 1500, seed=3)
        for _, _, data in graph.edges(data=True):
            data["sign"] = chance.choice([1, -1])
        start = time.process_time()  # what other programs take does not count

        found = camps(graph, time_limit=2)

        assert time.process_time() - start < 8
        assert (found.proven, found.stopped, found.optimal_splits, found.unique) == (False, "time limit", None, None)
        assert 0 < found.bound < found.criterion
        assert found.gap == pytest.approx(1 - found.bound / found.criterion)

    def test_counted_work_ends_it_the_same_everywhere(self) -> None:
        graph: nx.Graph[int] = nx.gnm_random_graph(80, 500, seed=3)
        chance = random.Random(3)
        for _, _, data in graph.edges(data=True):
            data["sign"] = chance.choice([1, -1])
        heard: list[list[str]] = [[], []]

        first, second = (camps(graph, work=300_000, cap=1, progress=lines.append) for lines in heard)

        assert (first.stopped, first.proven) == ("work limit", False)
        assert 0 < first.bound < first.criterion
        assert first == second
        assert heard[0] == heard[1]

    def test_control_c_gives_the_best_so_far(self) -> None:
        chance = random.Random(3)
        graph: nx.Graph[int] = nx.gnm_random_graph(300, 1500, seed=3)
        for _, _, data in graph.edges(data=True):
            data["sign"] = chance.choice([1, -1])
        threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()

        found = camps(graph, time_limit=60)

        assert (found.stopped, found.proven) == ("interrupted", False)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler

    def test_progress_is_told(self) -> None:
        graph, _ = planted(300, 1500, 0.1, seed=2)
        heard: list[str] = []

        camps(graph, progress=heard.append, time_limit=60)

        assert heard
        assert all("gap" in line for line in heard)


def _signed(sign: Any) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("A", "B", sign=1)
    graph.add_edge("B", "C", sign=sign)
    return graph


class TestBadInput:
    @pytest.mark.parametrize("sign", [2, -0.5, "plus", "2", float("nan"), True, [1]])
    def test_a_sign_is_plus_or_minus_one(self, sign: Any) -> None:
        with pytest.raises(InputError, match=r"^camps: tie 'B' - 'C' has sign .*; a sign is the number \+1 or -1"):
            camps(_signed(sign))

    def test_an_empty_network(self) -> None:
        with pytest.raises(AnalysisError, match=r"^camps: the network is empty; "):
            camps(nx.Graph())

    def test_one_actor(self) -> None:
        graph: nx.Graph[str] = nx.Graph()
        graph.add_edge("A", "A", sign=1)

        with pytest.raises(AnalysisError, match=r"^camps: there is only one actor; "):
            camps(graph)

    def test_no_signed_tie(self) -> None:
        with pytest.raises(AnalysisError, match=r"^camps: no tie between two actors carries a sign; "):
            camps(nx.path_graph(3))

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"k": 1}, "k is 1"),
            ({"k": 2.5}, "k is 2.5"),
            ({"alpha": 1.2}, "alpha is 1.2"),
            ({"alpha": "half"}, "alpha is 'half'"),
            ({"time_limit": -1}, "time_limit is -1"),
            ({"cap": 0}, "cap is 0"),
            ({"work": -1}, "work is -1"),
            ({"weight": "strenght"}, "tie 'A' - 'B' has no 'strenght'"),
        ],
    )
    def test_an_option_out_of_range(self, options: dict[str, Any], said: str) -> None:
        with pytest.raises(InputError, match=rf"^camps: {said}.*; ") as caught:
            camps(_signed(-1), **options)

        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize("weight", [0, -1, "much", float("inf")])
    def test_a_weight_is_above_zero(self, weight: Any) -> None:
        graph = _signed(-1)
        nx.set_edge_attributes(graph, weight, "strength")

        with pytest.raises(InputError, match="a weight is a number above 0"):
            camps(graph, weight="strength")


@pytest.mark.parametrize(
    ("graph", "two", "three"),
    [(nx.petersen_graph(), 3, 0), (nx.complete_graph(5), 4, 2), (nx.complete_graph(6), 6, 3)],
    ids=["Petersen", "K5", "K6"],
)
def test_where_everybody_is_against_everybody(graph: nx.Graph[int], two: int, three: int) -> None:
    """The Petersen graph with negative ties alone has a frustration index of 3 (Zaslavsky 2012, Six signed Petersen graphs), and three
    colours suffice for it. In a complete graph ties inside equal parts are left: C(3,2) + C(2,2) of 5 in two parts, and so on."""
    nx.set_edge_attributes(graph, -1, "sign")

    assert (two, three) == (camps(graph).frustration, camps(graph, k=3).frustration)
