"""The network as a still picture, for print and documents: same places, forms, colours and lines as on its page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import cos, hypot, pi, sin
from typing import Any

from kg.views.charts.answers import word
from kg.views.charts.highlighting import change_band, change_key, change_word, pale, standing_out, surroundings
from kg.views.charts.keys import with_key
from kg.views.charts.labels import Board, Box, around, text_width, wrap, wrap_apart
from kg.views.charts.scene import GROUND, INK, SOFT, Colour, Disc, Group, Item, Look, Path, Scene, Words
from kg.views.charts.sheets import A3, A4
from kg.views.charts.signs import DASHES, key_line, key_scene
from kg.views.charts.tie_marks import MANY, mark_key, tie_marks
from kg.views.charts.traces import Traces
from kg.views.page import NetworkPage, text_in
from kg.views.payload import picture

__all__ = ["network_map", "network_sheet"]

_MARGIN, _HEAD, _FOOT = 60.0, 34.0, 40.0
_SIZE = 11.0
_LINE = 14.0
_BEND = 20.0
"""Distance between parallel ties."""
_FAR = 4.0
"""What a name's distance from its sign counts for, beside the length of the lines that it hides."""
_MARKS = 8
"""As how many lines a sign on a tie counts for a name that would hide it."""
_PATTERNS = {"solid": (), "dashed": (7.0, 4.0), "dotted": (1.5, 3.5)}
_CORNERS = {
    "square": (4, pi / 4, 1.1),
    "diamond": (4, 0.0, 1.15),
    "triangle": (3, -pi / 2, 1.2),
    "down": (3, pi / 2, 1.2),
    "hexagon": (6, 0.0, 1.05),
}
"""Forms with equal sides: corners, angle of the first, size."""
_STRETCH = 1.6
"""How much wider than high, or higher than wide, a network becomes at most to fill a sheet."""


def network_map(page: NetworkPage, *, width: float | None = None) -> Scene:
    """The picture in the page's language: at scale 1 or, with `width`, as wide as that.

    Where something is highlighted, it is drawn with what is directly tied to it, paler, and without the rest.
    Names go to the best connected first; those without a free place are left out, as on the page, and counted above.
    """
    return _drawn(page, width, None)[0]


def network_sheet(page: NetworkPage) -> Scene:
    """The picture for a sheet of A4 on its long side or, where names would find no room on it, of A3."""
    for paper in (A4, A3):
        scene, unnamed = _drawn(page, *paper.lying().room())
        if not unnamed:
            break
    return scene


