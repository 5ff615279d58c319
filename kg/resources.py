"""Where ontology/, data/ and queries/ are: inside the installed package first, else in the checkout around it."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError

__all__ = ["data", "ontology", "queries"]

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise InputError(f"{name}/: this folder of the installation is missing; install stakeholder-kg again")


def ontology() -> Path:
    """The folder with classes, concept lists, shapes, alignments and table descriptions."""
    return _folder("ontology")


def data() -> Path:
    """The folder with the shipped data sets."""
    return _folder("data")


def queries() -> Path:
    """The folder with questions, checks and rules."""
    return _folder("queries")
