"""The other commands: show, find, sparql, check, info, build, export, view."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg as library
from kg.formats.canonical import FORMATS
from tests.cli.running import WORLD, kg
from tests.core.folders import ACTORS, RELATIONS, write


def test_kg_alone_prints_a_short_help_with_every_command() -> None:
    result = kg(data=None)

    assert 0 == result.exit_code
    for command in ("ask", "show", "find", "sparql", "check", "info", "build", "export", "view"):
        assert f"\n  {command} " in result.stdout


def test_version() -> None:
    assert f"kg {library.__version__}\n" == kg("--version").stdout


@pytest.mark.parametrize("command", ["ask", "show", "find", "sparql", "check", "info", "build", "export", "view"])
def test_every_command_has_help(command: str) -> None:
    result = kg(command, "--help")

    assert 0 == result.exit_code
    assert f"Usage: kg {command}" in result.stdout


def test_show_tells_what_is_stated_of_a_thing_with_its_source() -> None:
    """From tests/world/actors.csv: the women's network, evidence r01."""
    shown = kg("show", "RMR").stdout

    for expected in (
        "Rural Women's Network (RMR)",
        "Réseau des femmes rurales",
        "Women's organisation",
        "Montéa",
        "Acronym",
    ):
        assert expected in shown
    assert "The Land and Its People, Who stands with whom, characters 0-39" in shown


def test_show_tells_facts_in_both_directions() -> None:
    """By hand: the union accuses the chamber (ac-uca-camara), so each has the fact, with the other at its other end."""
    ends = {}
    for thing in ("uca", "camara"):
        facts = json.loads(kg("show", thing, "--format", "json").stdout)
        found = [f for f in facts if [e for e in f["evidence"] if e["fact"] == "ac-uca-camara"]]
        ends[thing] = [(f["role"], f["other"]) for f in found]

    assert {
        "uca": [("subject", 'Chamber "Los Robles", Import & Export <S.A.>')],
        "camara": [("object", "Highland Farmers' Union (UCA)")],
    } == ends


def test_show_names_every_role_and_tells_what_is_inherited_once() -> None:
    passage, fact = (json.loads(kg("show", id_, "--format", "json").stdout) for id_ in ("g01", "te-unions-pueblos"))
    roles = [r["role"] for r in [*passage, *fact] if r["fact_class"]]

    assert "evidence" in {r["role"] for r in passage}
    assert "inherited from" in {r["role"] for r in fact}
    assert "evidence" not in {r["role"] for r in fact if r["fact_class"]}
    assert not [r for r in roles if ":" in r]


def test_show_as_of_a_date_leaves_out_what_does_not_hold_then() -> None:
    """The alliance with Green Bridge began in 2014 (al-uca-verde), that with the Old League ended in 2012 (al-uca-liga)."""
    options = (("--as-of", "2011"), ("--as-of", "2015"), ())
    shown = [kg("show", "uca", *date, "--format", "csv").stdout for date in options]

    assert [(True, False), (False, True), (True, True)] == [("al-uca-liga" in t, "al-uca-verde" in t) for t in shown]


def test_show_of_a_thing_without_facts_says_so() -> None:
    result = kg("show", "hostil")

    assert 0 == result.exit_code
    assert "nothing further is known; no fact in the data names it" in result.stderr


def test_find_is_blind_to_accents_and_case() -> None:
    found = json.loads(kg("find", "nandu", "--format", "json").stdout)

    assert [{"id": "coop", "name": "Ñandú Cooperative (CEÑ)", "class": "Actor"}] == found


def test_find_without_a_hit_ends_with_0_and_says_so() -> None:
    result = kg("find", "zzz")

    assert (0, "", "find 'zzz': no name holds this text; try a shorter part of it\n") == (
        result.exit_code,
        result.stdout,
        result.stderr,
    )


PREFIX = "PREFIX kg: <https://w3id.org/stakeholder-kg/ns#> PREFIX w: <https://example.org/world/> "


