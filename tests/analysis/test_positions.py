"""MACTOR and discourse networks: by hand, and on the two published samples."""

from __future__ import annotations

import random
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import Statement, discourse_network, mactor
from kg.errors import AnalysisError, InputError

CALM = settings(max_examples=60, derandomize=True)

INFLUENCE = [[0, 2, 1], [1, 0, 3], [0, 4, 0]]
POSITIONS = [[2, -1, 0], [1, 1, 3], [-2, 0, 4]]


class TestMactorByHand:
    """Three actors 0, 1, 2 with the matrices above, worked out on paper."""

    def test_indirect_influence_uses_the_weaker_of_two_steps(self) -> None:
        """MIDI_01 = 2 + min(1, 4); MIDI_02 = 1 + min(2, 3); MIDI_00 = min(2, 1) + min(1, 0)."""
        found = mactor(POSITIONS, INFLUENCE)

        assert [[found.midi[i][j] for j in range(3)] for i in range(3)] == [[1, 3, 3], [1, 4, 4], [1, 4, 3]]
        assert [[found.mmidi[i][j] for j in range(3)] for i in range(3)] == [[1, 2, 2], [1, 3, 3], [1, 4, 3]]

    def test_influence_and_dependence_leave_the_diagonal_out(self) -> None:
        found = mactor(POSITIONS, INFLUENCE)

        assert [found.influence[i] for i in range(3)] == [6, 5, 5]
        assert [found.dependence[i] for i in range(3)] == [2, 7, 7]

    def test_the_diagonal_counts_when_asked_for(self) -> None:
        found = mactor(POSITIONS, INFLUENCE, diagonal=True)

        assert [found.influence[i] for i in range(3)] == [7, 9, 8]
        assert [found.dependence[i] for i in range(3)] == [3, 11, 10]

    def test_relative_strength_has_mean_one(self) -> None:
        """r = (5/16)(6/8), (1/16)(5/12), (2/16)(5/12)."""
        r = [5 / 16 * 6 / 8, 1 / 16 * 5 / 12, 2 / 16 * 5 / 12]
        found = mactor(POSITIONS, INFLUENCE)

        assert [found.strength[i] for i in range(3)] == pytest.approx([3 * value / sum(r) for value in r])
        assert sum(found.strength.values()) == pytest.approx(3)

    def test_convergence_and_divergence(self) -> None:
        """0 and 1 share the first objective and part on the second; 1 and 2 share the third and part on the first."""
        found = mactor(POSITIONS, INFLUENCE)

        assert [found.convergence[1][0][1], found.divergence[1][0][1]] == [1, 1]
        assert [found.convergence[2][0][1], found.divergence[2][0][1]] == [1.5, 1]
        assert [found.convergence[2][1][2], found.divergence[2][1][2]] == [3.5, 1.5]
        assert [found.convergence[2][0][2], found.divergence[2][0][2]] == [0, 2]
        s = found.strength
        assert found.convergence[3][1][2] == pytest.approx((3 * s[1] + 4 * s[2]) / 2)
        assert found.mobilisation[0] == pytest.approx(3 * s[0])

    def test_ambivalence_and_degree_of_convergence(self) -> None:
        """Order 2: of actor 0, |1.5 - 1| + |0 - 2| of 4.5; of all, 2 x 5 of 2 x 9.5."""
        found = mactor(POSITIONS, INFLUENCE)

        assert found.ambivalence[2][0] == pytest.approx(1 - 2.5 / 4.5)
        assert found.degree_of_convergence[2] == pytest.approx(100 * 5 / 9.5)

    def test_names_give_the_same_as_numbers(self) -> None:
        names = "abc"
        positions = {names[i]: dict(zip("xyz", row, strict=True)) for i, row in enumerate(POSITIONS)}
        influence = {names[i]: dict(zip(names, row, strict=True)) for i, row in enumerate(INFLUENCE)}

        found, plain = mactor(positions, influence), mactor(POSITIONS, INFLUENCE)

        assert [found.strength[n] for n in names] == [plain.strength[i] for i in range(3)]
        assert found.convergence[3]["b"]["c"] == plain.convergence[3][1][2]

    @CALM
    @given(st.permutations(["a", "b", "c"]), st.permutations(["x", "y", "z"]))
    def test_the_order_of_actors_and_objectives_does_not_matter(self, actors: list[str], objectives: list[str]) -> None:
        wants = {a: dict(zip("xyz", row, strict=True)) for a, row in zip("abc", POSITIONS, strict=True)}
        pushed = {a: dict(zip("abc", row, strict=True)) for a, row in zip("abc", INFLUENCE, strict=True)}
        found = mactor({a: {o: wants[a][o] for o in objectives} for a in actors}, {a: pushed[a] for a in reversed(actors)})
        plain = mactor(wants, pushed)

        assert list(plain.strength) == sorted(found.strength)
        for a in "abc":
            assert found.strength[a] == pytest.approx(plain.strength[a], abs=1e-12)
            assert found.convergence[3][a] == pytest.approx(plain.convergence[3][a], abs=1e-12)
            assert found.divergence[3][a] == pytest.approx(plain.divergence[3][a], abs=1e-12)

    def test_without_influence_all_count_the_same_and_that_is_said(self) -> None:
        found = mactor({"a": {"x": 1}, "b": {"x": 2}}, {})

        assert found.strength == {"a": 1.0, "b": 1.0}
        assert "count the same" in found.notes[0]

    def test_nothing_in_common_has_no_degree_of_convergence(self) -> None:
        found = mactor({"a": {"x": 1}, "b": {"y": 2}}, {})

        assert found.degree_of_convergence == {1: None, 2: None, 3: None}
        assert found.ambivalence[1] == {"a": 0.0, "b": 0.0}


