"""Krippendorff's alpha: how far codings agree beyond chance.

Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability; and Content Analysis (2019), chapter 12. Any number of
coders, missing values, and the usual levels of measurement. Written here since the usual package is under the GPL.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kg.errors import AnalysisError, near_names

__all__ = ["LEVELS", "Agreement", "krippendorff_alpha"]

LEVELS = ("nominal", "ordinal", "interval", "ratio")


class Agreement(NamedTuple):
    """The coefficient, and what it rests on."""

    alpha: float | None
    """1: perfect; 0: as by chance; below: systematic disagreement; None where no value varies, so that it is not defined."""
    units: int
    """Units that at least two coded."""
    values: int
    """Values in these units."""


def _distance(level: str, marginals: Mapping[Any, float], order: Sequence[Any], c: Any, k: Any) -> float:
    if c == k:
        return 0.0
    if level == "nominal":
        return 1.0
    if level == "interval":
        return float((c - k) ** 2)
    if level == "ratio":
        return float(((c - k) / (c + k)) ** 2) if c + k else 0.0
    low, high = sorted((order.index(c), order.index(k)))
    between = sum(marginals[v] for v in order[low : high + 1])
    return float((between - (marginals[c] + marginals[k]) / 2) ** 2)


def krippendorff_alpha(units: Iterable[Sequence[Any]], level: str = "nominal") -> Agreement:
    """The agreement of values given to the same units; each unit is the list of values that it was given.

    Values are numbers, except at nominal level; at ordinal level they only tell the order. Units with one value or none do
    not count. Raises AnalysisError for a level that does not exist.

    >>> units = zip("aabbdcccedda", "babbbcccedd" "d")
    >>> round(krippendorff_alpha(units).alpha or 0, 3)
    0.692
    """
    if level not in LEVELS:
        raise AnalysisError(f"level {level!r}: there is no such level of measurement; {near_names(level, LEVELS)}")
    paired = [list(unit) for unit in units if len(unit) > 1]
    coincidences: dict[tuple[Any, Any], float] = defaultdict(float)
    for values in paired:
        counts = Counter(values)
        for c in counts:
            for k in counts:
                pairs = counts[c] * (counts[k] - (c == k))
                coincidences[c, k] += pairs / (len(values) - 1)
    marginals: dict[Any, float] = defaultdict(float)
    for (c, _), number in coincidences.items():
        marginals[c] += number
    total = sum(len(values) for values in paired)
    order = sorted(marginals) if level != "nominal" else list(marginals)
    observed = sum(n * _distance(level, marginals, order, c, k) for (c, k), n in coincidences.items())
    expected = sum(
        marginals[c] * marginals[k] * _distance(level, marginals, order, c, k) for c in marginals for k in marginals
    )
    if not expected:
        return Agreement(None, len(paired), total)
    return Agreement(1 - (total - 1) * observed / expected, len(paired), total)
