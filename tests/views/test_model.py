from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.views.model import KgNetwork
from kg.views.page import NetworkPage, Node, Tie, TieType
from tests.conftest import ROOT
from tests.views.networks import network

NODES = tuple(Node(id=name, labels={"en": name.upper()}) for name in "abc")
TYPES = (TieType(id="alliance", labels={"en": "Alliance"}, sign=1, mutual=True), TieType(id="tension", sign=-1))


def small() -> NetworkPage:
    ties = (
        Tie(id="1", source="a", target="b", type="alliance"),
        Tie(id="2", source="a", target="b", type="tension"),
        Tie(id="3", source="b", target="a", type="tension"),
        Tie(id="4", source="c", target="c", type="tension"),
        Tie(id="5", source="c", target="1", type="tension"),
    )
    return NetworkPage(title={"en": "T"}, nodes=NODES, ties=ties, tie_types=TYPES)


def test_parallel_ties_and_loops_are_kept() -> None:
    made = KgNetwork(small())

    assert [(e["id"], e["from"], e["to"]) for e in made.get_edges()] == [
        ("1", "a", "b"),
        ("2", "a", "b"),
        ("3", "b", "a"),
        ("4", "c", "c"),
    ]
    assert made.get_adj_list() == {"a": {"b"}, "b": {"a"}, "c": {"c"}}
    assert made.neighbors("a") == {"b"}


def test_nodes_and_edges_say_what_the_page_says() -> None:
    nodes, edges, heading, *_ = KgNetwork(small()).get_network_data()

    assert [node["label"] for node in nodes] == ["A", "B", "C"]
    assert [(e["title"], e["sign"], e["arrows"]) for e in edges[:2]] == [("Alliance", 1, ""), ("tension", -1, "to")]
    assert heading == "T"


def test_what_is_added_stands_on_the_page() -> None:
    made = KgNetwork(small())
    made.add_node("d", label="Added <b>", title="a remark", color="#aa0000")
    made.add_edge("d", "a", title="visits")
    made.add_edge("d", "a", title="visits")

    page = made.page

    assert [node.id for node in page.nodes] == ["a", "b", "c", "d"]
    assert [(t.source, t.target, t.type) for t in page.ties[-2:]] == [("d", "a", "visits")] * 2
    assert "Added <b>" not in made.generate_html()


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda n: n.add_node("a"), r"node 'a': is in the network already"),
        (lambda n: n.add_node(7), r"node 7: ids are texts here; use '7'"),
        (lambda n: n.add_edge("a", "z"), r"edge to 'z': no such node; known: a, b, c"),
        (lambda n: n.from_nx(None), r"from_nx: loses parallel ties"),
        (lambda n: n.set_template("x.html"), r"set_template: the page is drawn by kg's own renderer"),
        (lambda n: n.set_template_dir("."), r"set_template_dir: "),
        (lambda n: n.prep_notebook(), r"prep_notebook: "),
        (lambda n: n.show_buttons(), r"show_buttons: "),
        (lambda n: n.from_DOT("x.dot"), r"from_DOT: "),
        (lambda n: n.generate_html(notebook=True), r"generate_html: has no notebook form"),
    ],
)
def test_what_pyvis_would_lose_or_leak_is_an_error(act: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        act(KgNetwork(small()))  # type: ignore[operator]


def test_writing_makes_one_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()

    KgNetwork(small()).write_html("out/page.html")

    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*")) == ["out", "out/page.html"]
    assert "https://" not in (tmp_path / "out" / "page.html").read_text(encoding="utf-8").replace("https?:", "")


def test_show_opens_the_written_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)

    KgNetwork(small()).show(str(tmp_path / "page.html"))

    assert opened == [(tmp_path / "page.html").as_uri()]


def test_show_in_a_notebook_gives_a_frame(tmp_path: Path) -> None:
    frame = KgNetwork(small()).show(str(tmp_path / "page.html"), notebook=True)

    assert type(frame).__name__ == "IFrame"


def test_making_a_large_network_takes_linear_time() -> None:
    page = network(2000)

    start = time.process_time()
    KgNetwork(page)
    taken = time.process_time() - start

    assert taken < 1.0  # measured 0.03 s; a list of ids takes 1.6 s for nodes alone at 20,000


def test_pages_are_written_without_importing_pyvis() -> None:
    code = "import sys, kg.views.html; print([m for m in ('pyvis', 'IPython', 'networkx', 'rdflib') if m in sys.modules])"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}

    found = subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True, text=True).stdout

    assert found == "[]\n"
