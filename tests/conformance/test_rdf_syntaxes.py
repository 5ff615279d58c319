"""The W3C RDF 1.1 syntax suites, through the same reader that opens a user's file.

What a suite calls wrong must be refused with file and line; what it calls right must give the expected triples.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest

from kg.errors import InputError
from kg.formats.rdf import RdfFile
from tests.conftest import material

SUITES = {"rdf-turtle": ".ttl", "rdf-trig": ".trig", "rdf-n-triples": ".nt", "rdf-n-quads": ".nq", "rdf-xml": ".rdf"}
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
CANONICAL_XML = "the engine keeps an empty XML element as <br/>; the suite expects <br></br>: one value, two spellings"
KNOWN = {"rdf-xml/xml-canon-test001": CANONICAL_XML, "rdf-xml/xml-canon-test002": CANONICAL_XML}
"""Tests that are not passed: suite and name, with the reason."""


def cases() -> list[tuple[str, str, str, Path, Path | None, str]]:
    root = material("KG_CONFORMANCE", "conformance") / "w3c-rdf-tests" / "rdf" / "rdf11"
    found = []
    for suite in SUITES:
        folder = root / suite
        base = f"https://w3c.github.io/rdf-tests/rdf/rdf11/{suite}/"
        store = ox.Store()
        store.load(path=str(folder / "manifest.ttl"), format=ox.RdfFormat.TURTLE, base_iri=base + "manifest.ttl")
        query = f"""SELECT ?test ?kind ?action ?result {{
          ?test a ?kind ; <{MF}action> ?action OPTIONAL {{ ?test <{MF}result> ?result }} }}"""
        for solution in cast(ox.QuerySolutions, store.query(query)):
            name, kind = (solution[v].value.rpartition("#")[2] for v in ("test", "kind"))
            action, result = solution["action"].value, solution["result"]
            expected = folder / result.value.removeprefix(base) if result else None
            found.append((suite, name, kind, folder / action.removeprefix(base), expected, action))
    return sorted(found, key=lambda c: c[:2])


CASES = cases()


@pytest.mark.parametrize(
    ("suite", "name", "kind", "action", "expected", "base"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES]
)
def test_syntax_suite(suite: str, name: str, kind: str, action: Path, expected: Path | None, base: str) -> None:
    if f"{suite}/{name}" in KNOWN:
        pytest.xfail(KNOWN[f"{suite}/{name}"])
    file = RdfFile(action)
    file.base = base
    if "Negative" in kind:
        with pytest.raises(InputError) as error:
            list(file.quads())

        assert action.name in str(error.value)
        return
    actual = ox.Dataset(file.quads())  # a file the suite calls right is not refused
    if expected is not None:
        result = RdfFile(expected)
        result.base = base
        wanted = ox.Dataset(result.quads())
        wanted.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        actual.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)

        assert wanted == actual