def test_sparql_select_ask_and_construct(tmp_path: Path) -> None:
    file = tmp_path / "query.rq"
    file.write_text(PREFIX + "SELECT ?low WHERE { w:as-frente-pow kg:low ?low }", encoding="utf-8")

    assert [{"low": 0.0}] == json.loads(kg("sparql", f"@{file}", "--format", "json").stdout)
    assert "true\n" == kg("sparql", PREFIX + "ASK { w:uca a kg:Actor }").stdout
    no = kg("sparql", PREFIX + "ASK { w:uca a kg:Place }")
    assert (1, "false\n") == (no.exit_code, no.stdout)
    turtle = kg("sparql", "-", text=PREFIX + "CONSTRUCT { ?a kg:acronym ?b } WHERE { ?a kg:acronym ?b }").stdout
    assert 'world:uca kg:acronym "UCA" .' in turtle
    assert len(list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))) == turtle.count("kg:acronym")


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("DELETE WHERE { ?s ?p ?o }", "kg: query: DELETE would change the graph; ask with SELECT"),
        ("LOAD <file:///etc/passwd>", "kg: query: LOAD would change the graph"),
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "kg: query: SERVICE would open a connection"),
        (
            "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
            "kg: query: FROM <file:///etc/passwd> is not a graph of this store",
        ),
        ("SELECT WHERE", "kg: query: not valid SPARQL"),
        ("@nowhere.rq", "kg: nowhere.rq: cannot be read (No such file or directory); check the path"),
        (
            "CONSTRUCT WHERE { ?s ?p ?o }",
            "kg: --format 'csv': this query gives triples, written as Turtle; leave --format out",
        ),
    ],
    ids=["update", "load", "service", "from", "syntax", "file", "format"],
)
def test_sparql_refuses_in_one_line(query: str, line: str) -> None:
    result = kg("sparql", query, "--format", "csv")

    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(line)
    assert 1 == result.stderr.count("\n")


def test_check_ends_with_1_where_something_is_wrong(tmp_path: Path) -> None:
    folder = write(tmp_path / "broken", actors=ACTORS, relations=RELATIONS.replace("chamber,2010", "chambre,2010"))
    result = kg("check", folder, data=None)
    records = json.loads(kg("check", folder, "--format", "json").stdout)

    assert 1 == result.exit_code
    assert result.stdout.startswith(
        "error: relations.csv:2 (object): there is no row with the id 'chambre'; did you mean 'chamber'"
    )
    assert [("relations.csv", 2, "object")] == [(r["file"], r["row"], r["column"]) for r in records]


def test_check_ends_with_0_where_only_warnings_are_left() -> None:
    result = kg("check")

    assert 0 == result.exit_code
    assert result.stdout.splitlines()[-1].startswith("0 errors, ")


def test_check_ends_with_2_where_there_is_nothing_to_check() -> None:
    assert 2 == kg("check", "nowhere").exit_code


def test_info_says_what_is_loaded_and_what_confidence_stands_for() -> None:
    """Counts by hand from tests/world; probabilities from ontology/concepts.ttl."""
    rows = {(r["topic"], r["name"]): r["value"] for r in json.loads(kg("info", "--format", "json").stdout)}
    actors = len((WORLD / "actors.csv").read_text(encoding="utf-8").splitlines()) - 1

    assert str(actors) == rows["class", "Actor"]
    assert "2020" == rows["reference date", "undated facts hold in"]
    assert "probability 0.95" == rows["confidence", "High"]
    assert str(WORLD) == rows["source", "opened"]
    assert ("graph", "https://example.org/world/report") in rows
    assert library.__version__ == rows["version", "kg"]


