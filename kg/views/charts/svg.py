"""A scene as an SVG file: real text, a title and a description, the light colours, the same bytes for the same scene."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from kg.views.charts.scene import GROUND, Colour, Disc, Group, Item, Look, Path, Scene, Words, arrowhead

__all__ = ["FONT", "dark_rules", "svg"]

FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "\ufffd")
"""Characters that no XML file may hold."""


def svg(scene: Scene, lang: str) -> str:
    """The SVG text of a scene, on a white ground."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{scene.width:g}" height="{scene.height:g}" '
        f'viewBox="0 0 {scene.width:g} {scene.height:g}" font-family="{FONT}" role="img" xml:lang="{lang}">'
    )
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', head]
    lines += [f"<title>{_text(scene.title)}</title>", f"<desc>{_text(scene.description)}</desc>"]
    lines.append(f'<rect width="100%" height="100%" fill="{GROUND.light}"/>')
    for group in scene.groups:
        if group.role != "extent":
            lines += _group(group)
    return "\n".join([*lines, "</svg>", ""])


def dark_rules(scene: Scene, within: str) -> str:
    """Style rules by which the SVG text of a scene, within what the selector names, takes its dark colours."""
    pairs = {colour.light: colour.dark for item in scene.items() for colour in _colours(item)} | {GROUND.light: GROUND.dark}
    return "".join(
        f'{within} [{paint}="{light}"] {{ {paint}: {dark}; }}\n'
        for light, dark in sorted(pairs.items())
        for paint in ("fill", "stroke")
    )


def _colours(item: Item) -> Iterator[Colour]:
    if isinstance(item, Words):
        yield item.colour
    else:
        yield from (colour for colour in (item.look.fill, item.look.stroke) if colour)


def _group(group: Group) -> list[str]:
    items = [_item(each) for each in group.items]
    if not group.label:
        return items
    return ["<g>", f"<title>{_text(group.label)}</title>", *items, "</g>"]


def _item(item: Item) -> str:
    if isinstance(item, Disc):
        return f'<circle cx="{_n(item.x)}" cy="{_n(item.y)}" r="{_n(item.radius)}"{_look(item.look)}/>'
    if isinstance(item, Words):
        return _words(item)
    return _path(item)


def _path(path: Path) -> str:
    data = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in path.points) + ("Z" if path.closed else "")
    line = f'<path d="{data}"{_look(path.look)}/>'
    if not path.arrow or not (head := arrowhead(path.points)):
        return line
    corners = " ".join(f"{_n(x)},{_n(y)}" for x, y in head)
    return f'{line}<polygon points="{corners}" fill="{_colour(path.look.stroke)}"/>'


def _words(words: Words) -> str:
    parts = [f'x="{_n(words.x)}" y="{_n(words.y)}" font-size="{words.size:g}" fill="{words.colour.light}"']
    if words.anchor != "start":
        parts.append(f'text-anchor="{words.anchor}"')
    if words.bold:
        parts.append('font-weight="600"')
    if words.halo:
        parts.append(f'stroke="{GROUND.light}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"')
    if words.turned:
        parts.append(f'transform="rotate(-90 {_n(words.x)} {_n(words.y)})"')
    return f"<text {' '.join(parts)}>{_text(words.text)}</text>"


def _look(look: Look) -> str:
    parts = [f' fill="{_colour(look.fill)}"']
    if look.fill is not None and look.opacity < 1:
        parts.append(f' fill-opacity="{look.opacity:g}"')
    if look.stroke is not None:
        parts.append(f' stroke="{look.stroke.light}" stroke-width="{look.width:g}"')
        if look.dash:
            parts.append(f' stroke-dasharray="{" ".join(f"{d:g}" for d in look.dash)}"')
    return "".join(parts)


def _colour(colour: Colour | None) -> str:
    return "none" if colour is None else colour.light


def _n(value: float) -> str:
    return f"{round(value, 1):g}"


def _text(text: str) -> str:
    return escape(text.translate(_CONTROL))
