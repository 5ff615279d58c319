"""Views beside the network: each shows the rows of its questions, says what is known and what is not, and can be printed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

import kg
from kg.errors import NotFoundError
from kg.views.charts.catalog import MODULES, load_view
from kg.views.charts.files import pictures, write_view
from kg.views.charts.html import chart_html
from kg.views.charts.lanes import Span, lanes
from kg.views.charts.network_map import network_map
from kg.views.charts.page import ChartPage
from kg.views.charts.printing import pdf, png
from kg.views.charts.scene import Words
from kg.views.charts.site import write_site
from kg.views.charts.svg import svg
from kg.views.document import words_in
from kg.views.page import text_in
from tests.shipped import shipped_graph
from tests.views.charts import hostile_chart, shipped
from tests.views.networks import network

VIEWS = list(MODULES)


@pytest.fixture(scope="module")
def invented(world: Path) -> kg.KnowledgeGraph:
    return kg.open(world)


def page_of(graph: kg.KnowledgeGraph, view: str, **filters: str) -> ChartPage:
    return load_view(view).page(graph.graph, "en", **{n: [v] for n, v in filters.items()})


def rows(page: ChartPage, table: str) -> list[str]:
    return [row.id for each in page.tables if each.id == table for row in each.rows]


@pytest.mark.parametrize("view", VIEWS)
def test_every_text_of_a_page_is_there_in_three_languages(view: str) -> None:
    page = shipped(view)
    texts = [page.title, page.facts, page.help, *(t.title for t in page.tables), *(f.title for f in page.figures)]
    texts += [column.heading for table in page.tables for column in table.columns]
    texts += [entry.text for figure in page.figures for entry in figure.key] + [facet.heading for facet in page.facets]

    assert [dict(text) for text in texts if set(text) != {"en", "es", "fr"}] == []
    assert [key for key, word in words_in("charts.json").items() if set(word) != {"en", "es", "fr"}] == []


@pytest.mark.parametrize(
    ("lang", "countries"),
    [
        # By hand, as dictionaries have them; by code point É would come last.
        ("en", ["Bolivia", "Ecuador", "Peru", "United States"]),
        ("fr", ["Bolivie", "Équateur", "États-Unis", "Pérou"]),
    ],
)
def test_what_has_no_order_of_its_own_stands_in_that_of_its_names(lang: str, countries: list[str]) -> None:
    page = load_view("tensions").page(shipped_graph().graph, lang)
    (facet,) = (each for each in page.facets if each.id == "country")
    status = next(each for each in page.facets if each.id == "status")

    assert [text_in(entry.labels, lang) for entry in facet.entries] == countries
    assert (facet.ordered, status.ordered) == (False, True)
    assert [entry.id for entry in status.entries] == ["stated", "inferred"]


def test_lines_of_a_grid_stand_in_the_order_of_their_names() -> None:
    page = load_view("countries").page(shipped_graph().graph, "fr")
    grid = page.figures[0].grid
    assert grid is not None

    # By hand, as dictionaries have them.
    assert [text_in(name, "fr").split()[0] for name, _ in grid.lines] == [
        "Argent", "Croissance", "Investissement", "Part", "Pauvreté", "Population", "Production", "Taux",
    ]  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
def test_the_page_is_one_safe_file_and_the_same_each_time(view: str) -> None:
    first = chart_html(shipped(view))

    assert first == chart_html(shipped(view))
    assert re.findall(r"""(?:src|href)=["'](?!data:,|[\w-]+\.html)[^"']*""", first) == []
    assert "unsafe" not in first
    assert first.startswith("<!doctype html>")


def test_hostile_texts_leave_no_markup_in_the_file() -> None:
    html = chart_html(hostile_chart())

    assert html.count("<script") == 3  # data, program, start
    assert "<img" not in html


def test_tensions_are_those_of_the_questions(invented: kg.KnowledgeGraph) -> None:
    page = page_of(invented, "tensions")

    # By hand from tests/questions/world: tensions.csv and contradicting-laws.csv.
    assert set(rows(page, "tensions")) >= {
        "coop~tension~mujeres~direct",
        "unions~tension~pueblos~direct",
        "uca~accusation~camara~direct",
    }
    assert len(rows(page, "tensions")) == len(invented.ask("tensions"))
    kept = next(row for row in page.tables[0].rows if row.id == "unions~tension~pueblos~direct")
    assert [answer.label for answer in invented.ask("tensions")[1].maintained_by] == [kept.cells[4]["en"]]  # type: ignore[index]
    assert len(rows(page, "laws")) == len(invented.ask("contradicting-laws"))


def test_the_severest_tensions_come_first(invented: kg.KnowledgeGraph) -> None:
    page = page_of(invented, "tensions")
    found = rows(page, "tensions")
    direct = [name.endswith("~direct") for name in found]

    # By hand from tests/world/relations.csv: 0.6 and 0.3 are the only strengths that are coded.
    assert ["uca~accusation~camara~direct", "coop~tension~mujeres~direct", "unions~tension~pueblos~direct"] == found[:3]
    assert direct == sorted(direct, reverse=True)
    assert [figure.first for figure in page.figures] == [100] * len(page.figures)


def test_conflicting_figures_stand_together_and_are_marked() -> None:
    page = shipped("countries")
    grid = page.figures[0].grid
    assert grid is not None
    signs = {
        (name["en"], column["en"]): text_in(cell.text, "en") if isinstance(cell.text, dict) else cell.text
        for name, cells in grid.lines
        for column, cell in zip(grid.columns, cells, strict=True)
        if cell.sign == "≠"
    }

    # By hand from the document: s063 and s112 for Peru, s076 and s117 for Bolivia.
    assert signs == {
        ("Agriculture's share of the economy (Per cent)", "Peru"): "8.6% (2004–2009) / 7.1%",
        ("Rural population (Per cent)", "Bolivia"): "33.6% (2010) / 33%",
    }


def test_silence_and_a_no_look_different() -> None:
    grid = shipped("countries").figures[2].grid
    assert grid is not None
    line = next(cells for name, cells in grid.lines if name["en"] == "Marketing")
    signs = {column["en"]: cell.sign for column, cell in zip(grid.columns, line, strict=True)}

    # By hand: s043 to s046 on marketing; the text says nothing of CONVEAGRO and marketing.
    assert (signs["CONAIE"], signs["FENOCIN"], signs["CONVEAGRO"]) == ("○", "○", "")


def test_a_sign_and_its_count_stay_on_one_line() -> None:
    (issues,) = (f.grid for f in shipped("countries").figures if f.id == "issues")
    assert issues
    told = [str(cell.text) for _, cells in issues.lines for cell in cells if cell.text]

    assert told
    assert all(re.fullmatch(r"[●◐○]\u00a0\d+", part) for text in told for part in text.split("  "))


def test_convergence_counts_what_both_are_for_or_against(invented: kg.KnowledgeGraph) -> None:
    import kg.analysis

    page = page_of(invented, "matrix")
    signs: dict[str, dict[str, float]] = {}
    values = {"support": 1, "strong-support": 1, "conditional-support": 1, "oppose": -1, "strong-opposition": -1}
    for row in invented.ask("positions"):
        stance = row.stance.iri.rpartition("/")[2]
        if row.modality.iri.endswith("/asserted") and stance in values:
            signs.setdefault(row.actor.id, {})[row.on.id] = values[stance]
    # MACTOR, first order, is computed by the analysis library; here without any influence.
    found = kg.analysis.mactor(signs, {actor: {} for actor in signs})
    pairs = {row.id.split("~")[0]: row for row in page.tables[0].rows}

    assert pairs
    for row in page.tables[0].rows:
        one, other = row.id.split("~")
        assert (row.cells[4], row.cells[5]) == (found.convergence[1][one][other], found.divergence[1][one][other])


@pytest.mark.parametrize(("view", "figure"), [("matrix", "pairs"), ("matrix", "positions"), ("countries", "attention")])
def test_a_grid_shows_as_many_actors_as_can_be_read_and_says_so(
    monkeypatch: pytest.MonkeyPatch, invented: kg.KnowledgeGraph, view: str, figure: str
) -> None:
    def grid_of(page: ChartPage) -> tuple[int, dict[str, str]]:
        (found,) = (each for each in page.figures if each.id == figure)
        assert found.grid
        return len(found.grid.columns), dict(found.note)

    everybody, _ = grid_of(page_of(invented, view))
    monkeypatch.setattr("kg.views.charts.grids.WIDEST", 2)
    shown, note = grid_of(page_of(invented, view))

    assert everybody > 2 == shown
    assert {lang: f"{everybody} act" in text and " 2 " in text for lang, text in note.items()} == {
        "en": True,
        "es": True,
        "fr": True,
    }


def test_the_timeline_holds_each_dated_fact_once(invented: kg.KnowledgeGraph) -> None:
    page = page_of(invented, "timeline")
    facts = {row.fact.id for row in invented.ask("changes", **{"from": "0001", "to": "9998"})}

    assert set(rows(page, "events")) == facts
    assert len(rows(page, "events")) == len(facts)


def test_no_name_of_the_timeline_is_cut_where_a_line_is_free() -> None:
    names = {"en": "National confederation of peasant, indigenous and black organisations of the valleys and of the coast"}
    spans = [
        Span(row=str(n), name=names, label=names, start=start, end=end)
        for n, (start, end) in enumerate(
            [("1990", ""), ("", "2012"), ("2011", ""), ("1991", "1992"), ("1990", "2013"), ("2001", "2002")]
        )
    ]
    scene = lanes([({"en": "Laws"}, spans)], "en", now="2013", title="", description="")

    texts = [item.text for group in scene.groups if group.row for item in group.items if isinstance(item, Words)]
    assert texts == [names["en"]] * len(spans)
    phone = lanes([({"en": "Laws"}, spans)], "en", now="2013", title="", description="", narrow=True)
    lines = [[item.text for item in group.items if isinstance(item, Words)] for group in phone.groups if group.row]
    assert [" ".join(each) for each in lines] == [names["en"]] * len(spans)


def test_what_a_fact_is_about_stays_whole_between_two_long_names() -> None:
    """A name of 150 characters takes two lines above its bar; the year that the data stand for is written once."""
    one, other = "Asociación Departamental de Productores Ecológicos de Loja", "Federación Nacional de Mujeres Campesinas"
    name = f"{one} – Tension – {other}, Artesanas, Indígenas, Nativas y Asalariadas"
    span = Span(row="r", name={"en": name}, start="2001", end="", label={"en": name})
    scene = lanes([({"en": "Relation"}, [span])], "en", now="2010", title="", description="")
    words = [item.text for item in scene.items() if isinstance(item, Words)]

    assert "Tension" in " ".join(words)
    assert not any("…" in text for text in words)
    assert words.count("2010") == 1
    phone = lanes([({"en": "Relation"}, [span])], "en", now="2010", title="", description="", narrow=True)
    assert (
        " ".join(item.text for group in phone.groups if group.row for item in group.items if isinstance(item, Words)) == name
    )


@pytest.mark.parametrize(("view", "first"), [("tensions", 100), ("timeline", 200)])
def test_pictures_that_grow_downwards_draw_some_screens_of_lines_at_first(
    invented: kg.KnowledgeGraph, view: str, first: int
) -> None:
    assert {figure.first for figure in page_of(invented, view).figures} == {first}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_of_nothing_says_so(invented: kg.KnowledgeGraph, view: str) -> None:
    page = page_of(invented, view, issue="mining")

    assert [row for table in page.tables for row in table.rows] == []
    assert all(not figure.scenes or view == "power-interest" for figure in page.figures)
    assert "<html" in chart_html(page)


@pytest.mark.parametrize("view", [v for v in VIEWS if v not in ("countries", "matrix")])
def test_pictures_are_printed_without_a_browser(view: str, tmp_path: Path) -> None:
    page = shipped(view, country="Peru")
    drawing, *_ = write_view(page, tmp_path / "a.svg", "svg")
    (print_,) = write_view(page, tmp_path / "a.pdf", "pdf")
    scene = next(iter(pictures(page).values()))

    assert "<text" in drawing.read_text(encoding="utf-8")
    assert print_.read_bytes().startswith(b"%PDF")
    assert png(scene, 1).startswith(b"\x89PNG")


def test_print_holds_real_text_with_its_letters_and_no_date() -> None:
    scene = next(iter(pictures(shipped("power-interest", country="Ecuador")).values()))
    content = pdf([scene], "Power and interest")
    streams = b"".join(_unpacked(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", content, flags=re.DOTALL))

    assert content == pdf([scene], "Power and interest")
    assert b"CreationDate" not in content
    assert b"/FontFile2" in content  # letters are embedded as TrueType
    assert b" Tj" in streams or b" TJ" in streams  # text operators, not outlines


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_the_network_is_drawn_with_every_actor_and_a_key() -> None:
    page = network(100)
    scene = network_map(page)
    drawing = svg(scene, "en")

    assert drawing == svg(network_map(page), "en")
    assert {group.label for group in scene.groups if group.label} == {node.labels["en"] for node in page.nodes}
    assert "is allied with" in drawing
    assert network_map(page, width=600).width == pytest.approx(600)


def test_a_site_opens_on_an_index_that_leads_to_every_page(tmp_path: Path, invented: kg.KnowledgeGraph) -> None:
    written = [path.name for path in write_site(invented.graph, "fr", tmp_path)]
    index, network = ((tmp_path / name).read_text(encoding="utf-8") for name in ("index.html", "network.html"))

    assert written == ["network.html", *(f"{view}.html" for view in VIEWS), "index.html"]
    assert set(re.findall(r'href="([\w-]+\.html)"', index)) == set(written)
    assert set(re.findall(r'href="([\w-]+\.html)"', network)) == set(written)
    assert 'aria-current="page" data-t="page.network.html">Réseau</a>' in network
    assert 'lang="fr"' in index
    assert re.search(r'data-count="\d">\d+ tensions en vigueur', index)


def test_a_site_is_the_same_whatever_the_hash_seed(tmp_path: Path, world: Path) -> None:
    code = "import sys, kg; from pathlib import Path; from kg.views.charts.site import write_site; "
    code += "list(write_site(kg.open(sys.argv[1]).graph, 'en', Path(sys.argv[2])))"
    contents = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        subprocess.run(
            [sys.executable, "-c", code, str(world), str(folder)], check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        contents.append({path.name: path.read_bytes() for path in folder.iterdir()})

    assert contents[0] == contents[1]


def test_unknown_views_are_refused() -> None:
    with pytest.raises(NotFoundError, match="did you mean 'tensions'"):
        load_view("tension")
