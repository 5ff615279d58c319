"""`kg view tensions`: who stands against whom, over what, and which laws contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.graph import Graph
from kg.questions.answer import Thing
from kg.questions.head import Parameter
from kg.views.charts.answers import Answers, local, word
from kg.views.charts.catalog import View
from kg.views.charts.ladder import Pair, ladder
from kg.views.charts.page import ChartPage, Figure, KeyEntry, Table
from kg.views.charts.scene import Colour
from kg.views.charts.signs import DASHES, key_line
from kg.views.colours import SIGN_COLOURS
from kg.views.page import PAGE_LANGUAGES, Labels, text_in
from kg.wording import by_name

__all__ = ["VIEW"]

_HOSTILE = Colour(*SIGN_COLOURS[-1])
_FIRST = 100
"""Most lines at first: some four screens, which a reader still goes through."""
_COLUMNS = ("subject", "relation", "object", "issues", "keepers", "how", "status", "confidence")
_LAWS = ("law", "against", "issues", "status", "confidence")


def _page(graph: Graph, lang: str, **filters: Any) -> ChartPage:
    answers = Answers(graph, filters, lang)
    tensions = sorted((_Tension(answers, found) for found in answers.ask("tensions")), key=lambda each: each.severity)
    laws = [_Law(answers, found) for found in answers.ask("contradicting-laws")]
    figures = [_figure("tensions", word("tensions.people"), tensions)] if tensions else []
    if laws:
        figures.append(_figure("laws", word("tensions.laws"), laws))
    rows = [*(each.row for each in tensions), *(each.row for each in laws)]
    return ChartPage(
        view="tensions",
        title=word("view.tensions"),
        lang=lang,
        facts=answers.shown(len(rows), "tensions.facts"),
        help=word("tensions.help"),
        figures=tuple(figures),
        tables=(
            Table(
                id="tensions",
                title=word("tensions.people"),
                columns=answers.columns(_COLUMNS),
                rows=tuple(each.row for each in tensions),
                note=word("tensions.order") if tensions else {},
            ),
            Table(
                id="laws", title=word("tensions.laws"), columns=answers.columns(_LAWS), rows=tuple(each.row for each in laws)
            ),
        ),
        facets=answers.facets(
            rows,
            {
                "issue": "",
                "relation": "relation",
                "how": "answer",
                "country": "",
                "status": "status",
                "confidence": "confidence",
            },
        ),
        sources=answers.sources(),
    )


class _Tension:
    """One tension: its row and its place in the picture."""

    def __init__(self, answers: Answers, found: Any) -> None:
        status = answers.status(found.evidence[:1])
        keepers = answers.names(found.maintained_by)
        inherited = local(found.how.iri) == "inherited"
        strengths = [float(strength) for fact in found.evidence if (strength := answers.reader.text(fact.iri, "strength"))]
        self.severity = inherited, -max(strengths, default=0.0)
        """What is told of the two themselves first, the strongest first; else in the order of the answer."""
        self.issues = [answers.name(issue) for issue in found.issues]
        self.row = answers.row(
            f"{found.subject.id}~{local(found.relation.iri)}~{found.object.id}~{local(found.how.iri)}",
            answers.joined((found.subject, found.relation, found.object)),
            found,
            (found.subject, found.relation, found.object, found.issues, found.maintained_by, found.how),
            issue=_iris(found.issues),
            relation=(local(found.relation.iri),),
            how=(local(found.how.iri),),
            country=tuple(sorted({c for t in (found.subject, found.object) for c in answers.values(t.iri, "country")})),
        )
        self.pair = Pair(
            row=self.row.id,
            left=answers.name(found.subject),
            right=answers.name(found.object),
            between=answers.name(found.relation),
            under={lang: text.replace("{names}", keepers[lang]) for lang, text in word("tensions.keptby").items()}
            if found.maintained_by
            else {},
            label=answers.sentence(self.row, _COLUMNS),
            colour=_HOSTILE,
            mutual=local(answers.reader.text(found.relation.iri, "direction")) == "mutual",
            dash=DASHES["inferred"] if inherited or status == "inferred" else DASHES.get(status, ()),
        )


class _Law:
    """Two laws that contradict each other: their row and their place in the picture."""

    def __init__(self, answers: Answers, found: Any) -> None:
        self.issues = [answers.name(issue) for issue in found.issues]
        self.row = answers.row(
            f"{found.law.id}~{found.against.id}",
            answers.joined((found.law, found.against)),
            found,
            (found.law, found.against, found.issues),
            issue=_iris(found.issues),
            country=tuple(sorted({c for t in (found.law, found.against) for c in answers.values(t.iri, "country")})),
        )
        self.pair = Pair(
            row=self.row.id,
            left=answers.name(found.law),
            right=answers.name(found.against),
            between=word("tensions.contradicts"),
            label=answers.sentence(self.row, _LAWS),
            colour=_HOSTILE,
            dash=DASHES.get((self.row.values.get("status") or ("stated",))[0], ()),
        )


def _iris(things: Sequence[Thing]) -> tuple[str, ...]:
    return tuple(thing.iri for thing in things)


def _figure(name: str, title: Labels, found: Sequence[_Tension | _Law]) -> Figure:
    """The ladder, by issue: those over several issues stand under the first, with the others in its heading."""
    parts: dict[str, tuple[Labels, list[Pair]]] = {}
    for each in found:
        heading: Labels = word("tensions.noissue")
        if each.issues:
            heading = {lang: " · ".join(i.get(lang, i["en"]) for i in each.issues) for lang in PAGE_LANGUAGES}
        parts.setdefault(heading["en"], (heading, []))[1].append(each.pair)
    none = word("tensions.noissue")["en"]

    def ordered(lang: str) -> list[tuple[Labels, list[Pair]]]:
        """Those without an issue last, the longest first, then by name."""
        order = sorted(parts, key=lambda key: (key == none, -len(parts[key][1]), by_name(text_in(parts[key][0], lang)), key))
        return [parts[key] for key in order]

    def drawn(*, narrow: bool) -> dict[str, Any]:
        return {
            lang: ladder(ordered(lang), lang, title=title[lang], description=word("tensions.help")[lang], narrow=narrow)
            for lang in PAGE_LANGUAGES
        }

    key = (
        KeyEntry(sign=key_line(_HOSTILE, arrow=True), text=word("tensions.key.stated")),
        KeyEntry(sign=key_line(_HOSTILE, DASHES["inferred"], arrow=True), text=word("tensions.key.inferred")),
    )
    return Figure(id=name, title=title, scenes=drawn(narrow=False), narrow=drawn(narrow=True), key=key, first=_FIRST)


VIEW = View(
    name="tensions",
    parameters=(
        Parameter("country", "country", required=False),
        Parameter("issue", "issue", required=False),
        Parameter("type", "actor-type", required=False),
        Parameter("actor", "actor", required=False),
        Parameter("year", "year", required=False),
    ),
    page=_page,
)
