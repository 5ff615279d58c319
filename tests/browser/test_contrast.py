"""What the network page draws stands out from what is behind it: words by 4.5:1, marks by 3:1 (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, parse

import pytest

from kg.views import payload
from kg.views.colours import BACKGROUND, BACKGROUND_DARK, contrast
from kg.views.page import NetworkPage
from tests.browser.conftest import Open
from tests.browser.helpers import HUNDRED, save

SVG = "{http://www.w3.org/2000/svg}"
BEHIND = {"light": BACKGROUND, "dark": BACKGROUND_DARK}
FAINTEST = replace(
    HUNDRED,
    types=tuple(replace(each, colour="#ec7014", colour_dark="#6d6d6d") for each in HUNDRED.types),
    tie_types=tuple(replace(each, colour="#ec7014", colour_dark="#6d6d6d") for each in HUNDRED.tie_types),
)
"""Colours that have little more than the 3:1 that marks need: 3.05 on white, 3.45 on the dark drawing."""


def _drawn(open_page: Open, page: NetworkPage, scheme: str, folder: Path) -> tuple[list[Element], list[Element]]:
    """(the lines and areas, the words) of the saved drawing."""
    shown = open_page(page, f"theme={scheme}")
    save(shown, "save-svg").save_as(folder / "a.svg")
    root = parse(folder / "a.svg").getroot()
    return list(root.iter(f"{SVG}path")), list(root.iter(f"{SVG}text"))


def _seen(colour: str, opacity: float, behind: str) -> str:
    """The colour that a see-through one makes with what is behind it."""
    parts = ((int(colour[at : at + 2], 16), int(behind[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(opacity * over + (1 - opacity) * under):02x}" for over, under in parts)


@pytest.mark.parametrize("scheme", BEHIND)
def test_lines_and_words_stand_out(open_page: Open, scheme: str, tmp_path: Path) -> None:
    paths, texts = _drawn(open_page, FAINTEST, scheme, tmp_path)

    lines = [
        each for each in paths if each.get("fill") == "none" and each.get("stroke") != BEHIND[scheme]
    ]  # the rest: hollows
    strokes = {(each.get("stroke", ""), float(each.get("opacity", "1"))) for each in lines}
    words = {each.get("fill", "") for each in texts}
    assert any(each.text == "i" for each in texts)  # the sign of what is inferred
    assert min(contrast(_seen(colour, opacity, BEHIND[scheme]), BEHIND[scheme]) for colour, opacity in strokes) >= 3
    assert min(contrast(colour, BEHIND[scheme]) for colour in words) >= 4.5


@pytest.mark.parametrize("scheme", BEHIND)
def test_numbers_stand_out_from_the_discs_of_communities(
    open_page: Open, scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payload, "OVERVIEW", 50)
    paths, texts = _drawn(open_page, FAINTEST, scheme, tmp_path)

    discs = {each.get("fill", "") for each in paths if each.get("stroke") == BEHIND[scheme]} - {BEHIND[scheme]}
    numbers = {each.get("fill", "") for each in texts if each.text and each.text.isdigit()}
    assert discs
    assert min(contrast(number, disc) for number in numbers for disc in discs) >= 4.5
