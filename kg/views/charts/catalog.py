"""The views beside the network: to add one, write its module and name it here; command, site and tests follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.errors import NotFoundError, near_names
from kg.graph import Graph
from kg.questions.head import Parameter

if TYPE_CHECKING:
    from kg.views.charts.page import ChartPage

__all__ = ["MODULES", "SITE_FILTERS", "View", "chart_page", "load_view"]

MODULES = {
    "power-interest": "power_interest",
    "tensions": "tensions",
    "countries": "countries",
    "matrix": "matrix",
    "timeline": "timeline",
}
"""View to module of this package; the order is that of the site."""
SITE_FILTERS = ("country", "issue", "type", "year")
"""What the pages of a site can be limited by; each page by those that its view takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A view: what it takes and how its page is made."""

    name: str
    parameters: tuple[Parameter, ...]
    """Its filters, typed as those of questions."""
    by_country: bool = False
    """True where each country gets a picture of its own."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """Help of those filters whose meaning is not the usual one."""
    page: Callable[..., ChartPage]
    """Makes the page from a graph, a language and the filters that were given."""


def load_view(name: str) -> View:
    """The view of that name, its module imported; raises NotFoundError with near names."""
    if name not in MODULES:
        raise NotFoundError(f"view {name!r}: there is none of that name; {near_names(name, MODULES)}")
    view: View = import_module(f"kg.views.charts.{MODULES[name]}").VIEW
    return view


def chart_page(view: View, graph: Graph, lang: str, *, public: bool = False, **filters: Any) -> ChartPage:
    """The page of a view; with `public`, of what may leave the house, and it says so."""
    if not public:
        return view.page(graph, lang, **filters)
    from kg.views.public import public_graph

    everybody = public_graph(graph)
    return replace(view.page(everybody.graph, lang, **filters), withheld=everybody.withheld)
