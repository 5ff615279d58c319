"""A picture with what its signs mean below it, for where no page stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.views.charts.labels import text_width, wrap
from kg.views.charts.scene import SOFT, Disc, Group, Item, Path, Scene, Words

__all__ = ["with_key"]

_SIZE, _LINE, _SIGN = 11.0, 22.0, 34.0


def with_key(scene: Scene, entries: Sequence[tuple[Scene, str]], said: str = "") -> Scene:
    """The picture with the signs and their meaning below, in as many lines as it takes, and below that what is `said` of it all."""
    if not entries:
        return _with_words(scene, said)
    items: list[Item] = []
    x, y = 12.0, scene.height + 8
    for sign, text in entries:
        width = _SIGN + text_width(text, _SIZE) + 18
        if x > 12 and x + width > scene.width - 12:
            x, y = 12.0, y + _LINE
        items += [_moved(item, x, y) for item in sign.items()]
        lines = wrap(text, _SIZE, scene.width - 24 - _SIGN)
        items += [Words(x + _SIGN, y + 13 + 14 * n, line, _SIZE) for n, line in enumerate(lines)]
        x, y = x + width, y + 14 * (len(lines) - 1)
    return _with_words(replace(scene, height=y + _LINE + 6, groups=(*scene.groups, Group(tuple(items)))), said)


def _with_words(scene: Scene, said: str) -> Scene:
    if not said:
        return scene
    lines = wrap(said, _SIZE, scene.width - 24, lines=6)
    words = tuple(Words(12, scene.height + 10 + 15 * n, line, _SIZE, colour=SOFT) for n, line in enumerate(lines))
    described = " ".join(filter(None, (scene.description, said)))
    return replace(
        scene, height=scene.height + 15 * len(lines) + 6, groups=(*scene.groups, Group(words)), description=described
    )


def _moved(item: Item, x: float, y: float) -> Item:
    if isinstance(item, Path):
        return replace(item, points=tuple((a + x, b + y) for a, b in item.points))
    if isinstance(item, Disc):
        return replace(item, x=item.x + x, y=item.y + y)
    return replace(item, x=item.x + x, y=item.y + y)
