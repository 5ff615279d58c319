"""Every view beside the network, in a browser: quiet, accessible, by keyboard, the table as complete as the picture."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from itertools import chain, pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

import kg
from kg.views.charts.answers import word
from kg.views.charts.catalog import MODULES, load_view
from kg.views.charts.page import ChartPage, Figure, Grid, GridCell, Link
from tests.browser.conftest import Open
from tests.browser.helpers import copied
from tests.shipped import shipped_graph
from tests.views.charts import hostile_chart, shipped
from tests.views.hostile import HOSTILE

VIEWS = list(MODULES)
DRAWN = ["power-interest", "tensions", "timeline"]
"""Views with a picture; the others are grids."""


def findings(page: Page) -> list[str]:
    return [f"{v['id']}: {n['html'][:160]}" for v in Axe().run(page).response["violations"] for n in v["nodes"]]


def test_every_view_with_a_picture_is_tested_as_one() -> None:
    assert DRAWN == [name for name in VIEWS if any(figure.scenes for figure in shipped(name).figures)]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing(open_page: Open, view: str, scheme: str, width: int) -> None:
    shown = shipped(view, country="Ecuador")
    page = open_page(shown, color_scheme=scheme, viewport={"width": width, "height": 800})
    page.evaluate("row => location.hash = 'selected=' + encodeURIComponent(row)", shown.rows()[0].id)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert findings(page) == []

    page.evaluate("document.getElementById('save-menu').open = false")
    page.locator("#help-button").click()
    assert findings(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_that_a_site_opens_on(open_page: Open, scheme: str) -> None:
    links = tuple(Link(file=f"{name}.html", text=word(f"view.{name}"), what=word(f"view.{name}.what")) for name in VIEWS)
    shown = ChartPage(view="index", title={"en": "A site"}, help=word("site.help"), links=links)
    page = open_page(shown, color_scheme=scheme, viewport={"width": 390, "height": 800})

    expect(page.locator("#pages a")).to_have_count(len(VIEWS))
    assert findings(page) == []


@pytest.mark.parametrize("view", VIEWS)
def test_the_tables_hold_everything_that_pictures_show(open_page: Open, view: str) -> None:
    page = open_page(shipped(view))

    shown = set(page.locator("#tables tbody tr").evaluate_all("all => all.map(row => row.dataset.id)"))
    pictured = page.evaluate(
        """() => [...document.querySelectorAll('#figures [data-row]')].map(each => each.dataset.row).concat(
          [...document.querySelectorAll('#figures [data-rows]')].flatMap(
            each => each.dataset.rows.split('~').map(decodeURIComponent)))"""
    )

    assert shown == {row.id for row in shipped(view).rows()}
    assert set(pictured) == shipped(view).named_rows()
    assert set(pictured) <= shown


@pytest.mark.parametrize("view", VIEWS)
def test_the_address_brings_back_what_was_chosen(open_page: Open, view: str) -> None:
    page = open_page(shipped(view))
    table = next(table for table in shipped(view).tables if table.rows)
    column = table.columns[0].id

    page.locator(f"#table-{table.id} [data-column={column}]").click()
    page.locator(f"#table-{table.id} [data-column={column}]").click()
    page.locator(f"#table-{table.id} tbody button").first.click()
    page.locator("#language").select_option("fr")
    page.locator("#theme").select_option("dark")
    page.locator("#filters input").first.uncheck()
    page.wait_for_timeout(250)
    expect(page).to_have_url(re.compile(f"lang=fr.*theme=dark.*selected=.*off\\..*sort\\.{table.id}={column}~down"))
    before = page.locator("#tables").inner_text()
    again = open_page(shipped(view), page.url.partition("#")[2])

    expect(again.locator("#panel")).to_be_visible()
    assert again.locator("html").get_attribute("lang") == "fr"
    assert again.locator("#tables").inner_text() == before


@pytest.mark.parametrize("view", VIEWS)
def test_an_address_that_the_page_understands_is_not_remarked_on(open_page: Open, view: str) -> None:
    """One of everything that the address can hold comes back the same, and in French and dark."""
    shown = shipped(view)
    table = next(table for table in shown.tables if table.rows)
    facet = shown.facets[0]
    row, entry = (quote(each, safe="").replace("~", "%7E") for each in (table.rows[0].id, facet.entries[0].id))
    whole = (
        f"lang=fr&theme=dark&selected={row}&off.{facet.id}=~{entry}&sort.{table.id}={table.columns[-1].id}~down&find=a%7Eb"
    )
    page = open_page(shown, whole)

    expect(page.locator("#passed")).to_be_hidden()
    page.locator("#save-menu summary").click()
    page.locator("#copy-link").click()
    assert copied(page).partition("#")[2] == whole


SAID = ": the address asks for this, but the page does not have it; what is usual is shown."


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("theme=pink", "theme=pink"),
        ("lang=xx&find=a", "lang=xx"),
        ("selected=nobody", "selected=nobody"),
        ("off.weather=sun", "off.weather=sun"),
        ("off.status=stated~dragon", "off.status=stated, dragon"),
        ("sort.nothing=name~up&layout=force&x=1&y=2", "sort.nothing=name, up, layout=force, x=1, …"),
        ("%3Cb%3E=%E0%A4%A", "%3Cb%3E=%E0%A4%A"),
    ],
)
def test_what_the_page_lacks_is_said_where_it_is_seen_and_heard(
    open_page: Open, view: str, fragment: str, said: str
) -> None:
    page = open_page(shipped(view), fragment)

    expect(page.locator("#passed")).to_have_text(said + SAID)
    expect(page.locator("#live")).to_have_text(said + SAID)
    page.evaluate("location.hash = 'theme=dark'")
    expect(page.locator("#passed")).to_be_hidden()


def test_names_of_lines_stay_near_their_cells_where_a_grid_has_few_columns(open_page: Open) -> None:
    columns = tuple({"en": f"Actor {n}"} for n in range(10))
    cells = tuple(GridCell(text="+") for _ in columns)
    grid = Grid(corner={"en": "Issue"}, columns=columns, lines=(({"en": "Water"}, cells),))
    figure = Figure(id="grid", title={"en": "Grid"}, grid=grid)
    page = open_page(
        ChartPage(view="matrix", title={"en": "Grid"}, figures=(figure,)), viewport={"width": 1600, "height": 900}
    )
    name = page.locator("#figures tbody th").bounding_box()
    frame = page.locator("#figures .scroll").bounding_box()

    assert name
    assert frame
    assert name["width"] <= 340
    assert frame["width"] < 800


def test_pictures_stand_beside_each_other_where_they_stay_legible_and_leave_no_column_empty(open_page: Open) -> None:
    graph = shipped_graph().graph
    shown = load_view("power-interest").page(graph, "en", country=["Peru", "Ecuador"])
    page = open_page(shown, own=True, viewport={"width": 1920, "height": 900})

    def boxes() -> list[dict[str, float]]:
        pictures = page.locator("#figures figure > svg")
        found: list[dict[str, float]] = pictures.evaluate_all(
            "all => all.map(each => each.getBoundingClientRect().toJSON())"
        )
        return found

    one, other = boxes()
    assert one["top"] == other["top"]
    assert one["width"] > 700  # of 1,608 beside the filters
    page.set_viewport_size({"width": 1100, "height": 900})
    one, other = boxes()
    assert one["bottom"] < other["top"]


@pytest.mark.parametrize("view", VIEWS)
def test_without_data_every_part_says_so_and_no_empty_column_stands_beside(
    open_page: Open, view: str, tmp_path: Path
) -> None:
    foreign = tmp_path / "foreign.ttl"
    foreign.write_text("<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n", encoding="utf-8")
    page = open_page(load_view(view).page(kg.open(foreign).graph, "en"))

    for part in page.locator("#tables .table").all():
        expect(part.locator("p").first).to_have_text("Nothing is known: no fact in the data answers this.")
    expect(page.locator("#tables .table")).not_to_have_count(0)
    expect(page.locator("#sidebar")).to_be_hidden()


def test_on_paper_the_years_of_the_timeline_stand_above_each_of_its_parts(open_page: Open) -> None:
    page = open_page(shipped("timeline"))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    parts = page.locator("#figures figure > svg").evaluate_all(
        """all => all.map(part => [...part.querySelectorAll('text')].filter(each => {
          const [box, outer] = [each.getBoundingClientRect(), part.getBoundingClientRect()];
          return /^[0-9]{4}$/.test(each.textContent) && box.top >= outer.top - 2 && box.bottom <= outer.top + 40;
        }).map(each => each.textContent))"""
    )
    page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert len(parts) > 1
    assert "2013" in parts[0]
    assert all(years == parts[0] for years in parts)
    assert page.locator("#figures figure > svg").count() == 1


PAPER = {"width": 680, "height": 1009}  # A4 upright within margins of 15 mm


@pytest.mark.parametrize("view", ["matrix", "countries"])
def test_on_paper_a_grid_fits_and_no_name_above_it_lies_on_the_next_nor_in_the_way_of_coming_again(
    open_page: Open, view: str
) -> None:
    page = open_page(shipped(view), own=True, viewport=PAPER)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    grids = page.locator("table.many").evaluate_all(
        """all => all.map(grid => [grid.tHead.getBoundingClientRect().height,
          [...grid.querySelectorAll('thead th:not(:first-child) .data')].map(each => each.getBoundingClientRect()).map(
            box => [box.left, box.right])])"""
    )

    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
    assert max(len(across) for _, across in grids) > 12
    for height, across in grids:
        assert height < PAPER["height"] / 4  # higher heads are not shown again on the next sheet
        for (_, right), (left, _) in pairwise(across):
            assert right <= left + 1


def test_on_paper_both_numbers_of_a_cell_stay_within_it(open_page: Open) -> None:
    page = open_page(shipped("matrix"), own=True, viewport=PAPER)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    over = page.locator("#figures button.cell .data").evaluate_all(
        """all => all.filter(each => {
          each.textContent = '+12 −11';
          const [text, cell] = [each.getBoundingClientRect(), each.closest('td').getBoundingClientRect()];
          return text.left < cell.left - 1 || text.right > cell.right + 1;
        }).length"""
    )

    assert over == 0


@pytest.mark.parametrize(("lang", "between"), [("en", "; "), ("es", "; "), ("fr", "\u202f; ")])
def test_ranges_of_a_passage_stand_apart_as_the_language_sets_them(open_page: Open, lang: str, between: str) -> None:
    shown = shipped("tensions")
    row, ranges = next(
        (row.id, item.characters)
        for row in shown.rows()
        for fact in row.facts
        for item in fact.evidence
        if "; " in item.characters
    )
    page = open_page(shown, f"lang={lang}&selected={quote(row, safe='').replace('~', '%7E')}")
    page.evaluate("document.querySelectorAll('#panel details').forEach(each => each.open = true)")

    expect(page.locator("#panel footer").filter(has_text=ranges.split("; ")[0]).first).to_contain_text(
        re.compile(re.escape(between.join(ranges.split("; "))))
    )


def test_on_paper_a_grid_of_many_columns_becomes_several(open_page: Open) -> None:
    names = "all => all.map(grid => [...grid.tHead.rows[0].cells].slice(1).map(each => each.textContent))"
    lines = "all => all.map(grid => [...grid.tBodies[0].rows].map(row => [row.cells[0].textContent, row.cells.length]))"
    page = open_page(shipped("matrix"))
    grids = page.locator("#figures table.grid")
    whole, filled = grids.evaluate_all(names), page.locator("#figures button.cell").count()

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    parts, rows = grids.evaluate_all(names), grids.evaluate_all(lines)
    still = page.locator("#figures button.cell").count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert max(map(len, whole)) > 24 >= max(map(len, parts))
    assert list(chain(*parts)) == list(chain(*whole))
    assert still == filled
    for across, down in zip(parts, rows, strict=True):
        assert {length for _, length in down} == {len(across) + 1}
        assert all(name for name, _ in down)
    assert grids.evaluate_all(names) == whole


@pytest.mark.parametrize("view", VIEWS)
def test_on_paper_the_heads_of_tables_hold_no_buttons_that_keep_them_from_coming_again(open_page: Open, view: str) -> None:
    page = open_page(shipped(view), own=True, viewport=PAPER)
    page.emulate_media(media="print")
    heads = page.locator("#tables thead button").evaluate_all("all => all.map(each => getComputedStyle(each).display)")

    assert set(heads) == {"contents"}
    for box in page.locator("#tables thead").evaluate_all("all => all.map(each => each.getBoundingClientRect().right)"):
        assert box <= PAPER["width"]


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_on_a_phone_the_name_of_the_language_is_whole_and_the_tools_stay_on_one_line(open_page: Open, lang: str) -> None:
    page = open_page(shipped("tensions"), f"lang={lang}", own=True, viewport={"width": 320, "height": 700})
    chosen, free = page.locator("#language").evaluate_all(
        """([each]) => [each.getBoundingClientRect().width, (each.style.maxWidth = "none", each.getBoundingClientRect().width)]"""
    )

    assert chosen == free
    assert page.locator("#tools").evaluate("each => each.getBoundingClientRect().height") < 48
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_other_pages_open_in_the_language_and_colours_that_were_chosen(open_page: Open) -> None:
    links = (
        Link(file="page-0.html", text={"en": "Start"}, current=True),
        Link(file="tensions.html", text={"en": "Tensions"}),
    )
    for shown in (replace(shipped("timeline"), links=links), ChartPage(view="index", title={"en": "A site"}, links=links)):
        page = open_page(shown)
        page.locator("#language").select_option("fr")
        page.locator("#theme").select_option("dark")
        addresses = page.locator("#pages a, #cards a").evaluate_all("all => all.map(each => each.href.split('/').at(-1))")
        page.locator("#language").select_option("en")
        page.locator("#theme").select_option("auto")
        usual = page.locator("#pages a").last.evaluate("each => each.href.split('/').at(-1)")

        assert set(addresses) == {"page-0.html#lang=fr&theme=dark", "tensions.html#lang=fr&theme=dark"}
        assert usual == "tensions.html"


@pytest.mark.parametrize("view", VIEWS)
def test_filters_hide_rows_in_tables_and_pictures_and_are_reset(open_page: Open, view: str) -> None:
    page = open_page(shipped(view))
    every = len(shipped(view).rows())
    rows = page.locator("#tables tbody tr")

    page.get_by_role("button", name="None", exact=True).first.click()
    assert rows.count() < every
    left = set(rows.evaluate_all("all => all.map(row => row.dataset.id)"))
    for group in page.locator("#figures [role=button]:not(.out)").all()[:20]:
        assert group.get_attribute("data-row") in left
    page.locator("#reset").click()

    assert rows.count() == every


def test_a_long_picture_draws_the_first_until_all_are_asked_for(open_page: Open) -> None:
    whole = shipped("tensions")
    (people, *others) = whole.figures
    page = open_page(replace(whole, figures=(replace(people, first=3), *others)))
    ids = [row.id for row in whole.tables[0].rows]
    drawn = page.locator("#figure-tensions [role=button]:not(.out)")
    line = page.locator("#figure-tensions .first")

    assert {ids[0], ids[1], ids[2]} == set(drawn.evaluate_all("all => all.map(each => each.dataset.row)"))
    expect(line).to_contain_text(f"The first 3 of {len(ids)} are drawn")
    expect(page.locator("#table-tensions tbody tr")).to_have_count(len(ids))
    page.locator("#table-tensions tbody tr").last.locator("button").first.click()
    expect(drawn).to_have_count(4)  # what is chosen is drawn in any case
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.locator("#figure-tensions").get_by_role("button", name="Drawing (SVG)").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").count("data-row") == 3

    line.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(drawn).to_have_count(len(ids))
    expect(line).to_contain_text(f"All {len(ids)} are drawn.")
    expect(page.locator("#live")).to_contain_text(f"All {len(ids)} are drawn.")
    expect(page).to_have_url(re.compile("whole=tensions"))
    page.keyboard.press("Enter")
    expect(drawn).to_have_count(3)
    page.locator("#search").fill("United States")  # one tension: no more than are drawn at first
    expect(line).to_be_hidden()


def test_filters_without_an_order_of_their_own_follow_the_language(open_page: Open) -> None:
    page = open_page(shipped("tensions"))
    names = page.locator("#filters [data-facet=country] label .data")

    # By hand, as dictionaries have them.
    assert names.all_text_contents()[:4] == ["Bolivia", "Ecuador", "Peru", "United States"]
    page.locator("#language").select_option("fr")
    assert names.all_text_contents()[:4] == ["Bolivie", "Équateur", "États-Unis", "Pérou"]


@pytest.mark.parametrize(("view", "facet"), [("timeline", "kind"), ("tensions", "relation")])
def test_pictures_of_lines_close_up_around_what_is_left(open_page: Open, view: str, facet: str) -> None:
    page = open_page(shipped(view))
    picture = page.locator("#figures figure svg").first
    height = "svg => svg.viewBox.baseVal.height"
    whole = picture.evaluate(height)
    lines = """svg => [...svg.querySelectorAll('[data-height]:not(.out)')].map(each => {
      const [box, inner] = [svg.getBoundingClientRect(), each.getBoundingClientRect()];
      return [each.dataset.row ?? '', (inner.top - box.top) / box.height, (inner.bottom - box.top) / box.height];
    })"""

    page.locator(f"#filters details[data-facet={facet}] button").nth(1).click()
    page.locator(f"#filters details[data-facet={facet}] input").nth(2).check()
    left = picture.evaluate(lines)
    tops = [top for _, top, _ in left]
    saved = len(left)
    with page.expect_download() as download:
        page.get_by_role("button", name="Drawing (SVG)").first.click()
    drawing = Path(download.value.path()).read_text(encoding="utf-8")

    assert picture.evaluate(height) < whole / 2
    assert tops == sorted(tops)
    assert all(0 <= top < bottom <= 1 for _, top, bottom in left)
    assert left[0][0] == ""  # its heading stays
    assert drawing.count("data-height") == saved
    assert f'height="{picture.evaluate(height):g}"' in drawing
    signs = picture.locator("[role=button]:not(.out)")
    signs.last.focus()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.dataset.row") == left[-2][0]
    page.locator("#reset").click()
    assert picture.evaluate(height) == whole


@pytest.mark.parametrize("view", VIEWS)
def test_searching_narrows_the_tables(open_page: Open, view: str) -> None:
    page = open_page(shipped(view))
    page.locator("#search").fill("zzzz")

    expect(page.locator("#tables tbody tr")).to_have_count(0)
    expect(page.locator("#live")).to_contain_text("0 of")


@pytest.mark.parametrize("view", DRAWN)
def test_signs_are_walked_and_opened_by_keyboard(open_page: Open, view: str) -> None:
    page = open_page(shipped(view))
    first = page.locator("#figures svg [role=button][tabindex='0']").first
    first.focus()

    seen = set()
    for key in ("End", "Home", *["ArrowDown"] * 6, *["ArrowRight"] * 3, *["ArrowUp"] * 3, "ArrowLeft"):
        page.keyboard.press(key)
        seen.add(page.evaluate("document.activeElement.dataset.row"))
    at = page.evaluate("document.activeElement.dataset.row")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.row") == at
    assert len(seen) > 1


@pytest.mark.parametrize("view", [name for name in VIEWS if name not in DRAWN])
def test_cells_are_reached_and_opened_by_keyboard(open_page: Open, view: str) -> None:
    page = open_page(shipped(view))
    page.locator("#figures .scroll").first.focus()

    page.keyboard.press("Tab")
    at = page.evaluate("document.activeElement.dataset.rows")
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator("#panel")).to_be_hidden()
    assert at
    assert page.evaluate("document.activeElement.dataset.rows") == at


def test_the_other_tools(open_page: Open) -> None:
    page = open_page(shipped("timeline"))

    page.keyboard.press("Tab")
    expect(page.locator("#to-picture")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.locator("#search").fill("CONAIE")
    page.locator("#save-menu summary").click()
    page.locator("#copy-link").click()
    expect(page.locator("#live")).to_have_text("Copied")
    assert "find=CONAIE" in copied(page)
    page.locator("#help-button").click()
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.locator("#theme").select_option("dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(28, 33, 40)"  # --ground of page.css


def test_the_page_that_a_site_opens_on_speaks_three_languages(open_page: Open) -> None:
    links = [
        Link(file=f"{name}.html", text=word(f"view.{name}"), what=word(f"view.{name}.what"), facts=shipped(name).facts)
        for name in VIEWS
    ]
    shown = ChartPage(view="index", title={"en": "A site"}, help=word("site.help"), links=tuple(links))
    page = open_page(shown)

    page.locator("#language").select_option("fr")
    expect(page).to_have_url(re.compile("lang=fr$"))
    again = open_page(shown, "lang=fr")

    cards = again.locator("#cards li").all_inner_texts()
    assert [re.split("\n+", card) for card in cards] == [
        [link.text["fr"], link.what["fr"], link.facts["fr"]] for link in links
    ]


@pytest.mark.parametrize("view", VIEWS)
def test_a_row_leads_to_its_evidence(open_page: Open, view: str) -> None:
    row = next(row for row in shipped(view).rows() if row.facts and row.facts[0].evidence)
    page = open_page(shipped(view), "selected=" + quote(row.id, safe="").replace("~", "%7E"))
    details = page.locator("#details")

    expect(details.locator("h2").first).to_have_text(row.name["en"])
    item = row.facts[0].evidence[0]
    for text in (row.facts[0].statement["en"], item.paraphrase["en"], item.characters):
        expect(details).to_contain_text(re.sub(r"\s+", " ", text))
    details.get_by_role("button", name="Copy as citation").first.click()
    expect(details.locator(".done").first).to_have_text("Copied")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("tag", ["es", "fr"])
def test_nothing_stays_in_english(open_page: Open, view: str, tag: str) -> None:
    page = open_page(shipped(view))
    words = page.locator("#tools, #how, #counts, #key, #tables h2, #tables thead, #filters h3")
    before = words.all_inner_texts()

    page.locator("#language").select_option(tag)

    after = words.all_inner_texts()
    assert page.title() == shipped(view).title[tag]
    assert [text for text, was in zip(after, before, strict=True) if text == was and len(text) > 12] == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [390, 640])
def test_narrow_screens_scroll_in_one_direction_only(open_page: Open, view: str, width: int) -> None:
    page = open_page(shipped(view), viewport={"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, label.entry, #search, nav a')]
          .filter(e => e.checkVisibility() && !e.closest('.skip'))
          .map(e => [e.id || e.textContent, e.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24)
          .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []


@pytest.mark.parametrize("view", DRAWN)
def test_pictures_and_rows_are_saved(open_page: Open, view: str) -> None:
    page = open_page(shipped(view))

    def save(name: str) -> Path:
        with page.expect_download() as download:
            page.get_by_role("button", name=name).first.click()
        return Path(download.value.path())

    drawing = save("Drawing (SVG)").read_text(encoding="utf-8")
    assert drawing.startswith("<?xml")
    assert "<title>" in drawing
    assert 'data-role="extent"' not in drawing
    assert save("Picture (PNG)").read_bytes().startswith(b"\x89PNG")
    table = next(table for table in shipped(view).tables if table.rows)
    rows = list(csv.reader(io.StringIO(save("Visible rows (CSV)").read_text(encoding="utf-8-sig"))))
    assert [row[-1] for row in rows[1:]] == [row.id for row in table.rows]
    signs = page.locator("#figures figure > svg [role=button]").count()
    heights = "all => all.map(each => each.viewBox.baseVal.height / each.viewBox.baseVal.width)"
    before = page.locator("#figures figure > svg").evaluate_all(heights)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    parts = page.locator("#figures figure > svg").evaluate_all(heights)
    assert max(parts) <= 1.3  # what a sheet holds
    scene = shipped(view).figures[0].scenes["en"]
    heads = (len(parts) - len(before)) * scene.head / scene.width  # years come again on each sheet
    assert sum(parts) == pytest.approx(sum(before) + heads)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#figures figure > svg [role=button]").count() == signs


def test_hostile_texts_stay_texts(open_page: Open) -> None:
    made = hostile_chart()
    page = open_page(made)
    elements = "img, script, iframe, object, base, link, style, input"

    for row in made.tables[0].rows:
        title = page.evaluate(
            """row => {
              history.replaceState(null, '', '#selected=' + encodeURIComponent(row).replace(/~/g, '%7E'));
              dispatchEvent(new HashChangeEvent('hashchange'));
              return document.getElementById('panel-title').textContent;
            }""",
            row.id,
        )
        assert title == row.name["en"]
    for tag in ("es", "fr", "en"):
        page.locator("#language").select_option(tag)
    shown = page.locator("#figures table.grid tbody td").all_inner_texts()

    assert len(shown) == len(HOSTILE) >= 60
    assert page.locator(f":is(#figures, #tables, #details) :is({elements})").count() == 0
    assert page.evaluate("globalThis.__broken === undefined && location.protocol === 'file:'")
    assert page.locator("a[href^='javascript']").count() == 0
