"""`kg power`, `kg brokers` and `kg communities` as they are typed."""

from __future__ import annotations

import csv
import io
import json
import shlex
from pathlib import Path

import pytest

from tests.cli.running import kg


def rows(*arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(kg(*arguments, "--format", "csv").stdout)))


def test_power_puts_every_index_of_every_actor_side_by_side() -> None:
    found = {row["id"]: row for row in rows("power")}

    assert {"degree", "betweenness", "pagerank", "core", "shapley-shubik", "banzhaf", "relative-strength"} < set(
        found["uca"]
    )
    assert found["minfin"]["power_low"] == "0.8"


def test_people_get_the_first_rows_and_are_told_how_many_more_there_are() -> None:
    shown = kg("power").stdout

    assert "more rows: --table power" in shown
    assert "more rows" not in kg("power", "--table", "power").stdout


def test_people_get_the_columns_that_say_most_and_every_column_on_request() -> None:
    assert "(every column: --table communities" in kg("communities").stdout
    assert "Closeness" not in kg("power").stdout.split("side by side")[1]
    assert "Closeness" in kg("power", "--table", "power").stdout


def test_brokers_between_two_actors_are_named_with_their_ties() -> None:
    """tests/world/relations.csv: Green Bridge is allied with the union and bridges to the council."""
    found = json.loads(kg("brokers", "--actor", "UCA", "--other", "consejo", "--format", "json").stdout)

    assert "verde" in {row["id"] for row in found["tables"]["between"]}
    assert ("uca", "consejo") == (found["actor"], found["other"])


def test_why_shows_what_a_broker_rests_on() -> None:
    assert "The Land and Its People" in kg("brokers", "--actor", "UCA", "--other", "consejo", "--why").stdout


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A list of ties as most people have it: without signs. By hand: a triangle, so nobody's leaving cuts anybody off."""
    path = tmp_path / "ties.csv"
    path.write_text("source,target\na,b\nb,c\na,c\n", encoding="utf-8")
    return path


def test_brokers_without_signs_are_told_by_type(plain: Path) -> None:
    shown = kg("brokers", "--size", "1", data=plain).stdout

    assert "Whoever leaves, the others reach each other no less than today." in shown
    assert "No tie is for or against anybody, so there are no camps.\nRoles are told by type of actor." in shown
    assert "--by country" not in shown


def test_nobody_comes_first_where_all_are_equal(plain: Path) -> None:
    """By hand: a triangle; that c is written last in every tie means nothing, since nothing says that ties have a direction."""
    found = json.loads(kg("power", "--format", "json", data=plain).stdout)

    assert found["tables"]["leading"] == []


def test_pagerank_alone_follows_direction_where_ties_have_one(tmp_path: Path) -> None:
    """By hand: a pair that is tied both ways says that ties have a direction; the others lead to c."""
    path = tmp_path / "ties.csv"
    path.write_text("source,target\na,b\nb,a\na,c\nb,c\n", encoding="utf-8")
    found = json.loads(kg("power", "--format", "json", data=path).stdout)

    assert ("PageRank", "c") in [(row["index"], row["actors"]) for row in found["tables"]["leading"]]


def test_figures_given_as_votes_are_no_intervals(tmp_path: Path) -> None:
    path = tmp_path / "council.csv"
    path.write_text("actor,votes\nA,4\nB,2\nC,1\n", encoding="utf-8")
    shown = kg("power", data=path).stdout

    assert "Voting power: 3 actors have votes; a coalition wins with 4 of 7." in shown
    assert "Weights are the figures given" in shown
    assert "interval" not in shown


def test_votes_that_are_all_0_are_told_as_such(tmp_path: Path) -> None:
    """They are known, so "not assessed" would be wrong."""
    path = tmp_path / "list.csv"
    path.write_text("id,votes\na,0\nb,0\n", encoding="utf-8")
    ties = tmp_path / "ties.csv"
    ties.write_text("source,target,sign\na,b,1\n", encoding="utf-8")
    shown = kg("--data", path, "power", data=ties).stdout

    assert "has 0, so there are no voting indices" in shown
    assert "Nobody's power is assessed" not in shown


