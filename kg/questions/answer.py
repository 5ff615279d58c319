"""Answers: rows with named, typed columns, each row with what it rests on."""

from __future__ import annotations

import functools
import json
from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, overload

import pyoxigraph as ox

from kg.questions.describe import Describer, Evidence, Thing
from kg.questions.head import Question
from kg.vocabulary import CONCEPT, expand
from kg.wording import number_in, series

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Answer", "Thing", "Value", "plain"]

_LABEL = ox.NamedNode(expand("skos:prefLabel"))

Value = Thing | tuple[Thing, ...] | str | int | Decimal | bool | None
"""A cell: a thing, several things, a text, a number, a truth value, or nothing."""


def plain(value: Value) -> Any:
    """A cell as JSON has it: labels for things, lists for several, numbers as they are."""
    if isinstance(value, Thing):
        return value.label
    if isinstance(value, tuple):
        return [v.label for v in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


@functools.cache
def _row_type(question: str, columns: tuple[str, ...]) -> Any:
    """The named tuple of a question's rows; made once, since making a type takes longer than many a query."""
    return namedtuple(question.replace("-", "_").title(), columns)


class Answer(Sequence[Any]):
    """The rows of a question, in their total order.

    A row is a named tuple: `row.actor` is a `Thing` with `.label`, `.id` and `.iri`; `row.evidence` holds the facts that the
    row rests on, and `answer.why(row)` the passages behind them.
    """

    def __init__(
        self,
        question: Question,
        columns: Sequence[str],
        rows: Sequence[Sequence[Value]],
        describer: Describer,
        why_empty: Callable[[], str] = str,
    ) -> None:
        self.question = question
        self.columns = tuple(columns)
        make = _row_type(question.name, self.columns)._make
        self.rows = [make(r) for r in rows]
        self.describer = describer
        self._why_empty = why_empty

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    @functools.cached_property
    def note(self) -> str:
        """Where the answer is empty: whether the source says there is none, something holds at other dates, or nothing is known."""
        return "" if self.rows else self._why_empty()

    def heading(self, column: str) -> str:
        """The title of a column in the language of the answer."""
        return self.describer.text(f"{CONCEPT}column/{column}", _LABEL) or column.replace("_", " ")

    def why(self, row: Any) -> list[Evidence]:
        """The passages that a row rests on, each with status, confidence and whose view it is."""
        facts = row.evidence if "evidence" in self.columns else ()
        return [item for fact in facts for item in fact.evidence]

    def passages(self, row: Any) -> list[str]:
        """Ids of the passages that a row rests on, each once, in the order of its facts."""
        facts = row.evidence if "evidence" in self.columns else ()
        return list(dict.fromkeys(p for fact in facts for p in self.describer.passages(fact.iri)))

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dictionary per row, keyed by the column names; `evidence` holds a list of passages."""
        records = []
        for row in self.rows:
            record = dict(zip(self.columns, map(plain, row), strict=True))
            if "evidence" in self.columns:
                record["evidence"] = [e.as_dict() for e in self.why(row)]
            records.append(record)
        return records

    def to_json(self) -> str:
        """The rows as a JSON list of objects keyed by the column names."""
        return json.dumps(self.to_dicts(), ensure_ascii=False, indent=1)

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas frame; `evidence` holds the ids of the facts.

        Raises InputError where pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            from kg.errors import InputError

            raise InputError("to_pandas: pandas is not installed; `pip install pandas`") from None
        return pd.DataFrame([self._cells(row) for row in self.rows], columns=list(self.columns))

    def _cells(self, row: Any) -> list[Any]:
        cells = [plain(v) for v in row]
        if "evidence" in self.columns:
            cells[self.columns.index("evidence")] = [f.id for f in row.evidence]
        return cells

    def _repr_html_(self) -> str:
        from html import escape  # only notebooks ask for it

        heads = "".join(f"<th>{escape(self.heading(c))}</th>" for c in self.columns)
        body = []
        for row in self.rows:
            cells = (self._told(c) for c in self._cells(row))
            body.append("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in cells) + "</tr>")
        if self.note:
            body.append(f'<tr><td colspan="{len(self.columns)}">{escape(self.note)}</td></tr>')
        caption = escape(self.question.text[self.describer.lang])
        return f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table>"

    def _told(self, cell: Any) -> str:
        lang = self.describer.lang
        if isinstance(cell, list):
            return series(cell, lang)
        return "" if cell is None else number_in(cell, lang) if isinstance(cell, float) else str(cell)

    def __repr__(self) -> str:
        return f"<Answer to {self.question.name!r}: {len(self)} rows, columns {', '.join(self.columns)}>"
