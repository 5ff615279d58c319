"""The public names: one sorted list, each there, nothing heavy imported before it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import kg

HEAVY = ("highspy", "jinja2", "networkx", "numpy", "openpyxl", "pandas", "pyshacl", "pyvis", "rdflib", "rich", "scipy")


def test_the_list_is_sorted_and_every_name_is_there() -> None:
    assert sorted(kg.__all__) == kg.__all__
    assert all(getattr(kg, name) is not None for name in kg.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        _ = kg.opne


@pytest.mark.parametrize(
    "code",
    ["import kg", "import kg; kg.open().ask('allies', actor='CONVEAGRO')", "import kg.analysis"],
    ids=["import", "ask", "analysis"],
)
def test_nothing_heavy_is_imported_before_it_is_used(code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; import sys; print(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert set() == {m.partition(".")[0] for m in done.stdout.split()} & set(HEAVY)
