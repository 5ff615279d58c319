"""What a data set says of itself: `dataset.json` of a folder, or the sheet `Data set` of a workbook."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import InputError, near_names
from kg.formats.dates import is_date
from kg.vocabulary import LANGUAGES

__all__ = ["SHEET_TITLES", "Dataset", "dataset_of", "dataset_rows", "read_json", "read_rows"]

SHEET_TITLES = {"en": "Data set", "es": "Conjunto de datos", "fr": "Jeu de données"}
"""Title of the sheet by language."""
_UNRESERVED = re.compile(r"[A-Za-z0-9_.~-]+")
_ENDS = "/#:"
"""What a base may end in."""
_BY_LANGUAGE = ("title", "description", "licence_statement")
_KEYS = ("id", "base", "title", "description", "licence", "licence_statement", "reference_date", "sources", "version")


@dataclass(frozen=True)
class Dataset:
    """What is said of a set of tables."""

    id: str
    base: str
    """IRI to which ids are appended."""
    title: Mapping[str, str]
    """By language."""
    description: Mapping[str, str] = field(default_factory=dict)
    licence: str = ""
    licence_statement: Mapping[str, str] = field(default_factory=dict)
    reference_date: str = ""
    """Undated facts hold then; questions ask about then unless told otherwise."""
    sources: tuple[str, ...] = ()
    """Ids of the sources that have a graph of their own."""
    version: str = ""

    def iri(self, key: str) -> str:
        """The IRI of the thing with that id."""
        return self.base + (key if _UNRESERVED.fullmatch(key) else quote(key, safe=""))

    @property
    def home(self) -> str:
        """The IRI of the data set itself."""
        return self.base.rstrip(_ENDS)

    def as_dict(self) -> dict[str, Any]:
        """The content of `dataset.json`; what is empty is left out."""
        raw = {key: getattr(self, key) for key in _KEYS}
        return {
            k: list(v) if isinstance(v, tuple) else dict(v) if isinstance(v, Mapping) else v for k, v in raw.items() if v
        }


def dataset_of(raw: Mapping[str, Any], name: str, where: str) -> Dataset:
    """The data set that `raw` describes; `name` (of folder or file) stands in for a missing id, base and title.

    Raises InputError where something in it is not understood.
    """
    for key in raw:
        if key not in _KEYS:
            raise InputError(f"{where}: unknown key {key!r}; {near_names(key, _KEYS)}")
    base = str(raw.get("base") or f"https://w3id.org/stakeholder-kg/data/{quote(name)}/")
    if not (base[-1] in _ENDS and _is_iri(base) and _is_iri(base.rstrip(_ENDS))):
        raise InputError(f"{where} (base): {base!r} is not an IRI that ends in '/', '#' or ':'; correct it")
    texts = {key: _by_language(raw.get(key) or {}, f"{where} ({key})") for key in _BY_LANGUAGE}
    reference = str(raw.get("reference_date", ""))
    if reference and not is_date(reference):
        raise InputError(f"{where} (reference_date): {reference!r} is no date; write 2013, 2013-08 or 2013-08-31")
    return Dataset(
        id=str(raw.get("id") or quote(name)),
        base=base,
        title=texts["title"] or {"en": name},
        description=texts["description"],
        licence=str(raw.get("licence", "")),
        licence_statement=texts["licence_statement"],
        reference_date=reference,
        sources=tuple(raw.get("sources", ())),
        version=str(raw.get("version", "")),
    )


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def _by_language(given: Any, where: str) -> dict[str, str]:
    """Texts by language tag; raises InputError for anything else, also for one text: nothing says which language it is in."""
    if isinstance(given, str):
        example = json.dumps({"en": given}, ensure_ascii=False)
        raise InputError(f"{where}: {given!r} says no language; write {example}, or es, fr ... in place of en")
    if not isinstance(given, dict) or not all(isinstance(text, str) for text in given.values()):
        raise InputError(f'{where}: {given!r} is no text by language; write it like {{"en": "...", "es": "..."}}')
    for tag in given:
        try:
            ox.Literal("", language=tag)
        except ValueError:
            raise InputError(f"{where}: {tag!r} is no language; write en, es, fr, ...") from None
    return dict(given)


def read_json(folder: Path) -> Dataset:
    """The description of a folder of tables; a folder without `dataset.json` gets one made from its name.

    Raises InputError where `dataset.json` is not understood.
    """
    path = folder / "dataset.json"
    raw: Any = {}
    if path.exists():
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"{path.name}: cannot be read as JSON ({error}); mend the file") from None
        if not isinstance(raw, dict):
            raise InputError(f'{path.name}: holds no object; write it like {{"id": "...", "title": {{"en": "..."}}}}')
    return dataset_of(raw, folder.resolve().name, path.name)


def dataset_rows(dataset: Dataset) -> list[tuple[str, str]]:
    """Key and value, line by line, for a sheet; what is by language has a key per language, e.g. `title_es`."""
    rows = []
    for key in _KEYS:
        value = getattr(dataset, key)
        if key in _BY_LANGUAGE:
            rows += [(f"{key}_{lang}", value.get(lang, "")) for lang in sorted({*LANGUAGES, *value})]
        else:
            rows.append((key, ";".join(value) if key == "sources" else value))
    return rows


def read_rows(rows: Iterable[tuple[int, Sequence[str]]], name: str, where: str) -> Dataset:
    """The data set that a sheet of keys and values describes; lines with another first cell than a key are not read.

    Raises InputError where a value is not understood.
    """
    raw: dict[str, Any] = {}
    for _, cells in rows:
        key, value = (cells[0].strip(), cells[1].strip()) if len(cells) > 1 else ("", "")
        part, _, lang = key.rpartition("_")
        if not value:
            continue
        if part in _BY_LANGUAGE:
            raw.setdefault(part, {})[lang] = value
        elif key == "sources":
            raw[key] = [v.strip() for v in value.split(";") if v.strip()]
        elif key in _KEYS:
            raw[key] = value
    return dataset_of(raw, name, where)
