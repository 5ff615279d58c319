"""The power-interest map: what it shows, where signs and names stand, what it says of estimates and movement."""

from __future__ import annotations

import itertools
import random
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import InputError, NotFoundError
from kg.views.charts.catalog import load_view
from kg.views.charts.labels import Box, text_width
from kg.views.charts.page import ChartPage
from kg.views.charts.power_ground import Move, Position
from kg.views.charts.power_map import power_map
from kg.views.charts.scene import SOFT, Group, Scene, Words
from kg.views.charts.scene import Path as Line
from kg.views.charts.svg import svg
from tests.shipped import shipped_graph
from tests.views.charts import QUADRANTS, WORDS, shipped


@pytest.fixture(scope="module")
def invented(world: Path) -> kg.KnowledgeGraph:
    return kg.open(world)


def page_of(graph: kg.KnowledgeGraph, **filters: str) -> ChartPage:
    return load_view("power-interest").page(graph.graph, "en", **{n: [v] for n, v in filters.items()})


def cells(page: ChartPage, row: str) -> dict[str, object]:
    table = page.tables[0]
    found = next(each for each in table.rows if each.id == row)
    return dict(zip([column.id for column in table.columns], found.cells, strict=True))


def test_rows_are_those_of_the_question(invented: kg.KnowledgeGraph) -> None:
    answer = invented.ask("power-interest")

    assert [row.actor.id for row in answer] == [row.id for row in page_of(invented).tables[0].rows]


def test_intervals_status_and_stand_are_told(invented: kg.KnowledgeGraph) -> None:
    page = page_of(invented)

    # By hand from tests/world: uca's interest is the gazette's guess; nobody says how much power verde has.
    assert cells(page, "minfin")["power"] == {"en": "0.8–1", "es": "0,8–1", "fr": "0,8–1"}
    assert cells(page, "verde")["power"] == {"en": "not known", "es": "no se sabe", "fr": "inconnu"}
    assert cells(page, "uca")["status"] == {"en": "Estimated", "es": "Estimado", "fr": "Estimé"}
    assert {row.id for row in page.tables[0].rows if row.estimated} == {"mag", "alcaldia", "verde", "uca"}


def test_an_earlier_date_gives_a_movement(invented: kg.KnowledgeGraph) -> None:
    page = page_of(invented, since="1995")

    # By hand: in the nineties the power of the Ministry of Finance reached down to 0.2; others were not assessed then.
    assert cells(page, "minfin")["moves"] == {
        "en": "1995: power 0.2–1, interest 0–0.3",
        "es": "1995: poder 0,2–1, interés 0–0,3",
        "fr": "1995\u202f: pouvoir 0,2–1, intérêt 0–0,3",
    }
    assert sum(group.role == "arrow" for group in page.figures[0].scenes["en"].groups) == 2  # and the recommended one


def test_a_recommended_movement_names_through_whom(invented: kg.KnowledgeGraph) -> None:
    told = cells(page_of(invented), "frente")["moves"]

    assert told == {
        "en": "recommended, through Local authorities: power 0.5–1, interest 0.8–1",
        "es": "recomendado, a través de Autoridades locales: poder 0,5–1, interés 0,8–1",
        "fr": "recommandé, à travers Autorités locales\u202f: pouvoir 0,5–1, intérêt 0,8–1",
    }


def test_each_country_has_its_own_grid() -> None:
    view = load_view("power-interest")
    page = view.page(shipped_graph().graph, "en", country=["Peru", "Ecuador"])

    assert [figure.id for figure in page.figures] == ["map-pe", "map-ec"]
    names = {figure.id: {g.row for g in figure.scenes["en"].groups} - {""} for figure in page.figures}
    assert "conveagro" in names["map-pe"] - names["map-ec"]
    assert "conaie" in names["map-ec"] - names["map-pe"]


def test_stances_are_those_towards_what_the_interest_is_in() -> None:
    page = shipped("power-interest")

    # By hand from the document: small farms are called inefficient by the one (s073), the other takes them up (s064).
    assert cells(page, "ministry-economy-finance-pe")["stance"]["en"] == "against"  # type: ignore[index]
    assert cells(page, "conveagro")["stance"]["en"] == "in favour"  # type: ignore[index]
    assert cells(page, "state-ec")["stance"]["en"] == "stand not known"  # type: ignore[index]


def test_every_row_says_what_it_rests_on() -> None:
    assert [row.id for row in shipped("power-interest").tables[0].rows if not any(f.evidence for f in row.facts)] == []


