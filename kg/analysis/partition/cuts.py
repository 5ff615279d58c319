"""What a linear programme over ties is narrowed by, apart from the solver, which takes a while to load."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Cut"]


@dataclass(frozen=True, slots=True)
class Cut:
    """sum of `signs[i]` x variable `at[i]` >= `least`."""

    at: tuple[int, ...]
    signs: tuple[int, ...]
    least: int

    @classmethod
    def of(cls, terms: Iterable[tuple[int, int]], least: int) -> Cut:
        """The cut with its variables in order, terms of one variable added up."""
        total: dict[int, int] = {}
        for at, sign in terms:
            total[at] = total.get(at, 0) + sign
        kept = sorted((at, sign) for at, sign in total.items() if sign)
        return cls(tuple(at for at, _ in kept), tuple(sign for _, sign in kept), least)
