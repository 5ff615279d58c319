"""Small folders of tables for tests."""

from __future__ import annotations

import json
from pathlib import Path

ACTORS = """id,kind,type,name_en,name_es,acronym,status,confidence
union,organization,peasant-union,Green Union,Unión Verde,GU,stated,high
chamber,organization,business-association,Blue Chamber,,,stated,medium
farmers,category,farmer-organization,Farmers,,,stated,high
"""
RELATIONS = """id,subject,type,object,start,end,modality,status,confidence
r-ally,union,alliance,chamber,2010,,,stated,high
r-in,union,belongs-to-category,farmers,,,,stated,high
r-tense,farmers,tension,chamber,,,,stated,medium
r-old,union,tension,chamber,2001,2005,,stated,high
r-should,chamber,cooperation,farmers,,,recommended,stated,high
"""


def write(folder: Path, reference: str = "2013", **tables: str) -> Path:
    """A folder with the given tables, named by keyword, and a `dataset.json` with the reference date."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    head = {"id": "small", "title": {"en": "Small"}, "base": "https://example.org/small/", "reference_date": reference}
    (folder / "dataset.json").write_text(json.dumps(head), encoding="utf-8")
    return folder
