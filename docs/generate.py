"""Writes docs/reference/ from the things themselves: commands, questions, tables, vocabulary, formats, Python names.

Run as `python -m docs.generate` (or `make docs`); `--check` writes nothing and exits 1 where a page is out of date.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import typer
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

import kg
from kg.api import open as open_graph
from kg.cli import app
from kg.formats.csvw import Table, shipped_description
from kg.formats.registry import READERS, WRITERS
from kg.questions.head import question_paths, read_question
from kg.vocabulary import concept_lists

FOLDER = Path(__file__).parent / "reference"
NOTE = "<!-- Made by `make docs`; edit what it is made from. -->\n"
SETTINGS = {"COLUMNS": "100", "NO_COLOR": "1", "KG_LANG": "en", "TERM": "dumb"}
EXAMPLE = "allies"
"""Stands for the questions, which have a page of their own."""


def _names(group: TyperGroup, before: str = "") -> Iterator[str]:
    """Every command as it is typed after `kg`, and the commands below it."""
    with typer.Context(group) as context:
        below = group.list_commands(context)
        for name in below if before != "ask" else [EXAMPLE]:
            command = group.get_command(context, name)
            yield f"{before} {name}".strip()
            if isinstance(command, TyperGroup):
                yield from _names(command, name)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def commands() -> str:
    """Every command's own help."""
    parts = [f"# Commands\n\n{NOTE}"]
    for name in ["", *_names(cast("TyperGroup", get_command(app)))]:
        result = CliRunner().invoke(app, [*name.split(), "--help"], env=SETTINGS, prog_name="kg")
        if result.exit_code:
            raise RuntimeError(f"kg {name} --help: {result.output}")
        text = "\n".join(line.rstrip() for line in result.stdout.strip("\n").splitlines())
        parts.append(f"## `kg {name}`" if name else "## `kg`")
        parts.append(f"\n```text\n{text}\n```\n")
    return "\n".join(parts).replace(f"`kg ask {EXAMPLE}`", f"`kg ask QUESTION` (here: {EXAMPLE})")


def questions() -> str:
    """Every question with what it takes and what a row means."""
    parts = [f"# Questions\n\n{NOTE}"]
    topic = ""
    for path in question_paths().values():
        question = read_question(path)
        if question.topic != topic:
            topic = question.topic
            parts.append(f"## {topic.replace('-', ' ').capitalize()}\n")
        row = question.row["en"]
        takes = ", ".join(f"`--{p.name}`" + ("" if p.required else " (optional)") for p in question.parameters)
        parts.append(
            f"### `{question.name}`\n\n{question.text['en']}\n\n*{question.text['es']}* · *{question.text['fr']}*\n\n"
            f"A row: {row[0].lower() + row[1:]}. {'Takes ' + takes + '.' if takes else 'Takes nothing.'}\n"
        )
    return "\n".join(parts)


def _columns(table: Table) -> Iterator[str]:
    for column in table.columns:
        kind = column.datatype
        if column.concepts:
            kind = f"one of the list [{column.concepts}](vocabulary.md#{column.concepts})"
        elif column.refers_to:
            kind = "id of a row in " + (", ".join(column.refers_to[:3]) + (" ..." if len(column.refers_to) > 3 else ""))
        if column.separator:
            kind += f", several separated by `{column.separator}`"
        names = " / ".join(column.titles.get(lang, "") for lang in ("en", "es", "fr"))
        need = "yes" if column.required else ""
        yield f"| `{column.name}` | {_cell(names)} | {_cell(kind)} | {need} | {_cell(column.description.get('en', ''))} |"


def tables() -> str:
    """Every table with its columns."""
    parts = [f"# Tables\n\n{NOTE}\nA data set is a folder with any of these CSV files (UTF-8) and a `dataset.json`.\n"]
    for table in shipped_description().values():
        parts.append(f"## {table.url}\n\n{table.description.get('en', '')}.\n")
        parts.append("| column | title (en / es / fr) | holds | required | meaning |\n|---|---|---|---|---|")
        parts.append("\n".join(_columns(table)) + "\n")
    return "\n".join(parts)


def vocabulary() -> str:
    """Every concept list."""
    import pyoxigraph as ox

    from kg.vocabulary import expand

    describer = open_graph().describer
    definition = ox.NamedNode(expand("skos:definition"))
    parts = [
        f"# Vocabulary\n\n{NOTE}\nThe ids are what stands in tables. Definitions in Spanish and French are in `ontology/`.\n"
    ]
    for name, concepts in sorted(concept_lists().items()):
        parts.append(f"## {name}\n\n| id | label | meaning |\n|---|---|---|")
        for key, iri in sorted(concepts.items()):
            parts.append(f"| `{key}` | {_cell(describer.label(iri))} | {_cell(describer.text(iri, definition))} |")
        parts.append("")
    return "\n".join(parts)


