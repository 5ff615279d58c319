"""`kg source`: documents that facts are read from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from kg.cli.commands import Command, Group, plain_app
from kg.cli.context import own_data, settings
from kg.cli.output import say, write
from kg.errors import InputError

__all__ = ["command"]


def _add(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document: .pdf, .docx, .html or .txt.")],
    identifier: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Id of the source; made from the file's name without it.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title; the one in the file without it.")] = None,
    type_: Annotated[
        str, typer.Option("--type", metavar="TYPE", help="Kind of source, e.g. publication, interview.")
    ] = "publication",
    authors: Annotated[str | None, typer.Option(metavar="A;B", help="Authors; those in the file without it.")] = None,
    issued: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it came out: 2013, 2013-08 or 2013-08-31.")
    ] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Language, e.g. es.")] = None,
) -> None:
    """Registers a document as a source of your data and keeps its text, with a map of its pages, in a folder beside the data.

    The text stays with you: no command writes it into a graph, a view or a publication.
    """
    from kg.documents.reading import read_document
    from kg.documents.shelf import Shelf, beside
    from kg.documents.wording import sentences
    from kg.formats.appending import append_records, appendable
    from kg.formats.material import slug
    from kg.formats.tables import read_tables

    data = own_data(ctx, "documents belong to your data")
    path = Path(file)
    if not appendable(data):
        raise InputError(f"{data}: documents are added to a folder of tables or a workbook of kg; `kg import -o` makes one")
    document = read_document(path)
    key = identifier or slug(path.stem)
    tables = read_tables(data, records=True)
    known = {r.get("id"): name for name, rows in tables.records.items() for r in rows}
    if known.get(key, "sources") != "sources":
        raise InputError(f"{key!r}: is the id of a row of {known[key]}; give the document another --id")
    record = {
        "id": key, "type": type_, "title": title or document.title or path.stem, "language": language or "",
        "authors": authors or document.authors, "issued": issued or "",
    }  # fmt: skip
    _check(record)
    tell = sentences(settings(ctx).lang)
    kept = Shelf(data).put(key, document, path.name)
    if key not in known:
        append_records(data, {"sources": [{k: v for k, v in record.items() if v}]})
        say(tell("registered", id=key, title=record["title"]))
    else:
        say(tell("is-source", id=key))
    say(tell("text-kept", file=kept, characters=len(document.text), n=len(document.pages)))
    say(tell("will-hold", file=beside(data, "review.json").name))
    write(f"{key}\n", None)


def _check(record: dict[str, str]) -> None:
    """Raises InputError where the row would be wrong."""
    from kg.formats.dataset import dataset_of
    from kg.formats.material import Material
    from kg.formats.opening import book_of
    from kg.formats.tables import read_book

    material = Material(dataset_of({}, "x", "x"))
    material.add("sources", **record)
    wrong = [f for f in read_book(book_of(material)).findings if f.is_error]
    if wrong:
        raise InputError(f"--{wrong[0].column}: {wrong[0].what}; {wrong[0].todo}")


def command() -> Any:
    """The command, ready to be called."""
    app = plain_app(cls=Group, name="source", no_args_is_help=True)
    app.callback()(_source)
    app.command("add", cls=Command)(_add)
    return get_command(app)


def _source() -> None:
    """Documents that facts are read from."""
