"""Writes a view as a page, or its pictures alone."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError
from kg.views.charts.html import chart_html
from kg.views.charts.page import ChartPage
from kg.views.charts.scene import Scene
from kg.views.charts.svg import svg
from kg.views.document import write_document

__all__ = ["pictures", "write_view"]


def pictures(page: ChartPage) -> dict[str, Scene]:
    """Figure id to picture in the page's language, of the figures that are drawn."""
    return {f.id: f.scenes[page.lang] for f in page.figures if page.lang in f.scenes}


def write_view(page: ChartPage, path: Path, style: str) -> list[Path]:
    """The files that were written: the page (`html`), or one picture per figure (`svg`).

    Several pictures get the figure's id before the ending. Raises InputError where the view is no picture, or where a file
    cannot be written.
    """
    if style == "html":
        return [write_document(chart_html(page), path)]
    found = pictures(page)
    if not found:
        raise InputError(f"--to {style}: {page.view} is a table, not a picture; use --to html")
    return [
        write_document(
            svg(scene, page.lang), path if len(found) == 1 else path.with_name(f"{path.stem}-{name}{path.suffix}")
        )
        for name, scene in found.items()
    ]
