"""How many actors a grid shows: as many as a person can read across, those with most to say; a note tells of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.questions.answer import Thing
from kg.views.charts.answers import word
from kg.views.page import Labels

__all__ = ["WIDEST", "widest", "widest_note"]

WIDEST = 80
"""Most actors along one side of a grid."""


def widest(counts: Mapping[Thing, int], name: Callable[[Thing], str] = lambda actor: actor.iri) -> tuple[list[Thing], int]:
    """Those with the highest counts, then by name, no more than a grid shows; and how many others there are."""
    order = sorted(counts, key=lambda actor: (-counts[actor], name(actor), actor.iri))
    return order[:WIDEST], max(0, len(order) - WIDEST)


def widest_note(left_out: int, key: str) -> Labels:
    """The sentence that says how many actors a grid leaves out; no text where it shows everybody."""
    return word(key, n=WIDEST, all=WIDEST + left_out) if left_out else {}
