"""What people of a practice see and what stands on its pages without a screen, and each one's way there from Today.

Every screen here stands in the practice that `peopled` makes. A way can be taken again and again.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pyotp
from playwright.sync_api import Page, expect

from tests.browser.looking import settled
from tests.browser.peopled import SHARED, Person
from tests.browser.screens_to_see import Way, close_menu, open_menu
from tests.browser.server import PASSPHRASE
from tests.browser.signing_in import WITHIN_MS, field
from tests.browser.steps import Hand, find_client

SETTINGS_ADDRESS = "/settings"


@dataclass(frozen=True, kw_only=True)
class SeenBy:
    """One screen or page: its name, who is at it (nobody before signing in), and the way to it.

    `address` is where the way begins.
    """

    name: str
    who: Person | None
    way: Way
    address: str = "/"
    whole: bool = True


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


def turn_second_step_on(page: Page) -> str:
    """From the page with the key: give a code of it; gives the key."""
    key = "".join(page.get_by_role("group", name="Key").locator("span").all_inner_texts())
    field(page, "Code").fill(pyotp.TOTP(key).at(datetime.now(UTC)))
    _send(page, "Turn the second step on")
    expect(page.get_by_role("heading", level=1)).to_contain_text("is on", timeout=WITHIN_MS)
    return key


def _made(hand: Hand) -> None:
    page = hand.page
    field(page, "What the file holds").select_option(index=1)
    field(page, "Your passphrase").fill(PASSPHRASE)
    _send(page, "Make the file")
    expect(page.get_by_role("group", name="Code of the file")).to_be_visible(timeout=WITHIN_MS)


def _backed_up(hand: Hand) -> None:
    hand.sees_title("Settings")
    expect(hand.page.get_by_text("Last checked backup")).to_be_visible(timeout=WITHIN_MS)


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
    SeenBy(name="sign-in", who=None, address="/auth/sign-in", way=_page("Sign in")),
    SeenBy(name="begin", who=None, address="/auth/begin", way=_page("Begin with a starting code")),
    SeenBy(name="forgotten", who=None, address="/auth/forgotten", way=_page("A new passphrase")),
    SeenBy(name="settings-own", who=OWNER, address="/settings", way=_accounts),
    SeenBy(name="account-add", who=OWNER, address="/auth/accounts/add", way=_page("Add somebody")),
    SeenBy(name="account-refused", who=OWNER, address="/auth/accounts/add", way=_refused_account),
    SeenBy(name="account-change", who=OWNER, address="/auth/accounts/change", way=_page("Change an account")),
    SeenBy(name="account-code", who=OWNER, address="/auth/accounts/change", way=_starting_code),
    SeenBy(name="passphrase", who=OWNER, address="/auth/passphrase", way=_page("Change my passphrase")),
    SeenBy(name="new-code", who=OWNER, address="/auth/new-code", way=_page("A new recovery code")),
    SeenBy(name="second-step", who=OWNER, address="/auth/second-step", way=_page("A second step when signing in")),
    SeenBy(name="second-step-key", who=OWNER, address="/auth/second-step", way=_key),
    SeenBy(name="export", who=OWNER, address="/auth/export", way=_page("Export")),
    SeenBy(name="export-made", who=OWNER, address="/auth/export", way=_made),
    SeenBy(name="restore", who=OWNER, address="/auth/restore", way=_page("Restore from a backup")),
    SeenBy(name="restored", who=OWNER, address="/auth/restore", way=_restored),
    SeenBy(name="erase", who=OWNER, way=_erase),
    SeenBy(name="profile-shared", who=OWNER, way=_shared),
    SeenBy(name="hidden", who=OWNER, way=_hidden),
    SeenBy(name="assistant-today", who=ASSISTANT, way=_stay),
    SeenBy(name="assistant-sessions", who=ASSISTANT, way=_from_schedule("Sessions")),
    SeenBy(name="assistant-questionnaires", who=ASSISTANT, way=_from_schedule("Questionnaires")),
    SeenBy(name="assistant-not-open", who=ASSISTANT, way=_not_open),
    SeenBy(name="supervisor-today", who=SUPERVISOR, way=_stay),
    SeenBy(name="supervisor-review", who=SUPERVISOR, way=_client_page("Review")),
    SeenBy(name="supervisor-profile", who=SUPERVISOR, way=_client_page("Profile")),
    SeenBy(name="supervisor-questionnaires", who=SUPERVISOR, way=_client_page("Questionnaires")),
    SeenBy(name="supervisor-notes", who=SUPERVISOR, way=_client_page("Notes")),
    SeenBy(name="supervisor-settings", who=SUPERVISOR, address="/settings", way=_stay),
    SeenBy(name="therapist-today-empty", who=THERAPIST, way=_stay),
    SeenBy(name="locked", who=THERAPIST, way=_locked, whole=False),
)
