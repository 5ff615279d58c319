"""What kg says to people in whole sentences, read from files that hold each in every language."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

__all__ = ["Sentences"]


@functools.cache
def _texts(file: Path) -> dict[str, dict[str, Any]]:
    content: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return content


class Sentences:
    """The sentences of one file in one language.

    The file maps a key to a text per language. A text is a string with `{named}` places, or two of them, for one and for more,
    chosen by the value of `n`.
    """

    def __init__(self, file: Path, lang: str) -> None:
        self.file, self.lang = file, lang

    def __contains__(self, key: str) -> bool:
        return key in _texts(self.file)

    def __call__(self, key: str, **values: Any) -> str:
        """The sentence of that key with the values in their places; raises KeyError for a key that does not exist."""
        text = _texts(self.file)[key][self.lang]
        if not isinstance(text, str):
            one = values["n"] in (0, 1) if self.lang == "fr" else values["n"] == 1
            text = text[0] if one else text[1]
        return str(text.format(**values))
