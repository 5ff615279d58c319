"""What a scenario changes: filtered by the legend, told in words by table, panel and saved drawing, without colour."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from kg.views.grouping import Change
from tests.browser.conftest import Open
from tests.browser.helpers import colours, counts, entry, rows, save
from tests.views.networks import network

POWER = ({"en": "Power"}, {"en": "0.2"}, {"en": "0.8"})
TWENTY = network(20)
SCENARIO = replace(
    TWENTY,
    changes={
        "rel-0": Change(kind="removed"),
        "rel-1": Change(kind="added"),
        "actor-3": Change(kind="changed", said=(POWER,)),
    },
    highlight=("rel-0", "rel-1", "actor-3"),
    highlight_label={"en": "scenario unity"},
)


def test_what_a_scenario_changes_is_shown_and_told(open_page: Open) -> None:
    page = open_page(SCENARIO, "selected=actor-3")
    ties = len(SCENARIO.ties)

    expect(page.locator("#highlight-name")).to_have_text("Highlight: scenario unity")
    expect(page.locator("#details")).to_contain_text("changed; Power: 0.2 today, 0.8 then")
    page.locator("#close-panel").click()
    assert page.locator("details.facet").first.get_attribute("data-facet") == "nodechange"
    for name, count in (("new", 1), ("gone", 1), ("as today", ties - 2)):
        expect(entry(page, "tiechange", name).locator(".count")).to_have_text(str(count))

    entry(page, "tiechange", "as today").click()
    assert counts(page)[2] == 2
    page.locator("#show-table").click()
    assert rows(page) == ["rel-0", "rel-1"]
    expect(page.locator("#table tbody tr").first).to_contain_text("gone")
    assert [] == [n["any"][0]["message"] for v in Axe().run(page).response["violations"] for n in v["nodes"]]

    page.locator("#show-picture").click()
    drawing = Path(save(page, "save-svg").path()).read_text(encoding="utf-8")
    assert all(f">{words}</text>" in drawing for words in ("new", "gone", "changed", "in the scenario: gone"))
    accent = 0x0550AE
    assert accent in colours(page)
    page.locator("#highlight-on").uncheck()
    page.wait_for_timeout(300)
    assert accent not in colours(page)
