"""Hostile texts in every place of a page: none runs, none asks for anything, all are shown as texts."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, open_every_facet
from tests.browser.helpers import save
from tests.views.hostile import HOSTILE, hostile_page

PAGE = hostile_page()


def unbroken(page: Page) -> bool:
    return bool(page.evaluate("globalThis.__broken === undefined && location.protocol === 'file:'"))


def test_every_detail_shows_hostile_texts_as_texts(open_page: Open) -> None:
    page = open_page(PAGE)
    page.locator("#network").focus()
    elements = page.locator(
        "#details img, #details script, #details iframe, #details svg, #details style, #details base, #details input"
    )

    for _ in PAGE.nodes:
        page.keyboard.press("PageDown")
        assert elements.count() == 0
    seen = page.locator("#panel-title").inner_text()

    assert unbroken(page)
    assert seen.strip()


def test_every_name_reaches_the_panel_unchanged(open_page: Open) -> None:
    page = open_page(PAGE)
    for number in (0, 1, 10, 19, 30, 34, 42):
        page.evaluate(
            "id => { location.hash = 'selected=' + encodeURIComponent(id).replace(/~/g, '%7E'); }", PAGE.nodes[number].id
        )
        expect(page.locator("#details > h2")).to_have_js_property("textContent", HOSTILE[number])

    assert unbroken(page)


def test_a_hostile_file_name_is_a_file_name(open_page: Open) -> None:
    page = open_page(PAGE, name="<img src=x onerror=globalThis.__broken=true>'\"&#?.html")

    assert page.locator("body img").count() == 0
    assert unbroken(page)


def test_only_web_and_mail_addresses_become_links(open_page: Open) -> None:
    page = open_page(PAGE)
    page.locator("#network").focus()
    found = set()
    for _ in PAGE.nodes:
        page.keyboard.press("PageDown")
        found |= set(page.locator("#details a").evaluate_all("all => all.map(a => a.protocol)"))

    assert found == {"mailto:"}  # one hostile text begins with it


def test_tables_search_and_legend_show_hostile_texts_as_texts(open_page: Open) -> None:
    page = open_page(PAGE, "table=ties")
    page.locator("#table-nodes").click()
    page.locator("#search").press_sequentially("script")
    expect(page.locator("#suggestions li").first).to_contain_text("script")
    open_every_facet(page)
    for tag in ("es", "fr", "en"):
        page.locator("#language").select_option(tag)

    assert page.locator("body img, body iframe, body object, body math, body base").count() == 0
    assert page.locator("body script").count() == 5  # data, program packed, the rest of the data, start, program
    assert unbroken(page)


def test_saved_files_hold_hostile_texts_as_texts(open_page: Open, tmp_path: Path) -> None:
    page = open_page(PAGE)

    picture = save(page, "save-svg")
    picture.save_as(tmp_path / "a.svg")
    save(page, "save-nodes").save_as(tmp_path / "a.csv")

    svg = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "<script" not in svg
    assert "<img" not in svg
    assert "/" not in picture.suggested_filename
    cells = [
        c for row in csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"), newline="")) for c in row
    ]
    assert [c for c in cells if c[:1] in ("=", "+", "-", "@")] == []  # no cell is the start of a formula
    assert unbroken(page)


def test_the_policy_stops_what_would_get_through(open_page: Open) -> None:
    page = open_page(PAGE)

    stopped = page.evaluate(
        """() => new Promise(done => {
          document.addEventListener('securitypolicyviolation', e => done(e.effectiveDirective));
          const s = document.createElement('script'); s.textContent = 'globalThis.__broken = true'; document.body.append(s);
          setTimeout(() => done('nothing stopped it'), 1000);
        })"""
    )

    assert stopped == "script-src-elem"
    said = open_page.heard()
    assert [text.startswith("Executing inline script violates") for text in said] == [True]
    assert unbroken(page)
