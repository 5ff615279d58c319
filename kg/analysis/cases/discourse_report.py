"""A discourse network, told: who says the same as whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.analysis.cases.report import Measured, Report, Table, Value
from kg.analysis.cases.wording import Sentences, listed
from kg.analysis.discourse import DiscourseNetwork

__all__ = ["report_discourse"]

_SHOWN = 25
_NAMED = 3


def report_discourse(
    found: DiscourseNetwork, name: Callable[[str], str], lang: str, options: dict[str, str], facts: str = ""
) -> Report:
    """The report of `kg discourse`: tables `pairs` (every weight that is not 0) and `matrix`. `name` gives the label of a key."""
    say = Sentences("discourse", lang)
    one = options["mode"] == "one-mode"
    pairs = [
        (a, b, found.matrix[i][j])
        for i, a in enumerate(found.rows)
        for j, b in enumerate(found.columns)
        if found.matrix[i][j] and (not one or i < j)
    ]
    pairs.sort(key=lambda pair: (-pair[2], str(pair[0]), str(pair[1])))
    columns = ("actor", "other" if one else "concept", "weight")
    matrix: list[tuple[Value, ...]] = [
        (name(row), *(round(v, 9) for v in values)) for row, values in zip(found.rows, found.matrix, strict=True)
    ]
    return Report(
        "discourse",
        tuple(_sentences(found, pairs, name, say, one)),
        (
            Table.of(say, "pairs", columns, [(name(a), name(b), round(w, 9)) for a, b, w in pairs], first=_SHOWN, main=True),
            Table(
                "matrix",
                say("table.matrix"),
                ("actor", *map(str, found.columns)),
                (say("column.actor"), *map(name, found.columns)),
                tuple(matrix),
                hidden=True,
            ),
        ),
        (say(options["qualifier"]), say("silence")),
        facts,
        {**options, "statements": found.statements, "total": round(found.total, 9)},
        tuple(Measured(str(a), "discourse-tie", round(w, 9), str(b)) for a, b, w in sorted(pairs)) if one else (),
    )


def _sentences(
    found: DiscourseNetwork, pairs: list[tuple[str, str, float]], name: Callable[[str], str], say: Sentences, one: bool
) -> Iterator[str]:
    actors = Sentences("facts", say.lang)("actors", n=len(found.rows))
    yield say("counted" if one else "counted-two", n=found.statements, actors=actors, columns=len(found.columns))
    if not pairs:
        yield say("nothing")
        return
    largest = pairs[0][2]
    best = [f"{name(a)} – {name(b)}" for a, b, w in pairs if w >= largest - 1e-9]
    yield say("heaviest", n=len(best), pairs=listed(best, say.lang, _NAMED), value=say.number(largest))
