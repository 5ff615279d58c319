"""Proposed facts: read from a table, held against the data and the quoted document, and kept until somebody reviews them.

A proposal is a row for a table of the data set (`table`, and that table's columns) with the `source` it was read in, a
`quotation` from it and a `paraphrase`. Nothing of it is data before it was accepted, by somebody, on a day.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from kg.documents.passages import find_quotation, nearest, page_of, passage, passage_hash
from kg.documents.shelf import Shelf, Text, beside
from kg.errors import InputError, near_names
from kg.findings import Finding
from kg.formats.appending import append_records
from kg.formats.csvw import shipped_description
from kg.formats.delimited import decode, file_bytes
from kg.formats.material import Material, Record, slug
from kg.formats.opening import book_of
from kg.formats.sheets import Problem
from kg.formats.tables import read_book, read_tables
from kg.formats.whole import write_whole

__all__ = ["STATES", "Proposal", "Queue", "read_proposals"]

STATES = ("open", "accepted", "rejected")
_OWN = ("table", "source", "quotation", "paraphrase", "page", "coder")
_DEFAULTS = {"status": "stated", "confidence": "medium"}


@dataclass(frozen=True)
class Proposal:
    """One proposed row with the passage that it rests on."""

    id: str
    table: str
    cells: dict[str, str]
    source: str
    characters: str
    """Ranges in the text of the source, e.g. `10-42;60-71`."""
    page: int
    quotation: str
    """As it stands in the source, white space and line ends aside."""
    sha256: str
    paraphrase: str
    coder: str = ""
    """Who, or what, proposed it."""
    language: str = "en"
    """Of the paraphrase."""
    state: str = "open"
    reviewer: str = ""
    date: str = ""
    note: str = ""
    changed: dict[str, str] = field(default_factory=dict)
    """Column to what stood there when it was proposed."""


class Queue:
    """The proposals that belong to a data set, in the order they came."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.path = beside(data, "review.json")
        self.proposals: list[Proposal] = []
        if self.path.exists():
            try:
                raw = json.loads(self.path.read_text(encoding="utf-8"))
                self.proposals = [Proposal(**p) for p in raw]
            except (OSError, ValueError, TypeError) as error:
                raise InputError(f"{self.path}: cannot be read ({error}); mend or remove it") from None

    def save(self) -> None:
        """Writes the queue; the file appears whole or stays as it was."""
        content = json.dumps([asdict(p) for p in self.proposals], ensure_ascii=False, indent=1)
        write_whole(self.path, (content + "\n").encode())

    def add(self, proposals: Iterable[Proposal]) -> list[Proposal]:
        """Those that were not in the queue yet, now in it under ids of their own."""
        known = {
            (p.table, p.source, p.characters, json.dumps({**p.cells, **p.changed}, sort_keys=True)) for p in self.proposals
        }
        added: list[Proposal] = []
        for proposal in proposals:
            key = (proposal.table, proposal.source, proposal.characters, json.dumps(proposal.cells, sort_keys=True))
            if key not in known:
                known.add(key)
                added.append(replace(proposal, id=f"s{len(self.proposals) + len(added) + 1}"))
        self.proposals += added
        return added

    def named(self, names: Iterable[str]) -> list[Proposal]:
        """The open proposals with these ids, or all of them for `all`; raises InputError for another id."""
        wanted = list(names)
        open_ = {p.id: p for p in self.proposals if p.state == "open"}
        if wanted == ["all"]:
            return list(open_.values())
        for name in wanted:
            if name not in open_:
                state = next((p.state for p in self.proposals if p.id == name), "")
                reason = f"is {state} already" if state else f"is no open proposal; {near_names(name, open_)}"
                raise InputError(f"{name!r}: {reason}")
        return [open_[name] for name in dict.fromkeys(wanted)]

    def _settle(self, settled: Iterable[Proposal]) -> None:
        by_id = {p.id: p for p in settled}
        self.proposals = [by_id.get(p.id, p) for p in self.proposals]
        self.save()

    def change(self, proposal: Proposal, cells: dict[str, str]) -> Proposal:
        """The proposal with other cells; what stood there is kept. Raises InputError where the row would be wrong."""
        changed = {**{k: proposal.cells.get(k, "") for k in cells}, **proposal.changed}
        merged = {k: v for k, v in {**proposal.cells, **cells}.items() if v}
        new = replace(proposal, cells=merged, changed=changed)
        wrong = _wrong(self.data, [(0, new)])
        if wrong:
            raise InputError(f"{proposal.id}: {wrong[0].what}; {wrong[0].todo}")
        self._settle([new])
        return new

    def reject(self, proposals: Iterable[Proposal], reviewer: str, date: str, note: str = "") -> None:
        """Turns proposals down; they stay in the queue, so that they are not proposed again."""
        self._settle([replace(p, state="rejected", reviewer=reviewer, date=date, note=note) for p in proposals])

    def accept(self, proposals: Iterable[Proposal], reviewer: str, date: str, note: str = "") -> None:
        """Adds proposals to the data, with their passages; raises InputError, nothing being added, where one is wrong now."""
        chosen = list(proposals)
        wrong = _wrong(self.data, [(0, p) for p in chosen])
        if wrong:
            raise InputError(f"{chosen[0].id}: {wrong[0].what}; {wrong[0].todo}")
        rows: dict[str, list[Record]] = {}
        for table, record, _ in _records(self.data, chosen):
            rows.setdefault(table, []).append(record)
        append_records(self.data, rows)
        self._settle([replace(p, state="accepted", reviewer=reviewer, date=date, note=note) for p in chosen])


