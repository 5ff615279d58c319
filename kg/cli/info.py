"""`kg info`: what is loaded, from where, and which versions read it."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

from kg.cli.commands import single_command
from kg.cli.context import Settings, settings
from kg.cli.engine import interruptible
from kg.cli.output import Format, Output, Rows, emit, form_of

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph

__all__ = ["command"]

_PREFIXES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX kg: <https://w3id.org/stakeholder-kg/ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_CLASSES = """SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE { ?class a owl:Class . ?thing a ?class }
GROUP BY ?class ORDER BY DESC(?count) ?class"""
_GRAPHS = "SELECT ?graph (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph"
_DATASETS = "SELECT ?dataset WHERE { ?dataset a kg:Dataset } ORDER BY ?dataset"
_CONFIDENCE = "SELECT ?level ?probability WHERE { ?level kg:probability ?probability } ORDER BY DESC(?probability) ?level"


def _rows(graph: KnowledgeGraph, chosen: Settings) -> Iterator[tuple[str, str, str]]:
    import pyoxigraph as ox

    import kg
    from kg.store.cache import Cache
    from kg.vocabulary import expand

    describer = graph.describer
    store = graph.graph.named
    label, title = ox.NamedNode(expand("rdfs:label")), ox.NamedNode(expand("dcterms:title"))
    for source in graph.graph.sources:
        yield "source", "opened", source
    for row in store.select(_PREFIXES + _DATASETS):
        iri = row["dataset"].value
        yield "source", describer.identifier(iri), describer.text(iri, title)
    yield "reference date", "undated facts hold in", graph.graph.reference_date
    for row in store.select(_PREFIXES + _CLASSES):
        iri = row["class"].value
        yield "class", describer.text(iri, label) or iri, row["count"].value
    for row in store.select(_PREFIXES + _GRAPHS, graphs=None):
        yield "graph", row["graph"].value, f"{row['count'].value} triples"
    for row in store.select(_PREFIXES + _CONFIDENCE):
        yield "confidence", describer.label(row["level"].value), f"probability {row['probability'].value}"
    yield "version", "kg", kg.__version__
    yield "version", "pyoxigraph", ox.__version__
    yield "version", "Python", platform.python_version()
    yield "cache", "folder", str(Cache().folder) if chosen.cache else "not used"


def _info(ctx: typer.Context, style: Format = None, output: Output = None) -> None:
    """What is loaded: sources, counts, graphs, versions, and what the confidence levels stand for."""
    form = form_of(style, output)
    chosen = settings(ctx)
    with interruptible():
        rows = list(_rows(chosen.open(), chosen))
    emit(Rows.plain(("topic", "name", "value"), ("Topic", "Name", "Value"), rows, grouped=True), form, output)


def command() -> Any:
    """The command, ready to be called."""
    return single_command("info", _info)
