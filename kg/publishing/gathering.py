"""The tables of an open graph, to be redacted: of RDF, of several sources as one data set, and of what holds at a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from kg.errors import InputError
from kg.formats.backwards import tables_of_quads
from kg.formats.dataset import Dataset, dataset_of
from kg.formats.material import Material
from kg.graph import Graph
from kg.merging import merge_decided
from kg.vocabulary import ALL, CONCEPT, expand
from kg.vocabulary import kg as term

__all__ = ["Gathered", "gathered"]

_KIND = f"{CONCEPT}actor-kind/"
_SAME, _ID = ox.NamedNode(expand("owl:sameAs")), ox.NamedNode(expand("dcterms:identifier"))
_ALIAS, _FORMER_ID = ox.NamedNode(expand("skos:altLabel")), ox.NamedNode(expand("skos:hiddenLabel"))
_BETWEEN = "; "


@dataclass
class Gathered:
    """Tables to be redacted."""

    material: Material
    parts: tuple[Dataset, ...] = ()
    """The data sets that were made into one; none where there was one already."""
    former: dict[str, list[str]] = field(default_factory=dict)
    """Id to the ids that were decided to mean the same."""
    told: list[str] = field(default_factory=list)
    """What has no place in tables, which is not published."""


def gathered(graph: Graph, licence: str) -> Gathered:
    """The tables of a graph as one data set; what was decided to be the same is one thing in them.

    Raises InputError where the sources state different licences and none is given, and where an actor is a person to one
    source, or under one name, only: it would be published as what the other says.
    """
    merged = ox.Store()
    merged.extend(ox.Quad(q.subject, q.predicate, q.object, ALL) for q in graph.quads(derived=False))
    merged.extend(list(graph.store.native.quads_for_pattern(None, _SAME, None, ALL)))
    same = {str(q.object): str(q.subject) for q in merged.quads_for_pattern(None, _SAME, None, ALL)}
    _agreed_persons(merged, same)
    ids: dict[str, list[str]] = defaultdict(list)
    for quad in merged.quads_for_pattern(None, _ID, None, ALL):
        if str(quad.subject) in same and isinstance(quad.object, ox.Literal):
            ids[same[str(quad.subject)].strip("<>")].append(quad.object.value)
    merge_decided(merged, ())
    kept = (q for q in merged if q.predicate != _SAME and not (q.predicate == _FORMER_ID and str(q.subject)[1:-1] in ids))
    tables = tables_of_quads(map(_as_alias, kept), "graph")
    if not licence and len({d.licence for d in tables.datasets}) > 1:
        raise InputError("--licence is missing: the sources do not state one and the same; say which holds for all")
    several = len(tables.datasets) > 1
    dataset = _together(tables.datasets) if several else tables.datasets[0]
    former = {tables.ids[one]: sorted(names) for one, names in ids.items() if one in tables.ids}
    return Gathered(Material(dataset, tables.records), tables.datasets if several else (), former, tables.told)


def _as_alias(quad: ox.Quad) -> ox.Quad:
    """A name that became a further one, without its language: aliases have none in tables."""
    if quad.predicate == _ALIAS and isinstance(quad.object, ox.Literal) and quad.object.language:
        return ox.Quad(quad.subject, quad.predicate, ox.Literal(quad.object.value), quad.graph_name)
    return quad


def _agreed_persons(store: ox.Store, same: dict[str, str]) -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, term("actorKind"), None, ALL):
        actor = str(quad.subject)
        kinds[same.get(actor, actor)].add(str(quad.object).strip("<>").removeprefix(_KIND))
    for actor, said in sorted(kinds.items()):
        if "person" in said and said - {"person", "unspecified"}:
            raise InputError(
                f"{actor}: is a person in one source and not in another; make them agree before it is published"
            )


def _joined(texts: Iterable[str]) -> str:
    return _BETWEEN.join(dict.fromkeys(t for t in texts if t))


def _together(datasets: Sequence[Dataset]) -> Dataset:
    """One data set of several: with an address of its own, since it is none of them, and what they say put together."""
    titles = {lang for d in datasets for lang in d.title}
    described = {lang for d in datasets for lang in d.description}
    rights = {lang for d in datasets for lang in d.licence_statement}
    versions = {d.version for d in datasets}
    name = "-".join(dict.fromkeys(d.id for d in datasets))
    return replace(
        dataset_of({}, name, name),
        id=name,
        title={
            lang: _joined(d.title.get(lang) or next(iter(d.title.values())) for d in datasets) for lang in sorted(titles)
        },
        description={lang: _joined(d.description.get(lang, "") for d in datasets) for lang in sorted(described)},
        licence=datasets[0].licence,
        licence_statement={lang: _joined(d.licence_statement.get(lang, "") for d in datasets) for lang in sorted(rights)},
        reference_date=max(d.reference_date for d in datasets),
        sources=tuple(dict.fromkeys(s for d in datasets for s in d.sources)),
        version=versions.pop() if len(versions) == 1 else "",
    )
