"""Our reader of described tables against another program, the `csvw` package, on the shipped data."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from csvw import TableGroup

from kg.formats.csvw import shipped_description
from kg.formats.tables import read_tables
from kg.vocabulary import concept_lists, prefixes
from tests.conftest import ROOT

DATA = ROOT / "data" / "andes-2013"


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, object]]]:
    """Table name to rows as the other program reads them."""
    folder = tmp_path_factory.mktemp("csvw")
    metadata = json.loads((ROOT / "ontology" / "tables.json").read_text(encoding="utf-8"))
    metadata["tables"] = [t for t in metadata["tables"] if (DATA / t["url"]).exists()]
    for table in metadata["tables"]:
        shutil.copy(DATA / table["url"], folder)
        for column in table["tableSchema"]["columns"]:
            column.pop("titles", None)  # that program does not read titles by language
            if column.get("datatype") == "language":
                column["datatype"] = "string"  # nor that datatype
    (folder / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    group = TableGroup.from_file(folder / "metadata.json")
    return {Path(str(t.url)).stem: list(t.iterdicts()) for t in group.tables}


def test_both_read_the_same_values(oracle: dict[str, list[dict[str, object]]]) -> None:
    tables = read_tables(DATA)
    triples = {
        q.triple
        for lines in tables.lines.values()
        for q in ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    }
    base = tables.dataset.base
    ours: Counter[tuple[str, str]] = Counter()
    for t in triples:
        place = tables.places.get(t.subject.value)
        if place:
            ours[place[0].table.name, t.predicate.value] += 1
    theirs: Counter[tuple[str, str]] = Counter()
    seen = set()
    for name, table in shipped_description().items():
        for row in oracle.get(name, ()):
            for column in table.columns:
                value = row[column.name]
                for one in value if isinstance(value, list) else [value]:
                    key = (name, row["id"], column.property, column.lang, str(one).strip())
                    if one is not None and key not in seen:
                        seen.add(key)
                        theirs[name, column.property] += 1
        for _ in table.classes:
            theirs[name, prefixes()["rdf"] + "type"] += len(oracle.get(name, ()))

    assert base
    assert theirs == ours


def test_both_find_the_same_number_of_rows(oracle: dict[str, list[dict[str, object]]]) -> None:
    assert sum(map(len, oracle.values())) == read_tables(DATA).rows


def test_every_list_that_a_column_names_exists() -> None:
    named = {c.concepts for t in shipped_description().values() for c in t.columns if c.concepts}

    assert set() == named - set(concept_lists())
