"""What changed, and who coded otherwise. Expected values by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.comparison.versions import rdf_patch
from tests.cli.running import WORLD
from tests.cli.running import kg as run

ACTORS = (
    "id,kind,type,name_en,status,confidence\n"
    "union,group,peasant-union,Union,stated,high\nmine,organization,company,Mine,stated,high\n"
)
ISSUES = "id,name_en,topic\nwater,Water,water\nland,Land,land\n"
POSITIONS = "id,actor,on,stance,start,status,confidence\n"
ASSESSMENTS = "id,actor,dimension,low,high,status,confidence\n"


def coder(folder: Path, positions: str, low: str) -> Path:
    folder.mkdir()
    (folder / "actors.csv").write_text(ACTORS)
    (folder / "issues.csv").write_text(ISSUES)
    (folder / "positions.csv").write_text(POSITIONS + positions)
    (folder / "assessments.csv").write_text(ASSESSMENTS + f"a1,union,power,{low},0.6,stated,high\n")
    return folder


@pytest.fixture
def two(tmp_path: Path) -> list[str]:
    """Two coders with a folder each: they agree on the mine and land, and differ on the union and water."""
    ana = coder(tmp_path / "ana", "p1,union,water,support,,stated,high\np2,mine,land,oppose,,stated,high\n", "0.4")
    luis = coder(tmp_path / "luis", "q1,union,water,oppose,2015,stated,high\nq2,mine,land,oppose,,stated,high\n", "0.2")
    return ["--data", str(ana), "--data", str(luis)]


def test_contradictions_between_two_data_sets_are_listed_with_their_rows(two: list[str]) -> None:
    rows = json.loads(run(*two, "agree", "--format", "json", data=None).stdout)

    assert [
        ("Assessment", ["ana: 0.5", "luis: 0.4"], ["a1", "a1"]),
        ("Position", ["ana: Support", "luis: Opposition"], ["p1", "q1"]),
    ] == [(r["kind"], r["codings"], r["facts"]) for r in rows]


def test_alpha_is_told_per_kind_of_fact(two: list[str]) -> None:
    """Stances: support 2, oppose 6, 6, 6 by order. Ordinal, n = 4: Do = 2 d, De = 6 d with d the distance; 1 - 3 * 2 / 6 = 0."""
    result = run(*two, "agree", "--all", data=None)

    assert "Position: Krippendorff's alpha (ordinal) 0.000; 2 units, 4 values, by dataset\n" in result.stderr
    assert 3 == len(result.stdout.splitlines()) - 2


def test_only_what_holds_at_a_date_is_compared(two: list[str]) -> None:
    kinds = {r["kind"] for r in json.loads(run(*two, "agree", "--as-of", "2010", "--format", "json", data=None).stdout)}

    assert {"Assessment"} == kinds


def test_coders_within_one_data_set_are_told_by_their_passages(tmp_path: Path) -> None:
    folder = coder(tmp_path / "map", "", "0.4")
    (folder / "sources.csv").write_text("id,type,title\ns,interview,Talks\n")
    (folder / "evidence.csv").write_text("id,source,paraphrase_en,coder\ne1,s,They back it.,Ana\ne2,s,They back it.,Luis\n")
    head = "id,actor,on,stance,status,confidence,evidence\n"
    (folder / "positions.csv").write_text(
        head + "p1,union,water,support,stated,high,e1\np2,union,water,neutral,stated,high,e2\n"
    )
    rows = json.loads(run("agree", "--format", "json", data=folder).stdout)

    assert [["Ana: Support", "Luis: Neutral"]] == [r["codings"] for r in rows]


def test_two_files_of_one_name_are_not_taken_for_two_coders(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = coder(tmp_path / "a" / "map", "p1,union,water,support,,stated,high\n", "0.4")
    second = coder(tmp_path / "b" / "map", "p2,union,water,oppose,,stated,high\n", "0.4")
    result = run("--data", str(first), "--data", str(second), "agree", data=None)

    assert (2, True) == (
        result.exit_code,
        "2 sources are open, but all call themselves 'map'; give each an id" in result.stderr,
    )


def test_nothing_to_compare_is_said() -> None:
    assert (
        "nothing was coded by more than one coder; --by source or dataset compares others\n"
        == run("agree", "--by", "coder").stderr
    )


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The invented country with a name changed, an actor and its position gone, and a tie added."""
    folder = tmp_path / "changed"
    shutil.copytree(WORLD, folder)
    for file, old, new in (("actors.csv", ",Green Bridge,", ",Green Bridges,"),):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    for name in ("actors", "positions"):
        lines = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if "prensa" not in line]
        (folder / f"{name}.csv").write_text("".join(kept), encoding="utf-8")
    with (folder / "relations.csv").open("a", encoding="utf-8") as file_:
        file_.write("zz1,uca,support,verde,,,,,,,,,,stated,high,r08\n")
    return folder


