"""Tables without what must not leave the house, and a list of what was withheld.

Rows marked private are left out, with every row that cannot stand without them. Persons are generalised: another id, `Person 1`
instead of every name, nothing that is said of them as attributes. A source marked private becomes `Confidential source 1`, and its
passages lose their words and places. Coders become `coder 1`. Names of what was withheld are taken out of all other texts, too.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kg.errors import InputError
from kg.formats.csvw import Column, shipped_description
from kg.formats.labels import fold
from kg.formats.material import Material, Record
from kg.vocabulary import expand

__all__ = ["GONE", "PERSONS", "Redacted", "Withheld", "holds", "name_remover", "redacted"]

PERSONS = ("generalise", "leave-out", "keep")
_PERSON = "person"
_TRUE = ("true", "1")
GONE = "[...]"
"""What stands in a text where a name was taken out."""
_WORDS = {
    "person": {"en": "Person", "es": "Persona", "fr": "Personne"},
    "source": {"en": "Confidential source", "es": "Fuente confidencial", "fr": "Source confidentielle"},
    "passage": {
        "en": "Passage of a confidential source.", "es": "Pasaje de una fuente confidencial.",
        "fr": "Passage d'une source confidentielle.",
    },
}  # fmt: skip
_KEPT_OF_PERSON = {"id", "kind", "type", "country", "scope", "status", "confidence", "evidence"}
_KEPT_OF_SOURCE = {"id", "type", "language", "part_of"}
_KEPT_OF_PASSAGE = {"id", "source"}
_SHORTEST = 4
"""Single words of a person's name, from this length on, are taken out of texts, too."""


@dataclass(frozen=True)
class Withheld:
    """One thing that is not as it was, for the person who publishes: it names what was withheld."""

    table: str
    id: str
    what: str
    """`left out`, `generalised`, `name taken out of a text` ..."""
    why: str
    now: str = ""
    """Id under which it is published."""


@dataclass
class Redacted:
    """Tables for everybody, and what was withheld."""

    material: Material
    withheld: list[Withheld] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    """Texts that must not stand in anything published."""

    @property
    def counts(self) -> Counter[tuple[str, str, str]]:
        """How often, by table, what and why: fit to be published."""
        return Counter((w.table, w.what, w.why) for w in self.withheld)


def _names(record: Record) -> list[str]:
    texts = [record.get(f"name_{lang}", "") for lang in ("en", "es", "fr")]
    texts += [record.get("acronym", ""), *record.get("aliases", "").split(";")]
    return sorted({t.strip() for t in texts if t.strip()})


