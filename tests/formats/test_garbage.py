"""Whatever a file holds, opening it ends in a graph, in findings, or in one line that says what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.formats.tables import read_tables
from tests.formats.sheets import ACTORS, RELATIONS, ods, ods_table, xlsx
from tests.formats.test_programs import BLUEPRINT, ENTITIES, GEXF, NEW_MAP, POPOLO, dna, saved


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A sound file of each kind, by ending; made once, since a workbook holds the time it was made at."""
    folder = tmp_path_factory.mktemp("samples")
    dna(folder / "x.dna", new=True)
    xlsx(folder / "x.xlsx", Actors=ACTORS, Relations=RELATIONS)
    ods(folder / "x.ods", ods_table("Actors", ACTORS))
    saved(folder / "x.ijson", ENTITIES)
    (folder / "x.gexf").write_text(GEXF.format(space="http://gexf.net/1.3"))
    (folder / "x.graphml").write_text(
        '<graphml><graph><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>'
    )
    (folder / "x.net").write_text("*Vertices 2\n1 A\n2 B\n*Edges\n1 2\n")
    (folder / "x.csv").write_text('from,to,type\nA,B,"x"\n')
    return {p.suffix: p.read_bytes() for p in folder.iterdir()}


def survives(path: Path) -> None:
    told = ""
    try:
        tables = read_tables(path)
    except InputError as error:
        told = str(error)
    else:
        assert all(f.what and f.todo and f.where for f in tables.findings)

    assert "\n" not in told


@pytest.mark.parametrize("ending", [".csv", ".dna", ".gexf", ".graphml", ".ijson", ".net", ".ods", ".xlsx"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    damages=st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 9), st.binary(max_size=6)), min_size=1, max_size=4)
)
def test_damaged_files_end_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, samples: dict[str, bytes], ending: str, damages: list[tuple[int, int, bytes]]
) -> None:
    """What is drawn depends on nothing that a file holds, so that an example is the same each time it is tried."""
    folder = tmp_path_factory.mktemp("garbage")
    raw = bytearray(samples[ending])
    for place, length, put in damages:
        at = place % len(raw)
        raw[at : at + length] = put
    (folder / f"bad{ending}").write_bytes(raw)

    survives(folder / f"bad{ending}")


VALUES = st.recursive(st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5), lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=5), x, max_size=3), max_leaves=6)  # fmt: skip  # noqa: E501


@pytest.mark.parametrize("content", [BLUEPRINT, NEW_MAP, POPOLO], ids=["kumu", "oligrapher", "popolo"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_json_with_odd_values_anywhere_ends_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, content: Any, data: Any
) -> None:
    def changed(value: Any) -> Any:
        if data.draw(st.integers(0, 12)) == 0:
            return data.draw(VALUES)
        if isinstance(value, dict):
            return {k: changed(v) for k, v in value.items()}
        return [changed(v) for v in value] if isinstance(value, list) else value

    path = saved(tmp_path_factory.mktemp("odd") / "x.json", changed(content) or {"elements": []})
    from kg.formats.registry import reads

    if reads(path):
        survives(path)
