"""What `kg check` promises to find, wherever it is found: in the tables, by a shape, by a check or by comparing names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.errors import InputError
from kg.validation.report import check_source
from tests.core.folders import write

HASH = "0" * 64
PLACES = "id,name_en,type\ncountry,Country,country\n"
SOURCES = "id,type,title\nreport,publication,The report\n"
EVIDENCE = f"id,source,characters,sha256,paraphrase_en\ne1,report,10-20,{HASH},The union and the chamber are told of\n"
ACTORS = """id,kind,type,name_en,status,confidence,evidence
union,organization,peasant-union,Green Union,stated,high,e1
chamber,organization,business-association,Blue Chamber,stated,high,e1
"""
RELATIONS = """id,subject,type,object,status,confidence,evidence
r1,union,cooperation,chamber,stated,high,e1
"""
TABLES = {"places": PLACES, "sources": SOURCES, "evidence": EVIDENCE, "actors": ACTORS, "relations": RELATIONS}


def findings(folder: Path, **changed: str) -> list[str]:
    """What is found in a sound little data set with some tables changed, as `level place`."""
    write(folder, **{**TABLES, **changed})
    return [f"{f.level} {f.where}" for f in check_source(folder, cache=False)]


def test_a_sound_data_set_has_no_finding(tmp_path: Path) -> None:
    assert [] == findings(tmp_path / "sound")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"relations": RELATIONS.replace("chamber", "chambre")}, "error relations.csv:2 (object)"),
        ({"relations": RELATIONS.replace(",e1", ",")}, "warning relations.csv:2 (evidence)"),
        ({"relations": RELATIONS.replace("cooperation,chamber", "contradicts,chamber")}, "error relations.csv:2 (object)"),
        ({"relations": RELATIONS + "r1,union,support,chamber,stated,high,e1\n"}, "error relations.csv:3 (id)"),
        (
            {"actors": ACTORS + "verde,organization,peasant-union,Green Unions,stated,high,e1\n"},
            "warning actors.csv:2 (name_en)",
        ),
        ({"relations": RELATIONS.replace("cooperation,chamber", "tension,union")}, "error relations.csv:2 (subject)"),
        (
            {"assessments": "id,actor,dimension,low,high,status,confidence\na1,union,power,0.8,0.2,stated,high\n"},
            "error assessments.csv:2 (low)",
        ),
        (
            {"positions": "id,actor,on,stance,status,confidence\np1,union,chamber,support,inferred,low\n"},
            "warning positions.csv:2 (evidence)",
        ),
        ({"actors": ACTORS + "hermit,person,politician,Hermit,stated,high,e1\n"}, "warning actors.csv:4"),
    ],
    ids=[
        "broken reference",
        "missing source",
        "wrong type",
        "duplicate",
        "near-duplicate by name",
        "tension with itself",
        "interval upside down",
        "position without evidence",
        "isolated actor",
    ],
)
def test_what_kg_check_promises_is_found_at_its_cell(tmp_path: Path, changed: dict[str, str], expected: str) -> None:
    assert expected in findings(tmp_path / "broken", **changed)


def damage(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        path = folder / name
        path.write_bytes(change(path.read_bytes()))

    return apply


@pytest.mark.parametrize(
    ("apply", "expected"),
    [
        (
            damage("actors.csv", lambda b: b.replace(b"Green", b"Gr\xe9en")),
            "actors.csv: line 2 is not UTF-8 (byte 0xe9); save the table as UTF-8",
        ),
        (
            damage("actors.csv", lambda b: b.replace(b"Green", b"Gr\0en")),
            "actors.csv: the table holds a NUL character; save it again as UTF-8 text",
        ),
        (
            damage("relations.csv", lambda b: b.replace(b"subject", b"subjet")),
            "relations.csv (subjet): no column is called 'subjet'; did you mean 'subject' or 'object'?",
        ),
        (
            damage("relations.csv", lambda b: b.replace(b"subject,", b"").replace(b"r1,union,", b"r1,")),
            "relations.csv (subject): the column 'subject' is missing; add it",
        ),
        (
            damage("actors.csv", lambda b: b.replace(b"chamber,", b"union,")),
            "actors.csv:3 (id): the id 'union' already stands in actors.csv:2; give every row an id of its own",
        ),
        (
            damage("relations.csv", lambda b: b.replace(b"chamber", b"chambr")),
            "relations.csv:2 (object): there is no row with the id 'chambr'; did you mean 'chamber'",
        ),
        (
            damage("relations.csv", lambda b: b.replace(b"cooperation", b"coperation")),
            "relations.csv:2 (type): 'coperation' is not in the list 'relation'; did you mean 'cooperation'",
        ),
        (
            damage("relations.csv", lambda b: b.replace(b"dence\n", b"dence,strength\n").replace(b"e1\n", b"e1,strong\n")),
            "relations.csv:2 (strength): 'strong' is no decimal number; write it as 12 or 12.5",
        ),
        (
            damage("relations.csv", lambda b: b.replace(b"evidence\n", b"evidence,strength\n").replace(b"e1\n", b"e1,7\n")),
            "relations.csv:2 (strength): 7 is above 1; correct the value or its scale",
        ),
        (
            damage("actors.csv", lambda b: b.replace(b"Green Union", b'"Green Union')),
            "actors.csv: line 3 is not valid CSV (unexpected end of data); look for a quotation mark that is not closed",
        ),
        (
            damage("relations.csv", lambda b: b.replace(b"cooperation", b"")),
            "relations.csv:2 (type): the cell is empty; fill it in",
        ),
        (
            damage("actors.csv", lambda b: b.replace(b"Green Union", b"Green, Union")),
            "actors.csv:2: the row has 8 cells, the header 7; look for a missing or superfluous comma or quotation mark",
        ),
    ],
    ids=[
        "encoding", "NUL", "wrong header", "missing column", "duplicate id", "unknown reference", "unknown concept",
        "no number", "number out of range", "unclosed quotation mark", "empty required cell", "superfluous comma",
    ],
)  # fmt: skip
def test_damaged_tables_give_one_clear_line_each(tmp_path: Path, apply: Callable[[Path], None], expected: str) -> None:
    folder = write(tmp_path / "damaged", **TABLES)
    apply(folder)
    lines = [str(f) for f in check_source(folder, cache=False)]

    assert 1 == len([line for line in lines if line.startswith(f"error: {expected}")]), lines
    assert all("\n" not in line for line in lines)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    folder = write(tmp_path / "marked", **TABLES)
    damage("actors.csv", lambda b: b"\xef\xbb\xbf" + b)(folder)

    assert [] == check_source(folder, cache=False)


def test_where_tables_have_errors_nothing_else_is_told(tmp_path: Path) -> None:
    """An isolated actor would be a warning, were the tables sound."""
    broken = findings(
        tmp_path / "broken",
        actors=ACTORS + "hermit,person,politician,Hermit,stated,high,e1\n",
        relations=RELATIONS.replace("chamber", "chambre"),
    )

    assert ["error relations.csv:2 (object)"] == broken


def test_with_several_folders_each_place_names_its_folder(tmp_path: Path) -> None:
    sound, broken = write(tmp_path / "sound", **TABLES), write(tmp_path / "broken", **TABLES)
    damage("relations.csv", lambda b: b.replace(b"chamber", b"chambre"))(broken)

    assert ["broken/relations.csv:2 (object)"] == [f.where for f in check_source([sound, broken], cache=False)]


def test_a_graph_from_turtle_is_told_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/stakeholder-kg/ns#> .\n"
        "@prefix x: <https://example.org/> .\n\n"
        'x:r1 a kg:Relation ;\n  kg:start "2010" ; kg:end "2001" .\n',
        encoding="utf-8",
    )
    found = [f for f in check_source(path, cache=False) if f.check == "end-before-start"]

    assert ["graph.ttl:4"] == [f.where for f in found]


def test_findings_come_errors_first_and_always_in_the_same_order(tmp_path: Path) -> None:
    write(tmp_path / "broken", **{**TABLES, "relations": RELATIONS.replace("cooperation,chamber", "tension,union")})
    first, again = (check_source(tmp_path / "broken", cache=False) for _ in range(2))

    assert first == again
    assert [f.is_error for f in first] == sorted((f.is_error for f in first), reverse=True)


def test_an_open_graph_is_checked_like_its_source(tmp_path: Path) -> None:
    folder = write(tmp_path / "broken", **{**TABLES, "relations": RELATIONS.replace(",e1", ",")})

    assert check_source(folder, cache=False) == kg.open(folder, cache=False).check()


def test_a_source_that_is_not_there_is_one_line() -> None:
    with pytest.raises(InputError, match=r"nowhere: there is no such file or folder; check the path"):
        check_source("nowhere")


def test_the_shipped_data_has_no_error() -> None:
    assert [] == [str(f) for f in check_source() if f.is_error]