def formats() -> str:
    """Every format of another program, with what is kept of it and what is lost."""
    parts = [
        f"# Files of other programs\n\n{NOTE}",
        "`kg import FILE` says what became of each column; `kg export --to` what stays behind.\n",
        "Spreadsheets (XLSX, ODS, CSV, TSV) are recognised by their headings: Kumu, Gephi, Graph Commons, NodeXL, Onodo,",
        "node-mapper, LittleSis, edge lists with or without signs, matrices with names. What has no place becomes a note.\n",
        "| read | files | keeps | loses |\n|---|---|---|---|",
    ]
    for reader in READERS:
        endings = " ".join(f"`{e}`" for e in reader.endings)
        parts.append(f"| {reader.name} | {endings} | {_cell(reader.keeps)} | {_cell(reader.loses)} |")
    parts.append("\n| written | file | keeps | loses |\n|---|---|---|---|")
    parts += [f"| {w.name} | `{w.ending}` | {_cell(w.keeps)} | {_cell(w.loses)} |" for w in WRITERS]
    return "\n".join(parts) + "\n"


def _of_formats(path: Path) -> str:
    """A page on formats, the part between its marks made anew from the table of formats."""
    text = path.read_text(encoding="utf-8")
    found = re.search(r"<!-- table: (.*?) ?-->\n", text)
    if not found:
        return text
    readers, writers = {r.name: r for r in READERS}, {w.name: w for w in WRITERS}
    rows = []
    for name in found[1].split():
        what = writers[name.removeprefix("to:")] if name.startswith("to:") else readers[name]
        call = f"`kg export --to {what.name}`" if name.startswith("to:") else "read"
        rows.append(f"| {call} | {_cell(what.keeps)} | {_cell(what.loses)} |\n")
    table = "| | keeps | loses |\n|---|---|---|\n" + "".join(rows) if rows else ""
    return text[: found.end()] + table + text[text.index("<!-- end -->") :]


def _documented(name: str, thing: Any) -> str:
    """One name of the Python interface: how it is called, and its docstring with its examples as code."""
    called = name
    if callable(thing) and not isinstance(thing, type):
        # Annotations are kept as text, which Python prints in quotation marks.
        called += (
            re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(thing)))
            .replace("(self, ", "(")
            .replace("(self)", "()")
        )
    text = inspect.getdoc(thing) or ""
    text = re.sub(r"^((?:>>> .*\n?)(?:.+\n?)*)", lambda m: f"```pycon\n{m[1].rstrip()}\n```\n", text, flags=re.MULTILINE)
    return f"`{called}`\n\n{text.rstrip()}\n"


def python() -> str:
    """Every public name of the package, with its public methods."""
    parts = [
        f"# Python\n\n{NOTE}\n`import kg` gives these names; everything else is internal and may change. `g.camps()`, `g.power()`",
        "and the like need no command line; values are names, acronyms, ids or IRIs, as in `kg ask`.\n",
    ]
    for name in sorted(kg.__all__, key=lambda n: (isinstance(getattr(kg, n), type), n)):
        thing = getattr(kg, name)
        parts.append(f"## {_documented(f'kg.{name}', thing)}")
        if isinstance(thing, type):
            for method, member in vars(thing).items():
                plain = member.fget if isinstance(member, property) else member
                if not method.startswith("_") and inspect.isfunction(plain):
                    parts.append(f"### {_documented(method, member)}")
    return "\n".join(parts)


PAGES = {
    "commands": commands,
    "questions": questions,
    "tables": tables,
    "vocabulary": vocabulary,
    "formats": formats,
    "python": python,
}


def main() -> int:
    """0 where the pages are up to date or were written; 1 where `--check` found one that is not."""
    stale = []
    made = {FOLDER / f"{name}.md": page() for name, page in PAGES.items()}
    made |= {path: _of_formats(path) for path in sorted((FOLDER.parent / "guide" / "formats").glob("*.md"))}
    for path, page in made.items():
        text = page.rstrip("\n") + "\n"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if "--check" not in sys.argv:
                FOLDER.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
    if "--check" in sys.argv and stale:
        sys.stderr.write(f"docs/reference: {', '.join(stale)} out of date; run `make docs`\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
