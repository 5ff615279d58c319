"""What is written for other programs: it comes back, their libraries read it, and what stays behind is counted."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.formats.dataset import dataset_of
from kg.formats.material import Material, write_files
from kg.formats.network import Network, Written, stays_behind
from kg.formats.opening import foreign_files
from kg.formats.registry import READERS, WRITERS, Writer, import_files
from kg.views.exchange import network_of
from tests.formats.test_import import imported, ties

BY_NAME = {w.name: w for w in WRITERS}


@pytest.fixture(scope="module")
def network(world: Path) -> Network:
    return network_of(kg.open(world).graph)


def written(writer: Writer, network: Network, folder: Path) -> tuple[Path, Written]:
    result: Written = import_module(f"kg.formats.{writer.module}").write(network)
    target = folder / f"out{writer.ending}"
    if isinstance(result.content, dict):
        write_files(result.content.items(), target)
    else:
        target.write_bytes(result.content)
    return target, result


@pytest.mark.parametrize("name", [n for n in BY_NAME if n != "popolo"])
def test_every_actor_and_tie_comes_back(tmp_path: Path, network: Network, name: str) -> None:
    target, _ = written(BY_NAME[name], network, tmp_path)
    result = imported(*foreign_files(target))
    labels = {n["id"]: n["label"] for n in network.nodes}
    names = {r["id"]: r["name_en"] for r in result.material.tables["actors"]}

    assert sorted(labels.values()) == sorted(names.values())
    assert Counter(frozenset((labels[e["source"]], labels[e["target"]])) for e in network.edges) == Counter(
        frozenset((names[a], names[b])) for a, _, b in ties(result)
    )


@pytest.mark.parametrize("name", ["gexf", "graphml", "gephi", "kumu", "kumu-xlsx", "oligrapher"])
def test_types_of_ties_come_back_with_their_direction(tmp_path: Path, network: Network, name: str) -> None:
    target, _ = written(BY_NAME[name], network, tmp_path)
    result = imported(*foreign_files(target))

    assert Counter(e["type"] for e in network.edges) == Counter(t for _, t, _ in ties(result))


def test_popolo_holds_memberships_and_counts_the_other_ties(tmp_path: Path, network: Network) -> None:
    target, result = written(BY_NAME["popolo"], network, tmp_path)
    held = [e for e in network.edges if e["type"] in ("membership", "affiliation", "coalition-membership", "part-of")]

    assert {"ties that are no memberships": len(network.edges) - len(held)} == result.left
    assert len(held) == len(ties(imported(target)))


@pytest.mark.parametrize("writer", WRITERS, ids=lambda w: w.name)
def test_the_same_network_gives_the_same_bytes(tmp_path: Path, network: Network, writer: Writer) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    first, second = (written(writer, network, folder)[1] for folder in folders)

    assert first.content == second.content


def test_gexf_declares_what_it_uses_and_has_colours_and_places(tmp_path: Path, network: Network) -> None:
    target, _ = written(BY_NAME["gexf"], network, tmp_path)
    root = ET.parse(target).getroot()
    space = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
    declared = {(a.get("class"), x.get("id")) for a in root.iterfind(".//g:attributes", space) for x in a}
    used = {(kind, v.get("for")) for kind in ("node", "edge") for v in root.iterfind(f".//g:{kind}s//g:attvalue", space)}
    nodes = root.findall(".//g:node", space)

    assert used <= declared
    assert len(network.edges) == len(root.findall(".//g:edge", space))
    assert all(n.find("viz:position", space) is not None and n.find("viz:color", space) is not None for n in nodes)
    target.write_text(
        target.read_text()
        .replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
        .replace('type="undirected"', 'type="directed"')  # networkx has no mixed graphs
        .replace('type="list"', 'type="string"')
    )
    assert {n["id"] for n in network.nodes} == set(nx.read_gexf(target))


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        ({"start": "2010", "end": "2012-02"}, {"start": "2010-01-01", "end": "2012-02-29"}),
        ({"start": "2010-05"}, {"start": "2010-05-01"}),
        ({"end": "2011"}, {"end": "2011-12-31"}),
        ({"start": "2010-05-06"}, {"start": "2010-05-06"}),
        ({}, {}),
    ],
)
def test_gexf_has_a_time_line_where_ties_have_dates(tmp_path: Path, dates: dict[str, str], days: dict[str, str]) -> None:
    ends = {"source": "a", "target": "b", "directed": True, "type": "alliance", "label": "alliance", "colour": "#000000"}
    nodes: list[dict[str, Any]] = [{"id": n, "label": n} for n in "ab"]
    network = Network("x", nodes, [{"id": "e", **ends, **dates}], Material(dataset_of({}, "x", "x")))
    target, _ = written(BY_NAME["gexf"], network, tmp_path)
    space = "{http://gexf.net/1.3}"
    root = ET.parse(target).getroot()
    graph, edge = root.find(f"{space}graph"), root.find(f".//{space}edge")
    back = imported(target).material.tables["relations"][0]

    assert graph is not None
    assert edge is not None
    assert ("dynamic" if days else "static") == graph.get("mode")
    assert days == {n: edge.get(n) for n in ("start", "end") if edge.get(n)}
    assert dates == {n: back[n] for n in ("start", "end") if n in back}, "a year stays a year when it is read again"


def test_graphml_is_read_whole_by_networkx(tmp_path: Path, network: Network) -> None:
    target, _ = written(BY_NAME["graphml"], network, tmp_path)
    target.write_text(target.read_text().replace(' directed="false"', ""))  # networkx has no mixed graphs
    read = nx.read_graphml(target, force_multigraph=True)

    assert ({n["id"]: n["label"] for n in network.nodes}, len(network.edges)) == (
        {n: d["label"] for n, d in read.nodes(data=True)},
        len(read.edges),
    )
    assert {n["id"]: n["x"] for n in network.nodes} == {n: d["x"] for n, d in read.nodes(data=True)}


@pytest.fixture(scope="module")
def weighted(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """Signed ties with weights and without a direction."""
    path = tmp_path_factory.mktemp("weighted") / "ties.csv"
    path.write_text("source,target,sign,weight\nA,B,1,2.5\nB,C,-1,3\nC,A,,0.25\n")
    return network_of(kg.open(path).graph)


@pytest.mark.parametrize("name", ["gexf", "graphml", "gephi", "kumu", "kumu-xlsx"])
def test_signs_and_weights_come_back(tmp_path: Path, weighted: Network, name: str) -> None:
    target, _ = written(BY_NAME[name], weighted, tmp_path)
    found = kg.open(target).to_networkx()

    assert {("a", "b"): (1, 2.5), ("b", "c"): (-1, 3.0), ("a", "c"): (0, 0.25)} == {
        (min(a, b), max(a, b)): (d["sign"], d["weight"]) for a, b, d in found.edges(data=True)
    }


@pytest.mark.parametrize(("name", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networkx_reads_signs_and_weights_of_ties_without_direction(
    tmp_path: Path, weighted: Network, name: str, read: Any
) -> None:
    target, _ = written(BY_NAME[name], weighted, tmp_path)
    found = read(target)

    assert [(1, 2.5), (-1, 3.0), (0, 0.25)] == [
        (found.edges[e]["sign"], found.edges[e]["weight"]) for e in ("ab", "bc", "ac")
    ]


def test_oligrapher_nodes_know_their_edges(tmp_path: Path, network: Network) -> None:
    content = json.loads(written(BY_NAME["oligrapher"], network, tmp_path)[0].read_text())
    graph = content["graph"]

    assert all(
        key in graph["nodes"][edge[end]]["edgeIds"]
        for key, edge in graph["edges"].items()
        for end in ("node1_id", "node2_id")
    )


def test_links_of_followthemoney_lead_to_entities_of_the_file(tmp_path: Path, network: Network) -> None:
    target, _ = written(BY_NAME["followthemoney"], network, tmp_path)
    entities = [json.loads(line) for line in target.read_text().splitlines()]
    ids = {e["id"] for e in entities}
    ends = ("member", "organization", "agent", "client", "subject", "object")

    assert all(isinstance(v, str) for e in entities for values in e["properties"].values() for v in values)
    assert all(e["properties"][end][0] in ids for e in entities for end in ends if end in e["properties"])


def test_a_kumu_workbook_has_ids_on_both_sheets_and_no_formula(tmp_path: Path, network: Network) -> None:
    target, _ = written(BY_NAME["kumu-xlsx"], network, tmp_path)
    book = openpyxl.load_workbook(target)

    assert [["ID", "Label", "Type"], ["ID", "From", "To"]] == [[c.value for c in book[n][1]][:3] for n in book.sheetnames]
    assert not any(c.data_type == "f" for sheet in book for row in sheet for c in row)


def test_text_that_looks_like_markup_or_a_formula_stays_text(tmp_path: Path, network: Network) -> None:
    odd = "=1+1 <b>&\"'\x07|é 🌾"
    node = {"id": odd, "label": odd, "type": "ngo", "kind": "organization", "country": [], "x": 1.0, "y": 2.0, "colour": ""}
    edge = {"id": "e", "source": odd, "target": odd + "2", "label": odd, "type": "alliance", "sign": 1, "directed": False}
    hostile = Network(odd, [node, {**node, "id": odd + "2", "label": "B"}], [edge], network.material)
    for writer in WRITERS:
        (tmp_path / writer.name).mkdir()
        target, _ = written(writer, hostile, tmp_path / writer.name)
        names = {r["name_en"].replace("¦", "|") for r in import_files(foreign_files(target)).material.tables["actors"]}

        assert {"B"} < names, writer.name
        assert any("<b>&" in n and "🌾" in n for n in names), writer.name


def test_what_stays_behind_is_counted(world: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["--data", str(world), "export", "--to", "kumu", "-o", str(tmp_path / "x.json")])

    assert 0 == done.exit_code, done.output
    assert "kumu: stays behind: 4 places" in done.stderr  # tests/world/places.csv has 4 rows below its heading


def test_nothing_stays_behind_where_a_format_holds_every_table(network: Network) -> None:
    everything = [t for t in network.material.tables if t != "relations"]

    assert "" == stays_behind(Network("", [], [], type(network.material)(network.material.dataset)), everything, {})


def test_the_table_of_formats_names_modules_that_can_do_what_it_says() -> None:
    assert all(callable(import_module(f"kg.formats.{r.module}").read) for r in READERS)
    assert all(callable(import_module(f"kg.formats.{w.module}").write) for w in WRITERS)
    assert all(f.keeps and f.loses for f in (*READERS, *WRITERS))
