"""Scenes as PNG and PDF, made without a browser: letters of one shipped font, real text in PDF, the same bytes each time."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from kg.views.charts.scene import GROUND, Colour, Disc, Look, Path, Scene, Words, arrowhead
from kg.views.charts.sheets import MARGIN, Sheet, reach, sheets

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["pdf", "png"]

_DOTS = 96
"""Units of a scene per inch, as browsers count."""
_POINT = 72 / _DOTS
_SETTINGS = {
    "font.family": ["DejaVu Sans"],  # comes with the library: no machine has to have it
    "pdf.fonttype": 42,
    "lines.scale_dashes": False,
    "path.simplify": False,
}


def png(scene: Scene, scale: float = 2) -> bytes:
    """The picture as PNG, `scale` pixels per unit of the scene."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    target = io.BytesIO()
    with _drawing():
        figure = _figure(scene)
        FigureCanvasAgg(figure)
        figure.savefig(
            target,
            format="png",
            dpi=_DOTS * scale,
            metadata={"Software": None, "Title": scene.title, "Description": scene.description},
        )
    return target.getvalue()


def pdf(scenes: Iterable[Scene], title: str) -> bytes:
    """The pictures as PDF on sheets that printers have, as `sheets` says; text stays text, letters are embedded."""
    from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages

    target = io.BytesIO()
    kept = {"Title": title, "Creator": "stakeholder-kg", "Producer": None, "CreationDate": None}
    with _drawing(), PdfPages(target, metadata=kept) as pages:
        for scene in scenes:
            for sheet in sheets(scene):
                figure = _on_paper(scene, sheet)
                FigureCanvasPdf(figure)
                pages.savefig(figure)
    return target.getvalue()


@contextmanager
def _drawing() -> Iterator[None]:
    """Our settings and nobody's style; letters that the font lacks are shown as boxes, without a word about each."""
    import matplotlib as mpl

    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)  # type: ignore[arg-type]  # keys are a closed list in its types
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        yield


def _figure(scene: Scene) -> Figure:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Affine2D

    figure = Figure(figsize=(scene.width / _DOTS, scene.height / _DOTS), dpi=_DOTS, facecolor=GROUND.light)
    place = Affine2D().scale(1 / scene.width, -1 / scene.height).translate(0, 1) + figure.transFigure
    for order, item in enumerate(scene.items()):
        for artist in _artists(item, place):
            artist.set_zorder(order)
            figure.add_artist(artist)
    return figure


def _on_paper(scene: Scene, sheet: Sheet) -> Figure:
    """A sheet with its stripes of the scene, from the upper margin on, in the middle between the others."""
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import Affine2D

    wide, high = sheet.paper.width, sheet.paper.height
    figure = Figure(figsize=(wide / _DOTS, high / _DOTS), dpi=_DOTS, facecolor=GROUND.light)
    left, y = (wide - scene.width * sheet.scale) / 2, MARGIN
    order = 0
    for top, bottom in sheet.stripes:
        drawn = Affine2D().scale(sheet.scale).translate(left, y - top * sheet.scale)
        place = drawn + Affine2D().scale(1 / wide, -1 / high).translate(0, 1) + figure.transFigure
        stripe = Rectangle((0, top), scene.width, bottom - top, transform=place)
        for item in scene.items():
            first, last = reach(item)
            if last < top or first > bottom:
                continue
            for artist in _artists(item, place, sheet.scale):
                artist.set_zorder(order)
                figure.add_artist(artist)
                if first < top or last > bottom:
                    artist.set_clip_path(stripe)
                order += 1
        y += (bottom - top) * sheet.scale
    return figure


def _artists(item: Path | Disc | Words, place: Any, scale: float = 1) -> Iterator[Any]:
    from matplotlib.patches import Circle, PathPatch, Polygon
    from matplotlib.path import Path as Line

    if isinstance(item, Words):
        yield _text(item, place, scale)
    elif isinstance(item, Disc):
        yield Circle((item.x, item.y), item.radius, transform=place, **_look(item.look, scale))
    elif item.closed:
        yield Polygon(item.points, closed=True, transform=place, **_look(item.look, scale))
    else:
        yield PathPatch(Line(item.points), transform=place, capstyle="butt", **_look(item.look, scale))
        head = arrowhead(item.points) if item.arrow else ()
        if head:
            yield Polygon(head, closed=True, transform=place, facecolor=_colour(item.look.stroke), edgecolor="none")


def _text(words: Words, place: Any, scale: float) -> Any:
    from matplotlib.patheffects import withStroke
    from matplotlib.text import Text

    text = Text(
        words.x,
        words.y,
        words.text,
        transform=place,
        fontsize=words.size * _POINT * scale,
        fontweight="bold" if words.bold else "normal",
        color=words.colour.light,
        ha={"start": "left", "middle": "center", "end": "right"}[words.anchor],
        va="baseline",
        parse_math=False,
    )
    if words.turned:
        text.set(rotation=90, rotation_mode="anchor")
    if words.halo:
        text.set_path_effects([withStroke(linewidth=3 * _POINT * scale, foreground=GROUND.light)])
    return text


def _look(look: Look, scale: float) -> dict[str, Any]:
    fill = "none" if look.fill is None else (look.fill.light, look.opacity)
    dash = (0, tuple(length * _POINT * scale for length in look.dash)) if look.dash and look.stroke else "solid"
    return {
        "facecolor": fill,
        "edgecolor": _colour(look.stroke),
        "linewidth": look.width * _POINT * scale if look.stroke else 0,
        "linestyle": dash,
    }


def _colour(colour: Colour | None) -> str:
    return "none" if colour is None else colour.light
