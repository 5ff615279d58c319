"""Converted sources and results under the user's cache folder, keyed by the content they were made from.

An entry's kind is what stands before the last `-` in its key. It is a folder that appears whole or not at all: it is written
aside and renamed. Whatever goes wrong (a read-only home, a full disk, another process that was faster) only means that nothing
is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

__all__ = ["Cache", "content_key"]

_KEEP = 6
_IN_USE = 3600
"""Seconds after its last use in which an entry stays whatever else is kept: a process may still be reading it."""
_SIZES = "sizes.json"


def content_key(parts: Iterable[str], files: Iterable[Path]) -> str:
    """A name for exactly this content: SHA-256 over `parts` and over the names and bytes of `files`."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:32]


class Cache:
    """Named entries, each a few files."""

    def __init__(self, folder: Path | None = None) -> None:
        if folder is None:
            given = os.environ.get("KG_CACHE")
            if given:
                folder = Path(given)
            else:
                from platformdirs import user_cache_path

                folder = user_cache_path("kg", appauthor=False)
        self.folder = folder

    def get(self, key: str) -> Path | None:
        """The folder of an entry; None where there is none or it is damaged."""
        entry = self.folder / key
        try:
            sizes = json.loads((entry / _SIZES).read_text(encoding="utf-8"))
            whole = all((entry / name).stat().st_size == size for name, size in sizes.items())
        except (OSError, ValueError, AttributeError):
            return None
        if not whole:
            return None
        with contextlib.suppress(OSError):  # a folder that may only be read keeps its date
            os.utime(entry)
        return entry

    def put(self, key: str, write: Callable[[Path], None]) -> Path | None:
        """The folder that `write` has filled; None where it could not be kept."""
        from kg.writing import folder_aside  # only where something is kept

        entry = self.folder / key
        try:
            with folder_aside(entry) as aside:
                write(aside)
                files = sorted(p for p in aside.rglob("*") if p.is_file() and not p.name.startswith("LO"))
                sizes = {p.relative_to(aside).as_posix(): p.stat().st_size for p in files}
                (aside / _SIZES).write_text(json.dumps(sizes), encoding="utf-8")
                if entry.exists() and self.get(key) is None:
                    shutil.rmtree(entry, ignore_errors=True)
                with contextlib.suppress(OSError):  # another process was faster: its entry holds the same
                    aside.rename(entry)
            self._prune()
        except OSError:
            return None
        return self.get(key)

    def _prune(self) -> None:
        """Removes entries that were not used lately, the latest `_KEEP` of each kind apart, and what a killed process left aside."""
        used = {p: p.stat().st_mtime for p in self.folder.iterdir() if p.is_dir()}
        kept: Counter[str] = Counter()
        for old in sorted(used, key=used.__getitem__, reverse=True):
            kind = old.name.rpartition("-")[0]
            kept[kind] += 1
            if (kept[kind] > _KEEP or old.name.startswith(".")) and time.time() - used[old] > _IN_USE:
                shutil.rmtree(old, ignore_errors=True)
