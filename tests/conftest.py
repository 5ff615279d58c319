"""Shared by all tests.

Rules for tests here:
1. Expected values name their origin: a paper, another program, the document, or "by hand".
2. A test that needs material from beside the checkout skips with the reason and the variable that would supply it.
3. Nothing is fetched; nothing is written outside pytest's temporary folders.
4. expected == actual, one blank line before the assert, and the test's name says the behaviour.
5. A case that is known to fail is listed by name with its reason.
"""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes depends on how busy the machine is; speed is measured by `make bench`.
settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

# Who starts tests in the background of a script has Ctrl-C ignored, by them and by all that they start; some tests are about it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Each worker has a core. Without this every product of small matrices is handed to threads of all cores, which wait for each other
# by spinning: placing a hundred actors takes three times the work, and the same places come out.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parent.parent


def material(variable: str, name: str) -> Path:
    """The folder that an environment variable names, else `../shared/<name>` beside the checkout; skips without it."""
    given = os.environ.get(variable)
    folder = Path(given) if given else ROOT.parent / "shared" / name
    if not folder.is_dir():
        pytest.skip(f"needs material that is not redistributed: set {variable} to its folder", allow_module_level=True)
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow tests first: one that begins last keeps everybody waiting."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Five thousand tests and their modules stay until the end: the collector need not go through them again and again."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Conversions made by tests stay out of the user's cache."""
    os.environ["KG_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def world() -> Path:
    """The folder of the small invented country."""
    return ROOT / "tests" / "world"
