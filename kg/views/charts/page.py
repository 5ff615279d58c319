"""What a chart page shows: pictures, tables, filters and evidence as plain records, drawn by `kg.views.charts.html`.

Every row of a table is one thing that was answered. A picture's marks, a grid's cells and the panel refer to rows by id, so
that picture and table say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.errors import InputError, near_names
from kg.views.charts.scene import Colour, Scene
from kg.views.page import PAGE_LANGUAGES, Entry, EvidenceItem, Labels, Source, text_in

__all__ = [
    "Cell",
    "ChartPage",
    "Column",
    "Facet",
    "Fact",
    "Figure",
    "Grid",
    "GridCell",
    "KeyEntry",
    "Link",
    "Row",
    "Table",
]

Cell = Labels | str | float | None
"""What stands in a table's cell: a text per language, the same text in all, a number, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact that a row rests on."""

    id: str
    statement: Labels
    """Who, what, towards what."""
    terms: tuple[tuple[Labels, Labels], ...] = ()
    """What else is known of it: heading and value, e.g. confidence and high."""
    evidence: tuple[EvidenceItem, ...] = ()
    """Where it is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, which pictures and the panel show too."""

    id: str
    """Unique on the page."""
    name: Labels
    """Heading of its panel."""
    cells: tuple[Cell, ...]
    """One per column of the table."""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Facet to the ids of its entries that hold for the row; none stands for "not said"."""
    facts: tuple[Fact, ...] = ()
    """What it rests on."""
    estimated: bool = False
    """True where it is no plain statement of a source; marked wherever it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table."""

    id: str
    heading: Labels
    number: bool = False
    """True where cells are numbers, which are aligned and sorted as such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows with the same columns."""

    id: str
    title: Labels
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Labels = field(default_factory=dict)
    """What a reader must know to read it right; also says why a table is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Something that rows are filtered by."""

    id: str
    heading: Labels
    entries: tuple[Entry, ...]
    ordered: bool = False
    """True where the entries have an order of their own, which is not that of their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEntry:
    """One sign of a picture's key: a small picture and what it means."""

    sign: Mapping[str, Scene] | Scene
    """The small picture, of 28 by 18."""
    text: Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """One crossing of a grid."""

    text: Labels | str = ""
    """What stands in it; "" for a gap."""
    sign: str = ""
    """One character that says the same at a glance, e.g. `+`."""
    rows: tuple[str, ...] = ()
    """Rows that it stands for."""
    colour: Colour | None = None
    """Its ground."""
    label: Labels = field(default_factory=dict)
    """What it says to who cannot see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table of crossings: what is in a row against what is in a column."""

    corner: Labels
    """What the rows are."""
    columns: tuple[Labels, ...]
    lines: tuple[tuple[Labels, tuple[GridCell, ...]], ...]
    """Heading of each line, and its cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One picture: drawn, per language, or a grid."""

    id: str
    title: Labels
    scenes: Mapping[str, Scene] = field(default_factory=dict)
    """Language to picture."""
    narrow: Mapping[str, Scene] = field(default_factory=dict)
    """Language to the picture for narrow screens; the other one is shown there where there is none."""
    grid: Grid | None = None
    key: tuple[KeyEntry, ...] = ()
    """What its signs mean."""
    note: Labels = field(default_factory=dict)
    first: int = 0
    """How many rows it draws until the reader asks for all, in the order of the tables; all where 0."""
    beside: bool = False
    """True where it stands beside others of its kind and holds its own title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A page of the same site."""

    file: str
    """Its file name, in the same folder."""
    text: Labels
    what: Labels = field(default_factory=dict)
    """What it shows, for the page that opens a site."""
    facts: Labels = field(default_factory=dict)
    """How much it shows, likewise."""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ChartPage:
    """A page of pictures and tables.

    Raises InputError for a row id used twice, a mark or cell of a row that no table holds, a row with more or fewer cells than
    its table has columns, an unknown source, and a page language that the page's own words do not exist in.
    """

    view: str
    """Name of the view, e.g. `power-interest`."""
    title: Labels
    lang: str = "en"
    facts: Labels = field(default_factory=dict)
    """Sentence that says what is shown and what was left out."""
    withheld: Labels = field(default_factory=dict)
    """Sentence that says what was held back as private."""
    help: Labels = field(default_factory=dict)
    """How the picture is read."""
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    facets: tuple[Facet, ...] = ()
    sources: tuple[Source, ...] = ()
    links: tuple[Link, ...] = ()
    """The pages of the site, this one among them; a page without tables shows them with what they are about."""

    def __post_init__(self) -> None:
        if self.lang not in PAGE_LANGUAGES:
            raise InputError(f"page: language {self.lang!r} is unknown; use one of {', '.join(PAGE_LANGUAGES)}")
        rows = _unique(row.id for table in self.tables for row in table.rows)
        for table in self.tables:
            for row in table.rows:
                if len(row.cells) != len(table.columns):
                    raise InputError(
                        f"row {row.id!r}: has {len(row.cells)} cells and table {table.id!r} {len(table.columns)} columns; "
                        "give one cell per column"
                    )
        for name in self.named_rows():
            if name not in rows:
                raise InputError(f"figure: row {name!r} stands in no table; {near_names(name, rows)}")
        sources = {source.id for source in self.sources}
        for item in self.evidence():
            if item.source not in sources:
                raise InputError(
                    f"evidence {item.id!r}: source {item.source!r} is not on the page; {near_names(item.source, sources)}"
                )

    def __repr__(self) -> str:
        return f"<ChartPage {self.view!r}: {len(self.rows())} rows, {len(self.figures)} figures>"

    def _repr_html_(self) -> str:
        from kg.views.charts.html import chart_html  # only notebooks ask for it
        from kg.views.document import framed

        return framed(chart_html(self), text_in(self.title, self.lang))

    def rows(self) -> Sequence[Row]:
        """The rows of all tables, in order."""
        return [row for table in self.tables for row in table.rows]

    def named_rows(self) -> set[str]:
        """Ids of the rows that figures refer to."""
        found = set()
        for figure in self.figures:
            for scene in (*figure.scenes.values(), *figure.narrow.values()):
                found |= {group.row for group in scene.groups if group.row}
            if figure.grid:
                found |= {row for _, cells in figure.grid.lines for cell in cells for row in cell.rows}
        return found

    def evidence(self) -> tuple[EvidenceItem, ...]:
        """Every passage once, in order of appearance."""
        items: dict[str, EvidenceItem] = {}
        for row in self.rows():
            for fact in row.facts:
                for item in fact.evidence:
                    items.setdefault(item.id, item)
        return tuple(items.values())


def _unique(ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise InputError(f"page: row id {each!r} stands twice; ids are unique on a page")
        seen.add(each)
    return seen
