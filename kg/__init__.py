"""A knowledge graph of stakeholders, laws and tensions.

    >>> import kg
    >>> g = kg.open()
    >>> rows = g.ask("allies", actor="CONVEAGRO")

`open` gives a graph; the other names are what its methods give back or raise. Nothing heavy is imported here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph, open
    from kg.errors import AmbiguousError, AnalysisError, FindingsError, InputError, KgError, NotFoundError, QueryError
    from kg.findings import Finding
    from kg.questions.answer import Answer, Thing

__version__ = "0.1.0"

__all__ = [
    "AmbiguousError",
    "AnalysisError",
    "Answer",
    "Finding",
    "FindingsError",
    "InputError",
    "KgError",
    "KnowledgeGraph",
    "NotFoundError",
    "QueryError",
    "Thing",
    "open",
]

_HOMES = {
    "AmbiguousError": "kg.errors",
    "AnalysisError": "kg.errors",
    "Answer": "kg.questions.answer",
    "Finding": "kg.findings",
    "FindingsError": "kg.errors",
    "InputError": "kg.errors",
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.api",
    "NotFoundError": "kg.errors",
    "QueryError": "kg.errors",
    "Thing": "kg.questions.answer",
    "open": "kg.api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
