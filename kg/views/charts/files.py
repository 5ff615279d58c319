"""Writes a view as a page, or its pictures alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import InputError
from kg.views.charts.html import chart_html
from kg.views.charts.keys import with_key
from kg.views.charts.page import ChartPage
from kg.views.charts.scene import Scene
from kg.views.document import write_bytes, write_document
from kg.views.page import text_in

__all__ = ["PICTURES", "pictures", "write_pictures", "write_view"]

PICTURES = ("svg", "png", "pdf")
"""What pictures can be written as, beside the page."""


def pictures(page: ChartPage) -> dict[str, Scene]:
    """Figure id to picture in the page's language, of the figures that are drawn; below it its key, and what the page shows and
    withholds."""
    found = {}
    said = " ".join(filter(None, (text_in(page.facts, page.lang), text_in(page.withheld, page.lang))))
    for figure in page.figures:
        if page.lang in figure.scenes:
            signs = [e.sign if isinstance(e.sign, Scene) else e.sign[page.lang] for e in figure.key]
            texts = [text_in(entry.text, page.lang) for entry in figure.key]
            found[figure.id] = with_key(figure.scenes[page.lang], list(zip(signs, texts, strict=True)), said)
    return found


def write_view(page: ChartPage, path: Path, style: str) -> list[Path]:
    """The files that were written: the page (`html`), or its pictures in one of the `PICTURES`.

    Raises InputError where the view is no picture, or where a file cannot be written.
    """
    if style == "html":
        return [write_document(chart_html(page), path)]
    found = pictures(page)
    if not found:
        why = "this view is made of tables" if page.figures else "nothing is known that this view could draw"
        raise InputError(f"--to {style}: {why}; write a page (--to html) and print it")
    return write_pictures(found, path, style, title=text_in(page.title, page.lang), lang=page.lang)


def write_pictures(found: Mapping[str, Scene], path: Path, style: str, *, title: str, lang: str) -> list[Path]:
    """The files that were written: one PDF with a page per picture, else a file per picture.

    Several files get the picture's id before the ending. Raises InputError where one cannot be written.
    """
    if style == "pdf":
        from kg.views.charts.printing import pdf

        return [write_bytes(pdf(found.values(), title), path)]
    written = []
    for name, scene in found.items():
        target = path if len(found) == 1 else path.with_name(f"{path.stem}-{name}{path.suffix}")
        if style == "png":
            from kg.views.charts.printing import png

            written.append(write_bytes(png(scene), target))
        else:
            from kg.views.charts.svg import svg

            written.append(write_document(svg(scene, lang), target))
    return written
