"""Every screen in the states worth looking at, and the way a therapist takes to each: for axe and for the pictures."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.looking import settled
from tests.browser.peopled import Person
from tests.browser.steps import POINTER_TRIES, Hand, add_client, find_client, set_up, shown, sign_in

Way = Callable[[Hand], None]

LEAVE = "Leave as it was"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One state of a screen or page: its name, whether it stands in the synthetic practice, and the way to it.

    The way begins at `address`, with `who` signed in where that is somebody of a practice of several people. `whole`
    is false for a dialog, which is seen in its window and not at the full length of the page behind it.
    """

    name: str
    way: Way
    demo: bool = True
    whole: bool = True
    who: Person | None = None
    address: str = "/"


def _today(hand: Hand) -> None:
    hand.sees_title("Today")
    expect(hand.page.get_by_test_id("stDataFrame").locator("canvas td").first).to_be_attached()


def _client_page(client: str, page_name: str) -> Way:
    def way(hand: Hand) -> None:
        _open_client(hand, client, page_name)

    return way


def _open_client(hand: Hand, client: str, page_name: str) -> None:
    """Open a page of a client; one who is chosen already is not looked for again."""
    if not hand.page.get_by_test_id("stSidebar").get_by_text(shown(client)).count():
        find_client(hand, client)
        if page_name == "Review":
            return
    open_menu(hand.page)
    hand.go(page_name, client if page_name == "Review" else f"{client}: {page_name.lower()}")


def open_menu(page: Page) -> None:
    """On a phone the sidebar is folded away until its button is pressed."""
    button = page.get_by_role("button", name="Expand sidebar")
    if button.count() and button.is_visible():
        button.click()
    settled(page)


def close_menu(page: Page) -> None:
    """Fold the sidebar away again where it covers the page."""
    button = page.get_by_role("button", name="Collapse sidebar")
    if page.viewport_size and page.viewport_size["width"] < 640 and button.count():
        page.get_by_test_id("stSidebar").hover()
        button.click()
    settled(page)


def _signs_open(hand: Hand) -> None:
    _open_client(hand, "Sarah", "Review")
    close_menu(hand.page)
    hand.page.locator(".st-key-sign_ws_reassurance summary").click()
    settled(hand.page)


def _as_table(hand: Hand) -> None:
    _open_client(hand, "Sarah", "Review")
    close_menu(hand.page)
    hand.page.get_by_text("As a table").click()
    expect(hand.page.get_by_test_id("stDataFrame")).to_be_visible()
    settled(hand.page)


def _opened(hand: Hand) -> None:
    """What was compared, what was practised, and the versions of the one check-in that was corrected."""
    find_client(hand, "Karim")
    for key in ("sign_change_", "sign_practised_"):
        hand.page.locator(f'[class*="st-key-{key}"] summary').first.click()
    hand.click(hand.page.get_by_role("button", name=re.compile(r"^Show \d+ earlier$")).last)
    hand.press("Versions of c21")
    expect(hand.page.get_by_text("Version 1, written")).to_be_visible()
    settled(hand.page)


def _look_closer(what: str) -> Way:
    def way(hand: Hand) -> None:
        find_client(hand, "Sarah")
        hand.rate("Look closer", what)

    return way


def _check_in_with_more(hand: Hand) -> None:
    _client_page("Sarah", "Check-in")(hand)
    close_menu(hand.page)
    hand.rate("Anxiety, average", "7")
    hand.rate("Asked for reassurance", "3")
    hand.all_six()
    hand.chip("Often", "Reassurance")
    hand.page.get_by_text(re.compile("^More: ")).click()
    hand.press("Describe an episode")
    expect(hand.page.get_by_label("Episode 1: day").first).to_be_visible()


def _check_in_full(hand: Hand) -> None:
    _client_page("Sarah", "Check-in")(hand)
    close_menu(hand.page)
    hand.page.get_by_text(re.compile("^More: ")).click()
    hand.rate("Anxiety now", "4")
    hand.number("Days with checking", 2)
    hand.chip("In the body", "None")
    hand.chip("Triggers", "His page, late in the evening")
    hand.chip("Practised", "Pause phrase")
    expect(hand.page.get_by_role("textbox", name="Pause phrase")).to_be_visible()
    hand.number("Pause phrase", 4)
    hand.rate("Sleep", "6")


def _check_in_refused(hand: Hand) -> None:
    _client_page("Sarah", "Check-in")(hand)
    close_menu(hand.page)
    hand.rate("Anxiety, average", "8")
    hand.rate("Anxiety, peak", "3")
    hand.press("Save check-in")
    expect(hand.page.get_by_role("alert").first).to_be_visible()


