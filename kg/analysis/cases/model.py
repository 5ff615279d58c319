"""The facts that an analysis works on: actors, ties, positions and assessments, as values that are replaced, never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.errors import NotFoundError, near_names
from kg.wording import by_name

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Actor", "Assessment", "Case", "CaseTie", "Facts", "Interval", "Involvement", "LeftOut", "Position"]

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of a case.

    id         as in its table; the key by which everything in a case names actors
    label      its name, in the language of the case
    kind       id of its kind: organization, category, person ...
    type       id of its type
    countries  ids of its countries, in order; none for an international actor
    iri        empty for an actor that is in no graph
    """

    id: str
    label: str = ""
    kind: str = ""
    type: str = ""
    countries: tuple[str, ...] = ()
    iri: str = ""

    def __str__(self) -> str:
        return self.label or self.id


@dataclass(frozen=True, slots=True)
class CaseTie:
    """One relation between two actors that counts as a tie.

    id           of the relation; what camps and paths name it by
    source       id of the actor that the relation starts from
    target       id of the other
    type         id of the relation type
    sign         +1, -1, or 0 where the type says neither for nor against
    directed     False where the relation holds of both alike
    status       stated, inferred or estimated
    confidence   high, medium or low
    probability  what the ontology says that this confidence stands for; `reversal` the probability that the opposite holds
    strength     0..1 where a source measures it
    weight       how much or how often, in the unit of the material; None where not given
    premise      id of the relation that it was inherited from; empty for a relation of its own
    start, end   dates as coded; empty where undated
    influence    True where the relation is a declared influence of the first on the second
    classifies   True where the second is a category that the first belongs to: no dealing of one with the other
    label        who does what to whom, in the language of the case
    iri          empty for a tie that is in no graph
    evidence     ids of the passages that it rests on
    """

    id: str
    source: str
    target: str
    type: str = ""
    sign: int = 0
    directed: bool = False
    status: str = "stated"
    confidence: str = "high"
    probability: float = 1.0
    reversal: float = 0.0
    strength: float | None = None
    weight: float | None = None
    premise: str = ""
    start: str = ""
    end: str = ""
    influence: bool = False
    classifies: bool = False
    label: str = ""
    iri: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def inherited(self) -> bool:
        """True where it follows from a relation of a category that an end belongs to."""
        return bool(self.premise)

    @property
    def statement(self) -> str:
        """Id of what was coded: the relation itself, or the one that it was inherited from."""
        return self.premise or self.id


@dataclass(frozen=True, slots=True)
class Position:
    """What an actor wants of an issue, an instrument or another actor.

    on        id of what the position is on; `on_label` its name
    sign      +1 for, -1 against, 0 neutral or mixed, None where the stance is unknown
    interval  the stance from -4 to +4: as coded, else as wide as the word allows; None where unknown. "Support" reaches down to
              0 without ever being 0, so the sign is told apart
    salience  how much it matters to the actor, 0..1; None where not coded
    source    IRI of the document that it stands in, the first where several; empty where none is cited
    said      when the documents that it stands in appeared, the earliest; empty where not known
    """

    id: str
    actor: str
    on: str
    stance: str = ""
    sign: int | None = None
    interval: Interval | None = None
    salience: Interval | None = None
    status: str = "stated"
    confidence: str = "high"
    probability: float = 1.0
    reversal: float = 0.0
    on_label: str = ""
    source: str = ""
    said: str = ""
    iri: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """How much of something an actor has, as an interval: power, interest and capacities from 0 to 1; votes and seats as counted.

    on   id of the issue or instrument that it regards; empty where it is of the actor as such
    """

    id: str
    actor: str
    dimension: str
    interval: Interval
    status: str = "stated"
    confidence: str = "high"
    probability: float = 1.0
    iri: str = ""
    evidence: tuple[str, ...] = ()
    on: str = ""


@dataclass(frozen=True, slots=True)
class Involvement:
    """What shows an actor's side or interest without being a position: attention to an issue, or a relation to an issue or law.

    how   id of the level of attention or of the relation type
    sign  +1 for, -1 against, 0 where it takes the matter up without a side
    """

    id: str
    actor: str
    on: str
    how: str = ""
    sign: int = 0
    status: str = "stated"
    confidence: str = "high"
    probability: float = 1.0
    reversal: float = 0.0
    on_label: str = ""
    iri: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many relations, positions, assessments or involvements (`kind`) were left out, for the first `reason` that applied."""

    kind: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Where a case comes from: what was asked for, at which date, and what was left out.

    as_of     the date at which facts have to hold; empty where none is known
    asked     the selection in words, in the language of the case: names of countries, issues ...
    of_types  the types of tie asked for, in words; empty for all
    left_out  counts by kind and reason, in order
    """

    as_of: str = ""
    asked: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    of_types: str = ""


