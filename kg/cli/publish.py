"""`kg publish`: a copy of the data for everybody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices
from kg.cli.context import Settings, settings
from kg.cli.output import Format, Rows, check_format, emit, say, write
from kg.errors import FindingsError, InputError, near_names

if TYPE_CHECKING:
    from kg.formats.material import Material

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
    style: Format = None,
) -> None:
    """Writes a redacted copy as a data package: tables, graph, checksums, licence, descriptions in DCAT and VoID.

    Rows marked private, notes and texts of documents stay here; persons, coders and sources marked private are generalised, and their
    names are taken out of all texts. Several sources become one data set, with the title of the first by address. Read the
    package before you hand it on: no program knows what gives somebody away.
    """
    from kg.publishing.package import write_package
    from kg.publishing.redaction import redacted

    shape = check_format(style)
    chosen = settings(ctx)
    if output is None:
        raise InputError("-o is missing; name the folder of the package")
    if persons not in _PERSONS:
        raise InputError(f"--persons {persons!r}: not known; {near_names(persons, _PERSONS)}")
    material = _material(chosen, licence or "")
    dataset = replace(material.dataset, licence=licence or material.dataset.licence)
    if "://" not in dataset.licence:
        raise InputError(
            f"--licence {dataset.licence!r}: a publication needs one; e.g. --licence https://spdx.org/licenses/CC-BY-4.0"
        )
    result = redacted(replace(material, dataset=dataset), persons, keep or (), notes=notes)
    names = write_package(result, replace(dataset, sources=_sources(dataset.sources, result)), dataset.licence, Path(output))
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


def _material(chosen: Settings, licence: str) -> Material:
    """The tables to publish: of one source as they stand there, of RDF and of several sources by way of their graph."""
    from kg.formats.material import Material
    from kg.formats.opening import is_tables, open_book
    from kg.formats.tables import read_book
    from kg.graph import default_source
    from kg.publishing.gathering import gathered

    path = Path(chosen.data[0]) if chosen.data else default_source()
    if len(chosen.data) < 2 and path.exists() and is_tables(path):
        tables = read_book(open_book(path), records=True)
        if any(f.is_error for f in tables.findings):
            raise FindingsError(path.name, tables.findings)
        return Material(tables.dataset, tables.records)
    material, told = gathered(chosen.open().graph, licence)
    for line in told:
        say(f"not published: {line}")
    return material


def _sources(ids: tuple[str, ...], result: Any) -> tuple[str, ...]:
    now = {w.id: w.now for w in result.withheld if w.table == "sources" and w.now}
    gone = {w.id for w in result.withheld if w.table == "sources" and w.what == "left out"}
    return tuple(now.get(i, i) for i in ids if i not in gone)


def command() -> Any:
    """The command, ready to be called."""
    return single_command("publish", _publish)
