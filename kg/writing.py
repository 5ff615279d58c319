"""Writes a file that appears whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["write_whole"]


def write_whole(path: Path, content: bytes) -> None:
    """Makes the file hold these bytes; where that fails, an older file of that name keeps what it held.

    What is no ordinary file (a pipe, a terminal) is written to directly. Raises OSError where it cannot be written.
    """
    if path.exists() and not (path.is_file() and os.access(path.resolve().parent, os.W_OK)):
        path.write_bytes(content)
        return
    target = path.resolve()  # through a link, to the file that it names
    aside = target.with_name(f".kg-{os.getpid()}-{target.name}"[:255])
    try:
        with aside.open("xb") as file:
            file.write(content)
        if target.exists():
            aside.chmod(target.stat().st_mode & 0o777)
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
