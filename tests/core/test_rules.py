"""What rules derive: all that follows, each rule run only when something that it reads is new."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.graph import Graph
from kg.opening import default_source
from kg.rules import Rule, derive, read_rules, rule_files
from kg.store.embedded import EmbeddedStore
from kg.vocabulary import ALL, DERIVED


def loaded(source: Path) -> Graph:
    graph = Graph(EmbeddedStore(), [str(source)])
    graph.add_ontology()
    graph.add_tables(source)
    return graph


@pytest.mark.parametrize("shipped", [False, True])
def test_nothing_more_follows_when_all_rules_run_again(shipped: bool, world: Path) -> None:
    """The rules name what they read; were one forgotten, running every rule once more would add something."""
    store = loaded(default_source() if shipped else world).store
    derive(store)
    known = len(store)
    for rule in read_rules():
        store.load(store.derive(rule.construct), ALL)

    assert known == len(store)


def test_the_derived_graph_holds_what_was_derived_and_stands_in_the_merged_one(world: Path) -> None:
    graph = loaded(world)
    before = set(graph.store.triples(ALL))
    graph.derive()
    merged = {(q.subject, q.predicate, q.object) for q in graph.store.triples(ALL)}
    derived = {(q.subject, q.predicate, q.object) for q in graph.named.triples(DERIVED)}

    assert merged == {(q.subject, q.predicate, q.object) for q in before} | derived


def test_a_rule_comes_after_those_that_it_reads(tmp_path: Path) -> None:
    for name, reads in (("a", "b c"), ("b", "c"), ("c", ""), ("d", "e"), ("e", "d")):
        (tmp_path / f"{name}.rq").write_text(f"#+ reads: {reads}\nCONSTRUCT WHERE {{ ?a ?b ?c }}" if reads else "", "utf-8")
    rules = read_rules(sorted(tmp_path.glob("*.rq")))

    assert ["c", "b", "a", "d", "e"] == [rule.name for rule in rules]
    assert Rule("c", "", frozenset()) == rules[0]


def test_reading_an_unknown_rule_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_text("#+ reads: b\n", "utf-8")
    with pytest.raises(InputError, match=r"a\.rq: reads: there is no rule 'b'"):
        read_rules(tmp_path.glob("*.rq"))


def test_every_rule_file_is_a_rule() -> None:
    assert sorted(path.stem for path in rule_files()) == sorted(rule.name for rule in read_rules())
