"""Briefs: what they hold for each kind of thing, in each form and language; every number leads to a passage."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from html import unescape
from itertools import pairwise
from pathlib import Path

import docx
import pytest

import kg
from kg.briefs.brief import Brief, Line, Note, Section
from kg.briefs.contents import KINDS, brief
from kg.briefs.word import docx as word_document
from kg.briefs.writing import FORMATS, html, markdown
from kg.errors import AmbiguousError, InputError, NotFoundError
from kg.views.charts.labels import text_width
from kg.views.charts.scene import Path as Path_
from kg.views.charts.scene import Words
from tests.cli.running import kg as run
from tests.conftest import ROOT
from tests.shipped import shipped_graph
from tests.views.hostile import HOSTILE

THINGS = {
    "Actor": "CONVEAGRO",
    "Instrument": "law-144",
    "Place": "Bolivia",
    "Issue": "land",
    "Relation": "r-agribusiness-andes-tension-family-farming-andes",
}


@pytest.fixture(scope="module")
def graph() -> kg.KnowledgeGraph:
    return shipped_graph()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_each_kind_of_thing_has_a_brief_with_sources(graph: kg.KnowledgeGraph, kind: str, lang: str) -> None:
    made = brief(graph.graph, THINGS[kind], lang)
    lines = [line for section in (*made.sections, *made.uncertain) for line in section.lines]
    numbers = {note.number for note in made.notes}

    assert made.map is not None
    assert lines
    assert {n for line in lines for n in line.notes} == numbers
    assert [line for line in lines if not line.notes] == []
    assert all(note.text and note.where for note in made.notes)


def test_the_answers_are_those_of_the_questions(graph: kg.KnowledgeGraph) -> None:
    made = brief(graph.graph, "Bolivia")
    answer = graph.ask("umbrellas", country="Bolivia")
    section = next(s for s in made.sections if s.title == "Umbrella organisations")

    assert [line.cells[0] for line in section.lines] == [row.actor.label for row in answer]


def test_what_is_left_out_is_counted_with_the_command_that_gives_it(graph: kg.KnowledgeGraph) -> None:
    made = brief(graph.graph, "CONAIE")
    answer = graph.ask("potential-allies", actor="CONAIE")
    section = next(s for s in made.sections if s.title == "Who could be won over")

    assert len(section.lines) == 5
    assert section.text == f"And {len(answer) - 5} more: kg ask potential-allies --actor conaie"


def test_facts_that_are_not_stated_are_marked_and_counted(graph: kg.KnowledgeGraph) -> None:
    made = brief(graph.graph, "CONAIE")
    power = made.sections[0].lines[0]

    assert power.mark == "(i)"  # by hand: s-conaie-power is inferred
    assert re.search(r"rests on \d+ facts: \d+ stated, \d+ inferred", made.facts)


def test_what_is_said_of_a_tension_casts_no_doubt_on_it(graph: kg.KnowledgeGraph) -> None:
    """By hand: the tension is stated with high confidence; that the government keeps it alive is the author's supposition."""
    made = brief(graph.graph, "r-tension-farmers-unions-industry-organizations-bo")
    section = next(s for s in made.sections if s.title == "Tensions – Farmers' unions (Bolivia)")
    marks = {line.cells[:3]: line.mark for line in section.lines}

    assert marks["Farmers' unions (Bolivia)", "Tension", "Industry organizations (Bolivia)"] == ""
    assert marks["National Council of Ayllus (Bolivia)", "Tension", "Farmers' unions (Bolivia)"] == "(i) (?)"


def test_a_brief_on_a_tie_begins_with_it_and_who_acts_on_it(graph: kg.KnowledgeGraph) -> None:
    """By hand: rows of relations.csv; the author supposes that the government, at the least, keeps the tension alive."""
    lines = brief(graph.graph, "r-tension-farmers-unions-industry-organizations-bo").sections[0].lines

    assert [(line.cells[:2], line.mark) for line in lines] == [
        (("Farmers' unions (Bolivia)", "Tension"), ""),
        (("Government of Bolivia (Morales)", "Maintains"), "(i)"),
    ]
    assert lines[1].cells[3] == "Assumed; At least"


