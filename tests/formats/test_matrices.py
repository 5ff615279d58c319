"""Matrices with names as people fill them in: halves, marks, signs, words, totals; and signs in weights and in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.sheets import Rows, xlsx
from tests.formats.test_import import imported, ties

AB, BC = ("a", "connection", "b"), ("b", "connection", "c")
MATRICES: dict[str, tuple[str, list[tuple[str, str, str]]]] = {
    "a lower half": (",A,B,C\nA\nB,1\nC,0,3\n", [("b", "connection", "a"), ("c", "connection", "b")]),
    "an upper half": (",A,B,C\nA,,1,\nB,,,2\nC,,,\n", [AB, BC]),
    "decimal commas": (";A;B;C\nA;0;1,5;0\nB;1,5;0;2\nC;0;2;0\n", [AB, BC]),
    "marks": (",A,B,C\nA,,x,\nB,x,,✓\nC,,✓,\n", [AB, BC]),
    "a diagonal of dashes": (",A,B,C\nA,-,1,0\nB,1,-,1\nC,0,1,-\n", [AB, BC]),
    "missing values": (",A,B,C\nA,NA,1,0\nB,1,NA,1\nC,NA,1,NA\n", [AB, BC]),
    "signs": (",A,B,C\nA,,+,-\nB,+,,\nC,-,,\n", [("a", "positive-tie", "b"), ("a", "negative-tie", "c")]),
    "minus signs of word processors": (
        ",A,B,C\nA,0,1,0\nB,0,0,−1\nC,0,0,0\n",
        [("a", "positive-towards", "b"), ("b", "negative-towards", "c")],
    ),
    "kinds of relations": (
        ",A,B,C\nA,,alliance,\nB,,,tension;funding\nC,,,\n",
        [("a", "alliance", "b"), ("b", "tension", "c"), ("b", "funding", "c")],
    ),
    "a corner that says what is what": (
        "actors\\issues,Land,Water\nA,1,0\nB,0,1\n",
        [("a", "connection", "land"), ("b", "connection", "water")],
    ),
    "totals": (",A,B,Total\nA,0,1,1\nB,1,0,1\nTotal,1,1,2\n", [AB]),
    "names in other capitals": (",ANA,BIT,CLA\nAna,0,1,0\nBit,1,0,0\nCla,0,0,0\n", [("ana", "connection", "bit")]),
    "numbers for names": (",1,2,3\n1,0,1,0\n2,1,0,0\n3,0,0,0\n", [("1", "connection", "2")]),
}


@pytest.mark.parametrize("name", MATRICES)
def test_matrices_as_people_fill_them_in(tmp_path: Path, name: str) -> None:
    content, expected = MATRICES[name]
    (tmp_path / "m.csv").write_text(content, encoding="utf-8")

    assert expected == ties(imported(tmp_path / "m.csv"))


def test_what_is_left_out_of_a_matrix_is_told_and_half_a_matrix_may_have_a_direction(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(",A,B,Total\nA,,1,1\nB,,,0\nTotal,0,1,1\n")
    (tmp_path / "n.csv").write_text(",A,B,C\nA,,NA,1\nB,,,2\nC,,,\n")
    (tmp_path / "map.json").write_text('{"directed": true}')
    report = [*imported(tmp_path / "m.csv").report, *imported(tmp_path / "n.csv").report]

    assert {"m.csv: totals of rows or columns are no actors", "n.csv: 1 cell holds 'NA': no tie"} < set(report)
    assert imported(tmp_path / "n.csv").answers.asks_direction
    assert ["directed-connection"] * 2 == [
        t for _, t, _ in ties(imported(tmp_path / "n.csv", map_file=tmp_path / "map.json"))
    ]


def test_a_total_that_adds_up_nothing_is_an_actor(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(",A,B,Total\nA,0,1,5\nB,1,0,1\nTotal,1,1,2\n")

    assert ("a", "directed-connection", "total") in ties(imported(tmp_path / "m.csv"))


def test_a_table_of_figures_is_no_matrix(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Name,Land,Water\nA,1,0\nB,0,1\n")

    assert "list of nodes" == imported(tmp_path / "x.csv").recognised


def test_several_matrices_are_relations_called_as_their_sheets(tmp_path: Path) -> None:
    square: Rows = [[None, "A", "B"], ["A", None, 1], ["B", 1, None]]
    result = imported(xlsx(tmp_path / "m.xlsx", Alliances=square, Tensiones=square, Advice=square))

    assert [("a", "alliance", "b"), ("a", "tension", "b"), ("a", "connection", "b")] == ties(result)
    assert {"Advice": 1} == dict(result.answers.asked["relation types"])


SIGNED = {
    "weights below 0": ("from,to,weight\nA,B,1\nB,C,-0.5\n", [("positive-tie", "1"), ("negative-tie", "0.5")]),
    "weights below 0, with decimal commas": (
        "from;to;weight\nA;B;1\nB;C;-0,5\n",
        [("positive-tie", "1"), ("negative-tie", "0.5")],
    ),
    "weights above 0 only": ("from,to,weight\nA,B,1\nB,C,0.5\n", [("connection", "1"), ("connection", "0.5")]),
    "words": (
        "from,to,type\nA,B,ally\nB,C,enemy\nC,D,enemigo\nD,E,ennemi\n",
        [("positive-tie", None), *[("negative-tie", None)] * 3],
    ),
    "a word that contradicts its weight": ("from,to,type,weight\nA,B,ally,-2\n", [("positive-tie", None)]),
}


@pytest.mark.parametrize("name", SIGNED)
def test_signs_in_weights_and_words(tmp_path: Path, name: str) -> None:
    content, expected = SIGNED[name]
    (tmp_path / "x.csv").write_text(content)
    result = imported(tmp_path / "x.csv")

    assert expected == [(r["type"], r.get("weight")) for r in result.material.tables["relations"]]
    assert ("below 0: taken" in " ".join(result.report)) is name.startswith("weights below 0")
