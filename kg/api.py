"""The graph as analysts use it in Python: ask, find, show, export, and hand over to other libraries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.graph import Graph
from kg.opening import Source, open_graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    import pyoxigraph as ox
    import rdflib

    from kg.analysis.cases.brokering import Brokers
    from kg.analysis.cases.circles import Circles
    from kg.analysis.cases.indices import Indices
    from kg.analysis.cases.model import Case
    from kg.analysis.cases.splits import CampSplit
    from kg.briefs.brief import Brief
    from kg.findings import Finding
    from kg.questions.answer import Answer
    from kg.questions.describe import Describer, Thing
    from kg.questions.head import Question
    from kg.views.charts.page import ChartPage
    from kg.views.model import KgNetwork
    from kg.views.page import NetworkPage

__all__ = ["KnowledgeGraph", "open"]


class KnowledgeGraph:
    """A knowledge graph of stakeholders, laws and tensions; made by `kg.open`."""

    def __init__(self, graph: Graph, lang: str = "en") -> None:
        self.graph = graph
        self.lang = lang

    def __repr__(self) -> str:
        """What it holds, for notebooks and the prompt.

        >>> import kg
        >>> repr(kg.open()).endswith(" instruments; undated facts hold in 2013>")
        True
        """
        import pyoxigraph as ox

        from kg.vocabulary import ALL, expand, kg

        held = []
        for name in ("Actor", "Relation", "Instrument"):
            found = self.graph.store.native.quads_for_pattern(None, ox.NamedNode(expand("rdf:type")), kg(name), ALL)
            held.append(f"{len({quad.subject for quad in found}):,} {name.lower()}s")
        when = f"; undated facts hold in {self.graph.reference_date}" if self.graph.reference_date else ""
        return f"<KnowledgeGraph: {', '.join(held)}{when}>"

    def ask(self, question: str, **values: Any) -> Answer:
        """The answer to a question of `kg ask`, e.g. `g.ask("allies", actor="CONVEAGRO")`.

        A value is a name, acronym, alias, id or IRI, or a list of them. Raises NotFoundError with near names,
        AmbiguousError, or InputError.

        >>> import kg
        >>> g = kg.open()
        >>> "CONVEAGRO" in {str(row.actor) for row in g.ask("umbrellas")}
        True
        """
        from kg.questions.runner import ask

        return ask(self.graph, question, self.lang, **values)

    def questions(self) -> list[Question]:
        """Every question, by topic and name.

        >>> import kg
        >>> "allies" in {q.name for q in kg.open().questions()}
        True
        """
        from kg.questions.head import question_paths, read_question

        return [read_question(path) for path in question_paths().values()]

    def find(self, text: str) -> list[Thing]:
        """The things whose name holds the text, accents and case aside; the closest first.

        >>> import kg
        >>> [t.id for t in kg.open().find("conveag")][:1]
        ['conveagro']
        """
        from kg.questions.names import find

        describer = self.describer
        return [describer.thing(iri) for iri in find(self.graph, text)]

    def thing(self, name: str, kind: str = "thing") -> Thing:
        """The one thing of that name, acronym, alias, id or IRI; raises NotFoundError or AmbiguousError.

        >>> import kg
        >>> kg.open().thing("conveagro").id
        'conveagro'
        """
        from kg.questions.names import resolve

        return self.describer.thing(resolve(self.graph, name, kind)[1:-1])

    def show(self, name: str, as_of: str = "") -> Answer:
        """Every fact that names the thing, in both directions, of any date; with `as_of` (2013, 2013-08 ...) those that hold then.

        >>> import kg
        >>> len(kg.open().show("CONVEAGRO")) > 0
        True
        """
        from kg.questions.head import load_part
        from kg.questions.runner import ask

        return ask(self.graph, load_part("show"), self.lang, thing=name, year=as_of or ())

    def as_of(self, date: str) -> KnowledgeGraph:
        """The graph of what holds at a date (2013, 2013-08 ...); facts without dates stay, derived ones are derived anew.

        >>> import kg
        >>> kg.open().as_of("2007").graph.reference_date
        '2007'
        """
        from kg.questions.names import resolve

        resolve(self.graph, date, "year", "as of")
        return KnowledgeGraph(self.graph.as_of(date)[0], self.lang)

    @property
    def describer(self) -> Describer:
        """Labels, ids and evidence in the language of this graph."""
        from kg.questions.describe import Describer

        return Describer(self.graph, self.lang)

    def sparql(self, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """The result of a SPARQL 1.1 query that only reads; raises QueryError for any other.

        >>> import kg
        >>> bool(kg.open().sparql("ASK { ?s a <https://w3id.org/stakeholder-kg/ns#Actor> }"))
        True
        """
        return self.graph.named.query(query)

    def check(self) -> list[Finding]:
        """What is wrong, or looks wrong, in the data: errors first.

        >>> import kg
        >>> [f for f in kg.open().check() if f.is_error]
        []
        """
        from kg.validation.report import check_graph

        return check_graph(self.graph)

    def export(self, to: str, path: str | Path | None = None) -> bytes:
        """The graph as `ttl`, `trig`, `nt`, `nq`, `jsonld` or `rdfxml`, in canonical order; also written to `path`."""
        from kg.errors import InputError, near_names
        from kg.formats.canonical import FORMATS
        from kg.writing import write_whole

        if to not in FORMATS:
            raise InputError(f"export: {to!r} is no format; {near_names(to, FORMATS)}")
        content = self.graph.export(to)
        if path is not None:
            try:
                write_whole(Path(path), content)
            except OSError as error:
                raise InputError(f"{path}: cannot be written ({error.strerror}); choose another place") from None
        return content

    def to_rdflib(self) -> rdflib.Dataset:
        """A copy as an rdflib Dataset whose default graph is the union of its named graphs.

        >>> import kg
        >>> len(kg.open().to_rdflib()) > 1000
        True
        """
        from kg.interchange import to_rdflib

        return to_rdflib(self.graph)

    def to_networkx(self, **filters: Any) -> nx.MultiDiGraph:
        """Actors and their ties as a networkx MultiDiGraph; every relation is one edge with its own attributes.

        >>> import kg
        >>> "conveagro" in kg.open().to_networkx()
        True
        """
        from kg.interchange import to_networkx

        return to_networkx(self.graph, self.lang, **filters)

    def case(
        self,
        *,
        country: str | Sequence[str] = (),
        issue: str | Sequence[str] = (),
        relation_type: str | Sequence[str] = (),
        as_of: str = "",
        min_confidence: str = "",
        inferred: bool = True,
        estimated: bool = True,
        inherited: bool = True,
    ) -> Case:
        """The facts that an analysis may use, as a case that can be changed and handed to any analysis of `kg.analysis.cases`.

        Names are labels, acronyms or ids; see `kg.analysis.cases.selecting.Selection`.

        >>> import kg
        >>> case = kg.open().case(country="Peru")
        >>> case.actor("conveagro").countries
        ('pe',)
        """
        from kg.analysis.cases.selecting import Selection, select_case

        def several(given: str | Sequence[str]) -> tuple[str, ...]:
            return (given,) if isinstance(given, str) else tuple(given)

        chosen = Selection(
            several(country), several(issue), several(relation_type), as_of, min_confidence, inferred, estimated, inherited
        )
        return select_case(self.graph, chosen, self.lang)

    def camps(
        self, k: int = 2, *, alpha: float = 0.5, weight: str = "", time_limit: float | None = None, **facts: Any
    ) -> CampSplit:
        """The camps of the actors, proven where possible; `facts` selects as for `case`.

        >>> import kg
        >>> found = kg.open().camps(country="Bolivia")
        >>> found.proven, [tie.id for tie in found.contradicting]
        (True, ['rc-cob-distancing-government-bo'])
        """
        from kg.analysis.cases.splits import split_case

        return split_case(self.case(**facts), k, alpha, weight, time_limit)

    def power(self, *, weight: str = "", end: str = "mid", quota: str | None = None, **facts: Any) -> Indices:
        """The indices of power of every actor; `facts` selects as for `case`.

        >>> import kg
        >>> kg.open().power(country="Peru").actors["conveagro"].ties.degree > 3
        True
        """
        from kg.analysis.cases.indices import index_case

        return index_case(self.case(**facts), weight=weight, end=end, quota=quota)

    def brokers(self, actor: str = "", other: str = "", *, by: str = "", directed: bool = False, **facts: Any) -> Brokers:
        """Who stands between whom, or between two named actors; `facts` selects as for `case`.

        >>> import kg
        >>> [b.broker for b in kg.open().brokers("CONAIE", "FENOCIN").between]
        ['feine']
        """
        from kg.analysis.cases.brokering import broker_case

        ends = [self.thing(name, "actor").id if name else "" for name in (actor, other)]
        return broker_case(self.case(**facts), by, directed=directed, actor=ends[0], other=ends[1])

    def communities(self, *, weight: str = "", runs: int = 20, seed: int = 0, **facts: Any) -> Circles:
        """Who deals mostly with whom, and how stable that is over several seeds; `facts` selects as for `case`.

        >>> import kg
        >>> 0 < kg.open().communities(runs=3).found.stability <= 1
        True
        """
        from kg.analysis.cases.circles import group_case

        return group_case(self.case(**facts), weight=weight, runs=runs, seed=seed)

    def view(self, name: str = "network", **filters: Any) -> NetworkPage | ChartPage:
        """A view of `kg view` as a page that shows itself in a notebook, e.g. `g.view("power-interest", country="Peru")`.

        Filters are the options of the command. Raises NotFoundError for a view or value that there is none of.

        >>> import kg
        >>> page = kg.open().view("tensions", country="Bolivia")
        >>> page.title["fr"], len(page.rows()) > 3
        ('Tensions', True)
        """
        if name == "network":
            from kg.views.network import network_page

            return network_page(self.graph, self.lang, **filters)
        from kg.views.charts.catalog import chart_page, load_view

        return chart_page(load_view(name), self.graph, self.lang, **filters)

    def brief(self, name: str, *, other: str = "", public: bool = False) -> Brief:
        """Two pages on an actor, law, country, issue or tie, as `kg brief` writes them; it shows itself in a notebook.

        With `other` it is on the tie between the two. With `public` it leaves out notes, what is private and what only that says.

        >>> import kg
        >>> kg.open().brief("CONVEAGRO").title
        'CONVEAGRO'
        """
        from kg.briefs.contents import brief

        return brief(self.graph, name, self.lang, other=other, public=public)

    def to_pyvis(self, **filters: Any) -> KgNetwork:
        """Actors and their ties as a pyvis Network that keeps parallel ties and writes safe, offline pages."""
        from kg.views.model import KgNetwork
        from kg.views.network import network_page

        return KgNetwork(network_page(self.graph, self.lang, **filters))


def open(source: Source = None, *, lang: str = "en", cache: bool = True, of_most: bool = False) -> KnowledgeGraph:
    """The knowledge graph of a source; of the shipped data set where none is given.

    `source` is a folder of CSV tables, an RDF file (Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD; also gzipped), `-`
    for standard input, a folder made by `kg build`, or a list of these. With `of_most` tables are opened for reading most of what
    they hold, as views do, instead of for questions. Raises InputError or FindingsError.

    >>> import kg
    >>> kg.open().graph.reference_date
    '2013'
    """
    return KnowledgeGraph(open_graph(source, cache=cache, of_most=of_most), lang)
