"""Names in pictures: cut where they do not fit, so that they stay as different as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.views.charts.labels import Board, Box, text_width, wrap, wrap_apart

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


@pytest.mark.parametrize(("text", "hundredths"), [("", 0), ("ill", 99), ("Em", 169), ("ñ\u0639", 128), ("\u4e00a", 169)])
def test_a_text_is_as_wide_as_its_characters(text: str, hundredths: int) -> None:
    """By hand: narrow letters 0.33 of the size, capitals 0.74, m 0.95, others 0.64, and 1.05 where letters are as wide as high."""
    assert text_width(text, 200) == 2 * hundredths
    assert text_width(text, 200, bold=True) == pytest.approx(2.2 * hundredths)


_BOXES = st.builds(
    lambda x, y, width, height: Box(x, y, x + width, y + height), *[st.integers(0, 180)] * 2, *[st.integers(1, 70)] * 2
)


@given(taken=st.lists(_BOXES, max_size=6), asked=st.lists(_BOXES, min_size=1, max_size=2))
def test_a_place_is_free_where_it_lies_on_the_board_and_meets_nothing(taken: list[Box], asked: list[Box]) -> None:
    bounds = Box(10, 10, 200, 200)
    expected = all(bounds.holds(box) and not any(box.meets(other) for other in taken) for box in asked)

    assert Board(bounds, taken).free(*asked) == expected
