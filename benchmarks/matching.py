"""Finding what may be the same among many names: how the time grows, and how many slips are found.

Invented names of organisations; every twentieth is the one before it with two neighbouring letters transposed. Seconds are those of
the processor, so that a busy machine does not count. The limit is growth: ten times the names may take at most twenty times as long
(words that are one letter apart become more frequent as the vocabulary grows; comparing each with each would be a hundred times).
"""

from __future__ import annotations

import random
import sys
from time import process_time

from benchmarks.report import write_table
from kg.matching.candidates import candidates
from kg.matching.score import Named

SIZES = (1_000, 10_000, 100_000)
LEAST = 0.75
GROWTH = 20.0
_KINDS = (
    "Federation",
    "Union",
    "Association",
    "Ministry",
    "Council",
    "National",
    "of Peasants",
    "of Workers",
    "Cooperativa",
)
_SYLLABLES = ("ba", "co", "du", "fe", "gi", "lo", "mu", "na", "pe", "ri", "sa", "to", "vu", "za", "che", "lla", "ndo", "rre")


def names(size: int, seed: int = 1) -> tuple[list[str], list[tuple[int, int]]]:
    """Names, and the numbers of those that are one name written twice."""
    chance = random.Random(seed)  # noqa: S311  # invented names need no secrecy
    words = ["".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(3, 5))).title() for _ in range(size // 3)]
    made = [
        " ".join([chance.choice(_KINDS), *(chance.choice(words) for _ in range(chance.randint(1, 3)))]) for _ in range(size)
    ]
    slips = []
    for first in range(0, size - 1, 20):
        text = made[first]
        at = chance.randrange(len(text) - 4, len(text) - 2)
        made[first + 1] = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        slips.append((first, first + 1))
    return made, slips


def main() -> int:
    """Prints the table; 1 where a limit is not kept."""
    rows, before, kept = [], 0.0, True
    for size in SIZES:
        made, slips = names(size)
        start = process_time()
        found = candidates([Named(f"{n:06}", (name,)) for n, name in enumerate(made)], LEAST)
        seconds = process_time() - start
        pairs = {(int(c.a.id), int(c.b.id)) for c in found}
        share = sum(slip in pairs for slip in slips) / len(slips)
        growth = seconds / before if before else 0.0
        kept = kept and growth <= GROWTH
        rows.append([f"{size:,}", f"{seconds:.1f}", f"{growth:.1f}" if growth else "", f"{len(found):,}", f"{share:.0%}"])
        before = seconds
    write_table(["names", "seconds", "growth", "pairs", "slips found"], rows)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
