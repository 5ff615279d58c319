"""Brokers of a case: who stands between whom, how free it is to do so, and who would tear the network by leaving."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.analysis.brokers import (
    Brokerage,
    StructuralHoles,
    articulation_points,
    brokerage_roles,
    friends_and_foes,
    structural_holes,
)
from kg.analysis.cases.model import Case, CaseTie
from kg.analysis.cases.splits import CampSplit, split_case
from kg.analysis.keyplayers import KeyPlayers, key_players
from kg.analysis.partition.clock import Clock
from kg.analysis.paths import signed_paths
from kg.errors import AnalysisError, InputError, near_names

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["GROUPINGS", "Between", "Broker", "Brokers", "SignedRoute", "broker_case", "grouping", "groups_of"]

GROUPINGS = ("camp", "country", "type")
_TOGETHER = 3
_MANY = 500
"""Among more tied actors key players take minutes, so they are looked for only on request."""


@dataclass(frozen=True, slots=True)
class Broker:
    """One actor as a broker.

    group     the group it counts to: a camp, its countries or its type
    roles     Gould-Fernandez roles, and with whom it is in tension among those it stands between
    holes     Burt's constraint and effective size
    splits    parts into which its part of the network would fall without it; 1 where it would not
    """

    group: str
    roles: Brokerage
    holes: StructuralHoles
    splits: int


@dataclass(frozen=True, slots=True)
class Between:
    """Who could stand between two actors: tied to both, and with which of them in tension."""

    broker: str
    ties: tuple[CaseTie, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignedRoute:
    """A shortest path between two actors: its actors, the tie of each step, and the product of the signs."""

    actors: tuple[str, ...]
    ties: tuple[CaseTie, ...]
    sign: int


@dataclass(frozen=True, slots=True)
class Brokers:
    """The brokers of a case.

    by          what the groups are: camp, country or type
    directed    True where ties were followed in their direction only
    brokers     every actor, by id
    breaking    the key players whose leaving breaks the network most; None where there are too few actors
    reaching    the key players from whom most of it is reached
    actor, other, between, routes  where two actors were named: who stands between them, and the shortest signed paths
    stopped     "" or why the search for camps or key players ended early: "time limit", "interrupted"
    """

    by: str
    directed: bool
    brokers: Mapping[str, Broker]
    breaking: KeyPlayers | None
    reaching: KeyPlayers | None
    actor: str = ""
    other: str = ""
    between: tuple[Between, ...] = ()
    routes: tuple[SignedRoute, ...] = ()
    stopped: str = ""


def grouping(case: Case, by: str = "") -> str:
    """By what actors are grouped: as asked; else by camp where some tie is for or against somebody, by type where none is."""
    return by or ("camp" if any(tie.sign for tie in case.ties) else "type")


def groups_of(case: Case, by: str, split: CampSplit | None = None) -> dict[str, str]:
    """The group of each actor: its camp (`1.1`; empty for who is in none; by `split`, if given), its countries, or its type.

    Raises InputError for another grouping, AnalysisError where camps are asked for and no tie has a sign.
    """
    if by not in GROUPINGS:
        raise InputError(f"--by {by!r}: there is no such grouping; {near_names(by, GROUPINGS)}")
    if by == "camp":
        places = (split or split_case(case)).places()
        return {a.id: "{}.{}".format(*places[a.id]) if a.id in places else "" for a in case.actors}
    return {a.id: "; ".join(a.countries) if by == "country" else a.type for a in case.actors}


def broker_case(
    case: Case,
    by: str = "",
    *,
    directed: bool = False,
    size: int | None = None,
    actor: str = "",
    other: str = "",
    cap: int = 20,
    time_limit: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Brokers:
    """The brokers of a case by the measures of `kg.analysis`, and those between two actors where both are named.

    Ties
        Ties for somebody and ties without a sign carry brokerage, ties against make a broker unclear; belonging to a category is no
        tie. Direction is not followed unless `directed`: whether a membership is coded from member to umbrella or the other way round
        says nothing about who can talk to whom.

    Groups
        `by` camp, country or type; without it camps, or types where no tie is for or against anybody.

    Key players
        `size` of them together; without it 3, or none among more than 500 tied actors, where the search takes long. 0 looks for none.
        `time_limit` in seconds (none by default) and Ctrl-C end the search for camps and for them with the best found so far.

    Between two actors
        Who has a tie that carries brokerage with both, marked where it is also in tension with either; the shortest paths whose signs
        multiply to + and to -, each tie named, at most `cap` of each.

    Errors
        AnalysisError where no tie carries brokerage; InputError for an unknown grouping, for one actor named without the other, or
        twice the same.
    """
    if bool(actor) != bool(other):
        raise InputError("--actor and --other belong together: whom to stand between; give both or none")
    if actor and actor == other:
        raise InputError(f"--other {other!r}: the same as --actor; name two different actors")
    network = case.network(both_ways=directed) if directed else case.network().to_undirected()
    if not any(sign != -1 and a != b for a, b, sign in network.edges(data="sign")):
        raise AnalysisError("brokers: no tie between the selected actors brings anybody together; select other facts")
    by = grouping(case, by)
    clock = Clock(time_limit, progress)
    with clock.listening():
        split = split_case(case, progress=progress) if by == "camp" else None
        groups = groups_of(case, by, split)
        apart = {key: group or f"~{key}" for key, group in groups.items()}  # who is in no group shares none with others
        roles, holes, splits = brokerage_roles(network, apart), structural_holes(network), articulation_points(network)
        found = {key: Broker(groups[key], roles[key], holes[key], splits.get(key, 1)) for key in sorted(groups)}
        clock.say("brokers: key players")
        tied = network.subgraph(sorted(key for key, holes_of in holes.items() if holes_of.contacts))
        wanted = size if size is not None else _TOGETHER if len(tied) <= _MANY else 0
        breaking = key_players(tied, min(wanted, len(tied) - 2), "fragment") if len(tied) > 2 and wanted > 0 else None
        reaching = key_players(tied, min(wanted, len(tied)), "reach") if wanted > 0 else None
    searches = (split, breaking, reaching)
    stopped = next((search.stopped for search in searches if search and search.stopped), "")
    if not actor:
        return Brokers(by, directed, found, breaking, reaching, stopped=stopped)
    between, routes = _between(case, network, actor, other), _routes(case, actor, other, cap)
    return Brokers(by, directed, found, breaking, reaching, actor, other, between, routes, stopped)


def _between(case: Case, network: nx.Graph[str], actor: str, other: str) -> tuple[Between, ...]:
    friends, foes = friends_and_foes(network, "brokers")
    senders = {v for v, others in friends.items() if actor in others} | friends[actor]
    receivers = {v for v, others in friends.items() if other in others} | friends[other]
    found = []
    for broker in sorted((senders & receivers) - {actor, other}):
        against = tuple(end for end in (actor, other) if end in foes[broker])
        found.append(Between(broker, _joining(case, broker, (actor, other)), against))
    return tuple(sorted(found, key=lambda b: (len(b.against), b.broker)))


def _joining(case: Case, broker: str, ends: Sequence[str]) -> tuple[CaseTie, ...]:
    """The ties of a broker with either end, in order."""
    return tuple(
        t for t in case.ties if not t.classifies and broker in (t.source, t.target) and {t.source, t.target} & set(ends)
    )


def _routes(case: Case, actor: str, other: str, cap: int) -> tuple[SignedRoute, ...]:
    network = case.network(signed=True)
    if not network.number_of_edges():
        return ()
    return tuple(
        SignedRoute(path.actors, tuple(case.tie(name[2]) for name in path.ties), path.sign)
        for sign in (1, -1)
        for path in signed_paths(network, actor, other, sign, cap)
    )
