"""Names in pictures: cut where they do not fit, so that they stay as different as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.views.charts.labels import text_width, wrap, wrap_apart

ALIKE = (  # official names, which differ at their end or in their middle only
    "Federación Nacional de Organizaciones Campesinas, Indígenas y Negras",
    "Federación Nacional de Organizaciones Campesinas, Indígenas y Libres del Ecuador",
    "Federación Nacional de Mujeres Campesinas, Artesanas, Indígenas, Nativas y Asalariadas del Perú",
    "Federación Nacional de Mujeres Campesinas, Obreras, Indígenas, Nativas y Asalariadas del Perú",
)


@pytest.mark.parametrize(("size", "width", "lines"), [(12, 190, 2), (12, 132, 3), (11, 150, 2), (11, 95, 3)])
def test_names_that_begin_alike_are_told_apart(size: float, width: float, lines: int) -> None:
    """In the sizes and widths of the pictures."""
    told = wrap_apart(ALIKE, size, width, lines)

    assert len(set(told)) == len(ALIKE)
    assert {each[0].split()[0] for each in told} == {"Federación"}


def test_names_that_are_alike_get_no_more_room_than_others() -> None:
    assert wrap_apart([ALIKE[0]] * 2, 12, 100, lines=2) == [wrap(ALIKE[0], 12, 100, lines=2)] * 2


@given(
    text=st.text(st.sampled_from("aémW ،ñ\u0639\u0631\u4e00"), max_size=90),
    width=st.floats(60, 400),
    lines=st.integers(1, 4),
)
def test_lines_fit_and_what_is_not_cut_is_whole(text: str, width: float, lines: int) -> None:
    told = wrap(text, 12, width, lines)

    assert len(told) <= lines
    assert all(text_width(line, 12) <= width for line in told)
    if not any("…" in line for line in told):
        assert " ".join(told).split() == text.split()
    elif len(told) == lines:  # a word too wide for its line may be cut in any of them
        assert told[-1][-1] == text.split()[-1][-1] or "…" not in told[-1]