class TestMactorOnChemnet:
    """German toxic chemicals policy (Leifeld & Schneider 2012): the known sums of products of positions."""

    @pytest.mark.parametrize(
        ("pair", "together", "apart"),
        [(("UBA", "VCI"), 6, 0), (("UBA", "EC"), 6, 0), (("VCI", "EC"), 6, 0), (("DFG", "CEF"), 0, 6)],
    )
    def test_positions_that_agree_and_disagree_on_all_issues(
        self, chemnet: dict[str, Any], pair: tuple[str, str], together: int, apart: int
    ) -> None:
        influence = {i: {j: v for j, v in row.items() if i != j} for i, row in chemnet["infrep"].items()}
        found = mactor(chemnet["intpos"], influence)

        assert found.convergence[1][pair[0]][pair[1]] == together
        assert found.divergence[1][pair[0]][pair[1]] == apart

    def test_influence_on_oneself_is_refused(self, chemnet: dict[str, Any]) -> None:
        """13 organisations name themselves."""
        with pytest.raises(
            InputError, match=r"^mactor: '\w+' influences itself \(1\); the diagonal is 0, write that or nothing$"
        ):
            mactor(chemnet["intpos"], chemnet["infrep"])


@pytest.mark.parametrize(
    ("error", "said", "call"),
    [
        (AnalysisError, "there is no actor", lambda: mactor({}, {})),
        (InputError, "positions of 'a' on 'x' is 5", lambda: mactor({"a": {"x": 5}}, {})),
        (InputError, "influence of 'a' on 'b' is 'much'", lambda: mactor({"a": {}, "b": {}}, {"a": {"b": "much"}})),  # type: ignore[dict-item]
        (InputError, "'b' has influence but no row of positions", lambda: mactor({"a": {"x": 1}}, {"a": {"b": 1}})),
    ],
)
def test_mactor_says_what_is_wrong(error: type[Exception], said: str, call: Any) -> None:
    with pytest.raises(error) as caught:
        call()

    assert str(caught.value).startswith(f"mactor: {said}")


def test_mactor_prints_the_numbers_of_arrays_as_plain_ones() -> None:
    numpy = pytest.importorskip("numpy")
    positions, influence = [[3, -2], [2, -1]], [[0, 2], [1, 0]]

    for kind in (numpy.int64, numpy.float64, numpy.float32):
        found = mactor(numpy.array(positions, kind), numpy.array(influence, kind))
        assert found == mactor(positions, influence)
        assert "np." not in repr(found)
    with pytest.raises(InputError, match=r"positions of 0 on 0 is 9\.0; "):
        mactor(numpy.array([[9.0]]), numpy.array([[0.0]]))


@pytest.fixture(scope="module")
def said(cases: Path) -> list[Statement]:
    """Statements of organisations in the sample of the Discourse Network Analyzer, third generation."""
    query = """
        SELECT actor.Value, concept.Value, agreement.Value, s.DocumentId FROM STATEMENTS s
        JOIN DATASHORTTEXT a ON a.StatementId = s.ID AND a.VariableId = 2 JOIN ENTITIES actor ON actor.ID = a.Entity
        JOIN DATASHORTTEXT c ON c.StatementId = s.ID AND c.VariableId = 3 JOIN ENTITIES concept ON concept.ID = c.Entity
        JOIN DATABOOLEAN agreement ON agreement.StatementId = s.ID AND agreement.VariableId = 4
    """
    connection = sqlite3.connect(f"file:{cases / 'dna' / 'sample-v3.dna'}?mode=ro", uri=True)
    try:
        return [Statement(*row) for row in connection.execute(query)]
    finally:
        connection.close()


class TestDiscourseSample:
    """Figures of the shipped sample as the Discourse Network Analyzer 3.1.2 gives them."""

    def test_two_mode_has_7_actors_6_concepts_40_statements(self, said: list[Statement]) -> None:
        found = discourse_network(said, mode="two-mode", qualifier="ignore", duplicates="include")

        assert (len(found.rows), len(found.columns), found.total, found.statements) == (7, 6, 40, 40)

    def test_one_mode_ignoring_stances_adds_up_to_276(self, said: list[Statement]) -> None:
        found = discourse_network(said, mode="one-mode", qualifier="ignore", duplicates="include")

        assert (len(found.rows), found.total) == (7, 276)

    def test_23_statements_stay_without_duplicates_per_document(self, said: list[Statement]) -> None:
        assert discourse_network(said, duplicates="document").statements == 23

    def test_congruence_and_conflict_make_up_ignore(self, said: list[Statement]) -> None:
        totals = [discourse_network(said, qualifier=q).total for q in ("congruence", "conflict", "ignore", "subtract")]

        assert totals[0] + totals[1] == totals[2]
        assert totals[0] - totals[1] == totals[3]


