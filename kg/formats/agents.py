"""What RDF of other people says of organisations and persons: which of its terms mean what, and what it states of whom.

Which class and property is which of ours stands in `ontology/alignments.ttl`; here stands what those vocabularies say of
one another (inverses, classes under another name).
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from typing import Any

import pyoxigraph as ox

from kg import resources
from kg.formats.builder import Builder
from kg.vocabulary import CONCEPT, expand, prefixes

__all__ = [
    "ALIASES", "BODY", "END", "INVERSE", "MEMBER", "NAMES", "OTHER_SPELLING", "PERSONAL", "SPACES", "START", "Agents", "aligned",
    "full", "iris", "key_of", "last_part", "value_of",
]  # fmt: skip

SPACES = {
    **prefixes(),
    "opengov": "http://www.w3.org/ns/opengov#",
    "person": "http://www.w3.org/ns/person#",
    "schema": "http://schema.org/",
    "time": "http://www.w3.org/2006/time#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
OTHER_SPELLING = ("https://schema.org/", "http://schema.org/")
_LIKE = {
    "org:FormalOrganization": "org:Organization", "foaf:Organization": "org:Organization",
    "prov:Organization": "org:Organization", "schema:Organization": "org:Organization",
    "schema:GovernmentOrganization": "org:Organization", "schema:NGO": "org:Organization",
    "schema:Corporation": "org:Organization", "vcard:Organization": "org:Organization",
    "org:OrganizationalCollaboration": "org:Organization", "person:Person": "foaf:Person", "prov:Person": "foaf:Person",
    "schema:Person": "foaf:Person", "vcard:Individual": "foaf:Person", "prov:Agent": "foaf:Agent",
}  # fmt: skip
INVERSE = {
    "org:hasMember": "org:memberOf", "org:hasSubOrganization": "org:subOrganizationOf", "org:hasUnit": "org:unitOf",
    "foaf:member": "org:memberOf", "schema:member": "org:memberOf", "schema:subOrganization": "org:subOrganizationOf",
}  # fmt: skip
"""A property to one that says the same from the other end."""
_SAME = {
    "org:unitOf": "org:subOrganizationOf", "org:transitiveSubOrganizationOf": "org:subOrganizationOf",
    "schema:memberOf": "org:memberOf", "schema:parentOrganization": "org:subOrganizationOf",
    "schema:worksFor": "schema:affiliation", "prov:actedOnBehalfOf": "opengov:onBehalfOf",
}  # fmt: skip
NAMES = ("skos:prefLabel", "foaf:name", "schema:name", "schema:legalName", "rdfs:label", "dcterms:title", "vcard:fn")
ALIASES = ("skos:altLabel", "schema:alternateName", "foaf:nick")
MEMBER = ("org:member", "schema:member", "org:heldBy")
BODY = ("org:organization", "schema:memberOf", "org:postIn")
START = ("schema:validFrom", "schema:startDate", "dcat:startDate", "time:hasBeginning")
END = ("schema:validUntil", "schema:validThrough", "schema:endDate", "dcat:endDate", "time:hasEnd")
PERSONAL = (
    "foaf:mbox", "foaf:phone", "foaf:gender", "foaf:birthday", "foaf:img", "foaf:depiction", "foaf:account",
    "schema:email", "schema:telephone", "schema:gender", "schema:birthDate", "schema:image", "schema:address",
    "vcard:hasEmail", "vcard:hasTelephone", "vcard:hasAddress", "vcard:bday", "opengov:contactDetail",
)  # fmt: skip
_ROLES = ("schema:Role", "schema:OrganizationRole", "schema:EmployeeRole")
_DEEPEST = 3


def full(name: str) -> str:
    """The IRI of a prefixed name of any of the vocabularies."""
    prefix, _, local = name.partition(":")
    return SPACES[prefix] + local


def iris(*names: str) -> tuple[str, ...]:
    """The IRIs of prefixed names."""
    return tuple(map(full, names))


@functools.cache
def aligned() -> dict[str, dict[str, str]]:
    """Name of a concept list to: term of another vocabulary to the concept that is close to it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    close = (expand("skos:closeMatch"), expand("rdfs:subClassOf"))
    for quad in ox.parse(path=str(resources.ontology() / "alignments.ttl")):
        name, _, concept = getattr(quad.subject, "value", "").removeprefix(CONCEPT).partition("/")
        if concept and quad.predicate.value in close and isinstance(quad.object, ox.NamedNode):
            found[name].setdefault(quad.object.value.replace(*OTHER_SPELLING), concept)
    for alike in (_LIKE, _SAME):
        for one, other in alike.items():
            for concepts in found.values():
                if full(other) in concepts:
                    concepts.setdefault(full(one), concepts[full(other)])
    return found


