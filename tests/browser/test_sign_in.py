"""The pages before the record, in a real browser: set-up, signing in, a forgotten passphrase, a changed one."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from core.charts.palette import DARK, LIGHT
from tests.browser.conftest import StartServer
from tests.browser.looking import axe, in_theme, settled
from tests.browser.server import PASSPHRASE, Server
from tests.browser.server import THERAPIST as NAME
from tests.browser.signing_in import (
    WITHIN_MS,
    field,
    fill_set_up,
    refusal,
    set_up,
    sign_in,
    stands_on_today,
    type_code_back,
)
from tests.browser.steps import PRACTICE
from tests.browser.windows import DESK, PHONE, Windows

OTHER = "marble kettle under nine bridges"


@pytest.fixture
def page(windows: Windows) -> Iterator[Page]:
    with windows.borrowed() as opened:
        yield opened


@pytest.fixture(scope="module")
def code(server: Server, windows: Windows) -> str:
    """The recovery code of this module's practice, which is set up with it."""
    with windows.borrowed() as page:
        return set_up(server, page)


def test_practice_is_set_up_with_a_passphrase_and_a_code_typed_back(start_server: StartServer, page: Page) -> None:
    server = start_server()
    page.goto(server.url)
    expect(page).to_have_url(server.url + "/auth/sign-in")
    assert field(page, "Time zone").input_value() == "Europe/London"
    fill_set_up(page, again="another one altogether")
    assert "not the same" in refusal(page)
    assert field(page, "Name of the practice").input_value() == PRACTICE
    assert field(page, "New passphrase").input_value() == ""
    fill_set_up(page, "short")
    assert "At least 12" in refusal(page)
    fill_set_up(page)
    page.wait_for_url("**/auth/recovery-code")
    field(page, "Type the code from the paper").fill("7K2M")
    page.get_by_role("button", name="I have written it down").click()
    assert "seven groups of four" in refusal(page)
    page.goto(server.url)
    expect(page).to_have_url(server.url + "/auth/recovery-code")
    type_code_back(page)
    stands_on_today(page)
    page.goto(server.url + "/auth/recovery-code")
    stands_on_today(page)


@pytest.mark.usefixtures("code")
def test_wrong_passphrase_and_unknown_name_get_the_same_answer(server: Server, page: Page) -> None:
    sign_in(server, page, "not the passphrase at all", name="Nobody")
    unknown = refusal(page)
    assert "another layout" in unknown
    sign_in(server, page, "not the passphrase at all")
    assert refusal(page) == unknown
    assert field(page, "Your name").input_value() == NAME
    assert field(page, "Passphrase").input_value() == ""
    page.wait_for_timeout(2_100)  # the wait that the answer told of
    sign_in(server, page)
    stands_on_today(page)
    assert page.title() == "Secure Base"


def test_forgotten_passphrase_is_replaced_with_the_code(server: Server, page: Page, code: str) -> None:
    page.goto(server.url + "/auth/sign-in")
    page.get_by_role("link", name="I forgot my passphrase").click()
    field(page, "Recovery code").fill(code[:-1] + ("0" if code[-1] != "0" else "1"))
    field(page, "New passphrase").fill(OTHER)
    field(page, "The same passphrase again").fill(OTHER)
    page.get_by_role("button", name="Set the new passphrase").click()
    assert "slip" in refusal(page)
    field(page, "Recovery code").fill(code)
    field(page, "New passphrase").fill(OTHER)
    field(page, "The same passphrase again").fill(OTHER)
    page.get_by_role("button", name="Set the new passphrase").click()
    stands_on_today(page)
    _change_passphrase(server, page, OTHER, PASSPHRASE)


@pytest.mark.usefixtures("code")
def test_changed_passphrase_opens_the_practice_and_signs_other_windows_out(
    server: Server, windows: Windows, page: Page
) -> None:
    sign_in(server, page)
    stands_on_today(page)
    with windows.borrowed() as elsewhere:
        sign_in(server, elsewhere)
        stands_on_today(elsewhere)
        _change_passphrase_in_settings(page)
        elsewhere.wait_for_url("**/auth/sign-in", timeout=5_000)
        sign_in(server, elsewhere, OTHER)
        stands_on_today(elsewhere)
        _change_passphrase(server, elsewhere, OTHER, PASSPHRASE)


