"""`kg mactor` and `kg discourse`, from the graph and from plain files; what plain files of actors and ties give other commands."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.running import WORLD, kg
from tests.conftest import material


def rows(*arguments: str | Path, data: Path = WORLD) -> list[dict[str, str]]:
    result = kg(*arguments, "--format", "csv", data=data)
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.fixture
def matrices(tmp_path: Path) -> tuple[Path, Path]:
    """The example of the docstring of `kg.analysis.mactor`."""
    positions, influence = tmp_path / "positions.csv", tmp_path / "influence.csv"
    positions.write_text(",x,y\nA,2,1\nB,3,\nC,-1,1\n", encoding="utf-8")
    influence.write_text(",A,B,C\nA,,2,\nB,,,3\nC,1,,\n", encoding="utf-8")
    return positions, influence


class TestMactor:
    def test_two_matrices_need_no_graph(self, matrices: tuple[Path, Path]) -> None:
        """By hand, as in the docstring: A and B converge by (2 + 3) / 2 on x, B and C diverge on x."""
        found = rows("mactor", "--positions", matrices[0], "--influence", matrices[1])
        pairs = {(row["actor"], row["other"]): row for row in found}

        assert ("2.5", "1.0") == (pairs["A", "B"]["convergence_2"], pairs["B", "C"]["divergence_1"])

    def test_the_graph_gives_positions_and_says_when_everybody_weighs_the_same(self) -> None:
        """tests/world/positions.csv: the Front supports the land law, the chamber opposes it."""
        told = kg("mactor").stdout
        pairs = {(row["actor"], row["other"]): row for row in rows("mactor")}
        (front,) = (
            row
            for pair, row in pairs.items()
            if {"Peasant Front (FC)", 'Chamber "Los Robles", Import & Export <S.A.>'} == set(pair)
        )

        assert "everybody weighs the same" in told
        assert (0, 1) == (float(front["convergence_1"]), float(front["divergence_1"]))

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (",x\nA,two\n", "positions.csv:2 (x): 'two' is no number"),
            (",x\nA,9\n", "positions of 'A' on 'x' is 9.0; give a number from -4 to 4"),
            ("x\n", "no matrix"),
            (",x\nA,1\nA,2\n", "the row 'A' stands twice"),
        ],
    )
    def test_a_wrong_matrix_is_one_line(self, tmp_path: Path, content: str, message: str) -> None:
        (tmp_path / "positions.csv").write_text(content, encoding="utf-8")
        result = kg("mactor", "--positions", tmp_path / "positions.csv")

        assert (2, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))
        assert message in result.stderr

    def test_who_has_no_strength_still_takes_a_stand(self, tmp_path: Path) -> None:
        """Only A pushes anybody, so only A has strength: weighed by it nobody converges, plain A and B do."""
        (tmp_path / "positions.csv").write_text(",x\nA,2\nB,3\n", encoding="utf-8")
        (tmp_path / "influence.csv").write_text(",A,B\nA,0,2\nB,0,0\n", encoding="utf-8")
        given = ("mactor", "--positions", tmp_path / "positions.csv", "--influence", tmp_path / "influence.csv")

        assert "No two actors with relative strength take a stand on the same thing" in kg(*given).stdout
        assert [("1", "0")] == [(row["convergence_1"][:1], row["convergence_3"][:1]) for row in rows(*given)]

    @pytest.mark.parametrize("option", [("--country", "Vecina"), ("--as-of", "2005"), ("--no-inferred",)])
    def test_a_file_is_not_selected_from(self, matrices: tuple[Path, Path], tmp_path: Path, option: tuple[str, ...]) -> None:
        said = tmp_path / "said.csv"
        said.write_text("actor,concept,stance\nA,x,1\n", encoding="utf-8")
        for given in (("mactor", "--positions", matrices[0]), ("discourse", "--statements", said)):
            result = kg(*given, *option)

            assert (2, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))
            assert f"{given[1]}: a file counts as it is; leave out --country, --issue, --as-of" in result.stderr

    def test_influence_alone_is_refused(self, matrices: tuple[Path, Path]) -> None:
        assert "belongs to --positions" in kg("mactor", "--influence", matrices[1]).stderr


class TestDiscourse:
    def test_the_sample_of_the_analyzer_has_the_published_sums(self) -> None:
        """Discourse Network Analyzer: 40 statements, 7 x 6 two-mode; 276 one-mode without qualifier; 23 without repetition."""
        sample = material("KG_CASES", "cases") / "dna" / "sample-v3.dna"
        sums = []
        for options in ((), ("--mode", "two-mode"), ("--duplicates", "document"), ("--duplicates", "week")):
            said = kg("discourse", "--qualifier", "ignore", *options, "--format", "json", data=sample).stdout
            sums.append((json.loads(said)["statements"], json.loads(said)["total"]))

        assert [(40, 276), (40, 40)] == sums[:2]
        assert [23, 23] == [statements for statements, _ in sums[2:]]

    def test_a_list_of_statements_needs_no_graph(self, tmp_path: Path) -> None:
        """The example of the docstring of `kg.analysis.discourse_network`."""
        path = tmp_path / "said.csv"
        path.write_text("actor,concept,agreement\nA,tax,yes\nB,tax,yes\nB,dam,no\nC,tax,no\nC,dam,no\n", encoding="utf-8")

        assert [("A", "B", "1"), ("B", "C", "1")] == [
            (row["actor"], row["other"], f"{float(row['weight']):g}") for row in rows("discourse", "--statements", path)
        ]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("actor,topic\nA,x\n", "no column 'concept'"),
            ("actor,concept\nA,\n", "said.csv:2: actor or concept is empty"),
            ("actor,concept,stance\nA,x,perhaps\n", "said.csv:2 (stance): 'perhaps' is none"),
            ("actor,concept,date\nA,x,May\n", "said.csv:2 (date): 'May' is no date"),
            ("actor,concept\n", "there is no statement; give at least one"),
            ("actor;topic\nA;x\n", "no column 'concept'; known: actor, topic"),
        ],
    )
    def test_a_wrong_list_is_one_line(self, tmp_path: Path, content: str, message: str) -> None:
        (tmp_path / "said.csv").write_text(content, encoding="utf-8")
        result = kg("discourse", "--statements", tmp_path / "said.csv")

        assert (2, "", 1) == (result.exit_code, result.stdout, result.stderr.count("\n"))
        assert message in result.stderr

    def test_options_that_do_not_go_together_are_one_line(self) -> None:
        """What is wrong is told by the command as typed, not by the function of Python that finds it."""
        told = kg("discourse", "--mode", "two-mode", "--normalisation", "cosine").stderr

        assert "kg: discourse: cosine compares two actors; with two-mode use none, average, prominence\n" == told

    def test_the_dates_of_documents_count(self, tmp_path: Path) -> None:
        """By hand: the same said in May and twice in June of one year."""
        path = tmp_path / "said.csv"
        path.write_text("actor,concept,date\nA,tax,2013-05-02\nA,tax,2013-06\nA,tax,2013-06-09\n", encoding="utf-8")
        told = [
            kg("discourse", "--statements", path, "--duplicates", unit).stdout.split("\n")[0] for unit in ("month", "year")
        ]
        refused = kg("discourse", "--statements", path, "--duplicates", "week").stderr

        assert ["2 statements of 1 actor.", "1 statement of 1 actor."] == told
        assert "discourse: statement 2 has date '2013-06'; duplicates per week need one of every statement" in refused


class TestPlainFiles:
    def test_a_list_of_actors_with_votes_is_enough_for_voting_power(self, tmp_path: Path) -> None:
        """Banzhaf 1965: the Council of 1958, Germany 5/21 and Luxembourg nothing; Shapley-Shubik 7/30."""
        path = tmp_path / "council.csv"
        path.write_text(
            "name,votes\nGermany,4\nFrance,4\nItaly,4\nNetherlands,2\nBelgium,2\nLuxembourg,1\n", encoding="utf-8"
        )
        found = {row["actor"]: row for row in rows("power", "--quota", "12", data=path)}

        assert (7 / 30, 5 / 21) == pytest.approx(
            (float(found["Germany"]["shapley-shubik"]), float(found["Germany"]["banzhaf"])), abs=1e-8
        )
        assert (0.0, 0.0) == (float(found["Luxembourg"]["shapley-shubik"]), float(found["Luxembourg"]["banzhaf"]))

    def test_actors_and_ties_in_one_folder_are_one_network(self, tmp_path: Path) -> None:
        """By hand: of 11 votes 6 win; A and B are in tension, so it takes C with either. Given one by one the files are two data sets,
        whose actors of one name only their IRIs tell apart."""
        (tmp_path / "nodes.csv").write_text("name,votes\nA,4\nB,3\nC,3\nD,1\n", encoding="utf-8")
        (tmp_path / "edges.csv").write_text("source,target,sign\nA,B,-1\nA,C,1\n", encoding="utf-8")
        found = rows("coalition", "--quota", "6", data=tmp_path)
        apart = kg("--data", tmp_path / "nodes.csv", "--data", tmp_path / "edges.csv", "coalition", "--with", "A", data=None)

        assert ["B; C", "A; C"] == [row["members"] for row in found]
        both = kg("--data", tmp_path / "nodes.csv", "--data", tmp_path / "edges.csv", "coalition", "--quota", "6", data=None)

        assert "3 actors have the id of one of another data set and count as the same" in both.stdout
        assert "data/edges/a, https://w3id.org/stakeholder-kg/data/nodes/a; give one of these ids" in apart.stderr

    def test_power_from_0_to_1_is_assessed_power(self, tmp_path: Path) -> None:
        (tmp_path / "x.csv").write_text("name,power\na,0.5\nb,1\n", encoding="utf-8")

        assert {"a": "0.5", "b": "1.0"} == {row["actor"]: row["power_low"] for row in rows("power", data=tmp_path / "x.csv")}

    def test_ties_can_weigh_as_the_file_says(self, tmp_path: Path) -> None:
        """By hand: going against a - b costs 2.5, against a - c 3, against b - c 1, and one of them has to be."""
        (tmp_path / "x.csv").write_text("source,target,sign,weight\na,b,1,2.5\nb,c,1,1\na,c,-1,3\n", encoding="utf-8")
        found = json.loads(kg("camps", "--weight", "weight", "--format", "json", data=tmp_path / "x.csv").stdout)

        assert (1, True, [["a", "b"], ["c"]]) == (found["frustration"], found["proven"], found["parts"][0]["camps"])
