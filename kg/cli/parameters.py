"""Command-line options of typed parameters: what questions take, and what views do."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.completion import names

if TYPE_CHECKING:
    from kg.questions.head import Parameter

__all__ = ["fixed", "option"]

_HINTS = {
    "actor": "Name, acronym, alias or id of an actor.",
    "actor-type": "Actor type, e.g. farmer-organization; a broader type takes in the narrower ones.",
    "country": "Name, code or id of a country or other place.",
    "instrument": "Name, acronym or id of a law, plan or other instrument.",
    "issue": "Name or id of an issue; narrower issues are taken in.",
    "relation-type": "Relation type or family, e.g. alliance.",
    "thing": "Name, acronym or id of anything.",
    "year": "Year, month or day (2013, 2013-08, 2013-08-31); the data set's reference date without it.",
}
_AS_OF = ("--year", "--as-of")


def option(parameter: Parameter, hint: str = "") -> inspect.Parameter:
    """The option of a parameter, named `value_` and its name; may be given several times. `hint` replaces the usual help."""
    flags = _AS_OF if parameter.name == "year" else (f"--{parameter.name}",)
    text = (hint or _HINTS[parameter.type]) + (" Required." if parameter.required else "")
    completer = None if parameter.type == "year" else names(parameter.type)
    declared = typer.Option(*flags, metavar=parameter.type.upper(), help=text, autocompletion=completer)
    return fixed(f"value_{parameter.name}", Annotated[list[str] | None, declared], default=None)


def fixed(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    """A parameter of a command's function that stands by name only."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
