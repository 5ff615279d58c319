"""RDF of other people, in: organisations and persons in the W3C's ORG and PROV, FOAF, schema.org and Popolo's terms.

What those terms mean stands in `agents`. Graphs of our own model are read by `backwards`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.formats.agents import (
    ALIASES,
    BODY,
    END,
    INVERSE,
    MEMBER,
    NAMES,
    OTHER_SPELLING,
    PERSONAL,
    SPACES,
    START,
    Agents,
    aligned,
    full,
    iris,
    key_of,
    last_part,
)  # fmt: skip
from kg.formats.builder import Builder
from kg.formats.rdf import RdfFile
from kg.vocabulary import KG, expand

__all__ = ["is_ours", "looks", "quads_of", "read", "read_quads"]

_UNDECLARED = re.compile(r"[Pp]refix (?:not found: )?'?([\w-]+):?'? ?(?:has not been declared)?")


def quads_of(path: Path, builder: Builder | None = None) -> list[ox.Quad]:
    """The quads of a file; a well-known prefix that the file uses undeclared is taken for what it always means.

    Raises InputError where the file is no RDF.
    """
    file = RdfFile(path)
    try:
        return list(file.quads())
    except InputError as error:
        found = _UNDECLARED.search(str(error))
        if path.suffix.lower() not in (".ttl", ".trig") or not found or found[1] not in SPACES:
            raise
        head, missing = "", set[str]()
        text = path.read_text(encoding="utf-8")
        for prefix in SPACES:
            if not re.search(rf"(?i)prefix\s+{prefix}:", text) and re.search(rf"\b{prefix}:\w", text):
                head += f"@prefix {prefix}: <{SPACES[prefix]}> . "
                missing.add(prefix)
        try:
            quads = list(ox.parse(head + text, format=file.syntax, base_iri=file.base))
        except SyntaxError:
            raise error from None
        if builder:
            builder.report.say("prefixes", file=path.name, listed=", ".join(sorted(missing)))
        return quads


def is_ours(quads: list[ox.Quad]) -> bool:
    """True where the quads are of our own model."""
    return any(q.predicate.value == expand("rdf:type") and getattr(q.object, "value", "").startswith(KG) for q in quads)


def looks(path: Path) -> bool:
    """True for RDF that names organisations or persons and nothing of our own model, by its first statements."""
    agents = {*aligned()["actor-kind"], *iris("foaf:Agent", "prov:Agent", "org:Membership", "org:Post")}
    tying = {*aligned()["relation"], *map(full, INVERSE)}
    found = False
    try:
        for number, quad in enumerate(RdfFile(path).quads()):
            value = getattr(quad.object, "value", "")
            if quad.predicate.value.startswith(KG) or (quad.predicate.value == expand("rdf:type") and value.startswith(KG)):
                return False
            found = found or value.replace(*OTHER_SPELLING) in agents or quad.predicate.value in tying
            if number > 20_000:
                break
    except InputError:
        try:
            quads = quads_of(path)
        except InputError:
            return False
        return not is_ours(quads) and any(getattr(q.object, "value", "") in agents for q in quads)
    return found


def _describe(graph: Agents, key: str) -> None:
    """Adds an actor with its names; everything else that is said of it and leads to no actor is a note."""
    builder, where = graph.builder, f"<{key}>"
    kind = next((graph.kinds[t] for t in graph.types(key) if graph.kinds.get(t)), "")
    names = iris(*NAMES)
    labels = {o.language: o.value for p, o in graph.stated[key] if p in names and isinstance(o, ox.Literal) and o.language}
    cells = {f"name_{lang}": text for lang, text in sorted(labels.items()) if lang in ("en", "es", "fr")}
    own = graph.name(key) or last_part(key)
    others = [
        *(o.value for p, o in graph.stated[key] if p in iris(*ALIASES) and isinstance(o, ox.Literal) and _plain(o)),
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
        if taken or (prop in iris(*ALIASES) and isinstance(term, ox.Literal) and _plain(term)):
            continue
        if kind == "person" and (prop in iris(*PERSONAL) or prop in iris("foaf:nick")):
            graph.withheld[last_part(prop)] += 1
            if isinstance(term, ox.BlankNode):
                graph.used.add(key_of(term))
        elif prop in iris("org:classification"):
            builder.actor(key, own, where, graph.text(term))
        elif not graph.is_actor(key_of(term)):
            builder.note(made, f"{last_part(prop)}: {graph.text(term)}", where)


def _plain(term: ox.Literal) -> bool:
    return bool(term.language) or term.datatype.value == expand("xsd:string")


def _tie(graph: Agents, key: str) -> None:
    """Adds the ties that an actor states of itself."""
    where = f"<{key}>"
    for prop, term in graph.stated[key]:
        if prop == expand("rdf:type") or not isinstance(term, ox.NamedNode | ox.BlankNode):
            continue
        turned = prop in graph.inverse
        said = graph.inverse.get(prop, prop)
        other = key_of(term)
        if said in graph.links and graph.types(other)[:1] != [full("org:Membership")]:
            ends = (other, key) if turned else (key, other)
            if (*ends, graph.links[said]) in graph.tied or (said == full("org:memberOf") and ends in graph.members):
                graph.builder.report.happened("said-twice", f"{where} ({last_part(prop)})")
                continue
            graph.tied.add((*ends, graph.links[said]))
            subject, object_ = (graph.actor(e, where) for e in ends)
            graph.builder.relation(subject, object_, where, type_=graph.links[said], directed=True)
        elif graph.is_actor(other) and prop not in iris("org:hasMembership"):
            graph.builder.relation(
                graph.actor(key, where), graph.actor(other, where), where, type_=last_part(prop), directed=True
            )


def _membership(graph: Agents, key: str) -> bool:
    """True where a membership or a held post was added as a relation."""
    member, body = graph.first(key, iris(*MEMBER)), graph.first(key, iris(*BODY))
    if member is None and body is not None and full("org:Post") in graph.types(key):
        where = f"<{key}>"
        made = graph.actor(key_of(body), where)
        skipped_ = {*iris(*BODY, *NAMES, *PERSONAL), expand("rdf:type")}
        said = ", ".join(f"{last_part(p)}: {graph.text(o)}" for p, o in graph.stated[key] if p not in skipped_)
        graph.builder.note(made, f"Post: {graph.name(key) or last_part(key)}" + (f" ({said})" if said else ""), where)
        return True
    if member is None or body is None:
        return False
    where = f"<{key}>" if not key.startswith("_:") else f"membership of <{key_of(member)}>"
    skipped = {*iris(*MEMBER, *BODY, *START, *END, *PERSONAL, "org:memberDuring"), expand("rdf:type")}
    during = graph.first(key, iris("org:memberDuring"))
    graph.used |= {key_of(during)} if during is not None else set()
    extra = [(last_part(p), graph.text(o)) for p, o in graph.stated[key] if p not in skipped]
    type_ = graph.links.get(full("org:Membership"), "")
    for prop, term in graph.stated[key]:
        if prop in iris(*PERSONAL):
            graph.withheld[last_part(prop)] += 1
            graph.used.add(key_of(term))
    dates = {"start": graph.date(key, iris(*START)), "end": graph.date(key, iris(*END))}
    subject, object_ = (graph.actor(key_of(end), where) for end in (member, body))
    graph.builder.relation(subject, object_, where, type_=type_, directed=True, extra=extra, **dates)
    return True


def _others(graph: Agents) -> Iterator[str]:
    """Things that are neither actors nor ties."""
    ties = iris("org:Membership", "org:Post")
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
    graph = Agents(quads, builder)
    actors = [key for key in graph.stated if graph.is_actor(key)]
    for key in actors:
        _describe(graph, key)
    for key in actors:
        _tie(graph, key)
    rest = Counter(
        last_part(t) for k in list(_others(graph)) if k not in graph.used for t in graph.types(k)[:1] or ["no class"]
    )
    if not builder.actors:
        raise InputError(
            f"{name}: names no organisation, person or membership of ORG, FOAF, PROV or schema.org and nothing of kg's"
            " own model; `kg --data` opens any RDF for queries"
        )
    if graph.withheld:
        builder.report.say("no-personal", file=name, listed=", ".join(sorted(graph.withheld)))
    if rest:
        listed = ", ".join(f"{n} {what}" for what, n in sorted(rest.items()))
        builder.report.say("neither", file=name, listed=listed)
    return "RDF of organisations and persons"
