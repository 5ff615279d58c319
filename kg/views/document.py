"""One HTML file from a template, styles, scripts and data: offline, safe with any text in it, the same bytes each time."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from kg.errors import InputError
from kg.wording import COMMON, typeset
from kg.writing import write_whole

__all__ = [
    "COMPRESS_FROM",
    "Words",
    "document",
    "framed",
    "make_ready",
    "static",
    "still_document",
    "words_in",
    "write_bytes",
    "write_document",
]

COMPRESS_FROM = 24_000
"""Bytes of data from which on they stand compressed in the page; below, the page opens faster and stays readable."""
FIRST_COMPRESS_FROM = 120_000
"""The same for data that the first picture waits for: up to here reading them plain is quicker than unpacking."""

Words = Mapping[str, Mapping[str, str]]
"""The page's own words: key to language to text."""

_HERE = Path(__file__).resolve().parent


def document(
    template: str,
    styles: Sequence[str],
    scripts: Sequence[str],
    data: Sequence[str],
    *,
    rest: Sequence[str] = (),
    library: str = "",
    **context: Any,
) -> str:
    """The HTML text of a template filled with `context`, static files and JSON `data`; it asks for nothing from outside.

    The template gets `style`, `policy` and, for the end of its body, `scripts`: the data, the program (packed: it is the
    larger part of small pages) and what starts it. A `rest` is JSON that the program reads after its first picture, for
    which the data are enough. Of several texts each gets an element of its own, so that a browser can rest between them. A
    `library` of others goes before our scripts; since it may write
    styles of its own, styles are then allowed as they come, scripts no more than otherwise.
    """
    style, start = _lean(tuple(styles)), _lean(("start.js",))
    program = (f"{static(library)}\n" if library else "") + _lean(tuple(scripts))
    return _template(template).render(
        style=Markup(style),  # noqa: S704  our own file, and the policy allows nothing but this very text
        policy=_policy("'unsafe-inline'" if library else _hash(style), start, program),
        scripts=Markup(  # noqa: S704  `<` and `&` stand escaped in data
            _elements("data", data, pack_from=FIRST_COMPRESS_FROM if rest else COMPRESS_FROM)
            + _program(program)
            + _elements("rest", rest, pack_from=COMPRESS_FROM)
            + f"<script>{start}</script>"
        ),
        **context,
    )


def make_ready(template: str, scripts: Sequence[str]) -> None:
    """Reads a template and packs a program before the document that needs them is asked for."""
    _template(template)
    _program(_lean(tuple(scripts)))


def still_document(template: str, styles: Sequence[str], *, rules: str = "", **context: Any) -> str:
    """The HTML text of a template without any script, under a policy that allows none; `rules` of its own follow its styles."""
    style = _lean(tuple(styles)) + rules
    return _template(template).render(
        style=Markup(style),  # noqa: S704  as above
        policy=f"default-src 'none'; style-src {_hash(style)}; img-src data:; base-uri 'none'; form-action 'none'",
        **context,
    )


def framed(html: str, title: str) -> str:
    """The document as a frame for notebooks: it may run its own script and save files, and reach nothing of the notebook."""
    return (
        f'<iframe sandbox="allow-scripts allow-downloads allow-modals" srcdoc="{escape(html)}" title="{escape(title)}" '
        'width="100%" height="640"></iframe>'
    )


def write_document(text: str, path: str | Path) -> Path:
    """The path of the file that now holds the text (UTF-8, `\\n`), an older file of that name replaced.

    Raises InputError where the file cannot be written.
    """
    return write_bytes(text.encode("utf-8"), path)


def write_bytes(content: bytes, path: str | Path) -> Path:
    """The path of the file that now holds the bytes, an older file of that name replaced.

    Raises InputError where the file cannot be written.
    """
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}); choose another place with -o") from error
    return target


@functools.cache
def words_in(*names: str) -> Words:
    """The words of files in `static/`, as each language sets them, and those that hold parts of a text together."""
    words = json.loads(COMMON.read_text(encoding="utf-8"))
    for name in names:
        words |= json.loads(static(name))
    return {key: {lang: typeset(text, lang) for lang, text in texts.items()} for key, texts in words.items()}


@functools.cache
def static(name: str) -> str:
    """The text of a file in `static/`."""
    return (_HERE / "static" / name).read_text(encoding="utf-8")


def _policy(styles: str, *scripts: str) -> str:
    return (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; style-src {styles}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")  # a lone surrogate cannot be written; everything else stays


def _elements(name: str, texts: Sequence[str], *, pack_from: int) -> str:
    """An element for each text, the first with the name, the others with the name and a number."""
    raws = [_utf8(text) for text in texts]
    limit = 0 if sum(map(len, raws)) >= pack_from else pack_from
    return "".join(_element(f"{name}-{n}" if n else name, raw, pack_from=limit) for n, raw in enumerate(raws))


def _element(name: str, raw: bytes, *, pack_from: int) -> str:
    """An element that is not executed, with JSON or, from so many bytes on, deflated and in base64."""
    if len(raw) < pack_from:
        text, encoding = _json_in_html(raw.decode()), "json"
    else:
        squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
        text, encoding = base64.b64encode(squeeze.compress(raw) + squeeze.flush()).decode(), "deflate-raw"
    return f'<script type="text/plain" id="{name}" data-encoding="{encoding}">{text}</script>\n'


@functools.cache
def _program(code: str) -> str:
    return _element("program", code.encode(), pack_from=0)


def _json_in_html(text: str) -> str:
    """JSON that no HTML parser takes for markup, and no script engine for a line break."""
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


@functools.cache
def _template(name: str) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


@functools.cache
def _lean(names: tuple[str, ...]) -> str:
    """Code without indentation and lines that are only comment: an eighth of every page; no text runs over lines."""
    code = "".join(static(name) for name in names)
    return re.sub(r"^\s*(//.*\n|/\*.*\*/\n)|^\s+", "", code, flags=re.MULTILINE)
