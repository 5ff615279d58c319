"""What is too large for memory: text files that are read row by row, as often as needed, and lists that move to disk."""

from __future__ import annotations

import codecs
import csv
import marshal
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from kg.errors import InputError
from kg.formats.delimited import DELIMITERS, records, unmarked
from kg.formats.sheets import Row

__all__ = [
    "EVERY", "LARGE", "Spool", "TextFile", "best_delimiter", "first_rows", "is_large", "read_block", "rows_beyond",
    "single_blanks", "tell", "watch", "write_block",
]  # fmt: skip

LARGE = 1_000_000
"""From so many bytes on a text file is read row by row."""
_KEPT = 20_000
"""So many entries a spool holds in memory before it moves to disk."""
EVERY = 5_000
"""After so many rows progress is told."""
_watcher: list[Callable[[str, float], None]] = []


def watch(watcher: Callable[[str, float], None] | None) -> None:
    """Nothing; from now on large files tell `watcher` their name and which part of them is read, None ends it."""
    _watcher[:] = [watcher] if watcher else []


def tell(name: str, part: float) -> None:
    """Nothing; whoever watches learns which part of `name` is done."""
    for watcher in _watcher:
        watcher(name, part)


def is_large(path: Path) -> bool:
    """True for a file that is to be read row by row."""
    try:
        return path.stat().st_size >= LARGE
    except OSError:
        return False


def rows_beyond(path: Path, most: int) -> int:
    """How many rows a text file holds where there are more than `most`, its heading not counted; else 0."""
    lines = 0
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            lines += block.count(b"\n")
    if lines <= most:
        return 0
    rows = sum(1 for _ in TextFile(path)) - 1  # some lines stand within cells
    return rows if rows > most else 0


def _encoding(path: Path) -> tuple[str, bool]:
    """The encoding of a file, and whether that is sure; raises InputError where it holds NUL characters."""
    with path.open("rb") as stream:
        start = stream.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", True
        stream.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        sure = True
        while block := stream.read(1 << 20):
            if b"\0" in block:
                if encoding := unmarked(block[:10_000]):
                    return encoding, False
                raise InputError(f"{path.name}: holds NUL characters; save it again as UTF-8 text")
            try:
                if sure:
                    decoder.decode(block)
            except UnicodeDecodeError:
                sure = False
        return ("utf-8-sig", True) if sure else ("cp1252", False)


def blanks_part(lines: Sequence[str]) -> str:
    """A blank where blanks part every line into equally many cells, but perhaps for a corner; empty where they do not."""
    widths = {len(line.split()) for line in lines if not line.startswith("#")}
    return " " if widths and min(widths) > 1 and max(widths) - min(widths) <= 1 else ""


def best_delimiter(lines: Sequence[str]) -> str:
    """The delimiter that splits these lines most often into equally many cells; a blank where only blanks part them."""

    def score(delimiter: str) -> tuple[int, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            return (0, 0)
        most = max(set(widths), key=widths.count, default=1)
        return (widths.count(most) if most > 1 else 0, most)

    best = max(DELIMITERS, key=score)
    return best if score(best)[0] else blanks_part(lines) or best


def single_blanks(lines: Iterable[str]) -> Iterator[str]:
    """The lines with single blanks between words, quoted ones aside."""
    for line in lines:
        yield re.sub(r'("[^"]*")|[ \t]+', lambda m: m[1] or " ", line.strip()) + "\n"


class TextFile:
    """The rows of a text file; every walk reads it anew. `remark` says how it was read where that had to be guessed.

    Raises InputError where it cannot be read.
    """

    def __init__(self, path: Path, delimiter: str = "", *, strict: bool = False) -> None:
        self.path, self.strict = path, strict
        try:
            self.size = path.stat().st_size
            self.encoding, sure = _encoding(path)
        except OSError as error:
            raise InputError(f"{path.name}: cannot be read ({error.strerror}); check the path") from None
        guessed = (
            "not UTF-8; read as Windows-1252" if self.encoding == "cp1252" else "read as UTF-16, though it does not say so"
        )
        self.remark = "" if sure else f"{path.name}: {guessed}"
        self.delimiter = delimiter or self._delimiter()

    def _open(self) -> IO[str]:
        return self.path.open(
            encoding=self.encoding, errors="strict" if self.encoding != "cp1252" else "replace", newline=""
        )

    def _delimiter(self) -> str:
        """The delimiter that splits the first lines most often into equally many cells."""
        with self._open() as stream:
            lines = [line for line, _ in zip(stream, range(40), strict=False) if line.strip()][:20]
        if lines and (found := re.fullmatch(r"sep=(.)\s*", lines[0])):
            return found[1]
        return best_delimiter(lines)

    def __iter__(self) -> Iterator[Row]:
        with self._open() as stream:
            lines: Iterable[str] = single_blanks(stream) if self.delimiter == " " else stream
            rows = self._strictly(stream) if self.strict else records(lines, self.delimiter, self.path.name)
            for number, (line, cells) in enumerate(rows):
                if number % EVERY == 0:
                    tell(self.path.name, stream.buffer.tell() / max(1, self.size))  # type: ignore[attr-defined]
                if cells and not (line == 1 and cells[0].startswith("sep=")):
                    yield line, cells
        tell(self.path.name, 1.0)

    def _strictly(self, stream: IO[str]) -> Iterator[Row]:
        reader = csv.reader(stream, delimiter=self.delimiter, strict=True)
        before = 0
        try:
            for cells in reader:
                line, before = before + 1, reader.line_num
                yield line, cells
        except csv.Error as error:
            todo = "look for a quotation mark that is not closed"
            raise InputError(f"{self.path.name}:{reader.line_num}: not valid CSV ({error}); {todo}") from None


def write_block(file: IO[bytes], entries: list[Any]) -> None:
    """Appends entries of plain types to a file of ours."""
    block = marshal.dumps(entries)
    file.write(len(block).to_bytes(8, "little"))
    file.write(block)


def read_block(file: IO[bytes]) -> list[Any] | None:
    """The next entries of a file that `write_block` wrote; None at its end."""
    length = int.from_bytes(file.read(8), "little")
    found: list[Any] | None = marshal.loads(file.read(length)) if length else None  # noqa: S302  # our own temporary file
    return found


class Spool(list[Any]):
    """A list that is only added to and walked; beyond some length its entries (of plain types) are on disk."""

    def __init__(self, entries: Iterable[Any] = ()) -> None:
        super().__init__()
        self._file: IO[bytes] | None = None
        self._count = self._end = 0
        for entry in entries:
            self.append(entry)

    def append(self, entry: Any) -> None:
        """Adds an entry."""
        super().append(entry)
        self._count += 1
        if super().__len__() >= _KEPT:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="kg-")  # noqa: SIM115  # lives as long as the list
            self._file.seek(self._end)
            write_block(self._file, self[:])
            self._end = self._file.tell()
            super().clear()

    def __iter__(self) -> Iterator[Any]:
        if self._file is not None:
            at = 0
            while at < self._end:  # somebody else may walk too, so the place is kept here
                self._file.seek(at)
                block = read_block(self._file)
                at = self._file.tell()
                yield from block or ()
        yield from (self[n] for n in range(super().__len__()))

    def __len__(self) -> int:
        return self._count

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def __bool__(self) -> bool:
        return self._count > 0


def first_rows(rows: Iterable[Row], most: int = 200) -> Sequence[Row]:
    """The first rows."""
    return [row for row, _ in zip(rows, range(most), strict=False)]
