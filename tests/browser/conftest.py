"""A browser page that must stay quiet: it may ask for nothing but its own file and say nothing on the console."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kg.views.charts.html import write_chart
from kg.views.charts.page import ChartPage
from kg.views.html import write_network
from kg.views.page import NetworkPage

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What a page copies is kept here: the system's clipboard may answer late, or never, where no desktop runs.
CLIPBOARD = """
  globalThis.copied = [];
  Object.defineProperty(navigator.clipboard, 'writeText', {
    value: async text => {
      if (globalThis.clipboardRefuses) throw new Error('refused');
      globalThis.copied.push(text);
    },
  });
  document.addEventListener('copy', () => globalThis.copied.push(document.activeElement.value));
"""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Open:
    """Opens pages from their files and listens to what they ask for and say."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.contexts: list[BrowserContext] = []
        self.asked: list[str] = []
        self.said: list[str] = []

    def __call__(self, shown: NetworkPage | ChartPage, fragment: str = "", *, name: str = "", **options: Any) -> Page:
        """The page, ready, in a context with the given options."""
        file = self.folder / (name or f"page-{len(self.contexts)}.html")
        if isinstance(shown, ChartPage):
            write_chart(shown, file)
        else:
            write_network(shown, file)
        context = self.browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "accept_downloads": True, **options}
        )
        self.contexts.append(context)
        context.add_init_script(CLIPBOARD)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.goto(file.as_uri() + (f"#{fragment}" if fragment else ""))
        page.locator("html[data-ready]").wait_for()
        return page


def open_every_facet(page: Page) -> None:
    """Opens the sections of the legend that are closed."""
    closed = page.locator("details.facet:not([open]) > summary")
    while closed.count():
        closed.first.click()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(item.path).parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; without one every browser test is skipped, and says so."""
    found = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.skip("NO BROWSER: nothing of the views was tested in one; install chromium or set KG_CHROMIUM to one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a network page; checks at the end that it kept quiet."""
    opener = Open(chromium, tmp_path)
    yield opener
    outside = [url for url in opener.asked if not url.startswith((tmp_path.as_uri(), "blob:", "data:,"))]
    for context in opener.contexts:
        context.close()

    assert (outside, opener.said) == ([], [])
