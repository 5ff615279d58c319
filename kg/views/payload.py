"""The data inside a page: a NetworkPage as JSON in columns, ids and texts each once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.views.colours import BACKGROUND, BACKGROUND_DARK, PALETTE, PALETTE_DARK, RAMP, RAMP_DARK, SIGN_COLOURS, readable
from kg.views.grouping import CHANGES, Grouping, Measure
from kg.views.page import Entry, EvidenceItem, Kind, Labels, NetworkPage, Node, Tie, TieType

__all__ = ["LARGE", "OVERVIEW", "payload", "picture"]

OVERVIEW = 5000
"""Nodes beyond which a page opens on its communities, unless every node is asked for."""
LARGE = 20_000
"""Nodes and ties from which on columns stand apart in pieces, so that a browser reads one after the other."""
PIECE = 25_000
"""Values of a column in a piece: a browser reads them in a few hundredths of a second."""
_FEW = 3
_CODE = Path(__file__).parent
"""What lays out and groups."""
_DRAWN = {
    "nodes": ("kind", "type", "status", "colour", "x", "y"),
    "ties": ("source", "target", "relation", "status", "confidence", "modality"),
}
"""Columns that the first picture shows."""

_SIGN_PATTERNS = {1: "solid", -1: "dashed", 0: "dotted"}


def payload(page: NetworkPage, words: Mapping[str, Mapping[str, str]]) -> tuple[list[str], list[str]]:
    """The page as JSON texts: what its first picture shows, then names, evidence, its own words and all the rest.

    Each of the two is one text; of a large page further ones follow, which hold a piece of a column each (see `_written`).
    Raises InputError for a colour that is none.
    """
    first, columns = picture(page)
    rest = _told(page, words)
    large = sum(len(each["id"]) for each in columns.values()) >= LARGE
    drawn = {table: {name: each for name, each in columns[table].items() if name in _DRAWN[table]} for table in columns}
    told = {table: {name: each for name, each in columns[table].items() if name not in _DRAWN[table]} for table in columns}
    return _written(first, drawn, large), _written(rest, told, large)


def picture(page: NetworkPage) -> tuple[dict[str, Any], dict[str, dict[str, list[Any]]]]:
    """What the first picture of a page needs besides nodes and ties, and these two as columns.

    An end of a tie is a node's index, or the number of nodes plus a tie's index. Columns in which nothing is said are left
    out. Raises InputError for a colour that is none.
    """
    ties = page.ordered_ties()
    node_at = {node.id: index for index, node in enumerate(page.nodes)}
    at = node_at | {tie.id: len(page.nodes) + index for index, tie in enumerate(ties)}
    lists = _lists(page, ties)
    index = {name: {entry.id: i for i, entry in enumerate(entries)} for name, entries in lists.items()}
    items = page.evidence()
    item_at = {item.id: i for i, item in enumerate(items)}
    base = _base(page)
    edges = [(node_at[t.source], node_at[t.target]) for t in ties if t.source in node_at and t.target in node_at]
    groups = []
    if len(page.nodes) > OVERVIEW and not page.flat:
        given = (len(page.nodes), edges)
        groups = page.kept.of("overview", given, _CODE, lambda: _communities(len(page.nodes), edges))
    nodes = _nodes(page, index, item_at, len(base), edges, groups, node_at)
    columns = {"nodes": nodes, "ties": _ties(ties, at, index, item_at, len(base))}
    return {
        "plain": page.engine == "own" and not (page.state or page.story or page.focus),
        "lang": page.lang,
        "reference": page.reference_date,
        "focus": node_at.get(page.focus, -1),
        "steps": page.focus_steps,
        "highlight": sorted({at[each] for each in page.highlight if each in at}),
        "changes": sorted(
            [at[each], CHANGES.index(change.kind), [[_text(words) for words in row] for row in change.said]]
            for each, change in page.changes.items()
        ),
        "lists": {
            "kind": [_entry(e) | ({"shape": e.shape} if isinstance(e, Kind) else {}) for e in lists["kind"]],
            "type": _coloured(lists["type"]),
            "country": [_entry(e) for e in lists["country"]],
            "relation": _relations(lists["relation"]),
            **{
                name: [_entry(e) for e in lists[name]]
                for name in ("status", "confidence", "modality", "hedge", "view", "issue")
            },
        },
        "palette": [_both(light, dark, "palette") for light, dark in zip(PALETTE, PALETTE_DARK, strict=True)],
        "ramp": [list(RAMP), list(RAMP_DARK)],
        "groupings": [_grouping(each, page, at) for each in page.groupings],
        "measures": [_measure(each, page) for each in page.measures],
        "quadrants": [{"label": _text(q.labels), "power": q.power, "interest": q.interest} for q in page.quadrants],
        "clusters": groups,
    }, columns


def _told(page: NetworkPage, words: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """What is told of a page beside its picture, but for the columns of nodes and ties."""
    return {
        "words": words,
        "languages": list(page.languages),
        "title": _text(page.title),
        "facts": _text(page.facts),
        "withheld": _text(page.withheld),
        "base": _base(page),
        "highlightLabel": _text(page.highlight_label),
        "sources": [
            {"id": s.id, "title": s.title, "authors": s.authors, "issued": s.issued, "address": s.address}
            for s in page.sources
        ],
        "evidence": _evidence(page.evidence(), page),
        "state": page.state,
        "story": [{"state": s.state, "title": _text(s.title), "text": _text(s.text)} for s in page.story],
    }


def _written(values: dict[str, Any], tables: Mapping[str, Mapping[str, list[Any]]], large: bool) -> list[str]:
    """JSON text of the values and the tables' columns; where these are large, their pieces in texts of their own.

    Then `columns` says for each piece which table and column goes on with it.
    """
    if not large:
        return [_json({**values, **tables})]
    pieces = [
        (table, name, column[start : start + PIECE])
        for table, columns in tables.items()
        for name, column in columns.items()
        for start in range(0, len(column), PIECE)
    ]
    known: dict[str, dict[str, list[Any]]] = {table: {name: [] for name in columns} for table, columns in tables.items()}
    head = _json({**values, **known, "columns": [piece[:2] for piece in pieces]})
    return [head, *(_json(_shared(values)) for _, _, values in pieces)]


def _shared(values: list[Any]) -> list[Any] | dict[str, list[Any]]:
    """The values; where they repeat each other, each once and which one stands where: a browser makes far fewer things."""
    if isinstance(values[0], int | float):
        return values
    at: dict[Any, int] = {}
    order = [at.setdefault(value if isinstance(value, str) else (repr(value),), len(at)) for value in values]
    if len(at) * 4 > len(values):
        return values
    each: list[Any] = [None] * len(at)
    for place, value in zip(order, values, strict=True):
        each[place] = value
    return {"each": each, "at": order}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _communities(size: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """The community of each node for the overview, the largest first, all of fewer than three nodes being one."""
    import numpy as np

    from kg.views.clusters import clusters
    from kg.views.layout import distinct

    found = clusters(size, distinct(edges))
    few = int((np.bincount(found) >= _FEW).sum())
    return [int(each) for each in np.minimum(found, few)]


def _base(page: NetworkPage) -> str:
    """The part that all ids start with, up to a `/` or `#`."""
    ids = [node.id for node in page.nodes] + [tie.id for tie in page.ties]
    if not ids:
        return ""
    first, last = min(ids), max(ids)  # what these two share, all between them share
    size = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: max(first.rfind("/", 0, size), first.rfind("#", 0, size)) + 1]


def _text(labels: Labels | str) -> str | dict[str, str]:
    """One string where all languages agree, else language to text."""
    if isinstance(labels, str):
        return labels
    texts = set(labels.values())
    return (texts.pop() if texts else "") if len(texts) < 2 else dict(labels)


def _lists(page: NetworkPage, ties: Sequence[Tie]) -> dict[str, list[Entry]]:
    """The page's lists, each with an entry made up for every id that is used and not in it."""
    nodes = page.nodes
    used: dict[str, tuple[Sequence[Entry], Iterable[str]]] = {
        "kind": (page.kinds, (node.kind for node in nodes)),
        "type": (page.types, (node.type for node in nodes)),
        "country": (page.countries, (each for node in nodes for each in node.countries)),
        "relation": (page.tie_types, (tie.type for tie in ties)),
        "status": (page.statuses, (*(n.status for n in nodes), *(t.status for t in ties))),
        "confidence": (page.confidences, (*(n.confidence for n in nodes), *(t.confidence for t in ties))),
        "modality": (page.modalities, (tie.modality for tie in ties)),
        "hedge": (page.hedges, (each for tie in ties for each in tie.hedges)),
        "view": (page.views, (tie.view for tie in ties)),
        "issue": (page.issues, (each for tie in ties for each in tie.issues)),
    }
    lists: dict[str, list[Entry]] = {}
    for name, (entries, ids) in used.items():
        known = {entry.id for entry in entries}
        missing = [each for each in dict.fromkeys(ids) if each and each not in known]
        make = {"kind": Kind, "relation": TieType}.get(name, Entry)
        lists[name] = [*entries, *(make(id=each) for each in missing)]
    return lists


