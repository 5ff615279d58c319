"""`kg view`: the network and the other views, each as one page that needs no network connection, or as a picture."""

from __future__ import annotations

import contextlib
import gc
import inspect
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from kg.cli.commands import Group, plain_app, single_command
from kg.cli.completion import choices, names
from kg.cli.context import settings
from kg.cli.output import Forms, form_of, say_new_folder, write
from kg.cli.parameters import fixed, option
from kg.errors import InputError, NotFoundError, near_names

if TYPE_CHECKING:
    from kg.views.charts.catalog import View

__all__ = ["command"]

_NETWORK, _ALL = "network", "all"
_LEVELS = ("high", "medium", "low")


_ENGINES = ("own", "vis")
_Public = Annotated[
    bool, typer.Option("--public", help="Leave out notes, what is private, what only that says, and its names elsewhere.")
]
_OPEN = typer.Option("--open", help="Open it in the browser.")
_FORMS = Forms("views", ("html", "svg", "png", "pdf"), "--to", "htm")
_To = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="|".join(_FORMS.names),
        autocompletion=choices(*_FORMS.names),
        help="A page, or the picture alone: a drawing, an image, or for print (A4, or A3). Without it, what the file's ending says.",
    ),
]


def _several(flag: str, kind: str, text: str) -> Any:
    return typer.Option(flag, metavar=kind.upper(), help=text, autocompletion=names(kind))


def _network(
    ctx: typer.Context,
    country: Annotated[list[str] | None, _several("--country", "country", "Only actors of a country.")] = None,
    issue: Annotated[list[str] | None, _several("--issue", "issue", "Only relations on an issue or a narrower one.")] = None,
    type_: Annotated[list[str] | None, _several("--type", "actor-type", "Only actors of a type or a narrower one.")] = None,
    source: Annotated[list[str] | None, _several("--source", "thing", "Only relations that a source states.")] = None,
    min_confidence: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(_LEVELS), autocompletion=choices(*_LEVELS), help="Only relations at least as certain."
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", "--year", metavar="YEAR", help="Relations in force then; without it at the reference date."),
    ] = None,
    actor: Annotated[str | None, _several("--actor", "actor", "Only what is near an actor.")] = None,
    depth: Annotated[int | None, typer.Option(metavar="STEPS", min=1, max=3, help="How near; 1 without it.")] = None,
    coalition: Annotated[
        list[str] | None,
        _several("--coalition", "actor", "Highlight these actors and the ties among them; one stands for its members too."),
    ] = None,
    path: Annotated[
        tuple[str, str] | None,
        typer.Option("--path", metavar="ACTOR ACTOR", help="Highlight the shortest ways between two."),
    ] = None,
    scenario: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Highlight what a scenario changes; its file is written as for kg what-if."),
    ] = None,
    positions: Annotated[
        str | None, typer.Option(metavar="FILE", help="Where actors stand, as saved from a page (Save, Positions).")
    ] = None,
    story: Annotated[
        str | None, typer.Option(metavar="FILE", help="Steps to click through: JSON with state, title and text of each.")
    ] = None,
    state: Annotated[
        str | None, typer.Option(metavar="STATE", help="How the page opens: what stands after # in a link to a view.")
    ] = None,
    public: _Public = False,
    engine: Annotated[
        str,
        typer.Option(
            metavar="|".join(_ENGINES),
            autocompletion=choices(*_ENGINES),
            help="What draws: kg's own renderer, or vis-network, in which actors can be shaken into place.",
        ),
    ] = "own",
    flat: Annotated[bool, typer.Option("--flat", help="Draw every actor at once, however many.")] = False,
    to: _To = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Without it, network.html or so.")
    ] = None,
    show: Annotated[bool, _OPEN] = False,
) -> None:
    """Draws actors and their relations as one self-contained HTML page; prints its name."""
    if depth is not None and actor is None:
        raise InputError("--depth: counts steps from an actor; give --actor too")
    lit = [name for name, value in (("--coalition", coalition), ("--path", path), ("--scenario", scenario)) if value]
    if len(lit) > 1:
        raise InputError(f"{lit[0]}: highlights, as {lit[1]} does; give one of them")
    if engine not in _ENGINES:
        raise InputError(f"--engine {engine!r}: there is none of that name; {near_names(engine, _ENGINES)}")
    # matrices of some hundred rows gain nothing by more threads, which cost other programs a quarter of the command's time
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from kg.views.opening import read_positions, read_story

    chosen = settings(ctx)
    opening = {
        "positions": read_positions(positions) if positions else {},
        "story": read_story(story) if story else (),
        "state": (state or "").removeprefix("#"),
        "flat": flat,
        "engine": engine,
    }
    filters = {
        "country": country,
        "issue": issue,
        "type": type_,
        "source": source,
        "min_confidence": min_confidence,
        "year": as_of,
        "actor": actor,
        "depth": depth,
    }
    given = {name: value for name, value in filters.items() if value}
    style = form_of(to, output, _FORMS)
    target = Path(output or f"network.{style}")
    with _keeping_all() if style == "html" else contextlib.nullcontext():  # the library that prints leaves much more
        graph = chosen.open(of_most=True, meanwhile=partial(_prepare, style)).graph
        from kg.views.network import write_view

        say_new_folder(target)
        page = write_view(
            graph,
            chosen.lang,
            target,
            style,
            coalition=coalition or (),
            between=path,
            scenario=scenario,
            public=public,
            opening=opening,
            **given,
        )
    _written([page], show)


