"""Power, brokers and communities of a case."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from kg.analysis import voting
from kg.analysis.cases.broker_report import report_brokers
from kg.analysis.cases.brokering import broker_case, groups_of
from kg.analysis.cases.circle_report import report_communities
from kg.analysis.cases.circles import group_case
from kg.analysis.cases.indices import index_case, influences, read_quota, voting_weights
from kg.analysis.cases.model import Actor, Assessment, Case, CaseTie
from kg.analysis.cases.power_report import report_power
from kg.analysis.cases.selecting import select_case
from kg.errors import AnalysisError, InputError
from kg.opening import open_graph

EEC = {"Germany": 4, "France": 4, "Italy": 4, "Netherlands": 2, "Belgium": 2, "Luxembourg": 1}


@pytest.fixture(scope="module")
def andes() -> Case:
    return select_case(open_graph())


def case(*ties: tuple[str, str, int], **more: object) -> Case:
    """A case of mutual ties; actors follow from them."""
    names = sorted({end for a, b, _ in ties for end in (a, b)})
    made = tuple(CaseTie(f"{a}-{b}", a, b, sign=sign) for a, b, sign in ties)
    return Case(tuple(Actor(n) for n in names), made, **more)  # type: ignore[arg-type]  # as the tests give them


def shuffled(given: Case, seed: int) -> Case:
    chance = random.Random(seed)
    actors, ties, assessments = list(given.actors), list(given.ties), list(given.assessments)
    for values in (actors, ties, assessments):
        chance.shuffle(values)
    return replace(given, actors=tuple(actors), ties=tuple(ties), assessments=tuple(assessments))


class TestPower:
    def test_the_council_of_1958_has_the_published_voting_power(self) -> None:
        """Banzhaf 1965, Shapley & Shubik 1954 as in Brams, Rational Politics: 23.33, 15.00, 0 % and 23.81, 14.29, 0 %."""
        votes = tuple(Assessment(name, name, "votes", (float(n), float(n))) for name, n in EEC.items())
        found = index_case(Case(tuple(map(Actor, EEC)), assessments=votes), quota="12").actors

        assert {
            "Germany": (Fraction(7, 30), Fraction(5, 21)),
            "Netherlands": (Fraction(3, 20), Fraction(1, 7)),
            "Luxembourg": (0, 0),
        } == {
            name: tuple(Fraction(value or 0).limit_denominator(100) for value in (ties.shapley_shubik, ties.banzhaf))
            for name in ("Germany", "Netherlands", "Luxembourg")
            for ties in (found[name].ties,)
        }

    def test_power_votes_with_the_end_asked_for(self) -> None:
        given = Case((Actor("a"),), assessments=(Assessment("s", "a", "power", (0.25, 0.75)),))

        assert [Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)] == [
            voting_weights(given, end)["a"] for end in ("low", "mid", "high")
        ]

    def test_more_than_half_is_the_least_weight_that_is(self) -> None:
        assert Fraction(3) == read_quota(None, {"a": Fraction(2), "b": Fraction(2)})
        assert Fraction(3, 4) == read_quota(None, {"a": Fraction(1, 2), "b": Fraction(1, 2), "c": Fraction(1, 4)})

    @pytest.mark.parametrize(
        ("text", "quota"), [("12,5", Fraction(25, 2)), ("62,5 %", Fraction(25, 2)), ("0,25", Fraction(1, 4))]
    )
    def test_a_quota_may_have_a_decimal_comma(self, text: str, quota: Fraction) -> None:
        assert quota == read_quota(text, {"a": Fraction(20)})

    @pytest.mark.parametrize("text", ["", "0", "-1", "half", "60%%", "1e3", "1,234", "1,2,3", "1.5,5", ",5"])
    def test_a_quota_that_is_none_is_refused(self, text: str) -> None:
        with pytest.raises(InputError, match="--quota"):
            read_quota(text, {"a": Fraction(1)})

    def test_votes_too_fine_for_one_index_leave_the_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(voting, "CELLS", 10)
        votes = tuple(Assessment(f"v{a}", a, "votes", (float(n), float(n))) for a, n in EEC.items())
        council = Case(tuple(map(Actor, EEC)), assessments=votes)
        report = report_power(council, index_case(council, quota="12"))

        assert any("Banzhaf's is exact" in remark for remark in report.remarks)
        assert "banzhaf" in report.tables[1].brief
        assert "shapley-shubik" not in {result.measure for result in report.results}

    def test_a_quota_that_nobody_reaches_is_said(self) -> None:
        with pytest.raises(AnalysisError, match="nobody can reach it, all weights together are 1"):
            read_quota("2", {"a": Fraction(1)})
        with pytest.raises(AnalysisError, match="nobody's power is assessed"):
            index_case(case(("a", "b", 1)), quota="50%")

    def test_who_is_not_assessed_has_no_voting_power_rather_than_none(self) -> None:
        given = case(("a", "b", 1), assessments=(Assessment("s", "a", "power", (1.0, 1.0)),))
        found = index_case(given).actors

        assert (1.0, None) == (found["a"].ties.shapley_shubik, found["b"].ties.shapley_shubik)

    def test_influences_follow_their_direction_and_strength(self) -> None:
        """MACTOR's scale ends at 4; an influence of unknown size counts 1."""
        said = (
            CaseTie("x", "a", "b", influence=True),
            CaseTie("y", "a", "b", influence=True, strength=0.5),
            CaseTie("z", "b", "a", sign=1),
        )

        assert {"a": {"b": 2.0}} == influences(Case((Actor("a"), Actor("b")), said))

    def test_relative_strength_is_that_of_mactor(self) -> None:
        """By hand: a pushes b and nobody pushes a, so all strength is a's; R* adds up to the number of actors, 2."""
        said = (CaseTie("x", "a", "b", influence=True),)
        found = index_case(Case((Actor("a"), Actor("b"), Actor("c")), said)).actors

        assert [2.0, 0.0, None] == [found[x].relative for x in "abc"]

    def test_belonging_to_a_category_is_no_tie(self) -> None:
        said = (CaseTie("x", "a", "b", classifies=True, directed=True), CaseTie("y", "a", "c", sign=1))
        found = index_case(Case((Actor("a"), Actor("b"), Actor("c")), said)).actors

        assert (1, 0) == (found["a"].ties.degree, found["b"].ties.degree)

    def test_the_report_orders_by_the_index_asked_for_and_measures_everybody(self, andes: Case) -> None:
        report = report_power(andes, index_case(andes), "pagerank")
        table = next(t for t in report.tables if t.name == "power")
        ranks = [row[table.columns.index("pagerank")] for row in table.rows]

        assert len(andes.actors) == len(table.rows)
        assert sorted(ranks, reverse=True) == ranks  # type: ignore[type-var]  # numbers, all of them
        assert {actor.id for actor in andes.actors} == {result.actor for result in report.results}

    def test_the_order_of_facts_does_not_matter(self, andes: Case) -> None:
        assert report_power(andes, index_case(andes)) == report_power(shuffled(andes, 3), index_case(shuffled(andes, 3)))


