"""Files too large for memory: the same result as small ones, findings as ever, and nothing left behind where it ends early."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.cli.import_ import check_target
from kg.formats import builder, canonical, large, streaming, workbook
from kg.formats.answers import Answers
from kg.formats.large import Spool, TextFile
from kg.formats.material import write_folder
from kg.formats.registry import import_files
from kg.formats.streaming import stream_folder, stream_material
from kg.formats.tables import read_tables
from tests.conftest import ROOT

FOLDERS = (ROOT / "data" / "andes-2013", ROOT / "tests" / "world")


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is large, and hardly anything is held in memory."""
    monkeypatch.setattr(large, "LARGE", 1)
    monkeypatch.setattr(large, "_KEPT", 3)
    monkeypatch.setattr(streaming, "_IN_MEMORY", 7)
    monkeypatch.setattr(streaming, "_BATCH", 2)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
@pytest.mark.parametrize("to", streaming.FORMATS)
def test_a_folder_that_is_streamed_gives_the_bytes_of_one_that_is_held(
    tmp_path: Path, folder: Path, to: str, tiny: None
) -> None:
    rows = stream_folder(folder, tmp_path / f"x.{to}")
    held = read_tables(folder)
    quads = [
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph))
        for graph, lines in held.lines.items()
        for q in ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    ]

    assert (held.rows, canonical.write(quads, to)) == (rows, (tmp_path / f"x.{to}").read_bytes())


NODES = "id,label,type,city\na1,Ana,person,Quito\na2,Bit Ñ,company,\na3,Cit,odd type,Lima\n"
EDGES = "source,target,type,since\n" + "".join(f"a{1 + n % 3},a{1 + n * 2 % 3},alliance,20{n:02}\n" for n in range(30))


def test_a_network_that_is_streamed_becomes_the_tables_of_one_that_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nodes.csv").write_text(NODES, encoding="utf-8")
    (tmp_path / "edges.csv").write_text(EDGES)
    files = [tmp_path / "nodes.csv", tmp_path / "edges.csv"]
    held = import_files(files)
    monkeypatch.setattr(large, "LARGE", 1)
    monkeypatch.setattr(large, "_KEPT", 3)
    streamed = import_files(files)

    assert isinstance(streamed.material.tables["relations"], Spool)
    assert {t: list(r) for t, r in held.material.tables.items()} == {t: list(r) for t, r in streamed.material.tables.items()}
    assert held.report == streamed.report


@pytest.mark.parametrize("to", ["nq", "nt"])
def test_a_network_goes_straight_to_the_quads_that_its_tables_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    (tmp_path / "nodes.csv").write_text(NODES, encoding="utf-8")
    (tmp_path / "edges.csv").write_text(EDGES)
    monkeypatch.setattr(large, "LARGE", 1)
    material = import_files([tmp_path / "nodes.csv", tmp_path / "edges.csv"]).material
    write_folder(material, tmp_path / "tables")
    rows = stream_folder(tmp_path / "tables", tmp_path / f"folder.{to}")

    assert rows == stream_material(material, tmp_path / f"straight.{to}")
    assert (tmp_path / f"folder.{to}").read_bytes() == (tmp_path / f"straight.{to}").read_bytes()


def test_things_that_are_called_alike_get_ids_of_their_own_and_passages_are_forgotten_in_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(builder, "_PASSAGES", 2)
    made = builder.Builder("x.csv", Answers(), large=True)
    texts = ["A b", "a-b 2", "A, b!", "a b", "Á b", "…"]

    assert ["a-b", "a-b-2", "a-b-3", "a-b-4", "a-b-5", "x"] == [made.mint(text) for text in texts]
    assert ["e-1", "e-2", "e-1", "e-3", "e-1-2"] == [made.evidence(where) for where in "12131"]


