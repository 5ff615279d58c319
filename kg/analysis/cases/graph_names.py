"""What the words of a scenario mean in the graph that a case comes from."""

from __future__ import annotations

from collections.abc import Mapping

from kg.analysis.cases.model import Case, Interval
from kg.errors import InputError, NotFoundError, near_names
from kg.graph import Graph
from kg.questions.describe import Describer
from kg.questions.names import resolve
from kg.vocabulary import concept_lists
from kg.vocabulary import kg as term

__all__ = ["GraphNames"]


class GraphNames:
    """Names of actors, issues and instruments as everywhere in kg; stances and relation types by id or name."""

    def __init__(self, graph: Graph, case: Case, lang: str) -> None:
        self.graph, self.case = graph, case
        self.describer = Describer(graph, lang)

    def actor(self, name: str, where: str) -> str:
        """The id of an actor of the case; raises NotFoundError, AmbiguousError, or InputError for one that was not selected."""
        key = self.describer.identifier(resolve(self.graph, name, "actor", where)[1:-1])
        if key not in {actor.id for actor in self.case.actors}:
            raise InputError(f"{where} {name!r}: not among the selected actors; leave out --country or name another")
        return key

    def matter(self, name: str, where: str) -> tuple[str, str]:
        """(id, name) of what a position is on."""
        for kind in ("instrument", "issue"):
            try:
                iri = resolve(self.graph, name, kind, where)[1:-1]
            except NotFoundError:
                continue
            return self.describer.identifier(iri), self.describer.label(iri)
        raise NotFoundError(
            f"{where} {name!r}: there is no issue or instrument of that name; kg find {name!r} looks for parts of it"
        )

    def stance(self, word: str, where: str) -> tuple[str, int | None, Interval | None]:
        """(id, sign, interval) of a stance, by its id or its name in the language of the case."""
        key, iri = self._concept("stance", word, where)
        sign, low, high = (self.describer.one(iri, term(name)) for name in ("stanceSign", "stanceLow", "stanceHigh"))
        return key, int(sign) if sign else None, (float(low), float(high)) if low and high else None

    def relation(self, word: str, where: str) -> tuple[str, int, bool]:
        """(id, sign, whether directed) of a relation type."""
        key, iri = self._concept("relation", word, where)
        sign = self.describer.one(iri, term("sign")).rpartition("/")[2]
        mutual = self.describer.one(iri, term("direction")).endswith("/mutual")
        return key, {"positive": 1, "negative": -1}.get(sign, 0), not mutual

    def _concept(self, kind: str, word: str, where: str) -> tuple[str, str]:
        known: Mapping[str, str] = concept_lists()[kind]
        named = {self.describer.label(iri).casefold(): key for key, iri in known.items()}
        key = word if word in known else named.get(word.casefold(), "")
        if not key:
            raise InputError(f"{where} {word!r}: there is no such {kind}; {near_names(word, known)}")
        return key, known[key]
