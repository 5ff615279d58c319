"""What users install: a wheel in an empty environment, in a folder whose name holds a blank and accents."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the programs of an environment that holds the built wheel, and what this environment offers."""
    folder = tmp_path_factory.mktemp("añadir aquí")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True)
    if done.returncode and "No module named" in done.stderr:
        pytest.skip(f"needs the packages build and hatchling: {done.stderr.splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    place = folder / "env"
    venv.create(place, symlinks=True)  # a pip of its own takes longer to install than all that is tested
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    (site,) = place.glob("lib/python*/site-packages")
    here = [p for p in sys.path if p.endswith("site-packages")]
    (site / "borrowed.pth").write_text("\n".join(here) + "\n")  # the libraries, without installing them twice
    return programs


def kg(installed: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "KG_DATA")}
    return subprocess.run([str(installed / "kg"), *words], cwd=cwd, capture_output=True, text=True, env=env)


@pytest.mark.slow
def test_the_wheel_answers_checks_and_draws(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [str(installed / "python"), "-I", "-c", "import kg.resources as r; print(r.data(), r.ontology(), r.queries())"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    asked = kg(installed, "ask", "allies", "--actor", "CONVEAGRO", "--format", "json", cwd=tmp_path)
    checked = kg(installed, "check", cwd=tmp_path)
    drawn = kg(installed, "view", "-o", "view.html", cwd=tmp_path)

    assert all("site-packages" in folder for folder in where.strip().split(" /"))
    assert (0, 0, 0) == (asked.returncode, checked.returncode, drawn.returncode), (
        asked.stderr + checked.stderr + drawn.stderr
    )
    assert "CONVEAGRO" not in asked.stderr
    assert (tmp_path / "view.html").stat().st_size > 10_000
