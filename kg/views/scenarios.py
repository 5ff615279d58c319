"""A network page with what a scenario changes: relations and actors that are new, gone or different, and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kg.analysis.cases.changing import change_case
from kg.analysis.cases.graph_names import GraphNames
from kg.analysis.cases.model import Actor, Case, Interval
from kg.analysis.cases.scenario import Scenario, read_scenario
from kg.analysis.cases.selecting import Selection, select_case
from kg.errors import InputError
from kg.graph import Graph
from kg.views.charts.answers import intervals
from kg.views.document import words_in
from kg.views.entries import Entries
from kg.views.grouping import Change
from kg.views.page import Entry, Labels, NetworkPage, Node, Tie, TieType, text_in
from kg.views.reading import Reader
from kg.vocabulary import concept_lists
from kg.wording import series

__all__ = ["with_scenario"]

_LANGUAGES = ("en", "es", "fr")
_Said = tuple[Labels, Labels, Labels]


def with_scenario(graph: Graph, page: NetworkPage, path: Path, *, as_of: str = "", on: str = "") -> NetworkPage:
    """The page with the difference that the scenario of a file makes: what is new is added, what is gone stays, both marked.

    `as_of` is the year of the facts that change, `on` what a position is on where the file does not say. Raises InputError
    where nothing of the difference is on the page, and what `read_scenario` and `change_case` raise.
    """
    scenario = read_scenario(path, on)
    before = select_case(graph, Selection(as_of=as_of), page.lang)
    after = change_case(before, scenario, GraphNames(graph, before, page.lang))
    found = _Difference(graph, page, before, after)
    found.actors()
    found.links()
    found.properties()
    if not found.changes:
        raise InputError(f"--scenario {path}: the page shows nothing that it changes; leave out filters, or name another")
    assumed = Entry(id="assumed", labels=words_in("highlights.json")["assumed"])
    return replace(
        page,
        nodes=tuple(found.nodes.values()),
        ties=tuple(found.ties.values()),
        tie_types=(*page.tie_types, *found.new_types()),
        statuses=(*page.statuses, *([assumed] if any(tie.status == "assumed" for tie in found.ties.values()) else [])),
        changes=found.changes,
        highlight=tuple(sorted(found.changes)),
        highlight_label=_told(scenario, found),
    )


@dataclass(frozen=True, slots=True)
class _Link:
    """A relation of a case: its IRI, empty for a new one, and its actors; without target where it leads to no actor."""

    iri: str
    source: str
    target: str = ""
    type: str = ""


@dataclass
class _Difference:
    """What the page shows once both cases are on it."""

    graph: Graph
    page: NetworkPage
    before: Case
    after: Case
    changes: dict[str, Change] = field(default_factory=dict)
    elsewhere: int = 0
    """Changes that concern what the page does not show."""

    def __post_init__(self) -> None:
        self.reader = Reader(self.graph)
        self.entries = Entries(self.graph)
        self.nodes: dict[str, Node] = {node.id: node for node in self.page.nodes}
        self.ties: dict[str, Tie] = {tie.id: tie for tie in self.page.ties}
        self.made: dict[str, str] = {}

    def _shown(self, iri: str) -> str:
        return self.reader.describer.identifier(iri)

    def _free(self, wanted: str) -> str:
        while wanted in self.nodes or wanted in self.ties:
            wanted += "'"
        return wanted

    def actors(self) -> None:
        """Notes actors that are gone, and adds those that a merger or split makes."""
        kept = {actor.iri for actor in self.after.actors}
        gone = [self._shown(a.iri) for a in self.before.actors if a.iri not in kept]
        on_page = [self.nodes[each] for each in gone if each in self.nodes]
        self.elsewhere += len(gone) - len(on_page)
        for node in on_page:
            self.changes[node.id] = Change(kind="removed")
        for actor in (a for a in self.after.actors if not a.iri):
            like = next((node for node in on_page if node.type == actor.type), None)
            if like is None:
                self.elsewhere += 1
                continue
            key = self.made[actor.id] = self._free(f"scenario-{actor.id}")
            self.nodes[key] = Node(
                id=key,
                labels={self.page.lang: str(actor)},
                kind=like.kind,
                type=like.type,
                countries=like.countries,
                status="assumed",
            )
            self.changes[key] = Change(kind="added")

    def _node(self, case: Case, actor: str) -> str:
        """Id on the page of an actor of a case; empty where it is not there."""
        iri = case.actor(actor).iri
        key = self._shown(iri) if iri else self.made.get(actor, "")
        return key if key in self.nodes else ""

    def links(self) -> None:
        """Notes relations that are gone or lead elsewhere, and adds those that are new."""
        old, new = dict(_links(self.before)), dict(_links(self.after))
        for key, link in old.items():
            if key not in new:
                shown = self._shown(link.iri)
                if shown in self.ties:
                    self.changes[shown] = Change(kind="removed")
                else:
                    self.elsewhere += 1
        for key, link in new.items():
            if key not in old:
                self._add(key, link)
            elif (link.source, link.target) != (old[key].source, old[key].target):
                self._move(old[key], link)

    def _add(self, key: str, link: _Link) -> None:
        origin = self.ties.get(self._shown(link.iri)) if link.iri else None
        source = self._node(self.after, link.source)
        target = self._node(self.after, link.target) if link.target else origin.target if origin else ""
        if not (source and target) or (link.iri and origin is None):
            self.elsewhere += 1
            return
        shown = self._free(key)
        if origin is not None:
            tie = replace(origin, id=shown, source=source, target=target)
        else:
            type_ = self.entries.relation(concept_lists()["relation"][link.type])
            tie = Tie(id=shown, source=source, target=target, type=type_, status="assumed")
        self.ties[shown] = tie
        self.changes[shown] = Change(kind="added")

    def _move(self, old: _Link, new: _Link) -> None:
        tie = self.ties.get(self._shown(old.iri))
        ends = {
            name: self._node(self.after, getattr(new, name))
            for name in ("source", "target")
            if getattr(new, name) != getattr(old, name)
        }
        if tie is None or not all(ends.values()):
            self.elsewhere += 1
            return
        said = tuple(
            (_words(f"changed.{name}"), self.nodes[getattr(tie, name)].labels, self.nodes[end].labels)
            for name, end in ends.items()
        )
        self.ties[tie.id] = replace(tie, source=ends.get("source", tie.source), target=ends.get("target", tie.target))
        self.changes[tie.id] = Change(kind="changed", said=said)

    def properties(self) -> None:
        """Notes whose power or position is another."""
        power = self.before.power(), self.after.power()
        stances = _stances(self.before), _stances(self.after)
        for actor in self.after.actors:
            said: list[_Said] = []
            if power[0].get(actor.id) != power[1].get(actor.id):
                today, then = (_interval(each.get(actor.id)) for each in power)
                said.append((_words("changed.power"), today, then))
            matters = sorted({on for each in stances for who, on in each if who == actor.id})
            for on in matters:
                held = tuple(each.get((actor.id, on), ()) for each in stances)
                if held[0] != held[1]:
                    what = self._matter(on)
                    heading = {
                        lang: _words("changed.position")[lang].format(what=text_in(what, lang)) for lang in _LANGUAGES
                    }
                    said.append((heading, self._stance(held[0]), self._stance(held[1])))
            if said and actor.iri:
                self._note(actor, tuple(said))

    def _note(self, actor: Actor, said: tuple[_Said, ...]) -> None:
        shown = self._shown(actor.iri)
        if shown in self.nodes:
            self.changes[shown] = Change(kind="changed", said=said)
        else:
            self.elsewhere += 1

    def _matter(self, on: str) -> Labels:
        """The names of what a position is on: the page's, or the one in the language of the case."""
        if on in self.nodes:
            return self.nodes[on].labels
        label = next(p.on_label for case in (self.after, self.before) for p in case.positions if p.on == on)
        return {self.page.lang: label}

    def _stance(self, words: tuple[str, ...]) -> Labels:
        if not words:
            return _words("changed.nothing")
        known = concept_lists()["stance"]
        labels = [self.reader.labels(known[word]) if word in known else {"en": word} for word in words]
        return {lang: ", ".join(text_in(each, lang) for each in labels) for lang in _LANGUAGES}

    def new_types(self) -> list[TieType]:
        """Types of the relations that were added, as far as the page has none."""
        known = {each.id for each in self.page.tie_types}
        return [each for each in self.entries.relations() if each.id not in known]

    def count(self, kind: str, things: Mapping[str, object]) -> int:
        """How many nodes or ties are changed so."""
        return Counter[str](change.kind for key, change in self.changes.items() if key in things)[kind]


