"""The errors of kg.

KgError                  base of all: one line `where: what is wrong; what to do`
├── InputError           a file, table, cell or option that cannot be used
│   └── FindingsError    bad input with all its findings, nothing was loaded
├── NotFoundError        no actor, issue, question ... of that name; near names are given
├── AmbiguousError       several things bear that name; they are listed
├── QueryError           a query that is wrong, refused, or ran too long
└── AnalysisError        a measure that is not defined on what it was given

Whatever is not a KgError is a fault of kg itself and shows its full stack trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.findings import Finding

__all__ = [
    "AmbiguousError",
    "AnalysisError",
    "FindingsError",
    "InputError",
    "KgError",
    "NotFoundError",
    "QueryError",
    "near_names",
]


class KgError(Exception):
    """Base of every error that is the input's and not kg's own fault."""


class InputError(KgError):
    """A file, table, cell or option that cannot be used."""


class FindingsError(InputError):
    """Input with errors: all findings are in `.findings`, nothing was loaded."""

    def __init__(self, where: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = [f for f in self.findings if f.is_error]
        first = errors[0]
        more = f" (and {len(errors) - 1} more; `kg check` lists them all)" if len(errors) > 1 else ""
        super().__init__(f"{first.where or where}: {first.what}; {first.todo}{more}")


class NotFoundError(KgError):
    """Nothing of that name is known."""


class AmbiguousError(KgError):
    """Several things bear that name."""


class QueryError(KgError):
    """A query that is wrong, refused, or ran too long."""


class AnalysisError(KgError):
    """A measure that is not defined on what it was given."""


def near_names(value: str, known: Iterable[str], limit: int = 3) -> str:
    """`did you mean 'a' or 'b'?` for the known names closest to `value`; else all known names where they are few.

    Without a value there is nothing to be near to: more names are listed then.
    """
    from difflib import get_close_matches  # only when something went wrong

    names = sorted(set(known))
    folded = {n.casefold(): n for n in names}
    close = [folded[m] for m in get_close_matches(value.casefold(), list(folded), n=limit, cutoff=0.6)]
    if close:
        return "did you mean " + " or ".join(repr(c) for c in close) + "?"
    if 0 < len(names) <= (12 if value else 30):
        return "known: " + ", ".join(names)
    return "nothing similar is known"
