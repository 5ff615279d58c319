"""The picture, the panel and the table of the network page, each control used once as a person would."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from kg.views.layout import layout
from kg.views.page import NetworkPage
from tests.browser.conftest import Open
from tests.browser.helpers import HUNDRED, camera_over, colours, copied, counts, middle, over, rows
from tests.views.networks import network


def test_it_opens_with_everything_shown(open_page: Open) -> None:
    page = open_page(HUNDRED)

    assert page.title() == "100 actors"
    assert page.locator("html").get_attribute("lang") == "en"
    assert counts(page) == [100, 100, 302, 302]
    for drawn in (0x1B6CA8, 0x8A4B08, 0xFFFFFF):  # social, public, ground
        assert drawn in colours(page)


# Writes down which lines end where and which round forms stand where, in the first drawing and in each later one.
DRAWINGS = """
  globalThis.drawings = [[]];
  const { lineTo, bezierCurveTo, arc, fillRect } = CanvasRenderingContext2D.prototype;
  const told = (canvas, drawn, ...values) => {
    if (canvas.id === 'network') globalThis.drawings.at(-1).push([drawn, ...values.map(Math.round)].join(' '));
  };
  Object.assign(CanvasRenderingContext2D.prototype, {
    lineTo(x, y) { told(this.canvas, 'line', x, y); lineTo.call(this, x, y); },
    bezierCurveTo(...v) { told(this.canvas, 'curve', v[4], v[5]); bezierCurveTo.apply(this, v); },
    arc(x, y, ...v) { told(this.canvas, 'circle', x, y); arc.call(this, x, y, ...v); },
    fillRect(...v) { if (this.canvas.id === 'network') globalThis.drawings.push([]); fillRect.apply(this, v); },
  });
"""
SECOND_DRAWING = """
  new Promise(done => {
    const look = () => {
      const drawn = drawings.filter(each => each.length);
      if (drawn.length > 1) done([drawn[0], drawn.at(-1)]); else requestAnimationFrame(look);
    };
    look();
  })
