"""What leaves the page: its address, pictures, tables, positions, paper."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from kg.views.page import Attribute, Tie
from tests.browser.conftest import Open
from tests.browser.helpers import HUNDRED, copied, counts, save
from tests.views.networks import analysed, network

TWENTY = network(20)
SVG = "{http://www.w3.org/2000/svg}"
STATE = (
    "lang=fr&theme=dark&table=nodes&sort.nodes=name~down&selected=rel-5&focus=actor-0~actor-3&steps=2&off.type=company~umbrella"
    "&off.issue=~land&years=1995-2004&undated=hide&others=fade&unconnected=hide&camera=10,-20,1.500&pinned=actor-1~40~-30"
)


def test_the_address_holds_the_whole_state(open_page: Open) -> None:
    page = open_page(HUNDRED, STATE)

    page.locator("#table-nodes").click()  # anything that makes the page write its address
    expect(page).to_have_url(re.compile("off.issue=land~"))

    parts = dict(part.split("=", 1) for part in page.url.partition("#")[2].split("&"))
    expected = dict(part.split("=", 1) for part in STATE.split("&"))
    expected["off.issue"] = "land~"  # in the order of the list, "not said" last
    expected["off.type"] = "umbrella~company"
    assert parts == expected


@pytest.mark.parametrize(
    "fragment",
    [
        "selected=nobody&focus=x~y&off.type=zzz",
        "%%%=&steps=9&camera=a,b,c",
        "camera=1,2,-5&pinned=a~b",
        "lang=xx&theme=pink&table=",
        "off.nothing=a&years=2010-1990",
    ],
)
def test_a_broken_address_opens_the_whole_network(open_page: Open, fragment: str) -> None:
    page = open_page(HUNDRED, fragment)

    assert counts(page) == [100, 100, 302, 302]


def test_a_changed_address_changes_the_page(open_page: Open) -> None:
    page = open_page(HUNDRED)

    page.evaluate("location.hash = 'selected=actor-6&lang=es'")

    expect(page.locator("#panel-title")).to_have_text(HUNDRED.nodes[6].labels["es"])


def test_png_has_twice_the_pixels(open_page: Open, tmp_path: Path) -> None:
    page = open_page(HUNDRED)

    download = save(page, "save-png")
    download.save_as(tmp_path / "a.png")

    raw = (tmp_path / "a.png").read_bytes()
    assert download.suggested_filename == "100-actors.png"
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(raw[16:20], "big") == 2 * page.locator("#stage").evaluate("s => s.clientWidth")


def test_svg_has_real_text(open_page: Open, tmp_path: Path) -> None:
    page = open_page(HUNDRED)

    save(page, "save-svg").save_as(tmp_path / "a.svg")

    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    texts = {element.text for element in root.iter(f"{SVG}text")}
    assert {"100 actors", "+ friendly", "recommended", "Public bodies"} <= texts
    assert sum(1 for t in texts if t and t.startswith("F")) > 30
    assert not list(root.iter(f"{SVG}script"))


def test_parallel_relations_stand_apart_by_curve_colour_pattern_and_text(open_page: Open, tmp_path: Path) -> None:
    kinds = ("alliance", "tension", "influence")
    ties = tuple(Tie(id=f"r{n}", source="actor-0", target="actor-1", type=kind) for n, kind in enumerate(kinds))
    page = open_page(replace(HUNDRED, nodes=HUNDRED.nodes[:2], ties=ties))
    save(page, "save-svg").save_as(tmp_path / "two.svg")
    drawn = ElementTree.parse(tmp_path / "two.svg").getroot()

    lines = [e for e in drawn.iter(f"{SVG}path") if e.get("fill") == "none" and e.get("stroke") not in (None, "none")]
    ways = {(e.get("d"), e.get("stroke"), e.get("stroke-dasharray")) for e in lines}
    texts = {each.text for each in drawn.iter(f"{SVG}text")}
    assert len({d for d, _, _ in ways}) >= 3
    assert len({stroke for _, stroke, _ in ways}) >= 3
    assert len({dashes for _, _, dashes in ways}) >= 2
    assert {"+ friendly", "− hostile"} <= texts


def test_csv_holds_what_is_visible(open_page: Open, tmp_path: Path) -> None:
    page = open_page(HUNDRED, "off.sign=negative~neutral")

    save(page, "save-ties").save_as(tmp_path / "ties.csv")
    save(page, "save-nodes").save_as(tmp_path / "nodes.csv")

    ties = list(csv.DictReader(io.StringIO((tmp_path / "ties.csv").read_text(encoding="utf-8-sig"), newline="")))
    nodes = list(csv.DictReader(io.StringIO((tmp_path / "nodes.csv").read_text(encoding="utf-8-sig"), newline="")))
    friendly = [t for t in HUNDRED.ties if t.type in ("alliance", "support", "membership")]
    assert [row["id"] for row in ties] == [t.id for t in friendly]
    assert [(row["subject"], row["object"]) for row in ties] == [(t.source, t.target) for t in friendly]
    assert ties[0]["Evidence"] == friendly[0].evidence[0].paraphrase["en"]
    assert [row["Name"] for row in nodes] == [n.labels["en"] for n in HUNDRED.nodes]


def test_the_table_of_actors_tells_other_names_and_properties(open_page: Open, tmp_path: Path) -> None:
    founded = Attribute(labels={"en": "founded", "es": "fundada", "fr": "fondée"}, value="1998", start="1998", end="2005")
    seat = Attribute(labels={"en": "seat", "es": "sede", "fr": "siège"}, value="La Paz")
    first = replace(
        TWENTY.nodes[0], aliases=("The front", "=The old front"), attributes=(founded, seat, replace(seat, value="Lima"))
    )
    page = open_page(replace(TWENTY, nodes=(first, *(replace(n, attributes=()) for n in TWENTY.nodes[1:]))))

    save(page, "save-nodes").save_as(tmp_path / "nodes.csv")

    header, row, second, *_ = csv.reader(io.StringIO((tmp_path / "nodes.csv").read_text(encoding="utf-8-sig"), newline=""))
    told = dict(zip(header, row, strict=True))
    assert told["Also called"] == "The front; =The old front"
    assert (told["founded"], told["seat"]) == ("1998 (1998 to 2005)", "La Paz; Lima")
    assert dict(zip(header, second, strict=True))["seat"] == ""
    assert not [heading for heading in header if "scenario" in heading]  # the page shows none


def test_positions_are_saved_and_come_back(open_page: Open, tmp_path: Path) -> None:
    page = open_page(HUNDRED, "pinned=actor-1~400~-300")

    save(page, "save-positions").save_as(tmp_path / "positions.json")

    saved = json.loads((tmp_path / "positions.json").read_text(encoding="utf-8"))
    assert saved["actor-1"] == [400, -300]
    again = open_page(replace(HUNDRED, positions={k: (v[0], v[1]) for k, v in saved.items()}))
    save(again, "save-positions").save_as(tmp_path / "again.json")
    assert json.loads((tmp_path / "again.json").read_text(encoding="utf-8")) == saved


def test_the_link_is_copied(open_page: Open) -> None:
    page = open_page(HUNDRED, "selected=actor-6")

    page.locator("#save-menu summary").click()
    page.locator("#copy-link").click()

    expect(page.locator("#live")).to_contain_text("Copied")
    assert copied(page).endswith("#selected=actor-6")


def test_paper_gets_the_picture_and_every_row(open_page: Open) -> None:
    page = open_page(network(500), "theme=dark", own=True)

    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    expect(page.locator("#paper svg")).to_be_visible()
    expect(page.locator("#paper + #tables")).to_have_count(1)  # the picture is the first sheet
    expect(page.locator("#table tbody tr")).to_have_count(1502)
    expect(page.locator("#table")).to_be_visible()
    expect(page.locator("#sidebar")).to_be_hidden()
    assert page.locator("#paper svg path").first.get_attribute("fill") == "#ffffff"


def test_long_names_lose_their_middle_and_stay_apart(open_page: Open) -> None:
    long = "Confederación Nacional de Organizaciones Campesinas, Indígenas y Negras del"
    named = [
        replace(n, labels={"en": f"{long} {end}"}, acronym="")
        for n, end in zip(TWENTY.nodes, ("Norte", "Sur"), strict=False)
    ]
    page = open_page(replace(TWENTY, nodes=(*named, *TWENTY.nodes[2:])))
    lines = [e.text for e in ElementTree.parse(save(page, "save-svg").path()).iter(f"{SVG}text")]

    assert [line for line in lines if line and line.startswith("… ")] == ["… y Negras del Norte", "… y Negras del Sur"]


def test_dots_of_a_drawing_are_round_as_on_the_screen(open_page: Open) -> None:
    paths = ElementTree.parse(save(open_page(TWENTY), "save-svg").path()).iter(f"{SVG}path")
    ends = {path.get("stroke-dasharray"): path.get("stroke-linecap") for path in paths}

    assert (ends["1.5 4"], ends["8 5"]) == ("round", None)


def test_on_paper_the_table_is_no_wider_than_the_sheet_and_the_title_stands_once(open_page: Open) -> None:
    sheet = {"width": 1032, "height": 703}  # A4 across, 12 mm of margin, at 96 pixels an inch
    page = open_page(analysed(HUNDRED), "lang=es", own=True, viewport=sheet)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    drawing = page.locator("#paper svg")
    box = drawing.bounding_box()
    assert box
    assert page.evaluate("document.documentElement.scrollWidth") <= sheet["width"]  # else browsers print all of it smaller
    assert page.locator("#table table").evaluate("t => t.getBoundingClientRect().right") <= sheet["width"]
    assert 600 < box["height"] <= sheet["height"]
    assert page.locator("#top").is_hidden()
    assert "100 actores" in drawing.inner_html()
