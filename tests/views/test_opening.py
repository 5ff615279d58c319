"""Positions and stories read from files: what they hold, and what is refused with one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.views.opening import Step, read_positions, read_story


def written(folder: Path, content: Any) -> Path:
    file = folder / "file.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def test_positions_are_pairs_of_numbers(tmp_path: Path) -> None:
    assert {"a": (1.0, -2.5)} == read_positions(written(tmp_path, {"a": [1, -2.5]}))


def test_a_story_is_in_one_language_or_several(tmp_path: Path) -> None:
    steps = [
        {"state": "#colour=camp", "title": "Camps", "text": "Two."},
        {"title": {"en": "End", "fr": "Fin"}},
    ]

    expected = (
        Step(state="colour=camp", title={"en": "Camps"}, text={"en": "Two."}),
        Step(state="", title={"en": "End", "fr": "Fin"}, text={}),
    )
    assert expected == read_story(written(tmp_path, steps))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", r"file.json: is not JSON in UTF-8"),
        ([], r"file.json: is no list of positions; save one from the page"),
        ({"a": [1]}, r"'a' has the place \[1\]; give two numbers"),
        ({"a": [1, True]}, r"'a' has the place"),
        ('{"a": [1, NaN]}', r"'a' has the place"),
    ],
)
def test_other_positions_are_refused(tmp_path: Path, content: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_positions(written(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({}, r"is no list of steps"),
        (["a"], r"step 1: is 'a'; write an object"),
        ([{"titel": "a"}], r"step 1: has 'titel'; did you mean 'title'"),
        ([{"title": "a", "state": 3}], r"step 1: its state is 3"),
        ([{"text": "a"}], r"step 1: has no title"),
        ([{"title": {"de": "a"}}], r"step 1: its title is in 'de'"),
        ([{"title": 3}], r"step 1: its title is 3; write a text"),
    ],
)
def test_other_stories_are_refused(tmp_path: Path, content: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_story(written(tmp_path, content))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere.json: cannot be read"):
        read_positions(tmp_path / "nowhere.json")
