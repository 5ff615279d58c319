"""What is only inherited from categories, marked wherever a report names it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.analysis.cases.model import Case, CaseTie
from kg.analysis.cases.wording import Sentences

__all__ = ["Heritage"]


class Heritage:
    """Tells ties and tensions of a case, with a mark where members only inherit them from their categories."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._mark = Sentences("facts", case.lang)("inherited")
        hostile = [tie for tie in case.ties if tie.sign < 0]
        self._own = {frozenset((tie.source, tie.target)) for tie in hostile if not tie.inherited}
        self._inherited = {frozenset((tie.source, tie.target)) for tie in hostile if tie.inherited}

    def tie(self, tie: CaseTie) -> str:
        """A tie as people read it."""
        name = tie.label or f"{self._case.label(tie.source)} – {self._case.label(tie.target)}"
        return f"{name} ({self._mark})" if tie.inherited else name

    def foe(self, actor: str, of: Iterable[str]) -> str:
        """The name of an actor, marked where it is in tension with some of these only by what is inherited."""
        pairs = {frozenset((actor, other)) for other in of}
        name = self._case.label(actor)
        return f"{name} ({self._mark})" if pairs & self._inherited and not pairs & self._own else name
