"""`kg` as a process of its own: pipes, terminals, locales, signals, start-up, shell completion."""

from __future__ import annotations

import gc
import os
import pty
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import WORLD, environment, kg, process
from tests.conftest import ROOT

ALL = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HEAVY = ("rich", "pydantic", "rdflib", "networkx", "pyvis", "numpy", "scipy", "jinja2", "pyshacl", "pandas")


def test_an_answer_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['kg', 'ask', 'allies', '--actor', 'uca']\n"
        "from kg.cli import app\n"
        "try: app()\n"
        f"finally: print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(KG_DATA=str(WORLD), KG_LANG="en"), capture_output=True, text=True
    )

    assert (0, "[]\n") == (done.returncode, done.stderr)
    assert "Green Bridge" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "slow"),
    [
        (["view", "--help"], {"networkx", "numpy", "scipy"}),  # nothing that computes
        (["--data", str(WORLD), "view"], {"pydantic", "scipy"}),  # nothing that a usual network does without
        (["--data", "ring.csv", "view"], {"pydantic", "scipy", "networkx", "kg.views.charts.page"}),  # no paths, no charts
    ],
    ids=["help", "network", "larger network"],
)
def test_views_import_nothing_that_they_do_not_need(arguments: list[str], slow: set[str], tmp_path: Path) -> None:
    ring = "".join(f"{n},{(n + 1) % 401},{(-1) ** n}\n" for n in range(401))
    (tmp_path / "ring.csv").write_text("source,target,sign\n" + ring, encoding="utf-8")
    code = (
        f"import sys; sys.argv = ['kg', *{arguments!r}]\n"
        "from kg.cli import app\n"
        "try: app()\n"
        f"finally: print(sorted({slow!r} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(KG_LANG="en"), cwd=tmp_path, capture_output=True, text=True
    )

    assert (0, "[]\n") == (done.returncode, done.stderr)


def test_a_page_leaves_the_collector_of_garbage_as_it_was(tmp_path: Path) -> None:
    made = kg("view", "-o", tmp_path / "page.html")
    refused = kg("view", "--actor", "nobody", "-o", tmp_path / "page.html")

    assert (0, 2, True) == (made.exit_code, refused.exit_code, gc.isenabled())


def test_a_reader_that_has_seen_enough_ends_the_command_quietly() -> None:
    line = f'set -o pipefail; "{sys.executable}" -m kg --data "{WORLD}" sparql "{ALL}" --format csv | head -n 1'
    done = subprocess.run(["bash", "-c", line], env=environment(), capture_output=True, text=True)

    assert (0, "s,p,o\n", "") == (done.returncode, done.stdout, done.stderr)


def test_expected_errors_show_no_stack_trace_and_faults_do() -> None:
    expected = process("--data", "nowhere", "info")
    fault = subprocess.run(
        [
            sys.executable,
            "-c",
            "import kg.cli.info as i; i._info = None; import sys; sys.argv = ['kg', 'info']; import kg.cli; kg.cli.main()",
        ],
        env=environment(),
        capture_output=True,
        text=True,
    )

    assert (2, "kg: nowhere: there is no such file or folder; check the path\n") == (expected.returncode, expected.stderr)
    assert 2 == fault.returncode
    assert "Traceback (most recent call last)" in fault.stderr


def in_terminal(*arguments: str, **env: str) -> str:
    """What `kg` prints on a terminal 60 columns wide."""
    import fcntl
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    command = [sys.executable, "-m", "kg", "--data", str(WORLD), *arguments]
    done = subprocess.Popen(command, env=environment(TERM="xterm", **env), stdout=follower, stderr=follower)
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(leader)
    done.wait()
    return shown.decode().replace("\r\n", "\n")


def test_a_terminal_gets_a_bold_header_and_lines_that_fit() -> None:
    shown = in_terminal("ask", "tensions", KG_LANG="en")

    assert "\x1b[1m" in shown
    assert max(len(line.replace("\x1b[1m", "").replace("\x1b[0m", "")) for line in shown.splitlines()) <= 60


def test_no_color_is_respected() -> None:
    assert "\x1b" not in in_terminal("ask", "tensions", NO_COLOR="1")


