"""Check-in: get it down while the client is still talking."""

from uuid import UUID

import streamlit as st

from core.catalogue import practice_names
from core.errors import InvalidInput
from core.model.check_in import CheckIn
from core.model.days import Window, print_day
from core.model.people import Client, PartnerStatus
from core.model.records import Recorded
from core.model.unlikely_days import KnownDays
from core.services.check_ins import (
    check_ins_of,
    correct_check_in,
    last_covered_day,
    lists_asked_about,
    propose_period,
    record_check_in,
    warn_about,
    withdraw_check_in,
)
from core.services.clients import get_client
from dashboard import runtime, selection
from dashboard.components.check_in_form import CheckInDraft, FormSetting, check_in_form
from dashboard.components.correction import correction_row
from dashboard.components.messages import attempt, show_warnings
from dashboard.components.page import REVIEW_PAGE, header, needed_client


def show(client_id: UUID) -> None:
    """Draw the form for a new check-in, or for the one that is being corrected."""
    client = runtime.load(get_client, client_id)
    edited = _edited(client_id)
    name = f"check_in_{client_id}_{edited.ref.label if edited else 'new'}"
    request_id = selection.form_id(name)
    words = "Leave blank what you did not ask. *None* means you asked."
    line = words if edited is None else f"Correcting {edited.ref.label}. The earlier version is kept. {words}"
    [place] = header(f"{client.details.name}: check-in", line, actions=1)
    pressed = place.button("Save check-in", type="primary", key=f"save_{request_id}")
    answer_place = st.container(key="check_in_answer")
    reason = _correct(edited, name, str(request_id)) if edited else ""
    draft = check_in_form(_setting(client, str(request_id), edited))
    with answer_place:
        show_warnings(_closed(client))
        _warn(client_id, draft, edited)
        if pressed:
            saved = attempt(lambda: _save(client_id, draft, edited, reason, request_id))
            if saved is not None:
                selection.leave_message("check_in_saved", record_id=saved.ref.id, corrected=edited is not None)
                selection.edit_record(None)
                selection.close_form(name)
                st.switch_page(REVIEW_PAGE)


def _closed(client: Client) -> list[str]:
    if client.closed_on is None:
        return []
    return [
        f"This record was closed on {print_day(client.closed_on)}. A check-in can still be saved; if the work goes on, "
        "open the record again on its profile."
    ]


def _edited(client_id: UUID) -> Recorded[CheckIn] | None:
    wanted = selection.edited_record()
    records = runtime.load(check_ins_of, client_id) if wanted else ()
    return next((record for record in records if record.ref.id == wanted), None)


def _setting(client: Client, key: str, edited: Recorded[CheckIn] | None) -> FormSetting:
    catalogue, today, client_id = runtime.catalogue(), runtime.today(), client.id
    proposed: Window = edited.content.period if edited else runtime.load(propose_period, client_id)
    return FormSetting(
        key=key,
        last_covered=runtime.load(last_covered_day, client_id),
        known=KnownDays.about(client.details, today),
        proposed=proposed,
        without_partner=client.partner_on(today) is PartnerStatus.NO_PARTNER,
        initial=edited.content if edited else None,
        signs=tuple(catalogue.warning_signs.values()),
        distortions=tuple(catalogue.distortions.values()),
        lists=runtime.load(lists_asked_about, client_id),
        practices=practice_names(catalogue),
    )


def _correct(edited: Recorded[CheckIn], form: str, key: str) -> str:
    """Draw what a correction needs besides the form; return its reason."""
    correction = correction_row(edited.ref, key)
    leave = correction.leave
    if correction.withdraw:
        withdrawn = attempt(lambda: runtime.save(withdraw_check_in, edited.ref, correction.reason))
        leave = withdrawn is not None
        if leave:
            selection.leave_message("undone", label=edited.ref.label)
    if leave:
        selection.edit_record(None)
        selection.close_form(form)
        st.switch_page(REVIEW_PAGE)
    return correction.reason


def _warn(client_id: UUID, draft: CheckInDraft, edited: Recorded[CheckIn] | None) -> None:
    try:
        check_in = draft.build()
    except InvalidInput:
        return
    show_warnings(runtime.load(warn_about, client_id, check_in, edited.ref.id if edited else None))


def _save(
    client_id: UUID, draft: CheckInDraft, edited: Recorded[CheckIn] | None, reason: str, request_id: UUID
) -> Recorded[CheckIn]:
    check_in, topic = draft.build(), draft.new_topic
    if edited is None:
        return runtime.save(record_check_in, client_id, check_in, request_id, new_topic=topic)
    return runtime.save(correct_check_in, edited.ref, check_in, reason, new_topic=topic)


show(needed_client())