def _drawn(whole: NetworkPage, width: float | None, height: float | None) -> tuple[Scene, int]:
    """The picture, and how many of those who stand out find no room for their name."""
    page = surroundings(whole)
    values, columns = picture(page)
    nodes, ties, lists = columns["nodes"], columns["ties"], values["lists"]
    count = len(nodes["kind"])
    xs, ys = nodes["x"] or [0], nodes["y"] or [0]
    span = max(max(xs) - min(xs), 1), max(max(ys) - min(ys), 1)
    scale = 1.0 if width is None else min(1.0, (width - 2 * _MARGIN) / span[0])
    wide = max(span[0] * scale + 2 * _MARGIN, 640 if width is None else width)
    key = [*_key(nodes, ties, lists, page.lang), *mark_key(nodes, ties, lists, page.lang)]
    key += change_key([c.kind for c in page.changes.values()], page.lang)
    lit = _lit(whole, page)
    above = wrap(lit, 12 * 1.1, wide - 40, lines=4) if lit else ()
    head = _HEAD + 16 * len(above)
    foot = " ".join(filter(None, (text_in(page.facts, page.lang), text_in(page.withheld, page.lang))))
    said = wrap(foot, 11, wide - 40, lines=5)
    below = _FOOT + _LINE * max(0, len(said) - 2)
    scales = scale, scale
    if width is not None:  # lower than wide: names need the room
        scales = scale, min(scale * _STRETCH, max(scale, (width - 2 * _MARGIN) / span[1]))
    if height is not None:
        room = height - with_key(Scene(wide, 0, ()), key).height - 2 * _MARGIN - head - below
        scales = _fitted((wide - 2 * _MARGIN) / span[0], room / span[1])
        scale = min(scales)
    aside = (wide - 2 * _MARGIN - span[0] * scales[0]) / 2 if height is not None else 0.0
    places = [
        ((x - min(xs)) * scales[0] + _MARGIN + aside, (y - min(ys)) * scales[1] + _MARGIN + head)
        for x, y in zip(xs, ys, strict=True)
    ][:count]
    high = span[1] * scales[1] + 2 * _MARGIN + head + below
    ends = list(zip(ties["source"], ties["target"], strict=True))
    degree = _degrees(count, ends)
    radii = [max(3.0, (5 + min(15, 1.7 * d**0.5)) * scale**0.5) for d in degree]
    lines = _lines(count, ends, places, radii, ties, lists)
    signs = [_sign(nodes, lists, n, places[n], radii[n]) for n in range(count)]
    taken = [Box(x - r, y - r, x + r, y + r) for (x, y), r in zip(places, radii, strict=True)]
    board = Board(Box(0, head, wide, high - below), taken)
    out = standing_out(page)
    first = sorted(range(count), key=lambda n: (page.nodes[n].id not in out, -degree[n], n))
    marks = tie_marks(ties, lists, lines)
    hidden = [line.points for line in lines] + [((m.x - 5, m.y), (m.x + 5, m.y)) for m in marks] * _MARKS
    names, unnamed = _names(page, places, radii, first, board, Traces(hidden), out)
    title = text_in(page.title, page.lang)
    large = min(28.0, max(16.0, wide / 70))
    said_of = wrap(title, large * 1.1, wide - (200 if unnamed else 40), lines=1)[0]
    around_it: list[Item] = [Words(20, 26, said_of, large, bold=True)]
    around_it += [Words(20, 46 + 16 * n, line, 12, bold=True, halo=True) for n, line in enumerate(above)]
    around_it += [Words(20, high - below + 16 + _LINE * n, line, 11, colour=SOFT) for n, line in enumerate(said)]
    if unnamed:
        around_it.append(Words(wide - 20, 26, word("network.unnamed", n=unnamed)[page.lang], 11, "end", SOFT))
    order = [tie.id for tie in page.ordered_ties()]
    things = [
        Group(tuple(sign if node.id in out else map(pale, sign)), label=name)
        for node, sign, name in zip(page.nodes, signs, _labels(page), strict=True)
    ]
    bands, words = _changes(page, order, lines, places, radii)
    drawn = tuple(line if tie in out else pale(line) for tie, line in zip(order, lines, strict=True))
    groups = (
        Group(bands),
        Group(drawn),
        Group(tuple(marks)),
        *things,
        Group(tuple(names)),
        Group(words),
        Group(tuple(around_it)),
    )
    scene = Scene(wide, high, groups, title=title, description=" ".join(filter(None, (lit, foot))))
    return with_key(scene, key), unnamed


def _fitted(across: float, down: float) -> tuple[float, float]:
    """Both scales at which the places fill what room there is; the shape may be stretched, but not beyond recognition."""
    least = min(across, down, 1.0)
    return min(across, least * _STRETCH), min(down, least * _STRETCH)


def _lit(whole: NetworkPage, page: NetworkPage) -> str:
    """What stands out, and how much around it is drawn; "" where nothing does."""
    if not whole.highlight:
        return ""
    what = text_in(whole.highlight_label, whole.lang)
    return word("network.lit", what=what, n=len(page.nodes), all=len(whole.nodes))[whole.lang]


