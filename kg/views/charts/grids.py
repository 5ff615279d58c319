"""How many actors a grid shows: as many as a person can read across, those with most to say; a note tells of the others."""

from __future__ import annotations

from collections.abc import Mapping

from kg.questions.answer import Thing
from kg.views.charts.answers import Answers, word
from kg.views.page import Labels

__all__ = ["WIDEST", "widest", "widest_note"]

WIDEST = 80
"""Most actors along one side of a grid."""


def widest(counts: Mapping[Thing, int], answers: Answers) -> tuple[list[Thing], int]:
    """Those with the highest counts, then by name, no more than a grid shows; and how many others there are.

    Who finds room does not depend on the language, only where it stands.
    """
    shown = sorted(counts, key=lambda actor: (-counts[actor], actor.iri))[:WIDEST]
    return sorted(shown, key=lambda actor: (-counts[actor], answers.order(actor))), max(0, len(counts) - WIDEST)


def widest_note(left_out: int, key: str) -> Labels:
    """The sentence that says how many actors a grid leaves out; no text where it shows everybody."""
    return word(key, n=WIDEST, all=WIDEST + left_out) if left_out else {}
