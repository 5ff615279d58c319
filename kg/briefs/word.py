"""A brief as a Word document: a small map, tables, and footnotes that hold the passages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.briefs.brief import Brief, Line, Note, Section

if TYPE_CHECKING:
    from docx.document import Document

    from kg.views.charts.scene import Scene

__all__ = ["docx"]

_WIDTH, _MAP, _HIGHEST = 18.0, 7.4, 11.0
"""Of the page between its margins and of the map, and how high that may be, in centimetres."""
_ROWS = 12
"""Rows and headings that stand beside the map."""


def docx(brief: Brief) -> bytes:
    """The brief as a Word document with footnotes; the same bytes for the same brief."""
    import docx as word
    from docx.shared import Cm, Pt

    document = word.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.1)
    section.header_distance = section.footer_distance = Cm(0.5)
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
    if brief.lead:
        document.add_paragraph(_xml(brief.lead))
    document.add_paragraph().add_run(_xml(brief.facts)).italic = True
    notes = _Footnotes(document)
    beside = brief.sections[: _beside(brief.sections)] if brief.map else ()
    if brief.map:
        left = _with_map(document, brief.map)
        for part in beside:
            _section(left, part, notes, _WIDTH - _MAP - 0.4)
    for part in brief.sections[len(beside) :]:
        _section(document, part, notes, _WIDTH)
    document.add_heading(_xml(brief.words["uncertain"]), 2)
    document.add_paragraph(_xml(brief.words["marks"]))
    for part in brief.uncertain:
        _section(document, part, notes, _WIDTH)
    notes.write(brief.notes)
    target = io.BytesIO()
    document.save(target)
    return _undated(target.getvalue())


def _beside(sections: Sequence[Section]) -> int:
    """How many sections stand beside the map: about as many as it is high."""
    rows = 0
    for place, section in enumerate(sections):
        rows += 2 + len(section.lines)
        if rows > _ROWS and place:
            return place
    return len(sections)


def _with_map(document: Document, scene: Scene) -> Any:
    """The place to the left of the map, for what stands beside it."""
    from docx.shared import Cm

    from kg.views.charts.printing import png

    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    for cell, column, width in zip((left, right), table.columns, (_WIDTH - _MAP, _MAP), strict=True):
        cell.width = column.width = Cm(width)
    width = min(_MAP - 0.4, _HIGHEST * scene.width / scene.height)
    right.paragraphs[0].add_run().add_picture(io.BytesIO(png(scene)), width=Cm(width))
    return left


def _section(place: Any, section: Section, notes: _Footnotes, width: float) -> None:
    """A section in the document or in one of its cells, as wide as it may be in centimetres."""
    first = place.paragraphs[0] if len(place.paragraphs) == 1 and not place.paragraphs[0].text else place.add_paragraph()
    first.text, first.style = _xml(section.title), "Heading 3"
    if section.lines:
        table = place.add_table(rows=1, cols=len(section.headings))
        table.style = "Light Grid Accent 1"
        for cell, heading in zip(table.rows[0].cells, section.headings, strict=True):
            cell.text = _xml(heading)
        for line in section.lines:
            _line(table.add_row().cells, line, notes)
        _rows_whole(table)
        _columns(table, section, width)
    if section.text:
        place.add_paragraph(_xml(section.text))


def _columns(table: Any, section: Section, width: float) -> None:
    """Gives each column room by how much stands in it: not every program that opens the file does so by itself."""
    from docx.shared import Cm

    texts = [[line.cells[place] for line in section.lines] for place in range(len(section.headings))]
    words = [f"{heading} {' '.join(each)}".split() for heading, each in zip(section.headings, texts, strict=True)]
    least = [0.45 + 0.17 * max(map(len, each), default=1) for each in words]
    wanted = [min(60, sum(map(len, each)) / len(each)) + 1 for each in texts]
    free = max(0.0, width - sum(least))
    table.autofit = False
    for column, own, share in zip(table.columns, least, wanted, strict=True):
        column.width = Cm((own + free * share / sum(wanted)) * min(1, width / sum(least)))
        for cell in column.cells:  # a table within a table is laid out by its cells
            cell.width = column.width


def _rows_whole(table: Any) -> None:
    """Keeps each row on one page, and the headings with the first of them; Word's library has no call for the former."""
    from docx.oxml import OxmlElement

    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell in table.rows[0].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _line(cells: Sequence[Any], line: Line, notes: _Footnotes) -> None:
    from docx.shared import Pt

    for place, (cell, text) in enumerate(zip(cells, line.cells, strict=True)):
        cell.text = _xml(f"{text} {line.mark}" if place == 0 and line.mark else text)
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        for run in cell.paragraphs[0].runs:
            run.font.bold = False
    cited = cells[line.cited_in].paragraphs[0]
    for place, number in enumerate(line.notes):
        notes.cite(cited, number, after=", " if place else "")
    if line.more:
        more = cited.add_run(_xml(f" {line.more}"))
        more.font.size, more.font.bold = Pt(6.5), False


class _Footnotes:
    """The footnotes of a document, whose parts Word's library reads and keeps but does not make.

    A note stands where it is first cited; later citations are cross-references to that place, so that Word numbers them alike.
    """

    def __init__(self, document: Document) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        self._document = document
        text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
        text.base_style = document.styles["Normal"]
        text.font.size = Pt(6.5)
        text.paragraph_format.space_after = Pt(0)
        self._mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
        self._mark.font.superscript = True
        self._mark.font.bold = False
        self._text_id = text.style_id
        self._cited: set[int] = set()

    def cite(self, paragraph: Any, number: int, after: str) -> None:
        """Adds the mark of a note to a paragraph, behind `after`."""
        if after:
            paragraph.add_run(after, self._mark)
        if number in self._cited:
            field = _element("w:fldSimple", instr=f" NOTEREF note{number} \\f \\h ")
            field.append(paragraph.add_run(str(number), self._mark)._r)
            paragraph._p.append(field)
            return
        self._cited.add(number)
        paragraph._p.append(_element("w:bookmarkStart", id=str(number), name=f"note{number}"))
        paragraph.add_run("", self._mark)._r.append(_element("w:footnoteReference", id=str(number)))
        paragraph._p.append(_element("w:bookmarkEnd", id=str(number)))

    def write(self, notes: Sequence[Note]) -> None:
        """Adds the part that holds the notes which were cited."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.oxml import serialize_part_xml
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        root = _element("w:footnotes")
        for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
            root.append(
                _element("w:footnote", _paragraph(_element("w:r", _element(f"w:{kind}"))), type=kind, id=str(number))
            )
        for note in notes:
            if note.number in self._cited:
                mark = _element("w:r", self._look(), _element("w:footnoteRef"))
                words = _element("w:t")
                words.text = _xml(f" {note}")
                words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                said = _paragraph(mark, _element("w:r", words), style=self._text_id)
                root.append(_element("w:footnote", said, id=str(note.number)))
        main = self._document.part
        name, kind = PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES
        main.relate_to(Part(name, kind, serialize_part_xml(root), main.package), RELATIONSHIP_TYPE.FOOTNOTES)

    def _look(self) -> Any:
        return _element("w:rPr", _element("w:rStyle", val=self._mark.style_id))


def _paragraph(*runs: Any, style: str = "") -> Any:
    return _element("w:p", *([_element("w:pPr", _element("w:pStyle", val=style))] if style else []), *runs)


def _element(tag: str, *children: Any, **attributes: str) -> Any:
    """An element of Word's own vocabulary, its attributes too."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


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
