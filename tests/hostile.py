"""Texts that try to be more than text: those that may stand in a charter, and those it refuses."""

from collections.abc import Iterator
from typing import Any, get_args

from charter_data.drafts import MODELS
from charter_data.models import Record, Service
from charter_data.models.base import LINE_FORM
from tests.factories import Files, city_files

LENGTH = 1990
FAR = "https://jahat.contoh"
Spot = tuple[Any, Any, str]

ELEMENTS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//jahat.contoh/a.js></SCRIPT>",
    "</script><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "</title><script>alert(1)</script>",
    "</style><style>body{display:none}</style>",
    "</textarea><img src=x onerror=alert(1)>",
    "</div></div></main><h1>Telepon 999</h1>",
    "</p></li></ul></section>",
    "</body></html>",
    "</summary></details><details open ontoggle=alert(1)>",
    "</a><a href=//jahat.contoh>112</a>",
    "<img src=x onerror=alert(1)>",
    f"<img src={FAR}/a.png>",
    f"<iframe src={FAR}></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=data:text/html,<script>alert(1)</script>>",
    "<embed src=//jahat.contoh/a.swf>",
    "<base href=//jahat.contoh/>",
    f"<meta http-equiv=refresh content='0;url={FAR}'>",
    "<link rel=stylesheet href=//jahat.contoh/a.css>",
    "<form action=//jahat.contoh><input name=nama autofocus onfocus=alert(1)>",
    "<button formaction=javascript:alert(1)>Kirim</button>",
    "<input type=hidden name=clause value=X>",
    "<video><source onerror=alert(1)>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>darurat",
    "<body onload=alert(1)>",
    "<template><p>kosong",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<plaintext>",
    "<xmp>",
    "<listing>",
    "<br>",
    "<hr/>",
    "<b>tebal</b>",
    "<p markdown=1>**tebal**</p>",
    '<div markdown="block">',
    "<kata-kita is=x>",
]
ATTRIBUTES = [
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '" style="position:fixed;inset:0',
    "` onclick=alert(1) `",
    "x onclick=alert(1)",
    '"/><meta name="robots" content="noindex',
    '" hreflang="x" id="isi',
    "&quot; onclick=&quot;alert(1)",
    "&#34;&#62;&#60;script&#62;alert(1)&#60;/script&#62;",
]
HIDING = [
    "<!--",
    "-->",
    "<!-- <script>alert(1)</script> -->",
    "--!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "]]>",
    "<?php echo 1; ?>",
    "<?xml version='1.0'?>",
    "<!doctype html>",
    "<% alert(1) %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3c;script&#x3e;alert(1)&#x3c;/script&#x3e;",
    "&amp;lt;b&amp;gt;",
    "&nbsp;&copy;&notanentity;",
    "&#0;&#xD800;&#x110000;",
    "a < b && c > d",
    "<",
    ">",
    "&",
    "< script>alert(1)</ script>",
    "<//script>",
    "<3 112",
]
FOREIGN = [
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><use href=//jahat.contoh/a.svg#a>",
    "<svg><a xlink:href=javascript:alert(1)><text y=20>112</text></a></svg>",
    "</text></svg><img src=x onerror=alert(1)>",
    "<svg><foreignObject><body onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style>",
    "<math><mi xlink:href=javascript:alert(1)>x",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'>",
    "<math><annotation-xml encoding=text/html><script>alert(1)</script>",
    "<svg></p><style><a id='</style><img src=x onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><svg><style><path id='</style><img onerror=alert(1) src>'>",
    "<table><td><script>alert(1)</script>",
    "<select><template><script>alert(1)</script></select>",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&Tab;script:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "//jahat.contoh/a",
    "<javascript:alert(1)>",
    f"<{FAR}/a>",
    "<a@jahat.contoh>",
    "tel:999",
    "file:///etc/passwd",
    "../../../../etc/passwd",
    "?a=1&clause=X#isi",
]
MARKDOWN = [
    "[112](javascript:alert(1))",
    f"[112]({FAR})",
    f'[112]({FAR} "judul")',
    "[112](<javascript:alert(1)>)",
    f"![gambar]({FAR}/a.png)",
    "![x](x onerror=alert(1))",
    f"[112]: {FAR}",
    "[112][jahat]",
    f"[jahat]: {FAR} 'judul'",
    "[isi](#isi)",
    "# Judul",
    "###### Judul kecil",
    "Judul ===",
    "---",
    "***",
    "- butir",
    "* butir",
    "+ butir",
    "1. butir",
    "1) butir",
    "> kutipan",
    "    kode",
    "**tebal** dan *miring*",
    "__tebal__ dan _miring_",
    "~~coret~~ ==sorot== ^^sisip^^",
    "H~2~O dan x^2^",
    "`kode`",
    "``<script>alert(1)</script>``",
    "```",
    "``` python",
    "~~~",
    "```{.python onclick=alert(1)}",
    "| a | b |",
    "|---|---|",
    "[^1]",
    "[^1]: catatan kaki",
    "*[112]: nomor jahat",
    "{: onclick=alert(1)}",
    "112{: #isi .p-call onclick=alert(1) }",
    "!!! danger alert",
    '??? note "lipat"',
    '=== "tab"',
    "[TOC]",
    "[[wiki]]",
    ":smile:",
    "++ctrl+alt+del++",
    "{--hapus--}{++tambah++}",
    "$$x^2$$",
    "\\[x\\] \\(y\\)",
    "\\# \\* \\<b\\> \\\\",
    "istilah :   arti",
    "<!-- more -->",
    "[ ] [x] tugas",
    "wzxhzdk:0 klzzwxh:0001",
]
TEMPLATES = [
    "{{ 7*7 }}",
    "{{ config.items() }}",
    "{{ ''.__class__.__mro__ }}",
    "{% raw %}",
    "{% endraw %}",
    "{% endblock %}",
    "{% include '/etc/passwd' %}",
    "{% for x in range(9) %}x{% endfor %}",
    "{# catatan #}",
    "{{",
    "}}",
    "{%",
    '--8<-- "/etc/passwd"',
    '-8<- "https://jahat.contoh/a"',
    "--8<--",
    "${7*7} #{7*7} *{7*7} @(7*7)",
    "`${alert(1)}`",
    "{0.__class__}",
    "{0}",
    "{}",
    "{who}",
    "{date}",
    "{date.__class__.__mro__}",
    "{who!r:>99999}",
    "{",
    "}",
    "%s %d %n %(nama)s",
    "\\1 \\g<0> $1 $&",
    "<%= 7*7 %>",
    "[[${7*7}]]",
]
SHEETS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://jahat.contoh","112")',
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "=-@+",
    "'=1+1",
    '"=1+1"',
    ";=1+1",
    ",=1+1",
    "%0A=1+1",
    "\uff1d1+1",
]
LANGUAGES = [
    "'; DROP TABLE cases; --",
    '" OR 1=1 --',
    "$(touch /tmp/jahat)",
    "`touch /tmp/jahat`",
    "; touch /tmp/jahat #",
    "| cat /etc/passwd",
    "expression(alert(1))",
    "url(javascript:alert(1))",
    "*/ body{display:none} /*",
    "@import '//jahat.contoh/a.css';",
    "!!python/object/apply:os.system ['touch jahat']",
    "&jangkar *jangkar",
    "!ENV HOME",
    "kunci: nilai",
    "null",
    "~",
    "yes",
    "2026-11-24",
    "0x70",
    "1e999",
    "|",
    ">-",
    "<<: *a",
    "? kunci",
    "# bukan catatan",
    "'",
    '"',
    "\\",
    "\\u003cscript\\u003e",
    '{"a": [1, 2]}',
    '" ; a <https://jahat.contoh> .',
    '"""; @prefix a: <https://jahat.contoh/> .',
    "*)(uid=*",
]
SIGNS = [
    "p\u0430ypal \u0440\u0456\u0430g\u0430m",
    "\uff21\uff2c\uff25\uff32\uff34\uff1cscript\uff1e",
    "\u2039script\u203a \u02bc\u02ba",
    "e\u0301" * 9,
    "Z" + "\u0351" * 40,
    "\U0001f692\U0001f468\u200d\U0001f692",
    "\u0627\u0644\u0637\u0648\u0627\u0631\u0626 112",
    "ꦥꦶꦪꦒꦩ꧀",
    "\u0130\u0131\u017f\u212a",
    "\ufffd",
    "x" * 400,
    "panjang-" * 60,
    "a\u00a0\u3000b",
    "\ue000\U000f0000",
]
PAYLOADS = [*ELEMENTS, *ATTRIBUTES, *HIDING, *FOREIGN, *ADDRESSES]
PAYLOADS += [*MARKDOWN, *TEMPLATES, *SHEETS, *LANGUAGES, *SIGNS]


