"""What a brief says: plain records, filled by `kg.briefs.contents`, written as HTML, Markdown or Word."""

from __future__ import annotations

from dataclasses import dataclass

from kg.views.charts.scene import Scene

__all__ = ["Brief", "Line", "Note", "Section"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote: one passage."""

    number: int
    text: str
    """What the passage says, in other words."""
    where: str
    """Source, section, characters and, with the first of a source, its address; "" where the text says it already."""

    def __str__(self) -> str:
        return " — ".join(filter(None, (self.text, self.where)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of a section."""

    cells: tuple[str, ...]
    notes: tuple[int, ...]
    """Numbers of the footnotes that it rests on."""
    more: str = ""
    """That it rests on more passages than have a footnote, and on how many."""
    mark: str = ""
    """`≈` for what was estimated, `(i)` for what was inferred, with `(?)` for what is doubtful; "" for what is stated."""

    @property
    def cited_in(self) -> int:
        """The place of the cell that its footnotes stand in: the last one that says something."""
        return max((place for place, cell in enumerate(self.cells) if cell), default=len(self.cells) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The answer to one question."""

    title: str
    headings: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    text: str = ""
    """A sentence instead of rows, or below them: how many more there are, and how to see them."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Brief:
    """Two pages on one thing."""

    title: str
    lang: str
    lead: str
    """What it is, in one sentence."""
    facts: str
    """What the brief rests on: date, data, how much was stated, inferred and estimated."""
    map: Scene | None
    sections: tuple[Section, ...]
    uncertain: tuple[Section, ...]
    notes: tuple[Note, ...]
    words: dict[str, str]
    """The brief's own headings, by key of `static/charts.json`."""

    def __repr__(self) -> str:
        return f"<Brief on {self.title!r}: {len(self.sections)} answers, {len(self.notes)} notes>"

    def _repr_html_(self) -> str:
        from kg.briefs.writing import html  # only notebooks ask for it
        from kg.views.document import framed

        return framed(html(self), self.title)