def test_two_versions_differ_by_thing_and_column(changed: Path) -> None:
    rows = json.loads(run("diff", str(WORLD), str(changed), "--format", "json").stdout)

    assert [
        ("Actors", "removed", "prensa", "", "", ""),
        ("Actors", "changed", "verde", "Name (English)", "Green Bridge", "Green Bridges"),
        ("Relations", "added", "zz1", "", "", ""),
        ("Positions", "removed", "ps-prensa-tierra", "", "", ""),
    ] == [(r["table"], r["what"], r["id"], r["column"], r["old"], r["new"]) for r in rows]


def test_a_version_does_not_differ_from_itself() -> None:
    result = run("diff", str(WORLD), str(WORLD))

    assert ("", "nothing changed\n") == (result.stdout, result.stderr)


def test_the_patch_turns_one_version_into_the_other(changed: Path) -> None:
    old, new = kg.open(WORLD).graph, kg.open(changed).graph
    store = ox.Store()
    store.extend(old.quads(derived=False))
    for line in rdf_patch(old, new).splitlines():
        if line[:2] in ("D ", "A "):
            quad = next(iter(ox.parse(line[2:], format=ox.RdfFormat.N_QUADS)))
            (store.remove if line[0] == "D" else store.add)(quad)

    assert set(new.quads(derived=False)) == set(store)


def test_between_two_dates_facts_begin_end_and_change(tmp_path: Path) -> None:
    folder = coder(tmp_path / "map", "", "0.4")
    head = "id,actor,on,stance,start,end,status,confidence\n"
    rows = "p1,union,water,oppose,2010,2013,stated,high\np2,union,water,support,2014,,stated,high\n"
    rows += "p3,mine,land,oppose,2015,,stated,high\np4,mine,water,oppose,,2012,stated,high\np5,union,land,support,,,stated,high\n"
    (folder / "positions.csv").write_text(head + rows)
    changes = json.loads(run("diff", "--from", "2011", "--to", "2016", "--format", "json", data=folder).stdout)

    assert [("p2", "changed", "Opposition", "Support"), ("p3", "began", "", ""), ("p4", "ended", "", "")] == [
        (c["id"], c["what"], c["old"], c["new"]) for c in changes
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name two versions (kg diff A B) or two dates"),
        (["a"], "name two versions (kg diff A B) or two dates"),
        (["--from", "2010"], "name two versions (kg diff A B) or two dates"),
        (["--from", "201", "--to", "2012"], "--from '201': not a date; write 2013, 2013-08 or 2013-08-31"),
        (["--from", "2010", "--to", "2012", "--format", "patch"], "between dates no statement changes; name two versions"),
    ],
)
def test_a_call_that_makes_no_sense_is_one_line(arguments: list[str], message: str) -> None:
    result = run("diff", *arguments)

    assert 2 == result.exit_code
    assert message in result.stderr
