"""Every question on the invented country: rows written by hand from its tables (tests/world/README.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.questions.head import load_question, question_names
from tests.questions.expected import KEPT, Case, cases, cells

CASES = list(cases(Path(__file__).parent / "world"))


@pytest.fixture(scope="module")
def graph(world: Path) -> kg.KnowledgeGraph:
    """The invented country, and beside it results of analyses that were kept."""
    return kg.open([world, KEPT])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_rows_are_those_written_by_hand(case: Case, graph: kg.KnowledgeGraph) -> None:
    answer = graph.ask(case.question, **case.values)

    assert case.columns == answer.columns
    assert case.rows == cells(answer, case.columns)


def test_every_question_has_expected_rows_that_are_not_all_empty() -> None:
    assert set(question_names()) == {case.question for case in CASES if case.rows}


def test_every_option_of_every_question_is_tried() -> None:
    tried = {(case.question, name) for case in CASES for name in case.values}
    options = {(name, p.name) for name in question_names() for p in load_question(name).parameters}

    assert set() == options - tried
