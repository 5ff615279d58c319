"""Files of data that appear whole or stay as they were, with the folders that they need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg import writing
from kg.errors import InputError

__all__ = ["whole_file", "write_whole"]


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file of `kg.writing.whole_file`, its folder made where there is none.

    Raises InputError where the place cannot be written.
    """
    try:
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
        with writing.whole_file(path) as file:
            yield file
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place") from None


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file whole, or leaves what stood there; raises InputError where the place cannot be written."""
    with whole_file(path) as file:
        file.write(content)
