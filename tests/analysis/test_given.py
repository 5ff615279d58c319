"""Measures take what people have at hand in its usual forms, and say in one line what they cannot take."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

import kg.analysis
from kg.analysis import (
    backbone,
    banzhaf,
    brokerage_roles,
    camps,
    coalitions,
    communities,
    discourse_network,
    key_players,
    mactor,
    power_measures,
    shapley_shubik,
    structural_holes,
)
from kg.errors import InputError, KgError

ANY: Any = kg.analysis
SIGNED = [("A", "B", 1), ("B", "C", -1), ("A", "C", -1)]
SAID = [("A", "tax", 1), ("B", "tax", 1), ("B", "dam", 0), ("C", "tax", 0), ("C", "dam", 0)]
POSITIONS, INFLUENCE = [[1, -2], [2, 3], [-1, 0]], [[0, 1, 2], [3, 0, 1], [0, 2, 0]]


def _graph(kind: type[Any] = nx.Graph, sign: Callable[[int], Any] = int) -> Any:
    graph = kind()
    for a, b, value in SIGNED:
        graph.add_edge(a, b, sign=sign(value))
    return graph


class TestGraphs:
    def test_a_sign_of_0_is_none(self) -> None:
        """As `kg.interchange.to_networkx` writes relations that have no sign."""
        graph = _graph()
        graph.add_edge("C", "D", sign=0)

        assert (camps(graph).unassigned, camps(graph).notes[-1]) == (["D"], "ties without a sign, left out: 1")

    @pytest.mark.parametrize(
        "measure",
        [
            power_measures,
            structural_holes,
            ANY.articulation_points,
            camps,
            lambda g: communities(g, weight=None),
            lambda g: key_players(g, 1),
            lambda g: brokerage_roles(g, {1: "x", 2: "y", (1, 2): "x"}),
            lambda g: list(backbone(g, weight=None).edges),
            lambda g: ANY.signed_paths(g, 1, (1, 2), 1),
        ],
    )
    def test_numbers_of_numpy_beside_tuples(self, measure: Callable[[Any], Any]) -> None:
        """The same as with Python's own numbers, which are the same keys."""

        def of(kind: Callable[[int], Any]) -> Any:
            graph = nx.DiGraph()
            graph.add_edge(kind(1), (1, 2), sign=1)
            graph.add_edge((1, 2), kind(2), sign=1)
            graph.add_edge(kind(2), kind(1), sign=-1)
            return measure(graph)

        assert of(np.int64) == of(int)

    @pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
    def test_every_kind(self, kind: type[Any]) -> None:
        assert camps(_graph(kind)).camps == [{"A", "B"}, {"C"}]

    @pytest.mark.parametrize(
        "sign",
        [
            float,
            Decimal,
            np.int8,
            np.float64,
            str,
            "{:+d}".format,
            {1: "+", -1: "-"}.get,
            {1: "positive", -1: "Negative"}.get,
        ],
    )
    def test_signs_as_files_and_arrays_have_them(self, sign: Callable[[int], Any]) -> None:
        graph = _graph(sign=sign)

        assert camps(graph).camps == [{"A", "B"}, {"C"}]
        assert power_measures(graph)["C"].opponents == 2
        assert communities(graph).communities == [{"A", "B"}, {"C"}]
        assert structural_holes(graph)["C"].contacts == 0

    @pytest.mark.parametrize("given", [None, SIGNED, pd.DataFrame(SIGNED)], ids=["nothing", "list", "frame"])
    @pytest.mark.parametrize(
        "measure",
        [
            camps,
            structural_holes,
            communities,
            power_measures,
            backbone,
            lambda g: key_players(g, 1),
            lambda g: brokerage_roles(g, {}),
        ],
    )
    def test_anything_else_is_refused_in_one_line(self, measure: Callable[[Any], Any], given: Any) -> None:
        with pytest.raises(InputError, match=r"^\w+: the network is a \w+; give a networkx graph") as caught:
            measure(given)

        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize("measure", [communities, power_measures, structural_holes, lambda g: key_players(g, 1)])
    def test_a_wrong_sign_is_never_taken_for_a_positive_one(self, measure: Callable[[Any], Any]) -> None:
        with pytest.raises(InputError, match=r"^\w+: tie 'A' - 'B' has sign 'against'; a sign is the number"):
            measure(nx.Graph([("A", "B", {"sign": "against"}), ("B", "C")]))

    @pytest.mark.parametrize("weight", [-1, float("nan"), "3", None, 10**400, Decimal("1e500"), Decimal("nan")])
    @pytest.mark.parametrize(
        "measure",
        [communities, power_measures, structural_holes, lambda g, w: backbone(g, weight=w), lambda g, w: camps(g, weight=w)],
    )
    def test_a_wrong_weight(self, measure: Callable[[Any, str], Any], weight: Any) -> None:
        with pytest.raises(InputError, match=r"^\w+: tie 'A' - 'B' has (no 'w'|w .*; a weight is a number above 0)"):
            measure(nx.Graph([("A", "B", {"sign": 1, "w": weight})]), "w")

    @pytest.mark.parametrize("scale", [1e-90, 1.0, 10**12, 1e90, Decimal("1e90")])
    def test_weights_of_any_size(self, scale: Any) -> None:
        """By hand: the weakest of the three ties gives way; what is too fine beside the largest is rounded, and said to be."""
        weights = {"AB": 3, "BC": 2, "AC": 4}
        graph = nx.Graph([(*pair, {"sign": -1 if pair == "AC" else 1, "w": n * scale}) for pair, n in weights.items()])

        assert (camps(graph, weight="w").frustrated, camps(graph, weight="w").proven) == ([("B", "C")], True)

    def test_rounding_is_told(self) -> None:
        graph = nx.Graph([("A", "B", {"sign": 1, "w": 1}), ("B", "C", {"sign": -1, "w": 10**30})])

        assert camps(graph, weight="w").notes == ("weights were rounded to multiples of 5e+20 to keep the arithmetic exact",)

    def test_ties_that_cancel_out_connect_all_the_same(self) -> None:
        found = camps(nx.DiGraph([("A", "B", {"sign": 1}), ("B", "A", {"sign": -1})]))

        assert (found.components, found.optimal_splits) == (1, 2)
        assert found.notes[0].startswith("ties that cancel each other out")


