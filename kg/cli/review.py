"""`kg review`: proposed facts accepted, changed or rejected."""

from __future__ import annotations

import datetime
import os
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices
from kg.cli.context import own_data, settings
from kg.cli.output import Format, Output, Rows, emit, form_of, say
from kg.errors import InputError, near_names

if TYPE_CHECKING:
    from kg.documents.queue import Proposal, Queue

__all__ = ["command"]

_COLUMNS = (
    "id",
    "state",
    "table",
    "cells",
    "source",
    "page",
    "characters",
    "quotation",
    "paraphrase",
    "coder",
    "reviewer",
    "date",
    "note",
)
_STATES = ("open", "accepted", "rejected", "all")


def _review(
    ctx: typer.Context,
    accept: Annotated[list[str] | None, typer.Option("--accept", metavar="ID|all", help="Take into the data.")] = None,
    reject: Annotated[list[str] | None, typer.Option("--reject", metavar="ID|all", help="Turn down.")] = None,
    change: Annotated[
        list[str] | None, typer.Option("--change", metavar="ID.COLUMN=VALUE", help="Change a cell before accepting.")
    ] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Go through the open ones: a(ccept), r(eject), enter to skip.")] = False,
    state: Annotated[
        str, typer.Option(metavar="|".join(_STATES), autocompletion=choices(*_STATES), help="Which to list.")
    ] = "open",
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who reviews; KG_CODER without it.")] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="When; today without it.")] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "",
    style: Format = None,
    output: Output = None,
) -> None:
    """Lists the proposals that wait for review; accepts, changes or rejects them, and keeps who did so and when.

    What is accepted becomes a row of your tables, with its passage; what is rejected stays in the queue and is not asked again.
    """
    from kg.documents.queue import Queue
    from kg.documents.wording import sentences

    shape = form_of(style, output)
    if state not in _STATES:
        raise InputError(f"--state {state!r}: there is no such state; {near_names(state, _STATES)}")
    queue = Queue(own_data(ctx, "proposals belong to your data"))
    tell = sentences(settings(ctx).lang)
    who, day = by or os.environ.get("KG_CODER", ""), date or datetime.date.today().isoformat()
    if not (accept or reject or change or ask):
        listed = [p for p in queue.proposals if state in ("all", p.state)]
        emit(Rows.plain(_COLUMNS, [c.capitalize() for c in _COLUMNS], [_row(p) for p in listed]), shape, output)
        say(tell(state, n=len(listed)))
        return
    if not who:
        raise InputError("--by is missing; a review says who made it: --by NAME, or set KG_CODER")
    for text in change or ():
        left, equals, value = text.partition("=")
        name, dot, column = left.partition(".")
        if not equals or not dot:
            raise InputError(f"--change {text!r}: write it as s1.stance=oppose")
        queue.change(queue.named([name])[0], {column: value})
        say(tell("changed", id=name, column=column, value=repr(value)))
    taken, turned = queue.named(accept or ()), queue.named(reject or ())
    if both := sorted({p.id for p in taken} & {p.id for p in turned}):
        raise InputError(f"{both[0]!r}: accepted and rejected at once; choose")
    if ask:
        taken, turned = _asked(queue, tell("asked"))
    if taken:
        queue.accept(taken, who, day, note)
        say(f"{queue.data}: {tell('accepted', n=len(taken))}: {', '.join(p.id for p in taken)}")
    if turned:
        queue.reject(turned, who, day, note)
        say(f"{tell('rejected', n=len(turned))}: {', '.join(p.id for p in turned)}")


def _row(p: Proposal) -> list[Any]:
    record = {**p.__dict__, "cells": [f"{k}: {v}" for k, v in p.cells.items()]}
    return [record[c] for c in _COLUMNS]


def _asked(queue: Queue, prompt: str) -> tuple[list[Proposal], list[Proposal]]:
    taken: list[Proposal] = []
    turned: list[Proposal] = []
    for p in queue.named(["all"]):
        say(
            f"{p.id}  {p.table}: {', '.join(f'{k} {v}' for k, v in p.cells.items())}\n    {p.source}, page {p.page}: {p.quotation}"
        )
        print(prompt, end="", file=sys.stderr, flush=True)  # noqa: T201  # a prompt
        line = sys.stdin.readline()
        answer = line.strip()[:1].casefold()
        if not line or answer == "q":
            break
        if answer in ("a", "r"):
            (taken if answer == "a" else turned).append(p)
    return taken, turned


def command() -> Any:
    """The command, ready to be called."""
    return single_command("review", _review)
