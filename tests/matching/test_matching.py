"""Names that may mean one thing: what is found, what is not, and why. Expected values by hand."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.formats.decisions import Decision, same_groups
from kg.matching.candidates import candidates
from kg.matching.graphs import accepted
from kg.matching.score import Named, Score, Scorer
from kg.matching.wording import wording
from tests.conftest import material

SCORER = Scorer({"of": 5, "association": 3, "federation": 3}, 20)


def score(a: str, b: str, **more: str) -> Score:
    return SCORER.score(Named("1", (a,)), Named("2", (b,), **more))  # type: ignore[arg-type]  # kind is a text


@pytest.mark.parametrize(
    ("a", "b", "least", "reason"),
    [
        ("CDU", "CDU ", 1.0, "differ in blanks, case or accents only"),
        ("GRÜNE", "Grune", 1.0, "differ in blanks, case or accents only"),
        ("Müller & Söhne", "Müller, Söhne", 0.99, "differ in punctuation only"),
        ("E.ON", "EON", 0.99, "differ in punctuation only"),
        ("Union of Farmers Peru", "Farmers Union of Peru", 0.97, "the same words in another order"),
        ("Tchibo Holding AG", "Tchibo Holding S.A.C.", 0.95, "differ in legal form"),
        ("Frau Dr. Johanna Quandt", "Johanna Quandt", 0.95, "differ in legal form, title"),
        ("Ministerio de Agricultura", "Ministry of Agriculture", 0.95, "language only"),
        ("Federación de Mujeres", "Fédération des femmes", 0.95, "language only"),
        ("Bayerische Motorenwerke (BMW) AG", "Bayerische Motorenwerke", 0.95, "differ in legal form"),
        ("CSU", "Christlich-Soziale Union in Bayern", 0.9, "'CSU' are the initials of"),
        ("Rath Health Programms", "Rath Health Programs", 0.85, "spelt alike: programms ~ programs"),
    ],
)
def test_names_of_one_thing_score_high_and_say_why(a: str, b: str, least: float, reason: str) -> None:
    found = score(a, b)

    assert found.value >= least
    assert reason in "; ".join(found.why)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("CDU", "CSU"), ("SPD", "NPD"), ("CONAIE", "CONAICE"), ("Law 15", "Law 16"),
        ("Ministry of Agriculture", "Ministry of Finance"), ("Peasants of Peru", "Peasants of Bolivia"),
        ("Federation of the North", "Federation of the South"), ("Front (Peru)", "Front (Bolivia)"),
    ],
)  # fmt: skip
def test_names_of_different_things_stay_below_what_is_listed(a: str, b: str) -> None:
    assert score(a, b).value < 0.7


def test_another_kind_or_country_takes_off_and_is_said() -> None:
    person = score("Green Bridge", "Green Bridge", kind="person")
    both = SCORER.score(
        Named("1", ("Front",), "group", frozenset(["Peru"])), Named("2", ("Front",), "person", frozenset(["Bolivia"]))
    )

    assert 1.0 == person.value
    assert (0.45, ("both are called 'Front'", "but group and person", "but of Peru and of Bolivia")) == (
        both.value,
        both.why,
    )


@pytest.mark.parametrize(
    ("lang", "why"),
    [
        ("es", ("'Rath Health Programms' y 'Rath Health Programs'", "en común: rath, health", "pero de Perú y de Bolivia")),
        (
            "fr",
            ("'Rath Health Programms' et 'Rath Health Programs'", "en commun : rath, health", "mais de Perú et de Bolivia"),
        ),
    ],
)
def test_reasons_are_told_in_the_language_asked_for(lang: str, why: tuple[str, ...]) -> None:
    """Words by hand; before a colon, French sets a narrow no-break space."""
    things = [
        Named("1", ("Rath Health Programms",), countries=frozenset(["Perú"])),
        Named("2", ("Rath Health Programs",), countries=frozenset(["Bolivia"])),
    ]
    (found,) = candidates(things, 0.4, lang=lang)

    told = [reason.replace("\u202f", " ") for reason in found.score.why]
    assert list(why) == [reason for reason in told if "~" not in reason]


def test_the_order_of_things_changes_nothing_but_which_stands_first() -> None:
    things = [Named(n, (n,)) for n in ("Green Union", "Union, Green", "Gren Union", "Blue Chamber")]
    pairs = [{frozenset((c.a.id, c.b.id)) for c in candidates(order, 0.7)} for order in (things, things[::-1])]

    assert pairs[0] == pairs[1]
    assert 3 == len(pairs[0])


@given(st.lists(st.text("ab CÉ-.1", min_size=1, max_size=12), min_size=2, max_size=12, unique=True))
def test_what_is_equal_but_for_case_accents_and_blanks_is_always_found(names: list[str]) -> None:
    things = [Named(str(n), (name,)) for n, name in enumerate(names)]
    found = {frozenset((c.a.id, c.b.id)) for c in candidates(things, 0.9)}
    equal = {
        frozenset((a.id, b.id)) for a in things for b in things
        if a.id < b.id and wording(a.names[0]).folded == wording(b.names[0]).folded and wording(a.names[0]).words
    }  # fmt: skip

    assert equal <= found


def test_a_slip_is_found_among_many_names() -> None:
    """A hundred unions of invented villages, one of them written again with two letters transposed."""
    villages = [
        f"{a}{b}{c}" for a in ("Mor", "Tal", "Ker", "Vin", "Sol") for b in "aeiou" for c in ("dena", "rika", "stol", "vang")
    ]
    things = [Named(v, (f"Farmers' Union of {v}",)) for v in [*villages, "Talirkia"]]

    assert {"Talirika", "Talirkia"} in [{c.a.id, c.b.id} for c in candidates(things, 0.75)]


def test_different_things_are_not_brought_together_through_a_third() -> None:
    names = ("Green Union", "Green  Union", "GREEN UNION")
    found = candidates([Named(n, (n,)) for n in names])
    decided = [Decision("Green Union", "Green  Union", "different")]
    taken = [(c.a.id, c.b.id) for c, obstacle in accepted(found, decided, 0.9) if not obstacle]
    left = [obstacle for _, obstacle in accepted(found, decided, 0.9) if obstacle]

    assert 1 == len(taken)
    assert {("Green Union", "Green  Union")} == set(left)


def test_decisions_that_contradict_each_other_are_refused() -> None:
    decisions = [Decision("a", "b", "same"), Decision("b", "c", "same"), Decision("a", "c", "different")]

    assert {"b": "a", "c": "a"} == dict(same_groups(decisions[:2]))
    with pytest.raises(InputError, match=r"'a' and 'c' are called different, and the same by other lines; delete one"):
        same_groups(decisions)


def test_eighteen_spellings_of_the_donations_become_eleven_parties_without_a_wrong_merge() -> None:
    """The parties, read off the file by hand: AGFG, BSU, CDU, CSU, DVU, FDP, GRÜNE, LINKE, MLPD, NPD, SPD."""
    cases = material("KG_CASES", "cases")
    with (cases / "donations" / "donations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    parties, donors = {r["Party"] for r in rows}, {r["Donor"] for r in rows}
    found = candidates([Named(name, (name,)) for name in sorted(parties | donors)])
    groups = same_groups(Decision(c.a.id, c.b.id, "same") for c, _ in accepted(found, [], 0.95))
    pairs = {frozenset((a, b)) for b, a in groups.items()}
    listed = {frozenset((c.a.id.strip(), c.b.id.strip())) for c in found}

    assert 18 == len(parties)
    assert {"AGFG", "BSU", "CDU", "CSU", "DVU", "FDP", "GRÜNE", "LINKE", "MLPD", "NPD", "SPD"} == {
        groups.get(p, p).strip() for p in parties
    }
    assert {
        ("Bayerische Motorenwerke (BMW) AG", "Bayerische Motorenwerke AG"),
        ("Frau Johanna Quandt", "Johanna Quandt"),
    } == {tuple(sorted(n.strip() for n in p)) for p in pairs if len({n.strip() for n in p}) > 1}
    assert frozenset(("CSU", "Christlich-Soziale Union in Bayern")) in listed
    assert frozenset(("Dr. Rath Health Programms B.V.", "Dr. Rath Health Programs B.V.")) in listed
