"""After a day's work and a crash, nothing that was typed lies readable on the disk: database, backups, temp, logs."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import rows
from tests.browser.server import PASSPHRASE, Server
from tests.browser.steps import Hand, add_client, set_up
from tests.browser.writing import crash, wait_until_stored
from tests.isolation.disk import canaries, files_under, found_in, open_files_of, pieces_of

FIELDS = ("name", "said", "note", "goal", "event", "signed", "addendum", "reason", "draft")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of which everything is under one folder: records, temporary files, the user's own folders, the log."""
    own = {name: tmp_path / "all" / folder for name, folder in (("TMPDIR", "tmp"), ("HOME", "home"))}
    for folder in own.values():
        folder.mkdir(parents=True)
    variables = {name: str(folder) for name, folder in own.items()}
    started = Server(data_dir=tmp_path / "all" / "data", log=tmp_path / "all" / "server.log", variables=variables)
    yield started.start()
    started.stop()


def test_after_a_day_of_work_and_a_crash_nothing_typed_lies_readable_on_the_disk(
    server: Server, open_page: OpenPage, tmp_path: Path
) -> None:
    words = canaries(FIELDS)
    pieces = pieces_of(words)
    hand = set_up(open_page(server).page)
    work_for_a_day(hand, words)
    take_with_one(hand)
    stored = everything_in(server.data_dir / "practice.db")
    assert [field for field, word in words.items() if word not in stored] == []
    assert server.process is not None
    assert found_in(open_files_of(server.process.pid), pieces) == []
    crash(server)
    after_the_crash = {path.relative_to(tmp_path / "all").as_posix() for path in files_under(tmp_path / "all")}
    assert {"data/practice.db", "data/practice.db-wal", "data/practice.db-shm", "data/practice.key"} <= after_the_crash
    assert any(name.startswith("data/backups/") for name in after_the_crash)
    assert found_in(files_under(tmp_path / "all"), pieces) == []
    (tmp_path / "all" / "tmp" / "spooled").write_bytes(f"...{words['said'][5:]}...".encode("utf-16-le"))
    assert found_in(files_under(tmp_path / "all"), pieces) == [("spooled", "said")]


def everything_in(file: Path) -> str:
    """All rows of all tables, as the program itself reads them."""
    tables = [name for (name,) in rows(file, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return "\n".join(str(row) for table in tables for row in rows(file, f"SELECT * FROM {table}"))


def take_with_one(hand: Hand) -> None:
    """An export of the whole practice, made and fetched."""
    page = hand.page
    page.goto(page.url.partition("/settings")[0] + "/auth/export")
    page.get_by_label("What the file holds").select_option("The whole practice, every client")
    page.get_by_label("Your passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_role("button", name="Make the file").click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Download the file").click()
    assert fetched.value.path().stat().st_size > 0


def work_for_a_day(hand: Hand, words: dict[str, str]) -> None:
    """A client, a check-in, a questionnaire, a goal, an event, a note signed and added to, a draft, export, backup."""
    name = words["name"]
    add_client(hand, name)
    hand.go("Check-in", f"{name}: check-in")
    hand.rate("Anxiety, average", "7")
    hand.page.get_by_text(re.compile("^More: ")).click()
    hand.fill("In the client's words", words["said"])
    hand.fill("Note", words["note"])
    hand.save_check_in(name)
    hand.go("Questionnaires", f"{name}: questionnaires")
    hand.answer("GAD-7", "1111111")
    hand.press("Save questionnaire")
    hand.go("Profile", f"{name}: profile")
    hand.press("Edit goals")
    hand.fill("Line 1", words["goal"])
    hand.press("Save goals")
    expect(hand.page.get_by_text(words["goal"])).to_be_visible()
    hand.go("Sessions", f"{name}: sessions")
    hand.page.get_by_label("What happened", exact=True).fill(words["event"])
    hand.page.keyboard.press("Enter")
    expect(hand.page.get_by_role("button", name="Remove", exact=True)).to_be_visible()
    hand.go("Notes", f"{name}: notes")
    hand.press("Start note")
    hand.sees_title(f"{name}: note, session 1")
    hand.fill("Plan: your words", words["signed"])
    wait_until_stored(hand)
    hand.press("Sign and lock")
    hand.press("Sign now")
    expect(hand.page.get_by_text(re.compile("signed .* locked"))).to_be_visible()
    hand.fill("What to add", words["addendum"])
    hand.fill("Reason", words["reason"])
    hand.press("Sign addendum")
    expect(hand.page.get_by_test_id("stText").filter(has_text=words["addendum"])).to_be_visible()
    hand.go("Notes", f"{name}: notes")
    hand.press("Start note")
    hand.sees_title(f"{name}: note, session 1")
    hand.fill("Plan: your words", words["draft"])
    wait_until_stored(hand)
    hand.go("Settings", "Settings")
    hand.press("Back up now")
    expect(hand.page.get_by_text("Last checked backup")).to_be_visible()
