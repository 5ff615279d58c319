"""The plain tables: alignment, wrapping, narrow terminals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.tables import PLAIN, Style, draw, visible, wrap

NARROW = Style(30, bold=False)


def test_columns_are_aligned_and_numbers_stand_right() -> None:
    lines = list(draw(["Name", "Value"], [["Peru", "7.5"], ["Bolivia", "12"]], PLAIN))

    assert ["Name     Value", "-------  -----", "Peru       7.5", "Bolivia     12"] == lines


def test_one_wide_cell_does_not_widen_every_row_of_a_file() -> None:
    wide = "; ".join(["Asaro"] * 20)
    lines = list(draw(["Members", "Size"], [[wide, "20"], ["Gama", "1"]], PLAIN))

    assert [f"{'Members':60}  Size", f"{'-' * 60}  ----", f"{wide}    20", f"{'Gama':60}     1"] == lines


def test_wide_and_combining_characters_count_by_their_width() -> None:
    """Unicode Standard Annex 11: ideographs take two columns, combining marks none."""
    lines = list(draw(["A", "B"], [["日本", "x"], ["e\u0301", "y"]], PLAIN))

    assert ["A     B", "----  -", "日本  x", "e\u0301     y"] == lines


def test_cells_wrap_to_the_terminal_and_tall_rows_stand_apart() -> None:
    lines = list(draw(["Name", "What"], [["a", "one two three four five six"], ["b", "seven"]], Style(20, bold=False)))

    assert ["Name  What", "----  --------------", "a     one two three", "      four five six", "", "b     seven"] == lines


def test_where_columns_would_be_too_narrow_each_row_is_a_block() -> None:
    heads = ["Actor", "Ally", "Via", "Issues", "Evidence"]
    lines = list(draw(heads, [["Highland Farmers' Union", "Green Bridge", "Alliance", "", "al-uca-verde"]], NARROW))

    assert ["Actor: Highland Farmers' Union", "Ally: Green Bridge", "Via: Alliance", "Evidence: al-uca-verde"] == lines


def test_a_long_id_is_cut_at_its_hyphens() -> None:
    assert ["r-core-", "allies-", "pe-", "alliance"] == wrap("r-core-allies-pe-alliance", 8)


def test_only_the_header_is_bold() -> None:
    lines = list(draw(["Name"], [["x"]], Style(None, bold=True)))

    assert ["\x1b[1mName\x1b[0m", "----", "x"] == lines


def test_notes_stand_below_their_row() -> None:
    lines = list(draw(["Name"], [["x"], ["y"]], PLAIN, notes=[["because"], []]))

    assert ["Name", "----", "x", "  - because", "", "y"] == lines


def test_a_group_is_named_once() -> None:
    lines = list(draw(["Topic", "Name"], [["a", "x"], ["a", "y"], ["b", "z"]], PLAIN, grouped=True))

    assert ["a      x", "       y", "b      z"] == lines[2:]


def test_all_first_cells_that_repeat_the_row_above_stay_blank() -> None:
    rows = [["Ecuador", "CONAIE", "x"], ["Ecuador", "CONAIE", "y"], ["Ecuador", "", "z"]]
    lines = list(draw(["Place", "Actor", "What"], rows, PLAIN, grouped=True))

    assert ["Ecuador  CONAIE  x", "                 y", "Ecuador          z"] == lines[2:]


def test_words_are_never_cut_side_by_side() -> None:
    heads, rows = ["Law", "Issue"], [["Framework Law on Autonomies", "Decentralization of government"]]

    assert ["Framework", "Law on", "Autonomies"] == [line[:12].strip() for line in draw(heads, rows, Style(30, bold=False))][
        2:
    ]
    assert ["Law: Framework Law", "on Autonomies", "Issue:", "Decentralization of", "government"] == list(
        draw(heads, rows, Style(20, bold=False))
    )


def test_what_would_steer_a_terminal_is_taken_out() -> None:
    assert "red[31m and more" == visible("red\x1b[31m and\nmore").replace(" [", "[")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Mn", "Me", "Zl", "Zp"]), max_size=80), st.integers(2, 30))
def test_wrapping_keeps_every_word_and_fits(text: str, width: int) -> None:
    lines = wrap(text, width)

    assert "".join(text.split()) == "".join("".join(lines).split())
    assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize("width", [20, 40, 80, 120])
@given(st.lists(st.lists(st.text("ab cdé-", max_size=40), min_size=3, max_size=3), max_size=6))
def test_no_line_is_longer_than_the_terminal(width: int, rows: list[list[str]]) -> None:
    assert all(len(line) <= width for line in draw(["One", "Two", "Three"], rows, Style(width, bold=False)))
