"""The longer part of the check-in form: closed and blank at first, and it asks only about what the profile has."""

from collections.abc import Callable
from html import unescape
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from core.catalogue import load_catalogue
from core.model.full_answers import BodySign, FullAnswers, Reaction
from core.model.people import Client, DatedPartnerStatus, PartnerStatus
from core.model.profile import Block, FightTopics, Goals, OwnMeasures, PracticePlan, Triggers
from core.model.profile_items import OwnMeasure, OwnMeasureKind, ProfileItem
from core.services.check_ins import check_ins_of, lists_asked_about
from core.services.clients import set_partner_status
from core.services.profiles import save_block
from dashboard import selection
from dashboard.components.check_in_form import MORE
from dashboard.components.none_pills import NONE
from dashboard.runtime import Workplace
from tests.screens.test_check_in import group, number, press, stored

Open = Callable[..., AppTest]
HOSTILE = "**late** [reply](http://e.org) :red[x]"
GOAL, TRIGGER, TOPIC, SLEEP, CALLS = (UUID(int=number) for number in range(1, 6))
QUICK_LABELS = ["Anxiety, average", "Anxiety, peak", "Asked for reassurance", "Distortions noticed"]


@pytest.fixture
def profile(practice: Workplace, client: Client) -> Client:
    """A profile with one thing of every list."""
    with practice.store.writing(practice.actor) as work:
        today = work.today
        blocks: tuple[Block, ...] = (
            Goals(items=(ProfileItem(id=GOAL, words=HOSTILE),)),
            Triggers(items=(ProfileItem(id=TRIGGER, words=HOSTILE),)),
            FightTopics(items=(ProfileItem(id=TOPIC, words="the phone"),)),
            PracticePlan(practices=("sc_pause_phrase", "cs_i_language")),
            OwnMeasures(
                measures=(
                    OwnMeasure(id=SLEEP, name="Sleep", kind=OwnMeasureKind.RATING, since=today),
                    OwnMeasure(id=CALLS, name="Calls", kind=OwnMeasureKind.COUNT, since=today),
                )
            ),
        )
        for block in blocks:
            save_block(work, load_catalogue(), client.id, block, seen=0, held_from=today)
        work.commit()
    return client


def more(at: AppTest):  # type: ignore[no-untyped-def]  # the element's type is not public
    return next(each for each in at.expander if each.label == MORE)


def test_form_opens_with_the_longer_part_closed_and_every_answer_blank(open_page: Open, profile: Client) -> None:
    at = open_page("check_in", profile.id)
    assert not more(at).proto.expanded
    assert [each.label for each in at.button_group if each.value not in (None, [])] == ["Length of the period"]
    assert [each.label for each in at.text_input if each.value] == []


def test_quick_rows_come_first_and_stay_as_they_are(open_page: Open, profile: Client) -> None:
    labels = [each.label for each in open_page("check_in", profile.id).button_group]
    assert labels[1:5] == QUICK_LABELS
    assert labels.index("Anxiety now") > labels.index("No occasion")


def test_without_a_profile_one_grey_line_says_where_the_lists_are(open_page: Open, client: Client) -> None:
    at = open_page("check_in", client.id)
    assert [text.value for text in at.markdown if "once they are on the profile" in text.value] == [
        ":small[:gray[Asked about here once they are on the profile: goals, triggers, a practice plan, measures of the "
        "client's own.]]"
    ]
    assert not [each for each in at.button_group if each.label in ("Triggers", "Practised")]


def test_answers_of_the_longer_part_are_stored_as_they_were_given(
    open_page: Open, practice: Workplace, profile: Client
) -> None:
    at = open_page("check_in", profile.id)
    group(at, "Anxiety now").set_value(3)
    number(at, "Days with checking").input("2")
    number(at, "Fights in all").input("3")
    number(at, "On a known topic").input("1")
    next(box for box in at.selectbox if box.label == "Topic").select(TOPIC)
    group(at, "Pulled away").set_value("often")
    group(at, "Reactions").set_value(["panic", "anger"])
    group(at, "In the body").set_value([NONE])
    group(at, "Triggers").set_value([TRIGGER])
    group(at, "Practised").set_value(["sc_pause_phrase", "cs_i_language"])
    at.run()
    number(at, "Pause phrase").input("5")
    next(each for each in at.button_group if each.key.endswith(f"goal_{GOAL}")).set_value(0)
    group(at, "Sleep").set_value(7)
    number(at, "Calls").input("12")
    press(at, "Save check-in")
    assert not at.error
    [record] = stored(practice, profile.id)
    full = record.content.full
    assert (full.anxiety_now, full.checking_days, full.conflicts, full.repeated_conflicts) == (3, 2, 3, 1)
    assert (full.conflict_topic, full.withdrew, full.avoided_talks) == (TOPIC, "often", None)
    assert (full.reactions, full.body_signs) == ({Reaction.PANIC, Reaction.ANGER}, frozenset())
    assert (full.triggers, dict(full.practised or {})) == ({TRIGGER}, {"sc_pause_phrase": 5, "cs_i_language": None})
    assert (dict(full.goal_progress), dict(full.own_measures)) == ({GOAL: 0}, {SLEEP: 7, CALLS: 12})


