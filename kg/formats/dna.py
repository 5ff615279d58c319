"""Projects of the Discourse Network Analyzer (SQLite), in, of both generations of its schema.

A statement in which an organisation or person agrees or disagrees with a concept becomes a position on an issue, with the
document as source and its characters as evidence. The text itself is not taken over, only the hash of the coded passage.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.formats.builder import Builder

__all__ = ["read"]

_ACTORS = ("organization", "person")
_ABOUT = ("Author", "Source", "Section", "Type", "Notes")
"""What is said of a document."""
_CONCEPT, _AGREEMENT = "concept", "agreement"


def _values(base: sqlite3.Connection) -> dict[int, dict[str, Any]]:
    """Statement to variable name to value."""
    columns = {row[1].casefold() for row in base.execute("PRAGMA table_info(DATASHORTTEXT)")}
    joined = "SELECT d.StatementId, v.Variable, {} FROM {} d JOIN VARIABLES v ON v.ID = d.VariableId"
    short = joined.format("d.Value", "DATASHORTTEXT")
    if "entity" in columns:
        short = joined.format("e.Value", "DATASHORTTEXT") + " JOIN ENTITIES e ON e.ID = d.Entity"
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for query in (short, *(joined.format("d.Value", t) for t in ("DATABOOLEAN", "DATAINTEGER", "DATALONGTEXT"))):
        for statement, variable, value in base.execute(query):
            found[statement][variable] = value
    return found


def _document(builder: Builder, row: tuple[Any, ...]) -> str:
    key, title, date, *about = row
    day = ""
    if isinstance(date, int) and date:
        seconds = date / 1000 if abs(date) > 10**11 else date
        day = datetime.fromtimestamp(seconds, UTC).date().isoformat()
    made = builder.mint(f"document {key} {title}")
    note = "; ".join(f"{n}: {v}" for n, v in zip(_ABOUT, about, strict=True) if v)
    builder.material.add(
        "sources", id=made, type="publication", title=str(title), issued=day, note=note, part_of=builder.source
    )
    return made


def _range(text: str, start: int, stop: int) -> tuple[int, int]:
    """Where a passage begins and ends in characters: the program counts those beyond the first plane twice."""
    if text.isascii() or max(text) < "\U00010000":
        return start, stop
    units = text.encode("utf-16-le")
    begin, end = (len(units[: 2 * at].decode("utf-16-le", errors="ignore")) for at in (start, stop))
    return begin, end


def _tables(base: sqlite3.Connection) -> set[str]:
    return {str(row[0]).casefold() for row in base.execute("SELECT name FROM sqlite_master")}


def _read(base: sqlite3.Connection, builder: Builder) -> None:
    query = f"SELECT ID, Title, Date, {', '.join(_ABOUT)} FROM DOCUMENTS"  # noqa: S608  # names of ours
    documents = {row[0]: _document(builder, row) for row in base.execute(query)}
    texts = dict(base.execute("SELECT ID, Text FROM DOCUMENTS"))
    titles = dict(base.execute("SELECT ID, Title FROM DOCUMENTS"))
    labels = dict(base.execute("SELECT ID, Label FROM STATEMENTTYPES"))
    values = _values(base)
    coders = dict(base.execute("SELECT ID, Name FROM CODERS")) if "coders" in _tables(base) else {}
    placed = 0
    unplaced: Counter[str] = Counter()
    query = "SELECT ID, StatementTypeId, DocumentId, Start, Stop, Coder FROM STATEMENTS ORDER BY ID"
    for number, kind, document, start, stop, coder in base.execute(query):
        coded = {k: v for k, v in values.get(number, {}).items() if v not in ("", None)}
        holder = next((str(coded[a]) for a in _ACTORS if a in coded), "")
        if not holder or _CONCEPT not in coded:
            unplaced[str(labels.get(kind, kind))] += 1
            continue
        text = str(texts.get(document) or "")
        start, stop = _range(text, start, stop)
        where = f"Statement {number} in {titles.get(document)!r}, characters {start}-{stop}"
        passage = text[start:stop]
        cells = {
            "characters": f"{start}-{stop}",
            "sha256": hashlib.sha256(passage.encode()).hexdigest(),
            "coder": str(coders.get(coder) or coder or ""),
        }
        evidence = builder.evidence(where, documents.get(document, ""), **cells)
        actor = builder.actor(f"actor {holder}", holder, where, "" if "organization" in coded else "person")
        if "organization" in coded:
            builder.actors[f"actor {holder}"]["kind"] = "organization"
        issue = builder.issue(str(coded[_CONCEPT]), where)
        agrees = coded.get(_AGREEMENT)
        stance = "unknown" if agrees is None else "support" if int(agrees) else "oppose"
        rest = [f"{k}: {v}" for k, v in coded.items() if k not in (_CONCEPT, _AGREEMENT) and str(v) != holder]
        builder.position(actor, issue, stance, evidence, note="; ".join(rest))
        placed += 1
    _attributes(base, builder)
    _unused(base, builder)
    builder.report.say("statements", n=placed)
    for label, count in unplaced.items():
        builder.report.say("statements-unplaced", n=count, type=label)


def _attributes(base: sqlite3.Connection, builder: Builder) -> None:
    """Adds what is said of actors beside statements as notes; of concepts and of actors without statement it is told."""
    tables = _tables(base)
    if "attributevalues" in tables:
        query = (
            "SELECT e.Value, v.Variable, n.AttributeVariable, a.AttributeValue FROM ATTRIBUTEVALUES a"
            " JOIN ENTITIES e ON e.ID = a.EntityId JOIN VARIABLES v ON v.ID = e.VariableId"
            " JOIN ATTRIBUTEVARIABLES n ON n.ID = a.AttributeVariableId ORDER BY e.ID, n.ID"
        )
        found = list(base.execute(query))
    elif "attributes" in tables:
        query = (
            "SELECT a.Value, v.Variable, a.Type, a.Alias, a.Notes FROM ATTRIBUTES a JOIN VARIABLES v ON v.ID = a.VariableId"
        )
        titles = ("Type", "Alias", "Notes")
        rows = base.execute(query + " ORDER BY a.ID")
        found = [(value, kind, t, text) for value, kind, *texts in rows for t, text in zip(titles, texts, strict=True)]
    else:
        return
    left: Counter[str] = Counter()
    for value, variable, title, text in found:
        actor = builder.actors.get(f"actor {value}") if variable in _ACTORS else None
        if actor and text:
            builder.note(actor["id"], f"{title}: {text}", f"attributes of {value!r}")
        elif text:
            left[str(variable)] += 1
    for variable, count in left.items():
        builder.report.say("attributes-unplaced", n=count, variable=variable)


def _unused(base: sqlite3.Connection, builder: Builder) -> None:
    """Tells which actors and concepts stand in no statement that was placed, and how many statements are linked."""
    tables = _tables(base)
    holder = "ENTITIES" if "entities" in tables else "ATTRIBUTES" if "attributes" in tables else ""
    if holder:
        query = f"SELECT DISTINCT e.Value, v.Variable FROM {holder} e JOIN VARIABLES v ON v.ID = e.VariableId"  # noqa: S608  # a name of ours
        noted = {part for row in builder.material.tables.get("positions", ()) for part in row.get("note", "").split("; ")}
        known = {*(key.removeprefix("actor ") for key in builder.actors), *builder.issues}
        left = [
            f"{variable} {value!r}"
            for value, variable in base.execute(query + " ORDER BY v.ID, e.ID")
            if value and str(value) not in known and f"{variable}: {value}" not in noted
        ]
        if left:
            listed = ", ".join(left[:20]) + (" ..." if len(left) > 20 else "")
            builder.report.say("values-unused", n=len(left), listed=listed)
    if "statementlinks" in tables and (links := base.execute("SELECT count(*) FROM STATEMENTLINKS").fetchone()[0]):
        builder.report.say("statement-links", n=links)


def read(path: Path, builder: Builder) -> str:
    """What was recognised, actors, issues and positions having been added.

    Raises InputError where the file is damaged or no project.
    """
    base = None
    try:
        base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        _read(base, builder)
    except (sqlite3.Error, ValueError, TypeError, OverflowError) as error:
        raise InputError(
            f"{path.name}: damaged or no project of the Discourse Network Analyzer ({error}); save it again there"
        ) from None
    finally:
        if base is not None:
            base.close()
    return "Discourse Network Analyzer project"