def _filled(questionnaire: str, digits: str) -> Way:
    def way(hand: Hand) -> None:
        _client_page("Karim", "Questionnaires")(hand)
        close_menu(hand.page)
        hand.answer(questionnaire, digits)

    return way


def _totals_refused(hand: Hand) -> None:
    _client_page("Sarah", "Questionnaires")(hand)
    close_menu(hand.page)
    hand.rate("Questionnaire", "ECR-R")
    hand.fill("attachment anxiety of ECR-R", "9")
    expect(hand.page.get_by_role("alert").first).to_be_visible()


def _stop(hand: Hand) -> None:
    _filled("PHQ-9", "121110121")(hand)
    hand.press("Save questionnaire")
    expect(hand.page.get_by_role("dialog", name="Before you go on")).to_be_visible()


def _note_draft(hand: Hand) -> None:
    _client_page("Sarah", "Notes")(hand)
    close_menu(hand.page)
    hand.press("Start note")
    expect(hand.page.get_by_role("button", name="Sign and lock")).to_be_visible()
    expect(hand.page.get_by_placeholder("your words").first).to_be_visible()
    settled(hand.page)


def _sign_dialog(hand: Hand) -> None:
    _note_draft(hand)
    hand.press("Sign and lock")
    expect(hand.page.get_by_role("dialog", name="Sign and lock")).to_be_visible()


def _signed_note(hand: Hand) -> None:
    _client_page("Sarah", "Notes")(hand)
    close_menu(hand.page)
    row = hand.page.get_by_test_id("stHorizontalBlock").filter(has_text=re.compile("n2 ·"))
    row.get_by_test_id("stBaseButton-secondary").click()
    hand.sees_title("Sarah: note, session 22")


def _profile_open(block: str) -> Way:
    def way(hand: Hand) -> None:
        _client_page("Sarah", "Profile")(hand)
        close_menu(hand.page)
        if hand.page.get_by_role("button", name=LEAVE, exact=True).count():  # only one form is open at a time
            hand.press(LEAVE)
        hand.press(f"Edit {block}")
        expect(hand.page.get_by_role("button", name=f"Save {block}")).to_be_visible()
        settled(hand.page)

    return way


def _profile_earlier(hand: Hand) -> None:
    _client_page("Sarah", "Profile")(hand)
    close_menu(hand.page)
    hand.press("Earlier versions", first=True)
    expect(hand.page.get_by_text("Version 1")).to_be_visible()
    settled(hand.page)


def _settings(hand: Hand) -> None:
    open_menu(hand.page)
    hand.go("Settings", "Settings")


def _choose(page: Page, box: re.Pattern[str], option: re.Pattern[str]) -> None:
    """Choose from a list; one that was drawn anew under the hand takes no press, and is opened once more."""
    for _ in range(POINTER_TRIES):
        settled(page)
        page.get_by_role("combobox", name=box).click()
        page.get_by_role("option", name=option).click()
        try:
            expect(page.get_by_role("listbox")).to_have_count(0, timeout=4_000)
        except AssertionError:
            page.keyboard.press("Escape")
            continue
        break
    settled(page)


def _numbers_of_the_signs(hand: Hand) -> None:
    _settings(hand)
    close_menu(hand.page)
    hand.page.get_by_text("All numbers", exact=True).click()
    settled(hand.page)
    _choose(hand.page, re.compile("Change a number"), re.compile("^watch share"))
    expect(hand.page.get_by_text(re.compile("weeks of these that must be known")).last).to_be_visible()
    settled(hand.page)


def _learn(hand: Hand) -> None:
    open_menu(hand.page)
    hand.go("Learn", "Learn")


def _handout(hand: Hand) -> None:
    _learn(hand)
    close_menu(hand.page)
    hand.press("Why reassurance wears off")
    hand.sees_title("Why reassurance wears off")


def _documents(hand: Hand) -> None:
    _open_client(hand, "Sarah", "Review")
    open_menu(hand.page)
    hand.click(hand.page.get_by_test_id("stSidebar").get_by_role("link", name="Documents", exact=True))
    all_topics = hand.page.get_by_role("button", name="All topics", exact=True)
    title = hand.page.get_by_role("heading", level=1, name=shown("Documents"))
    expect(title.or_(all_topics)).to_be_visible()
    if all_topics.count():  # the topic of an earlier look stands until it is left
        close_menu(hand.page)
        hand.click(all_topics)
    hand.sees_title("Documents")


