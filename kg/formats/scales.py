"""Scores as analysts write them, to intervals in [0, 1].

One rule: the steps of a scale share [0, 1] equally, and a score is the interval of its step. So `medium` of three words is
1/3 to 2/3, and `4/5` (or a bare 4: the scale from 1 to 5) is 0.6 to 0.8. An influence tower of 3 blocks where the tallest
has 8 (`tower 3/8`) is 3/9 to 4/9: towers begin with 0 blocks, so there are 9 steps. `0.2-0.6` and `0.4` stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal

__all__ = ["SHORTHANDS", "Shorthand", "interval"]

_WORDS = (
    ("low", "bajo", "baja", "faible", "bas"),
    ("medium", "medio", "media", "moyen", "moyenne"),
    ("high", "alto", "alta", "eleve", "elevee", "fort", "haut"),
)
_TOWERS = "tower|torre|tour"
_NUMBER = r"(\d+(?:\.\d+)?)"
_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|–|\.\.|to|a|à)\s*{_NUMBER}")  # people type the long dash
_OF = re.compile(r"(\d+)\s*(?:/|of|de|sur)\s*(\d+)")
_TOWER = re.compile(rf"(?:{_TOWERS})\s*(\d+)\s*(?:/|of|de|sur)\s*(\d+)")
_PLACES = Decimal("0.0001")


class Shorthand:
    """A column that is only written: it fills two others."""

    def __init__(self, name: str, low: str, high: str, **titles: str) -> None:
        self.name, self.low, self.high, self.titles = name, low, high, titles

    def is_called(self, header: str) -> bool:
        """True where `header` is its name or its title in any language."""
        return header.strip().casefold() in {self.name, *(t.casefold() for t in self.titles.values())}


SHORTHANDS = {
    "assessments": Shorthand("score", "low", "high", en="Score", es="Puntaje", fr="Score"),
    "positions": Shorthand("salience", "salience_low", "salience_high", en="Salience", es="Relevancia", fr="Saillance"),
}
"""By table."""


def _plain(value: Decimal) -> str:
    text = f"{value.quantize(_PLACES, ROUND_HALF_EVEN):f}".rstrip("0").rstrip(".")
    return text or "0"


def _step(number: int, steps: int) -> tuple[str, str]:
    return _plain(Decimal(number) / steps), _plain(Decimal(number + 1) / steps)


def interval(text: str) -> tuple[str, str] | None:
    """Both ends of the interval that a score stands for, as decimal texts; None where it is no score.

    >>> interval("medium"), interval("4/5"), interval("tower 3/8"), interval("0.2-0.6")
    (('0.3333', '0.6667'), ('0.6', '0.8'), ('0.3333', '0.4444'), ('0.2', '0.6'))
    """
    folded = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold().strip()
    for number, words in enumerate(_WORDS):
        if folded in words:
            return _step(number, len(_WORDS))
    if found := _TOWER.fullmatch(folded):
        height, tallest = int(found[1]), int(found[2])
        return _step(height, tallest + 1) if height <= tallest else None
    if found := _OF.fullmatch(folded):
        score, best = int(found[1]), int(found[2])
        return _step(score - 1, best) if 1 <= score <= best else None
    if re.fullmatch("[1-5]", folded):
        return _step(int(folded) - 1, 5)
    if found := _RANGE.fullmatch(folded):
        low, high = Decimal(found[1]), Decimal(found[2])
        return (_plain(low), _plain(high)) if low <= high <= 1 else None
    if re.fullmatch(r"0?\.\d+", folded):
        return _plain(Decimal(folded)), _plain(Decimal(folded))
    return None
