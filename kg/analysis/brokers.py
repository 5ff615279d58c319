"""Who stands between whom: brokerage roles, structural holes, articulation points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kg.analysis.given import entries, graph_of, sign_of, tie_weight
from kg.analysis.signed import in_order
from kg.errors import InputError, near_names

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "Brokerage",
    "StructuralHoles",
    "articulation_points",
    "brokerage_roles",
    "friends_and_foes",
    "structural_holes",
]


@dataclass(frozen=True, slots=True)
class Brokerage:
    """How often an actor v stands between a and c, a -> v -> c, where a has no tie to c, by the groups of the three.

    coordinator     all in one group
    consultant      a and c in one group, v in another
    gatekeeper      a outside, v and c in one group: v lets in
    representative  a and v in one group, c outside: v speaks for a
    liaison         all in different groups
    total           all of them
    clear           of the total, how often v is in tension with neither side
    opponents       the actors it would stand between and is in tension with
    """

    coordinator: int
    consultant: int
    gatekeeper: int
    representative: int
    liaison: int
    total: int
    clear: int
    opponents: tuple[Any, ...]


def brokerage_roles(graph: nx.Graph[Any], groups: Mapping[Any, Any] | Iterable[Iterable[Any]] | str) -> dict[Any, Brokerage]:
    """The Gould-Fernandez roles of each actor, counted over open two-paths and a grouping.

    Idea
        Two actors who do not deal with each other directly may deal through a third. What that third is, go-between at home or to
        the outside, depends on the groups (camps, countries, types) of the three.

    Formula
        For each ordered a -> v -> c with a, v, c different and no tie a -> c: one role, by the groups (see `Brokerage`). In an
        undirected graph a tie goes both ways, so each pair counts twice, once from each side (as in Gould & Fernandez for
        symmetric ties).

    Ties
        Positive and unsigned ties carry brokerage. A tie with `sign` -1 is a tension: it carries nothing, does not close a two-path,
        and makes the broker unclear for whoever it has one with. Parallel ties count once; ties with oneself not at all.

    Groups
        A group per actor; or the groups themselves, each a set of actors (as `camps` and `communities` give them); or the name of a
        node attribute.

    Edge cases
        Every actor needs a group; groups of strangers are ignored. An actor without open two-paths has zeros.

    How to read it
        A useful broker has a high `clear`: it holds no tension with either side. How not to: counts grow with the number of ties, so
        compare within one network; a role is an opportunity, not a deed.

    Errors
        AnalysisError for an empty network, InputError for actors without a group.

    Source
        Gould & Fernandez 1989, Sociological Methodology 19:89-126.

    >>> import networkx as nx
    >>> graph = nx.DiGraph([("a", "v"), ("v", "c")])
    >>> brokerage_roles(graph, {"a": 1, "v": 2, "c": 2})["v"].gatekeeper
    1
    """
    graph = graph_of(graph, "brokerage_roles")
    actors = in_order(graph.nodes)
    groups = _groups(graph, groups)
    missing = [actor for actor in actors if actor not in groups]
    if missing:
        hint = near_names(str(missing[0]), map(str, groups))
        raise InputError(f"brokerage_roles: {missing[0]!r} has no group; give every actor one ({hint})")
    friends, foes = friends_and_foes(graph, "brokerage_roles")
    senders: dict[Any, set[Any]] = {actor: set() for actor in actors}
    for a, others in friends.items():
        for v in others:
            senders[v].add(a)
    return {v: _roles(v, actors, senders[v], friends, foes, groups) for v in actors}


def _groups(graph: nx.Graph[Any], given: Any) -> dict[Any, Any]:
    """The group of each actor."""
    if isinstance(given, str):
        found = {actor: data[given] for actor, data in graph.nodes(data=True) if given in data}
        if not found:
            known = near_names(given, {str(name) for _, data in graph.nodes(data=True) for name in data})
            raise InputError(f"brokerage_roles: no actor has an attribute {given!r}; {known}")
        return found
    if isinstance(given, Mapping) or hasattr(given, "keys"):
        return dict(entries(given))
    try:
        return _group_of(graph, given)
    except TypeError:
        raise InputError(
            f"brokerage_roles: groups are {given!r}; give the group of each actor (a dict), sets of actors, or an attribute's name"
        ) from None


def _group_of(graph: nx.Graph[Any], parts: Iterable[Any]) -> dict[Any, int]:
    """The number of the set that each actor is in; TypeError where it is no set that is listed."""
    found: dict[Any, int] = {}
    for number, part in enumerate(parts):
        if isinstance(part, str):
            raise TypeError
        for actor in part:
            if actor in found and actor in graph:
                raise InputError(f"brokerage_roles: {actor!r} is in two groups; an actor has one")
            found[actor] = number
    return found


def _roles(
    v: Any,
    actors: list[Any],
    senders: set[Any],
    friends: Mapping[Any, set[Any]],
    foes: Mapping[Any, set[Any]],
    groups: Mapping[Any, Any],
) -> Brokerage:
    """The roles of one actor."""
    count = dict.fromkeys(("coordinator", "consultant", "gatekeeper", "representative", "liaison"), 0)
    clear = 0
    opponents = set()
    own = groups[v]
    for a in senders:
        for c in friends[v]:
            if a == c or c in friends[a]:
                continue
            first, last = groups[a], groups[c]
            if first == own == last:
                role = "coordinator"
            elif first == last:
                role = "consultant"
            elif last == own:
                role = "gatekeeper"
            elif first == own:
                role = "representative"
            else:
                role = "liaison"
            count[role] += 1
            against = {a, c} & foes[v]
            opponents |= against
            clear += not against
    return Brokerage(
        **count,
        total=sum(count.values()),
        clear=clear,
        opponents=tuple(actor for actor in actors if actor in opponents),
    )


@dataclass(frozen=True, slots=True)
class StructuralHoles:
    """Burt's measures of one actor; None where it has no tie.

    constraint      0 free .. above 1 hemmed in: how much its contacts depend on each other
    effective_size  contacts minus their redundancy
    efficiency      effective size / number of contacts
    contacts        number of contacts
    """

    constraint: float | None
    effective_size: float | None
    efficiency: float | None
    contacts: int


def structural_holes(graph: nx.Graph[Any], weight: str | None = None) -> dict[Any, StructuralHoles]:
    """Burt's constraint, effective size and efficiency of each actor.

    Idea
        Contacts who do not know each other leave a gap that only you bridge. Constraint says how little such room an actor has,
        effective size how many of its contacts are not redundant.

    Formula
        p_ij = ties between i and j / all ties of i; constraint_i = sum_j (p_ij + sum_q p_iq p_qj)^2. Effective size_i
        = sum_j (1 - sum_q p_iq m_jq), m_jq = ties between j and q / those of j with its closest contact; where all ties weigh the
        same that is n - 2 t / n with n contacts and t ties among them (Borgatti).

    Ties
        Positive and unsigned ties; a tie with `sign` -1 is left out. Parallel ties count once; with `weight`, the name of an edge
        attribute, their weights add up. Direction: p adds both directions up.

    Edge cases
        An actor without a tie has None. A single contact: constraint 1 or more, effective size 1.

    How to read it
        Low constraint with high effective size is room to broker. How not to: it sees shape, not willingness or power.

    Source
        Burt 1992, Structural Holes; Borgatti 1997, Connections 20:35-38. Figures agree with UCINET's (networkx's tests). Computed
        here: networkx 3.6 divides by the wrong actor's strongest tie where it finds the effective size of all at once.

    >>> import networkx as nx
    >>> found = structural_holes(nx.star_graph(3))[0]
    >>> round(found.constraint, 3), found.effective_size, found.efficiency
    (0.333, 3.0, 1.0)
    """
    graph = graph_of(graph, "structural_holes")
    actors = in_order(graph.nodes)
    mutual = _mutual(graph, actors, weight)
    total = {actor: sum(row.values()) for actor, row in mutual.items()}
    most = {actor: max(row.values(), default=0.0) for actor, row in mutual.items()}
    found = {}
    for actor, row in mutual.items():
        constraint = size = 0.0
        for other in row:
            few, many = sorted((row, mutual[other]), key=len)
            shared = [q for q in few if q in many]
            through = sum(row[q] / total[actor] * mutual[q][other] / total[q] for q in shared)
            constraint += (row[other] / total[actor] + through) ** 2
            size += 1 - sum(row[q] / total[actor] * mutual[other][q] / most[other] for q in shared)
        found[actor] = (
            StructuralHoles(constraint, size, size / len(row), len(row)) if row else StructuralHoles(None, None, None, 0)
        )
    return found


def _mutual(graph: nx.Graph[Any], actors: list[Any], weight: str | None) -> dict[Any, dict[Any, float]]:
    """For each actor and each of its contacts, in order, the ties between the two, both directions added up."""
    place = {actor: v for v, actor in enumerate(actors)}
    ties: list[tuple[Any, Any, Fraction]] = []
    if weight is None:
        friends, _ = friends_and_foes(graph, "structural_holes")
        ties = [(a, b, Fraction(1)) for a in actors for b in friends[a]]
    else:
        for a, b, data in graph.edges(data=True):
            if a != b and sign_of(data.get("sign"), (a, b), "structural_holes") >= 0:
                ties.append((a, b, tie_weight(data, weight, (a, b), "structural_holes")))
    rows: list[dict[int, Fraction]] = [{} for _ in actors]
    for a, b, amount in ties:
        for i, j in ((place[a], place[b]), (place[b], place[a])):
            rows[i][j] = rows[i].get(j, Fraction(0)) + amount
    return {actor: {actors[j]: float(rows[i][j]) for j in sorted(rows[i])} for i, actor in enumerate(actors)}


def articulation_points(graph: nx.Graph[Any]) -> dict[Any, int]:
    """The actors whose leaving would split the network, each with the number of parts its own part would fall into.

    Ties: positive and unsigned ones, direction and multiplicity aside. Source: Hopcroft & Tarjan 1973, CACM 16:372-378.

    >>> import networkx as nx
    >>> articulation_points(nx.path_graph(3))
    {1: 2}
    """
    import networkx as nx

    graph = graph_of(graph, "articulation_points")
    actors = in_order(graph.nodes)
    friends, _ = friends_and_foes(graph, "articulation_points")
    plain: nx.Graph[Any] = nx.Graph()
    plain.add_nodes_from(actors)
    plain.add_edges_from((a, b) for a in actors for b in in_order(friends[a]))
    found = set(nx.articulation_points(plain))
    blocks: dict[Any, int] = dict.fromkeys(found, 0)
    for members in nx.biconnected_components(plain):
        for actor in members & found:
            blocks[actor] += 1
    return {actor: blocks[actor] for actor in actors if actor in found}


def friends_and_foes(graph: nx.Graph[Any], where: str) -> tuple[dict[Any, set[Any]], dict[Any, set[Any]]]:
    """For each actor those it has a positive or unsigned tie to, and those it is in tension with (whoever says so)."""
    friends: dict[Any, set[Any]] = {actor: set() for actor in graph.nodes}
    foes: dict[Any, set[Any]] = {actor: set() for actor in graph.nodes}
    for a, b, sign in graph.edges(data="sign"):
        if a == b:
            continue
        if sign_of(sign, (a, b), where) < 0:
            foes[a].add(b)
            foes[b].add(a)
        else:
            friends[a].add(b)
            if not graph.is_directed():
                friends[b].add(a)
    return friends, foes
