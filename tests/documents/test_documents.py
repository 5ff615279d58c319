"""Texts of documents, quotations in them, the queue, and the passage behind a fact. Expected values by hand."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.documents.evidence import passages_of
from kg.documents.passages import find_quotation, nearest, page_of, passage
from kg.documents.reading import read_document
from kg.errors import InputError
from tests.cli.running import kg as run
from tests.conftest import material
from tests.documents.files import docx, pdf

TOGETHER = "the Milk Union and the Seed Network agreed to sell together"
REPORT = """The milk report.

In 2015 the Milk Union and the Seed Net-
work agreed to sell   together. The
exporters “strongly” opposed it.
\fPage two: the exporters opposed the water law.
"""


def test_a_pdf_gives_its_text_pages_and_title(tmp_path: Path) -> None:
    document = read_document(pdf(tmp_path / "r.pdf", "First page", "Second\npage", title="The Report"))

    assert ("First page\nSecond\npage\n", [0, 11], "The Report") == (document.text, document.pages, document.title)
    assert hashlib.sha256((tmp_path / "r.pdf").read_bytes()).hexdigest() == document.sha256


def test_a_word_document_gives_its_text_pages_title_and_author(tmp_path: Path) -> None:
    document = read_document(docx(tmp_path / "r.docx", "First &amp; foremost", "\fSecond", title="The Report"))

    assert ("First & foremost\nSecond\n", [0, 17]) == (document.text, document.pages)
    assert ("The Report", "A. Nadie") == (document.title, document.authors)


def test_a_web_page_gives_its_words_without_scripts(tmp_path: Path) -> None:
    html = "<title>Land</title><style>p{}</style><p>Who <b>owns</b>\n the&nbsp;land?<script>alert(1)</script><p>Few."
    (tmp_path / "r.html").write_text(html, encoding="utf-8")
    document = read_document(tmp_path / "r.html")

    assert ("Who owns the\u00a0land?\nFew.\n", "Land") == (
        document.text.replace(" the land", " the\u00a0land"),
        document.title,
    )


def test_a_text_keeps_every_character_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("  one \n\n two\n\fthree  ", encoding="utf-8")
    document = read_document(tmp_path / "r.txt")

    assert ("  one \n\n two\n\fthree  ", [0, 14]) == (document.text, document.pages)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("r.pdf", b"%PDF-1.4 nothing", r"r\.pdf: cannot be read as PDF"),
        ("r.pdf", b"", r"r\.pdf: cannot be read as PDF"),
        ("r.docx", b"PK nothing", r"r\.docx: damaged or no Word document"),
        ("r.txt", b" \n ", r"r\.txt: holds no text; where it is a scan"),
        ("r.odt", b"x", r"r\.odt: not a kind of document that can be read; endings: \.pdf"),
    ],
)
def test_what_cannot_be_read_is_one_line(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(InputError, match=message):
        read_document(tmp_path / name)


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        (
            "the Milk Union and the Seed Network agreed to sell together",
            ["the Milk Union and the Seed Network agreed to sell together"],
        ),
        ('The exporters "strongly" opposed it.', ["The exporters “strongly” opposed it."]),
        ("In 2015 [...] agreed to sell", ["In 2015 agreed to sell"]),
        ("exporters", ["exporters", "exporters"]),
        ("the exporters welcomed it", []),
        ("", []),
    ],
)
def test_quotations_are_found_in_spite_of_line_ends_hyphens_and_quotation_marks(quotation: str, found: list[str]) -> None:
    assert found == [passage(REPORT, ranges) for ranges in find_quotation(REPORT, quotation)]


def test_accents_and_ligatures_may_be_written_either_way() -> None:
    assert [[(4, 14)]] == find_quotation("The e\u0301lite \ufb01ts.", "\u00e9lite fits")


@given(st.text(st.sampled_from("ab é-\n“”ﬁ "), min_size=4, max_size=60), st.data())
def test_any_part_of_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(begin + 1, len(text)))
    part = text[begin:end]
    if not part.strip(" -\n“”") or not part[0].isalpha() or not part[-1].isalpha():
        return

    assert [(begin, end)] in find_quotation(text, part)


def test_the_nearest_passage_is_told_in_whole_words() -> None:
    ranges, alike = nearest(REPORT, "Network agreed to buy together")

    assert "Network agreed to sell together." == passage(REPORT, ranges)
    assert 70 < alike < 100


def test_pages_are_counted_from_one() -> None:
    assert [1, 1, 2, 2] == [page_of([0, 10], at) for at in (0, 9, 10, 99)]


def test_every_passage_of_the_shipped_data_still_stands_in_its_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hashes were made by the coding rules of data/andes-2013/README.md, apart from this code."""
    (copy,) = sorted(material("KG_SOURCES", "source").glob("*.txt"))
    document = read_document(copy)
    monkeypatch.setattr("kg.documents.evidence.read_document", lambda _: document)
    graph = kg.open().graph
    found = [passages_of(graph, f"fd29-s{n:03}", [], copy=copy)[0] for n in (2, 44, 95, 122, 124, 170)]

    assert [True] * 6 == [p.unchanged for p in found]
    assert found[1].passage.startswith("The land issue has been the subject of a proposal")


