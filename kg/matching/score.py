"""How surely two things are the same, and why, in words.

The rules, from the surest: equal names; equal but for punctuation, word order, legal form, title or language; an acronym of
both; an acronym that the other's initials spell; else the share of words in common. There each word of one name is set
against the nearest word of the other (optimal string alignment; Damerau 1964), and weighs as much as it is rare in the
material: log(names / names with the word), the inverse document frequency of Spärck Jones (1972). Numbers, and words of
three letters or fewer, must be equal. What else is known of both (kind, country) takes off where it differs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from kg.matching.sentences import sentences
from kg.matching.wording import Wording, wording

__all__ = ["Named", "Score", "Scorer"]

_NEAR = 0.75
"""From this share of equal letters on, two words may be spellings of one."""
_OTHER_KIND, _OTHER_COUNTRY = 0.3, 0.25
_ACRONYMS, _INITIALS, _OTHER_ACRONYM, _TRANSPOSED = 0.85, 0.9, 0.75, 0.75
_OTHER_NUMBER = 0.4
_MOST = 0.95
"""What names that are spelt differently reach at most."""


@dataclass(frozen=True)
class Named:
    """A thing with what is known to tell it apart."""

    id: str
    names: tuple[str, ...]
    """Names in all languages, aliases and acronyms, the first one being what it is called."""
    kind: str = ""
    countries: frozenset[str] = frozenset()
    source: str = ""
    """The data set that it stands in."""

    @cached_property
    def wordings(self) -> list[Wording]:
        """Its names taken apart."""
        return [wording(name) for name in self.names]


@dataclass(frozen=True, order=True)
class Score:
    """From 0 to 1, and the reasons in words."""

    value: float
    why: tuple[str, ...] = field(compare=False)


_Reason = tuple[str, dict[str, str]]
"""The key of a sentence under `why.`, and what stands in its places."""


@dataclass(frozen=True, order=True)
class _Likeness:
    """From 0 to 1, and the reasons; put into words only for the two names that are the most alike."""

    value: float
    why: tuple[_Reason, ...] = field(default=(), compare=False)


@lru_cache(maxsize=200_000)
def _alike(a: str, b: str) -> float:
    """Share of equal letters of two words that differ; 0 where they cannot be spellings of one."""
    if abs(len(a) - len(b)) > 3 or min(len(a), len(b)) <= 3 or not (a.isalpha() and b.isalpha()):
        return 0.0
    from rapidfuzz.distance import OSA

    alike: float = OSA.normalized_similarity(a, b, score_cutoff=_NEAR)
    return alike if alike >= _NEAR else 0.0


class Scorer:
    """Scores pairs; `frequency` tells in how many of `total` names a word stands. Scores below `least` give no reasons.

    Reasons are given in the language `lang`.
    """

    def __init__(self, frequency: Mapping[str, int], total: int, least: float = 0.0, lang: str = "en") -> None:
        self.frequency, self.total, self.least = frequency, max(total, 2), least
        self._say = sentences(lang)
        self._weights: dict[str, float] = {}

    def weight(self, word: str) -> float:
        """How much a word tells: the rarer the more."""
        if word not in self._weights:
            self._weights[word] = math.log(1 + self.total / (1 + self.frequency.get(word, 0)))
        return self._weights[word]

    def score(self, a: Named, b: Named) -> Score:
        """How surely two things are the same."""
        best = max((self._names(x, y) for x in a.wordings for y in b.wordings), default=_Likeness(0.0))
        value, why = best.value, list(best.why)
        if a.kind and b.kind and a.kind != b.kind:
            value -= _OTHER_KIND
            why.append(("other-kind", {"a": a.kind, "b": b.kind}))
        if a.countries and b.countries and not a.countries & b.countries:
            value -= _OTHER_COUNTRY
            of_a, of_b = (", ".join(sorted(thing.countries)) for thing in (a, b))
            why.append(("other-country", {"a": of_a, "b": of_b}))
        return Score(round(max(value, 0.0), 2), tuple(self._say(f"why.{key}", **places) for key, places in why))

    def _names(self, a: Wording, b: Wording) -> _Likeness:
        def alike(value: float, key: str) -> _Likeness:
            return _Likeness(value, ((key, _pair(a, b)),))

        if a.text == b.text:
            return _Likeness(1.0, (("called", {"a": a.text}),))
        if a.folded == b.folded:
            return _Likeness(1.0, (("blanks", {"a": a.text, "b": b.text}),))
        if a.plain == b.plain or "".join(a.plain) == "".join(b.plain):
            return alike(0.99, "punctuation")
        if sorted(a.plain) == sorted(b.plain):
            return alike(0.97, "order")
        if len("".join(a.words)) > 3 and a.key == b.key and a.acronym and b.acronym and a.acronym != b.acronym:
            return alike(_OTHER_ACRONYM, "other-acronyms")
        if len("".join(a.words)) > 3 and a.words == b.words:
            return alike(0.95, "form")
        if len("".join(a.words)) > 3 and a.key == b.key:
            return alike(0.93, "small-words")
        if a.acronym == "".join(a.plain) and b.acronym == "".join(b.plain):
            # two acronyms that differ by a letter are mostly two organisations, such as an umbrella and its member
            return alike(_TRANSPOSED, "transposed") if sorted(a.acronym) == sorted(b.acronym) else _Likeness(0.0)
        return max(self._acronyms(a, b), self._words(a, b))

    @staticmethod
    def _acronyms(a: Wording, b: Wording) -> _Likeness:
        for short, long in ((a, b), (b, a)):
            if short.acronym and short.acronym in long.initials:
                return _Likeness(_INITIALS, (("initials", _pair(short, long)),))
            if len(short.acronym) >= 3 and short.acronym in long.plain and len(long.plain) > 1:
                return _Likeness(_ACRONYMS, (("holds", _pair(a, b)),))
        return _Likeness(0.0)

    def _words(self, a: Wording, b: Wording) -> _Likeness:
        same, near, only_a, only_b = _aligned(a.words, b.words)
        weight = self.weight
        shared = whole = 2 * sum(map(weight, same))
        for x, y, alike in near:
            heavier = 2 * max(weight(x), weight(y))
            shared, whole = shared + alike * heavier, whole + heavier
        whole += sum(map(weight, only_a)) + sum(map(weight, only_b))
        value = _MOST * shared / whole if whole else 0.0
        if any(w.isdigit() for w in (*only_a, *only_b)):
            value = min(value, _OTHER_NUMBER)
        if value < self.least:
            return _Likeness(value)
        why: list[_Reason] = [("pair", _pair(a, b))]
        for key, listed in (
            ("in-common", same), ("spelt-alike", [f"{x} ~ {y}" for x, y, _ in near]), ("only-in-one", [*only_a, *only_b]),
        ):  # fmt: skip
            if listed:
                why.append((key, {"words": ", ".join(listed)}))
        return _Likeness(value, tuple(why))


def _pair(a: Wording, b: Wording) -> dict[str, str]:
    return {"a": a.text.strip(), "b": b.text.strip()}


def _aligned(a: Sequence[str], b: Sequence[str]) -> tuple[list[str], list[tuple[str, str, float]], list[str], list[str]]:
    """Words in both, pairs of words spelt alike (the most alike first), words of `a` alone, and of `b` alone."""
    only_b = list(b)
    same, only_a = [], []
    for word in a:
        if word in only_b:
            only_b.remove(word)
            same.append(word)
        else:
            only_a.append(word)
    near: list[tuple[str, str, float]] = []
    pairs = sorted((-s, x, y) for x in only_a for y in only_b if (s := _alike(x, y)))
    for alike, x, y in pairs:
        if x in only_a and y in only_b:
            near.append((x, y, -alike))
            only_a.remove(x)
            only_b.remove(y)
    return same, near, only_a, only_b
