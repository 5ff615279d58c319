"""What an import says of what became of everything, line by line, in one language."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.wording import Sentences, series

__all__ = ["SENTENCES", "Report"]

SENTENCES = Path(__file__).with_name("sentences.json")
"""What is said of imports."""


class Report(list[str]):
    """The lines of a report; `tell` gives the sentences that they are made of."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.tell = Sentences(SENTENCES, lang)
        self.often: dict[str, tuple[int, list[str]]] = {}

    def say(self, key: str, **values: Any) -> None:
        """Adds the sentence of that key."""
        self.append(self.tell(key, **values))

    def role(self, role: str, of: str) -> str:
        """What a column became: a role of an actor, a relation or a group; a role that has no word stays as it is."""
        return self.tell(f"of-{of}", role=self.tell(f"role.{role}") if f"role.{role}" in self.tell else role)

    def kind(self, kind: str) -> str:
        """What a file was recognised as; names of formats are the same in every language."""
        return self.tell(f"kind.{kind}") if f"kind.{kind}" in self.tell else kind

    def joined(self, kinds: Iterable[str]) -> str:
        """Several kinds as one text, each once."""
        each = list(dict.fromkeys(kinds))
        return functools.reduce(lambda first, second: self.tell("and", first=first, second=second), each) if each else ""

    def happened(self, key: str, where: str, **values: str) -> None:
        """Adds something that may happen in many rows, which are then told together."""
        what = self.tell(key, **values)
        count, places = self.often.get(what, (0, []))
        self.often[what] = count + 1, [*places, where][:5]

    def columns(self, sheet: str, rows: int, became: Mapping[str, str]) -> None:
        """Adds what each column of a sheet became."""
        grouped: dict[str, list[str]] = {}
        for title, what in became.items():
            grouped.setdefault(what, []).append(title)
        parts = (f"{', '.join(titles)} -> {what}" for what, titles in grouped.items())
        self.say("columns", sheet=sheet, n=rows, parts=series(parts, self.tell.lang))

    def sum_up(self) -> None:
        """Adds what happened in many rows."""
        for what, (count, places) in self.often.items():
            self.say("often", n=count, what=what, places=", ".join(places[:4]) + (" ..." if count > 4 else ""))
