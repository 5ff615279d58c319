"""Ways to run `kg` in tests: in this process, and as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from typer.testing import CliRunner, Result

from kg.cli import app
from tests.conftest import ROOT

WORLD = ROOT / "tests" / "world"
_PLAIN = {"KG_LANG": "en", "KG_DATA": None, "COLUMNS": None, "NO_COLOR": None}


def kg(
    *arguments: str | Path, data: str | Path | None = WORLD, text: str = "", env: Mapping[str, str | None] | None = None
) -> Result:
    """What `kg` prints and how it ends, asked about the invented country unless `data` says otherwise."""
    before = ["--data", str(data)] if data is not None else []
    return CliRunner().invoke(app, [*before, *map(str, arguments)], input=text, env={**_PLAIN, **(env or {})})


def environment(**changed: str) -> dict[str, str]:
    """The environment of a process that runs this checkout, without what would change its answers."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("KG_LANG", "KG_DATA", "LC_", "LANG", "COLUMNS", "NO_COLOR"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), **changed}


def process(*arguments: str | Path, text: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """`kg` run as a process of its own, with a limit below that of tests, so that one which hangs is ended too."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(
        command, env=environment(**env), input=text, capture_output=True, text=True, timeout=200, encoding="utf-8"
    )