def test_info_says_where_the_cache_is_unless_it_is_not_used() -> None:
    used, unused = (json.loads(kg(*no, "info", "--format", "json").stdout)[-1] for no in ([], ["--no-cache"]))

    assert "not used" != used["value"]
    assert "not used" == unused["value"]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("es", ["Tema", "Nombre", "Valor", "los hechos sin fecha valen en", "probabilidad 0,95"]),
        ("fr", ["Sujet", "Nom", "Valeur", "les faits sans date valent en", "probabilité 0,95"]),
    ],
)
def test_info_is_told_in_the_language_asked_for_and_names_its_topics_alike_for_programs(lang: str, words: list[str]) -> None:
    told = kg("--lang", lang, "info").stdout
    topics = [[r["topic"] for r in json.loads(kg("--lang", of, "info", "--format", "json").stdout)] for of in ("en", lang)]

    assert [] == [word for word in words if word not in told]
    assert topics[0] == topics[1]


@pytest.mark.parametrize(
    ("lang", "headings", "none"),
    [
        ("es", ["Id", "Nombre", "Clase"], "find 'zzz': ningún nombre contiene este texto"),
        ("fr", ["Id", "Nom", "Classe"], "find 'zzz'\N{NARROW NO-BREAK SPACE}: aucun nom ne contient ce texte"),
    ],
)
def test_find_is_told_in_the_language_asked_for(lang: str, headings: list[str], none: str) -> None:
    assert headings == kg("--lang", lang, "find", "uca").stdout.splitlines()[0].split()
    assert kg("--lang", lang, "find", "zzz").stderr.startswith(none)


def test_check_is_told_in_the_language_asked_for(tmp_path: Path) -> None:
    folder = write(tmp_path / "broken", actors=ACTORS, relations=RELATIONS.replace("chamber,2010", "chambre,2010"))
    spanish, french = (kg("--lang", lang, "check", folder, data=None).stdout for lang in ("es", "fr"))
    rows = kg("--lang", "es", "check", folder, "--format", "md", data=None).stdout

    assert "1 error, 0 advertencias" == spanish.splitlines()[-1]
    assert "1 erreur, 0 avertissement" == french.splitlines()[-1]
    assert french.startswith("erreur\N{NARROW NO-BREAK SPACE}: relations.csv:2 (object)")
    assert rows.startswith("| Nivel | Control | Archivo | Fila | Columna |")


def test_build_makes_a_store_that_answers_the_same(tmp_path: Path) -> None:
    result = kg("build", "-o", tmp_path / "store")

    assert 0 == result.exit_code
    assert all(word in result.stderr for word in ("load ", "rules "))
    assert kg("ask", "tensions").stdout == kg("ask", "tensions", data=tmp_path / "store").stdout


def test_build_leaves_a_folder_alone_that_is_no_store(tmp_path: Path) -> None:
    result = kg("build", "-o", tmp_path)

    assert 2 == result.exit_code
    assert "exists and is not a store made by `kg build`; name another folder" in result.stderr


@pytest.mark.parametrize("syntax", FORMATS)
def test_export_writes_the_library_s_bytes_and_says_what_is_lost(syntax: str, tmp_path: Path) -> None:
    result = kg("export", "--to", syntax, "-o", tmp_path / "out")

    assert library.open(WORLD).export(syntax) == (tmp_path / "out").read_bytes() == kg("export", "--to", syntax).stdout_bytes
    assert ("named graphs are merged" in result.stderr) == (syntax in ("ttl", "nt", "rdfxml"))


def test_export_without_or_with_a_wrong_syntax_is_one_line() -> None:
    assert kg("export").stderr.startswith("kg: --to is missing; known: ")
    assert "kg: --to 'turtle': there is no such format; did you mean 'ttl'?\n" == kg("export", "--to", "turtle").stderr


