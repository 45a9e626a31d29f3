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
from dashboard.components.page import is_phone, section, small
from dashboard.components.text import literal

LIMITS = (
    "A summary of what was recorded. Not a diagnosis or a test. The signs come from an article on relationship "
    "insecurity, not from a validated scale."
)


def sign_panel(
    readings: Sequence[SignReading],
    signs: Mapping[str, WarningSign],
    rule: SignRule,
    check_ins: Sequence[Recorded[CheckIn]],
) -> None:
    """Draw one line for each sign; opened, it lists its evidence."""
    section("Signs now", print_window(readings[0].window))
    by_id = {record.ref.id: record for record in check_ins}
    for reading in readings:
        sign = signs[reading.sign]
        sentence = sign_sentence(reading, rule)
        line = f"{STATE_MARKS[reading.state]} **{sign.label}: {sentence.lead}.** {sentence.rest}"
        with st.expander(line, type="compact", key=f"sign_{reading.sign}"):
            _entries(reading, by_id)
            if sign.kept_apart:
                small(sign.kept_apart)
    small(LIMITS)
    with st.popover("How this is worked out", type="tertiary"):
        st.markdown(rule_words(rule))


def rule_words(rule: SignRule) -> str:
    """The rule in plain words with its numbers and where they come from."""
    share = _share(rule.present_share)
    return (
        f"Looked at: the {rule.window_days} days up to today. *No occasion* and *not asked* do not count.\n\n"
        f"- **Not enough recorded**: fewer than {rule.min_asked_days} asked days, or fewer than {rule.min_check_ins} "
        "check-ins with an answer.\n"
        f"- **Present**: *often* at {rule.present_often_check_ins} or more check-ins, on {share} of the asked "
        "days or more.\n"
        f"- **Watch**: *often* at {rule.watch_often_check_ins} check-in or more; or *often* or *sometimes* at "
        f"{rule.watch_seen_check_ins} or more, on {_share(rule.watch_share)} of the asked days or more.\n"
        "- **Not seen**: otherwise.\n\n"
        f"Rule {rule.id}, version {rule.version}. Every number in it is a {rule.threshold_origin}: neither article "
        "gives one."
    )


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


def _share(share: float) -> str:
    return "half" if share == 0.5 else f"{share:.0%}"
