"""What a page opens with that comes from a file: saved positions, and the steps of a story."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from kg.errors import InputError, near_names

__all__ = ["LANGUAGES", "Step", "read_positions", "read_story"]

LANGUAGES = ("en", "es", "fr")
"""Languages of a story's texts: those of the page's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a story that a reader clicks through."""

    state: str
    """What stands after `#` in the address of the view that the step shows."""
    title: Mapping[str, str]
    """Heading, per language."""
    text: Mapping[str, str]
    """What there is to see, per language."""


def read_positions(path: str | Path) -> dict[str, tuple[float, float]]:
    """Node id to coordinates, as the page's "save positions" writes them.

    Raises InputError for a file that cannot be read or holds anything else.
    """
    found = _json(Path(path), "positions")
    if not isinstance(found, dict):
        raise InputError(f"{path}: is no list of positions; save one from the page (Save, Positions)")
    places = {}
    for name, place in found.items():
        if not (isinstance(place, list) and len(place) == 2 and all(_number(each) for each in place)):
            raise InputError(f"{path}: {name!r} has the place {place!r}; give two numbers, [x, y]")
        places[name] = (float(place[0]), float(place[1]))
    return places


def read_story(path: str | Path) -> tuple[Step, ...]:
    """The steps of a story: a JSON list of objects with `state`, `title` and `text`.

    `state` is what stands after `#` in a link to the view; `title` and `text` are texts, or one per language. Raises
    InputError for a file that cannot be read or a step that lacks something.
    """
    found = _json(Path(path), "story")
    if not isinstance(found, list) or not found:
        raise InputError(f'{path}: is no list of steps; write [{{"state": "...", "title": "...", "text": "..."}}, ...]')
    steps = []
    for number, step in enumerate(found, start=1):
        where = f"{path}: step {number}"
        if not isinstance(step, dict):
            raise InputError(f"{where}: is {step!r}; write an object with state, title and text")
        for name in step:
            if name not in ("state", "title", "text"):
                raise InputError(f"{where}: has {name!r}; {near_names(name, ('state', 'title', 'text'))}")
        state = step.get("state", "")
        if not isinstance(state, str):
            raise InputError(f"{where}: its state is {state!r}; copy what stands after # in a link to the view")
        title, text = (_labels(step.get(name, ""), f"{where}: its {name}") for name in ("title", "text"))
        if not title:
            raise InputError(f"{where}: has no title; give it one")
        steps.append(Step(state=state.removeprefix("#"), title=title, text=text))
    return tuple(steps)


def _labels(value: Any, where: str) -> dict[str, str]:
    if isinstance(value, str):
        return {"en": value} if value else {}
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise InputError(f"{where} is {value!r}; write a text, or one per language (en, es, fr)")
    for tag in value:
        if tag not in LANGUAGES:
            raise InputError(f"{where} is in {tag!r}; {near_names(tag, LANGUAGES)}")
    return dict(value)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _json(path: Path, what: str) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); name the file with the {what}") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"{path}: is not JSON in UTF-8 ({error}); save it as such") from error