class _Redaction:
    def __init__(
        self, material: Material, persons: str, keep: Collection[str], former: Mapping[str, Collection[str]], *, notes: bool
    ) -> None:
        self.tables = {name: [dict(r) for r in rows] for name, rows in material.tables.items()}
        self.material, self.persons, self.keep, self.notes = material, persons, set(keep), notes
        self.former = former
        self.withheld: list[Withheld] = []
        self.renamed: dict[str, str] = {}
        self.gone: dict[str, str] = {}
        """Id to why it is left out."""
        self.names: dict[str, str] = {}
        """Name to what stands for it in texts."""
        self.description = shipped_description()

    def run(self) -> Redacted:
        self._private()
        self._people()
        self._sources()
        self._without()
        self._coders()
        self._rename()
        secrets = [*self.names, *self.renamed, *(i for key in self.renamed for i in self.former.get(key, ()))]
        if not self.notes:
            self._notes()
        self._texts()
        material = Material(self.material.dataset, self.tables)
        return Redacted(material, sorted(self.withheld, key=lambda w: (w.table, w.id, w.what)), sorted(set(secrets)))

    def _note(self, table: str, record: Record, what: str, why: str, now: str = "") -> None:
        self.withheld.append(Withheld(table, record.get("id", ""), what, why, now))

    def _private(self) -> None:
        for name, rows in self.tables.items():
            for record in rows:
                private = record.pop("private", "").strip().lower() in _TRUE
                if private and name == "sources":
                    record["private"] = "true"
                elif private:
                    self.gone[record["id"]] = "marked private"
                    if name == "actors":
                        self.names |= dict.fromkeys(_names(record), GONE)

    def _people(self) -> None:
        unknown = self.keep - {r["id"] for r in self.tables.get("actors", ())}
        if unknown:
            raise InputError(f"--keep {min(unknown)!r}: no actor has that id; `kg find` looks ids up")
        if self.persons == "keep":
            return
        people = [
            r
            for r in self.tables.get("actors", ())
            if r.get("kind") == _PERSON and r["id"] not in self.keep | set(self.gone)
        ]
        originals = [_names(r) for r in people]
        attributes = {r.get("subject") for r in self.tables.get("attributes", ())}
        for number, record in enumerate(people, 1):
            label = f"{_WORDS['person']['en']} {number}"
            stands = GONE if self.persons == "leave-out" else label
            self.names |= dict.fromkeys(_names(record), stands)
            for word in {
                w for n in _names(record) for w in re.findall(r"[^\W\d_]+", n) if len(w) >= _SHORTEST and w[0].isupper()
            }:
                self.names.setdefault(word, stands)
            if self.persons == "leave-out":
                self.gone[record["id"]] = "a person"
                continue
            self.renamed[record["id"]] = f"person-{number}"
            self._note("actors", record, "generalised", "a person", f"person-{number}")
            for column in [c for c in record if c not in _KEPT_OF_PERSON]:
                del record[column]
            record |= {f"name_{lang}": f"{word} {number}" for lang, word in _WORDS["person"].items()}
            if record["id"] in attributes:
                for row in self.tables["attributes"]:
                    if row.get("subject") == record["id"]:
                        self.gone[row["id"]] = "said of a person"
        public = self._public_words()
        whole = {name for names in originals for name in names}
        self.names = {n: s for n, s in self.names.items() if n in whole or fold(n) not in public}

    def _public_words(self) -> set[str]:
        """Words that give nobody away: of places and of the data set's title, and what is also written without a capital."""
        about = self.material.dataset
        texts = [*about.title.values(), *about.description.values()]
        texts += [text for record in self.tables.get("places", ()) for text in _names(record)]
        words = {w for text in texts for w in re.findall(r"[^\W\d_]+", text)}
        for name, rows in self.tables.items():
            columns = self._texts_of(name)
            words |= {w for r in rows for c in columns for w in re.findall(r"[^\W\d_]+", r.get(c, "")) if w.islower()}
        return {fold(w) for w in words}

    def _sources(self) -> None:
        confidential = [r for r in self.tables.get("sources", ()) if r.pop("private", "") == "true"]
        for number, record in enumerate(confidential, 1):
            self.renamed[record["id"]] = f"confidential-{number}"
            self._note("sources", record, "generalised", "a confidential source", f"confidential-{number}")
            self.names |= {
                t: GONE for t in (record.get("title", ""), *record.get("authors", "").split(";")) if len(t.strip()) > 3
            }
            for column in [c for c in record if c not in _KEPT_OF_SOURCE]:
                del record[column]
            record["title"] = f"{_WORDS['source']['en']} {number}"
        ids = {r["id"] for r in confidential}
        passages = [r for r in self.tables.get("evidence", ()) if r.get("source") in ids]
        for number, record in enumerate(passages, 1):
            self.renamed[record["id"]] = f"confidential-passage-{number}"
            self._note("evidence", record, "generalised", "of a confidential source", f"confidential-passage-{number}")
            for column in [c for c in record if c not in _KEPT_OF_PASSAGE]:
                del record[column]
            record |= {f"paraphrase_{lang}": text for lang, text in _WORDS["passage"].items()}
        for table in ("sections", "uncoded"):
            for record in self.tables.get(table, ()):
                if record.get("source") in ids:
                    self.gone[record["id"]] = "of a confidential source"

    def _columns(self, table: str) -> Iterable[Column]:
        return (c for c in self.description[table].columns if c.refers_to)

    def _without(self) -> None:
        """Leaves out what is gone, and what cannot stand without it."""
        while True:
            before = len(self.gone)
            for name, rows in self.tables.items():
                for record in rows:
                    for column in self._columns(name):
                        values = self._values(column, record.get(column.name, ""))
                        left = [v for v in values if v not in self.gone]
                        held = column.required or column.name in ("subject", "object", "actor", "on", "held_by")
                        if values and not left and held and record["id"] not in self.gone:
                            self.gone[record["id"]] = "rests on what is left out"
            if len(self.gone) == before:
                break
        for name, rows in self.tables.items():
            for record in rows:
                if record.get("id") in self.gone:
                    self._note(name, record, "left out", self.gone[record["id"]])
                    continue
                for column in self._columns(name):
                    values = self._values(column, record.get(column.name, ""))
                    left = [v for v in values if v not in self.gone]
                    if left != values:
                        self._note(name, record, f"{column.name} shortened", "names what is left out")
                        record[column.name] = (column.separator or "").join(left)
            self.tables[name] = [r for r in rows if r.get("id") not in self.gone]

    @staticmethod
    def _values(column: Column, cell: str) -> list[str]:
        parts = cell.split(column.separator) if column.separator else [cell]
        return [p.strip() for p in parts if p.strip()]

    def _coders(self) -> None:
        coders = sorted({r["coder"] for r in self.tables.get("evidence", ()) if r.get("coder")})
        if self.persons == "keep" or coders == ["kg"]:
            return
        for record in self.tables.get("evidence", ()):
            if record.get("coder"):
                record["coder"] = f"coder {coders.index(record['coder']) + 1}"
        self.withheld += [
            Withheld("evidence", coder, "generalised", "a coder", f"coder {n}") for n, coder in enumerate(coders, 1)
        ]

    def _rename(self) -> None:
        """Gives new ids to what was generalised, and to facts whose id holds an old one, also of what was merged into it."""
        hidden = {*self.renamed, *self.gone}
        hidden |= {i for key in hidden for i in self.former.get(key, ())}
        for name, rows in self.tables.items():
            for number, record in enumerate(rows, 1):
                key = record.get("id", "")
                if key not in self.renamed and any(holds(key, old) for old in hidden):
                    self.renamed[key] = f"{name}-{number}"
        for name, rows in self.tables.items():
            for record in rows:
                record["id"] = self.renamed.get(record["id"], record["id"])
                for column in self._columns(name):
                    values = self._values(column, record.get(column.name, ""))
                    if any(v in self.renamed for v in values):
                        record[column.name] = (column.separator or "").join(self.renamed.get(v, v) for v in values)

    def _texts_of(self, table: str) -> list[str]:
        """Columns of a table in which people write what they like."""
        columns = self.description[table].columns
        free = (c for c in columns if c.datatype == "string" and not (c.refers_to or c.concepts or c.pattern))
        return [c.name for c in free]

    def _texts(self) -> None:
        """Takes names out of the texts that remain."""
        take_out = name_remover(self.names)
        for name, rows in self.tables.items():
            texts = self._texts_of(name)
            for record in rows:
                for column in texts:
                    if column in record and (new := take_out(record[column])) != record[column]:
                        self._note(name, record, "name taken out of a text", f"column {column}")
                        record[column] = new

    def _notes(self) -> None:
        for name, rows in self.tables.items():
            notes = [c.name for c in self.description[name].columns if c.property == expand("kg:note")]
            for record in rows:
                if [text for note in notes if (text := record.pop(note, ""))]:
                    self._note(name, record, "note left out", "notes are the analyst's own")


