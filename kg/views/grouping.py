"""What an analysis says of what a page shows: groups of nodes, how much of something each has, what a scenario changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["CHANGES", "Change", "Grouping", "Measure", "Quadrant"]

CHANGES = ("added", "removed", "changed")
"""What a scenario does to an actor or a relation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Groups that an analysis found; the page can colour by them, outline them and filter by them."""

    id: str
    """`camp` or `community`: the page has words for these."""
    of: Mapping[str, int]
    """Node id to number of the group, from 1; nodes that are in none are missing."""
    against: tuple[str, ...] = ()
    """Ids of the ties that contradict the groups."""
    agreeing: tuple[str, ...] = ()
    """Ids of the ties that were counted and do not contradict them."""
    undecided: tuple[str, ...] = ()
    """Ids of the nodes that equally good groupings put elsewhere, those looked at."""
    proven: bool = True
    """False where a better grouping may exist."""
    parts: int = 1
    """Parts of the network that no counted tie connects: how their groups are paired is arbitrary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How much of something each node has; the page can colour and size by it."""

    id: str
    """`power`, `interest`, `betweenness` ...: the page has words for these."""
    values: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Node id to lower and upper end, equal where the value is exact; nodes without a value are missing."""
    scale: tuple[float, float] | None = None
    """Ends of the scale where it has any, else the smallest and largest value count as such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadrant:
    """One field of the power and interest grid."""

    labels: Mapping[str, str]
    """Name per language."""
    power: tuple[float, float]
    """From and to on the scale of power."""
    interest: tuple[float, float]
    """From and to on the scale of interest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a scenario does to a node or tie."""

    kind: Literal["added", "removed", "changed"]
    """One of `CHANGES`."""
    said: tuple[tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]], ...] = ()
    """For each property that changes its name, what it is today and what it is then, per language."""
