"""How benchmarks print what they measured: a table of ratios against named rivals, with the limit each must keep."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

__all__ = ["over", "timed", "write_table"]


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def over(ours: Sequence[float], rival: Sequence[float]) -> float:
    """Ratio of the medians."""
    return median(ours) / median(rival)


def write_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints an aligned table."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    for row in [heads, ["-" * w for w in widths], *rows]:
        sys.stdout.write("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() + "\n")
    sys.stdout.flush()
