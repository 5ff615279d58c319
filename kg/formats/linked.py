"""RDF of other people, in: organisations and persons in the W3C's ORG and PROV, FOAF, schema.org and Popolo's terms.

Which class and property is which of ours stands in `ontology/alignments.ttl`; here stands what those vocabularies say of
one another (inverses, classes under another name). Graphs of our own model are read by `backwards`.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import resources
from kg.errors import InputError
from kg.formats.builder import Builder
from kg.formats.rdf import RdfFile
from kg.vocabulary import CONCEPT, KG, expand, prefixes

__all__ = ["is_ours", "looks", "quads_of", "read", "read_quads"]

_SPACES = {
    **prefixes(),
    "opengov": "http://www.w3.org/ns/opengov#",
    "person": "http://www.w3.org/ns/person#",
    "schema": "http://schema.org/",
    "time": "http://www.w3.org/2006/time#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_OTHER_SPELLING = ("https://schema.org/", "http://schema.org/")
_LIKE = {
    "org:FormalOrganization": "org:Organization", "foaf:Organization": "org:Organization",
    "prov:Organization": "org:Organization", "schema:Organization": "org:Organization",
    "schema:GovernmentOrganization": "org:Organization", "schema:NGO": "org:Organization",
    "schema:Corporation": "org:Organization", "vcard:Organization": "org:Organization",
    "org:OrganizationalCollaboration": "org:Organization", "person:Person": "foaf:Person", "prov:Person": "foaf:Person",
    "schema:Person": "foaf:Person", "vcard:Individual": "foaf:Person", "prov:Agent": "foaf:Agent",
}  # fmt: skip
_INVERSE = {
    "org:hasMember": "org:memberOf", "org:hasSubOrganization": "org:subOrganizationOf", "org:hasUnit": "org:unitOf",
    "foaf:member": "org:memberOf", "schema:member": "org:memberOf", "schema:subOrganization": "org:subOrganizationOf",
}  # fmt: skip
"""A property to one that says the same from the other end."""
_SAME = {
    "org:unitOf": "org:subOrganizationOf", "org:transitiveSubOrganizationOf": "org:subOrganizationOf",
    "schema:memberOf": "org:memberOf", "schema:parentOrganization": "org:subOrganizationOf",
    "schema:worksFor": "schema:affiliation", "prov:actedOnBehalfOf": "opengov:onBehalfOf",
}  # fmt: skip
_NAMES = ("skos:prefLabel", "foaf:name", "schema:name", "schema:legalName", "rdfs:label", "dcterms:title", "vcard:fn")
_ALIASES = ("skos:altLabel", "schema:alternateName", "foaf:nick")
_MEMBER = ("org:member", "schema:member", "org:heldBy")
_BODY = ("org:organization", "schema:memberOf", "org:postIn")
_START = ("schema:validFrom", "schema:startDate", "dcat:startDate", "time:hasBeginning")
_END = ("schema:validUntil", "schema:validThrough", "schema:endDate", "dcat:endDate", "time:hasEnd")
_PERSONAL = (
    "foaf:mbox", "foaf:phone", "foaf:gender", "foaf:birthday", "foaf:img", "foaf:depiction", "foaf:account",
    "schema:email", "schema:telephone", "schema:gender", "schema:birthDate", "schema:image", "schema:address",
    "vcard:hasEmail", "vcard:hasTelephone", "vcard:hasAddress", "vcard:bday", "opengov:contactDetail",
)  # fmt: skip
_ROLES = ("schema:Role", "schema:OrganizationRole", "schema:EmployeeRole")
_DEEPEST = 3
_UNDECLARED = re.compile(r"[Pp]refix (?:not found: )?'?([\w-]+):?'? ?(?:has not been declared)?")


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return _SPACES[prefix] + local


def _all(*names: str) -> tuple[str, ...]:
    return tuple(map(_full, names))


@functools.cache
def _aligned() -> dict[str, dict[str, str]]:
    """Name of a concept list to: term of another vocabulary to the concept that is close to it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    close = (expand("skos:closeMatch"), expand("rdfs:subClassOf"))
    for quad in ox.parse(path=str(resources.ontology() / "alignments.ttl")):
        name, _, concept = getattr(quad.subject, "value", "").removeprefix(CONCEPT).partition("/")
        if concept and quad.predicate.value in close and isinstance(quad.object, ox.NamedNode):
            found[name].setdefault(quad.object.value.replace(*_OTHER_SPELLING), concept)
    for alike in (_LIKE, _SAME):
        for one, other in alike.items():
            for concepts in found.values():
                if _full(other) in concepts:
                    concepts.setdefault(_full(one), concepts[_full(other)])
    return found


