"""Colours that can be told from their background: a palette, and given colours moved until they stand out."""

from __future__ import annotations

import re

from kg.errors import InputError

__all__ = [
    "BACKGROUND",
    "BACKGROUND_DARK",
    "PALETTE",
    "PALETTE_DARK",
    "RAMP",
    "RAMP_DARK",
    "SIGN_COLOURS",
    "contrast",
    "readable",
]

BACKGROUND = "#ffffff"
BACKGROUND_DARK = "#14181d"
"""Backgrounds of the drawing, as in static/page.css."""

PALETTE = ("#0072b2", "#b35900", "#00785a", "#a8437c", "#5b5bc0", "#7a6200", "#8c3b2e", "#456b78")
"""For entries without a colour: hues of Okabe and Ito's palette, darkened to 4.5:1 on white."""
PALETTE_DARK = ("#56b4e9", "#f0a860", "#4cc2a0", "#e08fc0", "#a8a8f0", "#d8c04a", "#e58a7a", "#8fb8c8")
"""The same hues for dark pages, where names of groups are written in them: at least 4.5:1."""

SIGN_COLOURS = {1: ("#1a7f37", "#4ac26b"), -1: ("#c62828", "#ff8080"), 0: ("#57606a", "#9da7b3")}
"""Friendly or for, hostile or against, neither: on a light and on a dark page."""

RAMP = ("#4f94cd", "#2f7bb8", "#1e5f99", "#134679", "#082d5a")
RAMP_DARK = ("#3f739f", "#5f93c3", "#86b4e0", "#b3d4f5", "#e3f1ff")
"""From little to much: steps of one hue, each at least 3:1 against the drawing, more always further from it."""

_LEAST = 3.0
"""Least contrast of a graphical object (WCAG 2.2, 1.4.11)."""


def readable(colour: str, background: str, where: str) -> str:
    """`colour` (#rrggbb), mixed with black or white in steps until it has 3:1 against `background`.

    Raises InputError for anything that is not #rrggbb.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise InputError(f"{where}: colour {colour!r} is not of the form #rrggbb; write it so")
    towards = 0 if _luminance(background) > 0.18 else 255  # 0.18: as far from black as from white
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(21):
        mixed = "#" + "".join(f"{round(part + (towards - part) * step / 20):02x}" for part in parts)
        if contrast(mixed, background) >= _LEAST:
            return mixed
    return mixed


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (#rrggbb), 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
