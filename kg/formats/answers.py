"""The map file of an import: open questions with what could be meant, and the answers that people write into it.

A JSON object with any of these parts:

* `relation types`, `actor types`: each word of the file with `{"is": "", "could be": [...], "rows": n}`; the answer, written
  after `is`, is the id of a concept or its label in any language. An empty answer leaves the question open.
* `columns`: column title to what stands in it (one of ROLES), for files whose columns have other names.
* `directed`: true or false, where the file does not say whether its ties have a direction.
* `second mode`: `actors` or `issues`: what the columns of a matrix of two kinds of things are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import InputError, near_names
from kg.formats.labels import between_actors, choices, concepts_named, families, fold, label
from kg.vocabulary import LANGUAGES, concept_lists

__all__ = ["ROLES", "Answers", "read_answers"]

ROLES = (
    "from", "to", "from type", "to type", "type", "label", "direction", "sign", "weight", "start", "end", "id", "name",
    "description", "acronym", "aliases", "country", "note", "ignore",
)  # fmt: skip
_KEYS = ("relation types", "actor types", "columns", "directed", "second mode")
_LISTS = {"relation types": ("relation",), "actor types": ("actor-type", "actor-kind")}


@dataclass
class Answers:
    """What was answered, and what is still asked."""

    given: dict[str, dict[str, str]] = field(default_factory=lambda: {"relation types": {}, "actor types": {}})
    columns: dict[str, str] = field(default_factory=dict)
    directed: bool | None = None
    second_mode: str = ""
    asked: dict[str, Counter[str]] = field(default_factory=lambda: {"relation types": Counter(), "actor types": Counter()})
    """Words that are no concept and have no answer, with how many rows use them."""
    asks_direction: bool = False
    asks_second_mode: bool = False
    known: dict[tuple[str, str], str] = field(default_factory=dict, repr=False, compare=False)
    """What words were found to mean."""
    unknown_columns: list[str] = field(default_factory=list)
    """Columns of a file in which neither nodes nor ties were recognised."""

    def concept(self, kind: str, word: str) -> str:
        """The id of the concept that a word of the file stands for; empty, and a question more, where that is not sure.

        A word for a whole family of relation types gives the family, and a question more.
        """
        answer = self.given[kind].get(word) or self.meaning(kind, word)
        if not answer or (kind == "relation types" and families().get(answer) == answer):
            self.asked[kind][word] += 1
        return answer

    def meaning(self, kind: str, word: str) -> str:
        """The concept that alone is called so, remembered since a file says the same words in row after row.

        What files of networks tie are actors, so a type of relation that does not lead from an actor to an actor is not meant.
        """
        if (kind, word) not in self.known:
            among = between_actors() if kind == "relation types" else None
            named = (concepts_named(name, word, among) for name in _LISTS[kind])
            self.known[kind, word] = next((found.pop() for found in named if len(found) == 1), "")
        return self.known[kind, word]

    @property
    def open(self) -> int:
        """How many questions are open."""
        return sum(len(words) for words in self.asked.values()) + self.asks_direction + self.asks_second_mode

    def as_json(self) -> str:
        """The map file: answers as they were given, and the open questions with proposals."""
        out: dict[str, Any] = {}
        for kind, lists in _LISTS.items():
            words: dict[str, Any] = {word: {"is": answer} for word, answer in sorted(self.given[kind].items())}
            for word, rows in sorted(self.asked[kind].items(), key=lambda x: (-x[1], x[0])):
                words[word] = {"is": "", "could be": _proposals(lists, word), "rows": rows}
            if words:
                out[kind] = words
        if self.columns or self.unknown_columns:
            out["columns"] = {**dict.fromkeys(self.unknown_columns, ""), **self.columns}
        if self.asks_direction or self.directed is not None:
            out["directed"] = self.directed
        if self.asks_second_mode or self.second_mode:
            out["second mode"] = self.second_mode
        return json.dumps(out, ensure_ascii=False, indent=1) + "\n"


def _proposals(lists: tuple[str, ...], word: str) -> list[str]:
    """Concepts whose labels share a word with it or look like it; never more than four, perhaps none."""
    labels = {fold(label(n, c, lang)): c for n in lists for c in choices(n) for lang in LANGUAGES}
    if word.strip() and not word.strip().strip("+-−/ "):  # signs of any kind: which one is meant is not sure
        return [
            c
            for c in ("positive-tie", "positive-towards", "negative-tie", "negative-towards")
            if c in concept_lists()["relation"]
        ]
    general = concepts_named("relation", word) & {c for c, family in families().items() if c == family}
    if general and "relation" in lists:
        return [c for c, family in families().items() if family in general and c != family][:8]
    parts = {p for p in fold(word).replace("/", " ").split() if len(p) > 3}
    found = [c for text, c in labels.items() if parts & set(text.split())]
    for part in sorted(parts | {fold(word)}):
        found += [labels[m] for m in get_close_matches(part, list(labels), n=2, cutoff=0.75)]
    fitting = between_actors() if "relation" in lists else set(found)
    return sorted(fitting & set(found), key=found.index)[:4]


def _words(where: str, kind: str, raw: Mapping[str, Any]) -> dict[str, str]:
    known = {c for n in _LISTS[kind] for c in choices(n)}
    answers = {}
    for word, entry in raw.items():
        answer = entry.get("is", "") if isinstance(entry, dict) else entry
        if isinstance(answer, str) and answer not in known:  # as the drop-down lists of workbooks call it, in any language
            named = {c for n in _LISTS[kind] for c in concepts_named(n, answer)} & known
            answer = named.pop() if len(named) == 1 else answer
        if not isinstance(answer, str) or (answer and answer not in known):
            raise InputError(f"{where} ({kind}, {word!r}): {answer!r} is no concept; {near_names(str(answer), known)}")
        if answer:
            answers[word] = answer
    return answers


def read_answers(path: Path) -> Answers:
    """The answers in a map file; none where there is no such file yet.

    Raises InputError where something in it is not understood.
    """
    answers = Answers()
    if not path.exists():
        return answers
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path.name}: cannot be read as JSON ({error}); mend the file") from None
    if not isinstance(raw, dict):
        raise InputError(f"{path.name}: holds no JSON object; begin with {{ and end with }}")
    for key in raw:
        if key not in _KEYS:
            raise InputError(f"{path.name}: unknown key {key!r}; {near_names(key, _KEYS)}")
    for kind in _LISTS:
        answers.given[kind] = _words(path.name, kind, raw.get(kind) or {})
    answers.columns = dict(raw.get("columns") or {})
    answers.columns = {title: role for title, role in answers.columns.items() if role != ""}
    for title, role in answers.columns.items():
        if role not in ROLES:
            raise InputError(
                f"{path.name} (columns, {title!r}): {role!r} is no role; {near_names(str(role), ROLES)};"
                f" known: {', '.join(ROLES)}"
            )
    answers.directed = raw.get("directed")
    answers.second_mode = raw.get("second mode") or ""
    if answers.second_mode not in ("", "actors", "issues"):
        raise InputError(f"{path.name} (second mode): {answers.second_mode!r}; write actors or issues")
    return answers
