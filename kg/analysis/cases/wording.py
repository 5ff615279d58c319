"""What analyses say to people, in the languages of kg: sentences from `kg/analysis/sentences/`, and the line on the facts used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg import wording

if TYPE_CHECKING:
    from kg.analysis.cases.model import Case, CaseTie

__all__ = ["Sentences", "facts_line", "listed", "number", "stopped_line", "topics"]

_FOLDER = Path(__file__).parent.parent / "sentences"
_FACTS = ("ties", "positions", "assessments")


def topics() -> list[str]:
    """The names of all files of sentences."""
    return sorted(path.stem for path in _FOLDER.glob("*.json"))


class Sentences(wording.Sentences):
    """The sentences of one topic in one language.

    >>> Sentences("facts", "en")("ties", n=1)
    '1 tie'
    """

    def __init__(self, topic: str, lang: str) -> None:
        super().__init__(_FOLDER / f"{topic}.json", lang)

    def number(self, value: float, digits: int = 3) -> str:
        """A number for people, as `number` has it, in the language of the sentences."""
        return number(value, self.lang, digits)


def number(value: float, lang: str, digits: int = 3) -> str:
    """A number for people: whole ones as they are, others to some digits after the point, which is that of the language.

    >>> number(2.0, "en"), number(1 / 3, "en"), number(1 / 3, "es", 1), number(9.8, "en", 0)
    ('2', '0.333', '0,3', '10')
    """
    value = round(value, digits) + 0.0  # nothing is no less than nothing: -0.0 becomes 0.0
    text = f"{value:.{digits}f}".rstrip("0") if value % 1 else str(int(value))
    return wording.number_in(text, lang, grouped=False)


def listed(names: Sequence[str], lang: str, most: int = 0) -> str:
    """Names as people list them: `A, B and C`; with `most`, the rest is counted.

    >>> listed(["A", "B", "C"], "en")
    'A, B and C'
    """
    say = Sentences("facts", lang)
    if most and len(names) > most + 1:
        names = [*names[:most], say("others", n=len(names) - most)]
    if len(names) < 2:
        return "".join(names)
    return say("and", first=", ".join(names[:-1]), last=names[-1])


def stopped_line(reason: str, lang: str) -> str:
    """That a search ended early, and why: "time limit" or "interrupted".

    >>> stopped_line("interrupted", "en")
    'The search was interrupted: this is the best answer so far.'
    """
    return Sentences("facts", lang)(f"stopped.{reason.replace(' ', '-')}")


def facts_line(case: Case, used: Iterable[str] = ("ties",), *, signed: bool = False, dimensions: Sequence[str] = ()) -> str:
    """One line on the facts of a case that an analysis used: counts by status, date, selection, what was left out and why.

    `used` names the kinds that it used: ties, positions, assessments. What only says to which category an actor belongs is told as
    left out, and with `signed` so are ties without a sign; of assessments those of `dimensions` are counted, or all.
    """
    say = Sentences("facts", case.lang)
    kinds = [kind for kind in _FACTS if kind in set(used)]
    counted = [say("actors", n=len(case.actors))]
    for kind in kinds:
        if kind == "ties":
            counted.append(
                _ties(
                    [t for t in case.ties if (t.sign or not signed) and not t.classifies], say, dated=bool(case.facts.as_of)
                )
            )
        elif kind == "assessments":
            counted.append(say(kind, n=sum(not dimensions or a.dimension in dimensions for a in case.assessments)))
        else:
            counted.append(say(kind, n=len(case.positions)))
    asked = [*case.facts.asked, *([case.facts.of_types] if case.facts.of_types and "ties" in kinds else [])]
    parts = [*asked, say("as-of", date=case.facts.as_of) if case.facts.as_of else say("any-date")]
    line = say("used", facts=wording.series([", ".join(counted), *parts], say.lang))
    left: dict[str, int] = {}
    for item in case.facts.left_out:
        if f"{item.kind}s" in kinds:
            left[item.reason] = left.get(item.reason, 0) + item.count
    if signed and "ties" in kinds:
        left["unsigned"] = sum(not t.sign and not t.classifies for t in case.ties)
    if "ties" in kinds:
        left["classifying"] = sum(t.classifies for t in case.ties)
    told = [say(f"left.{reason}", n=count) for reason, count in left.items() if count]
    return line + (" " + say("left-out", reasons=", ".join(told)) if told else "")


def _ties(ties: Sequence[CaseTie], say: Sentences, *, dated: bool) -> str:
    """Ties by status and, where a date was asked for, how many have none of their own."""
    own = [t for t in ties if not t.inherited]
    statuses = {status: sum(t.status == status for t in own) for status in ("stated", "inferred", "estimated")}
    statuses["inherited"] = len(ties) - len(own)
    told = [", ".join(say(f"status.{status}", n=count) for status, count in statuses.items() if count)]
    undated = sum(not t.start and not t.end for t in own)
    if dated and undated:
        told.append(say("status.undated", n=undated))
    return say("ties", n=len(ties)) + (f" ({wording.series(told, say.lang)})" if ties else "")
