"""What is published of RDF and of several sources. Expected values by hand."""

from __future__ import annotations

import json
from pathlib import Path

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


def _publish(*sources: Path, licence: tuple[str, ...] = CC) -> Result:
    before = [part for source in sources for part in ("--data", source)]
    return run(*before, "publish", "-o", sources[0].parent / "both", *licence, data=None)


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
    assert "not published: 1 further data sets do not keep their own description" in result.stderr


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