def test_saved_line_entries_and_chart_say_what_was_recorded(open_page: Open, profile: Client) -> None:
    at = open_page("check_in", profile.id)
    group(at, "Triggers").set_value([TRIGGER])
    group(at, "Sleep").set_value(7)
    press(at, "Save check-in")
    at.switch_page("screens/review.py").run()
    said = [text.value for text in at.markdown if "of 10" in text.value and "Saved c1" in text.value]
    assert len(said) == 1
    assert "[reply](http" not in said[0]
    assert "late" in said[0]
    assert any("“Sleep”, rating 0 to 10" in unescape(text.value) for text in at.markdown)


def test_none_takes_the_others_away_and_another_takes_none_away(open_page: Open, profile: Client) -> None:
    at = open_page("check_in", profile.id)
    group(at, "Reactions").set_value(["panic"]).run()
    group(at, "Reactions").set_value(["panic", NONE]).run()
    assert group(at, "Reactions").value == [NONE]
    group(at, "Reactions").set_value([NONE, "anger"]).run()
    assert group(at, "Reactions").value == ["anger"]


def test_new_topic_is_saved_to_the_profile_with_the_check_in(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_page("check_in", client.id)
    number(at, "Fights in all").input("2")
    number(at, "On a known topic").input("1")
    number(at, "New topic").input(HOSTILE)
    press(at, "Save check-in")
    assert not at.error
    with practice.store.reading(practice.actor) as work:
        topics = lists_asked_about(work, client.id).topics
        [record] = check_ins_of(work, client.id)
    assert dict(topics.words) == {record.content.full.conflict_topic: HOSTILE}


def test_topic_typed_replaces_the_one_chosen(open_page: Open, profile: Client) -> None:
    at = open_page("check_in", profile.id)
    next(box for box in at.selectbox if box.label == "Topic").select(TOPIC).run()
    number(at, "New topic").input("money").run()
    assert next(box for box in at.selectbox if box.label == "Topic").value is None


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ({"Days with checking": "9"}, "Days with checking: 9 was given"),
        ({"Fights in all": "1", "On a known topic": "2"}, "2 fights on a known topic were given and 1 in all"),
        ({"Fights in all": "2,5"}, "Fights in all: something else than a whole number"),
        ({"Fights in all": "1", "On a known topic": "1", "New topic": "x" * 201}, "A line of the list"),
    ],
)
def test_refused_entries_stay_on_the_form(
    filled: dict[str, str], said: str, open_page: Open, practice: Workplace, profile: Client
) -> None:
    at = open_page("check_in", profile.id)
    for label, typed in filled.items():
        number(at, label).input(typed)
    press(at, "Save check-in")
    assert said in unescape(at.error[0].value)
    assert {label: number(at, label).value for label in filled} == filled
    assert stored(practice, profile.id) == ()


def test_anxiety_now_above_the_peak_is_asked_about_and_does_not_stop(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_page("check_in", client.id)
    group(at, "Anxiety, peak").set_value(4)
    group(at, "Anxiety now").set_value(6)
    at.run()
    assert "Anxiety now is 6, above the peak of 4" in at.warning[0].value
    press(at, "Save check-in")
    assert stored(practice, client.id)[0].content.full == FullAnswers(anxiety_now=6)


def test_correction_opens_the_longer_part_with_its_answers(
    open_page: Open, practice: Workplace, profile: Client
) -> None:
    at = open_page("check_in", profile.id)
    group(at, "In the body").set_value(["fast_heart"])
    group(at, "Practised").set_value([NONE])
    press(at, "Save check-in")
    [record] = stored(practice, profile.id)
    at = open_page("check_in", profile.id, **{selection.EDITED: record.ref.id})
    assert more(at).proto.expanded
    assert group(at, "In the body").value == ["fast_heart"]
    assert group(at, "Practised").value == [NONE]
    number(at, "Reason for the correction").input("misheard")
    group(at, "In the body").set_value(["fast_heart", NONE]).run()
    press(at, "Save check-in")
    [record] = stored(practice, profile.id)
    assert record.content.full == FullAnswers(body_signs=frozenset[BodySign](), practised={})


def test_correction_of_a_quick_check_in_leaves_it_closed(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("check_in", client.id)
    group(at, "Anxiety, average").set_value(4)
    press(at, "Save check-in")
    [record] = stored(practice, client.id)
    assert not more(open_page("check_in", client.id, **{selection.EDITED: record.ref.id})).proto.expanded


def test_without_a_partner_nothing_of_the_longer_part_is_filled_in_ahead(
    open_page: Open, practice: Workplace, profile: Client
) -> None:
    with practice.store.writing(practice.actor) as work:
        set_partner_status(work, profile.id, DatedPartnerStatus(status=PartnerStatus.NO_PARTNER, since=work.today))
        work.commit()
    at = open_page("check_in", profile.id)
    assert group(at, "No occasion").value == ["ws_checking", "ws_panic_jealousy", "ws_repeated_conflict"]
    assert any("no partner now: leave blank" in text.value for text in at.markdown)
    group(at, "Anxiety, average").set_value(4)
    press(at, "Save check-in")
    assert not stored(practice, profile.id)[0].content.full.answered
