"""The numbers of the signs, changed for all clients or for one: what is taken, who is named, what follows."""

import random
from datetime import timedelta

import pytest

from core.errors import Conflict, InvalidInput, NotFound
from core.model.check_in_parts import Episode, SignAnswer
from core.model.profile import BlockKind
from core.model.readings import SignState
from core.model.sign_numbers import SIGN_NUMBERS
from core.services.calendar import add_session
from core.services.caseload import todays_caseload
from core.services.check_ins import record_check_in
from core.services.clients import add_client
from core.services.profiles import block_history, client_profile
from core.services.progress import review_client
from core.services.session_notes import open_note, start_note
from core.services.thresholds import change_thresholds, reset_thresholds, threshold_settings, thresholds_for
from core.store import practice_blocks
from tests.builders import check_in
from tests.services.entries import DAY, NOON, WEEK, any_check_in, details, form, session_on

PRESENT_AT = "reassurance_present_per_week"
NUMBER = {each.name: each for each in SIGN_NUMBERS.values()}


@pytest.fixture
def change(save, catalogue):
    return lambda numbers, client_id=None, seen=0: save(change_thresholds, catalogue, client_id, numbers, seen=seen)


@pytest.fixture
def in_force(load, catalogue):
    def numbers(work, client_id):
        return thresholds_for(work, catalogue, client_profile(work, client_id))

    return lambda client_id: load(numbers, client_id)


@pytest.fixture
def asking(save, client):
    """Eight times a week for eight weeks, with little relief."""
    little = tuple(Episode(relief=1, relief_minutes=5) for _ in range(3))
    told = {"ws_reassurance": SignAnswer.SOMETIMES}
    for back in range(8):
        content = check_in(DAY - back * WEEK, 7, reassurance=8, episodes=little, signs=told)
        save(record_check_in, client.id, content, form())
    return client


def reassurance(load, catalogue, client):
    review = load(review_client, catalogue, client.id)
    [finding] = [each for each in review.readings if each.sign == "ws_reassurance"]
    return finding.state


def test_every_number_of_the_rules_has_a_range_that_holds_its_default(load, catalogue):
    defaults = load(threshold_settings, catalogue, None).base.numbers
    assert list(defaults) == list(SIGN_NUMBERS)
    assert {name: NUMBER[name].problem(value) for name, value in defaults.items()} == dict.fromkeys(defaults)


def test_untouched_numbers_are_the_defaults_of_the_project(in_force, client, catalogue):
    found = in_force(client.id)
    assert (found.answers, found.six, found.changes) == (catalogue.rule, catalogue.six_rules, ())


def test_a_change_for_all_holds_for_everybody_with_day_and_author(save, change, in_force, client):
    other = save(add_client, details("Zoe"), form())
    settings = change({PRESENT_AT: 10, "watch_share": 0.4})
    assert (settings.version, [each.name for each in settings.own]) == (1, [PRESENT_AT, "watch_share"])
    for each in (client, other):
        found = in_force(each.id)
        assert (found.six.reassurance_present_per_week, found.answers.watch_share) == (10, 0.4)
        assert {(made.day, made.author, made.client_id) for made in found.changes} == {(DAY, "Dr One", None)}


def test_a_change_for_one_client_holds_for_nobody_else_and_before_that_for_all(save, change, in_force, client):
    other = save(add_client, details("Zoe"), form())
    change({"window_days": 42})
    change({"window_days": 28}, client.id)
    assert [in_force(each.id).answers.window_days for each in (client, other)] == [28, 42]
    change({"window_days": 56}, seen=1)
    assert [in_force(each.id).answers.window_days for each in (client, other)] == [28, 56]


def test_number_put_back_is_no_change_any_more_and_stays_in_the_history(change, in_force, load, client):
    change({"window_days": 42, "confirm_check_ins": 3}, client.id)
    settings = change({"window_days": 28}, client.id, seen=1)
    assert [each.name for each in settings.own] == ["confirm_check_ins"]
    assert [each.name for each in in_force(client.id).changes] == ["confirm_check_ins"]
    history = load(block_history, client.id, BlockKind.THRESHOLDS)
    assert [len(each.content.changes) for each in history] == [1, 2]


def test_all_numbers_go_back_at_once(save, change, in_force, load, client, catalogue):
    change({"window_days": 42, PRESENT_AT: 10})
    change({"window_days": 56}, client.id)
    own = save(reset_thresholds, catalogue, client.id, seen=1)
    assert (own.own, own.in_force.answers.window_days) == ((), 42)
    save(reset_thresholds, catalogue, None, seen=1)
    assert in_force(client.id).changes == ()
    assert len(load(practice_blocks.history, BlockKind.THRESHOLDS)) == 2


