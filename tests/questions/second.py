"""rdflib as second engine: it parses a question once, which takes longer than all its answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import rdflib
from pyparsing import ParserElement
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.util import from_n3

from kg.questions.head import Question

__all__ = ["Prepared"]


class Prepared:
    """A question as rdflib has it, whose `VALUES` blocks can be filled without parsing the text again."""

    def __init__(self, question: Question) -> None:
        ParserElement.disable_memoization()  # matplotlib turns it on for every parser; rdflib's then takes twice as long
        self.query: Query = prepareQuery(question.fill({}))
        self._blocks: list[CompValue] = []
        traverse(self.query.algebra, visitPre=self._see)

    def _see(self, part: object) -> None:
        if (
            isinstance(part, CompValue)
            and part.name == "values"
            and ["UNDEF"] == [str(v) for r in part.res for v in r.values()]
        ):
            self._blocks.append(part)

    @contextmanager
    def filled(self, terms: Mapping[str, Sequence[str]]) -> Iterator[Query]:
        """Within it the query holds the terms, as `Question.fill` puts them into the text."""
        kept = [block.res for block in self._blocks]
        for block in self._blocks:
            (variable,) = block.res[0]
            if given := terms.get(str(variable)):
                block["res"] = [{variable: from_n3(term)} for term in given]
        try:
            yield self.query
        finally:
            for block, res in zip(self._blocks, kept, strict=True):
                block["res"] = res

    def rows(self, graph: rdflib.Graph, terms: Mapping[str, Sequence[str]]) -> list[list[object]]:
        """The rows with the terms filled in."""
        with self.filled(terms) as query:
            return [list(row) for row in graph.query(query)]  # type: ignore[arg-type]  # a SELECT gives rows
