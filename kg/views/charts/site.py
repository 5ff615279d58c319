"""`kg view all`: every view as a page of one folder that opens from a stick or any web host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.graph import Graph
from kg.views.charts.answers import Answers, word
from kg.views.charts.catalog import MODULES, View, load_view
from kg.views.charts.html import write_chart
from kg.views.charts.page import ChartPage, Link
from kg.views.html import write_network
from kg.views.network import dataset_title, network_page
from kg.views.page import Labels

__all__ = ["write_site"]


def write_site(graph: Graph, lang: str, folder: Path, *, public: bool = False, **filters: Any) -> Iterator[Path]:
    """The files, one after the other as they are written: the network, every other view, and last the page to start from.

    With `public` they show what may leave the house, and say so. Files of these names are replaced, others in the folder stay.
    Raises InputError where one cannot be written, and what the views raise.
    """
    withheld: Labels = {}
    if public:
        from kg.views.public import public_graph

        everybody = public_graph(graph)
        graph, withheld = everybody.graph, everybody.withheld
    answers = Answers(graph, filters, lang)
    names = ("index", "network", *MODULES)
    links = [
        Link(file=f"{name}.html", text=word(f"view.{name}"), what=word(f"view.{name}.what") if name != "index" else {})
        for name in names
    ]

    def links_on(name: str) -> tuple[Link, ...]:
        return tuple(replace(link, current=link.file == f"{name}.html") for link in links)

    def linked(page: ChartPage, name: str) -> ChartPage:
        return replace(page, withheld=withheld, links=links_on(name))

    network = replace(network_page(graph, lang, **answers.filters), withheld=withheld)
    yield write_network(network, folder / "network.html", links_on("network"))
    facts = {"network.html": network.facts}
    for name in MODULES:
        view = load_view(name)
        page = view.page(graph, lang, **_taken(answers, view))
        yield write_chart(linked(page, name), folder / f"{name}.html")
        facts[f"{name}.html"] = page.facts
    start = ChartPage(
        view="index", title=dataset_title(graph), lang=lang, facts=answers.shown(0, "site.facts"), help=word("site.help")
    )
    links = [replace(link, facts=facts.get(link.file, {})) for link in links]
    yield write_chart(linked(start, "index"), folder / "index.html")


def _taken(answers: Answers, view: View) -> dict[str, Any]:
    """The filters that a view takes; a view with a picture per country gets the countries of the data where none was chosen."""
    takes = {parameter.name for parameter in view.parameters}
    given = {name: value for name, value in answers.filters.items() if name in takes}
    if view.by_country and "country" not in given:
        given["country"] = answers.countries()
    return given
