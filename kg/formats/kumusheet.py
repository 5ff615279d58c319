"""Kumu workbooks, out: the sheets Elements and Connections that Kumu imports. They are read by `networks`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.formats.labels import label
from kg.formats.network import Network, Written, joined, rest
from kg.formats.workbook import text_cell, workbook_bytes

__all__ = ["write"]


def _sheet(sheet: Any, head: Sequence[str], records: Sequence[dict[str, Any]]) -> None:
    more = list(dict.fromkeys(k for r in records for k in r if k not in head))
    for line, record in enumerate([dict(zip([*head, *more], [*head, *more], strict=True)), *records], 1):
        for at, name in enumerate((*head, *more), 1):
            value = record.get(name)
            if isinstance(value, float):
                sheet.cell(line, at).value = value
            elif value not in (None, "", []):
                # a stroke parts several values there, so one within a value becomes a broken one
                parts = value if isinstance(value, list) else [value]
                text_cell(sheet, line, at, "|".join(joined(p).replace("|", "¦") for p in parts), "Kumu workbook")
    sheet.freeze_panes = "A2"


def write(network: Network) -> Written:
    """A workbook with ids in both sheets, so that equal names and parallel connections stay apart.

    Source: Kumu's import guide (docs.kumu.io, guides/import).
    """
    import openpyxl

    book: Any = openpyxl.Workbook()
    elements, connections = book.active, book.create_sheet("Connections")
    elements.title = "Elements"
    nodes = [
        {
            "ID": n["id"], "Label": n["label"], "Type": label("actor-type", n.get("type") or "unspecified", network.lang),
            "Description": n.get("note"), **rest(n, "id", "label", "type", "note"),
        }
        for n in network.nodes
    ]  # fmt: skip
    _sheet(elements, ("ID", "Label", "Type", "Description"), nodes)
    edges = [
        {
            "ID": e["id"], "From": e["source"], "To": e["target"], "Type": e["label"],
            "Direction": "directed" if e["directed"] else "mutual", "Description": e.get("note"),
            **rest(e, "id", "source", "target", "label", "directed", "type", "note"),
        }
        for e in network.edges
    ]  # fmt: skip
    _sheet(connections, ("ID", "From", "To", "Type", "Direction", "Description"), edges)
    return Written(workbook_bytes(book))
