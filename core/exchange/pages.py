"""A record as one HTML page that any browser shows without the program: headings, facts and tables, nothing run.

Own words are escaped and kept with their lines. The page asks nothing of the network and holds no script.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
STYLE: Final = (
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.7rem}h2{font-size:1.25rem;border-top:1px solid #999;padding-top:.8rem;margin-top:2rem}"
    "h3{font-size:1.05rem;margin:1.4rem 0 .2rem}h4,h5,h6{font-size:1rem;margin:.8rem 0 .2rem}"
    "dl{display:grid;grid-template-columns:16rem minmax(0,1fr);column-gap:1rem;margin:.2rem 0}"
    "dt{color:light-dark(#555,#bbb)}"
    "dd{margin:0}dd,td,.words{white-space:pre-wrap;overflow-wrap:break-word}"
    "table{border-collapse:collapse;width:100%;margin:.4rem 0}th,td{text-align:left;vertical-align:top;"
    "padding:.25rem .8rem .25rem 0;border-bottom:1px solid #ccc}th{color:light-dark(#555,#bbb);font-weight:600}"
    "caption{text-align:left;font-weight:600;padding:.4rem 0 .1rem}"
    ".inside{margin:.6rem 0 .6rem .8rem;padding-left:.8rem;border-left:2px solid #ccc}"
    "@media screen and (max-width:40rem){dl{grid-template-columns:minmax(0,1fr)}dd{margin:0 0 .4rem 1rem}"
    "table{display:block;overflow-x:auto}.inside{margin-left:0}}"
)
DEEPEST: Final = 6

Fact = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table: what it is about, the heading of each column, and rows of as many values."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of the page under a heading: facts first, then words, tables, and further parts below."""

    title: str
    facts: Sequence[Fact] = ()
    words: Sequence[str] = ()
    sheets: Sequence[Sheet] = ()
    parts: Sequence["Part"] = ()


def as_page(title: str, said: Sequence[str], parts: Sequence[Part]) -> bytes:
    """The whole page; `said` are paragraphs under the title, and parts without anything in them are left out."""
    body = "".join(markup for part in parts for markup in _part(part, 2))
    paragraphs = "".join(f"<p>{escape(each)}</p>\n" for each in said)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Secure Base export</title><style>{STYLE}</style></head>\n<body><h1>{escape(title)}</h1>\n"
        f"{paragraphs}{body}</body></html>\n"
    ).encode()


def _part(part: Part, level: int) -> Iterator[str]:
    if not (part.facts or part.words or part.sheets or part.parts):
        return
    yield f"<h{level}>{escape(part.title)}</h{level}>\n"
    if level > 2:
        yield '<div class="inside">\n'
    if part.facts:
        yield f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(value)}</dd>' for name, value in part.facts)}</dl>\n"
    for words in part.words:
        yield f'<p class="words">{escape(words)}</p>\n'
    for sheet in part.sheets:
        yield _table(sheet)
    for below in part.parts:
        yield from _part(below, min(level + 1, DEEPEST))
    if level > 2:
        yield "</div>\n"


def _table(sheet: Sheet) -> str:
    caption = f"<caption>{escape(sheet.title)}</caption>" if sheet.title else ""
    heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in sheet.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in row)}</tr>\n" for row in sheet.rows)
    return f"<table>{caption}<thead><tr>{heads}</tr></thead>\n<tbody>{rows}</tbody></table>\n"
