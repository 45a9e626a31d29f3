"""The six signs on the check-in form: a row of chips for each answer, so that one glance sees all six."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.charts.marks import ANSWER_MARKS
from core.model.check_in import CheckIn
from core.model.check_in_parts import SignAnswer
from core.model.definitions import WarningSign
from dashboard import selection
from dashboard.components.page import labelled_row

ROWS = (
    (SignAnswer.OFTEN, "Often", "half the days or more"),
    (SignAnswer.SOMETIMES, "Sometimes", "fewer than half"),
    (SignAnswer.NOT_PRESENT, "Not present", "asked, did not happen"),
    (SignAnswer.NO_OCCASION, "No occasion", "could not have happened"),
)


def sign_rows(
    key: str, signs: Sequence[WarningSign], initial: CheckIn | None, *, without_partner: bool
) -> dict[str, SignAnswer]:
    """Draw the switch and the rows; return the signs that were asked with their answers.

    With the switch on, a sign without a chip becomes *not present*; with it off, it stays not asked,
    and a row for *not present* is there to answer single signs.
    """
    start = _start(signs, initial, without_partner=without_partner)
    with labelled_row("I asked about all six"), st.container(horizontal=True, vertical_alignment="center"):
        all_asked = st.toggle("Signs left unchosen become “not present”", key=f"{key}_all", persist_state="session")
    rows = [row for row in ROWS if not (all_asked and row[0] is SignAnswer.NOT_PRESENT)]
    keys = {answer: f"{key}_{answer.value}" for answer, _, _ in rows}
    answers: dict[str, SignAnswer] = {}
    for answer, label, hint in rows:
        others = tuple(other for each, other in keys.items() if each is not answer)
        for sign in _chips(answer, (label, hint), signs, keys[answer], others, start):
            answers[sign] = answer
    if all_asked:
        answers = {sign.id: answers.get(sign.id, SignAnswer.NOT_PRESENT) for sign in signs}
    return answers


def _chips(
    answer: SignAnswer,
    words: tuple[str, str],
    signs: Sequence[WarningSign],
    key: str,
    others: tuple[str, ...],
    start: Mapping[str, SignAnswer],
) -> list[str]:
    labels = {sign.id: sign.short_label for sign in signs}
    with labelled_row(f"{ANSWER_MARKS[answer]} {words[0]}", words[1]):
        chosen: list[str] = st.pills(
            words[0], list(labels), selection_mode="multi", format_func=labels.__getitem__,
            default=[sign for sign, given in start.items() if given is answer],
            key=key, label_visibility="collapsed", on_change=selection.take_from_others, args=(key, others),
            persist_state="session", wrap=True,
        )  # fmt: skip
    return chosen


def _start(signs: Sequence[WarningSign], initial: CheckIn | None, *, without_partner: bool) -> Mapping[str, SignAnswer]:
    if initial is not None:
        return initial.signs
    return {sign.id: SignAnswer.NO_OCCASION for sign in signs if sign.needs_partner and without_partner}
