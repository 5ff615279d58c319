"""The overview of a large network: communities that open and close."""

from __future__ import annotations

import csv
import json
import math
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from kg.views import payload
from tests.browser.conftest import Open
from tests.browser.helpers import HUNDRED, colours, counts, rows, save
from tests.browser.test_access import findings


@pytest.fixture(autouse=True)
def _overview_from_fifty_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payload, "OVERVIEW", 50)
    monkeypatch.setattr(payload, "LARGE", 100)  # columns in pieces, and drawn a piece at a time
    monkeypatch.setattr(payload, "PIECE", 70)


HEAD = 76
"""Pixels that the title takes above a saved picture."""


def circles(svg: Path) -> list[tuple[float, float, float]]:
    """Middle and radius of each circle of a saved picture."""
    found = re.findall(r"M(-?[\d.]+) (-?[\d.]+)a([\d.]+) ", svg.read_text(encoding="utf-8"))
    return [(float(x) + float(r), float(y), float(r)) for x, y, r in found]


def test_a_large_network_opens_on_its_communities(open_page: Open) -> None:
    page = open_page(HUNDRED)

    expect(page.locator("#overview-say")).to_have_text(re.compile(r"Overview: \d+ communities, 0 opened"))
    assert counts(page) == [100, 100, 302, 302]
    assert findings(page) == []


def test_communities_are_opened_and_closed_together(open_page: Open) -> None:
    page = open_page(HUNDRED)
    folded = colours(page)

    page.locator("#unfold").click()
    expect(page).to_have_url(re.compile("open=all"))
    expect(page.locator("#refold")).to_be_focused()  # the one pressed is disabled now
    page.wait_for_timeout(100)
    assert folded != colours(page)
    expect(page.locator("#overview-say")).to_have_text(re.compile(r"^Overview: \d+ communities, all opened\.$"))
    page.locator("#refold").click()

    expect(page.locator("#overview-say")).to_contain_text("0 opened. Click one to open it.")
    expect(page).not_to_have_url(re.compile("open="))


def test_a_click_opens_a_community(open_page: Open) -> None:
    page = open_page(HUNDRED)
    x, y, _ = max(circles(Path(save(page, "save-svg").path())), key=lambda circle: circle[2])
    box = page.locator("#network").bounding_box()
    assert box
    at = (box["x"] + x, box["y"] + y - HEAD)

    page.mouse.move(*at)
    expect(page.locator("#tip")).to_have_text(re.compile(r"^community around .+, \d+ actors$"))
    page.mouse.click(*at)

    expect(page).to_have_url(re.compile(r"open=\d+"))
    expect(page.locator("#live")).to_contain_text("Opened: community around")


def test_a_community_is_opened_and_closed_without_pointing_at_it(open_page: Open) -> None:
    page = open_page(HUNDRED)
    sizes = page.locator("#community option").evaluate_all(
        "all => all.map(each => each.textContent.match(/, (\\d+) actors/)[1])"
    )
    turn = page.locator("#turn")

    assert sorted(map(int, sizes), reverse=True) == list(map(int, sizes))
    page.locator("#community").select_option(index=1)
    turn.press("Enter")
    expect(page.locator("#live")).to_contain_text("Opened: community around")
    expect(turn).to_have_text("Close")
    turn.press("Enter")
    expect(page.locator("#live")).to_contain_text("Closed: community around")