@dataclass(frozen=True)
class Case:
    """The facts that an analysis works on. Build one with `select_case`, or by hand; change it with `dataclasses.replace`.

    actors, ties, positions, assessments and involvements are tuples in order of id, and all name actors of the case.

    >>> case = Case((Actor("a"), Actor("b")), ties=(CaseTie("t", "a", "b", sign=-1),))
    >>> [tie.id for tie in case.where_ties(lambda tie: tie.sign > 0).ties]
    []
    """

    actors: tuple[Actor, ...]
    ties: tuple[CaseTie, ...] = ()
    positions: tuple[Position, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    facts: Facts = field(default=Facts())
    lang: str = "en"
    involvements: tuple[Involvement, ...] = ()

    @cached_property
    def _actors(self) -> Mapping[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def _ties(self) -> Mapping[str, CaseTie]:
        return {tie.id: tie for tie in self.ties}

    def actor(self, key: str) -> Actor:
        """The actor with that id; raises NotFoundError with near names."""
        if key not in self._actors:
            raise NotFoundError(f"actor {key!r}: it is not among the selected actors; {near_names(key, self._actors)}")
        return self._actors[key]

    def tie(self, key: str) -> CaseTie:
        """The tie with that id; raises NotFoundError with near names."""
        if key not in self._ties:
            raise NotFoundError(f"tie {key!r}: it is not among the selected ties; {near_names(key, self._ties)}")
        return self._ties[key]

    def label(self, key: str) -> str:
        """The name of an actor of the case."""
        return str(self.actor(key))

    def order(self, key: str) -> tuple[str, str, str]:
        """What actors are sorted by where nothing else tells them apart: the name that people see, then the id."""
        return (*by_name(self.label(key)), key)

    def names(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The names of actors of the case, in the order of names."""
        return tuple(map(self.label, sorted(keys, key=self.order)))

    def where_ties(self, keep: Callable[[CaseTie], bool]) -> Case:
        """The same case with only the ties that `keep` says yes to."""
        return replace(self, ties=tuple(tie for tie in self.ties if keep(tie)))

    def where_actors(self, keep: Callable[[Actor], bool]) -> Case:
        """The same case with only the actors that `keep` says yes to, and what names them alone."""
        actors = tuple(actor for actor in self.actors if keep(actor))
        ids = {actor.id for actor in actors}
        return replace(
            self,
            actors=actors,
            ties=tuple(t for t in self.ties if t.source in ids and t.target in ids),
            positions=tuple(p for p in self.positions if p.actor in ids),
            assessments=tuple(a for a in self.assessments if a.actor in ids),
            involvements=tuple(i for i in self.involvements if i.actor in ids),
        )

    def network(self, *, signed: bool = False, both_ways: bool = False) -> nx.MultiDiGraph[Any]:
        """The ties as a networkx MultiDiGraph that every measure of `kg.analysis` takes; edge keys are ids of ties.

        Edge attributes: `sign` (+1, -1; absent where 0), `mutual` (True; absent where the tie has a direction), `strength` and
        `weight` (absent where not given), `confidence` (the probability), `statement` (1 / number of ties in the case that rest on
        the same coded statement, so that what is inherited many times weighs as what was said once). Belonging to a category is no
        edge: it says what an actor is, not with whom it deals. `signed` leaves ties without sign out; all actors stay. `both_ways`
        adds each mutual tie in the other direction too, for measures that follow direction; its key is the id followed by `~back`.
        """
        import networkx as nx

        network: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
        network.add_nodes_from(actor.id for actor in self.actors)
        said: dict[str, int] = {}
        ties = [tie for tie in self.ties if (tie.sign or not signed) and not tie.classifies]
        for tie in ties:
            said[tie.statement] = said.get(tie.statement, 0) + 1
        for tie in ties:
            data: dict[str, Any] = {"confidence": tie.probability, "statement": 1 / said[tie.statement]}
            if tie.sign:
                data["sign"] = tie.sign
            if not tie.directed:
                data["mutual"] = True
            data |= {n: v for n, v in (("strength", tie.strength), ("weight", tie.weight)) if v is not None}
            network.add_edge(tie.source, tie.target, tie.id, **data)
            if both_ways and not tie.directed:
                network.add_edge(tie.target, tie.source, f"{tie.id}~back", **data)
        return network

    def assessed(self, dimension: str) -> dict[str, Interval]:
        """For each actor assessed in a dimension (`power`, `interest` ...) the interval that holds all its assessments."""
        found: dict[str, Interval] = {}
        for item in self.assessments:
            if item.dimension == dimension:
                low, high = found.get(item.actor, item.interval)
                found[item.actor] = min(low, item.interval[0]), max(high, item.interval[1])
        return found

    @property
    def weighed_by(self) -> str:
        """What actors weigh by: `power`; where nobody's is assessed, `votes`, if a plain list of actors gives them."""
        told = {item.dimension for item in self.assessments}
        return "votes" if "votes" in told and "power" not in told else "power"

    def power(self) -> dict[str, Interval]:
        """For each actor what it weighs: its assessed power, or its votes (see `weighed_by`)."""
        return self.assessed(self.weighed_by)

    @property
    def scale(self) -> Interval:
        """From 0 to the most that an actor can weigh: 1, or where power or votes go beyond it, the most that anybody has."""
        return 0.0, max([1.0, *(high for _, high in self.power().values())])

    def stances(self, on: Iterable[str]) -> dict[str, list[Position]]:
        """For each actor its positions on the named things, those of unknown stance left out."""
        wanted = set(on)
        found: dict[str, list[Position]] = {}
        for position in self.positions:
            if position.on in wanted and position.sign is not None:
                found.setdefault(position.actor, []).append(position)
        return found
