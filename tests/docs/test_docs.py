"""What the documentation says is run."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kg.cli import app
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}


def run(line: str, folder: Path) -> Result:
    """What a line of the documentation gives in a folder; in this process, since starting one takes longer than most answers."""
    words = shlex.split(line)
    assert words[0] == "kg", line
    with contextlib.chdir(folder):
        return CliRunner().invoke(app, words[1:])


@pytest.mark.parametrize("block", BLOCKS, ids=lambda b: b.split("\n")[0])
def test_readme_commands_work_in_the_order_they_are_given(block: str, tmp_path: Path) -> None:
    results = {line: run(line, tmp_path) for line in block.strip().splitlines()}
    failed = {line: (r.exit_code, r.stderr) for line, r in results.items() if r.exit_code != 0}

    assert {} == failed
    assert all(r.stdout or "-o" in line or "--view" in line for line, r in results.items())


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL))
def test_readme_python_runs(block: str, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, env=ENV)

    assert (0, "") == (done.returncode, done.stderr)


def test_the_two_commands_of_the_readme_are_targets_of_the_makefile() -> None:
    named = set(re.findall(r"^make (\w+)$", README, flags=re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert {"demo", "test"} == named
    assert {"demo", "test", "lint", "fix", "bench", "docs"} <= targets


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=lambda p: p.name)
def test_links_in_the_documentation_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]

    assert [] == broken


def test_the_reference_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docs.generate", "--check"], cwd=ROOT, capture_output=True, text=True, env=ENV
    )

    assert (0, "") == (done.returncode, done.stderr)