def test_number_given_as_it_is_keeps_its_day_and_makes_no_version(change, clock, client):
    change({"window_days": 42}, client.id)
    clock.move_to(NOON + timedelta(days=3))
    again = change({"window_days": 42, "confirm_check_ins": 2}, client.id, seen=1)
    assert (again.version, again.own[0].day) == (1, DAY)
    other = change({"confirm_check_ins": 3}, client.id, seen=1)
    assert [each.day for each in other.own] == [DAY + timedelta(days=3), DAY]


def edges():
    """One step below and one above the range of every number."""
    for number in SIGN_NUMBERS.values():
        step = 0.01 if number.share else 1
        yield from ((number.name, number.low - step), (number.name, number.high + step))


@pytest.mark.parametrize(("name", "value"), [*edges(), ("window_days", 30.5), ("watch_share", float("nan"))])
def test_number_out_of_its_range_is_refused_with_the_range(work, catalogue, name, value):
    with pytest.raises(InvalidInput, match=f"{NUMBER[name].allowed} is taken.*Nothing was changed"):
        change_thresholds(work, catalogue, None, {name: value}, seen=0)
    assert practice_blocks.newest(work, BlockKind.THRESHOLDS) is None


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"no_such_number": 3}, "no number 'no_such_number'"),
        ({"threshold_origin": 3}, "no number"),
        ({"watch_share": 0.6}, "watch share is above present share"),
        ({"window_days": 14, "min_asked_days": 15}, "min asked days 15 is more than window days 14"),
        ({"weeks_needed": 13}, "weeks looked back is below weeks needed"),
    ],
)
def test_numbers_that_are_unknown_or_do_not_go_together_are_refused(change, in_force, client, numbers, words):
    for whose in (None, client.id):
        with pytest.raises(InvalidInput, match=words):
            change(numbers, whose)
    assert in_force(client.id).changes == ()


def test_numbers_for_all_that_clash_with_those_of_a_client_are_refused(change, in_force, client):
    change({"reassurance_watch_per_week": 6}, client.id)
    with pytest.raises(InvalidInput, match=f"Client {client.code} has numbers of their own") as refused:
        change({PRESENT_AT: 5})
    assert client.details.name not in str(refused.value)
    assert in_force(client.id).six.reassurance_present_per_week == 7


def test_numbers_changed_elsewhere_are_a_conflict(change, client):
    for whose, days in ((None, 42), (client.id, 49)):
        change({"window_days": days}, whose)
        with pytest.raises(Conflict):
            change({"window_days": 56}, whose)


def test_nothing_is_changed_for_a_client_who_is_not_there(change):
    with pytest.raises(NotFound):
        change({"window_days": 42}, form())


@pytest.mark.parametrize("own", [False, True], ids=["for all", "for the client"])
def test_state_follows_the_number_over_the_whole_history_and_back(save, load, change, asking, catalogue, own):
    whose = asking.id if own else None
    assert reassurance(load, catalogue, asking) is SignState.PRESENT
    change({PRESENT_AT: 10}, whose)
    assert reassurance(load, catalogue, asking) is SignState.WATCH
    assert [each.name for each in load(review_client, catalogue, asking.id).thresholds.changes] == [PRESENT_AT]
    save(reset_thresholds, catalogue, whose, seen=1)
    assert reassurance(load, catalogue, asking) is SignState.PRESENT


def test_note_offers_the_answers_of_the_changed_window(save, load, change, asking, catalogue):
    session = save(add_session, asking.id, session_on(), form())
    note = save(start_note, catalogue, session, "soap", form())

    def offered():
        told = load(open_note, catalogue, note.id).offered
        return next(each.text for each in told if each.key == "sign.ws_reassurance")

    assert "4 of 4 check-ins where it was asked, 24 Apr to 21 May 2026" in offered()
    change({"window_days": 42}, asking.id)
    assert "6 of 6 check-ins where it was asked, 10 Apr to 21 May 2026" in offered()


@pytest.mark.parametrize("window", [14, 84])
def test_today_says_what_the_review_says_with_changed_numbers(save, load, change, client, catalogue, window):
    other = save(add_client, details("Zoe"), form())
    chance = random.Random(7)
    for back in range(0, 300, 6):
        for each in (client, other):
            content = any_check_in(chance, catalogue, DAY - timedelta(days=back))
            save(record_check_in, each.id, content, form())
    change({"confirm_check_ins": 3, "watch_share": 0.2})
    change({"window_days": window}, client.id)
    today = load(todays_caseload, catalogue)
    for each in (client, other):
        readings = load(review_client, catalogue, each.id).readings
        told = [(found.sign, found.state, found.window, found.asked_days, found.entries) for found in readings]
        row = today.row(each.id).readings
        assert [(found.sign, found.state, found.window, found.asked_days, found.entries) for found in row] == told
