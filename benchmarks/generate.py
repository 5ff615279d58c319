"""A graph of the model of any size, as N-Triples: seeded, and skewed, since a few actors hold very many relations."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import resources
from kg.vocabulary import CONCEPT, KG, concept_lists, expand

__all__ = ["BASE", "HUBS", "generate"]

BASE = "https://example.org/generated/"
HUBS = ("a0", "a1", "a2")
"""Ids of the actors that hold many relations: each takes part in about 7.5 % of all."""
_HUB_SHARE = 0.075
_LAWMAKING = ("proposes", "adopts", "implements", "opposition", "benefits", "harms")
"""Relation types between actors and instruments: the first four go from the actor."""
_TRIPLES_PER_RELATION = 16.2
"""How many triples a relation costs, with its share of everything else; found by counting what `generate` writes."""


def _actor_relations() -> list[str]:
    """IRIs of the relation types that may tie an actor to an actor, families and categories left out."""
    store = ox.Store()
    store.bulk_load(path=str(resources.ontology() / "concepts.ttl"), format=ox.RdfFormat.TURTLE)
    query = f"""PREFIX kg: <{KG}> SELECT ?type WHERE {{
      ?type kg:sign ?sign ; kg:domainIncludes kg:Actor ; kg:rangeIncludes kg:Actor .
      FILTER (?type != <{CONCEPT}relation/belongs-to-category>)
    }} ORDER BY ?type"""
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101  # the text above is a SELECT
    return [row["type"].value for row in found]


class _Writer:
    """Makes the lines of things, each with an id and a class."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # for data, not for secrets
        self.lists = {name: sorted(concepts.values()) for name, concepts in concept_lists().items()}
        self.relations = _actor_relations()

    def pick(self, name: str) -> str:
        return f"<{self.random.choice(self.lists[name])}>"

    def thing(self, key: str, cls: str, **stated: str | list[str]) -> Iterator[str]:
        subject = f"<{BASE}{key}>"
        yield f"{subject} <{expand('rdf:type')}> <{KG}{cls}> .\n"
        yield f'{subject} <{expand("dcterms:identifier")}> "{key}" .\n'
        for name, value in stated.items():
            prop = expand(name.replace("_", ":", 1)) if "_" in name else KG + name
            for term in value if isinstance(value, list) else [value]:
                yield f"{subject} <{prop}> {term} .\n"

    def name(self, text: str) -> list[str]:
        return [f'"{text} {lang}"@{lang}' for lang in ("en", "es", "fr")]

    def coded(self, evidence: int) -> dict[str, str]:
        return {
            "status": self.pick("status"),
            "confidence": self.pick("confidence"),
            "prov_wasDerivedFrom": f"<{BASE}e{self.random.randrange(evidence)}>",
        }

    def dates(self) -> dict[str, str]:
        start = self.random.randrange(1990, 2014)
        dated = {"start": f'"{start}"', "end": f'"{start + self.random.randrange(1, 20)}"'}
        return dated if self.random.random() < 0.3 else {}


def _number(value: float) -> str:
    return f'"{value:.2f}"^^<{expand("xsd:decimal")}>'


