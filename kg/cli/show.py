"""`kg show`: everything known of one thing, in both directions, with sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import names
from kg.cli.context import settings
from kg.cli.engine import interruptible
from kg.cli.output import Format, Output, Rows, form_of, rendered, rows_of, say, write

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph
    from kg.questions.describe import Thing

__all__ = ["command"]


def _own(graph: KnowledgeGraph, thing: Thing) -> list[tuple[str, str]]:
    """What the sources state of the thing itself: title of the column, values; in the order of its table."""
    import pyoxigraph as ox

    from kg.formats.csvw import shipped_description
    from kg.vocabulary import DERIVED, ONTOLOGY, expand

    describer = graph.describer
    store = graph.graph.named
    homes = [g for g in store.graphs() if g not in (DERIVED, ONTOLOGY)]
    node = ox.NamedNode(thing.iri)
    same = store.native.quads_for_pattern(node, ox.NamedNode(expand("owl:sameAs")), None, DERIVED)
    nodes = [node, *(q.object for q in same if isinstance(q.object, ox.NamedNode))]
    quads = [q for home in homes for n in nodes for q in store.native.quads_for_pattern(n, None, None, home)]
    stated = {(q.predicate.value, q.object) for q in quads}
    types = {o.value for p, o in stated if p == expand("rdf:type") and isinstance(o, ox.NamedNode)}
    tables = [t for t in shipped_description().values() if types.intersection(t.classes)]
    titles = {(c.property, c.lang): c.titles.get(graph.lang, c.name) for t in tables for c in t.columns}
    order = list(titles)
    found: dict[tuple[int, str], list[str]] = {}
    for prop, value in stated:
        if prop in (expand("rdf:type"), expand("dcterms:identifier"), expand("prov:wasDerivedFrom")):
            continue
        text = str(getattr(value, "value", value))
        key = (prop, value.language if isinstance(value, ox.Literal) else None)
        name = titles.get(key) or describer.text(prop, ox.NamedNode(expand("rdfs:label"))) or prop
        shown = describer.label(text) if isinstance(value, ox.NamedNode) else text
        found.setdefault((order.index(key) if key in titles else len(order), name), []).append(shown)
    return [(name, "; ".join(sorted(values))) for (_, name), values in sorted(found.items())]


def _with_own(rows: Rows, own: list[tuple[str, str]], thing: Thing) -> Rows:
    """One list for machines: what is stated of the thing itself, then the facts that name it."""
    blank: dict[str, Any] = dict.fromkeys(rows.columns)
    evidence = [e for e in thing.evidence if e.id]
    passages, ids = [e.as_dict() for e in evidence], "; ".join(e.id for e in evidence)
    records = [blank | {"role": name, "value": value, "evidence": passages} for name, value in own]
    texts = [{"role": name, "value": value, "evidence": ids} for name, value in own]
    cells = [[text.get(column, "") for column in rows.columns] for text in texts]
    notes = [[e.line() for e in evidence] for _ in own]
    return Rows(rows.columns, rows.headings, cells + rows.cells, lambda: records + rows.records(), notes=notes + rows.notes)


def _show(
    ctx: typer.Context,
    thing: Annotated[
        str,
        typer.Argument(
            metavar="THING", help="Name, acronym, alias or id.", autocompletion=names("thing"), show_default=False
        ),
    ],
    as_of: Annotated[
        str | None, typer.Option("--as-of", "--year", metavar="DATE", help="Only facts that hold then; all without it.")
    ] = None,
    style: Format = None,
    output: Output = None,
) -> None:
    """Everything known of a thing, in both directions, with sources."""
    chosen = form_of(style, output)
    graph = settings(ctx).open()
    with interruptible():
        found = graph.thing(thing)
        rows = rows_of(graph.show(found.iri, as_of or ""), why=True)
        own = _own(graph, found)
    if chosen in ("table", "md"):
        head = Rows.plain(("property", "value"), (found.label, found.id), own)
        head.notes = [[] for _ in own[1:]] + [[e.line() for e in found.evidence if e.id]]
        text = "\n".join(rendered(r, chosen, output) for r in (head, rows) if r.cells)
    else:
        text = rendered(_with_own(rows, own, found), chosen, output)
    write(text, output)
    if not rows.cells and as_of and graph.show(found.iri):
        say(f"{found.label}: no fact that names it holds in {as_of}; without --as-of all are shown")
    elif not rows.cells:
        say(f"{found.label}: nothing further is known; no fact in the data names it")


def command() -> Any:
    """The command, ready to be called."""
    return single_command("show", _show)