def quads_of(path: Path, builder: Builder | None = None) -> list[ox.Quad]:
    """The quads of a file; a well-known prefix that the file uses undeclared is taken for what it always means.

    Raises InputError where the file is no RDF.
    """
    file = RdfFile(path)
    try:
        return list(file.quads())
    except InputError as error:
        found = _UNDECLARED.search(str(error))
        if path.suffix.lower() not in (".ttl", ".trig") or not found or found[1] not in _SPACES:
            raise
        head, missing = "", set[str]()
        text = path.read_text(encoding="utf-8")
        for prefix in _SPACES:
            if not re.search(rf"(?i)prefix\s+{prefix}:", text) and re.search(rf"\b{prefix}:\w", text):
                head += f"@prefix {prefix}: <{_SPACES[prefix]}> . "
                missing.add(prefix)
        try:
            quads = list(ox.parse(head + text, format=file.syntax, base_iri=file.base))
        except SyntaxError:
            raise error from None
        if builder:
            builder.report.append(
                f"{path.name}: {', '.join(sorted(missing))}: not declared as a prefix, taken for the usual one"
            )
        return quads


def is_ours(quads: list[ox.Quad]) -> bool:
    """True where the quads are of our own model."""
    return any(q.predicate.value == expand("rdf:type") and getattr(q.object, "value", "").startswith(KG) for q in quads)


def looks(path: Path) -> bool:
    """True for RDF that names organisations or persons and nothing of our own model, by its first statements."""
    agents = {*_aligned()["actor-kind"], *_all("foaf:Agent", "prov:Agent", "org:Membership", "org:Post")}
    tying = {*_aligned()["relation"], *map(_full, _INVERSE)}
    found = False
    try:
        for number, quad in enumerate(RdfFile(path).quads()):
            value = getattr(quad.object, "value", "")
            if quad.predicate.value.startswith(KG) or (quad.predicate.value == expand("rdf:type") and value.startswith(KG)):
                return False
            found = found or value.replace(*_OTHER_SPELLING) in agents or quad.predicate.value in tying
            if number > 20_000:
                break
    except InputError:
        try:
            quads = quads_of(path)
        except InputError:
            return False
        return not is_ours(quads) and any(getattr(q.object, "value", "") in agents for q in quads)
    return found


class _Graph:
    def __init__(self, quads: list[ox.Quad], builder: Builder) -> None:
        self.builder = builder
        self.stated: dict[str, list[tuple[str, Any]]] = defaultdict(list)
        for quad in dict.fromkeys(quads):
            prop = quad.predicate.value.replace(*_OTHER_SPELLING)
            self.stated[_key(quad.subject)].append((prop, quad.object))
        self.aligned = _aligned()
        self._turn_roles()
        tying = {*self.aligned["relation"], *map(_full, _INVERSE)}
        for key, stated in self.stated.items():
            if not self.types(key) and any(prop in tying for prop, _ in stated):  # who is a member of something is an agent
                stated.append((expand("rdf:type"), ox.NamedNode(_full("foaf:Agent"))))
        self.kinds = {**dict.fromkeys(_all("foaf:Agent", "prov:Agent"), ""), **self.aligned["actor-kind"]}
        self.links = self.aligned["relation"]
        self.inverse = {_full(a): _full(b) for a, b in _INVERSE.items()}
        self.withheld: Counter[str] = Counter()
        self.used: set[str] = set()
        self.tied: set[tuple[str, str, str]] = set()
        """Ends and types of the ties that actors state of themselves."""
        self.members = {
            (_key(member), _key(body))
            for key in self.stated
            if _full("org:Membership") in self.types(key)
            and (member := self.first(key, _all(*_MEMBER))) is not None
            and (body := self.first(key, _all(*_BODY))) is not None
        }
        """Who is a member of what by a membership that is a thing of its own."""

    def _turn_roles(self) -> None:
        """Makes memberships that are said from the member's side whole, and those of schema.org's roles."""
        member, roles = ox.NamedNode(_full("org:member")), _all(*_ROLES)
        for key, stated in list(self.stated.items()):
            for at, (prop, term) in reversed(list(enumerate(stated))):
                other = _key(term)
                if prop == _full("org:hasMembership") and other in self.stated:
                    del stated[at]
                    self.stated[other] += [] if self.first(other, _all(*_MEMBER)) else [(member.value, _node(key))]
                elif prop in _all("schema:memberOf", "schema:worksFor", "schema:affiliation") and any(
                    t in roles for t in self.types(other)
                ):
                    del stated[at]
                    body = self.first(other, (prop,))
                    self.stated[other] = [(p, o) for p, o in self.stated[other] if p != prop and o.value not in roles]
                    self.stated[other] += [
                        (expand("rdf:type"), ox.NamedNode(_full("org:Membership"))),
                        (member.value, _node(key)),
                    ]
                    self.stated[other] += [] if body is None else [(_full("org:organization"), body)]

    def types(self, key: str) -> list[str]:
        return [_value(o).replace(*_OTHER_SPELLING) for p, o in self.stated.get(key, ()) if p == expand("rdf:type")]

    def is_actor(self, key: str) -> bool:
        return any(t in self.kinds for t in self.types(key))

    def first(self, key: str, names: tuple[str, ...]) -> Any:
        return next((o for name in names for p, o in self.stated.get(key, ()) if p == name), None)

    def name(self, key: str) -> str:
        """What a thing is called, in English where it is said in several languages."""
        for prop in _all(*_NAMES):
            found = [o for p, o in self.stated.get(key, ()) if p == prop and isinstance(o, ox.Literal)]
            for language in ("en", "", None):
                for term in found:
                    if language is None or (term.language or "") == language:
                        return term.value.strip()
        return ""

    def date(self, key: str, names: tuple[str, ...]) -> str:
        term = self.first(key, names)
        if term is None:
            during = self.first(key, _all("org:memberDuring"))
            return self.date(_key(during), names) if during is not None else ""
        self.used.add(_key(term))
        if isinstance(term, ox.Literal):
            return re.sub(r"T00:00:00.*|Z$", "", term.value)
        return next((o.value for _, o in self.stated.get(_key(term), ()) if isinstance(o, ox.Literal)), "")

    def actor(self, key: str, where: str) -> str:
        """The id of an actor; one that the file only points to is made."""
        if key not in self.builder.actors and not self.is_actor(key):
            self.builder.report.happened("not-described", f"{where} ({key})")
        return self.builder.actor(key, self.name(key) or _last(key), where)

    def text(self, term: Any, depth: int = 0) -> str:
        """A value as text; what stands in a node without a name is written out."""
        key = _key(term)
        if isinstance(term, ox.BlankNode) or (key in self.stated and not self.is_actor(key)):
            self.used.add(key)
            label = self.name(key)
            rest = [
                f"{_last(p)} {self.text(o, depth + 1) if depth < _DEEPEST else _value(o)}"
                for p, o in self.stated.get(key, ())
                if p != expand("rdf:type")
            ]
            return label or ", ".join(rest)
        return _value(term)