class TestPower:
    @pytest.mark.parametrize("number", [int, float, np.int64, np.float32, Decimal, Fraction])
    def test_numbers_of_every_kind(self, number: Callable[[int], Any]) -> None:
        power = {name: number(value) for name, value in {"A": 4, "B": 3, "C": 3}.items()}

        assert coalitions(power, [("A", "B")], number(6)).minimal == [{"B", "C"}, {"A", "C"}]
        assert list(shapley_shubik(power, number(6)).values()) == [Fraction(1, 3)] * 3

    def test_a_series_goes_by_its_labels(self) -> None:
        power = pd.Series({"A": 3, "B": 2, "C": 1})

        assert coalitions(power, [("A", "B")], 3).minimal == [{"A"}, {"B", "C"}]
        assert banzhaf(power, 4) == {"A": Fraction(3, 5), "B": Fraction(1, 5), "C": Fraction(1, 5)}

    @pytest.mark.parametrize(
        "tensions",
        [
            [frozenset("AB")],
            {("A", "B")},
            {("B", "A"): "land"},
            nx.Graph([("A", "B")]),
            nx.MultiDiGraph([("A", "B"), ("B", "A")]),
            nx.Graph([("A", "B", {"sign": -1}), ("A", "C", {"sign": 1}), ("B", "C", {})]),
        ],
    )
    def test_tensions_as_pairs_or_graph(self, tensions: Any) -> None:
        assert coalitions({"A": 4, "B": 3, "C": 3}, tensions, 6).minimal == [{"B", "C"}, {"A", "C"}]

    def test_a_negative_tie_links_nobody(self) -> None:
        ties = nx.MultiGraph([("A", "C", {"sign": 1}), ("A", "C", {"sign": 1}), ("B", "C", {"sign": -1})])

        assert coalitions({"A": 4, "B": 3, "C": 3}, [], 6, ties=ties, connected=True).minimal == [{"A", "C"}]

    @pytest.mark.parametrize(("required", "excluded"), [(0, None), ([0], ()), (np.array([0]), [])])
    def test_one_name_or_none(self, required: Any, excluded: Any) -> None:
        assert coalitions([4, 3, 3], [], 6, required=required, excluded=excluded).always == {0}

    @pytest.mark.parametrize(
        ("said", "call"),
        [
            ("coalitions: power of 'A' is (3, 5); give a number, 0 or more (of", lambda: ANY.coalitions({"A": (3, 5)}, [], 3)),
            ("coalitions: power is 3; give the power of each actor", lambda: ANY.coalitions(3, [], 3)),
            ("coalitions: tensions are None; give pairs", lambda: ANY.coalitions([1], None, 1)),
            ("coalitions: quota is '6'; give the power a coalition needs, above 0", lambda: ANY.coalitions([1], [], "6")),
            ("coalitions: required 7 is no candidate", lambda: ANY.coalitions([1], [], 1, required=7)),
            ("shapley_shubik: the weights are 3; give a list", lambda: ANY.shapley_shubik(3, 1)),
        ],
    )  # fmt: skip
    def test_one_line_says_what_is_wrong(self, said: str, call: Callable[[], Any]) -> None:
        with pytest.raises(KgError) as caught:
            call()

        assert str(caught.value).startswith(said)


