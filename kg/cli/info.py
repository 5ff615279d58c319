"""`kg info`: what is loaded, from where, and which versions read it."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from kg.cli.commands import single_command
from kg.cli.context import Settings, settings
from kg.cli.engine import interruptible
from kg.cli.output import Format, Output, Rows, emit, form_of
from kg.cli.sentences import sentences
from kg.wording import number_in

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph
    from kg.wording import Sentences

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


class _Told(NamedTuple):
    """A cell in words of ours: the key of a sentence, and the number in it."""

    key: str
    number: int | Decimal | None = None

    def text(self, tell: Sentences) -> str:
        """The cell in the language of the sentences."""
        value = self.number if self.number is None or isinstance(self.number, int) else number_in(self.number, tell.lang)
        return tell(f"info.{self.key}", n=value)


_Cell = _Told | str


def _text(cell: _Cell, tell: Sentences) -> str:
    return cell if isinstance(cell, str) else cell.text(tell)


def _rows(graph: KnowledgeGraph, chosen: Settings) -> Iterator[tuple[_Cell, _Cell, _Cell]]:
    import pyoxigraph as ox

    import kg
    from kg.store.cache import Cache
    from kg.vocabulary import expand

    describer = graph.describer
    store = graph.graph.named
    label, title = ox.NamedNode(expand("rdfs:label")), ox.NamedNode(expand("dcterms:title"))
    for source in graph.graph.sources:
        yield _Told("source"), _Told("opened"), source
    for row in store.select(_PREFIXES + _DATASETS):
        iri = row["dataset"].value
        yield _Told("source"), describer.identifier(iri), describer.text(iri, title)
    yield _Told("reference-date"), _Told("undated"), graph.graph.reference_date
    for row in store.select(_PREFIXES + _CLASSES):
        iri = row["class"].value
        yield _Told("class"), describer.text(iri, label) or iri, row["count"].value
    for row in store.select(_PREFIXES + _GRAPHS, graphs=None):
        yield _Told("graph"), row["graph"].value, _Told("triples", int(row["count"].value))
    for row in store.select(_PREFIXES + _CONFIDENCE):
        probability = _Told("probability", Decimal(row["probability"].value))
        yield _Told("confidence"), describer.label(row["level"].value), probability
    yield _Told("version"), "kg", kg.__version__
    yield _Told("version"), "pyoxigraph", ox.__version__
    yield _Told("version"), "Python", platform.python_version()
    yield _Told("cache"), _Told("folder"), str(Cache().folder) if chosen.cache else _Told("unused")


def _info(ctx: typer.Context, style: Format = None, output: Output = None) -> None:
    """What is loaded: sources, counts, graphs, versions, and what the confidence levels stand for."""
    form = form_of(style, output)
    chosen = settings(ctx)
    with interruptible():
        found = list(_rows(chosen.open(), chosen))
    tell, kept = sentences(chosen.lang), sentences("en")
    # Programs that read JSON or CSV find the same words in every language.
    values = [[_text(cell, kept) for cell in row] for row in found]
    rows = Rows.plain(("topic", "name", "value"), tell("info.headings").split("|"), values, grouped=True)
    rows.short = [[_text(cell, tell) for cell in row] for row in found]
    emit(rows, form, output)


def command() -> Any:
    """The command, ready to be called."""
    return single_command("info", _info)
