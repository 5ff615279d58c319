"""What is published of RDF and of several sources. Expected values by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import Result

from tests.cli.running import kg as run
from tests.publishing.test_publishing import CC, SECRETS, data, published, rows

__all__ = ["data"]

ACTORS = "id,kind,type,name_en,status,confidence,private\n"


def _other(folder: Path, actors: str, identifier: str = "other", licence: str = "") -> Path:
    folder.mkdir()
    (folder / "actors.csv").write_text(ACTORS + actors, encoding="utf-8")
    about = {"id": identifier, "title": {"en": "Other"}, "base": f"https://w3id.org/stakeholder-kg/data/{identifier}/"}
    (folder / "dataset.json").write_text(json.dumps({**about, "licence": licence}), encoding="utf-8")
    return folder


def _publish(*sources: Path, licence: tuple[str, ...] = CC, more: tuple[str, ...] = ()) -> Result:
    before = [part for source in sources for part in ("--data", source)]
    return run(*before, "publish", "-o", sources[0].parent / "both", *licence, *more, data=None)


@pytest.mark.parametrize("syntax", ["ttl", "trig"])
def test_rdf_is_published_as_its_tables_are(data: Path, tmp_path: Path, syntax: str) -> None:
    graph = (published(data) / "graph.trig").read_bytes()
    rdf = tmp_path / f"house.{syntax}"
    run("export", "--to", syntax, "-o", rdf, data=data)
    (tmp_path / "out").rename(tmp_path / "of-tables")
    out = published(rdf)
    found = {(p.name, s) for p in out.iterdir() for s in SECRETS if s in p.read_text(encoding="utf-8")}

    assert sorted(graph.splitlines()) == sorted((out / "graph.trig").read_bytes().splitlines())
    assert set() == found


def test_several_sources_become_one_package_without_the_secrets_of_any(data: Path, tmp_path: Path) -> None:
    other = _other(
        tmp_path / "other", "juan,person,politician,Juan Mamani,stated,high,\nring,organization,company,Ring,stated,high,\n"
    )
    result = _publish(data, other)
    out = tmp_path / "both"
    found = {(p.name, s) for p in out.iterdir() for s in (*SECRETS, "Mamani") if s in p.read_text(encoding="utf-8")}

    assert 0 == result.exit_code, result.stderr
    assert {"mill", "person-1", "person-2", "ring", "union"} == {r["id"] for r in rows(out, "actors")}
    assert set() == found


DECIDED = "a,b,decision\n"
HOME = "https://w3id.org/stakeholder-kg/data/"


def test_what_was_decided_to_be_the_same_is_published_as_one(data: Path, tmp_path: Path) -> None:
    """Between sources by address; the name of the second is a further name of the first."""
    other = _other(tmp_path / "other", "mills,organization,company,Old Mills,stated,high,\n")
    (data / "matches.csv").write_text(f"{DECIDED}{HOME}house/mill,{HOME}other/mills,same\n", encoding="utf-8")
    assert 0 == _publish(data, other).exit_code
    actors = {r["id"]: r for r in rows(tmp_path / "both", "actors")}

    assert {"mill", "person-1", "union"} == set(actors)
    assert "Old Mills" == actors["mill"]["aliases"]


def test_who_is_private_or_a_person_under_one_name_is_so_under_the_other(tmp_path: Path) -> None:
    """Nor do the ids and names of the second stay behind in ids of facts and in texts; what is not a person stops it."""
    actors = (
        "spy,organization,company,Shadow,stated,high,true\nfront-office,organization,company,Front Office,stated,high,\n"
    )
    actors += "ana,person,politician,Ana Ruiz,stated,high,\nthe-senator,person,politician,La Senadora,stated,high,\n"
    mine = _other(tmp_path / "mine", actors + "mill,organization,company,Mill,stated,high,\n")
    relations = "id,subject,type,object,status,confidence,note_text\n".replace(",note_text", "")
    relations += "the-senator-mill,the-senator,alliance,mill,stated,high\nfo,front-office,alliance,mill,stated,high\n"
    (mine / "relations.csv").write_text(relations, encoding="utf-8")
    (mine / "matches.csv").write_text(DECIDED + "spy,front-office,same\nana,the-senator,same\n", encoding="utf-8")
    result = _publish(mine)
    out = tmp_path / "both"
    secrets = ("Shadow", "Front Office", "front-office", "Ana", "Senadora", "the-senator")

    assert 0 == result.exit_code, result.stderr
    assert {"mill", "person-1"} == {r["id"] for r in rows(out, "actors")}
    assert [("person-1", "mill")] == [(r["subject"], r["object"]) for r in rows(out, "relations")]
    assert set() == {(p.name, s) for p in out.iterdir() for s in secrets if s in p.read_text(encoding="utf-8")}

    (mine / "matches.csv").write_text(DECIDED + "ana,mill,same\n", encoding="utf-8")
    (tmp_path / "both").rename(tmp_path / "before")

    assert "/ana>: is a person in one source and not in another" in _publish(mine).stderr


def test_several_sources_become_a_data_set_of_its_own_which_names_them(tmp_path: Path) -> None:
    mine = _other(tmp_path / "mine", "a,organization,company,A,stated,high,\n", "one")
    theirs = _other(tmp_path / "theirs", "a,organization,company,B,stated,high,\n", "two")
    assert 0 == _publish(theirs, mine).exit_code
    about = json.loads((tmp_path / "both" / "dataset.json").read_text(encoding="utf-8"))
    package = json.loads((tmp_path / "both" / "datapackage.json").read_text(encoding="utf-8"))
    described = ox.parse(path=str(tmp_path / "both" / "description.ttl"))
    origins = [q.object.value for q in described if q.predicate.value == "http://www.w3.org/ns/prov#wasDerivedFrom"]

    assert ("one-two", HOME + "one-two/", {"en": "Other"}) == (about["id"], about["base"], about["title"])
    assert [HOME + "one/", HOME + "two/"] == [s["path"] for s in package["sources"]]
    assert {HOME + "one", HOME + "two"} == set(origins)
    assert {"a", "a-2"} == {r["id"] for r in rows(tmp_path / "both", "actors")}

    (tmp_path / "both").rename(tmp_path / "before")
    more = ("--title", "Ours", "--base", "https://example.org/ours/", "--as-of", "2013")
    assert 0 == _publish(mine, theirs, more=more).exit_code
    about = json.loads((tmp_path / "both" / "dataset.json").read_text(encoding="utf-8"))

    assert ("https://example.org/ours/", {"en": "Ours"}) == (about["base"], about["title"])


def test_what_does_not_hold_at_the_date_is_not_published(tmp_path: Path) -> None:
    """The date becomes the reference date of the copy."""
    mine = _other(tmp_path / "mine", "a,organization,company,A,stated,high,\nb,organization,company,B,stated,high,\n")
    ties = "id,subject,type,object,start,end,status,confidence\n"
    ties += "old,a,alliance,b,2001,2003,stated,high\nnew,a,tension,b,2010,,stated,high\n"
    (mine / "relations.csv").write_text(ties, encoding="utf-8")
    result = _publish(mine, more=("--as-of", "2012"))
    about = json.loads((tmp_path / "both" / "dataset.json").read_text(encoding="utf-8"))

    assert ["new"] == [r["id"] for r in rows(tmp_path / "both", "relations")]
    assert "2012" == about["reference_date"]
    assert "as of 2012: 1 facts and laws not in force left out" in result.stderr


def test_what_one_source_marks_private_is_private_whatever_another_says(tmp_path: Path) -> None:
    mine = _other(
        tmp_path / "mine",
        "spy,organization,company,Shadow,stated,high,true\nmill,organization,company,Mill,stated,high,\n",
        "same",
    )
    theirs = _other(tmp_path / "theirs", "spy,organization,company,Shadow,stated,high,false\n", "same")
    result = _publish(mine, theirs)

    assert 0 == result.exit_code, result.stderr
    assert ["mill"] == [r["id"] for r in rows(tmp_path / "both", "actors")]


def test_an_actor_that_is_a_person_to_one_source_only_stops_it(tmp_path: Path) -> None:
    mine = _other(tmp_path / "mine", "ana,person,politician,Ana,stated,high,\n", "same")
    theirs = _other(tmp_path / "theirs", "ana,organization,company,Ana,stated,high,\n", "same")
    result = _publish(mine, theirs)

    assert 2 == result.exit_code
    assert "data/same/ana>: is a person in one source and not in another; make them agree" in result.stderr
    assert not (tmp_path / "both").exists()


def test_sources_with_different_licences_need_one_for_all(tmp_path: Path) -> None:
    mine = _other(tmp_path / "mine", "a,organization,company,A,stated,high,\n", licence=CC[1])
    theirs = _other(tmp_path / "theirs", "b,organization,company,B,stated,high,\n", "third")

    assert "--licence is missing: the sources do not state one and the same" in _publish(mine, theirs, licence=()).stderr
