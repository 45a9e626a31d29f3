"""Check-ins and responses: versions that are kept, the newest one that counts."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from msgspec import structs
from sqlalchemy.event import listens_for

from core.errors import Conflict, InvalidInput, NotFound
from core.model.responses import SafetyAction, SafetyReviewDetails
from core.store import audit, check_ins, clients, responses
from tests.store.entries import DAY, client_details, entered_ecr, full_check_in, gad7, request, short_check_in

KINDS = [
    pytest.param(check_ins, full_check_in, short_check_in, id="check-ins"),
    pytest.param(responses, gad7, lambda: gad7(item3=None), id="responses"),
    pytest.param(responses, entered_ecr, gad7, id="entered totals"),
]


@pytest.mark.parametrize(("records", "first", "second"), KINDS)
def test_what_was_saved_comes_back(records, first, second, client, writing, reading):
    with writing() as work:
        saved = records.add(work, client.id, first(), request())
        work.commit()
    with reading() as work:
        assert records.get(work, saved.ref.id) == saved
        assert records.of_client(work, client.id) == (saved,)
    assert saved.content == first()
    assert (saved.ref.number, saved.ref.version, saved.withdrawn, saved.reason) == (1, 1, False, None)
    assert (saved.client_id, saved.recorded_by, saved.recorded_on) == (client.id, "Dr One", DAY)


@pytest.mark.parametrize(("records", "first", "second"), KINDS)
def test_correction_is_the_next_version(records, first, second, client, writing, reading):
    with writing() as work:
        before = records.add(work, client.id, first(), request())
        after = records.add_version(work, before.ref, second(), "Typed in the wrong row")
        work.commit()
    with reading() as work:
        assert records.of_client(work, client.id) == (after,)
        assert records.history(work, before.ref.id) == (before, after)
        assert records.at_version(work, before.ref.id, 1) == before
    assert (after.ref.version, after.ref.number, after.reason) == (2, 1, "Typed in the wrong row")
    assert after.content == second()


@pytest.mark.parametrize(("records", "first", "second"), KINDS)
def test_correcting_an_old_version_is_a_conflict(records, first, second, client, writing, reading):
    with writing() as work:
        before = records.add(work, client.id, first(), request())
        after = records.add_version(work, before.ref, second(), "A reason")
        work.commit()
    with writing() as work:
        with pytest.raises(Conflict, match="another window"):
            records.add_version(work, before.ref, first(), "Too late")
        with pytest.raises(Conflict, match="another window"):
            records.withdraw(work, before.ref, "Too late")
        with pytest.raises(Conflict):
            records.withdraw(work, structs.replace(before.ref, version=7), "Never was")
    with reading() as work:
        assert records.history(work, before.ref.id) == (before, after)


@pytest.mark.parametrize(("records", "first", "second"), KINDS)
def test_withdrawn_counts_nowhere_and_is_kept(records, first, second, client, writing, reading):
    with writing() as work:
        kept = records.add(work, client.id, first(), request())
        undone = records.add(work, client.id, second(), request())
        withdrawn = records.withdraw(work, undone.ref, "Undo")
        work.commit()
    with reading() as work:
        assert records.of_client(work, client.id) == (kept,)
        assert records.get(work, undone.ref.id) == withdrawn
        assert records.history(work, undone.ref.id) == (undone, withdrawn)
    assert withdrawn.withdrawn
    assert withdrawn.content == undone.content


@pytest.mark.parametrize(("records", "first", "second"), KINDS)
def test_numbers_are_per_client_and_never_reused(records, first, second, client, writing):
    with writing() as work:
        other = clients.add(work, client_details("Zoë"), request())
        one = records.add(work, client.id, first(), request())
        records.withdraw(work, one.ref, "Undo")
        two = records.add(work, client.id, first(), request())
        its_first = records.add(work, other.id, first(), request())
    assert [each.ref.number for each in (one, two, its_first)] == [1, 2, 1]


@pytest.mark.parametrize(("records", "first", "second"), KINDS)
def test_same_form_twice_is_saved_once(records, first, second, client, writing, reading):
    form = request()
    with writing() as work:
        saved = records.add(work, client.id, first(), form)
        work.commit()
    with writing() as work:
        assert records.add(work, client.id, first(), form) == saved
        with pytest.raises(Conflict, match="changed afterwards"):
            records.add(work, client.id, second(), form)
        work.commit()
    with reading() as work:
        assert records.of_client(work, client.id) == (saved,)
        assert len(audit.all(work)) == 3


@pytest.mark.parametrize(("records", "first", "second"), KINDS)
def test_unknown_records_are_not_found(records, first, second, client, writing):
    with writing() as work:
        saved = records.add(work, client.id, first(), request())
        for ask in (
            lambda: records.get(work, uuid4()),
            lambda: records.history(work, uuid4()),
            lambda: records.at_version(work, saved.ref.id, 2),
            lambda: records.add(work, uuid4(), first(), request()),
            lambda: records.withdraw(work, structs.replace(saved.ref, id=uuid4()), "Gone"),
        ):
            with pytest.raises(NotFound):
                ask()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2_001, "half \ud800"])
def test_correction_needs_a_reason(reason, client, writing):
    with writing() as work:
        saved = check_ins.add(work, client.id, full_check_in(), request())
        with pytest.raises(InvalidInput, match="The reason"):
            check_ins.add_version(work, saved.ref, short_check_in(), reason)


def test_unknown_sign_is_refused_by_name(client, writing):
    answers = full_check_in().signs
    unknown = replace(full_check_in(), signs=dict(answers) | {"ws_unheard_of": next(iter(answers.values()))})
    with writing() as work, pytest.raises(InvalidInput, match="ws_unheard_of"):
        check_ins.add(work, client.id, unknown, request())


def test_check_ins_stand_in_order_of_their_days(client, writing):
    days = [DAY, DAY - timedelta(7), DAY, DAY - timedelta(21)]
    with writing() as work:
        for day in days:
            check_ins.add(work, client.id, short_check_in(day), request())
        found = check_ins.of_client(work, client.id)
    assert [(each.content.period_end, each.ref.number) for each in found] == [
        (days[3], 4),
        (days[1], 2),
        (DAY, 1),
        (DAY, 3),
    ]


def test_blank_comes_back_blank_and_zero_zero(client, writing):
    with writing() as work:
        saved = check_ins.add(work, client.id, short_check_in(anxiety=0), request())
        again = check_ins.get(work, saved.ref.id).content
    assert again.anxiety_average == 0
    assert (again.anxiety_peak, again.reassurance_count, again.distortions_total) == (None, None, None)
    assert dict(again.signs) == dict(again.distortions_by_kind) == {}


def test_a_course_of_two_years_is_read_in_one_query(store, client, writing, reading):
    asked: list[str] = []
    with writing() as work:
        for week in range(104):
            check_ins.add(work, client.id, full_check_in(DAY - timedelta(7 * week)), request())
        work.commit()

    @listens_for(store._backend.reader, "before_cursor_execute")
    def note_down(connection, cursor, statement, *others):
        asked.append(statement)

    with reading() as work:
        asked.clear()
        assert len(check_ins.of_client(work, client.id)) == 104
        assert len(asked) == 1


def test_recent_holds_every_client_from_a_day_on(client, writing):
    with writing() as work:
        other = clients.add(work, client_details("Zoë"), request())
        old = check_ins.add(work, client.id, short_check_in(date(2026, 3, 1)), request())
        on_the_day = check_ins.add(work, client.id, short_check_in(date(2026, 4, 1)), request())
        newer = check_ins.add(work, client.id, full_check_in(DAY), request())
        undone = check_ins.add(work, other.id, short_check_in(DAY), request())
        found = check_ins.recent(work, date(2026, 4, 1))
        assert found == {client.id: (on_the_day, newer), other.id: (undone,)}
        check_ins.withdraw(work, undone.ref, "Undo")
        check_ins.add_version(work, on_the_day.ref, old.content, "The day was wrong")
        assert check_ins.recent(work, date(2026, 4, 1)) == {client.id: (newer,)}


def test_unanswered_item_comes_back_unanswered(client, writing):
    with writing() as work:
        saved = responses.add(work, client.id, gad7(item2=None, item5=0), request())
        answers = responses.get(work, saved.ref.id).content.answers
    assert (answers[2], answers[5], len(answers)) == (None, 0, 7)


def test_safety_review_is_tied_to_its_version(client, writing, reading):
    details = SafetyReviewDetails(action=SafetyAction.REVIEWED_WITH_CLIENT, words="Spoke about it; plan agreed.")
    with writing() as work:
        saved = responses.add(work, client.id, gad7(), request())
        review = responses.add_safety_review(work, saved.ref, details)
        work.commit()
    with reading() as work:
        assert responses.safety_reviews(work, client.id) == (review,)
    assert (review.response_id, review.response_version) == (saved.ref.id, 1)
    assert (review.details, review.written_by) == (details, "Dr One")


def test_same_safety_review_twice_is_one(client, writing):
    details = SafetyReviewDetails(action=SafetyAction.WILL_REVIEW_NOW, words="Now.")
    with writing() as work:
        saved = responses.add(work, client.id, gad7(), request())
        first = responses.add_safety_review(work, saved.ref, details)
        assert responses.add_safety_review(work, saved.ref, details) == first
        second = responses.add_safety_review(work, saved.ref, replace(details, words="Done."))
        assert len(responses.safety_reviews(work, client.id)) == 2
    assert second.id != first.id


def test_safety_review_of_an_unknown_version_is_not_found(client, writing):
    details = SafetyReviewDetails(action=SafetyAction.WILL_REVIEW_NOW, words="Now.")
    with writing() as work:
        saved = responses.add(work, client.id, gad7(), request())
        with pytest.raises(NotFound):
            responses.add_safety_review(work, structs.replace(saved.ref, version=2), details)
