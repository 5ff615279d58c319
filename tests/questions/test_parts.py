"""What commands read of a case: the same on two engines."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

import kg
from kg.questions.head import load_part
from kg.questions.runner import bind
from kg.vocabulary import ALL
from tests.questions.second import Prepared
from tests.questions.test_every_question import plain

ASKED = {"country": ["Montéa"], "issue": ["tierra"], "type": ["alliance"], "year": ["2011"]}


@pytest.fixture(scope="module")
def graph(world: Path) -> kg.KnowledgeGraph:
    return kg.open(world)


@pytest.fixture(scope="module")
def second(graph: kg.KnowledgeGraph) -> rdflib.Graph:
    copy = rdflib.Graph()
    copy.parse(data=graph.graph.store.dump(ALL), format="nt")
    return copy


@pytest.mark.parametrize("name", ["case-ties", "case-involvements", "case-positions", "case-assessments"])
def test_two_engines_read_the_same_case(name: str, graph: kg.KnowledgeGraph, second: rdflib.Graph) -> None:
    part = load_part(name)
    terms = bind(graph.graph, part, {p.name: ASKED[p.name] for p in part.parameters})
    ours = [[plain(t) for t in row] for row in graph.graph.store.select(part.fill(terms))]

    assert ours
    assert ours == [[plain(t) for t in row] for row in Prepared(part).rows(second, terms)]
