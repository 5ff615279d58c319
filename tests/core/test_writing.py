"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from kg.formats.whole import write_whole as write_table
from kg.writing import whole_file, whole_folder, write_whole


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


@pytest.mark.parametrize("before", [{}, {"a.csv": b"old"}])
@pytest.mark.parametrize("fails", [True, False])
def test_a_folder_appears_whole_or_stays_as_it_was(tmp_path: Path, before: dict[str, bytes], fails: bool) -> None:
    folder = tmp_path / "x"
    for name, content in before.items():
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    try:
        with whole_folder(folder) as aside:
            (aside / "b.csv").write_bytes(b"new")
            if fails:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    expected = before if fails else {"b.csv": b"new"}

    assert expected == {p.name: p.read_bytes() for p in folder.iterdir()} if folder.exists() else not expected
    assert [folder] * bool(expected) == list(tmp_path.iterdir())


def test_who_is_told_to_end_while_writing_leaves_nothing_beside(tmp_path: Path) -> None:
    def told(path: Path) -> None:
        with whole_file(path) as file:
            file.write(b"half")
            os.kill(os.getpid(), signal.SIGTERM)

    with pytest.raises(SystemExit):
        told(tmp_path / "a.nq")

    assert ([], signal.SIG_DFL) == (list(tmp_path.iterdir()), signal.getsignal(signal.SIGTERM))
