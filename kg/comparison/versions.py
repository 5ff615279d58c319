"""What changed between two versions of a graph, or between two dates in one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from kg.formats.csvw import Table, shipped_description
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.vocabulary import ALL, expand
from kg.vocabulary import kg as term

__all__ = ["Change", "between_dates", "between_versions", "rdf_patch"]

_TYPE = ox.NamedNode(expand("rdf:type"))
_KEYS = {
    "relations": ("subject", "type", "object", "issue", "place"),
    "positions": ("actor", "on"),
    "attention": ("actor", "issue"),
    "assessments": ("actor", "dimension", "regarding", "place"),
}
"""By table: the columns that tell what a fact is about; where these are equal, a later fact replaces an earlier one."""
_VALUES = {
    "relations": ("strength", "modality"),
    "positions": ("stance", "stance_low", "stance_high", "salience_low", "salience_high"),
    "attention": ("level",),
    "assessments": ("low", "high"),
}
"""By table: the columns that hold what is said."""


@dataclass(frozen=True, order=True)
class Change:
    """One thing that came, went or changed; of a change, one column."""

    table: str
    """Title of the table."""
    id: str
    what: str
    """`added`, `removed`, `changed`; between dates `began`, `ended`, `changed`."""
    name: str
    column: str = ""
    old: str = ""
    new: str = ""
    iri: str = ""
    """IRI of the thing, where it is now, else where it was."""

    def as_dict(self) -> dict[str, Any]:
        """All fields by name, ready for JSON."""
        return asdict(self)


class _Version:
    """The rows of a graph, told from what rules derive."""

    def __init__(self, graph: Graph, lang: str) -> None:
        self.describer = Describer(graph, lang)
        self.lang = lang
        self.rows: dict[tuple[str, str], str] = {}
        """Table and id to IRI."""
        store = graph.store.native
        for table in shipped_description().values():
            for quad in store.quads_for_pattern(None, _TYPE, ox.NamedNode(table.classes[0]), ALL):
                if isinstance(quad.subject, ox.NamedNode) and not self._derived(store, quad.subject):
                    identifier = self.describer.identifier(quad.subject.value)
                    self.rows.setdefault((table.name, identifier), quad.subject.value)

    @staticmethod
    def _derived(store: ox.Store, node: ox.NamedNode) -> bool:
        return next(store.quads_for_pattern(node, term("inheritedFrom"), None, ALL), None) is not None

    def cells(self, table: Table, iri: str) -> dict[str, str]:
        """Column name to what stands there, in words."""
        found = {}
        for column in table.columns:
            if column.name == "id":
                continue
            values = set()
            for value in self.describer.values(iri, ox.NamedNode(column.property)):
                if isinstance(value, ox.NamedNode):
                    values.add(
                        self.describer.label(value.value) if column.concepts else self.describer.identifier(value.value)
                    )
                elif column.lang in (None, value.language):
                    values.add(value.value)
            if values:
                found[column.name] = "; ".join(sorted(values))
        return found


def between_versions(old: Graph, new: Graph, lang: str = "en") -> list[Change]:
    """What was added, removed or changed, by table and id; things are the same where table and id are."""
    before, after = _Version(old, lang), _Version(new, lang)
    return list(_versions(before, after, lang))


def _versions(before: _Version, after: _Version, lang: str) -> Iterator[Change]:
    for table in shipped_description().values():
        title = table.titles[lang]
        ids = sorted(i for name, i in {**before.rows, **after.rows} if name == table.name)
        for identifier in ids:
            was, now = before.rows.get((table.name, identifier)), after.rows.get((table.name, identifier))
            if was is None or now is None:
                version, iri = (before, was) if was else (after, now or "")
                yield Change(
                    title, identifier, "removed" if was else "added", version.describer.label(iri or ""), iri=iri or ""
                )
                continue
            old, new = before.cells(table, was), after.cells(table, now)
            for column in table.columns:
                a, b = old.get(column.name, ""), new.get(column.name, "")
                if a != b:
                    name = after.describer.label(now)
                    yield Change(title, identifier, "changed", name, column.titles[lang], a, b, now)


def between_dates(graph: Graph, start: str, end: str, lang: str = "en") -> list[Change]:
    """What holds at one date and not at the other: what began, what ended, and what is said otherwise of the same.

    Undated facts hold always. Dates are compared as docs/decisions/0003-model.md says.
    """
    version = _Version(graph, lang)
    held: dict[tuple[str, ...], dict[bool, list[tuple[str, str, dict[str, str]]]]] = defaultdict(lambda: defaultdict(list))
    tables = shipped_description()
    for (name, identifier), iri in version.rows.items():
        columns = {c.name for c in tables[name].columns}
        if not {"start", "end"} <= columns:
            continue
        cells = version.cells(tables[name], iri)
        at = [_holds(cells, date) for date in (start, end)]
        if at[0] != at[1]:
            key = (name, *(cells.get(c, "") for c in _KEYS.get(name, ())), "" if name in _KEYS else identifier)
            held[key][at[1]].append((identifier, iri, cells))
    return sorted(_dates(version, held, lang), key=lambda c: (list(tables).index(_table_named(c.table, lang)), c))


def _table_named(title: str, lang: str) -> str:
    return next(t.name for t in shipped_description().values() if t.titles[lang] == title)


def _holds(cells: dict[str, str], date: str) -> bool:
    return cells.get("start", "0000") <= date + "~" and cells.get("end", "9999") + "~" >= date


def _dates(version: _Version, held: Any, lang: str) -> Iterator[Change]:
    for key, both in held.items():
        table = shipped_description()[key[0]]
        title = table.titles[lang]
        ended, began = both.get(False, []), both.get(True, [])
        if len(ended) == len(began) == 1 and key[0] in _VALUES:
            (_, _, old), (identifier, iri, new) = ended[0], began[0]
            for name in _VALUES[key[0]]:
                if old.get(name, "") != new.get(name, ""):
                    column = next(c for c in table.columns if c.name == name)
                    label = version.describer.label(iri)
                    yield Change(
                        title, identifier, "changed", label, column.titles[lang], old.get(name, ""), new.get(name, ""), iri
                    )
            continue
        for what, rows in (("ended", ended), ("began", began)):
            for identifier, iri, _ in rows:
                yield Change(title, identifier, what, version.describer.label(iri), iri=iri)


def rdf_patch(old: Graph, new: Graph) -> str:
    """What turns the statements of one graph into those of the other, as an RDF Patch (Apache Jena's text form).

    Rows with a graph's name are of the named graphs; what rules derive is left out, since it follows.
    """
    before, after = ({_quad(q) for q in g.quads(derived=False)} for g in (old, new))
    lines = [f"D {q} ." for q in sorted(before - after)] + [f"A {q} ." for q in sorted(after - before)]
    return "".join(f"{line}\n" for line in ["TX .", *lines, "TC ."])


def _quad(quad: ox.Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name}"
