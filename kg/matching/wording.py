"""Names taken apart: the words that tell things apart, without legal forms, titles and small words, and in one language."""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from kg.formats.labels import fold

__all__ = ["Wording", "wording"]

_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"[^\W\d_]{2,10}(?:-[^\W\d_]{1,5})?")
_IN_BRACKETS = re.compile(r"\s*\(([^\W\d_]{3,10})\)")
_LONGEST_FORM = 5


@dataclass(frozen=True)
class Wording:
    """A name taken apart."""

    text: str
    """As it is written."""
    folded: str
    """Without accents, case, and blanks that are too many."""
    plain: tuple[str, ...]
    """Every word, folded."""
    words: tuple[str, ...]
    """The words that tell things apart; a word of several languages in the first of them."""
    acronym: str
    """Folded, where the name looks like one or has one in brackets."""
    initials: tuple[str, ...]
    """First letters of its words: with and without small words, and without a place at the end."""

    @property
    def key(self) -> str:
        """The words in alphabetical order, as one text."""
        return " ".join(sorted(self.words))


@functools.cache
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], dict[str, str]]:
    raw = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
    groups = raw["one word in several languages"]
    one = {fold(word): fold(group[0]) for group in groups for word in group}
    lists = (frozenset(raw[k]) for k in ("legal forms", "titles", "small words", "of a place"))
    forms, titles, small, place = lists
    return forms, titles, small, place, one


def _without_legal_forms(words: tuple[str, ...]) -> tuple[str, ...]:
    forms = _lists()[0]
    for length in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        if " ".join(words[-length:]) in forms:
            return _without_legal_forms(words[:-length])
    return words


def _initials(plain: tuple[str, ...]) -> tuple[str, ...]:
    small, place = _lists()[2:4]
    found = ["".join(w[0] for w in plain), "".join(w[0] for w in plain if w not in small)]
    for at in range(len(plain) - 1, 1, -1):
        if plain[at] in place:
            found.append("".join(w[0] for w in plain[:at] if w not in small))
    return tuple(dict.fromkeys(i for i in found if len(i) >= 3))


@functools.lru_cache(maxsize=300_000)
def wording(text: str) -> Wording:
    """A name taken apart.

    >>> wording("  Müller & Söhne GmbH & Co. KG ").words
    ('muller', 'sohne')
    >>> wording("Ministerio de Agricultura").key == wording("Ministry of Agriculture").key
    True
    """
    _, titles, small, _, one = _lists()
    text = unicodedata.normalize("NFKC", text)
    folded = fold(text.replace("ß", "ss"))
    plain = tuple(_WORD.findall(folded))
    bracketed = _IN_BRACKETS.search(text)
    if bracketed and bracketed[1].isupper():  # an acronym beside the name; a place would tell things apart
        inside, bare = fold(bracketed[1]), text[: bracketed.start()] + text[bracketed.end() :]
        kept = _without_legal_forms(tuple(_WORD.findall(fold(bare.replace("ß", "ss")))))
    else:
        inside, bare, kept = "", text.strip().replace(".", ""), _without_legal_forms(plain)
    told = tuple(one.get(w, w) for w in kept if w not in small and w not in titles)
    acronym = inside or (fold(bare).replace("-", "") if _ACRONYM.fullmatch(bare) and bare.upper() == bare else "")
    return Wording(text, folded, plain, told or kept or plain, acronym, _initials(kept) if len(kept) > 2 else ())
