"""Pairs worth a look, among many things, without comparing each with each.

Two names are compared where they share a key: their words in order, an acronym or initials, a rare word or the same word less
one letter (so that a slip or two letters transposed do not hide it; the deletion neighbourhood of Bocek et al., 2007), or two
rare words. Where a key is common, only neighbours in alphabetical order are compared (the sorted neighbourhood of Hernández
and Stolfo, 1995). So the work grows with the number of names, not with its square.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.matching.score import Named, Score, Scorer
from kg.matching.wording import Wording

__all__ = ["Candidate", "candidates"]

_RARE = 3
"""So many of the rarest words of a name are keys."""
_COMMON = 60
"""A word of more names than this is a key only together with another."""
_CROWD, _WINDOW = 24, 5
"""Of a key with more names than the first, only so many neighbours are compared."""
_INITIALS = 200
"""An acronym is compared with so many names whose initials spell it."""


@dataclass(frozen=True)
class Candidate:
    """Two things that may be one."""

    a: Named
    b: Named
    score: Score


def _less_one_letter(words: Iterable[str]) -> dict[str, list[str]]:
    """For each word its forms less one letter that another word has, too, or is."""
    forms = {w: {w, *(w[:n] + w[n + 1 :] for n in range(len(w)))} for w in words if len(w) > 4}
    shared = Counter(form for own in forms.values() for form in own)
    return {word: sorted(f for f in own if shared[f] > 1) for word, own in forms.items()}


def _keys(name: Wording, frequency: Counter[str], near: dict[str, list[str]]) -> Iterator[str]:
    rare = sorted(set(name.words), key=lambda w: (frequency[w], w))[:_RARE]
    yield "=" + name.key
    for word in rare:
        if frequency[word] <= _COMMON:
            yield word
        yield from near.get(word, ())
    for first, second in combinations(sorted(rare), 2):
        yield f"{first} {second}"
    if name.acronym:
        yield "@" + name.acronym
    for initials in name.initials:
        yield "@" + initials


def _pairs(blocks: dict[str, list[int]], rank: Sequence[int], acronyms: Collection[int]) -> tuple[array[int], array[int]]:
    """Pairs of names that share a key, each as one number; those that an acronym or all words brought together apart.

    Two names whose initials are the same say nothing: one of the two must be an acronym.
    """
    by_word, sure = array("q"), array("q")
    size = len(rank)
    for key, members in blocks.items():
        if len(members) < 2:
            continue
        target = sure if key[0] in "@=" else by_word
        members = sorted(set(members), key=rank.__getitem__)
        if key[0] == "@":
            for first in (n for n in members if n in acronyms):
                target.extend(min(first, n) * size + max(first, n) for n in members[:_INITIALS] if n != first)
            continue
        reach = _WINDOW if len(members) > _CROWD else len(members)
        for at, first in enumerate(members):
            target.extend(min(first, n) * size + max(first, n) for n in members[at + 1 : at + 1 + reach])
    return by_word, sure


def candidates(
    things: Sequence[Named], least: float = 0.7, progress: Callable[[str], None] = lambda _: None, lang: str = "en"
) -> list[Candidate]:
    """Pairs whose score is `least` or more, the surest first, then in the order of their ids; reasons in the language `lang`.

    Names whose letters, words sorted, are less alike than `least` are not scored, acronyms aside. The
    order of `things` changes nothing but which of two stands first.
    """
    if len(things) < 2:
        return []
    import numpy as np
    from rapidfuzz import fuzz, process

    owners, names = zip(*((number, name) for number, thing in enumerate(things) for name in thing.wordings), strict=True)
    frequency = Counter(word for name in names for word in set(name.words))
    near = _less_one_letter(frequency)
    progress(f"{len(names):,} names")
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        for key in set(_keys(name, frequency, near)):
            blocks[key].append(at)
    acronyms = {at for at, name in enumerate(names) if name.acronym}
    written = [name.key for name in names]
    rank = [0] * len(names)
    for place, at in enumerate(sorted(range(len(names)), key=lambda n: (written[n], n))):
        rank[at] = place
    by_word, sure = (np.unique(np.frombuffer(p, dtype=np.int64)) for p in _pairs(blocks, rank, acronyms))
    progress(f"{len(by_word) + len(sure):,} pairs to compare")
    first, second = np.divmod(by_word, len(names))
    alike = process.cpdist(
        [written[n] for n in first], [written[n] for n in second], scorer=fuzz.ratio, score_cutoff=100 * least, workers=-1,
    ) if len(by_word) else np.zeros(0)  # fmt: skip
    of = np.asarray(owners)
    kept = np.concatenate([by_word[alike > 0], sure])
    found = {
        (min(a, b), max(a, b)) for a, b in zip(of[kept // len(names)].tolist(), of[kept % len(names)].tolist(), strict=True)
    }
    progress(f"{len(found):,} pairs to score")
    scorer = Scorer(frequency, len(names), least, lang)
    scored = (Candidate(things[a], things[b], scorer.score(things[a], things[b])) for a, b in sorted(found) if a != b)
    return sorted((c for c in scored if c.score.value >= least), key=lambda c: (-c.score.value, c.a.id, c.b.id))
