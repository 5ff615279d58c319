"""Chart pages for tests: every view on the shipped data, and a page whose every text is hostile."""

from __future__ import annotations

import functools

from kg.views.charts.catalog import load_view
from kg.views.charts.page import ChartPage, Column, Facet, Fact, Figure, Grid, GridCell, KeyEntry, Link, Row, Table
from kg.views.charts.power_ground import Position, Quadrant
from kg.views.charts.power_map import power_map
from kg.views.charts.signs import key_extent
from kg.views.page import Entry, EvidenceItem, Source
from tests.shipped import shipped_graph
from tests.views.hostile import HOSTILE


@functools.cache
def shipped(view: str, **filters: str) -> ChartPage:
    """A view of the shipped data."""
    return load_view(view).page(shipped_graph().graph, "en", **{name: [value] for name, value in filters.items()})


WORDS = {
    name: {"en": name} for name in ("power", "interest", "low", "high", "numbered", "unnumbered", "nobody", "description")
}
QUADRANTS = tuple(
    Quadrant({"en": name}, power, interest)
    for name, power, interest in (
        ("Manage closely", (0.5, 1), (0.5, 1)),
        ("Keep satisfied", (0.5, 1), (0, 0.5)),
        ("Keep informed", (0, 0.5), (0.5, 1)),
        ("Monitor", (0, 0.5), (0, 0.5)),
    )
)


def hostile_chart() -> ChartPage:
    """A page with a hostile text in every place that takes one."""
    rows, positions, cells = [], [], []
    for number, text in enumerate(HOSTILE):
        item = EvidenceItem(
            id=f"e{number}", source="s", section={"en": text}, characters=text, paraphrase={"en": text, "es": text}
        )
        fact = Fact(id=text, statement={"en": text}, terms=(({"en": text}, {"en": text}),), evidence=(item,))
        row = f"{number} {text}"
        rows.append(
            Row(id=row, name={"en": text}, cells=(text, {"en": text, "fr": text}), values={"k": (text,)}, facts=(fact,))
        )
        place = number / len(HOSTILE)
        positions.append(
            Position(
                row,
                {"en": text},
                {"en": text},
                (place, place),
                (place, place),
                "for",
                "estimated" if number % 2 else "stated",
            )
        )
        cells.append(GridCell(text=text, sign=text[:1], rows=(row,), label={"en": text}))
    scene = power_map(positions, QUADRANTS, WORDS, "en", title=HOSTILE[0], size=(640, 560))
    first = {"en": HOSTILE[2]}
    return ChartPage(
        view="power-interest",
        title={"en": HOSTILE[1], "es": HOSTILE[3]},
        facts=first,
        withheld=first,
        help=first,
        figures=(
            Figure(
                id="map",
                title=first,
                scenes={"en": scene},
                key=(KeyEntry(sign=key_extent("stated"), text=first),),
                note=first,
            ),
            Figure(
                id="grid", title=first, grid=Grid(corner=first, columns=(first,), lines=tuple((first, (c,)) for c in cells))
            ),
        ),
        tables=(
            Table(
                id="t",
                title=first,
                columns=(Column(id="name", heading=first), Column(id="what", heading={"en": HOSTILE[4]})),
                rows=tuple(rows),
                note=first,
            ),
        ),
        facets=(Facet(id="k", heading=first, entries=tuple(Entry(id=text, labels={"en": text}) for text in HOSTILE)),),
        sources=(Source(id="s", title=HOSTILE[4], authors=HOSTILE[5], issued=HOSTILE[6], address="javascript:alert(1)"),),
        links=(Link(file="index.html", text=first),),
    )
