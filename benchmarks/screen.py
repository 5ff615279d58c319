"""What a page shows in a fresh browser: when its first frame comes, and how many frames a second while it is panned.

Shown frames are those that the browser hands to its screen (CDP screencast) and that differ from the one before: animation
callbacks flatter pages that draw slower than they are called. Moves and acknowledgements are sent without waiting for an
answer, at the rate of a quick mouse, and the screencast is small, so that measuring takes little from what is measured;
`CEILING` is a page that does nothing but move one ready picture, and tells what this way of measuring can count at most.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, CDPSession, Error, Page, async_playwright

from tests.browser.conftest import ARGUMENTS, NAMES

__all__ = ["CEILING", "PATIENCE", "measured", "started_browsers"]

PATIENCE = 60.0
"""Seconds after which a page counts as showing nothing."""
PANNING = 1.5
"""Seconds of moving the picture about."""
MOVES = 70
"""Moves of the mouse in a second."""
BEFORE = 1.0
"""Seconds for the browser to finish its own start, which takes time from whatever is opened meanwhile."""
BETWEEN = 0.3
"""Seconds for what a page before has left, and for the process of the next one to start."""
AFTER = 0.7
"""Seconds for what follows the first frame, after which the page may take the time that it needs to come to rest."""

CEILING = """<!doctype html><html lang="en"><meta charset="utf-8"><title>ceiling</title>
<style>html,body,canvas{margin:0;width:100%;height:100%;display:block;overflow:hidden}</style><body><canvas id="shown"></canvas>
<script>
const [shown, kept] = [document.getElementById("shown"), document.createElement("canvas")];
for (const each of [shown, kept]) [each.width, each.height] = [innerWidth, innerHeight];
const [screen_, ready] = [shown, kept].map((each) => each.getContext("2d", {alpha: false}));
ready.fillStyle = "#fff"; ready.fillRect(0, 0, kept.width, kept.height); ready.fillStyle = "#06a";
for (let i = 0; i < 400; i++) ready.fillRect((i * 97) % kept.width, (i * 61) % kept.height, 9, 9);
let [x, y, asked] = [0, 0, false];
const show = () => { asked = false; screen_.fillRect(0, 0, kept.width, kept.height); screen_.drawImage(kept, x, y); };
show();
addEventListener("pointermove", (event) => {
  [x, y] = [event.clientX - 700, event.clientY - 120];
  if (!asked) requestAnimationFrame(show);
  asked = true;
});
requestAnimationFrame(() => { globalThis.firstFrame = performance.now(); });
</script></body></html>"""

_FIRST = "globalThis.firstFrame ?? performance.getEntriesByName('kg-shown')[0]?.startTime ?? null"

_REST = "new Promise(done => requestIdleCallback(done, {timeout: 5000}))"


@asynccontextmanager
async def started_browsers() -> AsyncIterator[Callable[[], Awaitable[Browser]]]:
    """A function that starts the system's browser and waits until it has come to rest; what it started is closed at the end."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        sys.exit("benchmarks.views: needs Chromium; install it")
    async with async_playwright() as playwright:

        async def start() -> Browser:
            browser = await playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
            warm = await browser.new_page()  # the first page of a browser pays for the start of others
            await warm.goto("about:blank")
            await asyncio.sleep(BEFORE)
            await warm.close()
            return browser

        yield start


async def measured(browser: Browser, file: Path, *, panned: bool) -> tuple[float, float] | None:
    """Milliseconds to the first frame and, where it is panned, frames shown a second, else 0; None after `PATIENCE`.

    The page is opened as in a fresh profile: nothing is kept from others, and it has a process of its own.
    """
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        page = await context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        await asyncio.sleep(BETWEEN)
        first = await _first_frame(page, file)
        if first is None:
            return None
        if panned:
            await asyncio.sleep(AFTER)
            await page.evaluate(_REST)
        return first, await _shown_fps(page) if panned else 0.0
    finally:
        await context.close()


async def _first_frame(page: Page, file: Path) -> float | None:
    """Milliseconds from the start of loading to the frame after the first drawing; None after `PATIENCE`."""
    deadline = time.monotonic() + PATIENCE
    try:
        await page.goto(file.as_uri(), wait_until="commit")
        while time.monotonic() < deadline:
            if (found := await page.evaluate(_FIRST)) is not None:
                return float(found)
            await asyncio.sleep(0.1)  # asking takes time from the page
    except Error:
        pass
    return None


class _Sender:
    """Sends commands without waiting for the answers, of which some never come once a page closes."""

    def __init__(self, session: CDPSession) -> None:
        self.session = session
        self.sent: set[asyncio.Task[Any]] = set()

    def __call__(self, method: str, values: dict[str, Any]) -> None:
        self.sent.add(asyncio.ensure_future(self.session.send(method, values)))

    async def done(self) -> None:
        """Soon: what a slow page has not answered by then it would answer for minutes, and nobody wants to know."""
        await asyncio.wait(self.sent, timeout=BETWEEN)
        for task in self.sent:
            if not task.done():
                task.cancel()
        await asyncio.gather(*self.sent, return_exceptions=True)


async def _shown_fps(page: Page) -> float:
    """Different frames a second that reach the screen while the picture is moved about."""
    session = await page.context.new_cdp_session(page)
    send = _Sender(session)
    frames: list[int] = []
    counting = True

    def arrived(event: dict[str, Any]) -> None:
        if counting:
            frames.append(hash(event["data"]))
            send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    session.on("Page.screencastFrame", arrived)
    await session.send("Page.startScreencast", {"format": "jpeg", "quality": 10, "maxWidth": 320, "maxHeight": 200})
    x, y = 700, 120
    await page.mouse.move(x, y)
    await page.mouse.down()
    start = time.monotonic()
    step = 0
    while (passed := time.monotonic() - start) < PANNING:
        step += 1
        at = {"x": x + (step * 3) % 160 - 80, "y": y + 60 + (step * 2) % 90}
        send("Input.dispatchMouseEvent", {"type": "mouseMoved", "button": "left", "buttons": 1, **at})
        await asyncio.sleep(max(0.0, start + step / MOVES - time.monotonic()))
    counting = False
    await send.done()
    distinct = 1 + sum(a != b for a, b in pairwise(frames)) if frames else 0
    return distinct / passed
