"""What leaves the house, and what does not. Expected values by hand."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.formats.opening import open_book
from kg.formats.tables import read_book
from tests.cli.running import WORLD
from tests.cli.running import kg as run

FILES = {
    "actors.csv": """id,kind,type,name_en,aliases,country,status,confidence,evidence,note,private
maria-quispe,person,politician,María Quispe Huanca,Doña María,,stated,high,e1,Met her twice.,
union,organization,peasant-union,Union of Quispe's Friends,,,stated,high,e1,Weak says M. Quispe.,
spy,organization,company,Shadow Holding,SHD,,stated,low,e2,,true
mill,organization,company,Mill,,,stated,high,e1;e3,,
""",
    "issues.csv": "id,name_en,topic\nwater,Water,water\n",
    "relations.csv": """id,subject,type,object,status,confidence,evidence,note,private
r-maria-quispe-union,maria-quispe,support,union,stated,high,e1,,
r-spy-mill,spy,support,mill,stated,high,e1,,
r-secret,union,tension,mill,stated,high,e3,,true
r-open,union,tension,mill,stated,high,e1;e3,,
""",
    "positions.csv": """id,actor,on,stance,status,confidence,evidence,open_question_en
p1,maria-quispe,water,support,stated,high,e1,Does MARIA QUISPE HUANCA mean it?
""",
    "attributes.csv": """id,subject,attribute,value,status,confidence,evidence
at1,maria-quispe,founded,1970,stated,high,e1
at2,mill,note,Owned by Quispe and Shadow Holding,stated,high,e1
""",
    "sources.csv": """id,type,title,authors,note_fr,private
report,publication,The Report,,,
talk,interview,Talk with the miller,Old Miller,He is afraid.,true
""",
    "sections.csv": "id,source,name_en\nts,talk,The part on fear\n",
    "evidence.csv": """id,source,section,characters,sha256,paraphrase_en,coder,private