@pytest.fixture(params=["my", "my.xlsx"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A new folder, and a new workbook, with the report added."""
    path = tmp_path / str(request.param)
    run("new", *(["-o", path] if path.suffix == "" else [path]), data=None)
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    assert 0 == run("source", "add", tmp_path / "report.txt", "--title", "The milk report", data=path).exit_code
    return path


HEAD = "table,source,quotation,paraphrase,subject,type,object,start\n"
ENDS = "example-union,alliance,example-network"
GOOD = f"{HEAD}relations,report,the Seed Network agreed to sell together,They sell together.,{ENDS},2015\n"


def propose(data: Path, text: str) -> str:
    (data.parent / "p.csv").write_text(text, encoding="utf-8")
    return run("statements", data.parent / "p.csv", data=data).stderr


def test_nothing_enters_the_data_unreviewed_and_what_is_accepted_has_its_passage(data: Path) -> None:
    before = kg.open(data).export("nq")
    propose(data, GOOD)
    queued = kg.open(data).export("nq")
    result = run("review", "--accept", "s1", "--by", "Ana", "--date", "2026-01-02", "--note", "clear", data=data)
    g = kg.open(data)
    rows = {str(r.ally): r for r in g.ask("allies", actor="example-network")}
    why = [
        e
        for fact in rows["Growers' Union (example) (GU-EX)"].evidence
        for e in fact.evidence
        if e.source == "The milk report"
    ]
    shown = json.loads(run("evidence", why[0].fact, "--format", "json", data=data).stdout)
    kept = json.loads(run("review", "--state", "all", "--format", "json", data=data).stdout)

    assert before == queued
    assert (0, "") == (result.exit_code, result.stdout)
    assert ["They sell together."] == [e.paraphrase for e in why]
    assert [("the Seed Network agreed to sell together", True, 1)] == [
        (p["passage"], p["unchanged"], p["page"]) for p in shown
    ]
    assert [("accepted", "Ana", "2026-01-02", "clear")] == [(p["state"], p["reviewer"], p["date"], p["note"]) for p in kept]
    assert [] == [f for f in g.check() if f.is_error]


def test_a_proposal_can_be_changed_before_it_is_accepted_and_what_stood_there_is_kept(data: Path) -> None:
    propose(data, GOOD)
    wrong = run("review", "--change", "s1.type=alianse", "--by", "Ana", data=data)
    run("review", "--change", "s1.type=cooperation", "--accept", "all", "--by", "Ana", data=data)
    folder = data if data.is_dir() else data.parent
    queue = json.loads((folder / ("review.json" if data.is_dir() else "my.review.json")).read_text(encoding="utf-8"))

    assert "s1: 'alianse' is not in the list 'relation'" in wrong.stderr
    assert ("cooperation", {"type": "alliance"}, "accepted") == (
        queue[0]["cells"]["type"],
        queue[0]["changed"],
        queue[0]["state"],
    )


def test_what_is_accepted_into_a_workbook_is_written_in_its_language(tmp_path: Path) -> None:
    """Labels as the drop-down lists have them, the paraphrase in its own column; messages in the language of kg."""
    path = tmp_path / "mi.xlsx"
    run("--lang", "es", "new", path, data=None)
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    run("source", "add", tmp_path / "report.txt", data=path)
    (tmp_path / "p.csv").write_text(GOOD.replace("They sell together.", "Venden juntas."), encoding="utf-8")
    told = run("--lang", "es", "statements", tmp_path / "p.csv", data=path).stderr
    run("review", "--accept", "all", "--by", "Ana", data=path)
    sheets = {s.title: list(s.iter_rows(values_only=True)) for s in openpyxl.load_workbook(path)}
    passage, relation = (dict(zip(sheets[t][0], sheets[t][-1], strict=False)) for t in ("Evidencia", "Relaciones"))

    assert "s1: Relaciones, report, página 1" in told
    assert "1 propuesta por revisar" in told
    assert (None, "Venden juntas.") == (passage["Paráfrasis (inglés)"], passage["Paráfrasis (español)"])
    assert ("Alianza", "Declarado", "Media") == tuple(relation[h] for h in ("Relación", "Estado", "Confianza"))
    assert [] == [f for f in kg.open(path).check() if f.is_error]


def test_what_was_rejected_is_not_proposed_again(data: Path) -> None:
    propose(data, GOOD)
    before = kg.open(data).export("nq")
    run("review", "--reject", "s1", "--by", "Ana", data=data)

    assert "0 proposals to review; `kg review` shows them; 1 was there already" in propose(data, GOOD)
    assert before == kg.open(data).export("nq")
    assert "'s1': is rejected already" in run("review", "--accept", "s1", "--by", "Ana", data=data).stderr


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "relations,report,the Seed Network agreed to buy together,x,a,b,c,",
            "p.csv:2 (quotation): does not stand in 'report'; nearest",
        ),
        (
            "relations,report,exporters,x," + ENDS + ",",
            "stands 2 times (pages 1, 2); quote more of it, or give the page",
        ),
        (
            "relations,other,exporters,x," + ENDS + ",",
            "the text of 'other' is not here; add the document first",
        ),
        (
            "relationz,report,exporters,x," + ENDS + ",",
            "no table is called 'relationz'; did you mean 'relations'?",
        ),
        (
            "relations,report,The milk report.,," + ENDS + ",",
            "p.csv:2 (paraphrase): the cell is empty; fill it in",
        ),
        (
            "relations,report,The milk report.,x,example-onion,alliance,example-network,",
            "p.csv:2 (subject): there is no row with the id 'example-onion'",
        ),
        (
            "relations,report,The milk report.,x," + ENDS + ",soon",
            "p.csv:2 (start): 'soon' cannot be used here",
        ),
    ],
)
def test_where_anything_is_wrong_nothing_is_queued(data: Path, row: str, message: str) -> None:
    told = propose(data, GOOD + row + "\n")

    assert message.replace("p.csv:2", "p.csv:3") in told
    assert "1 error, nothing was queued" in told
    assert [] == json.loads(run("review", "--format", "json", data=data).stdout)


def test_two_passages_for_the_same_tie_are_two_facts(data: Path) -> None:
    propose(data, f"{GOOD}relations,report,The milk report.,It is about their milk.,{ENDS},2015\n")
    result = run("review", "--accept", "all", "--by", "Ana", data=data)

    assert (0, True) == (result.exit_code, "2 proposals accepted: s1, s2" in result.stderr)
    assert [] == [f for f in kg.open(data).check() if f.is_error]


def test_a_review_says_who_made_it(data: Path) -> None:
    propose(data, GOOD)

    assert (
        "--by is missing; a review says who made it"
        in run("review", "--accept", "all", data=data, env={"KG_CODER": ""}).stderr
    )
    assert 0 == run("review", "--accept", "all", data=data, env={"KG_CODER": "Luis"}).exit_code


def test_proposals_are_asked_about_one_by_one(data: Path) -> None:
    propose(data, GOOD)
    result = run("review", "--ask", "--by", "Ana", data=data, text="r\n")

    assert "page 1: the Seed Network agreed to sell together" in result.stderr
    assert "1 proposal rejected: s1" in result.stderr


def test_a_text_that_was_changed_or_replaced_is_refused(data: Path) -> None:
    (copy,) = sorted(data.parent.rglob("report.txt"), key=lambda p: len(p.parts))[-1:]
    copy.write_text("other words", encoding="utf-8")
    changed = propose(data, GOOD)
    replaced = run("source", "add", data.parent / "report.txt", data=data)

    assert "was changed since it was read from report.txt" in changed
    assert "another text of 'report' is there; give the new document an --id of its own" in replaced.stderr


def test_the_texts_are_not_handed_on_with_the_data(data: Path) -> None:
    (ignore,) = data.parent.rglob(".gitignore")

    assert ["*"] == [line for line in ignore.read_text().splitlines() if not line.startswith("#")]
    assert b"agreed to sell" not in kg.open(data).export("nq")


def test_documents_are_added_to_data_of_ones_own_only(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("words")

    assert (
        "kg source add: documents belong to your data; name it before"
        in run("source", "add", tmp_path / "r.txt", data=None).stderr
    )
    assert 2 == run("statements", tmp_path / "r.txt", data=None).exit_code
