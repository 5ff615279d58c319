"""The main questions on the shipped data: rows written by hand from the document (Farming Dynamics no. 29, 2013).

A file holds every row that rests on the document, in order; rows that rest on the second source only are left out of the
comparison. `...` in `given` says that the rows are among others; a name that is no option of the question picks rows by a column.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.questions.head import load_question
from tests.questions.expected import Case, cases, cells
from tests.shipped import shipped_graph

CASES = list(cases(Path(__file__).parent / "andes"))
DOCUMENT = "fd29-"


@pytest.fixture(scope="module")
def graph() -> kg.KnowledgeGraph:
    return shipped_graph()


def document_rows(case: Case, graph: kg.KnowledgeGraph) -> tuple[tuple[str, ...], ...]:
    """The rows that rest on the document, of those that the case is about."""
    options = {p.name for p in load_question(case.question).parameters}
    answer = graph.ask(case.question, **{n: v for n, v in case.values.items() if n in options})
    picked = {n: v for n, v in case.values.items() if n not in options}
    kept = [
        written
        for row, written in zip(answer, cells(answer, (*case.columns, *picked)), strict=True)
        if any(p.startswith(DOCUMENT) for p in answer.passages(row))
    ]
    end = len(case.columns)
    return tuple(row[:end] for row in kept if all(v in picked[n] for n, v in zip(picked, row[end:], strict=True)))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_document_gives_the_rows_written_by_hand(case: Case, graph: kg.KnowledgeGraph) -> None:
    found = document_rows(case, graph)
    if case.among_others:
        found = tuple(row for row in found if row in case.rows)

    assert sorted(case.rows) == sorted(found) if case.among_others else case.rows == found
