"""JSON files of other programs: loaded once, looked at to see whose they are."""

from __future__ import annotations

import functools
import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError

__all__ = ["content_of", "flat", "items", "load", "objects"]


_MOST = 2_000_000_000
"""So many bytes may a packed file unpack to."""
_RATIO = 150
"""No text of records packs tighter."""


def content_of(path: Path) -> bytes:
    """The bytes of a file, unpacked where its name ends in .gz.

    Raises InputError where it cannot be read, is damaged, or would unpack to far more than memory holds.
    """
    try:
        if path.suffix.lower() != ".gz":
            return path.read_bytes()
        with gzip.open(path) as stream:
            parts, size = [], 0
            while part := stream.read(1 << 24):
                size += len(part)
                if size > _MOST or size > _RATIO * path.stat().st_size + (1 << 24):
                    raise InputError(f"{path.name}: would unpack to more than {size:,} bytes; unpack it yourself and look")
                parts.append(part)
            return b"".join(parts)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path.name}: damaged, cannot be unpacked ({error}); fetch it again") from None
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read ({error.strerror}); check the path") from None


@functools.lru_cache(maxsize=2)
def _load(path: Path, _changed: int) -> Any:
    try:
        return json.loads(content_of(path))
    except (OSError, ValueError, RecursionError):
        return None


def load(path: Path) -> Any:
    """The content of a JSON file; None where it is none."""
    try:
        changed = path.stat().st_mtime_ns
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            start = file.read(2000)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return None
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read ({error.strerror}); check the path") from None
    return None if b'"@context"' in start or b'"@graph"' in start else _load(path, changed)


def objects(content: Any, key: str) -> list[tuple[str, dict[str, Any]]]:
    """Key and object of each entry of `content[key]`, be it a list or an object keyed by id; other entries are left out."""
    raw = content.get(key) if isinstance(content, dict) else None
    pairs = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    return [(str(k), v) for k, v in pairs if isinstance(v, dict)]


def flat(value: Any) -> str:
    """A value as one text: lists joined by semicolons, objects as JSON, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(filter(None, map(flat, value)))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def items(record: dict[str, Any], *without: str) -> Iterator[tuple[str, str]]:
    """Name and text of the fields of a record that are not empty and not among `without`."""
    for name, value in record.items():
        text = flat(value).strip()
        if name not in without and text and text not in ("[]", "{}"):
            yield name.strip() or "(no name)", text