def _entry(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {"id": entry.id, "label": _text(entry.labels) or entry.id}
    if entry.broader:
        found["broader"] = entry.broader
    return found


def _coloured(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Entries with their colour on light and on dark pages: their own, the broader entry's, or the palette's."""
    by_id = {entry.id: entry for entry in entries}
    tops = [entry.id for entry in entries if entry.broader not in by_id]
    made = []
    for entry in entries:
        giver = entry
        while not giver.colour and giver.broader in by_id:
            giver = by_id[giver.broader]
        if giver.colour:
            light, dark = giver.colour, giver.colour_dark or giver.colour
        else:
            place = tops.index(giver.id) % len(PALETTE)
            light, dark = PALETTE[place], giver.colour_dark or PALETTE_DARK[place]
        made.append(_entry(entry) | {"colour": _both(light, dark, f"type {entry.id!r}")})
    return made


def _relations(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    made = []
    for entry in entries:
        kind = entry if isinstance(entry, TieType) else TieType(id=entry.id, labels=entry.labels, broader=entry.broader)
        light = kind.colour or SIGN_COLOURS[kind.sign][0]
        dark = kind.colour_dark or kind.colour or SIGN_COLOURS[kind.sign][1]
        made.append(
            _entry(kind)
            | {
                "inverse": _text(kind.inverse),
                "sign": kind.sign,
                "mutual": kind.mutual,
                "pattern": kind.pattern or _SIGN_PATTERNS[kind.sign],
                "colour": _both(light, dark, f"relation type {kind.id!r}"),
            }
        )
    return made


def _both(light: str, dark: str, where: str) -> list[str]:
    return [readable(light, BACKGROUND, where), readable(dark, BACKGROUND_DARK, where)]


def _evidence(items: Sequence[EvidenceItem], page: NetworkPage) -> dict[str, list[Any]]:
    source_at = {source.id: i for i, source in enumerate(page.sources)}
    return {
        "source": [source_at[item.source] for item in items],
        "section": [_text(item.section) for item in items],
        "characters": [item.characters for item in items],
        "paraphrase": [_text(item.paraphrase) for item in items],
    }


def _nodes(
    page: NetworkPage,
    index: Mapping[str, Mapping[str, int]],
    item_at: Mapping[str, int],
    skip: int,
    edges: Sequence[tuple[int, int]],
    groups: Sequence[int],
    node_at: Mapping[str, int],
) -> dict[str, list[Any]]:
    nodes = page.nodes
    fixed = {node_at[each]: place for each, place in page.positions.items() if each in node_at}
    places = page.kept.of(
        "layout",
        (len(nodes), edges, sorted(fixed.items()), groups),
        _CODE,
        lambda: _places(len(nodes), edges, fixed, groups),
    )
    columns: dict[str, list[Any]] = {
        "id": [node.id[skip:] for node in nodes],
        "label": [_text(node.labels) or node.id for node in nodes],
        "short": [node.short for node in nodes],
        "acronym": [node.acronym for node in nodes],
        "aliases": [list(node.aliases) for node in nodes],
        "kind": _indices(index["kind"], (node.kind for node in nodes)),
        "type": _indices(index["type"], (node.type for node in nodes)),
        "country": [[index["country"][each] for each in node.countries] for node in nodes],
        "status": _indices(index["status"], (node.status for node in nodes)),
        "confidence": _indices(index["confidence"], (node.confidence for node in nodes)),
        "colour": [_own_colour(node) for node in nodes],
        "attributes": [
            [[_text(a.labels), a.value, a.start, a.end, [item_at[item.id] for item in a.evidence]] for a in node.attributes]
            for node in nodes
        ],
        "evidence": [[item_at[item.id] for item in node.evidence] for node in nodes],
        "note": [_text(node.note) for node in nodes],
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
    }
    return _said(columns, keep=("id", "label", "kind", "type", "status", "confidence", "x", "y"))


def _places(
    size: int, edges: Sequence[tuple[int, int]], fixed: Mapping[int, tuple[float, float]], groups: Sequence[int]
) -> list[tuple[float, float]]:
    from kg.views.layout import layout  # loads NumPy

    return layout(size, edges, fixed=fixed, groups=groups or None)


def _own_colour(node: Node) -> list[str] | int:
    return _both(node.colour, node.colour, f"node {node.id!r}") if node.colour else 0


def _ties(
    ties: Sequence[Tie],
    at: Mapping[str, int],
    index: Mapping[str, Mapping[str, int]],
    item_at: Mapping[str, int],
    skip: int,
) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {
        "id": [tie.id[skip:] for tie in ties],
        "source": [at[tie.source] for tie in ties],
        "target": [at[tie.target] for tie in ties],
        "relation": _indices(index["relation"], (tie.type for tie in ties)),
        "status": _indices(index["status"], (tie.status for tie in ties)),
        "confidence": _indices(index["confidence"], (tie.confidence for tie in ties)),
        "modality": _indices(index["modality"], (tie.modality for tie in ties)),
        "view": _indices(index["view"], (tie.view for tie in ties)),
        "hedge": [[index["hedge"][each] for each in tie.hedges] for tie in ties],
        "issue": [[index["issue"][each] for each in tie.issues] for tie in ties],
        "start": [tie.start for tie in ties],
        "end": [tie.end for tie in ties],
        "heldBy": [[_text(name) for name in tie.held_by] for tie in ties],
        "from": [at.get(tie.inherited_from, -1) if tie.inherited_from else 0 for tie in ties],
        "evidence": [[item_at[item.id] for item in tie.evidence] for tie in ties],
        "note": [_text(tie.note) for tie in ties],
    }
    return _said(columns, keep=("id", "source", "target", "relation", "status", "confidence", "modality", "view"))


def _grouping(grouping: Grouping, page: NetworkPage, at: Mapping[str, int]) -> dict[str, Any]:
    """A group's number less one for each node, -1 for none; ties by their index."""
    first = len(page.nodes)
    return {
        "id": grouping.id,
        "size": max(grouping.of.values(), default=0),
        "of": [grouping.of.get(node.id, 0) - 1 for node in page.nodes],
        "against": sorted(at[each] - first for each in grouping.against if each in at),
        "agreeing": sorted(at[each] - first for each in grouping.agreeing if each in at),
        "undecided": sorted(at[each] for each in grouping.undecided if each in at),
        "proven": grouping.proven,
        "parts": grouping.parts,
    }


def _measure(measure: Measure, page: NetworkPage) -> dict[str, Any]:
    """Lower ends for all nodes, null where there is no value; upper ends where any differs; the scale's ends."""
    ends = [measure.values.get(node.id) for node in page.nodes]
    known = [each for each in ends if each]
    low, high = min((e[0] for e in known), default=0.0), max((e[1] for e in known), default=1.0)
    found: dict[str, Any] = {"id": measure.id, "scale": measure.scale or (_figures(low), _figures(high))}
    found["low"] = [None if each is None else _figures(each[0]) for each in ends]
    if any(each[0] != each[1] for each in known):
        found["high"] = [None if each is None else _figures(each[1]) for each in ends]
    return found


def _figures(value: float) -> float:
    """Four significant figures: what a reader can use, and what stays the same on every machine."""
    return float(f"{value:.4g}")


def _indices(index: Mapping[str, int], ids: Iterable[str]) -> list[int]:
    return [index.get(each, -1) for each in ids]


def _said(columns: Mapping[str, list[Any]], keep: Sequence[str]) -> dict[str, list[Any]]:
    """The columns to keep, and those in which anything is said."""
    return {name: values for name, values in columns.items() if name in keep or any(values)}