def _topic(chapter: str, label: str) -> Way:
    def way(hand: Hand) -> None:
        _documents(hand)
        close_menu(hand.page)
        hand.rate("Chapter", chapter)
        hand.press(label)
        hand.sees_title(label)

    return way


def _topic_unfolded(chapter: str, label: str, fold: str) -> Way:
    def way(hand: Hand) -> None:
        _topic(chapter, label)(hand)
        hand.page.locator(f".st-key-fold_{fold} summary").click()
        settled(hand.page)

    return way


_differences_unfolded = _topic_unfolded("The two articles", "Where the two differ", "df_withdrawal")


def _new_client(hand: Hand) -> None:
    hand.press("New client")
    hand.sees_title("New client")


def _first_page(hand: Hand) -> None:
    hand.sees_title("Set up my practice")


def _empty_today(hand: Hand) -> None:
    set_up_once(hand)
    expect(hand.page.get_by_text("No clients yet.")).to_be_visible()


def _empty_client_page(page_name: str) -> Way:
    def way(hand: Hand) -> None:
        set_up_once(hand)
        if hand.page.get_by_text("No clients yet.").count():
            add_client(hand, "Ada")
        _open_client(hand, "Ada", page_name)

    return way


def set_up_once(hand: Hand) -> None:
    """Set up the practice, or sign in to it where an earlier visit to this server did that."""
    if hand.page.get_by_role("heading", level=1, name="Set up my practice").count():
        set_up(hand.page)
    elif hand.page.get_by_role("heading", level=1, name="Sign in").count():
        sign_in(hand.page)
    hand.sees_title("Today")


FULL = (
    Seen(name="today", way=_today),
    Seen(name="new-client", way=_new_client),
    Seen(name="review", way=_client_page("Sarah", "Review")),
    Seen(name="review-sign-open", way=_signs_open),
    Seen(name="review-as-table", way=_as_table),
    Seen(name="review-little-recorded", way=_client_page("Priya", "Review")),
    Seen(name="review-pinned", way=_client_page("Aisha", "Review")),
    Seen(name="review-opened", way=_opened),
    Seen(name="review-reassurance", way=_look_closer("Reassurance")),
    Seen(name="review-distortions", way=_look_closer("Distortions by kind")),
    Seen(name="review-questionnaires", way=_look_closer("Questionnaires")),
    Seen(name="check-in", way=_client_page("Sarah", "Check-in")),
    Seen(name="check-in-more", way=_check_in_with_more),
    Seen(name="check-in-full", way=_check_in_full),
    Seen(name="check-in-refused", way=_check_in_refused),
    Seen(name="questionnaires-gad7", way=_filled("GAD-7", "1112110")),
    Seen(name="questionnaires-phq9", way=_filled("PHQ-9", "12111012-")),
    Seen(name="questionnaires-totals", way=_totals_refused),
    Seen(name="sessions", way=_client_page("Sarah", "Sessions")),
    Seen(name="notes", way=_client_page("Sarah", "Notes")),
    Seen(name="note-signed", way=_signed_note),
    Seen(name="note-draft", way=_note_draft),
    Seen(name="note-sign-dialog", way=_sign_dialog, whole=False),
    Seen(name="profile", way=_client_page("Sarah", "Profile")),
    Seen(name="profile-earlier", way=_profile_earlier),
    Seen(name="profile-goals-open", way=_profile_open("goals")),
    Seen(name="profile-origins-open", way=_profile_open("origins")),
    Seen(name="profile-plan-open", way=_profile_open("plan")),
    Seen(name="settings", way=_settings),
    Seen(name="settings-numbers", way=_numbers_of_the_signs),
    Seen(name="learn", way=_learn),
    Seen(name="learn-handout", way=_handout),
    Seen(name="documents", way=_documents),
    Seen(name="documents-sign", way=_topic("Warning signs", "Friends and support dropped")),
    Seen(name="documents-rule", way=_topic("Warning signs", "State of a warning sign")),
    Seen(name="documents-gad7", way=_topic_unfolded("Questionnaires", "GAD-7", "figures")),
    Seen(name="documents-differences", way=_differences_unfolded),
    Seen(name="safety-stop", way=_stop, whole=False),
)
START = Seen(name="start", way=_first_page, demo=False)
EMPTY_TODAY = Seen(name="today-empty", way=_empty_today, demo=False)
WITHOUT_RECORDS = tuple(
    Seen(name=f"{page_name.lower()}-empty", way=_empty_client_page(page_name), demo=False)
    for page_name in ("Review", "Questionnaires", "Sessions", "Notes", "Profile")
)
