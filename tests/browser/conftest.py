"""A browser page that must stay quiet: it may ask for nothing but its own file and say nothing on the console."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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


STATE = """() => [innerWidth, innerHeight, ...['print', '(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)',
  '(forced-colors: active)'].map(each => matchMedia(each).matches)]"""
"""What a test can change of a tab, whatever page it shows."""


class Tab:
    """A tab of the browser, in a context of its own, which shows one page after the other."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "accept_downloads": True, **options})
        context.add_init_script(CLIPBOARD)
        self.page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.state = self.page.evaluate(STATE)

    def clear(self) -> bool:
        """Whether the tab can be used again; it shows nothing then, the mouse rests in the corner, and nothing was asked for."""
        self.page.goto("about:blank")
        self.page.mouse.move(0, 0)
        self.asked.clear()
        self.said.clear()
        return bool(self.page.evaluate(STATE) == self.state)


class Open:
    """Opens pages from their files and listens to what they ask for and say.

    Pages keep nothing but their address, so that tabs are used again: opening one takes longer than most tests.
    """

    def __init__(self, browser: Browser, tabs: dict[str, list[Tab]], folder: Path) -> None:
        self.browser = browser
        self.tabs = tabs
        self.folder = folder
        self.used: list[tuple[str, Tab]] = []

    def __call__(
        self, shown: NetworkPage | ChartPage, fragment: str = "", *, name: str = "", own: bool = False, **options: Any
    ) -> Page:
        """The page, ready, in a tab with the given options; in its `own` where a test changes more than the page."""
        file = self.folder / (name or f"page-{len(self.used)}.html")
        if isinstance(shown, ChartPage):
            write_chart(shown, file)
        else:
            write_network(shown, file)
        kind = "" if own else repr(sorted(options.items()))
        free = self.tabs.get(kind, []) if kind else []
        tab = free.pop() if free else Tab(self.browser, **options)
        self.used.append((kind, tab))
        tab.page.goto(file.as_uri() + (f"#{fragment}" if fragment else ""))
        tab.page.locator("html[data-ready]").wait_for()
        return tab.page

    def heard(self) -> list[str]:
        """What the pages said so far, where a test expects them to."""
        said = [text for _, tab in self.used for text in tab.said]
        for _, tab in self.used:
            tab.said.clear()
        return said

    def close(self) -> tuple[list[str], list[str]]:
        """What the pages asked for beside their own files, and what they said; the tabs are free again."""
        home = (self.folder.as_uri(), "blob:", "data:,")
        outside = [url for _, tab in self.used for url in tab.asked if not url.startswith(home)]
        said = self.heard()
        changed = []
        for kind, tab in self.used:
            if kind and not tab.page.is_closed():
                if tab.clear():
                    self.tabs.setdefault(kind, []).append(tab)
                    continue
                changed.append(tab)
            tab.page.context.close()
        assert changed == [], "the test changes its tab: open the page with own=True"
        return outside, said


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


@pytest.fixture(scope="session")
def tabs(chromium: Browser) -> dict[str, list[Tab]]:
    """Tabs that no test uses at the moment, by the options that they were opened with."""
    return {}


@pytest.fixture
def open_page(chromium: Browser, tabs: dict[str, list[Tab]], tmp_path: Path) -> Iterator[Open]:
    """Opens a network page; checks at the end that it kept quiet."""
    opener = Open(chromium, tabs, tmp_path)
    yield opener

    assert opener.close() == ([], [])
