"""Asking and answering: values, errors, rows, and what an answer turns into; facts from tests/world."""

from __future__ import annotations

import json
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest

import kg
from kg.errors import InputError
from kg.questions.answer import Thing
from kg.questions.describe import Describer, Evidence


@pytest.fixture(scope="module")
def graph(world: Path) -> kg.KnowledgeGraph:
    return kg.open(world)


@pytest.mark.parametrize(
    ("question", "values", "told"),
    [
        ("allies", {}, r"question 'allies': --actor is missing; give a name, acronym or id"),
        ("allies", {"acter": "uca"}, r"question 'allies': it does not take 'acter'; did you mean 'actor'\?"),
        ("allies", {"actor": []}, r"--actor is missing"),
        ("allies", {"actor": "uca", "year": "soon"}, r"--year 'soon': not a date"),
    ],
)
def test_wrong_values_are_told(graph: kg.KnowledgeGraph, question: str, values: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        graph.ask(question, **values)


def test_an_unknown_language_is_refused(world: Path) -> None:
    with pytest.raises(InputError, match="language 'de': not available"):
        kg.open(world, lang="de").ask("tensions")


def test_a_value_may_be_a_thing_a_number_or_several(graph: kg.KnowledgeGraph) -> None:
    union = graph.thing("uca")

    assert graph.ask("allies", actor=union).rows == graph.ask("allies", actor="uca").rows
    assert graph.ask("allies", actor="uca", year=2010).rows == graph.ask("allies", actor="uca", year="2010").rows
    assert {"uca", "frente"} == {row.actor.id for row in graph.ask("allies", actor=[union, "FC"])}


def test_without_a_year_the_reference_date_counts(graph: kg.KnowledgeGraph) -> None:
    assert "2020" == graph.graph.reference_date
    assert graph.ask("allies", actor="uca", year="2020").rows == graph.ask("allies", actor="uca").rows
    assert graph.ask("allies", actor="uca", year="2010").rows != graph.ask("allies", actor="uca").rows


def test_an_empty_answer_says_whether_a_source_denies_it_or_nothing_is_known(graph: kg.KnowledgeGraph) -> None:
    denied, unknown, some = (graph.ask("allies", actor=a).note for a in ("claro", "hostil", "uca"))

    assert denied == (
        "the source says there is none: Claro denies that it is allied with the government. "
        "(The Land and Its People, Who stands with whom, characters 600-639)"
    )
    assert "nothing is known: no fact in the data answers this" == unknown
    assert "" == some


def test_what_a_source_states_as_absent_is_told_as_such(graph: kg.KnowledgeGraph) -> None:
    """The government has no ally; the Council's denial and its missing support of 2016 both stand in passage r15."""
    note = graph.ask("allies", actor="gov").note

    assert note.startswith("the source says there is none: ")
    assert "Claro denies" in note
    assert "in 2016 it did not back it" in note


def test_what_holds_at_other_dates_only_is_told_with_them(graph: kg.KnowledgeGraph) -> None:
    """The chamber's conflict begins in 2010 (row of its relation)."""
    note = graph.ask("opponents", actor="camara", year="1990").note

    assert "nothing is known to hold in 1990, but at other dates: from 2010; ask with --year" == note


def test_cells_have_the_type_of_what_they_hold(graph: kg.KnowledgeGraph) -> None:
    row = graph.ask("power-interest", actor="minfin")[0]
    coalition = graph.ask("coalitions")[0]
    stand = graph.ask("positions", actor="mag")[0]

    assert isinstance(row.actor, Thing)
    assert ("minfin", "https://example.org/world/minfin", "Ministry of Finance (MF)") == (
        row.actor.id, row.actor.iri, row.actor.label
    )  # fmt: skip
    assert (Decimal("0.8"), Decimal("0.3")) == (row.power_low, row.interest_high)
    assert 3 == coalition.size
    assert "By conviction or under pressure?" == stand.open_question
    assert graph.ask("positions", actor="frente")[0].open_question is None
    assert () == graph.ask("allies", actor="consejo")[0].through or graph.ask("allies", actor="consejo")[0].through is None


@pytest.mark.parametrize(
    ("lang", "asked", "handled", "basis"),  # as tests/world/ has them; "Both are kept." is in no French
    [
        ("en", "By conviction or under pressure?", "Both are kept.", "The gazette's own guess."),
        ("es", "¿Por convicción o por presión?", "Ambas quedan.", "Suposición de la gaceta."),
        ("fr", "By conviction or under pressure?", "Both are kept.", "Supposition de la gazette."),
    ],
)
def test_remarks_are_told_once_in_the_language_of_the_answer_or_as_they_exist(
    world: Path, lang: str, asked: str, handled: str, basis: str
) -> None:
    graph = kg.open(world, lang=lang)

    assert [asked] == [row.open_question for row in graph.ask("positions", actor="mag")]
    assert handled in [row.handling for row in graph.ask("data-quality")]
    assert [basis, basis] == [row.basis for row in graph.ask("estimates", actor="uca")]


def test_why_gives_the_passages_behind_a_row(graph: kg.KnowledgeGraph) -> None:
    answer = graph.ask("tensions", issue="tierra")
    kept, inherited = answer[0], answer[-1]
    passages = {(e.fact, e.id, e.status, e.confidence, e.hedge, e.view, e.inherited) for e in answer.why(kept)}

    assert passages == {
        ("ma-gov", "r07", "Inferred", "Low", "Assumed", "Author", False),
        ("te-unions-pueblos", "r07", "Stated", "High", "", "", False),
    }
    assert [("r07", True, "Inferred", "Low")] == [(e.id, e.inherited, e.status, e.confidence) for e in answer.why(inherited)]
    assert ["r07"] == answer.passages(kept)
    assert answer.why(kept)[0].locator == "The Land and Its People, Who stands with whom, characters 240-279"


@pytest.mark.parametrize(("lang", "told"), [("en", "1-2; 5-9"), ("es", "1-2; 5-9"), ("fr", "1-2\u202f; 5-9")])
def test_ranges_of_a_passage_stand_apart_as_the_language_sets_them(lang: str, told: str) -> None:
    passage = Evidence("f", "e", "", "", "1-2; 5-9", "", "", "", "", "", False, lang)

    assert passage.locator.endswith(f" {told}")


def test_answers_speak_the_language_asked_for(world: Path) -> None:
    row = kg.open(world, lang="fr").ask("allies", actor="frente")[1]
    answer = kg.open(world, lang="es").ask("allies", actor="frente")

    assert ("Coopérative El Ñandú (CEÑ)", "Participation à une coalition") == (row.ally.label, row.via.label)
    assert ("Actor", "Aliado", "Evidencia") == tuple(answer.heading(c) for c in ("actor", "ally", "evidence"))
    assert "El Frente Campesino une" in answer.why(answer[1])[0].paraphrase


def test_an_answer_turns_into_json_pandas_and_an_inert_table(graph: kg.KnowledgeGraph) -> None:
    answer = graph.ask("opponents", actor="uca")
    first = json.loads(answer.to_json())[0]
    frame = answer.to_pandas()
    page = answer._repr_html_()

    assert 'Chamber "Los Robles", Import & Export <S.A.>' == first["opponent"]
    assert ["Land distribution"] == first["issues"]
    assert ["ac-uca-camara"] == [e["fact"] for e in first["evidence"]]
    assert list(answer.columns) == list(frame.columns)
    assert ["ac-uca-camara"] == frame["evidence"][0]
    assert "Import &amp; Export &lt;S.A.&gt;" in page
    assert "<S.A.>" not in page
    assert 3 == len(answer) == len(frame)
    assert answer[0] == next(iter(answer)) == answer[0:1][0]
    assert "<Answer to 'opponents': 3 rows" in repr(answer)


def test_an_empty_table_says_why_it_is_empty(graph: kg.KnowledgeGraph) -> None:
    answer = graph.ask("allies", actor="claro")

    assert answer.note.startswith("the source says there is none: ")
    assert f"<td>{answer.note}</td>" in unescape(answer._repr_html_()).replace(f' colspan="{len(answer.columns)}"', "")


def test_numbers_are_numbers_in_json(graph: kg.KnowledgeGraph) -> None:
    record = json.loads(graph.ask("power-interest", actor="minfin").to_json())[0]

    assert (0.8, 1, 0, 0.3) == tuple(record[c] for c in ("power_low", "power_high", "interest_low", "interest_high"))


@pytest.mark.parametrize(
    ("thing", "label"),
    [
        ("ac-uca-camara", 'Highland Farmers\' Union (UCA) – Accusation – Chamber "Los Robles", Import & Export <S.A.>'),
        ("bl-partido-pr", "Party of Order – Blocking – Peasant Front (FC) – Proposes – Land Law (L-15)"),
        ("ps-camara-tierra", 'Chamber "Los Robles", Import & Export <S.A.> – Opposition – Land Law (L-15)'),
        ("at-pueblos-mercado", "Indigenous organisations – Does not address – Marketing"),
        ("as-frente-pow", "Peasant Front (FC) – Power"),
        ("fo-uca", "Highland Farmers' Union (UCA) – Founded – 1979"),
        ("ob-gdp-vc", "Vecina – Share of farming in the economy – 7%"),
        ("pr-tierra", "Distribute the land"),
        ("r20", "The highland union is one of the unions, the Council one of the indigenous organisations, the Mayor's Office a "
         "local authority, the Robles chamber an exporter."),
    ],
)  # fmt: skip
def test_facts_and_passages_are_called_by_what_they_say(graph: kg.KnowledgeGraph, thing: str, label: str) -> None:
    assert label == graph.thing(thing).label


def test_facts_that_name_each_other_in_a_circle_have_a_label(tmp_path: Path) -> None:
    header = "id,subject,type,object,status,confidence\n"
    rows = "a,b,maintains,b,stated,high\nb,a,maintains,a,stated,high\n"
    (tmp_path / "relations.csv").write_text(header + rows, encoding="utf-8")

    assert "Maintains" in kg.open(tmp_path).thing("a").label


def test_things_are_called_in_another_language_from_what_was_read_for_the_first(
    graph: kg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names as they stand in actors.csv."""
    describer = Describer(graph.graph, "en", of_most=True)
    iri = next(row.ally.iri for row in graph.ask("allies", actor="uca") if row.ally.id == "verde")
    french = describer.speaking("fr")
    told = describer.label(iri)
    monkeypatch.setattr(Describer, "_read_of_all", lambda *_: pytest.fail("read again"))

    assert (told, french.label(iri)) == ("Green Bridge", "Pont vert")
