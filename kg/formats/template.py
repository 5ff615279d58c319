"""The empty workbook and the empty folder: what `kg new` starts from."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from kg.formats.csvw import shipped_description
from kg.formats.dataset import dataset_of
from kg.formats.material import Material, slug
from kg.formats.scales import SHORTHANDS, interval
from kg.wording import typeset

__all__ = ["GUIDE_TITLES", "LISTS", "guide", "template", "words"]

GUIDE_TITLES = {"en": "How to code", "es": "Cómo codificar", "fr": "Comment coder"}
"""Title of the sheet that explains coding, by language."""
LISTS = "kg-lists"
"""Title of the hidden sheet that drop-down lists are taken from."""


@functools.cache
def _content() -> Any:
    return json.loads((Path(__file__).parent / "template.json").read_text(encoding="utf-8"))


def guide(lang: str) -> list[str]:
    """The lines of the page that explains coding; those that begin with `# ` are headings."""
    return [typeset(line, lang) for line in _content()["guide"][lang]]


def words(lang: str) -> dict[str, str]:
    """The few words of the workbook that stand in no table description."""
    return {key: typeset(text, lang) for key, text in _content()["words"][lang].items()}


def template(name: str, *, scores: bool = True) -> Material:
    """A data set called `name` with every table empty but for the example.

    With `scores` the example's score is left as an analyst writes it; without, it is the interval that it stands for.
    """
    dataset = dataset_of({"id": slug(name), "title": dict.fromkeys(("en", "es", "fr"), name)}, slug(name), name)
    material = Material(dataset, {table: [] for table in shipped_description()})
    for table, records in _content()["example"].items():
        for record in records:
            cells = dict(record)
            shorthand = SHORTHANDS.get(table)
            if shorthand and not scores and shorthand.name in cells:
                ends = interval(cells.pop(shorthand.name))
                if ends:
                    cells |= {shorthand.low: ends[0], shorthand.high: ends[1]}
            material.add(table, **cells)
    return material
