"""Quotations found in a text in spite of line ends, hyphenation, ligatures and kinds of quotation marks."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

__all__ = ["Ranges", "find_quotation", "nearest", "page_of", "passage", "passage_hash"]

Ranges = list[tuple[int, int]]
"""Characters, counted from 0, the end excluded."""
_OMISSION = re.compile(r"\s*[\[(](?:\.\.\.|…)[\])]\s*")
_ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-", "‐": "-",
                        "‑": "-", "−": "-"})  # fmt: skip
_HYPHEN = re.compile(r"(?<=[^\W\d_])-\s*(?=[^\W\d_])")
_BROKEN = re.compile(r"(?<=\w)-\n\s*(?=\w)")


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in one spelling, and the character that each of its characters came from."""
    out: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        if char in "\u00ad\u200b\ufeff":
            continue
        for piece in unicodedata.normalize("NFKD", char).translate(_ALIKE):
            if piece.isspace():
                if out and out[-1] == " ":
                    continue
                piece = " "  # any white space counts as one blank
            out.append(piece)
            origin.append(at)
    joined = "".join(out)
    dropped = {n for match in _HYPHEN.finditer(joined) for n in range(match.start(), match.end())}
    kept = [n for n in range(len(joined)) if n not in dropped]
    return "".join(joined[n] for n in kept), [origin[n] for n in kept]


def find_quotation(text: str, quotation: str) -> list[Ranges]:
    """Every place where a quotation stands, each as its ranges; `[...]` in it stands for words left out.

    White space, hyphens within words, ligatures and the shape of quotation marks and dashes may differ, letters may not.

    >>> find_quotation("The co-\\noperatives agreed. Later they left.", "cooperatives agreed.")
    [[(4, 26)]]
    """
    plain, origin = _plain(text)
    parts = [_plain(part)[0].strip() for part in _OMISSION.split(quotation)]
    parts = [part for part in parts if part]
    found: list[Ranges] = []
    begin = plain.find(parts[0]) if parts else -1
    while begin >= 0:
        ranges: Ranges = []
        at = begin
        for part in parts:
            at = plain.find(part, at)
            if at < 0:
                break
            ranges.append((origin[at], origin[at + len(part) - 1] + 1))
            at += len(part)
        if len(ranges) == len(parts):
            found.append(ranges)
        begin = plain.find(parts[0], begin + 1)
    return found


def nearest(text: str, quotation: str) -> tuple[Ranges, float]:
    """The passage, in whole words, that is most like a quotation, and how many of its letters are the same (0 to 100)."""
    from rapidfuzz import fuzz

    plain, origin = _plain(text)
    wanted = _plain(quotation)[0].strip()
    best = fuzz.partial_ratio_alignment(wanted, plain)
    if best is None or best.dest_end <= best.dest_start:
        return [], 0.0
    begin, end = best.dest_start, best.dest_end
    while begin and not plain[begin - 1].isspace():
        begin -= 1
    while end < len(plain) and not plain[end].isspace():
        end += 1
    return [(origin[begin], origin[end - 1] + 1)], best.score


def passage(text: str, ranges: Ranges) -> str:
    """The words of the ranges: words broken at a line end are put together, white space becomes one blank."""
    return " ".join(" ".join(_BROKEN.sub("", text[a:b]).split()) for a, b in ranges)


def passage_hash(text: str, ranges: Ranges) -> str:
    """SHA-256 of the words of the ranges, which tells whether a passage is still what it was."""
    return hashlib.sha256(passage(text, ranges).encode()).hexdigest()


def page_of(pages: Sequence[int], character: int) -> int:
    """The page, counted from 1, that a character stands on."""
    return max(1, bisect_right(pages, character))