@pytest.mark.parametrize("end", ["is no actor", "is a tie"])
def test_ties_that_are_not_between_two_actors_have_a_brief(graph: kg.KnowledgeGraph, end: str) -> None:
    made = brief(
        graph.graph,
        {"is no actor": "r-law-144-opens-gmo", "is a tie": "r-government-bo-maintains-tension-unions-industry"}[end],
    )

    assert made.sections[0].lines[0].notes


def test_what_is_doubtful_is_marked_though_a_source_states_it(graph: kg.KnowledgeGraph) -> None:
    """By hand: that the law is one of the laws of 2012 is stated with low confidence."""
    made = brief(graph.graph, "r-law-144-part-of-legislative-arsenal-bo")
    (line,) = made.sections[0].lines

    assert line.mark == "(?)"
    assert "(?) marks what is doubtful" in made.words["marks"]


@pytest.mark.parametrize("style", FORMATS)
def test_footnotes_stand_in_a_cell_that_says_something(graph: kg.KnowledgeGraph, style: str) -> None:
    """Marketing is not addressed, without a word that weakens it: the last cell of the row is empty."""
    made = brief(graph.graph, "CONAIE")
    section = next(s for s in made.sections if s.title == "Who works on what, and who does not")
    line = next(each for each in section.lines if each.cells[0] == "Marketing")
    content = FORMATS[style](made)
    if isinstance(content, bytes):
        (table,) = (t for t in docx.Document(io.BytesIO(content)).tables if t.rows[0].cells[0].text == "Issue")
        row = next(r for r in table.rows if r.cells[0].text.startswith("Marketing"))
        cited = ["w:footnoteReference" in c._tc.xml or "NOTEREF" in c._tc.xml for c in row.cells]
    else:
        row_text = next(each for each in content.splitlines() if "Marketing" in each and "Does not address" in each)
        cells = row_text.split("</td>")[:3] if style == "html" else row_text.split("|")[1:4]
        cited = ["note-" in cell or "[^" in cell for cell in cells]

    assert line.cells[2] == ""
    assert cited == [False, True, False]


def test_a_tension_says_over_what_and_what_nobody_says_is_one_line(graph: kg.KnowledgeGraph) -> None:
    made = brief(graph.graph, THINGS["Relation"])

    assert made.lead == "Tension. The three Andean countries (Ecuador, Peru, Bolivia). Over: Territorial disputes"  # by hand
    assert made.sections[-1].title == "No source says anything about:"
    assert made.sections[-1].text.endswith("; Common ground; Who could mediate.")


def test_what_is_known_of_other_dates_or_denied_is_not_told_as_unknown(graph: kg.KnowledgeGraph) -> None:
    """By hand: CONVEAGRO has had a tension in 2003; in 2006 the indigenous movement did not support Correa."""
    past = brief(graph.graph, "CONVEAGRO")
    denied = brief(graph.graph, "correa")

    assert [s.text for s in past.sections if s.title == "Tensions"] == [
        "Nothing is known to hold in 2013, but at other dates: 2003; ask with --year."
    ]
    assert "Tensions" not in past.sections[-1].text.rstrip(".").split("; ")
    (allies,) = (s.text for s in denied.sections if s.title == "Allies")
    assert allies.startswith("The source says there is none: In the 2006 elections Correa did not have the support")


@pytest.mark.parametrize(
    ("lang", "title", "text"),
    [
        ("en", "The data hold none of these:", "Estimates and what they are based on."),
        ("es", "No hay en los datos:", "Estimaciones y en qué se basan."),
        ("fr", "Aucune trace dans les données\u202f:", "Estimations et leur fondement."),
    ],
)
def test_doubts_that_nobody_has_are_not_told_as_what_no_source_says(
    graph: kg.KnowledgeGraph, lang: str, title: str, text: str
) -> None:
    made = brief(graph.graph, "CONAIE", lang)

    assert (made.uncertain[-1].title.replace(" :", "\u202f:"), made.uncertain[-1].text) == (title, text)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Oil and gas, and who controls them"),
        ("es", "Petróleo y gas, y quién los controla"),
        ("fr", "Pétrole et gaz, et qui les contrôle"),
    ],
)
def test_a_brief_on_an_issue_says_what_it_is(graph: kg.KnowledgeGraph, lang: str, said: str) -> None:
    """As in issues.csv."""
    assert brief(graph.graph, "hydrocarbons", lang).lead == said


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Said with caution"), ("es", "Dicho con cautela"), ("fr", "Dit avec réserve")]
)
def test_words_that_weaken_a_fact_stand_under_a_plain_heading(graph: kg.KnowledgeGraph, lang: str, said: str) -> None:
    assert said in [heading for section in brief(graph.graph, "CONAIE", lang).sections for heading in section.headings]


