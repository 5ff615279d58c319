"""`kg feasibility`."""

from __future__ import annotations

import json

import pytest

from tests.cli.running import kg


def test_support_and_opposition_with_their_evidence() -> None:
    """By hand: the Red Agraria has a power of 0 to 0.5, the ruling party of 0.5 to 1; words leave 0 to 4 and -4 to 0."""
    result = kg("feasibility", "red-agraria-land-proposal", data=None)

    assert "comes to -4 to 2: the codings do not decide which side outweighs the other." in result.stdout
    assert "fd29-s044" in result.stdout


def test_before_and_after_a_strategy() -> None:
    asked = (
        "feasibility",
        "red-agraria-land-proposal",
        "--strategy",
        "position: ruling-party-ec, neutral",
        "--format",
        "json",
    )
    found = json.loads(kg(*asked, data=None).stdout)

    assert ([-4, 2], [0, 2]) == (found["now"]["total"], found["after"]["total"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name an instrument, or an issue with --issue"),
        (["ley-tierra", "--issue", "tierra"], "and not both"),
        (["ley-tierra", "--strategy", "position: nobody, support"], "there is no actor of that name"),
        (["ley-tierra", "--strategy", "position: mag, love"], "there is no such stance"),
        (["ley-tierra", "--strategy", "x.toml"], "x.toml: cannot be read"),
        (["compra"], "there is no instrument"),
    ],
)
def test_bad_input_is_one_line(arguments: list[str], message: str) -> None:
    result = kg("feasibility", *arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr
    assert 1 == result.stderr.count("\n")


def test_names_stand_in_the_order_of_the_language() -> None:
    """By hand: C before G and M in Spanish, M before O in French."""
    spanish, french = (
        kg("--lang", lang, "feasibility", "--issue", "family-farming", "--country", "Peru", data=None).stdout.replace(
            "\n", " "
        )
        for lang in ("es", "fr")
    )

    assert (
        "CONVEAGRO, Gremios de agricultores (Perú), Ministerio de Agricultura (Perú), Ministerio de Comercio (Perú)"
        in spanish
    )
    assert "Ministère du Développement social (Pérou), ONG (Pérou), Organisations de filière (Pérou)" in french
