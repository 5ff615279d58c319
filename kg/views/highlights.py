"""What stands out on a network page: a coalition with the ties inside it, or the shortest ways between two actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.questions.names import resolve
from kg.questions.runner import ask
from kg.views.document import words_in
from kg.views.page import Labels, NetworkPage

if TYPE_CHECKING:
    from kg.views.analysed import Asserted

__all__ = ["coalition", "lit", "shortest_paths"]

_MOST = 50
"""Shortest paths that are drawn: more say no more."""


def lit(page: NetworkPage, found: tuple[tuple[str, ...], Labels]) -> NetworkPage:
    """The page with what was found highlighted."""
    ids, what = found
    return replace(page, highlight=ids, highlight_label=what)


def _identified(graph: Graph, name: str, option: str) -> str:
    return Describer(graph, "en").identifier(resolve(graph, name, "actor", option)[1:-1])


def coalition(graph: Graph, asserted: Asserted, names: Sequence[str]) -> tuple[tuple[str, ...], Labels]:
    """Ids of the named actors and the ties among them, and what they are; one name stands for it and its members.

    Raises NotFoundError for a name that is nobody's, InputError where there is nobody to draw.
    """
    members = {_identified(graph, name, "--coalition") for name in names}
    if len(names) == 1:
        members |= {row.member.id for row in ask(graph, "members", actor=names[0])}
    drawn = members & set(asserted.actors)
    if len(drawn) < 2:
        raise InputError(f"--coalition {names[0]!r}: fewer than two of its members are on the page; name them one by one")
    ties = {name for a, b, name, *_ in asserted.ties if a in drawn and b in drawn}
    return tuple(sorted(drawn | ties)), _told("coalition", names=", ".join(names))


def shortest_paths(graph: Graph, asserted: Asserted, ends: tuple[str, str]) -> tuple[tuple[str, ...], Labels]:
    """Ids of actors and ties on the shortest ways between two actors, whatever sign and direction the ties have.

    Raises NotFoundError for a name that is nobody's, InputError where no way is drawn.
    """
    import networkx as nx

    start, goal = (_identified(graph, name, "--path") for name in ends)
    if start == goal:
        raise InputError(f"--path {ends[0]!r} {ends[1]!r}: is one and the same actor; name two")
    plain = nx.Graph(asserted.network.to_undirected(as_view=True))
    between: dict[frozenset[str], list[str]] = {}
    for source, target, name, *_ in asserted.ties:
        between.setdefault(frozenset((source, target)), []).append(name)
    found = set()
    steps = 0
    try:
        for number, way in enumerate(nx.all_shortest_paths(plain, start, goal)):
            if number == _MOST:
                break
            steps = len(way) - 1
            found.update(way)
            for pair in pairwise(way):
                found.update(between[frozenset(pair)])
    except (nx.NetworkXNoPath, nx.NodeNotFound) as error:
        raise InputError(f"--path {ends[0]!r} {ends[1]!r}: no relations on the page lead from one to the other") from error
    return tuple(sorted(found)), _told("paths", start=ends[0], goal=ends[1], steps=steps)


def _told(key: str, **values: object) -> Labels:
    return {lang: words.format(**values) for lang, words in words_in("highlights.json")[key].items()}