def _records(data: Path, proposals: Iterable[Proposal]) -> list[tuple[str, Record, int]]:
    """The rows that proposals become, passages included: table, row, and which proposal it is of."""
    existing = read_tables(data, records=True).records
    used = {record.get("id", "") for rows in existing.values() for record in rows}
    passages = {
        (r.get("source", ""), r.get("characters", "")): r["id"] for r in existing.get("evidence", ()) if r.get("characters")
    }
    rows: list[tuple[str, Record, int]] = []

    def mint(text: str) -> str:
        base = key = slug(text)
        number = 2
        while key in used:
            key, number = f"{base}-{number}", number + 1
        used.add(key)
        return key

    for number, proposal in enumerate(proposals):
        where = (proposal.source, proposal.characters)
        if where not in passages:
            passages[where] = mint(f"{proposal.source} {proposal.characters.split(';')[0].replace('-', ' ')}")
            cells = {
                "id": passages[where], "source": proposal.source, "characters": proposal.characters, "sha256": proposal.sha256,
                f"paraphrase_{proposal.language}": proposal.paraphrase, "coder": proposal.coder,
            }  # fmt: skip
            rows.append(("evidence", {k: v for k, v in cells.items() if v}, number))
        table = shipped_description()[proposal.table]
        record = {**proposal.cells, "evidence": passages[where]}
        told = [record.get(c.name, "") for c in table.columns if c.required and c.name not in ("id", *_DEFAULTS)]
        record.setdefault("id", mint(" ".join([proposal.table[0], *told])))
        rows.append((proposal.table, record, number))
    return rows


def _wrong(data: Path, proposals: list[tuple[int, Proposal]]) -> list[Finding]:
    """What would be wrong in the data if the proposals, each with its line, were rows of it."""
    tables = read_tables(data, records=True)
    if any(f.is_error for f in tables.findings):
        first = next(f for f in tables.findings if f.is_error)
        raise InputError(f"{first.where}: {first.what}; {first.todo}; the data must be in order before anything is added")
    material = Material(tables.dataset, {name: list(rows) for name, rows in tables.records.items()})
    lines: dict[tuple[str, int], int] = {}
    for name, record, number in _records(data, [proposal for _, proposal in proposals]):
        material.add(name, **record)
        lines[shipped_description()[name].url, len(material.tables[name]) + 1] = proposals[number][0]
    return [
        replace(f, row=lines[f.file, f.row or 0])
        for f in read_book(book_of(material)).findings
        if f.is_error and (f.file, f.row or 0) in lines
    ]


