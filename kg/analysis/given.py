"""What people hand to a measure: graphs, signs, numbers, tables in their usual forms, checked and made alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import isnan
from numbers import Integral, Rational, Real
from typing import TYPE_CHECKING, Any, cast

from kg.errors import AnalysisError, InputError, near_names

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    "PlainTies",
    "amount_of",
    "as_number",
    "entries",
    "graph_of",
    "number_of",
    "plain",
    "sign_of",
    "table_of",
    "tie_weight",
    "whole_of",
]

LARGEST = 10**100  # beyond, products of numbers are no longer finite as floats
DENOMINATOR = 10**6  # decimals are read as fractions with denominators up to this, so 0.1 + 0.2 is 0.3


class PlainTies:
    """A directed multigraph as `graph_of` takes it, made of ties at hand without networkx, which takes a fifth of a second to load.

    It holds what `camps` and `communities` ask for: nodes, and edges with keys and attributes.
    """

    def __init__(self, nodes: Iterable[Any], ties: Iterable[tuple[Any, Any, Any, Mapping[str, Any]]]) -> None:
        """`ties` are source, target, key and attributes of each, their ends among the `nodes`."""
        self.nodes = tuple(nodes)
        self._ties = tuple(ties)

    def is_multigraph(self) -> bool:
        """Always."""
        return True

    def is_directed(self) -> bool:
        """Always."""
        return True

    def edges(self, *, data: bool, keys: bool = False) -> Iterator[tuple[Any, ...]]:
        """Each tie with its attributes (`data`, which always is True), and with its key where `keys` is."""
        del data
        for source, target, key, attributes in self._ties:
            yield (source, target, key, attributes) if keys else (source, target, attributes)


def graph_of(given: Any, where: str) -> nx.Graph[Any]:
    """The graph itself; InputError for anything that is none of networkx, AnalysisError for one without actors.

    Where tuples stand beside numbers or texts of numpy, as nodes, it is a copy with Python's own, which count as the same keys:
    numpy compares its own with each part of a tuple, and the answer is neither true nor false.
    """
    if not all(hasattr(given, name) for name in ("nodes", "edges", "is_multigraph", "is_directed")):
        raise InputError(
            f"{where}: the network is a {type(given).__name__}; give a networkx graph (networkx.from_pandas_edgelist and "
            "networkx.Graph(pairs) make one)"
        )
    if not len(given.nodes):
        raise AnalysisError(f"{where}: the network is empty; give it actors and ties")
    graph = cast("nx.Graph[Any]", given)
    if any(isinstance(node, tuple) for node in graph.nodes):
        own = {node: node.item() for node in graph.nodes if hasattr(node, "dtype") and hasattr(node, "item")}
        if own:
            import networkx as nx

            return nx.relabel_nodes(graph, own)
    return graph


def sign_of(value: object, ends: Any, where: str) -> int:
    """+1, -1, or 0 for a tie without a sign (None or 0).

    Texts are read as in files ("+", "-1", "negative"). Raises InputError for any other sign.
    """
    if value is None:
        return 0
    if isinstance(value, Real | Decimal) and not isinstance(value, bool):
        if value in (0, 1, -1):
            return int(value == 1) - int(value == -1)
    elif isinstance(value, str):
        from kg.formats.builder import read_sign  # not needed where signs are numbers

        if (sign := read_sign(value)) is not None:
            return sign
    raise InputError(
        f"{where}: tie {ends[0]!r} - {ends[1]!r} has sign {plain(value)!r}; "
        "a sign is the number +1 or -1 (leave it out where a tie has none, put strength into a weight)"
    )


def tie_weight(data: Mapping[str, Any], name: str, ends: Any, where: str) -> Fraction:
    """The weight of a tie, above 0; InputError where it has none or no such number."""
    tie = f"{where}: tie {ends[0]!r} - {ends[1]!r} has"
    if name not in data:
        hint = near_names(str(name), (str(key) for key in data))
        raise InputError(f"{tie} no {name!r}; give every tie that attribute ({hint})")
    weight = number_of(data[name])
    if weight is None or weight <= 0:
        raise InputError(f"{tie} {name} {plain(data[name])!r}; a weight is a number above 0{_limit(data[name])}")
    return weight


def number_of(value: Any) -> Fraction | None:
    """A number as the fraction that was meant; None for anything else, and for what is not finite or beyond 10 to the 100."""
    value = plain(value)  # a fraction of an array's numbers is made of them, and they overflow
    if not _is_number(value) or not -LARGEST <= value <= LARGEST:
        return None
    if isinstance(value, Rational):
        return Fraction(value)
    exact = Fraction(value if isinstance(value, Decimal) else float(value))
    return exact.limit_denominator(DENOMINATOR) or exact  # what is very small is still not nothing


def _is_number(value: Any) -> bool:
    """Whether a value is a number that can be compared with others, however large."""
    if isinstance(value, Decimal):
        return not value.is_nan()
    return isinstance(value, Real) and not isinstance(value, bool) and not (isinstance(value, float) and isnan(value))


def _limit(value: Any) -> str:
    """What to add to a hint where a number is beyond what measures take."""
    value = plain(value)
    return ", 1e100 at most" if _is_number(value) and value > LARGEST else ""


def amount_of(value: object, what: str, hint: str = "give a number, 0 or more") -> Fraction:
    """A number of at least 0 as a fraction, or InputError."""
    number = number_of(value)
    if number is None or number < 0:
        raise InputError(f"{what} is {plain(value)!r}; {hint}{_limit(value)}")
    return number


def as_number(value: Fraction) -> int | float:
    """A whole number as int, anything else as float."""
    return int(value) if value.denominator == 1 else float(value)


def whole_of(value: object) -> int | None:
    """A whole number as Python's own; None for anything else."""
    return int(value) if isinstance(value, Integral) and not isinstance(value, bool) else None


