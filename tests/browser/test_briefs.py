"""Briefs as a browser shows and prints them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from kg.briefs.contents import brief
from kg.briefs.writing import html
from kg.views.colours import BACKGROUND, BACKGROUND_DARK, contrast
from tests.briefs.test_briefs import THINGS
from tests.shipped import shipped_graph


@pytest.mark.parametrize(
    ("thing", "lang"),
    [
        *((thing, "en") for thing in THINGS.values()),
        ("Ecuador", "fr"),
        ("Bolivia", "es"),
        ("Bolivia", "fr"),
    ],  # those with most to say
)
def test_printed_it_takes_two_pages_and_axe_finds_nothing(chromium: Browser, tmp_path: Path, thing: str, lang: str) -> None:
    file = tmp_path / "brief.html"
    file.write_text(html(brief(shipped_graph().graph, thing, lang)), encoding="utf-8")
    said: list[str] = []
    page = chromium.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url))
    page.goto(file.as_uri())
    pages = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True)))
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, media="screen")
        found += [violation["id"] for violation in Axe().run(page).response["violations"]]
    page.close()

    assert pages <= 2
    assert found == []
    assert [each for each in said if not each.startswith("data:")] == [file.as_uri()]


GROUND_AND_WORDS = """() => {
  const paint = (selector, property) => [...new Set([...document.querySelectorAll(selector)].map(
    each => getComputedStyle(each)[property].match(/[0-9]+/g).map(part => Number(part).toString(16).padStart(2, '0')).join('')))];
  return {ground: paint('figure rect', 'fill'), words: paint('figure text', 'fill'),
    page: paint('body', 'backgroundColor')};
}"""


@pytest.mark.parametrize("thing", ["Ecuador", "CONAIE"])  # a grid of power and interest, and a network
def test_the_map_is_dark_where_the_page_is_and_bright_on_paper(chromium: Browser, tmp_path: Path, thing: str) -> None:
    file = tmp_path / "brief.html"
    file.write_text(html(brief(shipped_graph().graph, thing)), encoding="utf-8")
    page = chromium.new_page(color_scheme="dark")
    page.goto(file.as_uri())
    on_screen = page.evaluate(GROUND_AND_WORDS)
    page.emulate_media(media="print")
    on_paper = page.evaluate(GROUND_AND_WORDS)
    page.close()

    assert on_screen["ground"] == on_screen["page"] == [BACKGROUND_DARK.removeprefix("#")]
    assert on_paper["ground"] == on_paper["page"] == [BACKGROUND.removeprefix("#")]
    for shown in (on_screen, on_paper):
        assert min(contrast(f"#{words}", f"#{shown['ground'][0]}") for words in shown["words"]) >= 4.5  # WCAG 2.2, 1.4.3


@pytest.mark.parametrize("width", [390, 1280])
def test_the_map_of_a_country_is_as_large_as_its_place(chromium: Browser, tmp_path: Path, width: int) -> None:
    """Its names are 12 pixels high where it is drawn as large as it is: a high map that shrinks to a window cannot be read."""
    file = tmp_path / "brief.html"
    file.write_text(html(brief(shipped_graph().graph, "Ecuador")), encoding="utf-8")
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(file.as_uri())
    scale = page.evaluate(
        "(each => each.getBoundingClientRect().width / each.viewBox.baseVal.width)(document.querySelector('svg'))"
    )
    page.close()

    assert scale >= 0.9
