"""The network page drawn by vis-network: the same page, quiet under its policy, with the same controls."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kg.views import payload
from kg.views.html import network_html
from tests.browser.conftest import Open
from tests.browser.helpers import HUNDRED, counts, entry, save
from tests.browser.test_access import findings
from tests.views.hostile import hostile_page
from tests.views.networks import analysed, network

SHOWN = replace(analysed(HUNDRED), engine="vis", positions={n.id: (i * 90.0, 0.0) for i, n in enumerate(HUNDRED.nodes)})
OVER_SIX = "camera=540,0,1"  # where actor-6 stands


def middle(page: Page) -> tuple[float, float]:
    box = page.locator("#vis canvas").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_click_selects_and_the_filters_count(open_page: Open) -> None:
    page = open_page(SHOWN, OVER_SIX)
    x, y = middle(page)

    page.mouse.click(x, y)
    expect(page.locator("#panel-title")).to_have_text(HUNDRED.nodes[6].labels["en"])
    entry(page, "sign", "friendly").locator("input").uncheck()

    assert counts(page)[2] < 302
    assert findings(page) == []


def test_a_dragged_node_is_pinned_where_it_was_dropped(open_page: Open, tmp_path: Path) -> None:
    page = open_page(SHOWN, OVER_SIX)
    x, y = middle(page)

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 80, steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile("pinned=actor-6"))

    save(page, "save-positions").save_as(tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["actor-6"][1] > 50


def test_shaking_moves_the_nodes(open_page: Open, tmp_path: Path) -> None:
    page = open_page(SHOWN)

    page.locator("#shake").click()
    expect(page.locator("#shake")).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(400)
    page.locator("#shake").click()

    save(page, "save-positions").save_as(tmp_path / "a.json")
    assert len({place[1] for place in json.loads((tmp_path / "a.json").read_text(encoding="utf-8")).values()}) > 50


def test_a_large_network_opens_on_communities_here_as_well(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payload, "OVERVIEW", 50)
    page = open_page(replace(SHOWN, positions={}))
    expect(page.locator("#overview-say")).to_have_text(re.compile(r"Overview: \d+ communities, 0 opened"))

    page.locator("#turn").click()

    expect(page).to_have_url(re.compile("open=0"))
    expect(page.locator("#unfold")).to_be_hidden()


def test_layouts_and_hostile_texts_work_as_with_our_renderer(open_page: Open) -> None:
    page = open_page(SHOWN, reduced_motion="reduce")
    page.locator("#layout").select_option("power")
    expect(page).to_have_url(re.compile("layout=power"))

    hostile = open_page(replace(hostile_page(), engine="vis"))
    hostile.locator("#network").focus()
    hostile.keyboard.press("PageDown")
    assert hostile.evaluate("globalThis.__broken === undefined")


def test_scripts_are_allowed_by_hash_alone() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', network_html(SHOWN))

    assert policy
    assert "script-src &#39;sha256-" in policy.group(1)
    assert "unsafe" not in policy.group(1).split("style-src")[0]


# Where on the screen each mark of a line is written.
MARKS = """
  globalThis.marks = [];
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (words, x, y, ...rest) {
    const { a, b, c, d, e, f } = this.getTransform();
    if (words === 'i') globalThis.marks.push([a * x + c * y + e, b * x + d * y + f]);
    return fillText.call(this, words, x, y, ...rest);
  };
"""


def test_the_mark_of_a_level_line_stands_on_the_line_and_goes_where_it_is_pale(open_page: Open) -> None:
    twenty = network(20)
    tie = replace(
        twenty.ties[0], source="actor-1", target="actor-0", status="inferred", modality="asserted", inherited_from=""
    )
    level = {"actor-0": (300.0, 200.0), "actor-1": (500.0, 200.0), "actor-2": (0.0, 0.0)}
    shown = replace(twenty, engine="vis", nodes=twenty.nodes[:3], ties=(tie,), positions=level)
    page = open_page(shown, own=True)
    page.add_init_script(MARKS)
    page.reload()
    page.locator("html[data-ready]").wait_for()
    page.wait_for_timeout(500)

    x, y = page.evaluate("marks.at(-1)")
    box = page.locator("#vis canvas").bounding_box()

    assert box
    assert x > box["width"] / 2  # between the two
    assert y > box["height"] / 2  # and not in the corner above, where actor-2 is

    page.locator("#search").press_sequentially(shown.nodes[2].labels["en"])
    page.locator("#search").press("Enter")  # whose selection makes the line pale
    page.wait_for_timeout(500)
    page.evaluate("marks.length = 0")
    page.locator("#zoom-in").click()
    page.wait_for_timeout(500)

    assert page.evaluate("marks") == []
