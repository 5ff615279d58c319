"""`kg find`: things by a part of their name."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.context import AsOf, settings
from kg.cli.output import Format, Output, Rows, emit, form_of, say
from kg.cli.sentences import sentences

__all__ = ["command"]


def _find(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Part of a name, acronym or id.", show_default=False)],
    as_of: AsOf = None,
    style: Format = None,
    output: Output = None,
) -> None:
    """Things whose name holds a text, accents and case aside."""
    import pyoxigraph as ox

    from kg.vocabulary import ALL, KG, expand

    chosen = form_of(style, output)
    wanted = settings(ctx)
    tell = sentences(wanted.lang)
    graph = wanted.open_as_of(as_of)
    describer = graph.describer
    label = ox.NamedNode(expand("rdfs:label"))

    def kind(iri: str) -> str:
        types = graph.graph.store.native.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(expand("rdf:type")), None, ALL)
        own = sorted(q.object.value for q in types if isinstance(q.object, ox.NamedNode) and q.object.value.startswith(KG))
        return describer.text(own[0], label) or own[0].removeprefix(KG) if own else ""

    rows = [(thing.id, thing.label, kind(thing.iri)) for thing in graph.find(text)]
    emit(Rows.plain(("id", "name", "class"), tell("find.headings").split("|"), rows), chosen, output)
    if not rows:
        say(tell("find.none", text=text))


def command() -> Any:
    """The command, ready to be called."""
    return single_command("find", _find)
