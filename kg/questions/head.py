"""The head of a question file: `#+ key: value` lines before valid SPARQL, read strictly.

Keys: `question.<lang>` and `row.<lang>` for en, es, fr (what is asked; what one row means), `parameter: name type
required|optional` (repeated), `lists: column ...` (columns that hold several things), `texts: column=property ...`
(columns that give the thing of which the reader gets the text, in the own language where it has one), `denied-by: concept ...`
(relation types and families whose denied facts are an answer), `tags: ...`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg import resources
from kg.errors import InputError, NotFoundError, near_names
from kg.vocabulary import LANGUAGES, expand, prefixes
from kg.wording import typeset

__all__ = [
    "TYPES",
    "Parameter",
    "Question",
    "load_part",
    "load_question",
    "question_names",
    "question_paths",
    "read_question",
]

_NO_QUESTIONS = ("rules", "checks", "parts")
TYPES = ("actor", "actor-type", "country", "instrument", "issue", "relation-type", "thing", "year")
_KEYS = {"parameter", "lists", "texts", "denied-by", "tags"} | {
    f"{k}.{lang}" for k in ("question", "row") for lang in LANGUAGES
}
_BLOCK = re.compile(r"\bVALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}", re.IGNORECASE)
_COMMENT_OR_TOKEN = re.compile(r'<[^<>"{}|^`\\\s]*>|"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|(#[^\n]*)')
_PARAMETER = re.compile(r"([a-z]+) ([a-z-]+) (required|optional)")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True)
class Question:
    """A question file: what it asks, its parameters and its SPARQL."""

    name: str
    topic: str
    """The folder it stands in."""
    text: Mapping[str, str]
    """The question, by language."""
    row: Mapping[str, str]
    """What one row means, by language."""
    parameters: tuple[Parameter, ...]
    lists: frozenset[str]
    texts: Mapping[str, str]
    """Column to the property, as an IRI, whose text of the thing in it is shown."""
    denied_by: tuple[str, ...]
    tags: tuple[str, ...]
    sparql: str

    def fill(self, terms: Mapping[str, Iterable[str]]) -> str:
        """The SPARQL with each `VALUES ?p { UNDEF }` block holding the serialised terms given for `p`."""

        def block(match: re.Match[str]) -> str:
            given = list(terms.get(match[1], ()))
            return f"VALUES ?{match[1]} {{ {' '.join(given) if given else 'UNDEF'} }}"

        return _BLOCK.sub(block, self.sparql)


def question_paths() -> dict[str, Path]:
    """Question name to file, in order of topic and name; rules, checks and parts of commands are not questions."""
    files = sorted(resources.queries().glob("*/*.rq"))
    return {path.stem: path for path in files if path.parent.name not in _NO_QUESTIONS}


def question_names() -> list[str]:
    """The names of all questions."""
    return sorted(question_paths())


def load_question(name: str) -> Question:
    """The question of that name; raises NotFoundError with near names."""
    paths = question_paths()
    if name not in paths:
        raise NotFoundError(f"question {name!r}: there is none of that name; {near_names(name, paths)}; `kg ask` lists them")
    return read_question(paths[name])


def load_part(name: str) -> Question:
    """A query of `queries/parts/`, written like a question but asked by a command of its own."""
    return read_question(resources.queries() / "parts" / f"{name}.rq")


def _without_comments(sparql: str) -> str:
    return _COMMENT_OR_TOKEN.sub(lambda m: "" if m[1] else m[0], sparql)


def read_question(path: Path) -> Question:
    """The question in a file; raises InputError with file and line for whatever is not in order."""
    where = f"queries/{path.parent.name}/{path.name}"
    lines = path.read_text(encoding="utf-8").split("\n")
    single: dict[str, str] = {}
    parameters: list[Parameter] = []
    head = 0
    for number, line in enumerate(lines, 1):
        if not line.startswith("#+"):
            break
        head = number
        key, colon, value = line[2:].strip().partition(": ")
        if not colon or not value.strip():
            raise InputError(f"{where}:{number}: {line!r} is no head line; write `#+ key: value`")
        if key not in _KEYS:
            raise InputError(f"{where}:{number}: unknown head key {key!r}; {near_names(key, _KEYS)}")
        if key == "parameter":
            match = _PARAMETER.fullmatch(value.strip())
            if not match:
                raise InputError(
                    f"{where}:{number}: {value!r} is no parameter; write `name type required` or `... optional`"
                )
            if match[2] not in TYPES:
                raise InputError(f"{where}:{number}: unknown parameter type {match[2]!r}; {near_names(match[2], TYPES)}")
            if match[1] in {p.name for p in parameters}:
                raise InputError(f"{where}:{number}: the parameter {match[1]!r} stands twice; keep one")
            parameters.append(Parameter(match[1], match[2], match[3] == "required"))
        elif key in single:
            raise InputError(f"{where}:{number}: the key {key!r} stands twice; keep one")
        else:
            single[key] = value.strip()
    body = "\n".join([""] * head + lines[head:])
    for number, line in enumerate(lines[head:], head + 1):
        if line.startswith("#+"):
            raise InputError(f"{where}:{number}: a head line after the head; move it to the top")
    for key in sorted(_KEYS - {"parameter", "lists", "texts", "denied-by"}):
        if key not in single:
            raise InputError(f"{where}:1: the head key {key!r} is missing; add it")
    texts = {}
    for text in single.get("texts", "").split():
        column, equals, name = text.partition("=")
        if not equals or name.partition(":")[0] not in prefixes():
            raise InputError(f"{where}:1: {text!r} is no text of a thing; write `column=kg:property`")
        texts[column] = expand(name)
    used = set(_BLOCK.findall(_without_comments(body)))
    declared = {p.name for p in parameters}
    for name in sorted(used - declared):
        raise InputError(f"{where}:1: the parameter {name!r} is used but not declared; add `#+ parameter: {name} ...`")
    for name in sorted(declared - used):
        raise InputError(f"{where}:1: the parameter {name!r} is declared but not used; add `VALUES ?{name} {{ UNDEF }}`")
    return Question(
        name=path.stem,
        topic=path.parent.name,
        text={lang: typeset(single[f"question.{lang}"], lang) for lang in LANGUAGES},
        row={lang: typeset(single[f"row.{lang}"], lang) for lang in LANGUAGES},
        parameters=tuple(parameters),
        lists=frozenset(single.get("lists", "").split()),
        texts=texts,
        denied_by=tuple(single.get("denied-by", "").split()),
        tags=tuple(single["tags"].split()),
        sparql=body.strip("\n") + "\n",
    )
