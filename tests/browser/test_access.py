"""The network page by keyboard, by screen reader, on a phone, and as axe sees it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kg.views.page import NetworkPage, Node, Tie, TieType
from tests.browser.conftest import Open, open_every_facet
from tests.browser.helpers import middle
from tests.views.networks import network

HUNDRED = network(100)
TWENTY = network(20)
CROSS = NetworkPage(
    title={"en": "Cross"},
    nodes=tuple(Node(id=i, labels={"en": i.title()}) for i in ("middle", "east", "west", "south", "north", "far")),
    ties=tuple(Tie(id=f"t-{i}", source="middle", target=i, type="support") for i in ("east", "west", "south", "north")),
    tie_types=(TieType(id="support", labels={"en": "supports"}, sign=1),),
    positions={
        "middle": (0, 0),
        "east": (100, 5),
        "west": (-100, 0),
        "south": (0, 100),
        "north": (3, -100),
        "far": (300, 0),
    },
)


def findings(page: Page) -> list[str]:
    return [f"{v['id']}: {n['html'][:120]}" for v in Axe().run(page).response["violations"] for n in v["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "fragment",
    ["", "selected=actor-6&focus=actor-6", "selected=rel-3", "table=ties&sort.ties=to~up", "table=nodes&off.type=company"],
)
def test_axe_finds_nothing(open_page: Open, scheme: str, width: int, fragment: str) -> None:
    shown = TWENTY if "table" in fragment else HUNDRED  # axe takes its time over large tables
    page = open_page(shown, fragment, color_scheme=scheme, viewport={"width": width, "height": 800})

    assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(open_page: Open, scheme: str) -> None:
    page = open_page(HUNDRED, color_scheme=scheme)
    open_every_facet(page)
    page.locator("#search").press_sequentially("fed")
    page.locator("#search").press("ArrowDown")
    assert findings(page) == []

    page.locator("#search").press("Escape")
    page.locator("#save-menu summary").click()
    assert findings(page) == []

    page.keyboard.press("Escape")
    page.locator("#help-button").click()
    assert findings(page) == []


def test_arrows_walk_along_relations_and_the_live_region_says_where(open_page: Open) -> None:
    page = open_page(CROSS)
    page.locator("#network").focus()
    live = page.locator("#live")

    page.keyboard.press("ArrowRight")
    expect(live).to_contain_text("Middle. 4 relations")
    for key, name in (
        ("ArrowRight", "East"),
        ("ArrowLeft", "Middle"),
        ("ArrowDown", "South"),
        ("ArrowUp", "Middle"),
        ("ArrowUp", "North"),
    ):
        page.keyboard.press(key)
        expect(page.locator("#panel-title")).to_have_text(name)
        expect(live).to_contain_text(f"supports (+). {name}")
    page.keyboard.press("ArrowUp")

    expect(live).to_contain_text("No relation leads that way")


def test_keys_reach_actors_that_no_relation_reaches(open_page: Open) -> None:
    page = open_page(CROSS)
    page.locator("#network").focus()

    seen = []
    for _ in range(6):
        page.keyboard.press("PageDown")
        seen.append(page.locator("#panel-title").inner_text())
    page.keyboard.press("Home")

    assert seen == ["East", "Far", "Middle", "North", "South", "West"]
    expect(page.locator("#panel-title")).to_have_text("Middle")


def test_enter_reads_the_details_and_escape_returns(open_page: Open) -> None:
    page = open_page(CROSS)
    page.locator("#network").focus()
    page.keyboard.press("Home")

    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#focus-here")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator("#network")).to_be_focused()
    expect(page.locator("#panel")).to_be_hidden()


def test_the_other_keys(open_page: Open) -> None:
    page = open_page(CROSS)
    page.locator("#network").focus()
    page.keyboard.press("Home")

    page.keyboard.press("f")
    expect(page.locator("#crumbs [aria-current]")).to_have_text("Middle")
    page.keyboard.press("3")
    expect(page.locator("#steps-3")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("camera="))
    page.keyboard.press("-")
    page.keyboard.press("0")
    expect(page).not_to_have_url(re.compile("camera="))
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#network").focus()
    page.keyboard.press("/")

    expect(page.locator("#search")).to_be_focused()


def test_the_skip_button_leads_to_the_picture(open_page: Open) -> None:
    page = open_page(CROSS)

    page.keyboard.press("Tab")
    expect(page.locator("#to-picture")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#network")).to_be_focused()


@pytest.mark.parametrize("fragment", ["selected=actor-6&focus=actor-6", "table=ties&selected=rel-3"])
@pytest.mark.parametrize("width", [1280, 390])
def test_targets_are_24_pixels(open_page: Open, fragment: str, width: int) -> None:
    page = open_page(HUNDRED, fragment, viewport={"width": width, "height": 800})

    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, label.entry, #search')]
          .filter(e => e.checkVisibility() && !e.closest('.skip'))
          .map(e => [e.id || e.textContent, e.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24)
          .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )

    assert small == []


def test_a_name_without_spaces_leaves_room_for_the_other_columns(open_page: Open) -> None:
    name = "ConfederaciónNacionalDeOrganizacionesCampesinasIndígenasYNegras" * 2
    nodes = (replace(HUNDRED.nodes[0], labels={"en": name}), *HUNDRED.nodes[1:])
    page = open_page(replace(HUNDRED, nodes=nodes), "table=nodes", viewport={"width": 390, "height": 844})
    box = page.locator("#table tbody th").first.bounding_box()

    assert box
    assert box["width"] <= 340


@pytest.mark.parametrize("fragment", ["", "selected=actor-5", "table=nodes", "lang=es&selected=rel-3"])
def test_a_phone_scrolls_in_one_direction_only(open_page: Open, fragment: str) -> None:
    page = open_page(HUNDRED, fragment, viewport={"width": 390, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.getElementById('network').getBoundingClientRect().width || 390") == 390


def test_text_twice_as_large_stays_usable(open_page: Open) -> None:
    page = open_page(HUNDRED, "selected=actor-5", viewport={"width": 640, "height": 400})  # 1280 x 800 at 200 %

    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_what_was_pressed_in_the_panel_leads_on_by_keyboard(open_page: Open) -> None:
    page = open_page(CROSS, "selected=middle")
    page.locator("#details button.relation").first.focus()

    page.keyboard.press("Enter")  # to a relation, and with the first button to one of its ends
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#panel-title")).to_have_text("Middle")
    expect(page.locator("#panel-title")).to_be_focused()


def test_on_a_phone_relations_are_told_below_the_picture(open_page: Open) -> None:
    page = open_page(CROSS, "camera=50,2.5,2", viewport={"width": 390, "height": 844})
    title = page.locator("#panel-title")

    def low() -> float:
        box = title.bounding_box()
        assert box
        return box["y"]

    x, y = middle(page)
    page.mouse.click(x, y)
    expect(title).to_have_text("Middle — supports — East")
    assert 0 < low() < 0.65 * 844

    page.mouse.click(x, y + 150)  # beside everything: nothing is chosen
    page.locator("#search").fill("Middle")
    page.keyboard.press("Enter")
    page.locator("#details button.relation").last.scroll_into_view_if_needed()
    page.mouse.wheel(0, 2000)
    page.locator("#details button.relation").last.click()
    expect(title).to_contain_text("—")
    assert 0 < low() < 0.65 * 844


WORDS_IN_PIECES = """count => {
  for (const each of document.querySelectorAll('.entry .count')) each.textContent = count;
  return [...document.querySelectorAll('.entry .data')].flatMap(({firstChild: words}) =>
    [...words.data.matchAll(/\\S+/g)].filter(({0: word, index}) => {
      const range = document.createRange();
      range.setStart(words, index);
      range.setEnd(words, index + word.length);
      return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1;
    }).map(([word]) => word));
}"""


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_no_word_of_the_legend_is_broken_however_large_the_counts(open_page: Open, lang: str) -> None:
    page = open_page(HUNDRED, f"lang={lang}")
    open_every_facet(page)

    assert page.evaluate(WORDS_IN_PIECES, "37,290") == []


def test_what_takes_itself_away_hands_the_keyboard_on(open_page: Open) -> None:
    page = open_page(HUNDRED, "focus=actor-0~actor-3&pinned=actor-1~40~-30")
    canvas = page.locator("#network")

    page.locator("#crumbs button").last.press("Enter")
    expect(canvas).to_be_focused()
    page.locator("#unpin").press("Enter")
    expect(page.locator("#unpin")).to_be_hidden()
    expect(canvas).to_be_focused()

    page = open_page(HUNDRED, "table=ties")
    page.locator("#more-rows").press("Enter")
    expect(page.locator("#table tbody tr").nth(300).get_by_role("button")).to_be_focused()


@pytest.mark.parametrize("leave", ["Escape", "Enter"])  # anywhere in the panel, or on the button that closes it
@pytest.mark.parametrize("width", [1280, 390])
def test_details_opened_from_the_table_are_seen_and_lead_back_to_their_row(open_page: Open, leave: str, width: int) -> None:
    page = open_page(TWENTY, "table=ties", viewport={"width": width, "height": 844})
    row = page.locator("#table tbody tr[data-id=rel-3] button")

    row.press("Enter")
    expect(page.locator("#panel-title")).to_be_in_viewport()
    page.locator("#close-panel").press(leave)

    expect(page.locator("#panel")).to_be_hidden()
    expect(row).to_be_focused()


def test_the_keyboard_goes_on_in_the_table_where_that_is_shown(open_page: Open) -> None:
    page = open_page(TWENTY, "table=ties&focus=actor-0")

    page.locator("#crumbs button").press("Enter")

    expect(page.locator("#table")).to_be_focused()


@pytest.mark.parametrize(("lang", "width"), [("en", 390), ("es", 390), ("fr", 390), ("en", 320), ("es", 320), ("fr", 360)])
def test_on_a_phone_the_tools_stay_on_one_line(open_page: Open, lang: str, width: int) -> None:
    page = open_page(HUNDRED, f"lang={lang}", viewport={"width": width, "height": 844})

    assert page.locator("#tools").evaluate("each => each.getBoundingClientRect().height") < 48
    for each in page.locator("#tools button:visible, #tools select, #tools summary").all():
        box = each.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
