"""What leaves the house: the invented country with its gazette, one actor and one accusation marked private.

Only the gazette (g01-g06) tells of the cooperation of women and union, of the union's power and interest, of when it was founded,
of two attributes and of a share of rural people; helfen supports the Front and the Land Law.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

import kg
from kg.briefs.contents import brief
from kg.views.charts.catalog import MODULES, chart_page, load_view
from kg.views.charts.files import pictures
from kg.views.charts.scene import Words
from kg.views.network import network_page
from kg.views.opening import Step
from kg.views.public import public_graph
from kg.vocabulary import ALL
from tests.cli.running import kg as run

SECRETS = ("gazette", "Gazette", "between us", "Helfen", "ac-uca-camara", "1979", "The gazette notes")


def mark(folder: Path, table: str, row: str, **values: str) -> None:
    """Sets columns of one row of a table, which gets those that it lacks."""
    with (folder / table).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for each in rows:
        each.update({name: values[name] if each["id"] == row else each.get(name, "") for name in values})
    with (folder / table).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def folder(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("private") / "world"
    shutil.copytree(world, copy)
    mark(copy, "sources.csv", "gazette", private="true")
    mark(copy, "actors.csv", "helfen", private="true")
    mark(copy, "relations.csv", "ac-uca-camara", private="true")
    mark(copy, "relations.csv", "al-uca-verde", note="between us")
    mark(copy, "evidence.csv", "r02", paraphrase_en="Women and union are allied, as HÉLFEN and “Gazette of Montéa” tell.")
    mark(copy, "issues.csv", "tierra", name_en="Land, a worry of Helfen")
    return copy


@pytest.fixture(scope="module")
def graph(folder: Path) -> kg.KnowledgeGraph:
    return kg.open(folder, cache=False)


def test_what_is_private_and_what_only_that_says_is_not_in_the_graph_for_everybody(graph: kg.KnowledgeGraph) -> None:
    everybody = public_graph(graph.graph)
    public, told = everybody.graph, everybody.withheld
    left = {
        str(q.subject).rpartition("/")[2].rstrip(">") for q in public.store.native.quads_for_pattern(None, None, None, ALL)
    }
    gone = {"gazette", "g01", "g05", "helfen", "ac-uca-camara", "al-mujeres-uca", "su-helfen-frente", "as-uca-pow", "fo-uca"}

    assert set() == gone & left
    assert {"report", "r05", "uca", "al-uca-mujeres", "ad-ley-tierra", "te-unions-pueblos~uca~consejo"} <= left
    # cooperation, accusation, 2 of helfen, 2 assessments, 3 attributes, 1 figure
    assert "(1 actors, 10 facts)" in told["en"]
    assert {"en", "es", "fr"} == set(told)


def test_the_graph_itself_stays_as_it_is(graph: kg.KnowledgeGraph) -> None:
    size = len(graph.graph.named)
    public_graph(graph.graph)

    assert size == len(graph.graph.named)
    assert "helfen" in {node.id for node in network_page(graph.graph, analysis=False).nodes}


def test_where_nothing_is_private_only_notes_are_said_to_be_missing(world: Path) -> None:
    assert "nothing else here is marked private" in public_graph(kg.open(world).graph).withheld["en"]


def test_the_network_for_everybody_says_what_it_lacks(graph: kg.KnowledgeGraph) -> None:
    page = network_page(graph.graph, analysis=False, public=True)
    content = str(asdict(page))

    assert [] == [secret for secret in SECRETS if secret in content]
    assert "Public version" in page.withheld["en"]
    assert "al-uca-mujeres" in {tie.id for tie in page.ties}


@pytest.mark.parametrize("name", MODULES)
def test_every_view_for_everybody_says_what_it_lacks(graph: kg.KnowledgeGraph, name: str) -> None:
    given = {"country": ["Montéa"]} if load_view(name).by_country else {}
    page = chart_page(load_view(name), graph.graph, "en", public=True, **given)
    content = str(asdict(page))

    assert page.rows()
    assert [] == [secret for secret in SECRETS if secret in content]
    assert "Public version" in page.withheld["en"]
    for scene in pictures(page).values():
        assert "Public version" in " ".join(item.text for item in scene.items() if isinstance(item, Words))


def test_names_of_what_is_missing_are_taken_out_of_every_text_and_it_says_so(graph: kg.KnowledgeGraph) -> None:
    step = Step(
        state="focus=helfen&selected=su-helfen-frente", title={"en": "Helfen"}, text={"en": "Ask helfen. Helfende stay."}
    )
    page = network_page(graph.graph, analysis=False, public=True, opening={"story": (step,), "state": "focus=helfen"})

    assert {"Land, a worry of [...]"} == {text for each in page.issues for text in each.labels.values() if "worry" in text}
    assert (page.state, page.story[0].state) == ("focus=[...]", "focus=[...]&selected=su-[...]-frente")
    assert (page.story[0].title, page.story[0].text) == ({"en": "[...]"}, {"en": "Ask [...]. Helfende stay."})
    assert "taken out of 3 texts" in page.withheld["en"]  # r02, r05, the issue


def test_ids_that_tell_of_what_is_missing_are_replaced(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "world")
    table = copy / "relations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("al-uca-mujeres,", "al-as-helfen-says,"), encoding="utf-8")
    page = network_page(kg.open(copy, cache=False).graph, analysis=False, public=True)

    assert "withheld-1" in {tie.id for tie in page.ties}
    assert "elfen" not in str(asdict(page))


def test_a_brief_for_everybody_says_what_it_lacks(graph: kg.KnowledgeGraph) -> None:
    content = str(asdict(brief(graph.graph, "uca", public=True)))

    assert [] == [secret for secret in SECRETS if secret in content]
    assert "Public version" in content
    assert "1979" not in content


def test_commands_for_everybody(folder: Path, tmp_path: Path) -> None:
    made = run("view", "timeline", "--public", "-o", tmp_path / "t.html", data=folder)
    written = run("brief", "uca", "--public", "-o", tmp_path / "b.md", data=folder)
    nobody = run("brief", "helfen", "--public", "-o", tmp_path / "h.md", data=folder)

    assert ((0, ""), (0, "")) == ((made.exit_code, made.stderr), (written.exit_code, written.stderr))
    assert "Public version: notes, what is private" in (tmp_path / "t.html").read_text(encoding="utf-8")
    assert "Public version: notes, what is private" in (tmp_path / "b.md").read_text(encoding="utf-8")
    assert 2 == nobody.exit_code
    assert not (tmp_path / "h.md").exists()