def test_a_pipe_gets_neither_colour_nor_wrapping_unless_columns_are_given() -> None:
    wide, narrow = process("--data", WORLD, "ask", "tensions"), process("--data", WORLD, "ask", "tensions", COLUMNS="50")

    assert "\x1b" not in wide.stdout
    assert max(len(line) for line in wide.stdout.splitlines()) > 100
    assert max(len(line) for line in narrow.stdout.splitlines()) <= 50


@pytest.mark.parametrize(
    ("env", "word"),
    [
        ({"LANG": "es_PE.UTF-8"}, "Puente Verde"),
        ({"LANG": "es_PE.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "Pont vert"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "Green Bridge"),
        ({"LANG": "de_DE.UTF-8"}, "Green Bridge"),
        ({"LANG": "es", "KG_LANG": "fr"}, "Pont vert"),
        ({}, "Green Bridge"),
    ],
    ids=["LANG", "LC_MESSAGES", "LC_ALL", "another", "KG_LANG", "none"],
)
def test_the_language_comes_from_the_environment(env: dict[str, str], word: str) -> None:
    unset = dict.fromkeys(("KG_LANG", "LANG", "LC_ALL", "LC_MESSAGES"))

    assert word in kg("ask", "allies", "--actor", "uca", env={**unset, **env}).stdout


def test_the_option_wins_over_the_environment() -> None:
    assert "Pont vert" in kg("--lang", "fr", "ask", "allies", "--actor", "uca", env={"KG_LANG": "es"}).stdout


def test_kg_data_names_the_source_and_the_option_wins(tmp_path: Path) -> None:
    blank = tmp_path / "a país"
    shutil.copytree(WORLD, blank)

    assert "Green Bridge" in process("ask", "allies", "--actor", "uca", KG_DATA=str(blank), KG_LANG="en").stdout
    assert "Green Bridge" in kg("ask", "allies", "--actor", "uca", data=blank, env={"KG_DATA": "nowhere"}).stdout


def test_several_sources_and_standard_input(tmp_path: Path) -> None:
    line = "<https://example.org/world/uca> <https://w3id.org/stakeholder-kg/ns#note> 'from standard input'@en .\n"
    query = "SELECT ?note WHERE { <https://example.org/world/uca> <https://w3id.org/stakeholder-kg/ns#note> ?note }"
    done = process("--data", WORLD, "--data", "-", "sparql", query, "--format", "tsv", text=line)

    assert (0, "note\nfrom standard input\n") == (done.returncode, done.stdout)


def test_an_argument_that_is_not_utf_8_is_one_line() -> None:
    done = subprocess.run([sys.executable, "-m", "kg", "find", b"\xff"], env=environment(), capture_output=True, text=True)

    assert (2, "kg: argument '\\udcff': not UTF-8; write it in UTF-8\n") == (done.returncode, done.stderr)


@pytest.mark.skipif(
    not str(ROOT).isascii(), reason="Python itself reads the path of an editable install in the locale's encoding"
)
def test_output_is_utf_8_whatever_the_locale() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "--data", str(WORLD), "show", "coop"],
        env=environment(PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
        capture_output=True,
    )

    assert 0 == done.returncode
    assert "Cooperativa El Ñandú" in done.stdout.decode("utf-8")


def test_a_query_is_ended_at_its_timeout_with_a_message() -> None:
    start = time.monotonic()
    done = process("--data", WORLD, "sparql", ENDLESS, "--timeout", "1")

    assert (2, "", "kg: query: not done after 1 s; simplify it, add LIMIT, or raise --timeout\n") == (
        done.returncode,
        done.stdout,
        done.stderr,
    )
    assert time.monotonic() - start < 20


def test_an_interrupt_ends_a_running_query_at_once() -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "kg", "--data", str(WORLD), "sparql", ENDLESS], env=environment(), stdout=subprocess.PIPE
    )
    time.sleep(4)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=10)

    assert -signal.SIGINT == running.returncode


def test_ctrl_c_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.cli._Commands.get_command", interrupted)
    result = kg("info")

    assert (130, "", "kg: stopped\n") == (result.exit_code, result.stdout, result.stderr)


