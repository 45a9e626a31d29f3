"""Check-in: empty, saved, refused, corrected, undone."""

from collections.abc import Callable
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, SignAnswer
from core.model.people import Client
from core.model.records import Recorded
from core.services.check_ins import check_in_history, check_ins_of
from core.services.clients import close_client
from dashboard import selection
from dashboard.runtime import Workplace

Open = Callable[..., AppTest]


def stored(practice: Workplace, client_id: UUID) -> tuple[Recorded[CheckIn], ...]:
    with practice.store.reading(practice.actor) as work:
        return check_ins_of(work, client_id)


def group(at: AppTest, label: str):  # type: ignore[no-untyped-def]  # the element's type is not public
    return next(each for each in at.button_group if each.label == label)


def number(at: AppTest, label: str):  # type: ignore[no-untyped-def]  # the element's type is not public
    return next(each for each in at.text_input if each.label == label)


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def test_answers_are_stored_as_they_were_given(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("check_in", client.id)
    group(at, "Anxiety, average").set_value(7)
    group(at, "Anxiety, peak").set_value(9)
    number(at, "Asked for reassurance, another number").input("11")
    number(at, "Distortions noticed, another number").input("16")
    at.run()
    at.toggle[0].set_value(True).run()
    group(at, "Often").set_value(["ws_reassurance", "ws_checking"]).run()
    group(at, "No occasion").set_value(["ws_panic_jealousy", "ws_repeated_conflict"]).run()
    press(at, "Save check-in")
    assert not at.exception
    [record] = stored(practice, client.id)
    check_in = record.content
    assert (check_in.anxiety_average, check_in.anxiety_peak, check_in.period_days) == (7, 9, 7)
    assert (check_in.reassurance_count, check_in.reassurance_count_kind) == (11, CountKind.ABOUT)
    assert (check_in.distortions_unsorted, dict(check_in.distortions_by_kind)) == (16, {})
    assert dict(check_in.signs) == {
        "ws_reassurance": SignAnswer.OFTEN,
        "ws_checking": SignAnswer.OFTEN,
        "ws_panic_jealousy": SignAnswer.NO_OCCASION,
        "ws_overthinking": SignAnswer.NOT_PRESENT,
        "ws_isolation": SignAnswer.NOT_PRESENT,
        "ws_repeated_conflict": SignAnswer.NO_OCCASION,
    }


def test_saving_leads_to_the_review_with_undo(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("check_in", client.id)
    group(at, "Anxiety, average").set_value(4)
    press(at, "Save check-in")
    assert any("Saved c1." in text.value for text in at.markdown)
    at.switch_page("screens/review.py").run()
    press(at, "Undo")
    assert not at.exception
    assert any("c1 was undone" in info.value for info in at.info)
    assert stored(practice, client.id) == ()


def test_only_what_was_asked_is_stored(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("check_in", client.id)
    group(at, "Anxiety, average").set_value(4)
    press(at, "Save check-in")
    [record] = stored(practice, client.id)
    assert record.content.reassurance_count is None
    assert record.content.distortions_total is None
    assert dict(record.content.signs) == {}


def test_none_button_stores_a_real_zero(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("check_in", client.id)
    group(at, "Asked for reassurance").set_value(0)
    press(at, "Save check-in")
    assert stored(practice, client.id)[0].content.reassurance_count == 0


def test_refused_entries_stay_on_the_form_and_nothing_is_saved(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_page("check_in", client.id)
    group(at, "Anxiety, average").set_value(8)
    group(at, "Anxiety, peak").set_value(3)
    press(at, "Save check-in")
    assert "average 8 is above the peak 3" in at.error[0].value
    assert group(at, "Anxiety, average").value == 8
    assert stored(practice, client.id) == ()


def test_saving_an_empty_form_is_refused_with_the_way_out(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("check_in", client.id)
    press(at, "Save check-in")
    assert "Nothing was answered" in at.error[0].value
    assert stored(practice, client.id) == ()


def test_sign_chosen_in_one_row_leaves_the_other_row(open_page: Open, client: Client) -> None:
    at = open_page("check_in", client.id)
    group(at, "Sometimes").set_value(["ws_checking"]).run()
    group(at, "Often").set_value(["ws_checking"]).run()
    assert group(at, "Often").value == ["ws_checking"]
    assert group(at, "Sometimes").value == []


def test_number_typed_replaces_the_button_chosen_before(open_page: Open, client: Client) -> None:
    at = open_page("check_in", client.id)
    group(at, "Asked for reassurance").set_value(3).run()
    number(at, "Asked for reassurance, another number").input("11").run()
    assert group(at, "Asked for reassurance").value is None


def test_correction_needs_its_reason_and_keeps_the_earlier_version(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_page("check_in", client.id)
    group(at, "Anxiety, average").set_value(4)
    press(at, "Save check-in")
    at.switch_page("screens/review.py").run()
    press(at, "Edit")
    at.switch_page("screens/check_in.py").run()
    assert any("Correcting c1" in text.value for text in at.markdown)
    group(at, "Anxiety, average").set_value(5)
    press(at, "Save check-in")
    assert "needs its reason" in at.error[0].value
    number(at, "Reason for the correction").input("misheard")
    press(at, "Save check-in")
    [record] = stored(practice, client.id)
    assert (record.content.anxiety_average, record.ref.version, record.reason) == (5, 2, "misheard")


def test_more_episodes_than_the_count_is_refused(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("check_in", client.id)
    group(at, "Asked for reassurance").set_value(1)
    at.run()
    press(at, "Describe an episode")
    press(at, "Describe an episode")
    for row in (1, 2):
        next(box for box in at.selectbox if box.label == f"Episode {row}: whom").select("friend")
    press(at, "Save check-in")
    assert "2 episodes are described but the count is 1" in at.error[0].value
    assert stored(practice, client.id) == ()


def test_kinds_above_the_total_are_refused(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("check_in", client.id)
    group(at, "Distortions noticed").set_value(2)
    number(at, "Mind-reading").input("3")
    press(at, "Save check-in")
    assert "The kinds add up to 3 but the total is 2" in at.error[0].value
    assert stored(practice, client.id) == ()


def test_withdrawn_check_in_counts_nowhere_and_is_kept(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("check_in", client.id)
    group(at, "Anxiety, average").set_value(4)
    press(at, "Save check-in")
    record = stored(practice, client.id)[0]
    at = open_page("check_in", client.id, **{selection.EDITED: record.ref.id})
    press(at, "Withdraw c1")
    assert "needs its reason" in at.error[0].value
    number(at, "Reason for the correction").input("entered for the wrong week")
    press(at, "Withdraw c1")
    assert stored(practice, client.id) == ()
    with practice.store.reading(practice.actor) as work:
        assert [version.withdrawn for version in check_in_history(work, record.ref.id)] == [False, True]


def test_closed_record_is_told_on_the_form(open_page: Open, practice: Workplace, client: Client) -> None:
    assert not open_page("check_in", client.id).warning
    with practice.store.writing(practice.actor) as work:
        close_client(work, client, work.today)
        work.commit()
    at = open_page("check_in", client.id)
    assert "This record was closed on" in at.warning[0].value


@pytest.mark.parametrize("typed", ["3,5", "2.5", "1e9", "12x", "٣", "9" * 22])
def test_number_that_is_none_is_refused_and_never_becomes_another(
    typed: str, open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_page("check_in", client.id)
    group(at, "Anxiety, average").set_value(4)
    number(at, "Asked for reassurance, another number").input(typed)
    press(at, "Save check-in")
    assert "whole number in digits" in at.error[0].value
    assert number(at, "Asked for reassurance, another number").value == typed
    assert stored(practice, client.id) == ()
