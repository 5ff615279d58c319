"""Files that appear whole or stay as they were."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from kg.errors import InputError

__all__ = ["write_whole"]


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file aside and puts it in place; what stood there before stays where that fails, its permissions in any case.

    Raises InputError where the place cannot be written.
    """
    aside: str | None = None
    try:
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        handle, aside = tempfile.mkstemp(prefix=".kg-", dir=path.absolute().parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(aside).chmod(mode)
        Path(aside).replace(path)
        aside = None
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place") from None
    finally:
        if aside is not None:
            Path(aside).unlink(missing_ok=True)
