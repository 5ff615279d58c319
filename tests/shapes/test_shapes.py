"""Every constraint of `ontology/shapes.ttl` is violated by a fixture that names it, and by no other.

A fixture in `invalid/` is read together with `valid/world.ttl`. Its head names the shapes that must report something,
each with the SHACL parameters that must fail: `# violates: kgsh:Name by sh:minCount, sh:class`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import RDF, RDFS, SH, SKOS, URIRef

from kg import resources
from kg.opening import open_graph
from kg.questions.describe import Describer
from kg.validation.places import Places
from kg.validation.shapes import shape_findings
from kg.vocabulary import ONTOLOGY_FILES

HERE = Path(__file__).parent
INVALID = sorted((HERE / "invalid").glob("*.ttl"))
KG = "https://w3id.org/stakeholder-kg/ns#"
KGSH = "https://w3id.org/stakeholder-kg/shapes#"
NOT_PARAMETERS = {SH.path, SH.severity, SH.message, SH.targetClass, RDF.type}
Reported = dict[str, set[str]]
"""Name of a shape to the SHACL parameters by which it reports."""


@cache
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(resources.ontology() / "shapes.ttl")


@cache
def ontology() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in ONTOLOGY_FILES:
        graph.parse(resources.ontology() / name)
    return graph


@cache
def background() -> rdflib.Graph:
    """The part of the ontology that shapes look at: classes, lists and signs (a fifth of it, for speed)."""
    graph = rdflib.Graph()
    for predicate in (RDF.type, RDFS.subClassOf, SKOS.inScheme, URIRef(KG + "sign")):
        graph += ontology().triples((None, predicate, None))
    return graph


def reports(*files: Path, whole: bool = False) -> Reported:
    """What the shapes report on these files together, read with the ontology or with what they look at of it."""
    data = rdflib.Graph()
    for file in files:
        data.parse(file)
    data += ontology() if whole else background()
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), inference="none", inplace=True)
    assert isinstance(report, rdflib.Graph), report  # else the engine itself failed
    found: Reported = defaultdict(set)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        shape = report.value(result, SH.sourceShape)
        component = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
        parameter = component.removesuffix("ConstraintComponent")
        found[str(shape).removeprefix(KGSH)].add(parameter[0].lower() + parameter[1:])
    return dict(found)


def named(file: Path) -> Reported:
    """What the head of a fixture says must be reported."""
    heads = re.findall(r"^# violates: kgsh:(\w+) by (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {shape: set(re.findall(r"sh:(\w+)", parameters)) for shape, parameters in heads}


def constraints() -> Reported:
    """Every shape that has a target, with its parameters."""
    found: Reported = {}
    for shape in set(shapes().subjects(SH.targetClass)):
        parameters = {p for p in shapes().predicates(shape) if p not in NOT_PARAMETERS}
        found[str(shape).removeprefix(KGSH)] = {str(p).removeprefix(str(SH)) for p in parameters}
    return found


@pytest.mark.parametrize("file", sorted((HERE / "valid").glob("*.ttl")), ids=lambda f: f.stem)
def test_a_valid_world_is_reported_nothing_of(file: Path) -> None:
    assert reports(file, whole=True) == {}


@pytest.mark.parametrize("file", INVALID, ids=lambda f: f.stem)
def test_an_invalid_fixture_violates_exactly_what_it_names(file: Path) -> None:
    expected = named(file)

    assert expected, "the head names no constraint"
    assert reports(HERE / "valid" / "world.ttl", file) == expected


def test_every_parameter_of_every_constraint_is_violated_by_a_fixture() -> None:
    violated: Reported = defaultdict(set)
    for file in INVALID:
        for shape, parameters in named(file).items():
            violated[shape] |= parameters

    assert dict(violated) == constraints()


def test_every_constraint_is_named_and_speaks_three_languages_with_a_severity() -> None:
    for shape in set(shapes().subjects(SH.targetClass)):
        assert isinstance(shape, URIRef)
        languages = sorted(m.language or "" for m in shapes().objects(shape, SH.message) if isinstance(m, rdflib.Literal))
        assert languages == ["en", "es", "fr"], shape
        assert shapes().value(shape, SH.severity) in {SH.Violation, SH.Warning}, shape


def test_no_shape_is_anonymous() -> None:
    kinds = {SH.PropertyShape, SH.NodeShape}
    typed = {s for kind in kinds for s in shapes().subjects(RDF.type, kind)}
    referred = {o for name in ("property", "not", "node") for o in shapes().objects(None, SH[name])}
    with_path = set(shapes().subjects(SH.path))

    assert {s for s in typed | referred | with_path if not isinstance(s, URIRef)} == set()


def test_a_verdict_depends_only_on_what_the_shapes_name() -> None:
    """Else `kg check`, which copies only the predicates that the shapes name, would have to copy everything."""
    reaching = [SH.sparql, SH.closed, SH.target, SH.js]

    assert [p for p in reaching if (None, p, None) in shapes()] == []


def test_the_check_finds_in_all_fixtures_together_what_the_shapes_report() -> None:
    files = [HERE / "valid" / "world.ttl", *INVALID]
    graph = open_graph(files, cache=False)
    found = {f.check.replace("-", "") for f in shape_findings(graph, Describer(graph, "en"), Places(()))}

    assert found == {shape.lower() for shape in reports(*files)}


def test_what_the_shapes_find_is_kept_by_what_they_look_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*files: Path) -> list[str]:
        graph = open_graph(files)
        return sorted(map(repr, shape_findings(graph, Describer(graph, "es"), Places(()))))

    valid = HERE / "valid" / "world.ttl"
    first, right = found(valid, *INVALID), found(valid)
    monkeypatch.setattr(pyshacl, "validate", None)

    assert (first, right) == (found(valid, *INVALID), found(valid))
    assert len(first) > len(right)


def test_shapes_speak_only_of_terms_of_the_ontology() -> None:
    defined = {s for s in ontology().subjects() if str(s).startswith(KG)}
    used = {o for o in shapes().objects() if isinstance(o, URIRef) and str(o).startswith(KG)}

    assert used - defined == set()


def test_the_shapes_are_well_formed() -> None:
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes(), meta_shacl=True)

    assert conforms, text