class Agents:
    """What a file states, by thing; `builder` takes what becomes of it."""

    def __init__(self, quads: list[ox.Quad], builder: Builder) -> None:
        self.builder = builder
        self.stated: dict[str, list[tuple[str, Any]]] = defaultdict(list)
        for quad in dict.fromkeys(quads):
            prop = quad.predicate.value.replace(*OTHER_SPELLING)
            self.stated[key_of(quad.subject)].append((prop, quad.object))
        self.aligned = aligned()
        self._turn_roles()
        tying = {*self.aligned["relation"], *map(full, INVERSE)}
        for key, stated in self.stated.items():
            if not self.types(key) and any(prop in tying for prop, _ in stated):  # who is a member of something is an agent
                stated.append((expand("rdf:type"), ox.NamedNode(full("foaf:Agent"))))
        self.kinds = {**dict.fromkeys(iris("foaf:Agent", "prov:Agent"), ""), **self.aligned["actor-kind"]}
        self.links = self.aligned["relation"]
        self.inverse = {full(a): full(b) for a, b in INVERSE.items()}
        self.withheld: Counter[str] = Counter()
        self.used: set[str] = set()
        self.tied: set[tuple[str, str, str]] = set()
        """Ends and types of the ties that actors state of themselves."""
        self.members = {
            (key_of(member), key_of(body))
            for key in self.stated
            if full("org:Membership") in self.types(key)
            and (member := self.first(key, iris(*MEMBER))) is not None
            and (body := self.first(key, iris(*BODY))) is not None
        }
        """Who is a member of what by a membership that is a thing of its own."""

    def _turn_roles(self) -> None:
        """Makes memberships that are said from the member's side whole, and those of schema.org's roles."""
        member, roles = ox.NamedNode(full("org:member")), iris(*_ROLES)
        for key, stated in list(self.stated.items()):
            for at, (prop, term) in reversed(list(enumerate(stated))):
                other = key_of(term)
                if prop == full("org:hasMembership") and other in self.stated:
                    del stated[at]
                    self.stated[other] += [] if self.first(other, iris(*MEMBER)) else [(member.value, _node(key))]
                elif prop in iris("schema:memberOf", "schema:worksFor", "schema:affiliation") and any(
                    t in roles for t in self.types(other)
                ):
                    del stated[at]
                    body = self.first(other, (prop,))
                    self.stated[other] = [(p, o) for p, o in self.stated[other] if p != prop and o.value not in roles]
                    self.stated[other] += [
                        (expand("rdf:type"), ox.NamedNode(full("org:Membership"))),
                        (member.value, _node(key)),
                    ]
                    self.stated[other] += [] if body is None else [(full("org:organization"), body)]

    def types(self, key: str) -> list[str]:
        """The classes of a thing."""
        return [value_of(o).replace(*OTHER_SPELLING) for p, o in self.stated.get(key, ()) if p == expand("rdf:type")]

    def is_actor(self, key: str) -> bool:
        """True for an organisation or a person."""
        return any(t in self.kinds for t in self.types(key))

    def first(self, key: str, names: tuple[str, ...]) -> Any:
        """The first value of any of some properties, in their order."""
        return next((o for name in names for p, o in self.stated.get(key, ()) if p == name), None)

    def name(self, key: str) -> str:
        """What a thing is called, in English where it is said in several languages."""
        for prop in iris(*NAMES):
            found = [o for p, o in self.stated.get(key, ()) if p == prop and isinstance(o, ox.Literal)]
            for language in ("en", "", None):
                for term in found:
                    if language is None or (term.language or "") == language:
                        return term.value.strip()
        return ""

    def date(self, key: str, names: tuple[str, ...]) -> str:
        """A date, of the thing itself or of the time that it names; empty where there is none."""
        term = self.first(key, names)
        if term is None:
            during = self.first(key, iris("org:memberDuring"))
            return self.date(key_of(during), names) if during is not None else ""
        self.used.add(key_of(term))
        if isinstance(term, ox.Literal):
            return re.sub(r"T00:00:00.*|Z$", "", term.value)
        return next((o.value for _, o in self.stated.get(key_of(term), ()) if isinstance(o, ox.Literal)), "")

    def actor(self, key: str, where: str) -> str:
        """The id of an actor; one that the file only points to is made."""
        if key not in self.builder.actors and not self.is_actor(key):
            self.builder.report.happened("not-described", f"{where} ({key})")
        return self.builder.actor(key, self.name(key) or last_part(key), where)

    def text(self, term: Any, depth: int = 0) -> str:
        """A value as text; what stands in a node without a name is written out."""
        key = key_of(term)
        if isinstance(term, ox.BlankNode) or (key in self.stated and not self.is_actor(key)):
            self.used.add(key)
            label = self.name(key)
            rest = [
                f"{last_part(p)} {self.text(o, depth + 1) if depth < _DEEPEST else value_of(o)}"
                for p, o in self.stated.get(key, ())
                if p != expand("rdf:type")
            ]
            return label or ", ".join(rest)
        return value_of(term)


def _node(key: str) -> Any:
    return ox.BlankNode(key.removeprefix("_:")) if key.startswith("_:") else ox.NamedNode(key)


def key_of(term: Any) -> str:
    """By what a term is found again."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def value_of(term: Any) -> str:
    """A term as text."""
    return str(term.value) if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def last_part(iri: str) -> str:
    """The last part of an IRI, without the ending of a file."""
    return re.sub(r"\.(ttl|rdf|html?|json)$", "", re.split(r"[/#]", iri.rstrip("/#"))[-1]) or iri
