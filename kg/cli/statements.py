"""`kg statements`: proposed facts with their quotations, into the review queue."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices
from kg.cli.context import own_data, settings
from kg.cli.output import say
from kg.errors import InputError, near_names

__all__ = ["command"]


def _statements(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="PROPOSALS.csv", help="Columns: table, source, quotation, paraphrase, and those of the table."
        ),
    ],
    language: Annotated[
        str | None,
        typer.Option(
            metavar="en|es|fr",
            autocompletion=choices("en", "es", "fr"),
            help="Language of the paraphrases, where not that of kg.",
        ),
    ] = None,
) -> None:
    """Takes proposed facts with a quotation each, checks that the quotation stands in the document, and queues them for review.

    The quotation may differ in white space, hyphenation and the shape of quotation marks, not in letters. Where anything is wrong,
    nothing is queued. Nothing becomes data before `kg review` accepts it.
    """
    from kg.documents.queue import Queue, read_proposals
    from kg.documents.wording import sentences
    from kg.formats.csvw import shipped_description
    from kg.vocabulary import LANGUAGES

    data, lang = own_data(ctx, "proposals belong to your data"), settings(ctx).lang
    if language and language not in LANGUAGES:
        raise InputError(f"--language {language!r}: not available; {near_names(language, LANGUAGES)}")
    tell = sentences(lang)
    proposals, findings = read_proposals(Path(file), data, language or lang)
    if findings:
        for finding in findings:
            say(str(finding))
        raise InputError(tell("nothing-queued", file=file, n=len(findings)))
    queue = Queue(data)
    added = queue.add(proposals)
    queue.save()
    for p in added:
        say(tell("queued", **{**p.__dict__, "table": shipped_description()[p.table].titles[lang]}))
    again = len(proposals) - len(added)
    told = f"; {tell('there-already', n=again)}" if again else ""
    say(tell("to-review", file=queue.path, n=len(added)) + told)


def command() -> Any:
    """The command, ready to be called."""
    return single_command("statements", _statements)
