"""Files that appear whole or stay as they were."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import InputError

__all__ = ["whole_file", "write_whole"]


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which takes the place of `path` when all went well; else what stood there stays.

    It gets the permissions of the file before. Raises InputError where the place cannot be written.
    """
    aside: str | None = None
    try:
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        handle, aside = tempfile.mkstemp(prefix=".kg-", dir=path.absolute().parent)
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(aside).chmod(mode)
        Path(aside).replace(path)
        aside = None
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place") from None
    finally:
        if aside is not None:
            Path(aside).unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file whole, or leaves what stood there; raises InputError where the place cannot be written."""
    with whole_file(path) as file:
        file.write(content)
