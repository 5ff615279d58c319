"""What a shell completes: fixed choices, questions, and names of things in the graph."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["choices", "names"]

_CLASSES = {"actor": "Actor", "country": "Place", "instrument": "Instrument", "issue": "Issue"}
_LISTS = {"actor-type": "actor-type", "relation-type": "relation"}


def choices(*values: str) -> Callable[[str], list[str]]:
    """A completer that offers some of `values`."""

    def complete(incomplete: str) -> list[str]:
        return [v for v in values if v.startswith(incomplete)]

    return complete


def _named(graph: Graph, kind: str, lang: str) -> Iterator[tuple[str, str]]:
    """Every id, acronym and name of the things of a kind, each with the label that explains it."""
    import pyoxigraph as ox

    from kg.questions.describe import Describer
    from kg.vocabulary import ALL, concept_lists, expand
    from kg.vocabulary import kg as term

    describer = Describer(graph, lang)
    if kind in _LISTS:
        for name, iri in concept_lists()[_LISTS[kind]].items():
            yield name, describer.label(iri)
        return
    identifier = ox.NamedNode(expand("dcterms:identifier"))
    label = ox.NamedNode(expand("skos:prefLabel"))
    native = graph.store.native
    if kind in _CLASSES:
        quads = native.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), term(_CLASSES[kind]), ALL)
    else:
        quads = native.quads_for_pattern(None, identifier, None, ALL)
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode):
            iri = quad.subject.value
            for name in {describer.one(iri, identifier), describer.one(iri, term("acronym")), describer.text(iri, label)}:
                yield name, describer.label(iri)


def _for_shell(name: str) -> str:
    """The name as the shell that asks takes it: bash puts it on the line as it is, so blanks and quotes are escaped."""
    if os.environ.get("_KG_COMPLETE", "").endswith("bash"):
        return re.sub(r"([^\w@%+=:,./~-])", r"\\\1", name)
    return name


def names(kind: str) -> Callable[[typer.Context, str], list[tuple[str, str]]]:
    """A completer for values of a parameter type: ids, acronyms and names that begin with what is typed."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from kg.cli.context import settings
        from kg.errors import KgError

        try:
            graph = settings(ctx).open().graph
            found = {(n, label) for n, label in _named(graph, kind, settings(ctx).lang) if n.startswith(incomplete)}
        except KgError:  # a shell that completes has nowhere to show it
            return []
        return [(_for_shell(name), label) for name, label in sorted(found) if name]

    return complete
