"""`kg ask`: the list of questions, their options, and what is printed of an answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.questions.head import question_paths, read_question
from tests.cli.running import kg

UCA = "https://example.org/world/uca"


def test_without_a_question_the_questions_are_listed_by_topic() -> None:
    listed = json.loads(kg("ask", "--format", "json").stdout)

    assert [(p.parent.name, p.stem) for p in question_paths().values()] == [(q["topic"], q["name"]) for q in listed]


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_the_list_is_in_the_language_asked_for(lang: str) -> None:
    text = read_question(question_paths()["allies"]).text[lang]

    assert text in kg("--lang", lang, "ask").stdout


def test_listing_needs_no_data() -> None:
    assert 0 == kg("ask", data="nowhere").exit_code


@pytest.mark.parametrize("name", question_paths())
def test_the_help_of_a_question_says_what_it_asks_what_a_row_is_and_what_can_be_given(name: str) -> None:
    question = read_question(question_paths()[name])
    shown = " ".join(kg("ask", name, "--help").stdout.split())

    assert " ".join(question.text["en"].split()) in shown
    assert question.row["en"][1:] in shown
    assert [] == [p.name for p in question.parameters if f"--{p.name}" not in shown]


def test_rows_are_a_table_whose_headings_are_in_the_language_asked_for() -> None:
    """By hand from tests/world: the union is allied with Green Bridge."""
    lines = {lang: kg("--lang", lang, "ask", "allies", "--actor", "uca").stdout.splitlines() for lang in ("en", "es")}

    assert ["Actor", "Ally"] == lines["en"][0].split()[:2]
    assert "Green Bridge" in lines["en"][2]
    assert "Puente Verde" in lines["es"][2]


def test_an_option_may_be_given_several_times() -> None:
    rows = json.loads(kg("ask", "allies", "--actor", "uca", "--actor", "helfen", "--format", "json").stdout)

    assert {"Highland Farmers' Union (UCA)", "Helfen"} == {row["actor"] for row in rows}


@pytest.mark.parametrize("name", ["UCA", "uca", "unión de campesinos de altura", "Highlanders", UCA])
def test_an_actor_is_given_by_acronym_id_label_alias_or_address(name: str) -> None:
    assert kg("ask", "allies", "--actor", "uca").stdout == kg("ask", "allies", "--actor", name).stdout


def test_year_and_as_of_are_the_same_option() -> None:
    """By hand: the Old League was allied with the union until 2012."""
    then = kg("ask", "allies", "--actor", "uca", "--as-of", "2011").stdout

    assert "Old League" in then
    assert then == kg("ask", "allies", "--actor", "uca", "--year", "2011").stdout
    assert "Old League" not in kg("ask", "allies", "--actor", "uca").stdout


def test_why_prints_source_section_paraphrase_and_coding_below_each_row() -> None:
    """From tests/world/evidence.csv, r08, and the row ac-uca-camara."""
    lines = kg("ask", "opponents", "--actor", "camara", "--why").stdout.splitlines()

    assert (
        "  - The Land and Its People, Who stands with whom, characters 280-319: "
        "The highland union accuses the Robles chamber of taking land. [Stated; High; Highland Farmers' Union (UCA)]"
    ) in lines


@pytest.mark.parametrize("style", ["csv", "tsv", "md"])
def test_why_stays_with_its_row_in_every_format(style: str) -> None:
    assert "The highland union accuses" in kg("ask", "opponents", "--actor", "camara", "--why", "--format", style).stdout


def test_sparql_prints_the_filled_query_which_gives_the_same_rows() -> None:
    query = kg("ask", "allies", "--actor", "uca", "--sparql").stdout
    rows = json.loads(kg("sparql", "-", "--format", "json", text=query).stdout)

    assert f"<{UCA}>" in query
    assert len(json.loads(kg("ask", "allies", "--actor", "uca", "--format", "json").stdout)) == len(rows)


def test_view_writes_a_page_that_names_what_the_answer_names(tmp_path: Path) -> None:
    result = kg("ask", "allies", "--actor", "uca", "--view", tmp_path / "allies.html", "--format", "csv")

    assert "<!doctype html>" in (tmp_path / "allies.html").read_text(encoding="utf-8")[:200].lower()
    assert 0 == result.exit_code
    assert result.stdout.startswith("actor,ally")


def test_an_answer_that_is_empty_because_the_source_says_so_says_so_on_stderr() -> None:
    """By hand: Claro denies that it is allied with the government (r16)."""
    result = kg("ask", "allies", "--actor", "claro")

    assert (0, "") == (result.exit_code, result.stdout)
    assert "allies: the source says there is none: Claro denies that it is allied with the government." in result.stderr


def test_an_answer_that_is_empty_for_want_of_facts_says_that() -> None:
    result = kg("ask", "allies", "--actor", "prensa", "--format", "json")

    assert (0, "[]\n") == (result.exit_code, result.stdout)
    assert "allies: nothing is known: no fact in the data answers this\n" == result.stderr


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["ask", "alliez"], "kg: question 'alliez': there is none of that name; did you mean 'allies'"),
        (["ask", "allies"], "kg: question 'allies': --actor is missing; give a name, acronym or id"),
        (["ask", "allies", "--acter", "uca"], "kg ask allies: there is no option '--acter'; did you mean '--actor'"),
        (
            ["ask", "allies", "--actor", "helfn"],
            "kg: --actor 'helfn': there is no actor of that name; did you mean 'helfen'?",
        ),
        (
            ["ask", "allies", "--actor", "Frente Campesino"],
            "kg: --actor 'Frente Campesino': 2 things bear that name: frente, frente-vecina; give one of these ids",
        ),
        (["ask", "allies", "--actor", "uca", "--year", "soon"], "kg: --year 'soon': not a date; write 2013, 2013-08 or"),
        (["ask", "allies", "--actor"], "kg: option '--actor' requires an argument"),
        (
            ["ask", "allies", "uca"],
            "kg ask allies: got unexpected extra argument(s) (uca); a name stands behind its option, as in --actor NAME",
        ),
        (["ask", "changes", "--from", "2010"], "kg: question 'changes': --to is missing; give a date"),
        (["ask", "laws", "--year", "2013-02-30"], "kg: --year '2013-02-30': not a date; write 2013, 2013-08 or"),
        (
            ["ask", "between", "--actor", "uca", "--other", "UCA"],
            "kg: question 'between': --actor and --other are the same; name two",
        ),
        (
            ["ask", "laws", "--issue", "xyzw"],
            "kg: --issue 'xyzw': there is no issue of that name; nothing similar is known; `kg find` looks for a part",
        ),
        (["export", "--to", "docx"], "kg: --to 'docx': there is no such format; known: csv,"),
        (
            ["ask", "allies", "--lang", "es"],
            "kg ask allies: --lang stands before the command; write `kg --lang ... ask allies`",
        ),
        (
            ["ask", "allies", "--actor", "uca", "--format", "jsn"],
            "kg: --format 'jsn': there is no such format; did you mean 'json'?",
        ),
        (["ask", "allies", "--actor", '"} DROP ALL'], "kg: --actor '\"} DROP ALL': there is no actor of that name"),
        (["aks"], "kg: there is no command 'aks'; did you mean 'ask'?"),
        (["--dta", "x", "ask"], "kg: there is no option '--dta'; did you mean '--data'"),
        (["--lang", "de", "ask"], "kg: --lang 'de': not available; known: en, es, fr"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_understood_is_one_line_with_near_names_and_ends_with_2(arguments: list[str], line: str) -> None:
    result = kg(*arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(line)
    assert 1 == result.stderr.count("\n")


def test_on_a_terminal_a_passage_is_told_once_and_through_a_pipe_under_every_row() -> None:
    """The tension of the unions with the peoples, told in passage r07, is inherited by their members."""
    asked = ("ask", "tensions", "--why")
    piped, shown = kg(*asked).stdout, kg(*asked, env={"COLUMNS": "200"}).stdout

    assert "as above" not in piped
    assert "as above" in shown


def test_empty_answers_and_passages_speak_the_language_that_was_asked_for() -> None:
    """By hand: nothing is known of the press; the Spanish words stand in kg/questions/sentences.json."""
    empty = kg("--lang", "es", "ask", "allies", "--actor", "prensa")
    told = kg("--lang", "fr", "ask", "tensions", "--why", "--format", "csv")

    assert "allies: no se sabe nada: ningún hecho de los datos lo responde\n" == empty.stderr
    assert "caractères" in told.stdout
    assert "(hérité d'une catégorie)" in told.stdout
    assert "characters" not in told.stdout