def holds(key: str, old: str) -> bool:
    """True where an id holds another as whole words."""
    return re.search(rf"(?<![^\W_]){re.escape(old)}(?![^\W_])", key) is not None


def _plain(text: str) -> str:
    """The text without accents and capitals."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))


def name_remover(names: Mapping[str, str]) -> Callable[[str], str]:
    """A function that puts what stands for each name in its place, accents and case aside, the longest names first."""
    if not names:
        return lambda text: text
    stands = {fold(n): s for n, s in sorted(names.items())}
    ordered = sorted(stands, key=lambda n: (-len(n), n))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n) for n in ordered) + r")(?!\w)")

    def take_out(text: str) -> str:
        if not pattern.search(_plain(text)):
            return text
        plain, origin = [], []
        for at, char in enumerate(text):
            for piece in unicodedata.normalize("NFKD", char).casefold():
                if not unicodedata.combining(piece):
                    plain.append(piece)
                    origin.append(at)
        out, last = "", 0
        for match in pattern.finditer("".join(plain)):
            begin, end = origin[match.start()], origin[match.end() - 1] + 1
            out, last = out + text[last:begin] + stands[match[0]], end
        return out + text[last:]

    return take_out


def redacted(
    material: Material,
    persons: str = "generalise",
    keep: Collection[str] = (),
    *,
    notes: bool = False,
    former: Mapping[str, Collection[str]] | None = None,
) -> Redacted:
    """The tables for everybody, and what was withheld; `material` stays as it is.

    `persons` is one of PERSONS; actors with an id in `keep` stay as they are (people in public office, say); `notes` keeps the
    notes of rows that are not private; `former` has the further ids of what was merged from several rows. Raises InputError
    for an id that no actor has.
    """
    return _Redaction(material, persons, keep, former or {}, notes=notes).run()
