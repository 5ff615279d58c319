"""One HTML file for a chart page: offline, safe with any text in it, the same bytes for the same page."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.views.charts.page import Cell, ChartPage, Fact, Figure, Grid, Row, Table
from kg.views.charts.scene import Colour, Scene, scene_json
from kg.views.document import Words, document, static, words_in, write_document
from kg.views.page import Labels, text_in

__all__ = ["chart_html", "write_chart"]

_TEMPLATE = "chart.html"
_STYLES = ("page.css", "charts.css")
_SCRIPTS = (
    "load.js",
    "words.js",
    "files.js",
    "details.js",
    "address.js",
    "chart-state.js",
    "chart-draw.js",
    "chart-tables.js",
    "chart-filters.js",
    "chart-panel.js",
    "chart-save.js",
    "passed.js",
    "chart-meanings.js",
    "chart-main.js",
)


def write_chart(page: ChartPage, path: str | Path) -> Path:
    """The path of the HTML file that now holds the page (UTF-8, `\\n`), an older file of that name replaced.

    Raises InputError where the file cannot be written.
    """
    return write_document(chart_html(page), path)


def chart_html(page: ChartPage) -> str:
    """The page as one HTML document that asks for nothing from outside."""
    words = _words()
    return document(
        _TEMPLATE,
        _STYLES,
        _SCRIPTS,
        [_payload(page, words)],
        page=page,
        title=text_in(page.title, page.lang),
        facts=text_in(page.facts, page.lang),
        withheld=text_in(page.withheld, page.lang),
        help=text_in(page.help, page.lang),
        links=page.links,
        words=words,
        text_in=text_in,
    )


@functools.cache
def _words() -> Words:
    """The words that template and scripts name; the rest stays out of the page."""
    code = "".join(map(static, _SCRIPTS)) + _template_text(_TEMPLATE)
    named = set(re.findall(r"""["'`]([a-z]+(?:\.[a-z]+)+|copied|language\.name)["'`]""", code))
    words = words_in("strings.json", "charts.json")
    return {
        key: words[key] for key in words if key in named or key.removesuffix(".one") in named or key.startswith("theme.")
    }


def _template_text(name: str) -> str:
    """The text of a template and of those that it includes."""
    text = (Path(__file__).parents[1] / "templates" / name).read_text(encoding="utf-8")
    return text + "".join(map(_template_text, re.findall(r'{% include "([^"]+)"', text)))


def _payload(page: ChartPage, words: Words) -> str:
    palette: list[Colour] = []
    items = page.evidence()
    at = {item.id: index for index, item in enumerate(items)}
    facts = {fact.id: fact for row in page.rows() for fact in row.facts}
    fact_at = {name: index for index, name in enumerate(facts)}
    sources = {source.id: index for index, source in enumerate(page.sources)}
    data = {
        "words": words,
        "lang": page.lang,
        "title": _text(page.title),
        "facts": _text(page.facts),
        "withheld": _text(page.withheld),
        "help": _text(page.help),
        "links": [[link.file, _text(link.text), _text(link.what), _text(link.facts)] for link in page.links],
        "figures": [_figure(figure, palette) for figure in page.figures],
        "tables": [_table(table, fact_at) for table in page.tables],
        "known": [_fact(fact, at) for fact in facts.values()],
        "facets": [
            {
                "id": f.id,
                "heading": _text(f.heading),
                "entries": [[e.id, _text(e.labels) or e.id] for e in f.entries],
                "ordered": int(f.ordered),
            }
            for f in page.facets
        ],
        "palette": palette,
        "sources": [
            {"id": s.id, "title": s.title, "authors": s.authors, "issued": s.issued, "address": s.address}
            for s in page.sources
        ],
        "evidence": {
            "source": [sources[item.source] for item in items],
            "section": [_text(item.section) for item in items],
            "characters": [item.characters for item in items],
            "paraphrase": [_text(item.paraphrase) for item in items],
        },
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _text(labels: Labels) -> Any:
    """Labels as one string where all languages say the same."""
    texts = set(labels.values())
    if not texts:
        return ""
    return texts.pop() if len(texts) == 1 else dict(labels)


def _cell(cell: Cell) -> Any:
    return _text(cell) if isinstance(cell, Mapping) else "" if cell is None else cell


def _figure(figure: Figure, palette: list[Colour]) -> dict[str, Any]:
    return {
        "id": figure.id,
        "title": _text(figure.title),
        "note": _text(figure.note),
        "first": figure.first,
        "beside": int(figure.beside),
        "scenes": _scenes(figure.scenes, palette),
        "narrow": _scenes(figure.narrow, palette),
        "grid": _grid(figure.grid, palette) if figure.grid else None,
        "key": [[_sign(entry.sign, palette), _text(entry.text)] for entry in figure.key],
    }


def _sign(sign: Mapping[str, Scene] | Scene, palette: list[Colour]) -> dict[str, Any]:
    return scene_json(sign, palette) if isinstance(sign, Scene) else _scenes(sign, palette)


def _scenes(scenes: Mapping[str, Scene], palette: list[Colour]) -> dict[str, Any]:
    return {lang: scene_json(scene, palette) for lang, scene in scenes.items()}


def _grid(grid: Grid, palette: list[Colour]) -> dict[str, Any]:
    def colour(given: Colour | None) -> int:
        if given is None:
            return -1
        if given not in palette:
            palette.append(given)
        return palette.index(given)

    return {
        "corner": _text(grid.corner),
        "columns": [_text(each) for each in grid.columns],
        "lines": [
            [_text(name), [[c.sign, _cell(c.text), list(c.rows), colour(c.colour), _text(c.label)] for c in cells]]
            for name, cells in grid.lines
        ],
    }


def _table(table: Table, facts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": _text(table.title),
        "note": _text(table.note),
        "columns": [[c.id, _text(c.heading), int(c.number)] for c in table.columns],
        "rows": [_row(row, facts) for row in table.rows],
    }


def _row(row: Row, facts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": _text(row.name),
        "cells": [_cell(cell) for cell in row.cells],
        "values": {name: list(ids) for name, ids in row.values.items() if ids},
        "facts": [facts[fact.id] for fact in row.facts],
        "estimated": int(row.estimated),
    }


def _fact(fact: Fact, at: Mapping[str, int]) -> list[Any]:
    return [
        fact.id,
        _text(fact.statement),
        [[_text(heading), _text(value)] for heading, value in fact.terms],
        [at[item.id] for item in fact.evidence],
    ]