@pytest.mark.parametrize(
    ("lang", "growth", "share", "when"),
    [
        ("en", "6–7", "8.6", "2004 to 2009"),
        ("es", "6–7", "8,6", "de 2004 a 2009"),
        ("fr", "6–7", "8,6", "de 2004 à 2009"),
    ],
)
def test_figures_are_told_in_numbers_of_the_language_with_their_period(
    graph: kg.KnowledgeGraph, lang: str, growth: str, share: str, when: str
) -> None:
    """By hand: observations.csv has "8.6%" for 2004 to 2009 and "6 and 7%"."""
    lines = brief(graph.graph, "Peru", lang).sections[0].lines

    assert (lines[0].cells[2:], lines[1].cells[2]) == ((share, when), "7,1" if lang != "en" else "7.1")
    assert lines[2].cells[2] == growth


def test_footnotes_say_where_a_source_was_found(graph: kg.KnowledgeGraph) -> None:
    """The address stands in sources.csv."""
    (note,) = brief(graph.graph, "law-300", "es").notes

    assert note.where.endswith(", https://es.scribd.com/document/603611724/BO-L-N300")


def test_the_address_of_a_source_is_told_with_its_first_footnote_only(graph: kg.KnowledgeGraph) -> None:
    notes = [note.where for note in brief(graph.graph, "Ecuador").notes if note.where.startswith("Farming Dynamics")]

    assert len(notes) > 10
    assert [note.endswith(", www.sosfaim.org") for note in notes] == [True] + [False] * (len(notes) - 1)


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_the_map_of_a_country_asks_nobody_to_choose_a_sign(graph: kg.KnowledgeGraph, lang: str) -> None:
    """Nothing can be chosen on paper: every sign has its name or a number."""
    scene = brief(graph.graph, "Ecuador", lang).map
    said = {"en": "Choose", "es": "Elija", "fr": "Choisissez"}[lang]

    assert scene
    assert [item.text for item in scene.items() if isinstance(item, Words) and said in item.text] == []


def test_a_plain_list_of_ties_has_briefs_whose_footnotes_name_its_lines(tmp_path: Path) -> None:
    ties = tmp_path / "ties.csv"
    ties.write_text("source,target,sign\nUnion,Women,1\nUnion,Ministry,-1\n", encoding="utf-8")
    made = brief(kg.open(ties, cache=False).graph, "Union")

    assert [(s.title, s.lines[0].cells[0], s.lines[0].notes) for s in made.sections if s.lines] == [
        ("Allies", "Women", (1,)),
        ("Tensions", "Negative tie", (2,)),
    ]
    assert made.lead == ""  # a list says nothing of them
    assert [str(note) for note in made.notes] == ["ties.csv, line 2", "ties.csv, line 3"]


@pytest.mark.parametrize(
    ("thing", "names"),
    [
        ("r-tension-farmers-unions-industry-organizations-bo", ["Farmers' unions", "Industry organizations"]),
        ("law-144", ["Genetically", "Productivity of family", "Madre Tierra law"]),
    ],
)
def test_names_of_the_map_keep_off_its_lines_where_there_is_room(
    graph: kg.KnowledgeGraph, thing: str, names: list[str]
) -> None:
    scene = brief(graph.graph, thing).map
    assert scene
    items = list(scene.items())
    points = {  # of each line, one every two units
        (x1 + (x2 - x1) * part / 40, y1 + (y2 - y1) * part / 40)
        for line in items
        if isinstance(line, Path_) and not line.closed
        for (x1, y1), (x2, y2) in pairwise(line.points)
        for part in range(41)
    }
    hidden = {}
    for name in (item for item in items if isinstance(item, Words) and item.text in names):
        left = name.x - (text_width(name.text, name.size) if name.anchor == "end" else 0)
        right = left + text_width(name.text, name.size)
        hidden[name.text] = [p for p in points if left < p[0] < right and name.y - name.size < p[1] < name.y]

    assert hidden == {name: [] for name in names}


