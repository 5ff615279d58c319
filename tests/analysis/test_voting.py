"""Voting power: published games, and every order and every set on small ones."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import factorial
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import banzhaf, bloc_index, minimal_winning, power_measures, shapley_shubik, uplift, voting
from kg.errors import AnalysisError, InputError, NotFoundError

EEC_1958 = [4, 4, 4, 2, 2, 1]
"""Votes in the council of the European Economic Community 1958: France, Germany, Italy, Belgium, Netherlands, Luxembourg."""

CALM = settings(max_examples=80, derandomize=True)


@st.composite
def games(draw: st.DrawFn) -> tuple[list[float], float]:
    weights = draw(st.lists(st.sampled_from([0, 1, 2, 3, 5, 0.5, 2.5]), min_size=1, max_size=6).filter(any))
    return weights, draw(st.integers(1, int(2 * sum(weights)))) / 2


class TestPublished:
    def test_shapley_shubik_in_the_council_of_1958(self) -> None:
        """23.33, 15.00 and 0 per cent (Brams & Affuso 1976)."""
        assert shapley_shubik(EEC_1958, 12) == [Fraction(7, 30)] * 3 + [Fraction(3, 20)] * 2 + [Fraction(0)]

    def test_banzhaf_in_the_council_of_1958(self) -> None:
        """23.81, 14.29 and 0 per cent (Brams & Affuso 1976)."""
        assert banzhaf(EEC_1958, 12) == [Fraction(5, 21)] * 3 + [Fraction(1, 7)] * 2 + [Fraction(0)]

    @pytest.mark.parametrize(
        ("weights", "quota", "shapley", "swings"),
        [
            ([10] * 4 + [5] * 2 + [3] * 2 + [2], 41, [17.86, 8.10, 5.71, 0.95], [16.72, 9.15, 6.62, 1.58]),
            ([10] * 4 + [5] * 3 + [3] * 2 + [2], 45, [17.38, 7.14, 3.02, 3.02], [15.77, 8.20, 4.10, 4.10]),
        ],
        ids=["1973", "1981"],
    )
    def test_the_larger_councils(self, weights: list[int], quota: int, shapley: list[float], swings: list[float]) -> None:
        """Per cent of the voters of each size, as in Brams & Affuso 1985 and Felsenthal & Machover 1998; in 1981 Luxembourg, with two
        votes, has as much power as those with three."""
        firsts = [weights.index(size) for size in (10, 5, 3, 2)]

        assert [round(100 * float(shapley_shubik(weights, quota)[i]), 2) for i in firsts] == shapley
        assert [round(100 * float(banzhaf(weights, quota)[i]), 2) for i in firsts] == swings

    def test_the_security_council_of_eleven(self) -> None:
        """Its five permanent members hold 76/77 together, 98.7 per cent (Shapley & Shubik 1954)."""
        assert 5 * shapley_shubik([7] * 5 + [1] * 6, 37)[0] == Fraction(76, 77)

    def test_minimal_winning_coalitions_in_the_council_of_1958(self) -> None:
        """The three large, or two of them with both middle ones: four."""
        assert minimal_winning(EEC_1958, 12) == [{0, 1, 2}, {0, 1, 3, 4}, {0, 2, 3, 4}, {1, 2, 3, 4}]

    def test_the_security_council(self) -> None:
        """Five with a veto, ten others of whom four are needed: 421/2145 and 4/2145 (Taylor & Pacelli 2008, section 3.2)."""
        index = shapley_shubik([7] * 5 + [1] * 10, 39)

        assert (index[0], index[-1]) == (Fraction(421, 2145), Fraction(4, 2145))


def test_who_weighs_more_than_the_quota_alone_needs_no_table_of_that_size() -> None:
    assert banzhaf([1e60, 1, 2], 2) == [Fraction(1, 2), 0, Fraction(1, 2)]


class TestFineVotes:
    """The council of 1958 takes 42 bytes to count by size, 6 without: see `voting._Sums`."""

    def test_an_error_says_how_far_to_round(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(voting, "CELLS", 10)

        with pytest.raises(
            AnalysisError, match="too fine to count sets of each size; round them to multiples of 5, or take Banz"
        ):
            shapley_shubik(EEC_1958, 12)

    def test_the_multiple_is_one_of_the_weights_as_given(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """By hand: tenths of the same votes; rounded to halves, the quota is 2 or 3 in whole units, not 12."""
        monkeypatch.setattr(voting, "CELLS", 10)

        with pytest.raises(AnalysisError, match=r"sets of each size; round them to multiples of 0\.5, or take Banz"):
            shapley_shubik([weight / 10 for weight in EEC_1958], 1.2)

    def test_weights_that_no_index_can_count_are_told_in_one_line(self) -> None:
        """Thirds, fifths, sevenths ... have no common unit of a size that could be counted by."""
        weights = [1 / n for n in range(3, 200)]
        with pytest.raises(AnalysisError, match=r"^[^;]{,90}; round them to multiples of [\d.e-]{,6}$"):
            shapley_shubik(weights, sum(weights) / 2)

    def test_banzhafs_index_is_given_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(voting, "CELLS", 10)
        votes = dict(zip("abcdef", EEC_1958, strict=True))
        found = power_measures(nx.path_graph(list(votes)), power=votes, quota=12)

        assert {measure.shapley_shubik for measure in found.values()} == {None}
        assert [measure.banzhaf for measure in found.values()] == [float(index) for index in banzhaf(EEC_1958, 12)]


class TestAgainstDefinition:
    @CALM
    @given(games())
    def test_shapley_shubik_is_the_share_of_orders_in_which_a_voter_is_pivotal(
        self, game: tuple[list[float], float]
    ) -> None:
        weights, quota = game
        pivotal = [0] * len(weights)
        for order in permutations(range(len(weights))):
            total: float = 0
            for voter in order:
                total += weights[voter]
                if total >= quota:
                    pivotal[voter] += 1
                    break

        assert shapley_shubik(weights, quota) == [Fraction(count, factorial(len(weights))) for count in pivotal]

    @CALM
    @given(games())
    def test_banzhaf_is_the_share_of_swings(self, game: tuple[list[float], float]) -> None:
        weights, quota = game
        swings = [0] * len(weights)
        for mask in range(1 << len(weights)):
            total = sum(w for i, w in enumerate(weights) if mask >> i & 1)
            for i, w in enumerate(weights):
                swings[i] += mask >> i & 1 and total >= quota > total - w

        assert banzhaf(weights, quota) == [Fraction(count, sum(swings)) for count in swings]

    @CALM
    @given(games())
    def test_minimal_winning_coalitions_are_those_that_need_everybody(self, game: tuple[list[float], float]) -> None:
        weights, quota = game
        wanted = []
        for mask in range(1 << len(weights)):
            members = {i for i in range(len(weights)) if mask >> i & 1}
            total = sum(weights[i] for i in members)
            if total >= quota and all(total - weights[i] < quota for i in members):
                wanted.append(members)
        wanted.sort(key=lambda members: (sum(weights[i] for i in members), len(members), sorted(members)))

        assert minimal_winning(weights, quota) == wanted

    @CALM
    @given(games(), st.integers(1, 63))
    def test_the_bloc_index_lets_members_join_in_a_row(self, game: tuple[list[float], float], chosen: int) -> None:
        weights, quota = game
        bloc = [i for i in range(len(weights)) if chosen >> i & 1] or [0]
        pivotal = dict.fromkeys(bloc, 0)
        orders = 0
        for order in permutations(range(len(weights))):
            places = [order.index(i) for i in bloc]
            if max(places) - min(places) >= len(bloc):
                continue
            orders += 1
            total: float = 0
            for voter in order:
                total += weights[voter]
                if total >= quota:
                    if voter in pivotal:
                        pivotal[voter] += 1
                    break

        found = bloc_index(dict(enumerate(weights)), quota, bloc)

        assert found == {voter: Fraction(count, orders) for voter, count in pivotal.items()}

    def test_a_few_voters_may_have_many_digits(self) -> None:
        weights = [0.123456, 0.654321, 0.333333, 0.777777, 0.200001, 0.050505, 0.909091]
        found = shapley_shubik(weights, 1.5)

        assert sum(found) == 1
        by_weight = [found[i] for i in sorted(range(7), key=weights.__getitem__)]
        assert by_weight == sorted(by_weight)


class TestShape:
    def test_names_are_kept(self) -> None:
        assert shapley_shubik({"A": 2, "B": 1}, 2) == {"A": 1, "B": 0}
        assert minimal_winning({"A": 2, "B": 1, "C": 1}, 2) == [{"A"}, {"B", "C"}]

    def test_uplift_is_what_the_bloc_adds(self) -> None:
        """By hand: alone B is pivotal in 1 order of 6; bloc and A are equals, and B gets half of the bloc's half."""
        assert uplift({"A": 2, "B": 1, "C": 1}, 3, "B", ["C"]) == Fraction(1, 4) - Fraction(1, 6)

    def test_two_hundred_voters_add_up_to_one(self) -> None:
        weights = [1 + (v * 37) % 29 for v in range(200)]

        assert sum(shapley_shubik(weights, sum(weights) // 2 + 1)) == 1
        assert sum(banzhaf(weights, sum(weights) // 2 + 1)) == 1


class TestBadInput:
    @pytest.mark.parametrize(
        ("error", "said", "call"),
        [
            (AnalysisError, "shapley_shubik: there is no voter", lambda: shapley_shubik([], 1)),
            (InputError, "banzhaf: the weight of voter 1 is -1", lambda: banzhaf([1, -1], 1)),
            (InputError, "banzhaf: the weight of 'A' is 'x'", lambda: banzhaf({"A": "x"}, 1)),  # type: ignore[dict-item]
            (InputError, "banzhaf: the quota is 0", lambda: banzhaf([1, 2], 0)),
            (AnalysisError, "minimal_winning: the quota 4 is above all weights together (3)", lambda: minimal_winning([1, 2], 4)),
            (AnalysisError, "minimal_winning: there are more than 2", lambda: minimal_winning([1, 1, 1], 2, cap=2)),
            (NotFoundError, "bloc_index: 'C' is no voter", lambda: bloc_index({"A": 1}, 1, ["C"])),
            (InputError, "bloc_index: the bloc is empty", lambda: bloc_index({"A": 1}, 1, [])),
            (AnalysisError, "voting power: these 40 weights", lambda: shapley_shubik([123456789 + v for v in range(40)], 10**9)),
        ],
    )  # fmt: skip
    def test_one_line_says_what_is_wrong(self, error: type[Exception], said: str, call: Any) -> None:
        with pytest.raises(error) as caught:
            call()

        assert str(caught.value).startswith(said)
        assert "\n" not in str(caught.value)
