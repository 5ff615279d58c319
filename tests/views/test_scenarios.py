"""What a scenario changes on a network page, on the invented country; expected ties and stances are read off its tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.views.charts.network_map import network_map
from kg.views.charts.scene import Words
from kg.views.network import network_page
from kg.views.page import NetworkPage
from tests.cli.running import kg as run

INHERITED = {
    f"https://example.org/world/te-unions-pueblos~{pair}" for pair in ("uca~consejo", "uca~pueblos", "unions~consejo")
}


@pytest.fixture(scope="module")
def graph(world: Path) -> kg.KnowledgeGraph:
    return kg.open(world)


@pytest.fixture
def after(graph: kg.KnowledgeGraph, tmp_path: Path) -> Callable[..., NetworkPage]:
    """The page of a scenario whose table has these rows."""

    def page(*rows: str, lang: str = "en", **filters: Any) -> NetworkPage:
        path = tmp_path / "then.csv"
        path.write_text("\n".join(("do,actor,type,other,on,stance,value,into,actors", *rows)) + "\n", encoding="utf-8")
        return network_page(graph.graph, lang, analysis=False, scenario=path, **filters)

    return page


def kinds(page: NetworkPage) -> dict[str, str]:
    return {key: change.kind for key, change in page.changes.items()}


def test_a_settled_tension_stays_on_the_page_as_gone_with_what_members_inherit(after: Callable[..., NetworkPage]) -> None:
    page = after("settle,unions,,pueblos")

    assert dict.fromkeys({"te-unions-pueblos", *INHERITED}, "removed") == kinds(page)
    assert {tie.id for tie in page.ties} >= {"te-unions-pueblos", *INHERITED}
    assert set(page.highlight) == set(page.changes)


def test_a_new_tie_is_added_with_its_type_as_assumed(after: Callable[..., NetworkPage]) -> None:
    page = after("add,prensa,weakening,helfen")
    (key,) = page.changes
    new = next(tie for tie in page.ties if tie.id == key)

    assert {key: "added"} == kinds(page)
    assert ("prensa", "weakening", "helfen", "assumed") == (new.source, new.type, new.target, new.status)
    assert "assumed" in {status.id for status in page.statuses}
    assert 1 == [kind.id for kind in page.tie_types].count("weakening")


def test_power_and_positions_are_told_today_and_then(after: Callable[..., NetworkPage]) -> None:
    page = after("power,mag,,,,,0.2..0.3,,", "position,mag,,,ley-tierra,oppose,,,")
    power, position = page.changes["mag"].said

    assert ("0.6–0.9", "0.2–0.3") == (power[1]["en"], power[2]["en"])
    assert ("Conditional support", "Opposition") == (position[1]["en"], position[2]["en"])
    assert {"en", "es", "fr"} == set(position[0])


def test_merged_actors_are_gone_and_their_ties_lead_to_the_new_one(after: Callable[..., NetworkPage]) -> None:
    """verde - consejo: a bridge and a cooperation, which fall away; verde has an alliance with uca, which moves."""
    page = after('merge,,,,,,,Foro,"verde; consejo"')
    found = kinds(page)
    new = next(node for node in page.nodes if node.id == "scenario-Foro")
    moved = {tie.id: (tie.source, tie.target) for tie in page.ties if found.get(tie.id) == "changed"}

    assert {"verde": "removed", "consejo": "removed", "scenario-Foro": "added"}.items() <= found.items()
    assert {"br-verde-consejo": "removed", "cp-verde-consejo": "removed"}.items() <= found.items()
    assert ("uca", "scenario-Foro") == moved["al-uca-verde"]
    assert {"en": "Foro"} == new.labels
    assert "To" == page.changes["al-uca-verde"].said[0][0]["en"]


def test_parts_of_a_split_actor_each_have_its_ties(after: Callable[..., NetworkPage]) -> None:
    page = after('split,coop,,,,,,"North; South",')
    found = kinds(page)
    new = {(tie.source, tie.target) for tie in page.ties if found.get(tie.id) == "added"}

    assert "removed" == found["te-coop-mujeres"]
    assert {("scenario-North", "mujeres"), ("scenario-South", "mujeres")} <= new


def test_the_line_says_what_is_shown_and_what_is_not_in_three_languages(after: Callable[..., NetworkPage]) -> None:
    page = after(
        "leave,coop,,,,,,,", actor="mujeres"
    )  # its tension and its membership are near, what a law does to it is not
    told = page.highlight_label

    assert told["en"].startswith("scenario then (leave: coop). Relations gone: 2. Actors gone: 1")  # nothing is new
    assert "that this page leaves out" in told["en"]
    assert {"en", "es", "fr"} == set(told)


def test_a_scenario_of_which_the_page_shows_nothing_is_refused(after: Callable[..., NetworkPage]) -> None:
    with pytest.raises(kg.InputError, match="the page shows nothing that it changes"):
        after("leave,helfen,,,,,,,", actor="alcaldia")


def test_the_still_picture_has_words_bands_and_a_key(after: Callable[..., NetworkPage]) -> None:
    scene = network_map(after("settle,unions,,pueblos", "add,prensa,weakening,helfen"))
    words = [item.text for item in scene.items() if isinstance(item, Words)]

    assert {"new", "gone", "in the scenario: new", "in the scenario: gone"} <= set(words)
    assert any(word.startswith("In full colour: scenario then") for word in words)


def test_the_command_takes_one_highlight(tmp_path: Path, world: Path) -> None:
    (tmp_path / "s.csv").write_text("do,actor,other\nsettle,unions,pueblos\n", encoding="utf-8")
    both = run("view", "--scenario", tmp_path / "s.csv", "--coalition", "frente", "-o", tmp_path / "x.html", data=world)
    one = run("view", "--scenario", tmp_path / "s.csv", "-o", tmp_path / "x.html", data=world)

    assert (2, "kg: --coalition: highlights, as --scenario does; give one of them\n") == (both.exit_code, both.stderr)
    assert (0, "") == (one.exit_code, one.stderr)
