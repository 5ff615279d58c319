"""What a network page shows: plain records, filled from a graph or by hand, drawn by `kg.views.html`.

Everything that a reader can see is in these records, in every language that is known; nothing here reads a graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.errors import InputError, near_names
from kg.store.kept import NOT_KEPT, Kept
from kg.views.grouping import Change, Grouping, Measure, Quadrant
from kg.views.opening import Step

__all__ = [
    "Attribute",
    "Entry",
    "EvidenceItem",
    "Kind",
    "Labels",
    "NetworkPage",
    "Node",
    "Pattern",
    "Shape",
    "Source",
    "Tie",
    "TieType",
    "text_in",
]

Labels = Mapping[str, str]
"""Language tag to text, e.g. `{"en": "Peru", "fr": "Pérou"}`; empty where nothing is known."""

Shape = Literal["circle", "square", "diamond", "triangle", "down", "hexagon", "star", "ring", "page"]
"""Forms that a node can have; each stays apart from the others without colour."""

Pattern = Literal["", "solid", "dashed", "dotted"]
"""How a line is broken."""

PAGE_LANGUAGES = ("en", "es", "fr")
"""Languages that the page's own words exist in."""


def text_in(labels: Labels, lang: str) -> str:
    """The text in `lang`; where missing, in English, then in any language (by tag); "" where there is none."""
    if lang in labels:
        return labels[lang]
    if "en" in labels:
        return labels["en"]
    return labels[min(labels)] if labels else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One concept of a list: the legend names it, counts it and filters by it."""

    id: str
    """Id that nodes and ties refer to, unique in its list."""
    labels: Labels = field(default_factory=dict)
    """Name per language; the id is shown where there is none."""
    broader: str = ""
    """Id of the entry of the same list under which the legend puts it; "" for the top."""
    colour: str = ""
    """`#rrggbb` on a light page; "" takes the broader entry's, else one from the page's palette."""
    colour_dark: str = ""
    """The same on a dark page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Entry):
    """What sort of thing a node is (organisation, category, law ...); told by its shape."""

    shape: Shape = "circle"
    """Form of the node."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieType(Entry):
    """A type of relation."""

    inverse: Labels = field(default_factory=dict)
    """How the relation reads from its target's side, per language; the labels where empty."""
    sign: int = 0
    """1 friendly, -1 hostile, 0 neither; told by colour, line pattern and text."""
    mutual: bool = False
    """True where both ends mean the same (no arrowhead)."""
    pattern: Pattern = ""
    """Line pattern; "" takes the sign's: solid for friendly, dashed for hostile, dotted for neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document or data set that facts come from."""

    id: str
    """Id that evidence refers to."""
    title: str
    """Title as printed."""
    authors: str = ""
    """Authors or publisher in one line, for citations."""
    issued: str = ""
    """Date of publication as far as known."""
    address: str = ""
    """Where it was found; shown as plain text, never as a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One place in a source that says what a fact says."""

    id: str
    """Id, unique on the page; the same item may stand behind several facts."""
    source: str
    """Id of the source."""
    section: Labels = field(default_factory=dict)
    """Name of the section, per language."""
    characters: str = ""
    """Position in the source's text, e.g. `120-310`."""
    paraphrase: Labels = field(default_factory=dict)
    """What the place says, in other words, per language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One property of a node beyond its names, e.g. when it was founded."""

    labels: Labels
    """Name of the property, per language."""
    value: str
    """Value as written; an http, https or mailto address becomes a link."""
    start: str = ""
    """Since when, `YYYY[-MM[-DD]]`."""
    end: str = ""
    """Until when, `YYYY[-MM[-DD]]`."""
    evidence: tuple[EvidenceItem, ...] = ()
    """Where it is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor, instrument or issue."""

    id: str
    """IRI or id, unique among nodes and ties."""
    labels: Labels
    """Full name per language."""
    short: str = ""
    """Name for the drawing where the full one is long; "" takes the acronym, else the full name."""
    acronym: str = ""
    """Acronym."""
    aliases: tuple[str, ...] = ()
    """Other names that the search finds."""
    kind: str = ""
    """Id in `NetworkPage.kinds`: decides the shape."""
    type: str = ""
    """Id in `NetworkPage.types`: decides the colour."""
    countries: tuple[str, ...] = ()
    """Ids in `NetworkPage.countries`."""
    status: str = "stated"
    """Id in `NetworkPage.statuses`; whatever is not `stated` has a broken outline."""
    confidence: str = ""
    """Id in `NetworkPage.confidences`."""
    colour: str = ""
    """`#rrggbb` instead of the type's colour."""
    attributes: tuple[Attribute, ...] = ()
    """Further properties."""
    evidence: tuple[EvidenceItem, ...] = ()
    """Where it is mentioned."""
    note: Labels | str = ""
    """Remark of the coders, by language where it is in several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """One relation between two nodes, or between a node and another relation. Parallel ties stay apart."""

    id: str
    """IRI or id, unique among nodes and ties."""
    source: str
    """Id of the node (or tie) that it starts from."""
    target: str
    """Id of the node (or tie) that it leads to."""
    type: str
    """Id in `NetworkPage.tie_types`: decides colour, sign and direction."""
    status: str = "stated"
    """Id in `NetworkPage.statuses`: stated, inferred or estimated."""
    confidence: str = ""
    """Id in `NetworkPage.confidences`; decides how thick the line is."""
    modality: str = "asserted"
    """Id in `NetworkPage.modalities`: asserted, recommended, possible, denied or absent."""
    start: str = ""
    """Since when, `YYYY[-MM[-DD]]`."""
    end: str = ""
    """Until when, `YYYY[-MM[-DD]]`."""
    hedges: tuple[str, ...] = ()
    """Ids in `NetworkPage.hedges`: how the source hedges it."""
    view: str = ""
    """Id in `NetworkPage.views`: whose view it is."""
    held_by: tuple[Labels, ...] = ()
    """Names of those who hold the view, where it is an actor's."""
    issues: tuple[str, ...] = ()
    """Ids in `NetworkPage.issues`: what it is about."""
    inherited_from: str = ""
    """Id of the relation that this one follows from; may be missing from the page."""
    evidence: tuple[EvidenceItem, ...] = ()
    """Where it is said."""
    note: Labels | str = ""
    """Remark of the coders, by language where it is in several."""

    @property
    def undated(self) -> bool:
        """True where neither start nor end is known."""
        return not (self.start or self.end)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NetworkPage:
    """A network with all that its page says.

    Raises InputError for an id used twice, a tie to something that is not on the page, relations that refer to each
    other in a circle, an unknown source, and a page language that the page's own words do not exist in.
    """

    title: Labels
    """Heading and title of the page, per language."""
    lang: str = "en"
    """Language that the page opens in: en, es or fr."""
    languages: tuple[str, ...] = PAGE_LANGUAGES
    """Languages of the names, in the order in which the panel lists them."""
    facts: Labels = field(default_factory=dict)
    """Sentence that says which facts are drawn and which were left out, per language."""
    withheld: Labels = field(default_factory=dict)
    """Sentence that says what was held back as private, per language."""
    reference_date: str = ""
    """Date that the network stands for, e.g. `2013`."""
    nodes: tuple[Node, ...] = ()
    """Actors, instruments, issues."""
    ties: tuple[Tie, ...] = ()
    """Relations."""
    kinds: tuple[Kind, ...] = ()
    """Sorts of nodes, with their shapes."""
    types: tuple[Entry, ...] = ()
    """Types of actors and other nodes, with their groups as broader entries and their colours."""
    countries: tuple[Entry, ...] = ()
    """Countries and other places that nodes belong to."""
    tie_types: tuple[TieType, ...] = ()
    """Types of relations; families of relations stand here as broader entries."""
    statuses: tuple[Entry, ...] = ()
    """Stated, inferred, estimated."""
    confidences: tuple[Entry, ...] = ()
    """Levels of confidence, the highest first."""
    modalities: tuple[Entry, ...] = ()
    """Asserted, recommended, possible, denied, absent."""
    hedges: tuple[Entry, ...] = ()
    """Hedges."""
    views: tuple[Entry, ...] = ()
    """Whose view."""
    issues: tuple[Entry, ...] = ()
    """Issues that relations are about."""
    sources: tuple[Source, ...] = ()
    """Sources of the evidence."""
    highlight: tuple[str, ...] = ()
    """Ids of nodes and ties that stand out, the rest is faded; ids that are not on the page are passed over."""
    highlight_label: Labels = field(default_factory=dict)
    """What the highlighted ones are, e.g. the question that they answer, per language."""
    changes: Mapping[str, Change] = field(default_factory=dict)
    """Id of a node or tie to what a scenario does to it; what is gone then is on the page still."""
    groupings: tuple[Grouping, ...] = ()
    """Groups that an analysis found, e.g. camps."""
    measures: tuple[Measure, ...] = ()
    """What an analysis or a coder measured in nodes, e.g. power."""
    quadrants: tuple[Quadrant, ...] = ()
    """Fields of the power and interest grid."""
    focus: str = ""
    """Id of the node that the page opens on; "" for the whole network."""
    focus_steps: int = 1
    """How many steps from the focus are shown, 1 to 3."""
    state: str = ""
    """View that the page opens with, written as what stands after `#` in a link to it."""
    story: tuple[Step, ...] = ()
    """Steps that a reader clicks through."""
    engine: Literal["own", "vis"] = "own"
    """What draws the network: our renderer, or vis-network, in which nodes can be shaken into place."""
    flat: bool = False
    """Whether every node is drawn at once, however many there are."""
    positions: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Node id to saved coordinates, as the page's "save positions" writes them; the rest is laid out around them."""
    kept: Kept = field(default=NOT_KEPT, repr=False, compare=False)
    """Where the layout is kept for the next time."""

    def __post_init__(self) -> None:
        if self.lang not in PAGE_LANGUAGES:
            raise InputError(f"page: language {self.lang!r} is unknown; use one of {', '.join(PAGE_LANGUAGES)}")
        if not 1 <= self.focus_steps <= 3:
            raise InputError(f"page: focus_steps is {self.focus_steps!r}; use 1, 2 or 3")
        node_ids = _unique("node", (node.id for node in self.nodes))
        tie_ids = _unique("tie", (tie.id for tie in self.ties))
        if both := node_ids & tie_ids:
            raise InputError(f"page: {min(both)!r} is the id of a node and of a tie; give each its own id")
        if self.focus and self.focus not in node_ids:
            raise InputError(f"page: focus {self.focus!r} is not on the page; {near_names(self.focus, node_ids)}")
        known = node_ids | tie_ids
        for tie in self.ties:
            for end in (tie.source, tie.target):
                if end not in known:
                    raise InputError(f"tie {tie.id!r}: its end {end!r} is not on the page; {near_names(end, known)}")
        sources = {source.id for source in self.sources}
        for item in self.evidence():
            if item.source not in sources:
                raise InputError(
                    f"evidence {item.id!r}: source {item.source!r} is not on the page; {near_names(item.source, sources)}"
                )
        for entries in (self.types, self.tie_types):
            _no_circle(entries)
        self.ordered_ties()

    def evidence(self) -> tuple[EvidenceItem, ...]:
        """Every evidence item of nodes, attributes and ties once, in order of appearance."""
        items: dict[str, EvidenceItem] = {}
        for node in self.nodes:
            for item in (*node.evidence, *(e for attribute in node.attributes for e in attribute.evidence)):
                items.setdefault(item.id, item)
        for tie in self.ties:
            for item in tie.evidence:
                items.setdefault(item.id, item)
        return tuple(items.values())

    def __repr__(self) -> str:
        return f"<NetworkPage {text_in(self.title, self.lang)!r}: {len(self.nodes)} nodes, {len(self.ties)} ties>"

    def _repr_html_(self) -> str:
        from kg.views.document import framed  # only notebooks ask for it
        from kg.views.html import network_html

        return framed(network_html(self), text_in(self.title, self.lang))

    def ordered_ties(self) -> tuple[Tie, ...]:
        """The ties, each after those that it refers to as an end, else in their given order.

        Raises InputError for relations that refer to each other in a circle.
        """
        nodes = {node.id for node in self.nodes}
        placed: dict[str, Tie] = {}
        waiting = list(self.ties)
        while waiting:
            later = []
            for tie in waiting:
                ready = all(end in nodes or end in placed for end in (tie.source, tie.target))
                if ready:
                    placed[tie.id] = tie
                else:
                    later.append(tie)
            if len(later) == len(waiting):
                circle = ", ".join(repr(tie.id) for tie in later[:3])
                raise InputError(f"ties {circle}: they refer to each other in a circle; let one end be a node")
            waiting = later
        return tuple(placed.values())


def _no_circle(entries: Sequence[Entry]) -> None:
    above = {entry.id: entry.broader for entry in entries}
    for entry in entries:
        seen = {entry.id}
        at = entry.broader
        while at in above:
            if at in seen:
                raise InputError(f"page: entry {entry.id!r} is broader than itself; let one of its line stand at the top")
            seen.add(at)
            at = above[at]


def _unique(what: str, ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise InputError(f"page: {what} id {each!r} stands twice; ids are unique on a page")
        seen.add(each)
    return seen
