"""Texts that must stay texts wherever they stand: markup, scripts, addresses, formulas, odd characters."""

from __future__ import annotations

from kg.views.page import Attribute, Entry, EvidenceItem, Kind, NetworkPage, Node, Source, Tie, TieType

MARK = "globalThis.__broken = true"

HOSTILE = (
    f"<script>{MARK}</script>",
    f"</script><script>{MARK}</script>",
    f"</SCRIPT ><script >{MARK}</script >",
    f"<!--<script>{MARK}</script>",
    f"<img src=x onerror='{MARK}'>",
    f'"><img src=x onerror="{MARK}">',
    f"'><svg onload='{MARK}'>",
    f"<svg><script>{MARK}</script></svg>",
    f"<svg><animate onbegin='{MARK}' attributeName=x dur=1s>",
    f"<a href='javascript:{MARK}'>here</a>",
    f"javascript:{MARK}",
    f"JaVaScRiPt:{MARK}",
    f"java\tscript:{MARK}",
    f"data:text/html,<script>{MARK}</script>",
    "vbscript:msgbox(1)",
    f"<iframe srcdoc='<script>parent.{MARK}</script>'></iframe>",
    f"<object data='javascript:{MARK}'>",
    "<base href='https://evil.invalid/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.invalid/'>",
    "<link rel=stylesheet href='https://evil.invalid/x.css'>",
    "<style>*{display:none}</style>",
    f"<details open ontoggle='{MARK}'>",
    f"<input autofocus onfocus='{MARK}'>",
    f"<math><mtext></mtext><script>{MARK}</script></math>",
    f"{{{{ constructor.constructor('{MARK}')() }}}}",
    f"${{{MARK}}}",
    f"`+{MARK}+`",
    f"\\u003cscript\\u003e{MARK}\\u003c/script\\u003e",
    "&lt;script&gt;&amp;&#60;&quot;",
    "line\u2028and\u2029paragraph",
    "\u202eright to left override\u202c",
    "zero\u200bwidth\ufeffmark",
    "control \x01\x02\x1b[31m",
    "null \x00 byte",
    '=HYPERLINK("https://evil.invalid","x")',
    "+1+1",
    "@SUM(A1)",
    "-2+3+cmd|' /C calc'!A0",
    "]]>",
    f"<template><script>{MARK}</script></template>",
    f"<form><button formaction='javascript:{MARK}'>send</button></form>",
    f"<video><source onerror='{MARK}'></video>",
    f"<marquee onstart='{MARK}'>",
    f"<body onload='{MARK}'>",
    f"<a href='jav&#x09;ascript:{MARK}'>here</a>",
    f"<img src='x:x' onerror=\\u0061lert;{MARK}>",
    f"'-({MARK})-'",
    f'";{MARK};//',
    f"*/{MARK}/*",
    f"</style><script>{MARK}</script>",
    f"</textarea><script>{MARK}</script>",
    f"</title><script>{MARK}</script>",
    f"<noscript><p title='</noscript><img src=x onerror={MARK}>'>",
    "mailto:someone@example.org?subject=<b>",
    "../../../etc/passwd",
    "CON",
    "<![CDATA[x]]>",
    "%3Cscript%3E~&=#/?",
    "__proto__",
    "constructor",
    "حركة الفلاحين",
    "Ñuqanchik Quechua ch'ulla",
    "e\u0301 combining, 👩🏽‍🌾 joined",
    "x" * 300,
    "one  two\n\tthree",
    " ",
)


def hostile_page() -> NetworkPage:
    """A page that holds every hostile text in every place where a text can stand."""
    nodes = tuple(
        Node(
            id=f"n{number} {text}",
            labels={"en": text, "es": f"{text} ", "fr": text},
            short=text if number % 2 else "",
            acronym=text,
            aliases=(text,),
            kind=text,
            type=text,
            countries=(text,),
            status=text,
            confidence=text,
            attributes=(Attribute(labels={"en": text}, value=text, start=text, end=text),),
            note=text,
        )
        for number, text in enumerate(HOSTILE)
    )
    evidence = tuple(
        EvidenceItem(id=f"e{text}", source=f"s{text}", section={"en": text}, characters=text, paraphrase={"en": text})
        for text in HOSTILE
    )
    ties = tuple(
        Tie(
            id=f"t{number} {text}",
            source=nodes[number].id,
            target=nodes[(number + 1) % len(nodes)].id,
            type=text,
            status=text,
            confidence=text,
            modality=text,
            start=text,
            end=text,
            hedges=(text,),
            view=text,
            held_by=({"en": text},),
            issues=(text,),
            evidence=(evidence[number],),
            note=text,
        )
        for number, text in enumerate(HOSTILE)
    )
    everything = "".join(HOSTILE)
    return NetworkPage(
        title={"en": everything, "es": everything},
        facts={"en": everything},
        withheld={"en": everything},
        reference_date=everything,
        nodes=nodes,
        ties=ties,
        kinds=tuple(Kind(id=text, labels={"en": text}) for text in HOSTILE),
        types=tuple(Entry(id=text, labels={"en": text}) for text in HOSTILE),
        tie_types=tuple(TieType(id=text, labels={"en": text}, inverse={"en": text}) for text in HOSTILE),
        sources=tuple(Source(id=f"s{t}", title=t, authors=t, issued=t, address=t) for t in HOSTILE),
        highlight=(nodes[0].id,),
        highlight_label={"en": everything},
    )
