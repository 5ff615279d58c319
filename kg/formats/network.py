"""A network on its way to another program: actors and ties with everything that is said of them, and all tables behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.formats.material import Material

__all__ = ["DRAWN", "Network", "Written", "joined", "rest", "stays_behind"]

DRAWN = ("x", "y", "colour")
"""Attributes that say how a node or edge is drawn."""
_SAID_BY_TIES = "relations"


@dataclass(frozen=True)
class Network:
    """What a writer is given."""

    title: str
    nodes: list[dict[str, Any]]
    """Each with `id` and `label`, where they are known `type`, `kind`, `country`, `x`, `y`, `colour`, and all that the
    tables say of an actor; lists hold several values."""
    edges: list[dict[str, Any]]
    """Each with `id`, `source`, `target`, `label`, `type`, `sign`, `directed`, `colour` and all that is said of a tie."""
    material: Material
    """Every table, also what is no network."""
    lang: str = "en"


@dataclass(frozen=True)
class Written:
    """What a writer made: one file, or several by name; and what of the ties it could not hold."""

    content: bytes | dict[str, bytes]
    left: Mapping[str, int] = field(default_factory=dict)
    """What of it stays behind, to how many."""


def rest(record: Mapping[str, Any], *without: str) -> dict[str, Any]:
    """The attributes of a node or edge that hold something, those for drawing and `without` left out."""
    return {k: v for k, v in record.items() if k not in without and k not in DRAWN and v not in (None, "", [])}


def joined(value: Any, separator: str = "; ") -> str:
    """A value of an attribute as one text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return separator.join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def stays_behind(network: Network, holds: Iterable[str], left: Mapping[str, int]) -> str:
    """What of a data set a format has no place for, counted by table; empty where it holds all.

    `holds` names the tables whose rows the format carries wholly, `left` counts what the writer itself had to leave.
    """
    held = set(holds)
    counts: Counter[str] = Counter()
    drawn = {edge["id"] for edge in network.edges}
    for name, records in network.material.tables.items():
        if name == _SAID_BY_TIES:
            counts["relations that lead to laws, issues or other relations"] = sum(r["id"] not in drawn for r in records)
        elif name not in held:
            counts[name] = len(records)
    counts.update(left)
    return ", ".join(f"{n} {what}" for what, n in counts.items() if n)
