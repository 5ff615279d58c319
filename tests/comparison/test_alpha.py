"""Krippendorff's alpha against the worked examples of Krippendorff (2011), Computing Krippendorff's Alpha-Reliability."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.comparison.alpha import LEVELS, krippendorff_alpha
from kg.errors import AnalysisError

FOUR = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
]
"""Four observers, twelve units, some values missing (example C and D of the paper)."""
UNITS = [[int(v) for v in unit if v != "."] for unit in zip(*(row.split() for row in FOUR), strict=True)]


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)])
def test_the_published_values_for_four_observers_with_missing_values(level: str, alpha: float) -> None:
    result = krippendorff_alpha(UNITS, level)

    assert (alpha, 11, 40) == (round(result.alpha or 0, 3), result.units, result.values)


def test_the_published_value_for_two_observers_and_two_categories() -> None:
    """Example A of the paper."""
    units = zip("0100000010", "1110010000", strict=True)

    assert 0.095 == round(krippendorff_alpha(list(units)).alpha or 0, 3)


def test_the_published_value_for_two_observers_and_many_categories() -> None:
    """Example B of the paper."""
    units = zip("aabbdcccedda", "babbbccceddd", strict=True)

    assert 0.692 == round(krippendorff_alpha(list(units)).alpha or 0, 3)


@given(st.lists(st.lists(st.integers(1, 4), min_size=2, max_size=4), min_size=1), st.sampled_from(LEVELS))
def test_alpha_is_at_most_one_and_one_only_where_all_agree(units: list[list[int]], level: str) -> None:
    result = krippendorff_alpha(units, level)
    agree = all(len(set(u)) == 1 for u in units)

    assert result.alpha is None or result.alpha <= 1
    assert (result.alpha is None) == (len({v for u in units for v in u}) == 1)
    assert result.alpha is None or (result.alpha == 1) == agree


def test_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(
        AnalysisError, match=r"level 'ordinl': there is no such level of measurement; did you mean 'ordinal'"
    ):
        krippendorff_alpha([], "ordinl")
