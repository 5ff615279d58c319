"""What an address asks for that the page does not have is said in one line; the rest of it counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from kg.views.page import Tie
from tests.browser.conftest import Open
from tests.browser.helpers import HUNDRED, over

_SAID = ": the address asks for this, but the page does not have it; what is usual is shown."


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("layout=circle&colour=country", "layout=circle"),
        ("lang=xx", "lang=xx"),
        ("selected=nobody", "selected=nobody"),
        ("off.type=ministry~dragon", "off.type=ministry, dragon"),
        ("camera=1,2,big", "camera=1,2,big"),
        ("sort.ties=weather~up", "sort.ties=weather, up"),
        ("steps=9&layuot=force&years=x&theme=pink", "steps=9, layuot=force, years=x, …"),
        ("%3Cb%3E=%E0%A4%A", "%3Cb%3E=%E0%A4%A"),
    ],
)
def test_what_the_page_lacks_is_said_where_it_is_seen_and_heard(open_page: Open, fragment: str, said: str) -> None:
    page = open_page(HUNDRED, fragment)

    expect(page.locator("#passed")).to_have_text(said + _SAID)
    expect(page.locator("#live")).to_have_text(said + _SAID)
    expect(page.locator("#layout")).to_have_value("force")


def test_an_address_that_the_page_understands_is_not_remarked_on(open_page: Open) -> None:
    whole = (
        "lang=es&theme=dark&table=nodes&sort.ties=relation~up&sort.nodes=name~down&selected=actor-6&focus=actor-6&steps=2&off.type=ministry~"
        "&years=1990-2013&undated=hide&others=fade&unconnected=hide&layout=radial~actor-6&colour=country&size=relations&outline=country"
        f"&pinned=actor-1~10~-20&{over('actor-6')}"
    )
    page = open_page(HUNDRED, whole)
    expect(page.locator("#passed")).to_be_hidden()
    page.evaluate("location.hash = 'layout=circle'")
    expect(page.locator("#passed")).to_contain_text("layout=circle")
    page.evaluate("location.hash = 'layout=radial~actor-6'")

    expect(page.locator("#passed")).to_be_hidden()


def test_many_relations_are_listed_in_parts(open_page: Open) -> None:
    """By hand: 150 at a time, so 151 more than the actor has are two parts and one relation."""
    own = sum("actor-9" in (t.source, t.target) for t in HUNDRED.ties)
    ties = tuple(Tie(id=f"more-{n}", source="actor-9", target="actor-8", type="support") for n in range(301 - own))
    page = open_page(replace(HUNDRED, ties=(*HUNDRED.ties, *ties)), "selected=actor-9")
    listed = page.locator("#details ul.relations > li")
    expect(listed).to_have_count(150)
    page.get_by_role("button", name="Show more (151 left)").click()
    expect(listed).to_have_count(300)
    page.get_by_role("button", name="Show more (1 left)").click()

    expect(listed).to_have_count(301)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()
