"""`kg import`: a network made with another program, to our tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.context import settings
from kg.cli.output import say, write
from kg.cli.progress import reading
from kg.errors import FindingsError, InputError

if TYPE_CHECKING:
    from kg.formats.answers import Answers
    from kg.formats.material import Material
    from kg.wording import Sentences

__all__ = ["check_target", "command"]


def _import(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="What to import; nodes and ties may be two files.")],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR|FILE",
            help="A folder of CSV tables, a workbook (.xlsx) or RDF (.ttl, .trig, .nt, .nq, .jsonld).",
        ),
    ] = None,
    map_file: Annotated[
        str | None,
        typer.Option(
            "--map", metavar="FILE.json", help="Answers to what the files leave open; open questions are added to it."
        ),
    ] = None,
) -> None:
    """Reads spreadsheets and network files of other programs, and says what became of every column.

    Kumu, Gephi, Graph Commons, NodeXL, Onodo, node-mapper, LittleSis, edge lists and matrices, as XLSX, ODS, CSV or TSV;
    network files and RDF; workbooks, folders and graphs of kg too. Types that kg does not know are kept as notes and
    asked for in the map file. Names and notes whose language a file does not tell are taken to be in that of --lang.
    """
    from kg.formats.answers import Answers, read_answers
    from kg.formats.report import SENTENCES
    from kg.wording import Sentences

    chosen = settings(ctx)
    tell = Sentences(SENTENCES, chosen.lang)
    paths = [Path(f) for f in files]
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder; check the path")
    answers = read_answers(Path(map_file)) if map_file else Answers()
    if output is not None:
        check_target(Path(output), paths)
    with reading():
        if output is not None and _streamed(paths, Path(output), tell):
            write(f"{output}\n", None)
            return
        material = _own(paths, tell) or _foreign(paths, answers, map_file, tell)
    if output is None:
        say(tell("not-kept"))
        return
    target = Path(output)
    if target.suffix.lower() == ".xlsx":
        from kg.formats.workbook import write_workbook

        write_workbook(material, target, chosen.lang)
    elif target.suffix:
        _rdf(material, target)
    else:
        from kg.formats.material import write_folder

        write_folder(material, target)
    write(f"{target}\n", None)


def check_target(target: Path, paths: list[Path]) -> None:
    """Nothing; raises InputError where the target cannot be written, which is said before much is read."""
    if target.suffix.lower() == ".xlsx":
        from kg.formats.large import is_large, rows_beyond
        from kg.formats.workbook import MOST_ROWS, check_workbook

        files = [file for path in paths for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])]
        texts = [file for file in files if file.suffix.lower() in (".csv", ".tsv") and is_large(file)]
        check_workbook(target, {file.name: rows_beyond(file, MOST_ROWS) for file in texts})
    elif target.suffix:
        from kg.errors import near_names
        from kg.formats import canonical

        to = target.suffix.lstrip(".").lower()
        if to not in canonical.FORMATS:
            known = near_names(to, [*canonical.FORMATS, "xlsx"])
            raise InputError(f"{target}: {target.suffix!r} is nothing that can be written; {known}")
    else:
        from kg.formats.material import check_new

        check_new(target)


def _streamed(paths: list[Path], target: Path, tell: Sentences) -> bool:
    """True where a folder of tables too large for memory was written as it was read."""
    from kg.formats.large import is_large
    from kg.formats.opening import opens_as_own
    from kg.formats.streaming import FORMATS, stream_folder

    folder = paths[0]
    if len(paths) > 1 or not folder.is_dir() or target.suffix.lower().lstrip(".") not in FORMATS:
        return False
    if not any(is_large(p) for p in folder.glob("*.csv")) or not opens_as_own(folder):
        return False
    say(tell("own-tables", name=folder.name, n=stream_folder(folder, target)))
    return True


def _own(paths: list[Path], tell: Sentences) -> Material | None:
    """The tables of kg's own that a path holds, as a folder, a workbook or RDF; None where it holds none."""
    if len(paths) != 1:
        return None
    from kg.formats.opening import open_book, opens_as_own
    from kg.formats.rdf import is_rdf

    path = paths[0]
    if opens_as_own(path):
        from kg.formats.material import Material
        from kg.formats.tables import read_book

        tables = read_book(open_book(path), records=True)
        if any(f.is_error for f in tables.findings):
            raise FindingsError(path.name, tables.findings)
        say(tell("own-tables", name=path.name, n=tables.rows))
        return Material(tables.dataset, tables.records)
    if not path.is_dir() and is_rdf(path) and not path.name.lower().endswith((".json", ".json.gz")):
        from kg.formats.backwards import material_of_quads
        from kg.formats.linked import is_ours, quads_of

        quads = quads_of(path)
        if is_ours(quads):
            material, told = material_of_quads(quads, path.name.partition(".")[0])
            say(tell("own-graph", name=path.name, n=sum(map(len, material.tables.values()))))
            for line in told:
                say(f"{path.name}: {line}")
            return material
    return None


def _foreign(paths: list[Path], answers: Answers, map_file: str | None, tell: Sentences) -> Material:
    """What files of other programs become; open questions go to the map file."""
    from kg.formats.opening import foreign_files
    from kg.formats.registry import import_files

    try:
        imported = import_files([file for path in paths for file in foreign_files(path)], answers, tell.lang)
    except InputError as error:
        if not map_file or not answers.unknown_columns:
            raise
        write(answers.as_json(), map_file)
        raise InputError(
            f'{error}; {map_file} lists the columns: write "from", "to" or another role after each and import again'
        ) from None
    if imported.findings:
        for finding in imported.findings:
            say(str(finding))
        raise FindingsError(paths[0].name, imported.findings)
    for line in imported.report:
        say(line)
    counted = tell("questions", n=answers.open)
    if map_file:
        write(answers.as_json(), map_file)
        say(tell("answer-there", file=map_file, counted=counted))
    elif answers.open:
        say(tell("write-map", counted=counted))
    return imported.material


def _rdf(material: Any, target: Path) -> None:
    """Writes RDF, without what the rules would add."""
    import pyoxigraph as ox

    from kg.formats import canonical
    from kg.formats.large import Spool
    from kg.formats.opening import book_of
    from kg.formats.tables import read_book

    to = target.suffix.lstrip(".").lower()
    from kg.formats.streaming import FORMATS, stream_material

    if to in FORMATS and any(isinstance(records, Spool) for records in material.tables.values()):
        stream_material(material, target)
        return
    lines = read_book(book_of(material)).lines
    quads = (
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph))
        for graph, content in lines.items()
        for q in ox.parse("\n".join(content), format=ox.RdfFormat.N_TRIPLES)
    )
    write(canonical.write(quads, to), str(target))


def command() -> Any:
    """The command, ready to be called."""
    return single_command("import", _import)
