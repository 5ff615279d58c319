"""Pictures on paper: sheets that printers have, letters that can be read, nothing lost where a picture takes several."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

import kg
from kg.views.charts.files import pictures
from kg.views.charts.network_map import network_map, network_sheet
from kg.views.charts.printing import pdf
from kg.views.charts.scene import Group, Scene, Words
from kg.views.charts.sheets import A3, A4, MARGIN, reach, sheets
from kg.views.network import network_page
from tests.views.charts import shipped
from tests.views.networks import network


def picture(view: str) -> Scene:
    return next(iter(pictures(shipped(view)).values()))


@pytest.mark.parametrize("view", ["power-interest", "tensions", "timeline"])
def test_pictures_of_views_come_on_a4_with_letters_of_six_points(view: str) -> None:
    """Points are 1/72 inch, units of a scene 1/96."""
    scene = picture(view)
    smallest = min(item.size for item in scene.items() if isinstance(item, Words) and not re.fullmatch(r"\d+", item.text))

    for sheet in sheets(scene):
        assert sheet.paper in (A4, A4.lying())
        assert smallest * sheet.scale * 72 / 96 >= 5.95
        assert scene.width * sheet.scale <= sheet.paper.room()[0] + 0.1
        assert sum(bottom - top for top, bottom in sheet.stripes) * sheet.scale <= sheet.paper.room()[1] + 0.1


@pytest.mark.parametrize("view", ["tensions", "timeline"])
def test_a_long_picture_is_cut_where_nothing_stands_and_no_sheet_ends_with_a_heading(view: str) -> None:
    scene = picture(view)
    found = sheets(scene)
    cuts = [sheet.stripes[-1] for sheet in found]
    words = [reach(item) for item in scene.items() if isinstance(item, Words)]
    lines = [group for group in scene.groups if group.height]

    assert len(found) > 1
    assert (cuts[0][0], cuts[-1][1]) == (0, scene.height)
    for (_, bottom), (top, _) in pairwise(cuts):
        assert bottom == top
        assert not [span for span in words if span[0] < bottom < span[1]]
        above = [group for group in lines if max(reach(item)[1] for item in group.items) <= bottom]
        assert above[-1].row
    assert {sheet.stripes[0] for sheet in found[1:]} == ({(0, scene.head)} if view == "timeline" else {cuts[1], cuts[-1]})


def test_a_picture_for_no_paper_gets_its_own() -> None:
    """By hand: 5,000 wide cannot be read on A3; 1,500 wide fits A3 on its long side."""
    wide = Scene(5000, 800, (Group((Words(10, 20, "a"),)),))

    assert [(sheet.paper.width, sheet.scale) for sheet in sheets(wide)] == [(5000 + 2 * MARGIN, 1)]
    assert [sheet.paper for sheet in sheets(Scene(1500, 1000, wide.groups))] == [A3.lying()]


@pytest.mark.parametrize(("size", "paper"), [(20, A4), (400, A3)])
def test_the_network_is_drawn_for_the_sheet_that_its_names_need(size: int, paper: object) -> None:
    page = network(size)
    scene = network_sheet(page)
    content = pdf([scene], "Network")
    (box,) = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", content)

    assert [(sheet.paper, round(sheet.scale, 2)) for sheet in sheets(scene)] == [(paper.lying(), 1)]  # type: ignore[attr-defined]
    assert [round(float(each)) for each in box] == ([842, 595] if paper == A4 else [1191, 842])  # ISO 216, in points
    assert {group.label for group in scene.groups if group.label} == {node.labels["en"] for node in page.nodes}


def test_what_is_highlighted_is_drawn_with_its_surroundings_and_named_above() -> None:
    page = network_page(kg.open().graph, "en", coalition=["CONAIE", "FENOCIN"])
    scene = network_map(page)
    drawn = {group.label for group in scene.groups if group.label}
    words = {item.text: item.colour for item in scene.items() if isinstance(item, Words)}
    near = {end for tie in page.ties if {"conaie", "fenocin"} & {tie.source, tie.target} for end in (tie.source, tie.target)}

    assert drawn == {node.labels["en"] for node in page.nodes if node.id in near}
    assert words["CONAIE"] != words["FEINE"]  # one of the two, and one beside them
    assert any(text.startswith("In full colour: coalition: CONAIE, FENOCIN") for text in words)
    assert len(network_map(replace(page, highlight=())).groups) > len(scene.groups)
