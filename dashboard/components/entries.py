"""Check-ins as lines of text, newest first: the way to any entry by keyboard, to correct or withdraw it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from core.model.check_in import CheckIn
from core.model.days import print_window
from core.model.definitions import WarningSign
from core.model.records import Recorded
from core.model.words import ANSWER_WORDS, SOURCE_WORDS, known_words
from core.notes.full_facts import FactNames, facts_of
from dashboard import selection
from dashboard.components.page import section, small
from dashboard.components.text import literal
from dashboard.components.versions import version_line, versions_button, versions_shown

SHOWN_AT_FIRST = 6
SHOWN_KEY = "entries_shown"


@dataclass(frozen=True, kw_only=True)
class EntryWords:
    """By what entries are put into words, and `history`, which gives every version of one check-in."""

    signs: Mapping[str, WarningSign]
    names: FactNames
    history: Callable[[UUID], Sequence[Recorded[CheckIn]]]


def entries(check_ins: Sequence[Recorded[CheckIn]], words: EntryWords, *, writes: bool) -> UUID | None:
    """Draw the latest entries, earlier ones on demand; return the one whose *Correct* was just pressed.

    Who does not write the record (`writes`) is not offered to correct it.
    """
    section("Entries", f"{len(check_ins)} check-ins" if check_ins else "none yet")
    shown: int = selection.value(SHOWN_KEY, SHOWN_AT_FIRST)
    pressed = [record.ref.id for record in list(reversed(check_ins))[:shown] if _entry(record, words, writes=writes)]
    if len(check_ins) > shown:
        more = min(SHOWN_AT_FIRST * 3, len(check_ins) - shown)
        st.button(f"Show {more} earlier", key="more_entries", on_click=selection.put, args=(SHOWN_KEY, shown + more))
    return pressed[0] if pressed else None


def entry_words(check_in: CheckIn, signs: Mapping[str, WarningSign], names: FactNames) -> str:
    """Everything one check-in recorded, as one line of Markdown; what the client's lists call it is escaped."""
    longer = [literal(fact.words) for fact in facts_of(check_in.full, names)]
    parts = [*_ratings(check_in), *_counts(check_in), *_answers(check_in, signs), *longer]
    return "; ".join(parts) if parts else "words only"


def _entry(record: Recorded[CheckIn], by: EntryWords, *, writes: bool) -> bool:
    words, buttons = st.columns((5, 1), vertical_alignment="center")
    check_in = record.content
    version = f", version {record.ref.version}" if record.ref.version > 1 else ""
    words.markdown(
        f"**{record.ref.label}** {print_window(check_in.period)} · {SOURCE_WORDS[check_in.source]}{version}  \n"
        f"{entry_words(check_in, by.signs, by.names)}"
    )
    for text in (check_in.client_words, check_in.note):
        if text:
            small(f"“{literal(text)}”" if text is check_in.client_words else literal(text), place=words)
    with buttons.container(gap="xxsmall"):
        versions_button(record.ref)
        correct = writes and st.button(f"Correct {record.ref.label}", key=f"correct_{record.ref.id}", type="tertiary")
    versions_shown(record.ref, by.history, lambda version: _version(version, by))
    return bool(correct)


def _version(record: Recorded[CheckIn], by: EntryWords) -> str:
    """One version: who wrote it when and why, and what it said."""
    check_in = record.content
    said = [entry_words(check_in, by.signs, by.names)]
    said += [f"“{literal(check_in.client_words)}”"] if check_in.client_words else []
    said += [literal(check_in.note)] if check_in.note else []
    state = "Withdrawn: it counts nowhere. " if record.withdrawn else ""
    told = "; ".join(said)
    stop = "" if told.endswith((".", ".”")) else "."
    return f"{version_line(record)} {state}For {print_window(check_in.period)}: {told}{stop}"


def _ratings(check_in: CheckIn) -> list[str]:
    named = (("anxiety average", check_in.anxiety_average), ("peak", check_in.anxiety_peak))
    return [f"{name} {value}" for name, value in named if value is not None]


def _counts(check_in: CheckIn) -> list[str]:
    found = []
    if check_in.reassurance_count is not None:
        known = known_words(check_in.reassurance_count_kind)
        found.append(f"reassurance {known}{check_in.reassurance_count or 'none'}")
    if check_in.episodes:
        found.append(f"{len(check_in.episodes)} described")
    if check_in.distortions_total is not None:
        found.append(f"distortions {check_in.distortions_total or 'none'}")
    return found


def _answers(check_in: CheckIn, signs: Mapping[str, WarningSign]) -> list[str]:
    groups: dict[str, list[str]] = {}
    for code, sign in signs.items():
        answer = check_in.signs.get(code)
        groups.setdefault(ANSWER_WORDS[answer], []).append(sign.short_label.lower())
    return [f"signs {words}: {', '.join(names)}" for words, names in groups.items()]
