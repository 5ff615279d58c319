"""Every class, property and concept is explained in three languages, and every term in use is defined."""

from __future__ import annotations

import json
import re
from collections import Counter

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import DC, DCAT, DCTERMS, FOAF, ORG, PROV, QB, RDF, RDFS, SDO, SKOS, Literal, URIRef
from rdflib.compare import isomorphic

from kg import resources
from kg.vocabulary import ONTOLOGY_FILES, expand
from tests.ontology.vocabulary import (
    CONCEPT,
    FILES,
    KG,
    NS,
    concepts,
    graph,
    languages,
    lists,
    number,
    one,
    relation_types,
    terms,
)

THREE = ["en", "es", "fr"]


@pytest.mark.parametrize("name", FILES)
def test_both_engines_read_the_same_from_a_file(name: str) -> None:
    path = resources.ontology() / name
    quads = ox.parse(path=str(path))
    strict = ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES)
    expected = rdflib.Graph().parse(data=strict, format="nt")

    assert isomorphic(graph(name), expected)


@pytest.mark.parametrize("term", terms() + concepts(), ids=lambda t: re.sub(r".*/(?=.*[/#])", "", t))
def test_a_term_has_label_definition_example_and_home(term: URIRef) -> None:
    source = lists() if term.startswith(CONCEPT) else graph("kg.ttl")
    label = SKOS.prefLabel if term.startswith(CONCEPT) else RDFS.label

    assert languages(source, term, label) == THREE
    assert languages(source, term, SKOS.definition) == THREE
    assert "en" in languages(source, term, SKOS.example)
    assert list(source.objects(term, RDFS.isDefinedBy)) == [NS]


@pytest.mark.parametrize("scheme", sorted({URIRef(c.rpartition("/")[0]) for c in concepts()}))
def test_a_list_has_label_and_definition_and_no_two_concepts_of_one_label(scheme: URIRef) -> None:
    source = lists()

    assert languages(source, scheme, SKOS.prefLabel) == THREE
    assert languages(source, scheme, SKOS.definition) == THREE
    if scheme.endswith("/column"):
        return  # columns of different answers may bear one heading
    labels = Counter(o for c in source.subjects(SKOS.inScheme, scheme) for o in source.objects(c, SKOS.prefLabel))
    assert [label for label, n in labels.items() if n > 1] == []


def test_a_concept_stands_in_the_list_that_its_address_names() -> None:
    source = lists()
    for concept in concepts():
        scheme = URIRef(concept.rpartition("/")[0])
        broader = one(concept, SKOS.broader)
        assert list(source.objects(concept, SKOS.inScheme)) == [scheme], concept
        assert (scheme, RDF.type, SKOS.ConceptScheme) in source, concept
        if broader is None:
            assert one(concept, SKOS.topConceptOf) == scheme
        else:
            assert (broader, SKOS.topConceptOf, scheme) in source, concept


def test_a_concept_begins_a_line() -> None:
    files = [resources.ontology() / name for name in ("concepts.ttl", "columns.ttl")]
    text = "".join(f.read_text(encoding="utf-8") for f in files)
    heads = re.findall(r"^[a-z]+:([\w-]+) a skos:Concept ;$", text, re.MULTILINE)

    assert sorted(heads) == sorted(c.rpartition("/")[2] for c in concepts())


@pytest.mark.parametrize("relation", relation_types(), ids=lambda t: t.rpartition("/")[2])
def test_a_relation_type_says_all_that_views_and_rules_need(relation: URIRef) -> None:
    source = lists()
    sign, direction, family = one(relation, KG.sign), one(relation, KG.direction), one(relation, SKOS.broader)

    patterns = {"positive": "solid", "negative": "dashed", "neutral": "dotted"}
    assert one(relation, KG.pattern) == URIRef(CONCEPT + "pattern/" + patterns[str(sign).rpartition("/")[2]])
    assert direction in {URIRef(CONCEPT + "direction/directed"), URIRef(CONCEPT + "direction/mutual")}
    assert languages(source, relation, KG.forwardLabel) == THREE
    assert languages(source, relation, KG.inverseLabel) == THREE
    forward, inverse = (set(source.objects(relation, p)) for p in (KG.forwardLabel, KG.inverseLabel))
    assert (forward == inverse) == (direction == URIRef(CONCEPT + "direction/mutual"))
    ends = [set(source.objects(relation, p)) for p in (KG.domainIncludes, KG.rangeIncludes)]
    assert all(ends)
    assert ends[0] | ends[1] <= set(terms())
    assert family is not None
    shortcuts = [s for s in (one(relation, KG.shortcut), one(family, KG.shortcut)) if s]
    assert shortcuts
    assert set(shortcuts) <= set(terms())