def test_unknown_places_are_refused() -> None:
    with pytest.raises(NotFoundError, match="Atlantis"):
        load_view("power-interest").page(shipped_graph().graph, "en", country=["Atlantis"])


NAMES = (
    "CONAIE",
    "Ministry of Agriculture",
    "Federación Nacional de Organizaciones Campesinas del Litoral",
    "ONG",
    "حركة الفلاحين",
)


def many(count: int, seed: int, *, coarse: bool) -> list[Position]:
    chance = random.Random(seed)

    def ends() -> tuple[float, float]:
        if coarse:
            return chance.choice([(0, 0.5), (0.5, 1), (0, 1)])
        low = chance.random() * 0.9
        return (low, min(1, low + chance.choice([0, 0.05, 0.2])))

    return [
        Position(f"a{n}", {"en": f"{chance.choice(NAMES)} {n}"}, {"en": f"a{n}"}, ends(), ends(), "for", "stated")
        for n in range(count)
    ]


def name_boxes(scene: Scene) -> list[Box]:
    """Where the names and numbers of signs stand, each line apart."""
    lines = [item for group in scene.groups if group.role == "mark" for item in group.items if isinstance(item, Words)]
    found = []
    for words in lines:
        if words.size not in (12, 9):
            continue  # the list
        width = text_width(words.text, words.size, bold=words.bold)
        left = words.x - width if words.anchor == "end" else words.x
        found.append(Box(left + 0.1, words.y - (10 if words.size == 12 else 8), left + width - 0.1, words.y + 1))
    return found


@pytest.mark.parametrize("coarse", [True, False])
@pytest.mark.parametrize("count", [1, 12, 60, 400, 1500])
def test_no_name_covers_another_and_everybody_is_shown(count: int, coarse: bool) -> None:
    positions = many(count, count, coarse=coarse)
    scene = power_map(positions, QUADRANTS, WORDS, "en", title="", size=(640, 560))
    boxes = name_boxes(scene)
    signs = [item.points for group in scene.groups if group.role == "mark" for item in group.items if isinstance(item, Line)]
    middles = [(sum(x for x, _ in points) / 3, sum(y for _, y in points) / 3) for points in signs if len(points) == 3]

    assert len(middles) == count
    covering = [at for at in middles if any(b.left < at[0] < b.right and b.top < at[1] < b.bottom for b in boxes)]
    assert covering == []
    assert [(a, b) for a, b in itertools.combinations(boxes, 2) if a.meets(b)] == []
    assert {each.row for each in positions} == {group.row for group in scene.groups if group.role == "mark"}


@pytest.mark.parametrize("count", [60, 400, 1500])
def test_signs_keep_off_the_names_of_quadrants(count: int) -> None:
    scene = power_map(many(count, count, coarse=True), QUADRANTS, WORDS, "en", title="", size=(300, 520))
    titles = [item for item in scene.items() if isinstance(item, Words) and item.text in NAMES_OF_QUADRANTS]
    boxes = [Box(t.x - 3, t.y - 12, t.x + text_width(t.text, 12) + 3, t.y + 5) for t in titles]
    marks = [item.points for group in scene.groups if group.role == "mark" for item in group.items if isinstance(item, Line)]
    around = [Box(min(xs) - 1, min(ys) - 1, max(xs) + 1, max(ys) + 1) for xs, ys in (zip(*m, strict=True) for m in marks)]

    assert len(boxes) == 4
    assert [(a, b) for a in around for b in boxes if a.meets(b)] == []


NAMES_OF_QUADRANTS = [quadrant.name["en"] for quadrant in QUADRANTS]


def test_a_number_does_not_seem_to_begin_the_name_beside_it() -> None:
    boxes = name_boxes(power_map(many(400, 3, coarse=False), QUADRANTS, WORDS, "en", title="", size=(640, 560)))
    apart = [Box(box.left - 1.4, box.top, box.right + 1.4, box.bottom) for box in boxes]

    assert [(a, b) for a, b in itertools.combinations(apart, 2) if a.meets(b)] == []


