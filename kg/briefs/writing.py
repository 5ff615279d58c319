"""A brief as HTML, Markdown or Word: the same content, with footnotes that hold the passages."""

from __future__ import annotations

import base64
from collections.abc import Callable

from markupsafe import Markup

from kg.briefs.brief import Brief, Section
from kg.briefs.word import docx
from kg.views.charts.svg import dark_rules, svg
from kg.views.document import still_document
from kg.wording import words_of

__all__ = ["FORMATS", "docx", "html", "markdown"]


def html(brief: Brief) -> str:
    """The brief as one HTML document without any script; printed, it takes about two pages, and its map is in light colours."""
    picture = svg(brief.map, brief.lang).split("\n", 1)[1] if brief.map else ""
    dark = dark_rules(brief.map, ".brief figure") if brief.map else ""
    return still_document(
        "brief.html",
        ("page.css", "brief.css"),
        rules=f"@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n" if dark else "",
        brief=brief,
        picture=Markup(picture),  # noqa: S704  made by our own writer, every text in it escaped
    )


def markdown(brief: Brief) -> str:
    """The brief as Markdown with footnotes, its map inside as a drawing."""
    parts = [f"# {_md(brief.title)}", _md(brief.lead), f"*{_md(brief.facts)}*"]
    if brief.map:
        drawing = base64.b64encode(svg(brief.map, brief.lang).encode()).decode()
        parts.append(f"![{_md(brief.words['map'])}](data:image/svg+xml;base64,{drawing})")
    parts += [_md_section(section) for section in brief.sections]
    parts.append(f"## {_md(brief.words['uncertain'])}")
    parts.append(_md(brief.words["marks"]))
    parts += [_md_section(section) for section in brief.uncertain]
    parts.append("\n".join(f"[^{note.number}]: {_md(str(note))}" for note in brief.notes))
    return "\n\n".join(part for part in parts if part) + "\n"


def _md_section(section: Section) -> str:
    parts = [f"### {_md(section.title)}"]
    if section.lines:
        rows = [f"| {' | '.join(_md(h) for h in section.headings)} |", "|" + "---|" * len(section.headings)]
        for line in section.lines:
            cells = [_md(cell) for cell in line.cells]
            cells[0] = f"{cells[0]}{f' {line.mark}' if line.mark else ''}"
            cells[line.cited_in] += "".join(f"[^{number}]" for number in line.notes)
            cells[line.cited_in] += f" *({_md(line.more)})*" if line.more else ""
            rows.append(f"| {' | '.join(cells)} |")
        parts.append("\n".join(rows))
    if section.text:
        parts.append(_md(section.text))
    return "\n\n".join(parts)


def _md(text: str) -> str:
    """The text on one line, with every character that Markdown reads otherwise escaped."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|~$^!" else c for c in " ".join(words_of(text)))


FORMATS: dict[str, Callable[[Brief], str | bytes]] = {"html": html, "md": markdown, "docx": docx}
"""Ending to writer."""