def _node(key: str) -> Any:
    return ox.BlankNode(key.removeprefix("_:")) if key.startswith("_:") else ox.NamedNode(key)


def _key(term: Any) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _value(term: Any) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _last(iri: str) -> str:
    return re.sub(r"\.(ttl|rdf|html?|json)$", "", re.split(r"[/#]", iri.rstrip("/#"))[-1]) or iri


def _describe(graph: _Graph, key: str) -> None:
    """Adds an actor with its names; everything else that is said of it and leads to no actor is a note."""
    builder, where = graph.builder, f"<{key}>"
    kind = next((graph.kinds[t] for t in graph.types(key) if graph.kinds.get(t)), "")
    names = _all(*_NAMES)
    labels = {o.language: o.value for p, o in graph.stated[key] if p in names and isinstance(o, ox.Literal) and o.language}
    cells = {f"name_{lang}": text for lang, text in sorted(labels.items()) if lang in ("en", "es", "fr")}
    own = graph.name(key) or _last(key)
    others = [
        *(o.value for p, o in graph.stated[key] if p in _all(*_ALIASES) and isinstance(o, ox.Literal) and _plain(o)),
        *(o.value for p, o in graph.stated[key] if p in names and isinstance(o, ox.Literal) and o.value != own),
    ]
    aliases = ";".join(a.replace(";", ",").strip() for a in dict.fromkeys(others) if a.strip() and a not in cells.values())
    made = builder.actor(key, own, where, aliases=aliases)
    record = builder.actors[key]
    if kind:
        record["kind"] = kind
    for column, text in cells.items():
        record.setdefault(column, text)
    for prop, term in graph.stated[key]:
        taken = prop in (expand("rdf:type"), *names, *(graph.links), *graph.inverse)
        if taken or (prop in _all(*_ALIASES) and isinstance(term, ox.Literal) and _plain(term)):
            continue
        if kind == "person" and (prop in _all(*_PERSONAL) or prop in _all("foaf:nick")):
            graph.withheld[_last(prop)] += 1
            if isinstance(term, ox.BlankNode):
                graph.used.add(_key(term))
        elif prop in _all("org:classification"):
            builder.actor(key, own, where, graph.text(term))
        elif not graph.is_actor(_key(term)):
            builder.note(made, f"{_last(prop)}: {graph.text(term)}", where)


