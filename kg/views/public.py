"""A network page for everybody: without notes, and without what rests on private sources alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from kg.views.page import EvidenceItem, Labels, NetworkPage, Node, Tie

__all__ = ["published"]


def published(page: NetworkPage, private: Collection[str]) -> NetworkPage:
    """The page without notes, private sources (by id), and the actors, relations and attributes that only these speak of.

    A relation about a relation that goes, goes with it; so does an actor whose every relation went, unless a source that
    stays speaks of it. The page says how much was left out.
    """
    hidden = frozenset(private)

    def gone(items: Sequence[EvidenceItem]) -> bool:
        return bool(items) and all(item.source in hidden for item in items)

    def open_to_all(items: Sequence[EvidenceItem]) -> tuple[EvidenceItem, ...]:
        return tuple(item for item in items if item.source not in hidden)

    left = {node.id for node in page.nodes if gone(node.evidence)}
    kept: list[Tie] = []
    for tie in page.ordered_ties():
        if gone(tie.evidence) or tie.source in left or tie.target in left:
            left.add(tie.id)
        else:
            kept.append(tie)
    left |= _lonely(page, kept)
    nodes = [node for node in page.nodes if node.id not in left]
    cleaned = tuple(
        replace(
            node,
            note="",
            evidence=open_to_all(node.evidence),
            attributes=tuple(
                replace(each, evidence=open_to_all(each.evidence)) for each in node.attributes if not gone(each.evidence)
            ),
        )
        for node in nodes
    )
    ties = tuple(replace(tie, note="", evidence=open_to_all(tie.evidence)) for tie in kept)
    return replace(
        page,
        nodes=cleaned,
        ties=ties,
        sources=tuple(source for source in page.sources if source.id not in hidden),
        focus="" if page.focus in left else page.focus,
        withheld=_said(len(page.nodes) - len(nodes), len(page.ties) - len(ties)),
    )


def _lonely(page: NetworkPage, kept: Sequence[Tie]) -> set[str]:
    """Nodes that had relations, have none left, and are spoken of by no evidence of their own."""

    def ends(ties: Sequence[Tie]) -> set[str]:
        return {end for tie in ties for end in (tie.source, tie.target)}

    before, after = ends(page.ties), ends(kept)
    without: list[Node] = [node for node in page.nodes if not node.evidence]
    return {node.id for node in without if node.id in before and node.id not in after}


def _said(actors: int, relations: int) -> Labels:
    return {
        "en": f"Public version: notes, private sources and what only these say are left out ({actors} actors, {relations} relations).",
        "es": f"Versión pública: sin notas, fuentes privadas ni lo que solo ellas dicen ({actors} actores, {relations} relaciones).",
        "fr": f"Version publique : sans remarques, sources privées ni leurs seuls dires ({actors} acteurs, {relations} relations).",
    }