@pytest.mark.parametrize(("lang", "said"), [("en", "Possible"), ("es", "Posible"), ("fr", "Possible")])
def test_ties_of_a_map_that_no_source_simply_states_are_marked_and_explained(
    graph: kg.KnowledgeGraph, lang: str, said: str
) -> None:
    """By hand: one of the ties near the two is possible in relations.csv, that of industry organisations with farmers called rich."""
    scene = brief(graph.graph, "r-tension-farmers-unions-industry-organizations-bo", lang).map
    assert scene
    texts = [item.text for item in scene.items() if isinstance(item, Words)]

    assert texts.count("?") == 2  # on the tie and in the key
    assert said in texts


def test_a_map_of_power_holds_no_more_than_can_be_read_and_says_so(
    graph: kg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.briefs.maps._ACTORS", (3,))
    scene = brief(graph.graph, "Peru").map
    everybody = graph.ask("power-interest", country="Peru")
    least = sorted((row.power_low or 0 for row in everybody), reverse=True)[:3]

    assert scene
    drawn = {group.label for group in scene.groups if group.role == "mark"}
    assert len(drawn) == 3 < len(everybody)
    assert all(f"Power: {float(low):g}" in " ".join(drawn) for low in least)
    assert f"Of {len(everybody)} actors the 3 with the most power are drawn" in scene.description


def test_a_map_that_names_make_too_high_holds_fewer_actors(
    graph: kg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.briefs.maps._ACTORS", (24, 4))
    monkeypatch.setattr("kg.briefs.maps._HIGH", 0)
    scene = brief(graph.graph, "Peru").map

    assert scene
    assert len({group.label for group in scene.groups if group.role == "mark"}) == 4
    assert "actors the 4 with the most power are drawn" in scene.description


@pytest.mark.parametrize("thing", THINGS.values())
def test_rows_of_many_names_and_passages_are_cut_so_that_two_pages_hold_them(graph: kg.KnowledgeGraph, thing: str) -> None:
    made = brief(graph.graph, thing)
    lines = [line for section in (*made.sections, *made.uncertain) for line in section.lines]

    assert max(len(line.notes) for line in lines) <= 6
    for cell in (cell for line in lines for cell in line.cells):
        names = [name for name in cell.split("; ") if not re.fullmatch(r"and \d+ more", name)]
        assert len("".join(names[:-1])) <= 80


@pytest.mark.parametrize(
    ("lang", "names", "passages"),
    [
        ("en", "CIOEC; and 3 more", "and 4 more passages"),
        ("es", "CIOEC; y 3 más", "y 4 pasajes más"),
        ("fr", "CIOEC\u202f; et 3 de plus", "et 4 autres passages"),
    ],
)
def test_what_a_row_leaves_out_is_counted(
    graph: kg.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch, lang: str, names: str, passages: str
) -> None:
    """By hand: the doubt about acronyms that are never spelt out is of four things and rests on five passages (quality.csv)."""
    monkeypatch.setattr("kg.briefs.contents._PASSAGES", 1)
    monkeypatch.setattr("kg.briefs.contents._NAMES", 1)
    made = brief(graph.graph, "CONVEAGRO", lang)
    line = next(each for section in made.uncertain for each in section.lines if each.cells[1].startswith("FENOCIN"))
    package = zipfile.ZipFile(io.BytesIO(word_document(made)))

    assert line.cells[2] == names
    assert len(line.notes) == 1
    assert line.more == passages
    for written in (html(made), markdown(made), package.read("word/document.xml").decode()):
        assert names in unescape(written)
        assert passages in written


def test_a_single_fact_is_told_as_one(graph: kg.KnowledgeGraph) -> None:
    made = brief(graph.graph, "r-mining-pe-tension-rural-communities-pe")

    assert made.facts == "What holds in 2013. It rests on a single fact, inferred."  # by hand: the row of relations.csv


@pytest.mark.parametrize(("lang", "said"), [("en", "1 estimated"), ("es", "1 estimado."), ("fr", "1 estimé.")])
def test_counts_agree_with_what_they_count(graph: kg.KnowledgeGraph, lang: str, said: str) -> None:
    assert said in brief(graph.graph, "CONVEAGRO", lang).facts


def test_words_of_a_source_for_an_issue_are_not_told_as_its_names(graph: kg.KnowledgeGraph) -> None:
    """The data note "land issue" as what the English document says of it."""
    assert "land issue" not in brief(graph.graph, "land", "es").lead
    assert "Autres noms\u202f: " in brief(graph.graph, "law-144", "fr").lead


def test_a_tension_says_how_each_of_its_sides_stands(graph: kg.KnowledgeGraph) -> None:
    made = brief(graph.graph, "r-tension-farmers-unions-industry-organizations-bo")
    sides = {s.title.partition(" – ")[2]: s for s in made.sections if s.title.startswith("Positions: for and against – ")}
    silent = made.sections[-1].text

    for side, section in sides.items():
        answer = graph.ask("positions", actor=side)
        assert [line.cells[0] for line in section.lines] == [row.on.label for row in answer]
    assert set(sides) == {"Farmers' unions (Bolivia)", "Industry organizations (Bolivia)"}
    assert "Power and interest" in silent.split("; ")[0]  # of neither, and so once
    assert silent.count("Power and interest") == 1


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_what_was_done_about_a_doubt_is_told_in_the_language_of_the_brief(graph: kg.KnowledgeGraph, lang: str) -> None:
    (doubts,) = (section for section in brief(graph.graph, "law-144", lang).uncertain if section.lines)
    with (ROOT / "data/andes-2013/quality.csv").open(encoding="utf-8", newline="") as table:
        written = {row[f"handling_{lang}"] for row in csv.DictReader(table)}

    assert {line.cells[3].replace("\u202f", " ") for line in doubts.lines} <= written  # set with spaces that hold
    assert len(doubts.headings) == 4


def test_intervals_are_one_column_and_data_without_a_date_say_so(world: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(world, tmp_path / "world")
    (copy / "dataset.json").unlink()
    made = brief(kg.open(copy, cache=False).graph, "uca")

    assert made.sections[0].headings[:2] == ("Power", "Interest")
    assert made.sections[0].lines[0].cells[:2] == ("0–0.5", "0.6–1")  # as in assessments.csv
    assert made.facts.startswith("What holds at any date: the data name none to go by. It rests on ")


@pytest.mark.parametrize("style", FORMATS)
def test_the_same_brief_gives_the_same_bytes(graph: kg.KnowledgeGraph, style: str) -> None:
    made = brief(graph.graph, "CONVEAGRO")

    assert FORMATS[style](made) == FORMATS[style](brief(graph.graph, "CONVEAGRO"))


def test_word_holds_the_text_the_map_and_real_footnotes(graph: kg.KnowledgeGraph) -> None:
    made = brief(graph.graph, "CONVEAGRO", "es")
    content = FORMATS["docx"](made)
    assert isinstance(content, bytes)
    document = docx.Document(io.BytesIO(content))
    package = zipfile.ZipFile(io.BytesIO(content))
    xml, notes = (package.read(f"word/{part}.xml").decode() for part in ("document", "footnotes"))
    numbers = [str(note.number) for note in made.notes]
    again = set(re.findall(r"NOTEREF note(\d+) ", xml))
    cited = [n for s in (*made.sections, *made.uncertain) for line in s.lines for n in line.notes]

    assert document.paragraphs[0].text == made.title
    assert len(document.inline_shapes) == 1
    tables = xml.count("<w:tbl>") - 1  # without the one that holds the map and what stands beside it
    assert tables == sum(bool(s.lines) for s in (*made.sections, *made.uncertain))
    assert re.findall(r'<w:footnoteReference w:id="(\d+)"', xml) == numbers  # in order, or Word would number them otherwise
    assert re.findall(r'w:bookmarkStart w:id="\d+" w:name="note(\d+)"', xml) == numbers
    assert again == {str(n) for n in cited if cited.count(n) > 1}
    assert re.findall(r'<w:footnote w:id="(\d+)"', notes) == numbers
    assert all(note.text in unescape(notes) for note in made.notes)
    assert "/word/footnotes.xml" in package.read("[Content_Types].xml").decode()


def test_markdown_defines_every_footnote(graph: kg.KnowledgeGraph) -> None:
    text = markdown(brief(graph.graph, "land", "fr"))

    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(re.findall(r"^\[\^(\d+)\]:", text, flags=re.MULTILINE))


def hostile() -> Brief:
    lines = tuple(Line(cells=(text, text), notes=(n,), mark="≈") for n, text in enumerate(HOSTILE, 1))
    notes = tuple(Note(number=n, text=text, where=text) for n, text in enumerate(HOSTILE, 1))
    section = Section(title=HOSTILE[0], headings=(HOSTILE[1], HOSTILE[2]), lines=lines, text=HOSTILE[3])
    words = dict.fromkeys(("uncertain", "notes", "map", "marks"), HOSTILE[4])
    return Brief(
        title=HOSTILE[5],
        lang="en",
        lead=HOSTILE[6],
        facts=HOSTILE[7],
        map=None,
        sections=(section,),
        uncertain=(),
        notes=notes,
        words=words,
    )


@pytest.mark.parametrize("style", FORMATS)
def test_hostile_texts_can_be_written(style: str) -> None:
    assert FORMATS[style](hostile())


def test_hostile_texts_leave_no_markup() -> None:
    found = html(hostile())

    assert "<script" not in found
    assert "<img" not in found
    assert "javascript:" not in re.sub(r">[^<]*<", "><", found)


def test_a_tension_can_be_named_by_its_two_sides(graph: kg.KnowledgeGraph) -> None:
    """By hand: relations.csv has one tie between the president and the press."""
    there = brief(graph.graph, "Correa", other="Press (Ecuador)")
    back = brief(graph.graph, "press-ec", other="correa")

    assert there.title == back.title == "Rafael Correa – Tension – Press (Ecuador)"


def test_two_sides_with_several_ties_or_none_are_told_how_to_go_on(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(AmbiguousError) as several:
        brief(graph.graph, "farmers-unions-bo", other="industry-organizations-bo")
    with pytest.raises(NotFoundError) as none:
        brief(graph.graph, "CONAIE", other="CONVEAGRO")

    assert str(several.value) == (
        "brief 'farmers-unions-bo' --other 'industry-organizations-bo': 2 ties stand between the two: "
        "Accusation: r-farmers-unions-bo-accusation-industry-organizations-bo; "
        "Tension: r-tension-farmers-unions-industry-organizations-bo; give one of these ids instead"
    )
    assert str(none.value) == (
        "brief 'CONAIE' --other 'CONVEAGRO': no tie stands between the two; "
        "`kg ask between --actor conaie --other conveagro` tells what else links them"
    )


def test_sides_that_only_inherit_a_tension_have_a_brief_on_it(graph: kg.KnowledgeGraph) -> None:
    """By hand: the indigenous confederation of Bolivia inherits its tension with the unions from its category."""
    made = brief(graph.graph, "indigenous-peoples-confederation", other="farmers-unions-bo")

    assert "Tension" in made.title
    assert made.sections[0].lines[0].mark == "(i) (?)"


def test_things_without_a_brief_are_refused(graph: kg.KnowledgeGraph) -> None:
    with pytest.raises(NotFoundError):
        brief(graph.graph, "Atlantis")
    with pytest.raises(InputError, match="not something that briefs are made of"):
        brief(graph.graph, "fd29-s012")
    assert issubclass(AmbiguousError, Exception)


def test_forms_of_other_programs_are_refused(tmp_path: Path) -> None:
    result = run("brief", "CONAIE", "-o", tmp_path / "conaie.pdf", data=None)

    assert result.exit_code == 2
    assert "briefs are not written as .pdf; known: docx, html, md, or say --to" in result.stderr
    assert not (tmp_path / "conaie.pdf").exists()


def test_the_command_writes_the_file_and_says_its_name(tmp_path: Path) -> None:
    result = run("brief", "CONAIE", "--lang", "fr", "-o", tmp_path / "conaie.docx", data=None)

    assert result.exit_code == 0
    assert result.stdout.strip() == str(tmp_path / "conaie.docx")
    assert (tmp_path / "conaie.docx").read_bytes().startswith(b"PK")


def test_no_line_of_a_french_brief_begins_with_a_sign_that_a_space_goes_before() -> None:
    text = markdown(brief(shipped_graph().graph, "CONAIE", "fr"))

    assert re.findall(r".* [;:?!»%].*|.*« .*", text) == []
    assert "«\u202f" in text  # the shipped notes are written with plain spaces
