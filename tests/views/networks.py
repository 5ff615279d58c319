"""Seeded pages for the tests of the views: communities with hubs, parallel ties, every status, three languages."""

from __future__ import annotations

import random
from dataclasses import replace

from kg.views.grouping import Grouping, Measure, Quadrant
from kg.views.page import Attribute, Entry, EvidenceItem, Kind, NetworkPage, Node, Source, Tie, TieType

SYLLABLES = (
    "ña",
    "ra",
    "qui",
    "lla",
    "sur",
    "tan",
    "chi",
    "pe",
    "ro",
    "mi",
    "ka",
    "wa",
    "yu",
    "so",
    "lo",
    "cu",
    "hua",
    "ti",
)
COUNTRY = {"bo": "Bolivia", "ec": "Ecuador", "pe": "Peru"}
FAMILIES = {
    "social": ("Social organisations", "Organizaciones sociales", "Organisations sociales", "#1b6ca8", "#6cb4ee"),
    "public": ("Public bodies", "Entidades públicas", "Organismes publics", "#8a4b08", "#f0a860"),
    "economic": ("Economic actors", "Actores económicos", "Acteurs économiques", "#7a3e9d", "#c79be0"),
    "political": ("Political actors", "Actores políticos", "Acteurs politiques", "#a11d4b", "#f08bb0"),
}
TYPES = {
    "farmer-organization": ("social", "Farmer organisation", "Organización campesina", "Organisation paysanne"),
    "indigenous-organization": ("social", "Indigenous organisation", "Organización indígena", "Organisation indigène"),
    "umbrella": ("social", "Umbrella", "Organización paraguas", "Faîtière"),
    "ministry": ("public", "Ministry", "Ministerio", "Ministère"),
    "municipal-government": ("public", "Municipal government", "Gobierno municipal", "Commune"),
    "business-association": ("economic", "Business association", "Gremio empresarial", "Association patronale"),
    "company": ("economic", "Company", "Empresa", "Entreprise"),
    "political-party": ("political", "Political party", "Partido político", "Parti politique"),
}
RELATIONS = {
    "alliance": ("ally", "is allied with", "está aliado con", "est allié à", "", 1, True),
    "support": ("ally", "supports", "apoya a", "soutient", "is supported by", 1, False),
    "tension": ("hostile", "is in tension with", "está en tensión con", "est en tension avec", "", -1, True),
    "accusation": ("hostile", "accuses", "acusa a", "accuse", "is accused by", -1, False),
    "membership": ("belonging", "is a member of", "es miembro de", "est membre de", "has as member", 1, False),
    "influence": ("power", "influences", "influye en", "influence", "is influenced by", 0, False),
}
FAMILY_LABELS = {
    "ally": ("Alliance and support", "Alianza y apoyo", "Alliance et soutien"),
    "hostile": ("Tension and conflict", "Tensión y conflicto", "Tension et conflit"),
    "belonging": ("Belonging", "Pertenencia", "Appartenance"),
    "power": ("Power", "Poder", "Pouvoir"),
}


def three(en: str, es: str, fr: str) -> dict[str, str]:
    """The three texts as labels."""
    return {"en": en, "es": es, "fr": fr}


