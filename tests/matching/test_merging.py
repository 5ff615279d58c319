"""What is decided to be the same becomes one: nothing is lost, and deleting the line undoes it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import kg
from kg.errors import InputError
from kg.vocabulary import DERIVED, expand
from tests.cli.running import WORLD
from tests.cli.running import kg as run
from tests.conftest import ROOT

EXTRA = "uca2,organization,unspecified,Union Highland Farmers,,,UHF,,montea,national,stated,medium,r08\n"
TIE = "zz1,uca2,support,verde,,,,,,,,,,stated,high,r08\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The invented country, in which the highland union stands a second time with a tie of its own."""
    folder = tmp_path / "world"
    shutil.copytree(WORLD, folder)
    with (folder / "actors.csv").open("a", encoding="utf-8") as file:
        file.write(EXTRA)
    with (folder / "relations.csv").open("a", encoding="utf-8") as file:
        file.write(TIE)
    return folder


def test_candidates_are_listed_with_score_and_reason(folder: Path) -> None:
    rows = json.loads(run("match", "--format", "json", data=folder).stdout)

    assert [("uca", "uca2", 0.97)] == [(r["a"], r["b"], r["score"]) for r in rows if "uca2" in (r["a"], r["b"])]
    assert "have the same words in another order" in rows[0]["why"]


def test_what_is_the_same_becomes_one_with_every_statement_and_its_source(folder: Path) -> None:
    before = kg.open(folder).graph
    quads = {str(q) for q in before.quads(derived=False)}
    result = run("match", "uca", "uca2", "--is", "same", "--by", "Ana", data=folder)
    g = kg.open(folder)
    shown = [t.iri for t in (g.thing("uca2"), g.thing("UHF"), g.thing("uca"))]
    types = {str(s[0]) for s in g.sparql(f"SELECT ?t {{ <{shown[0]}> <https://w3id.org/stakeholder-kg/ns#actorType> ?t }}")}  # type: ignore[union-attr]

    assert 0 == result.exit_code
    assert 1 == len(set(shown))
    assert quads == {str(q) for q in g.graph.quads(derived=False)}
    assert {"<https://w3id.org/stakeholder-kg/concept/actor-type/peasant-union>"} == types
    assert "zz1" in {f.id for row in g.show("uca") for f in row.evidence}
    assert [] == [f for f in g.check() if f.is_error]


def test_what_both_are_called_is_shown_of_the_one(folder: Path) -> None:
    run("match", "uca", "uca2", "--is", "same", data=folder)
    shown = run("show", "uca", data=folder).stdout

    assert "Highland Farmers' Union; Union Highland Farmers" in shown
    assert "UCA; UHF" in shown


def test_deleting_the_line_undoes_it(folder: Path) -> None:
    before = kg.open(folder).export("trig")
    run("match", "--accept", "0.95", data=folder)
    merged = kg.open(folder).export("trig")
    file = folder / "matches.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text(lines[0] + "\n", encoding="utf-8")

    assert lines[1].startswith("uca,uca2,same,0.97,")
    assert before != merged
    assert before == kg.open(folder).export("trig")


def test_a_written_graph_keeps_the_decision(folder: Path, tmp_path: Path) -> None:
    run("match", "uca", "uca2", "--is", "same", data=folder)
    g = kg.open(folder)
    g.export("trig", tmp_path / "w.trig")
    again = kg.open(tmp_path / "w.trig")
    same = {(q.subject, q.object) for q in g.graph.named.triples(DERIVED) if q.predicate.value == expand("owl:sameAs")}

    assert 1 == len(same)
    assert again.thing("uca2") == again.thing("uca")
    assert {f.id for r in g.show("uca") for f in r.evidence} == {f.id for r in again.show("uca") for f in r.evidence}


@pytest.mark.parametrize(("to", "name"), [("xlsx", "out.xlsx"), ("csv", "out")])
def test_written_tables_hold_the_rows_of_both_and_the_decision_beside_them(
    folder: Path, tmp_path: Path, to: str, name: str
) -> None:
    run("match", "uca", "uca2", "--is", "same", data=folder)
    result = run("export", "--to", to, "-o", tmp_path / name, data=folder)
    again = kg.open(tmp_path / name)

    assert "1 decision on what is the same, kept beside the rows of both" in result.stderr
    assert again.thing("uca2") == again.thing("uca")
    assert {"uca", "uca2"} <= {
        getattr(q.object, "value", "") for q in again.graph.quads() if q.predicate.value == expand("dcterms:identifier")
    }


