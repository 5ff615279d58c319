"""Every format has a page whose example is read by the commands that it shows."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.formats.registry import READERS, WRITERS
from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "guide" / "formats"
TRANSLATED = sorted(p for p in FOLDER.glob("*.*.md"))
PAGES = sorted(p for p in FOLDER.glob("*.md") if p.stem != "README" and p not in TRANSLATED)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_the_commands_of_a_page_work_on_its_example(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page.read_text(encoding="utf-8")
    for name, content in re.findall(r"```[a-z]+ (\S+)\n(.*?)```", text, flags=re.DOTALL):
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for block in re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL):
        for line in block.strip().splitlines():
            done = CliRunner().invoke(app, shlex.split(line)[1:])
            target = line.partition(" -o ")[2]

            assert (line, 0) == (line, done.exit_code), done.output
            assert not target or (tmp_path / target).exists()
            assert done.stdout or " -o " in line


def test_every_format_of_the_table_has_a_page_that_the_index_names() -> None:
    named = {n for p in PAGES for n in re.findall(r"<!-- table: (.*?) ?-->", p.read_text(encoding="utf-8"))}
    words = {w for n in named for w in n.split()}
    index = (FOLDER / "README.md").read_text(encoding="utf-8")

    assert {*(r.name for r in READERS), *(f"to:{w.name}" for w in WRITERS)} == words
    assert [] == [p.name for p in (*PAGES, *TRANSLATED) if f"({p.name})" not in index]


@pytest.mark.parametrize("page", TRANSLATED, ids=lambda p: p.stem)
def test_a_translated_page_has_the_commands_and_files_of_the_english_one(page: Path) -> None:
    blocks = [
        re.findall(r"```\w+.*?\n.*?```", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for path in (page, page.with_name(page.name.partition(".")[0] + ".md"))
    ]

    assert blocks[0] == blocks[1]
