"""Winning coalitions without inner conflict, and what each tension costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, gcd, lcm
from typing import TYPE_CHECKING, Any

from kg.analysis.blocs.candidates import Candidates, bits, mask_of
from kg.analysis.blocs.finders import Finder, FreeFinder, LinkedFinder, opponents_of_required
from kg.analysis.given import amount_of, as_number, entries, number_of, sign_of, whole_of
from kg.analysis.partition.clock import Clock
from kg.analysis.signed import in_order
from kg.errors import AnalysisError, InputError, NotFoundError, near_names

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Coalitions", "Pairs", "coalitions"]

Power = int | float | Fraction
UNITS = 10**15  # what all power together may come to in whole units; beyond it power is read to nine decimals
NINE_DECIMALS = 10**9
QUOTA = "give the power a coalition needs, above 0"


class Pairs(dict[tuple[Any, Any], Any]):
    """A value per unordered pair of actors: found whichever is named first."""

    def __missing__(self, pair: tuple[Any, Any]) -> Any:
        first, second = pair
        if (second, first) in self:
            return self[second, first]
        raise KeyError(pair)


@dataclass(frozen=True, slots=True)
class Coalitions:
    """What coalitions can win.

    minimal           minimal winning conflict-free coalitions, cheapest first: least power, then fewest members, then names
    cheapest          the first of them, None when there is none
    always            who is in every one of them (of all, not only of those listed)
    never             which candidates are in none of them
    price_of_tension  pair -> how much power the strongest conflict-free coalition would gain if that tension were settled,
                      where that is proven
    price_bounds      pair -> the least and the most that its price can be; both are the price where it is proven
    alienated         for each of `minimal`, the candidates outside it who are in tension with a member
    strongest         the conflict-free coalition with the most power, whether it wins or not
    proven            True when nothing above can be other than stated; `notes` say what could
    proven_parts      the same by part: the `list` (its beginning, where it is cut off), the `roles` always and never, the
                      `strongest` coalition, the `prices`
    complete          True when `minimal` has all, False when it was cut off
    stopped           "" or why the search ended early: "time limit", "interrupted"
    notes             one sentence each on what a reader should know
    """

    minimal: list[set[Any]]
    cheapest: set[Any] | None
    always: set[Any]
    never: set[Any]
    price_of_tension: Mapping[tuple[Any, Any], Power]
    price_bounds: Mapping[tuple[Any, Any], tuple[Power, Power]]
    alienated: list[set[Any]]
    strongest: set[Any]
    strongest_power: Power
    proven: bool
    complete: bool
    stopped: str = ""
    notes: tuple[str, ...] = field(default=())
    proven_parts: Mapping[str, bool] = field(default_factory=dict)


def coalitions(
    power: Mapping[Any, Power] | Sequence[Power],
    tensions: Iterable[tuple[Any, Any]] | nx.Graph[Any],
    quota: Power,
    *,
    ties: Iterable[tuple[Any, Any]] | nx.Graph[Any] | None = None,
    required: Iterable[Any] = (),
    excluded: Iterable[Any] = (),
    connected: bool = False,
    cap: int = 1000,
    time_limit: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Coalitions:
    """The minimal winning coalitions in which nobody is in tension with anybody, cheapest first.

    Idea
        Who can carry a decision together without sitting down with an opponent? A coalition wins when its members' power adds up
        to the quota; it is minimal when nobody can be left out. Cheap coalitions come first: power beyond the quota has to be
        paid for with concessions that buy nothing.

    Formula
        S is winning when sum of power over S >= quota, conflict-free when no two members are in `tensions`, minimal when no smaller
        set meets all conditions. `required` are in every coalition (and need not be needed), `excluded` in none; with `connected`
        the members must form one piece by `ties` among themselves, and somebody without power may serve as the link.
        `tensions` and `ties` are pairs, or a networkx graph: of a signed one the negative ties are tensions, the others ties.
        Price of a tension: strongest conflict-free coalition (same conditions) without that tension, minus the strongest with it.
        A tension has a price only if both could then sit in the strongest coalition; 0 means settling it alone gains nothing.

    Edge cases
        No coalition wins although all together could: `minimal` is empty, `cheapest` None, everybody is in `never`, and the prices
        say which tension to settle first. A quota above everybody's power together is an error. Nobody's power counts twice; power
        0 never makes a member (except as a link).

    How to read it
        `always`: whoever is in it can bring any coalition down. `never`: whoever is in it is not needed by these figures.
        `alienated` shows what each coalition costs outside.

    How not to
        Adding power up and the quota are choices of the analyst, not facts. The cheapest coalition is not the likeliest: policy
        distance and history are not in it. Small differences of power decide the order: vary them.

    Effort
        Exact for some 200 candidates, in seconds when tensions are few (up to 6 or so each, 7 and 8 in some ten seconds to a minute;
        up to half a minute for a thousand coalitions where the quota is close to the strongest) or many (60 and more each), in one
        to some minutes in between, 20 each being the hardest. What was not proven, with a time limit for one, `proven_parts` and
        `notes` say. Up to `cap` coalitions are listed; `always` and `never` still speak of all of them. With
        `connected` exact for some tens of candidates.

    Progress
        `power` may be a list: candidates then go by their place, from 0. `progress` is told what is being searched. Ctrl-C ends the
        search with what has been found so far, like the time limit.

    Errors
        InputError for power, quota or options that make no sense, NotFoundError for unknown names, AnalysisError for no candidate
        or a quota out of reach.

    Source
        Riker 1962, The Theory of Political Coalitions; Axelrod 1970, Conflict of Interest; Bergantinos, Carreras & Garcia-Jurado
        1993, ZOR 38:187-201 (incompatible players).

    >>> found = coalitions({"A": 4, "B": 3, "C": 3, "D": 1}, [("A", "B")], 6)
    >>> [sorted(members) for members in found.minimal]
    [['B', 'C'], ['A', 'C']]
    >>> sorted(found.always), sorted(found.never), found.price_of_tension["A", "B"]
    (['C'], ['D'], 3)
    """
    try:
        power = dict(entries(power))
    except TypeError:
        raise InputError(f"coalitions: power is {power!r}; give the power of each actor, a dict or a list") from None
    names, problem, unit, links = _problem(power, tensions, quota, ties, required, excluded, connected)
    if (most := whole_of(cap)) is None or most < 1:
        raise InputError(f"coalitions: cap is {cap!r}; give the number of coalitions to list, at least 1")
    if time_limit is not None and ((seconds := number_of(time_limit)) is None or seconds < 0):
        raise InputError(f"coalitions: time_limit is {time_limit!r}; give seconds, 0 or more, or None for no limit")
    clock = Clock(time_limit, progress)
    with clock.listening():
        finder: Finder = FreeFinder(problem, clock) if links is None else LinkedFinder(problem, links, clock)
        return _answer(names, problem, unit, finder, most, clock)


def _answer(names: Sequence[Any], problem: Candidates, unit: Fraction, finder: Finder, cap: int, clock: Clock) -> Coalitions:
    """Everything asked for, in the callers' names and units."""
    notes: list[str] = []
    clock.say("the strongest coalition")
    strongest, sure = finder.strongest()
    most = problem.power_of(strongest)
    if sure and most < problem.quota:
        listed, complete, certain = list[int](), True, True
        notes.append("no coalition without inner conflict reaches the quota")
    else:
        clock.say("minimal winning coalitions")
        listed, complete, certain = finder.minimal(cap)
    listed.sort(key=lambda members: (problem.power_of(members), members.bit_count(), tuple(bits(members))))
    clock.say("who is always or never in one")
    always, never, settled = _roles(problem, strongest, listed, complete and certain, finder)
    if len(listed) > cap:
        listed, complete = listed[:cap], False
    bounds = finder.gains(strongest) if sure else finder.bounds(strongest)
    prices = {pair: low for pair, (low, high) in bounds.items() if low == high}
    priced = len(prices) == len(bounds)
    if not certain:
        notes.append("coalitions may be missing, cheaper ones too: fewer candidates or rounder power make the list exact")
    elif not complete:
        notes.append(f"there are more minimal winning coalitions: the {len(listed)} cheapest are listed")
    if not settled:
        notes.append("who is always or never in a coalition could not be proven for everybody")
    if not sure:
        notes.append("the strongest coalition could not be proven, so prices of tensions were not searched for")
    if not priced:
        notes.append(
            f"prices proven: {len(prices)} of {len(bounds)} tensions; `price_bounds` says between what the others lie"
        )

    def people(mask: int) -> set[Any]:
        return {names[v] for v in bits(mask)}

    def told(gain: int) -> Power:
        return as_number(gain / unit)

    return Coalitions(
        minimal=[people(members) for members in listed],
        cheapest=people(listed[0]) if listed else None,
        always=people(always),
        never=people(never),
        price_of_tension=Pairs({(names[a], names[b]): told(gain) for (a, b), gain in prices.items()}),
        price_bounds=Pairs({(names[a], names[b]): (told(low), told(high)) for (a, b), (low, high) in bounds.items()}),
        alienated=[people(problem.opposed_to(members) & ~members) for members in listed],
        strongest=people(strongest),
        strongest_power=as_number(most / unit),
        proven=sure and priced and certain and settled,
        complete=complete and certain,
        stopped=clock.reason,
        notes=tuple(notes),
        proven_parts={"list": certain, "roles": settled, "strongest": sure, "prices": priced},
    )


