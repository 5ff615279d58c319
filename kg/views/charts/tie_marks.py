"""Signs on the ties of a still picture that no source simply states: recommended, denied, inferred ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.views.charts.scene import GROUND, INK, Disc, Look, Path, Scene, Words
from kg.views.charts.signs import key_scene, key_text
from kg.views.page import text_in
from kg.wording import series

__all__ = ["MANY", "mark_key", "tie_marks"]

MANY = 400
"""Ties beyond which their lines become thinner and bear no signs, lest they hide the nodes and names."""

_BADGES = {
    "modality": {"recommended": "!", "possible": "?", "denied": "×", "absent": "×"},
    "status": {"inferred": "i", "estimated": "≈"},
}
"""The same signs as on the page; of one that is recommended and inferred, the former."""
_BROKEN = (2.5, 2.0)
_SIZE = 10.0


def _said(ties: Mapping[str, Sequence[int]], lists: Any, tie: int) -> tuple[str, str, int]:
    """The sign of a tie, and the list and place of what it stands for; "" for one that is simply stated, and where ties are many."""
    if len(ties["status"]) > MANY:
        return "", "", -1
    for column, badges in _BADGES.items():
        place = ties[column][tie]
        badge = badges.get(lists[column][place]["id"], "") if place >= 0 else ""
        if badge:
            return badge, column, place
    return "", "", -1


def tie_marks(ties: Mapping[str, Sequence[int]], lists: Any, lines: Sequence[Path]) -> list[Words]:
    """A sign in the middle of each line that needs one."""
    found = []
    for tie, line in enumerate(lines):
        badge, _, _ = _said(ties, lists, tie)
        if badge:
            (x1, y1), (x2, y2) = line.points[(len(line.points) - 1) // 2], line.points[len(line.points) // 2]
            found.append(Words((x1 + x2) / 2, (y1 + y2) / 2 + _SIZE / 3, badge, _SIZE, "middle", INK, bold=True, halo=True))
    return found


def mark_key(
    nodes: Mapping[str, Sequence[int]], ties: Mapping[str, Sequence[int]], lists: Any, lang: str
) -> list[tuple[Scene, str]]:
    """What the signs in use stand for, and what the broken outline of an actor does."""

    def named(column: str, place: int) -> str:
        label = lists[column][place]["label"]
        return label if isinstance(label, str) else text_in(label, lang)

    used = {_said(ties, lists, tie) for tie in range(len(ties["status"]))}
    key = [(key_text(badge), named(column, place)) for badge, column, place in sorted(used) if badge]
    broken = sorted({s for s in nodes["status"] if s >= 0 and lists["status"][s]["id"] != "stated"})
    if broken:
        sign = Disc(14, 9, 6, Look(fill=GROUND, stroke=INK, width=1.5, dash=_BROKEN))
        key.append((key_scene(sign), series((named("status", s) for s in broken), lang)))
    return key
