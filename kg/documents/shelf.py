"""Where the texts of documents are kept: a folder beside the data, which is the user's own and is not handed on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from kg.documents.reading import Document
from kg.errors import InputError
from kg.formats.whole import write_whole

__all__ = ["Shelf", "Text", "beside"]


def beside(data: Path, name: str) -> Path:
    """The file or folder `name` that belongs to a data set: in its folder, or beside its file."""
    return data / name if data.is_dir() else data.with_name(f"{data.stem}.{name}")


@dataclass(frozen=True)
class Text:
    """The user's own copy of the text of a source."""

    source: str
    """Id of the source."""
    text: str
    pages: list[int]
    file: str
    """Name of the file it was read from."""


class Shelf:
    """The texts that belong to a data set."""

    def __init__(self, data: Path) -> None:
        self.folder = beside(data, "documents")

    def put(self, source: str, document: Document, file: str) -> Path:
        """The file that the text was written to; raises InputError where another text of that source is there."""
        path = self.folder / f"{source}.txt"
        content = document.text.encode()
        about = {
            "file": file, "sha256": document.sha256, "text_sha256": hashlib.sha256(content).hexdigest(),
            "characters": len(document.text), "pages": document.pages,
        }  # fmt: skip
        if path.exists() and path.read_bytes() != content:
            raise InputError(f"{path}: another text of {source!r} is there; give the new document an --id of its own")
        if not (self.folder / ".gitignore").exists():
            write_whole(self.folder / ".gitignore", b"# Texts of others: not to be handed on with the data\n*\n")
        write_whole(path, content)
        write_whole(path.with_suffix(".json"), (json.dumps(about, indent=1) + "\n").encode())
        return path

    def get(self, source: str) -> Text | None:
        """The text of a source; None where it is not here. Raises InputError where it was changed since."""
        path = self.folder / f"{source}.txt"
        try:
            content, about = path.read_bytes(), json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            text = content.decode()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise InputError(f"{path}: cannot be read ({error}); add the document again with `kg source add`") from None
        if hashlib.sha256(content).hexdigest() != about.get("text_sha256"):
            raise InputError(
                f"{path}: was changed since it was read from {about.get('file')}; delete it and add the document again"
            )
        return Text(source, text, list(about["pages"]), str(about["file"]))
