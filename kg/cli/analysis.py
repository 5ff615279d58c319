"""What every command that analyses shares: the options that select facts, the run of an analysis, and how a report is printed."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices, names
from kg.cli.context import Settings, settings
from kg.cli.engine import interruptible
from kg.cli.output import Format, Output, Rows, check_format, passage, rendered, say, write
from kg.errors import InputError, near_names

if TYPE_CHECKING:
    from kg.analysis.cases.model import Case
    from kg.analysis.cases.report import Report, Table
    from kg.analysis.cases.selecting import Selection
    from kg.graph import Graph

__all__ = ["Run", "analysis_command"]

_LEVELS = ("high", "medium", "low")


def _several(flag: str, kind: str, text: str) -> Any:
    declared = typer.Option(flag, metavar=kind.upper(), help=text, autocompletion=names(kind))
    return Annotated[list[str] | None, declared]


def _switch(flag: str, text: str) -> Any:
    return Annotated[bool, typer.Option(flag, help=text)]


_SELECTING: dict[str, tuple[Any, Any]] = {
    "country": (_several("--country", "country", "Only actors of a country."), None),
    "issue": (_several("--issue", "issue", "Only facts on an issue or a narrower one."), None),
    "relation_type": (_several("--relation-type", "relation-type", "Only ties of a type or family, e.g. alliance."), None),
    "as_of": (
        Annotated[
            str | None,
            typer.Option(
                "--as-of", "--year", metavar="DATE", help="Facts that hold then; without it at the reference date."
            ),
        ],
        None,
    ),
    "min_confidence": (
        Annotated[
            str | None,
            typer.Option(
                metavar="|".join(_LEVELS), autocompletion=choices(*_LEVELS), help="Only facts at least as certain."
            ),
        ],
        None,
    ),
    "no_inferred": (_switch("--no-inferred", "Leave out what is inferred: by the author, the coder or a rule."), False),
    "no_estimated": (_switch("--no-estimated", "Leave out what is estimated from words."), False),
    "no_inherited": (_switch("--no-inherited", "Leave out what members inherit from their category."), False),
}
_RUNNING: dict[str, tuple[Any, Any]] = {
    "time_limit": (
        Annotated[
            float | None,
            typer.Option(metavar="SECONDS", help="End a long search then, with the best answer so far and its gap."),
        ],
        None,
    ),
    "table": (
        Annotated[
            str | None,
            typer.Option(metavar="NAME", help="The table to write; without it all, and in CSV and TSV the main one."),
        ],
        None,
    ),
    "why": (_switch("--why", "Below each row that rests on facts: source, section, paraphrase, status, confidence."), False),
    "style": (Format, None),
    "output": (Output, None),
}


@dataclass(eq=False)
class Run:
    """One run of an analysis: the graph, the facts selected, and what was said about time."""

    settings: Settings
    selection: Selection
    time_limit: float | None

    @property
    def lang(self) -> str:
        """The language of names and sentences."""
        return self.settings.lang

    @cached_property
    def graph(self) -> Graph:
        """The graph of the sources that were named."""
        return self.settings.open().graph

    @cached_property
    def case(self) -> Case:
        """The facts selected from the graph."""
        from kg.analysis.cases.selecting import select_case

        graph = self.graph
        with interruptible():
            return select_case(graph, self.selection, self.lang)

    def actor(self, name: str, option: str = "--actor") -> str:
        """The id in the case of the actor that a name, acronym or id means.

        Raises NotFoundError where there is none of that name, InputError where it is not among the selected actors.
        """
        return self.actors([name], option)[0]

    def actors(self, given: Sequence[str], option: str) -> list[str]:
        """The ids of several actors, each once, in the order given."""
        from kg.questions.describe import Describer
        from kg.questions.names import resolve

        describer = Describer(self.graph, self.lang)
        found: dict[str, None] = {}
        known = {actor.id for actor in self.case.actors}
        for name in given:
            key = describer.identifier(resolve(self.graph, name, "actor", option)[1:-1])
            if key not in known:
                raise InputError(f"{option} {name!r}: not among the selected actors; leave out --country or name another")
            found[key] = None
        return list(found)

    def thing(self, name: str, kind: str, option: str) -> str:
        """The id of a thing of another kind (`issue`, `instrument`, `thing`) that a name means."""
        from kg.questions.describe import Describer
        from kg.questions.names import resolve

        return Describer(self.graph, self.lang).identifier(resolve(self.graph, name, kind, option)[1:-1])

    def progress(self, message: str) -> None:
        """Shows a line on standard error in place of the last one, where that is a terminal."""
        if sys.stderr.isatty():
            print(f"\r\x1b[K{message}", end="", file=sys.stderr, flush=True)  # noqa: T201  # a line that is overwritten

    def finished(self) -> None:
        """Takes the line of progress away."""
        self.progress("")


def analysis_command(name: str, function: Callable[..., Report]) -> Any:
    """The command that prints the report which `function(run, **own options)` gives; its help is the function's docstring.

    The options that select facts (`--country` to `--no-inherited`), `--time-limit`, `--table`, `--why`, `--format` and `-o` are
    added to those of the function. Ctrl-C while facts are read ends the command; within a search it is the search that ends.
    """
    own = list(inspect.signature(function).parameters.values())[1:]

    def run(ctx: typer.Context, **values: Any) -> None:
        style = check_format(values.pop("style"))
        path, table, why = values.pop("output"), values.pop("table"), values.pop("why")
        begun = Run(settings(ctx), _selection({key: values.pop(key) for key in _SELECTING}), values.pop("time_limit"))
        if begun.time_limit is not None and not 0 <= begun.time_limit < float("inf"):
            raise InputError(f"--time-limit {begun.time_limit:g}: give seconds, 0 or more")
        try:
            report = function(begun, **values)
        finally:
            begun.finished()
        _print(begun, report, style, path, table, why=why)

    shared = [_parameter(key, *declared) for key, declared in (_SELECTING | _RUNNING).items()]
    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    # What it returns is imported by type checkers only.
    hints = inspect.get_annotations(function, locals={"Report": None}, eval_str=True)
    parameters = [p.replace(annotation=hints[p.name], kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
    run.__signature__ = inspect.Signature([context, *parameters, *shared])  # type: ignore[attr-defined]  # how inspect is told
    return single_command(name, run, help=inspect.getdoc(function))


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _selection(given: dict[str, Any]) -> Selection:
    from kg.analysis.cases.selecting import Selection

    return Selection(
        country=tuple(given["country"] or ()),
        issue=tuple(given["issue"] or ()),
        relation_type=tuple(given["relation_type"] or ()),
        as_of=given["as_of"] or "",
        min_confidence=given["min_confidence"] or "",
        inferred=not given["no_inferred"],
        estimated=not given["no_estimated"],
        inherited=not given["no_inherited"],
    )


def _print(run: Run, report: Report, style: str, path: str | None, wanted: str | None, *, why: bool) -> None:
    """Writes a report: sentences, tables, remarks and facts together where people read it, one table where programs do."""
    known = {table.name: table for table in report.tables}
    if wanted is not None and wanted not in known:
        raise InputError(f"--table {wanted!r}: kg {report.analysis} has no such table; {near_names(wanted, known)}")
    shown = [known[wanted]] if wanted else [table for table in report.tables if not table.hidden]
    if style == "json":
        write(_json(report, [known[wanted]] if wanted else list(report.tables)), path)
        return
    around = [*report.sentences, *report.remarks, report.facts]
    if style in ("csv", "tsv"):
        main = shown[0] if wanted else known.get(report.analysis, shown[0])
        write(rendered(_rows(run, main, why=why), style, path), path)
        for line in filter(None, around):
            say(line)
        return
    blocks = [] if wanted else ["".join(f"{line}\n" for line in _wrapped(report.sentences, style, path))]
    for table in shown:
        if table.rows:
            title = f"**{table.title}**\n" if style == "md" else f"{table.title}\n"
            rows, more = _first(run, table, wanted=wanted is not None)
            text = rendered(_rows(run, rows, why=why), style, path)
            blocks.append(title + ("\n" if style == "md" else "") + text + more)
    blocks.append("".join(f"{line}\n" for line in _wrapped([*report.remarks, report.facts], style, path)))
    write("\n".join(block for block in blocks if block), path)


def _first(run: Run, table: Table, *, wanted: bool) -> tuple[Table, str]:
    """The table as people get it unless they ask for it, and the line that says how many rows are missing."""
    missing = len(table.rows) - table.first
    if wanted or not table.first or missing <= 0:
        return table, ""
    from dataclasses import replace

    from kg.analysis.cases.wording import Sentences

    cut = replace(table, rows=table.rows[: table.first], evidence=table.evidence[: table.first])
    return cut, "\n" + Sentences("facts", run.lang)("more-rows", n=missing, table=table.name) + "\n"


def _wrapped(lines: Sequence[str], style: str, path: str | None) -> list[str]:
    """Sentences as lines that fit the terminal, or one to a line of a Markdown list."""
    lines = [line for line in lines if line]
    if style == "md":
        return [f"- {line}" for line in lines]
    from kg.cli.tables import PLAIN, Style, wrap

    width = (PLAIN if path and path != "-" else Style.of_stdout()).width
    return [part for line in lines for part in wrap(line, width)]


def _rows(run: Run, table: Table, *, why: bool) -> Rows:
    plain = Rows.plain(table.columns, table.headings, table.rows, grouped=table.grouped)
    plain.short = [[_brief(value) for value in row] for row in table.rows]
    if why and table.evidence:
        from kg.questions.describe import Describer

        describer = Describer(run.graph, run.lang)
        plain.notes = [[passage(e) for iri in iris for e in describer.evidence(iri)] for iris in table.evidence]
    return plain


def _brief(value: Any) -> str:
    """A value for people: few digits, nothing where a condition does not hold."""
    from kg.analysis.cases.report import number

    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, float):
        return number(value)
    return "" if value is None else "; ".join(value) if isinstance(value, tuple) else str(value)


def _json(report: Report, tables: Sequence[Table]) -> str:
    import json

    content: dict[str, Any] = {
        "analysis": report.analysis,
        "sentences": list(report.sentences),
        "remarks": list(report.remarks),
        "facts": report.facts,
        **report.figures,
        "tables": {table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in tables},
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
