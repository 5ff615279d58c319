"""Files of plain ties: the case made from a few of their rows is the one that the graph of all of them holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.analysis.cases import plain
from kg.analysis.cases.plain import plain_case
from kg.analysis.cases.selecting import Selection, select_case
from kg.opening import open_graph

PLAIN = {
    "signed, parallel, with accents": "source,target,sign\nAña,Bé,1\nBé,Cé,-1\nAña,Bé,1\nCé,Ñ 1,\nDé,Añá,-1\n",
    "both ways, weighed, with itself": "source,target,weight\na,b,2\nb,a,0.5\nb,c,\nc,c,3\nc,d,12\nd,b,-1\n",
    "typed, dated, with notes": (
        "from,to,type,start,colour\na,b,alliance,2001,red\nb,c,tension,2002-05,\nc,d,alliance,2001,blue\nd,a,unheard of,,\n"
    ),
}
NOT_PLAIN = {
    "members of a category": "from,to,type\na,b,belongs-to-category\nc,d,tension\n",
    "nodes that weigh": "name,votes\na,3\nb,4\n",
    "a row without an end": "source,target,sign\na,b,1\n,c,1\n",
}


@pytest.fixture(autouse=True)
def _small_files_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "_FROM", 0)


def written(folder: Path, text: str) -> Path:
    path = folder / "ties.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_a_case_read_by_kinds_is_the_case_of_the_graph(text: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    graph = open_graph(path, cache=False)

    for selection in (Selection(), Selection(min_confidence="high")):
        found = plain_case(path, selection, "es")

        assert found is not None
        assert found == select_case(graph, selection, "es")


@pytest.mark.parametrize("text", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_what_is_more_than_plain_ties_is_read_as_a_graph(text: str, tmp_path: Path) -> None:
    assert plain_case(written(tmp_path, text), Selection(), "en") is None


def test_what_was_decided_to_be_the_same_is_read_as_a_graph(tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN["signed, parallel, with accents"])
    (tmp_path / "ties.matches.csv").write_text("a,b,decision\nana,be,same\n", encoding="utf-8")

    assert plain_case(path, Selection(), "en") is None


def test_facts_selected_by_names_or_dates_are_read_from_the_graph(tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN["typed, dated, with notes"])

    assert plain_case(path, Selection(as_of="2001"), "en") is None
    assert plain_case(path, Selection(relation_type=["alliance"]), "en") is None
