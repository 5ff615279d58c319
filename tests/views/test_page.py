from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import InputError
from kg.views.page import Entry, EvidenceItem, NetworkPage, Node, Source, Tie, text_in
from tests.views.networks import network

TWO = (Node(id="a", labels={"en": "A"}), Node(id="b", labels={"en": "B"}))


def tie(name: str, source: str, target: str) -> Tie:
    return Tie(id=name, source=source, target=target, type="support")


def page(*ties: Tie, **more: object) -> NetworkPage:
    return NetworkPage(**{"title": {"en": "T"}, "nodes": TWO, "ties": ties, **more})  # type: ignore[arg-type]


def test_text_falls_back_to_english_then_to_the_first_language() -> None:
    assert [text_in(labels, "fr") for labels in ({"fr": "c", "en": "a"}, {"en": "a"}, {"qu": "z", "es": "b"}, {})] == [
        "c",
        "a",
        "b",
        "",
    ]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: page(nodes=(*TWO, TWO[0])), r"page: node id 'a' stands twice"),
        (lambda: page(tie("t", "a", "b"), tie("t", "b", "a")), r"page: tie id 't' stands twice"),
        (lambda: page(tie("a", "a", "b")), r"page: 'a' is the id of a node and of a tie"),
        (lambda: page(tie("t", "a", "bb")), r"tie 't': its end 'bb' is not on the page; did you mean 'b'\?"),
        (lambda: page(tie("t", "a", "u"), tie("u", "b", "t")), r"ties 't', 'u': they refer to each other in a circle"),
        (lambda: page(focus="c"), r"page: focus 'c' is not on the page; known: a, b"),
        (lambda: page(focus_steps=4), r"page: focus_steps is 4; use 1, 2 or 3"),
        (lambda: page(lang="de"), r"page: language 'de' is unknown; use one of en, es, fr"),
        (
            lambda: page(types=(Entry(id="x", broader="y"), Entry(id="y", broader="x"))),
            r"page: entry 'x' is broader than itself",
        ),
        (
            lambda: page(
                replace(tie("t", "a", "b"), evidence=(EvidenceItem(id="e", source="s2"),)),
                sources=(Source(id="s1", title="S"),),
            ),
            r"evidence 'e': source 's2' is not on the page; known: s1",
        ),
    ],
)
def test_wrong_pages_are_refused_in_one_line(make: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        make()  # type: ignore[operator]


def test_a_relation_may_lead_to_a_relation_and_comes_after_it() -> None:
    about = tie("about", "a", "later")

    ordered = page(about, tie("later", "a", "b")).ordered_ties()

    assert [each.id for each in ordered] == ["later", "about"]


def test_evidence_behind_several_facts_is_listed_once() -> None:
    made = network(500)

    ids = [item.id for item in made.evidence()]

    assert len(ids) == len(set(ids)) == 400  # the generator lets 1,502 ties share as many


def test_undated_means_neither_start_nor_end() -> None:
    cases = [tie("t", "a", "b"), replace(tie("t", "a", "b"), start="2006"), replace(tie("t", "a", "b"), end="2013")]

    assert [each.undated for each in cases] == [True, False, False]