"""


def test_the_first_frame_has_every_actor_and_relation(open_page: Open) -> None:
    page = open_page(HUNDRED, own=True)
    page.add_init_script(DRAWINGS)
    page.reload()
    page.locator("html[data-ready]").wait_for()
    page.wait_for_timeout(300)  # at rest: what is read after the first frame may be shown by the drawing kept for movement
    page.emulate_media(color_scheme="dark")  # so everything is drawn anew, at the same places
    first, later = page.evaluate(SECOND_DRAWING)

    def lines(drawing: list[str]) -> list[str]:
        return sorted(each for each in drawing if not each.startswith("circle"))

    assert lines(first) == lines(later)  # relations, arrows, forms with corners
    assert len(lines(first)) > len(HUNDRED.ties)
    assert set(first) <= set(later)  # where the round signs on relations are added


def test_a_click_on_an_actor_opens_what_is_known_about_it(open_page: Open) -> None:
    page = open_page(HUNDRED, over("actor-6"))
    x, y = middle(page)
    node = HUNDRED.nodes[6]
    own = [t for t in HUNDRED.ties if node.id in (t.source, t.target)]

    page.mouse.click(x, y)

    details = page.locator("#details")
    expect(details.locator("h2")).to_have_text(node.labels["en"])
    for text in (*node.labels.values(), node.acronym, "founded", f"{len(own)} relations"):
        expect(details).to_contain_text(text)
    expect(details.locator(".relations > li")).to_have_count(len(own))
    link = details.get_by_role("link", name="https://example.org/6")
    assert link.get_attribute("rel") == "noopener noreferrer"
    page.locator("#close-panel").click()
    expect(page.locator("#panel")).to_be_hidden()


def test_a_relation_shows_everything_with_its_evidence(open_page: Open) -> None:
    tie = next(
        t for t in HUNDRED.ties if t.hedges and t.start and t.issues and t.evidence and t.evidence[0].source == "src-2"
    )
    page = open_page(HUNDRED, f"selected={tie.id}")
    item = tie.evidence[0]
    details = page.locator("#details")

    for text in (tie.start, tie.status, tie.confidence, tie.modality, "perhaps", item.paraphrase["en"], item.characters):
        expect(details).to_contain_text(text)
    expect(details.locator("cite")).to_have_text("Annual report")
    address = details.get_by_text("https://example.org/report?a=1&b=2")
    assert address.evaluate("element => element.closest('a')") is None  # addresses of sources are plain text


def test_an_inherited_relation_leads_to_the_one_it_follows_from(open_page: Open) -> None:
    tie = next(t for t in HUNDRED.ties if t.inherited_from)
    page = open_page(HUNDRED, f"selected={tie.id}")

    page.locator("dt", has_text="Follows from").locator("xpath=following-sibling::dd[1]").get_by_role("button").click()

    expect(page).to_have_url(re.compile(f"selected={tie.inherited_from}$"))


def test_a_relation_about_a_relation_is_told_at_both(open_page: Open) -> None:
    page = open_page(HUNDRED, "selected=rel-0")

    page.locator("dt", has_text="Relations that refer").locator("xpath=following-sibling::dd[1]").get_by_role(
        "button"
    ).click()

    expect(page).to_have_url(re.compile("selected=rel-on-rel$"))
    expect(page.locator("#panel-title")).to_contain_text("influences")


def test_a_citation_is_copied(open_page: Open) -> None:
    tie = HUNDRED.ties[1]
    page = open_page(HUNDRED, f"selected={tie.id}")

    page.get_by_role("button", name="Copy as citation").click()

    expect(page.locator(".done")).to_have_text("Copied")
    citation = copied(page)
    for text in (
        HUNDRED.nodes[int(tie.source[6:])].labels["en"],
        tie.evidence[0].paraphrase["en"],
        "“Actors”",
        "A. Author (2013): Context analysis",
    ):
        assert text in citation


def test_a_citation_is_copied_where_the_page_may_not_use_the_clipboard(open_page: Open) -> None:
    page = open_page(HUNDRED, f"selected={HUNDRED.ties[1].id}")
    page.evaluate("globalThis.clipboardRefuses = true")

    page.get_by_role("button", name="Copy as citation").click()

    expect(page.locator(".done")).to_have_text("Copied")
    assert HUNDRED.ties[1].evidence[0].paraphrase["en"] in copied(page)


def test_focus_shows_one_to_three_steps_and_leads_back(open_page: Open) -> None:
    page = open_page(HUNDRED, "selected=actor-6")
    pairs = [(t.source, t.target) for t in HUNDRED.ties if t.id != "rel-on-rel"]
    pairs += [("actor-2", end) for end in (HUNDRED.ties[0].source, HUNDRED.ties[0].target)]  # it leads to both ends of rel-0
    pairs += [(b, a) for a, b in pairs[:-2]]
    near = {"actor-6"}
    sizes = []
    for _ in range(3):
        near |= {b for a, b in pairs if a in near}
        sizes.append(len(near))

    page.locator("#focus-here").click()
    found = [counts(page)[0]]
    for steps in (2, 3):
        page.locator(f"#steps-{steps}").click()
        found.append(counts(page)[0])
    assert found == sizes

    page.locator("#steps-1").click()
    page.locator("#details .relations button.relation").first.click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Whole network").click()
    assert counts(page)[0] == 100


def test_escape_takes_back_one_thing_at_a_time(open_page: Open) -> None:
    page = open_page(HUNDRED, "selected=actor-3&focus=actor-6~actor-3")
    crumbs = page.locator("#crumbs li")
    expect(crumbs).to_have_count(3)

    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(crumbs).to_have_count(3)
    page.keyboard.press("Escape")
    expect(crumbs).to_have_count(2)
    page.keyboard.press("Escape")

    expect(page.locator("#trail")).to_be_hidden()
    assert counts(page)[0] == 100


def test_a_dragged_actor_is_pinned_and_released(open_page: Open) -> None:
    page = open_page(HUNDRED, over("actor-0"))
    x, y = middle(page)

    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.up()

    expect(page).to_have_url(re.compile("pinned=actor-0~"))
    page.locator("#unpin").click()
    expect(page).not_to_have_url(re.compile("[#&]pinned"))


def test_moving_and_zooming(open_page: Open) -> None:
    page = open_page(HUNDRED)

    def scale_after(act: Callable[[], object]) -> float:
        before = page.url
        act()
        expect(page).not_to_have_url(before)
        return float(page.url.rpartition(",")[2])

    nearer = scale_after(page.locator("#zoom-in").click)
    farther = scale_after(page.locator("#zoom-out").click)
    page.mouse.move(700, 400)
    wheeled = scale_after(lambda: page.mouse.wheel(0, -600))
    page.mouse.move(300, 700)
    page.mouse.down()
    page.mouse.move(400, 740, steps=3)
    moved = scale_after(page.mouse.up)
    page.locator("#fit").click()

    assert farther < nearer
    assert farther < wheeled
    assert moved == wheeled
    expect(page).not_to_have_url(re.compile("camera"))


def test_two_fingers_zoom(open_page: Open) -> None:
    page = open_page(HUNDRED, own=True, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    box = page.locator("#network").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    client = page.context.new_cdp_session(page)

    def touch(kind: str, *gaps: int) -> None:
        points = [{"x": x + side * gap, "y": y, "id": i} for gap in gaps for i, side in enumerate((-1, 1))]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 40)
    touch("touchMove", 70)
    touch("touchMove", 120)
    touch("touchEnd")

    expect(page).to_have_url(re.compile("camera="))


def test_a_double_click_focuses(open_page: Open) -> None:
    page = open_page(HUNDRED, over("actor-9"))
    x, y = middle(page)

    page.mouse.dblclick(x, y)

    expect(page.locator("#crumbs [aria-current]")).to_have_text(HUNDRED.nodes[9].acronym)


def test_languages_switch_everything(open_page: Open) -> None:
    page = open_page(HUNDRED, "selected=actor-6")

    for tag, title, close in (
        ("es", "100 actores", "Cerrar"),
        ("fr", "100 acteurs", "Fermer"),
        ("en", "100 actors", "Close"),
    ):
        page.locator("#language").select_option(tag)
        expect(page.locator("#panel-title")).to_have_text(HUNDRED.nodes[6].labels[tag])
        expect(page.locator("#title")).to_have_text(title)
        assert page.title() == title
        assert page.locator("html").get_attribute("lang") == tag
        expect(page.locator("#close-panel")).to_have_attribute("aria-label", close)


def test_dark_and_light(open_page: Open) -> None:
    page = open_page(HUNDRED)

    assert 0xFFFFFF in colours(page)
    page.locator("#theme").select_option("dark")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    assert 0x14181D in colours(page)
    assert 0xFFFFFF not in colours(page)


@pytest.mark.parametrize("size", [20, 100])
def test_the_table_says_what_the_picture_says(open_page: Open, size: int) -> None:
    made = network(size)
    page = open_page(made, "off.sign=negative&table=ties")
    hostile = {"tension", "accusation"}
    left = [t for t in made.ties if t.type not in hostile]
    left = [t for t in left if t.target.startswith("actor") or t.target in {e.id for e in left}]
    while page.locator("#more-rows").count():
        page.locator("#more-rows").click()

    assert set(rows(page)) == {t.id for t in left}
    assert counts(page)[2] == len(left)
    page.locator("#table-nodes").click()
    assert set(rows(page)) == {n.id for n in made.nodes}


def test_a_double_click_shows_all_of_the_focus(open_page: Open) -> None:
    below = {n.id: (float(place % 10 * 90), 300.0 + place // 10 * 90) for place, n in enumerate(HUNDRED.nodes)}
    page = open_page(replace(HUNDRED, positions=below | {"actor-6": (400.0, 0.0)}), "camera=400,0,1")
    page.mouse.dblclick(*middle(page))

    expect(page.locator("#crumbs [aria-current]")).to_have_text(HUNDRED.nodes[6].acronym)
    page.wait_for_timeout(500)
    assert "camera=" not in page.url  # everything fits, and the reader has moved nowhere


def test_a_highlight_that_is_long_to_name_leaves_room_for_the_picture(open_page: Open) -> None:
    names = ", ".join(n.labels["en"] for n in HUNDRED.nodes)
    page = open_page(replace(HUNDRED, highlight=("actor-1",), highlight_label={"en": f"coalition: {names}"}))
    box = page.locator("#network").bounding_box()

    assert box
    assert box["height"] > 400  # of 800
    expect(page.locator("#highlight")).to_contain_text(HUNDRED.nodes[-1].labels["en"])


@pytest.mark.parametrize(("column", "known"), [("start", "dates"), ("confidence", "levels")])
@pytest.mark.parametrize("way", ["up", "down"])
def test_rows_of_which_nothing_is_known_stand_last(open_page: Open, column: str, known: str, way: str) -> None:
    ties = tuple(replace(t, confidence="" if place % 3 == 0 else t.confidence) for place, t in enumerate(HUNDRED.ties))
    of = {t.id: t.start if known == "dates" else t.confidence for t in ties}
    page = open_page(replace(HUNDRED, ties=ties), f"table=ties&sort.ties={column}~{way}")
    page.locator("#more-rows").click()
    expect(page.locator("#more-rows")).to_have_count(0)

    told = [bool(of[row]) for row in rows(page)]
    assert told == sorted(told, reverse=True)
    assert len(told) == len(ties)


def test_the_table_sorts_both_ways(open_page: Open) -> None:
    page = open_page(HUNDRED, "table=nodes")
    head = page.locator("th", has=page.locator("[data-column=relations]"))

    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")

    degree = {n.id: sum(n.id in (t.source, t.target) for t in HUNDRED.ties) for n in HUNDRED.nodes}
    found = [degree[each] for each in rows(page)]
    assert found == sorted(degree.values(), reverse=True)


def test_a_row_of_the_table_opens_its_details(open_page: Open) -> None:
    page = open_page(HUNDRED, "table=ties")

    page.locator("#table tbody button").first.click()

    expect(page.locator("#panel")).to_be_visible()
    expect(page.locator("tr.selected")).to_have_count(1)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_opens_on_what_is_highlighted_and_shows_all_when_asked(open_page: Open, width: int) -> None:
    """One actor is drawn at 1.6, the most that a picture opens with; a click on + is 1.3 times as large."""
    page = open_page(replace(HUNDRED, highlight=("actor-50",)), viewport={"width": width, "height": 800})
    page.locator("#zoom-in").click()
    expect(page).to_have_url(re.compile(f"#{camera_over('actor-50', 2.08)}$"))
    page.locator("#fit").click()
    expect(page).not_to_have_url(re.compile("2.080$"))

    scale = float(page.url.rpartition(",")[2])
    assert scale < 1


def test_highlighted_things_stand_out_until_switched_off(open_page: Open) -> None:
    marked: NetworkPage = replace(HUNDRED, highlight=("rel-3", "actor-50", "gone"), highlight_label={"en": "allies of X"})
    page = open_page(marked, "table=ties")

    expect(page.locator("#highlight-name")).to_have_text("Highlight: allies of X")
    expect(page.locator("tr.highlighted")).to_have_count(1)
    page.locator("#highlight-on").uncheck()

    expect(page).to_have_url(re.compile("highlight=off"))
    expect(page.locator("tr.highlighted")).to_have_count(0)


def test_a_page_can_open_on_a_focus(open_page: Open) -> None:
    page = open_page(replace(HUNDRED, focus="actor-6", focus_steps=2))

    expect(page.locator("#steps-2")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#crumbs [aria-current]")).to_have_text(HUNDRED.nodes[6].acronym)
    assert counts(page)[0] < 100


def test_help_opens_and_closes(open_page: Open) -> None:
    page = open_page(HUNDRED)

    page.locator("#help-button").click()
    expect(page.locator("#help")).to_be_visible()
    page.get_by_role("button", name="Close").last.click()

    expect(page.locator("#help")).to_be_hidden()


def test_an_empty_network_says_so(open_page: Open) -> None:
    page = open_page(NetworkPage(title={"en": "Nothing"}))

    assert counts(page) == [0, 0, 0, 0]
    page.locator("#show-table").click()
    expect(page.locator("caption")).to_have_text("0 of 0 relations")


@pytest.mark.parametrize("size", [500, 2000])
def test_large_networks_open(open_page: Open, size: int) -> None:
    page = open_page(network(size))

    assert counts(page)[:2] == [size, size]


def test_whoever_is_chosen_from_afar_is_not_hidden_by_the_panel(open_page: Open) -> None:
    at = {each.id: index for index, each in enumerate(HUNDRED.nodes)}
    places = layout(len(at), [(at[t.source], at[t.target]) for t in HUNDRED.ties if t.target in at])
    right = HUNDRED.nodes[max(range(len(places)), key=lambda node: places[node][0])]
    page = open_page(HUNDRED)

    page.locator("#search").fill(right.labels["en"])
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_visible()

    expect(page).to_have_url(re.compile("camera="))  # it was brought into the picture
    assert 0x0550AE in colours(page)  # the ring around it


def test_the_panel_says_first_how_many_relations_are_friendly_and_hostile(open_page: Open) -> None:
    page = open_page(HUNDRED, "selected=actor-6")
    signs = {kind.id: kind.sign for kind in HUNDRED.tie_types}
    own = [signs[t.type] for t in HUNDRED.ties if "actor-6" in (t.source, t.target)]
    said = f"{len(own)} relations: + {own.count(1)} friendly, − {own.count(-1)} hostile"  # and none that is neither

    assert own.count(0) == 0
    expect(page.locator("#details .what").nth(1)).to_have_text(said)


def test_leaving_what_was_chosen_is_said(open_page: Open) -> None:
    page = open_page(HUNDRED, "selected=actor-6")

    page.locator("#network").press("Escape")

    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("#live")).to_have_text("Nothing chosen")
