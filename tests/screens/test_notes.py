"""Notes: started with the period's figures, kept, signed, locked, added to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Source
from core.model.notes import Note, TypedWords
from core.model.people import Client
from core.services.check_ins import record_check_in
from core.services.session_notes import notes_of, save_words
from dashboard import runtime, selection
from dashboard.runtime import Workplace

Open = Callable[..., AppTest]
HERE, COUNT = uuid4(), count(1)


@pytest.fixture
def recorded(practice: Workplace, client: Client) -> None:
    with practice.store.writing(practice.actor) as work:
        content = CheckIn(
            period_end=work.today,
            period_days=7,
            source=Source.CLIENT_IN_SESSION,
            anxiety_average=7,
            anxiety_peak=9,
            reassurance_count=11,
            reassurance_count_kind=CountKind.ABOUT,
        )
        record_check_in(work, client.id, content, uuid4())
        work.commit()


def stored(practice: Workplace, client: Client) -> Note:
    with practice.store.reading(practice.actor) as work:
        return notes_of(work, client.id)[0]


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def write(practice: Workplace, client: Client, section: str, text: str, *, window: UUID = HERE, base: int = 0) -> None:
    """What the editor does: no test without a browser can type into it, so its message is sent by the service."""
    note = stored(practice, client)
    typed = TypedWords(note_id=note.id, section=section, text=text, base=base, window=window, sent=next(COUNT))
    with practice.store.writing(practice.actor) as work:
        save_words(work, runtime.catalogue(), typed)
        work.commit()


def started(open_page: Open, practice: Workplace, client: Client) -> AppTest:
    press(open_page("notes", client.id), "Start note")
    return open_page("note", client.id, **{selection.NOTE: stored(practice, client).id})


def signed(open_page: Open, practice: Workplace, client: Client) -> AppTest:
    at = started(open_page, practice, client)
    write(practice, client, "assessment", "Tired, and open about it.")
    press(at, "Sign and lock")
    return press(at, "Sign now")


@pytest.mark.usefixtures("recorded")
def test_new_note_already_holds_the_figures_of_the_period(open_page: Open, practice: Workplace, client: Client) -> None:
    at = started(open_page, practice, client)
    assert not at.exception
    texts = [placed.statement.text for placed in stored(practice, client).content.statements]
    assert any("Anxiety average 7, peak 9" in text for text in texts)
    assert any("Asked for reassurance about 11 times" in text for text in texts)


@pytest.mark.usefixtures("recorded")
def test_every_section_has_an_editor_and_no_widget_holds_its_text(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = started(open_page, practice, client)
    boxes = [each for each in at.main if each.type == "bidi_component"]
    assert len(boxes) == len(runtime.catalogue().note_templates["soap"].sections)
    assert not at.text_area


@pytest.mark.usefixtures("recorded")
def test_another_format_loses_no_word(open_page: Open, practice: Workplace, client: Client) -> None:
    at = started(open_page, practice, client)
    write(practice, client, "subjective", "Slept badly.")
    next(each for each in at.button_group if each.label == "Format").set_value("dap")
    at.run()
    assert dict(stored(practice, client).content.words) == {"data": "Slept badly."}
    assert not at.warning


@pytest.mark.usefixtures("recorded")
def test_what_is_signed_is_shown_first(open_page: Open, practice: Workplace, client: Client) -> None:
    at = started(open_page, practice, client)
    write(practice, client, "plan", "Pause phrase before texting.")
    press(at, "Sign and lock")
    assert "Pause phrase before texting." in at.text[0].value


@pytest.mark.usefixtures("recorded")
def test_words_that_came_in_after_that_are_not_signed_unseen(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = started(open_page, practice, client)
    write(practice, client, "plan", "Shown.")
    press(at, "Sign and lock")
    write(practice, client, "plan", "Shown, and more.")
    press(at, "Sign now")
    assert "Nothing was signed" in at.error[0].value
    assert stored(practice, client).signature is None


@pytest.mark.usefixtures("recorded")
def test_note_without_own_words_is_not_signed(open_page: Open, practice: Workplace, client: Client) -> None:
    at = started(open_page, practice, client)
    press(at, "Sign and lock")
    press(at, "Sign now")
    assert "none of your own words" in at.error[0].value
    assert stored(practice, client).signature is None


@pytest.mark.usefixtures("recorded")
def test_signed_note_offers_no_box_to_change_it(open_page: Open, practice: Workplace, client: Client) -> None:
    at = signed(open_page, practice, client)
    assert stored(practice, client).signature is not None
    assert not [each for each in at.text_area if "your words" in each.label]
    assert "Tired, and open about it." in at.code[0].value


@pytest.mark.usefixtures("recorded")
def test_addendum_stands_under_the_signed_note(open_page: Open, practice: Workplace, client: Client) -> None:
    at = signed(open_page, practice, client)
    before = stored(practice, client)
    next(each for each in at.text_area if each.label == "What to add").input("She had asked a friend.")
    next(each for each in at.text_input if each.label == "Reason").input("left out")
    press(at, "Sign addendum")
    after = stored(practice, client)
    assert after.content == before.content
    assert [added.words for added in after.addenda] == ["She had asked a friend."]


def addenda_page(note: "Note", zone: "timezone") -> None:
    from dashboard.components.note_parts import addenda

    addenda(note, lambda instant: instant.astimezone(zone))


@pytest.mark.usefixtures("recorded")
def test_addendum_written_late_carries_the_day_of_the_practice(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = signed(open_page, practice, client)
    next(each for each in at.text_area if each.label == "What to add").input("She had asked a friend.")
    next(each for each in at.text_input if each.label == "Reason").input("left out")
    press(at, "Sign addendum")
    note = stored(practice, client)
    late = replace(note.addenda[0], written_at=datetime(2026, 5, 21, 22, 30, tzinfo=UTC))
    shown = AppTest.from_function(
        addenda_page, args=(replace(note, addenda=(late,)), timezone(timedelta(hours=2)))
    ).run()
    assert not shown.exception, shown.exception[0].message
    assert "22 May 2026, Dr Example: left out" in shown.markdown[0].value


@pytest.mark.usefixtures("recorded")
def test_statements_changed_in_another_window_are_told_and_kept(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = started(open_page, practice, client)
    other = open_page("note", client.id, **{selection.NOTE: stored(practice, client).id})
    other.checkbox[0].uncheck().run()
    theirs = stored(practice, client).content
    at.checkbox[1].uncheck().run()
    assert "changed in another window" in at.warning[0].value
    assert stored(practice, client).content == theirs
    press(at, "Save what is on this page")
    mine = stored(practice, client).content
    assert mine != theirs
    assert len(mine.statements) == len(theirs.statements)


def test_discarded_draft_leaves_the_list(open_page: Open, practice: Workplace, client: Client) -> None:
    at = started(open_page, practice, client)
    press(at, "Discard this draft")
    assert at.session_state[selection.NOTE] is None
    with practice.store.reading(practice.actor) as work:
        assert notes_of(work, client.id) == ()


def test_draft_that_was_signed_elsewhere_is_not_discarded(open_page: Open, practice: Workplace, client: Client) -> None:
    at = started(open_page, practice, client)
    write(practice, client, "assessment", "Tired.")
    other = open_page("note", client.id, **{selection.NOTE: stored(practice, client).id})
    press(other, "Sign and lock")
    press(other, "Sign now")
    press(at, "Discard this draft")
    assert stored(practice, client).signature is not None
