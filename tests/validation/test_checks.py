"""Every check finds what it is there for, at the cell or line where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.findings import Finding
from kg.opening import open_graph
from kg.questions.describe import Describer
from kg.validation.checks import check_paths, read_check, run_check
from kg.validation.places import Places
from kg.validation.report import check_source
from kg.vocabulary import LANGUAGES

FIXTURES = Path(__file__).parent / "fixtures"
CHECKS = [path.stem for path in check_paths()]


def source_of(fixture: Path) -> Path:
    graph = fixture / "graph.ttl"
    return graph if graph.exists() else fixture


def told(finding: Finding) -> str:
    return f"{finding.level} {finding.where} {finding.thing}"


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_violated_by_its_fixture_where_it_says(name: str) -> None:
    """`expected.txt` was written by hand with the fixture: level, place, thing."""
    graph = open_graph(source_of(FIXTURES / name), cache=False)
    check = read_check(next(p for p in check_paths() if p.stem == name))
    findings = list(run_check(check, graph, Describer(graph, "en"), Places(graph.sources)))
    expected = (FIXTURES / name / "expected.txt").read_text(encoding="utf-8").splitlines()

    assert sorted(expected) == sorted(told(f) for f in findings)


def test_every_fixture_belongs_to_a_check() -> None:
    assert sorted(CHECKS) == sorted(p.name for p in FIXTURES.iterdir() if p.is_dir())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_findings_are_told_in_the_language_asked_for(lang: str) -> None:
    """Words from the head of the check and from the message of the shape."""
    findings = check_source(FIXTURES / "end-before-start", cache=False, lang=lang)
    words = {"en": "before it begins", "es": "antes de empezar", "fr": "avant de commencer"}

    assert [True] == [words[lang] in f.what for f in findings if f.check == "end-before-start"]


def test_a_language_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InputError, match=r"language 'de': not available; known: en, es, fr"):
        check_source(FIXTURES / "end-before-start", cache=False, lang="de")


HEAD = """#+ problem.en: {thing} is wrong
#+ problem.es: {thing} está mal
#+ problem.fr: {thing} est faux
#+ todo.en: mend it
#+ todo.es: corríjalo
#+ todo.fr: corrigez
#+ level: error
SELECT ?thing WHERE { ?thing a ?class }
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("problem.en", "probleme.en", r"x\.rq:1: unknown head key 'probleme\.en'; did you mean 'problem\.en'"),
        ("{thing} est faux", "{thang} est faux", r"x\.rq:3: unknown field 'thang'; did you mean 'thing'"),
        ("#+ todo.fr: corrigez\n", "", r"x\.rq:1: the head key 'todo\.fr' is missing; add it"),
        ("level: error", "level: fatal", r"x\.rq:1: unknown level 'fatal'; known: error, warning"),
        ("#+ todo.es: corríjalo", "#+ todo.en: mend it", r"x\.rq:5: the key 'todo\.en' stands twice; keep one"),
        ("#+ level: error", "#+ level", r"x\.rq:7: '#\+ level' is no head line; write `#\+ key: value`"),
    ],
)
def test_a_head_that_is_not_in_order_is_an_error_with_file_and_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    path = tmp_path / "x.rq"
    path.write_text(HEAD.replace(old, new), encoding="utf-8")

    with pytest.raises(InputError, match=message):
        read_check(path)
