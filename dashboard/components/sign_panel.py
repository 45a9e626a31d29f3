"""The six signs as sentences; each opens what speaks for and against it, what would move it, and its entries."""

from collections.abc import Mapping
from uuid import UUID

import streamlit as st

from core.charts.marks import ANSWER_MARKS, STATE_MARKS
from core.model.check_in import CheckIn
from core.model.days import print_window
from core.model.definitions import WarningSign
from core.model.profile import FightTopics, PresentSafety
from core.model.readings import SignEntry
from core.model.records import Recorded
from core.model.review import ClientReview
from core.model.safety_concern import SafetyConcern
from core.model.sign_findings import Side, SignFinding
from core.model.words import ANSWER_WORDS, SOURCE_WORDS
from core.notes.sign_grounds import form_sentence, ground_sentence
from core.notes.sign_sentences import sign_sentence, thresholds_sentence, would_change_sentence
from dashboard import selection
from dashboard.components.explain import explain_link
from dashboard.components.page import is_phone, section, small
from dashboard.components.refs import ref_labels
from dashboard.components.text import label, literal

LIMITS = (
    "A summary of what was recorded. Not a diagnosis or a test. The signs come from an article on relationship "
    "insecurity, not from a validated scale."
)
BESIDE = "Beside it"
SIDES = ((Side.FOR, "For"), (Side.AGAINST, "Against"), (Side.BESIDE, BESIDE))
CONCERN = (
    "**A present concern about safety or trust is noted in the profile.** What is recorded below, such as checking, "
    "alarm or asking for reassurance, can then be an answer to something real."
)


def sign_panel(
    review: ClientReview,
    signs: Mapping[str, WarningSign],
    *,
    reader: str,
) -> None:
    """Draw one line for each sign; opened, it shows its grounds, what would change it, and its entries.

    `reader` is who is signed in. A concern about safety that the profile notes is told above the signs: it changes
    words, and no figure.
    """
    section("Signs now", print_window(review.readings[0].window))
    if review.profile.block(PresentSafety).concern is SafetyConcern.CONCERN:
        st.markdown(CONCERN)
    by_id = {record.ref.id: record for record in review.check_ins}
    shown = {item.id: literal(item.words) for item in review.profile.block(FightTopics).items}
    for finding in review.readings:
        sign = signs[finding.sign]
        sentence = sign_sentence(finding, review.thresholds, shown)
        line = f"{STATE_MARKS[finding.state]} **{sign.label}: {sentence.lead}.** {sentence.rest}"
        place = f"sign_{finding.sign}"
        with st.expander(line, type="compact", key=place, expanded=selection.looked_up_from(place)):
            _grounds(finding, shown)
            _entries(finding, by_id)
            if sign.kept_apart:
                small(sign.kept_apart)
            explain_link(finding.sign, key=place, label="What this sign means, and its rule")
    small(LIMITS)
    changed = thresholds_sentence(review.thresholds, reader)
    if changed is not None:
        small(literal(changed))
    explain_link("how_sign_state", key="signs", label="How the states are worked out")


def _grounds(finding: SignFinding, topics: Mapping[UUID, str]) -> None:
    """What speaks for the sign, against it and beside it, and what further check-ins would do."""
    lines = []
    for side, words in SIDES:
        lines += [
            f"**{words}** {ground_sentence(ground, topics)} :gray[{ref_labels(ground.refs)}]"
            for ground in finding.grounds_on(side)
        ]
    lines += [
        f"**{BESIDE}** {label(form_sentence(form))} It moves no state. :gray[{ref_labels((form.ref,))}]"
        for form in finding.forms
    ]
    lines += [f"**Would change this** {would_change_sentence(change)}" for change in finding.would_change]
    if lines:
        st.markdown("  \n".join(lines))


def _entries(finding: SignFinding, by_id: Mapping[UUID, Recorded[CheckIn]]) -> None:
    if not finding.evidence:
        small("No entry answers this sign in these days.")
        return
    rows = [_evidence_row(entry, by_id[entry.ref.id]) for entry in finding.evidence]
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
