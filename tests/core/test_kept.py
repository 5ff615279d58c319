"""Results are computed once for the same input, code and libraries, and anew for any other."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.store import kept as module
from kg.store.cache import Cache
from kg.store.kept import NOT_KEPT, Kept


@pytest.fixture
def code(tmp_path: Path) -> Path:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "a.py").write_text("a = 1\n")
    return tmp_path / "code"


@pytest.fixture
def counted() -> Callable[[], list[int]]:
    """Gives how often it was called."""
    calls: list[int] = []

    def make() -> list[int]:
        calls.append(len(calls) + 1)
        return calls[-1:]

    return make


def test_the_same_input_is_computed_once(tmp_path: Path, code: Path, counted: Callable[[], list[int]]) -> None:
    results = [Kept(Cache(tmp_path / "cache")).of("sum", given, code, counted) for given in ([1, "a"], [1, "a"], [1, "b"])]

    assert [[1], [1], [2]] == results


def test_other_code_computes_anew(tmp_path: Path, code: Path, counted: Callable[[], list[int]]) -> None:
    kept = Kept(Cache(tmp_path / "cache"))
    before = kept.of("sum", [1], code, counted)
    os.utime(code / "a.py", ns=(1, 1))
    module._versions.cache_clear()  # a process sees the code that it started with

    assert ([1], [2]) == (before, kept.of("sum", [1], code, counted))


def test_a_damaged_result_is_computed_anew(tmp_path: Path, code: Path, counted: Callable[[], list[int]]) -> None:
    kept = Kept(Cache(tmp_path / "cache"))
    kept.of("sum", [1], code, counted)
    (file,) = (tmp_path / "cache").glob("sum-*/result.json")
    file.write_text("[1")

    assert [2] == kept.of("sum", [1], code, counted)


def test_what_does_not_last_and_what_has_no_cache_is_computed_each_time(
    tmp_path: Path, code: Path, counted: Callable[[], list[int]]
) -> None:
    kept = Kept(Cache(tmp_path / "cache"))
    results = [kept.of("sum", [1], code, counted, lambda _: False) for _ in range(2)]

    assert [[1], [2], [3]] == [*results, NOT_KEPT.of("sum", [1], code, counted)]
