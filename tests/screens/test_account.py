"""Settings, Your account: where else this person is signed in, when the screen locks, and signing out."""

import pytest

from core.services import sign_ins
from dashboard import runtime
from dashboard.components.account import NEW_CODE, PASSPHRASE
from dashboard.components.hide import LOCK
from dashboard.runtime import Workplace
from tests.screens.conftest import PASSPHRASE as WORDS
from tests.screens.conftest import Open


def test_this_sign_in_is_told_from_another_which_can_be_ended(open_page: Open, practice: Workplace) -> None:
    runtime.presences().enter(lambda: runtime.door().unlock(practice.actor.name, WORDS), instead_of=None)
    at = open_page("settings")
    lines = [each.value for each in at.markdown if "begun" in each.value]
    assert len(lines) == 2
    assert sum("This sign-in" in each for each in lines) == 1
    [end] = [each for each in at.button if each.label == "End"]
    end.click().run()
    assert len([each for each in at.markdown if "begun" in each.value]) == 1
    assert len(runtime.load(sign_ins.own)) == 1


def test_the_time_after_which_the_screen_locks_is_kept(open_page: Open, practice: Workplace) -> None:
    at = open_page("settings")
    assert at.selectbox(key="idle_minutes").value == 30
    at.selectbox(key="idle_minutes").set_value(10).run()
    assert runtime.load(sign_ins.idle_minutes) == 10
    assert open_page("settings").selectbox(key="idle_minutes").value == 10


def test_signing_out_ends_the_sign_in(open_page: Open, practice: Workplace) -> None:
    at = open_page("settings")
    at.button(key="sign_out").click().run()
    assert runtime.presence() is None


def test_no_passphrase_is_ever_typed_into_a_screen(open_page: Open, practice: Workplace) -> None:
    at = open_page("settings")
    assert not [each for each in at.text_input if each.proto.type == each.proto.PASSWORD]
    keys = {each.key for each in at.button}
    assert {f"account_{PASSPHRASE}", f"account_{NEW_CODE}", LOCK} <= keys


def test_a_visitor_has_no_account_and_nothing_to_lock(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    token = runtime.presences().look_around(instead_of=None)
    monkeypatch.setattr(runtime, "sign_in_token", lambda: token)
    at = open_page("settings")
    assert "sign_out" not in {each.key for each in at.button}
    assert LOCK not in {each.key for each in at.button}