def _links(case: Case) -> Iterator[tuple[str, _Link]]:
    for tie in case.ties:
        yield tie.id, _Link(tie.iri, tie.source, tie.target, tie.type)
    for each in case.involvements:
        yield each.id, _Link(each.iri, each.actor)


def _stances(case: Case) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for position in case.positions:
        key = position.actor, position.on
        found[key] = (*found.get(key, ()), position.stance)
    return found


def _words(key: str) -> Labels:
    return words_in("highlights.json")[key]


def _interval(value: Interval | None) -> Labels:
    return intervals(*value) if value else _words("changed.nothing")


def _told(scenario: Scenario, found: _Difference) -> Labels:
    """The line that says what is shown, per language; it counts only what differs."""
    told = {}
    for lang in _LANGUAGES:
        changes = series(scenario.changes, lang)
        parts = []
        for what, things in (("relations", found.ties), ("actors", found.nodes)):
            counts = {kind: found.count(kind, things) for kind in ("added", "removed", "changed")}
            said = [_words(f"scenario.{what}.{kind}")[lang].format(n=n) for kind, n in counts.items() if n]
            if said:
                parts.append(_words(f"scenario.{what}")[lang].format(what=", ".join(said)))
        differences = ". ".join(parts) or _words("scenario.none")[lang]
        told[lang] = _words("scenario")[lang].format(name=scenario.name, changes=changes, differences=differences)
        if found.elsewhere:
            told[lang] += _words("scenario.elsewhere")[lang].format(n=found.elsewhere)
    return told