def _roles(
    problem: Candidates, strongest: int, listed: Sequence[int], complete: bool, finder: Finder
) -> tuple[int, int, bool]:
    """(who is in every minimal winning coalition, who in none, whether that is certain for everybody)."""
    everybody = (1 << problem.size) - 1
    if not listed:
        return 0, everybody if complete else 0, complete
    always, some = everybody, 0
    for members in listed:
        always &= members
        some |= members
    if complete:
        return always, everybody & ~some, True
    certain = True
    for v in bits(always & ~problem.required):
        rest = problem.power_of(strongest & ~(1 << v))
        without = rest >= problem.quota or finder.wins_without(v)
        certain &= without is not None
        if without:
            always &= ~(1 << v)
    never = everybody & ~some
    for v in bits(never):
        if some >> v & 1:
            continue
        found = finder.minimal_with(v)
        certain &= found is not None
        some |= found or 0
    return always, never & ~some, certain


def _problem(
    power: Mapping[Any, Power],
    tensions: Iterable[tuple[Any, Any]] | nx.Graph[Any],
    quota: Power,
    ties: Iterable[tuple[Any, Any]] | nx.Graph[Any] | None,
    required: Iterable[Any],
    excluded: Iterable[Any],
    connected: bool,
) -> tuple[list[Any], Candidates, Fraction, list[int] | None]:
    """(names in order, the problem, whole units per 1 of power, links by number or None), all checked."""
    if not power:
        raise AnalysisError("coalitions: there is no candidate; give at least one actor with its power")
    one = "give a number, 0 or more (of an interval one end, or the middle)"
    amount = {name: amount_of(value, f"coalitions: power of {name!r}", one) for name, value in power.items()}
    needed = amount_of(quota, "coalitions: quota", QUOTA)
    if needed <= 0:
        raise InputError(f"coalitions: quota is {quota!r}; {QUOTA}")
    inside, outside = _known(required, power, "required"), _known(excluded, power, "excluded")
    if inside & outside:
        both = ", ".join(repr(name) for name in in_order(inside & outside))
        raise InputError(f"coalitions: {both} required and excluded at once; choose one")
    pairs = _pairs(tensions, power, "tension")
    for a, b in pairs:
        if a in inside and b in inside:
            raise InputError(f"coalitions: {a!r} and {b!r} are both required and in tension; drop one or settle the tension")
    if connected and ties is None:
        raise InputError(
            "coalitions: connected coalitions need ties; give the ties that link actors, or leave connected out"
        )
    names = in_order(name for name in power if name not in outside)
    everything = sum((amount[name] for name in names), Fraction(0))
    if everything < needed:
        raise AnalysisError(
            f"coalitions: all {len(names)} candidates together have {as_number(everything)}, the quota is {as_number(needed)}: "
            "nobody reaches it; lower the quota or add candidates"
        )
    number = {name: v for v, name in enumerate(names)}
    unit = Fraction(lcm(*(amount[name].denominator for name in names)))
    if unit * everything > UNITS:
        unit = Fraction(NINE_DECIMALS)
        amount = {name: Fraction(round(value * unit), NINE_DECIMALS) for name, value in amount.items()}
    step = gcd(*(int(amount[name] * unit) for name in names)) or 1
    unit /= step
    against = _adjacency(pairs, number)
    must = mask_of(number[name] for name in inside)
    problem = Candidates(
        power=tuple(int(amount[name] * unit) for name in names),
        against=tuple(against),
        quota=ceil(needed * unit),
        required=must,
        open=0,
    )
    problem = replace(problem, open=(1 << problem.size) - 1 & ~must & ~opponents_of_required(problem))
    links = None
    if connected and ties is not None:
        links = _adjacency(_pairs(ties, power, "tie"), number)
    return names, problem, unit, links


