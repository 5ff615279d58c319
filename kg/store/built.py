"""What marks a folder as a store made by `kg build`, and how such a folder appears whole or not at all."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.writing import whole_folder

__all__ = ["MARKER", "mark", "new_store", "read_marker"]

MARKER = "kg-store.json"
_STORE_FORMAT = "1"


def mark(folder: Path, sources: Sequence[str], *, named: bool = True) -> None:
    """Writes the marker: what the store was made of, and whether it holds the named graphs or the merged one alone."""
    marker = {"format": _STORE_FORMAT, "pyoxigraph": ox.__version__, "sources": list(sources), "named": named}
    (folder / MARKER).write_text(json.dumps(marker, indent=1) + "\n", encoding="utf-8")


def read_marker(folder: Path) -> tuple[list[str], bool]:
    """The sources a store was made of, and whether it holds the named graphs.

    Raises InputError where the marker cannot be read or is of another version.
    """
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{folder.name}/{MARKER}: cannot be read ({error}); build the store again") from None
    if marker.get("format") != _STORE_FORMAT:
        raise InputError(f"{folder}: made by another version of kg; build the store again with `kg build`")
    return marker["sources"], marker.get("named", True)


@contextlib.contextmanager
def new_store(folder: Path) -> Iterator[Path]:
    """A folder aside to be filled, which gets its name once all went well.

    Raises InputError where the name is taken by something that is not a store, or cannot be written.
    """
    if folder.exists() and not (folder / MARKER).exists():
        raise InputError(f"{folder}: exists and is not a store made by `kg build`; name another folder")
    try:
        with whole_folder(folder) as aside:
            yield aside
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error}); free some space or choose another folder") from None
