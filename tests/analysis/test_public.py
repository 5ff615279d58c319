"""What holds for every measure: lazy import, documentation, names."""

from __future__ import annotations

import inspect
import pkgutil
import subprocess
import sys

import pytest

import kg.analysis

MEASURES = [name for name in kg.analysis.__all__ if inspect.isfunction(getattr(kg.analysis, name))]
MAIN = [
    "backbone",
    "banzhaf",
    "bloc_index",
    "brokerage_roles",
    "camps",
    "coalitions",
    "communities",
    "discourse_network",
    "feasibility",
    "key_players",
    "mactor",
    "minimal_winning",
    "power_measures",
    "shapley_shubik",
    "signed_paths",
    "structural_holes",
]


def test_importing_the_package_imports_nothing_heavy() -> None:
    program = (
        "import sys, kg.analysis\n"
        "heavy = {'networkx', 'numpy', 'scipy', 'highspy', 'rdflib', 'kg.analysis.splitting'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert loaded.strip() == "[]"


def test_small_camps_and_voting_need_no_solver() -> None:
    program = (
        "import sys, networkx, kg.analysis\n"
        "graph = networkx.cycle_graph(5)\n"
        "networkx.set_edge_attributes(graph, -1, 'sign')\n"
        "assert kg.analysis.camps(graph).frustration == 1\n"
        "kg.analysis.coalitions({'a': 2, 'b': 1}, [('a', 'b')], 2)\n"
        "kg.analysis.shapley_shubik([2, 1], 2)\n"
        "print('highspy' in sys.modules)\n"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert loaded.strip() == "False"


def test_public_names_are_sorted_and_exist() -> None:
    assert sorted(kg.analysis.__all__) == kg.analysis.__all__
    assert dir(kg.analysis) == kg.analysis.__all__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = kg.analysis.nothing


def test_no_module_bears_the_name_of_a_function() -> None:
    """Importing such a module would put it in the function's place."""
    modules = {module.name for module in pkgutil.iter_modules(kg.analysis.__path__)}

    assert not modules & set(kg.analysis.__all__)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_has_a_doctest_and_says_what_comes_back(name: str) -> None:
    text = inspect.getdoc(getattr(kg.analysis, name)) or ""

    assert text.split("\n", 1)[0].rstrip().endswith((".", ":", ","))
    assert ">>> " in text


@pytest.mark.parametrize("name", MAIN)
def test_main_measures_explain_themselves(name: str) -> None:
    text = inspect.getdoc(getattr(kg.analysis, name)) or ""
    wanted = ["Idea", "Formula", "How to read it", "How not to", "Source"]

    assert [word for word in wanted if word.casefold() not in text.casefold()] == []