def network(size: int, *, ties: int = 3, seed: int = 7, lang: str = "en") -> NetworkPage:
    """A page with `size` nodes and `ties` times as many relations; the same for the same arguments."""
    rng = random.Random(seed)
    groups = max(3, size // 24)
    nodes = tuple(_node(number, groups, rng) for number in range(size))
    sources = (
        Source(id="src-1", title="Context analysis of three countries", authors="A. Author", issued="2013"),
        Source(id="src-2", title="Annual report", issued="2012", address="https://example.org/report?a=1&b=2"),
    )
    relations = []
    linked = max(2, size - size // 20)  # the rest stays without ties
    for number in range(size * ties):
        first, second = _pair(linked, groups, rng)
        relations.append(_tie(number, first, second, rng))
    relations.append(_tie(size * ties, 1, 1, rng))
    relations.append(
        Tie(id="rel-on-rel", source="actor-2", target="rel-0", type="influence", confidence="medium", start="2010")
    )
    return NetworkPage(
        title=three(f"{size} actors", f"{size} actores", f"{size} acteurs"),
        lang=lang,
        facts=three(
            "All facts of the two sources as of 2013, inherited relations included.",
            "Todos los hechos de las dos fuentes a 2013, con las relaciones heredadas.",
            "Tous les faits des deux sources en 2013, relations héritées comprises.",
        ),
        reference_date="2013",
        nodes=nodes,
        ties=tuple(relations),
        kinds=(
            Kind(id="organization", labels=three("Organisation", "Organización", "Organisation")),
            Kind(id="category", labels=three("Category", "Categoría", "Catégorie"), shape="diamond"),
            Kind(id="person", labels=three("Person", "Persona", "Personne"), shape="triangle"),
            Kind(id="instrument", labels=three("Law or plan", "Ley o plan", "Loi ou plan"), shape="square"),
        ),
        types=(
            *(Entry(id=k, labels=three(*v[:3]), colour=v[3], colour_dark=v[4]) for k, v in FAMILIES.items()),
            *(Entry(id=k, labels=three(*v[1:]), broader=v[0]) for k, v in TYPES.items()),
        ),
        countries=tuple(
            Entry(id=k, labels=three(v, "Perú" if k == "pe" else v, {"pe": "Pérou", "bo": "Bolivie"}.get(k, "Équateur")))
            for k, v in COUNTRY.items()
        ),
        tie_types=(
            *(TieType(id=k, labels=three(*v)) for k, v in FAMILY_LABELS.items()),
            *(
                TieType(
                    id=k,
                    labels=three(*v[1:4]),
                    broader=v[0],
                    inverse={"en": v[4]} if v[4] else {},
                    sign=v[5],
                    mutual=v[6],
                    colour={1: "#1a7f37", -1: "#c62828", 0: "#57606a"}[v[5]],
                    colour_dark={1: "#4ac26b", -1: "#ff8080", 0: "#9da7b3"}[v[5]],
                )
                for k, v in RELATIONS.items()
            ),
        ),
        statuses=(
            Entry(id="stated", labels=three("stated", "afirmado", "énoncé")),
            Entry(id="inferred", labels=three("inferred", "inferido", "inféré")),
            Entry(id="estimated", labels=three("estimated", "estimado", "estimé")),
        ),
        confidences=(
            Entry(id="high", labels=three("high", "alta", "haute")),
            Entry(id="medium", labels=three("medium", "media", "moyenne")),
            Entry(id="low", labels=three("low", "baja", "basse")),
        ),
        modalities=(
            Entry(id="asserted", labels=three("asserted", "afirmado", "affirmé")),
            Entry(id="recommended", labels=three("recommended", "recomendado", "recommandé")),
            Entry(id="possible", labels=three("possible", "posible", "possible")),
            Entry(id="denied", labels=three("denied", "negado", "nié")),
        ),
        hedges=(Entry(id="perhaps", labels=three("perhaps", "quizás", "peut-être")),),
        views=(
            Entry(id="author", labels=three("the author", "el autor", "l'auteur")),
            Entry(id="actor", labels=three("an actor", "un actor", "un acteur")),
        ),
        issues=(
            Entry(id="water", labels=three("Water", "Agua", "Eau")),
            Entry(id="land", labels=three("Land", "Tierra", "Terre")),
        ),
        sources=sources,
    )


def analysed(page: NetworkPage) -> NetworkPage:
    """The page with two camps (even and odd numbers), three communities, power and interest of the first 40, a measure."""
    numbers = {node.id: int(node.id.rpartition("-")[2]) for node in page.nodes}
    signs = {kind.id: kind.sign for kind in page.tie_types}
    signed = [t for t in page.ties if signs[t.type] and t.source in numbers and t.target in numbers]
    against = [t for t in signed if ((numbers[t.source] - numbers[t.target]) % 2 == 0) != (signs[t.type] > 0)]
    halves = ((0.5, 1.0), (0.0, 0.5))
    names = ("Manage closely", "Keep satisfied", "Keep informed", "Monitor")
    return replace(
        page,
        groupings=(
            Grouping(
                id="camp",
                of={k: 1 + n % 2 for k, n in numbers.items()},
                against=tuple(t.id for t in against),
                agreeing=tuple(t.id for t in signed if t not in against),
                undecided=tuple(numbers)[:7],
                proven=False,
                parts=2,
            ),
            Grouping(id="community", of={k: 1 + n % 3 for k, n in numbers.items() if n % 10}),
        ),
        measures=(
            Measure(id="power", values={k: (n / 80, n / 80 + 0.5) for k, n in numbers.items() if n < 40}, scale=(0, 1)),
            Measure(id="interest", values={k: (0.5, 1) for k, n in numbers.items() if n < 40}, scale=(0, 1)),
            Measure(id="betweenness", values={k: (n, n) for k, n in numbers.items()}),
        ),
        quadrants=tuple(
            Quadrant(labels={"en": name}, power=halves[i // 2], interest=halves[i % 2]) for i, name in enumerate(names)
        ),
    )


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))).capitalize()


def _node(number: int, groups: int, rng: random.Random) -> Node:
    kind = rng.choices(["organization", "category", "person", "instrument"], [8, 2, 1, 1])[0]
    place = _name(rng)
    names = three(
        f"Federation of {place} {number}", f"Federación Nacional de {place} {number}", f"Fédération de {place} {number}"
    )
    if number % 11 == 5:
        names["es"] = f"Confederación Nacional de Organizaciones Campesinas, Indígenas y Negras de {place} {number}"
    acronym = f"F{place[:3].upper()}{number}" if number % 3 == 0 else ""
    return Node(
        id=f"actor-{number}",
        labels=names,
        acronym=acronym,
        aliases=(f"{place} front",) if number % 4 == 0 else (),
        kind=kind,
        type=list(TYPES)[number % groups % len(TYPES)] if rng.random() < 0.6 else rng.choice(list(TYPES)),
        countries=(list(COUNTRY)[number % groups % 3],),
        status="estimated" if number % 17 == 9 else "stated",
        confidence=rng.choice(["high", "medium", "low"]),
        attributes=(
            (
                Attribute(labels=three("founded", "fundada", "fondée"), value=str(1950 + number % 60)),
                Attribute(labels=three("web page", "página web", "page web"), value=f"https://example.org/{number}"),
            )
            if number % 2 == 0
            else ()
        ),
    )


def _pair(linked: int, groups: int, rng: random.Random) -> tuple[int, int]:
    first = int(linked * rng.random() ** 2.2)  # low numbers become hubs
    if rng.random() < 0.75:
        same = range(first % groups, linked, groups)
        second = same[int(len(same) * rng.random() ** 1.3)]
    else:
        second = rng.randrange(linked)
    return first, (second + groups) % linked if second == first else second


def _tie(number: int, first: int, second: int, rng: random.Random) -> Tie:
    kind = rng.choices(list(RELATIONS), [5, 4, 3, 2, 5, 3])[0]
    status = rng.choices(["stated", "inferred", "estimated"], [8, 2, 1])[0]
    modality = rng.choices(["asserted", "recommended", "possible", "denied"], [16, 2, 1, 1])[0]
    start = str(rng.randint(1990, 2012)) if rng.random() < 0.5 else ""
    evidence = (
        EvidenceItem(
            id=f"ev-{number % 400}",
            source="src-1" if number % 400 % 5 else "src-2",
            section=three("Actors", "Actores", "Acteurs"),
            characters=f"{100 + number % 400 * 50}-{140 + number % 400 * 50}",
            paraphrase=three(
                f"Passage {number % 400} tells how the two relate to each other.",
                f"El pasaje {number % 400} dice cómo se relacionan los dos.",
                f"Le passage {number % 400} dit comment les deux se rapportent.",
            ),
        ),
    )
    return Tie(
        id=f"rel-{number}",
        source=f"actor-{first}",
        target=f"actor-{second}",
        type=kind,
        status=status,
        confidence=rng.choice(["high", "high", "medium", "low"]),
        modality=modality,
        start=start,
        end="2013-06" if start and rng.random() < 0.2 else "",
        hedges=("perhaps",) if rng.random() < 0.1 else (),
        view="actor" if rng.random() < 0.1 else "author",
        issues=("water",) if rng.random() < 0.2 else ("land",) if rng.random() < 0.2 else (),
        inherited_from=f"rel-{number - 1}" if status == "inferred" and number else "",
        evidence=evidence,
        note="Two readers coded this." if rng.random() < 0.05 else "",
    )
