"""Every constraint of `ontology/shapes.ttl` is violated by a fixture that names it, and by no other.

A fixture in `invalid/` is read together with `valid/world.ttl`. Its head names the shapes that must report something,
each with the SHACL parameters that must fail: `# violates: kgsh:Name by sh:minCount, sh:class`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib import RDF, RDFS, SH, SKOS, URIRef

from kg import resources
from kg.errors import InputError
from kg.graph import Graph, open_graph
from kg.questions.describe import Describer
from kg.store.embedded import EmbeddedStore
from kg.validation.places import Places
from kg.validation.shacl import read_shapes
from kg.validation.shapes import shape_findings, violations
from kg.vocabulary import ALL, ONTOLOGY_FILES

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


Violation = tuple[str, str, str, str]
"""Shape, parameter, thing, and the value at fault where there is one."""


def written(term: object) -> str:
    """A term as text; numbers as the engine keeps them, 2.0 as 2."""
    number = isinstance(term, rdflib.Literal) and isinstance(term.value, Decimal)
    return f"{Decimal(str(term)).normalize():f}" if number else "" if term is None else str(term)


def validated(*files: Path, whole: bool = False) -> set[Violation]:
    """What pySHACL says of these files together, read with the ontology or with what shapes look at of it."""
    data = rdflib.Graph()
    for file in files:
        data.parse(file)
    data += ontology() if whole else background()
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), inference="none", inplace=True)
    assert isinstance(report, rdflib.Graph), report  # else the engine itself failed
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        terms = [report.value(result, p) for p in (SH.sourceShape, SH.sourceConstraintComponent, SH.focusNode, SH.value)]
        shape, component, focus, value = map(written, terms)
        parameter = component.removeprefix(str(SH)).removesuffix("ConstraintComponent")
        found.add((shape.removeprefix(KGSH), parameter[0].lower() + parameter[1:], focus, value))
    return found


def ours(*files: Path) -> set[Violation]:
    """What kg's own queries say of the same."""
    store = EmbeddedStore()
    for file in (*files, *(resources.ontology() / name for name in ONTOLOGY_FILES)):
        store.native.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE, to_graph=ALL)
    found = violations(Graph(store, []))
    return {(s.iri.removeprefix(KGSH), p, f.value, "" if v is None else str(getattr(v, "value", v))) for s, p, f, v in found}


def by_shape(found: set[Violation]) -> Reported:
    """The shapes that report something, each with the parameters by which it does."""
    parameters: Reported = defaultdict(set)
    for shape, parameter, _, _ in found:
        parameters[shape].add(parameter)
    return dict(parameters)


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
    assert validated(file, whole=True) == ours(file) == set()


@pytest.mark.parametrize("file", INVALID, ids=lambda f: f.stem)
def test_an_invalid_fixture_violates_exactly_what_it_names(file: Path) -> None:
    expected = named(file)

    assert expected, "the head names no constraint"
    assert by_shape(validated(HERE / "valid" / "world.ttl", file)) == expected


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


@pytest.mark.parametrize("constraint", ["sh:minCount 2", "sh:closed true", "sh:path [ sh:inversePath kg:on ]"])
def test_a_constraint_that_cannot_be_checked_is_refused(constraint: str, tmp_path: Path) -> None:
    """Never ignored: what it forbids would pass unseen."""
    path = "" if "sh:path" in constraint else "sh:path kg:on ;"
    shape = f"kg:S sh:targetClass kg:Position ; {path} {constraint} ; sh:nodeKind sh:IRI ."
    (tmp_path / "s.ttl").write_text(f"@prefix sh: <{SH}> . @prefix kg: <{KG}> . {shape}", encoding="utf-8")

    with pytest.raises(InputError, match=rf"s\.ttl: <{KG}S>: {constraint.split()[0]} cannot be checked"):
        read_shapes(tmp_path / "s.ttl", lambda _: [])


def test_the_check_finds_in_all_fixtures_what_a_shacl_engine_does() -> None:
    """pySHACL is the oracle of kg's own queries: shape, parameter, thing and value.

    All fixtures are read together, since that is quick, and alone those that violate what others make up for.
    """
    world = HERE / "valid" / "world.ttl"
    together = validated(world, *INVALID)
    alone = [file for file in INVALID if not named(file).keys() <= by_shape(together).keys()]
    expected = [together, *(validated(world, file) for file in alone)]

    assert [ours(world, *INVALID), *(ours(world, file) for file in alone)] == expected
    assert {shape for found in expected for shape in by_shape(found)} == set(constraints())


def test_findings_bear_the_name_of_their_shape() -> None:
    graph = open_graph([HERE / "valid" / "world.ttl", HERE / "invalid" / "about.ttl"], cache=False)
    found = {f.check for f in shape_findings(graph, Describer(graph, "en"), Places(()))}

    assert found == {"about"}


def test_shapes_speak_only_of_terms_of_the_ontology() -> None:
    defined = {s for s in ontology().subjects() if str(s).startswith(KG)}
    used = {o for o in shapes().objects() if isinstance(o, URIRef) and str(o).startswith(KG)}

    assert used - defined == set()


def test_the_shapes_are_well_formed() -> None:
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes(), meta_shacl=True)

    assert conforms, text
