"""The network page of a graph: which relations and things each filter leaves, checked on the invented country by hand."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import InputError
from kg.views import payload
from kg.views.html import network_html
from kg.views.network import network_page
from kg.views.page import NetworkPage


@pytest.fixture(scope="module")
def graph(world: Path) -> kg.KnowledgeGraph:
    return kg.open(world)


def page(graph: kg.KnowledgeGraph, **filters: Any) -> NetworkPage:
    return network_page(graph.graph, "en", **filters)


def test_every_actor_is_drawn_and_relations_that_have_ended_are_not(graph: kg.KnowledgeGraph) -> None:
    drawn = page(graph)
    actors = {
        s["a"].value.rpartition("/")[2]
        for s in graph.graph.store.select("SELECT ?a { ?a a <https://w3id.org/stakeholder-kg/ns#Actor> }")
    }

    assert actors <= {n.id for n in drawn.nodes}
    assert "al-uca-liga" not in {t.id for t in drawn.ties}  # ended 2012, the world's reference date is 2020
    assert "al-uca-mujeres" in {t.id for t in drawn.ties}


def test_what_is_read_of_all_things_at_once_is_what_is_read_one_by_one(graph: kg.KnowledgeGraph) -> None:
    at_once, one_by_one = page(graph), page(graph, min_confidence="low")

    assert (one_by_one.nodes, one_by_one.ties) == (at_once.nodes, at_once.ties)


def test_the_page_has_the_same_bytes_whatever_is_kept_of_its_data_and_analysis(world: Path) -> None:
    ways = ((False, False), (True, False), (True, True), (True, True))  # the last finds all that the third kept
    graphs = [kg.open(world, cache=cache, of_most=of_most).graph for cache, of_most in ways]
    pages = {network_html(network_page(each)) for each in graphs}

    assert 1 == len(pages)


def test_vis_network_is_not_asked_to_draw_thousands_at_once(
    graph: kg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payload, "OVERVIEW", 3)

    with pytest.raises(InputError, match=r"^--flat: vis-network takes minutes"):
        network_page(graph.graph, "en", opening={"flat": True, "engine": "vis"})


def test_another_year_draws_what_held_then(graph: kg.KnowledgeGraph) -> None:
    assert "al-uca-liga" in {t.id for t in page(graph, year="2010").ties}


def test_absent_and_recommended_relations_are_drawn_with_their_modality(graph: kg.KnowledgeGraph) -> None:
    modality = {t.id: t.modality for t in page(graph, year="2016").ties}

    assert "absent" == modality["ab-consejo-gov"]


def test_notes_are_there_in_each_language_that_they_are_written_in(world: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(world, tmp_path / "world")
    lines = (copy / "actors.csv").read_text(encoding="utf-8").splitlines()
    noted = [line + (",Two readers.,Dos lectores." if line.startswith("uca,") else ",,") for line in lines[1:]]
    (copy / "actors.csv").write_text("\n".join([lines[0] + ",Note,Nota", *noted]) + "\n", encoding="utf-8")
    page = network_page(kg.open(copy, cache=False).graph, "es", analysis=False)

    assert {"en": "Two readers.", "es": "Dos lectores."} == next(n.note for n in page.nodes if n.id == "uca")


def test_inherited_ties_name_what_they_follow_from(graph: kg.KnowledgeGraph) -> None:
    inherited = [t for t in page(graph).ties if t.inherited_from]

    assert inherited
    assert all(t.status == "inferred" and t.confidence == "low" and t.evidence for t in inherited)


def test_a_country_leaves_out_the_actors_of_others(graph: kg.KnowledgeGraph) -> None:
    assert "frente-vecina" not in {n.id for n in page(graph, country="Montéa").nodes}


def test_an_actor_and_depth_draw_only_what_is_near(graph: kg.KnowledgeGraph) -> None:
    near, wide = page(graph, actor="uca", depth=1), page(graph, actor="uca", depth=2)

    assert all(
        "uca" in (t.source, t.target) or t.target in {x.id for x in near.ties} for t in near.ties if t.source == "uca"
    )
    assert {n.id for n in near.nodes} < {n.id for n in wide.nodes}
    assert ("uca", 2) == (wide.focus, wide.focus_steps)


def test_a_minimum_confidence_leaves_out_what_is_less_sure(graph: kg.KnowledgeGraph) -> None:
    assert {"high"} == {t.confidence for t in page(graph, min_confidence="high").ties}


def test_a_source_leaves_only_what_rests_on_it(graph: kg.KnowledgeGraph) -> None:
    whole = page(graph)
    for source in (s.id for s in whole.sources):
        resting = {t.id for t in whole.ties if any(e.source == source for e in t.evidence)}
        drawn = {t.id for t in page(graph, source=source).ties}

        assert resting <= drawn < {t.id for t in whole.ties}


@pytest.mark.parametrize(
    ("filters", "error"),
    [
        ({"depth": 4, "actor": "uca"}, kg.InputError),
        ({"min_confidence": "hihg"}, kg.InputError),
        ({"colour": "red"}, kg.InputError),
        ({"actor": "nobody"}, kg.NotFoundError),
    ],
)
def test_a_value_that_cannot_be_placed_is_refused(
    graph: kg.KnowledgeGraph, filters: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        page(graph, **filters)


def test_laws_and_issues_stand_apart_from_actors(graph: kg.KnowledgeGraph) -> None:
    kinds = {k.id for k in page(graph).kinds}

    assert {"Instrument", "Issue"} <= kinds


def test_to_pyvis_keeps_every_tie_between_nodes(graph: kg.KnowledgeGraph) -> None:
    drawn = page(graph)
    nodes = {n.id for n in drawn.nodes}
    between_nodes = [t for t in drawn.ties if t.source in nodes and t.target in nodes]  # pyvis has no ties between ties

    assert len(between_nodes) == len(graph.to_pyvis().edges)
