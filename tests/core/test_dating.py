"""What holds at a date. Expected values by hand from the tables below and in folders.py."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from tests.cli.running import kg as run
from tests.core.folders import ACTORS, RELATIONS, write

HEAD = "id,type,name_en,date,start,end,status,confidence\n"
LAWS = (
    HEAD
    + "old-law,law,Old Law,1990,,2004,stated,high\nnew-law,law,New Law,2012,,,stated,high\nbill,bill,Bill,2012,,,stated,high\n"
)
POSITIONS = """id,actor,on,stance,start,end,status,confidence
p-bill,union,bill,support,2003,2012,stated,high
p-new,union,new-law,support,,,stated,high
p-old,chamber,old-law,support,,,stated,high
"""
TIES = RELATIONS + "r-on,farmers,opposition,r-old,,,,stated,high\n"
LEFT = {"2003": ["new-law", "p-new", "r-ally"], "2012": ["old-law", "p-old", "r-old", "r-on"]}
"""By date: the alliance of 2010; the tension of 2001-2005 and what is about it; laws with undated stands on them. The bill
of 2012 stays in 2003, since a stand of that year names it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "small", actors=ACTORS, relations=TIES, instruments=LAWS, positions=POSITIONS)


def _ids(turtle: str) -> set[str]:
    every = (
        "old-law",
        "new-law",
        "bill",
        "p-bill",
        "p-new",
        "p-old",
        "r-ally",
        "r-in",
        "r-tense",
        "r-old",
        "r-should",
        "r-on",
    )
    return {i for i in every if f'dcterms:identifier "{i}"' in turtle}


@pytest.mark.parametrize("date", sorted(LEFT))
def test_an_export_holds_what_is_in_force_and_says_what_is_not(folder: Path, date: str) -> None:
    everything = run("export", "--to", "ttl", data=folder)
    result = run("export", "--to", "ttl", "--as-of", date, data=folder)

    assert LEFT[date] == sorted(_ids(everything.stdout) - _ids(result.stdout))
    undated = {"2003": 5, "2012": 4}[date]  # r-in, r-tense, r-should, p-old or p-new, and r-on while r-old is there
    said = f"as of {date}: {len(LEFT[date])} facts and laws not in force left out; {undated} without dates kept"
    assert said in result.stderr


def test_tables_of_a_date_read_again_without_an_error_and_refer_to_it(folder: Path, tmp_path: Path) -> None:
    book = tmp_path / "then.xlsx"
    run("export", "--to", "xlsx", "-o", book, "--as-of", "2012", data=folder)
    graph = kg.open(book)

    assert "2012" == graph.graph.reference_date
    assert [] == [f for f in graph.check() if f.is_error]


def test_a_query_sees_the_direct_ties_of_the_date(folder: Path) -> None:
    query = "PREFIX kg: <https://w3id.org/stakeholder-kg/ns#> ASK { GRAPH ?g { ?a kg:alliedWith ?b } }"

    assert "true\n" == run("sparql", query, data=folder).stdout
    assert "false\n" == run("sparql", query, "--as-of", "2003", data=folder).stdout


def test_find_shows_what_holds_then_and_refuses_what_is_no_date(folder: Path) -> None:
    shown = {d: run("find", "law", "--format", "csv", "--as-of", d, data=folder).stdout.splitlines()[1:] for d in LEFT}

    assert {"2003": ["old-law,Old Law,Law or programme"], "2012": ["new-law,New Law,Law or programme"]} == {
        d: [line for line in lines if line.startswith(("old-law", "new-law"))] for d, lines in shown.items()
    }
    assert (
        "kg: --as-of 'soon': not a date; write 2013, 2013-08 or 2013-08-31\n"
        == run("find", "law", "--as-of", "soon", data=folder).stderr
    )


def test_what_holds_at_a_date_is_kept_by_content(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh, left = kg.open(folder).graph.as_of("2003")
    uncached, _ = kg.open(folder, cache=False).graph.as_of("2003")
    with monkeypatch.context() as computing_nothing:
        computing_nothing.delattr("kg.dating.holding_at")
        kept, told = kg.open(folder, of_most=True).graph.as_of("2003")
    (folder / "relations.csv").write_text(RELATIONS, encoding="utf-8")
    edited, of_edited = kg.open(folder).graph.as_of("2003")

    assert [uncached.export("nq")] * 2 == [fresh.export("nq"), kept.export("nq")]
    assert (left, (str(folder),)) == (told, kept.sources)
    assert {"r-on"} == _ids(fresh.export("ttl").decode()) - _ids(edited.export("ttl").decode())
    assert left.undated == of_edited.undated + 1
