"""The network page beside peers of the field: size of the file, time to the first frame, frames shown while panning.

Peers come from npm into a temporary folder and are never shipped: vis-network, sigma, force-graph, cytoscape; pyvis as it
comes from PyPI. Every page holds the same nodes and ties at the same places and stands in one file opened from disk. The
first frame is the animation frame after a page's first complete drawing, nodes and ties, median of rounds, each with a browser
started anew in which every page gets a profile and a process of its own; the pages take turns, so that whatever else the
machine does strikes all of them. How frames are
counted stands in `benchmarks.screen`; the row "ceiling" says how many could be counted at most.

Run it with `make bench-views`, or with sizes: `python -m benchmarks.views 100 500`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.report import write_table
from benchmarks.screen import CEILING, PATIENCE, measured, started_browsers
from kg.views.html import network_html
from kg.views.layout import layout
from kg.views.page import NetworkPage
from tests.views.networks import network

SIZES = (100, 500, 1000, 10_000)
STARTS = 5
PANNED = 3
"""Starts after whose first frame the picture is moved about as well; pages besides ours and the rival's have no more."""
RIVAL = "force-graph"
LARGEST_STOCK = 100
"""Nodes up to which pyvis' own page is opened: beyond, its physics takes minutes to a stable frame."""
LARGEST_FILE = {100: 150_000, 500: 300_000, 10_000: 1_000_000}
LEAST_SHOWN = 50.0
NEAR_CEILING = 0.9
"""Share of the ceiling that counts as reaching it, where the machine cannot show so many frames."""
PACKAGES = {
    "vis-network": ("vis-network@10.1.5", "vis-network/standalone/umd/vis-network.min.js"),
    "sigma": ("sigma@3.0.3", "sigma/dist/sigma.min.js"),
    "graphology": ("graphology@0.26.0", "graphology/dist/graphology.umd.min.js"),
    "force-graph": ("force-graph@1.52.0", "force-graph/dist/force-graph.min.js"),
    "cytoscape": ("cytoscape@3.34.0", "cytoscape/dist/cytoscape.min.js"),
}
_SHOWN = "const shown = () => requestAnimationFrame(() => { globalThis.firstFrame ??= performance.now(); });"
_PEERS: Mapping[str, tuple[Sequence[str], str]] = {
    "force-graph": (
        ("force-graph",),
        """ForceGraph()(box).cooldownTicks(0).nodeLabel("label").nodeColor("colour").linkColor("colour")
          .linkDirectionalArrowLength(4)
          .onRenderFramePost(() => ties.at(-1).source.id && shown())  // its first drawing lacks the ties: their ends are ids yet
          .graphData({nodes: nodes.map(n => ({...n, fx: n.x, fy: n.y})), links: ties}).zoomToFit(0, 40);""",
    ),
    "vis-network": (
        ("vis-network",),
        """const net = new vis.Network(box, {
            nodes: nodes.map(n => ({id: n.id, label: n.label, color: n.colour, x: n.x, y: n.y, shape: "dot", size: 8})),
            edges: ties.map((t, id) => ({id, from: t.source, to: t.target, color: t.colour, arrows: "to", smooth: false}))},
          {physics: false, layout: {improvedLayout: false}}); net.once("afterDrawing", shown); net.fit({animation: false});""",
    ),
    "sigma": (
        ("graphology", "sigma"),
        """const graph = new graphology.MultiDirectedGraph();
        for (const n of nodes) graph.addNode(n.id, {label: n.label, color: n.colour, x: n.x, y: -n.y, size: 6});
        for (const t of ties) graph.addEdge(t.source, t.target, {color: t.colour, size: 1.5, type: "arrow"});
        const s = new Sigma(graph, box); s.once("afterRender", shown); shown();""",
    ),
    "cytoscape": (
        ("cytoscape",),
        """const cy = cytoscape({container: box, layout: {name: "preset"},
          elements: [...nodes.map(n => ({data: n, position: {x: n.x, y: n.y}})),
            ...ties.map((t, i) => ({data: {id: "t" + i, ...t}}))],
          style: [{selector: "node", style: {label: "data(label)", "background-color": "data(colour)", width: 16, height: 16}},
            {selector: "edge", style: {"line-color": "data(colour)", width: 2, "curve-style": "haystack"}}]});
        cy.one("render", shown);""",
    ),
}


@dataclass
class _Result:
    """What was measured of one page."""

    name: str
    size: int
    bytes: int
    first: list[float] = field(default_factory=list)
    """Milliseconds, one for each start."""
    fps: list[float] = field(default_factory=list)

    def row(self, rival: float | None) -> list[str]:
        """Cells for the table; the ratio is that of the first frame to the rival's."""
        ours = median(self.first) if self.first else None
        ratio = f"{ours / rival:.2f}" if ours is not None and rival else ""
        first = f"over {PATIENCE:.0f} s" if ours is None else f"{ours:.0f} ms"
        fps = f"{median(self.fps):.0f}" if self.fps else ""
        return [f"{self.size}", self.name, f"{self.bytes / 1000:.0f} kB", first, ratio, fps]


def _say(words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def _fetched(folder: Path) -> dict[str, str]:
    """The text of each peer's library, from npm."""
    npm = shutil.which("npm")
    if not npm:
        sys.exit("benchmarks.views: needs npm for the peers; install Node.js")
    wanted = [spec for spec, _ in PACKAGES.values()]
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder), *wanted]
    subprocess.run(command, check=True, timeout=600)
    modules = folder / "node_modules"
    return {name: (modules / path).read_text(encoding="utf-8") for name, (_, path) in PACKAGES.items()}


