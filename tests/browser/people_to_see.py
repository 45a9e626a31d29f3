"""What people of a practice see and what stands on its pages without a screen, and each one's way there from Today.

Every screen here stands in the practice that `peopled` makes. A way can be taken again and again.
"""

import re
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from tests.browser.looking import settled
from tests.browser.peopled import SHARED, Person
from tests.browser.screens_to_see import Seen, Way, close_menu, open_menu
from tests.browser.server import PASSPHRASE
from tests.browser.signing_in import WITHIN_MS, field
from tests.browser.steps import Hand, find_client


def _stay(hand: Hand) -> None:
    settled(hand.page)


def _page(title: str) -> Way:
    def way(hand: Hand) -> None:
        expect(hand.page.get_by_role("heading", level=1, name=title)).to_be_visible(timeout=WITHIN_MS)

    return way


def _send(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def _accounts(hand: Hand) -> None:
    hand.sees_title("Settings")
    hand.page.get_by_text("Who works in this practice").click()
    expect(hand.page.get_by_role("button", name="Change an account")).to_be_visible()
    settled(hand.page)


def _refused_account(hand: Hand) -> None:
    page = hand.page
    field(page, "Name of the new person").fill(Person.ASSISTANT)
    field(page, "Role").select_option("assistant")
    field(page, "Your passphrase").fill(PASSPHRASE)
    _send(page, "Add them")
    expect(page.get_by_role("alert")).to_be_visible(timeout=WITHIN_MS)


def _starting_code(hand: Hand) -> None:
    page = hand.page
    field(page, "Whose account").select_option(Person.NEWCOMER)
    field(page, "What is changed").select_option("Give them a new starting code")
    field(page, "Your passphrase").fill(PASSPHRASE)
    _send(page, "Change it")
    expect(page.get_by_role("group", name="Starting code")).to_be_visible(timeout=WITHIN_MS)


def _key(hand: Hand) -> None:
    page = hand.page
    field(page, "Your passphrase").fill(PASSPHRASE)
    _send(page, "Begin")
    expect(page.get_by_role("group", name="Key")).to_be_visible(timeout=WITHIN_MS)


def _made(hand: Hand) -> None:
    page = hand.page
    field(page, "What the file holds").select_option(index=1)
    field(page, "Your passphrase").fill(PASSPHRASE)
    _send(page, "Make the file")
    expect(page.get_by_role("group", name="Code of the file")).to_be_visible(timeout=WITHIN_MS)


def _restored(hand: Hand) -> None:
    page = hand.page
    field(page, "Backup").select_option(index=1)
    folder = field(page, "New folder for it")
    folder.fill(f"{folder.input_value()}-{datetime.now(UTC):%H%M%S%f}")
    field(page, "What opens it").select_option("The passphrase of that day")
    field(page, "Passphrase or recovery code").fill(PASSPHRASE)
    _send(page, "Restore to a new folder")
    expect(page.get_by_role("heading", name="The backup is restored")).to_be_visible(timeout=WITHIN_MS)


def _client_page(page_name: str) -> Way:
    def way(hand: Hand) -> None:
        find_client(hand, SHARED)
        if page_name != "Review":
            open_menu(hand.page)
            hand.go(page_name, f"{SHARED}: {page_name.lower()}")
        close_menu(hand.page)

    return way


def _shared(hand: Hand) -> None:
    _client_page("Profile")(hand)
    hand.page.get_by_text("Share or hand over").click()
    expect(hand.page.get_by_role("button", name="Hand over", exact=True)).to_be_visible()
    settled(hand.page)


def _erase(hand: Hand) -> None:
    """The page speaks of the client whose pages are open."""
    _client_page("Review")(hand)
    hand.page.goto(re.sub(r"(//[^/]*)/.*", r"\1/auth/erase", hand.page.url))
    _page("Erase a client")(hand)


def _from_schedule(page_name: str) -> Way:
    def way(hand: Hand) -> None:
        hand.press(page_name, first=True)
        expect(hand.page.get_by_role("heading", level=1, name=re.compile(page_name.lower()))).to_be_visible()
        settled(hand.page)

    return way


def _not_open(hand: Hand) -> None:
    hand.press("Sessions", first=True)
    settled(hand.page)
    hand.page.goto(re.sub(r"/[^/]*$", "/notes", hand.page.url))
    expect(hand.page.get_by_text("not open to you")).to_be_visible(timeout=WITHIN_MS)
    settled(hand.page)


def _locked(hand: Hand) -> None:
    hand.sees_title("Today")
    hand.page.keyboard.press("Alt+l")
    expect(hand.page.get_by_role("dialog", name="Locked")).to_be_visible()


def _hidden(hand: Hand) -> None:
    _client_page("Review")(hand)
    hand.page.keyboard.press("Alt+n")
    expect(hand.page.get_by_text("Hidden.")).to_be_visible(timeout=WITHIN_MS)
    settled(hand.page)


OWNER, ASSISTANT, SUPERVISOR, THERAPIST = Person.OWNER, Person.ASSISTANT, Person.SUPERVISOR, Person.THERAPIST
BY_PEOPLE = (
    Seen(demo=False, name="sign-in", who=None, address="/auth/sign-in", way=_page("Sign in")),
    Seen(demo=False, name="begin", who=None, address="/auth/begin", way=_page("Begin with a starting code")),
    Seen(demo=False, name="forgotten", who=None, address="/auth/forgotten", way=_page("A new passphrase")),
    Seen(demo=False, name="settings-own", who=OWNER, address="/settings", way=_accounts),
    Seen(demo=False, name="account-add", who=OWNER, address="/auth/accounts/add", way=_page("Add somebody")),
    Seen(demo=False, name="account-refused", who=OWNER, address="/auth/accounts/add", way=_refused_account),
    Seen(demo=False, name="account-change", who=OWNER, address="/auth/accounts/change", way=_page("Change an account")),
    Seen(demo=False, name="account-code", who=OWNER, address="/auth/accounts/change", way=_starting_code),
    Seen(demo=False, name="passphrase", who=OWNER, address="/auth/passphrase", way=_page("Change my passphrase")),
    Seen(demo=False, name="new-code", who=OWNER, address="/auth/new-code", way=_page("A new recovery code")),
    Seen(
        demo=False,
        name="second-step",
        who=OWNER,
        address="/auth/second-step",
        way=_page("A second step when signing in"),
    ),
    Seen(demo=False, name="second-step-key", who=OWNER, address="/auth/second-step", way=_key),
    Seen(demo=False, name="export", who=OWNER, address="/auth/export", way=_page("Export")),
    Seen(demo=False, name="export-made", who=OWNER, address="/auth/export", way=_made),
    Seen(demo=False, name="restore", who=OWNER, address="/auth/restore", way=_page("Restore from a backup")),
    Seen(demo=False, name="restored", who=OWNER, address="/auth/restore", way=_restored),
    Seen(demo=False, name="erase", who=OWNER, way=_erase),
    Seen(demo=False, name="profile-shared", who=OWNER, way=_shared),
    Seen(demo=False, name="assistant-today", who=ASSISTANT, way=_stay),
    Seen(demo=False, name="assistant-sessions", who=ASSISTANT, way=_from_schedule("Sessions")),
    Seen(demo=False, name="assistant-questionnaires", who=ASSISTANT, way=_from_schedule("Questionnaires")),
    Seen(demo=False, name="assistant-not-open", who=ASSISTANT, way=_not_open),
    Seen(demo=False, name="supervisor-today", who=SUPERVISOR, way=_stay),
    Seen(demo=False, name="supervisor-review", who=SUPERVISOR, way=_client_page("Review")),
    Seen(demo=False, name="supervisor-profile", who=SUPERVISOR, way=_client_page("Profile")),
    Seen(demo=False, name="supervisor-questionnaires", who=SUPERVISOR, way=_client_page("Questionnaires")),
    Seen(demo=False, name="supervisor-notes", who=SUPERVISOR, way=_client_page("Notes")),
    Seen(demo=False, name="supervisor-settings", who=SUPERVISOR, address="/settings", way=_stay),
    Seen(demo=False, name="hidden", who=SUPERVISOR, way=_hidden),  # the last of theirs: it stays so
    Seen(demo=False, name="therapist-today-empty", who=THERAPIST, way=_stay),
    Seen(demo=False, name="locked", who=THERAPIST, way=_locked, whole=False),
)
PICTURED = frozenset(
    {
        "sign-in", "begin", "settings-own", "account-add", "account-change", "account-code", "second-step-key",
        "export", "export-made", "restore", "restored", "erase", "profile-shared", "hidden", "locked",
        "assistant-today", "assistant-questionnaires", "supervisor-profile",
    }
)  # fmt: skip
