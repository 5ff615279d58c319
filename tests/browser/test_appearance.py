"""Layouts, colours, sizes and outlines: each is chosen once, and told in words as well."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.helpers import HUNDRED, colours, entry, rows, save
from tests.views.networks import analysed, network

SHOWN = analysed(HUNDRED)
LAYOUTS = {
    "force": "By relations",
    "power": "Power and interest",
    "by.type": "By type of actor",
    "by.country": "By country",
    "by.camp": "By camp",
    "by.community": "By community",
    "radial": "Around one actor",
    "timeline": "Over time",
}


def places(page: Page, folder: Path) -> dict[str, tuple[float, float]]:
    save(page, "save-positions").save_as(folder / "places.json")
    return {k: tuple(v) for k, v in json.loads((folder / "places.json").read_text(encoding="utf-8")).items()}


def test_every_layout_is_offered_and_none_that_says_nothing(open_page: Open) -> None:
    page = open_page(SHOWN)
    bare = open_page(network(20))

    assert page.locator("#layout option").all_inner_texts() == list(LAYOUTS.values())
    assert "Power and interest" not in bare.locator("#layout option").all_inner_texts()


def test_what_is_in_no_group_has_the_colour_of_no_group_in_the_legend(open_page: Open) -> None:
    page = open_page(
        replace(SHOWN, groupings=(replace(SHOWN.groupings[0], of={"actor-0": 1, "actor-1": 2}),)), "colour=camp"
    )
    swatch = entry(page, "camp", "not said").locator("svg path")

    expect(swatch).to_have_attribute("fill", "#57606a")


def test_a_layout_moves_the_actors_and_is_in_the_address(open_page: Open, tmp_path: Path) -> None:
    page = open_page(SHOWN, "selected=actor-3", reduced_motion="reduce")
    seen = [places(page, tmp_path)]
    for layout in list(LAYOUTS)[1:]:
        page.locator("#layout").select_option(layout)
        expect(page.locator("#live")).to_contain_text(f"Layout: {LAYOUTS[layout]}")
        expect(page).to_have_url(re.compile(f"layout={layout}"))
        seen.append(places(page, tmp_path))

    assert len({tuple(sorted(each.items())) for each in seen}) == len(LAYOUTS)
    again = open_page(SHOWN, page.url.partition("#")[2])
    assert places(again, tmp_path) == seen[-1]


def test_moving_between_layouts_is_shown_on_the_way(open_page: Open, tmp_path: Path) -> None:
    page = open_page(SHOWN)
    start = places(page, tmp_path)

    with page.expect_download() as download:
        page.evaluate(
            """() => {
              const layout = document.getElementById("layout");
              layout.value = "power";
              layout.dispatchEvent(new Event("change"));
              document.getElementById("save-positions").click();
            }"""
        )
    download.value.save_as(tmp_path / "leaving.json")
    page.wait_for_timeout(1000)

    leaving = {k: tuple(v) for k, v in json.loads((tmp_path / "leaving.json").read_text(encoding="utf-8")).items()}
    assert max(abs(leaving[k][0] - start[k][0]) for k in start) < 20  # on the way, hardly gone
    assert places(page, tmp_path)["actor-39"] == places(open_page(SHOWN, "layout=power"), tmp_path)["actor-39"]


def test_the_grid_of_power_and_interest_puts_the_powerful_above(open_page: Open, tmp_path: Path) -> None:
    at = places(open_page(SHOWN, "layout=power"), tmp_path)

    assert at["actor-39"][1] < at["actor-20"][1] < at["actor-0"][1]  # y grows downwards
    assert min(at[f"actor-{n}"][0] for n in range(40, 100)) > max(at[f"actor-{n}"][0] for n in range(40))
    for n in range(40):  # each within its interval, on a grid of 900 by 680
        x, y = at[f"actor-{n}"]
        assert (450 <= x <= 900, (0.5 - n / 80) * 680 <= y + 0.5, y - 0.5 <= (1 - n / 80) * 680) == (True, True, True)
    phone = places(open_page(SHOWN, "layout=power", viewport={"width": 390, "height": 800}), tmp_path)
    assert min(phone[f"actor-{n}"][1] for n in range(40, 100)) > max(phone[f"actor-{n}"][1] for n in range(40))


def test_the_radial_layout_keeps_one_step_nearer_than_two(open_page: Open, tmp_path: Path) -> None:
    at = places(open_page(SHOWN, "layout=radial~actor-6"), tmp_path)
    ends = {t.id: (t.source, t.target) for t in SHOWN.ties if t.target.startswith("actor")}.values()
    near = {b if a == "actor-6" else a for a, b in ends if "actor-6" in (a, b)} - {"actor-6"}
    nearer = {b for a, b in ends if a in near} | {a for a, b in ends if b in near}
    far = {name: x * x + y * y for name, (x, y) in at.items()}

    assert (0.0, 0.0) == at["actor-6"]
    assert max(far[n] for n in near) < min(far[n] for n in nearer - near - {"actor-6"})


def test_the_radial_layout_of_an_address_without_an_actor_stands_around_the_best_connected(
    open_page: Open, tmp_path: Path
) -> None:
    ends = [t.source for t in SHOWN.ties] + [t.target for t in SHOWN.ties if t.target != t.source]
    best = max((f"actor-{n}" for n in range(100)), key=ends.count)

    assert places(open_page(SHOWN, "layout=radial"), tmp_path)[best] == (0.0, 0.0)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("layout", ["by.country", "by.community", "timeline", "radial"])
def test_a_layout_has_about_the_form_of_the_screen(
    open_page: Open, tmp_path: Path, layout: str, width: int, height: int
) -> None:
    page = open_page(analysed(network(200)), f"layout={layout}", viewport={"width": width, "height": height})
    at = places(page, tmp_path).values()
    wide, high = (max(axis) - min(axis) for axis in zip(*at, strict=True))
    stage = page.locator("#stage").bounding_box()

    assert stage
    assert 0.5 < (wide / high) / (stage["width"] / stage["height"]) < 2  # else half of the screen or more stays empty


def test_no_group_reaches_into_the_area_of_another(open_page: Open, tmp_path: Path) -> None:
    at = places(open_page(SHOWN, "layout=by.country"), tmp_path)
    boxes = []
    for country in ("bo", "ec", "pe"):
        x, y = zip(*(at[node.id] for node in SHOWN.nodes if node.countries == (country,)), strict=True)
        boxes.append((min(x), max(x), min(y), max(y)))

    for i, (left, right, top, bottom) in enumerate(boxes):
        for l2, r2, t2, b2 in boxes[i + 1 :]:
            assert right < l2 or r2 < left or bottom < t2 or b2 < top


def test_pins_belong_to_their_layout(open_page: Open) -> None:
    page = open_page(SHOWN, "pinned=actor-1~400~-300", reduced_motion="reduce")

    page.locator("#layout").select_option("radial")
    expect(page).not_to_have_url(re.compile("pinned"))
    page.locator("#layout").select_option("force")

    expect(page).to_have_url(re.compile("pinned=actor-1~400~-300"))


def test_names_of_groups_stand_above_lines_and_actors(open_page: Open) -> None:
    page = open_page(SHOWN, "outline=camp")
    drawn = list(ElementTree.parse(save(page, "save-svg").path()).getroot())
    names = [place for place, each in enumerate(drawn) if each.text in ("Camp 1", "Camp 2")]
    lines = [place for place, each in enumerate(drawn) if each.get("stroke") in ("#1a7f37", "#c62828")]

    assert names
    assert len([place for place in lines if place > min(names)]) == 2  # those of the key; all others lie below


def test_a_community_is_named_after_its_best_connected_actor(open_page: Open) -> None:
    page = open_page(SHOWN, "selected=actor-3")
    ends = [t.source for t in SHOWN.ties] + [t.target for t in SHOWN.ties if t.target != t.source]
    first = [f"actor-{n}" for n in range(100) if n % 3 == 0 and n % 10]
    lead = next(node for node in SHOWN.nodes if node.id == max(first, key=ends.count))

    expect(page.locator("#details")).to_contain_text(f"Community 1 ({lead.acronym or lead.labels['en']})")


@pytest.mark.parametrize("choice", ["country", "camp", "community", "power", "betweenness"])
def test_colour_can_stand_for_something_else(open_page: Open, choice: str) -> None:
    page = open_page(SHOWN)
    before = colours(page)

    page.locator("#colour").select_option(choice)
    expect(page).to_have_url(re.compile(f"colour={choice}"))
    page.wait_for_timeout(100)

    assert colours(page) != before


def test_size_and_outline_are_chosen(open_page: Open) -> None:
    page = open_page(SHOWN)
    plain = colours(page)

    page.locator("#size").select_option("power")
    page.locator("#outline").select_option("camp")
    page.wait_for_timeout(100)

    assert plain != colours(page)
    expect(page).to_have_url(re.compile("size=power&outline=camp"))


def test_camps_say_how_sure_they_are_and_what_contradicts_them(open_page: Open) -> None:
    against = len(SHOWN.groupings[0].against)
    page = open_page(SHOWN, "table=ties")

    page.locator("#colour").select_option("camp")
    expect(page.locator("#look-key")).to_contain_text(f"≠ {against} relations contradict the camps.")
    expect(page.locator("#look-key")).to_contain_text("not proven best")
    expect(page.locator("#look-key")).to_contain_text(
        re.compile(r"Other camps for 7 actors would be as good: .+ and 2 more\.")
    )
    for name in ("agrees with the camps", "not said"):
        entry(page, "fit", name).locator("input").uncheck()

    assert set(rows(page)) == set(SHOWN.groupings[0].against)


def test_the_table_and_the_panel_tell_groups_and_measures(open_page: Open) -> None:
    page = open_page(SHOWN, "table=nodes&selected=actor-8")

    row = page.locator("#table tr[data-id=actor-8]")
    for words in ("Camp 1", "Community 3", "between 0.1 and 0.6", "between 0.5 and 1"):
        expect(row).to_contain_text(words)
        expect(page.locator("#details")).to_contain_text(words)


def test_a_saved_drawing_has_the_grid_and_its_names(open_page: Open, tmp_path: Path) -> None:
    page = open_page(SHOWN, "layout=power&colour=camp&outline=camp")

    save(page, "save-svg").save_as(tmp_path / "a.svg")

    text = (tmp_path / "a.svg").read_text(encoding="utf-8")
    for words in ("Manage closely", "↑ Power", "Camp 1", "Colour: Camp."):
        assert words in text


def test_bold_names_go_to_the_largest_whatever_size_stands_for(open_page: Open) -> None:
    page = open_page(SHOWN, "size=betweenness")  # which grows with the number of the actor
    drawn = ElementTree.parse(save(page, "save-svg").path()).getroot()
    numbers = {node.acronym or node.labels["en"]: number for number, node in enumerate(SHOWN.nodes)}
    texts = [each for each in drawn.iter("{http://www.w3.org/2000/svg}text") if each.get("font-size") == "12"]
    bold = {numbers[each.text] for each in texts if each.get("font-weight") == "600" and each.text in numbers}

    assert bold
    assert min(bold) >= 76  # the 24 largest of 100


def test_the_legend_begins_with_what_colours_stand_for(open_page: Open) -> None:
    page = open_page(SHOWN, "colour=country")

    assert page.locator("#legend details").first.get_attribute("data-facet") == "country"
    page.locator("#colour").select_option("type")
    assert page.locator("#legend details").first.get_attribute("data-facet") == "type"


@pytest.mark.parametrize(
    ("layout", "beside", "above"),
    [
        ("timeline", "undated", [str(year) for year in range(1990, 2013)]),
        ("power", "Neither power nor interest assessed", ["Interest →", "Keep informed"]),
    ],
)
def test_on_a_phone_what_has_no_place_stands_below_all_words_of_the_layout(
    open_page: Open, layout: str, beside: str, above: list[str]
) -> None:
    page = open_page(analysed(network(500)), f"layout={layout}", viewport={"width": 390, "height": 844})
    drawn = ElementTree.parse(save(page, "save-svg").path()).getroot()
    at = {each.text: float(each.get("y", "nan")) for each in drawn.iter("{http://www.w3.org/2000/svg}text")}
    said = [at[word] for word in above if word in at]

    assert len(said) > 1
    assert at[beside] >= max(said) + 18  # a line of their own


def test_what_has_no_place_takes_no_more_room_than_the_picture(open_page: Open, tmp_path: Path) -> None:
    at = places(open_page(analysed(network(1500)), "layout=power"), tmp_path)
    beside = [at[f"actor-{n}"][0] for n in range(40, 1500)]

    assert max(beside) - min(beside) < 950  # the grid is 900 wide
