"""The overview of a large network: communities that open and close."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from kg.views import payload
from tests.browser.conftest import Open
from tests.browser.helpers import HUNDRED, colours, counts, middle, rows
from tests.browser.test_access import findings


@pytest.fixture(autouse=True)
def _overview_from_fifty_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(payload, "OVERVIEW", 50)
    monkeypatch.setattr(payload, "LARGE", 100)  # columns in pieces, and drawn a piece at a time
    monkeypatch.setattr(payload, "PIECE", 70)


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
    page.wait_for_timeout(100)
    assert folded != colours(page)
    page.locator("#refold").click()

    expect(page).not_to_have_url(re.compile("open="))


def test_a_click_opens_a_community(open_page: Open) -> None:
    place = {"actor-6": (0.0, 0.0)}
    page = open_page(replace(HUNDRED, positions={n.id: (0.0, 0.0) for n in HUNDRED.nodes} | place), "camera=0,0,1")
    x, y = middle(page)

    page.mouse.click(x, y)

    expect(page).to_have_url(re.compile("open=0"))
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


def test_search_shows_an_actor_of_a_closed_community_with_its_neighbours(open_page: Open) -> None:
    page = open_page(HUNDRED)

    page.locator("#search").press_sequentially(HUNDRED.nodes[6].labels["en"])
    page.locator("#search").press("Enter")

    expect(page.locator("#panel-title")).to_have_text(HUNDRED.nodes[6].labels["en"])


def test_the_table_holds_everything_whether_open_or_not(open_page: Open) -> None:
    page = open_page(HUNDRED, "table=nodes")

    assert rows(page) == [n.id for n in HUNDRED.nodes]


def test_every_actor_is_drawn_where_that_is_asked_for(open_page: Open) -> None:
    page = open_page(replace(HUNDRED, flat=True))

    expect(page.locator("#overview")).to_be_hidden()
