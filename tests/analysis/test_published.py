"""Cases that others published: the data and the answers come from where each test says."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import networkx as nx
import pytest

from kg.analysis import banzhaf, camps, minimal_winning, power_measures, shapley_shubik

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
            [10, 10, 10, 10, 8, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2],
            62,
            [11.67] * 4 + [9.55] + [5.52] * 4 + [4.54] * 2 + [3.53] * 3 + [2.07],
            [11.2] * 4 + [9.2] + [5.9] * 4 + [4.8] * 2 + [3.6] * 3 + [2.3],
        ),
    ],
    ids=["1973", "1981", "1995"],
)
def test_the_council_of_the_european_communities(
    votes: list[int], quota: int, shapley: list[float], swings: list[float]
) -> None:
    """Felsenthal & Machover 1998, The Measurement of Voting Power, ch. 5: in per cent. In 1981 Luxembourg's 2 votes weigh as much as
    the 3 of Denmark."""
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
