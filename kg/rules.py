"""What follows from what is stated: the rules of `queries/rules/`, each run when something that it reads is new."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg import resources
from kg.errors import InputError, near_names
from kg.store.embedded import EmbeddedStore
from kg.vocabulary import ALL, expand

__all__ = ["Rule", "derive", "read_rules", "rule_files"]

_PREFIX = re.compile(r"^PREFIX (\w+): <([^>]*)>", re.MULTILINE)
_NAME = re.compile(r"\b(\w+):([\w-]+)")
_READS = re.compile(r"^#\+ reads: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """A CONSTRUCT over the merged graph, and the rules whose results it reads."""

    name: str
    construct: str
    reads: frozenset[str]


def rule_files() -> list[Path]:
    """The files of the rules, by name."""
    return sorted((resources.queries() / "rules").glob("*.rq"))


def read_rules(paths: Iterable[Path] | None = None) -> list[Rule]:
    """The rules, each after those that it reads as far as circles allow, else by name.

    Raises InputError where a rule says that it reads one that does not exist.
    """
    rules = []
    for path in rule_files() if paths is None else paths:
        text = path.read_text(encoding="utf-8")
        rules.append(Rule(path.stem, text, frozenset(name for found in _READS.findall(text) for name in found.split())))
    names = {rule.name for rule in rules}
    for rule in rules:
        for unknown in sorted(rule.reads - names):
            raise InputError(f"{rule.name}.rq: reads: there is no rule {unknown!r}; {near_names(unknown, names)}")
    ordered: list[Rule] = []
    while rules:
        known = {rule.name for rule in ordered}
        rule = min(rules, key=lambda r: (len(r.reads - known), r.name))
        rules.remove(rule)
        ordered.append(rule)
    return ordered


def _read(rules: Iterable[Rule]) -> list[str]:
    """IRIs of all that the rules name, the predicates on which they depend among it."""
    found = {expand("rdf:type")}
    for rule in rules:
        prefixes = dict(_PREFIX.findall(rule.construct))
        found |= {prefixes[p] + name for p, name in _NAME.findall(rule.construct) if p in prefixes}
    return sorted(found)


def _copy(store: EmbeddedStore, rules: Iterable[Rule]) -> EmbeddedStore:
    """What of the merged graph rules can look at, in memory: a third of it, where rules run several times faster than on disk."""
    copy = EmbeddedStore()
    for iri in _read(rules):
        copy.load(store.derive(f"CONSTRUCT {{ ?s <{iri}> ?o }} WHERE {{ ?s <{iri}> ?o }}"), ALL)
    return copy


def derive(store: EmbeddedStore) -> list[bytes]:
    """Runs the rules until nothing new follows, into the merged graph; what each run gave, as N-Triples."""
    rules = read_rules()
    read = {name for rule in rules for name in rule.reads}
    asked = _copy(store, rules) if store.on_disk else store
    waiting, given = list(rules), []
    while waiting:
        rule = waiting.pop(0)
        triples = asked.derive(rule.construct)
        if not triples:
            continue
        given.append(triples)
        if asked is not store:
            store.load(triples, ALL)
        again = [other for other in rules if rule.name in other.reads and other not in waiting]
        known = len(asked) if again else 0  # counts them one by one
        if asked is store or rule.name in read:
            asked.load(triples, ALL)
        if again and len(asked) > known:
            waiting += again
    return given
