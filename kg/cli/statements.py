"""`kg statements`: proposed facts with their quotations, into the review queue."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.context import own_data
from kg.cli.output import say
from kg.errors import InputError

__all__ = ["command"]


def _statements(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            metavar="PROPOSALS.csv", help="Columns: table, source, quotation, paraphrase, and those of the table."
        ),
    ],
) -> None:
    """Takes proposed facts with a quotation each, checks that the quotation stands in the document, and queues them for review.

    The quotation may differ in white space, hyphenation and the shape of quotation marks, not in letters. Where anything is wrong,
    nothing is queued. Nothing becomes data before `kg review` accepts it.
    """
    from kg.documents.queue import Queue, read_proposals

    data = own_data(ctx, "proposals belong to your data")
    proposals, findings = read_proposals(Path(file), data)
    if findings:
        for finding in findings:
            say(str(finding))
        wrong = f"{len(findings)} error{'' if len(findings) == 1 else 's'}"
        raise InputError(f"{file}: {wrong}, nothing was queued; mend the file and try again")
    queue = Queue(data)
    added = queue.add(proposals)
    queue.save()
    for p in added:
        say(f"{p.id}: {p.table}, {p.source} page {p.page}, characters {p.characters}: {p.paraphrase}")
    again = len(proposals) - len(added)
    told = f"; {again} were there already" if again else ""
    say(f"{queue.path}: {len(added)} to review{told}; `kg review` shows them")


def command() -> Any:
    """The command, ready to be called."""
    return single_command("statements", _statements)
