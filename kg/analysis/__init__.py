"""Alliance analysis on anybody's network: one function per measure, results in small frozen dataclasses.

camps                                       how a signed network falls into camps, proven
coalitions                                  winning coalitions without inner conflict, and the price of each tension
shapley_shubik, banzhaf, minimal_winning    voting power; bloc_index, uplift: what a bloc is worth to a member
mactor, discourse_network                   what influence, positions and statements say about allies
brokerage_roles, structural_holes           who stands between whom; articulation_points, signed_paths
key_players                                 whose leaving breaks the network, from whom it is reached
communities, backbone, frequent             groups, and the structure of dense networks
power_measures, feasibility                 prominence side by side; support weighed by power

`kg.analysis.cases` does the same on facts selected from a knowledge graph, and tells the results in sentences.

Graphs are networkx graphs with edge attribute `sign` (+1, -1, or none). Nothing is imported before it is used, and no module bears
the name of a function.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.analysis.brokers import Brokerage, StructuralHoles, articulation_points, brokerage_roles, structural_holes
    from kg.analysis.centrality import Prominence, power_measures
    from kg.analysis.convergence import Mactor, mactor
    from kg.analysis.discourse import DiscourseNetwork, Statement, discourse_network
    from kg.analysis.groups import Communities, backbone, communities, frequent
    from kg.analysis.keyplayers import KeyPlayers, key_players
    from kg.analysis.paths import SignedPath, signed_paths
    from kg.analysis.splitting import Camps, camps
    from kg.analysis.support import Feasibility, Support, feasibility
    from kg.analysis.voting import banzhaf, bloc_index, minimal_winning, shapley_shubik, uplift
    from kg.analysis.winning import Coalitions, coalitions

_HOME = {
    "Brokerage": "brokers",
    "Camps": "splitting",
    "Coalitions": "winning",
    "Communities": "groups",
    "DiscourseNetwork": "discourse",
    "Feasibility": "support",
    "KeyPlayers": "keyplayers",
    "Mactor": "convergence",
    "Prominence": "centrality",
    "SignedPath": "paths",
    "Statement": "discourse",
    "StructuralHoles": "brokers",
    "Support": "support",
    "articulation_points": "brokers",
    "backbone": "groups",
    "banzhaf": "voting",
    "bloc_index": "voting",
    "brokerage_roles": "brokers",
    "camps": "splitting",
    "coalitions": "winning",
    "communities": "groups",
    "discourse_network": "discourse",
    "feasibility": "support",
    "frequent": "groups",
    "key_players": "keyplayers",
    "mactor": "convergence",
    "minimal_winning": "voting",
    "power_measures": "centrality",
    "shapley_shubik": "voting",
    "signed_paths": "paths",
    "structural_holes": "brokers",
    "uplift": "voting",
}

__all__ = [
    "Brokerage",
    "Camps",
    "Coalitions",
    "Communities",
    "DiscourseNetwork",
    "Feasibility",
    "KeyPlayers",
    "Mactor",
    "Prominence",
    "SignedPath",
    "Statement",
    "StructuralHoles",
    "Support",
    "articulation_points",
    "backbone",
    "banzhaf",
    "bloc_index",
    "brokerage_roles",
    "camps",
    "coalitions",
    "communities",
    "discourse_network",
    "feasibility",
    "frequent",
    "key_players",
    "mactor",
    "minimal_winning",
    "power_measures",
    "shapley_shubik",
    "signed_paths",
    "structural_holes",
    "uplift",
]


def __getattr__(name: str) -> Any:
    """The public name, its module imported on first use."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
