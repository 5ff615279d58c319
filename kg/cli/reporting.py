"""How the report of an analysis is printed: sentences, tables, remarks and the line on the facts used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.cli.output import Rows, rendered, say, write
from kg.errors import InputError, near_names
from kg.wording import series

if TYPE_CHECKING:
    from kg.analysis.cases.report import Report, Table
    from kg.cli.analysis import Run

__all__ = ["show"]


def show(run: Run, report: Report, style: str, path: str | None, wanted: str | None, *, why: bool) -> None:
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
        main = shown[0] if wanted else next((table for table in report.tables if table.main), shown[0])
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
    """The table as people get it unless they ask for it, and the line that says what is missing."""
    cut = table if wanted else table.shortened()
    missing = len(table.rows) - len(cut.rows)
    if not missing and len(cut.columns) == len(table.columns):
        return cut, ""
    from kg.analysis.cases.wording import Sentences

    say = Sentences("facts", run.lang)
    return cut, "\n" + (
        say("more-rows", n=missing, table=table.name) if missing else say("more-columns", table=table.name)
    ) + "\n"


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
    plain.short = [[_brief(value, run.lang) for value in row] for row in table.rows]
    if why and table.evidence:
        from kg.questions.describe import Describer

        describer = Describer(run.graph, run.lang)
        plain.notes = [[e.line() for iri in iris for e in describer.evidence(iri)] for iris in table.evidence]
    return plain


def _brief(value: Any, lang: str) -> str:
    """A value for people: few digits, nothing where a condition does not hold."""
    from kg.analysis.cases.wording import number

    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, float):
        return number(value, lang)
    return "" if value is None else series(value, lang) if isinstance(value, tuple) else str(value)


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
