"""A story: views that a reader clicks through, in the reader's language."""

from __future__ import annotations

import re
from dataclasses import replace

from playwright.sync_api import expect

from kg.views.opening import Step
from tests.browser.conftest import Open
from tests.browser.helpers import HUNDRED, counts
from tests.browser.test_access import findings
from tests.views.networks import analysed

STORY = replace(
    analysed(HUNDRED),
    story=(
        Step(state="layout=power", title={"en": "Power", "es": "Poder"}, text={"en": "Who has it."}),
        Step(state="focus=actor-6&selected=actor-6", title={"en": "One actor"}, text={"en": "And its neighbours."}),
        Step(state="table=ties", title={"en": "All relations"}, text={}),
    ),
)


def test_a_story_is_told_step_by_step(open_page: Open) -> None:
    page = open_page(STORY)
    title = page.locator("#story-title")

    expect(title).to_have_text("Power")
    assert page.locator("#layout").input_value() == "power"
    page.locator("#story-next").click()
    expect(title).to_have_text("One actor")
    expect(page.locator("#live")).to_contain_text("Step 2 of 3. One actor")
    assert counts(page)[0] < 100
    page.locator("#story-next").click()
    expect(page.locator("#tables")).to_be_visible()
    expect(page.locator("#story-next")).to_be_disabled()
    page.locator("#story-back").click()

    expect(title).to_have_text("One actor")
    expect(page).to_have_url(re.compile("story=2"))


def test_a_story_goes_on_in_the_language_and_colours_of_the_reader(open_page: Open) -> None:
    spanish = replace(STORY.story[1], state=f"{STORY.story[1].state}&lang=es")
    page = open_page(replace(STORY, story=(STORY.story[0], spanish, STORY.story[2])))

    page.locator("#language").select_option("fr")
    page.locator("#theme").select_option("dark")
    page.locator("#story-next").click()

    expect(page.locator("#story-place")).to_have_text("Étape 2 sur 3")
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_step_without_details_fits_the_room_that_they_leave(open_page: Open) -> None:
    first = replace(STORY.story[0], state="selected=actor-6")
    page = open_page(replace(STORY, story=(first, replace(first, state=""))))

    page.locator("#story-next").click()
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("#network")).to_have_js_property("clientWidth", 1000)
    page.locator("#zoom-in").click()
    page.wait_for_url("**camera=**")
    seen = page.url
    page.locator("#fit").click()
    page.locator("#zoom-in").click()

    expect(page).to_have_url(seen)


def test_a_story_can_be_left_and_taken_up(open_page: Open) -> None:
    page = open_page(STORY, "story=3&table=ties")

    page.locator("#story-close").click()
    expect(page.locator("#story")).to_be_hidden()
    page.locator("#tell").click()

    expect(page.locator("#story-title")).to_have_text("Power")


def test_a_story_follows_the_language_and_axe_finds_nothing(open_page: Open) -> None:
    page = open_page(STORY)
    assert findings(page) == []

    page.locator("#language").select_option("es")

    expect(page.locator("#story-title")).to_have_text("Poder")
    expect(page.locator("#story-place")).to_have_text("Paso 1 de 3")


def test_on_a_phone_a_step_about_an_actor_keeps_its_text_in_sight(open_page: Open) -> None:
    page = open_page(STORY, viewport={"width": 390, "height": 844})
    for step in range(2, len(STORY.story) + 1):
        page.locator("#story-next").click()
        expect(page.locator("#story-place")).to_contain_text(f"{step} of")
        expect(page.locator("#story-text")).to_be_in_viewport()
        expect(page.locator("#story-buttons")).to_be_in_viewport()


def test_a_page_can_open_on_a_view_and_leave_it(open_page: Open) -> None:
    page = open_page(replace(analysed(HUNDRED), state="layout=power&colour=camp"))
    assert page.locator("#layout").input_value() == "power"

    page.locator("#layout").select_option("force")
    page.locator("#colour").select_option("type")
    expect(page).to_have_url(re.compile("#whole$"))

    again = open_page(replace(analysed(HUNDRED), state="layout=power&colour=camp"), "whole")
    assert again.locator("#layout").input_value() == "force"


def test_at_the_last_step_the_keyboard_stays_in_the_story(open_page: Open) -> None:
    page = open_page(STORY)
    page.locator("#story-next").focus()
    for step in range(2, len(STORY.story) + 1):
        page.keyboard.press("Enter")
        expect(page.locator("#story-place")).to_contain_text(f"{step} of")

    expect(page.locator("#story-back")).to_be_focused()
