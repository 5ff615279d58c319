"""`kg camps`, and with it what all commands share that analyse."""

from __future__ import annotations

import csv
import io
import itertools
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.analysis.networks import planted
from tests.cli.running import environment, kg
from tests.conftest import ROOT

TRIBES = ROOT.parent / "shared" / "cases" / "tribes" / "tribes.edges.csv"


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    """By hand: two camps {a, b, c} and {d, e}; c - e is for each other although they stand apart."""
    path = tmp_path / "edges.csv"
    path.write_text("source,target,sign\na,b,1\nb,c,1\na,c,1\nd,e,1\na,d,-1\nb,e,-1\nc,d,-1\nc,e,1\n", encoding="utf-8")
    return path


def test_a_plain_list_of_signed_ties_needs_no_setup(edges: Path) -> None:
    result = kg("camps", data=edges)

    assert (0, "") == (result.exit_code, result.stderr)
    assert (
        "1 of 8 ties contradicts the split into at most 2 camps; no other split is contradicted less (proven)."
        in result.stdout
    )
    assert "The split is unique" in result.stdout
    assert "no more than 4 of these ties could contradict the best split" in result.stdout  # 4 of 8 bind 5 actors
    assert "c – Positive tie – e" in result.stdout
    assert "Facts used: 5 actors, 8 ties (8 stated)" in result.stdout


def test_csv_holds_one_row_per_actor_and_the_words_go_to_standard_error(edges: Path) -> None:
    result = kg("camps", "--format", "csv", data=edges)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))

    assert {"a": "1.1", "b": "1.1", "c": "1.1", "d": "1.2", "e": "1.2"} == {row["id"]: row["camp"] for row in rows}
    assert "Facts used" in result.stderr


def test_json_holds_figures_sentences_and_tables(edges: Path) -> None:
    found = json.loads(kg("camps", "--format", "json", data=edges).stdout)

    assert (1, True, 0.0, 2) == (found["frustration"], found["proven"], found["gap"], found["k"])
    assert [["a", "b", "c"], ["d", "e"]] == found["parts"][0]["camps"]
    assert ["c – Positive tie – e"] == [row["tie"] for row in found["tables"]["contradicting"]]


def test_another_table_can_be_asked_for() -> None:
    result = kg("camps", "--table", "alone", "--format", "csv")

    assert "prensa" in {row["id"] for row in csv.DictReader(io.StringIO(result.stdout))}


def test_why_shows_the_passages_of_contradicting_ties() -> None:
    result = kg("camps", "--why", data=None)

    assert "News item: CONAMAQ leaves the Pacto de Unidad" in result.stdout


@pytest.mark.parametrize(("lang", "word"), [("en", "Facts used"), ("es", "Hechos usados"), ("fr", "Faits utilisés")])
def test_the_report_is_in_the_language_asked_for(lang: str, word: str) -> None:
    assert word in kg("camps", env={"KG_LANG": lang}).stdout


def test_kinds_of_ties_that_count_differently_are_told_by_the_criterion(tmp_path: Path) -> None:
    """By hand: with alpha 1 the ties of c count nothing, so a and b are enemies and c stands with either;
    with 0.25 the triangle of one tie against costs least where that tie lies inside one camp."""
    path = tmp_path / "edges.csv"
    path.write_text("source,target,sign\na,b,-1\nb,c,1\na,c,1\n", encoding="utf-8")
    whole, quarter = (
        " ".join(kg("camps", "--alpha", alpha, "--time-limit", "5", data=path).stdout.split()) for alpha in ("1", "0.25")
    )

    assert "counts 1, one for between camps 0: the best split into at most 2 camps comes to 0, by 1 of 3 ties" in whole
    assert "Part 1 has 2 equally good splits; the data do not decide where these stand: c." in whole
    assert "counts 0.25, one for between camps 0.75: the best split into at most 2 camps comes to 0.25, by 1 of 3" in quarter
    assert "Nobody is against anybody" not in quarter


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "ties contradicts the best split found"),
        ("es", "vínculos contradice la mejor división hallada"),
        ("fr", "liens contredit la meilleure division trouvée"),
    ],
)
def test_one_tie_against_an_unproven_split_is_told_in_the_singular(lang: str, said: str) -> None:
    """One tie contradicts the best split of the shipped data, which no search has time to prove here."""
    assert said in " ".join(kg("camps", "--time-limit", "0", data=None, env={"KG_LANG": lang}).stdout.split())


