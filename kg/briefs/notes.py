"""The footnotes of a brief, numbered as they are first needed."""

from __future__ import annotations

from kg.briefs.brief import Note
from kg.questions.describe import Evidence
from kg.views.charts.answers import word
from kg.wording import series, typeset

__all__ = ["Notes"]

_MOST = 40
"""Most footnotes: what two pages hold."""


class Notes:
    """The passages that are cited, each once."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._notes: dict[str, Note] = {}
        self._addresses: set[str] = set()

    def all(self) -> tuple[Note, ...]:
        """The notes in the order of their numbers."""
        return tuple(self._notes.values())

    def cite(self, passage: Evidence) -> int:
        """The number of the footnote of a passage; 0 where no more footnotes fit."""
        if passage.id not in self._notes:
            if len(self._notes) == _MOST:
                return 0
            number, text = len(self._notes) + 1, typeset(passage.paraphrase, self._lang)
            self._notes[passage.id] = Note(number=number, text=text, where=self._where(passage))
        return self._notes[passage.id].number

    def _where(self, passage: Evidence) -> str:
        """Source, section and characters, with the address of a source where it is first named; "" where the text says it."""
        if passage.paraphrase.startswith(passage.source):
            return ""
        ranges = series(passage.characters.split("; "), self._lang)
        characters = word("evidence.characters", characters=ranges)[self._lang] if ranges else ""
        parts = [typeset(part, self._lang) for part in (passage.source, passage.section, characters)]
        if passage.address not in self._addresses:
            self._addresses.add(passage.address)
            parts.append(passage.address)
        return ", ".join(filter(None, parts))