def _plain(term: ox.Literal) -> bool:
    return bool(term.language) or term.datatype.value == expand("xsd:string")


def _tie(graph: _Graph, key: str) -> None:
    """Adds the ties that an actor states of itself."""
    where = f"<{key}>"
    for prop, term in graph.stated[key]:
        if prop == expand("rdf:type") or not isinstance(term, ox.NamedNode | ox.BlankNode):
            continue
        turned = prop in graph.inverse
        said = graph.inverse.get(prop, prop)
        other = _key(term)
        if said in graph.links and graph.types(other)[:1] != [_full("org:Membership")]:
            ends = (other, key) if turned else (key, other)
            if (*ends, graph.links[said]) in graph.tied or (said == _full("org:memberOf") and ends in graph.members):
                graph.builder.report.happened("said-twice", f"{where} ({_last(prop)})")
                continue
            graph.tied.add((*ends, graph.links[said]))
            subject, object_ = (graph.actor(e, where) for e in ends)
            graph.builder.relation(subject, object_, where, type_=graph.links[said], directed=True)
        elif graph.is_actor(other) and prop not in _all("org:hasMembership"):
            graph.builder.relation(
                graph.actor(key, where), graph.actor(other, where), where, type_=_last(prop), directed=True
            )


def _membership(graph: _Graph, key: str) -> bool:
    """True where a membership or a held post was added as a relation."""
    member, body = graph.first(key, _all(*_MEMBER)), graph.first(key, _all(*_BODY))
    if member is None and body is not None and _full("org:Post") in graph.types(key):
        where = f"<{key}>"
        made = graph.actor(_key(body), where)
        skipped_ = {*_all(*_BODY, *_NAMES, *_PERSONAL), expand("rdf:type")}
        said = ", ".join(f"{_last(p)}: {graph.text(o)}" for p, o in graph.stated[key] if p not in skipped_)
        graph.builder.note(made, f"Post: {graph.name(key) or _last(key)}" + (f" ({said})" if said else ""), where)
        return True
    if member is None or body is None:
        return False
    where = f"<{key}>" if not key.startswith("_:") else f"membership of <{_key(member)}>"
    skipped = {*_all(*_MEMBER, *_BODY, *_START, *_END, *_PERSONAL, "org:memberDuring"), expand("rdf:type")}
    during = graph.first(key, _all("org:memberDuring"))
    graph.used |= {_key(during)} if during is not None else set()
    extra = [(_last(p), graph.text(o)) for p, o in graph.stated[key] if p not in skipped]
    type_ = graph.links.get(_full("org:Membership"), "")
    for prop, term in graph.stated[key]:
        if prop in _all(*_PERSONAL):
            graph.withheld[_last(prop)] += 1
            graph.used.add(_key(term))
    dates = {"start": graph.date(key, _all(*_START)), "end": graph.date(key, _all(*_END))}
    subject, object_ = (graph.actor(_key(end), where) for end in (member, body))
    graph.builder.relation(subject, object_, where, type_=type_, directed=True, extra=extra, **dates)
    return True


def _others(graph: _Graph) -> Iterator[str]:
    """Things that are neither actors nor ties."""
    ties = _all("org:Membership", "org:Post")
    for key in graph.stated:
        if graph.is_actor(key):
            continue
        if (any(t in ties for t in graph.types(key)) and _membership(graph, key)) or key in graph.used:
            continue
        yield key


def read(path: Path, builder: Builder) -> str:
    """What was recognised, organisations, persons and their ties having been added.

    Raises InputError where the file is no RDF or names neither.
    """
    return read_quads(quads_of(path, builder), path.name, builder)


def read_quads(quads: list[ox.Quad], name: str, builder: Builder) -> str:
    """What was recognised in quads of the file `name`, its content having been added; raises InputError as `read` does."""
    graph = _Graph(quads, builder)
    actors = [key for key in graph.stated if graph.is_actor(key)]
    for key in actors:
        _describe(graph, key)
    for key in actors:
        _tie(graph, key)
    rest = Counter(_last(t) for k in list(_others(graph)) if k not in graph.used for t in graph.types(k)[:1] or ["no class"])
    if not builder.actors:
        raise InputError(
            f"{name}: names no organisation, person or membership of ORG, FOAF, PROV or schema.org and nothing of kg's"
            " own model; `kg --data` opens any RDF for queries"
        )
    if graph.withheld:
        builder.report.say("no-personal", file=name, listed=", ".join(sorted(graph.withheld)))
    if rest:
        listed = ", ".join(f"{n} {what}" for what, n in sorted(rest.items()))
        builder.report.append(f"{name}: neither actors nor ties, not imported: {listed}")
    return "RDF of organisations and persons"
