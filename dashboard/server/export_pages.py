"""The pages on which somebody takes records with them: what is to be in the file, and the code that opens it."""

from collections.abc import Sequence
from html import escape

from dashboard.server.account_pages import BACK, SETTINGS
from dashboard.server.page_parts import Field, choice, field, form, frame, link, problems_box, prose, section
from dashboard.server.refusals import Refused

PATH = "/auth/export"
WHOLE = "The whole practice, every client"


def of_client(code: str) -> str:
    """What is chosen for one client."""
    return f"Everything about client {code}"


def export_page(token: str, *, name: str, options: Sequence[str], refused: Refused) -> str:
    """Choose what is exported, and give the passphrase once more."""
    known = Field(name="name", label="Your name", autocomplete="username", value=name, fixed=True)
    present = Field(name="present", label="Your passphrase", kind="password", autocomplete="current-password")
    what = Field(
        name="what", label="What the file holds",
        hint="One client: the one whose pages are open in this window.",
        value=refused.typed.get("what", ""),
    )  # fmt: skip
    main = (
        problems_box(refused.problems)
        + form(PATH, token, field(known) + choice(what, options) + field(present), "Make the file")
        + link(SETTINGS, BACK)
    )
    aside = section(
        "What is in it",
        "Every record in every version, as JSON for other programs and as pages that any browser shows. The audit "
        "trail stays here; it gets a line that says that this was exported.",
    ) + section(
        "How it is protected",
        "A ZIP file with AES encryption. Its code is made at random and shown once: without the code nobody opens the "
        "file, and with both anybody reads it. Send the two by different ways.",
    )
    return frame("Export", main, aside)


def made_page(*, address: str, code: str, size: str) -> str:
    """The code, shown this one time, and the way to the file."""
    shown = "-<wbr>".join(escape(group) for group in code.split("-"))  # copied as it is, and broken at a dash alone
    main = (
        prose("Write down the code, with its dashes. It is the passphrase of the file, and it is shown this one time.")
        + f'<div class="code" role="group" aria-label="Code of the file"><span>{shown}</span></div>'
        + prose(f"The file: {size}.")
        + link(address, "Download the file", main=True)
        + link(SETTINGS, BACK)
    )
    aside = section(
        "Good to know",
        "The file can be fetched with this sign-in alone, for ten minutes. The archive program of your computer may "
        "not know AES: 7-Zip, WinZip and Keka do.",
    )
    return frame("The file is made", main, aside)
