"""The command `kg`: thin functions over the library, one file per command, imported when it is called."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
import threading
from typing import Annotated, Any, NoReturn

import typer

import kg
from kg.cli.commands import Group
from kg.cli.completion import choices
from kg.errors import InputError, KgError, NotFoundError, near_names

__all__ = ["app", "main"]

_COMMANDS = (
    "ask",
    "show",
    "find",
    "sparql",
    "new",
    "import",
    "camps",
    "power",
    "brokers",
    "communities",
    "allies",
    "coalition",
    "feasibility",
    "what-if",
    "mactor",
    "discourse",
    "check",
    "match",
    "agree",
    "diff",
    "source",
    "statements",
    "review",
    "evidence",
    "publish",
    "info",
    "build",
    "export",
    "view",
    "brief",
)

_MODULES = {"import": "import_", "what-if": "what_if"}
"""Command to module, where the command's name cannot be that of a module."""


_STOPPED = 130
"""The exit code after Ctrl-C, as shells have it."""
_UNSENT = 120
"""The exit code where the last of what was printed reaches nobody, as Python has it."""


def _usage_line(error: typer.TyperException) -> str:
    """A usage error as one line: command, what is wrong, what to do."""
    context = getattr(error, "ctx", None)
    called = next((word for word in sys.argv[1:] if word in _COMMANDS), "")  # where the error does not know
    path = context.command_path if context else f"kg {called}".rstrip()
    option = getattr(error, "option_name", "")
    if context is None or error.__class__.__name__ != "NoSuchOption":
        message = error.format_message().strip().rstrip(".")
        if context is not None and path.startswith("kg ask ") and "extra argument" in message:
            message += f"; a name stands behind its option, as in {context.command.params[0].opts[0]} NAME"
        return f"{path}: {message[:1].lower()}{message[1:]}; `{path} --help` shows how it is used"
    root = context.find_root()
    here = [name for p in context.command.params for name in (*p.opts, *p.secondary_opts)]
    if context is not root and option in [name for p in root.command.params for name in p.opts]:
        return f"{path}: {option} stands before the command; write `kg {option} ... {path.removeprefix('kg ')}`"
    hint = near_names(option, [*here, "--help"])
    return f"{path}: there is no option {option!r}; {hint}; `{path} --help` shows them"


class _Commands(Group):
    """Imports and builds only the command that is called, and ends with one line for every expected error."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # the signature is typer's
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  # the signature is typer's
        if cmd_name not in _COMMANDS:
            return None
        from importlib import import_module

        return import_module(f"kg.cli.{_MODULES.get(cmd_name, cmd_name)}").command()

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in _COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise NotFoundError(f"kg: there is no command {args[0]!r}; {near_names(args[0], _COMMANDS)}")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
                stream.reconfigure(encoding="utf-8")
        kwargs |= {"prog_name": "kg", "standalone_mode": False}
        try:
            for argument in sys.argv[1:]:
                if any("\ud800" <= char <= "\udfff" for char in argument):  # how Python passes bytes that are not UTF-8
                    raise InputError(f"argument {argument!r}: not UTF-8; write it in UTF-8")
            code = super().main(*args, **kwargs)
        except typer.TyperException as error:
            line, code = _usage_line(error), 2
        except typer.Abort:
            line, code = "kg: stopped", _STOPPED
        except KgError as error:
            line, code = str(error), 2
        else:
            line = "kg: stopped" if code == _STOPPED else ""  # typer ends so on Ctrl-C, without a word
        if line:
            line = " ".join(line.split("\n"))
            print(line if line.startswith("kg") else f"kg: {line}", file=sys.stderr)  # noqa: T201  # this is the terminal's end
        sys.exit(code if isinstance(code, int) else 0)


app = typer.Typer(
    cls=_Commands,
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kg {kg.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    ctx: typer.Context,
    data: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SOURCE",
            help="Folder of tables, RDF file, store made by `kg build`, or - for standard input; several may be given. "
            "Without it KG_DATA, else the data set that comes with kg.",
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="en|es|fr",
            autocompletion=choices("en", "es", "fr"),
            help="Language of questions, headings and names. Without it KG_LANG, else the locale.",
        ),
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Read the tables anew and keep nothing.")] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help="Print the version and end.")
    ] = False,
) -> None:
    """Stakeholders, laws and tensions: questions with sourced answers.

    Start with `kg ask`, which lists the questions.
    """
    del data, lang, no_cache, version  # read from the context, by `kg.cli.context.settings`, also when a shell completes
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


_COLLECT_AFTER = 100_000
"""Objects made since the last look for garbage. A command keeps nearly all that it makes and soon ends: at Python's own 700, looking
takes a twentieth of its time."""


def main() -> None:
    """Runs `kg` with the arguments of the process, and ends it; a fault of kg itself shows its full stack trace and ends with 2."""
    gc.set_threshold(_COLLECT_AFTER)
    code: object = 2
    try:
        app()
    except SystemExit as end:
        code = end.code
    except Exception:
        import traceback

        traceback.print_exc()
    finally:
        _wait_for_threads()
    _end(code if isinstance(code, int) else 0)


def _end(code: int) -> NoReturn:
    """Ends the process with what libraries want done then, and nothing else.

    Python would first take apart every module and object, a thirtieth of the time that `kg view` takes, and as long again the graph.
    """
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream:  # there is none where it was closed before kg began
                stream.flush()
        except (OSError, ValueError):
            code = code or _UNSENT
    os._exit(code)


def _wait_for_threads() -> None:
    """Returns when what is kept for the next time is written; Ctrl-C then ends the process at once.

    Python waits for its threads as well, but tells of Ctrl-C with a stack trace, and a second one would come too early.
    """
    try:
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join()
    except KeyboardInterrupt:
        print("kg: stopped", file=sys.stderr, flush=True)  # noqa: T201  # this is the terminal's end
        os._exit(_STOPPED)
