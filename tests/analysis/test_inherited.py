"""What members inherit from their categories, at any date and everywhere it is shown. Expected ids by hand, from the tables below."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.analysis.cases.selecting import Selection, select_case
from kg.graph import Graph
from kg.opening import open_graph
from kg.views.network import network_page
from tests.cli.running import kg as run
from tests.core.folders import write

ACTORS = """id,kind,type,name_en,status,confidence
unions,category,trade-union,Unions,stated,high
rural,category,trade-union,Rural Unions,stated,high
industry,category,company,Industry,stated,high
plough,organization,trade-union,Plough,stated,high
left,organization,trade-union,Left,stated,high
fresh,organization,trade-union,Fresh,stated,high
late,organization,trade-union,Late,stated,high
both,organization,company,Both,stated,high
firm,organization,company,Firm,stated,high
bridge,organization,ngo,Bridge,stated,high
pal,organization,ngo,Pal,stated,high
"""
RELATIONS = """id,subject,type,object,start,end,status,confidence
in-rural,rural,belongs-to-category,unions,,,stated,high
in-plough,plough,belongs-to-category,rural,,,stated,high
in-left,left,belongs-to-category,unions,2000,2010,stated,high
in-fresh,fresh,belongs-to-category,rural,2012,,stated,high
in-late,late,belongs-to-category,unions,2014,,stated,high
in-both,both,belongs-to-category,unions,,,stated,high
in-both-too,both,belongs-to-category,industry,,,stated,high
in-firm,firm,belongs-to-category,industry,,,stated,high
tense,unions,tension,industry,,,stated,high
allied,plough,alliance,firm,,,stated,high
known,plough,alliance,bridge,,,stated,high
met,plough,alliance,pal,,,stated,high
known-too,bridge,alliance,firm,,,stated,high
"""
ALWAYS = {"unions~firm", "rural~industry", "rural~firm", "plough~industry", "plough~firm"}
"""Who belongs to both sides inherits nothing; the tension is undated."""
AT = {
    "": ALWAYS | {"fresh~industry", "fresh~firm"},
    "2005": ALWAYS | {"left~industry", "left~firm"},
    "2011": ALWAYS,
    "2013": ALWAYS | {"fresh~industry", "fresh~firm"},
    "2015": ALWAYS | {"fresh~industry", "fresh~firm", "late~industry", "late~firm"},
}
"""By date; without one at the reference date, 2013."""
EXPECTED = {date: {f"tense~{pair}" for pair in pairs} for date, pairs in AT.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("inherited") / "small", actors=ACTORS, relations=RELATIONS)


@pytest.fixture(scope="module")
def graph(folder: Path) -> Graph:
    return open_graph(folder)


@pytest.mark.parametrize("date", sorted(AT))
class TestAtADate:
    """Whoever belonged to a category then inherits, whoever has left or had not come does not."""

    def test_a_case(self, graph: Graph, date: str) -> None:
        case = select_case(graph, Selection(as_of=date))

        assert EXPECTED[date] == {tie.id for tie in case.ties if tie.inherited}

    def test_questions(self, folder: Path, date: str) -> None:
        g = kg.open(folder)
        given = {"year": date} if date else {}
        rows = [row for row in g.ask("tensions", **given) if row.how.label == "Inherited"]

        assert EXPECTED[date] == {fact.id.rpartition("/")[2] for row in rows for fact in row.evidence}
        assert {key for _, _, key, data in g.to_networkx(**given).edges(keys=True, data=True) if data["inherited"]} == (
            EXPECTED[date]
        )

    def test_the_network_page(self, graph: Graph, date: str) -> None:
        page = network_page(graph, analysis=False, year=date or None)

        assert EXPECTED[date] == {tie.id.rpartition("/")[2] for tie in page.ties if tie.inherited_from}


def test_facts_of_another_time_are_still_counted(folder: Path) -> None:
    """In 2005 the memberships of Fresh and Late do not hold yet; the four that are undated and Left's do, and name a category."""
    line = run("camps", "--as-of", "2005", data=folder).stdout.splitlines()[-1]

    assert "as of 2005. Left out: 2 of another time, 6 that only name a category." in line


def test_the_graph_itself_is_kept_where_no_membership_differs(graph: Graph) -> None:
    assert graph.seen_at("2013") is graph
    assert graph.seen_at("2012-06") is graph  # in 2012 as in 2013, the year that Fresh came
    assert graph.seen_at("2011") is not graph


def test_show_says_that_facts_hold_at_another_date(folder: Path) -> None:
    result = run("show", "late", "--as-of", "2005", data=folder)

    assert "Late: no fact that names it holds in 2005; without --as-of all are shown" in result.stderr


class TestShownAsInherited:
    """Plough is allied with Firm and inherits the unions' tension with Industry and its member; Bridge is allied with both,
    and only Plough with Pal."""

    def told(self, folder: Path, command: str, *words: str) -> tuple[dict[str, dict[str, Any]], list[str]]:
        found = json.loads(run(command, *words, "--format", "json", data=folder).stdout)
        return {row["id"]: row for row in found["tables"][command]}, found["remarks"]

    def test_among_allies(self, folder: Path) -> None:
        rows, remarks = self.told(folder, "allies", "plough")

        assert ["Plough – Tension – Firm (inherited)"] == rows["firm"]["against"]
        assert ["Firm (inherited)"] == self.told(folder, "allies", "bridge")[0]["plough"]["obstacles"]
        assert (
            "The tensions with Firm and Industry are only inherited from categories; --no-inherited leaves them out."
            in remarks
        )

    def test_among_brokers(self, folder: Path) -> None:
        assert ["Firm (inherited)"] == self.told(folder, "brokers")[0]["plough"]["tension"]

    def test_among_whom_a_coalition_alienates(self, folder: Path) -> None:
        found = json.loads(run("coalition", "--unknown-power", "1", "--format", "json", data=folder).stdout)
        alienated = {name for row in found["tables"]["coalitions"] for name in row["alienates"]}

        assert {"Plough (inherited)", "Firm (inherited)"} <= alienated
        assert not {"Plough", "Firm"} & alienated

    def test_among_opponents(self, folder: Path) -> None:
        said = "7 ties against are inherited from categories and count among the opponents; --no-inherited leaves them out."

        assert said in self.told(folder, "power")[1]

    @pytest.mark.parametrize("command", ["allies plough", "brokers", "coalition --unknown-power 1", "power", "camps"])
    @pytest.mark.parametrize("off", ["--no-inherited", "--no-inferred", "--min-confidence=medium"])
    def test_nothing_is_left_of_it_where_it_is_switched_off(self, folder: Path, command: str, off: str) -> None:
        told = run(*command.split(), off, data=folder).stdout

        assert "7 inherited" in told or "7 inferred" in told or "7 less certain" in told  # in the line on the facts
        assert "(inherited)" not in told
        assert "only inherited" not in told
        assert "are inherited" not in told

    def test_what_a_source_says_of_the_pair_itself_is_not_marked(self, tmp_path: Path) -> None:
        own = "own,plough,tension,firm,,,stated,high\n"
        folder = write(tmp_path / "small", actors=ACTORS, relations=RELATIONS + own)

        assert ["Firm"] == self.told(folder, "brokers")[0]["plough"]["tension"]
