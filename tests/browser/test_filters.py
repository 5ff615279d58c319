"""Search and legend: finding actors, and choosing what is shown."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from kg.views.layout import layout
from kg.views.page import NetworkPage, Node
from tests.browser.conftest import Open
from tests.browser.helpers import HUNDRED, counts, entry, rows

NAMES = NetworkPage(
    title={"en": "Names"},
    nodes=(
        Node(id="conamaq", labels={"en": "Council of Ayllus", "es": "Consejo de Ayllus"}, acronym="CONAMAQ"),
        Node(id="cnc", labels={"en": "Peasant Confederation Ñandú"}, aliases=("Front of the Río Ébano",)),
        Node(id="http://example.org/x/9", labels={"en": "Peasants of Ébano"}),
    ),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nandu", "Peasant Confederation Ñandú"),
        ("ÑANDU", "Peasant Confederation Ñandú"),
        ("rio ebano", "Peasant Confederation Ñandú"),
        ("ébano pea", "Peasants of Ébano"),
        ("conam", "Council of Ayllus"),
        ("consejo", "Council of Ayllus"),
        ("ayl coun", "Council of Ayllus"),
        ("cnc", "Peasant Confederation Ñandú"),
    ],
)
def test_search_finds_labels_acronyms_aliases_and_ids_without_accents(open_page: Open, typed: str, found: str) -> None:
    page = open_page(NAMES)

    page.locator("#search").press_sequentially(typed)

    expect(page.locator("#suggestions li > .data:first-child")).to_have_text([found])


def test_search_is_used_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page(HUNDRED)
    search = page.locator("#search")

    search.press_sequentially("fed")
    expect(search).to_have_attribute("aria-expanded", "true")
    search.press("ArrowDown")
    search.press("ArrowDown")
    expect(search).to_have_attribute("aria-activedescendant", "suggestion-1")
    expect(page.locator("#suggestion-1")).to_have_attribute("aria-selected", "true")
    chosen = page.locator("#suggestion-1 > .data").first.inner_text()
    search.press("Enter")

    expect(page.locator("#panel-title")).to_have_text(chosen)
    expect(search).to_have_attribute("aria-expanded", "false")
    search.press("Escape")
    expect(search).to_have_value("")


def test_search_says_when_there_is_nothing(open_page: Open) -> None:
    page = open_page(HUNDRED)

    page.locator("#search").press_sequentially("zzz")

    expect(page.locator("#suggestions")).to_have_text("Nothing found")
    expect(page.locator("#live")).to_contain_text("Nothing found")


def test_the_legend_filters_and_counts(open_page: Open) -> None:
    page = open_page(HUNDRED)
    allied = entry(page, "relation", "is allied with")
    size = sum(tie.type == "alliance" for tie in HUNDRED.ties)
    expect(allied.locator(".count")).to_have_text(str(size))

    allied.locator("input").uncheck()

    assert counts(page) == [100, 100, 302 - size, 302]
    expect(entry(page, "sign", "friendly").locator(".count")).to_have_text(
        str(sum(tie.type in ("support", "membership") for tie in HUNDRED.ties))
    )
    page.locator("#reset").click()
    assert counts(page) == [100, 100, 302, 302]


@pytest.mark.parametrize(
    ("facet", "name", "wanted"),
    [
        ("country", "Peru", lambda p: {n.id for n in p.nodes if n.countries != ("pe",)}),
        ("kind", "Category", lambda p: {n.id for n in p.nodes if n.kind != "category"}),
        ("type", "Ministry", lambda p: {n.id for n in p.nodes if n.type != "ministry"}),
    ],
)
def test_filtering_actors_takes_their_relations_along(open_page: Open, facet: str, name: str, wanted: Any) -> None:
    page = open_page(HUNDRED, "table=nodes")
    left = wanted(HUNDRED)
    kept: set[str] = set(left)
    ties = {t.id for t in HUNDRED.ties if t.source in left and t.target in left}
    ties |= {t.id for t in HUNDRED.ties if t.source in left and t.target in ties}

    entry(page, facet, name).locator("input").uncheck()

    assert set(rows(page)) == kept
    assert counts(page) == [len(kept), 100, len(ties), 302]


@pytest.mark.parametrize(
    ("facet", "name", "gone"),
    [
        ("sign", "hostile", lambda t: t.type in ("tension", "accusation")),
        ("status", "inferred", lambda t: t.status == "inferred"),
        ("modality", "recommended", lambda t: t.modality == "recommended"),
        ("confidence", "low", lambda t: t.confidence == "low"),
        ("source", "Annual report", lambda t: [e.source for e in t.evidence] == ["src-2"]),
        ("issue", "not said", lambda t: not t.issues),
        ("view", "an actor", lambda t: t.view == "actor"),
    ],
)
def test_filtering_relations(open_page: Open, facet: str, name: str, gone: Any) -> None:
    page = open_page(HUNDRED)
    left = [t for t in HUNDRED.ties if not gone(t)]
    ends = {t.id for t in left}

    entry(page, facet, name).locator("input").uncheck()

    shown = [t for t in left if t.target.startswith("actor") or t.target in ends]
    assert counts(page)[2] == len(shown)


def test_a_group_switches_all_of_its_types(open_page: Open) -> None:
    page = open_page(HUNDRED, "table=nodes")

    entry(page, "type", "Public bodies").locator("input").uncheck()

    gone = {"ministry", "municipal-government"}
    assert set(rows(page)) == {n.id for n in HUNDRED.nodes if n.type not in gone}
    expect(entry(page, "type", "Ministry").locator("input")).not_to_be_checked()
    entry(page, "type", "Ministry").locator("input").check()
    assert entry(page, "type", "Public bodies").locator("input").evaluate("box => box.indeterminate")


def test_all_and_none(open_page: Open) -> None:
    page = open_page(HUNDRED)
    relation = page.locator("details[data-facet=relation]")

    relation.get_by_role("button", name="None", exact=True).click()
    assert counts(page)[2] == 0
    relation.get_by_role("button", name="All", exact=True).click()
    assert counts(page)[2] == 302


def test_groups_fold(open_page: Open) -> None:
    page = open_page(HUNDRED)
    more = page.get_by_role("button", name="Types of Public bodies")
    expect(more).to_have_attribute("aria-expanded", "true")

    more.click()

    expect(more).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_label("Ministry")).to_be_hidden()


def test_unconnected_actors_can_be_hidden_and_filtered_things_faded(open_page: Open) -> None:
    page = open_page(HUNDRED)
    alone = {n.id for n in HUNDRED.nodes} - {end for t in HUNDRED.ties for end in (t.source, t.target)}

    page.locator("#lonely").uncheck()
    assert counts(page)[0] == 100 - len(alone) < 100
    page.locator("#fade").check()

    expect(page).to_have_url(re.compile("others=fade&unconnected=hide"))


def held(first: int, last: int, *, undated: bool = True) -> int:
    """How many relations hold at some time in these years, by hand from the generator's dates."""
    shown = set()
    for tie in HUNDRED.ties:
        dated = not tie.undated and int(tie.start[:4]) <= last and int((tie.end or "9999")[:4]) >= first
        if (dated or (tie.undated and undated)) and (tie.target.startswith("actor") or tie.target in shown):
            shown.add(tie.id)
    return len(shown)


