"""`kg sparql`: a query of one's own, which may only read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.context import AsOf, settings
from kg.cli.engine import interruptible
from kg.cli.output import Format, Output, Rows, emit, form_of, write
from kg.errors import InputError

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["command"]

_XSD = "http://www.w3.org/2001/XMLSchema#"


def _text(query: str) -> str:
    """The query itself, from the argument, from `@file` or from standard input."""
    if query != "-" and not query.startswith("@"):
        return query
    name = "standard input" if query == "-" else query[1:]
    try:
        content = sys.stdin.buffer.read() if query == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror}); check the path") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: byte {error.start + 1} is not UTF-8; save the query as UTF-8") from None


def _value(term: Any) -> Any:
    """A term as JSON has it: numbers and truth values as such, everything else as text."""
    import pyoxigraph as ox

    if not isinstance(term, ox.Literal):
        return None if term is None else term.value if isinstance(term, ox.NamedNode) else str(term)
    datatype = term.datatype.value.removeprefix(_XSD)
    if datatype == "integer":
        return int(term.value)
    if datatype == "boolean":
        return term.value == "true"
    return float(term.value) if datatype == "decimal" else term.value


def _rows(solutions: ox.QuerySolutions) -> Rows:
    columns = [v.value for v in solutions.variables]
    return Rows.plain(columns, columns, ([_value(t) for t in solution] for solution in solutions))


def _sparql(
    ctx: typer.Context,
    query: Annotated[
        str, typer.Argument(metavar="QUERY|@FILE|-", help="SPARQL 1.1, a file with it, or - for standard input.")
    ],
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=0.001, help="When to give up.")] = 30,
    as_of: AsOf = None,
    style: Format = None,
    output: Output = None,
) -> None:
    """Asks the graph a SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    Refused: updates, LOAD, SERVICE, and FROM with anything but a graph of the store. An ASK that is false ends with exit code 1.
    """
    import pyoxigraph as ox

    from kg.formats import canonical

    form_of(style)
    text = _text(query)
    graph = settings(ctx).open_as_of(as_of)
    with interruptible(timeout):
        result = graph.sparql(text)
        if isinstance(result, ox.QueryTriples):
            if style is not None:
                raise InputError(f"--format {style!r}: this query gives triples, written as Turtle; leave --format out")
            quads = [ox.Quad(t.subject, t.predicate, t.object) for t in result]
            turtle = canonical.write(quads, "ttl", graph.graph.bases())
        elif isinstance(result, ox.QuerySolutions):
            rows, chosen = _rows(result), form_of(style, output)
    if isinstance(result, ox.QueryTriples):
        write(turtle, output)
    elif isinstance(result, ox.QuerySolutions):
        emit(rows, chosen, output)
    else:
        write("true\n" if result else "false\n", output)
        if not result:
            raise typer.Exit(1)


def command() -> Any:
    """The command, ready to be called."""
    return single_command("sparql", _sparql)
