"""What the analysis says on a network page, on the invented country and by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.views.document import words_in
from kg.views.network import network_page
from kg.views.page import NetworkPage
from kg.views.payload import payload
from tests.views.networks import analysed, network


@pytest.fixture(scope="module")
def world_page(world: Path) -> NetworkPage:
    return network_page(kg.open(world).graph)


def test_camps_count_every_signed_tie_of_the_page_once(world_page: NetworkPage) -> None:
    camps = next(g for g in world_page.groupings if g.id == "camp")
    signs = {kind.id: kind.sign for kind in world_page.tie_types}
    of = {t.id: t for t in world_page.ties}

    assert not set(camps.against) & set(camps.agreeing)
    for name in (*camps.against, *camps.agreeing):
        tie = of[name]
        same = camps.of[tie.source] == camps.of[tie.target]
        assert (name in camps.agreeing) == (same == (signs[tie.type] > 0))


def test_who_is_in_no_core_of_the_best_camps_is_undecided(tmp_path: Path) -> None:
    """By hand: of three enemies any two may share a camp; a friend of one of them goes where that one goes."""
    (tmp_path / "ties.csv").write_text("source,target,sign\na,b,-1\nb,c,-1\nc,a,-1\nc,d,1\n", encoding="utf-8")
    page = network_page(kg.open(tmp_path / "ties.csv").graph)
    told = json.loads(payload(page, words_in("strings.json"))[0][0])["groupings"][0]["undecided"]

    assert ("a", "b") == page.groupings[0].undecided
    assert ["a", "b"] == [page.nodes[node].id for node in told]


def test_pagerank_takes_mutual_ties_both_ways(tmp_path: Path) -> None:
    """By hand, on the path a, b, c: a and c are in the same place, whoever is written first."""
    (tmp_path / "ties.csv").write_text("source,target\na,b\nb,c\n", encoding="utf-8")
    page = network_page(kg.open(tmp_path / "ties.csv").graph)
    rank = next(m for m in page.measures if m.id == "pagerank").values

    assert rank["a"] == rank["c"] < rank["b"]


def test_power_and_interest_are_the_intervals_of_the_question(world: Path, world_page: NetworkPage) -> None:
    power = next(m for m in world_page.measures if m.id == "power")
    rows = kg.open(world).ask("power-interest")

    expected = {r.actor.id: (float(r.power_low), float(r.power_high)) for r in rows if r.power_low is not None}
    assert expected == power.values
    assert 4 == len(world_page.quadrants)


def test_a_page_without_analysis_has_none_of_it(world: Path) -> None:
    page = network_page(kg.open(world).graph, analysis=False)

    assert ((), (), ()) == (page.groupings, page.measures, page.quadrants)


def test_the_payload_holds_numbers_of_groups_and_both_ends_of_intervals() -> None:
    data = json.loads(payload(analysed(network(20)), words_in("strings.json"))[0][0])
    camp, community = data["groupings"]
    power, _, betweenness = data["measures"]

    assert [n % 2 for n in range(20)] == camp["of"]
    assert -1 == community["of"][10]
    assert (power["low"][8], power["high"][8]) == (0.1, 0.6)
    assert "high" not in betweenness
    assert [0, 19] == betweenness["scale"]


def test_a_coalition_is_its_members_and_the_ties_among_them(world: Path) -> None:
    graph = kg.open(world)
    page = network_page(graph.graph, coalition=["frente"], analysis=False)
    members = {row.member.id for row in graph.ask("members", actor="frente")} | {"frente"}
    ties = {t.id: {t.source, t.target} for t in page.ties}
    lit = set(page.highlight)

    assert members == lit - set(ties)
    assert all(ties[name] <= members for name in lit & set(ties))
    assert {"en", "es", "fr"} == set(page.highlight_label)


def test_a_path_is_the_shortest_whatever_the_direction_of_its_ties(world: Path) -> None:
    page = network_page(kg.open(world).graph, between=("mujeres", "verde"), analysis=False)

    # mujeres - uca (cooperation, either way), uca - verde (alliance), by hand from relations.csv
    assert {"al-mujeres-uca", "al-uca-mujeres", "al-uca-verde", "mujeres", "uca", "verde"} <= set(page.highlight)
    assert page.highlight_label["en"] == "shortest paths from mujeres to verde (steps: 2)"  # a number of any size reads well


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"between": ("uca", "uca")}, r"--path 'uca' 'uca': is one and the same actor"),
        ({"between": ("uca", "nobody")}, r"--path 'nobody': there is no actor"),
        ({"coalition": ["nobody"]}, r"--coalition 'nobody': there is no actor"),
    ],
)
def test_what_cannot_be_highlighted_is_said(world: Path, options: dict[str, Any], message: str) -> None:
    with pytest.raises((kg.InputError, kg.NotFoundError), match=message):
        network_page(kg.open(world).graph, analysis=False, **options)
