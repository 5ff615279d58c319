from __future__ import annotations

import base64
import hashlib
import json
import os
import pickle
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.views import document, payload
from kg.views.html import network_html, write_network
from kg.views.page import PAGE_LANGUAGES, Entry, NetworkPage, Node, Tie
from tests.conftest import ROOT
from tests.views.hostile import HOSTILE, hostile_page
from tests.views.networks import network

_PUT_TOGETHER = r"(facet|sign|change|fit|group|measure|look|layout|camp|theme|focus\.step|table\.caption)\."
"""Beginnings of keys that the code puts together."""
STATIC = ROOT / "kg" / "views" / "static"


class Elements(HTMLParser):
    """The elements of a document with their attributes, and the text of each script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] == "script":
            self.scripts[-1] += data


def data_of(text: str) -> Any:
    """What the first picture needs and the rest, as one, columns put together from their pieces."""
    found: dict[str, Any] = {}
    for name in ("data", "rest"):
        element = rf'<script type="text/plain" id="{name}(?:-\d+)?" data-encoding="([^"]+)">(.*?)</script>'
        texts = (
            raw if encoding == "json" else zlib.decompress(base64.b64decode(raw), -15)
            for encoding, raw in re.findall(element, text, re.S)
        )
        part, *pieces = map(json.loads, texts)
        for (table, column), values in zip(part.pop("columns", []), pieces, strict=True):
            part[table][column] += [values["each"][n] for n in values["at"]] if isinstance(values, dict) else values
        for table in ("nodes", "ties"):
            part[table] |= found.get(table, {})
        found |= part
    return found


def test_same_page_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "import sys; from kg.views.html import write_network; from tests.views.networks import network;"
        "write_network(network(60), sys.argv[1])"
    )
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / seed)], env=env, check=True)

    assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()


def test_the_file_is_utf8_with_line_feeds_under_any_locale(tmp_path: Path) -> None:
    page = replace(network(20), title={"en": "Ñuqanchik — дом — 農民"})
    code = (
        "import pickle, sys; from kg.views.html import write_network;"
        "write_network(pickle.load(open(sys.argv[1], 'rb')), sys.argv[2])"
    )
    (tmp_path / "page").write_bytes(pickle.dumps(page))
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    # Without `site`, which cannot read the path of a checkout with accents in this locale.
    env["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    subprocess.run([sys.executable, "-S", "-c", code, str(tmp_path / "page"), str(tmp_path / "p.html")], env=env, check=True)

    raw = (tmp_path / "p.html").read_bytes()

    assert '<h1 id="title" dir="auto">Ñuqanchik — дом — 農民</h1>' in raw.decode("utf-8")
    assert b"\r" not in raw


def test_the_document_has_what_a_document_needs() -> None:
    text = network_html(replace(network(20), lang="es"))
    elements = Elements(text).found

    assert text.startswith('<!doctype html>\n<html lang="es"')
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in elements
    assert "<title>20 actores</title>" in text


def test_nothing_is_asked_for_from_outside() -> None:
    elements = Elements(network_html(network(100))).found

    asked = [
        value
        for _, attributes in elements
        for name, value in attributes.items()
        if name in ("src", "href", "action", "data")
    ]

    assert asked == ["data:,"]


def test_the_policy_allows_this_script_and_this_style_and_nothing_else() -> None:
    text = network_html(network(20))
    start = re.search(r"<script>(.*?)</script>", text, re.S).group(1)  # type: ignore[union-attr]
    packed = re.search(r'id="program" data-encoding="deflate-raw">(.*?)</script>', text, re.S).group(1)  # type: ignore[union-attr]
    program = zlib.decompress(base64.b64decode(packed), -15).decode()
    style = re.search(r"<style>(.*?)</style>", text, re.S).group(1)  # type: ignore[union-attr]

    def hashed(part: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'"

    policy = next(a["content"] for t, a in Elements(text).found if t == "meta" and a.get("http-equiv"))
    expected = (
        f"default-src 'none'; script-src {hashed(start)} {hashed(program)}; style-src {hashed(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )

    assert policy == expected


def test_hostile_texts_add_no_element() -> None:
    plain = {"title": {"en": "T"}, "facts": {}, "withheld": {}}
    harmless = Elements(network_html(NetworkPage(**plain))).found  # type: ignore[arg-type]

    hostile = Elements(network_html(hostile_page())).found

    assert [tag for tag, _ in hostile] == [tag for tag, _ in harmless]
    assert [sorted(a) for _, a in hostile] == [sorted(a) for _, a in harmless]


@pytest.mark.parametrize("text", HOSTILE)
def test_uncompressed_data_hold_a_hostile_text_unchanged(text: str) -> None:
    page = NetworkPage(title={"en": "T"}, nodes=(Node(id="a", labels={"en": text}, note={"en": text}),))

    found = data_of(network_html(page))

    assert found["nodes"]["note"] == [text]
    assert found["nodes"]["label"] == [text]


def test_large_data_are_compressed_and_come_back_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    page = network(20)
    compressed = data_of(network_html(page))
    monkeypatch.setattr(document, "COMPRESS_FROM", 10**9)
    written_out = data_of(network_html(page))

    assert compressed == written_out


def test_columns_of_large_networks_stand_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    page = network(60)
    whole = data_of(network_html(page))
    monkeypatch.setattr(payload, "LARGE", 100)
    monkeypatch.setattr(payload, "PIECE", 25)

    text = network_html(page)

    assert 'id="rest-1"' in text
    assert whole == data_of(text)


def test_ids_share_their_common_beginning() -> None:
    base = "https://example.org/data/"
    nodes = tuple(Node(id=f"{base}{name}", labels={"en": name}) for name in ("ab", "ac"))
    tie = Tie(id=f"{base}r1", source=nodes[0].id, target=nodes[1].id, type="support")

    found = data_of(network_html(NetworkPage(title={"en": "T"}, nodes=nodes, ties=(tie,))))

    assert (found["base"], found["nodes"]["id"], found["ties"]["id"]) == (base, ["ab", "ac"], ["r1"])


def test_an_id_that_no_list_knows_is_its_own_name() -> None:
    tie = Tie(id="t", source="a", target="a", type="unheard-of", confidence="sure")
    page = NetworkPage(title={"en": "T"}, nodes=(Node(id="a", labels={}, type="odd"),), ties=(tie,))

    lists = data_of(network_html(page))["lists"]

    assert [lists[name][0]["label"] for name in ("relation", "confidence", "type")] == ["unheard-of", "sure", "odd"]


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345g", "url(https://evil.invalid)", "#000000;x"])
def test_colours_are_colours(colour: str) -> None:
    page = NetworkPage(title={"en": "T"}, types=(Entry(id="x", colour=colour),))

    with pytest.raises(InputError, match="is not of the form #rrggbb"):
        network_html(page)


def test_a_place_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be written \(Is a directory\); choose another place with -o"):
        write_network(network(20), tmp_path)


def test_a_hundred_actors_fit_into_150_kilobytes() -> None:
    assert len(network_html(network(100)).encode()) <= 150_000  # issue 4, "Figures to reach"


def test_scripts_are_short_files_that_end_no_script_element() -> None:
    for path in [*STATIC.glob("*.js"), *STATIC.glob("*.css")]:
        text = path.read_text(encoding="utf-8")

        assert len(text.splitlines()) < 400, path.name
        assert not re.search(r"</script|<!--|</style", text, re.I), path.name
        assert all(line.count("`") % 2 == 0 for line in text.splitlines()), path.name  # no text over several lines
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), (
            path.name
        )


def test_every_word_of_the_page_exists_in_three_languages_and_is_used() -> None:
    words = json.loads((STATIC / "strings.json").read_text(encoding="utf-8"))
    code = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js") if not path.name.startswith("chart-"))
    for name in ("network.html", "menus.html"):
        code += (ROOT / "kg" / "views" / "templates" / name).read_text(encoding="utf-8")

    unused = [
        key for key in words if f'"{key}"' not in code and not key.endswith(".one") and not re.match(_PUT_TOGETHER, key)
    ]
    incomplete = [key for key, texts in words.items() if list(texts) != list(PAGE_LANGUAGES) or not all(texts.values())]
    asked = set(re.findall(r'\bt\("([a-z.]+[a-z0-9])"', code)) | set(re.findall(r'data-t(?:-[a-z]+)?="([a-z.]+)"', code))

    common = json.loads((ROOT / "kg" / "wording.json").read_text(encoding="utf-8"))  # of all that speaks, not of pages alone

    assert (unused, incomplete, sorted(asked - set(words) - set(common))) == ([], [], [])
