"""A bar on standard error while large files are read, where that is a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["reading"]

_CLEAR = "\r\x1b[K"


def bar(name: str, part: float, width: int) -> str:
    """A line of `width` characters that says which part of a file is read.

    >>> bar("edges.csv", 0.5, 32)
    'edges.csv [#######       ]  50 %'
    """
    room = max(4, width - len(name) - 9)
    done = round(room * min(1.0, part))
    return f"{name} [{'#' * done}{' ' * (room - done)}] {min(1.0, part):>4.0%}".replace("%", " %")


@contextmanager
def reading() -> Iterator[None]:
    """Shows how far large files are read meanwhile; small ones show nothing, and neither does anything but a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from kg.formats.large import watch

    width = min(72, shutil.get_terminal_size().columns - 1)
    shown: list[str] = []

    def show(name: str, part: float) -> None:
        line = bar(name, part, width)
        if shown[-1:] != [line]:
            shown[:] = [line]
            print(f"{_CLEAR}{line}", end="", file=sys.stderr, flush=True)  # noqa: T201  # a line that is overwritten

    watch(show)
    try:
        yield
    finally:
        watch(None)
        if shown:
            print(_CLEAR, end="", file=sys.stderr, flush=True)  # noqa: T201
