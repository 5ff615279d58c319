"""A brief as HTML, Markdown or Word: the same content, footnotes that lead to the passages and back."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from kg.briefs.brief import Brief, Line, Section
from kg.views.charts.svg import svg
from kg.views.document import still_document

if TYPE_CHECKING:
    from docx.document import Document

__all__ = ["FORMATS", "docx", "html", "markdown"]


def html(brief: Brief) -> str:
    """The brief as one HTML document without any script; printed, it takes about two pages."""
    picture = svg(brief.map, brief.lang).split("\n", 1)[1] if brief.map else ""
    return still_document(
        "brief.html",
        ("page.css", "brief.css"),
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
    parts.append("\n".join(f"[^{note.number}]: {_md(note.text)} — {_md(note.where)}" for note in brief.notes))
    return "\n\n".join(part for part in parts if part) + "\n"


def _md_section(section: Section) -> str:
    parts = [f"### {_md(section.title)}"]
    if section.lines:
        rows = [f"| {' | '.join(_md(h) for h in section.headings)} |", "|" + "---|" * len(section.headings)]
        for line in section.lines:
            cells = [_md(cell) for cell in line.cells]
            cells[0] = f"{cells[0]}{f' {line.mark}' if line.mark else ''}"
            cells[-1] += "".join(f"[^{number}]" for number in line.notes)
            rows.append(f"| {' | '.join(cells)} |")
        parts.append("\n".join(rows))
    if section.text:
        parts.append(_md(section.text))
    return "\n\n".join(parts)


def _md(text: str) -> str:
    """The text on one line, with every character that Markdown reads otherwise escaped."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|~$^!" else c for c in " ".join(text.split()))


def docx(brief: Brief) -> bytes:
    """The brief as a Word document; numbers in brackets jump to the notes at the end. The same bytes for the same brief."""
    import docx as word
    from docx.shared import Cm, Pt

    document = word.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.5)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(8)  # every office program has it, or one as wide
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.line_spacing = 1.0
    for level in (1, 2, 3):
        document.styles[f"Heading {level}"].paragraph_format.space_before = Pt(6)
    document.core_properties.title = _xml(brief.title)
    document.core_properties.author = "stakeholder-kg"
    document.core_properties.language = brief.lang
    document.add_heading(_xml(brief.title), 1)
    document.add_paragraph(_xml(brief.lead))
    document.add_paragraph().add_run(_xml(brief.facts)).italic = True
    if brief.map:
        from kg.views.charts.printing import png

        width = min(12.0, 7.0 * brief.map.width / brief.map.height)  # leaves room on the page for what follows
        document.add_picture(io.BytesIO(png(brief.map)), width=Cm(width))
    for part in brief.sections:
        _docx_section(document, part)
    document.add_heading(_xml(brief.words["uncertain"]), 2)
    document.add_paragraph(_xml(brief.words["marks"]))
    for part in brief.uncertain:
        _docx_section(document, part)
    document.add_heading(_xml(brief.words["notes"]), 2)
    _in_columns(document)
    for note in brief.notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _bookmark(paragraph, f"note{note.number}", note.number)
        run = paragraph.add_run(_xml(f"{note.number}  {note.text} — {note.where}"))
        run.font.size = Pt(7)
    target = io.BytesIO()
    document.save(target)
    return _undated(target.getvalue())


def _docx_section(document: Document, section: Section) -> None:
    document.add_heading(_xml(section.title), 3)
    if section.lines:
        table = document.add_table(rows=1, cols=len(section.headings), style="Light Grid Accent 1")
        for cell, heading in zip(table.rows[0].cells, section.headings, strict=True):
            cell.text = _xml(heading)
        for line in section.lines:
            _docx_line(table.add_row().cells, line)
        _rows_whole(table)
        _columns(table, section)
    if section.text:
        document.add_paragraph(_xml(section.text))


def _columns(table: Any, section: Section) -> None:
    """Gives each column room by how much stands in it: not every program that opens the file does so by itself."""
    from docx.shared import Cm

    def room(place: int) -> float:
        texts = [line.cells[place] for line in section.lines]
        words = f"{section.headings[place]} {' '.join(texts)}".split()
        return max(3 + 1.4 * max(map(len, words), default=1), min(40, sum(map(len, texts)) / len(texts)))

    rooms = [room(place) for place in range(len(section.headings))]
    table.autofit = False
    for column, width in zip(table.columns, rooms, strict=True):
        column.width = Cm(17.4 * width / sum(rooms))


def _rows_whole(table: Any) -> None:
    """Keeps each row on one page, and the headings with the first of them; Word's library has no call for the former."""
    from docx.oxml import OxmlElement

    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell in table.rows[0].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _docx_line(cells: Sequence[Any], line: Line) -> None:
    from docx.shared import Pt

    for place, (cell, text) in enumerate(zip(cells, line.cells, strict=True)):
        cell.text = _xml(f"{text} {line.mark}" if place == 0 and line.mark else text)
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        for run in cell.paragraphs[0].runs:
            run.font.bold = False
    for number in line.notes:
        _jump(cells[-1].paragraphs[0], f"note{number}", f"[{number}]")


def _in_columns(document: Document) -> None:
    """Begins two columns on the same page; Word's library has no call for their number."""
    from docx.enum.section import WD_SECTION
    from docx.oxml.ns import qn

    columns = document.add_section(WD_SECTION.CONTINUOUS)._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), "280")


def _bookmark(paragraph: Any, name: str, number: int) -> None:
    """Marks the beginning of a paragraph as a target; Word's library has no call for it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        element = OxmlElement(tag)
        element.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            element.set(qn("w:name"), name)
        paragraph._p.append(element)


def _jump(paragraph: Any, target: str, text: str) -> None:
    """Adds a raised text that jumps to a bookmark."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), target)
    run = paragraph.add_run(text)
    run.font.superscript = True
    run.font.bold = False
    link.append(run._r)
    paragraph._p.append(link)


def _undated(package: bytes) -> bytes:
    """The package with every part dated alike, so that the same brief gives the same bytes."""
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            copy.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _xml(text: str) -> str:
    """The text without characters that XML has no place for."""
    return "".join(
        c if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff") else "\ufffd"
        for c in text
    )


FORMATS: dict[str, Callable[[Brief], str | bytes]] = {"html": html, "md": markdown, "docx": docx}
"""Ending to writer."""
