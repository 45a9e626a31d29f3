"""A person at the pages before the record: sets up, signs in and out."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import settled
from tests.browser.server import PASSPHRASE, Server
from tests.browser.server import THERAPIST as NAME
from tests.browser.steps import PRACTICE

WITHIN_MS = 20_000


def field(page: Page, label: str) -> Locator:
    """The field with exactly this label."""
    return page.get_by_label(label, exact=True)


def fill_set_up(page: Page, passphrase: str = PASSPHRASE, *, again: str | None = None) -> None:
    """Fill in the whole form of a new practice and send it."""
    field(page, "Name of the practice").fill(PRACTICE)
    field(page, "Your name").fill(NAME)
    field(page, "Time zone").select_option("Europe/Lisbon")
    field(page, "New passphrase").fill(passphrase)
    field(page, "The same passphrase again").fill(passphrase if again is None else again)
    page.get_by_role("button", name="Set up my practice").click()


def type_code_back(page: Page) -> str:
    """Type the recovery code that is shown back from the page; gives the code."""
    page.wait_for_url("**/auth/recovery-code")
    code = "-".join(page.get_by_role("group", name="Recovery code").locator("span").all_inner_texts())
    field(page, "Type the code from the paper").fill(code.lower())
    page.get_by_role("button", name="I have written it down").click()
    return code


def set_up(server: Server, page: Page) -> str:
    """Set up the practice of a fresh server and stand on Today; gives the recovery code."""
    page.goto(server.url)
    fill_set_up(page)
    code = type_code_back(page)
    settled(page)
    return code


def sign_in(server: Server, page: Page, passphrase: str = PASSPHRASE, *, name: str = NAME) -> None:
    """Fill in the sign-in page and send it."""
    page.goto(server.url + "/auth/sign-in")
    field(page, "Your name").fill(name)
    field(page, "Passphrase").fill(passphrase)
    page.get_by_role("button", name="Sign in", exact=True).click()


def stands_on_today(page: Page) -> None:
    """Wait for the screen that opens by default."""
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible(timeout=WITHIN_MS)
    settled(page)


def refusal(page: Page) -> str:
    """What a refused form says."""
    box = page.get_by_role("alert")
    expect(box).to_be_visible(timeout=WITHIN_MS)
    expect(box).to_be_focused()
    return box.inner_text()