def test_view_writes_a_page_and_prints_its_name(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = kg("view", "--country", "montea", "--min-confidence", "medium", "--as-of", "2015", "-o", page)

    assert (0, f"{page}\n") == (result.exit_code, result.stdout)
    assert page.stat().st_size > 10_000


@pytest.mark.parametrize(
    ("command", "target"),
    [(["view"], "a.svg"), (["view", "tensions"], "a.html"), (["view", "all"], "site"), (["brief", "uca"], "a.md")],
)
def test_a_folder_that_is_made_is_named(tmp_path: Path, command: list[str], target: str) -> None:
    """A misspelt folder is noticed; one that is there is not remarked on."""
    folder = tmp_path / "reprots" / "2013"
    first = kg(*command, "-o", folder / target)
    again = kg(*command, "-o", folder / target)

    assert first.exit_code == again.exit_code == 0
    assert first.stderr.splitlines()[0] == f"{folder}: there was no such folder; it is made"
    assert "folder" not in again.stderr


def test_on_the_french_start_page_no_line_begins_with_a_mark(tmp_path: Path) -> None:
    """French sets a space before high marks, at which a line must not end: U+202F, Lexique des règles typographiques."""
    kg("--lang", "fr", "view", "all", "-o", tmp_path)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    words = re.sub(r"<[^>]+>", "\n", re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL))

    assert "d&#39;intérêt\N{NARROW NO-BREAK SPACE}: étendue" in words
    assert re.findall(r".* [:;!?»].*|.*« .*", words) == []


def test_view_near_an_actor_holds_less(tmp_path: Path) -> None:
    kg("view", "-o", tmp_path / "all.html")
    kg("view", "--actor", "uca", "--depth", "1", "-o", tmp_path / "near.html")

    assert (tmp_path / "near.html").stat().st_size < (tmp_path / "all.html").stat().st_size


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["view", "netwrk"], "kg: view 'netwrk': there is none of that name; did you mean 'network'?"),
        (["view", "--depth", "2"], "kg: --depth: counts steps from an actor; give --actor too"),
        (["view", "--depth", "5"], "kg: --depth '5': is out of range; give a whole number from 1 to 3"),
        (["view", "--depth", "far"], "kg: --depth 'far': is no whole number; give one from 1 to 3"),
        (["sparql", "--timeout", "0", "ASK {}"], "kg: --timeout '0': is out of range; give a number, at least 0.001"),
        (["view", "--actor", "nobody"], "kg: --actor 'nobody': there is no actor of that name"),
        (["view", "--min-confidence", "hi"], "kg: --min-confidence 'hi': there is no such level"),
    ],
    ids=lambda v: " ".join(v) if isinstance(v, list) else "",
)
def test_view_refuses_in_one_line(arguments: list[str], line: str, tmp_path: Path) -> None:
    result = kg(*arguments, "-o", tmp_path / "page.html")

    assert 2 == result.exit_code
    assert result.stderr.startswith(line)
    assert not (tmp_path / "page.html").exists()


def test_view_takes_positions_stories_and_highlights(tmp_path: Path) -> None:
    (tmp_path / "places.json").write_text('{"uca": [1, 2]}', encoding="utf-8")
    (tmp_path / "story.json").write_text('[{"state": "layout=by.country", "title": "Start"}]', encoding="utf-8")
    page = tmp_path / "page.html"

    options: list[str | Path] = [
        "--positions",
        tmp_path / "places.json",
        "--story",
        tmp_path / "story.json",
        "--state",
        "#colour=camp",
    ]
    result = kg("view", "--path", "mujeres", "verde", "--public", "--flat", *options, "-o", page)

    assert (0, f"{page}\n") == (result.exit_code, result.stdout)
    assert "Public version" in page.read_text(encoding="utf-8")


def test_view_refuses_two_highlights(tmp_path: Path) -> None:
    result = kg("view", "--path", "mujeres", "verde", "--coalition", "frente", "-o", tmp_path / "page.html")

    assert (2, "kg: --coalition: highlights, as --path does; give one of them\n") == (result.exit_code, result.stderr)


@pytest.mark.parametrize(("name", "code"), [("page.docx", 2), ("page.htm", 0), ("peru.2013", 0)])
def test_view_refuses_endings_of_other_programs(name: str, code: int, tmp_path: Path) -> None:
    result = kg("view", "timeline", "-o", tmp_path / name)

    assert code == result.exit_code
    assert (code == 0) == (tmp_path / name).exists()
