"""What every command that prints rows shares: `--format`, `--output`, and how rows are written in each format."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from kg.cli.completion import choices
from kg.errors import InputError, near_names
from kg.wording import by_name, number_in, series
from kg.writing import write_whole

if TYPE_CHECKING:
    from kg.questions.answer import Answer, Value

__all__ = [
    "FORMATS",
    "Format",
    "Forms",
    "Output",
    "Rows",
    "emit",
    "form_of",
    "rendered",
    "rows_of",
    "say",
    "say_new_folder",
    "write",
]

FORMATS = ("table", "csv", "tsv", "json", "md")

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="|".join(FORMATS),
        autocompletion=choices(*FORMATS),
        help="How rows are written; without it by the ending of -o, else table.",
    ),
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of standard output.")
]


@dataclass(eq=False, repr=False)
class Rows:
    """Rows in the shape that every format can be made from."""

    columns: Sequence[str]
    """Names: the keys in JSON, the header in CSV and TSV."""
    headings: Sequence[str]
    """Titles for people."""
    cells: list[list[str]]
    """Text per column, for CSV and TSV."""
    records: Callable[[], list[dict[str, Any]]]
    """One object per row, for JSON; made only then, since it may have to look things up."""
    short: list[list[str]] = field(default_factory=list)
    """Text per column for people, where it differs from `cells`."""
    notes: list[list[str]] = field(default_factory=list)
    """Lines that stand below each row."""
    short_notes: list[list[str]] = field(default_factory=list)
    """The same for a terminal: what stood above is named, not told again."""
    grouped: bool = False
    """True where equal cells in the first column are one group."""

    @classmethod
    def plain(
        cls,
        columns: Sequence[str],
        headings: Sequence[str],
        values: Iterable[Sequence[Any]],
        *,
        grouped: bool = False,
        lang: str = "en",
    ) -> Rows:
        """Rows of plain values; `lang` is the language whose numbers people read."""
        rows = list(values)
        cells = [[_text(v) for v in row] for row in rows]
        made = cls(columns, headings, cells, lambda: [dict(zip(columns, r, strict=True)) for r in rows], grouped=grouped)
        if lang != "en":
            made.short = [
                [number_in(v, lang, grouped=False) if isinstance(v, float) else _text(v) for v in row] for row in rows
            ]
        return made


def say(text: str) -> None:
    """Prints a line for people, on standard error."""
    print(text, file=sys.stderr)  # noqa: T201  # the one place that talks


def say_new_folder(target: Path) -> None:
    """Says, where something is about to be written, that its folder was not there: perhaps it is misspelt."""
    if not target.parent.exists():
        say(f"{target.parent}: there was no such folder; it is made")


class Forms(NamedTuple):
    """What something can be written as."""

    things: str
    names: tuple[str, ...]
    """Also the endings of files; the first is taken where nothing is said."""
    option: str
    like_first: str
    """Another ending of files in the first form."""


ROWS = Forms("rows", FORMATS, "--format", "txt")


def form_of(given: str | None, output: str | None = None, forms: Forms = ROWS) -> str:
    """The form in which things are written: asked for by their option, else by the ending of the file, else the first.

    Raises InputError for one that they do not have.
    """
    if given is not None:
        if given not in forms.names:
            raise InputError(f"{forms.option} {given!r}: there is no such format; {near_names(given, forms.names)}")
        return given
    ending = Path(output or "").suffix.lower().lstrip(".")
    if ending in forms.names:
        return ending
    if ending.isalpha() and ending != forms.like_first:
        hint = f"{near_names(ending, forms.names)}, or say {forms.option}"
        raise InputError(f"-o {output!r}: {forms.things} are not written as .{ending}; {hint}")
    return forms.names[0]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(_text(v) for v in value)
    return str(value)


def _told(value: Value, lang: str) -> str:
    """A value as people read it in the language of the answer."""
    if isinstance(value, tuple):
        return series(sorted(map(str, value), key=by_name), lang)
    return number_in(value, lang, grouped=False) if isinstance(value, Decimal) else _text(value)


def _short_ids(ids: Sequence[str], lang: str) -> str:
    names = [i.rpartition("/")[2] if "://" in i else i for i in ids]
    return series(names[:2], lang) + (f" +{len(names) - 2}" if len(names) > 2 else "")


def rows_of(answer: Answer, *, why: bool = False) -> Rows:
    """The rows of an answer; with `why`, each with the passages that it rests on."""
    from kg.questions.answer import plain

    lang = answer.describer.lang
    place = answer.columns.index("evidence") if "evidence" in answer.columns else -1
    cells, short, notes = [], [], []
    short_notes: list[list[str]] = []
    told: set[str] = set()
    for row in answer:
        values = [_text(plain(v)) for v in row]
        brief = [_told(v, lang) for v in row]
        if place >= 0:
            ids = [fact.id for fact in row.evidence]
            values[place], brief[place] = "; ".join(ids), _short_ids(answer.passages(row) or ids, lang)
        cells.append(values)
        short.append(brief)
        if why:
            found = answer.why(row)
            notes.append([e.line() for e in found])
            short_notes.append([])
            for evidence in found:
                short_notes[-1].append(evidence.line(again=evidence.id in told))
                told |= {evidence.id} - {""}
    headings = [answer.heading(c) for c in answer.columns]
    return Rows(answer.columns, headings, cells, answer.to_dicts, short, notes, short_notes)


def _delimited(rows: Rows, separator: str) -> str:
    import csv
    import io

    header = [*rows.columns, "why"] if rows.notes else list(rows.columns)
    lines = [header] + [[*cells, " | ".join(rows.notes[n])] if rows.notes else cells for n, cells in enumerate(rows.cells)]
    if separator == "\t":  # text/tab-separated-values knows no quoting: a cell holds neither tab nor line end
        return "".join("\t".join(" ".join(c.split()) for c in line) + "\n" for line in lines)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def _inert(text: str) -> str:
    """Text that Markdown shows as it is: one line, no markup."""
    from kg.cli.tables import visible

    return visible(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _markdown(rows: Rows) -> str:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(_inert(c) for c in cells) + " |\n"

    cells = rows.short or rows.cells
    out = line(rows.headings) + "|" + " --- |" * len(rows.headings) + "\n" + "".join(line(c) for c in cells)
    for number, notes in enumerate(rows.notes):
        if notes:
            out += f"\n{number + 1}. {_inert(cells[number][0])}\n" + "".join(f"   - {_inert(n)}\n" for n in notes)
    return out


def rendered(rows: Rows, style: str, path: str | None) -> str:
    """Rows in a format of FORMATS, as text; a table is fitted to the terminal unless it goes to a file."""
    if style == "json":
        import json

        return json.dumps(rows.records(), ensure_ascii=False, indent=1) + "\n"
    if style in ("csv", "tsv"):
        return _delimited(rows, "," if style == "csv" else "\t")
    if style == "md":
        return _markdown(rows)
    from kg.cli.tables import PLAIN, Style, draw

    look = PLAIN if path and path != "-" else Style.of_stdout()
    # On a terminal a repeated name or passage is read once; what goes through a pipe keeps every line whole.
    terminal = look.width is not None
    notes = rows.short_notes if terminal and rows.short_notes else rows.notes
    lines = draw(rows.headings, rows.short or rows.cells, look, notes=notes, grouped=rows.grouped or terminal)
    return "".join(f"{line}\n" for line in lines)


def write(content: str | bytes, path: str | None) -> None:
    """Writes a result to a file, or to standard output; a reader that has seen enough ends the command quietly.

    Raises InputError where the file cannot be written.
    """
    if path and path != "-":
        try:
            write_whole(Path(path), content.encode() if isinstance(content, str) else content)
        except OSError as error:
            raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place") from None
        return
    try:
        if isinstance(content, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would raise again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def emit(rows: Rows, style: str, path: str | None) -> None:
    """Writes rows in a format of FORMATS to a file or to standard output.

    On standard output a table or Markdown without rows is nothing at all; otherwise the header stays.
    """
    if rows.cells or style not in ("table", "md") or path:
        write(rendered(rows, style, path), path)
