"""The six signs as sentences; each opens exactly the entries it rests on."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from core.charts.marks import ANSWER_MARKS, STATE_MARKS
from core.model.check_in import CheckIn
from core.model.days import print_window
from core.model.definitions import SignRule, WarningSign
from core.model.readings import SignEntry, SignReading
from core.model.records import Recorded
from core.model.words import ANSWER_WORDS, SOURCE_WORDS
from core.notes.sentences import sign_sentence
from dashboard import selection
from dashboard.components.explain import explain_link
from dashboard.components.page import is_phone, section, small
from dashboard.components.text import literal

LIMITS = (
    "A summary of what was recorded. Not a diagnosis or a test. The signs come from an article on relationship "
    "insecurity, not from a validated scale."
)
CONCERN = (
    "**A present concern about safety or trust is noted in the profile.** What is recorded below, such as checking, "
    "alarm or asking for reassurance, can then be an answer to something real."
)


def sign_panel(
    readings: Sequence[SignReading],
    signs: Mapping[str, WarningSign],
    rule: SignRule,
    check_ins: Sequence[Recorded[CheckIn]],
    *,
    concern: bool = False,
) -> None:
    """Draw one line for each sign; opened, it lists its evidence. A noted `concern` is told above them."""
    section("Signs now", print_window(readings[0].window))
    if concern:
        st.markdown(CONCERN)
    by_id = {record.ref.id: record for record in check_ins}
    for reading in readings:
        sign = signs[reading.sign]
        sentence = sign_sentence(reading, rule)
        line = f"{STATE_MARKS[reading.state]} **{sign.label}: {sentence.lead}.** {sentence.rest}"
        place = f"sign_{reading.sign}"
        with st.expander(line, type="compact", key=place, expanded=selection.looked_up_from(place)):
            _entries(reading, by_id)
            if sign.kept_apart:
                small(sign.kept_apart)
            explain_link(reading.sign, key=place, label="What this sign means, and its rule")
    small(LIMITS)
    explain_link("how_sign_state", key="signs", label="How the states are worked out")


def _entries(reading: SignReading, by_id: Mapping[UUID, Recorded[CheckIn]]) -> None:
    if not reading.evidence:
        small("No entry answers this sign in these days.")
        return
    rows = [_evidence_row(entry, by_id[entry.ref.id]) for entry in reading.evidence]
    if is_phone():
        for row in rows:  # a table this wide would scroll sideways there
            st.markdown(f":small[{' · '.join(row.values())}]")
    else:
        st.table(rows, border="horizontal", hide_index=True)


def _evidence_row(entry: SignEntry, record: Recorded[CheckIn]) -> dict[str, str]:
    return {
        "Entry": entry.ref.label,
        "Days": print_window(entry.period),
        "Answer": f"{ANSWER_MARKS[entry.answer]} {ANSWER_WORDS[entry.answer]}",
        "Counts for": f"{entry.days} day{'' if entry.days == 1 else 's'}",
        "Source": SOURCE_WORDS[record.content.source],
        "Recorded by": literal(record.recorded_by),
    }
