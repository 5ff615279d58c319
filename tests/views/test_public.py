"""What leaves the house: nothing that only private sources say, and no notes."""

from __future__ import annotations

from kg.views.page import Attribute, EvidenceItem, NetworkPage, Node, Source, Tie
from kg.views.public import published

OPEN = EvidenceItem(id="e1", source="open")
SECRET = EvidenceItem(id="e2", source="secret")


def node(name: str, *evidence: EvidenceItem) -> Node:
    said = Attribute(labels={"en": "phone"}, value=f"{name} 123", evidence=(SECRET,))
    return Node(id=name, labels={"en": name}, note="between us", evidence=evidence, attributes=(said,))


PAGE = NetworkPage(
    title={"en": "T"},
    nodes=(node("a"), node("b"), node("informant", SECRET), node("lonely"), node("known", OPEN)),
    ties=(
        Tie(id="ab", source="a", target="b", type="x", evidence=(OPEN, SECRET), note="between us"),
        Tie(id="whispered", source="a", target="lonely", type="x", evidence=(SECRET,)),
        Tie(id="told", source="informant", target="b", type="x", evidence=(OPEN,)),
        Tie(id="known-b", source="known", target="b", type="x", evidence=(SECRET,)),
        Tie(id="about", source="b", target="whispered", type="x", evidence=(OPEN,)),
    ),
    sources=(Source(id="open", title="Open"), Source(id="secret", title="Secret")),
)


def test_what_only_a_private_source_says_is_left_out() -> None:
    page = published(PAGE, {"secret"})

    assert ["a", "b", "known"] == [n.id for n in page.nodes]
    assert ["ab"] == [t.id for t in page.ties]
    assert (OPEN,) == page.ties[0].evidence
    assert ["open"] == [s.id for s in page.sources]


def test_notes_and_private_attributes_are_left_out() -> None:
    page = published(PAGE, {"secret"})

    assert {""} == {n.note for n in page.nodes} | {t.note for t in page.ties}
    assert {()} == {n.attributes for n in page.nodes}


def test_the_page_says_how_much_is_missing() -> None:
    withheld = published(PAGE, {"secret"}).withheld

    assert "(2 actors, 4 relations)" in withheld["en"]
    assert {"en", "es", "fr"} == set(withheld)


def test_without_private_sources_only_notes_go() -> None:
    page = published(PAGE, ())

    assert [t.id for t in PAGE.ties] == [t.id for t in page.ties]
    assert "(0 actors, 0 relations)" in page.withheld["en"]
