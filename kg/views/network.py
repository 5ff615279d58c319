"""The network page of a graph: which nodes and relations are drawn, and what the page says of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import InputError, near_names
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.questions.head import load_part
from kg.questions.names import resolve
from kg.questions.runner import bind, seen_at
from kg.views.charts.answers import Answers, word
from kg.views.entries import Entries
from kg.views.page import Attribute, Labels, NetworkPage, Node, Tie, text_in
from kg.views.reading import Reader
from kg.vocabulary import ALL, concept_lists, expand
from kg.vocabulary import kg as term

if TYPE_CHECKING:
    from kg.views.analysed import Asserted
    from kg.views.public import Public

__all__ = ["dataset_title", "network_page", "write_view"]

_ALIAS = ox.NamedNode(expand("skos:altLabel"))
_TITLE = ox.NamedNode(expand("dcterms:title"))
_FILTERS = ("actor", "country", "depth", "issue", "min_confidence", "source", "type", "year")


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]


class _Reader(Reader):
    """Reads nodes, ties and evidence of one graph."""

    def __init__(self, graph: Graph, *, of_most: bool) -> None:
        super().__init__(graph, of_most=of_most)
        self.entries = Entries(graph)

    def attributes(self, iri: str) -> tuple[Attribute, ...]:
        facts = self.graph.store.native.quads_for_pattern(None, term("subject"), ox.NamedNode(iri), ALL)
        found = []
        for fact in sorted(q.subject.value for q in facts if isinstance(q.subject, ox.NamedNode)):
            name = self.text(fact, "attribute")
            if name:
                found.append(
                    Attribute(
                        labels=self.labels(name),
                        value=self.text(fact, "value"),
                        start=self.text(fact, "start"),
                        end=self.text(fact, "end"),
                        evidence=self.items(fact),
                    )
                )
        return tuple(found)

    def node(self, iri: str) -> Node:
        kind, type_ = self.entries.node_type(iri)
        acronym = self.text(iri, "acronym")
        labels = self.labels(iri)
        return Node(
            id=self.describer.identifier(iri),
            labels=labels or {"en": self.describer.label(iri)},
            acronym=acronym,
            aliases=tuple(self.all(iri, _ALIAS)),
            kind=kind,
            type=type_,
            countries=tuple(self.entries.place(c) for c in self.all(iri, term("country"))),
            status=_local(self.text(iri, "status")) or "stated",
            confidence=_local(self.text(iri, "confidence")),
            attributes=self.attributes(iri),
            evidence=self.items(iri),
            note=self.texts(iri, "note"),
        )

    def tie(self, iri: str, subject: str, relation: str, object_: str) -> Tie:
        premise = self.text(iri, "inheritedFrom")
        return Tie(
            id=self.describer.identifier(iri),
            source=self.describer.identifier(subject),
            target=self.describer.identifier(object_),
            type=self.entries.relation(relation),
            status=_local(self.text(iri, "status")) or "stated",
            confidence=_local(self.text(iri, "confidence")),
            modality=_local(self.text(iri, "modality")) or "asserted",
            start=self.text(iri, "start"),
            end=self.text(iri, "end"),
            hedges=tuple(_local(h) for h in self.all(iri, term("hedge"))),
            view=_local(self.text(iri, "view")),
            held_by=tuple(self.labels(h) for h in self.all(iri, term("heldBy"))),
            issues=tuple(self.entries.issue(i) for i in self.all(iri, term("onIssue"))),
            inherited_from=self.describer.identifier(premise) if premise else "",
            evidence=self.items(premise or iri),
            note=self.texts(iri, "note"),
        )


def _near(start: str, depth: int, ends: Mapping[str, Sequence[str]]) -> set[str]:
    """Things at most `depth` relations away from `start`."""
    neighbours: dict[str, set[str]] = {}
    for pair in ends.values():
        for a, b in (pair, reversed(pair)):
            neighbours.setdefault(a, set()).add(b)
    found, queue = {start: 0}, deque([start])
    while queue:
        at = queue.popleft()
        if found[at] < depth:
            for other in sorted(neighbours.get(at, ())):
                if other not in found:
                    found[other] = found[at] + 1
                    queue.append(other)
    return set(found)


def _confident(graph: Graph, at_least: str | None) -> set[str]:
    """IRIs of the confidence levels that are as probable as `at_least`, or more."""
    levels = concept_lists()["confidence"]
    describer = Describer(graph, "en")
    if at_least is None:
        return set(levels.values())
    if at_least not in levels:
        raise InputError(f"--min-confidence {at_least!r}: there is no such level; {near_names(at_least, levels)}")
    probability = {iri: float(describer.one(iri, term("probability"))) for iri in levels.values()}
    return {iri for iri, p in probability.items() if p >= probability[levels[at_least]]}


@dataclass
class _Selection:
    """What is drawn: relations by IRI with their ends, and things without any."""

    relations: dict[str, tuple[str, str, str]]
    alone: set[str]
    focus: str = ""

    def ends(self) -> set[str]:
        """The things that the relations lead to and from, relations themselves left out."""
        return {end for s, _, o in self.relations.values() for end in (s, o) if end not in self.relations}

    def keep(self, wanted: Callable[[Sequence[str]], bool]) -> None:
        """Leaves the relations whose things `wanted` likes; a relation about a relation has three or more."""

        def things(end: str) -> set[str]:
            if end not in self.relations:
                return {end}
            return things(self.relations[end][0]) | things(self.relations[end][2])

        self.relations = {f: r for f, r in self.relations.items() if wanted(sorted(things(f)))}


def _select(graph: Graph, chosen: Mapping[str, Any]) -> _Selection:
    drawn, people = load_part("network"), load_part("actors")
    levels = _confident(graph, chosen.get("min_confidence"))
    terms = bind(graph, drawn, {k: v for k, v in chosen.items() if k in ("issue", "year", "source")})
    relations = {
        s["fact"].value: (s["subject"].value, s["relation"].value, s["object"].value)
        for s in graph.store.select(drawn.fill(terms))
        if s["confidence"].value in levels
    }
    everyone = {s["actor"].value for s in graph.store.select(people.fill({}))}
    terms = bind(graph, people, {k: v for k, v in chosen.items() if k in ("country", "type")})
    actors = {s["actor"].value for s in graph.store.select(people.fill(terms))}
    out = everyone - actors
    selection = _Selection(relations, set())
    selection.keep(lambda ends: not out.intersection(ends) and (not out or bool(actors.intersection(ends))))
    if not any(k in chosen for k in ("issue", "source", "actor")):
        selection.alone = actors
    if chosen.get("actor"):
        selection.focus = resolve(graph, str(chosen["actor"]), "actor", "--actor")[1:-1]
        near = _near(selection.focus, _depth(chosen), {f: (s, o) for f, (s, _, o) in selection.relations.items()})
        selection.keep(near.issuperset)
        selection.alone = {selection.focus}
    return selection


def _depth(chosen: Mapping[str, Any]) -> int:
    depth = int(chosen.get("depth") or 1)
    if not 1 <= depth <= 3:
        raise InputError(f"--depth {depth!r}: only one to three steps are drawn; give 1, 2 or 3")
    return depth


def network_page(
    graph: Graph,
    lang: str = "en",
    *,
    highlight: Iterable[str] = (),
    highlight_label: Labels | None = None,
    coalition: Sequence[str] = (),
    between: tuple[str, str] | None = None,
    scenario: Path | None = None,
    public: bool = False,
    analysis: bool = True,
    opening: Mapping[str, Any] | None = None,
    **filters: Any,
) -> NetworkPage:
    """The page of the actors of a graph, their relations in force, and the laws and issues these lead to.

    `filters`: country, issue, type, source, year (names as in questions), min_confidence (a level), actor and depth
    (1-3: only what is that near). What stands out: `highlight` (IRIs of things and facts), or a `coalition` of actors with
    the ties inside it, or the shortest ways `between` two, or what the `scenario` of a file changes. `public` leaves out notes
    and what is private. With `analysis` the page can colour and size by camp, community, power and the like. `opening` are
    further fields of NetworkPage (positions, story, state, flat). Raises InputError or NotFoundError for a value that cannot be
    placed.
    """
    for name in filters:
        if name not in _FILTERS:
            raise InputError(f"view: unknown filter {name!r}; {near_names(name, _FILTERS)}")
    everybody: Public | None = None
    if public:
        from kg.views.public import public_graph

        everybody = public_graph(graph)
        graph, opening = everybody.graph, everybody.opening(opening or {})
    chosen = {k: v for k, v in filters.items() if v not in (None, (), [])}
    graph = seen_at(graph, chosen)
    selection = _select(graph, chosen)
    reader = _Reader(graph, of_most=not chosen.keys() - {"year"})
    identifier = reader.describer.identifier
    nodes = {iri: reader.node(iri) for iri in sorted(selection.ends() | selection.alone)}
    ties = {fact: reader.tie(fact, *row) for fact, row in sorted(selection.relations.items())}
    lists = reader.entries
    page = NetworkPage(
        title=dataset_title(graph),
        lang=lang,
        kept=graph.kept,
        facts=Answers(graph, chosen, lang).shown(len(ties), "facts.network"),
        withheld=everybody.withheld if everybody else {},
        reference_date=str(chosen.get("year") or graph.reference_date),
        nodes=tuple(nodes.values()),
        ties=tuple(ties.values()),
        kinds=lists.kinds(),
        types=lists.types(),
        countries=lists.places(),
        tie_types=lists.relations(),
        statuses=lists.of("status"),
        confidences=lists.of("confidence"),
        modalities=lists.of("modality"),
        hedges=lists.of("hedge"),
        views=lists.of("view"),
        issues=lists.issues(),
        sources=tuple(source for _, source in sorted(reader.sources.items())),
        highlight=tuple(sorted({identifier(iri) for iri in highlight})),
        highlight_label=highlight_label or {},
        focus=identifier(selection.focus) if selection.focus else "",
        focus_steps=_depth(chosen) if selection.focus else 1,
    )
    page = replace(page, **opening) if opening else page
    if page.flat and page.engine == "vis":
        from kg.views.payload import OVERVIEW

        if len(page.nodes) > OVERVIEW:
            raise InputError(
                f"--flat: vis-network takes minutes to draw {len(page.nodes)} actors at once; leave out --flat or --engine vis"
            )
    if analysis or coalition or between:
        from kg.views import analysed, highlights

        asserted = analysed.Asserted(graph, nodes, ties, page.tie_types)
        if coalition:
            page = highlights.lit(page, highlights.coalition(graph, asserted, coalition))
        elif between:
            page = highlights.lit(page, highlights.shortest_paths(graph, asserted, between))
        if analysis:
            page = _analysed(graph, page, asserted, lists, chosen)
    if scenario:
        from kg.views.scenarios import with_scenario

        issues = chosen.get("issue", ())
        on = issues if isinstance(issues, str) else next(iter(issues), "")
        page = with_scenario(graph, page, scenario, as_of=str(chosen.get("year") or ""), on=on)
        if everybody:
            page = replace(page, highlight_label=everybody.texts(page.highlight_label))
    return page


def _analysed(graph: Graph, page: NetworkPage, asserted: Asserted, lists: Entries, chosen: Mapping[str, Any]) -> NetworkPage:
    """The page with what the analysis says of its asserted ties."""
    from kg.views import analysed

    regarding = {k: v for k, v in chosen.items() if k in ("year", "issue")}
    found = analysed.measures(graph, asserted, graph.kept, **regarding)
    grid = {"power", "interest"} <= {measure.id for measure in found}
    return replace(
        page,
        groupings=analysed.groupings(asserted, graph.kept),
        measures=found,
        quadrants=lists.quadrants() if grid else (),
    )


def dataset_title(graph: Graph) -> Labels:
    """The title of the data set; a general one where there are several or none."""
    reader = Reader(graph)
    nodes = graph.store.native.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), term("Dataset"), ALL)
    found = sorted(q.subject.value for q in nodes if isinstance(q.subject, ox.NamedNode))
    titles = reader.labels(found[0], _TITLE) if len(found) == 1 else {}
    return titles or word("title.network")


def write_view(graph: Graph, lang: str, path: Path, style: str = "html", **options: Any) -> Path:
    """The file into which the network was written, as a page (`html`) or as a picture (`svg`, `png`, `pdf`); options are those
    of `network_page`."""
    page = network_page(graph, lang, **options)
    if style == "html":
        from kg.views.html import write_network

        return write_network(page, path)
    from kg.views.charts.files import write_pictures
    from kg.views.charts.network_map import network_map, network_sheet

    scene = network_sheet(page) if style == "pdf" else network_map(page)
    (written,) = write_pictures({"network": scene}, path, style, title=text_in(page.title, lang), lang=lang)
    return written