e1,report,,1-5,,Quispe stands with the union.,Ana Coder,
e2,talk,ts,6-9,,The miller fears the holding.,Luis Coder,
e3,talk,,10-12,,He said so.,Ana Coder,
""",
}
SECRETS = [
    *("Quispe", "Huanca", "Doña", "quispe", "1970", "Met her", "Shadow", "SHD", "r-secret"),
    *("Talk with", "Old Miller", "afraid", "Ana Coder", "Luis", "fear", "He said"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "dataset.json").write_text(
        json.dumps({"id": "house", "title": {"en": "The house"}, "sources": ["report", "talk"]})
    )
    return folder


CC = ("--licence", "https://spdx.org/licenses/CC-BY-4.0")


def published(data: Path, *more: str | Path) -> Path:
    out = data.parent / "out"
    result = run("publish", "-o", out, *CC, *more, data=data)
    assert 0 == result.exit_code, result.stderr
    return out


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_nothing_that_was_withheld_stands_in_any_file(data: Path) -> None:
    out = published(data)
    found = {(p.name, s) for p in out.iterdir() for s in SECRETS if s in p.read_text(encoding="utf-8")}

    assert set() == found


def test_persons_and_confidential_sources_are_generalised_and_private_rows_left_out(data: Path) -> None:
    out = published(data)

    assert [("person-1", "Person 1"), ("union", "Union of Person 1's Friends"), ("mill", "Mill")] == [
        (r["id"], r["name_en"]) for r in rows(out, "actors")
    ]
    assert [("relations-1", "person-1", "union"), ("r-open", "union", "mill")] == [
        (r["id"], r["subject"], r["object"]) for r in rows(out, "relations")
    ]
    assert ["The Report", "Confidential source 1"] == [r["title"] for r in rows(out, "sources")]
    assert ["Person 1 stands with the union.", *["Passage of a confidential source."] * 2] == [
        r["paraphrase_en"] for r in rows(out, "evidence")
    ]
    assert ["", ""] == [r["characters"] for r in rows(out, "evidence")[1:]]
    assert ["Does Person 1 mean it?"] == [r["open_question_en"] for r in rows(out, "positions")]
    assert ["Owned by Person 1 and [...]"] == [r["value"] for r in rows(out, "attributes")]


def test_the_package_opens_without_a_finding_and_says_what_is_in_it(data: Path) -> None:
    out = published(data)
    g = kg.open(out)

    assert [] == [f for f in read_book(open_book(out)).findings if f.is_error]
    assert {"Person 1", "Mill"} <= {t.label for t in (g.thing("person-1"), g.thing("mill"))}


def test_the_data_package_describes_every_file_with_its_checksum(data: Path) -> None:
    """Data Package: a resource per file, its hash as `sha256:` and hexadecimal digits, a schema per table."""
    out = published(data)
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    described = {r["path"]: r for r in package["resources"]}
    lines = [line.split("  ") for line in (out / "checksums.sha256").read_text().splitlines()]
    sums = {name: digest for digest, name in lines}
    real = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in out.iterdir() if p.name != "checksums.sha256"}
    fields = [f["name"] for f in described["actors.csv"]["schema"]["fields"]]

    assert real == sums
    assert {name: "sha256:" + real[name] for name in described} == {name: r["hash"] for name, r in described.items()}
    assert [{"name": "CC-BY-4.0", "path": CC[1]}] == package["licenses"]
    assert fields == list(rows(out, "actors")[0])


def test_the_description_counts_what_the_graph_holds(data: Path) -> None:
    """VoID: triples is the number of triples; DCAT: one distribution per file."""
    out = published(data)
    triples = {(q.subject, q.predicate, q.object) for q in ox.parse(path=str(out / "graph.trig"))}
    store = ox.Store()
    store.load(path=str(out / "description.ttl"), format=ox.RdfFormat.TURTLE)
    counted = store.query("SELECT ?n { ?d <http://rdfs.org/ns/void#triples> ?n }")
    files = store.query("SELECT ?f { ?d <http://www.w3.org/ns/dcat#distribution> ?f }")

    assert [str(len(triples))] == [row[0].value for row in counted]  # type: ignore[union-attr]
    assert len(list(out.iterdir())) - 3 == len(list(files))  # type: ignore[arg-type]


def test_the_same_data_give_the_same_bytes(data: Path) -> None:
    first = published(data)
    before = {p.name: p.read_bytes() for p in first.iterdir()}
    shutil.rmtree(first)

    assert before == {p.name: p.read_bytes() for p in published(data).iterdir()}


def test_the_report_names_what_was_withheld_for_oneself_only(data: Path) -> None:
    out = published(data, "--report", data.parent / "report.csv")
    report = (data.parent / "report.csv").read_text(encoding="utf-8")

    assert "actors,maria-quispe,generalised,a person,person-1\n" in report
    assert "actors,spy,left out,marked private,\n" in report
    assert "relations,r-spy-mill,left out,rests on what is left out,\n" in report
    assert "| actors | generalised | a person | 1 |" in (out / "WITHHELD.md").read_text(encoding="utf-8")


def test_persons_may_be_left_out_or_kept(data: Path) -> None:
    without = [r["id"] for r in rows(published(data, "--persons", "leave-out"), "actors")]
    shutil.rmtree(data.parent / "out")
    kept = [r["name_en"] for r in rows(published(data, "--keep", "maria-quispe"), "actors")]

    assert ["union", "mill"] == without
    assert ["María Quispe Huanca", "Union of Quispe's Friends", "Mill"] == kept


def test_a_workbook_is_published_likewise_and_its_documents_stay(tmp_path: Path) -> None:
    run("new", tmp_path / "m.xlsx", data=None)
    (tmp_path / "r.txt").write_text("Some very long words of others.", encoding="utf-8")
    run("source", "add", tmp_path / "r.txt", data=tmp_path / "m.xlsx")
    run("publish", "-o", tmp_path / "out", *CC, data=tmp_path / "m.xlsx")

    assert (tmp_path / "out" / "datapackage.json").exists()
    assert [] == [p.name for p in (tmp_path / "out").iterdir() if "very long words" in p.read_text(encoding="utf-8")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "x"], "a publication needs one; e.g. --licence https://spdx.org/licenses/CC-BY-4.0"),
        ([*CC], "-o is missing; name the folder of the package"),
        (["-o", "x", *CC, "--persons", "hide"], "--persons 'hide': not known; known: generalise, keep, leave-out"),
        (["-o", "x", *CC, "--keep", "maria"], "--keep 'maria': no actor has that id"),
        (["-o", str(WORLD), *CC], "exists already; name another folder or remove it"),
    ],
)
def test_a_call_that_makes_no_sense_is_one_line(data: Path, arguments: list[str], message: str) -> None:
    result = run("publish", *arguments, data=data)

    assert 2 == result.exit_code
    assert message in result.stderr
