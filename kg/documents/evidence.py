"""The passages behind a fact, read from the user's own copy of their source."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.documents.passages import page_of, passage, passage_hash
from kg.documents.reading import read_document
from kg.documents.shelf import Shelf, Text
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.questions.names import resolve
from kg.vocabulary import ALL, expand
from kg.vocabulary import kg as term

__all__ = ["Passage", "passages_of"]

_SOURCE = ox.NamedNode(expand("oa:hasSource"))
_DERIVED_FROM = ox.NamedNode(expand("prov:wasDerivedFrom"))
_PARTS = ("actor", "subject", "object", "on", "about")


@dataclass(frozen=True)
class Passage:
    """A passage, with its words where the text is at hand."""

    id: str
    source: str
    """Title of the source."""
    paraphrase: str
    characters: str = ""
    page: int | None = None
    passage: str = ""
    before: str = ""
    after: str = ""
    unchanged: bool | None = None
    """Whether the words are those that were coded; None where that is not known."""
    remark: str = ""
    """Why the words are missing, or that they changed."""


def _evidence(graph: Graph, describer: Describer, name: str) -> list[str]:
    """IRIs of the passages that a thing is or cites, its facts' among them where it is no fact."""
    iri = resolve(graph, name, "thing")[1:-1]
    node = ox.NamedNode(iri)
    if next(graph.store.native.quads_for_pattern(node, _SOURCE, None, ALL), None):
        return [iri]
    cited = {v.value for v in describer.values(iri, _DERIVED_FROM)}
    for part in _PARTS:
        for quad in graph.store.native.quads_for_pattern(None, term(part), node, ALL):
            if isinstance(quad.subject, ox.NamedNode):
                cited |= {v.value for v in describer.values(quad.subject.value, _DERIVED_FROM)}
    return sorted(c for c in cited if describer.one(c, _SOURCE))


def _text(source: str, data: list[Path], copy: Path | None) -> Text | None:
    if copy:
        document = read_document(copy)
        return Text(source, document.text, document.pages, copy.name)
    return next((t for t in (Shelf(path).get(source) for path in data if path.exists()) if t), None)


def passages_of(
    graph: Graph, name: str, data: list[Path], *, copy: Path | None = None, around: int = 160, lang: str = "en"
) -> list[Passage]:
    """The passages that a thing rests on, in the order of their ids.

    `data` are the sources of the graph, beside which texts are kept; `copy` is read instead where it is given. Raises
    NotFoundError or AmbiguousError for the name, InputError where a text cannot be read.
    """
    describer = Describer(graph, lang)
    texts: dict[str, Text | None] = {}
    found = []
    for iri in _evidence(graph, describer, name):
        home = describer.one(iri, _SOURCE)
        source = describer.identifier(home)
        ranges = sorted(
            (int(a), int(b)) for a, _, b in (v.value.partition("-") for v in describer.values(iri, term("characters")))
        )
        known = Passage(describer.identifier(iri), describer.label(home), describer.text(iri, term("paraphrase")),
                        ";".join(f"{a}-{b}" for a, b in ranges))  # fmt: skip
        if source not in texts:
            texts[source] = _text(source, data, copy) if ranges else None
        text = texts[source]
        if not ranges or text is None:
            why = f"the text of {source!r} is not here; `kg source add FILE --id {source}` brings it" if ranges else ""
            found.append(Passage(**{**known.__dict__, "remark": why}))
            continue
        first, last = ranges[0][0], ranges[-1][1]
        sha256 = describer.one(iri, term("sha256"))
        same = passage_hash(text.text, ranges) == sha256 if sha256 else None
        found.append(
            Passage(
                **{
                    **known.__dict__,
                    "page": page_of(text.pages, first),
                    "passage": passage(text.text, ranges),
                    "before": " ".join(text.text[max(0, first - around) : first].split()) + " ",
                    "after": " " + " ".join(text.text[last : last + around].split()),
                    "unchanged": same,
                    "remark": "the text is no longer the one that was coded" if same is False else "",
                }
            )
        )
    return found
