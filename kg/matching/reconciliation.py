"""A client of reconciliation services, which say what names may stand for in a catalogue such as Wikidata.

Only what is asked for is sent: names, in parts, to the one address that the caller gives. Source: Reconciliation Service
API, version 0.2 (W3C Entity Reconciliation Community Group, 2023); its services that speak 0.1 answer the same questions.
"""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import InputError

__all__ = ["Found", "Service"]

_PART = 10
"""So many names go with one question where a service does not say how many it takes."""
_LONGEST = 20_000_000
"""No answer is longer than so many bytes."""
_TIMEOUT = 30.0


@dataclass(frozen=True)
class Found:
    """What a service thinks that a name may stand for."""

    id: str
    """Its address where the service says how ids become addresses, else the id as it is."""
    name: str
    types: tuple[str, ...]
    description: str
    score: float
    """In the service's own measure."""
    sure: bool
    """Whether the service itself would take it without asking."""


class Service:
    """A reconciliation service; raises InputError where there is none or its answers cannot be understood."""

    def __init__(self, address: str, timeout: float = _TIMEOUT) -> None:
        if urllib.parse.urlsplit(address).scheme not in ("http", "https"):
            raise InputError(f"--reconcile {address!r}: no address of a service; it begins with https://")
        self.address, self.timeout = address, timeout
        manifest = self._asked(None)
        if not isinstance(manifest, dict) or not all(isinstance(manifest.get(k), str) for k in ("name", "identifierSpace")):
            raise self._wrong("does not describe itself as a reconciliation service (name, identifierSpace)")
        versions = manifest.get("versions")
        if isinstance(versions, list) and versions and not {"0.1", "0.2"} & set(map(str, versions)):
            raise self._wrong(f"speaks version {', '.join(map(str, versions))} only; kg speaks 0.2")
        self.name: str = manifest["name"]
        self.space: str = manifest["identifierSpace"]
        view = manifest.get("view")
        self.view = str(view.get("url", "")) if isinstance(view, dict) else ""
        size = manifest.get("batchSize")
        self.part = size if isinstance(size, int) and 0 < size <= 1000 else _PART

    def _wrong(self, what: str) -> InputError:
        return InputError(f"{self.address}: {what}; check the address, or ask who runs it")

    def _asked(self, queries: dict[str, Any] | None) -> Any:
        """What the service answers, to its manifest being fetched or to queries."""
        data = None if queries is None else urllib.parse.urlencode({"queries": json.dumps(queries)}).encode()
        request = urllib.request.Request(  # noqa: S310  # the scheme is checked above
            self.address, data=data, headers={"Accept": "application/json", "User-Agent": "kg (reconciliation client)"}
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                raw = answer.read(_LONGEST + 1)
        except urllib.error.HTTPError as error:
            raise self._wrong(f"answers with error {error.code} ({error.reason})") from None
        except TimeoutError:
            raise self._wrong(f"did not answer within {self.timeout:g} seconds") from None
        except urllib.error.URLError as error:
            late = isinstance(error.reason, TimeoutError)
            what = f"did not answer within {self.timeout:g} seconds" if late else f"cannot be reached ({error.reason})"
            raise self._wrong(what) from None
        except (OSError, http.client.HTTPException) as error:
            raise self._wrong(f"broke off its answer ({error})") from None
        if len(raw) > _LONGEST:
            raise self._wrong(f"answers with more than {_LONGEST:,} bytes")
        try:
            return json.loads(raw)
        except (ValueError, RecursionError):
            raise self._wrong("does not answer with JSON") from None

    def address_of(self, key: str) -> str:
        """The address of an entity; its id where the service does not say how it becomes one."""
        if "://" in key:
            return key
        if self.space.endswith(("/", "#")):
            return self.space + urllib.parse.quote(key, safe="/:")
        return self.view.replace("{{id}}", urllib.parse.quote(key, safe="/:")) if "{{id}}" in self.view else key

    def found(self, names: Sequence[str], most: int = 3) -> Iterator[list[Found]]:
        """What each name may stand for, the best first, at most `most` of each."""
        for at in range(0, len(names), self.part):
            part = names[at : at + self.part]
            answer = self._asked({f"q{n}": {"query": name, "limit": most} for n, name in enumerate(part)})
            for n in range(len(part)):
                one = answer.get(f"q{n}") if isinstance(answer, dict) else None
                if not isinstance(one, dict) or not isinstance(one.get("result"), list):
                    raise self._wrong(f"gives no result for {part[n]!r}")
                found = [self._read(r) for r in one["result"]]
                yield sorted(found, key=lambda f: -f.score)[:most]

    def _read(self, result: Any) -> Found:
        try:
            types = tuple(str(t.get("name") or t["id"]) if isinstance(t, dict) else str(t) for t in result.get("type") or ())
            return Found(
                self.address_of(str(result["id"])), str(result["name"]), types, str(result.get("description") or ""),
                float(result["score"]), result.get("match") is True,
            )  # fmt: skip
        except (KeyError, TypeError, ValueError, AttributeError):
            raise self._wrong("gives a result without id, name or score") from None
