"""What an importer builds: actors and relations with where each was read, and a report of what became of everything."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.findings import Finding
from kg.formats.answers import Answers
from kg.formats.dataset import dataset_of
from kg.formats.dates import is_date, moment
from kg.formats.labels import families
from kg.formats.large import Spool
from kg.formats.material import Material, slug
from kg.formats.report import Report
from kg.vocabulary import concept_lists

__all__ = ["Builder", "Imported", "read_sign"]

_SIGNS = {
    "+": 1,
    "1": 1,
    "+1": 1,
    "1.0": 1,
    "positive": 1,
    "-": -1,
    "−": -1,
    "-1": -1,
    "-1.0": -1,
    "negative": -1,
    "0": 0,
    "neutral": 0,
}
"""Signs of ties as programs and people write them."""
_BREAKS = re.compile(r"\s*[\r\n\t]+\s*")
"""Line ends within names, which programs that draw them write."""
_WEIGHTS = ("weight", "value", "strength")
"""Titles of columns whose numbers are the weight of a tie."""
_AMOUNT = re.compile(r"(?=.*[1-9])\d+(\.\d+)?")
_BELOW = re.compile(r"[-−](?=.*[1-9])(\d+(?:\.\d+)?)")
_KINDS = {"org": "organization", "organisation": "organization", "organization": "organization", "person": "person"}
"""Words for a kind of actor that programs write, whatever the language of the people who use them."""
_GENERIC = {
    (0, False): "connection", (0, True): "directed-connection", (1, False): "positive-tie", (1, True): "positive-towards",
    (-1, False): "negative-tie", (-1, True): "negative-towards",
}  # fmt: skip


def read_sign(text: str) -> int | None:
    r"""+1, -1 or 0 for the sign that a text means; None where it means none. A minus may be the hyphen or the mathematical sign.

    >>> read_sign("+"), read_sign("Negative"), read_sign("-1.00"), read_sign("\N{MINUS SIGN}1"), read_sign("3")
    (1, -1, -1, -1, None)
    """
    word = text.strip().casefold().replace("\N{MINUS SIGN}", "-")
    if word in _SIGNS:
        return _SIGNS[word]
    return _SIGNS.get(f"{float(word):g}") if re.fullmatch(r"[+-]?\d+\.0*", word) else None


@dataclass
class Imported:
    """The result of an import."""

    recognised: str
    """Of which program or kind the file is."""
    material: Material
    report: list[str]
    """What became of what, line by line, for people."""
    answers: Answers
    """Open questions among them."""
    findings: list[Finding] = field(default_factory=list)


_Tie = tuple[str, str, str, int, bool | None, dict[str, str]]
"""Both ends, type, sign, whether it has a direction, cells; plain, since very many go to disk."""
_PASSAGES = 100_000
"""So many passages are remembered."""


class Builder:
    """Collects actors and relations under the names or ids of the file they come from."""

    def __init__(self, name: str, answers: Answers, lang: str = "en", *, large: bool = False) -> None:
        self.answers, self.lang = answers, lang
        self.material = Material(dataset_of({}, slug(name.rpartition(".")[0] or name), name))
        if large:
            self.material.tables |= {table: Spool() for table in ("evidence", "attributes", "relations")}
        self.used: dict[str, int] = {}
        """Id to the number of the last one that was made from the same text."""
        self.actors: dict[str, dict[str, str]] = {}
        self.issues: dict[str, str] = {}
        self.countries: dict[str, str] = {}
        self.passages: OrderedDict[tuple[str, str], str] = OrderedDict()
        self.ties: list[_Tie] = Spool() if large else []
        self.report = Report(lang)
        self.directed: bool | None = None
        """What the file says of ties that do not say it themselves."""
        self.signed_weights = False
        """True where a weight below 0 was met, so that weights are signs too."""
        self.findings: list[Finding] = []
        self.source = self.mint("file " + name)
        self.material.add("sources", id=self.source, type="data-set", title=name)

    def mint(self, text: str) -> str:
        """An id that nothing else has."""
        base = key = slug(text)
        number = self.used.get(base, 0)
        while key in self.used:  # beginning where the last one was found: very many things may be called the same
            number += 1
            key = f"{base}-{number}"
        self.used[base] = max(1, number)
        self.used[key] = 1
        return key

    def evidence(self, where: str, source: str = "", **cells: str) -> str:
        """The id of the passage `where`, such as `Connections, line 17`, in the file or in a source that it holds."""
        key = self.passages.get((source, where))
        if key is None:
            key = self.passages[source, where] = self.mint("e " + where)
            self.material.add("evidence", id=key, source=source or self.source, paraphrase_en=where, **cells)
            if len(self.passages) > _PASSAGES:  # files are read in their order: the oldest is not met again
                self.passages.popitem(last=False)
        return key

    def remark(self, text: str) -> None:
        """Adds to the note of the file as a source: what is said of it as a whole."""
        record = self.material.tables["sources"][0]
        record["note"] = "; ".join(filter(None, (record.get("note", ""), text)))

    def issue(self, name: str, where: str) -> str:
        """The id of the issue of that name, which is made where it is new."""
        if name not in self.issues:
            key = self.issues[name] = self.mint(name)
            self.material.add("issues", id=key, evidence=self.evidence(where), **{f"name_{self.lang}": name})
        return self.issues[name]

    def country(self, name: str, where: str) -> str:
        """The id of the country of that name, which is made where it is new."""
        if name not in self.countries:
            key = self.countries[name] = self.mint(name)
            cells = {"code": name} if re.fullmatch("[A-Z]{2}", name) else {}
            cells |= {f"name_{self.lang}": name, "type": "country", "evidence": self.evidence(where)}
            self.material.add("places", id=key, **cells)
        return self.countries[name]

    def position(self, actor: str, issue: str, stance: str, evidence: str, **cells: str) -> None:
        """Adds a position of an actor on an issue, by their ids."""
        cells |= {
            "actor": actor,
            "on": issue,
            "stance": stance,
            "status": "stated",
            "confidence": "medium",
            "evidence": evidence,
        }
        self.material.add("positions", id=self.mint(f"p {actor} {issue}"), **cells)

    def actor(self, key: str, name: str, where: str, type_: str = "", **cells: str) -> str:
        """The id of the actor with that key in the file, who is made where it is new; further cells are added to it."""
        record = self.actors.get(key)
        if record is None:
            name = _BREAKS.sub(" ", name)
            record = {
                "id": self.mint(name), "kind": "unspecified", "type": "unspecified", f"name_{self.lang}": name,
                "status": "stated", "confidence": "medium", "evidence": self.evidence(where),
            }  # fmt: skip
            self.actors[key] = record
            self.material.tables.setdefault("actors", []).append(record)
        if type_:
            self._typed(record, type_, where)
        for column, value in cells.items():
            if value and not record.get(column):
                record[column] = value
            elif value and record[column] != value:
                self.note(record["id"], f"{column}: {value}", where)
        return record["id"]

    def _typed(self, record: dict[str, str], type_: str, where: str) -> None:
        concept = _KINDS.get(type_.casefold()) or self.answers.concept("actor types", type_)
        if concept in concept_lists()["actor-kind"]:
            record["kind"] = concept
        elif concept:
            record["type"] = concept
        if not concept or type_.casefold() != concept:
            self.note(record["id"], f"Type: {type_}", where)

    def votes(self, actor: str, amount: str, where: str) -> None:
        """Adds what an actor weighs in a decision, in the unit of the file: counted, so nothing is read into it."""
        cells = {"subject": actor, "attribute": "votes", "value": amount, "status": "stated", "confidence": "high"}
        self.material.add("attributes", id=self.mint(f"v {actor}"), evidence=self.evidence(where), **cells)

    def local_id(self, actor: str, text: str, where: str) -> None:
        """Adds the id that an actor has in the file, by which people may call it: copied, so nothing is read into it."""
        cells = {"subject": actor, "attribute": "local-id", "value": text, "status": "stated", "confidence": "high"}
        self.material.add("attributes", id=self.mint(f"i {actor}"), evidence=self.evidence(where), **cells)

    def assessment(self, actor: str, dimension: str, low: str, high: str, where: str, note: str = "") -> None:
        """Adds how much of something an actor has, from 0 to 1."""
        cells = {
            "actor": actor,
            "dimension": dimension,
            "low": low,
            "high": high,
            "status": "stated",
            "confidence": "medium",
            "note": note,
        }
        self.material.add("assessments", id=self.mint(f"s {actor} {dimension}"), evidence=self.evidence(where), **cells)

    def note(self, subject: str, text: str, where: str, *, private: bool = False) -> None:
        """Adds a note to an actor, which stays out of what is published where it is private."""
        cells = {"subject": subject, "attribute": "note", "value": text, "status": "stated", "confidence": "medium"}
        cells |= {"private": "true"} if private else {}
        self.material.add("attributes", id=self.mint(f"n {subject} {text[:20]}"), evidence=self.evidence(where), **cells)

    def relation(
        self,
        subject: str,
        object_: str,
        where: str,
        *,
        type_: str = "",
        sign: str = "",
        directed: bool | None = None,
        extra: Iterable[tuple[str, str]] = (),
        **cells: str,
    ) -> None:
        """Adds a relation between two actors by their ids.

        A type that is no concept is asked for, and kept as a note; `extra` are further columns: the first number but 0 under a
        title such as Weight is the tie's weight, the rest is kept likewise. A number below 0 is the sign of a tie whose sign is
        not given, and weights above 0 in such a file are signs as well.
        """
        rest = [(title, value.strip()) for title, value in extra if value]
        free = [e for e in rest if self.answers.columns.get(e[0]) != "note"]
        number = read_sign(sign) or 0
        weighing = [e for e in free if e[0].casefold() in _WEIGHTS]
        weight = next((e for e in weighing if _AMOUNT.fullmatch(e[1])), None)
        below = next((e for e in weighing if _BELOW.fullmatch(e[1])), None) if number < 1 and not weight else None
        notes: list[str] = []
        if sign and read_sign(sign) is None:
            notes.append(f"Sign: {sign}")
            self.report.happened("no-sign", f"{where} ({sign})")
        if not sign and type_.strip() in ("+", "-", "−"):
            number, type_ = _SIGNS[type_.strip()], ""
        concept = self.answers.concept("relation types", type_) if type_ else ""
        if concept and families().get(concept) == concept:  # it says no more than, perhaps, a sign
            signs = (s for (s, _), generic in _GENERIC.items() if families()[generic] == concept)
            number, concept = number or next(signs, 0), ""
        if type_ and (not concept or type_.casefold() != concept):
            notes.insert(0, f"Type: {type_}")
        if below and (number < 0 or not (number or sign or concept)):
            weight, self.signed_weights, number = below, self.signed_weights or not number, -1
        if weight:
            cells["weight"] = weight[1].lstrip("-−")
        notes += [f"{title}: {value}" for title, value in rest if (title, value) != weight]
        for column in ("start", "end"):
            value = cells.get(column, "")
            if value and not is_date(value):
                if plain := moment(value):
                    cells[column] = plain
                else:
                    notes.append(f"{column}: {cells.pop(column)}")
        if subject == object_:
            if weight:
                notes.append(": ".join(weight))
            text = "; ".join(["Tie to itself", *notes])
            self.note(subject, text, where)
            self.report.happened("own-tie", where)
            return
        cells |= {"note": "; ".join(notes), "evidence": self.evidence(where)}
        self.ties.append((subject, object_, concept, number, directed, cells))

    def _directed(self) -> bool:
        """Whether ties that do not say it have a direction: they have where any pair is tied both ways."""
        pairs = {(a, b) for a, b, type_, _, directed, _ in self.ties if directed is None and not type_}
        if not pairs:
            return False
        if self.answers.directed is not None:
            return self.answers.directed
        if self.directed is not None:
            return self.directed
        directed = any((b, a) in pairs for a, b in pairs)
        self.answers.asks_direction = True
        self.report.say("direction.with" if directed else "direction.without")
        return directed

    def _say_asked(self) -> None:
        """Adds to the report which words are no concept and what they count as until somebody says what they mean."""
        signed = {families()[generic] for (sign, _), generic in _GENERIC.items() if sign}
        for kind, words in self.answers.asked.items():
            no_more = {w for w in words if kind == "relation types" and self.answers.meaning(kind, w) in signed}
            for said, chosen in (("unknown", words.keys() - no_more), ("sign-only", no_more)):
                found = [(w, n) for w, n in words.most_common() if w in chosen]
                if found:
                    listed = ", ".join(f"{w!r} ({n})" for w, n in found[:8]) + (" ..." if len(found) > 8 else "")
                    self.report.say(f"{said}.{kind}", listed=listed)

    def _tag_note(self, record: dict[str, str]) -> None:
        """Puts a note into the column of the language that names are taken to be in."""
        if self.lang != "en" and record.get("note"):
            record[f"note_{self.lang}"] = record.pop("note")

    def done(self, recognised: str) -> Imported:
        """The result; nothing may be added after."""
        otherwise = self._directed()
        if self.signed_weights:
            self.report.say("weights-below")
        for subject, object_, concept, number, directed, cells in self.ties:
            sign = number or int(self.signed_weights and "weight" in cells)
            type_ = concept or _GENERIC[sign, otherwise if directed is None else directed]
            key = self.mint(f"r {subject} {type_} {object_}"[:200])
            ends = {"subject": subject, "type": type_, "object": object_, "status": "stated", "confidence": "medium"}
            self._tag_note(cells)
            self.material.add("relations", id=key, **ends, **cells)
        for table in ("sources", "actors", "positions"):
            for record in self.material.tables.get(table, ()):
                self._tag_note(record)
        for table in [t for t, records in self.material.tables.items() if not records]:
            del self.material.tables[table]
        tables = self.material.tables
        if isinstance(self.ties, Spool) and "actors" in tables:  # nothing is added to them any more
            tables["actors"] = Spool(tables["actors"])
        tell = self.report.tell
        counted = ", ".join(
            tell(f"count.{t}", n=len(tables[t])) for t in ("actors", "issues", "relations", "positions") if tables.get(t)
        )
        title = tables["sources"][0]["title"]
        self.report.insert(0, tell("recognised", title=title, kind=recognised, counted=counted or tell("nothing")))
        self.report.sum_up()
        self._say_asked()
        if self.actors:
            votes = any(record["attribute"] == "votes" for record in tables.get("attributes", ()))
            self.report.say("coded-votes" if votes else "coded")
        return Imported(recognised, self.material, self.report, self.answers, self.findings)
