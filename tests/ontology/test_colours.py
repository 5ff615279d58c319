"""Signs and groups can be told apart on light and dark, also by people who do not see all colours.

Contrast: WCAG 2.2, success criterion 1.4.11 (3:1 for graphical objects), with its relative luminance. Colour vision
deficiency: Machado, Oliveira and Fernandes (2009), A physiologically-based model for simulation of color vision deficiency,
IEEE TVCG 15(6), the matrices for severity 1.0, applied to linear RGB. Difference: Euclidean in CIELAB (CIE 1976, D65),
where about 2.3 is just noticeable (Mahy, Van Eycken and Oosterlinck 1994).
"""

from __future__ import annotations

from itertools import combinations, product

import pytest
from rdflib import SKOS, URIRef

from kg.views.colours import BACKGROUND, BACKGROUND_DARK
from tests.ontology.vocabulary import CONCEPT, KG, concepts, one, relation_types

BACKGROUNDS = {"colour": BACKGROUND, "colourDark": BACKGROUND_DARK}
VISIONS = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
SRGB_TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
D65 = (0.95047, 1.0, 1.08883)
GROUPS = [c for c in concepts() if c.startswith(CONCEPT + "actor-type/") and one(c, SKOS.broader) is None]
SHAPES = {"circle", "square", "triangle", "diamond", "hexagon", "star"}

Triple = tuple[float, ...]


def linear(colour: str) -> Triple:
    """The linear RGB values of a hexadecimal sRGB colour."""
    values = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)


def times(matrix: tuple[Triple, ...], vector: Triple) -> Triple:
    """Matrix times vector."""
    return tuple(sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)


def contrast(one_colour: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, from 1 to 21."""
    low, high = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one_colour), linear(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, vision: str) -> Triple:
    """The CIELAB coordinates of a colour as somebody with that vision sees it."""
    seen = tuple(min(1.0, max(0.0, v)) for v in times(VISIONS[vision], linear(colour)))
    scaled = (v / white for v, white in zip(times(SRGB_TO_XYZ, seen), D65, strict=True))
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one_colour: str, other: str, vision: str) -> float:
    """How far apart two colours are for somebody with that vision."""
    pairs = zip(lab(one_colour, vision), lab(other, vision), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def colours(sign: str, theme: str) -> set[str]:
    """The colours of all relation types of a sign."""
    wanted = URIRef(CONCEPT + "sign/" + sign)
    return {str(one(r, KG[theme])) for r in relation_types() if one(r, KG.sign) == wanted}


def test_black_on_white_has_the_contrast_that_wcag_states() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)  # WCAG 2.2, definition of contrast ratio


@pytest.mark.parametrize("vision", VISIONS)
def test_white_stays_white_in_every_vision(vision: str) -> None:
    assert lab("#FFFFFF", vision) == pytest.approx((100, 0, 0), abs=0.02)  # rows of the published matrices sum to 1


def test_red_and_green_come_closer_for_people_who_confuse_them() -> None:
    seen = {vision: difference("#CC3311", "#117733", vision) for vision in VISIONS}

    assert seen["deuteranopia"] < seen["normal"] / 2
    assert seen["protanopia"] < seen["normal"] / 2


@pytest.mark.parametrize("theme", BACKGROUNDS)
@pytest.mark.parametrize("concept", relation_types() + GROUPS, ids=lambda c: c.rpartition("/")[2])
def test_a_colour_stands_out_from_its_background(concept: URIRef, theme: str) -> None:
    assert contrast(str(one(concept, KG[theme])), BACKGROUNDS[theme]) >= 3


@pytest.mark.parametrize("theme", BACKGROUNDS)
@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize(
    ("sign", "other", "least"), [("positive", "negative", 40), ("positive", "neutral", 12), ("negative", "neutral", 12)]
)
def test_signs_differ_in_colour_for_everybody(sign: str, other: str, least: float, vision: str, theme: str) -> None:
    near = min(difference(a, b, vision) for a, b in product(colours(sign, theme), colours(other, theme)))

    assert near >= least


def test_line_patterns_differ_and_are_dashes_that_a_canvas_takes() -> None:
    arrays = [str(one(c, KG.dashArray)) for c in concepts() if c.startswith(CONCEPT + "pattern/")]

    assert len(set(arrays)) == len(arrays) == 4
    assert all(float(length) > 0 for array in arrays for length in array.split())


def test_groups_of_actors_differ_in_shape_and_in_colour() -> None:
    assert {str(one(g, KG.shape)) for g in GROUPS} == SHAPES
    for theme in BACKGROUNDS:
        assert all(one(a, KG[theme]) != one(b, KG[theme]) for a, b in combinations(GROUPS, 2))