def read_proposals(file: Path, data: Path, language: str = "en") -> tuple[list[Proposal], list[Finding]]:
    """The proposals of a CSV file, each quotation found in the user's copy of its source; and what is wrong with them.

    `language` is that of the paraphrases. Raises InputError where the file cannot be read.
    """
    decoded = decode(file_bytes(file))
    if isinstance(decoded, Problem):
        raise InputError(f"{file.name}: {decoded.what}; {decoded.todo}")
    reader = csv.DictReader(io.StringIO(decoded.text, newline=""))
    for name in ("table", "source", "quotation", "paraphrase"):
        if name not in (reader.fieldnames or ()):
            raise InputError(
                f"{file.name}:1: the column {name!r} is missing; proposals need table, source, quotation and paraphrase"
            )
    shelf, texts = Shelf(data), dict[str, Text | None]()
    found: list[tuple[int, Proposal]] = []
    findings: list[Finding] = []
    for raw in reader:
        cells = {k: (v or "").strip() for k, v in raw.items() if isinstance(k, str) and isinstance(v, str | None)}
        line = reader.line_num
        if not any(cells.values()):
            continue
        source = cells.get("source", "")
        if source not in texts:
            texts[source] = shelf.get(source)
        made = _proposal(cells, texts[source])
        if isinstance(made, Proposal):
            found.append((line, replace(made, language=language)))
        else:
            findings.append(Finding("error", made[0], made[2], made[3], file.name, line, made[1]))
    if not findings:
        findings = [replace(f, file=file.name) for f in _wrong(data, found)]
    return [p for _, p in found], sorted(findings, key=lambda f: f.sort_key)


def _proposal(cells: dict[str, str], text: Text | None) -> Proposal | tuple[str, str, str, str]:
    """The proposal of a row; else check, column, what is wrong and what to do."""
    tables = {name: t for name, t in shipped_description().items() if any(c.name == "evidence" for c in t.columns)}
    table = tables.get(cells["table"])
    if table is None:
        return "unknown-table", "table", f"no table is called {cells['table']!r}", near_names(cells["table"], tables)
    names = {c.name for c in table.columns}
    row = {k: v for k, v in cells.items() if v and k not in _OWN}
    for name in row:
        if name not in names:
            return "unknown-column", name, f"{table.url} has no column {name!r}", near_names(name, names)
    for name in ("quotation", "paraphrase"):
        if not cells[name]:
            return "required", name, "the cell is empty", "fill it in"
    if text is None:
        todo = "add the document first: kg --data ... source add FILE --id " + (cells["source"] or "ID")
        return "no-text", "source", f"the text of {cells['source']!r} is not here", todo
    places = find_quotation(text.text, cells["quotation"])
    if cells.get("page"):
        places = [p for p in places if str(page_of(text.pages, p[0][0])) == cells["page"]]
    if not places:
        ranges, alike = nearest(text.text, cells["quotation"])
        near = (
            f"nearest ({alike:.0f} % alike): {passage(text.text, ranges)[:160]!r}"
            if ranges and alike >= 60
            else "nothing like it"
        )
        where = f" on page {cells['page']}" if cells.get("page") else ""
        return "quotation", "quotation", f"does not stand in {cells['source']!r}{where}", f"{near}; quote it word by word"
    if len(places) > 1:
        pages = ", ".join(str(page_of(text.pages, p[0][0])) for p in places[:6])
        return "quotation", "quotation", f"stands {len(places)} times (pages {pages})", "quote more of it, or give the page"
    ranges = places[0]
    row = {**{k: v for k, v in _DEFAULTS.items() if k in names}, **row}
    return Proposal(
        "", table.name, row, cells["source"], ";".join(f"{a}-{b}" for a, b in ranges), page_of(text.pages, ranges[0][0]),
        passage(text.text, ranges), passage_hash(text.text, ranges), cells["paraphrase"], cells.get("coder", ""),
    )  # fmt: skip
