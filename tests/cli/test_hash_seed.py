"""No answer depends on the order in which sets happen to lie, which Python's hash seed decides."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.running import WORLD, environment

ASKED: tuple[tuple[Path | None, tuple[str, ...]], ...] = (
    (WORLD, ("camps",)),
    (WORLD, ("power",)),
    (WORLD, ("brokers",)),
    (WORLD, ("communities",)),
    (None, ("coalition", "--issue", "family-farming")),
    (None, ("camps", "--robust", "5", "--country", "bo")),
)
PROGRAM = """
import json, sys
from tests.cli.running import kg
for data, words in json.load(sys.stdin):
    result = kg(*words, "--format", "json", data=data)
    print(json.dumps([words, result.exit_code, result.stdout]))
"""
"""One process asks everything: starting one for each command takes longer than the answers."""


def told(seed: str) -> list[tuple[list[str], int, str]]:
    """Command, exit code and output of everything that is asked, under a hash seed."""
    asked = json.dumps([(data and str(data), words) for data, words in ASKED])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment(PYTHONHASHSEED=seed), input=asked, capture_output=True, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_answers_do_not_depend_on_the_hash_seed() -> None:
    first, second = told("1"), told("2")

    assert [(list(words), 0) for _, words in ASKED] == [(words, code) for words, code, _ in first]
    assert [] == [words for (words, _, a), (_, _, b) in zip(first, second, strict=True) if a != b or not a]