def test_how_far_a_large_import_is_can_be_watched_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nodes.csv").write_text(NODES, encoding="utf-8")
    (tmp_path / "edges.csv").write_text(EDGES)
    monkeypatch.setattr(large, "LARGE", 1)
    told: dict[str, float] = {}
    large.watch(lambda name, part: told.update({name: part}))
    try:
        material = import_files([tmp_path / "nodes.csv", tmp_path / "edges.csv"]).material
        stream_material(material, tmp_path / "x.nq")
    finally:
        large.watch(None)

    assert {"nodes.csv", "edges.csv", "x.nq", *(f"{material.dataset.id}, {t}" for t in material.tables)} == set(told)
    assert {1.0} == set(told.values())


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("x.xlsx", r"x\.xlsx: 30 rows of edges\.csv, but a sheet holds 10 below its heading; write a folder of tables"),
        ("edges.xlsx", r"edges\.xlsx: exists already"), ("here", r"here: exists already"), ("x.odt", r"'\.odt' is nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_refused_before_much_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, told: str
) -> None:
    (tmp_path / "edges.csv").write_text(EDGES)
    (tmp_path / "edges.xlsx").touch()
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "mine.txt").touch()
    monkeypatch.setattr(large, "LARGE", 1)
    monkeypatch.setattr(workbook, "MOST_ROWS", 10)
    with pytest.raises(kg.InputError, match=told):
        check_target(tmp_path / target, [tmp_path / "edges.csv"])


@pytest.mark.parametrize(("rows", "beyond"), [(2, 0), (4, 0), (5, 5)])
def test_rows_are_counted_not_lines(tmp_path: Path, rows: int, beyond: int) -> None:
    (tmp_path / "x.csv").write_text("from,to\n" + '"a\nb",c\n' * rows)

    assert beyond == large.rows_beyond(tmp_path / "x.csv", 4)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_large_text_files_of_any_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes((delimiter.join(["id", "Ñame", "x"]) + "\n").encode(encoding))
    file = TextFile(path)

    assert [(1, ["id", "Ñame", "x"])] == [(line, cells) for line, cells in file]
    assert bool(file.remark) is (encoding == "cp1252")


def test_every_finding_of_a_streamed_folder_is_told_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text(
        "id,kind,type,name_en,status,confidence\na,person,ngo,Ana,stated,high\na,person,ngo,Bit,stated,high\n"
    )
    (tmp_path / "relations.csv").write_text(
        "id,subject,type,object,strength,status,confidence\nr,a,aliance,nobody,much,stated,high\nq,Ana,alliance,a,,,high\n"
    )
    with pytest.raises(kg.FindingsError) as error:
        stream_folder(tmp_path, tmp_path / "x.nq")

    assert [
        ("actors.csv:3 (id)", "duplicate-id"), ("relations.csv:2 (object)", "unknown-reference"),
        ("relations.csv:2 (strength)", "datatype"), ("relations.csv:2 (type)", "unknown-concept"),
        ("relations.csv:3 (status)", "required"),
    ] == sorted((f.where, f.check) for f in error.value.findings)  # fmt: skip
    assert not (tmp_path / "x.nq").exists()


def test_a_spool_is_walked_as_often_as_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "_KEPT", 4)
    spool = Spool({"n": str(n)} for n in range(11))
    pairs = [(a["n"], b["n"]) for a, b in zip(spool, spool, strict=True)]
    spool.append({"n": "11"})

    assert [(str(n), str(n)) for n in range(11)] == pairs
    assert ([str(n) for n in range(12)], 12, True) == ([e["n"] for e in spool], len(spool), bool(spool))


def test_nul_characters_and_open_quotation_marks_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"from,to\nA,\0B\n")
    (tmp_path / "b.csv").write_text('from,to\nA,"B\n')
    with pytest.raises(kg.InputError, match=r"a\.csv: holds NUL"):
        TextFile(tmp_path / "a.csv")
    with pytest.raises(kg.InputError, match=r"b\.csv:2: not valid CSV"):
        list(TextFile(tmp_path / "b.csv", strict=True))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("before", ["", "what was there\n"])
def test_an_import_that_is_interrupted_leaves_the_target_as_it_was(tmp_path: Path, number: int, before: str) -> None:
    target = tmp_path / "x.nq"
    if before:
        target.write_text(before)
    code = (
        "import time; from pathlib import Path; from kg.formats import streaming\n"
        "streaming._Sorter.merged = lambda self: iter(lambda: (print('writing', flush=True), time.sleep(0.05), ('', 'x\\n'))[2], '')\n"
        f"streaming.stream_folder(Path({str(ROOT / 'tests' / 'world')!r}), Path({str(target)!r}))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(number)
        process.wait(20)

    assert 0 != process.returncode
    assert before == (target.read_text() if target.exists() else "")
    assert [target] * bool(before) == list(tmp_path.iterdir())
