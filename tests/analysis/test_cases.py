"""Cases: what is selected from a graph, what is left out and said so, and how a case is changed."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

from kg.analysis.cases.camp_report import report_camps
from kg.analysis.cases.model import Actor, Assessment, Case, CaseTie, Position
from kg.analysis.cases.selecting import Selection, select_case
from kg.analysis.cases.splits import split_case
from kg.analysis.cases.wording import Sentences, facts_line, listed, topics
from kg.errors import AnalysisError, InputError, NotFoundError
from kg.graph import Graph
from kg.opening import open_graph
from kg.questions.describe import SENTENCES as OF_ANSWERS
from kg.vocabulary import LANGUAGES
from tests.conftest import ROOT

SENTENCES = ROOT / "kg" / "analysis" / "sentences"


@pytest.fixture(scope="module")
def world() -> Graph:
    return open_graph(ROOT / "tests" / "world")


@pytest.fixture(scope="module")
def andes() -> Graph:
    return open_graph()


def ties(graph: Graph, **chosen: object) -> set[str]:
    return {tie.id for tie in select_case(graph, Selection(**chosen)).ties}  # type: ignore[arg-type]  # as the tests give them


class TestSelection:
    """Expected ids: by hand, from tests/world/*.csv (reference date 2020)."""

    def test_what_is_denied_absent_or_of_another_time_is_no_tie(self, world: Graph) -> None:
        found = ties(world)

        assert {"al-uca-verde", "ac-uca-camara"} <= found
        assert not {"de-claro-gov", "ab-consejo-gov", "al-uca-liga"} & found

    def test_the_date_decides_which_ties_hold(self, world: Graph) -> None:
        assert "al-uca-liga" in ties(world, as_of="2005")
        assert "al-uca-verde" not in ties(world, as_of="2005")

    def test_a_country_keeps_its_actors_and_the_ties_between_them(self, world: Graph) -> None:
        case = select_case(world, Selection(country=["Montéa"]))

        assert "sindicato-v" not in {actor.id for actor in case.actors}
        assert "cu-coop-sind" not in {tie.id for tie in case.ties}
        assert "al-uca-verde" in {tie.id for tie in case.ties}

    def test_an_issue_takes_narrower_ones_in(self, world: Graph) -> None:
        """tests/world/issues.csv: land titling is narrower than land."""
        assert {"ac-uca-camara", "al-uca-mujeres"} <= ties(world, issue=["tierra"])
        assert "al-uca-verde" not in ties(world, issue=["tierra"])

    def test_a_relation_family_takes_its_types_in(self, world: Graph) -> None:
        found = select_case(world, Selection(relation_type=["ally"])).ties

        assert {"alliance", "cooperation"} <= {tie.type for tie in found}
        assert not {tie.type for tie in found} & {"tension", "accusation", "coalition-membership"}

    def test_several_values_add_up(self, world: Graph) -> None:
        both = ties(world, issue=["riego", "mercado"])

        assert ties(world, issue=["riego"]) | ties(world, issue=["mercado"]) == both

    def test_inherited_ties_name_their_premise_and_can_be_left_out(self, world: Graph) -> None:
        inherited = [tie for tie in select_case(world).ties if tie.inherited]

        assert inherited
        assert {("inferred", "low")} == {(tie.status, tie.confidence) for tie in inherited}
        assert all(tie.premise == tie.statement != tie.id for tie in inherited)
        assert not [t for t in select_case(world, Selection(inherited=False)).ties if t.inherited]

    def test_confidence_and_status_narrow_the_facts(self, andes: Graph) -> None:
        sure = select_case(andes, Selection(min_confidence="high"))
        stated = select_case(andes, Selection(inferred=False, estimated=False))

        assert {"high"} == {*(t.confidence for t in sure.ties), *(p.confidence for p in sure.positions)}
        assert {"stated"} == {*(t.status for t in stated.ties), *(p.status for p in stated.positions)}

    def test_positions_carry_the_interval_of_their_word_and_unknown_has_none(self, world: Graph) -> None:
        """ontology/concepts.ttl: strong support is 3 to 4; an unknown stance has no sign."""
        found = {p.id: p for p in select_case(world).positions}

        assert (1, (3.0, 4.0), (0.8, 1.0)) == (
            found["ps-frente-tierra"].sign,
            found["ps-frente-tierra"].interval,
            found["ps-frente-tierra"].salience,
        )
        assert (None, None) == (found["ps-prensa-tierra"].sign, found["ps-prensa-tierra"].interval)

    def test_power_is_an_interval_of_the_date(self, world: Graph) -> None:
        assert (0.8, 1.0) == select_case(world).assessed("power")["minfin"]
        # In the nineties also the older, dated assessment holds, 0.2 to 0.4; the other one is undated and always does.
        assert (0.2, 1.0) == select_case(world, Selection(as_of="1995")).assessed("power")["minfin"]

    def test_interest_is_interest_in_the_issue_asked_for(self, world: Graph) -> None:
        on_water = select_case(world, Selection(issue=["agua"]))

        assert "verde" not in on_water.assessed("interest")
        assert "minfin" in on_water.assessed("power")

    def test_ties_may_count_whatever_their_issue(self, world: Graph) -> None:
        on_water, every = Selection(issue=["agua"]), select_case(world)
        wider = select_case(world, on_water, any_tie=True)

        assert (wider.ties, wider.positions) == (every.ties, select_case(world, on_water).positions)
        assert ("tie", "issue") not in {(item.kind, item.reason) for item in wider.facts.left_out}

    def test_every_relation_is_used_or_left_out_for_a_reason(self, world: Graph) -> None:
        every = select_case(world)
        chosen = select_case(world, Selection(country=["Montéa"], min_confidence="high", inherited=False, as_of="2005"))

        def counted(case: Case) -> int:
            return len(case.ties) + sum(item.count for item in case.facts.left_out if item.kind == "tie")

        assert counted(every) == counted(chosen)

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_names_read_in_one_pass_are_those_looked_up(
        self, world: Graph, monkeypatch: pytest.MonkeyPatch, lang: str
    ) -> None:
        looked_up = select_case(world, lang=lang)
        monkeypatch.setattr("kg.analysis.cases.selecting._MANY", 0)

        assert looked_up == select_case(world, lang=lang)

    def test_the_facts_line_says_what_was_used_and_what_was_not(self, world: Graph) -> None:
        line = facts_line(select_case(world, Selection(country=["Montéa"])), ("ties", "positions"), signed=True)

        assert re.match(r"Facts used: \d+ actors, \d+ ties \(\d+ stated.*\), \d+ positions; in Montéa; as of 2020", line)
        assert "denied, absent, recommended or only possible" in line
        assert "of elsewhere" in line
        assert "neither for nor against" in line

    def test_types_of_tie_are_told_only_of_ties(self, world: Graph) -> None:
        case = select_case(world, Selection(relation_type=["tension"]))

        assert "; of type Tension;" in facts_line(case, ("ties", "positions"))
        assert "of type" not in facts_line(case, ("positions",))

    def test_the_facts_line_speaks_every_language(self, world: Graph) -> None:
        lines = {facts_line(select_case(world, lang=lang), ("ties",)) for lang in LANGUAGES}

        assert len(LANGUAGES) == len(lines)

    @pytest.mark.parametrize(
        ("chosen", "message"),
        [
            (Selection(country=["Atlantis"]), "no country of that name"),
            (Selection(issue=["unicorns"]), "no issue of that name"),
            (Selection(as_of="soon"), "not a date"),
            (Selection(min_confidence="hig"), "did you mean 'high'"),
        ],
    )
    def test_names_that_cannot_be_placed_are_one_line(self, world: Graph, chosen: Selection, message: str) -> None:
        with pytest.raises((NotFoundError, InputError), match=message):
            select_case(world, chosen)

    def test_a_country_without_actors_is_said(self, andes: Graph) -> None:
        with pytest.raises(AnalysisError, match="no actor of africa"):
            select_case(andes, Selection(country=["africa"]))


class TestCase:
    CASE = Case(
        (Actor("a"), Actor("b"), Actor("c")),
        (CaseTie("t", "a", "b", sign=-1), CaseTie("u", "b", "c", sign=1, directed=True), CaseTie("v", "a", "c")),
        (Position("p", "a", "law", sign=1), Position("q", "b", "law"), Position("r", "b", "other", sign=-1)),
        (Assessment("s", "a", "power", (0.2, 0.5)), Assessment("t", "a", "power", (0.4, 0.6))),
    )

    def test_the_network_keeps_ties_by_id_with_their_sign(self) -> None:
        network = self.CASE.network()

        assert {("a", "b", "t"), ("b", "c", "u"), ("a", "c", "v")} == set(network.edges(keys=True))
        assert {"t": -1, "u": 1, "v": None} == {key: sign for _, _, key, sign in network.edges(keys=True, data="sign")}
        assert 2 == self.CASE.network(signed=True).number_of_edges()

    def test_a_mutual_tie_can_go_both_ways(self) -> None:
        assert ("b", "a", "t~back") in self.CASE.network(both_ways=True).edges(keys=True)
        assert ("c", "b", "u~back") not in self.CASE.network(both_ways=True).edges(keys=True)

    def test_ties_of_one_statement_weigh_one_together(self) -> None:
        said = (CaseTie("x", "a", "b", sign=-1), CaseTie("y", "b", "c", sign=-1, premise="x"))

        assert [0.5, 0.5] == [w for _, _, w in replace(self.CASE, ties=said).network().edges(data="statement")]

    def test_several_assessments_of_one_actor_are_held_by_one_interval(self) -> None:
        assert {"a": (0.2, 0.6)} == self.CASE.assessed("power")

    def test_unknown_stances_are_no_stances(self) -> None:
        assert ["a"] == list(self.CASE.stances(["law"]))

    def test_a_changed_case_leaves_the_first_as_it_was(self) -> None:
        without = self.CASE.where_actors(lambda actor: actor.id != "b")

        assert (["v"], ["p"], 3) == ([t.id for t in without.ties], [p.id for p in without.positions], len(self.CASE.ties))

    def test_an_actor_outside_is_told_with_near_names(self) -> None:
        with pytest.raises(NotFoundError, match="'z'"):
            self.CASE.label("z")


class TestSplit:
    def test_parts_are_split_each_by_itself(self) -> None:
        """By hand: a - b against each other, c + d together, and nothing between the two pairs."""
        case = Case(tuple(Actor(x) for x in "abcde"), (CaseTie("t", "a", "b", sign=-1), CaseTie("u", "c", "d", sign=1)))
        split = split_case(case)

        assert [(("a",), ("b",)), (("c", "d"),)] == [part.camps for part in split.parts]
        assert [True, True] == [part.unique for part in split.parts]
        assert (("e",), 0, True) == (split.alone, split.frustration, split.proven)

    def test_contradicting_ties_come_with_all_that_is_known_of_them(self, andes: Graph) -> None:
        """By hand: COB is on the government's side through the Pact of Unity, and keeps its distance from it."""
        split = split_case(select_case(andes))

        assert ["rc-cob-distancing-government-bo"] == [tie.id for tie in split.contradicting]
        assert split.contradicting[0].evidence

    def test_one_statement_can_weigh_one(self, andes: Graph) -> None:
        case = select_case(andes)
        split = split_case(case, weight="statement")

        assert split.inherited > split.statements > 0
        assert split.frustration <= split_case(case).frustration

    def test_the_order_of_facts_does_not_matter(self, andes: Graph) -> None:
        case = select_case(andes)
        actors, shuffled = list(case.actors), list(case.ties)
        random.Random(4).shuffle(actors)
        random.Random(5).shuffle(shuffled)

        assert split_case(case) == split_case(replace(case, actors=tuple(actors), ties=tuple(shuffled)))

    def test_nothing_signed_is_said(self) -> None:
        with pytest.raises(AnalysisError, match="no tie between the selected actors carries a sign"):
            split_case(Case((Actor("a"), Actor("b")), (CaseTie("t", "a", "b"),)))
        with pytest.raises(AnalysisError, match="there is only one actor"):
            split_case(Case((Actor("a"),)))

    def test_an_unknown_weight_is_told_with_the_known_ones(self) -> None:
        with pytest.raises(InputError, match="did you mean 'strength'"):
            split_case(TestCase.CASE, weight="strenght")


class TestSentences:
    @pytest.mark.parametrize(
        "file", [*(SENTENCES / f"{topic}.json" for topic in topics()), OF_ANSWERS], ids=lambda f: f.stem
    )
    def test_every_sentence_has_the_same_places_in_every_language(self, file: Path) -> None:
        texts = json.loads(file.read_text(encoding="utf-8"))

        def places(text: str) -> set[str]:
            return {name for _, name, _, _ in Formatter().parse(text) if name}

        for key, by_language in texts.items():
            assert set(LANGUAGES) == set(by_language), key
            forms = [form for text in by_language.values() for form in ([text] if isinstance(text, str) else text)]
            wanted = set().union(*map(places, forms)) - {"n"}
            assert all(wanted <= places(form) | {"n"} for form in forms), key

    def test_names_are_listed_as_people_do(self) -> None:
        assert "A et B" == listed(["A", "B"], "fr")
        assert "A, B y 3 más" == listed(["A", "B", "C", "D", "E"], "es", 2)

    def test_one_is_told_apart_from_many_as_each_language_does(self) -> None:
        assert ("0 ties", "0 lien") == (Sentences("facts", "en")("ties", n=0), Sentences("facts", "fr")("ties", n=0))

    def test_the_report_of_camps_says_the_same_in_every_language(self, world: Graph) -> None:
        reports = [report_camps(case, split_case(case)) for case in (select_case(world, lang=lang) for lang in LANGUAGES)]

        assert 1 == len({len(report.sentences) for report in reports})
        assert len(LANGUAGES) == len({report.sentences for report in reports})
        assert 1 == len({str(report.figures) for report in reports})
