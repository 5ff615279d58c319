"""Writes files and folders that appear whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["folder_aside", "whole_file", "whole_folder", "write_whole"]


@contextmanager
def _tidied() -> Iterator[None]:
    """Within it a process that is told to end (SIGTERM, SIGHUP) goes through its `finally` first, as after Ctrl-C.

    Only where nobody else listens: other handlers of the program, and other threads, are left alone.
    """
    import signal  # only where something is written

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    changed = []
    try:
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, end)
                changed.append(number)
    except ValueError:  # not the main thread
        pass
    try:
        yield
    finally:
        for number in changed:
            signal.signal(number, signal.SIG_DFL)


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
    with _tidied():
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


@contextmanager
def folder_aside(beside: Path) -> Iterator[Path]:
    """An empty folder in the same place as `beside`, to be filled and renamed; what is left of it is removed at the end.

    Raises OSError where it cannot be made.
    """
    import shutil
    import tempfile

    parent = beside.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    with _tidied():
        aside = Path(tempfile.mkdtemp(prefix=".kg-", dir=parent))
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of `path` when all went well; else an older folder keeps what it held.

    Raises OSError where it cannot be written.
    """
    import shutil

    with folder_aside(path) as aside:
        yield aside
        aside.chmod(0o755)
        if path.exists():
            older = aside.with_name(aside.name + "-before")
            path.rename(older)
            try:
                aside.rename(path)
            except BaseException:
                older.rename(path)
                raise
            shutil.rmtree(older, ignore_errors=True)
        else:
            aside.rename(path)
