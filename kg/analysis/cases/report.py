"""What an analysis tells people: sentences, tables, remarks and the line on the facts used; printed by `kg.cli.analysis`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kg.analysis.cases.wording import Sentences
from kg.formats.labels import label

__all__ = ["Measured", "Report", "Table", "Tested", "Value", "heading"]

Value = str | int | float | bool | tuple[str, ...] | None
"""A cell: text, number, truth value, several texts, or nothing."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a report.

    name      what `--table` calls it, and its key in JSON
    title     a line above it, for people
    columns   names, which are the header in CSV and the keys in JSON; `headings` are their titles for people
    rows      values in the order of the columns; several texts in one cell are a tuple
    evidence  per row the IRIs of the facts that it rests on, for `--why`; empty where rows rest on no single fact
    grouped   True where equal cells in the first column are one group
    hidden    True for a table that people get only when they ask for it
    first     how many rows people get unless they ask for the table; all where 0
    brief     names of the columns that people get unless they ask for the table; all where empty
    main      True for the one that CSV and TSV hold unless another is asked for
    """

    name: str
    title: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    evidence: tuple[tuple[str, ...], ...] = ()
    grouped: bool = False
    hidden: bool = False
    first: int = 0
    brief: tuple[str, ...] = ()
    main: bool = False

    @classmethod
    def of(
        cls,
        say: Sentences,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Value]],
        evidence: Sequence[Sequence[str]] = (),
        *,
        grouped: bool = False,
        hidden: bool = False,
        first: int = 0,
        brief: Sequence[str] = (),
        main: bool = False,
    ) -> Table:
        """A table whose title is the sentence `table.NAME` of a topic; headings are `column.COLUMN` of the topic or of the common
        ones, else the label of the measure of that name."""
        headings = (heading(say, column) for column in columns)
        return cls(
            name,
            say(f"table.{name}"),
            tuple(columns),
            tuple(headings),
            tuple(map(tuple, rows)),
            tuple(map(tuple, evidence)),
            grouped,
            hidden,
            first,
            tuple(brief),
            main,
        )

    def shortened(self) -> Table:
        """The table as people get it unless they ask for it: its first rows, and the columns that say most."""
        count = self.first or len(self.rows)
        places = [n for n, column in enumerate(self.columns) if not self.brief or column in self.brief]
        return replace(
            self,
            columns=tuple(self.columns[n] for n in places),
            headings=tuple(self.headings[n] for n in places),
            rows=tuple(tuple(row[n] for n in places) for row in self.rows[:count]),
            evidence=self.evidence[:count],
        )


@dataclass(frozen=True, slots=True)
class Tested:
    """What was put to the test by draws of the codings, where the value is the share of draws in which it holds.

    key         names the answer among those of an analysis
    question    in words
    answer      from the facts as coded, in words; empty where the other results tell it
    low, high   the fewest codings that have to change for another answer; `high` is None where no set of them is known
    hangs_on    IRI of the fact on whose coding it hangs most; empty where none is clear
    """

    key: str
    question: str
    answer: str
    low: int
    high: int | None
    hangs_on: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """One value that an analysis found.

    actor     id of the actor that it is of; empty where it is of a relation or of everything selected
    measure   id of what was measured, a concept of the ontology
    towards   id of the other actor where it is about two
    relation  IRI of the relation that it is of
    scenario  in which it was found; empty for facts as they are
    tested    the answer that was put to the test, where the value says how well it holds
    """

    actor: str
    measure: str
    value: float
    towards: str = ""
    relation: str = ""
    scenario: str = ""
    tested: Tested | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of an analysis, told.

    analysis   name of the command, and id of the analysis in the ontology where it has results
    sentences  the answer, one sentence each, the most important first
    tables     CSV and TSV hold the main one, or the first, unless another is asked for
    remarks    what a reader should know before using it
    facts      the line on the facts used
    figures    name to plain value, for JSON: what the sentences say in numbers
    results    what can be written back as RDF: one value per measure and actor, pair of actors, or relation
    contradicting  IRIs of the relations that go against a split into camps, likewise
    assumed    name to text of what was given in files, and how draws were made, kept with the results beside the options
    """

    analysis: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    remarks: tuple[str, ...] = ()
    facts: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)
    results: tuple[Measured, ...] = ()
    contradicting: tuple[str, ...] = ()
    assumed: Mapping[str, str] = field(default_factory=dict)


def heading(say: Sentences, column: str) -> str:
    """The title of a column: a sentence of the topic, a common one, or the label of a measure in the ontology."""
    for topic in (say, Sentences("facts", say.lang)):
        if f"column.{column}" in topic:
            return topic(f"column.{column}")
    return label("measure", column.replace("_", "-"), say.lang)
