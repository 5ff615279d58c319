"""Whether a zipped office file may be opened: sizes, entities and depth are looked at before any library reads it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.parsers import expat

from kg.errors import InputError

__all__ = ["check_json", "check_rdf_xml", "open_package", "rewritten", "scan", "scan_xml"]

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_TOTAL = 600_000_000
"""So many bytes may all parts have unpacked: a million rows of ten columns have fewer."""
_RATIO, _RATIO_FROM = 150, 5_000_000
"""No part of a spreadsheet packs tighter, once it is larger."""
_DEPTH = 64
_CHUNK = 1 << 18
_SIGNATURES = ("META-INF/documentsignatures.xml", "_xmlsignatures/")
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8)", re.IGNORECASE)


def _refuse_ole(name: str, content: bytes) -> InputError:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return InputError(f"{name}: protected with a password; open it, save a copy without password, and use the copy")
    return InputError(f"{name}: an old Excel workbook (.xls); open it and save it as .xlsx")


@contextmanager
def open_package(path: Path) -> Iterator[zipfile.ZipFile]:
    """The opened zip file, its declared sizes being reasonable.

    Raises InputError where it is damaged, protected with a password, an old workbook, or would unpack to far more than any
    spreadsheet holds. A part never unpacks to more than it declares: the library stops there.
    """
    name = path.name
    try:
        with path.open("rb") as file:
            if file.read(8) == _OLE:
                file.seek(0)
                raise _refuse_ole(name, file.read(64_000_000))
        package = zipfile.ZipFile(path)
    except OSError as error:
        raise InputError(f"{name}: cannot be read ({error.strerror or error}); check the path") from None
    except (zipfile.BadZipFile, ValueError) as error:
        raise InputError(f"{name}: damaged or no workbook ({error}); save it again as .xlsx or .ods") from None
    with package:
        parts = package.infolist()
        total = sum(p.file_size for p in parts)
        for part in parts:
            if part.flag_bits & 1:
                raise InputError(f"{name}: protected with a password; save a copy without password and use the copy")
            if part.file_size > _RATIO_FROM and part.file_size > _RATIO * max(1, part.compress_size):
                raise InputError(
                    f"{name}: {part.filename!r} would unpack from {part.compress_size:,} to {part.file_size:,} bytes, as no"
                    " spreadsheet does; clear the formatting of unused cells or save the tables as CSV"
                )
        if total > _TOTAL:
            raise InputError(f"{name}: would unpack to {total:,} bytes (at most {_TOTAL:,}); save the tables as CSV instead")
        yield package


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with its parts as a function changes them, given name and content; order and packing stay.

    Raises InputError where the package cannot be opened or is signed, and where a part that changes is not UTF-8.
    """
    out = io.BytesIO()
    with open_package(path) as package, zipfile.ZipFile(out, "w") as copy:
        if any(name.startswith(_SIGNATURES) for name in package.namelist()):
            raise InputError(f"{path.name}: is signed, and a change would break the signature; save a copy without it")
        for info in package.infolist():
            content = package.read(info)
            changed = change(info.filename, content)
            if changed is not content and _OTHER_ENCODING.match(content):
                raise InputError(f"{path.name}: {info.filename!r} is not UTF-8; open the workbook and save it again")
            copy.writestr(info, changed)
    return out.getvalue()


def scan(
    package: zipfile.ZipFile,
    part: str,
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Nothing; reads one XML part of a package as `scan_xml` does; raises InputError, also where the part is damaged."""
    name = Path(package.filename or "").name
    try:
        with package.open(part) as stream:
            scan_xml(stream, f"{name}: {part!r}", start, end, text)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, zlib.error) as error:
        raise InputError(f"{name}: {part!r} is damaged ({error}); open the file and save it again") from None


def scan_xml(
    stream: IO[bytes],
    name: str,
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Nothing; reads XML in small pieces and hands every element, its name without prefix, to the functions.

    Raises InputError for a document type with declarations of its own (only these can declare entities), for elements nested
    deeper than our formats nest them, and where the document is not well-formed.
    """
    depth = 0

    def refuse(_name: str, _system: object, _public: object, inner: int) -> None:
        if inner:  # else it only names a grammar elsewhere, which is not fetched
            raise InputError(f"{name} declares a document type, which may hide entities; it is not opened")

    def started(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise InputError(f"{name} nests elements more than {_DEPTH} deep, as no format of ours does; it is not opened")
        if start:
            start(tag.rpartition(":")[2], attributes)

    def ended(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(tag.rpartition(":")[2])

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = started, ended
    if text:
        parser.buffer_text = True
        parser.CharacterDataHandler = text
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InputError(f"{name} is damaged, not well-formed XML ({error}); open the file and save it again") from None


_DEEPEST = 500
"""Deeper nests no RDF that people or programs write; parsers that are handed more become slow without end, or crash."""
_LONGEST = 300
"""So long may a short name be that stands for an address in RDF/XML; more would let a small file grow large."""


def check_rdf_xml(stream: IO[bytes], name: str) -> None:
    """Nothing; raises InputError where RDF/XML declares entities beyond short names for addresses, or nests too deep.

    What is not well-formed is left to the parser, which says so better.
    """
    depth = 0

    def declared(_name: str, parameter: int, value: str | None, _base: object, system: object, *_: object) -> None:
        if parameter or system or value is None or "&" in value or "%" in value or len(value) > _LONGEST:
            raise InputError(f"{name} declares entities that may grow or lead elsewhere; it is not opened")

    def started(_tag: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise InputError(f"{name} nests elements more than {_DEEPEST} deep, as no RDF does; it is not opened")

    def ended(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = declared
    parser.StartElementHandler, parser.EndElementHandler = started, ended
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
    except expat.ExpatError:
        return


_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")


def check_json(content: bytes, name: str) -> None:
    """Nothing; raises InputError where JSON nests too deep."""
    if content.count(b"[") + content.count(b"{") <= _DEEPEST:
        return
    depth = 0
    for bracket in _BRACKETS.findall(_TEXT.sub(b"", content)):
        depth += 1 if bracket in b"[{" else -1
        if depth > _DEEPEST:
            raise InputError(f"{name} nests lists more than {_DEEPEST} deep, as no RDF does; it is not opened")
