"""Cases that others published: the data and the answers come from where each test says."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

import networkx as nx
import pytest

from kg.analysis import (
    articulation_points,
    banzhaf,
    camps,
    coalitions,
    communities,
    key_players,
    minimal_winning,
    power_measures,
    shapley_shubik,
)

SLOVENE_PARTIES = {
    "SKD": "-215 114 -89 -77 94 -170 176 117 -210",
    "ZLSD": "-217 134 77 -150 57 -253 -230 49",
    "SDSS": "-203 -80 138 -109 177 180 -174",
    "LDS": "157 -142 173 -241 -254 23",
    "ZS-ESS": "-188 170 -120 -160 -9",
    "ZS": "-97 140 116 -106",
    "DS": "-184 -191 -6",
    "SLS": "235 -132",
    "SPS-SNS": "-164",
    "SNS": "",
}
"""How near the parties of the Slovene parliament of 1994 are to each other in the eyes of its members, in hundredths, each with those
that follow (Kropivnik & Mrvar 1996; the condition number of the matrix is 51.733, as matrix collections state it)."""


def _slovene_parties() -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    for (a, b), text in zip(combinations(SLOVENE_PARTIES, 2), " ".join(SLOVENE_PARTIES.values()).split(), strict=True):
        graph.add_edge(a, b, sign=1 if int(text) > 0 else -1, weight=abs(int(text)))
    return graph


@pytest.mark.parametrize("k", [2, 3])
def test_the_parties_of_the_slovene_parliament_of_1994(k: int) -> None:
    """Doreian & Mrvar 1996, Social Networks 18:149-168: two camps of five; only SNS's slight distance from ZS-ESS (9) and from DS (6)
    contradicts them."""
    found = camps(_slovene_parties(), k, weight="weight")

    assert sorted(map(sorted, found.camps)) == [
        ["DS", "LDS", "SNS", "ZLSD", "ZS-ESS"],
        ["SDSS", "SKD", "SLS", "SPS-SNS", "ZS"],
    ]
    assert (found.frustration, found.criterion, found.proven, found.unique) == (15, 7.5, True, True)
    assert {frozenset(tie) for tie in found.frustrated} == {frozenset(("SNS", "ZS-ESS")), frozenset(("SNS", "DS"))}


MONKS = {
    "John Bosco": "0 -2 3 0 0 0 -3 0 0 -1 0 1 0 2 0 0 0 0",
    "Gregory": "3 0 0 -3 0 0 1 -2 0 0 0 2 -1 0 0 0 0 0",
    "Basil": "3 -2 0 -3 0 -2 0 0 0 0 0 0 2 0 0 -1 1 2",
    "Peter": "-2 -3 0 0 3 1 0 0 0 0 2 0 0 -1 0 0 0 0",
    "Bonaventure": "0 0 0 3 0 0 0 0 1 0 2 0 0 0 0 0 0 0",
    "Berthold": "0 -1 -3 3 1 0 -2 0 2 0 0 0 0 0 0 0 -2 0",
    "Mark": "0 3 0 -3 0 -2 0 -1 0 0 0 1 0 0 0 2 0 0",
    "Victor": "0 -3 -2 3 0 2 0 0 1 0 0 0 0 -1 0 0 0 0",
    "Ambrose": "0 0 -3 0 1 0 0 3 0 0 0 2 0 0 0 0 -2 -1",
    "Romuald": "0 0 0 3 1 0 0 0 1 0 0 0 2 0 0 0 0 0",
    "Louis": "-1 -3 -2 0 2 0 0 3 0 0 0 0 0 1 0 0 0 0",
    "Winfrid": "3 2 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0",
    "Amand": "0 -3 0 0 2 -2 1 0 0 0 0 -1 0 0 0 0 0 3",
    "Hugh": "3 0 0 -3 0 0 0 -2 0 0 0 1 0 0 2 0 -1 0",
    "Boniface": "0 3 -2 -1 0 0 1 0 0 0 0 2 -3 0 0 0 0 0",
    "Albert": "0 3 -1 -3 0 0 2 0 0 0 0 0 0 0 1 0 -2 0",
    "Elias": "0 1 2 -1 0 -3 0 -2 0 0 0 0 0 0 0 0 0 3",
    "Simplicius": "0 1 2 -1 0 0 0 -3 0 -2 0 0 0 0 0 0 3 0",
}
"""Whom the novices of a monastery liked most (3 to 1) and least (-3 to -1) a week before four had to leave: Sampson 1968, A Novitiate
in a Period of Change, table D13, whose column sums it has."""
LOYAL = {"Peter", "Bonaventure", "Berthold", "Ambrose", "Louis"}
TURKS = {"John Bosco", "Gregory", "Mark", "Winfrid", "Hugh", "Boniface", "Albert"}
OUTCASTS = {"Basil", "Elias", "Simplicius"}


def test_the_factions_of_the_monastery() -> None:
    """Sampson's own: Loyal Opposition, Young Turks and Outcasts (as in R's ergm, `samplk`); Romuald, Victor and Amand waver. Each is a
    camp, the waverers added; the data leave open only whether John Bosco and Hugh stand with the Outcasts."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for novice, row in MONKS.items():
        for other, liking in zip(MONKS, map(int, row.split()), strict=True):
            if liking:
                graph.add_edge(novice, other, sign=1 if liking > 0 else -1, weight=abs(liking))
    two, three = camps(graph, 2, weight="weight"), camps(graph, 3, weight="weight")
    movable = {"John Bosco", "Hugh"}

    assert {frozenset(camp - movable) for camp in three.camps} == {
        frozenset(LOYAL | {"Romuald", "Victor"}),
        frozenset(TURKS - movable),
        frozenset(OUTCASTS | {"Amand"}),
    }
    assert (set(three.changing), three.optimal_splits, three.proven) == (movable, 2, True)
    assert three.criterion < two.criterion
    assert LOYAL | {"Romuald", "Victor", "Amand"} in two.camps


