"""Every run of the script asks anew who is signed in, and draws nothing of the record for anybody else."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.errors import NotAllowed
from core.model.people import Client
from core.model.sign_ins import hash_of
from core.services import sign_ins
from dashboard import runtime
from dashboard.presence import Workplace

Open = Callable[..., AppTest]
SCREENS = (
    "today", "learn", "documents", "settings", "review", "check_in", "questionnaires", "sessions", "notes", "profile",
    "new_client", "note",
)  # fmt: skip


def elements(at: AppTest) -> list[str]:
    """The kinds of everything that was drawn, but for the product's styles."""
    return [each.type for each in (*at.main, *at.sidebar) if each.type not in ("main", "sidebar", "html")]


def shown(at: AppTest) -> str:
    return "\n".join(text.value for text in at.markdown)


def token() -> str:
    value = runtime.sign_in_token()
    assert value is not None
    return value


def test_nothing_is_drawn_for_a_stranger_on_any_screen(
    open_page: Open, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in (None, "no sign-in of ours"):
        monkeypatch.setattr(runtime, "sign_in_token", lambda value=value: value)
        for page in SCREENS:
            assert elements(open_page(page, client.id)) == []


def test_session_that_is_ended_draws_nothing_at_its_next_run(open_page: Open, client: Client) -> None:
    at = open_page("review", client.id)
    assert "Ada" in shown(at)
    runtime.presences().leave(hash_of(token()))
    assert elements(at.run()) == []
    assert runtime.door().open is None


def test_locked_screen_draws_its_button_alone_and_comes_back(open_page: Open, client: Client) -> None:
    at = open_page("review", client.id)
    found = runtime.presence()
    assert found is not None
    runtime.presences().lock(found)
    at.run()
    assert [button.key for button in at.button] == ["secure_base_again"]
    assert elements(at) == ["button"]
    runtime.presences().unlock(found, "violet anchor soup ladder frost")
    assert "Ada" in shown(at.button(key="secure_base_again").click().run())


def test_reload_keeps_the_chosen_client(open_page: Open, client: Client) -> None:
    open_page("review", client.id)
    found = runtime.presence()
    assert found is not None
    assert found.sign_in.client_id == client.id
    assert "Ada" in shown(open_page("check_in"))


def test_client_is_handed_on_to_the_next_sign_in_of_the_same_window(open_page: Open, client: Client) -> None:
    open_page("review", client.id)
    _, fresh = runtime.presences().enter(
        lambda: runtime.door().unlock("Dr Example", "violet anchor soup ladder frost"), instead_of=token()
    )
    assert runtime.presences().of(hash_of(token())) is None
    found = runtime.presences().of(hash_of(fresh))
    assert found is not None
    assert found.sign_in.client_id == client.id


def test_visitor_sees_the_synthetic_practice_and_never_the_own_one(
    open_page: Open, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = runtime.presences().look_around(instead_of=None)
    monkeypatch.setattr(runtime, "sign_in_token", lambda: visit)
    at = open_page()
    assert "Set up or open my practice" in [button.label for button in at.button]
    assert "No client chosen" in shown(open_page("review", client.id))


def test_saving_is_refused_after_signing_out(practice: Workplace) -> None:
    runtime.presences().leave(hash_of(token()))
    with pytest.raises(NotAllowed, match="signed out"):
        runtime.save(sign_ins.set_idle_minutes, 20)
