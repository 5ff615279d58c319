from __future__ import annotations

import re

import pytest

from kg.errors import InputError
from kg.views.colours import BACKGROUND, BACKGROUND_DARK, PALETTE, PALETTE_DARK, contrast, readable
from tests.conftest import ROOT


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # W3C's examples for WCAG 1.4.3


@pytest.mark.parametrize("background", [BACKGROUND, BACKGROUND_DARK])
@pytest.mark.parametrize("colour", ["#ffffff", "#000000", "#ffff00", "#14181d", "#7f7f7f", *PALETTE])
def test_colours_are_moved_until_they_stand_out(colour: str, background: str) -> None:
    assert contrast(readable(colour, background, "here"), background) >= 3


def test_a_colour_that_stands_out_stays() -> None:
    assert readable("#0072b2", BACKGROUND, "here") == "#0072b2"


def test_something_else_is_refused() -> None:
    with pytest.raises(InputError, match=r"here: colour 'blue' is not of the form #rrggbb"):
        readable("blue", BACKGROUND, "here")


def test_backgrounds_are_those_of_the_style_sheet() -> None:
    css = (ROOT / "kg" / "views" / "static" / "page.css").read_text(encoding="utf-8")

    found = list(dict.fromkeys(re.findall(r"--drawing: (#\w+)", css)))

    assert found == [BACKGROUND, BACKGROUND_DARK]


def test_names_of_groups_can_be_read_in_the_palette() -> None:
    for light, dark in zip(PALETTE, PALETTE_DARK, strict=True):
        assert contrast(light, BACKGROUND) >= 4.5  # WCAG 2.2, 1.4.3
        assert contrast(dark, BACKGROUND_DARK) >= 4.5
