"""The network as a `pyvis.network.Network`, for people who know pyvis, with the faults mended that lose or leak data.

What differs from pyvis: always directed, parallel ties and loops are kept, adding is fast at any size, a second node of
the same id is an error instead of being dropped, and `write_html` and `show` write the page of `kg.views.html`: one
UTF-8 file beside nothing else, that runs no text from the data and asks for nothing from outside.

Importing this module imports pyvis (0.4 s); nothing else in kg does so.
"""

from __future__ import annotations

import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from pyvis.network import Network

from kg.errors import InputError, near_names
from kg.views.html import network_html, write_network
from kg.views.page import Attribute, NetworkPage, Node, Shape, Tie, text_in

__all__ = ["KgNetwork"]

_VIS_SHAPES: dict[Shape, str] = {
    "circle": "dot",
    "square": "square",
    "diamond": "diamond",
    "triangle": "triangle",
    "down": "triangleDown",
    "hexagon": "hexagon",
    "star": "star",
    "ring": "dot",
    "page": "box",
}
_OWN_RENDERER = "the page is drawn by kg's own renderer; take get_network_data() to feed a template of your own"


class _Ids(list[str]):
    """A list that knows what is in it without looking at all of it; pyvis asks for every node and edge."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[object] = set()

    def append(self, value: str) -> None:
        self._known.add(value)
        super().append(value)

    def __contains__(self, value: object) -> bool:
        return value in self._known


class KgNetwork(Network):  # type: ignore[misc]
    """A pyvis network of a page: nodes and edges as pyvis keeps them, the page's records behind them.

    Nodes and edges added with `add_node` and `add_edge` appear on the written page beside those of the page.
    """

    def __init__(self, page: NetworkPage) -> None:
        super().__init__(directed=True, heading=text_in(page.title, page.lang), cdn_resources="in_line")
        self.node_ids = _Ids()
        self._page = page
        self._extra_nodes: list[Node] = []
        self._extra_ties: list[Tie] = []
        kinds = {kind.id: kind for kind in page.kinds}
        types = {entry.id: entry for entry in page.types}
        tie_types = {entry.id: entry for entry in page.tie_types}
        for node in page.nodes:
            kind, entry = kinds.get(node.kind), types.get(node.type)
            options: dict[str, Any] = {"shape": _VIS_SHAPES[kind.shape if kind else "circle"]}
            if colour := node.colour or (entry.colour if entry else ""):
                options["color"] = colour
            super().add_node(node.id, label=text_in(node.labels, page.lang) or node.id, **options)
        for tie in page.ties:
            if tie.source not in self.node_ids or tie.target not in self.node_ids:
                continue  # pyvis has no ties between ties; they are in .page and on the page
            tie_type = tie_types.get(tie.type)
            super().add_edge(
                tie.source,
                tie.target,
                id=tie.id,
                type=tie.type,
                title=(text_in(tie_type.labels, page.lang) if tie_type else "") or tie.type,
                sign=tie_type.sign if tie_type else 0,
                status=tie.status,
                arrows="" if tie_type and tie_type.mutual else "to",
            )

    @property
    def page(self) -> NetworkPage:
        """The page that is written: the given one and what was added since."""
        return replace(
            self._page,
            nodes=(*self._page.nodes, *self._extra_nodes),
            ties=(*self._page.ties, *self._extra_ties),
        )

    def add_node(self, n_id: str, label: str | None = None, shape: str = "dot", color: str = "", **options: Any) -> None:
        """Add a node with pyvis' own arguments; `title` becomes an attribute on the page.

        Raises InputError for an id that is there already (pyvis drops it without a word) or that is no text.
        """
        if not isinstance(n_id, str):
            raise InputError(f"node {n_id!r}: ids are texts here; use {str(n_id)!r}")
        if n_id in self.node_ids:
            raise InputError(f"node {n_id!r}: is in the network already; give it another id")
        if color:
            options["color"] = color
        super().add_node(n_id, label=label, shape=shape, **options)
        title = str(options.get("title", ""))
        self._extra_nodes.append(
            Node(
                id=n_id,
                labels={self._page.lang: label or n_id},
                colour=color,
                attributes=(Attribute(labels={"en": "title"}, value=title),) if title else (),
            )
        )

    def add_edge(self, source: str, to: str, **options: Any) -> None:
        """Add a tie, beside any other between the two; `label` or `title` names its type on the page.

        Raises InputError for an end that is not in the network.
        """
        for end in (source, to):
            if end not in self.node_ids:
                raise InputError(f"edge to {end!r}: no such node; {near_names(str(end), self.node_ids)}")
        super().add_edge(source, to, **options)
        number = len(self._extra_ties) + 1
        name = str(options.get("label") or options.get("title") or "tie")
        self._extra_ties.append(Tie(id=f"added-tie-{number}", source=source, target=to, type=name))

    def from_nx(self, *_args: Any, **_options: Any) -> NoReturn:
        """Raise InputError: pyvis' reader drops parallel ties and changes the graph it reads."""
        raise InputError("from_nx: loses parallel ties; add nodes and edges one by one")

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:
        """The page as one HTML text; `name` and `local` mean nothing here, as there are no other files.

        Raises InputError for `notebook=True`: `show` gives a frame for notebooks.
        """
        del name, local
        if notebook:
            raise InputError("generate_html: has no notebook form; use show(name, notebook=True)")
        self.html = network_html(self.page)
        return self.html

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Write the page to the file `name`, and nothing beside it; `open_browser` opens it.

        Raises InputError where the file cannot be written.
        """
        del local, notebook
        path = write_network(self.page, name)
        if open_browser:
            webbrowser.open(path.resolve().as_uri())

    def show(self, name: str, local: bool = True, notebook: bool = False) -> object:
        """Write the page to `name` and open it; with `notebook`, give back a frame that shows it there instead."""
        self.write_html(name, local=local, open_browser=not notebook)
        if not notebook:
            return None
        from IPython.display import IFrame  # pyvis brings it

        return IFrame(Path(name).as_posix(), width="100%", height=self.height)

    def save_graph(self, name: str) -> None:
        """Write the page to the file `name`."""
        self.write_html(name)

    def prep_notebook(self, *_args: Any, **_options: Any) -> NoReturn:
        """Raise InputError: there is no template to prepare."""
        raise InputError(f"prep_notebook: {_OWN_RENDERER}")

    def set_template(self, *_args: Any, **_options: Any) -> NoReturn:
        """Raise InputError: pyvis' templates escape nothing."""
        raise InputError(f"set_template: {_OWN_RENDERER}")

    def set_template_dir(self, *_args: Any, **_options: Any) -> NoReturn:
        """Raise InputError: pyvis' templates escape nothing."""
        raise InputError(f"set_template_dir: {_OWN_RENDERER}")

    def show_buttons(self, *_args: Any, **_options: Any) -> NoReturn:
        """Raise InputError: they set the physics of another renderer."""
        raise InputError(f"show_buttons: {_OWN_RENDERER}")

    def from_DOT(self, *_args: Any, **_options: Any) -> NoReturn:  # noqa: N802  pyvis' name
        """Raise InputError: DOT text would go into the page as it is."""
        raise InputError(f"from_DOT: {_OWN_RENDERER}")
