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
from tests.browser.steps import Hand, add_client, set_up, sign_in
from tests.browser.windows import Windows

ASSESSMENT = "The asking follows silence, as in the weeks before."
PLAN = "One hour without the phone, and write down what came up."


@pytest.fixture(scope="module")
def drafted(start_server: StartServer, windows: Windows) -> Path:
    """A data folder with a started note of a client who has one check-in; its server has stopped."""
    server = start_server()
    with visiting(windows) as open_page:
        hand = set_up(open_page(server).page)
        add_client(hand, "Ada")
        hand.go("Check-in", "Ada: check-in")
        hand.rate("Anxiety, average", "7")
        hand.number("Asked for reassurance, another number", 11)
        hand.save_check_in("Ada")
        hand.press("Start note")
        hand.sees_title("Ada: notes")
        hand.press("Start note")
        hand.sees_title("Ada: note, session 1")
    server.stop()
    return server.data_dir


@pytest.fixture(scope="module")
def signed(
    drafted: Path, start_server: StartServer, windows: Windows, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same folder with the note signed."""
    server = start_server(data_dir=copytree(drafted, tmp_path_factory.mktemp("signed") / "data"))
    with visiting(windows) as open_page:
        hand = sign_in(open_page(server).page)
        _open_note(hand)
        hand.fill("Assessment: your words", ASSESSMENT)
        hand.fill("Plan: your words", PLAN)
        hand.press("Sign and lock")
        hand.press("Sign now")
        expect(hand.page.get_by_text(re.compile("signed .* locked"))).to_be_visible()
        settled(hand.page)
    server.stop()
    return server.data_dir


@pytest.fixture
def draft_server(drafted: Path, start_server: StartServer, tmp_path: Path) -> Server:
    """A server of this test's own on the started note."""
    return start_server(data_dir=copytree(drafted, tmp_path / "data"))


@pytest.fixture(scope="module")
def signed_server(signed: Path, start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server on the signed note, in which nothing is changed."""
    return start_server(data_dir=copytree(signed, tmp_path_factory.mktemp("read") / "data"))


def _note(server: Server, open_page: OpenPage) -> Hand:
    hand = sign_in(open_page(server).page)
    _open_note(hand)
    return hand


def test_started_note_holds_the_figures_and_leaves_assessment_and_plan_empty(
    draft_server: Server, open_page: OpenPage
) -> None:
    page = _note(draft_server, open_page).page
    expect(page.get_by_role("checkbox", name=re.compile("eassurance.*11"))).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("nxiety.*7"))).to_be_visible()
    for section in ("Assessment", "Plan"):
        expect(page.get_by_label(f"{section}: your words")).to_have_value("")


def test_draft_is_kept_when_the_browser_is_closed(draft_server: Server, open_page: OpenPage) -> None:
    hand = _note(draft_server, open_page)
    hand.fill("Assessment: your words", ASSESSMENT)
    _stored_words(draft_server, ASSESSMENT)
    hand.page.context.close()
    again = sign_in(open_page(draft_server).page)
    _open_note(again)
    expect(again.page.get_by_label("Assessment: your words")).to_have_value(ASSESSMENT)


def test_signed_note_offers_nothing_to_edit(signed_server: Server, open_page: OpenPage) -> None:
    page = _note(signed_server, open_page).page
    expect(page.get_by_test_id("stText").filter(has_text=ASSESSMENT)).to_be_visible()
    expect(page.get_by_test_id("stText").filter(has_text=PLAN)).to_be_visible()
    expect(page.get_by_label(re.compile("your words"))).to_have_count(0)
    expect(page.get_by_test_id("stMain").get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Sign and lock")).to_have_count(0)


def test_copy_button_puts_the_whole_note_on_the_clipboard(signed_server: Server, open_page: OpenPage) -> None:
    page = _note(signed_server, open_page).page
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
def test_signed_note_cannot_be_changed_by_sql(signed: Path, tmp_path: Path, change: str) -> None:
    file = copytree(signed, tmp_path / "data") / "practice.db"
    before = rows(file, "SELECT * FROM note")
    key = PracticeKeys(key_path_of(file), clock=SystemClock()).unlock(THERAPIST, PASSPHRASE).key
    with closing(DRIVER.connect(str(file))) as connection:
        hand_over(connection, key)
        with pytest.raises(DRIVER.DatabaseError, match="guard"):
            connection.execute(change)
    assert rows(file, "SELECT * FROM note") == before


def test_signed_note_keeps_its_figure_and_names_the_record_that_changed(
    signed: Path, start_server: StartServer, open_page: OpenPage, tmp_path: Path
) -> None:
    server = start_server(data_dir=copytree(signed, tmp_path / "data"))
    hand = _note(server, open_page)
    before = _note_text(server.data_dir / "practice.db")
    hand.go("Review", "Ada")
    hand.press("Correct c1")
    hand.sees_title("Ada: check-in")
    hand.fill("Reason for the correction", "She counted again")
    hand.number("Asked for reassurance, another number", 12)
    hand.save_check_in("Ada")
    expect(hand.page.get_by_text(re.compile("reassurance about 12")).first).to_be_visible()
    _open_note(hand)
    note = hand.page.get_by_test_id("stMain")
    expect(note).to_contain_text("1 record has changed since signing: c1")
    expect(note.get_by_test_id("stCode")).to_contain_text("11")
    expect(note.get_by_test_id("stCode")).not_to_contain_text("12 times")
    assert _note_text(server.data_dir / "practice.db") == before


def _open_note(hand: Hand) -> None:
    if hand.page.get_by_role("heading", level=1, name="Today").count():
        hand.page.get_by_role("button", name="Review", exact=True).click()
        hand.sees_title("Ada")
    hand.go("Notes", "Ada: notes")
    hand.click(hand.page.get_by_test_id("stBaseButton-secondary").filter(has_text="Open"))
    hand.sees_title("Ada: note, session 1")


def _note_text(file: Path) -> str:
    [(text,)] = rows(file, "SELECT content FROM note")
    return str(text)


def _stored_words(server: Server, words: str) -> None:
    file = server.data_dir / "practice.db"
    eventually(lambda: (words,) in [tuple(row) for row in rows(file, "SELECT words FROM draft_words")])
