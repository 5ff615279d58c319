"""What every command that analyses shares: the options that select facts, and the run of an analysis."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices, names
from kg.cli.context import Settings, settings
from kg.cli.engine import interruptible
from kg.cli.output import Format, Output, form_of, say, write
from kg.cli.reporting import show
from kg.cli.robustness import OPTIONS, put_report_to_test
from kg.errors import AnalysisError, InputError, NotFoundError, near_names

if TYPE_CHECKING:
    from kg.analysis.cases.answers import Asked
    from kg.analysis.cases.model import Case
    from kg.analysis.cases.report import Report
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
    "to_rdf": (
        Annotated[
            str | None,
            typer.Option(
                metavar="FILE",
                help="Also keep the results as a graph with method, parameters and date of the data; the ending says in which syntax.",
            ),
        ],
        None,
    ),
    "style": (Format, None),
    "output": (Output, None),
}


@dataclass(eq=False)
class Run:
    """One run of an analysis: the graph, the facts selected, and what was said about time."""

    settings: Settings
    selection: Selection
    time_limit: float | None
    tests: tuple[str, Case, Asked] | None = None
    """What `--robust` puts to the test: the analysis, the case that it worked on, and what it was asked."""
    any_tie: bool = False
    """Whether ties count whatever their issue; said before the case is read."""

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
        from kg.analysis.cases.plain import plain_case
        from kg.analysis.cases.selecting import select_case
        from kg.questions.names import resolve

        if len(self.settings.data) == 1:
            with interruptible():
                plain = plain_case(Path(self.settings.data[0]), self.selection, self.lang)
            if plain:
                return plain
        graph = self.graph
        for kind, option, given in (
            ("relation-type", "--relation-type", self.selection.relation_type),
            ("year", "--as-of", [self.selection.as_of] if self.selection.as_of else []),
        ):
            for name in given:  # what is wrong is told by the option that was given
                resolve(graph, name, kind, option)
        with interruptible():
            return select_case(graph, self.selection, self.lang, any_tie=self.any_tie)

    def takes_file(self, option: str) -> None:
        """Nothing, where no facts of a graph were selected beside a file; InputError where they were."""
        from kg.analysis.cases.selecting import Selection

        if self.selection != Selection():
            raise InputError(
                f"{option}: a file counts as it is; leave out --country, --issue, --as-of and what else selects facts of a graph"
            )

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

    def matter(self, instrument: str | None = None, option: str = "--instrument") -> tuple[str, list[str]]:
        """(what positions are asked about, in words; ids to keep to): an instrument, or the issues that facts were selected by.

        `option` is what the instrument was named with.

        Both are empty where neither was named; issues need no ids, since the case holds no other positions.
        """
        from kg.questions.describe import Describer
        from kg.questions.names import resolve

        describer = Describer(self.graph, self.lang)
        if instrument:
            iri = resolve(self.graph, instrument, "instrument", option)[1:-1]
            return describer.label(iri), [describer.identifier(iri)]
        issues = [resolve(self.graph, name, "issue", "--issue")[1:-1] for name in self.selection.issue]
        return ", ".join(describer.label(iri) for iri in issues), []

    def progress(self, message: str) -> None:
        """Shows a line on standard error in place of the last one, where that is a terminal."""
        if sys.stderr.isatty():
            print(f"\r\x1b[K{message}", end="", file=sys.stderr, flush=True)  # noqa: T201  # a line that is overwritten

    def finished(self) -> None:
        """Takes the line of progress away."""
        self.progress("")


def analysis_command(name: str, function: Callable[..., Report], *, robust: bool = False, ties: bool = True) -> Any:
    """The command that prints the report which `function(run, **own options)` gives; its help is the function's docstring.

    The options that select facts (`--country` to `--no-inherited`), `--time-limit`, `--table`, `--why`, `--format` and `-o` are
    added to those of the function; with `robust` also `--robust`, for which the function says by `run.tests` what to put to the test
    (its own `seed`, if it has one, is then that of the draws too). Without `ties` the answer rests on no tie, and none are selected
    by type. Ctrl-C while facts are read ends the command; within a search it is the search that ends.
    """
    own = list(inspect.signature(function).parameters.values())[1:]
    selecting = {key: option for key, option in _SELECTING.items() if ties or key != "relation_type"}
    testing = {key: option for key, option in OPTIONS.items() if robust and key not in {p.name for p in own}}

    def run(ctx: typer.Context, **values: Any) -> None:
        path, table, why, kept = (values.pop(key) for key in ("output", "table", "why", "to_rdf"))
        style = form_of(values.pop("style"), path)
        syntax = _syntax(kept) if kept else ""
        begun = Run(settings(ctx), _selection({key: values.pop(key, None) for key in _SELECTING}), values.pop("time_limit"))
        if begun.time_limit is not None and not 0 <= begun.time_limit < float("inf"):
            raise InputError(f"--time-limit {begun.time_limit:g}: give seconds, 0 or more")
        given = {key: values.pop(key, None) for key in testing}
        if given.get("robust") is None and any(given.values()):
            raise InputError("--seed, --probability and --reversal are about draws; add --robust 200")
        try:
            report = _told(name, function, begun, values)
            if given.get("robust") is not None:
                if begun.tests is None:
                    raise InputError(f"--robust: files give kg {name} no confidence to draw by; take the facts from a graph")
                report = put_report_to_test(begun, report, *begun.tests, **{"seed": values.get("seed"), **given})
        finally:
            begun.finished()
        if kept:
            _keep(begun, report, kept, syntax, values)
        show(begun, report, style, path, table, why=why)
        if kept:
            say(f"{kept}: {len(report.results)} results kept as RDF; read them beside the data with one more --data")

    options = selecting | testing | _RUNNING
    shared = [_parameter(key, *declared) for key, declared in options.items()]
    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    # What it returns is imported by type checkers only.
    hints = inspect.get_annotations(function, locals={"Report": None}, eval_str=True)
    parameters = [p.replace(annotation=hints[p.name], kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
    run.__signature__ = inspect.Signature([context, *parameters, *shared])  # type: ignore[attr-defined]  # how inspect is told
    return single_command(name, run, help=inspect.getdoc(function))


def _told(name: str, function: Callable[..., Report], run: Run, values: dict[str, Any]) -> Report:
    """What the function gives; what a measure finds wrong is told by the name of the command, which is what was typed."""
    from kg.analysis import __all__ as measures

    try:
        return function(run, **values)
    except (AnalysisError, InputError, NotFoundError) as error:
        where, colon, what = str(error).partition(":")
        if type(error) in (AnalysisError, InputError, NotFoundError) and colon and where in measures and where != name:
            raise type(error)(f"{name}:{what}") from None
        raise


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


def _syntax(path: str) -> str:
    """The RDF syntax that a file name ends in; raises InputError for another ending."""
    from kg.formats.canonical import FORMATS

    ending = path.rpartition(".")[2]
    if ending not in FORMATS:
        raise InputError(f"--to-rdf {path!r}: no ending of an RDF file; {near_names(ending, FORMATS)}")
    return ending


def _keep(run: Run, report: Report, path: str, syntax: str, given: dict[str, Any]) -> None:
    """Writes the results of a report as RDF, with what was asked for as parameters."""
    from dataclasses import fields

    from kg.analysis.cases.results import result_quads
    from kg.formats.canonical import write as canonical

    chosen = run.selection
    selecting = {f.name: getattr(chosen, f.name) for f in fields(chosen) if getattr(chosen, f.name) != f.default}
    parameters = {name: value for name, value in (given | selecting).items() if value not in (None, ())}
    write(canonical(result_quads(report, run.case, run.graph, parameters), syntax, run.graph.bases()), path)
