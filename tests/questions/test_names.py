"""From what somebody types to the thing that is meant; all names are those of tests/world."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import AmbiguousError, InputError, NotFoundError
from kg.graph import Graph
from kg.questions.names import find, resolve
from kg.wording import fold

BASE = "https://example.org/world/"
CONCEPT = "https://w3id.org/stakeholder-kg/concept/"


@pytest.fixture(scope="module")
def graph(world: Path) -> Graph:
    return kg.open(world).graph


@pytest.mark.parametrize(
    ("text", "kind", "meant"),
    [
        ("frente", "actor", "frente"),  # id
        (BASE + "frente", "actor", "frente"),  # IRI
        ("Peasant Front", "actor", "frente"),  # label in English
        ("Front paysan", "actor", "frente"),  # label in French
        ("  PEASANT   front ", "actor", "frente"),  # case and blanks
        ("FC", "actor", "frente"),  # acronym
        ("ceñ", "actor", "coop"),  # acronym, another case
        ("the Front", "actor", "frente"),  # alias
        ("El Frente", "actor", "frente"),  # alias, another case
        ("el nandu", "actor", "coop"),  # alias, without accents
        ("Unión de Campesinos de Altura", "actor", "uca"),  # label in Spanish
        ("union de campesinos de altura", "actor", "uca"),
        ("COOPERATIVA AGRARIA EL ÑANDÚ LTDA.", "actor", "coop"),  # official name, an attribute
        ("law 15", "instrument", "ley-tierra"),  # number, an attribute
        ("L-15", "instrument", "ley-tierra"),
        ("MT", "country", "montea"),  # country code
        ("montéa", "country", "montea"),
        ("South Province", "country", "sur"),
        ("Water", "issue", "agua"),
        ("water", "issue", "agua"),  # the issue of the data before the general topic of the same name
        ("al-uca-verde", "thing", "al-uca-verde"),  # a fact
        ("r07", "thing", "r07"),  # a passage
        ('Chamber "Los Robles", Import & Export <S.A.>', "actor", "camara"),
        ("\"}; DROP ALL # O'Hara \\ ?x", "actor", "hostil"),
        ("l'« o'hara » {0}", "actor", "hostil"),
        ("<b>", "actor", "hostil"),
        ("%S", "actor", "hostil"),
    ],
)
def test_a_thing_is_found_by_any_of_its_names(graph: Graph, text: str, kind: str, meant: str) -> None:
    assert f"<{BASE}{meant}>" == resolve(graph, text, kind)


@pytest.mark.parametrize(
    ("text", "kind", "meant"),
    [
        ("ngo", "actor-type", "actor-type/ngo"),
        ("Peasant union", "actor-type", "actor-type/peasant-union"),
        (CONCEPT + "actor-type/social", "actor-type", "actor-type/social"),
        ("alliance", "relation-type", "relation/alliance"),
        ("environment", "issue", "issue/environment"),
        (CONCEPT + "issue/land", "issue", "issue/land"),
    ],
)
def test_a_concept_is_found_by_id_label_and_iri(graph: Graph, text: str, kind: str, meant: str) -> None:
    assert f"<{CONCEPT}{meant}>" == resolve(graph, text, kind)


@pytest.mark.parametrize("text", ["2013", "2013-08", "2013-08-31"])
def test_a_date_is_a_plain_literal(graph: Graph, text: str) -> None:
    assert f'"{text}"' == resolve(graph, text, "year")


@pytest.mark.parametrize("text", ["13", "2013-8", "last year", '2013" } #', ""])
def test_what_is_no_date_is_refused(graph: Graph, text: str) -> None:
    with pytest.raises(InputError, match=r"--year .*: not a date; write 2013, 2013-08 or 2013-08-31"):
        resolve(graph, text, "year", "--year")


@pytest.mark.parametrize("text", ["Frente Campesino", "frente campesino"])
def test_a_name_that_two_bear_lists_both(graph: Graph, text: str) -> None:
    with pytest.raises(AmbiguousError, match=r"--actor .*: 2 things bear that name: frente, frente-vecina; give one of"):
        resolve(graph, text, "actor", "--actor")


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("Peasant Frond", "actor", r"actor 'Peasant Frond': there is no actor of that name; did you mean 'peasant front"),
        ("Vecina", "actor", "there is no actor of that name"),  # a country
        ("frente", "issue", "there is no issue of that name"),
        (BASE + "nobody", "actor", "there is no actor of that name"),
        ('x:"y" } UNION { ?a ?b ?c', "actor", "there is no actor of that name"),
        ("", "actor", "there is no actor of that name"),
        ("   ", "actor", "there is no actor of that name"),
        ("te-unions-pueblos~uca~consejo", "thing", "there is no thing of that name"),  # what is derived has an IRI only
        ("frente", "actor-type", "there is no actor-type of that name"),
        (CONCEPT + "actor-type/nothing", "actor-type", "there is no actor-type of that name"),
    ],
)
def test_what_is_not_known_is_told_in_one_line(graph: Graph, text: str, kind: str, told: str) -> None:
    with pytest.raises(NotFoundError, match=told) as error:
        resolve(graph, text, kind)
    assert "\n" not in str(error.value)


def test_parts_of_names_are_found_the_best_first(graph: Graph) -> None:
    assert ["frente", "frente-vecina"] == [iri.removeprefix(BASE) for iri in find(graph, "FRENTE campesino")]
    assert [] == find(graph, "nobody at all")
    with pytest.raises(InputError, match="find: nothing to look for"):
        find(graph, " ")


def test_folding_drops_accents_case_and_blanks() -> None:
    assert "el nandu strasse" == fold("  El  Ñandú\tSTRAẞE ")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("17", "alpha"),  # the id in the file
        ("x9", "beta"),
        ("X9", "beta"),  # case aside
        ("gamma", "gamma"),  # the name of one before the id of another
        ("Gamma", "gamma"),
    ],
)
def test_ids_of_a_file_of_ones_own_are_names_too(tmp_path: Path, text: str, meant: str) -> None:
    (tmp_path / "own.csv").write_text("Id,Label\n17,Alpha\nx9,Beta\n18,Gamma\ngamma,Delta\n")

    assert resolve(kg.open(tmp_path / "own.csv").graph, text, "actor").endswith(f"/{meant}>")


def test_an_id_that_stands_in_two_files_lists_both(tmp_path: Path) -> None:
    for name, label in (("a", "Alpha"), ("b", "Beta")):
        (tmp_path / f"{name}.csv").write_text(f"Id,Label\n17,{label}\n")
    graph = kg.open([tmp_path / "a.csv", tmp_path / "b.csv"]).graph

    with pytest.raises(AmbiguousError, match=r"actor '17': 2 things bear that name: alpha, beta; give one of these ids"):
        resolve(graph, "17", "actor")


def test_a_wrong_name_is_told_with_the_ids_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("Id,Label\nmillers-1,Alpha\n")

    with pytest.raises(NotFoundError, match="did you mean 'millers-1'"):
        resolve(kg.open(tmp_path / "own.csv").graph, "miller-1", "actor")
