"""`kg ask`: the questions, and their answers."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from kg.cli.commands import Group, plain_app, single_command
from kg.cli.context import settings
from kg.cli.engine import interruptible
from kg.cli.output import Format, Output, Rows, emit, form_of, rows_of, say, write
from kg.cli.parameters import fixed, option
from kg.cli.sentences import sentences

if TYPE_CHECKING:
    from kg.questions.answer import Answer
    from kg.questions.head import Question

__all__ = ["command"]

_WHY = typer.Option("--why", help="Below each row: source, section, paraphrase, status, confidence, whose view it is.")
_SPARQL = typer.Option("--sparql", help="Print the query with the values filled in instead of running it.")
_VIEW = typer.Option("--view", metavar="FILE", help="Also write the network as a page with the answer highlighted.")


def _highlighted(answer: Answer, given: list[str]) -> list[str]:
    """IRIs of everything that the answer names, facts included, and of what was asked about."""
    from kg.questions.describe import Thing

    found = set(given)
    for row in answer:
        for value in row:
            things = value if isinstance(value, tuple) else (value,)
            found |= {t.iri for t in things if isinstance(t, Thing)}
    return sorted(found)


def _answer(ctx: typer.Context, question: Question, given: dict[str, list[str]], options: dict[str, Any]) -> None:
    from kg.questions.runner import ask, bind

    listing = ctx.parent.params if ctx.parent else {}
    path = options["output"] or listing.get("output")
    style = form_of(options["style"] or listing.get("style"), None if options["sparql"] else path)
    chosen = settings(ctx)
    graph = chosen.open().graph
    if options["sparql"]:
        write(question.fill(bind(graph, question, given)), path)
        return
    with interruptible():
        answer = ask(graph, question, chosen.lang, **given)
        rows = rows_of(answer, why=options["why"])
    emit(rows, style, path)
    if not answer.rows:
        say(f"{question.name}: {answer.note}")
    if options["view"]:
        from kg.views.network import write_view

        asked = [t[1:-1] for terms in bind(graph, question, given).values() for t in terms if t.startswith("<")]
        shown = {"year": given["year"][0]} if "year" in given else {}
        highlighted = _highlighted(answer, asked)
        write_view(graph, chosen.lang, Path(options["view"]), highlight=highlighted, highlight_label=question.text, **shown)
        say(f"{options['view']}: the network with the answer highlighted")


def _question_command(question: Question, lang: str) -> Any:
    """The command that asks one question, its options made from the question's head."""

    def run(ctx: typer.Context, **values: Any) -> None:
        given = {p.name: values.pop(f"value_{p.name}") for p in question.parameters}
        _answer(ctx, question, {name: v for name, v in given.items() if v}, values)

    signature = [
        inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *(option(p) for p in question.parameters),
        fixed("why", Annotated[bool, _WHY], default=False),
        fixed("sparql", Annotated[bool, _SPARQL], default=False),
        fixed("view", Annotated[str | None, _VIEW], default=None),
        fixed("style", Format, default=None),
        fixed("output", Output, default=None),
    ]
    run.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]  # how inspect is told
    text = f"{question.text[lang]}\n\nA row: {question.row[lang][:1].lower()}{question.row[lang][1:]}."
    return single_command(question.name, run, help=text, short_help=question.text[lang])


class _Questions(Group):
    """The questions as commands, each read from its file when it is asked."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # the signature is typer's
        from kg.questions.head import question_paths

        return list(question_paths())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        from kg.questions.head import load_question, question_paths

        if ctx.resilient_parsing and cmd_name not in question_paths():
            return None
        return _question_command(load_question(cmd_name), settings(ctx).lang)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        return args[0], self.get_command(ctx, args[0]), args[1:]

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # the signature is typer's
        formatter.write_paragraph()
        formatter.write_text("`kg ask` lists the questions; `kg ask QUESTION --help` says what a row means.")


def _list(ctx: typer.Context, style: str, path: str | None) -> None:
    from kg.questions.head import question_paths, read_question

    lang = settings(ctx).lang
    questions = [read_question(p) for p in question_paths().values()]
    columns = ("topic", "name", "question", "options")
    options = {q.name: [f"--{p.name}" + ("" if p.required else "?") for p in q.parameters] for q in questions}
    values = [(q.topic, q.name, q.text[lang], options[q.name]) for q in questions]
    tell = sentences(lang)
    emit(Rows.plain(columns, tell("ask.headings").split("|"), values, grouped=True), style, path)
    if style == "table":
        say(tell("ask.help"))


def _ask(ctx: typer.Context, style: Format = None, output: Output = None) -> None:
    """Lists the questions, or answers one of them.

    The options of a question come after its name: kg ask allies --actor CONVEAGRO
    """
    if ctx.invoked_subcommand is None:
        _list(ctx, form_of(style, output), output)


def command() -> Any:
    """The command, ready to be called."""
    app = plain_app(cls=_Questions, name="ask", invoke_without_command=True, subcommand_metavar="[QUESTION [OPTIONS]]")
    app.callback()(_ask)
    return get_command(app)
