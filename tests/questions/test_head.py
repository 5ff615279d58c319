"""Question files: what is not in order is told with file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import InputError, NotFoundError
from kg.questions.head import load_part, load_question, question_names, question_paths, read_question
from kg.vocabulary import concept_lists, expand

HEAD = """#+ question.en: Who?
#+ question.es: ¿Quién?
#+ question.fr: Qui ?
#+ row.en: One
#+ row.es: Uno
#+ row.fr: Un
#+ parameter: actor actor required
#+ parameter: year year optional
#+ lists: evidence
#+ texts: basis=kg:basis
#+ denied-by: ally
#+ tags: a b
"""
BODY = """PREFIX kg: <https://w3id.org/stakeholder-kg/ns#>
SELECT ?evidence WHERE {
  VALUES ?actor { UNDEF }
  values ?year {UNDEF}
  ?evidence kg:subject ?actor . # VALUES ?commented { UNDEF }
  FILTER (?evidence != "#")
} ORDER BY ?evidence
"""


@pytest.fixture
def write(tmp_path: Path) -> Path:
    folder = tmp_path / "topic"
    folder.mkdir()
    return folder / "x.rq"


def test_a_question_file_says_all_about_itself(write: Path) -> None:
    write.write_text(HEAD + BODY, encoding="utf-8")
    question = read_question(write)

    assert ("x", "topic") == (question.name, question.topic)
    assert {"en": "Who?", "es": "¿Quién?", "fr": "Qui\u202f?"} == question.text  # French marks are set as on pages
    assert [("actor", "actor", True), ("year", "year", False)] == [(p.name, p.type, p.required) for p in question.parameters]
    assert {"basis": expand("kg:basis")} == question.texts
    assert (frozenset({"evidence"}), ("ally",), ("a", "b")) == (question.lists, question.denied_by, question.tags)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("#+ question.en: Who?", "#+ question.en Who?", r"queries/topic/x.rq:1: '#\+ question.en Who\?' is no head line"),
        ("#+ question.es: ¿Quién?", "#+ question.es:  ", r"x.rq:2: .* is no head line; write `#\+ key: value`"),
        ("#+ tags: a b", "#+ tag: a b", r"x.rq:12: unknown head key 'tag'; did you mean 'tags'"),
        ("#+ question.fr: Qui ?\n", "", r"x.rq:1: the head key 'question.fr' is missing; add it"),
        ("#+ row.es: Uno\n", "", r"x.rq:1: the head key 'row.es' is missing"),
        ("basis=kg:basis", "basis", r"x.rq:1: 'basis' is no text of a thing; write `column=kg:property`"),
        ("basis=kg:basis", "basis=xx:basis", r"x.rq:1: 'basis=xx:basis' is no text of a thing"),
        ("#+ tags: a b\n", "", r"x.rq:1: the head key 'tags' is missing"),
        ("actor actor required", "actor actor perhaps", r"x.rq:7: 'actor actor perhaps' is no parameter; write `name type"),
        ("actor actor required", "Actor actor required", r"x.rq:7: 'Actor actor required' is no parameter"),
        ("actor actor required", "actor acter required", r"x.rq:7: unknown parameter type 'acter'; did you mean 'actor'"),
        ("year year optional", "actor year optional", r"x.rq:8: the parameter 'actor' stands twice; keep one"),
        ("#+ row.es: Uno", "#+ row.en: Uno", r"x.rq:5: the key 'row.en' stands twice; keep one"),
        ("SELECT ?evidence", "#+ tags: c\nSELECT ?evidence", r"x.rq:14: a head line after the head; move it to the top"),
        ("VALUES ?actor { UNDEF }\n", "", r"x.rq:1: the parameter 'actor' is declared but not used; add `VALUES \?actor"),
        ("#+ parameter: year year optional\n", "", r"x.rq:1: the parameter 'year' is used but not declared; add `#\+ param"),
    ],
)
def test_what_is_not_in_order_is_told_with_file_and_line(write: Path, was: str, becomes: str, told: str) -> None:
    text = HEAD + BODY
    assert text.count(was) == 1
    write.write_text(text.replace(was, becomes), encoding="utf-8")

    with pytest.raises(InputError, match=told) as error:
        read_question(write)
    assert "\n" not in str(error.value)


def test_values_fill_the_blocks_of_their_parameter_and_nothing_else(write: Path) -> None:
    write.write_text(HEAD + BODY, encoding="utf-8")
    filled = read_question(write).fill({"actor": ["<http://a>", "<http://b>"]})

    assert "VALUES ?actor { <http://a> <http://b> }" in filled
    assert "VALUES ?year { UNDEF }" in filled
    assert read_question(write).sparql.count("\n") == filled.count("\n")


def test_an_unknown_question_gets_near_names() -> None:
    with pytest.raises(NotFoundError, match=r"question 'opponnts': .* did you mean 'opponents'\?; `kg ask` lists them"):
        load_question("opponnts")


def test_rules_checks_and_parts_are_no_questions() -> None:
    assert not {"denied", "show", "dates", "inherited"} & set(question_names())
    assert {"rules", "checks", "parts"}.isdisjoint(path.parent.name for path in question_paths().values())
    assert load_part("denied").name == "denied"


@pytest.mark.parametrize("name", question_names())
def test_a_question_names_things_that_exist(name: str) -> None:
    question = load_question(name)
    solutions = ox.Store().query(question.fill({}))
    assert isinstance(solutions, ox.QuerySolutions)
    columns = {v.value for v in solutions.variables}

    assert set() == set(question.lists) - columns
    assert set() == set(question.denied_by) - set(concept_lists()["relation"])
    assert all(re.fullmatch("[a-z]+", tag) for tag in question.tags)
    assert all(text.endswith("?") for text in question.text.values())
