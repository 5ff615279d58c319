"""Asks a question of a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.errors import InputError, near_names
from kg.graph import Graph
from kg.questions.answer import Answer, Value
from kg.questions.describe import SENTENCES, Describer, Thing, period
from kg.questions.head import Question, load_part, load_question
from kg.questions.names import resolve
from kg.vocabulary import ALL, CONCEPT, LANGUAGES, expand
from kg.vocabulary import kg as term
from kg.wording import Sentences, series

__all__ = ["ask", "bind", "seen_at"]

_NUMBERS = {expand("xsd:integer"): int, expand("xsd:decimal"): Decimal, expand("xsd:nonNegativeInteger"): int}
_BOOLEAN = expand("xsd:boolean")


def bind(graph: Graph, question: Question, given: Mapping[str, Any]) -> dict[str, list[str]]:
    """Serialised terms per parameter; a year that is not given is the reference date, `()` is any.

    `given` holds a text or several per parameter name. Raises InputError for unknown or missing parameters, and what
    `resolve` raises.
    """
    known = {p.name: p for p in question.parameters}
    for name in given:
        if name not in known:
            hint = near_names(name, known) if known else "it takes no option"
            raise InputError(f"question {question.name!r}: it does not take {name!r}; {hint}")
    terms: dict[str, list[str]] = {}
    for parameter in question.parameters:
        value = given.get(parameter.name)
        values: Iterable[Any] = () if value is None else (value,) if isinstance(value, str | int | Thing) else value
        texts = [v.iri if isinstance(v, Thing) else str(v) for v in values]
        if not texts and parameter.required:
            todo = "give a date" if parameter.type == "year" else "give a name, acronym or id"
            raise InputError(f"question {question.name!r}: --{parameter.name} is missing; {todo}")
        if parameter.name == "year" and value is None and graph.reference_date:
            texts = [graph.reference_date]
        terms[parameter.name] = [resolve(graph, t, parameter.type, f"--{parameter.name}") for t in texts]
    if terms.get("other") and terms["other"] == terms.get("actor"):
        raise InputError(f"question {question.name!r}: --actor and --other are the same; name two")
    return terms


def seen_at(graph: Graph, given: Mapping[str, Any]) -> Graph:
    """The graph as it is seen at the year among the values given, with what is inherited then; itself without one year."""
    value = given.get("year")
    years = [str(v) for v in ((value,) if isinstance(value, str | int) else value or ())]
    return graph.seen_at(years[0]) if len(years) == 1 else graph


def _several(term: Any, describer: Describer) -> tuple[Thing, ...]:
    """The things of a cell that holds several, each once, by IRI."""
    iris = term.value.split() if term is not None else ()
    return tuple(map(describer.thing, sorted(set(iris)) if len(iris) > 1 else iris))


def _value(term: Any, describer: Describer) -> Value:
    if isinstance(term, ox.NamedNode):
        return describer.thing(term.value)
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        if datatype in _NUMBERS:
            number: int | Decimal = _NUMBERS[datatype](term.value)
            return number
        return term.value == "true" if datatype == _BOOLEAN else term.value
    return str(term)


def _reading(question: Question, column: str) -> Callable[[Any, Describer], Value]:
    """What the terms of a column become."""
    if column in question.texts:
        prop = ox.NamedNode(question.texts[column])
        return lambda term, describer: None if term is None else describer.text(term.value, prop) or None
    return _several if column == "evidence" or column in question.lists else _value


def _other_dates(graph: Graph, question: Question, terms: Mapping[str, list[str]], say: Sentences) -> list[str]:
    """The periods of the dated facts that would answer if no year were asked for."""
    if not terms.get("year"):
        return []
    solutions = graph.store.select(question.fill({**terms, "year": []}))
    facts = {iri for s in solutions if s["evidence"] is not None for iri in str(s["evidence"].value).split()}
    periods = set()
    for fact in facts:
        ends = []
        for name in ("start", "end"):
            quads = graph.store.native.quads_for_pattern(ox.NamedNode(fact), term(name), None, ALL)
            ends.append(next((q.object.value for q in quads if isinstance(q.object, ox.Literal)), ""))
        start, end = ends
        periods.add(period(start, end, say.lang))
    return sorted(filter(None, periods))


def _note(graph: Graph, question: Question, terms: Mapping[str, list[str]], describer: Describer) -> str:
    """Why an answer is empty: the source's own denial with its passage, else when there was something, else that nothing is known."""
    say = Sentences(SENTENCES, describer.lang)
    if question.denied_by and terms.get("actor"):
        concepts = [f"<{CONCEPT}relation/{name}>" for name in question.denied_by]
        query = load_part("denied").fill({"actor": terms["actor"], "relation": concepts})
        said = [e for s in graph.store.select(query) for e in describer.evidence(s["fact"].value)]
        if said:
            return say("denied", said=series(dict.fromkeys(f"{e.paraphrase} ({e.locator})" for e in said), describer.lang))
    periods = _other_dates(graph, question, terms, say)
    if periods:
        asked = ", ".join(t.strip('"') for t in terms["year"])
        shown = series([*periods[:3], *(["..."] if len(periods) > 3 else [])], describer.lang)
        return say("other-dates", asked=asked, dates=shown)
    return say("unknown")


def ask(graph: Graph, name: str | Question, lang: str = "en", **given: Any) -> Answer:
    """The answer to a question, with the values given for its parameters (a text, a Thing, or several).

    Raises NotFoundError, AmbiguousError or InputError for a name that cannot be placed.
    """
    if lang not in LANGUAGES:
        raise InputError(f"language {lang!r}: not available; {near_names(lang, LANGUAGES)}")
    question = name if isinstance(name, Question) else load_question(name)
    terms = bind(graph, question, given)
    graph = seen_at(graph, given)
    solutions = graph.store.select(question.fill(terms))
    columns = [v.value for v in solutions.variables]
    describer = Describer(graph, lang)
    read = [_reading(question, c) for c in columns]
    rows = [[r(t, describer) for r, t in zip(read, solution, strict=True)] for solution in solutions]
    # Why an answer is empty costs a second query: it is asked only by those who want to know.
    return Answer(question, columns, rows, describer, lambda: _note(graph, question, terms, describer))
