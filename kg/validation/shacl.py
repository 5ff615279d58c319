"""SHACL Core shapes as SPARQL: for each constraint the query that gives what violates it.

The engine that holds the graph answers it without a copy, and looks at each value once however many things state it: 24,000
facts are checked in a second, where going from thing to thing in Python took most of a minute. Understood is what shapes of
tables need: targets by class, paths of one step, and the parameters below; anything else is an error, never ignored.

Source: Shapes Constraint Language (W3C Recommendation, 2017), whose definitions are in SPARQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.vocabulary import expand

__all__ = ["Constraint", "Shape", "read_shapes"]

_SH = "http://www.w3.org/ns/shacl#"
_TYPE, _FIRST, _REST = (ox.NamedNode(expand(f"rdf:{name}")) for name in ("type", "first", "rest"))
_ABOUT = frozenset({"path", "targetClass", "severity", "message"})
"""What a shape says of itself, apart from constraints."""
_FORMS = {
    "integer": r"^[+-]?[0-9]+$",
    "decimal": r"^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$",
    "boolean": "^(true|false|0|1)$",
}
"""How literals of a datatype of XML Schema are written; of others every form is right."""
Term = ox.NamedNode | ox.BlankNode | ox.Literal
_Known = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Constraint:
    """A parameter of a shape; `sparql` gives ?focus, and ?value where one value is at fault."""

    parameter: str
    sparql: str


@dataclass(frozen=True)
class Shape:
    """A shape with targets."""

    iri: str
    property: str
    """IRI of the one property that it is about; empty where there is none, or are several."""
    of_values: bool
    """True for a shape of what a path leads to, not of the things themselves."""
    level: str
    messages: dict[str, str]
    """By language."""
    constraints: tuple[Constraint, ...]


class _Reader:
    def __init__(self, path: Path, subclasses: _Known) -> None:
        self.where = path.name
        self.store = ox.Store()
        self.store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
        self.subclasses = subclasses
        self.made = 0

    def values(self, node: Term, prop: str | ox.NamedNode) -> list[Term]:
        predicate = ox.NamedNode(_SH + prop) if isinstance(prop, str) else prop
        found = [q.object for q in self.store.quads_for_pattern(node, predicate, None)]  # type: ignore[arg-type]  # no path begins at a literal
        return sorted((o for o in found if not isinstance(o, ox.Triple)), key=str)

    def one(self, node: Term, prop: str | ox.NamedNode) -> Term | None:
        return next(iter(self.values(node, prop)), None)

    def items(self, node: Term | None) -> Iterator[Term]:
        while node is not None and (first := self.one(node, _FIRST)):
            yield first
            node = self.one(node, _REST)

    def parameters(self, shape: Term) -> Iterator[tuple[str, Term]]:
        """The constraints of a shape, by the name of their parameter."""
        stated = {q.predicate for q in self.store.quads_for_pattern(shape, None, None) if q.predicate != _TYPE}  # type: ignore[arg-type]  # as above
        for predicate in sorted(stated, key=str):
            name = predicate.value.removeprefix(_SH)
            if name not in _ABOUT:
                yield from ((name, value) for value in self.values(shape, predicate))

    def unknown(self, shape: Term, name: str) -> InputError:
        return InputError(f"{self.where}: {shape}: sh:{name} cannot be checked as it stands there; write it otherwise")

    def variable(self) -> str:
        self.made += 1
        return f"?v{self.made}"

    def path(self, shape: Term) -> str:
        """The path of a shape as SPARQL has it; empty for one of things themselves."""
        path = self.one(shape, "path")
        if path is None or isinstance(path, ox.NamedNode):
            return str(path or "")
        steps = list(self.items(self.one(path, "alternativePath")))
        if not steps or not all(isinstance(s, ox.NamedNode) for s in steps):
            raise self.unknown(shape, "path")
        return f"({'|'.join(map(str, steps))})"

    def is_a(self, variable: str, classes: Iterable[Term]) -> str:
        kind = self.variable()
        known = sorted({f"<{name}>" for c in classes for name in (c.value, *self.subclasses(c.value))})
        return f"VALUES {kind} {{ {' '.join(known)} }} {variable} a {kind} ."

    def test(self, shape: Term, name: str, value: Term, tested: str) -> str:
        """The condition under which one value keeps to a parameter."""
        text = f"STR({tested})"
        if name == "class":
            return f"EXISTS {{ {self.is_a(tested, [value])} }}"
        if name == "datatype":
            form = _FORMS.get(str(value.value).removeprefix(expand("xsd:")))
            written = f' && REGEX({text}, "{form}")' if form else ""
            return f"COALESCE(DATATYPE({tested}) = {value}{written}, false)"
        if name == "nodeKind" and value.value in (_SH + "IRI", _SH + "Literal"):
            return f"is{value.value.removeprefix(_SH)}({tested})"
        if name == "pattern":
            return f"(!isBlank({tested}) && REGEX({text}, {value}))"
        if name == "minLength":
            return f"(!isBlank({tested}) && STRLEN({text}) >= {value})"
        if name in ("minInclusive", "maxInclusive"):
            return f"COALESCE({tested} {'>=' if name == 'minInclusive' else '<='} {value}, false)"
        if name in ("and", "or"):
            parts = [self.holds(part, tested) for part in self.items(value)]
            return f"({(' && ' if name == 'and' else ' || ').join(parts)})"
        if name in ("not", "property", "node"):
            return f"{'!' if name == 'not' else ''}({self.holds(value, tested)})"
        raise self.unknown(shape, name)

    def amount(self, shape: Term, name: str, value: Term, tested: str, path: str) -> str | None:
        """The pattern that matches where too few or too many values stand, or a certain one is missing."""
        number = value.value if isinstance(value, ox.Literal) else ""
        one, other = self.variable(), self.variable()
        if (name, number) == ("minCount", "1"):
            return f"FILTER NOT EXISTS {{ {tested} {path} {one} }}"
        if (name, number) == ("maxCount", "0"):
            return f"FILTER EXISTS {{ {tested} {path} {one} }}"
        if (name, number) == ("maxCount", "1"):
            return f"{tested} {path} {one} , {other} . FILTER (!sameTerm({one}, {other}))"
        if name == "hasValue":
            return f"FILTER NOT EXISTS {{ {tested} {path} {value} }}"
        if (name, number) == ("uniqueLang", "true"):
            same = f"LANG({one}) != '' && LANG({one}) = LANG({other}) && !sameTerm({one}, {other})"
            return f"{tested} {path} {one} , {other} . FILTER ({same})"
        if name in ("minCount", "maxCount", "uniqueLang"):
            raise self.unknown(shape, name)
        return None

    def holds(self, shape: Term, tested: str) -> str:
        """The condition under which something keeps to a shape that is named by another one."""
        path, parts = self.path(shape), []
        for name, value in self.parameters(shape):
            if not path:
                parts.append(self.test(shape, name, value, tested))
            elif amount := self.amount(shape, name, value, tested, path):
                parts.append(f"NOT EXISTS {{ {amount} }}" if not amount.startswith("FILTER ") else self._turned(amount))
            else:
                reached = self.variable()
                wrong = self.test(shape, name, value, reached)
                parts.append(f"NOT EXISTS {{ {tested} {path} {reached} . FILTER (!({wrong})) }}")
        return " && ".join(parts)

    @staticmethod
    def _turned(amount: str) -> str:
        """The condition under which a pattern that is one filter does not match."""
        condition = amount.removeprefix("FILTER ")
        return condition.removeprefix("NOT ") if condition.startswith("NOT ") else f"NOT {condition}"

    def query(self, shape: Term, name: str, value: Term) -> str:
        path, target = self.path(shape), self.is_a("?focus", self.values(shape, "targetClass"))
        if not path:
            wrong = f"{target} FILTER (!({self.test(shape, name, value, '?focus')}))"
            return f"SELECT DISTINCT ?focus (?focus AS ?value) WHERE {{ {wrong} }}"
        if name in ("disjoint", "lessThanOrEquals"):
            other = self.variable()
            fine = f"!sameTerm(?value, {other})" if name == "disjoint" else f"COALESCE(?value <= {other}, false)"
            pairs = f"?focus {path} ?value ; {value} {other} . FILTER (!({fine})) FILTER EXISTS {{ {target} }}"
            return f"SELECT DISTINCT ?focus ?value WHERE {{ {pairs} }}"
        if amount := self.amount(shape, name, value, "?focus", path):
            filtered = amount.startswith("FILTER ")
            pattern = f"{target} {amount}" if filtered else f"{amount} FILTER EXISTS {{ {target} }}"
            return f"SELECT DISTINCT ?focus WHERE {{ {pattern} }}"
        # Each value is looked at once, and only where one is wrong those who state it are looked for.
        wrong = f"{{ SELECT DISTINCT ?value WHERE {{ ?any {path} ?value }} }} FILTER (!({self.test(shape, name, value, '?value')}))"
        return (
            f"SELECT DISTINCT ?focus ?value WHERE {{ {{ SELECT ?value WHERE {{ {wrong} }} }} "
            f"?focus {path} ?value . FILTER EXISTS {{ {target} }} }}"
        )


def read_shapes(path: Path, subclasses: _Known) -> list[Shape]:
    """The shapes of a Turtle file that have targets, by IRI; `subclasses` gives the IRIs of a class's subclasses.

    Raises InputError for a constraint that cannot be checked.
    """
    reader = _Reader(path, subclasses)
    targets = reader.store.quads_for_pattern(None, ox.NamedNode(_SH + "targetClass"), None)
    targeted = {q.subject for q in targets if isinstance(q.subject, ox.NamedNode)}
    shapes = []
    for shape in sorted(targeted, key=str):
        on = reader.one(shape, "path")
        severity = reader.one(shape, "severity")
        messages = reader.values(shape, "message")
        shapes.append(
            Shape(
                iri=shape.value,
                property=on.value if isinstance(on, ox.NamedNode) else "",
                of_values=on is not None,
                level="warning" if severity == ox.NamedNode(_SH + "Warning") else "error",
                messages={m.language or "": m.value for m in messages if isinstance(m, ox.Literal)},
                constraints=tuple(
                    Constraint(name, reader.query(shape, name, value)) for name, value in reader.parameters(shape)
                ),
            )
        )
    return shapes
