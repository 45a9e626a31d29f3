"""Every form that can be entered: what it bears on, how long it takes, how it is entered, and its licence."""

from collections.abc import Mapping

import streamlit as st

from core.model.questionnaire_definitions import Questionnaire
from dashboard.components.page import is_phone, section
from dashboard.components.text import label


def forms_list(forms: Mapping[str, Questionnaire]) -> None:
    """Draw the list as rows, or on a phone as lines."""
    section("What there is", f"{len(forms)} forms")
    if is_phone():
        for form in forms.values():
            st.markdown(
                f"**{label(form.short_name)}** {label(form.bears_on)}  \n"
                f":small[:gray[{form.minutes} min, {_way(form)}. {label(form.licence)}]]"
            )
        return
    st.table([_row(form) for form in forms.values()], border="horizontal", hide_index=True)


def _row(form: Questionnaire) -> dict[str, str]:
    return {
        "Form": f"**{label(form.short_name)}**",
        "What it bears on": label(form.bears_on),
        "Minutes": str(form.minutes),
        "Entered by": _way(form),
        "Licence": label(form.licence),
    }


def _way(form: Questionnaire) -> str:
    return "items or totals" if form.takes_items else "totals"