def _changes(
    page: NetworkPage,
    order: Sequence[str],
    lines: Sequence[Path],
    places: Sequence[tuple[float, float]],
    radii: Sequence[float],
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """What goes below and above the network for what a scenario changes: bands, and words."""
    bands: list[Item] = []
    words: list[Item] = []
    everywhere = Board(Box(float("-inf"), float("-inf"), float("inf"), float("inf")), [])
    for node, place, radius in zip(page.nodes, places, radii, strict=True):
        if node.id in page.changes:
            kind = page.changes[node.id].kind
            bands.append(change_band(kind, [place], radius))
            words += change_word(kind, (place[0], place[1] - radius - 20), page.lang, everywhere)
    for tie, line in zip(order, lines, strict=True):
        if tie in page.changes:
            kind, points = page.changes[tie].kind, line.points
            bands.append(change_band(kind, points))
            (x1, y1), (x2, y2) = points[(len(points) - 1) // 2], points[len(points) // 2]
            words += change_word(kind, ((x1 + x2) / 2, (y1 + y2) / 2), page.lang, everywhere)
    return tuple(bands), tuple(words)


def _key(nodes: Any, ties: Any, lists: Any, lang: str) -> list[tuple[Scene, str]]:
    """The forms, colours and lines that are used, each with its name, the most frequent first."""

    def named(label: str | dict[str, str]) -> str:
        return label if isinstance(label, str) else text_in(label, lang)

    tops = [_top(lists["type"], type_) for type_ in nodes["type"]]
    pairs = set(zip(tops, nodes["kind"], strict=True))
    key = []
    if not len(pairs) == len(set(tops)) == len(set(nodes["kind"])):  # else the groups of types say it already
        for kind, _ in Counter(k for k in nodes["kind"] if k >= 0).most_common():
            one = {"type": [-1], "kind": [kind], "status": [-1]}
            key.append((key_scene(*_sign(one, lists, 0, (14, 9), 6)), named(lists["kind"][kind]["label"])))
    for top, _ in Counter(t for t in tops if t >= 0).most_common():
        kinds = {kind for of, kind in pairs if of == top}
        one = {"type": [top], "kind": [kinds.pop() if len(kinds) == 1 else -1], "status": [-1]}
        key.append((key_scene(*_sign(one, lists, 0, (14, 9), 6)), named(lists["type"][top]["label"])))
    for relation, _ in Counter(ties["relation"]).most_common():
        entry = lists["relation"][relation]
        sign = key_line(Colour(*entry["colour"]), _PATTERNS[entry["pattern"]], arrow=not entry["mutual"])
        key.append((sign, named(entry["label"])))
    return key


def _top(types: Sequence[Any], type_: int) -> int:
    """The broadest type above one: what its colour stands for."""
    places = {entry["id"]: place for place, entry in enumerate(types)}
    while type_ >= 0 and types[type_].get("broader") in places:
        type_ = places[types[type_]["broader"]]
    return type_


def _degrees(count: int, ends: Sequence[tuple[int, int]]) -> list[int]:
    found = [0] * count
    for pair in ends:
        for end in set(pair):
            if end < count:
                found[end] += 1
    return found


def _labels(page: NetworkPage) -> list[str]:
    return [text_in(node.labels, page.lang) or node.id for node in page.nodes]


def _lines(
    count: int,
    ends: Sequence[tuple[int, int]],
    places: Sequence[tuple[float, float]],
    radii: Sequence[float],
    ties: Any,
    lists: Any,
) -> list[Path]:
    """The ties; parallel ones beside each other, one that leads to a tie to the middle of that tie."""
    parallel: dict[tuple[int, int], list[int]] = defaultdict(list)
    for tie, (a, b) in enumerate(ends):
        parallel[min(a, b), max(a, b)].append(tie)
    bends = {}
    for pair in parallel.values():
        for place, tie in enumerate(pair):
            bends[tie] = (place - (len(pair) - 1) / 2) * _BEND * (-1 if ends[tie][0] > ends[tie][1] else 1)
    middles: dict[int, tuple[float, float]] = {}
    thin = max(0.3, min(1.0, (MANY / max(1, len(ends))) ** 0.5))
    items: list[Path] = []
    for tie, (a, b) in enumerate(ends):  # a tie that others lead to comes before them
        start = places[a] if a < count else middles.get(a - count, (0.0, 0.0))
        end = places[b] if b < count else middles.get(b - count, (0.0, 0.0))
        points = _curve(start, end, radii[a] if a < count else 3, radii[b] if b < count else 3, bends[tie], loop=a == b)
        middles[tie] = points[len(points) // 2]
        kind = lists["relation"][ties["relation"][tie]]
        confidence, levels = ties["confidence"][tie], len(lists["confidence"])
        width = 2.0 if confidence < 0 or levels < 2 else 2.6 - 1.5 * confidence / (levels - 1)
        width = round(width * thin, 2)
        look = Look(stroke=Colour(*kind["colour"]), width=width, dash=_PATTERNS[kind["pattern"]])
        items.append(Path(points, look, arrow=not kind["mutual"]))
    return items


def _curve(
    start: tuple[float, float], end: tuple[float, float], near: float, far: float, bend: float, *, loop: bool
) -> tuple[tuple[float, float], ...]:
    if loop:
        x, y = start
        return tuple(
            (x + near * 2 * sin(2 * pi * i / 16), y - near - near * 2 + near * 2 * cos(2 * pi * i / 16)) for i in range(17)
        )
    (x1, y1), (x2, y2) = start, end
    length = hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    cut = min(near + 1, length / 2), min(far + 1, length / 2)
    a, b = (x1 + ux * cut[0], y1 + uy * cut[0]), (x2 - ux * cut[1], y2 - uy * cut[1])
    if not bend:
        return a, b
    control = ((x1 + x2) / 2 - uy * bend * 2, (y1 + y2) / 2 + ux * bend * 2)
    steps = 12
    return tuple(
        (
            (1 - t) ** 2 * a[0] + 2 * (1 - t) * t * control[0] + t * t * b[0],
            (1 - t) ** 2 * a[1] + 2 * (1 - t) * t * control[1] + t * t * b[1],
        )
        for t in (i / steps for i in range(steps + 1))
    )


def _sign(nodes: Any, lists: Any, node: int, at: tuple[float, float], radius: float) -> list[Item]:
    """The form of a node's kind in the colour of its type; a broken outline where it is not stated."""
    x, y = at
    own = nodes.get("colour", [0] * (node + 1))[node]
    type_ = nodes["type"][node]
    colour = Colour(*(own or (lists["type"][type_]["colour"] if type_ >= 0 else SOFT)))
    kind = nodes["kind"][node]
    shape = lists["kind"][kind].get("shape", "circle") if kind >= 0 else "circle"
    status = lists["status"][nodes["status"][node]]["id"] if nodes["status"][node] >= 0 else "stated"
    look = Look(
        fill=colour, stroke=GROUND if status == "stated" else INK, width=1.5, dash=DASHES.get(status, ()) and (2.5, 2)
    )
    if shape == "ring":
        return [Disc(x, y, radius - 1, Look(fill=GROUND, stroke=colour, width=3))]
    if shape == "star":
        reach = [radius * (0.6 if i % 2 else 1.3) for i in range(10)]
        points = [(x + r * sin(pi * i / 5), y - r * cos(pi * i / 5)) for i, r in enumerate(reach)]
        return [Path(tuple(points), look, closed=True)]
    if shape == "page":
        w, h, fold = radius * 0.85, radius * 1.1, radius * 0.5
        corners = ((x - w, y - h), (x + w - fold, y - h), (x + w, y - h + fold), (x + w, y + h), (x - w, y + h))
        return [Path(corners, look, closed=True)]
    if shape in _CORNERS:
        count, first, size = _CORNERS[shape]
        turn = [first + 2 * pi * i / count for i in range(count)]
        return [Path(tuple((x + radius * size * cos(a), y + radius * size * sin(a)) for a in turn), look, closed=True)]
    return [Disc(x, y, radius, look)]


def _beside(lines: Sequence[str], x: float, y: float, radius: float) -> Iterator[Box]:
    """Places for a name of so many lines around a node."""
    return around(x, y, radius + 3, max(text_width(line, _SIZE) for line in lines), 13.0 * len(lines))


def _cost(box: Box, sign: tuple[float, float], traces: Traces) -> float:
    """How badly a name stands there: how much it hides of the lines, and how far it is from its sign."""
    x, y = sign
    apart = hypot(max(box.left - x, x - box.right, 0), max(box.top - y, y - box.bottom, 0))
    return traces.under(box) + apart * _FAR


def _names(
    page: NetworkPage,
    places: Sequence[tuple[float, float]],
    radii: Sequence[float],
    order: Sequence[int],
    board: Board,
    traces: Traces,
    out: frozenset[str],
) -> tuple[list[Item], int]:
    """The names of nodes, in that order, that find room, each where it hides least of the lines, and how many of those who stand out
    find none.
    """
    items: list[Item] = []
    unnamed = 0
    full = _labels(page)
    texts = [page.nodes[node].short or page.nodes[node].acronym or full[node] for node in order]
    wide, high = wrap_apart(texts, _SIZE, 150), wrap_apart(texts, _SIZE, 95, lines=3)
    for node, *told in zip(order, wide, high, strict=True):
        found = [(box, lines) for lines in told for box in _beside(lines, *places[node], radii[node]) if board.free(box)]
        box, lines = min(found, key=lambda each: _cost(each[0], places[node], traces), default=(None, ()))
        stands_out = page.nodes[node].id in out
        if box is None:
            unnamed += stands_out
            continue
        board.take(box)
        left = box.right <= places[node][0]
        colour = INK if stands_out else SOFT
        for n, line in enumerate(lines):
            x = box.right if left else box.left
            items.append(Words(x, box.top + 10 + 13 * n, line, _SIZE, "end" if left else "start", colour, halo=True))
    return items, unnamed
