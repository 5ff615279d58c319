"""`kg match`: what may be the same under several names, and decisions on it."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices
from kg.cli.context import Settings, settings
from kg.cli.output import Format, Output, Rows, emit, form_of, say
from kg.errors import InputError, near_names
from kg.wording import number_in

if TYPE_CHECKING:
    from kg.formats.decisions import Decision
    from kg.matching.candidates import Candidate
    from kg.questions.describe import Describer
    from kg.wording import Sentences

__all__ = ["command"]

_KINDS = {"actor": "Actor", "instrument": "Instrument", "issue": "Issue", "place": "Place"}
_COLUMNS = ("score", "a", "name_a", "b", "name_b", "why", "decision")
_FOUND = ("id", "name", "score", "sure", "found", "name_found", "why")
_ANSWERS = {"s": "same", "d": "different", "u": "unsure"}


def _match(
    ctx: typer.Context,
    pair: Annotated[
        list[str] | None,
        typer.Argument(metavar="[A B]", help="Two things to decide about, with --is; without, candidates are listed."),
    ] = None,
    decision: Annotated[
        str | None,
        typer.Option(
            "--is",
            metavar="same|different|unsure",
            autocompletion=choices("same", "different", "unsure"),
            help="Decide about A and B; of what is the same, A keeps its id.",
        ),
    ] = None,
    least: Annotated[float, typer.Option("--least", metavar="0-1", help="List pairs with this score or more.")] = 0.7,
    accept: Annotated[
        float | None, typer.Option("--accept", metavar="0-1", help="Call all pairs with this score or more the same.")
    ] = None,
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask about each pair: s(ame), d(ifferent), u(nsure), enter to skip.")
    ] = False,
    kind: Annotated[
        str,
        typer.Option(metavar="|".join(_KINDS), autocompletion=choices(*_KINDS), help="What to compare."),
    ] = "actor",
    between: Annotated[bool, typer.Option("--between", help="Only pairs of different data sets.")] = False,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who decides; KG_CODER without it.")] = None,
    reconcile: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Send the names to this reconciliation service, and list what they may stand for in its catalogue.",
        ),
    ] = None,
    style: Format = None,
    output: Output = None,
) -> None:
    """Lists what may be the same actor under several names, with a score that says why, and keeps your decisions.

    Decisions go to matches.csv in the folder, or beside the file, of the first --data; opening the data honours them: what is
    the same becomes one, with every statement of both and its source. Deleting a line of that file undoes it.
    """
    from kg.formats.decisions import decisions_file, read_decisions, write_decisions
    from kg.matching.sentences import sentences

    chosen = settings(ctx)
    tell = sentences(chosen.lang)
    shape = form_of(style, output)
    if kind not in _KINDS:
        raise InputError(f"--kind {kind!r}: cannot be compared; {near_names(kind, _KINDS)}")
    file = decisions_file(Path(chosen.data[0])) if chosen.data else None
    if (pair or decision or ask or accept is not None) and file is None:
        raise InputError("kg match: decisions are kept with your data; name it first: kg --data my-map.xlsx match ...")
    if reconcile is not None and (pair or decision or accept is not None or between):
        raise InputError("kg match: --reconcile goes with --ask and --kind; its scores are the service's own")
    if reconcile is not None:
        rows = _reconciled(chosen, kind, reconcile)
        if not ask:
            emit(Rows.plain(_FOUND, tell("found-headings").split("|"), rows, lang=chosen.lang), shape, output)
            return
        made = _asked([(score, a, name_a, b, name_b, why) for a, name_a, score, _, b, name_b, why in rows], tell)
    elif pair or decision:
        made = [_decided(chosen, pair or [], decision, kind)]
    else:
        found, describer = _candidates(chosen, kind, least, between=between)
        known = read_decisions(file) if file else []
        rows = [_row(c, describer, known) for c in found]
        open_ = [(c, row) for c, row in zip(found, rows, strict=True) if row[-1] != "different"]
        if accept is not None:
            made = _accepted(open_, known, accept, tell)
        elif ask:
            made = _asked([row[:-1] for _, row in open_], tell)
        else:
            emit(
                Rows.plain(_COLUMNS, tell("headings").split("|"), [row for _, row in open_], lang=chosen.lang), shape, output
            )
            told = number_in(least, chosen.lang)
            say(tell("pairs", n=len(open_), least=told) if open_ else tell("no-pairs", least=told))
            return
    if not made or file is None:
        say(tell("nothing-decided"))
        return
    who, today = by or os.environ.get("KG_CODER", ""), datetime.date.today().isoformat()
    from dataclasses import replace

    write_decisions(file, [*read_decisions(file), *(replace(d, by=who, date=today) for d in made)])
    for d in made[:20]:
        say(tell("decided", a=d.a, b=d.b, decision=tell(d.decision)) + (f" ({d.score}: {d.why})" if d.why else ""))
    say(tell("kept", n=len(made), file=file))


def _candidates(chosen: Settings, kind: str, least: float, *, between: bool) -> tuple[list[Candidate], Describer]:
    from kg.matching.candidates import candidates
    from kg.matching.graphs import named_things

    graph = chosen.open()
    describer = graph.describer
    tell = (lambda text: say(f"kg match: {text}")) if sys.stderr.isatty() else (lambda _: None)
    found = candidates(named_things(describer, _KINDS[kind]), least, tell, chosen.lang)
    return [c for c in found if not between or c.a.source != c.b.source], describer


def _row(candidate: Candidate, describer: Describer, known: list[Decision]) -> list[Any]:
    from kg.matching.graphs import name_in_file

    a, b = (name_in_file(describer.graph, describer, t.id) for t in (candidate.a, candidate.b))
    decided = next((d.decision for d in reversed(known) if d.pair == {a, b}), "")
    return [candidate.score.value, a, candidate.a.names[0], b, candidate.b.names[0], "; ".join(candidate.score.why), decided]


def _decided(chosen: Settings, pair: list[str], decision: str | None, kind: str) -> Decision:
    from kg.formats.decisions import DECISIONS, Decision
    from kg.matching.graphs import name_in_file

    if decision not in DECISIONS:
        given = "is missing" if decision is None else f"{decision!r}: no decision"
        raise InputError(f"--is {given}; {near_names(decision or '', DECISIONS)}")
    if len(pair) != 2:
        raise InputError(f"kg match: {len(pair)} things are named; name the two that the decision is about")
    graph = chosen.open()
    a, b = (
        name_in_file(graph.graph, graph.describer, graph.thing(name, kind if kind != "place" else "country").iri)
        for name in pair
    )
    if a == b:
        raise InputError(f"kg match: {pair[0]!r} and {pair[1]!r} are one already ({a}); name two")
    return Decision(a, b, decision)


def _accepted(
    rows: list[tuple[Candidate, list[Any]]], known: list[Decision], least: float, tell: Sentences
) -> list[Decision]:
    from dataclasses import replace

    from kg.formats.decisions import Decision
    from kg.matching.graphs import accepted

    in_file = [replace(c, a=replace(c.a, id=row[1]), b=replace(c.b, id=row[3])) for c, row in rows]
    made = []
    for candidate, obstacle in accepted(in_file, known, least):
        if obstacle:
            say(tell("left-apart", a=candidate.a.id, b=candidate.b.id, x=obstacle[0], y=obstacle[1]))
        else:
            score, why = f"{candidate.score.value:g}", "; ".join(candidate.score.why)
            made.append(Decision(candidate.a.id, candidate.b.id, "same", score, why))
    return made


def _reconciled(chosen: Settings, kind: str, address: str) -> list[list[Any]]:
    """What a service finds for each thing that is not private: whose it is, its score, whether it is sure, and why."""
    from kg.matching.graphs import is_private, name_in_file, named_things
    from kg.matching.reconciliation import Service
    from kg.matching.sentences import sentences

    describer = chosen.open().describer
    things = named_things(describer, _KINDS[kind])
    sent = [t for t in things if not is_private(describer, t.id)]
    service = Service(address)
    tell = sentences(chosen.lang)
    say(tell("sent", service=service.name, n=len(sent), address=address, private=len(things) - len(sent)))
    rows: list[list[Any]] = []
    for thing, found in zip(sent, service.found([t.names[0] for t in sent]), strict=True):
        key = name_in_file(describer.graph, describer, thing.id)
        for one in found:
            why = "; ".join(filter(None, (one.description, ", ".join(one.types))))
            rows.append([key, thing.names[0], one.score, tell("yes") if one.sure else "", one.id, one.name, why])
    say(tell("answered", service=service.name, found=len({row[0] for row in rows}), n=len(sent)))
    return rows


def _asked(rows: list[Any], tell: Sentences) -> list[Decision]:
    from kg.formats.decisions import Decision

    made = []
    for number, (score, a, name_a, b, name_b, why) in enumerate(rows, 1):
        say(f"{number}/{len(rows)}  {score:g}  {name_a} ({a})  ~  {name_b} ({b})\n    {why}")
        print(tell("prompt"), end="", file=sys.stderr, flush=True)  # noqa: T201  # a prompt
        line = sys.stdin.readline()
        answer = line.strip()[:1].casefold()
        if not line or answer == "q":
            break
        if answer in _ANSWERS:
            made.append(Decision(a, b, _ANSWERS[answer], f"{score:g}", why))
    return made


def command() -> Any:
    """The command, ready to be called."""
    return single_command("match", _match)
