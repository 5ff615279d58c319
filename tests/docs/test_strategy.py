"""The pages on strategy: every figure that they quote is in the output of the command above it, in every language."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from tests.conftest import ROOT

PAGES = sorted((ROOT / "docs" / "guide").glob("strategy.*.md"))
PAIR = re.compile(r"```sh\n(kg [^\n]*)\n```\n\n```text\n(.*?)```", flags=re.DOTALL)


def page(lang: str) -> str:
    return (ROOT / "docs" / "guide" / f"strategy.{lang}.md").read_text(encoding="utf-8")


def told(command: str, lang: str) -> str:
    done = CliRunner().invoke(
        app, shlex.split(command)[1:], env={"KG_LANG": lang, "KG_DATA": None, "NO_COLOR": "1", "COLUMNS": None}
    )

    assert (command, 0) == (command, done.exit_code), done.output
    return done.stdout


@pytest.mark.parametrize("number", range(len(PAIR.findall(page("en")))))
def test_every_line_quoted_is_said_by_the_command_above_it(number: int) -> None:
    command, quoted = PAIR.findall(page("en"))[number]
    output = told(command, "en")

    assert quoted.strip()
    assert [] == [line for line in quoted.strip().splitlines() if line not in output]


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_the_other_languages_quote_the_same_figures(lang: str) -> None:
    """The commands are run in English; one of them is run in each language too, for its words and its decimal comma."""
    figures = [
        [
            (command, sorted(n.replace(",", ".") for n in re.findall(r"\d+(?:[.,]\d+)?", quoted)))
            for command, quoted in PAIR.findall(page(language))
        ]
        for language in ("en", lang)
    ]
    command, quoted = PAIR.findall(page(lang))[1]
    output = told(command, lang)

    assert figures[0] == figures[1]
    assert [] == [line for line in quoted.strip().splitlines() if line not in output]


def test_the_commands_at_the_end_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = page("en")
    for name, content in re.findall(r"```txt (\S+)\n(.*?)```", text, flags=re.DOTALL):
        (tmp_path / name).write_text(content, encoding="utf-8")
    last = re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)[-1]

    assert all("Facts used" in told(command, "en") for command in last.strip().splitlines())


def test_prose_holds_no_figures_of_its_own() -> None:
    """Figures stand in what a command said; prose names only the scale, the issue of the document and its year."""
    for path in PAGES:
        prose = re.sub(
            r"```.*?```|`[^`]*`|^.*Farming Dynamics.*$|^.*0[.,]5.*$",
            "",
            path.read_text(encoding="utf-8"),
            flags=re.DOTALL | re.M,
        )

        assert [] == re.findall(r"\d+(?:[.,]\d+)?", prose)


def test_the_pages_have_the_same_commands_in_every_language() -> None:
    assert 1 == len(
        {tuple(re.findall(r"```sh\n(.*?)```", path.read_text(encoding="utf-8"), flags=re.DOTALL)) for path in PAGES}
    )
    assert 3 == len(PAGES)