@pytest.fixture
def enemies(tmp_path: Path) -> Path:
    """By hand: of three enemies any two may share a camp."""
    path = tmp_path / "enemies.csv"
    path.write_text("source,target,sign\na,b,-1\nb,c,-1\nc,a,-1\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "Part 1 has 3 equally good splits without a common core: the data decide nobody's place."),
        ("es", "La parte 1 tiene 3 divisiones igual de buenas sin núcleo común: los datos no deciden el lugar de nadie."),
        (
            "fr",
            "La partie 1 a 3 divisions aussi bonnes sans noyau commun\u202f: les données ne décident de la place de personne.",
        ),
    ],
)
def test_nobody_is_singled_out_among_equals(enemies: Path, lang: str, told: str) -> None:
    assert told in kg("camps", data=enemies, env={"KG_LANG": lang}).stdout


def test_who_is_undecided_stands_in_every_format(enemies: Path, tmp_path: Path) -> None:
    found = json.loads(kg("camps", "--format", "json", data=enemies).stdout)
    rows = list(csv.DictReader(io.StringIO(kg("camps", "--format", "csv", data=enemies).stdout)))
    kg("camps", "--to-rdf", tmp_path / "kept.nq", data=enemies)

    assert (["a", "b", "c"], True) == (found["parts"][0]["changing"], found["parts"][0]["changing_complete"])
    assert ["true"] * 3 == [row["changes"] for row in rows]
    assert 3 == (tmp_path / "kept.nq").read_text(encoding="utf-8").count("undecided-camp>")


@pytest.mark.parametrize(
    ("seed", "told"),
    [
        (1, "Whether other splits of part 1 are as good is not known: not all could be looked at."),
        (0, "Perhaps that holds for others, too: not all splits could be looked at."),
    ],
)
def test_what_could_not_be_looked_at_is_said(tmp_path: Path, seed: int, told: str) -> None:
    """Three planted camps of so many actors are proven, but not every split as good can be looked for."""
    graph, _ = planted(130, 800, 0.05, seed, camps=3)
    path = tmp_path / "planted.csv"
    path.write_text(
        "source,target,sign\n" + "".join(f"{a},{b},{s}\n" for a, b, s in graph.edges(data="sign")), encoding="utf-8"
    )

    assert told in " ".join(kg("camps", "-k", "3", data=path).stdout.split())


def test_markdown_has_headings_tables_and_lists(edges: Path, tmp_path: Path) -> None:
    kg("camps", "--format", "md", "-o", tmp_path / "camps.md", data=edges)
    text = (tmp_path / "camps.md").read_text(encoding="utf-8")

    assert text.startswith("- 8 ties")
    assert "**Camps**\n\n| Camp | Size | Members |" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--country", "Atlantis"], "there is no country of that name"),
        (["-k", "1"], "k is 1; ask for a whole number of camps, at least 2"),
        (["--alpha", "2"], "alpha is 2.0"),
        (["--weight", "love"], "there is no such weight; known: confidence, statement, strength"),
        (["--table", "ally"], "kg camps has no such table"),
        (["--min-confidence", "sure"], "there is no such level; known: high, low, medium"),
        (["--time-limit", "-1"], "--time-limit -1: give seconds, 0 or more"),
        (["--relation-type", "mandate"], "no tie between the selected actors carries a sign"),
        (["--format", "xls"], "there is no such format"),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], message: str) -> None:
    result = kg("camps", *arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr
    assert 1 == result.stderr.count("\n")


def test_a_network_of_friends_is_one_camp(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("source,target,sign\na,b,1\nb,c,1\n", encoding="utf-8")

    assert "Nobody is against anybody" in kg("camps", data=tmp_path / "x.csv").stdout


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "1 tie for or against binds"), ("es", "1 vínculo a favor"), ("fr", "1 lien pour ou contre unit")],
)
def test_a_single_tie_is_told_as_one(tmp_path: Path, lang: str, told: str) -> None:
    (tmp_path / "x.csv").write_text("source,target,sign\na,b,1\n", encoding="utf-8")

    assert kg("camps", data=tmp_path / "x.csv", env={"KG_LANG": lang}).stdout.startswith(told)