def _things(writer: _Writer, relations: int) -> Iterator[str]:
    choose, below = writer.random.choice, writer.random.randrange
    actors, evidence, issues = max(60, relations // 12), max(50, relations // 3), max(20, relations // 600)

    def actor() -> str:
        return f"<{BASE}{choose(HUBS) if writer.random.random() < _HUB_SHARE * len(HUBS) / 2 else f'a{below(actors)}'}>"

    def issue() -> str:
        return f"<{BASE}i{below(issues)}>"

    yield f"<{BASE[:-1]}> <{expand('rdf:type')}> <{KG}Dataset> .\n"
    yield f'<{BASE[:-1]}> <{KG}referenceDate> "2013" .\n'
    for n in range(12):
        country = f"<{CONCEPT}place-type/country>"
        yield from writer.thing(f"p{n}", "Place", skos_prefLabel=writer.name(f"Country {n}"), placeType=country)
    for n in range(20):
        yield from writer.thing(f"s{n}", "Source", dcterms_title=f'"Source {n}"', sourceType=writer.pick("source-type"))
    for n in range(issues):
        broader = {"skos_broader": f"<{BASE}i{below(n)}>"} if n and below(3) else {}
        yield from writer.thing(f"i{n}", "Issue", skos_prefLabel=writer.name(f"Issue {n}"), **broader)
    for n in range(evidence):
        start = below(1_000_000)
        yield from writer.thing(
            f"e{n}",
            "Evidence",
            oa_hasSource=f"<{BASE}s{below(20)}>",
            characters=f'"{start}-{start + 120}"',
            paraphrase=f'"Passage {n}"@en',
        )
    for n in range(actors):
        kind = f"<{CONCEPT}actor-kind/{'category' if n % 100 == 50 else 'organization'}>"
        yield from writer.thing(
            f"a{n}",
            "Actor",
            skos_prefLabel=writer.name(f"Actor {n}"),
            acronym=f'"AC{n}"',
            actorKind=kind,
            actorType=writer.pick("actor-type"),
            country=f"<{BASE}p{below(12)}>",
            **writer.coded(evidence),
        )
    yield from _facts(writer, relations, actors, evidence, actor, issue)


def _facts(
    writer: _Writer, relations: int, actors: int, evidence: int, actor: Callable[[], str], issue: Callable[[], str]
) -> Iterator[str]:
    for n in range(relations):
        subject, object_ = actor(), actor()
        while object_ == subject:
            object_ = actor()
        topic = {"onIssue": issue()} if n % 2 else {}
        kind = f"<{writer.random.choice(writer.relations)}>"
        stated = {"subject": subject, "relationType": kind, "object": object_, **topic}
        yield from writer.thing(f"r{n}", "Relation", **stated, **writer.dates(), **writer.coded(evidence))
    for n in range(actors):
        if n % 3 == 0 and n % 100 != 50:  # a third of the actors belong to a category
            category = f"<{BASE}a{writer.random.randrange(actors // 100 + 1) * 100 % max(actors - 60, 1) + 50}>"
            stated = {"subject": f"<{BASE}a{n}>", "relationType": f"<{CONCEPT}relation/belongs-to-category>"}
            yield from writer.thing(f"c{n}", "Relation", **stated, object=category, **writer.coded(evidence))
    for n in range(relations // 8):
        low = writer.random.random() / 2
        bounds = {"low": _number(low), "high": _number(low + 0.4)}
        yield from writer.thing(
            f"w{n}", "Assessment", actor=actor(), dimension=writer.pick("dimension"), **bounds, **writer.coded(evidence)
        )
        wanted = {"on": issue(), "stance": writer.pick("stance")}
        yield from writer.thing(f"o{n}", "Position", actor=actor(), **wanted, **writer.coded(evidence))
        given = {"onIssue": issue(), "attentionLevel": writer.pick("attention")}
        yield from writer.thing(f"t{n}", "Attention", actor=actor(), **given, **writer.coded(evidence))
    yield from _laws(writer, relations, evidence, actor, issue)


def _laws(
    writer: _Writer, relations: int, evidence: int, actor: Callable[[], str], issue: Callable[[], str]
) -> Iterator[str]:
    instruments = max(20, relations // 60)
    for n in range(instruments):
        stated = {"instrumentType": writer.pick("instrument-type"), "application": writer.pick("application")}
        names = {"skos_prefLabel": writer.name(f"Law {n}")}
        yield from writer.thing(f"l{n}", "Instrument", **names, concernsIssue=issue(), **stated, **writer.coded(evidence))
    for n in range(relations // 10):
        law, name = f"<{BASE}l{writer.random.randrange(instruments)}>", writer.random.choice(_LAWMAKING)
        ends = (actor(), law) if name in _LAWMAKING[:4] else (law, actor())
        tie = {"subject": ends[0], "relationType": f"<{CONCEPT}relation/{name}>", "object": ends[1]}
        yield from writer.thing(f"m{n}", "Relation", **tie, **writer.coded(evidence))
    for n in range(relations // 100):
        text = {"dcterms_description": f'"Finding {n}"@en', "findingKind": writer.pick("finding")}
        yield from writer.thing(f"f{n}", "Finding", **text, about=actor(), onIssue=issue(), **writer.coded(evidence))


def generate(path: Path, triples: int = 1_000_000, seed: int = 2013) -> int:
    """How many triples were written to `path`: about `triples`, the same ones for the same seed."""
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for line in _things(_Writer(seed), int(triples / _TRIPLES_PER_RELATION)):
            out.write(line)
            written += 1
    return written


if __name__ == "__main__":
    target = Path(sys.argv[1])
    sys.stdout.write(f"{target}: {generate(target, *(int(a) for a in sys.argv[2:]))} triples\n")
