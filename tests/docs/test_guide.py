"""The guide's commands work in the order they are given, in every language, on the files that the page shows."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from kg.vocabulary import LANGUAGES
from tests.conftest import ROOT
from tests.docs.test_docs import run

PAGES = sorted((ROOT / "docs" / "guide").glob("*.md"))


SAME = ("alliances", "coders-and-versions", "documents", "network-page", "publishing", "same-actor", "views")
"""Pages with the same commands in every language, which are therefore run once."""
ONCE = [
    page
    for page in PAGES
    if not page.stem.startswith("strategy.") and (page.stem.partition(".")[0] not in SAME or page.stem.endswith(".en"))
]
"""Those on strategy have a test of their own."""


@pytest.mark.timeout(900)  # a page is a dozen commands
@pytest.mark.parametrize("page", ONCE, ids=lambda p: p.stem)
def test_the_commands_of_a_guide_page_work(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for name, content in re.findall(r"```(?:csv|json|txt) (\S+)\n(.*?)```", text, flags=re.DOTALL):
        (tmp_path / name).write_text(content, encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL) for line in block.strip().splitlines()]
    results = {line: run(line, tmp_path) for line in lines}
    failed = {line: (r.exit_code, r.stderr) for line, r in results.items() if r.exit_code != 0}

    assert lines
    assert {} == failed
    assert [] == [line for line, r in results.items() if " ask " in line and not r.stdout]
    assert [] == [line for line in lines if " -o " in line and not (tmp_path / line.split(" -o ")[1]).exists()]


def test_the_query_of_the_guide_joins_results_with_facts(tmp_path: Path) -> None:
    """Measured values are those of the table that the analysis prints, tensions those counted in the facts alone."""
    page = (ROOT / "docs" / "guide" / "alliances.en.md").read_text(encoding="utf-8")
    (tmp_path / "rivals.rq").write_text(page.partition("```txt rivals.rq\n")[2].partition("```")[0], encoding="utf-8")
    (tmp_path / "foes.rq").write_text(
        "SELECT ?actor (COUNT(DISTINCT ?foe) AS ?n) WHERE { ?one <https://w3id.org/stakeholder-kg/ns#inTensionWith> ?foe ; "
        "<http://purl.org/dc/terms/identifier> ?actor } GROUP BY ?actor",
        encoding="utf-8",
    )

    def rows(line: str) -> list[dict[str, str]]:
        return list(csv.DictReader(run(line, tmp_path).stdout.splitlines()))

    measured = {r["id"]: r["betweenness"] for r in rows("kg power --to-rdf power.trig --format csv")}
    foes = {r["actor"]: r["n"] for r in rows("kg sparql @foes.rq --format csv")}
    joined = rows("kg --data andes-2013 --data power.trig sparql @rivals.rq --format csv")
    most = sorted(foes, key=lambda actor: (-float(measured.get(actor, "-1")), actor))[:5]

    assert most == [r["actor"] for r in joined]
    assert [foes[actor] for actor in most] == [r["tensions"] for r in joined]
    assert [float(measured[actor]) for actor in most] == [pytest.approx(float(r["betweenness"]), abs=1e-8) for r in joined]


def test_the_pages_have_the_same_commands_in_every_language() -> None:
    verbs = {
        tuple(re.findall(r"^kg .*?\b(new|check|ask|view|import)\b", p.read_text(encoding="utf-8"), flags=re.MULTILINE))
        for p in PAGES
        if p.stem.startswith("five-minutes")
    }

    assert 1 == len(verbs)


@pytest.mark.parametrize("name", SAME)
def test_a_page_has_the_same_commands_and_as_many_sections_in_every_language(name: str) -> None:
    texts = [(ROOT / "docs" / "guide" / f"{name}.{lang}.md").read_text(encoding="utf-8") for lang in LANGUAGES]
    said = {
        (
            tuple(re.findall(r"```(?:sh|(?:csv|json|txt) \S+)\n(.*?)```", text, flags=re.DOTALL)),
            len(re.findall(r"^#", text, flags=re.MULTILINE)),
            len(re.findall(r"^\|", text, flags=re.MULTILINE)),
        )
        for text in texts
    }

    assert 1 == len(said)