def test_what_is_different_is_no_longer_listed(folder: Path) -> None:
    run("match", "uca", "uca2", "--is", "different", data=folder)

    assert "uca2" not in run("match", data=folder).stdout


@pytest.mark.parametrize("file", ["cli", "matching", "comparison", "documents", "formats", "validation"])
def test_sentences_have_the_same_places_in_every_language(file: str) -> None:
    texts = json.loads((ROOT / "kg" / file / "sentences.json").read_text(encoding="utf-8"))
    places = {
        key: {
            lang: set(re.findall(r"{\w+", "".join(text) if isinstance(text, list) else text)) for lang, text in said.items()
        }
        for key, said in texts.items()
    }

    assert {("en", "es", "fr")} == {tuple(sorted(said)) for said in places.values()}
    assert [] == [key for key, said in places.items() if not said["en"] == said["es"] == said["fr"]]


def test_the_results_of_match_and_diff_are_told_in_the_language_asked_for(folder: Path) -> None:
    listed = run("match", "--least", "0.9", data=folder, env={"KG_LANG": "es"})
    decided = run("match", "uca", "uca2", "--is", "same", data=folder, env={"KG_LANG": "fr"})
    same = run("diff", WORLD, WORLD, data=None, env={"KG_LANG": "fr"})

    assert "Puntaje" in listed.stdout
    assert "tiene 0,9 o más" in listed.stderr
    assert "uca et uca2\N{NARROW NO-BREAK SPACE}: le même (same)" in decided.stderr
    assert "effacer une ligne l'annule" in decided.stderr
    assert "rien n'a changé" in same.stderr


def test_pairs_are_asked_about_one_by_one(folder: Path) -> None:
    result = run("match", "--least", "0.9", "--ask", data=folder, text="u\n")

    assert "uca and uca2: unsure (0.97: " in result.stderr
    assert ["unsure"] == [
        r["decision"] for r in json.loads(run("match", "--least", "0.9", "--format", "json", data=folder).stdout)
    ]


def test_between_data_sets_decisions_name_iris_and_hold_when_both_are_opened(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "actors.csv").write_text(
        "id,kind,type,name_en,status,confidence\nhf,organization,peasant-union,Farmers' Union Highland,stated,low\n"
    )
    both = ["--data", str(folder), "--data", str(other), "match", "--between"]
    listed = json.loads(run(*both, "--format", "json", data=None).stdout)
    run(*both, "--accept", "0.95", data=None)
    iris = {"https://example.org/world/uca", "https://w3id.org/stakeholder-kg/data/other/hf"}

    assert [iris] == [{r["a"], r["b"]} for r in listed if "uca2" not in r["a"] + r["b"]]
    assert kg.open([folder, other]).thing("hf") == kg.open([folder, other]).thing("uca")
    assert "hf" not in str(kg.open(folder).export("nq"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a,b\nx,y\n", r"matches\.csv:1: the column 'decision' is missing"),
        ("a,b,decision\nuca,uca2,sam\n", r"matches\.csv:2 \(decision\): 'sam'; did you mean 'same'\?"),
        ("a,b,decision\nuca,,same\n", r"matches\.csv:2: a decision names two things"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused_with_its_line(folder: Path, content: str, message: str) -> None:
    (folder / "matches.csv").write_text(content)

    with pytest.raises(InputError, match=message):
        kg.open(folder)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["uca", "--is", "same"], "kg match: 1 things are named; name the two that the decision is about"),
        (["uca", "uca2", "--is", "smae"], "--is 'smae': no decision; did you mean 'same'?"),
        (["uca", "UCA", "--is", "same"], "'uca' and 'UCA' are one already (uca); name two"),
        (["--kind", "actress"], "--kind 'actress': cannot be compared; did you mean 'actor'?"),
    ],
)
def test_a_decision_that_makes_no_sense_is_one_line(folder: Path, arguments: list[str], message: str) -> None:
    result = run("match", *arguments, data=folder)

    assert 2 == result.exit_code
    assert message in result.stderr


def test_decisions_on_the_shipped_data_are_refused() -> None:
    assert "decisions are kept with your data" in run("match", "--accept", "1", data=None).stderr