SAID = [
    ("A", "tax", 1, "d1", date(2020, 1, 6)),
    ("A", "tax", 1, "d2", date(2020, 1, 7)),
    ("A", "dam", 0, "d1", date(2020, 1, 6)),
    ("B", "tax", 1, "d1", date(2020, 2, 1)),
    ("B", "dam", 1, "d3", date(2021, 2, 1)),
    ("B", "sea", 1, "d3", date(2021, 2, 1)),
]


class TestDiscourseByHand:
    @pytest.mark.parametrize(
        ("qualifier", "normalisation", "weight"),
        [
            ("ignore", "none", 2 * 1 + 1 * 1),
            ("congruence", "none", 2),
            ("conflict", "none", 1),
            ("subtract", "none", 1),
            ("congruence", "average", 2 / 3),  # three statements each
            ("congruence", "cosine", 2 / 9),
            ("congruence", "jaccard", 1 / 4),  # tax+ of tax+, dam-, dam+, sea+
            ("conflict", "jaccard", 1 / 3),  # dam of tax, dam, sea
            ("ignore", "jaccard", 2 / 3),
            ("subtract", "jaccard", 1 / 4 - 1 / 3),
        ],
    )
    def test_one_mode(self, qualifier: str, normalisation: str, weight: float) -> None:
        found = discourse_network(SAID, "one-mode", qualifier, normalisation)

        assert found.weight("A", "B") == found.weight("B", "A") == pytest.approx(weight)
        assert found.weight("A", "A") == 0

    @pytest.mark.parametrize(
        ("qualifier", "row"),
        [("ignore", (1, 0, 2)), ("congruence", (0, 0, 2)), ("conflict", (1, 0, 0)), ("subtract", (-1, 0, 2))],
    )
    def test_two_mode(self, qualifier: str, row: tuple[float, ...]) -> None:
        found = discourse_network(SAID, "two-mode", qualifier)

        assert (found.columns, found.matrix[0]) == (("dam", "sea", "tax"), row)

    def test_whole_numbered_stances_count_by_distance(self) -> None:
        """Range -2..2: stances 2 and 1 are alike by 3/4."""
        found = discourse_network([("A", "tax", 2), ("B", "tax", 1), ("C", "tax", -2)], qualifier="congruence")

        assert [found.weight("A", "B"), found.weight("A", "C"), found.weight("B", "C")] == [0.75, 0, 0.25]

    @pytest.mark.parametrize(("unit", "left"), [("include", 6), ("document", 6), ("week", 5), ("year", 5), ("all", 5)])
    def test_duplicates_per_unit(self, unit: str, left: int) -> None:
        assert discourse_network(SAID, duplicates=unit).statements == left

    def test_statements_may_be_mappings(self) -> None:
        rows = [dict(zip(Statement._fields, row, strict=True)) for row in SAID]

        assert discourse_network(rows) == discourse_network(SAID)

    @CALM
    @given(st.randoms(use_true_random=False))
    def test_the_order_of_statements_does_not_matter(self, chance: random.Random) -> None:
        shuffled = SAID[:]
        chance.shuffle(shuffled)

        assert discourse_network(shuffled, qualifier="subtract", normalisation="average") == discourse_network(
            SAID, qualifier="subtract", normalisation="average"
        )

    @pytest.mark.parametrize(
        ("error", "said", "call"),
        [
            (AnalysisError, "there is no statement", lambda: discourse_network([])),
            (InputError, "statement 1 is ('A',); give actor, concept", lambda: discourse_network([("A",)])),
            (InputError, "statement 2 has stance 'oui'", lambda: discourse_network([SAID[0], ("A", "tax", "oui")])),
            (InputError, "statement 1 has no date", lambda: discourse_network([("A", "tax", 1)], duplicates="week")),
            (InputError, "mode is 'three-mode'; choose one of one-mode, two-mode", lambda: discourse_network(SAID, mode="three-mode")),
            (InputError, "qualifier is 'congruent'", lambda: discourse_network(SAID, qualifier="congruent")),
            (InputError, "cosine compares two actors", lambda: discourse_network(SAID, "two-mode", "ignore", "cosine")),
        ],
    )  # fmt: skip
    def test_one_line_says_what_is_wrong(self, error: type[Exception], said: str, call: Any) -> None:
        with pytest.raises(error) as caught:
            call()

        assert str(caught.value).startswith(f"discourse_network: {said}")
        assert "\n" not in str(caught.value)
