"""Robustness, told: what holds in most draws, what does not, and what to verify first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.analysis.cases.answers import Answer
from kg.analysis.cases.comparison_report import told
from kg.analysis.cases.margins import Margin
from kg.analysis.cases.model import Case
from kg.analysis.cases.report import Measured, Report, Table, Tested
from kg.analysis.cases.robust import Robustness
from kg.analysis.cases.wording import Sentences
from kg.formats.labels import label

__all__ = ["with_robustness", "without_draws"]


_HALF = 0.98
"""Half of the 95 % interval of a share of one half, times the square root of the number of draws: 1.96 standard errors of 0.5."""
_NAMED = 3
"""Names that a sentence and a cell list before they count the rest; the table has all ids in columns of their own."""
_NOTABLE = 0.1
"""An effect below it is not told in a sentence: with some hundred draws chance makes as much."""


def with_robustness(report: Report, case: Case, found: Robustness) -> Report:
    """The report of an analysis with its answers put to the test: a table `robustness`, sentences, and what was assumed."""
    say, words = Sentences("robust", case.lang), Sentences("what-if", case.lang)
    rows, iris = [], []
    for tested in found.tested:
        hinge = tested.hinge
        rows.append(
            (
                _question(found, tested.question, words),
                _short(tested.answer, case, words, say, most=_NAMED),
                tested.share,
                _short(tested.other, case, words, say, most=_NAMED, other=True) if tested.other_share else "",
                tested.other_share,
                _margin(tested.margin, say),
                tuple(
                    say("opposite", coding=coding.label) if coding.key in tested.margin.turned else coding.label
                    for coding in tested.margin.codings
                ),
                hinge.coding.label if hinge else "",
                hinge.effect if hinge else None,
                _actors(tested.answer),
                _actors(tested.other) if tested.other_share else (),
            )
        )
        named = [*tested.margin.codings, *([hinge.coding] if hinge else [])]
        iris.append(tuple(dict.fromkeys(coding.iri for coding in named if coding.iri)))
    columns = ("question", "answer", "share", "other", "other_share", "margin", "changes", "hinge", "effect")
    table = Table.of(say, "robustness", (*columns, "answer_actors", "other_actors"), rows, iris, brief=columns)
    return replace(
        report,
        sentences=(*report.sentences, *_sentences(case, found, say, words)),
        tables=(*report.tables, table),
        remarks=(*report.remarks, *_remarks(found, say)),
        results=(*report.results, *_results(found, case, say, words)),
        assumed={**report.assumed, **_assumed(found)},
        figures={**report.figures, "robustness": {"draws": found.draws, "seed": found.seed, "codings": found.codings}},
    )


def without_draws(report: Report, case: Case) -> Report:
    """The report as it is, with the remark that Ctrl-C came before any draw was done."""
    return replace(report, remarks=(*report.remarks, Sentences("robust", case.lang)("stopped.before")))


def _results(found: Robustness, case: Case, say: Sentences, words: Sentences) -> Iterator[Measured]:
    """The share of draws in which each answer holds, with its margin and what it hangs on."""
    for tested in found.tested:
        question = _question(found, tested.question, words)
        answer = "" if _grouped(tested.answer) else _short(tested.answer, case, words, say)
        hinge = tested.hinge.coding.iri if tested.hinge else ""
        place = tested.question.partition(".")[0] if found.analysis == "what-if" else ""
        yield Measured(
            "",
            "answer-share",
            round(tested.share, 9),
            scenario=str(found.scenarios[int(place) - 1]) if place else "",
            tested=Tested(tested.question, question, answer, tested.margin.low, tested.margin.high, hinge),
        )


def _assumed(found: Robustness) -> dict[str, str]:
    """How draws were made: how many, from which seed, and what each level of confidence stood for."""
    levels = {"probability": found.probabilities, "reversal": found.reversals}
    told = {name: "; ".join(f"{k} {v:g}" for k, v in sorted(given.items())) for name, given in levels.items() if given}
    return {"robust": str(found.draws), "seed": str(found.seed), **told}


def _question(found: Robustness, question: str, words: Sentences) -> str:
    """A question in words; of a scenario with its name and the analysis."""
    if found.analysis != "what-if":
        return words(f"question.{found.analysis}.{question}")
    place, analysis, asked = question.split(".", 2)
    told = words("asked", analysis=words(f"analysis.{analysis}"), question=words(f"question.{analysis}.{asked}"))
    scenario = found.scenarios[int(place) - 1].name or (words("column.changed") if len(found.scenarios) > 1 else "")
    return f"{scenario}, {told}" if scenario else told


def _short(answer: Answer, case: Case, words: Sentences, say: Sentences, *, most: int = 0, other: bool = False) -> str:
    """An answer in words, at most so many names of it if `most` is not 0, groups of actors left to the tables above."""
    if _grouped(answer):
        return say("another" if other else "above")
    return told(answer, [case], words, most)


def _actors(answer: Answer) -> tuple[str, ...]:
    """The ids of an answer that is actors, those of groups in a text for each."""
    if not isinstance(answer, tuple):
        return ()
    return tuple(entry if isinstance(entry, str) else ", ".join(entry) for entry in answer)


def _grouped(answer: Answer) -> bool:
    """Whether an answer is groups of actors, which the other results tell one by one."""
    return isinstance(answer, tuple) and bool(answer) and isinstance(answer[0], tuple)


def _margin(margin: Margin, say: Sentences) -> str:
    if margin.high is None:
        return say("margin.least", n=margin.low)
    if margin.low == margin.high:
        return say("margin.exact", n=margin.low)
    return say("margin.between", low=margin.low, high=margin.high)


def _sentences(case: Case, found: Robustness, say: Sentences, words: Sentences) -> Iterator[str]:
    for tested in found.tested:
        answer = _short(tested.answer, case, words, say, most=_NAMED)
        question = _question(found, tested.question, words)
        share, rest = say.number(100 * tested.share, 1), say.number(100 * tested.other_share, 1)
        if tested.other_share > tested.share:
            other = _short(tested.other, case, words, say, most=_NAMED, other=True)
            yield say("holds-less", question=question, answer=answer, share=share, other=other, rest=rest)
        else:
            yield say("holds", question=question, answer=answer, share=share)
    hinges = [t.hinge for t in found.tested if t.hinge and abs(t.hinge.effect) >= _NOTABLE]
    if hinges:
        most = max(hinges, key=lambda hinge: abs(hinge.effect))
        yield say("verify", coding=most.coding.label, effect=say.number(100 * abs(most.effect), 0))


def _remarks(found: Robustness, say: Sentences) -> Iterator[str]:
    levels = _levels(found.probabilities, say, surest_first=True)
    yield say("draws", n=found.draws, seed=found.seed, codings=found.codings, levels=levels or "1")
    yield say("precision", n=round(_HALF * 100 / math.sqrt(found.draws)))
    if found.reversals:
        yield say("reversed", levels=_levels(found.reversals, say))
    if found.stopped:
        yield say(f"stopped.{found.stopped.replace(' ', '-')}")
    yield say("independent")


def _levels(given: Mapping[str, float], say: Sentences, *, surest_first: bool = False) -> str:
    """Levels of confidence by name, each with its probability."""
    ordered = sorted(given.items(), key=lambda entry: entry[1], reverse=surest_first)
    return ", ".join(f"{label('confidence', level, say.lang).lower()} {say.number(value)}" for level, value in ordered)