@pytest.mark.parametrize(
    ("votes", "quota", "shapley", "swings"),
    [
        (
            [10, 10, 10, 10, 5, 5, 3, 3, 2],
            41,
            [17.86] * 4 + [8.10] * 2 + [5.71] * 2 + [0.95],
            [16.7] * 4 + [9.1] * 2 + [6.6] * 2 + [1.6],
        ),
        ([10, 10, 10, 10, 5, 5, 5, 3, 3, 2], 45, [17.38] * 4 + [7.14] * 3 + [3.02] * 3, [15.8] * 4 + [8.2] * 3 + [4.1] * 3),
        (
            [10, 10, 10, 10, 8, 5, 5, 5, 5, 3, 3, 2],
            54,
            [13.42] * 4 + [11.13] + [6.37] * 4 + [4.26] * 2 + [1.18],
            [12.9] * 4 + [10.9] + [6.7] * 4 + [4.6] * 2 + [1.8],
        ),
        (
            [10, 10, 10, 10, 8, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2],
            62,
            [11.67] * 4 + [9.55] + [5.52] * 4 + [4.54] * 2 + [3.53] * 3 + [2.07],
            [11.2] * 4 + [9.2] + [5.9] * 4 + [4.8] * 2 + [3.6] * 3 + [2.3],
        ),
    ],
    ids=["1973", "1981", "1986", "1995"],
)
def test_the_council_of_the_european_communities(
    votes: list[int], quota: int, shapley: list[float], swings: list[float]
) -> None:
    """Felsenthal & Machover 1998, The Measurement of Voting Power, ch. 5: in per cent (of 1986 three digits are published, by Widgren
    1994: 13.4, 11.1, 6.4, 4.3, 1.2). In 1981 Luxembourg's 2 votes weigh as much as the 3 of Denmark."""
    assert [round(float(100 * index), 2) for index in shapley_shubik(votes, quota)] == shapley
    assert [round(float(100 * index), 1) for index in banzhaf(votes, quota)] == swings


def test_the_security_council() -> None:
    """Five vetoes and nine of fifteen votes are 39 of weights 7 and 1. Straffin 1993, Game Theory and Strategy: Shapley-Shubik
    421/2145 and 4/2145, Banzhaf 106/635 and 21/1270. A minimal winning coalition is the five and four of the ten others: 210."""
    weights = [7] * 5 + [1] * 10

    assert shapley_shubik(weights, 39) == [Fraction(421, 2145)] * 5 + [Fraction(4, 2145)] * 10
    assert banzhaf(weights, 39) == [Fraction(106, 635)] * 5 + [Fraction(21, 1270)] * 10
    assert len(minimal_winning(weights, 39)) == 210


def test_the_marriages_of_florentine_families() -> None:
    """Padgett & Ansell 1993; Jackson 2008, Social and Economic Networks, ch. 1: betweenness of the Medici .522, the Strozzi .103,
    the Guadagni .255; marriages 6, 4, 4. The data are those of networkx."""
    found = power_measures(nx.florentine_families_graph())

    assert {"Medici": (6, 0.522), "Strozzi": (4, 0.103), "Guadagni": (4, 0.255)} == {
        name: (found[name].degree, round(found[name].betweenness, 3)) for name in ("Medici", "Strozzi", "Guadagni")
    }


def test_the_board_of_nassau_county() -> None:
    """Banzhaf 1965, Rutgers Law Review 19:317-343: three of the six towns hold all power alike, the other three never decide."""
    votes = {"Hempstead 1": 31, "Hempstead 2": 31, "Oyster Bay": 28, "North Hempstead": 21, "Long Beach": 2, "Glen Cove": 2}

    assert list(banzhaf(votes, 58).values()) == [Fraction(1, 3)] * 3 + [0] * 3


