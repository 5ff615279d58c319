"""Camps: the split of a signed network that the fewest ties contradict, proven best where possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING, Any

from kg.analysis.balance import count_triangles
from kg.analysis.given import as_number, number_of, whole_of
from kg.analysis.partition.clock import Clock
from kg.analysis.partition.optima import Optima, best_splits
from kg.analysis.partition.pulls import Pulls, glue, pieces
from kg.analysis.partition.search import solve_block
from kg.analysis.signed import SignedNetwork, read_signed
from kg.errors import InputError

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Camps", "camps"]

UNITS = 10**9  # all costs together, in whole units: what double precision can certify


@dataclass(frozen=True, slots=True)
class Camps:
    """A split into camps and what is known of it.

    frustration         ties that contradict the split (their weights added up, where weights were asked for)
    criterion           alpha x negative ties inside camps + (1 - alpha) x positive ties between camps: what was minimised
    bound               no split has a lower criterion than this
    proven              True when bound and criterion meet
    gap                 (criterion - bound) / criterion, 0.0 when proven
    camps               the camps, largest first, each a set of actors
    frustrated          the contradicting ties, named as in the graph: (source, target) or (source, target, key)
    optimal_splits      number of best splits, at most `cap`; None when the split is not proven best
    unique              True when there is one, False when there are more, None when unknown
    splits_complete     False when there may be more best splits than were counted
    changing            actors whose place the best splits do not decide: those outside the core of their part (below)
    changing_complete   False when there may be more of them: not everything was looked at before the search for best splits ended
    unassigned          actors without a signed tie: they belong to no camp
    components          parts that no signed tie connects; how their camps are paired is arbitrary
    triangles           number of triangles of signed pairs
    balanced_triangles  share of them with an even number of negative sides, None without triangles
    stopped             "" or why the search ended early: "time limit", "work limit", "interrupted"
    notes               one sentence each on what a reader should know before using the figures
    """

    frustration: float
    criterion: float
    bound: float
    proven: bool
    gap: float
    camps: list[set[Any]]
    frustrated: list[tuple[Any, ...]]
    optimal_splits: int | None
    unique: bool | None
    splits_complete: bool
    changing: list[Any]
    changing_complete: bool
    unassigned: list[Any]
    components: int
    triangles: int
    balanced_triangles: float | None
    stopped: str = ""
    notes: tuple[str, ...] = field(default=())


def camps(
    graph: nx.Graph[Any],
    k: int = 2,
    alpha: float = 0.5,
    weight: str | None = None,
    time_limit: float | None = None,
    *,
    work: int | None = None,
    cap: int = 1000,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> Camps:
    """The split of the actors into at most `k` camps that contradicts the ties least, with proof or with the gap.

    Idea
        Friends stand together, opponents apart. Where the ties contradict each other (my friend's enemy is my friend) some ties
        have to be gone against; the camps are the split that goes against the fewest. That number, the frustration index, says
        how far the network is from falling into camps cleanly.

    Formula
        criterion = alpha x (negative ties inside camps) + (1 - alpha) x (positive ties between camps), minimised over all splits
        into at most k camps. With alpha = 1/2 it is half the frustration. With k = 2 this is the frustration index of structural
        balance; k > 2 allows several mutually hostile camps.

    Ties
        `graph` is any networkx graph with edge attribute `sign`: +1 or -1, also as text; 0 or nothing where a tie has no sign. Every
        tie counts once: parallel ties and a tie in each direction count twice, a pair with a positive and a negative tie always
        contradicts one of them. Direction plays no other part. `weight` names an edge attribute with positive numbers, then weights
        are added up instead of ties counted. Ties without a sign, and ties of an actor with itself, are left out and reported. In
        triangles a pair counts once, with the sign of its ties' sum, and not at all where they cancel out.

    Who changes sides
        Two actors stand firmly to each other when they are together in every best split, or apart in every one. The core of a part (of
        actors that signed ties connect) is the largest set of actors that all stand firmly to each other; where several are equally
        large, what they have in common, which may be nobody. `changing` are the others: where they stand to the core, or among each
        other, the data do not decide. In a triangle of enemies any two may share a camp: all three change. Names and order play
        no part in this, though which of several best splits `camps` shows does depend on them.

    Edge cases
        Actors without a signed tie belong to no camp (`unassigned`). All ties positive: one camp. A network in several parts has
        as many best splits as there are ways to turn the parts against each other. A camp number that no split needs stays unused.

    How to read it
        `proven` and `gap` say whether a better split can exist; `unique`, `optimal_splits` and `changing` whether the data decide
        at all who stands where; `frustrated` names the ties to look at first: they hold camps together or bridge them, or are
        miscoded.

    How not to
        A camp is not an alliance: its members may have no tie with each other. A split says nothing when a random network of the
        same size and signs has as little frustration. An actor in `changing` has no camp by these data.

    Long searches
        `time_limit` in seconds (none by default) and Ctrl-C end the search with the best split so far, its bound and its gap. So does
        `work`, counted in steps of about a microsecond: then every machine ends with the same split.
        Networks that do fall into camps are solved exactly with thousands of actors; random ties are hard for everybody from
        about 80 actors on. With k > 2 hundreds of actors that do fall into camps are solved exactly when there are enough friends in
        each (three camps from 4 ties per actor on, five from about 10); with fewer a gap is left and told. The split depends on
        `seed` only where several are best or none is proven.

    Errors
        InputError for a wrong sign, weight, k, alpha, time limit; AnalysisError for a network without actors or signed ties.

    Source
        Cartwright & Harary 1956, Psychological Review 63:277-293; Davis 1967, Human Relations 20:181-187; Doreian & Mrvar 1996,
        Social Networks 18:149-168; Aref, Mason & Wilson 2020, Networks 75:95-110.

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("A", "B"), ("B", "C"), ("C", "D")], sign=1)
    >>> graph.add_edges_from([("A", "D"), ("B", "E"), ("A", "E")], sign=-1)
    >>> found = camps(graph)
    >>> found.frustration, found.proven, found.optimal_splits
    (1, True, 3)
    >>> camps(graph, k=3).frustration
    1
    """
    share = _check(k, alpha, time_limit, cap, work)
    network = read_signed(graph, "camps", weight)
    clock = Clock(time_limit, progress, None if work is None else int(work))
    with clock.listening():
        most = min(int(k), max(2, len(network.actors)))  # there are never more camps than actors
        return _split(network, most, share, weight is not None, int(cap), seed, clock)


def _check(k: int, alpha: float, time_limit: float | None, cap: int, work: int | None) -> Fraction:
    """alpha as a fraction, or InputError for an option out of its range."""
    if (whole := whole_of(k)) is None or whole < 2:
        raise InputError(f"camps: k is {k!r}; ask for a whole number of camps, at least 2")
    share = number_of(alpha)
    if share is None or not 0 <= share <= 1:
        raise InputError(
            f"camps: alpha is {alpha!r}; give a number from 0 (only ties between camps count) to 1 (only inside)"
        )
    if time_limit is not None and ((seconds := number_of(time_limit)) is None or seconds < 0):
        raise InputError(f"camps: time_limit is {time_limit!r}; give seconds, 0 or more, or None for no limit")
    if work is not None and ((whole := whole_of(work)) is None or whole < 0):
        raise InputError(f"camps: work is {work!r}; give a whole number of steps, 0 or more, or None for no limit")
    if (whole := whole_of(cap)) is None or whole < 1:
        raise InputError(f"camps: cap is {cap!r}; give the number of best splits to count up to, at least 1")
    return share


def _split(network: SignedNetwork, k: int, alpha: Fraction, weighted: bool, cap: int, seed: int, clock: Clock) -> Camps:
    """The split of a checked network."""
    parts = network.parts()
    triangles, balanced = count_triangles(network)  # before the search: nothing but the answer is left when the time is up
    problem = _Problem.of(network, alpha)
    pulls = problem.pulls
    solved = [(piece, solve_block(piece.pulls, k, clock, seed)) for piece in pieces(pulls)]
    labels = glue(pulls.size, [(piece.actors, answer.split.labels) for piece, answer in solved])
    proven = all(answer.split.proven for _, answer in solved)
    optima = best_splits(pulls, k, solved, cap, clock, [parts[v] for v in problem.actors]) if proven else None
    components = len({parts[v] for v in problem.actors})
    pulled = _line_up(pulls, labels)

    side = dict(zip(problem.actors, labels, strict=True))
    against = [t for t in network.ties if (side[t.source] == side[t.target]) == (t.sign < 0)]
    criterion = sum(((alpha if t.sign < 0 else 1 - alpha) * t.weight for t in against), Fraction(0))
    least = (problem.sure + sum(answer.split.bound for _, answer in solved)) / problem.unit
    bound = criterion if proven else min(least, criterion)
    sides: dict[int, list[int]] = {}
    for v, label in side.items():
        sides.setdefault(label, []).append(v)
    return Camps(
        frustration=as_number(sum((t.weight for t in against), Fraction(0))),
        criterion=as_number(criterion),
        bound=as_number(bound),
        proven=proven,
        gap=float((criterion - bound) / criterion) if criterion else 0.0,
        camps=[{network.actors[v] for v in side} for side in sorted(sides.values(), key=lambda side: (-len(side), side))],
        frustrated=[t.name for t in against],
        optimal_splits=None if optima is None else optima.count,
        unique=_unique(optima),
        splits_complete=optima is not None and optima.complete,
        changing=[] if optima is None else [network.actors[problem.actors[v]] for v in optima.moving],
        changing_complete=optima is not None and optima.settled,
        unassigned=[actor for v, actor in enumerate(network.actors) if v not in side],
        components=components,
        triangles=triangles,
        balanced_triangles=balanced / triangles if triangles else None,
        stopped=clock.reason,
        notes=tuple(_notes(network, problem, components, pulled, weighted)),
    )


@dataclass(frozen=True, slots=True)
class _Problem:
    """The search problem: `actors` (numbers in the network) of those who have a signed tie, and their pulls in whole units.

    criterion = (sure + cost of the pulls) / unit; `exact` when nothing had to be rounded.
    """

    actors: tuple[int, ...]
    pulls: Pulls
    sure: Fraction
    unit: Fraction
    exact: bool

    @classmethod
    def of(cls, network: SignedNetwork, alpha: Fraction) -> _Problem:
        """The problem of a network."""
        actors = tuple(v for v, has in enumerate(network.tied()) if has)
        inner = {v: i for i, v in enumerate(actors)}
        # whole numbers from here on, since sums of fractions take their time: a weight is so many shares, a cost so many parts
        shares = lcm(*{tie.weight.denominator for tie in network.ties})
        inside: dict[tuple[int, int], int] = {}
        between: dict[tuple[int, int], int] = {}
        for tie in network.ties:
            a, b = inner[tie.source], inner[tie.target]
            pair = (a, b) if a < b else (b, a)
            costs, part = (inside, alpha.numerator) if tie.sign < 0 else (between, alpha.denominator - alpha.numerator)
            weight = tie.weight.numerator * (shares // tie.weight.denominator) * part
            costs[pair] = costs.get(pair, 0) + weight
        parts = shares * alpha.denominator
        common = gcd(parts, *inside.values(), *between.values())
        unit, total = Fraction(parts // common), Fraction(sum(inside.values()) + sum(between.values()), parts)
        exact = unit * total <= UNITS
        if not exact:
            unit = Fraction(UNITS // total) if total <= UNITS else UNITS / total
        scale = unit / parts
        net: dict[tuple[int, int], int] = {}
        sure = 0
        for pair in {**inside, **between}:
            within, across = inside.get(pair, 0), between.get(pair, 0)
            # the least pull still is one, or whom it holds could stand anywhere
            pull = (across - within) // common if exact else round((across - within) * scale)
            net[pair] = pull or (across > within) - (across < within)
            sure += min(across, within)
        return cls(actors, Pulls.of(len(actors), net), sure * scale, unit, exact)


def _line_up(pulls: Pulls, labels: list[int]) -> int:
    """Number the camps of each part that pulls connect by size, in place; the number of parts.

    Which camp of one part goes with which of another is not in the data: the larger ones are put together.
    """
    around = pulls.neighbours()
    seen = [False] * pulls.size
    parts = 0
    for root in range(pulls.size):
        if seen[root]:
            continue
        parts += 1
        seen[root] = True
        members = [root]
        for v in members:
            for u, _ in around[v]:
                if not seen[u]:
                    seen[u] = True
                    members.append(u)
        sides: dict[int, list[int]] = {}
        for v in sorted(members):
            sides.setdefault(labels[v], []).append(v)
        for number, side in enumerate(sorted(sides.values(), key=lambda side: (-len(side), side))):
            for v in side:
                labels[v] = number
    return parts


def _unique(optima: Optima | None) -> bool | None:
    """Whether there is one best split; None when that is not known."""
    if optima is None or (optima.count == 1 and not optima.complete):
        return None
    return optima.count == 1


def _notes(network: SignedNetwork, problem: _Problem, components: int, pulled: int, weighted: bool) -> Iterator[str]:
    """What a reader should know before using the figures."""
    alone = len(network.actors) - len(problem.actors)
    if all(tie.sign > 0 for tie in network.ties):
        yield "no tie is negative: nobody is against anybody, so there is one camp"
    if alone:
        yield f"actors without a signed tie, in no camp: {alone} of {len(network.actors)}"
    if network.unsigned:
        yield f"ties without a sign, left out: {network.unsigned}"
    if network.loops:
        yield f"ties of an actor with itself, left out (a division within is not a tie): {network.loops}"
    if components > 1:
        yield f"the network falls into {components} parts that nothing ties together: how their camps are paired is arbitrary"
    if pulled > components:
        yield f"ties that cancel each other out, or weigh nothing at this alpha, leave {pulled} parts whose camps are paired at will"
    if weighted and not problem.exact:
        step = f"1/{problem.unit}" if problem.unit >= 1 else f"multiples of {float(1 / problem.unit):.3g}"
        yield f"weights were rounded to {step} to keep the arithmetic exact"
