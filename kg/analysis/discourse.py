"""Discourse networks: actors tied by what they say about the same concepts."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, cast

from kg.analysis.given import plain
from kg.analysis.signed import in_order
from kg.errors import AnalysisError, InputError, near_names

__all__ = ["DiscourseNetwork", "Statement", "discourse_network", "period_of", "stance_of"]

MODES = ("one-mode", "two-mode")
QUALIFIERS = ("ignore", "congruence", "conflict", "subtract")
NORMALISATIONS = ("none", "average", "jaccard", "cosine")
DUPLICATES = ("include", "document", "week", "month", "year", "all")
TWO_MODE = ("none", "average", "prominence")
SPELLINGS = {
    **{"onemode": "one-mode", "twomode": "two-mode", "no": "none", "keep": "include"},
    **{"averageactivity": "average", "activity": "average", "cosinesimilarity": "cosine", "jaccardsimilarity": "jaccard"},
    **{"includeallduplicates": "include", "ignoreperdocument": "document", "ignorepercalendarweek": "week"},
    **{"ignorepercalendarmonth": "month", "ignorepercalendaryear": "year"},
    **{"acrossrange": "all", "ignoreacrossdaterange": "all"},
}
"""What other programs call the same, without blanks and hyphens."""
FIELDS = {
    "actor": ("actor", "organization", "organisation", "person"),
    "concept": ("concept", "issue"),
    "stance": ("stance", "agreement", "qualifier"),
    "document": ("document", "documentid", "source"),
    "date": ("date", "time"),
}
"""What a field of a statement, or a column of a list of them, may be called; the first two are required."""
STANCES = {"true": 1, "yes": 1, "agree": 1, "false": 0, "no": 0, "disagree": 0}
PERIODS = {"week": "%G-%V", "month": "%Y-%m", "year": "%Y"}
MISSING = {"week": ("",), "month": ("", "-01"), "year": ("", "-01", "-01-01")}
"""What a date may lack at its end and still tell the period."""


class Statement(NamedTuple):
    """One coded statement: who takes which stance (True/False, or a whole number) on what, in which document and when."""

    actor: Any
    concept: Any
    stance: int = 1
    document: Any = ""
    date: date | str | None = None


@dataclass(frozen=True, slots=True)
class DiscourseNetwork:
    """Weights by row and column: `matrix[r][c]` for `rows[r]`, `columns[c]`; `statements` is how many were counted."""

    rows: tuple[Any, ...]
    columns: tuple[Any, ...]
    matrix: tuple[tuple[float, ...], ...]
    statements: int

    def weight(self, row: Any, column: Any) -> float:
        """The weight between two, by name."""
        return self.matrix[self.rows.index(row)][self.columns.index(column)]

    @property
    def total(self) -> float:
        """All weights added up."""
        return sum(map(sum, self.matrix))


def discourse_network(
    statements: Iterable[Any],
    mode: str = "one-mode",
    qualifier: str = "congruence",
    normalisation: str = "none",
    duplicates: str = "include",
) -> DiscourseNetwork:
    """The network of actors (one-mode) or of actors and concepts (two-mode) that coded statements make.

    Idea
        Who says the same as whom, and who the opposite? Shared stances on the same concepts tie actors into discourse coalitions
        whether or not they ever met.

    Formula
        n_ick = number of statements of actor i on concept c with stance k. One-mode, for i != j:
        ignore = sum_c n_ic n_jc; congruence = sum_c sum_k,l n_ick n_jcl s(k, l); conflict the same with 1 - s; subtract = congruence
        - conflict. s(k, l) = 1 - |k - l| / range of the stances: for yes and no, 1 when equal and 0 when not.
        Two-mode: ignore = n_ic; congruence the statements with the highest stance, conflict those with the lowest, in between by
        share; subtract = congruence - conflict.
        Normalisations (one-mode): average divides by the mean number of statements of the two; cosine by the product of these
        numbers; jaccard is m11 / (m10 + m01 + m11) over the concepts (ignore, conflict) or the stances on concepts (congruence)
        that both, or only one, bring up; subtract takes the difference of the two. Two-mode: average divides by the actor's
        number of statements, prominence by the concept's.

    Duplicates
        An actor saying the same twice counts twice with "include", once per "document", per "week", "month" or "year" (dates
        needed), or once over "all".

    Edge cases
        The diagonal is 0. An actor with one statement has weights all the same. All stances equal: no conflict is possible.

    How to read it
        Congruence shows coalitions, subtract who is rather with than against whom. How not to: unnormalised weights mostly show who
        talks most; silence is not neutrality.

    Statements are `Statement`, tuples in its order, or whatever has its field names (`agreement` will do for stance): mappings,
    dataclasses, the rows of a pandas DataFrame. A stance is True or False, a whole number, or such a word ("yes", "0").

    Source
        Leifeld 2017, Discourse network analysis, in The Oxford Handbook of Political Networks; Discourse Network Analyzer 3.1.

    >>> said = [("A", "tax", 1), ("B", "tax", 1), ("B", "dam", 0), ("C", "tax", 0), ("C", "dam", 0)]
    >>> found = discourse_network(said)
    >>> found.rows, found.matrix
    (('A', 'B', 'C'), ((0, 1, 0), (1, 0, 1), (0, 1, 0)))
    """
    mode = _choice(mode, "mode", MODES)
    qualifier = _choice(qualifier, "qualifier", QUALIFIERS)
    normalisation = _choice(normalisation, "normalisation", (*NORMALISATIONS, "prominence"))
    duplicates = _choice(duplicates, "duplicates", DUPLICATES)
    kept = _kept([_statement(given, place) for place, given in enumerate(_rows(statements), 1)], duplicates)
    if not kept:
        raise AnalysisError("discourse_network: there is no statement; give at least one")
    if mode == "two-mode" and normalisation not in TWO_MODE:
        raise InputError(f"discourse_network: {normalisation} compares two actors; with two-mode use {', '.join(TWO_MODE)}")
    if mode == "one-mode" and normalisation not in NORMALISATIONS:
        raise InputError(
            f"discourse_network: {normalisation} is for two-mode; with one-mode use {', '.join(NORMALISATIONS)}"
        )
    counts = _Counts(kept)
    if mode == "two-mode":
        rows, columns = counts.actors, counts.concepts
        matrix = [[counts.two_mode(i, c, qualifier, normalisation) for c in columns] for i in rows]
    else:
        rows = columns = counts.actors
        matrix = [[0 if i == j else counts.one_mode(i, j, qualifier, normalisation) for j in columns] for i in rows]
    return DiscourseNetwork(rows, columns, tuple(map(tuple, matrix)), len(kept))


def _choice(value: str, what: str, allowed: tuple[str, ...]) -> str:
    """The option as we write it; InputError for any other. Hyphens, blanks and case do not matter, nor do a few other spellings."""
    short = re.sub(r"[\s_-]", "", str(value).casefold())
    chosen = SPELLINGS.get(short, short)
    if chosen not in allowed:
        raise InputError(
            f"discourse_network: {what} is {value!r}; choose one of {', '.join(allowed)} ({near_names(short, allowed)})"
        )
    return chosen


def _rows(statements: Any) -> Iterable[Any]:
    """The statements, one by one."""
    if hasattr(statements, "to_dict") and getattr(statements, "ndim", None) == 2:
        return cast("list[Any]", statements.to_dict("records"))
    if isinstance(statements, str) or not isinstance(statements, Iterable):
        raise InputError(f"discourse_network: statements are {statements!r}; give a list of them")
    return statements


def _statement(given: Any, place: int) -> Statement:
    """One statement, checked."""
    try:
        statement = _named(given) or Statement(*given)
        hash((statement.actor, statement.concept, statement.document))
    except (TypeError, KeyError):
        raise InputError(
            f"discourse_network: statement {place} is {given!r}; give actor, concept, stance, and if known document and date"
        ) from None
    stance = stance_of(statement.stance)
    if stance is None:
        raise InputError(
            f"discourse_network: statement {place} has stance {statement.stance!r}; give True or False, or a whole number"
        )
    return statement._replace(stance=stance)


def _named(given: Any) -> Statement | None:
    """The statement of a mapping, or of an object with such attributes; None for what has no names."""
    if isinstance(given, Mapping):
        values = {str(name).casefold(): value for name, value in given.items()}
    elif any(hasattr(given, name) for name in FIELDS["actor"]):
        values = {name: getattr(given, name) for names in FIELDS.values() for name in names if hasattr(given, name)}
    else:
        return None
    names = {role: next((name for name in names if name in values), "") for role, names in FIELDS.items()}
    said = {role: values[name] for role, name in names.items() if name}
    return Statement(said.pop("actor"), said.pop("concept"), **said)


def stance_of(value: Any) -> int | None:
    """A stance as whole number: of True and False, of a whole number, or of a text that says either; None for anything else.

    >>> stance_of("yes"), stance_of("-2"), stance_of(True), stance_of(0.5)
    (1, -2, 1, None)
    """
    value = plain(value)
    if isinstance(value, str):
        word = value.strip().casefold()
        return STANCES[word] if word in STANCES else int(word) if re.fullmatch(r"[+-]?\d+", word) else None
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return int(value)
    return None


def _kept(statements: list[Statement], duplicates: str) -> list[Statement]:
    """The statements that count."""
    if duplicates == "include":
        return statements
    seen: dict[tuple[Any, ...], Statement] = {}
    for place, statement in enumerate(statements, 1):
        unit = statement.document if duplicates == "document" else None
        if duplicates in PERIODS:
            unit = period_of(statement.date, duplicates)
            if not unit:
                told = f"date {statement.date!r}" if statement.date else "no date"
                raise InputError(
                    f"discourse_network: statement {place} has {told}; duplicates per {duplicates} need one of every statement"
                )
        seen.setdefault((unit, statement.actor, statement.concept, statement.stance), statement)
    return list(seen.values())


def period_of(given: Any, period: str) -> str:
    """The week, month or year of a date, or of a text such as 2013-08-31 or, as far as it will do, 2013-08; empty for others."""
    if isinstance(given, date):
        return given.strftime(PERIODS[period]) if given == given else ""  # pandas' missing date is not even itself
    for day in MISSING[period]:
        with contextlib.suppress(ValueError):
            return date.fromisoformat(f"{given}{day}"[:10]).strftime(PERIODS[period])
    return ""


class _Counts:
    """Statements counted by actor, concept and stance."""

    def __init__(self, statements: list[Statement]) -> None:
        self.actors = tuple(in_order({s.actor for s in statements}))
        self.concepts = tuple(in_order({s.concept for s in statements}))
        stances = {s.stance for s in statements}
        self.low, self.high = (0, 1) if stances <= {0, 1} else (min(stances), max(stances))
        counts = Counter((s.actor, s.concept, s.stance) for s in statements)
        self.of: dict[Any, dict[Any, dict[int, int]]] = {actor: {} for actor in self.actors}
        place = {concept: n for n, concept in enumerate(self.concepts)}
        # in a fixed order, so that sums of fractions repeat to the last digit
        for (actor, concept, stance), n in sorted(counts.items(), key=lambda entry: (place[entry[0][1]], entry[0][2])):
            self.of[actor].setdefault(concept, {})[stance] = n
        self.prominence = Counter(s.concept for s in statements)
        self.activity = {actor: sum(sum(k.values()) for k in row.values()) for actor, row in self.of.items()}

    def likeness(self, first: int, second: int) -> float:
        """1 for equal stances, 0 for the most different."""
        distance = abs(first - second)
        if distance in (0, self.high - self.low):
            return 0 if distance else 1
        return 1 - distance / (self.high - self.low)

    def one_mode(self, i: Any, j: Any, qualifier: str, normalisation: str) -> float:
        """The weight between two actors."""
        if qualifier == "subtract":
            return self.one_mode(i, j, "congruence", normalisation) - self.one_mode(i, j, "conflict", normalisation)
        if normalisation == "jaccard":
            return self._jaccard(i, j, qualifier)
        weight: float = 0
        other = self.of[j]
        for concept, stances in self.of[i].items():
            if concept not in other:
                continue
            for k, n in stances.items():
                for m, o in other[concept].items():
                    share = {"ignore": 1, "congruence": self.likeness(k, m), "conflict": 1 - self.likeness(k, m)}[qualifier]
                    weight += n * o * share
        if normalisation == "average":
            return weight / ((self.activity[i] + self.activity[j]) / 2)
        return weight / (self.activity[i] * self.activity[j]) if normalisation == "cosine" else weight

    def _jaccard(self, i: Any, j: Any, qualifier: str) -> float:
        """Shared share of what the two bring up."""
        if qualifier == "congruence":
            first, second = ({(c, k) for c, row in self.of[actor].items() for k in row} for actor in (i, j))
            return len(first & second) / len(first | second)
        both = self.of[i].keys() & self.of[j].keys()
        either = self.of[i].keys() | self.of[j].keys()
        if qualifier == "conflict":
            both = {c for c in both if any(k != m for k in self.of[i][c] for m in self.of[j][c])}
        return len(both) / len(either)

    def two_mode(self, i: Any, concept: Any, qualifier: str, normalisation: str) -> float:
        """The weight between an actor and a concept."""
        weight: float = 0
        for k, n in self.of[i].get(concept, {}).items():
            support = self.likeness(k, self.high)
            weight += (
                n * {"ignore": 1, "congruence": support, "conflict": 1 - support, "subtract": 2 * support - 1}[qualifier]
            )
        if normalisation == "prominence":
            return weight / self.prominence[concept]
        return weight / self.activity[i] if normalisation == "average" else weight
