"""The lists behind a page's legend, read from the ontology: types, relations, places, issues, statuses."""

from __future__ import annotations

from typing import Any, cast

import pyoxigraph as ox

from kg.graph import Graph
from kg.questions.describe import Describer
from kg.views.grouping import Quadrant
from kg.views.page import Entry, Kind, Labels, Pattern, Shape, TieType
from kg.vocabulary import KG, concept_lists, expand
from kg.vocabulary import kg as term
from kg.wording import typeset

__all__ = ["Entries"]

_LABELS = (ox.NamedNode(expand("skos:prefLabel")), ox.NamedNode(expand("rdfs:label")))
_BROADER = ox.NamedNode(expand("skos:broader"))
_TYPE = ox.NamedNode(expand("rdf:type"))
_TYPED_BY = ("actorType", "instrumentType")


def _local(iri: str) -> str:
    return iri.rpartition("/")[2].rpartition("#")[2]


class Entries:
    """Collects the concepts that nodes and ties of one page use, and hands them out as legend entries."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._describer = Describer(graph, "en")
        self._class_of: dict[str, str] = {}
        self._used: dict[str, dict[str, str]] = {"type": {}, "kind": {}, "place": {}, "relation": {}, "issue": {}}

    def _labels(self, iri: str) -> Labels:
        found: dict[str, str] = {}
        for prop in _LABELS:
            for value in self._describer.values(iri, prop):
                if isinstance(value, ox.Literal):
                    found.setdefault(value.language or "en", value.value)
        return {lang: typeset(text, lang) for lang, text in sorted(found.items())}

    def _note(self, group: str, iri: str) -> str:
        key = _local(iri)
        self._used[group][key] = iri
        return key

    def _inherited(self, iri: str, name: str) -> str:
        """A property of a concept, else of the concept above it."""
        seen: set[str] = set()
        while iri and iri not in seen:
            seen.add(iri)
            value = self._describer.one(iri, term(name))
            if value:
                return value
            iri = self._describer.one(iri, _BROADER)
        return ""

    def node_type(self, iri: str) -> tuple[str, str]:
        """Ids of the kind (which decides the shape) and the type (which decides the colour) of a thing."""
        for prop in _TYPED_BY:
            concept = self._describer.one(iri, term(prop))
            if concept:
                top = self._describer.one(concept, _BROADER) or concept
                if prop != "actorType":
                    top = self._class(iri)
                    self._class_of[_local(concept)] = top
                return self._note("kind", top), self._note("type", concept)
        own = self._class(iri)
        return self._note("kind", own), self._note("type", own)

    def _class(self, iri: str) -> str:
        """The first class of the thing that the ontology gives a shape; else the first of our own vocabulary."""
        classes = sorted((v.value for v in self._describer.values(iri, _TYPE)), key=lambda c: (not c.startswith(KG), c))
        return next((c for c in classes if self._describer.one(c, term("shape"))), classes[0] if classes else "")

    def place(self, iri: str) -> str:
        """Id of a place, noted as used."""
        self._used["place"][self._describer.identifier(iri)] = iri
        return self._describer.identifier(iri)

    def issue(self, iri: str) -> str:
        """Id of an issue, noted as used."""
        self._used["issue"][self._describer.identifier(iri)] = iri
        return self._describer.identifier(iri)

    def relation(self, iri: str) -> str:
        """Id of a relation type, noted as used."""
        return self._note("relation", iri)

    def _entry(self, key: str, iri: str, **more: Any) -> dict[str, Any]:
        return {
            "id": key,
            "labels": self._labels(iri),
            "colour": self._inherited(iri, "colour"),
            "colour_dark": self._inherited(iri, "colourDark"),
            **more,
        }

    def _with_broader(self, group: str) -> list[tuple[str, str, str]]:
        """Id, IRI and id above for the used concepts and those above them; those above come first."""
        found: dict[str, tuple[str, str]] = {}
        waiting = sorted(self._used[group].items())
        while waiting:
            key, iri = waiting.pop()
            above = self._describer.one(iri, _BROADER)
            found[key] = (iri, _local(above) if above else "")
            if above and _local(above) not in found:
                waiting.append((_local(above), above))
        order = sorted(found, key=lambda k: (found[k][1] or k, found[k][1] != "", self._order(found[k][0]), k))
        return [(k, *found[k]) for k in order]

    def _order(self, iri: str) -> float:
        return float(self._describer.one(iri, term("order")) or 999)

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of nodes on the page with their shapes."""
        return tuple(
            Kind(**self._entry(key, iri, shape=cast(Shape, self._inherited(iri, "shape") or "circle")))
            for key, iri in sorted(self._used["kind"].items())
        )

    def types(self) -> tuple[Entry, ...]:
        """The types of nodes on the page with their groups; types that have none stand below their class."""
        classes = {_local(iri): iri for iri in sorted(set(self._class_of.values()))}
        return (
            *(Entry(**self._entry(key, iri)) for key, iri in classes.items()),
            *(
                Entry(**self._entry(key, iri, broader=above or _local(self._class_of.get(key, ""))))
                for key, iri, above in self._with_broader("type")
            ),
        )

    def places(self) -> tuple[Entry, ...]:
        """The places of the page."""
        return tuple(Entry(id=key, labels=self._labels(iri)) for key, iri in sorted(self._used["place"].items()))

    def issues(self) -> tuple[Entry, ...]:
        """The issues that relations of the page are about."""
        return tuple(Entry(id=key, labels=self._labels(iri)) for key, iri in sorted(self._used["issue"].items()))

    def relations(self) -> tuple[TieType, ...]:
        """The relation types of the page with their families, signs and line patterns."""
        signs = {"positive": 1, "negative": -1}
        entries = []
        for key, iri, above in self._with_broader("relation"):
            inverse = {
                v.language or "en": v.value
                for v in self._describer.values(iri, term("inverseLabel"))
                if isinstance(v, ox.Literal)
            }
            pattern = _local(self._inherited(iri, "pattern"))
            entries.append(
                TieType(
                    **self._entry(
                        key,
                        iri,
                        broader=above,
                        inverse=dict(sorted(inverse.items())),
                        sign=signs.get(_local(self._describer.one(iri, term("sign"))), 0),
                        mutual=_local(self._describer.one(iri, term("direction"))) == "mutual",
                        pattern=cast(Pattern, pattern),
                    )
                )
            )
        return tuple(entries)

    def quadrants(self) -> tuple[Quadrant, ...]:
        """The fields of the power and interest grid."""
        fields = concept_lists()["quadrant"]

        def ends(iri: str, name: str) -> tuple[float, float]:
            return tuple(float(self._describer.one(iri, term(f"{name}{end}"))) for end in ("Low", "High"))  # type: ignore[return-value]  # two ends

        return tuple(
            Quadrant(labels=self._labels(iri), power=ends(iri, "power"), interest=ends(iri, "interest"))
            for iri in sorted(fields.values(), key=self._order)
        )

    def of(self, name: str) -> tuple[Entry, ...]:
        """All concepts of a list, the most probable or first in order first."""
        ranked = concept_lists()[name]
        probability = {k: float(self._describer.one(iri, term("probability")) or 0) for k, iri in ranked.items()}
        order = sorted(ranked, key=lambda k: (-probability[k], self._order(ranked[k]), k))
        return tuple(Entry(id=key, labels=self._labels(ranked[key])) for key in order)