def test_the_kite() -> None:
    """Krackhardt 1990, Admin. Science Quarterly 35:342-369: Diane has most ties, Fernando and Garth are nearest to all, Heather
    stands most in between. The figures are those in the gallery of networkx, which numbers them."""
    graph = nx.krackhardt_kite_graph()
    found = power_measures(graph)
    first = {
        name: max(getattr(one, name) for one in found.values()) for name in ("degree", "closeness", "betweenness", "core")
    }

    assert [(actor, one.degree) for actor, one in found.items() if one.degree == first["degree"]] == [(3, 6)]
    assert [(v, round(one.closeness, 3)) for v, one in found.items() if one.closeness == first["closeness"]] == [
        (5, 0.643),
        (6, 0.643),
    ]
    assert [(v, round(one.betweenness, 3)) for v, one in found.items() if one.betweenness == first["betweenness"]] == [
        (7, 0.389)
    ]
    assert sorted(articulation_points(graph)) == [7, 8]
    assert key_players(graph, 1).actors == [7]


def test_the_enlarged_council_of_the_treaty_of_nice() -> None:
    """Bilbao, Fernandez, Jimenez & Lopez 2002, European Journal of Operational Research 143:181-196, the votes of 27 members alone: in
    per cent, from Germany, Spain, Romania, the Netherlands, Greece, Sweden, Denmark and Latvia down to Malta."""
    each = {29: 4, 27: 2, 14: 1, 13: 1, 12: 5, 10: 3, 7: 5, 4: 5, 3: 1}
    votes = [number for number, members in each.items() for _ in range(members)]
    first = [votes.index(number) for number in each]
    shapley, swings = shapley_shubik(votes, 255), banzhaf(votes, 255)

    assert [round(float(100 * shapley[v]), 2) for v in first] == [8.67, 8.00, 3.99, 3.68, 3.41, 2.82, 1.96, 1.10, 0.82]
    assert [round(float(100 * swings[v]), 2) for v in first] == [7.78, 7.42, 4.26, 3.97, 3.68, 3.09, 2.18, 1.25, 0.94]


def test_the_electoral_college_of_the_seventies() -> None:
    """Owen 1975, American Political Science Review 69:947-953: Shapley-Shubik of California .08831, of New York .07973."""
    of_many = {
        45: 1,
        41: 1,
        27: 1,
        26: 2,
        25: 1,
        21: 1,
        17: 2,
        14: 1,
        13: 2,
        12: 3,
        11: 1,
        10: 4,
        9: 3,
        8: 4,
        7: 3,
        6: 4,
        5: 1,
    }
    votes = [number for number, states in {**of_many, 4: 9, 3: 7}.items() for _ in range(states)]
    found = shapley_shubik(votes, 270)

    assert (len(votes), sum(votes)) == (51, 538)
    assert [round(float(index), 5) for index in found[:2]] == [0.08831, 0.07973]


def test_a_shareholder_who_lacks_one_share() -> None:
    """Straffin 1993, Game Theory and Strategy, ch. 28: of 50, 49 and 1 shares; and the committee of 4, 3, 2 and 1 that decides with 6,
    in which both indices agree."""
    assert shapley_shubik([50, 49, 1], 51) == [Fraction(2, 3), Fraction(1, 6), Fraction(1, 6)]
    assert banzhaf([50, 49, 1], 51) == [Fraction(3, 5), Fraction(1, 5), Fraction(1, 5)]
    assert shapley_shubik([4, 3, 2, 1], 6) == banzhaf([4, 3, 2, 1], 6) == [Fraction(n, 12) for n in (5, 3, 3, 1)]


class TestHypotheticalParliament:
    """Lijphart 1999, Patterns of Democracy, table 6.1: five parties from left to right, and the cabinets that theories predict."""

    SEATS = {"A": 8, "B": 21, "C": 26, "D": 12, "E": 33}  # noqa: RUF012  # a table, not state

    def test_minimal_winning_cabinets(self) -> None:
        found = coalitions(self.SEATS, [], 51)

        assert sorted("".join(sorted(cabinet)) for cabinet in found.minimal) == ["ABC", "ADE", "BCD", "BE", "CE"]

    def test_the_cabinet_of_minimum_size_is_the_cheapest(self) -> None:
        assert coalitions(self.SEATS, [], 51).cheapest == set("ADE")

    def test_minimal_connected_winning_cabinets(self) -> None:
        """D is not needed for a majority with C and E, but stands between them."""
        found = coalitions(self.SEATS, [], 51, ties=list(pairwise("ABCDE")), connected=True)

        assert sorted("".join(sorted(cabinet)) for cabinet in found.minimal) == ["ABC", "BCD", "CDE"]
        assert found.always == {"C"}


@pytest.mark.parametrize(
    ("graph", "modularity"), [(nx.karate_club_graph(), 0.4198), (nx.les_miserables_graph(), 0.5600)], ids=["karate", "novel"]
)
def test_the_communities_of_two_known_networks_are_as_modular_as_can_be(
    graph: nx.Graph[str | int], modularity: float
) -> None:
    """Aloise et al. 2010, Physical Review E 82:046112: the largest modularity there is, proven; ties without weights."""
    found = communities(nx.Graph(graph.edges))

    assert round(found.modularity, 4) == modularity