def test_brokers_that_are_first_together_are_named_together(tmp_path: Path) -> None:
    """By hand, on the path a, b, c, d: b stands between a and c, c between b and d; each pair counts from both sides."""
    path = tmp_path / "ties.csv"
    path.write_text("source,target\na,b\nb,c\nc,d\n", encoding="utf-8")

    assert "b and c can most often stand between two others without a tension with either: in 2 cases each." in " ".join(
        kg("brokers", data=path).stdout.split()
    )


def test_a_broker_in_tension_with_all_is_not_said_to_be_first(tmp_path: Path) -> None:
    """By hand: b alone stands between a and c, and has a tension with a beside its tie."""
    path = tmp_path / "ties.csv"
    path.write_text("source,target,sign\na,b,1\na,b,-1\nb,c,1\n", encoding="utf-8")
    shown = kg("brokers", data=path).stdout

    assert "Nobody stands between two others without a tension with one of them." in shown
    assert "One broker is in tension with somebody it stands between: b." in shown


def test_without_ties_and_votes_there_is_nothing_to_say_of_power(tmp_path: Path) -> None:
    path = tmp_path / "actors.csv"
    path.write_text("id,label\na,A\nb,B\n", encoding="utf-8")
    result = kg("power", data=path)

    assert (2, "") == (result.exit_code, result.stdout)
    assert "power: the selected actors have no ties and no assessed power; " in result.stderr


@pytest.mark.parametrize("command", ["camps", "brokers", "communities", "what-if --change 'settle: UCA, camara'"])
def test_a_search_that_ends_at_the_time_limit_says_so(command: str) -> None:
    assert "The search ended at the time limit" in kg(*shlex.split(command), "--time-limit", "0").stdout


def test_communities_say_how_stable_they_are() -> None:
    assert "stability" in kg("communities").stdout
    assert "One run does not say how far they depend on chance" in kg("communities", "--runs", "1").stdout


