"""One HTML file for a network: offline, safe with any text in it, the same bytes for the same page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.views.document import document, make_ready, words_in, write_document
from kg.views.page import NetworkPage, text_in
from kg.views.payload import payload

if TYPE_CHECKING:
    from kg.views.charts.page import Link

__all__ = ["network_html", "prepare", "write_network"]

_STYLES = ("page.css", "network.css", "print.css")
_SCRIPTS = (  # what the first picture needs, up to opening.js, then everything else
    "load.js",
    "data.js",
    "words.js",
    "address.js",
    "state.js",
    "visible.js",
    "looks.js",
    "layouts.js",
    "shapes.js",
    "overview.js",
    "draw.js",
    "changes.js",
    "stage.js",
    "camera.js",
    "sight.js",
    "opening.js",
    "rest.js",
    "files.js",
    "names.js",
    "tips.js",
    "pointer.js",
    "facets.js",
    "legend.js",
    "time.js",
    "arrange.js",
    "appearance.js",
    "search.js",
    "panel.js",
    "details.js",
    "table.js",
    "keyboard.js",
    "figure.js",
    "save.js",
    "story.js",
    "passed.js",
    "meanings.js",
    "main.js",
)
_VIS = {"stage.js": "vis-stage.js", "pointer.js": "vis-pointer.js"}
"""What takes the place of our renderer where vis-network draws."""
_VIS_LIBRARY = "vendor/vis-network-10.1.5.min.js"


def prepare() -> None:
    """Makes ready what network pages have in common: template, words and program."""
    words_in("strings.json")
    make_ready("network.html", _SCRIPTS)


def write_network(page: NetworkPage, path: str | Path, links: Sequence[Link] = ()) -> Path:
    """The path of the HTML file that now holds the page (UTF-8, `\\n`), an older file of that name replaced.

    `links` are the pages of the site that it belongs to.

    Raises InputError where the file cannot be written.
    """
    return write_document(network_html(page, links), path)


def network_html(page: NetworkPage, links: Sequence[Link] = ()) -> str:
    """The page as one HTML document that asks for nothing from outside."""
    words = dict(words_in("strings.json"))
    if links:
        words["chart.pages"] = words_in("charts.json")["chart.pages"]
        words |= {f"page.{link.file}": link.text for link in links}
    shaken = page.engine == "vis"
    first, rest = payload(page, words)
    return document(
        "network.html",
        _STYLES,
        tuple(_VIS.get(name, name) for name in _SCRIPTS) if shaken else _SCRIPTS,
        first,
        rest=rest,
        library=_VIS_LIBRARY if shaken else "",
        page=page,
        title=text_in(page.title, page.lang),
        facts=text_in(page.facts, page.lang),
        withheld=text_in(page.withheld, page.lang),
        words=words,
        links=links,
    )
