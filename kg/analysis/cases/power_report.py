"""Power by every index, told: who comes first by which, and all of them side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.analysis.cases.indices import Indices, Standing
from kg.analysis.cases.model import Case
from kg.analysis.cases.report import Measured, Report, Table, heading
from kg.analysis.cases.wording import Sentences, facts_line, listed
from kg.errors import AnalysisError

__all__ = ["MEASURES", "report_power"]

MEASURES: dict[str, Callable[[Standing], float | None]] = {
    "degree": lambda s: s.ties.degree,
    "strength": lambda s: s.ties.strength,
    "opponents": lambda s: s.ties.opponents,
    "eigenvector": lambda s: s.ties.eigenvector,
    "betweenness": lambda s: s.ties.betweenness,
    "closeness": lambda s: s.ties.closeness,
    "pagerank": lambda s: s.ties.pagerank,
    "core": lambda s: s.ties.core,
    "influence": lambda s: s.influence,
    "dependence": lambda s: s.dependence,
    "relative-strength": lambda s: s.relative,
    "shapley-shubik": lambda s: s.ties.shapley_shubik,
    "banzhaf": lambda s: s.ties.banzhaf,
}
"""Name of each index, and how it is read from a standing."""
_BRIEF = ("actor", "degree", "opponents", "betweenness", "pagerank", "shapley-shubik", "power_low", "power_high")
_LEADING = 3
_SHOWN = 15
_SAME = 1e-9


def report_power(case: Case, found: Indices, sort: str = "strength") -> Report:
    """The report of `kg power`: tables `power` (every actor, every index) and `leading` (who comes first by which index).

    `sort` names the index by which actors are ordered, the largest first. Raises AnalysisError where there is nothing to go by: no
    tie between actors and nobody assessed for power.
    """
    if found.quota is None and not case.network().number_of_edges():
        raise AnalysisError(
            "power: the selected actors have no ties and no assessed power; select other facts or other data"
        )
    say = Sentences("power", case.lang)
    shown = {
        actor: {name: _tidy(read(standing)) for name, read in MEASURES.items()} for actor, standing in found.actors.items()
    }
    order = sorted(shown, key=lambda a: (-(shown[a][sort] or 0), -(shown[a]["degree"] or 0), case.order(a)))
    columns = ("actor", "id", *MEASURES, "power_low", "power_high")
    rows = [(case.label(a), a, *shown[a].values(), *(found.actors[a].power or (None, None))) for a in order]
    leading = Table.of(say, "leading", ("index", "largest", "actors"), list(_leading(case, shown, say)))
    brief = [("banzhaf" if found.too_fine and name == "shapley-shubik" else name) for name in _BRIEF]
    votes = {} if found.quota is None else {"quota": float(found.quota), "total": float(found.total), "voters": found.voters}
    return Report(
        "power",
        tuple(_sentences(case, found, shown, say)),
        (leading, Table.of(say, "power", columns, rows, first=_SHOWN, brief=brief, main=True)),
        tuple(_remarks(case, found, say)),
        facts_line(case, ("ties", "assessments"), dimensions=("power", "votes")),
        {"power": found.end, **votes, "influences": found.influences},
        tuple(Measured(a, name, value) for a in sorted(shown) for name, value in shown[a].items() if value is not None),
    )


def _tidy(value: float | None) -> float | None:
    """Without the last digits, which differ between machines."""
    return value if value is None or isinstance(value, int) else round(value, 9)


def _leaders(shown: dict[str, dict[str, float | None]], name: str) -> tuple[float, list[str]]:
    """(the largest value of an index, who has it); nobody where all have the same."""
    largest = max((row[name] or 0 for row in shown.values()), default=0)
    leaders = [a for a, row in shown.items() if (row[name] or 0) >= largest - _SAME]
    return largest, leaders if len(leaders) < len(shown) else []


def _leading(case: Case, shown: dict[str, dict[str, float | None]], say: Sentences) -> Iterator[tuple[str, float, str]]:
    for name in MEASURES:
        largest, leaders = _leaders(shown, name)
        if leaders:
            yield heading(say, name), largest, listed([case.label(a) for a in leaders], case.lang, _LEADING)


def _sentences(case: Case, found: Indices, shown: dict[str, dict[str, float | None]], say: Sentences) -> Iterator[str]:
    first: dict[str, list[str]] = {}
    for name in MEASURES:
        _, leaders = _leaders(shown, name)
        if len(leaders) == 1 and name not in ("opponents", "dependence"):
            first.setdefault(leaders[0], []).append(heading(say, name))
    for actor, names in sorted(first.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        yield say("first", actor=case.label(actor), names=listed(names, case.lang))
    if len(first) > 1:
        yield say("differ")
    if found.quota is not None:
        yield say(
            f"votes.{case.weighed_by}",
            n=found.voters,
            quota=say.number(float(found.quota)),
            total=say.number(float(found.total)),
        )


def _remarks(case: Case, found: Indices, say: Sentences) -> Iterator[str]:
    if found.quota is None:
        known = any(standing.power for standing in found.actors.values())
        yield say("votes-of-none" if known else "no-votes")
    else:
        intervals = (standing.power for standing in found.actors.values() if standing.power)
        yield say("end.exact" if all(low == high for low, high in intervals) else f"end.{found.end}")
        if found.too_fine:
            yield say("too-fine")
    yield say("influences", n=found.influences) if found.influences else say("no-influences")
    yield say("multiplicity")
    if inherited := sum(tie.sign < 0 and tie.inherited for tie in case.ties):
        yield say("inherited", n=inherited)
    yield say("not-influence")
