"""Who gave what the same value: the codings of coders, sources or data sets, unit by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.comparison.alpha import Agreement, krippendorff_alpha
from kg.errors import InputError, near_names
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.questions.head import load_part
from kg.questions.names import resolve
from kg.vocabulary import DERIVED, expand

__all__ = ["RATERS", "Coding", "Unit", "agreement", "codings", "raters_of"]

RATERS = ("coder", "source", "dataset")
"""Whose codings may be compared."""
_LEVELS = {"Position": "ordinal", "Attention": "ordinal", "Assessment": "interval", "Relation": "nominal"}
"""Class of fact to the level at which its values are measured: the order of stances and of attention, the midpoint of an
interval, the type of a relation."""


@dataclass(frozen=True)
class Coding:
    """One value that one rater gave."""

    rater: str
    value: Any
    """A number at ordinal and interval level, an IRI at nominal level."""
    label: str
    fact: str
    """IRI of the fact."""


@dataclass(frozen=True)
class Unit:
    """What several may have coded: an actor and an issue, two actors ..."""

    kind: str
    """Class of the facts, e.g. `Position`."""
    about: str
    """In words."""
    codings: tuple[Coding, ...]
    """One per rater, in the order of their names."""
    twice: tuple[str, ...] = ()
    """Raters that gave several values, which do not count."""

    @property
    def agree(self) -> bool:
        """True where all gave one value."""
        return len({c.value for c in self.codings}) < 2


def _home(iri: str) -> str:
    return iri.rpartition("/")[0].rpartition("/")[2]


def _sources(graph: Graph, describer: Describer) -> dict[str, set[str]]:
    """IRI of a fact to the names of the sources whose graph it stands in."""
    found: dict[str, set[str]] = defaultdict(set)
    subject = ox.NamedNode(expand("rdf:type"))
    store = graph.named
    for name in store.graphs():
        if name != DERIVED and describer.label(name.value) != name.value:
            for quad in store.native.quads_for_pattern(None, subject, None, name):
                if isinstance(quad.subject, ox.NamedNode):
                    found[quad.subject.value].add(describer.label(name.value))
    return found


def codings(graph: Graph, by: str, lang: str = "en", as_of: str = "") -> list[Unit]:
    """What at least two raters coded, in a total order; ids tell what is the same in several data sets.

    `by` is one of RATERS; with `as_of`, facts that hold then. Raises InputError for another, and where several sources bear
    the id of one data set, since what one says could not be told from what the other says.
    """
    if by not in RATERS:
        raise InputError(f"--by {by!r}: nobody to compare; {near_names(by, RATERS)}")
    if by == "dataset" and len(graph.sources) > 1 and len(graph.bases()) == 1:
        raise InputError(
            f"--by dataset: {len(graph.sources)} sources are open, but all call themselves {min(graph.bases())!r};"
            " give each an id of its own, in dataset.json or on the sheet 'Data set'"
        )
    describer = Describer(graph, lang)
    sources = _sources(graph, describer) if by == "source" else {}
    given: Mapping[str, list[str]] = {"year": [resolve(graph, as_of, "year")]} if as_of else {}
    rows = graph.store.select(load_part("codings").fill(given))
    found: dict[tuple[str, ...], dict[str, dict[Any, Coding]]] = defaultdict(lambda: defaultdict(dict))
    words: dict[tuple[str, ...], str] = {}
    for row in rows:
        kind = row["class"].value.rpartition("#")[2]
        ends = [row[part].value for part in ("first", "second", "third") if row[part] is not None]
        key = (kind, *(describer.identifier(end) for end in ends))
        words.setdefault(key, " – ".join(describer.label(end) for end in ends))
        fact = row["fact"].value
        if by == "coder":
            raters = {row["coder"].value} if row["coder"] is not None else set()
        else:
            raters = sources.get(fact, set()) if by == "source" else {_home(fact)}
        number = row["number"]
        value = row["value"].value if number is None else Decimal(number.value)
        label = describer.label(row["value"].value) if row["value"] is not None else f"{value.normalize():f}"
        for rater in raters:
            found[key][rater].setdefault(value, Coding(rater, float(value) if number is not None else value, label, fact))
    units = []
    for key in sorted(found):
        once = tuple(next(iter(v.values())) for _, v in sorted(found[key].items()) if len(v) == 1)
        twice = tuple(rater for rater, v in sorted(found[key].items()) if len(v) > 1)
        if len(once) + len(twice) > 1:
            units.append(Unit(key[0], words[key], once, twice))
    return units


def raters_of(graph: Graph) -> str:
    """Whose codings there are to compare: of coders where there are several, else of data sets, else of sources."""
    coders = {q.object.value for q in graph.store.native.quads_for_pattern(None, ox.NamedNode(expand("kg:coder")), None, None)
              if isinstance(q.object, ox.Literal)}  # fmt: skip
    if len(coders) > 1:
        return "coder"
    return "dataset" if len(graph.sources) > 1 else "source"


def agreement(units: list[Unit]) -> dict[str, tuple[str, Agreement]]:
    """By class of fact: the level of measurement and how far the codings agree."""
    kinds = sorted({u.kind for u in units})
    return {
        kind: (
            _LEVELS[kind],
            krippendorff_alpha([[c.value for c in u.codings] for u in units if u.kind == kind], _LEVELS[kind]),
        )
        for kind in kinds
    }
