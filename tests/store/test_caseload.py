"""What Today asks of all clients at once."""

from dataclasses import replace
from datetime import timedelta

from core.model.calendar import SessionStatus
from core.model.responses import SafetyAction, SafetyReviewDetails
from core.store import caseload, check_ins, clients, responses, sessions
from tests.store.entries import DAY, client_details, gad7, request, session_details, short_check_in

REVIEWED = SafetyReviewDetails(action=SafetyAction.REVIEWED_WITH_CLIENT, words="Spoke about it.")


def test_last_covered_day_is_of_counted_check_ins(client, writing):
    with writing() as work:
        clients.add(work, client_details("Nothing recorded"), request())
        check_ins.add(work, client.id, short_check_in(DAY - timedelta(7)), request())
        later = check_ins.add(work, client.id, short_check_in(DAY), request())
        assert caseload.last_covered_days(work) == {client.id: DAY}
        check_ins.withdraw(work, later.ref, "Undo")
        assert caseload.last_covered_days(work) == {client.id: DAY - timedelta(7)}


def test_missed_and_cancelled_sessions_are_not_expected(client, writing):
    with writing() as work:
        kept = [sessions.add(work, client.id, session_details(DAY + timedelta(day)), request()) for day in (1, 0)]
        sessions.add(work, client.id, session_details(DAY - timedelta(1)), request())
        for status in (SessionStatus.MISSED, SessionStatus.CANCELLED):
            sessions.add(work, client.id, replace(session_details(), status=status), request())
        assert caseload.sessions_from(work, DAY) == (kept[1], kept[0])


def test_a_safety_item_waits_until_its_version_is_reviewed(client, writing):
    items = {"gad7": (7,)}
    with writing() as work:
        responses.add(work, client.id, gad7(item7=0), request())
        responses.add(work, client.id, gad7(item7=None), request())
        assert caseload.responses_awaiting_review(work, items) == {}
        given = responses.add(work, client.id, gad7(), request())
        assert caseload.responses_awaiting_review(work, items) == {client.id: 1}
        assert caseload.responses_awaiting_review(work, {"phq9": (9,)}) == {}
        assert caseload.responses_awaiting_review(work, {}) == {}
        responses.add_safety_review(work, given.ref, REVIEWED)
        assert caseload.responses_awaiting_review(work, items) == {}
        corrected = responses.add_version(work, given.ref, gad7(item1=3), "Item 1 was wrong")
        assert caseload.responses_awaiting_review(work, items) == {client.id: 1}
        responses.withdraw(work, corrected.ref, "Undo")
        assert caseload.responses_awaiting_review(work, items) == {}