def test_no_community_covers_another_or_what_is_opened(open_page: Open) -> None:
    narrow = {n.id: (20.0 * (place % 10), 20.0 * (place // 10)) for place, n in enumerate(HUNDRED.nodes)}
    page = open_page(replace(HUNDRED, positions=narrow))
    communities = page.locator("#community option").count()
    folded = sorted(circles(Path(save(page, "save-svg").path())), key=lambda each: -each[2])[:communities]
    page.locator("#turn").click()
    page.locator("#fit").click()
    opened = circles(Path(save(page, "save-svg").path()))
    discs = sorted(opened, key=lambda each: each[2])[1 - communities :]  # members are smaller

    assert min(r for _, _, r in folded) > 20  # signs and keys are smaller
    for kept, others in ((folded, folded), (discs, opened)):
        for (x, y, r), (u, v, s) in ((a, b) for a in kept for b in others if a != b):
            assert math.hypot(x - u, y - v) > r + min(s, r) - 1


def test_search_shows_an_actor_of_a_closed_community_with_its_neighbours(open_page: Open) -> None:
    page = open_page(HUNDRED)

    page.locator("#search").press_sequentially(HUNDRED.nodes[6].labels["en"])
    page.locator("#search").press("Enter")

    expect(page.locator("#panel-title")).to_have_text(HUNDRED.nodes[6].labels["en"])
    drawn = Path(save(page, "save-svg").path()).read_text(encoding="utf-8")
    pale = re.findall(r'<path d="M[^"]+a([\d.]+) [^"]+" fill="#[^>]+opacity="0.32"', drawn)
    assert page.locator("#community option").count() == sum(float(r) > 20 for r in pale)  # communities stand back


def test_a_focus_shows_actors_and_no_communities(open_page: Open) -> None:
    page = open_page(HUNDRED, "focus=actor-6")
    expect(page.locator("#overview")).to_be_hidden()
    nodes = counts(page)[0]
    picture = ElementTree.parse(Path(save(page, "save-svg").path())).getroot()
    words = {each.text for each in picture.iter("{http://www.w3.org/2000/svg}text")}

    assert 1 < nodes < 100
    assert not [each for each in words if each and each.isdigit()]  # how many a community has
    page.locator("#crumbs button").first.click()
    expect(page.locator("#overview")).to_be_visible()


def test_the_table_holds_everything_whether_open_or_not(open_page: Open) -> None:
    page = open_page(HUNDRED, "table=nodes")
    first = rows(page)
    page.locator("#more-rows").click()

    expect(page.locator("#more-rows")).to_have_count(0)
    assert rows(page) == [n.id for n in HUNDRED.nodes]
    assert first == rows(page)[: len(first)]


def test_every_actor_is_drawn_where_that_is_asked_for(open_page: Open) -> None:
    page = open_page(replace(HUNDRED, flat=True))

    expect(page.locator("#overview")).to_be_hidden()


def test_a_large_network_leaves_the_page_whole_though_in_pieces(open_page: Open) -> None:
    page = open_page(HUNDRED, "open=all&table=nodes&sort.ties=from~down")
    page.locator("#show-picture").click()
    files = {
        item: Path(save(page, item).path()) for item in ("save-ties", "save-nodes", "save-positions", "save-svg", "save-png")
    }
    with files["save-ties"].open(encoding="utf-8-sig", newline="") as read:
        names = [row["From"] for row in csv.DictReader(read)]

    assert len(HUNDRED.ties) == len(names)
    assert names[0] != names[-1]
    assert len(HUNDRED.nodes) == len(json.loads(files["save-positions"].read_text(encoding="utf-8")))
    assert 1 + len(HUNDRED.nodes) == files["save-nodes"].read_text(encoding="utf-8").count("\n")
    assert "100 actors" in "".join(ElementTree.parse(files["save-svg"]).getroot().itertext())  # our own file
    assert files["save-png"].read_bytes().startswith(b"\x89PNG")


def test_paper_gets_the_picture_and_the_first_rows_of_a_large_network(open_page: Open) -> None:
    page = open_page(HUNDRED, "table=ties")
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    page.locator("#save-menu summary").click()
    page.locator("#print").click()

    expect(page.locator("#paper canvas")).to_have_count(1)
    expect(page.locator("#table tbody tr")).to_have_count(302)  # fewer than the thousand that are printed
    page.evaluate("void dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#paper canvas")).to_have_count(0)
    expect(page.locator(".on-paper")).to_have_text("The first 60 of 302 rows; Save has all of them as a table (CSV).")


# How many round forms the first picture has, and whether any later frame until the page is ready is blank.
FRAMES = """
  globalThis.first = 0;
  globalThis.blank = 0;
  globalThis.black = 0;
  let more = 20; // frames after the page is ready
  const { arc } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.arc = function (...how) {
    if (this.canvas.id === 'network' && document.documentElement.dataset.shown === undefined) globalThis.first++;
    return arc.apply(this, how);
  };
  const look = () => {
    const { shown, ready } = document.documentElement.dataset;
    if (shown !== undefined) {
      const pen = new OffscreenCanvas(40, 40).getContext('2d');
      pen.drawImage(document.getElementById('network'), 0, 0, 40, 40);
      const pixels = new Uint32Array(pen.getImageData(0, 0, 40, 40).data.buffer);
      if (new Set(pixels).size === 1) globalThis.blank++;
      if (pixels[0] === 0xff000000) globalThis.black++; // as a canvas of another size is
    }
    if (!ready || more--) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
"""


@pytest.mark.parametrize("fragment", ["open=all", "layout=by.country&open=all", "focus=actor-6"])
def test_the_overview_is_shown_until_another_view_is_drawn(open_page: Open, fragment: str) -> None:
    page = open_page(HUNDRED, fragment, own=True)
    page.add_init_script(FRAMES)
    page.reload()
    page.locator("html[data-ready]").wait_for()
    communities = int(re.findall(r"\d+", page.locator("#overview-say").inner_text())[0])

    page.wait_for_timeout(700)
    assert page.evaluate("[first, blank, black]") == [communities, 0, 0]
    expect(page.locator("#drawing")).to_be_hidden()


def test_layouts_in_which_a_place_says_something_show_the_members_of_communities(open_page: Open) -> None:
    page = open_page(HUNDRED, reduced_motion="reduce")
    says = page.locator("#overview-say")
    communities = re.findall(r"\d+", says.inner_text())[0]

    page.locator("#layout").select_option("by.country")
    expect(says).to_have_text(f"Overview: {communities} communities, all opened.")
    page.locator("#layout").select_option("force")
    expect(says).to_contain_text(f"{communities} communities, 0 opened")

    again = open_page(HUNDRED, "layout=by.country")
    expect(again.locator("#overview-say")).to_contain_text(f"{communities} communities, all opened.")


def test_who_is_in_no_community_is_not_told_as_one(open_page: Open) -> None:
    alone = {n.id for n in HUNDRED.nodes} - {end for t in HUNDRED.ties for end in (t.source, t.target)}
    page = open_page(HUNDRED)
    expect(page.locator("#community option", has_text=f"without relations, {len(alone)} actors")).to_have_count(1)

    a, b = sorted(alone)[:2]
    pair = replace(HUNDRED, ties=(*HUNDRED.ties, replace(HUNDRED.ties[0], id="pair", source=a, target=b)))
    page = open_page(pair)
    expect(page.locator("#community option", has_text=f"alone or in pairs, {len(alone)} actors")).to_have_count(1)
