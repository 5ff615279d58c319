"""`kg brief`: two pages on one thing, to read, print or send."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.commands import single_command
from kg.cli.completion import choices, names
from kg.cli.context import settings
from kg.cli.output import Forms, form_of, say_new_folder, write

__all__ = ["command"]

_FORMS = Forms("briefs", ("html", "md", "docx"), "--to", "htm")


def _brief(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(help="Name, acronym or id of an actor, law, country, issue or tie.", autocompletion=names("thing")),
    ],
    other: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help="Another one: a brief on the tie between the two.",
            autocompletion=names("thing"),
        ),
    ] = "",
    to: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(_FORMS.names),
            autocompletion=choices(*_FORMS.names),
            help="A page, Markdown or a Word document. Without it, what the file's ending says, else a page.",
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(metavar="en|es|fr", autocompletion=choices("en", "es", "fr"), help="Language, where not that of kg."),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Without it, brief-ID.html or so.")
    ] = None,
    public: Annotated[
        bool,
        typer.Option("--public", help="Leave out notes, what is private, what only that says, and its names elsewhere."),
    ] = False,
    show: Annotated[bool, typer.Option("--open", help="Open it with the program for such files.")] = False,
) -> None:
    """Writes two pages on an actor, a law, a country, an issue or a tension: a small map, the answers that matter with their
    sources, and what is uncertain; prints the file's name. For example: kg brief CONVEAGRO -o conveagro.docx, or, on the tie between
    two, kg brief Correa --other "Press (Ecuador)"
    """
    style = form_of(to, output, _FORMS)
    from kg.briefs.contents import brief, file_name
    from kg.briefs.writing import FORMATS
    from kg.views.document import write_bytes

    chosen = settings(ctx, lang=lang)
    graph = chosen.open().graph
    content = FORMATS[style](brief(graph, name, chosen.lang, other=other, public=public))
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    target = Path(output or file_name(graph, name, style, other))
    say_new_folder(target)
    path = write_bytes(raw, target)
    write(f"{path}\n", None)
    if show:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())


def command() -> Any:
    """The command, ready to be called."""
    return single_command("brief", _brief)