class TestGroups:
    @pytest.mark.parametrize(
        "groups", [{"a": 1, "v": 2, "c": 2}, pd.Series({"a": 1, "v": 2, "c": 2}), [{"a"}, {"v", "c"}], "side"]
    )
    def test_groups_of_actors(self, groups: Any) -> None:
        graph = nx.DiGraph([("a", "v"), ("v", "c")])
        nx.set_node_attributes(graph, {"a": "left", "v": "right", "c": "right"}, "side")

        assert brokerage_roles(graph, groups)["v"].gatekeeper == 1

    @pytest.mark.parametrize(
        ("groups", "said"),
        [
            (None, "groups are None; give the group of each actor"),
            ([1, 2, 2], r"groups are \[1, 2, 2\]; give the group"),
            (["abc"], r"groups are \['abc'\]; give the group"),
            ([{"a", "v"}, {"v", "c"}], "'v' is in two groups"),
            ("sid", "no actor has an attribute 'sid'; did you mean 'side'"),
        ],
    )
    def test_what_is_no_grouping(self, groups: Any, said: str) -> None:
        graph = nx.DiGraph([("a", "v"), ("v", "c")])
        nx.set_node_attributes(graph, "left", "side")

        with pytest.raises(InputError, match=f"^brokerage_roles: {said}"):
            brokerage_roles(graph, groups)

    @pytest.mark.parametrize(
        ("goal", "same"), [("removal", "fragment"), ("KPP-Neg", "fragment"), ("Reach", "reach"), ("kpp-pos", "reach")]
    )
    def test_the_goals_of_key_players_by_their_other_names(self, goal: str, same: str) -> None:
        graph = nx.krackhardt_kite_graph()

        assert key_players(graph, cast(int, np.int64(2)), goal) == key_players(graph, 2, same)