@pytest.mark.parametrize("size", [(460, 460), (300, 520)])
def test_names_are_told_whole_where_there_is_room(size: tuple[float, float]) -> None:
    name = "Asociación Departamental de Productores Ecológicos y Pequeños Ganaderos del Altiplano"
    places = [0.2, 0.5, 0.9]
    positions = [
        Position(f"a{n}", {"en": name}, {"en": name}, (at, at), (at, at), "for", "stated") for n, at in enumerate(places)
    ]
    scene = power_map(positions, QUADRANTS, WORDS, "en", title="", size=size)

    for group in scene.groups:
        if group.role == "mark":
            assert " ".join(item.text for item in group.items if isinstance(item, Words)) == name


@pytest.mark.parametrize("seed", range(4))
def test_lines_that_lead_to_names_run_over_no_other_name(seed: int) -> None:
    scene = power_map(many(60, seed, coarse=False), QUADRANTS, WORDS, "en", title="", size=(460, 460))
    leads = [
        item.points
        for group in scene.groups
        if group.role == "mark"
        for item in group.items
        if isinstance(item, Line) and not item.closed
    ]

    assert leads
    assert [(box, lead) for box in name_boxes(scene) for lead in leads if passes(box, lead)] == []


def listed(folder: Path, peru: int, bolivia: int) -> kg.KnowledgeGraph:
    """A list of as many actors of each country, of whom no two have the same power and interest."""
    rows = ["Name,Country,Power,Interest"]
    for country, count in (("Peru", peru), ("Bolivia", bolivia)):
        rows += [f"Union {country} {n},{country},{n % 10 + 1}/10,{n // 10 + 1}/10" for n in range(count)]
    file = folder / "list.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return kg.open(file)


@pytest.mark.parametrize(("peru", "bolivia", "large"), [(30, 5, False), (31, 5, True)])
def test_grids_side_by_side_are_all_large_where_one_has_many_and_that_one_has_shades(
    tmp_path: Path, peru: int, bolivia: int, large: bool
) -> None:
    page = load_view("power-interest").page(listed(tmp_path, peru, bolivia).graph, "en", country=["Peru", "Bolivia"])
    scenes = [figure.scenes["en"] for figure in page.figures]
    shade = "shade: the stronger it is, the more actors may stand there; on the page, choose one to see its own extent"

    assert {scene.width > 800 for scene in scenes} == {large}
    assert [shade in {entry.text["en"] for entry in figure.key} for figure in page.figures] == [large, False]
    outlines = [
        [
            item
            for group in scene.groups
            if not group.row
            for item in group.items
            if isinstance(item, Line) and item.look.stroke == SOFT and item.look.fill == SOFT
        ]
        for scene in scenes
    ]
    assert [len(each) for each in outlines] == [0 if large else peru, bolivia]


def moving(positions: list[Position]) -> list[Position]:
    """Every third is told to gain power."""
    aim = Move((0.8, 1), (0.5, 1), True, {"en": "recommended"})
    return [replace(each, moves=(aim,)) if n % 3 == 0 else each for n, each in enumerate(positions)]


@pytest.mark.parametrize("coarse", [True, False])
def test_names_keep_off_arrows_where_there_is_room_and_nobody_loses_a_place_by_it(coarse: bool) -> None:
    still = many(90, 4, coarse=coarse)
    scenes = [power_map(each, QUADRANTS, WORDS, "en", title="", size=(640, 560)) for each in (still, moving(still))]
    with_names = [{group.row for group in scene.groups if named(group)} for scene in scenes]
    lines = [
        line.points
        for group in scenes[1].groups
        if group.role == "arrow"
        for line in group.items
        if isinstance(line, Line) and line.arrow
    ]

    def hidden(scene: Scene) -> int:
        return sum(any(passes(box, line) for line in lines) for box in name_boxes(scene))

    assert with_names[0] == with_names[1]
    assert len(lines) == 30
    assert hidden(scenes[1]) < hidden(scenes[0])


def passes(box: Box, line: Sequence[tuple[float, float]]) -> bool:
    """True where the line comes through the box, looked at in a thousand steps."""
    (x1, y1), (x2, y2) = line
    steps = [(x1 + (x2 - x1) * n / 1000, y1 + (y2 - y1) * n / 1000) for n in range(1001)]
    return any(box.left < x < box.right and box.top < y < box.bottom for x, y in steps)


