"""The text of a document with its pages: PDF, Word, HTML and plain text."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from kg.errors import InputError
from kg.formats.delimited import decode, file_bytes
from kg.formats.sheets import Problem

__all__ = ["ENDINGS", "Document", "read_document"]


@dataclass
class Document:
    """The text of a document, lines ending in LF, and where its pages begin."""

    text: str
    pages: list[int] = field(default_factory=lambda: [0])
    """Character at which each page begins."""
    title: str = ""
    """As the file itself states it."""
    authors: str = ""
    sha256: str = ""
    """Of the file."""


def _joined(pages: list[str], title: str = "", authors: str = "") -> Document:
    starts, text = [], ""
    for page in pages:
        starts.append(len(text))
        text += page.replace("\r\n", "\n").replace("\r", "\n").rstrip() + "\n"
    return Document(text, starts or [0], title, authors)


def _pdf(path: Path, _: bytes) -> Document:
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of small faults that it mends
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{path.name}: protected with a password; save a copy without one")
        about = reader.metadata
        pages = [page.extract_text() for page in reader.pages]
        return _joined(pages, str((about and about.title) or ""), str((about and about.author) or ""))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, NotImplementedError) as error:
        raise InputError(f"{path.name}: cannot be read as PDF ({error}); open it and save it again as PDF") from None


class _Word:
    def __init__(self) -> None:
        self.pages, self.inside = [""], False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "t":
            self.inside = True
        elif tag == "lastRenderedPageBreak" or (tag == "br" and "page" in attributes.values()):
            self.pages.append("")
        elif tag in ("br", "cr", "tab"):
            self.pages[-1] += "\t" if tag == "tab" else "\n"

    def end(self, tag: str) -> None:
        if tag == "t":
            self.inside = False
        elif tag == "p":
            self.pages[-1] += "\n"

    def text(self, text: str) -> None:
        if self.inside:
            self.pages[-1] += text


class _Core:
    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._tag = ""

    def start(self, tag: str, _: dict[str, str]) -> None:
        self._tag = tag

    def text(self, text: str) -> None:
        self.found[self._tag] = self.found.get(self._tag, "") + text


def _docx(path: Path, _: bytes) -> Document:
    from kg.formats.package import open_package, scan

    if not zipfile.is_zipfile(path):
        raise InputError(f"{path.name}: damaged or no Word document; open it and save it again as .docx")
    with open_package(path) as package:
        if "word/document.xml" not in package.namelist():
            raise InputError(f"{path.name}: no Word document, though it is a zip file; save it again as .docx")
        word, core = _Word(), _Core()
        scan(package, "word/document.xml", word.start, word.end, word.text)
        if "docProps/core.xml" in package.namelist():
            scan(package, "docProps/core.xml", core.start, None, core.text)
    return _joined(word.pages, core.found.get("title", "").strip(), core.found.get("creator", "").strip())


class _Html(HTMLParser):
    _HIDDEN = frozenset(("script", "style", "noscript", "template", "svg"))
    _INLINE = frozenset(
        ("a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u")
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title = ""
        self._hidden = 0
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the signature is the library's
        self._hidden += tag in self._HIDDEN
        self._in_title = tag == "title"
        if tag not in self._INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in self._HIDDEN))
        self._in_title = False
        if tag not in self._INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        elif not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def _decoded(path: Path, raw: bytes) -> str:
    text = decode(raw)
    if not isinstance(text, Problem):
        return text.text
    if b"\0" in raw:
        raise InputError(f"{path.name}: {text.what}; save it as UTF-8 text")
    return raw.decode("cp1252", errors="replace")


def _html(path: Path, raw: bytes) -> Document:
    parser = _Html()
    parser.feed(_decoded(path, raw))
    parser.close()
    text = re.sub(r" *\n\s*", "\n", "".join(parser.parts)).strip()
    return _joined([text], parser.title.strip())


def _text(path: Path, raw: bytes) -> Document:
    text = _decoded(path, raw).replace("\r\n", "\n").replace("\r", "\n")
    return Document(text, [0, *(match.end() for match in re.finditer("\f", text))])


_READERS: dict[str, Callable[[Path, bytes], Document]] = {
    ".pdf": _pdf, ".docx": _docx, ".html": _html, ".htm": _html, ".txt": _text, ".md": _text,
}  # fmt: skip
ENDINGS = tuple(_READERS)
"""How the names of documents end that can be read."""


def read_document(path: Path) -> Document:
    """The text of a document.

    Raises InputError where the kind is not known, the file cannot be read, or it holds no text.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path.name}: not a kind of document that can be read; endings: {', '.join(ENDINGS)}")
    raw = file_bytes(path)
    document = reader(path, raw)
    if not document.text.strip():
        raise InputError(f"{path.name}: holds no text; where it is a scan, let a program recognise its characters first")
    document.sha256 = hashlib.sha256(raw).hexdigest()
    return document
