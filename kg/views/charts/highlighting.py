"""What stands out in a still picture: the rest pale, and what a scenario changes with a band and a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.views.charts.labels import Board, Box, text_width
from kg.views.charts.scene import ACCENT, GROUND, Colour, Disc, Item, Look, Path, Scene, Words, rectangle
from kg.views.charts.signs import key_scene
from kg.views.document import words_in
from kg.views.page import NetworkPage

__all__ = ["change_band", "change_key", "change_word", "pale", "standing_out", "surroundings"]

_DASHES = {"added": (), "removed": (2.0, 6.0), "changed": (12.0, 7.0)}
"""As on the page: broad below what is new, ticks across what is gone, dashes below what is different."""
_WIDTH, _SIZE = 9.0, 10.0
_SHARE = 0.2
"""Of its colour that something pale keeps."""


def standing_out(page: NetworkPage) -> frozenset[str]:
    """Ids of what is highlighted, with both ends of each highlighted tie; all of the page where nothing is."""
    if not page.highlight:
        return frozenset([*(node.id for node in page.nodes), *(tie.id for tie in page.ties)])
    found = set(page.highlight)
    for tie in reversed(page.ordered_ties()):  # those that lead to a tie come after it
        if tie.id in found:
            found |= {tie.source, tie.target}
    return frozenset(found)


def surroundings(page: NetworkPage) -> NetworkPage:
    """The page with what is highlighted and what is directly tied to it; the page as it is where nothing is."""
    if not page.highlight:
        return page
    lit = standing_out(page)
    ties = [tie for tie in page.ordered_ties() if lit.intersection((tie.id, tie.source, tie.target))]
    near = lit.union(*((tie.source, tie.target) for tie in ties))
    nodes = tuple(node for node in page.nodes if node.id in near)
    kept = {node.id for node in nodes}
    for tie in ties:  # those that lead to a tie come after it
        if {tie.source, tie.target} <= kept:
            kept.add(tie.id)
    return replace(page, nodes=nodes, ties=tuple(tie for tie in ties if tie.id in kept), focus="")


def pale(item: Item) -> Item:
    """The item in colours that hardly stand out from the ground."""
    if isinstance(item, Words):
        return replace(item, colour=_mixed(item.colour, _SHARE))
    look = item.look
    fill, stroke = (None if c is None or c == GROUND else _mixed(c, _SHARE) for c in (look.fill, look.stroke))
    return replace(item, look=replace(look, fill=fill or look.fill, stroke=stroke or look.stroke))


def _mixed(colour: Colour, share: float) -> Colour:
    """A colour of which only a share is left over its ground."""

    def mixed(over: str, ground: str) -> str:
        pairs = [(int(over[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
        return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)

    return Colour(*(mixed(over, ground) for over, ground in zip(colour, GROUND, strict=True)))


def _band(kind: str) -> Look:
    return Look(stroke=_mixed(ACCENT, 0.75 if kind == "removed" else 0.4), width=_WIDTH, dash=_DASHES[kind])


def change_band(kind: str, points: Sequence[tuple[float, float]], radius: float = 0) -> Item:
    """The band along a line, or around the one point of a node of that radius."""
    if len(points) > 1:
        return Path(tuple(points), _band(kind))
    return Disc(*points[0], radius + _WIDTH / 2 + 1, _band(kind))


def change_word(kind: str, at: tuple[float, float], lang: str, board: Board) -> list[Item]:
    """The word for a change in a frame around a place; nothing where another word stands."""
    text = words_in("strings.json")[f"change.{kind}"][lang]
    half = text_width(text, _SIZE) / 2 + 5
    box = Box(at[0] - half, at[1] - 8, at[0] + half, at[1] + 8)
    if not board.free(box):
        return []
    board.take(box)
    frame = rectangle(box.left, box.top, box.right - box.left, 16, Look(fill=GROUND, stroke=ACCENT, width=1.2))
    return [frame, Words(at[0], at[1] + 3.5, text, _SIZE, "middle", ACCENT, bold=True)]


def change_key(kinds: Sequence[str], lang: str) -> list[tuple[Scene, str]]:
    """Bands with their meaning, for the key of a picture."""
    words = words_in("strings.json")
    return [
        (
            key_scene(change_band(kind, ((2, 9), (26, 9)))),
            words["change.in"][lang].format(what=words[f"change.{kind}"][lang]),
        )
        for kind in _DASHES
        if kind in kinds
    ]