def test_relation_types_have_a_total_order() -> None:
    order = [number(r, KG.order) for r in relation_types()]

    assert sorted(order) == list(range(1, len(order) + 1))


def test_probabilities_fall_with_confidence() -> None:
    levels = [URIRef(CONCEPT + "confidence/" + name) for name in ("high", "medium", "low")]

    assert [number(level, KG.probability) for level in levels] == [0.95, 0.75, 0.5]  # the model contract
    assert [number(level, KG.reversal) for level in levels] == [0.01, 0.05, 0.1]  # a fifth of the rest, docs/decisions/0008


def test_a_stances_range_agrees_with_its_sign() -> None:
    for stance in (c for c in concepts() if c.startswith(CONCEPT + "stance/")):
        if stance.endswith("/unknown"):
            assert one(stance, KG.stanceSign) is None
            assert one(stance, KG.stanceLow) is None
            continue
        low, high = number(stance, KG.stanceLow), number(stance, KG.stanceHigh)
        assert -4 <= low <= high <= 4
        expected = 0 if low == -high else (1 if high > -low else -1)
        assert number(stance, KG.stanceSign) == expected, stance


def test_quadrants_cover_the_grid_once() -> None:
    fields = [c for c in concepts() if c.startswith(CONCEPT + "quadrant/")]
    bounds = [[number(f, KG[n]) for n in ("powerLow", "powerHigh", "interestLow", "interestHigh")] for f in fields]

    assert sum((b[1] - b[0]) * (b[3] - b[2]) for b in bounds) == 1
    assert len({(b[0], b[2]) for b in bounds}) == len(fields) == 4


def test_every_kind_of_actor_has_a_class() -> None:
    for kind in (c for c in concepts() if c.startswith(CONCEPT + "actor-kind/")):
        given = one(kind, KG["class"])
        assert given in terms() or str(given).startswith((str(ORG), str(FOAF))), kind


def mentions() -> Counter[str]:
    """How often each name of our namespace stands in the ontology, the table descriptions and the queries."""
    files = [resources.ontology() / name for name in (*FILES, "tables.json")] + sorted(resources.queries().rglob("*.rq"))
    return Counter(m for f in files for m in re.findall(rf"(?:\bkg:|{KG})(\w+)", f.read_text(encoding="utf-8")))


def test_terms_in_use_are_defined() -> None:
    assert set(mentions()) - {t.removeprefix(KG) for t in terms()} == set()


def test_defined_terms_are_in_use() -> None:
    counted = mentions()

    assert [t for t in terms() if counted[t.removeprefix(KG)] < 2] == []


def test_the_tables_use_defined_classes_properties_and_lists() -> None:
    described = json.loads((resources.ontology() / "tables.json").read_text(encoding="utf-8"))
    columns = [c for t in described["tables"] for c in t["tableSchema"]["columns"]]
    stated = {expand(c["propertyUrl"]) for c in columns} | {expand(c["valueUrl"]) for c in columns if c.get("virtual")}
    ours = {URIRef(iri) for iri in stated if iri.startswith(KG)}
    listed = {URIRef(CONCEPT + c[KG + "list"]) for c in columns if KG + "list" in c}

    assert ours
    assert listed
    assert ours - set(terms()) == set()
    assert listed - set(lists().subjects(RDF.type, SKOS.ConceptScheme)) == set()


def test_alignments_start_from_our_terms_and_lead_to_terms_that_exist() -> None:
    closed = {str(n): n for n in (DC, DCAT, DCTERMS, FOAF, ORG, PROV, QB, RDF, SDO, SKOS)}  # rdflib lists their terms
    open_ended = (
        "http://data.europa.eu/eli/ontology#",
        "http://www.w3.org/ns/oa#",
        "http://www.w3.org/ns/opengov#",
    )
    for subject, _, target in graph("alignments.ttl"):
        assert subject in set(terms()) | set(concepts()), subject
        namespace = re.sub(r"[^/#]*$", "", str(target))
        if namespace in closed:
            assert str(target).removeprefix(namespace) in closed[namespace], target
        else:
            assert namespace in open_ended, target


def test_subclasses_and_subproperties_run_in_no_circle() -> None:
    merged = graph("kg.ttl") + graph("alignments.ttl")
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in terms():
            above = {o for parent in merged.objects(term, predicate) for o in merged.transitive_objects(parent, predicate)}
            assert term not in above


def test_the_ontology_has_no_anonymous_nodes() -> None:
    for name in ONTOLOGY_FILES:
        assert {n for t in graph(name) for n in t if not isinstance(n, URIRef | Literal)} == set()
