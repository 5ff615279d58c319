"""Briefs as a browser shows and prints them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

import kg
from kg.briefs.contents import brief
from kg.briefs.writing import html
from tests.briefs.test_briefs import THINGS


@pytest.mark.parametrize(
    ("thing", "lang"),
    [*((thing, "en") for thing in THINGS.values()), ("Ecuador", "fr"), ("Bolivia", "es")],  # those with most to say
)
def test_printed_it_takes_two_pages_and_axe_finds_nothing(chromium: Browser, tmp_path: Path, thing: str, lang: str) -> None:
    file = tmp_path / "brief.html"
    file.write_text(html(brief(kg.open().graph, thing, lang)), encoding="utf-8")
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
