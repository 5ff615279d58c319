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

import functools
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


_CLOSE = 0.6
"""How alike names must be, from 0 to 1."""
_MANY = 200
_ROUNDED = 0.01
"""By how much a bound may be off: the library rounds where it compares."""


def _closest(value: str, known: Sequence[str], limit: int) -> list[str]:
    """As difflib's `get_close_matches`, of many names at once: no name is looked at that cannot be among the closest.

    Ratcliff and Obershelp's ratio never exceeds the one of the longest common subsequence, which is quick to find.
    """
    from difflib import SequenceMatcher, get_close_matches  # only when something went wrong

    if len(known) < _MANY:
        return get_close_matches(value, known, n=limit, cutoff=_CLOSE)
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extract

    found: list[tuple[float, str]] = []
    matcher = SequenceMatcher()
    matcher.set_seq2(value)
    for name, bound, _ in extract(
        value, known, scorer=Indel.normalized_similarity, score_cutoff=_CLOSE - _ROUNDED, limit=None
    ):
        if len(found) == limit and bound < found[-1][0] - _ROUNDED:
            break
        matcher.set_seq1(name)
        if (ratio := matcher.ratio()) >= _CLOSE:
            found = sorted([*found, (ratio, name)], reverse=True)[:limit]
    return [name for _, name in found]


@functools.lru_cache(maxsize=4)
def _folded(names: tuple[str, ...]) -> dict[str, str]:
    return {n.casefold(): n for n in sorted(set(names))}


def near_names(value: str, known: Iterable[str], limit: int = 3) -> str:
    """`did you mean 'a' or 'b'?` for the known names closest to `value`; else all known names where they are few.

    Without a value there is nothing to be near to: more names are listed then.
    """
    given = known if isinstance(known, tuple) else tuple(known)
    folded = _folded(given)
    close = [folded[m] for m in _closest(value.casefold(), list(folded), limit)]
    if close:
        return "did you mean " + " or ".join(repr(c) for c in close) + "?"
    names = sorted(set(given)) if len(folded) <= 30 else ()
    if 0 < len(names) <= (12 if value else 30):
        return "known: " + ", ".join(names)
    return "nothing similar is known"