REFUSED = {
    "NUL": "\0",
    "tab": "\t",
    "line break": "\n",
    "carriage return": "\r",
    "escape": "\x1b[31m",
    "delete": "\x7f",
    "next line": "\x85",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "right to left from here": "\u202e",
    "isolate": "\u2066",
    "right-to-left mark": "\u200f",
    "Arabic letter mark": "\u061c",
    "space of no width": "\u200b",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "annotation": "\ufff9",
    "no character": "\uffff",
    "hidden letter": "\U000e0041",
}


def hostile_cities() -> Iterator[Files]:
    """Yield Kota Contoh with hostile texts until every one has stood in every kind of field."""
    chunks = list(_chunks())
    for city in range(len(chunks)):
        files, said = city_files(), dict[str, str]()
        for holder, key, _ in spots(files):
            # Two fields with one text keep one text: a special case is found by its title.
            turn = said.setdefault(holder[key], _rotated(chunks[(city + len(said)) % len(chunks)], len(said)))
            holder[key] = turn
        yield files


def spots(files: Files) -> Iterator[Spot]:
    """Yield where each text of a city stands: its record, its key, and the kind of field."""
    for name, data in files.items():
        model = MODELS.get(name, Service)
        yield from _spots(model, data, model.__name__)


def _chunks() -> Iterator[list[str]]:
    chunk: list[str] = []
    for payload in PAYLOADS:
        if len(" ".join([*chunk, payload])) > LENGTH:
            yield chunk
            chunk = []
        chunk.append(payload)
    yield chunk


def _rotated(chunk: list[str], turn: int) -> str:
    first = turn % len(chunk)
    return " ".join([*chunk[first:], *chunk[:first]])


def _spots(model: type[Record], data: dict[str, Any], where: str) -> Iterator[Spot]:
    for name, info in model.model_fields.items():
        key = info.alias or name
        inside = [*info.metadata, *_inside(info.annotation)]
        value = data.get(key)
        if any(getattr(part, "pattern", None) == LINE_FORM for part in inside) and value is not None:
            yield from _lines(data, key, f"{where}.{key}")
        for record in (part for part in inside if isinstance(part, type) and issubclass(part, Record)):
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict):
                    yield from _spots(record, item, f"{where}.{key}")


def _lines(data: dict[str, Any], key: str, where: str) -> Iterator[Spot]:
    value = data[key]
    if isinstance(value, list):
        yield from ((value, at, where) for at in range(len(value)))
    else:
        yield data, key, where


def _inside(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        yield from _inside(part)
