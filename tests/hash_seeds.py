"""Programs run under several hash seeds, which decide how sets lie: nothing told may depend on it."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT


def printed_under_hash_seeds(program: str, seeds: tuple[str, ...] = ("0", "1", "77")) -> set[bytes]:
    """Everything that a program of this checkout prints, once where it prints the same under every seed."""
    return {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in seeds
    }
