# ruff: noqa: RUF001  # letters that look like others are among what is tried
"""Three hundred texts that something on the way might take for more than text, each with a mark of its own in it.

Every payload stands once before its mark and once behind it: some do harm only at the start of a line, some at its end.
"""

import re
from typing import Final

TAGS: Final = (
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    "<svg onload=window.ran=1></svg>",
    "<b>bold</b><i>leaning",
    "<a href='javascript:window.ran=1'>press</a>",
    "<iframe src='http://frames.example'></iframe>",
    "<style>* { display: none }</style>",
    "<!-- a remark that never ends",
    "</p></div></main></body></html>",
    "<meta http-equiv=refresh content='0;url=http://x.example'>",
    "<input autofocus onfocus=window.ran=1>",
    "&lt;script&gt; &amp; &#60;b&#62; &nbsp;",
    "<details open ontoggle=window.ran=1>",
    "<math><mi>x</mi></math>",
    "<base href='http://base.example/'>",
    "\"'><u>out of a quote</u>",
    "<video poster=http://v.example/p.png>",
    "<form action=http://f.example><button>",
)
LINKS: Final = (
    "![picture](http://pictures.example/p.png)",
    "[press](javascript:window.ran=1)",
    "[press](http://links.example 'title')",
    "[press](data:text/html,<script>1</script>)",
    "http://bare.example/path?a=1&b=2",
    "https://bare.example.",
    "www.bare.example",
    "<http://angled.example>",
    "somebody@mail.example",
    "mailto:somebody@mail.example",
    "[one][two]\n\n[two]: http://ref.example",
    "![][p]\n[p]: http://ref.example/p.png",
    "ftp://files.example xmpp:a@b.example",
    "[^1] and [^1]: a footnote",
    "//no-scheme.example/x",
)
MARKDOWN: Final = (
    "**bold** __bold__ *lean* _lean_",
    "~~struck~~ ~struck~",
    "# a heading",
    "> a quote",
    "- a point\n- another",
    "1. first\n2. second",
    "- [ ] to do\n- [x] done",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "```\ncode\n```",
    "`code` ``more``",
    "***\n---\n___",
    "text\n===",
    "a  \nb\\",
    "    four blanks",
    "\tindented",
    "\\*not lean\\* \\",
    "a_b_c d*e*f",
    "\"quoted\" 'single' -- --- ...",
)
DIRECTIVES: Final = (
    ":red[warm] :blue-background[cold]",
    ":material/home: :material_delete:",
    ":smile: :+1: at 10:30:45",
    ":small[small] :gray[grey]",
    ":green-badge[well]",
    ":rainbow[all]",
    "$x^2$ and $$\\sum_i x_i$$",
    "$\\href{javascript:window.ran=1}{x}$",
    "costs $5 or $10",
    ":::note\nin a box\n:::",
    ":streamlit: ::name[x]{y}",
    "<- -> <-> -- >= <= ~= a--b",
    "\\(a\\) \\[b\\] \\begin{x}",
)
FORMULAS: Final = (
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://h.example","x")',
    "+1+1+cmd|' /C x'!A0",
    "-2+3",
    "@SUM(1+1)*cmd",
    "\uff1d1+1",
    "%0A=1+1",
    ";=1+1;",
    '=IMPORTXML("http://h.example")',
)
CODE: Final = (
    "'; DROP TABLE client; --",
    '" OR ""="',
    "1) UNION SELECT * FROM therapist --",
    "%' OR 1=1 ESCAPE '!",
    "Robert\\'; DELETE FROM note; #",
    "{0} {name} {__class__.__mro__}",
    "%s %d %(name)s %n %%",
    "{{7*7}} ${7*7} #{7*7} <%= 7 %>",
    "f'{work}' \\x41 \\u0041 \\N{DASH}",
    "../../etc/passwd ..\\..\\x",
    "C:\\new\\table CON NUL",
    "; ls | cat `id` $(id) && true",
    "null None undefined NaN true",
    "0x1F 1e999 -0 ١٢٣ 1_000",
    "2026-02-30 31/13/2026 24:61",
    "[object Object] __proto__ constructor",
    '"\\"{}[]:," \\u0000',
    "<?php ?> <?xml ?> ]]>",
    "(?=(a+)+$) .* [",
    "Canceled\\r\\nSet-Cookie: a=b",
)
INVISIBLE: Final = (
    "right \u202eto left\u202c again",
    "\u2067isolated\u2069 \u2066left\u2069",
    "\u200fmark\u200e mark",
    "שלום and English",
    "مرحبا بالعالم 123",
    "zero\u200bwidth\u200cjoin\u200d\ufeff",
    "word\u2060joiner soft\u00adhyphen",
    "no\u00a0break\u2007figure\u202fthin\u2009",
    "Z\u0351\u036b\u0343a\u030d\u0311l\u0346\u0300g\u0312o",
    "e\u0301 and \u00e9, A\u030a and \u00c5",
    "\u1100\u1161\u11a8 and \uac01",
    "\ufb01ne \ufb02ow \u00bd \u2460",
    "\u3164 filler \u115f",
    "variation \u2764\ufe0e \u2764\ufe0f",
    "tag \U000e0041\U000e0042",
    "private \ue000 \U000f0000",
    "not a letter \ufffe \uffff",
    "replaced \ufffd",
)
CONTROLS: Final = (
    "bell \x07 back \x08 escape \x1b[31m",
    "tab\tin\tbetween",
    "return\rline\nboth\r\nend",
    "form\x0cfeed vertical\x0btab",
    "next\x85line separator\u2028para\u2029end",
    "delete \x7f high \x80\x9f",
    "units \x1c\x1d\x1e\x1f",
    "start \x01\x02\x03\x04",
)
SCRIPTS: Final = (
    "👩\u200d🎤 👨\u200d👩\u200d👧 🏳️\u200d🌈",
    "👍🏽 🇩🇪 1️⃣ ☠️",
    "\u0430dmin \u0440\u0430y (Cyrillic in it)",
    "\u0399\u03bf and I\u03bf (Greek in it)",
    "ＡＢＣ full width １２３",
    "𝔄𝔅ℭ 𝒜𝓃𝓃𝒶",
    "İstanbul ıI ß ẞ ſ",
    "心配 不安 안심 ไทย हिन्दी",
    "ﷺ 𒈙 \u0bcc",
    "ʎpɐɹ ∀ upside down",
    "o\u2019Neil \u201cquoted\u201d \u2026 \u2014",
    "ǅ ǆ Ǆ titlecase",
    "𠮷野家 beyond the plane",
    "\u0e33\u0e33\u0e33 \u06dd",
    "٠١٢ ۰۱۲ ०१२ digits",
    "ﬀ ﬃ ligatures Ⅷ",
)
LONG: Final = (
    "word " * 15,
    "nobreak" * 10,
    "()[]{}<>" * 8,
    "*_`~" * 16,
    "&amp;" * 13,
    "\\" * 61,
    "[" * 60,
    ">" * 60,
    "😀" * 60,
    "a\u0301" * 30,
    "\u202e" * 30 + "over",
    "$" * 61,
    ":" * 61,
    "x" * 1_900,
    "long and with blanks " * 90,
)
FAMILIES: Final = {
    "tags": TAGS, "links": LINKS, "markdown": MARKDOWN, "directives": DIRECTIVES, "formulas": FORMULAS, "code": CODE,
    "invisible": INVISIBLE, "controls": CONTROLS, "scripts": SCRIPTS, "long": LONG,
}  # fmt: skip
MARK: Final = re.compile(r"h\d{3}h")


def _all() -> tuple[str, ...]:
    payloads = [payload for family in FAMILIES.values() for payload in family]
    marked = [(payload, f"h{number:03d}h") for number, payload in enumerate(payloads + payloads)]
    half = len(payloads)
    return tuple(
        f"{payload} {mark}" if number < half else f"{mark} {payload}" for number, (payload, mark) in enumerate(marked)
    )


STRINGS: Final = _all()
REFUSED: Final = ("a NUL \x00 inside", "\x00", "half \ud83d of a pair", "\udc00 the other half")
"""What no database keeps: refused in a sentence, or taken out with a notice where words are kept while typing."""


def fitting(longest: int) -> tuple[str, ...]:
    """The strings that a field of this length takes."""
    return tuple(each for each in STRINGS if len(each) <= longest)


def mark_of(text: str) -> str:
    """The mark of one of the strings."""
    found = MARK.search(text)
    assert found
    return found.group()


def one_of_each_family() -> tuple[str, ...]:
    """A string of every family, at the start of it."""
    firsts, place = [], 0
    for family in FAMILIES.values():
        firsts.append(STRINGS[place])
        place += len(family)
    return tuple(firsts)
