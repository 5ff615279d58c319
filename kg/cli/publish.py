"""`kg publish`: a copy of the data for everybody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices
from kg.cli.context import AsOf, Settings, settings
from kg.cli.output import Format, Rows, emit, form_of, say, write
from kg.errors import FindingsError, InputError, near_names

if TYPE_CHECKING:
    from kg.publishing.gathering import Gathered

__all__ = ["command"]

_PERSONS = ("generalise", "leave-out", "keep")
_COLUMNS = ("table", "id", "what", "why", "now")


def _publish(
    ctx: typer.Context,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="DIR", help="Folder of the package. Required.")
    ] = None,
    licence: Annotated[
        str | None,
        typer.Option(metavar="IRI", help="Licence, e.g. https://spdx.org/licenses/CC-BY-4.0; without it the data set's."),
    ] = None,
    persons: Annotated[
        str, typer.Option(metavar="|".join(_PERSONS), autocompletion=choices(*_PERSONS), help="What becomes of persons.")
    ] = "generalise",
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A person who is named all the same; several may be given."),
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Keep the notes of rows that are not private.")] = False,
    report: Annotated[
        str | None,
        typer.Option("--report", metavar="FILE", help="Write what was withheld, row by row, to a file for yourself."),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(
            "--title", metavar="TEXT", help="Title of the copy in the language of --lang, instead of the data set's."
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="IRI", help="Address of the copy, which begins those of all things in it."),
    ] = None,
    as_of: AsOf = None,
    style: Format = None,
) -> None:
    """Writes a redacted copy as a data package: tables, graph, checksums, licence, descriptions in DCAT and VoID.

    Rows marked private, notes and texts of documents stay here; persons, coders and sources marked private are generalised, and their
    names are taken out of all texts. Several sources become a data set of its own, with titles and addresses put together unless
    --title and --base say others; what kg match decided to be the same is one in it. Read the package before you hand it on: no
    program knows what gives somebody away.
    """
    from kg.formats.dataset import dataset_of
    from kg.publishing.package import write_package
    from kg.publishing.redaction import redacted

    shape = form_of(style)
    chosen = settings(ctx)
    if output is None:
        raise InputError("-o is missing; name the folder of the package")
    if persons not in _PERSONS:
        raise InputError(f"--persons {persons!r}: not known; {near_names(persons, _PERSONS)}")
    found = _material(chosen, licence or "", as_of)
    dataset = replace(found.material.dataset, licence=licence or found.material.dataset.licence)
    if title:
        dataset = replace(dataset, title={chosen.lang: title})
    if base:
        dataset = replace(dataset, base=dataset_of({"base": base}, dataset.id, "--base").base)
    if "://" not in dataset.licence:
        raise InputError(
            f"--licence {dataset.licence!r}: a publication needs one; e.g. --licence https://spdx.org/licenses/CC-BY-4.0"
        )
    result = redacted(replace(found.material, dataset=dataset), persons, keep or (), notes=notes, former=found.former)
    published = replace(dataset, sources=_sources(dataset.sources, result))
    names = write_package(result, published, dataset.licence, Path(output), found.parts)
    values = [[getattr(w, c) for c in _COLUMNS] for w in result.withheld]
    if report:
        emit(Rows.plain(_COLUMNS, [c.capitalize() for c in _COLUMNS], values), "csv" if style is None else shape, report)
        say(f"{report}: {len(values)} rows; it names what was withheld: keep it to yourself")
    for (table, what, why), count in sorted(result.counts.items()):
        say(f"{table}: {count} {what} ({why})")
    say(
        f"{output}: {len(names)} files, checked by checksums.sha256; read WITHHELD.md and the tables before you hand them on"
    )
    write(f"{output}\n", None)


def _material(chosen: Settings, licence: str, as_of: str | None) -> Gathered:
    """The tables to publish: of one source as they stand there, and by way of the graph where that is not enough.

    It is not for RDF, for several sources, where two rows were decided to be the same, and for what holds at a date.
    """
    from kg.formats.decisions import decisions_file, read_decisions
    from kg.formats.material import Material
    from kg.formats.opening import is_tables, open_book
    from kg.formats.tables import read_book
    from kg.opening import default_source
    from kg.publishing.gathering import Gathered, gathered

    path = Path(chosen.data[0]) if chosen.data else default_source()
    alone = len(chosen.data) < 2 and as_of is None and path.exists() and is_tables(path)
    if alone and not any(d.decision == "same" for d in read_decisions(decisions_file(path))):
        tables = read_book(open_book(path), records=True)
        if any(f.is_error for f in tables.findings):
            raise FindingsError(path.name, tables.findings)
        return Gathered(Material(tables.dataset, tables.records))
    found = gathered(chosen.open_as_of(as_of).graph, licence)
    for line in found.told:
        say(f"not published: {line}")
    return found


def _sources(ids: tuple[str, ...], result: Any) -> tuple[str, ...]:
    now = {w.id: w.now for w in result.withheld if w.table == "sources" and w.now}
    gone = {w.id for w in result.withheld if w.table == "sources" and w.what == "left out"}
    return tuple(now.get(i, i) for i in ids if i not in gone)


def command() -> Any:
    """The command, ready to be called."""
    return single_command("publish", _publish)
