"""What kg says to people, as each language sets it: whole sentences from files, parts put together, numbers."""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

__all__ = ["COMMON", "Sentences", "by_name", "fold", "interval", "number_in", "paired", "series", "typeset", "words_of"]

COMMON = Path(__file__).with_name("wording.json")
"""What holds parts of a text together, the same wherever something is told."""
_HELD = {"es": r" (?=%)", "fr": r" (?=[:;?!»%])|(?<=«) "}
"""Where a space belongs to what follows or precedes it."""
_NARROW = "\N{NARROW NO-BREAK SPACE}"
_GROUPS = {"en": ",", "es": ".", "fr": _NARROW}
_POINTS = {"en": ".", "es": ",", "fr": ","}
"""Between groups of three digits, and before decimals (CLDR)."""


def typeset(text: str, lang: str) -> str:
    """A text of ours as the language sets it: no line begins with a sign that a space goes before, as most do in French.

    The files hold plain spaces, which editors show and people can type. The narrow space of groups of digits stands in
    all these places, so that one kind serves.

    >>> typeset("Sources : « A »", "fr") == "Sources\u202f: «\u202fA\u202f»"
    True
    """
    return re.sub(_HELD[lang], _NARROW, text) if lang in _HELD else text


_GAPS = re.compile(r"[^\S\u00a0\u202f]+")


def words_of(text: str) -> list[str]:
    """The parts of a text between which a line may end: a no-break space holds together what it stands in.

    >>> words_of("a\u202f: b")
    ['a\u202f:', 'b']
    """
    return text.split() if text.isascii() else [word for word in _GAPS.split(text) if word]


@functools.cache
def _texts(file: Path) -> dict[str, dict[str, Any]]:
    content: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return content


@functools.cache
def _set(file: Path, key: str, lang: str) -> tuple[str, ...]:
    text = _texts(file)[key][lang]
    return tuple(typeset(each, lang) for each in ([text] if isinstance(text, str) else text))


class Sentences:
    """The sentences of one file in one language.

    The file maps a key to a text per language. A text is a string with `{named}` places, or two of them, for one and for more,
    chosen by the value of `n`.
    """

    def __init__(self, file: Path, lang: str) -> None:
        self.file, self.lang = file, lang

    def __contains__(self, key: str) -> bool:
        return key in _texts(self.file)

    def __call__(self, key: str, **values: Any) -> str:
        """The sentence of that key with the values in their places; raises KeyError for a key that does not exist."""
        text, *more = _set(self.file, key, self.lang)
        if more and not (values["n"] in (0, 1) if self.lang == "fr" else values["n"] == 1):
            text = more[0]
        return text.format(**values)


def fold(text: str) -> str:
    """The text without accents, case and repeated blanks, for comparing names."""
    decomposed = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).casefold().split())


def by_name(text: str) -> tuple[str, str]:
    """What names are sorted by: without accents and case, then as they are; the same on every machine.

    >>> sorted(["Zulia", "Équateur", "école", "Chili"], key=by_name)
    ['Chili', 'école', 'Équateur', 'Zulia']
    """
    return fold(text), text


def series(parts: Iterable[Any], lang: str) -> str:
    """Parts one after the other, with the semicolon as the language sets it.

    >>> series(["A", "B"], "en"), series([], "en")
    ('A; B', '')
    """
    return _set(COMMON, "text.between", lang)[0].join(map(str, parts))


def paired(heading: str, text: str, lang: str) -> str:
    """A heading and what it says of, with the colon as the language sets it.

    >>> paired("Power", "high", "en")
    'Power: high'
    """
    return Sentences(COMMON, lang)("text.pair", heading=heading, text=text)


def number_in(value: float | Decimal | str, lang: str, *, grouped: bool = True) -> str:
    """A number as the language groups its digits and marks decimals, the same as the pages' scripts write it (CLDR).

    A text holds digits with a point, as many decimals as are to be shown; of other numbers twelve digits are. Digits that
    are not `grouped` can be copied into a calculation.

    >>> number_in(12345, "en"), number_in(1234, "es"), number_in(12345, "es")
    ('12,345', '1234', '12.345')
    >>> number_in(0.5, "en"), number_in(0.5, "fr"), number_in("-0.50", "es")
    ('0.5', '0,5', '-0,50')
    """
    text = value if isinstance(value, str) else str(value) if isinstance(value, int) else _digits(value)
    whole, point, decimals = text.partition(".")
    digits = whole.removeprefix("-")
    if not digits.isdecimal():  # infinite, or no number
        return text
    if grouped and (lang != "es" or len(digits) > 4):
        sign = whole.removesuffix(digits)
        whole = sign + f"{int(digits):,}".replace(",", _GROUPS[lang])
    return whole + (_POINTS[lang] + decimals if point else "")


def interval(low: float | Decimal | None, high: float | Decimal | None, lang: str) -> str:
    """An interval in the numbers of the language, one where both ends are the same, "" where neither is known.

    >>> interval(0.5, 1, "fr"), interval(2, 2, "en"), interval(None, 1, "en")
    ('0,5–1', '2', '?–1')
    """
    if low is None and high is None:
        return ""
    shown = [number_in(end, lang) if end is not None else "?" for end in (low, high)]
    return shown[0] if low == high else "–".join(shown)


def _digits(value: float | Decimal) -> str:
    text = f"{Decimal(f'{value:.12g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
