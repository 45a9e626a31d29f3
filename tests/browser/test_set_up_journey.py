"""From an empty computer to a bar on the chart that is still there after a restart; and a save pressed twice."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, StartServer
from tests.browser.looking import rows
from tests.browser.server import Server
from tests.browser.steps import Hand, add_client, find_client, set_up, sign_in


def test_practice_client_session_and_check_in_are_there_after_a_restart(
    start_server: StartServer, open_page: OpenPage
) -> None:
    server = start_server()
    hand = set_up(open_page(server).page)
    add_client(hand, "Ada")
    hand.go("Sessions", "Ada: sessions")
    hand.press("Add session")
    expect(hand.page.get_by_text("1 so far")).to_be_visible()
    hand.go("Check-in", "Ada: check-in")
    hand.rate("Anxiety, average", "7")
    hand.rate("Anxiety, peak", "9")
    hand.rate("Asked for reassurance", "4")
    hand.save_check_in("Ada")
    drawn = _drawn(hand)
    hand.page.context.close()
    server.restart()
    again = sign_in(open_page(server).page)
    find_client(again, "Ada")
    assert _drawn(again) == drawn
    expect(again.page.get_by_role("cell", name="average 7, peak 9", exact=True)).to_be_visible()
    expect(again.page.get_by_text(re.compile("anxiety average 7; peak 9; reassurance about 4"))).to_be_visible()
    marks = again.page.get_by_role("figure").locator(".point")
    with_session = marks.count()
    again.press("sessions")
    expect(marks).to_have_count(with_session - 1)


def _drawn(hand: Hand) -> tuple[str | None, list[str | None]]:
    """What the chart tells in words, and the outlines of its bars, its line and its session marks."""
    figure = hand.page.get_by_role("figure")
    told = figure.get_attribute("aria-label") or ""
    assert "Reassurance: 4 a week" in told
    shapes = figure.locator(".scatterlayer path.js-fill, .scatterlayer path.js-line, .scatterlayer .point")
    expect(shapes.first).to_be_attached()
    return told, [shape.get_attribute("d") for shape in shapes.all()]


def test_double_click_on_any_save_stores_one_record(start_server: StartServer, open_page: OpenPage) -> None:
    server = start_server()
    hand = set_up(open_page(server).page)
    hand.press("New client")
    hand.fill("Name shown", "Ada")
    hand.page.get_by_role("button", name="Add client").dblclick()
    hand.sees_title("Ada")
    hand.go("Check-in", "Ada: check-in")
    hand.rate("Anxiety, average", "3")
    hand.page.get_by_role("button", name="Save check-in").dblclick()
    hand.sees_title("Ada")
    expect(hand.page.get_by_role("heading", name=re.compile("Entries"))).to_contain_text("1 check-ins")
    hand.go("Sessions", "Ada: sessions")
    hand.page.get_by_role("button", name="Add session").dblclick()
    expect(hand.page.get_by_text("1 so far")).to_be_visible()
    hand.go("Questionnaires", "Ada: questionnaires")
    hand.answer("GAD-7", "1112110")
    hand.page.get_by_role("button", name="Save questionnaire").dblclick()
    expect(hand.page.get_by_text("Saved q1")).to_be_visible()
    hand.go("Notes", "Ada: notes")
    hand.page.get_by_role("button", name="Start note").dblclick()
    hand.sees_title("Ada: note, session 1")
    assert [_count(server, table) for table in ("client", "check_in", "session", "response", "note")] == [1] * 5


def _count(server: Server, table: str) -> int:
    [(count,)] = rows(server.data_dir / "practice.db", f"SELECT count(*) FROM {table}")
    return int(count)