@pytest.mark.parametrize("command", ["power", "brokers", "communities"])
def test_every_language_has_its_sentences(command: str) -> None:
    told = {kg(command, env={"KG_LANG": lang}).stdout for lang in ("en", "es", "fr")}

    assert 3 == len(told)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["power", "--sort", "degre"], "did you mean 'degree'"),
        (["power", "--power", "most"], "there is no such end of an interval; known: high, low, mid"),
        (["communities", "--min-frequency", "inf"], "--min-frequency inf: give a number above 0"),
        (["power", "--quota", "99"], "nobody can reach it"),
        (["brokers", "--actor", "Nobody at all", "--other", "uca"], "there is no actor of that name"),
        (["brokers", "--actor", "uca"], "--actor and --other belong together"),
        (["brokers", "--country", "Vecina", "--actor", "uca", "--other", "verde"], "not among the selected actors"),
        (["brokers", "--by", "size"], "there is no such grouping; known: camp, country, type"),
        (["communities", "--runs", "0"], "runs is 0"),
        (["communities", "--backbone", "2"], "--backbone 2: give a number above 0, up to 1"),
        (["communities", "--min-frequency", "0"], "--min-frequency 0: give a number above 0"),
        (["communities", "--weight", "strength"], "ties have none above 0, e.g. "),
        (["what-if", "--change", "leave: UCA", "--quota", "much"], "--quota 'much': neither a number above 0 nor a share"),
        (["what-if", "--change", "leave: UCA", "--power", "most"], "there is no such end of an interval"),
        (["what-if", "scenario.yaml"], "scenario.yaml: "),
        (["coalition", "--unknown-power", "nan"], "--unknown-power nan: power is a number, 0 or more"),
        (["communities", "--as-of", "soon"], "--as-of 'soon': not a date"),
        (["communities", "--relation-type", "friendship"], "--relation-type 'friendship': there is no relation-type"),
        (["discourse", "--relation-type", "alliance"], "kg discourse: there is no option '--relation-type'"),
        (
            ["feasibility", "ley-tierra", "--relation-type", "alliance"],
            "kg feasibility: there is no option '--relation-type'",
        ),
        (["feasibility", "no such law"], "INSTRUMENT 'no such law': there is no instrument of that name"),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], message: str) -> None:
    result = kg(*arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr
    assert 1 == result.stderr.count("\n")


def test_results_can_be_kept_and_asked_together_with_the_facts(tmp_path: Path) -> None:
    """By hand: the two largest values of strength come back, as `kg power` gives them."""
    kept = tmp_path / "power.trig"
    shown = rows("power", "--to-rdf", str(kept))[:2]
    query = """PREFIX kg: <https://w3id.org/stakeholder-kg/ns#> PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?id ?value ?date WHERE { ?m kg:measure <https://w3id.org/stakeholder-kg/concept/measure/strength> ;
          kg:measuredActor/dcterms:identifier ?id ; kg:measured ?value ; kg:resultOf ?run .
          ?run a kg:Analysis ; kg:dataAsOf ?date ; kg:parameter "power=mid" } ORDER BY DESC(?value) ?id"""
    found = list(csv.DictReader(io.StringIO(kg("--data", kept, "sparql", query, "--format", "csv").stdout)))[:2]

    assert [(row["id"], float(row["strength"]), "2020") for row in shown] == [
        (row["id"], float(row["value"]), row["date"]) for row in found
    ]


def test_brokers_that_were_kept_are_asked_together_with_tensions(tmp_path: Path) -> None:
    """tests/world/relations.csv: the union accuses the chamber; who stands between nobody is no broker."""
    kept = tmp_path / "brokers.ttl"
    kg("brokers", "--to-rdf", kept)
    found = kg("--data", kept, "ask", "brokers-in-tension", "--format", "csv").stdout

    assert """Highland Farmers' Union (UCA),4,4,Accusation,"Chamber""" in found
    assert ",0,0," not in found


def test_the_same_run_is_kept_in_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.ttl", tmp_path / "b.ttl"
    for path in (first, second):
        kg("camps", "--to-rdf", path)

    assert first.read_bytes() == second.read_bytes()
    assert b"kg:Analysis" in first.read_bytes()


def test_another_run_is_kept_under_another_name(tmp_path: Path) -> None:
    names = set()
    for k in ("2", "3"):
        kg("camps", "-k", k, "--to-rdf", tmp_path / "x.nq")
        names.add((tmp_path / "x.nq").read_text(encoding="utf-8").splitlines()[0].split()[-2])

    assert 2 == len(names)


KEPT = [
    ["camps", "--robust", "40"],
    ["coalition", "--instrument", "ley-tierra"],
    ["feasibility", "ley-tierra", "--strategy", "position: camara, support"],
    ["allies", "frente"],
    ["what-if", "--instrument", "ley-tierra", "--change", "leave: camara"],
    ["discourse"],
]


def test_kept_results_of_every_analysis_pass_the_checks_together(tmp_path: Path) -> None:
    sources: list[str | Path] = []
    for number, arguments in enumerate(KEPT):
        path = tmp_path / f"{number}.trig"
        result = kg(*arguments, "--to-rdf", path)
        sources += ["--data", path]

        assert (0, arguments) == (result.exit_code, arguments), result.stderr
    assert kg("check", "--format", "csv").stdout == kg(*sources, "check", "--format", "csv").stdout


def asked_beside_the_facts(kept: Path, where: str) -> list[dict[str, str]]:
    query = f"""PREFIX kg: <https://w3id.org/stakeholder-kg/ns#> PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX measure: <https://w3id.org/stakeholder-kg/concept/measure/> SELECT * WHERE {{ {where} }} ORDER BY ?id"""
    return list(csv.DictReader(io.StringIO(kg("--data", kept, "sparql", query, "--format", "csv").stdout)))


def test_the_price_of_a_tension_is_asked_with_the_passage_that_it_rests_on(tmp_path: Path) -> None:
    """The prices are those of the table `tensions`; the passages come from the facts. What is inherited has no passage of its own."""
    kept = tmp_path / "coalition.trig"
    shown = rows("coalition", "--unknown-power", "0.5", "--to-rdf", str(kept), "--table", "tensions")
    found = asked_beside_the_facts(
        kept,
        """?m kg:measure measure:tension-price ; kg:measured ?price ; kg:measuredRelation ?tie .
        ?tie <http://www.w3.org/ns/prov#wasDerivedFrom>/dcterms:identifier ?id
        FILTER NOT EXISTS { ?tie kg:inheritedFrom ?premise }""",
    )
    own = [row for row in shown if row["inherited"] == "false"]
    prices = {(passage, float(row["price"])) for row in own for passage in row["evidence"].split("; ")}

    assert prices
    assert prices == {(row["id"], float(row["price"])) for row in found}


def test_a_scenario_is_told_apart_from_facts_as_they_are(tmp_path: Path) -> None:
    """By hand: who leaves is measured today and not in the scenario; everybody else in both."""
    kept = tmp_path / "what-if.trig"
    kg("what-if", "--change", "leave: camara", "--to-rdf", kept)
    where = """?m kg:measure measure:strength ; kg:measuredActor/dcterms:identifier ?id .
        OPTIONAL { ?m kg:scenario ?scenario } FILTER(?id IN ("camara", "frente"))"""

    assert [("camara", ""), ("frente", ""), ("frente", "leave: camara")] == sorted(
        (row["id"], row["scenario"]) for row in asked_beside_the_facts(kept, where)
    )


def test_how_well_an_answer_holds_is_kept_with_the_coding_that_it_hangs_on(tmp_path: Path) -> None:
    """The shares are those of the table `robustness`; of the camps themselves the other results tell who stands where."""
    kept = tmp_path / "camps.trig"
    shown = {
        row["question"]: row for row in rows("camps", "--robust", "150", "--to-rdf", str(kept), "--table", "robustness")
    }
    found = asked_beside_the_facts(
        kept,
        """?m kg:measure measure:answer-share ; kg:measured ?share ; kg:testedQuestion ?id ; kg:marginLow ?low ; kg:marginHigh ?high ;
        kg:hangsOn ?fact ; kg:resultOf ?run . ?run kg:parameter "robust=150", "seed=0" .
        ?fact kg:subject/<http://www.w3.org/2004/02/skos/core#prefLabel> ?actor FILTER(LANG(?actor) = "en")
        OPTIONAL { ?m kg:testedAnswer ?answer }""",
    )

    assert {row["id"]: float(row["share"]) for row in found} == pytest.approx({q: float(shown[q]["share"]) for q in shown})
    assert [row["id"] for row in found if not row["answer"]] == ["camps"]
    assert {row["answer"] for row in found if row["id"] != "camps"} == {
        r["answer"] for q, r in shown.items() if q != "camps"
    }
    assert {(row["low"], row["high"], shown[row["id"]]["margin"]) for row in found} == {("1", "1", "1 change")}
    assert all(row["actor"] in shown[row["id"]]["hinge"] for row in found)


def test_results_of_actors_that_no_graph_knows_are_not_kept(tmp_path: Path) -> None:
    (tmp_path / "said.csv").write_text("actor,concept\nx,c\ny,c\n", encoding="utf-8")
    result = kg("discourse", "--statements", tmp_path / "said.csv", "--to-rdf", tmp_path / "x.ttl")

    assert (2, "") == (result.exit_code, result.stdout)
    assert "the graph knows none of these actors" in result.stderr


def test_results_go_only_into_rdf_files(tmp_path: Path) -> None:
    result = kg("camps", "--to-rdf", tmp_path / "x.xlsx")

    assert (2, "") == (result.exit_code, result.stdout)
    assert "no ending of an RDF file; known: " in result.stderr
