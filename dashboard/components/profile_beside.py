"""What stands beside the written blocks of a profile: measured dimensions, events, handouts given."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.catalogue import questionnaire_topic
from core.model.calendar import Event
from core.model.days import print_day
from core.model.handouts import Handout
from core.model.handouts_given import GivenHandout
from core.model.review import ScoredResponse
from dashboard.components.explain import explain_link
from dashboard.components.page import section, small
from dashboard.components.profile_words import NEW_LINE
from dashboard.components.scores import score_line
from dashboard.components.text import literal

SESSIONS_PAGE = "screens/sessions.py"
LEARN_PAGE = "screens/learn.py"
SHOWN_EVENTS = 4


def measured_block(scored: ScoredResponse | None) -> None:
    """Draw the two dimensions of attachment as the latest form gave them; no pattern is made of them."""
    section("Measured", "attachment anxiety and avoidance")
    if scored is None:
        small("A form such as ECR-R gives two dimensions. None is filled in yet.")
        return
    day = f"filled in on {print_day(scored.day)}. Two dimensions; no pattern is worked out from them."
    with st.container(gap="xxsmall"):
        st.markdown(f"{scored.score.short_name}: {score_line(scored.score)}{NEW_LINE}:gray[:small[{day}]]")
        explain_link(questionnaire_topic(scored.score.questionnaire_id), key="measured")


def events_block(events: Sequence[Event]) -> None:
    """Draw the latest events, and the way to the page where they are written."""
    section("Events")
    latest = list(reversed(events))[:SHOWN_EVENTS]
    if latest:
        st.markdown(
            NEW_LINE.join(f"{print_day(event.details.day)}: {literal(event.details.words)}" for event in latest)
        )
    else:
        small("What happened, on its day. Events stand on the time axis of the review.")
    st.page_link(SESSIONS_PAGE, label="Sessions and events")


def handouts_block(given: Sequence[GivenHandout], handouts: Mapping[str, Handout]) -> None:
    """Draw what was given to read and when, the newest first, and the way to the handouts."""
    section("Handouts given")
    if given:
        st.markdown(
            NEW_LINE.join(f"{_title(each, handouts)} :gray[:small[{print_day(each.day)}]]" for each in reversed(given))
        )
    else:
        small("None yet. On Learn, an opened handout can be logged as given.")
    st.page_link(LEARN_PAGE, label="Handouts on Learn")


def _title(given: GivenHandout, handouts: Mapping[str, Handout]) -> str:
    handout = handouts.get(given.handout)
    return literal(handout.title if handout else given.handout)