def test_a_weight_that_is_no_number_is_one_line_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("source,target,sign,weight\na,b,1,2\nb,c,-1,heavy\n", encoding="utf-8")
    result = kg("camps", data=tmp_path / "x.csv")

    assert (2, 1) == (result.exit_code, result.stderr.count("\n"))
    assert "x.csv:3 (weight): 'heavy' is no number; " in result.stderr


def test_a_weight_may_have_a_decimal_comma(tmp_path: Path) -> None:
    """By hand: in the triangle + + - the lightest tie, of 1.5, is the one to go against."""
    (tmp_path / "x.csv").write_text('source,target,sign,weight\na,b,1,"1,5"\nb,c,1,2\na,c,-1,3\n', encoding="utf-8")
    result = kg("camps", "--weight", "weight", data=tmp_path / "x.csv")

    assert 0 == result.exit_code
    assert "1 of 3 ties, weighing 1.5, contradicts" in result.stdout


def test_weights_in_words_are_kept_as_notes(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("source,target,sign,weight\na,b,1,strong\nb,c,-1,weak\n", encoding="utf-8")

    assert 0 == kg("camps", data=tmp_path / "x.csv").exit_code
    assert "Weight: strong" in kg("export", "--to", "nt", data=tmp_path / "x.csv").stdout


def test_a_list_without_rows_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("source,target,sign\n", encoding="utf-8")
    result = kg("camps", data=tmp_path / "x.csv")

    assert (2, 1) == (result.exit_code, result.stderr.count("\n"))


def test_the_tribes_fall_into_camps_as_published() -> None:
    """Doreian & Mrvar 1996: 7 ties against two camps, 2 against three; 59 of 68 triangles balanced."""
    if not TRIBES.exists():
        pytest.skip(f"needs {TRIBES.name} of the real files of the field")
    two, three = (json.loads(kg("camps", "-k", k, "--format", "json", data=TRIBES).stdout) for k in ("2", "3"))

    assert (7, 2, 68) == (two["frustration"], three["frustration"], two["triangles"])
    assert (True, True) == (two["proven"], three["proven"])
    assert 0.8676471 == pytest.approx(two["balanced_triangles"], abs=1e-7)


HARD = """
import os, signal, sys, threading
import kg.analysis.cases.splits as splits
from kg.cli import main
search = splits.camps
def interrupted(*given, **options):
    threading.Timer(1, os.kill, [os.getpid(), signal.SIGINT]).start()
    return search(*given, **options)
splits.camps = interrupted
sys.argv = ["kg", "--data", sys.argv[1], "camps", *sys.argv[2:]]
main()
"""


@pytest.fixture
def hard(tmp_path: Path) -> Path:
    """Random ties among 100 actors: no proof within seconds."""
    chance = random.Random(1)
    pairs = chance.sample(list(itertools.combinations(range(100), 2)), 600)
    path = tmp_path / "hard.csv"
    path.write_text(
        "source,target,sign\n" + "".join(f"a{a},a{b},{chance.choice((1, -1))}\n" for a, b in pairs), encoding="utf-8"
    )
    return path


def test_a_time_limit_ends_the_search_with_bound_and_gap(hard: Path) -> None:
    result = kg("camps", "--time-limit", "0.5", data=hard)

    assert 0 == result.exit_code
    assert re.search(r"it is not proven: none can have less than [\d.]+ \(gap [\d.]+ %\)", result.stdout)
    assert "The search ended at the time limit" in result.stdout


def test_an_interrupted_search_gives_the_best_answer_so_far(hard: Path) -> None:
    """And nothing more: what was not answered is not put to the test by draws."""
    result = subprocess.run(
        [sys.executable, "-c", HARD, str(hard), "--robust", "5"],
        env=environment(KG_LANG="en"),
        capture_output=True,
        text=True,
        timeout=100,
    )

    assert (0, "") == (result.returncode, result.stderr)
    assert "Interrupted before a first draw was done: nothing was put to the test." in result.stdout
    assert "The search was interrupted: this is the best answer so far." in result.stdout
    assert "Facts used: 100 actors" in result.stdout
