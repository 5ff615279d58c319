"""Voting power: Shapley-Shubik and Banzhaf indices, exact; minimal winning coalitions; what joining a bloc is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from functools import cache
from math import ceil, factorial, floor, gcd, lcm, log10
from typing import Any, TypeVar, overload

from kg.analysis.given import amount_of, as_number, entries, number_of
from kg.errors import AnalysisError, InputError, NotFoundError, near_names

__all__ = ["TooFineError", "banzhaf", "bloc_index", "minimal_winning", "shapley_shubik", "uplift"]

K = TypeVar("K")
Weight = int | float | Fraction
FEW = 14  # voters whose sets are counted one by one when their weights have many digits
ROUND = 10**5  # quota, in whole units, up to which they are not
CELLS = 4 * 10**8  # bytes that the tables of sums may take


class TooFineError(AnalysisError):
    """Weights of so many digits that sets cannot be counted by them."""


@overload
def shapley_shubik(weights: Mapping[K, Weight], quota: Weight) -> dict[K, Fraction]: ...
@overload
def shapley_shubik(weights: Sequence[Weight], quota: Weight) -> list[Fraction]: ...
def shapley_shubik(weights: Any, quota: Weight) -> Any:
    """The Shapley-Shubik index of each voter, exact fractions that sum to 1, in the order given (or by name for a mapping).

    Idea
        Let voters join one after the other; the one who turns the losing side into a winning one is pivotal. The index is the
        share of all orders in which a voter is pivotal: its power in a body where the proposal's price is won vote by vote.

    Formula
        sum over coalitions S without i with quota - w_i <= w(S) < quota of |S|! (n - |S| - 1)! / n!. Counted by generating
        functions over (members, weight): 200 voters with 4,000 votes together take about a second, with 40,000 some five. What is
        finer still (189 voters with 5 million votes: the tables would take 11 GB) is an error that says how far to round; Banzhaf's
        index, which counts no members, takes such votes as they are.

    Edge cases
        Weight 0 gives 0. Equal weights give equal indices. A quota above all weights together, or not above 0, is an error.

    How to read it
        Compare it with the share of votes: the difference is what the rules give or take. How not to: it says nothing of who agrees
        with whom; every order of joining counts the same.

    Source
        Shapley & Shubik 1954, American Political Science Review 48:787-792.

    >>> [str(index) for index in shapley_shubik([4, 4, 4, 2, 2, 1], 12)]
    ['7/30', '7/30', '7/30', '3/20', '3/20', '0']
    """
    names, whole, needed, grain = _game(weights, quota, "shapley_shubik")
    count = len(whole)
    swings_of = _swing_counter(whole, needed, grain)
    orders = factorial(count)

    @cache
    def index(weight: int) -> Fraction:
        return Fraction(sum(factorial(s) * factorial(count - s - 1) * n for s, n in enumerate(swings_of(weight))), orders)

    return _named(names, [index(weight) for weight in whole])


@overload
def banzhaf(weights: Mapping[K, Weight], quota: Weight) -> dict[K, Fraction]: ...
@overload
def banzhaf(weights: Sequence[Weight], quota: Weight) -> list[Fraction]: ...
def banzhaf(weights: Any, quota: Weight) -> Any:
    """The normalised Banzhaf index of each voter, exact fractions that sum to 1, in the order given (or by name for a mapping).

    Idea
        In how many winning coalitions could this voter alone turn victory into defeat by leaving? Its share of all such chances.

    Formula
        swings_i / sum of swings, swings_i = number of coalitions S without i with quota - w_i <= w(S) < quota. 189 voters with
        5 million votes take some ten seconds.

    Edge cases
        As for `shapley_shubik`.

    How to read it
        Like Shapley-Shubik's; the two differ because here each set of supporters counts once, there each order. How not to:
        normalised indices of different games cannot be compared as amounts.

    Source
        Penrose 1946; Banzhaf 1965, Rutgers Law Review 19:317-343.

    >>> [str(index) for index in banzhaf([4, 4, 4, 2, 2, 1], 12)]
    ['5/21', '5/21', '5/21', '1/7', '1/7', '0']
    """
    names, whole, needed, grain = _game(weights, quota, "banzhaf")
    swings_of = _swing_counter(whole, needed, grain, by_size=False)
    swings = {weight: sum(swings_of(weight)) for weight in set(whole)}
    counts = [swings[weight] for weight in whole]
    return _named(names, [Fraction(n, sum(counts)) for n in counts])


@overload
def minimal_winning(weights: Mapping[K, Weight], quota: Weight, cap: int = ...) -> list[set[K]]: ...
@overload
def minimal_winning(weights: Sequence[Weight], quota: Weight, cap: int = ...) -> list[set[int]]: ...
def minimal_winning(weights: Any, quota: Weight, cap: int = 100_000) -> Any:
    """All minimal winning coalitions: sets of positions (or of names for a mapping), least weight first, then fewest, then by order.

    Idea
        The coalitions in which everybody is needed.

    Formula
        w(S) >= quota and w(S) - w_i < quota for every i in S.

    Edge cases
        Voters of weight 0 are in none. More than `cap` of them: AnalysisError; `coalitions` lists the cheapest.

    How to read it
        Few coalitions mean few ways to govern; a voter in none has no say. How not to: which one forms is not in the weights.

    Source
        Riker 1962, The Theory of Political Coalitions.

    >>> [sorted(members) for members in minimal_winning([4, 4, 4, 2, 2, 1], 12)]
    [[0, 1, 2], [0, 1, 3, 4], [0, 2, 3, 4], [1, 2, 3, 4]]
    """
    names, whole, needed, _ = _game(weights, quota, "minimal_winning")
    order = sorted((i for i in range(len(whole)) if whole[i]), key=lambda i: (-whole[i], i))
    left = [0] * (len(order) + 1)
    for place in range(len(order) - 1, -1, -1):
        left[place] = left[place + 1] + whole[order[place]]
    found: list[tuple[int, ...]] = []
    # strongest member first: the coalition is minimal exactly when its last member makes it win
    stack: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    while stack:
        place, weight, members = stack.pop()
        if weight + left[place] < needed:
            continue
        i = order[place]
        stack.append((place + 1, weight, members))
        if weight + whole[i] < needed:
            stack.append((place + 1, weight + whole[i], (*members, i)))
        elif len(found) == cap:
            raise AnalysisError(f"minimal_winning: there are more than {cap} minimal winning coalitions; raise the cap")
        else:
            found.append(tuple(sorted((*members, i))))
    found.sort(key=lambda members: (sum(whole[i] for i in members), len(members), members))
    return [{names[i] for i in members} if names is not None else set(members) for members in found]


def bloc_index(weights: Mapping[K, Weight], quota: Weight, bloc: Collection[K]) -> dict[K, Fraction]:
    """The Owen value of each member of one bloc, everybody else standing alone: exact fractions.

    Idea
        Members of a bloc join one after the other without outsiders in between. What a member is worth then, against what it is
        worth alone (its Shapley-Shubik index), says what the bloc does for it.

    Formula
        sum over h outsiders H and s fellow members S of  h! (m - h - 1)! / m!  x  s! (b - s - 1)! / b!  where H and S lose
        together and win with i; b members, m = outsiders + 1. The members' values add up to the bloc's own Shapley-Shubik index.

    Edge cases
        A bloc of one is the Shapley-Shubik index.

    How to read it
        Against `shapley_shubik`: more means the bloc pays for this member (see `uplift`). How not to: the bloc is taken as given;
        who would join is not asked.

    Source
        Owen 1977, Values of games with a priori unions (Springer LNEMS 141:76-88).

    >>> {name: str(value) for name, value in bloc_index({"A": 2, "B": 1, "C": 1, "D": 1}, 3, ["B", "C"]).items()}
    {'B': '1/6', 'C': '1/6'}
    """
    names, whole, needed, grain = _game(weights, quota, "bloc_index")
    place = {name: i for i, name in enumerate(names or ())}
    members = list(dict.fromkeys(bloc))
    for name in members:
        if name not in place:
            raise NotFoundError(f"bloc_index: {name!r} is no voter; {near_names(str(name), map(str, place))}")
    if not members:
        raise InputError("bloc_index: the bloc is empty; name its members")
    chosen = [place[name] for name in members]
    outside = _Sums([w for i, w in enumerate(whole) if i not in set(chosen)], needed, grain)
    b, m = len(chosen), len(whole) - len(chosen) + 1
    values: dict[K, Fraction] = {}
    for name, i in zip(members, chosen, strict=True):
        total = 0
        for s, fellows in enumerate(_sets_by_size([whole[j] for j in chosen if j != i])):
            part = factorial(s) * factorial(b - s - 1)
            for sum_inside, ways in fellows.items():
                # together with these fellows the outsiders' weight must lie in a window
                high = needed - sum_inside  # at or below 0 the fellows win by themselves
                counts = outside.window(high - whole[i], high)
                total += part * ways * sum(factorial(h) * factorial(m - h - 1) * n for h, n in enumerate(counts))
        values[name] = Fraction(total, factorial(b) * factorial(m))
    return values


def uplift(weights: Mapping[K, Weight], quota: Weight, actor: K, partners: Collection[K]) -> Fraction:
    """What an actor gains in voting power by standing in a bloc with partners: its Owen value there minus its index alone.

    Above 0 the bloc gives it more say than it has alone; below 0 it gives some up. Formula and sources: `bloc_index`,
    `shapley_shubik`.

    >>> str(uplift({"A": 2, "B": 1, "C": 1}, 3, "B", ["C"]))
    '1/12'
    """
    alone = shapley_shubik(weights, quota)
    return bloc_index(weights, quota, [actor, *(name for name in partners if name != actor)])[actor] - alone[actor]


def _game(weights: Any, quota: Weight, where: str) -> tuple[list[Any] | None, list[int], int, Fraction]:
    """(names or None, whole-numbered weights, whole-numbered quota, what a whole one was worth) with the same winning coalitions,
    checked."""
    try:
        given = list(entries(weights))
    except TypeError:
        raise InputError(f"{where}: the weights are {weights!r}; give a list, or a weight by name") from None
    names = [name for name, _ in given] if hasattr(weights, "keys") else None
    if not given:
        raise AnalysisError(f"{where}: there is no voter; give at least one weight")
    exact = [
        amount_of(value, f"{where}: the weight of {f'voter {name}' if names is None else repr(name)}")
        for name, value in given
    ]
    needed = number_of(quota)
    if needed is None or needed <= 0:
        raise InputError(f"{where}: the quota is {quota!r}; give the weight needed to win, above 0")
    if needed > sum(exact):
        raise AnalysisError(
            f"{where}: the quota {quota!r} is above all weights together ({float(sum(exact)):g}); nobody can win, lower it"
        )
    unit = lcm(*(value.denominator for value in exact))
    step = gcd(*(int(value * unit) for value in exact))
    return names, [int(value * unit) // step for value in exact], ceil(needed * unit / step), Fraction(step, unit)


def _named(names: list[Any] | None, values: list[Fraction]) -> Any:
    """The values by name, or as the list they are."""
    return values if names is None else dict(zip(names, values, strict=True))


def _swing_counter(weights: list[int], quota: int, grain: Fraction, *, by_size: bool = True) -> Callable[[int], list[int]]:
    """A function from a voter's weight to its swings by number of other voters (or in all).

    Where more than half of all weights is needed it counts those of the dual game, in which a set wins that could block: a set
    swings with the others of a set that swings there, so their numbers of members are those of the rest, and the tables smaller.
    """
    dual = sum(weights) - quota + 1
    if dual < quota:
        swings_of = _swing_counter(weights, dual, grain, by_size=by_size)
        return lambda weight: swings_of(weight)[::-1]
    if len(weights) > FEW or quota < ROUND:
        return _Sums(weights, quota, grain, by_size=by_size).swings

    def swings(weight: int) -> list[int]:
        others = list(weights)
        others.remove(weight)
        return [
            sum(ways for total, ways in table.items() if quota - weight <= total < quota) for table in _sets_by_size(others)
        ]

    return swings


def _rounded_up(value: Fraction) -> Fraction:
    """The next number with a single digit other than 0."""
    digit = Fraction(10) ** floor(log10(value.numerator) - log10(value.denominator))
    return ceil(value / digit) * digit


class _Sums:
    """How many sets of voters weigh less than something below the quota, by number of members.

    A polynomial whose coefficients are such counts is kept as one long integer, so many bytes per coefficient (Kronecker
    substitution): adding a voter is a shift and an addition, adding up coefficients a few more.
    """

    def __init__(self, weights: Sequence[int], quota: int, grain: Fraction, *, by_size: bool = True) -> None:
        self.quota = quota
        self.width = (len(weights) + 9) // 8  # bytes that hold 2 to the number of voters
        sizes = len(weights) + 1 if by_size else 1
        if sizes * quota * self.width > CELLS:
            coarse = _rounded_up(grain * Fraction(sizes * quota * self.width, CELLS))
            raise TooFineError(
                f"voting power: these {len(weights)} weights are too fine to count sets{' of each size' if by_size else ''}; "
                f"round them to multiples of {as_number(coarse)}"
                f"{', or take Banzhaf’s index, for which size does not matter' if by_size and quota * self.width <= CELLS else ''}"
            )
        bits = 8 * self.width
        everything = (1 << quota * bits) - 1
        tables = [1] + [0] * (sizes - 1)
        # who weighs the quota alone is in no such set
        for weight in sorted(
            w for w in weights if w < quota
        ):  # the light first: sums stay small, and their numbers short, for long
            for size in range(sizes - 1, -1, -1):
                lower = tables[size - 1] if by_size and size else 0 if by_size else tables[size]
                if lower:
                    tables[size] += lower << weight * bits & everything
        self.below: list[bytes] = []
        for table in tables:
            shift = bits
            while shift < quota * bits:
                table += table << shift & everything
                shift *= 2
            self.below.append(table.to_bytes(quota * self.width, "little"))

    def lighter(self, size: int, weight: int) -> int:
        """The number of sets of so many voters (of any number, when not counted by size) that weigh less, up to the quota."""
        if weight <= 0:
            return 0
        end = min(weight, self.quota) * self.width
        return int.from_bytes(self.below[size][end - self.width : end], "little")

    def swings(self, weight: int) -> list[int]:
        """For each number of other voters (for any number, when not counted by size), the losing sets that a voter of that weight
        turns into winning ones.

        Sets without the voter are all sets minus those with it, which are sets without it, moved by its weight, and so on.
        """
        by_size = len(self.below) > 1
        counts = [0] * max(1, len(self.below) - 1)
        if weight == 0:
            return counts
        for size in range(len(counts)):
            above, place, sign = self.lighter(size, self.quota), size, 1
            for end in range(self.quota - weight, -weight, -weight):
                if not above or place == len(counts):  # nothing weighs less, or nobody is left to be added
                    break
                below = self.lighter(size, end)
                counts[place] += sign * (above - below)
                above, place, sign = below, place + by_size, -sign
        return counts

    def window(self, low: int, high: int) -> list[int]:
        """For each number of voters, the sets with low <= weight < high."""
        return [self.lighter(size, high) - self.lighter(size, low) for size in range(len(self.below))]


def _sets_by_size(weights: Sequence[int]) -> list[Counter[int]]:
    """For each number of voters, weight -> number of sets."""
    tables = [Counter({0: 1})] + [Counter[int]() for _ in weights]
    for count, weight in enumerate(weights):
        for size in range(count + 1, 0, -1):
            for total, ways in tables[size - 1].items():
                tables[size][total + weight] += ways
    return tables
