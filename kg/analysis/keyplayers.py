"""Key players: the few actors whose removal breaks a network, or from whom all of it is reached."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any

from kg.analysis.brokers import friends_and_foes
from kg.analysis.given import graph_of, number_of, whole_of
from kg.analysis.partition.clock import Clock, StopSearch
from kg.analysis.signed import in_order
from kg.errors import InputError, near_names

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["KeyPlayers", "key_players"]

GOALS = ("fragment", "reach")
SPELLINGS = {"fragmentation": "fragment", "removal": "fragment", "kppneg": "fragment", "kpppos": "reach"}
STEPS = 20_000_000  # actors visited while all sets are looked at: some seconds
BRANCHES = 50_000  # partial sets looked at by branch and bound
SAME = 1e-9  # values closer than this are equal


@dataclass(frozen=True, slots=True)
class KeyPlayers:
    """The best set found: its `actors`, its `value` (0..1) and the network's value `before` anybody is chosen.

    `proven` is True when no set of that size is better; `equally_good` is how many sets do as well, this one included, where all
    were looked at; `stopped` is "" or why the search ended early: "time limit", "interrupted".
    """

    actors: list[Any]
    value: float
    before: float
    proven: bool
    equally_good: int | None
    stopped: str = ""


def key_players(graph: nx.Graph[Any], size: int, goal: str = "fragment", *, time_limit: float | None = None) -> KeyPlayers:
    """The set of so many actors that breaks the network most when it leaves, or reaches most of it.

    Idea
        "fragment": without whom does the network fall apart (whom to protect, or to expect resistance from)? "reach": to whom to
        talk so that word reaches as many others as fast as possible? ("removal" and "KPP-Neg", or "KPP-Pos", mean the same.)

    Formula
        fragment: F = 1 - sum over parts of s (s - 1) / (n (n - 1)) once the set is gone, n the others: the share of pairs that
        cannot reach each other. reach: sum over all actors j of 1 / d(set, j) / n, members counting 1 and unreachable actors 0.

    Ties
        Positive and unsigned ties; a tie with `sign` -1 is left out. Fragmentation ignores direction, reach follows it. Parallel
        ties count once.

    Edge cases
        `size` must leave at least two actors for "fragment", one otherwise. Several sets may be equally good: the first by order of
        actors is given, and their number.

    How to read it
        The best pair is often not the two best single actors. How not to: the measure sees ties, not will.

    Effort
        All sets are looked at as long as that takes seconds (pairs of 1,000 actors, triples of 100); reach stays exact beyond that by
        branch and bound as far as it goes. Otherwise actors are exchanged while that helps, and the set is not proven. `time_limit`
        in seconds (none by default) and Ctrl-C end the search with the best set so far.

    Source
        Borgatti 2006, Computational & Mathematical Organization Theory 12:21-34.

    >>> import networkx as nx
    >>> found = key_players(nx.path_graph(5), 1)
    >>> found.actors, round(found.value, 3), found.proven
    ([2], 0.667, True)
    """
    asked, short = goal, str(goal).casefold().replace("-", "").replace(" ", "")
    goal = SPELLINGS.get(short, short)
    if goal not in GOALS:
        raise InputError(f"key_players: goal is {asked!r}; choose fragment or reach ({near_names(str(asked), GOALS)})")
    graph = graph_of(graph, "key_players")
    actors = in_order(graph.nodes)
    count = len(actors)
    spare = 2 if goal == "fragment" else 0
    whole = whole_of(size)
    if whole is None or not 1 <= whole <= count - spare:
        left = f"at least {spare} must be left" if spare else "there are no more"
        raise InputError(f"key_players: size is {size!r} with {count} actors; give a whole number from 1 on ({left})")
    if time_limit is not None and ((seconds := number_of(time_limit)) is None or seconds < 0):
        raise InputError(f"key_players: time_limit is {time_limit!r}; give seconds, 0 or more, or None for no limit")
    number = {actor: v for v, actor in enumerate(actors)}
    friends, _ = friends_and_foes(graph, "key_players")
    around = [[number[u] for u in in_order(friends[actor])] for actor in actors]
    clock = Clock(time_limit)
    with clock.listening():
        chosen, value, before, same, proven = _searched(around, whole, goal, clock)
    return KeyPlayers([actors[v] for v in chosen], value, before, proven=proven, equally_good=same, stopped=clock.reason)


def _searched(
    around: list[list[int]], size: int, goal: str, clock: Clock
) -> tuple[tuple[int, ...], float, float, int | None, bool]:
    """(the best set, its value, the value of none, how many do as well where that is known, whether it is proven)."""
    count = len(around)
    closeness = _Closeness(around)
    score, before = _fragmentation(around) if goal == "fragment" else (_reach(closeness, count), 0.0)
    if comb(count, size) * count <= STEPS:
        chosen, value, same = _best_of_all(count, size, score, clock)
        return chosen, value, before, None if clock.reason else same, not clock.reason
    chosen, value = _exchanged(around, size, score, clock)
    proven = False
    if goal == "reach" and not clock.over():
        chosen, value, proven = _branched(closeness, count, size, chosen, value, clock)
    return chosen, value, before, None, proven


Score = Callable[[Sequence[int]], float]


def _fragmentation(around: list[list[int]]) -> tuple[Score, float]:
    """(the fragmentation once a set is gone, the fragmentation of the whole network)."""
    masks = [0] * len(around)
    for v, others in enumerate(around):
        for u in others:
            masks[v] |= 1 << u
            masks[u] |= 1 << v

    def fragmentation(gone: Sequence[int]) -> float:
        left = (1 << len(masks)) - 1
        for v in gone:
            left &= ~(1 << v)
        others = left.bit_count()
        joined = 0
        while left:
            front = left & -left
            left ^= front
            part = 1
            while front:
                v = front.bit_length() - 1
                front ^= 1 << v
                new = masks[v] & left
                left ^= new
                front |= new
                part += new.bit_count()
            joined += part * (part - 1)
        return 1.0 - joined / (others * (others - 1)) if others > 1 else 1.0

    return fragmentation, fragmentation(())


class _Closeness(dict[int, list[float]]):
    """1 / distance from each actor to each, 1 to itself, 0 where there is no way; looked for when it is asked for."""

    def __init__(self, around: list[list[int]]) -> None:
        super().__init__()
        self.around = around

    def __missing__(self, start: int) -> list[float]:
        row = self[start] = [0.0] * len(self.around)
        row[start] = 1.0
        distance = {start: 0}
        queue = deque([start])
        while queue:
            v = queue.popleft()
            for u in self.around[v]:
                if u not in distance:
                    distance[u] = distance[v] + 1
                    row[u] = 1.0 / distance[u]
                    queue.append(u)
        return row


def _reach(closeness: _Closeness, count: int) -> Score:
    """The distance-weighted reach of a set."""

    def reach(chosen: Sequence[int]) -> float:
        best: list[float] = [max(column) for column in zip(*(closeness[v] for v in chosen), strict=True)]
        return sum(best) / count

    return reach


def _best_of_all(count: int, size: int, score: Score, clock: Clock) -> tuple[tuple[int, ...], float, int]:
    """(the first best set, its value, how many do as well), of those looked at in time."""
    best: tuple[int, ...] = ()
    value, same = -1.0, 0
    for chosen in combinations(range(count), size):
        found = score(chosen)
        if found > value + SAME:
            best, value, same = chosen, found, 1
        elif found > value - SAME:
            same += 1
        if clock.over():
            break
    return best, value, same


def _exchanged(around: list[list[int]], size: int, score: Score, clock: Clock) -> tuple[tuple[int, ...], float]:
    """A good set: actors taken one by one, or those with most ties, then exchanged while that helps."""
    everybody = range(len(around))
    ties = [len(row) for row in around]
    well_tied = sorted(everybody, key=lambda v: (-ties[v], v))[:size]
    found: list[tuple[float, tuple[int, ...]]] = []

    def worth(chosen: Sequence[int]) -> float:
        clock.check()
        return score(chosen)

    def exchange(start: Sequence[int]) -> None:
        """Adds the best set that exchanges lead to, or what time allowed of them."""
        chosen, value = list(start), score(start)
        better = True
        try:
            while better:
                better = False
                for place in range(size):
                    for v in everybody:
                        other = worth([*chosen[:place], v, *chosen[place + 1 :]]) if v not in chosen else -1.0
                        if other > value + SAME:
                            chosen[place], value, better = v, other, True
        finally:
            found.append((value, tuple(sorted(chosen))))

    taken: list[int] = []
    try:
        for _ in range(size):
            taken.append(max((v for v in everybody if v not in taken), key=lambda v: (worth([*taken, v]), ties[v], -v)))
        exchange(taken)
        exchange(well_tied)
    except StopSearch:
        found = found or [(score(well_tied), tuple(sorted(well_tied)))]
    most, best = found[0]
    for value, chosen in found[1:]:
        if value > most + SAME:
            most, best = value, chosen
    return best, most


def _branched(
    closeness: _Closeness, count: int, size: int, chosen: tuple[int, ...], value: float, clock: Clock
) -> tuple[tuple[int, ...], float, bool]:
    """(the best set, its value, whether it is proven): whoever is added later adds at most what it would add now."""
    import numpy as np  # not needed for small networks

    best, most = chosen, value * count
    rows = []
    for v in range(count):
        if clock.over():
            return best, value, False
        rows.append(closeness[v])
    matrix = np.array(rows)
    branches = BRANCHES
    stack: list[tuple[tuple[int, ...], NDArray[np.float64], NDArray[np.intp]]] = [((), np.zeros(count), np.arange(count))]
    while stack:
        members, reached, candidates = stack.pop()
        branches -= 1
        if branches < 0 or clock.over():
            return best, most / count, False
        now = float(reached.sum())
        gains = np.maximum(matrix[candidates] - reached, 0.0).sum(axis=1)
        order = np.argsort(-gains, kind="stable")
        candidates, gains = candidates[order], gains[order]
        missing = size - len(members)
        if missing == 1:
            if now + float(gains[0]) > most + SAME:
                best, most = tuple(sorted((*members, int(candidates[0])))), now + float(gains[0])
            continue
        totals = np.concatenate(([0.0], np.cumsum(gains)))
        # the set's next strongest member is the one at `place`: those before it are left out
        for place in reversed(range(len(candidates) - missing + 1)):
            if now + float(totals[place + missing] - totals[place]) > most + SAME:
                v = int(candidates[place])
                stack.append(((*members, v), np.maximum(reached, matrix[v]), candidates[place + 1 :]))
    return best, most / count, True