class TestBrokers:
    def test_a_broker_in_tension_with_a_side_is_marked(self) -> None:
        """By hand: v stands between a and b; it is also against b."""
        given = case(("a", "v", 1), ("v", "b", 0), ("b", "v", -1))
        found = broker_case(given, "type").brokers["v"]

        assert (2, 0, ("b",)) == (found.roles.total, found.roles.clear, found.roles.opponents)

    def test_who_could_bring_two_actors_together_comes_clear_ones_first(self) -> None:
        given = case(("a", "u", 1), ("u", "b", 1), ("u", "a", -1), ("a", "w", 1), ("w", "b", 0))
        found = broker_case(given, "type", actor="a", other="b")

        assert [("w", ()), ("u", ("a",))] == [(b.broker, b.against) for b in found.between]
        assert [["a-w", "w-b"], ["a-u", "u-b", "u-a"]] == [[t.id for t in b.ties] for b in found.between]

    def test_paths_name_every_tie_and_multiply_signs(self) -> None:
        """By hand: the enemy of an enemy on the one hand, a friend of an enemy on the other."""
        given = case(("a", "x", -1), ("x", "b", -1), ("a", "y", 1), ("y", "b", -1))
        found = broker_case(given, "type", actor="a", other="b").routes

        assert [(1, ("a", "x", "b"), ["a-x", "x-b"]), (-1, ("a", "y", "b"), ["a-y", "y-b"])] == [
            (route.sign, route.actors, [tie.id for tie in route.ties]) for route in found
        ]

    def test_key_players_of_a_star_are_its_middle(self) -> None:
        given = case(*(("m", leaf, 1) for leaf in "abcde"))
        found = broker_case(given, "type", size=1)

        assert found.breaking is not None
        assert found.reaching is not None
        assert (["m"], 1.0, True) == (found.breaking.actors, found.breaking.value, found.breaking.proven)
        assert ["m"] == found.reaching.actors
        assert 5 == found.brokers["m"].splits

    def test_key_players_can_be_left_out(self) -> None:
        assert (None, None) == (lambda f: (f.breaking, f.reaching))(broker_case(case(("a", "b", 1)), "type", size=0))

    def test_direction_is_followed_on_request(self) -> None:
        """By hand: both members point at the umbrella, so nothing passes through it in that direction."""
        ties = (CaseTie("x", "a", "u", sign=1, directed=True), CaseTie("y", "b", "u", sign=1, directed=True))
        given = Case(tuple(map(Actor, "abu")), ties)

        assert [2, 0] == [broker_case(given, "type", directed=d).brokers["u"].roles.total for d in (False, True)]

    def test_groups_are_camps_countries_or_types(self) -> None:
        given = replace(
            case(("a", "b", -1)), actors=(Actor("a", type="ngo", countries=("bo", "pe")), Actor("b"), Actor("c"))
        )

        assert {"a": "1.1", "b": "1.2", "c": ""} == groups_of(given, "camp")
        assert ("bo; pe", "ngo") == (groups_of(given, "country")["a"], groups_of(given, "type")["a"])

    def test_actors_in_no_camp_share_no_group(self) -> None:
        """By hand: v and both neighbours are in no camp, so v is a liaison between strangers."""
        given = case(("a", "v", 0), ("v", "b", 0), ("x", "y", -1))

        assert 2 == broker_case(given, "camp").brokers["v"].roles.liaison

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"by": "colour"}, "no such grouping"),
            ({"actor": "a"}, "belong together"),
            ({"actor": "a", "other": "a"}, "two different actors"),
        ],
    )
    def test_options_that_contradict_each_other_are_one_line(self, options: dict[str, str], message: str) -> None:
        with pytest.raises(InputError, match=message):
            broker_case(case(("a", "b", 1)), **options)  # type: ignore[arg-type]  # texts, as they are typed

    def test_a_network_of_enemies_has_no_brokers(self) -> None:
        with pytest.raises(AnalysisError, match="brings anybody together"):
            broker_case(case(("a", "b", -1)))

    def test_the_order_of_facts_does_not_matter(self, andes: Case) -> None:
        first, second = (report_brokers(c, broker_case(c)) for c in (andes, shuffled(andes, 5)))

        assert first == second