@contextlib.contextmanager
def _keeping_all() -> Iterator[None]:
    """Within it nobody looks for garbage, which takes a fortieth of the time: a page of 2,000 actors leaves 7,000 objects of it."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # else all that was made would be looked at now
        gc.enable()


def _prepare(style: str, anew: bool) -> None:
    """Makes ready what a network needs, and what computes on one that is new: what was kept of another was computed already."""
    from kg.views import network  # noqa: F401  # whoever asks for it first would wait

    if style == "html":
        from kg.views.html import prepare

        prepare()
    if anew:
        from kg.analysis import groups, splitting  # noqa: F401  # the same
        from kg.views import layout  # noqa: F401  # the same


def _written(paths: Sequence[Path], show: bool) -> None:
    """Prints what was written, and opens the first of it where that is wanted."""
    write("".join(f"{path}\n" for path in paths), None)
    _open_in_browser(paths[0], show)


def _open_in_browser(path: Path, wanted: bool) -> None:
    if wanted:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())


def _chart_command(view: View, lang: str) -> Any:
    """The command that makes one view, its options made from the view's parameters."""
    from kg.views.charts.answers import word

    def run(ctx: typer.Context, **values: Any) -> None:
        given = {p.name: values[f"value_{p.name}"] for p in view.parameters}
        given = {name: value for name, value in given.items() if value}
        _make(ctx, view, given, values["public"], values["style"], values["output"], values["show"])

    output = Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help=f"Without it, {view.name}.html or so.")
    ]
    signature = [
        inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *(option(p, view.hints.get(p.name, "")) for p in view.parameters),
        fixed("public", _Public, default=False),
        fixed("style", _To, default=None),
        fixed("output", output, default=None),
        fixed("show", Annotated[bool, _OPEN], default=False),
    ]
    run.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]  # how inspect is told
    short = word(f"view.{view.name}.what")[lang]
    return single_command(view.name, run, help=short, short_help=short)


def _make(
    ctx: typer.Context,
    view: View,
    given: dict[str, list[str]],
    public: bool,
    style: str | None,
    output: str | None,
    show: bool,
) -> None:
    from kg.views.charts.catalog import chart_page
    from kg.views.charts.files import write_view

    style = form_of(style, output, _FORMS)
    chosen = settings(ctx)
    page = chart_page(view, chosen.open(of_most=True).graph, chosen.lang, public=public, **given)
    target = Path(output or f"{view.name}.{style}")
    say_new_folder(target)
    _written(write_view(page, target, style), show)


def _site_command(lang: str) -> Any:
    """The command that makes every view, a folder of pages."""
    from kg.questions.head import Parameter
    from kg.views.charts.answers import word
    from kg.views.charts.catalog import SITE_FILTERS

    kinds = {"type": "actor-type"}

    def run(ctx: typer.Context, **values: Any) -> None:
        from kg.views.charts.site import write_site

        given = {name: values[f"value_{name}"] for name in SITE_FILTERS if values[f"value_{name}"]}
        folder = Path(values["output"])
        if folder.is_file():
            raise InputError(f"{folder}: is a file; name a folder with -o")
        chosen = settings(ctx)
        graph = chosen.open(of_most=True).graph
        say_new_folder(folder)
        for path in write_site(graph, chosen.lang, folder, public=values["public"], **given):
            write(f"{path}\n", None)
        _open_in_browser(path, values["show"])

    signature = [
        inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *(option(Parameter(name, kinds.get(name, name), required=False)) for name in SITE_FILTERS),
        fixed("public", _Public, default=False),
        fixed(
            "output", Annotated[str, typer.Option("--output", "-o", metavar="FOLDER", help="Where the pages go.")], "views"
        ),
        fixed("show", Annotated[bool, _OPEN], default=False),
    ]
    run.__signature__ = inspect.Signature(signature)  # type: ignore[attr-defined]  # how inspect is told
    return single_command(_ALL, run, help=word("view.all.what")[lang], short_help=word("view.all.what")[lang])


class _Views(Group):
    """The views as commands; without a name, the network."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments, `network` put before them where no view is named."""
        unnamed = not args and not ctx.resilient_parsing  # a shell that completes the first word offers the names
        if unnamed or (args and args[0].startswith("-") and args[0] not in ("--help", "-h")):
            args = [_NETWORK, *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """What may come next: the names of views, or the options of the network."""
        if not incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        network = self.get_command(ctx, _NETWORK)
        return network.shell_complete(network.make_context(_NETWORK, [], parent=ctx, resilient_parsing=True), incomplete)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # the signature is typer's
        from kg.views.charts.catalog import MODULES

        return [_NETWORK, *MODULES, _ALL]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        from kg.views.charts.catalog import MODULES, load_view

        if cmd_name == _NETWORK:
            return single_command(_NETWORK, _network)
        if cmd_name == _ALL:
            return _site_command(settings(ctx).lang)
        if cmd_name not in MODULES:
            return None
        return _chart_command(load_view(cmd_name), settings(ctx).lang)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        known = self.list_commands(ctx)
        if args[0] not in known and not ctx.resilient_parsing:
            raise NotFoundError(f"view {args[0]!r}: there is none of that name; {near_names(args[0], known)}")
        return args[0], self.get_command(ctx, args[0]), args[1:]


def _views() -> None:
    """Draws actors and their relations, or another view, as one self-contained HTML page; prints its name.

    Without the name of a view it draws the network: kg view --country Peru -o peru.html
    """


def command() -> Any:
    """The command, ready to be called."""
    app = plain_app(cls=_Views, name="view", subcommand_metavar="[VIEW] [OPTIONS]")
    app.callback()(_views)
    return get_command(app)
