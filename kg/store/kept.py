"""Results of long computations, kept under the user's cache folder by all that they depend on: input, code, libraries."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import kg
from kg.store.cache import Cache

__all__ = ["NOT_KEPT", "Kept"]

_LIBRARIES = ("highspy", "networkx", "numpy", "scipy")
_FILE = "result.json"


class Kept:
    """Computes what it does not hold yet; without a cache it computes each time."""

    def __init__(self, cache: Cache | None) -> None:
        self._cache = cache

    def of(
        self,
        name: str,
        given: Iterable[Any],
        code: Path,
        make: Callable[[], Any],
        lasting: Callable[[Any], bool] = lambda _: True,
    ) -> Any:
        """What `make` gives, as JSON holds it: computed now, or before from the same `given` by the same `code` (a file or folder).

        `given` are values that JSON can hold, or bytes. Only what is `lasting` is kept.
        """
        if self._cache is None:
            return make()
        digest = sha256(_versions(code))
        for each in given:
            text = each if isinstance(each, bytes) else json.dumps(each, ensure_ascii=True).encode()
            digest.update(b"%d\0%b" % (len(text), text))
        key = f"{name}-{digest.hexdigest()[:32]}"
        entry = self._cache.get(key)
        if entry is not None:
            try:
                return json.loads((entry / _FILE).read_bytes())
            except (OSError, ValueError):
                pass  # a damaged entry is made anew
        result = make()
        if lasting(result):
            self._cache.put(key, lambda folder: _write(result, folder))
        return result


NOT_KEPT = Kept(None)
"""Computes each time."""


def _write(result: Any, folder: Path) -> None:
    (folder / _FILE).write_text(json.dumps(result), encoding="utf-8")


@functools.cache
def _versions(code: Path) -> bytes:
    """What tells this version of code and libraries from any other, without importing or reading them."""
    files = sorted(code.rglob("*.py")) if code.is_dir() else [code]
    seen = [(each.name, (stat := each.stat()).st_size, stat.st_mtime_ns) for each in files]
    return json.dumps([kg.__version__, sys.version, seen, _installed()]).encode()


@functools.cache
def _installed() -> list[str]:
    """The names under which the libraries that compute are installed, which hold their versions."""
    found = set()
    for name in _LIBRARIES:
        spec = find_spec(name)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            found |= {each.name for each in Path(place).parent.glob(f"{name}-*")}
    return sorted(found)
