"""The case of a file that holds little but ties, without a graph of all of it.

Thousands of rows of such a file differ in nothing but who is tied to whom. So one fact of each kind goes through the graph, its
rules and the queries of `select_case`; what they say of it holds of all of its kind, names apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.analysis.cases.model import Case, CaseTie
from kg.formats.csvw import shipped_description
from kg.questions.describe import reading
from kg.vocabulary import expand

if TYPE_CHECKING:
    from kg.analysis.cases.selecting import Selection
    from kg.formats.material import Material, Record

__all__ = ["plain_case"]

_FROM = 50_000
"""Smaller files, in bytes, are read as graphs soon enough, and sooner from the cache."""
_KINDS = 200
"""With more kinds of facts than that a file is not plain."""
_KNOWN = {"sources", "evidence", "actors", "relations", "attributes"}
_OF_TIES = {"id", "subject", "object", "evidence", "note", "weight"}
"""What may differ between two ties of a kind. Whether there is a weight may not."""

_Kind = tuple[Any, ...]
"""The cells that are the same in all facts of a kind."""


def plain_case(path: Path, selection: Selection, lang: str) -> Case | None:
    """The case that `select_case` would select from the graph of a file; None where the graph has to be read.

    That is where the file is small, is no network in a table of another program, holds more than actors, ties and notes, says
    what actors are categories of, has decisions on what is the same beside it, or has errors; and where facts are selected by
    names or dates.
    """
    from kg.formats.decisions import decisions_file
    from kg.formats.opening import WORKBOOKS, foreign_files, is_tables
    from kg.formats.registry import import_files

    named = (selection.country, selection.issue, selection.relation_type, selection.as_of)
    if any(named) or not path.is_file() or path.stat().st_size < _FROM or path.suffix.lower() in WORKBOOKS:
        return None
    if not is_tables(path) or decisions_file(path).exists():
        return None
    imported = import_files(foreign_files(path))
    if any(finding.is_error for finding in imported.findings):
        return None
    return _Plain(imported.material).case(selection, lang)


class _Plain:
    """Actors and ties of a material, by kind."""

    def __init__(self, material: Material) -> None:
        self.material = material
        columns = shipped_description()["actors"].columns
        self.names = [c.name for c in columns if c.property == expand("skos:prefLabel")]
        of_actors = {"id", "evidence", *self.names}
        self.actors: dict[str, tuple[_Kind, Record]] = {}
        for record in self._table("actors"):
            named = tuple(name for name in self.names if name in record)
            self.actors[record["id"]] = (named, *(c for c in record.items() if c[0] not in of_actors)), record
        self.ties: dict[_Kind, list[Record]] = {}
        for record in self._table("relations"):
            ends = self.actors[record["subject"]][0], self.actors[record["object"]][0]
            kind = (ends, "weight" in record, *(c for c in record.items() if c[0] not in _OF_TIES))
            self.ties.setdefault(kind, []).append(record)
        self.first = {kind: key for key, (kind, _) in reversed(self.actors.items())}

    def _table(self, name: str) -> Iterable[Record]:
        return self.material.tables.get(name, ())

    def case(self, selection: Selection, lang: str) -> Case | None:
        """The case; None where the material is not plain."""
        few = len(self.ties) + len(self.first) <= _KINDS
        if self.material.tables.keys() - _KNOWN or not few or not all(map(_weighable, self.ties.values())):
            return None
        if any(len(named) != 1 for named, *_ in self.first):
            return None
        specimens = [record for records in self.ties.values() for record in _specimens(records)]
        case, called = _read(self._sample(specimens), selection, lang)
        if case is None or case.positions or case.assessments or case.involvements:
            return None
        if any(tie.classifies or tie.inherited for tie in case.ties):
            return None
        return self._whole(case, called)

    def _sample(self, ties: list[Record]) -> Material:
        from kg.formats.material import Material

        ends = [tie[end] for tie in ties for end in ("subject", "object")]
        actors = [self.actors[key][1] for key in dict.fromkeys((*self.first.values(), *ends))]
        said = {r["attribute"]: r | {"subject": actors[0]["id"]} for r in self._table("attributes")}
        rests = {r["evidence"] for r in (*ties, *actors, *said.values())}
        tables = {
            "sources": list(self._table("sources")),
            "evidence": [r for r in self._table("evidence") if r["id"] in rests],
            "actors": actors,
            "relations": ties,
            "attributes": list(said.values()),
        }
        return Material(self.material.dataset, {name: records for name, records in tables.items() if records})

    def _whole(self, case: Case, called: Mapping[str, str]) -> Case | None:
        """The case with all actors and ties, from one with some of each kind; None where these would not be as they are."""
        iri = self.material.dataset.iri
        specimens = {kind: case.actor(key) for kind, key in self.first.items()}
        actors = {
            key: replace(specimens[kind], id=key, label=record[kind[0][0]], iri=iri(key))
            for key, (kind, record) in self.actors.items()
        }
        known = {tie.id: tie for tie in case.ties}
        ties: dict[str, CaseTie] = {}
        missing = 0
        for records in self.ties.values():
            specimen = known.get(records[0]["id"])
            if specimen is None:
                missing += len(records)
                continue
            for record in records:
                key, ends = record["id"], (actors[record["subject"]], actors[record["object"]])
                ties[key] = replace(
                    specimen,
                    id=key,
                    source=ends[0].id,
                    target=ends[1].id,
                    weight=float(record["weight"]) if "weight" in record else None,
                    label=reading(ends[0].label, called[specimen.id], ends[1].label),
                    iri=iri(key),
                    evidence=(record["evidence"],),
                )
        reasons = case.facts.left_out
        alike = all(actors[a.id] == a for a in case.actors) and all(ties.get(t.id) == t for t in case.ties)
        if not alike or len(reasons) != bool(missing):
            return None
        return replace(
            case,
            actors=tuple(sorted(actors.values(), key=lambda a: a.id)),
            ties=tuple(sorted(ties.values(), key=lambda t: t.id)),
            facts=replace(case.facts, left_out=tuple(replace(reason, count=missing) for reason in reasons)),
        )


def _weighable(ties: list[Record]) -> bool:
    """True where the weights of ties are numbers as everybody writes them, without digits that a decimal would lose."""
    return all(len(tie.get("weight", "")) <= 15 for tie in ties) and all(isfinite(_weight(tie)) for tie in ties)


def _weight(tie: Record) -> float:
    return float(tie.get("weight", 1))


def _specimens(ties: list[Record]) -> list[Record]:
    """The first of some ties, and those that weigh least and most: where these are in range, all are."""
    found = (ties[0], min(ties, key=_weight), max(ties, key=_weight))
    return list({tie["id"]: tie for tie in found}.values())


def _read(material: Material, selection: Selection, lang: str) -> tuple[Case | None, dict[str, str]]:
    """The case of a few facts, read as a graph, None where they have errors; and what the type of each tie is called."""
    from kg.analysis.cases.selecting import select_case
    from kg.formats.opening import book_of
    from kg.formats.tables import read_book
    from kg.opening import open_tables
    from kg.questions.describe import Describer

    tables = read_book(book_of(material))
    if any(finding.is_error for finding in tables.findings):
        return None, {}
    graph = open_tables(tables, material.dataset.id)
    case, describer = select_case(graph, selection, lang), Describer(graph, lang)
    return case, {tie.id: describer.concept(tie.iri, "relationType") for tie in case.ties}