class TestCommunities:
    TWO = case(
        *((a, b, 1) for group in ("abcd", "wxyz") for a in group for b in group if a < b), ("a", "w", 1), ("b", "x", -1)
    )

    def test_two_cliques_are_two_communities_whatever_the_seed(self) -> None:
        found = group_case(self.TWO).found

        assert [set("abcd"), set("wxyz")] == found.communities
        assert 1.0 == found.stability

    def test_rare_ties_can_be_left_out(self) -> None:
        ties = (*self.TWO.ties, CaseTie("again", "a", "b", sign=1))
        circles = group_case(replace(self.TWO, ties=ties), at_least=2)

        assert [{"a", "b"}] == circles.found.communities
        assert (13, 1) == (circles.pairs, circles.kept)

    def test_filters_that_keep_nothing_are_one_line(self) -> None:
        with pytest.raises(AnalysisError, match="none of 13 tied pairs passes the filters"):
            group_case(self.TWO, at_least=9)
        with pytest.raises(InputError, match="--backbone 0: give a number"):
            group_case(self.TWO, alpha=0)

    def test_the_order_of_facts_does_not_matter(self, andes: Case) -> None:
        first, second = (report_communities(c, group_case(c)) for c in (andes, shuffled(andes, 7)))

        assert first == second
