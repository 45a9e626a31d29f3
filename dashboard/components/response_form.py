"""What stands around the answers of a questionnaire: which form, which day, items or totals, how it was filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from core.catalogue import questionnaire_topic
from core.model.questionnaire_definitions import Questionnaire
from core.model.records import Recorded
from core.model.responses import AnsweredBy, Circumstances, Mode, Response
from core.model.review import ScoredResponse
from core.model.unlikely_days import DayKind, KnownDays
from core.model.words import ANSWERED_BY_WORDS, MODE_WORDS
from dashboard import runtime, selection
from dashboard.components.choices import choice
from dashboard.components.days import DayAsked, GivenDay, day_field
from dashboard.components.explain import explain_link
from dashboard.components.page import labelled_row, section, small
from dashboard.components.text import label

ITEMS, TOTALS = "items", "totals"
FORM_LABEL = "Questionnaire"


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What was chosen above the answers."""

    questionnaire: Questionnaire
    as_totals: bool
    day: GivenDay


@dataclass(frozen=True, kw_only=True)
class Around:
    """Who answered and how, as far as it was said; `made` refuses a language that is too long."""

    answered_by: AnsweredBy | None
    mode: Mode | None
    language: str

    def made(self) -> Circumstances:
        """The circumstances, blank ones as not recorded."""
        return Circumstances(answered_by=self.answered_by, mode=self.mode, language=self.language.strip() or None)


def being_corrected(responses: Sequence[ScoredResponse]) -> Recorded[Response] | None:
    """The response that is being corrected, where that can be done; else say why it cannot."""
    edited = next((each.response for each in responses if each.response.ref.id == selection.edited_record()), None)
    if edited is None:
        return None
    content, form = edited.content, _form_of(edited)
    if form is not None and (content.entered or form.takes_items):
        return edited
    selection.edit_record(None)
    missing = "the text of its items" if form else "the definition it was filled in under"
    st.warning(
        f"{edited.ref.label} cannot be corrected: {missing}, version {content.questionnaire_version}, is not here. "
        "The record is kept as it is."
    )
    return None


def offered(responses: Sequence[ScoredResponse], edited: Recorded[Response] | None) -> dict[str, Questionnaire]:
    """All forms, those entered last first; a correction has its own, in the version it was filled in under."""
    own = _form_of(edited) if edited else None
    if own is not None:
        return {own.id: own}
    forms = runtime.catalogue().questionnaires
    entered_last_first = sorted(responses, key=lambda scored: -scored.response.ref.number)
    recent = (scored.response.content.questionnaire for scored in entered_last_first)
    return {name: forms[name] for name in dict.fromkeys([*recent, *forms]) if name in forms}


def choose_form(key: str, name: str) -> None:
    """Callback: open the form `name`."""
    selection.put(f"{key}_which", name)


def form_heading(forms: Mapping[str, Questionnaire], key: str, known: KnownDays, edited: Response | None) -> Heading:
    """Draw the choice of form, its facts, the day and the way of entering it."""
    section("Form")
    names = _names(forms)
    first = next(iter(forms))
    chosen = st.segmented_control(
        FORM_LABEL, list(forms), format_func=names.__getitem__, required=True, default=first, key=f"{key}_which",
        label_visibility="collapsed", wrap=True, disabled=edited is not None, persist_state="session",
    )  # fmt: skip
    form = forms[chosen or first]
    _facts(form)
    with labelled_row("Filled in on", "the day of the paper form"):
        row, below = st.container(horizontal=True, vertical_alignment="center"), st.container()
    with row:
        asked = DayAsked(kind=DayKind.OF_WORK, known=known, value=edited.day if edited else known.today)
        day = day_field(
            "Date", asked, key=f"{key}_day", beside=below, label_visibility="collapsed", width=150,
            persist_state="session",
        )  # fmt: skip
        return Heading(questionnaire=form, as_totals=_as_totals(form, key, edited), day=day)


def around(key: str, edited: Response | None) -> Around:
    """Draw the quiet row of circumstances: all of it optional, blank is not recorded."""
    known = edited.circumstances if edited else Circumstances()
    with labelled_row("Answered by, how, language", "optional; blank is not recorded"), st.container(horizontal=True):
        return Around(
            answered_by=choice(
                "Who answered", list(AnsweredBy), words=ANSWERED_BY_WORDS, initial=known.answered_by, key=f"{key}_by",
                label_visibility="collapsed", placeholder="who answered", width=150,
            ),
            mode=choice(
                "How it was filled in", list(Mode), words=MODE_WORDS, initial=known.mode, key=f"{key}_mode",
                label_visibility="collapsed", placeholder="how", width=190,
            ),
            language=st.text_input(
                "Language of the form", value=known.language or "", key=f"{key}_language", width=150,
                label_visibility="collapsed", placeholder="language", autocomplete="off", persist_state="session",
            )
            or "",
        )  # fmt: skip


def _form_of(response: Recorded[Response]) -> Questionnaire | None:
    content = response.content
    return runtime.catalogue().questionnaire(content.questionnaire, content.questionnaire_version)


def _names(known: Mapping[str, Questionnaire]) -> dict[str, str]:
    """The short names; where two forms have the same, its id stands beside it, since one could not be chosen."""
    shorts = [form.short_name for form in known.values()]
    return {
        name: label(form.short_name if shorts.count(form.short_name) == 1 else f"{form.short_name}, {name}")
        for name, form in known.items()
    }


def _facts(form: Questionnaire) -> None:
    better = "higher is worse" if form.higher_is_worse else "higher is better"
    unchecked = ", ".join(fact.replace("_", " ") for fact in form.unchecked)
    facts, link = st.columns((5, 2), vertical_alignment="center")
    small(
        f"{label(form.name)}: {label(form.construct)}; {better}. {form.minutes} min. {label(form.licence)}"
        + (f" From memory, not checked: {unchecked}." if unchecked else ""),
        place=facts,
    )
    with link.container(horizontal=True, horizontal_alignment="right"):
        explain_link(questionnaire_topic(form.id), key="form", label="How it is scored, and where it was read")
    if form.item_order:
        st.markdown(
            f"**Order of the items:** {label(form.item_order)}. Compare with the paper form first: in another "
            "order the same answers are counted by another key."
        )


def _as_totals(form: Questionnaire, key: str, edited: Response | None) -> bool:
    if not form.takes_items:
        small("Totals only: the text of its items is not here. A clinic that may use it can add it.")
        return True
    if edited is not None:
        return edited.entered
    way = st.segmented_control(
        "Enter", [ITEMS, TOTALS], default=ITEMS, required=True, key=f"{key}_{form.id}_way",
        label_visibility="collapsed", persist_state="session",
    )  # fmt: skip
    return way == TOTALS