def test_words_of_an_arrow_take_short_lines_where_long_ones_would_cross_it() -> None:
    """By hand: 110 units on either side of the arrow, for words of some 150 in two lines."""
    aim = Move((0.8, 1), (0.4, 0.6), True, {"en": "recommended, through Local authorities of three countries"})
    each = Position("a", {"en": "A"}, {"en": "A"}, (0.1, 0.2), (0.4, 0.6), "for", "stated", (aim,))
    scene = power_map([each], QUADRANTS, WORDS, "en", title="", size=(220, 460))
    (arrow,) = [group for group in scene.groups if group.role == "arrow"]
    (line,) = [item.points for item in arrow.items if isinstance(item, Line)]
    words = [item for item in arrow.items if isinstance(item, Words)]

    assert " ".join(item.text for item in words) == aim.label["en"]
    assert not any(passes(Box(w.x, w.y - 9, w.x + text_width(w.text, 11), w.y), line) for w in words)


def test_words_that_many_arrows_share_are_left_to_the_key() -> None:
    few, much = (
        power_map(moving(many(count, 2, coarse=False)), QUADRANTS, WORDS, "en", title="", size=(640, 560))
        for count in (12, 90)
    )

    assert [item.text for item in few.items() if isinstance(item, Words)].count("recommended") > 1
    assert "recommended" not in [item.text for item in much.items() if isinstance(item, Words)]


def test_the_ends_of_recommended_movements_are_seen() -> None:
    positions = moving(many(28, 2, coarse=False))
    scene = power_map(positions, QUADRANTS, WORDS, "en", title="", size=(300, 420))
    ends = {
        line.points[1]
        for group in scene.groups
        if group.role == "arrow"
        for line in group.items
        if isinstance(line, Line) and line.arrow
    }

    assert len(ends) == 1  # the middle of the aim, which all have
    assert [box for box in name_boxes(scene) for x, y in ends if box.meets(Box(x - 5, y - 5, x + 5, y + 5))] == []


def test_a_grid_without_anybody_says_so() -> None:
    scene = power_map([], QUADRANTS, WORDS, "en", title="", size=(400, 300))

    assert "nobody" in [item.text for item in scene.items() if isinstance(item, Words)]


def test_names_without_a_place_are_numbered_and_listed() -> None:
    positions = many(400, 3, coarse=False)
    words = {**WORDS, "unnumbered": {"en": "{n} others"}}
    scene = power_map(positions, QUADRANTS, words, "en", title="", size=(640, 560))
    texts = [item.text for item in scene.items() if isinstance(item, Words)]
    numbers = {text for text in texts if text.isdigit()}
    others = len(positions) - len(numbers) - sum(map(named, scene.groups))

    assert "numbered" in texts
    assert numbers == {str(n) for n in range(1, len(numbers) + 1)}
    assert {2} == {texts.count(number) for number in numbers}  # at its sign, and before its name in the list
    assert others > 0
    assert texts[-1] == f"{others} others"  # a list of them could not tell which is which


def named(group: Group) -> bool:
    """True of a sign with its name."""
    return bool(group.row) and any(isinstance(item, Words) and item.size == 12 for item in group.items)


def extents(scene: Scene) -> list[Group]:
    return [group for group in scene.groups if group.role == "extent"]


interval = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda ends: (min(ends) / 20, max(ends) / 20))


@given(power=interval, interest=interval)
def test_an_extent_is_drawn_to_scale(power: tuple[float, float], interest: tuple[float, float]) -> None:
    each = Position("a", {"en": "A"}, {"en": "A"}, power, interest, "unknown", "stated")
    scene = power_map([each], QUADRANTS, WORDS, "en", title="", size=(400, 300))
    (box,) = extents(scene)[0].items

    assert isinstance(box, Line)
    xs, ys = [x for x, _ in box.points], [y for _, y in box.points]
    assert max(xs) - min(xs) == pytest.approx(400 * (interest[1] - interest[0]))
    assert max(ys) - min(ys) == pytest.approx(300 * (power[1] - power[0]))


def test_the_drawing_is_xml_with_real_text_and_the_same_each_time() -> None:
    scene = power_map(many(30, 5, coarse=True), QUADRANTS, WORDS, "en", title="A & <B> \x01", size=(640, 560))
    first = svg(scene, "en")
    root = ET.fromstring(first)
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]

    assert first == svg(scene, "en")
    assert "A & <B> \ufffd" in texts
    assert "Manage closely" in texts


def test_a_page_refuses_marks_without_a_row() -> None:
    scene = Scene(10, 10, (Group((), row="nobody"),))
    figure = shipped("power-interest").figures[0]

    with pytest.raises(InputError, match="nobody"):
        ChartPage(view="x", title={"en": "x"}, figures=(type(figure)(id="f", title={"en": "f"}, scenes={"en": scene}),))
