"""What was practised on a page: each family of the documents with its days, drawn as large as the signs."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.model.catalogue_entries import EntryFamily
from core.model.check_in import CheckIn
from core.model.days import print_window
from core.model.practised import DaysPractised, SecuritySide
from core.model.records import Recorded
from core.model.words import SOURCE_WORDS
from core.notes.practised_sentences import asked_sentence, practised_sentence
from dashboard.components.explain import explain_link
from dashboard.components.page import section, small
from dashboard.components.text import literal


def security_panel(
    side: SecuritySide, families: Mapping[str, EntryFamily], check_ins: Sequence[Recorded[CheckIn]]
) -> None:
    """Draw one line for each thing that was practised; opened, it lists the check-ins that named it."""
    section("Practised now", f"{print_window(side.window)}; {asked_sentence(side)}")
    labels = {entry.id: (family.label, entry.label) for family in families.values() for entry in family.entries}
    by_ref = {record.ref: record for record in check_ins}
    if not side.practised and side.asked.asked:
        small("Asked, and nothing of it was named in these days.")
    if not side.asked.asked:
        small("Habits, ways of talking, self-compassion and practices are asked in the longer form of a check-in.")
    for each in side.practised:
        family, label = labels.get(each.entry, ("", each.entry))
        line = f"**{label}.** {practised_sentence(each).capitalize()}. {_earlier(side, each)}"
        with st.expander(line, type="compact", key=f"sign_practised_{each.entry}"):
            if family:
                small(family)
            for ref in each.refs:
                record = by_ref[ref]
                st.markdown(
                    f":small[{ref.label} · {print_window(record.content.period)} · "
                    f"{_days(record.content, each.entry)} · {SOURCE_WORDS[record.content.source]} · "
                    f"{literal(record.recorded_by)}]"
                )
    if side.asked.asked:
        explain_link("how_practised", key="practised")


def _earlier(side: SecuritySide, each: DaysPractised) -> str:
    before = side.earlier(each.entry)
    if before is not None:
        return f":gray[Before: {practised_sentence(before)}.]"
    return f":gray[Before: {'not named' if side.asked_before.asked else 'not asked'}.]"


def _days(content: CheckIn, entry: str) -> str:
    days = (content.full.practised or {}).get(entry)
    return "days not asked" if days is None else f"{days} of {content.period_days} days"
