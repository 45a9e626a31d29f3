"""A session note from its first figure to its lock, and every way of changing it afterwards."""

import re
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import expect

from core.store import PracticeKeys, SystemClock
from core.store.cipher import DRIVER, hand_over
from core.store.key_file import key_path_of
from tests.browser.conftest import OpenPage, StartServer, visiting
from tests.browser.looking import eventually, rows, settled
from tests.browser.server import PASSPHRASE, THERAPIST, Server
from tests.browser.steps import Hand, add_client, find_client, set_up, sign_in
from tests.browser.windows import Windows

ASSESSMENT = "The asking follows silence, as in the weeks before."
DRAFTED = "To be thought over until next week."
PLAN = "One hour without the phone, and write down what came up."


@pytest.fixture(scope="module")
def server(start_server: StartServer, windows: Windows) -> Server:
    """A practice of two clients with one check-in each: Ada's note is a draft, Ben's is signed."""
    started = start_server()
    with visiting(windows) as open_page:
        hand = set_up(open_page(started).page)
        _start_note(hand, "Ada")
        hand.go("Today", "Today")
        _start_note(hand, "Ben")
        hand.fill("Assessment: your words", ASSESSMENT)
        hand.fill("Plan: your words", PLAN)
        hand.press("Sign and lock")
        hand.press("Sign now")
        expect(hand.page.get_by_text(re.compile("signed .* locked"))).to_be_visible()
        settled(hand.page)
    return started


@pytest.fixture(scope="module")
def copied(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of its data folder, made while no server had it open."""
    server.stop()
    folder = copytree(server.data_dir, tmp_path_factory.mktemp("copied") / "data")
    server.start()
    return folder


def _note(server: Server, open_page: OpenPage, client: str) -> Hand:
    hand = sign_in(open_page(server).page)
    _open_note(hand, client)
    return hand


def test_started_note_holds_the_figures_and_leaves_assessment_and_plan_empty(
    server: Server, open_page: OpenPage
) -> None:
    page = _note(server, open_page, "Ada").page
    expect(page.get_by_role("checkbox", name=re.compile("eassurance.*11"))).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("nxiety.*7"))).to_be_visible()
    for section in ("Assessment", "Plan"):
        expect(page.get_by_label(f"{section}: your words")).to_have_value("")


def test_draft_is_kept_when_the_browser_is_closed(server: Server, open_page: OpenPage) -> None:
    hand = _note(server, open_page, "Ada")
    hand.fill("Assessment: your words", DRAFTED)
    _stored_words(server, DRAFTED)
    hand.page.context.close()
    again = _note(server, open_page, "Ada")
    expect(again.page.get_by_label("Assessment: your words")).to_have_value(DRAFTED)


def test_signed_note_offers_nothing_to_edit(server: Server, open_page: OpenPage) -> None:
    page = _note(server, open_page, "Ben").page
    expect(page.get_by_test_id("stText").filter(has_text=ASSESSMENT)).to_be_visible()
    expect(page.get_by_test_id("stText").filter(has_text=PLAN)).to_be_visible()
    expect(page.get_by_label(re.compile("your words"))).to_have_count(0)
    expect(page.get_by_test_id("stMain").get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Sign and lock")).to_have_count(0)


def test_copy_button_puts_the_whole_note_on_the_clipboard(server: Server, open_page: OpenPage) -> None:
    page = _note(server, open_page, "Ben").page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy to clipboard").click()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert ASSESSMENT in copied
    assert PLAN in copied
    assert "11" in copied
    assert "**" not in copied


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE note SET content = replace(content, 'silence', 'noise')",
        "UPDATE note SET signed_at = NULL, signed_by = NULL, signed_name = NULL, content_hash = NULL",
        "DELETE FROM note",
        "INSERT OR REPLACE INTO note SELECT * FROM note",
    ],
    ids=["update", "unsign", "delete", "replace"],
)
def test_signed_note_cannot_be_changed_by_sql(copied: Path, tmp_path: Path, change: str) -> None:
    file = copytree(copied, tmp_path / "data") / "practice.db"
    before = rows(file, "SELECT * FROM note")
    key = PracticeKeys(key_path_of(file), clock=SystemClock()).unlock(THERAPIST, PASSPHRASE).key
    with closing(DRIVER.connect(str(file))) as connection:
        hand_over(connection, key)
        with pytest.raises(DRIVER.DatabaseError, match="guard"):
            connection.execute(change)
    assert rows(file, "SELECT * FROM note") == before


def test_signed_note_keeps_its_figure_and_names_the_record_that_changed(server: Server, open_page: OpenPage) -> None:
    hand = _note(server, open_page, "Ben")
    before = _note_text(server.data_dir / "practice.db")
    hand.go("Review", "Ben")
    hand.press("Correct c1")
    hand.sees_title("Ben: check-in")
    hand.fill("Reason for the correction", "She counted again")
    hand.number("Asked for reassurance, another number", 12)
    hand.save_check_in("Ben")
    expect(hand.page.get_by_text(re.compile("reassurance about 12")).first).to_be_visible()
    _open_note(hand, "Ben")
    note = hand.page.get_by_test_id("stMain")
    expect(note).to_contain_text("1 record has changed since signing: c1")
    expect(note.get_by_test_id("stCode")).to_contain_text("11")
    expect(note.get_by_test_id("stCode")).not_to_contain_text("12 times")
    assert _note_text(server.data_dir / "practice.db") == before


def _start_note(hand: Hand, client: str) -> None:
    """From Today: a client with one check-in, whose note is begun."""
    add_client(hand, client)
    hand.go("Check-in", f"{client}: check-in")
    hand.rate("Anxiety, average", "7")
    hand.number("Asked for reassurance, another number", 11)
    hand.save_check_in(client)
    hand.press("Start note")
    hand.sees_title(f"{client}: notes")
    hand.press("Start note")
    hand.sees_title(f"{client}: note, session 1")


def _open_note(hand: Hand, client: str) -> None:
    if hand.page.get_by_role("heading", level=1, name="Today").count():
        find_client(hand, client)
    hand.go("Notes", f"{client}: notes")
    hand.click(hand.page.get_by_test_id("stBaseButton-secondary").filter(has_text="Open"))
    hand.sees_title(f"{client}: note, session 1")


def _note_text(file: Path) -> str:
    [(text,)] = rows(file, "SELECT content FROM note WHERE signed_at IS NOT NULL")
    return str(text)


def _stored_words(server: Server, words: str) -> None:
    file = server.data_dir / "practice.db"
    eventually(lambda: (words,) in [tuple(row) for row in rows(file, "SELECT words FROM draft_words")])
