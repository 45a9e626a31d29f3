"""A record as one HTML page that any browser shows without the program: everything in it, in words, nothing run.

Own words are escaped and kept with their lines. The page asks nothing of the network and holds no script.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from core.model.days import print_day

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.7rem}h2{font-size:1.25rem;border-top:1px solid #999;padding-top:.8rem;margin-top:2rem}"
    "section{margin:.6rem 0 .6rem .8rem;padding-left:.8rem;border-left:2px solid #ccc}"
    "h3,h4,h5,h6{font-size:1rem;margin:.8rem 0 .2rem}dl{margin:.2rem 0}"
    "dt{float:left;clear:left;width:15rem;color:#555}dd{margin-left:15.5rem;white-space:pre-wrap}"
    "@media(max-width:40rem){dt{float:none}dd{margin-left:1rem}}"
)
NOT_SHOWN: Final = frozenset({"id"})
DEEPEST: Final = 6
EARLIER: Final = "Earlier versions stand beside the newest; each says when it was written, and why it was changed."


@dataclass(frozen=True, kw_only=True)
class Words:
    """What values are called: `names` of people by id, `labels` of the program's own ids; `zone` for times."""

    names: Mapping[UUID, str]
    labels: Mapping[str, str]
    zone: ZoneInfo


def as_page(title: str, said: str, content: Mapping[str, Any], words: Words) -> bytes:
    """The whole page; `said` stands under the title. Everything given is shown, but ids that nobody reads."""
    values = {name: value for name, value in content.items() if not _is_list(value)}
    lists = {name: value for name, value in content.items() if _is_list(value)}
    body = "".join(_entry(values, words, 3))
    for name, entries in lists.items():
        body += f"<h2>{_label(name, words)} ({len(entries)})</h2>\n" + "".join(_list(entries, words, 3))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Secure Base export</title><style>{STYLE}</style></head>\n<body><h1>{escape(title)}</h1>\n"
        f"<p>{escape(said)}</p>\n<p>{EARLIER}</p>\n{body}</body></html>\n"
    ).encode()


def _list(entries: Sequence[Any], words: Words, level: int) -> Iterator[str]:
    for place, each in enumerate(entries, start=1):
        if isinstance(each, Mapping):
            yield f"<section><h{level}>{place}</h{level}>\n"
            yield from _entry(each, words, level)
            yield "</section>\n"
        else:
            yield f"<p>{_text(each, words)}</p>\n"


def _entry(entry: Mapping[str, Any], words: Words, level: int) -> Iterator[str]:
    """Single values as a list of names and values, then what is below under headings of its own."""
    single = {name: value for name, value in entry.items() if not _is_below(value) and name not in NOT_SHOWN}
    if single:
        lines = (f"<dt>{_label(name, words)}</dt><dd>{_text(value, words)}</dd>" for name, value in single.items())
        yield f"<dl>{''.join(lines)}</dl>\n"
    deeper = min(level + 1, DEEPEST)
    for name, value in entry.items():
        if not _is_below(value) or not value:
            continue
        yield f"<h{level}>{_label(name, words)}</h{level}>\n"
        yield from _entry(value, words, deeper) if isinstance(value, Mapping) else _list(value, words, deeper)


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _is_below(value: object) -> bool:
    return isinstance(value, Mapping) or _is_list(value)


def _label(name: str, words: Words) -> str:
    known = words.labels.get(name)
    plain = name.replace("_", " ")
    return escape(known or plain[:1].upper() + plain[1:])


def _text(value: object, words: Words) -> str:
    if isinstance(value, UUID):
        return escape(words.names.get(value, str(value)))
    if isinstance(value, date | time):
        return _moment(value, words.zone)
    if value is None or isinstance(value, bool):
        return {None: "–", True: "yes", False: "no"}[value]
    own = str(value)
    return escape(f"{words.labels[own]} ({own})" if own in words.labels else own)


def _moment(value: date | time, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return f"{print_day(local.date())}, {local:%H:%M:%S}"
    return print_day(value) if isinstance(value, date) else f"{value:%H:%M}"
