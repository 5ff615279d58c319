"""What kg says is set as each language sets it."""

from __future__ import annotations

import re

import pytest

from kg.cli.tables import wrap
from kg.formats.template import guide
from kg.questions.describe import SENTENCES
from kg.questions.head import load_question, question_names
from kg.views.charts.labels import wrap as wrap_drawn
from kg.views.document import words_in
from kg.wording import Sentences, number_in, series

# Lexique des règles typographiques en usage à l'Imprimerie nationale: these signs keep the space before them.
LOOSE = re.compile(r" [;:?!»%]|« ")


def test_no_french_text_of_a_page_leaves_a_sign_to_the_next_line() -> None:
    words = words_in("strings.json", "charts.json", "highlights.json")

    loose = [key for key, texts in words.items() if LOOSE.search(texts["fr"])]

    assert loose == []
    assert words["text.between"] == {"en": "; ", "es": "; ", "fr": "\u202f; "}


def test_french_questions_and_guides_are_set_too() -> None:
    texts = [*(load_question(name).text["fr"] for name in question_names()), *guide("fr")]

    assert [text for text in texts if LOOSE.search(text)] == []
    assert any("\u202f?" in text for text in texts)


def test_sentences_are_set_but_not_what_is_put_into_them() -> None:
    say = Sentences(SENTENCES, "fr")

    assert say("from-to", start="a : b", end="c") == "de a : b à c"
    assert say("denied", said="non") == "la source dit qu'il n'y en a pas\u202f: non"


@pytest.mark.parametrize("lines", [wrap("Sources\u202f: a b", 9), list(wrap_drawn("Sources\u202f: a b", 10, 56))])
def test_lines_never_end_at_a_space_that_holds(lines: list[str]) -> None:
    assert lines == ["Sources\u202f:", "a b"]


@pytest.mark.parametrize(
    ("value", "lang", "text"),
    [
        # CLDR 45, as Intl.NumberFormat writes them in the pages.
        (1234.5, "en", "1,234.5"),
        (1234.5, "es", "1234,5"),
        (12345.25, "es", "12.345,25"),
        (-1234567, "fr", "-1\u202f234\u202f567"),
        (2_300_000.0, "en", "2,300,000"),
        ("-0.50", "fr", "-0,50"),
    ],
)
def test_numbers_are_written_as_the_pages_write_them(value: float | str, lang: str, text: str) -> None:
    assert number_in(value, lang) == text


def test_parts_of_a_text_are_separated_as_the_language_does() -> None:
    assert series(["a", "b"], "fr") == "a\u202f; b"