def test_years_and_undated_relations_are_chosen(open_page: Open) -> None:
    page = open_page(HUNDRED)
    page.locator("details[data-facet=time] summary").click()

    page.locator("#year-to").fill("2000")
    assert counts(page)[2] == held(1990, 2000)
    page.locator("#year-from").fill("1995")
    assert counts(page)[2] == held(1995, 2000)
    expect(page.locator("#years")).to_have_text("1995 to 2000")
    page.locator("#undated").uncheck()
    assert counts(page)[2] == held(1995, 2000, undated=False)
    expect(page).to_have_url(re.compile("years=1995-2000&undated=hide"))
    page.locator("#year-from").fill("2003")
    expect(page.locator("#years")).to_have_text("2003")
    page.locator("#reset").click()

    assert counts(page)[2] == 302


@pytest.mark.parametrize("date", ["2013", ""])
def test_the_years_say_of_which_date_the_relations_are(open_page: Open, date: str) -> None:
    page = open_page(replace(HUNDRED, reference_date=date))
    page.locator("details[data-facet=time] summary").click()

    told = page.locator("details[data-facet=time] p").first.inner_text()
    assert told.startswith("What held in 2013, by its years: what ended before") == bool(date)


def test_years_can_be_played(open_page: Open) -> None:
    page = open_page(HUNDRED, "years=2010-2010")
    page.locator("#play").click()
    expect(page.locator("#years")).to_have_text("2011")
    expect(page.locator("#years")).to_have_text("2013")
    expect(page.locator("#play")).to_have_text("Play year by year")  # stops at the end


