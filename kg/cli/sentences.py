"""What `kg ask`, `kg find`, `kg info` and `kg check` say to people, in the languages of kg."""

from __future__ import annotations

from pathlib import Path

from kg.wording import Sentences

__all__ = ["sentences"]


def sentences(lang: str) -> Sentences:
    """The sentences of `kg/cli/sentences.json` in one language."""
    return Sentences(Path(__file__).parent / "sentences.json", lang)