def _marks(page: NetworkPage) -> dict[str, list[dict[str, Any]]]:
    """Nodes and ties as every peer gets them: a place, a name, a colour."""
    at = {node.id: index for index, node in enumerate(page.nodes)}
    ties = [t for t in page.ties if t.source in at and t.target in at]
    places = layout(len(at), [(at[t.source], at[t.target]) for t in ties])
    types = {each.id: each for each in page.types}
    signs = {each.id: each.colour for each in page.tie_types}

    def colour(name: str) -> str:
        return types[name].colour or types[types[name].broader].colour

    return {
        "nodes": [
            {"id": n.id, "label": n.labels["en"], "colour": colour(n.type), "x": x, "y": y}
            for n, (x, y) in zip(page.nodes, places, strict=True)
        ],
        "ties": [{"source": t.source, "target": t.target, "colour": signs[t.type]} for t in ties],
    }


def _peer_page(name: str, libraries: Mapping[str, str], marks: Mapping[str, Any]) -> str:
    used, code = _PEERS[name]
    scripts = "".join(f"<script>{libraries[each]}</script>" for each in used)
    data = json.dumps(marks, ensure_ascii=False).replace("<", "\\u003c")
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>peer</title>'
        "<style>html,body,#box{margin:0;width:100%;height:100%;overflow:hidden}</style>"
        f'<body><div id="box"></div>{scripts}<script>const {{nodes, ties}} = {data}; {_SHOWN}'
        f'const box = document.getElementById("box"); {code}</script></body></html>'
    )


def _stock_page(marks: Mapping[str, Any]) -> str:
    """pyvis' own page, as a user gets it with everything in line."""
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line", height="800px")
    for node in marks["nodes"]:
        net.add_node(node["id"], label=node["label"], color=node["colour"])
    for tie in marks["ties"]:
        net.add_edge(tie["source"], tie["target"], color=tie["colour"])
    text: str = net.generate_html()
    stable = f'{_SHOWN} network.once("stabilizationIterationsDone", shown);'
    return text.replace("</body>", f"<script>{stable}</script></body>")


async def _measure(results: Mapping[Path, _Result], starts: int) -> None:
    """Fills in the results, the pages taking turns; a page that showed nothing is not opened again."""
    silent: set[Path] = set()
    async with started_browsers() as start:
        for number in range(starts):
            browser = await start()
            for file, result in _turned(results, number):
                if file in silent or (number >= PANNED and result.name not in ("kg", RIVAL)):
                    continue
                _say(f"{result.size} nodes, {result.name}: start {number + 1} of {starts}")
                found = await measured(browser, file, panned=number < PANNED)
                if found is None:
                    silent.add(file)
                    continue
                result.first.append(found[0])
                if number < PANNED:
                    result.fps.append(found[1])
            await browser.close()


def _turned(results: Mapping[Path, _Result], number: int) -> list[tuple[Path, _Result]]:
    """The results beginning with another one each time: what comes first in a browser has no advantage of it."""
    each = list(results.items())
    return each[number % len(each) :] + each[: number % len(each)]


def _pages(size: int, libraries: Mapping[str, str], wanted: Sequence[str]) -> Iterator[tuple[str, str]]:
    shown = network(size)
    marks = _marks(shown)
    makers: dict[str, Callable[[], str]] = {
        "kg": lambda: network_html(replace(shown, flat=True)),
        "ceiling": lambda: CEILING,
    }
    makers |= {name: (lambda name=name: _peer_page(name, libraries, marks)) for name in _PEERS}  # type: ignore[misc]  # bound at once
    if size <= LARGEST_STOCK:
        makers["pyvis"] = lambda: _stock_page(marks)
    for name, make in makers.items():
        if not wanted or name == "ceiling" or name in wanted:
            yield name, make()


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a table for each size once it is measured; 1 where a figure misses its limit."""
    parser = argparse.ArgumentParser(prog="benchmarks.views")
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--starts", type=int, default=STARTS)
    parser.add_argument("--only", action="append", default=[], choices=["kg", "pyvis", *_PEERS])
    options = parser.parse_args(arguments)
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        libraries = {} if options.only == ["kg"] else _fetched(folder)
        for size in options.sizes:
            results: dict[Path, _Result] = {}
            for page_name, text in _pages(size, libraries, options.only):
                file = folder / f"{page_name}-{size}.html"
                file.write_text(text, encoding="utf-8")
                results[file] = _Result(page_name, size, file.stat().st_size)
            asyncio.run(_measure(results, options.starts))
            named = {result.name: result for result in results.values()}
            rival = median(named[RIVAL].first) if RIVAL in named and named[RIVAL].first else None
            _say("")
            rows = [result.row(rival) for result in named.values()]
            write_table(["nodes", "page", "file", "first frame", "of force-graph's", "shown fps"], rows)
            if "kg" in named:
                missed += _misses(named["kg"], rival, median(named["ceiling"].fps))
    for line in missed:
        print(line)
    return int(bool(missed))


def _misses(ours: _Result, rival: float | None, ceiling: float) -> Iterator[str]:
    if not ours.first:
        yield f"{ours.size} nodes: nothing is shown within {PATIENCE:.0f} s"
        return
    if ours.bytes > LARGEST_FILE.get(ours.size, ours.bytes):
        yield f"{ours.size} nodes: the file has {ours.bytes} bytes, more than {LARGEST_FILE[ours.size]}"
    if rival and median(ours.first) > rival:
        yield f"{ours.size} nodes: the first frame takes {median(ours.first):.0f} ms, {RIVAL}'s {rival:.0f} ms"
    least = min(LEAST_SHOWN, NEAR_CEILING * ceiling)
    if median(ours.fps) < least:
        yield f"{ours.size} nodes: {median(ours.fps):.0f} frames a second are shown while panning, fewer than {least:.0f}"


if __name__ == "__main__":
    sys.exit(main())