def test_with_less_motion_each_press_plays_one_year(open_page: Open) -> None:
    page = open_page(HUNDRED, "years=2001-2001", reduced_motion="reduce")

    page.locator("#play").click()
    page.wait_for_timeout(1200)

    expect(page.locator("#years")).to_have_text("2002")


def test_playing_shows_what_holds_in_a_year_alone_and_says_it(open_page: Open) -> None:
    page = open_page(HUNDRED, reduced_motion="reduce")
    page.locator("details[data-facet=time] > summary").click()
    first = page.locator("#year-from").get_attribute("min")

    page.locator("#play").click()

    expect(page.locator("#undated")).not_to_be_checked()  # three quarters of the relations, which never change
    for place in ("#counts", "#live"):
        expect(page.locator(place)).to_have_text(re.compile(rf"of 302 relations, {first}$"))
    page.get_by_role("button", name="All years").click()
    assert counts(page) == [100, 100, 302, 302]


@pytest.mark.parametrize(
    ("lang", "said", "back"),
    [
        ("en", "Nothing of the network lies in this part of the picture.", "Show all"),
        ("es", "En esta parte de la imagen no hay nada de la red.", "Ver todo"),
    ],
)
def test_an_address_that_leads_into_empty_ground_says_so_and_leads_back(
    open_page: Open, lang: str, said: str, back: str
) -> None:
    page = open_page(HUNDRED, f"lang={lang}&camera=90000,90000,2")
    expect(page.locator("#nothing")).to_contain_text(said)
    expect(page.locator("#live")).to_have_text(said)

    page.locator("#nothing").get_by_role("button", name=back).click()

    expect(page.locator("#nothing")).to_be_hidden()
    expect(page.locator("#network")).to_be_focused()
    expect(page).not_to_have_url(re.compile("camera"))  # the address follows a moment later


def test_a_relation_alone_is_in_sight_and_a_corner_without_any_is_not(open_page: Open) -> None:
    """The place on a relation that is farthest from all nodes, and the corner of the drawing, by the layout itself."""
    at = {node.id: index for index, node in enumerate(HUNDRED.nodes)}
    ends = [(at[t.source], at[t.target]) for t in HUNDRED.ties if t.target in at]
    places = layout(len(at), ends)
    middles = [tuple((a + b) / 2 for a, b in zip(places[one], places[other], strict=True)) for one, other in ends]
    x, y = max(middles, key=lambda middle: min(math.dist(middle, place) for place in places))
    left, bottom = min(x for x, _ in places), max(y for _, y in places)
    page = open_page(HUNDRED, f"camera={x},{y},8")
    expect(page.locator("#nothing")).to_be_hidden()

    page.evaluate(f"location.hash = 'camera={left},{bottom},8'")

    expect(page.locator("#nothing")).to_contain_text("Nothing of the network lies in this part of the picture.")


def test_filters_that_leave_nobody_say_so_and_are_taken_back(open_page: Open) -> None:
    page = open_page(HUNDRED)
    expect(page.locator("#nothing")).to_be_hidden()

    page.locator("details[data-facet=type]").get_by_role("button", name="None").click()
    expect(page.locator("#nothing")).to_contain_text("The filters or the focus leave no actor.")
    expect(page.locator("#live")).to_have_text("0 of 100 nodes, 0 of 302 relations")
    page.get_by_role("button", name="Show everything").click()

    expect(page.locator("#nothing")).to_be_hidden()
    expect(page.locator("#network")).to_be_focused()
    assert counts(page)[0] == 100


def test_what_a_filter_leaves_is_said(open_page: Open) -> None:
    page = open_page(HUNDRED)

    entry(page, "type", "Company").click()

    expect(page.locator("#live")).to_have_text(page.locator("#counts").inner_text())
