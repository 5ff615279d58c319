"""The small map of a brief: the power-interest grid of a country, or the nearest ties of anything else."""

from __future__ import annotations

from dataclasses import replace

from kg.graph import Graph
from kg.questions.answer import Thing
from kg.questions.head import load_question
from kg.questions.runner import ask
from kg.views.charts.answers import word
from kg.views.charts.catalog import load_view
from kg.views.charts.keys import with_key
from kg.views.charts.network_map import network_map
from kg.views.charts.scene import Scene, Words
from kg.views.network import network_page
from kg.views.page import NetworkPage

__all__ = ["grid_of_country", "nearest_ties"]

_TIES, _ACTORS, _MAP, _HIGH = 14, (24, 12, 6), 380, 800
"""Most ties of the small map; most actors of one of power and interest, fewer where their names make it too high; its width, about
that of the column in which it is printed, so that names stay legible; and its height."""


def grid_of_country(graph: Graph, country: Thing, lang: str) -> Scene | None:
    """The power-interest grid of the most powerful actors of a country; None where nobody stands on it."""
    everybody = len(ask(graph, load_question("power-interest"), lang, country=country))
    if not everybody:
        return None
    for most in _ACTORS:
        grid = _grid(graph, country, lang, everybody, most)
        if grid.height <= _HIGH and not _unnamed(grid):
            break
    return grid


def _unnamed(scene: Scene) -> bool:
    """True where a sign has neither a name nor a number: on paper nobody can choose it to see who it is."""
    return any(g.role == "mark" and not any(isinstance(item, Words) for item in g.items) for g in scene.groups)


def _grid(graph: Graph, country: Thing, lang: str, everybody: int, most: int) -> Scene:
    """The grid with its key, which says how many there are of how many."""
    page = load_view("power-interest").page(graph, lang, country=[country.iri], most=most)
    figure = page.figures[0]
    command = f"kg view power-interest --country {country.id}"
    said = word("brief.map.foremost", all=everybody, n=most, command=command)[lang] if everybody > most else ""
    signs = [e.sign if isinstance(e.sign, Scene) else e.sign[lang] for e in figure.key]
    return with_key(figure.narrow[lang], [(s, e.text[lang]) for s, e in zip(signs, figure.key, strict=True)], said)


def nearest_ties(graph: Graph, thing: Thing, ends: set[str], lang: str) -> Scene | None:
    """The network of the ties at the ends, given by their ids; None where there are none."""
    near = _near(network_page(graph, lang, analysis=False), ends)
    return replace(network_map(near, width=_MAP), title=thing.label) if near.ties else None


def _near(page: NetworkPage, ends: set[str]) -> NetworkPage:
    """The page with the ties at some nodes, or about some issues, the most certain first, no more than a small map holds."""
    nodes = {node.id: node for node in page.nodes}
    levels = {entry.id: place for place, entry in enumerate(page.confidences)}
    ties = [
        t
        for t in page.ties
        if ends.intersection((t.source, t.target, *t.issues)) and t.source in nodes and t.target in nodes
    ]
    ties.sort(key=lambda t: (t.status != "stated", levels.get(t.confidence, len(levels)), t.id))
    kept = ties[:_TIES]
    shown = {end for tie in kept for end in (tie.source, tie.target)}
    return replace(page, title={}, facts={}, focus="", nodes=tuple(nodes[i] for i in nodes if i in shown), ties=tuple(kept))
