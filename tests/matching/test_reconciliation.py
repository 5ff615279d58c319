"""A reconciliation service is asked for what is not private, in parts, and what goes wrong there is told in one line.

Shapes of manifest, queries and results: Reconciliation Service API 0.2 (W3C Entity Reconciliation Community Group).
"""

from __future__ import annotations

import json
import threading
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.formats.decisions import read_decisions
from kg.matching.reconciliation import Service
from tests.cli.running import kg as run

MANIFEST = {
    "versions": ["0.2"],
    "name": "Catalogue",
    "identifierSpace": "https://example.org/id/",
    "schemaSpace": "https://x/",
}
HITS = {
    "Green Bridge": [
        {"id": "Q2", "name": "Green Bridges", "score": 40, "match": False, "type": ["ngo"]},
        {"id": "Q1", "name": "Green Bridge", "score": 99.5, "match": True, "type": [{"id": "t", "name": "NGO"}],
         "description": "of Montea"},
    ]
}  # fmt: skip


class Stub(BaseHTTPRequestHandler):
    manifest: Any = MANIFEST
    asked: list[list[str]] = []  # noqa: RUF012  # a new one for each server
    raw: bytes | None = None
    status = 200

    def answer(self, content: Any) -> None:
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.raw if self.raw is not None else json.dumps(content).encode())

    def do_GET(self) -> None:
        self.answer(self.manifest)

    def do_POST(self) -> None:
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        queries = json.loads(form["queries"][0])
        self.asked.append([q["query"] for q in queries.values()])
        self.answer({key: {"result": HITS.get(q["query"], [])} for key, q in queries.items()})

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def stub() -> Iterator[tuple[str, type[Stub]]]:
    """The address of a service on this machine, and what answers there."""
    kind = type("One", (Stub,), {"asked": []})
    server = HTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", kind
    server.shutdown()
    thread.join()
    server.server_close()


def test_names_go_in_parts_and_come_back_best_first_with_their_address(stub: tuple[str, type[Stub]]) -> None:
    address, kind = stub
    kind.manifest = {**MANIFEST, "batchSize": 2}
    found = list(Service(address).found(["Green Bridge", "Nobody", "Third"]))

    assert [["Green Bridge", "Nobody"], ["Third"]] == kind.asked
    assert [2, 0, 0] == [len(f) for f in found]
    first = found[0][0]
    assert ("https://example.org/id/Q1", 99.5, True, ("NGO",), "of Montea") == (
        first.id, first.score, first.sure, first.types, first.description,
    )  # fmt: skip


def test_ids_become_addresses_as_the_service_says(stub: tuple[str, type[Stub]]) -> None:
    address, kind = stub
    kind.manifest = {**MANIFEST, "identifierSpace": "urn:x", "view": {"url": "https://example.org/see/{{id}}"}}
    seen = Service(address)
    kind.manifest = {**MANIFEST, "identifierSpace": "urn:x"}

    assert ("https://example.org/see/a%20b", "a b") == (seen.address_of("a b"), Service(address).address_of("a b"))


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no manifest": ({"manifest": {"title": "x"}}, "does not describe itself as a reconciliation service"),
    "another version": ({"manifest": {**MANIFEST, "versions": ["9.9"]}}, r"speaks version 9\.9 only"),
    "no JSON": ({"raw": b"<html>"}, "does not answer with JSON"),
    "an error": ({"status": 503}, "answers with error 503"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_service_is_told_in_one_line(stub: tuple[str, type[Stub]], name: str) -> None:
    address, kind = stub
    changes, message = WRONG[name]
    for key, value in changes.items():
        setattr(kind, key, value)
    with pytest.raises(InputError, match=message):
        Service(address)


def test_a_service_that_answers_nonsense_or_nothing_is_told(stub: tuple[str, type[Stub]]) -> None:
    address, kind = stub
    service = Service(address)
    kind.raw = b'{"q0": {"result": [{"id": 1}]}}'
    with pytest.raises(InputError, match="a result without id, name or score"):
        list(service.found(["x"]))
    kind.raw = b"[]"
    with pytest.raises(InputError, match="gives no result for 'x'"):
        list(service.found(["x"]))
    with pytest.raises(InputError, match="cannot be reached"):
        Service("http://127.0.0.1:9/")
    with pytest.raises(InputError, match="no address of a service"):
        Service("file:///etc/hosts")


def test_a_service_that_does_not_answer_is_given_up(stub: tuple[str, type[Stub]]) -> None:
    address, kind = stub
    waiting = threading.Event()
    kind.do_GET = lambda _: waiting.wait(5)  # type: ignore[assignment]
    with pytest.raises(InputError, match=r"did not answer within 0\.1 seconds"):
        Service(address, timeout=0.1)
    waiting.set()


ACTORS = (
    "id,kind,type,name_en,status,confidence,private\n"
    "green,organization,ngo,Green Bridge,stated,high,\nhidden,organization,ngo,Secret Circle,stated,high,true\n"
)


def test_the_command_lists_what_was_found_and_private_names_stay_here(tmp_path: Path, stub: tuple[str, type[Stub]]) -> None:
    address, kind = stub
    (tmp_path / "actors.csv").write_text(ACTORS)
    result = run("match", "--reconcile", address, "--format", "json", data=tmp_path)
    rows = json.loads(result.stdout)

    assert [["Green Bridge"]] == kind.asked
    assert [("green", "https://example.org/id/Q1", "yes"), ("green", "https://example.org/id/Q2", "")] == [
        (r["id"], r["found"], r["sure"]) for r in rows
    ]
    assert f"Catalogue: 1 names are sent to {address}; 1 private ones stay here" in result.stderr


def test_what_was_found_can_be_decided_on(tmp_path: Path, stub: tuple[str, type[Stub]]) -> None:
    (tmp_path / "actors.csv").write_text(ACTORS)
    result = run("match", "--reconcile", stub[0], "--ask", "--by", "Ana", data=tmp_path, text="s\nd\n")
    decisions = read_decisions(tmp_path / "matches.csv")

    assert 0 == result.exit_code
    assert [
        ("green", "https://example.org/id/Q1", "same", "99.5"),
        ("green", "https://example.org/id/Q2", "different", "40"),
    ] == [(d.a, d.b, d.decision, d.score) for d in decisions]