def plain(value: Any) -> Any:
    """A number of an array as Python's own, which prints as it is written; anything else as it is."""
    return value.item() if hasattr(value, "dtype") and getattr(value, "ndim", None) == 0 else value


def entries(given: Any) -> Iterator[tuple[Any, Any]]:
    """The entries of a mapping or a pandas Series, or of a sequence by position."""
    named = isinstance(given, Mapping) or (hasattr(given, "items") and hasattr(given, "keys"))
    yield from given.items() if named else enumerate(given)


def table_of(given: Any, where: str) -> dict[Any, dict[Any, Any]]:
    """Rows by key of a mapping of rows, a pandas DataFrame, a networkx graph with weights (1 without), or rows in a sequence.

    Raises InputError for anything else, and for rows of a sequence that are not equally long.
    """
    if hasattr(given, "is_multigraph"):
        table: dict[Any, dict[Any, Any]] = {node: {} for node in given.nodes}
        for a, b, weight in given.edges(data="weight", default=1):
            for i, j in [(a, b)] if given.is_directed() else [(a, b), (b, a)]:
                if j in table[i]:
                    raise InputError(f"{where}: tie {i!r} - {j!r} stands twice; give one")
                table[i][j] = weight
        return table
    if hasattr(given, "to_dict") and getattr(given, "ndim", None) == 2:
        return cast("dict[Any, dict[Any, Any]]", given.to_dict("index"))
    if hasattr(given, "toarray"):  # a sparse matrix
        given = given.toarray()
    try:
        table = {i: dict(entries(row)) for i, row in entries(given)}
    except TypeError:
        raise InputError(f"{where} is {given!r}; give a table: rows by name, a data frame or a matrix") from None
    if not isinstance(given, Mapping) and len({len(row) for row in table.values()}) > 1:
        short = min(table, key=lambda i: len(table[i]))
        raise InputError(f"{where}: row {short!r} is shorter than others; give every row the same length")
    return table