class TestPositions:
    @pytest.mark.parametrize(
        ("positions", "influence"),
        [
            (np.array(POSITIONS), np.array(INFLUENCE, dtype=float)),
            (POSITIONS, csr_array(INFLUENCE)),
            (pd.DataFrame(POSITIONS), pd.DataFrame(INFLUENCE)),
            (
                dict(enumerate(POSITIONS)),
                nx.DiGraph([(0, 1), (0, 2, {"weight": 2}), (1, 0, {"weight": 3}), (1, 2), (2, 1, {"weight": 2})]),
            ),
        ],
        ids=["arrays", "sparse", "frames", "graph"],
    )
    def test_tables_of_every_kind(self, positions: Any, influence: Any) -> None:
        assert mactor(positions, influence) == mactor(POSITIONS, INFLUENCE)

    def test_a_frame_goes_by_the_names_of_its_rows(self) -> None:
        names = ["A", "B", "C"]
        found = mactor(pd.DataFrame(POSITIONS, names, ["x", "y"]), pd.DataFrame(INFLUENCE, names, names))

        assert found.midi["A"]["C"] == mactor(POSITIONS, INFLUENCE).midi[0][2]

    @pytest.mark.parametrize(
        ("positions", "influence", "said"),
        [
            (POSITIONS, INFLUENCE[:2], "influence has 2 rows, positions 3"),
            ([[1], [1, 2]], [[0, 1], [1, 0]], "positions: row 0 is shorter than others"),
            ([1, 2], INFLUENCE, r"positions is \[1, 2\]; give a table"),
            (None, INFLUENCE, "positions is None; give a table"),
        ],
    )
    def test_what_is_no_table(self, positions: Any, influence: Any, said: str) -> None:
        with pytest.raises(InputError, match=f"^mactor: {said}"):
            mactor(positions, influence)


@dataclass
class Coded:
    """A statement as somebody else's program has it."""

    concept: str
    actor: str
    agreement: bool


Row = namedtuple("Row", "concept actor stance")


class TestStatements:
    @pytest.mark.parametrize(
        "statements",
        [
            [list(said) for said in SAID],
            [(actor, concept, bool(stance)) for actor, concept, stance in SAID],
            [(actor, concept, ("no", "yes")[stance]) for actor, concept, stance in SAID],
            [(actor, concept, np.int64(stance)) for actor, concept, stance in SAID],
            [{"actor": actor, "concept": concept, "agreement": str(stance)} for actor, concept, stance in SAID],
            [Coded(concept, actor, bool(stance)) for actor, concept, stance in SAID],
            [Row(concept, actor, stance) for actor, concept, stance in SAID],
            pd.DataFrame(SAID, columns=["organization", "concept", "agreement"]),
        ],
    )
    def test_in_every_form(self, statements: Any) -> None:
        assert discourse_network(statements) == discourse_network(SAID)

    @pytest.mark.parametrize(
        ("option", "spelling", "ours"),
        [
            ("normalisation", "no", "none"),
            ("normalisation", "Average Activity", "average"),
            ("normalisation", "cosine similarity", "cosine"),
            ("duplicates", "acrossrange", "all"),
            ("duplicates", "ignore per document", "document"),
            ("mode", "two mode", "two-mode"),
        ],
    )
    def test_options_by_the_names_of_other_programs(self, option: str, spelling: str, ours: str) -> None:
        assert discourse_network(SAID, **{option: spelling}) == discourse_network(SAID, **{option: ours})

    def test_prominence_divides_by_what_is_said_of_the_concept(self) -> None:
        """By hand: of three statements on the tax A makes one, of two on the dam none."""
        found = discourse_network(SAID, mode="two-mode", qualifier="ignore", normalisation="prominence")

        assert (found.weight("A", "tax"), found.weight("A", "dam"), found.weight("C", "dam")) == (1 / 3, 0, 1 / 2)

    def test_dates_as_text(self) -> None:
        weeks = [("A", "tax", 1, "", day) for day in ("2013-08-26", "2013-08-31T10:00", "2013-09-02")]

        assert discourse_network(weeks, duplicates="week").statements == 2

    @pytest.mark.parametrize(
        ("statements", "said"),
        [
            (None, "statements are None; give a list of them"),
            ("abc", "statements are 'abc'; give a list of them"),
            ([{"actor": "A"}], r"statement 1 is \{'actor': 'A'\}; give actor, concept"),
            ([(["A"], "tax", 1)], "statement 1 is .*; give actor, concept"),
            ([("A", "tax", "perhaps")], "statement 1 has stance 'perhaps'; give True or False"),
        ],
    )
    def test_what_is_no_statement(self, statements: Any, said: str) -> None:
        with pytest.raises(InputError, match=f"^discourse_network: {said}"):
            discourse_network(statements)
