"""Tables for Gephi, out: `nodes.csv` and `edges.csv`, as its data laboratory imports them. They are read by `networks`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.formats.delimited import csv_bytes
from kg.formats.network import Network, Written, joined, rest

__all__ = ["write"]


def _csv(head: Sequence[str], records: Sequence[dict[str, Any]]) -> bytes:
    names = [*head, *dict.fromkeys(k for r in records for k in r if k not in head)]
    rows = ([joined(r[n]) if r.get(n) not in (None, "", []) else "" for n in names] for r in records)
    return csv_bytes([names, *rows])


def write(network: Network) -> Written:
    """Both tables; `Type` of an edge says whether it has a direction, `Label` what kind it is of."""
    nodes = [{"Id": n["id"], "Label": n["label"], **rest(n, "id", "label"), **_drawn(n)} for n in network.nodes]
    edges = [
        {
            "Source": e["source"], "Target": e["target"], "Type": "Directed" if e["directed"] else "Undirected",
            "Id": e["id"], "Label": e["label"], "relation": e["type"],
            **rest(e, "id", "source", "target", "label", "directed", "type"), **_drawn(e),
        }
        for e in network.edges
    ]  # fmt: skip
    return Written(
        {
            "nodes.csv": _csv(("Id", "Label"), nodes),
            "edges.csv": _csv(("Source", "Target", "Type", "Id", "Label"), edges),
        }
    )


def _drawn(record: dict[str, Any]) -> dict[str, Any]:
    return {k: record[k] for k in ("x", "y", "colour") if record.get(k) not in (None, "")}
