"""Real files of other programs; facts about them stand in the README beside them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import kg
from tests.conftest import material
from tests.formats.test_import import actors, imported, notes, ties

CASES = material("KG_CASES", "cases")


def degrees(path: Path) -> Counter[str]:
    result = imported(path)
    names = {r["id"]: r["name_en"] for r in result.material.tables["actors"]}
    return Counter(names[end] for tie in ties(result) for end in (tie[0], tie[2]))


def test_kumu_workbooks() -> None:
    mafia = imported(CASES / "kumu" / "paypal-mafia.xlsx")
    states = imported(CASES / "kumu" / "snap-to-tutorial-data.xlsx")

    assert ("Kumu spreadsheet", 34, 49) == (mafia.recognised, len(actors(mafia)), len(ties(mafia)))
    assert ("Kumu spreadsheet", 51, 113) == (states.recognised, len(actors(states)), len(ties(states)))
    assert [("PayPal", 17), ("Keith Rabois", 8), ("Peter Thiel", 6)] == degrees(
        CASES / "kumu" / "paypal-mafia.xlsx"
    ).most_common(3)
    assert ("michigan", "2010 Population: 9876498") in notes(states)


def test_matrices() -> None:
    pol = imported(CASES / "chemnet" / "chemnet_pol.csv")
    influence = imported(CASES / "chemnet" / "chemnet_infrep.csv")
    sums = Counter(o for _, _, o in ties(influence)) + Counter(s for s, text in notes(influence) if text == "Tie to itself")

    assert (30, 342) == (len(actors(pol)), len(ties(pol)))
    assert 13 == len(notes(influence))
    assert {"bmj": 26, "bmi": 26, "vci": 26, "bmw": 23, "bma": 22, "uba": 19, "ec": 16} == {
        k: sums[k] for k in ("bmj", "bmi", "vci", "bmw", "bma", "uba", "ec")
    }


def test_positions_of_a_matrix_multiply_to_the_known_agreement(tmp_path: Path) -> None:
    (tmp_path / "map.json").write_text(json.dumps({"second mode": "issues"}))
    result = imported(CASES / "chemnet" / "chemnet_intpos.csv", map_file=tmp_path / "map.json")
    signs = {(p["actor"], p["on"]): {"support": 1, "oppose": -1}[p["stance"]] for p in result.material.tables["positions"]}
    issues = [r["id"] for r in result.material.tables["issues"]]

    def product(a: str, b: str) -> int:
        return sum(signs.get((a, i), 0) * signs.get((b, i), 0) for i in issues)

    assert [6, 6, 6, -6] == [product(*pair) for pair in (("uba", "vci"), ("uba", "ec"), ("vci", "ec"), ("dfg", "cef"))]


def test_a_signed_edge_list_in_two_files() -> None:
    result = imported(CASES / "tribes" / "tribes.nodes.csv", CASES / "tribes" / "tribes.edges.csv")

    assert (16, {"positive-tie": 29, "negative-tie": 29}) == (
        len(actors(result)),
        Counter(t[1] for t in ties(result)),
    )  # Read (1954)


@pytest.mark.parametrize("name", ["donations.csv", "donations.xlsx"])
def test_a_table_of_payments_with_a_map(tmp_path: Path, name: str) -> None:
    columns = {"Donor": "from", "Party": "to", "DonorType": "from type", "DonationDate": "start", "DonationEUR": "weight"}
    (tmp_path / "map.json").write_text(json.dumps({"columns": columns, "directed": True}))
    result = imported(CASES / "donations" / name, map_file=tmp_path / "map.json")
    relations = result.material.tables["relations"]
    amounts = [float(r["weight"]) for r in relations if r["object"] == "cdu"]

    assert (292, 127, 17_356_420) == (len(relations), len(amounts), round(sum(amounts)))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("blank-fields.csv", "there is no row with a name below the heading"),
        ("combo.csv", r"combo\.csv:4 \(primary_ext\): 'y' is neither Person nor Org"),
        ("invalid-headers.csv", "columns: 'foo', 'bar'"),
        ("short-fields.csv", r"short-fields\.csv:2 \(primary_ext\)"),
        ("invalid-format.csv", r"invalid-format\.csv:2 \(primary_ext\): '' is neither"),
    ],
)
def test_faulty_littlesis_sheets_get_one_message_with_row_and_column(name: str, message: str) -> None:
    path = CASES / "littlesis" / "list-bulk-add-csvs" / name
    with pytest.raises(kg.InputError, match=message):
        kg.open(path)


def test_sound_littlesis_sheets() -> None:
    for name in ("new-entities.csv", "new-entities.tsv"):
        result = imported(CASES / "littlesis" / "list-bulk-add-csvs" / name)

        assert ["person", "organization"] == [a["kind"] for a in actors(result).values()]


def test_popolo_examples_say_the_same_in_json_and_turtle() -> None:
    folder = CASES / "popolo-spec" / "examples"
    person, organization = (imported(folder / f"{n}.ttl") for n in ("person", "organization"))

    assert "person" == next(iter(actors(person).values()))["kind"]
    assert {"Mr. John Q. Public, Esq.": "person"} == {
        n: a["kind"] for n, a in actors(imported(folder / "person.json")).items()
    }
    assert ("organization", {"Joe's Diner", "Famous Joe's"}) == (
        actors(organization)["ABC, Inc."]["kind"],
        set(actors(organization)["ABC, Inc."]["aliases"].split(";")),
    )
    for result in (organization, imported(folder / "organization.json")):
        assert [("abc-inc", "part-of", "holding-company-corp")] == ties(result)
    for name in ("membership.ttl", "membership.json"):
        relation = imported(folder / name).material.tables["relations"][0]
        found = (relation["subject"], relation["type"], relation["object"], relation["start"], relation["end"])

        assert ("john-q-public", "membership", "abc-inc", "1970-01", "1971-12-31") == found


@pytest.mark.parametrize("name", ["membership", "person", "organization", "post"])
def test_objects_embedded_in_popolo_are_found(name: str) -> None:
    result = imported(CASES / "popolo-spec" / "examples" / f"embedding-{name}.json")

    assert {t for _, t, _ in ties(result)} == {"membership"}
    assert not [line for line in result.report if "could not be placed" in line]


@pytest.mark.parametrize("suffix", ["json", "ttl"])
def test_contact_data_of_persons_stay_out(suffix: str) -> None:
    result = imported(CASES / "popolo-spec" / "examples" / f"person.{suffix}")

    assert "555-0100" not in json.dumps(result.material.tables)
    assert "jqpublic@" not in json.dumps(result.material.tables)
    assert any("personal data are not imported" in line for line in result.report)
