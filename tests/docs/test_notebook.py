"""The notebook of the guide runs from top to bottom, and what it shows stays in its frame."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

import kg
from tests.conftest import ROOT
from tests.views.charts import hostile_chart

NOTEBOOK = json.loads((ROOT / "docs" / "guide" / "first-steps.ipynb").read_text(encoding="utf-8"))
CODE = ["".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


def test_every_cell_runs_and_shows_something(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    shown = []
    for source in CODE:
        result = shell.run_cell(source, store_history=False)  # type: ignore[no-untyped-call]  # IPython's own
        result.raise_error()
        shown.append(result.result)

    assert all(value is not None for value in shown)
    assert [type(value).__name__ for value in shown if hasattr(value, "_repr_html_")] == [
        "Answer",
        "ChartPage",
        "NetworkPage",
        "Brief",
    ]


def test_the_notebook_is_kept_without_output() -> None:
    assert [cell["outputs"] for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code" and cell["outputs"]] == []


@pytest.mark.parametrize("view", ["network", "tensions", "countries"])
def test_what_shows_itself_is_sandboxed(view: str) -> None:
    frame = kg.open().view(view)._repr_html_()
    opening = frame[: frame.index(" srcdoc=")]

    assert opening == '<iframe sandbox="allow-scripts allow-downloads allow-modals"'
    assert re.fullmatch(r"<iframe [^<>]*></iframe>", frame)


def test_hostile_texts_do_not_leave_the_frame() -> None:
    assert re.fullmatch(r"<iframe [^<>]*></iframe>", hostile_chart()._repr_html_())
