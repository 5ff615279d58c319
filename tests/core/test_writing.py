"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.formats.whole import write_whole as write_table
from kg.writing import write_whole


def test_a_new_file_holds_the_bytes_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.ttl", b"one")

    assert {"a.ttl": b"one"} == {p.name: p.read_bytes() for p in tmp_path.iterdir()}


def test_an_older_file_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(b"old")
    file.chmod(0o600)
    write_whole(file, b"new")

    assert (b"new", 0o600) == (file.read_bytes(), file.stat().st_mode & 0o777)


def test_where_writing_fails_the_older_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(b"old")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, b"new")

    assert {"a.ttl": b"old"} == {p.name: p.read_bytes() for p in tmp_path.iterdir()}


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path: Path) -> None:
    file, link = tmp_path / "a.ttl", tmp_path / "b.ttl"
    file.write_bytes(b"old")
    link.symlink_to(file)
    write_whole(link, b"new")

    assert (True, b"new") == (link.is_symlink(), file.read_bytes())


def test_what_is_no_ordinary_file_is_written_to_directly() -> None:
    reader, writer = os.pipe()
    write_whole(Path(f"/dev/fd/{writer}"), b"through")

    assert (b"through", True) == (os.read(reader, 20), Path(os.devnull).exists())
    os.close(reader)
    os.close(writer)


def test_tables_keep_a_link_and_make_their_folder(tmp_path: Path) -> None:
    file, link = tmp_path / "a.csv", tmp_path / "b.csv"
    file.write_bytes(b"old")
    link.symlink_to(file)
    write_table(link, b"new")
    write_table(tmp_path / "new" / "c.csv", b"c")

    assert (True, b"new", b"c") == (link.is_symlink(), file.read_bytes(), (tmp_path / "new" / "c.csv").read_bytes())
