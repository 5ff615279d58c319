"""Every question file: in order, the same on two engines, in a total order, with evidence in every row."""

from __future__ import annotations

import functools
import itertools
import random
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

import kg
from kg.questions.head import Question, question_paths, read_question
from kg.questions.runner import bind
from kg.vocabulary import ALL, CONCEPT, LANGUAGES, expand
from tests.questions.expected import KEPT
from tests.questions.second import Prepared
from tests.shipped import shipped_graph

QUESTIONS = [read_question(path) for path in question_paths().values()]
NAMES = [q.name for q in QUESTIONS]
ASKED = (
    "allies opponents potential-allies between common-ground bridges tensions coalitions members isolated "
    "power-interest aims interested-but-weak powerful-but-indifferent local-authorities "
    "laws contradicting-laws unapplied-laws who-blocks laws-on "
    "programmes issue-attention neglected-issues positions priorities strategies compare-countries indicator-conflicts umbrellas "
    "evidence estimates data-quality changes "
    "brokers-in-tension"
)
VALUES = {
    "actor": ["uca", "frente"],
    "other": ["camara", "consejo"],
    "country": ["Montéa", "Vecina"],
    "issue": ["tierra", "agua"],
    "instrument": ["ley-tierra", "ley-semillas"],
    "thing": ["uca", "al-uca-mujeres"],
    "type": ["ngo", "social"],
    "year": ["2011", "2016"],
    "from": ["2010"],
    "to": ["2020"],
}


@pytest.fixture(scope="module")
def graph(world: Path) -> kg.KnowledgeGraph:
    """The invented country, and beside it results of analyses that were kept."""
    return kg.open([world, KEPT])


@pytest.fixture(scope="module")
def second(graph: kg.KnowledgeGraph) -> rdflib.Graph:
    """The merged graph in rdflib, the second engine."""
    copy = rdflib.Graph()
    copy.parse(data=graph.graph.store.dump(ALL), format="nt")
    return copy


@pytest.fixture(scope="module")
def shuffled(graph: kg.KnowledgeGraph) -> ox.Store:
    """The merged graph again, its triples loaded in another order."""
    lines = graph.graph.store.dump(ALL).splitlines()
    random.Random(3).shuffle(lines)
    store = ox.Store()
    store.bulk_load(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES, to_graph=ALL)
    return store


@pytest.fixture(scope="module")
def shipped() -> kg.KnowledgeGraph:
    """The shipped data set."""
    return shipped_graph()


@functools.cache
def prepared(name: str) -> Prepared:
    """A question for the second engine."""
    return Prepared(QUESTIONS[NAMES.index(name)])


def fillings(question: Question) -> list[dict[str, list[str]]]:
    """The question with what it requires only, then with one and with two values of each option."""
    required = {p.name: VALUES[p.name][:1] for p in question.parameters if p.required}
    found = [required]
    for parameter in question.parameters:
        found += [required | {parameter.name: VALUES[parameter.name][:count]} for count in (1, 2)]
    return [f for n, f in enumerate(found) if f not in found[:n]]


def plain(term: object) -> str:
    """A term as both engines can be compared: numbers by value, order inside a list aside."""
    if term is None:
        return ""
    text = str(term.value) if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
    try:
        return f"{float(text):g}"
    except ValueError:
        return " ".join(sorted(text.split(" ")))


CASES = [(q, f) for q in QUESTIONS for f in fillings(q)]


def test_every_question_that_was_asked_for_exists() -> None:
    assert set() == set(ASKED.split()) - set(NAMES)


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_the_last_column_is_the_evidence_and_all_columns_are_described(question: Question, graph: kg.KnowledgeGraph) -> None:
    solutions = graph.graph.store.select(question.fill({}))
    columns = [v.value for v in solutions.variables]
    texts = [ox.NamedNode(expand(p)) for p in ("skos:prefLabel", "skos:definition")]
    missing = [
        (c, text.value, lang)
        for c, text, lang in itertools.product(columns, texts, LANGUAGES)
        if lang
        not in {v.language for v in graph.describer.values(f"{CONCEPT}column/{c}", text) if isinstance(v, ox.Literal)}
    ]

    assert "evidence" == columns[-1]
    assert [] == missing


@pytest.mark.parametrize(("question", "given"), CASES, ids=[f"{q.name}-{n}" for n, (q, _) in enumerate(CASES)])
def test_two_engines_give_the_same_rows_in_the_same_order(
    question: Question, given: dict[str, list[str]], graph: kg.KnowledgeGraph, second: rdflib.Graph
) -> None:
    terms = bind(graph.graph, question, given)
    ours = [[plain(t) for t in row] for row in graph.graph.store.select(question.fill(terms))]
    theirs = [[plain(t) for t in row] for row in prepared(question.name).rows(second, terms)]

    assert theirs == ours


@pytest.mark.parametrize("name", ["allies", "laws", "changes"])
def test_the_second_engine_reads_the_filled_text_as_it_is_asked_here(name: str, graph: kg.KnowledgeGraph) -> None:
    question = QUESTIONS[NAMES.index(name)]
    empty = repr(prepared(name).query.algebra)
    terms = bind(graph.graph, question, {p.name: VALUES[p.name] for p in question.parameters})

    with prepared(name).filled(terms) as query:
        assert repr(prepareQuery(question.fill(terms)).algebra) == repr(query.algebra)
    assert empty == repr(prepared(name).query.algebra)


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_every_row_rests_on_known_facts(question: Question, graph: kg.KnowledgeGraph) -> None:
    answer = graph.ask(question.name, **{n: v[0] for n, v in fillings(question)[0].items()})

    assert all(row.evidence for row in answer)
    assert all(graph.describer.identifier(f.iri) != f.iri or "~" in f.iri for row in answer for f in row.evidence)


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_the_order_of_rows_does_not_depend_on_the_order_of_triples(
    question: Question, graph: kg.KnowledgeGraph, shuffled: ox.Store
) -> None:
    query = question.fill(bind(graph.graph, question, fillings(question)[0]))
    again = shuffled.query(query, default_graph=[ALL], named_graphs=[])
    assert isinstance(again, ox.QuerySolutions)

    ours = [[plain(t) for t in row] for row in graph.graph.store.select(query)]

    assert ours == [[plain(t) for t in row] for row in again]


@pytest.mark.parametrize("question", QUESTIONS, ids=NAMES)
def test_the_shipped_data_give_an_answer(question: Question, shipped: kg.KnowledgeGraph) -> None:
    if "results" in question.tags:
        pytest.skip("results of analyses are kept by whoever asks for them, none is shipped")
    values = {"actor": "CONAIE", "other": "FENOCIN", "thing": "CONVEAGRO", "issue": "land", "from": "2010", "to": "2013"}
    if question.name == "opponents":
        values["actor"] = "CIOEC"  # no source names an opponent of CONAIE in 2013
    answer = shipped.ask(question.name, **{p.name: values[p.name] for p in question.parameters if p.required})

    assert len(answer) > 0


def test_hostile_values_are_bound_as_terms(graph: kg.KnowledgeGraph) -> None:
    name = "\"}; DROP ALL # O'Hara \\ ?x"
    about = {fact.label for row in graph.ask("evidence", thing=name) for fact in row.facts}

    assert name in about
    with pytest.raises(kg.NotFoundError):
        graph.ask("allies", actor='x" } UNION { ?a ?b ?c')
