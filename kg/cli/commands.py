"""How a function becomes a command of `kg`: plain help, errors left to `kg` itself, texts taken as they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from kg.errors import InputError

__all__ = ["Command", "Group", "plain_app", "single_command"]


class _AsTyped:
    """Takes the texts of the command line as they are.

    typer's own conversion imports pydantic, which takes longer than an answer does.
    """

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ARG002  # the signature is typer's
        return list(value) if isinstance(value, list | tuple) else value


class _Number:
    """Makes a number of what was typed, within the limits of its option; raises InputError, as everything else here does."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        if not isinstance(value, str) or ctx.resilient_parsing:
            return value
        whole = param.type_descriptor.annotation is int
        least, most = (param.min, param.max)
        kind, limits = "whole number" if whole else "number", ""
        if least is not None:
            limits = f", at least {least}" if most is None else f" from {least} to {most}"
        try:
            number = int(value) if whole else float(value)
        except ValueError:
            raise InputError(f"{param.opts[-1]} {value!r}: is no {kind}; give one{limits}") from None
        if (least is not None and not number >= least) or (most is not None and not number <= most):
            raise InputError(f"{param.opts[-1]} {value!r}: is out of range; give a {kind}{limits}")
        return number


class _IfGiven:
    """Leaves it to typer to convert what is neither text nor number, where it is given."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        if value is None:
            return None
        param._runtime_param = None  # then typer makes its own
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


_AS_TYPED, _NUMBER, _IF_GIVEN = _AsTyped(), _Number(), _IfGiven()
_CONVERTERS = {str: _AS_TYPED, list[str]: _AS_TYPED, bool: _AS_TYPED, int: _NUMBER, float: _NUMBER}


def _no_type(ctx: Any) -> None:  # the signature is typer's
    """Nothing: `<list[str]>` after the name of an argument is Python's language, not the user's."""


def _plain(params: Any) -> Any:
    """The parameters, texts and flags no longer converted, arguments without Python's names of types."""
    for param in params:
        if param.param_type_name == "argument":
            param.display_type_rich = _no_type
        param._runtime_param = _CONVERTERS.get(param.type_descriptor.annotation, _IF_GIVEN)
    return params


class Group(TyperGroup):
    """A command with commands below it."""

    def get_params(self, ctx: Any) -> Any:
        """Its options, `--help` among them."""
        return _plain(super().get_params(ctx))


class Command(TyperCommand):
    """A command whose arguments are read and shown plainly."""

    def get_params(self, ctx: Any) -> Any:
        """Its arguments and options, `--help` among them."""
        return _plain(super().get_params(ctx))


def plain_app(**options: Any) -> typer.Typer:
    """An application that prints plain help and leaves errors to `kg` itself."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, **options)


def single_command(name: str, function: Callable[..., None], **options: Any) -> Any:
    """The command that calls `function`; its help is the function's docstring unless `options` say otherwise."""
    app = plain_app()
    app.command(name, cls=Command, **options)(function)
    return get_command(app)
