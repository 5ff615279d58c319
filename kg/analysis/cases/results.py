"""Results of analyses as RDF: a graph of their own, beside the facts, with method, parameters and the date of the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pyoxigraph as ox

from kg.analysis.cases.model import Case
from kg.analysis.cases.report import Measured, Report, Tested
from kg.errors import InputError
from kg.graph import Graph
from kg.vocabulary import ALL, CONCEPT, expand, kg

__all__ = ["result_quads"]

_BASE = "https://w3id.org/stakeholder-kg/analysis/"
_TYPE = ox.NamedNode(expand("rdf:type"))
_DECIMAL = ox.NamedNode(expand("xsd:decimal"))


def result_quads(report: Report, case: Case, graph: Graph, parameters: Mapping[str, Any]) -> list[ox.Quad]:
    """The quads of a report's results, one measurement each, in a named graph that is the analysis.

    The name of the graph follows from method, parameters, date and results, so the same run gives the same name. `graph` is where
    the case was selected; its data sets are named as used. Actors that only a scenario has are left out: no graph knows them.

    Raises InputError for a report whose results are of no use as RDF, or only of actors that no graph knows.
    """
    if not report.results:
        raise InputError(f"--to-rdf: kg {report.analysis} gives no results to keep; leave the option out")
    told = [f"{name}={_text(value)}" for name, value in sorted({**parameters, **report.assumed}.items())]
    rows = [" ".join((*_about(r), _number(r.value))) for r in report.results]
    content = "\n".join([report.analysis, case.facts.as_of, *told, *rows])
    name = f"{_BASE}{report.analysis}-{sha256(content.encode()).hexdigest()[:12]}"
    home = ox.NamedNode(name)
    measured = list(_measurements(home, report, case))
    if not measured:
        raise InputError("--to-rdf: the graph knows none of these actors; keep results of actors of the graph only")
    triples = [*_analysis(home, report, case, graph, told), *measured]
    return [ox.Quad(*triple, home) for triple in triples]


def _about(result: Measured) -> tuple[str, ...]:
    """What tells a result from the others of its analysis; what most have none of is not named."""
    more = (result.towards, result.relation, result.scenario)
    tested = (str(result.tested),) if result.tested else ()
    return (result.actor, result.measure, *(more if any(more) else ()), *tested)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _number(value: float) -> str:
    """A number as xsd:decimal has it, which knows no exponent."""
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def _analysis(home: ox.NamedNode, report: Report, case: Case, graph: Graph, told: list[str]) -> Iterator[Triple]:
    yield home, _TYPE, kg("Analysis")
    yield home, kg("method"), ox.NamedNode(f"{CONCEPT}analysis/{report.analysis}")
    yield home, ox.NamedNode(expand("dcterms:description")), ox.Literal(report.facts, language=case.lang)
    if case.facts.as_of:
        yield home, kg("dataAsOf"), ox.Literal(case.facts.as_of)
    for parameter in told:
        yield home, kg("parameter"), ox.Literal(parameter)
    datasets = {
        q.subject.value
        for q in graph.store.native.quads_for_pattern(None, _TYPE, kg("Dataset"), ALL)
        if isinstance(q.subject, ox.NamedNode)
    }
    for dataset in sorted(datasets):
        yield home, ox.NamedNode(expand("prov:wasDerivedFrom")), ox.NamedNode(dataset)
    for tie in report.contradicting:
        yield ox.NamedNode(tie), kg("contradictsSplit"), home


def _measurements(home: ox.NamedNode, report: Report, case: Case) -> Iterator[Triple]:
    known = {actor.id: ox.NamedNode(actor.iri) for actor in case.actors if actor.iri}
    scenarios = list(dict.fromkeys(result.scenario for result in report.results if result.scenario))
    for result in report.results:
        actors = [(term, key) for term, key in (("Actor", result.actor), ("Towards", result.towards)) if key]
        if any(key not in known for _, key in actors):
            continue
        ends = [known[key].value for _, key in actors] + ([result.relation] if result.relation else [])
        place = [f"scenario-{scenarios.index(result.scenario) + 1}"] if result.scenario else []
        which = [result.tested.key] if result.tested else []
        parts = [home.value, *place, result.measure, *(iri.rpartition("/")[2] for iri in ends), *which]
        node = ox.NamedNode("/".join(parts))
        yield node, _TYPE, kg("Measurement")
        yield node, kg("resultOf"), home
        for term, key in actors:
            yield node, kg(f"measured{term}"), known[key]
        if result.relation:
            yield node, kg("measuredRelation"), ox.NamedNode(result.relation)
        if result.scenario:
            yield node, kg("scenario"), ox.Literal(result.scenario)
        yield node, kg("measure"), ox.NamedNode(f"{CONCEPT}measure/{result.measure}")
        yield node, kg("measured"), ox.Literal(_number(result.value), datatype=_DECIMAL)
        if result.tested:
            yield from _tested(node, result.tested, case.lang)


def _tested(node: ox.NamedNode, tested: Tested, lang: str) -> Iterator[Triple]:
    yield node, kg("testedQuestion"), ox.Literal(tested.question, language=lang)
    if tested.answer:
        yield node, kg("testedAnswer"), ox.Literal(tested.answer, language=lang)
    yield node, kg("marginLow"), ox.Literal(tested.low)
    if tested.high is not None:
        yield node, kg("marginHigh"), ox.Literal(tested.high)
    if tested.hangs_on:
        yield node, kg("hangsOn"), ox.NamedNode(tested.hangs_on)