def _change_passphrase_in_settings(page: Page) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name="Settings").click()
    page.get_by_role("button", name="Change my passphrase").click()
    page.wait_for_url("**/auth/passphrase")
    _fill_change("not my passphrase", OTHER, page)
    assert "do not open" in refusal(page)
    page.wait_for_timeout(2_100)
    _fill_change(PASSPHRASE, OTHER, page)
    expect(page.get_by_role("heading", name="Your passphrase is changed")).to_be_visible(timeout=WITHIN_MS)


@pytest.mark.usefixtures("code")
def test_new_recovery_code_is_shown_once_and_typed_back(start_server: StartServer, page: Page) -> None:
    server = start_server()
    before = set_up(server, page)
    page.goto(server.url + "/auth/new-code")
    field(page, "Present passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Make a new recovery code").click()
    assert type_code_back(page) != before
    stands_on_today(page)
    page.goto(server.url + "/auth/forgotten")
    field(page, "Recovery code").fill(before)
    field(page, "New passphrase").fill(OTHER)
    field(page, "The same passphrase again").fill(OTHER)
    page.get_by_role("button", name="Set the new passphrase").click()
    assert "does not open" in refusal(page)


@pytest.mark.usefixtures("code")
def test_signing_in_works_without_scripts(server: Server, browser: Browser) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    sign_in(server, page)
    expect(page).to_have_url(server.url + "/")
    plain.close()


@pytest.mark.usefixtures("code")
def test_pages_that_change_the_account_send_a_stranger_to_sign_in(server: Server, page: Page) -> None:
    for path in ("/auth/passphrase", "/auth/new-code", "/settings", "/"):
        page.goto(server.url + path)
        expect(page).to_have_url(server.url + "/auth/sign-in")


@pytest.mark.usefixtures("code")
def test_passphrase_can_be_shown_pasted_and_is_sent_once(server: Server, page: Page) -> None:
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.goto(server.url + "/auth/sign-in")
    secret = field(page, "Passphrase")
    field(page, "Your name").fill(NAME)
    secret.evaluate("(box, text) => { box.focus(); document.execCommand('insertText', false, text) }", PASSPHRASE)
    show = page.get_by_role("button", name="Show passphrase")
    show.click()
    expect(secret).to_have_attribute("type", "text")
    expect(show).to_have_attribute("aria-pressed", "true")
    assert secret.input_value() == PASSPHRASE
    secret.evaluate(
        "box => box.dispatchEvent(Object.assign(new KeyboardEvent('keydown', {modifierCapsLock: true, key: 'A'})))"
    )
    expect(page.get_by_text("Caps Lock is on.")).to_be_visible()
    page.get_by_role("button", name="Sign in", exact=True).dblclick()
    stands_on_today(page)
    assert posts.count(server.url + "/auth/sign-in") == 1


@pytest.mark.usefixtures("code")
def test_pages_are_accessible_and_fit_the_window(server: Server, start_server: StartServer, windows: Windows) -> None:
    empty = start_server()
    with windows.borrowed() as page:
        errors: list[str] = []
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        for url in (f"{server.url}/auth/sign-in", f"{server.url}/auth/forgotten", f"{empty.url}/auth/sign-in"):
            page.goto(url)
            _is_fine_in_every_look(page)
        fill_set_up(page)
        page.wait_for_url("**/auth/recovery-code")
        _is_fine_in_every_look(page)
        type_code_back(page)
        settled(page)
        for path in ("/auth/passphrase", "/auth/new-code"):
            page.goto(empty.url + path)
            _is_fine_in_every_look(page)
        assert errors == []


def _is_fine_in_every_look(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for palette in (DARK, LIGHT):
            in_theme(page, palette)
            assert axe(page) == []


def _fill_change(present: str, new: str, page: Page) -> None:
    field(page, "Present passphrase").fill(present)
    field(page, "New passphrase").fill(new)
    field(page, "The same passphrase again").fill(new)
    page.get_by_role("button", name="Change my passphrase").click()


def _change_passphrase(server: Server, page: Page, present: str, new: str) -> None:
    page.goto(server.url + "/auth/passphrase")
    _fill_change(present, new, page)
    expect(page.get_by_role("heading", name="Your passphrase is changed")).to_be_visible(timeout=WITHIN_MS)