def _known(names: Any, power: Mapping[Any, Power], what: str) -> set[Any]:
    """The names as a set, or one name as a set of it; NotFoundError for one that is no candidate."""
    found: set[Any]
    try:
        found = {names} if isinstance(names, str) or names in power else set(names or ())
    except TypeError:  # it cannot be looked up, or not be gone through
        found = set(names) if isinstance(names, Iterable) else {names}
    for name in in_order(found):
        if name not in power:
            raise NotFoundError(f"coalitions: {what} {name!r} is no candidate; {near_names(str(name), map(str, power))}")
    return found


def _pairs(pairs: Any, power: Mapping[Any, Power], what: str) -> list[tuple[Any, Any]]:
    """Pairs of different candidates, each once, in an order of their own."""
    found = set()
    for a, b in _listed(pairs, what):
        for end in (a, b):
            if end not in power:
                raise NotFoundError(f"coalitions: {what} {end!r} is no candidate; {near_names(str(end), map(str, power))}")
        if len({a, b}) == 1:  # a number of numpy beside a tuple is not compared to a truth value
            raise InputError(f"coalitions: {what} of {a!r} with itself; a {what} is between two actors")
        found.add(tuple(in_order((a, b))))
    return in_order(found)


def _listed(pairs: Any, what: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a list, or of a graph: its negative ties as tensions (all, where it has no signs), the others as ties."""
    if hasattr(pairs, "is_multigraph"):
        edges = [(a, b, sign_of(sign, (a, b), "coalitions")) for a, b, sign in pairs.edges(data="sign") if len({a, b}) > 1]
        signed = any(sign for *_, sign in edges)
        for a, b, sign in edges:
            if (sign < 0 or not signed) if what == "tension" else sign >= 0:
                yield a, b
        return
    if isinstance(pairs, str) or not isinstance(pairs, Iterable):
        raise InputError(f"coalitions: {what}s are {pairs!r}; give pairs of actors, or a graph")
    for pair in pairs:
        ends = tuple(pair) if isinstance(pair, Iterable) and not isinstance(pair, str) else ()
        if len(ends) != 2:
            raise InputError(f"coalitions: {what} {pair!r} is not a pair; give (one actor, the other)")
        yield ends


def _adjacency(pairs: Iterable[tuple[Any, Any]], number: Mapping[Any, int]) -> list[int]:
    """For each candidate the bit set of those it is paired with; pairs with somebody excluded are left out."""
    around = [0] * len(number)
    for a, b in pairs:
        if a in number and b in number:
            around[number[a]] |= 1 << number[b]
            around[number[b]] |= 1 << number[a]
    return around
