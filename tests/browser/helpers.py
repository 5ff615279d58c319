"""What the browser tests share: the page they look at, and reading it as a person would."""

from __future__ import annotations

import math
import re
from typing import Any

from playwright.sync_api import Download, Page

from kg.views.layout import layout
from tests.views.networks import network

HUNDRED = network(100)


def over(node: str, scale: float = 1.5) -> str:
    """The part of the address that puts a node into the middle of the picture."""
    at = {each.id: index for index, each in enumerate(HUNDRED.nodes)}
    places = layout(len(at), [(at[t.source], at[t.target]) for t in HUNDRED.ties if t.target in at])
    x, y = places[at[node]]
    return f"camera={x},{y},{scale}"


def camera_over(node: str, scale: float) -> str:
    """The same as the page writes it: whole pixels and three decimals."""
    x, y, k = (float(each) for each in over(node, scale).removeprefix("camera=").split(","))
    return f"camera={math.floor(x + 0.5)},{math.floor(y + 0.5)},{k:.3f}"


def middle(page: Page) -> tuple[float, float]:
    box = page.locator("#network").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def colours(page: Page) -> set[int]:
    """The colours of the picture."""
    found = page.evaluate(
        """() => {
          const shown = document.getElementById('network');
          const copy = Object.assign(document.createElement('canvas'), {width: shown.width, height: shown.height});
          const pen = copy.getContext('2d', {willReadFrequently: true});
          pen.drawImage(shown, 0, 0);
          const data = pen.getImageData(0, 0, copy.width, copy.height).data;
          const found = new Set();
          for (let i = 0; i < data.length; i += 4) found.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
          return [...found];
        }"""
    )
    return set(found)


def counts(page: Page) -> list[int]:
    return [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", page.locator("#counts").inner_text())]


def entry(page: Page, facet: str, name: str) -> Any:
    box = page.locator(f"details[data-facet={facet}]")
    if not box.evaluate("d => d.open"):
        box.locator("summary").click()
    return box.locator("label").filter(has=page.locator(".data", has_text=re.compile(f"^{name}$")))


def save(page: Page, item: str) -> Download:
    page.locator("#save-menu summary").click()
    with page.expect_download() as download:
        page.locator(f"#{item}").click()
    return download.value


def rows(page: Page) -> list[str]:
    return page.locator("#table tbody tr").evaluate_all("all => all.map(row => row.dataset.id)")  # type: ignore[no-any-return]


def copied(page: Page) -> str:
    """The text that the page copied last."""
    return str(page.evaluate("globalThis.copied.at(-1)"))
