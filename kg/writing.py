"""Writes a file that appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["whole_file", "write_whole"]


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which takes the place of `path` when all went well; else an older file keeps what it held.

    It gets the permissions of the file before. What is no ordinary file (a pipe, a terminal) is written to directly.
    Raises OSError where it cannot be written.
    """
    if path.exists() and not (path.is_file() and os.access(path.resolve().parent, os.W_OK)):
        with path.open("wb") as file:
            yield file
        return
    target = path.resolve()  # through a link, to the file that it names
    aside = target.with_name(f".kg-{os.getpid()}-{target.name}"[:255])
    try:
        with aside.open("xb") as file:
            yield file
        if target.exists():
            aside.chmod(target.stat().st_mode & 0o777)
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def write_whole(path: Path, content: bytes) -> None:
    """Makes the file hold these bytes, as `whole_file` does; raises OSError where it cannot be written."""
    with whole_file(path) as file:
        file.write(content)