@pytest.mark.parametrize("early", [False, True], ids=["the page is written", "the page is being made"])
def test_ctrl_c_ends_a_command_that_only_keeps_what_it_read(early: bool, tmp_path: Path) -> None:
    """A first one ends the page that is being made; while what was read is kept, the next ends everything."""
    code = (
        "import sys, time; from kg.cli import main; from kg.graph import Graph; import kg.views.network as network\n"
        "def make(*_, **__): print('begun', flush=True); time.sleep(60)\n"
        "Graph.write_text = lambda *_: time.sleep(60)\n"
        f"if {early}: network.write_view = make\n"
        f"sys.argv = ['kg', '--data', {str(WORLD)!r}, 'view', '-o', 'page.html']; main()"
    )
    env = environment(KG_CACHE=str(tmp_path / "kept"), PYTHONUNBUFFERED="1")
    pipe = subprocess.PIPE
    running = subprocess.Popen([sys.executable, "-c", code], env=env, cwd=tmp_path, stdout=pipe, stderr=pipe, text=True)
    assert running.stdout
    assert running.stderr
    told = []
    assert running.stdout.readline() == ("begun\n" if early else "page.html\n")
    if early:
        running.send_signal(signal.SIGINT)
        told.append(running.stderr.readline())
        assert running.poll() is None  # it still keeps what it read
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    _, rest = running.communicate(timeout=20)

    assert 130 == running.returncode
    assert ["kg: stopped\n"] * (1 + early) == [*told, *rest.splitlines(keepends=True)]


@pytest.mark.parametrize(("redirected", "code"), [("", 0), ("2>&-", 0), (">/dev/full", 2)])
def test_a_command_ends_with_what_libraries_want_done_then(redirected: str, code: int, tmp_path: Path) -> None:
    done = tmp_path / "done"
    run = (
        f"import atexit, pathlib, sys; from kg.cli import main; sys.argv = ['kg', 'ask', 'allies', '--actor', 'uca']\n"
        f"atexit.register(pathlib.Path({str(done)!r}).touch); main()"
    )
    line = f"{shlex.quote(sys.executable)} -c {shlex.quote(run)} {redirected}"
    ended = subprocess.run(line, shell=True, env=environment(KG_DATA=str(WORLD)), capture_output=True, text=True)

    assert (code, True) == (ended.returncode, done.exists())


def complete(words: str, **env: str) -> list[str]:
    """What bash is offered for the last word."""
    parts = shlex.split(words)
    asked = {"_KG_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(parts) - 1), **env}
    return [line for line in kg(data=None, env=asked).stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("kg as", ["ask"]),
        ("kg ask all", ["allies"]),
        ("kg ask allies --act", ["--actor"]),
        ("kg ask allies --actor UC", ["UCA"]),
        ("kg ask allies --actor helf", ["helfen"]),
        ("kg ask allies --actor Green", [r"Green\ Bridge"]),
        ("kg ask allies --country mon", ["montea"]),
        ("kg ask allies --type peas", ["peasant-union"]),
        ("kg show ley-t", ["ley-tierra"]),
        ("kg export --to n", ["nt", "nq"]),
        ("kg --lang e", ["en", "es"]),
        ("kg view p", ["power-interest"]),
        ("kg view --dep", ["--depth"]),
        ("kg view --country Mon", [r"Montéa"]),
        ("kg view matrix --instr", ["--instrument"]),
        (f"kg --data {shlex.quote(str(WORLD))} ask allies --actor helf", ["helfen"]),
        ("kg --data nowhere ask allies --actor helf", []),
    ],
)
def test_the_shell_completes_commands_questions_options_and_names(words: str, offered: list[str]) -> None:
    assert offered == complete(words, KG_DATA=str(WORLD), KG_LANG="en")


def test_a_shell_that_completes_runs_kg_as_a_process() -> None:
    asked = {"_KG_COMPLETE": "complete_bash", "COMP_WORDS": "kg ask allies --actor UC", "COMP_CWORD": "4"}

    assert "UCA" == process(**asked, KG_DATA=str(WORLD), KG_LANG="en").stdout.strip()


def test_the_completion_script_can_be_shown() -> None:
    assert "complete -o default -F _kg_completion kg" in process("--show-completion", "bash").stdout


def test_quads_come_through_standard_input_as_well() -> None:
    line = '<https://example.org/a> <https://example.org/b> "c, <d> ."@en <https://example.org/g> .\n'
    done = process(
        "--data",
        "-",
        "sparql",
        "SELECT ?g WHERE { GRAPH ?g { <https://example.org/a> ?p ?o } }",
        "--format",
        "tsv",
        text=line,
    )

    assert "g\nhttps://example.org/g\n" == done.stdout
