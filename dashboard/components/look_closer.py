"""Below the signs: one closer look at a time, drawn only when it is asked for."""

import streamlit as st

from core.catalogue import Catalogue
from core.model.profile import Triggers
from core.model.review import ClientReview
from dashboard.components.distortions import distortions_block, examples_block, triggers_block
from dashboard.components.explain import explain_link
from dashboard.components.page import is_phone, section
from dashboard.components.questionnaire_progress import questionnaire_progress
from dashboard.components.reassurance import reassurance_block, reassurance_weeks

REASSURANCE, KINDS, TRIGGERS, FORMS = "Reassurance", "Distortions by kind", "Kinds beside triggers", "Questionnaires"


def look_closer(review: ClientReview, catalogue: Catalogue) -> None:
    """Draw the choice, and what was chosen; nothing at first, so that the page stays short."""
    section("Look closer", "one at a time")
    chosen = st.segmented_control(
        "Look closer", (REASSURANCE, KINDS, TRIGGERS, FORMS), key="look_closer", label_visibility="collapsed",
        persist_state="session", wrap=True,
    )  # fmt: skip
    compact = is_phone()
    if chosen == REASSURANCE:
        reassurance_weeks(review.course, review.relief_weeks, compact=compact)
        reassurance_block(review.loop, compact=compact, poor_relief=review.thresholds.six.poor_relief_median)
    elif chosen == KINDS:
        distortions_block(review.kinds, catalogue.distortions, said={}, gaps=review.course.gaps, compact=compact)
        examples_block(review.examples, catalogue.distortions, review.kinds.view)
    elif chosen == TRIGGERS:
        named = {item.id: item.words for item in review.profile.block(Triggers).items}
        triggers_block(review.triggers, catalogue.distortions, named, compact=compact)
    elif chosen == FORMS:
        questionnaire_progress(review.changes, review.responses, compact=compact, explain=explain_link)
