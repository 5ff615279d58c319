"""What pages read of a graph beside answers: names in every language, passages and their sources."""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph import Graph
from kg.questions.describe import Describer
from kg.views.page import EvidenceItem, Source
from kg.vocabulary import expand
from kg.vocabulary import kg as term
from kg.wording import series, typeset

__all__ = ["Reader"]

_LABEL = ox.NamedNode(expand("skos:prefLabel"))
_EVIDENCE = ox.NamedNode(expand("prov:wasDerivedFrom"))
_SOURCE = ox.NamedNode(expand("oa:hasSource"))
_TITLE = ox.NamedNode(expand("dcterms:title"))
_ISSUED = ox.NamedNode(expand("dcterms:issued"))


class Reader:
    """Reads names and evidence of one graph; `evidence` and `sources` hold what was read so far, by IRI and id."""

    def __init__(self, graph: Graph, *, of_most: bool = False) -> None:
        self.graph = graph
        self.describer = Describer(graph, "en", of_most=of_most)
        self.evidence: dict[str, EvidenceItem] = {}
        self.sources: dict[str, Source] = {}

    def labels(self, iri: str, prop: ox.NamedNode = _LABEL) -> dict[str, str]:
        """The values of a property by language; English where a value has none."""
        found: dict[str, str] = {}
        for value in self.describer.values(iri, prop):
            if isinstance(value, ox.Literal):
                lang = value.language or "en"
                found[lang] = min(found.get(lang, value.value), value.value)
        return {lang: typeset(text, lang) for lang, text in sorted(found.items())}

    def texts(self, iri: str, name: str) -> dict[str, str]:
        """What a `kg:` property says by language, several texts in one; English where a value has no language."""
        found: dict[str, list[str]] = {}
        for value in self.describer.values(iri, term(name)):
            if isinstance(value, ox.Literal):
                found.setdefault(value.language or "en", []).append(value.value)
        return {lang: series((typeset(v, lang) for v in sorted(values)), lang) for lang, values in sorted(found.items())}

    def all(self, iri: str, prop: ox.NamedNode) -> list[str]:
        """Every value of a property, in order."""
        return sorted(v.value for v in self.describer.values(iri, prop))

    def text(self, iri: str, name: str) -> str:
        """The value of a `kg:` property; empty where there is none."""
        return self.describer.one(iri, term(name))

    def item(self, iri: str) -> EvidenceItem:
        """The passage with that IRI."""
        if iri not in self.evidence:
            source = self.describer.one(iri, _SOURCE)
            section = self.text(iri, "section")
            self.evidence[iri] = EvidenceItem(
                id=self.describer.identifier(iri),
                source=self.source(source),
                section=self.labels(section) if section else {},
                characters="; ".join(self.all(iri, term("characters"))),
                paraphrase=self.labels(iri, term("paraphrase")),
            )
        return self.evidence[iri]

    def source(self, iri: str) -> str:
        """The id of the source with that IRI, which is in `sources` from now on."""
        key = self.describer.identifier(iri)
        if key not in self.sources:
            self.sources[key] = Source(
                id=key,
                title=self.describer.one(iri, _TITLE) or key,
                authors=", ".join(self.all(iri, term("creatorName"))),
                issued=self.describer.one(iri, _ISSUED),
                address=self.text(iri, "address"),
            )
        return key

    def items(self, iri: str) -> tuple[EvidenceItem, ...]:
        """The passages that a thing or fact rests on."""
        return tuple(self.item(e) for e in self.all(iri, _EVIDENCE) if self.describer.one(e, _SOURCE))
