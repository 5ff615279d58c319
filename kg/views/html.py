"""One HTML file for a network: offline, safe with any text in it, the same bytes for the same page."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from kg.errors import InputError
from kg.views.page import NetworkPage, text_in
from kg.views.payload import payload

__all__ = ["COMPRESS_FROM", "network_html", "write_network"]

COMPRESS_FROM = 24_000
"""Bytes of data from which on they stand compressed in the page; below, the page opens faster and stays readable."""

_HERE = Path(__file__).resolve().parent
_STYLES = ("page.css", "network.css", "print.css")
_SCRIPTS = (
    "data.js",
    "words.js",
    "state.js",
    "visible.js",
    "shapes.js",
    "draw.js",
    "names.js",
    "stage.js",
    "pointer.js",
    "legend.js",
    "time.js",
    "search.js",
    "panel.js",
    "details.js",
    "table.js",
    "keyboard.js",
    "figure.js",
    "save.js",
    "main.js",
)


def write_network(page: NetworkPage, path: str | Path) -> Path:
    """The path of the HTML file that now holds the page (UTF-8, `\\n`), an older file of that name replaced.

    Raises InputError where the file cannot be written.
    """
    target = Path(path)
    text = network_html(page)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}); choose another place with -o") from error
    return target


def network_html(page: NetworkPage) -> str:
    """The page as one HTML document that asks for nothing from outside."""
    style, script = _style(), _script()
    data = _embedded(payload(page, _words()))
    return _template().render(
        page=page,
        title=text_in(page.title, page.lang),
        facts=text_in(page.facts, page.lang),
        withheld=text_in(page.withheld, page.lang),
        words=_words(),
        style=Markup(style),  # noqa: S704  our own file, and the policy allows nothing but this very text
        script=Markup(script),  # noqa: S704
        policy=_policy(style, script),
        data=Markup(data["text"]),  # noqa: S704  `<` and `&` stand escaped in it
        encoding=data["encoding"],
    )


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _embedded(text: str) -> dict[str, str]:
    """The data as it stands in the page, as JSON or, where large, deflated and in base64."""
    raw = text.encode("utf-8", "replace")  # a lone surrogate cannot be written; everything else stays
    if len(raw) < COMPRESS_FROM:
        return {"text": _json_in_html(raw.decode()), "encoding": "json"}
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return {
        "text": base64.b64encode(squeeze.compress(raw) + squeeze.flush()).decode(),
        "encoding": "deflate-raw",
    }


def _json_in_html(text: str) -> str:
    """JSON that no HTML parser takes for markup, and no script engine for a line break."""
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("network.html")


@functools.cache
def _words() -> Mapping[str, Mapping[str, str]]:
    words: Mapping[str, Any] = json.loads(_static("strings.json"))
    return words


@functools.cache
def _style() -> str:
    return _lean("".join(_static(name) for name in _STYLES))


@functools.cache
def _script() -> str:
    return _lean("".join(_static(name) for name in _SCRIPTS))


def _lean(code: str) -> str:
    """Code without indentation and lines that are only comment: an eighth of every page; no text runs over lines."""
    return re.sub(r"^\s*(//.*\n|/\*.*\*/\n)|^\s+", "", code, flags=re.MULTILINE)


def _static(name: str) -> str:
    return (_HERE / "static" / name).read_text(encoding="utf-8")
